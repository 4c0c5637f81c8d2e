/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row.h"

#include <assert.h>
#include <string.h>

static void reset_row(sg_row *row, const sg_raw_record *raw)
{
    sg_arena_reset(row->arena);
    row->raw = raw;
    sg_record_clear(&row->record, row->layout->crosswalk->kind);
    row->record.line = raw->line;
    row->learner_id = row->enrollment_id = NULL;
    row->birth = row->cutoff = SG_DAY_NONE;
    row->n_findings = 0;
    row->refused = row->passing = row->lacks_required = row->no_memory = false;
}

static void note_finding(sg_row *row, const char *rule, int field, const char *column)
{
    assert(row->n_findings < SG_ROW_FINDINGS);
    row->findings[row->n_findings++] = (sg_row_finding){rule, field, column != NULL ? column : ""};
}

void sg_row_find(sg_row *row, const char *rule, int field)
{
    note_finding(row, rule, field, field >= 0 ? row->layout->crosswalk->fields[field].column : NULL);
    if (sg_rule_find(rule)->effect != SG_EFFECT_QUARANTINE)
        return;
    row->refused = true;
    if (field >= 0 && (row->table->fields[field].flags & SG_FIELD_REQUIRED) != 0)
        row->lacks_required = true;
}

void sg_row_find_today(sg_row *row, const char *rule, int field)
{
    row->passing = true;
    sg_row_find(row, rule, field);
}

void sg_row_find_column(sg_row *row, const char *rule, const char *column)
{
    note_finding(row, rule, -1, column);
}

static sg_day as_day(int64_t number)
{
    return number == SG_BLANK ? SG_DAY_NONE : (sg_day)number;
}

sg_day sg_row_day(const sg_row *row)
{
    const sg_kind_fields *table = row->table;
    sg_day day = table->day >= 0 ? as_day(row->record.number[table->day]) : SG_DAY_NONE;
    if (day == SG_DAY_NONE && table->day_instead >= 0)
        day = as_day(row->record.number[table->day_instead]);
    return day;
}

sg_day sg_row_end_day(const sg_row *row)
{
    return row->table->end_day >= 0 ? as_day(row->record.number[row->table->end_day]) : SG_DAY_NONE;
}

sg_status sg_row_read(sg_row *row, const sg_raw_record *raw, sg_err *err)
{
    reset_row(row, raw);
    sg_row_take_values(row);
    row->record.custom = sg_row_custom(row);
    sg_row_check(row);
    if (row->refused)
        sg_row_identify_refused(row);
    else if (!row->no_memory)
        sg_row_identify(row);
    return row->no_memory ? sg_no_memory(err) : SG_OK;
}
