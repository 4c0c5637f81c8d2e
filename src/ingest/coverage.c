/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coverage.h"

#include "rule_id.h"

bool sg_covers(const sg_layout *layout, int field)
{
    bool covers = layout->field_column[field] >= 0 || layout->crosswalk->fields[field].value != NULL;
    for (size_t i = 0; i < layout->n_records && !covers; i++)
        covers = sg_covers(&layout->records[i], field);
    return covers;
}

/* A list of races fills the same fields as a column a race does. */
static uint64_t race_fields(const sg_layout *layout)
{
    static const int fields[] = {SG_ENROLLMENT_HISPANIC,   SG_ENROLLMENT_RACE_AMERICAN_INDIAN,
                                 SG_ENROLLMENT_RACE_ASIAN, SG_ENROLLMENT_RACE_BLACK,
                                 SG_ENROLLMENT_RACE_WHITE, SG_ENROLLMENT_RACE_PACIFIC_ISLANDER};
    uint64_t bits = 0;
    for (size_t i = 0; layout->race_column >= 0 && i < sizeof fields / sizeof fields[0]; i++)
        bits |= UINT64_C(1) << fields[i];
    return bits;
}

uint64_t sg_coverage_records(const sg_layout *layout)
{
    const sg_crosswalk *crosswalk = layout->crosswalk;
    uint64_t bits = 0;
    for (size_t i = 0, at = 0; i < crosswalk->n_records && at < layout->n_records && i < 63; i++)
        if (layout->records[at].crosswalk == &crosswalk->records[i]) {
            bits |= UINT64_C(1) << i;
            at++;
        }
    return bits;
}

uint64_t sg_coverage_fields(const sg_layout *layout)
{
    uint64_t fields = race_fields(layout);
    for (size_t i = 0; i < sg_kind_table(layout->crosswalk->kind)->n; i++)
        fields |= (uint64_t)sg_covers(layout, (int)i) << i;
    return fields;
}

static bool decides_counts(sg_kind kind, int field)
{
    static const int deciding[] = {SG_ENROLLMENT_END_DATE, SG_ENROLLMENT_IET, SG_ENROLLMENT_CONTACT_HOURS,
                                   SG_ENROLLMENT_ENTERING_LEVEL};
    for (size_t i = 0; kind == SG_KIND_ENROLLMENT && i < sizeof deciding / sizeof deciding[0]; i++)
        if (deciding[i] == field)
            return true;
    return false;
}

/* Without the column of its day a record is never there. */
static bool is_day_of_record(const sg_crosswalk *crosswalk, int field)
{
    return crosswalk->n_records > 0 && field == sg_kind_table(crosswalk->kind)->day;
}

static bool is_shipped(const sg_crosswalk *crosswalk)
{
    return sg_text_starts(crosswalk->file, "shipped/");
}

static sg_status tell_sink(const sg_intake *intake, int field, const char *column, sg_err *err)
{
    const sg_sink *sink = intake->sink;
    return sink->absent != NULL ? sink->absent(sink->context, field, column, err) : SG_OK;
}

static sg_status find_absent(sg_intake *intake, int field, const char *column, sg_err *err)
{
    const sg_crosswalk *crosswalk = intake->row.layout->crosswalk;
    const char *name = sg_kind_table(crosswalk->kind)->fields[field].name;
    if (is_day_of_record(crosswalk, field))
        return sg_intake_find(intake, SG_RULE_ABSENT_RECORD, 0, name, column, err);
    if (!is_shipped(crosswalk))
        return sg_intake_find(intake, SG_RULE_ABSENT_COLUMN, 0, name, column, err);
    return decides_counts(crosswalk->kind, field)
               ? sg_intake_find(intake, SG_RULE_ABSENT_DECIDING, 0, name, column, err)
               : SG_OK;
}

static sg_status tell_custom(sg_intake *intake, const char *column, sg_err *err)
{
    return is_shipped(intake->row.layout->crosswalk)
               ? SG_OK
               : sg_intake_find(intake, SG_RULE_ABSENT_COLUMN, 0, "", column, err);
}

/* What a record maps itself: of one that is never there (bound NULL) only its day. The sink is told of a field that no record has, once:
 * *told has its bit. */
static sg_status tell_record(sg_intake *intake, const sg_crosswalk *record, const sg_layout *bound,
                             uint64_t *told, sg_err *err)
{
    const sg_layout *layout = intake->row.layout;
    const sg_kind_fields *table = sg_kind_table(record->kind);
    sg_status status = SG_OK;
    for (size_t i = 0; i < table->n && status == SG_OK; i++) {
        const char *column = record->fields[i].column;
        bool lacks = bound != NULL ? bound->field_column[i] < 0 : (int)i == table->day;
        if (!lacks || column == NULL || !sg_crosswalk_is_own(layout->crosswalk, record, (int)i))
            continue;
        if (!sg_covers(layout, (int)i) && (*told >> i & 1) == 0)
            status = tell_sink(intake, (int)i, column, err);
        *told |= UINT64_C(1) << i;
        if (status == SG_OK)
            status = find_absent(intake, (int)i, column, err);
    }
    return status;
}

static sg_status tell_records(sg_intake *intake, sg_err *err)
{
    const sg_layout *layout = intake->row.layout;
    const sg_crosswalk *crosswalk = layout->crosswalk;
    uint64_t told = 0;
    size_t at = 0;
    sg_status status = SG_OK;
    for (size_t k = 0; k < crosswalk->n_records && status == SG_OK; k++) {
        const sg_crosswalk *record = &crosswalk->records[k];
        bool here = at < layout->n_records && layout->records[at].crosswalk == record;
        status = tell_record(intake, record, here ? &layout->records[at] : NULL, &told, err);
        at += here;
    }
    return status;
}

sg_status sg_coverage_tell(sg_intake *intake, sg_err *err)
{
    const sg_layout *layout = intake->row.layout;
    const sg_crosswalk *crosswalk = layout->crosswalk;
    sg_status status = SG_OK;
    for (size_t i = 0; i < sg_kind_table(crosswalk->kind)->n && status == SG_OK; i++)
        if (crosswalk->fields[i].column != NULL && layout->field_column[i] < 0) {
            status = tell_sink(intake, (int)i, crosswalk->fields[i].column, err);
            if (status == SG_OK)
                status = find_absent(intake, (int)i, crosswalk->fields[i].column, err);
        }
    for (size_t i = 0; i < crosswalk->n_custom && status == SG_OK; i++)
        if (crosswalk->custom[i].source.column != NULL && layout->custom_column[i] < 0)
            status = tell_custom(intake, crosswalk->custom[i].source.column, err);
    return status == SG_OK ? tell_records(intake, err) : status;
}
