/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kind.h"

#include <string.h>

#include "store/fault.h"

static sqlite3_stmt **place_of(sg_store *store, sg_kind kind, sg_kind_statement statement)
{
    return &store->kind_statements[kind * SG_MOST_KIND_STATEMENTS + statement];
}

_Static_assert((int)SG_N_KIND_STATEMENTS <= (int)SG_MOST_KIND_STATEMENTS, "the store has a place for each");

sg_query sg_kind_query(sg_store *store, sg_kind kind, sg_kind_statement statement)
{
    return (sg_query){.store = store, .statement = *place_of(store, kind, statement)};
}

static void find_columns(sg_columns *columns, sg_kind kind)
{
    const sg_kind_fields *table = sg_kind_table(kind);
    *columns = (sg_columns){0};
    for (int i = 0; i < (int)table->n; i++)
        if ((table->columns >> i & 1) != 0)
            columns->field[columns->n++] = i;
}

bool sg_kind_read_fields(sg_query *query, int first, sg_record *out, int64_t *out_college)
{
    const sg_columns *columns = &query->store->columns[out->kind];
    const int college = sg_kind_table(out->kind)->college;
    size_t length = 0;
    int column = first;
    for (size_t i = 0; i < columns->n; i++, column++) {
        int64_t value = sg_column_int(query, column);
        if (columns->field[i] != college) {
            out->number[columns->field[i]] = value;
            continue;
        }
        *out_college = value;
        out->text[college] = value != SG_BLANK ? "" : NULL;
    }
    const unsigned char *packed = sg_column_blob(query, column, &length);
    return sg_record_unpack(packed, length, out);
}

static const char *field_name(sg_kind kind, int field)
{
    return field >= 0 ? sg_kind_table(kind)->fields[field].name : "NULL";
}

static void add_fields(sg_str *out, const sg_columns *columns, sg_kind kind, const char *before)
{
    for (size_t i = 0; i < columns->n; i++)
        sg_str_printf(out, "%s%s, ", before, field_name(kind, columns->field[i]));
    sg_str_printf(out, "%sfields", before);
}

/* What a name between braces stands for. */
static bool expand(sg_str *out, const sg_columns *columns, sg_kind kind, const char *name, size_t length)
{
    const sg_kind_fields *table = sg_kind_table(kind);
    const struct {
        const char *name, *text;
    } words[] = {
        {"table", table->name},
        {"day", field_name(kind, table->day)},
        {"day_instead", field_name(kind, table->day_instead)},
        {"end_day", field_name(kind, table->end_day)},
        {"hours", field_name(kind, table->hours)},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i].name) == length && memcmp(words[i].name, name, length) == 0) {
            sg_str_add(out, words[i].text);
            return true;
        }
    if (length == strlen("columns") && memcmp(name, "columns", length) == 0)
        add_fields(out, columns, kind, "");
    else if (length == strlen("values") && memcmp(name, "values", length) == 0)
        add_fields(out, columns, kind, ":");
    else
        return false;
    return true;
}

static bool write_statement(sg_str *out, const sg_columns *columns, sg_kind kind, const char *text)
{
    const char *at = text, *open;
    bool known = true;
    while ((open = strchr(at, '{')) != NULL && known) {
        const char *close = strchr(open, '}');
        sg_str_add_n(out, at, (size_t)(open - at));
        known = close != NULL && expand(out, columns, kind, open + 1, (size_t)(close - open - 1));
        at = known ? close + 1 : open;
    }
    sg_str_add(out, at);
    return known;
}

/* Behind its comment, which speaks of the braces. */
static const char *statement_text(sg_sql_id id)
{
    const char *text = sg_sql_query[id].bytes;
    while (sg_text_starts(text, "--"))
        text = strchr(text, '\n') + 1;
    return text;
}

static sg_status prepare(sg_store *store, sg_kind kind, const sg_columns *columns, sg_sql_id id,
                         sqlite3_stmt **out, sg_err *err)
{
    sg_str sql = {0};
    sg_status status = SG_OK;
    bool known = write_statement(&sql, columns, kind, statement_text(id));
    int code = SQLITE_NOMEM;
    if (!sql.failed)
        code = sqlite3_prepare_v3(store->db, sg_str_text(&sql), -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    sg_str_release(&sql);
    if (code != SQLITE_OK || !known) {
        status = sg_store_fault(store, code, err);
        status = sg_wrap(err, status, "while preparing '%s' for %s", sg_sql_query[id].name,
                         sg_kind_text(kind));
    }
    return status;
}

sg_status sg_kind_prepare(sg_store *store, sg_err *err)
{
    static const sg_sql_id ids[] = {
#define SG_KIND_STATEMENT_ID(name) [SG_ROWS_##name] = SG_SQL_KIND_##name,
        SG_KIND_STATEMENTS(SG_KIND_STATEMENT_ID)
#undef SG_KIND_STATEMENT_ID
    };
    sg_status status = SG_OK;
    for (int kind = 0; kind < SG_N_KINDS; kind++)
        find_columns(&store->columns[kind], (sg_kind)kind);
    for (int kind = 0; kind < SG_N_KINDS; kind++)
        for (int i = 0; i < SG_N_KIND_STATEMENTS && status == SG_OK; i++)
            status = prepare(store, (sg_kind)kind, &store->columns[kind], ids[i],
                             place_of(store, (sg_kind)kind, (sg_kind_statement)i), err);
    return status;
}

void sg_kind_finalize(sg_store *store)
{
    for (int i = 0; i < SG_N_KINDS * SG_MOST_KIND_STATEMENTS; i++)
        (void)sqlite3_finalize(store->kind_statements[i]); /* failures were told by their steps */
}
