/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coverage.h"

#include "rule_id.h"

bool sg_covers(const sg_layout *layout, int field)
{
    return layout->field_column[field] >= 0 || layout->crosswalk->fields[field].value != NULL;
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

static bool is_shipped(const sg_crosswalk *crosswalk)
{
    return sg_text_starts(crosswalk->file, "shipped/");
}

static sg_status tell_field(sg_intake *intake, int field, const char *column, sg_err *err)
{
    const sg_crosswalk *crosswalk = intake->row.layout->crosswalk;
    const sg_sink *sink = intake->sink;
    const char *name = sg_kind_table(crosswalk->kind)->fields[field].name;
    sg_status status = sink->absent != NULL ? sink->absent(sink->context, field, column, err) : SG_OK;
    if (status != SG_OK)
        return status;
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

sg_status sg_coverage_tell(sg_intake *intake, sg_err *err)
{
    const sg_layout *layout = intake->row.layout;
    const sg_crosswalk *crosswalk = layout->crosswalk;
    sg_status status = SG_OK;
    for (size_t i = 0; i < sg_kind_table(crosswalk->kind)->n && status == SG_OK; i++)
        if (crosswalk->fields[i].column != NULL && layout->field_column[i] < 0)
            status = tell_field(intake, (int)i, crosswalk->fields[i].column, err);
    for (size_t i = 0; i < crosswalk->n_custom && status == SG_OK; i++)
        if (crosswalk->custom[i].source.column != NULL && layout->custom_column[i] < 0)
            status = tell_custom(intake, crosswalk->custom[i].source.column, err);
    return status;
}
