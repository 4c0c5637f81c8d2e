/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row.h"

#include "hours.h"

static sg_day earlier(sg_day a, sg_day b)
{
    return a < b ? a : b;
}

sg_day sg_stored_row_day(const sg_stored_enrollment *row, sg_enrollment_field field)
{
    int64_t day = row->number[field];
    return day == SG_BLANK ? SG_DAY_NONE : (sg_day)day;
}

sg_day sg_row_horizon(const sg_stored_enrollment *row, sg_day as_of)
{
    return earlier(row->cutoff, as_of);
}

sg_day sg_row_completion(const sg_stored_enrollment *row, sg_day as_of)
{
    sg_day day = sg_stored_row_day(row, SG_ENROLLMENT_COMPLETION_DATE);
    if (day == SG_DAY_NONE) /* of most rows: asked of every one */
        return SG_DAY_NONE;
    sg_day first = sg_stored_row_day(row, SG_ENROLLMENT_START_DATE),
           end = sg_stored_row_day(row, SG_ENROLLMENT_END_DATE),
           exit = sg_stored_row_day(row, SG_ENROLLMENT_EXIT_DATE);
    if (exit > end) /* SG_DAY_NONE is before every day */
        end = exit;
    bool is_within = day >= first && (end == SG_DAY_NONE || day <= end);
    return is_within && day <= sg_row_horizon(row, as_of) ? day : SG_DAY_NONE;
}

int64_t sg_participant_hours(const sg_config *config, sg_day first)
{
    return sg_config_yearly_on(config, SG_YEARLY_PARTICIPANT_HOURS, first) * SG_HOUR;
}

/*
 * The hours of a delivery are those of the row up to its cut-off, so they are spread over the days up to it; an as-of date
 * before the cut-off hides days and the hours on them, it doesn't move the others. What happened by a day is then the same
 * from whichever later date one looks.
 */
sg_row_verdict sg_row_count(const sg_stored_enrollment *row, sg_day as_of, const sg_config *config,
                            sg_counted_row *out)
{
    sg_day first = sg_stored_row_day(row, SG_ENROLLMENT_START_DATE),
           end = sg_stored_row_day(row, SG_ENROLLMENT_END_DATE);
    if (first == SG_DAY_NONE || (end != SG_DAY_NONE && end < first))
        return SG_ROW_IMPOSSIBLE;
    if (first > sg_row_horizon(row, as_of))
        return SG_ROW_AFTER_CUTOFF;
    bool has_hours = row->number[SG_ENROLLMENT_CONTACT_HOURS] > 0; /* SG_BLANK is below 0 */
    if (!has_hours && row->export_has_hours)
        return SG_ROW_WITHOUT_HOURS;
    sg_day last = end == SG_DAY_NONE ? row->cutoff : earlier(end, row->cutoff);
    *out = (sg_counted_row){.row = row,
                            .first = first,
                            .last = earlier(last, as_of),
                            .hours_as_given = !has_hours,
                            .is_open = end == SG_DAY_NONE || end > sg_row_horizon(row, as_of)};
    out->hours = has_hours ? row->number[SG_ENROLLMENT_CONTACT_HOURS] : sg_participant_hours(config, first);
    out->spread_days = has_hours ? last - first + 1 : 1;
    return SG_ROW_COUNTS;
}
