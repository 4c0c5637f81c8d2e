/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/crosswalk_read.h"

enum { MOST_RECORDS = 32 };

bool sg_source_is_given(const sg_column_source *source)
{
    return source->column != NULL || source->value != NULL;
}

bool sg_crosswalk_is_own(const sg_crosswalk *crosswalk, const sg_crosswalk *record, int field)
{
    return sg_source_is_given(&record->fields[field]) && !sg_source_is_given(&crosswalk->fields[field]);
}

/* ---- what no row can do without ---- */

static sg_status check_one(const sg_reader *reader, const sg_yaml_node *node, const sg_crosswalk *crosswalk)
{
    const sg_kind_fields *table = sg_kind_table(crosswalk->kind);
    for (size_t i = 0; i < table->n; i++) {
        if ((table->fields[i].flags & SG_FIELD_REQUIRED) != 0 && !sg_source_is_given(&crosswalk->fields[i]))
            return sg_reader_fail(reader, node, "'columns' must map '%s', without which no %s can be counted",
                                  table->fields[i].name, table->name);
    }
    return SG_OK;
}

sg_status sg_crosswalk_check_required(const sg_reader *reader, const sg_yaml_node *node,
                                      const sg_crosswalk *crosswalk)
{
    sg_status status = SG_OK;
    if (crosswalk->n_records == 0)
        return check_one(reader, node, crosswalk);
    for (size_t i = 0; i < crosswalk->n_records && status == SG_OK; i++)
        status = check_one(reader, node, &crosswalk->records[i]);
    return status;
}

/* ---- several rows a line ---- */

static sg_status read_own_field(const sg_reader *reader, const sg_yaml_node *node,
                                const sg_crosswalk *crosswalk, sg_crosswalk *record)
{
    int at = sg_field_find(crosswalk->kind, node->key);
    if (at >= 0 && sg_source_is_given(&crosswalk->fields[at]))
        return sg_reader_fail(reader, node,
                              "'%s' is mapped by 'columns' on line %d, for every record; leave one",
                              node->key, crosswalk->fields[at].line);
    return sg_crosswalk_read_field(reader, node, record);
}

/* {gain_date: H, gain_type: {value: diploma}, ...} */
static sg_status read_record(const sg_reader *reader, const sg_yaml_node *node, const sg_crosswalk *crosswalk,
                             sg_crosswalk *out)
{
    const sg_kind_fields *table = sg_kind_table(crosswalk->kind);
    *out = *crosswalk;
    sg_status status = sg_read_type(reader, node, "records", SG_YAML_MAP);
    for (const sg_yaml_node *item = node->first; item != NULL && status == SG_OK; item = item->next)
        status = read_own_field(reader, item, crosswalk, out);
    if (status == SG_OK &&
        (sg_source_is_given(&crosswalk->fields[table->day]) || out->fields[table->day].column == NULL))
        status = sg_reader_fail(
            reader, node,
            "each of 'records' needs '%s' with its column, whose blank says that there is no %s",
            table->fields[table->day].name, table->name);
    return status;
}

sg_status sg_crosswalk_read_records(const sg_reader *reader, const sg_yaml_node *node,
                                    sg_crosswalk *crosswalk)
{
    sg_status status = sg_read_type(reader, node, "records", SG_YAML_LIST);
    size_t n = 0;
    if (status != SG_OK)
        return status;
    if (node->n == 0 || node->n > MOST_RECORDS)
        return sg_reader_fail(reader, node,
                              "'records' names 1 to %d records; leave it out where a line is one",
                              (int)MOST_RECORDS);
    if (sg_kind_table(crosswalk->kind)->day < 0)
        return sg_reader_fail(reader, node,
                              "'records' needs a day that says which are there, and %s has none",
                              sg_kind_text(crosswalk->kind));
    sg_crosswalk *records = sg_arena_alloc(reader->arena, node->n, sizeof *records);
    if (records == NULL)
        return sg_no_memory(reader->err);
    for (const sg_yaml_node *item = node->first; item != NULL && status == SG_OK; item = item->next)
        status = read_record(reader, item, crosswalk, &records[n++]);
    if (status != SG_OK)
        return status;
    crosswalk->records = records;
    crosswalk->n_records = n;
    return SG_OK;
}
