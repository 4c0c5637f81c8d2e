/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dose.h"

enum { DAYS_A_WEEK = 7 };

/* How many days of the row lie in the window. */
static int64_t days_in(const sg_counted_row *row, sg_day from, sg_day to)
{
    int64_t first = row->first > from ? row->first : from, last = row->last < to ? row->last : to;
    return last < first ? 0 : last - first + 1;
}

int64_t sg_dose_hours(const sg_pop *pop, sg_day from, sg_day to)
{
    int64_t hours = 0;
    for (size_t i = 0; i < pop->n_rows; i++) {
        const sg_counted_row *row = &pop->rows[i];
        int64_t days = days_in(row, from, to);
        if (days > 0 && row->hours_as_given)
            return SG_BLANK;
        if (days > 0)
            hours += row->hours / row->spread_days * days +
                     row->hours % row->spread_days * days / row->spread_days;
    }
    return hours;
}

static bool has_day_in(const sg_pop *pop, sg_day from, sg_day to)
{
    for (size_t i = 0; i < pop->n_rows; i++)
        if (days_in(&pop->rows[i], from, to) > 0)
            return true;
    return false;
}

int sg_dose_weeks(const sg_pop *pop, sg_day from, sg_day to)
{
    int weeks = 0;
    for (sg_day week = from; week <= to && week <= pop->last; week += DAYS_A_WEEK) {
        sg_day last = week + DAYS_A_WEEK - 1;
        weeks += has_day_in(pop, week, last < to ? last : to);
    }
    return weeks;
}

static bool is_of_iet(const sg_counted_row *row)
{
    int64_t flag = row->row->number[SG_ENROLLMENT_IET];
    return flag == SG_IET_YES || flag == SG_IET_CREDENTIAL || row->row->iet_program_id != NULL;
}

static bool has_row_of_iet(const sg_pop *pop)
{
    for (size_t i = 0; i < pop->n_rows; i++)
        if (is_of_iet(&pop->rows[i]))
            return true;
    return false;
}

bool sg_dose_completed(const sg_pop *pop, bool of_iet, sg_day from, sg_day to)
{
    bool chosen_only = of_iet && has_row_of_iet(pop);
    for (size_t i = 0; i < pop->n_rows; i++) {
        sg_day day = sg_row_completion(pop->rows[i].row, pop->as_of);
        if (day != SG_DAY_NONE && day >= from && day <= to && (!chosen_only || is_of_iet(&pop->rows[i])))
            return true;
    }
    return false;
}
