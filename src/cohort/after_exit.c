/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "after_exit.h"

enum { EARNINGS_QUARTER = 2, WAGE_LAG = 2 };

bool sg_outcome_row_is_known(const sg_stored_outcome *row, sg_day as_of)
{
    return row->first != SG_DAY_NONE && row->first <= row->cutoff && row->last <= as_of;
}

static bool speaks_of(const sg_after_exit *after, const sg_stored_outcome *row, sg_outcome_code code,
                      sg_day from, sg_day to)
{
    return row->code == code && row->first <= to && row->last >= from &&
           sg_outcome_row_is_known(row, after->as_of);
}

static bool says_yes(const sg_stored_outcome *row)
{
    return row->code == SG_OUTCOME_CODE_EARNINGS_Q2 ? row->value > 0 : row->value != 0;
}

bool sg_outcome_happened(const sg_after_exit *after, sg_outcome_code code, sg_day from, sg_day to)
{
    for (size_t i = 0; i < after->learner->n_outcomes; i++)
        if (speaks_of(after, &after->learner->outcomes[i], code, from, to) &&
            says_yes(&after->learner->outcomes[i]))
            return true;
    return false;
}

static bool is_told(const sg_after_exit *after, sg_outcome_code code, sg_day from, sg_day to)
{
    for (size_t i = 0; i < after->learner->n_outcomes; i++)
        if (speaks_of(after, &after->learner->outcomes[i], code, from, to))
            return true;
    return false;
}

bool sg_outcomes_reach(const sg_after_exit *after, sg_day day)
{
    return day != SG_DAY_NONE && after->outcomes_up_to != SG_DAY_NONE && after->outcomes_up_to >= day &&
           after->as_of >= day;
}

sg_indicator sg_employed_after_exit(const sg_after_exit *after, sg_outcome_code code, int quarter)
{
    sg_day from = sg_quarter_after(after->exit, quarter), to = sg_quarter_after(after->exit, quarter + 1) - 1;
    if (sg_outcome_happened(after, code, from, to) ||
        (quarter == EARNINGS_QUARTER && sg_outcome_happened(after, SG_OUTCOME_CODE_EARNINGS_Q2, from, to)))
        return SG_INDICATOR_YES;
    if (is_told(after, code, from, to) ||
        sg_outcomes_reach(after, sg_quarter_after(after->exit, quarter + 1 + WAGE_LAG) - 1))
        return SG_INDICATOR_NO;
    return SG_INDICATOR_PENDING;
}

int64_t sg_earnings_after_exit(const sg_after_exit *after)
{
    sg_day from = sg_quarter_after(after->exit, EARNINGS_QUARTER),
           to = sg_quarter_after(after->exit, EARNINGS_QUARTER + 1) - 1;
    int64_t earnings = SG_BLANK;
    for (size_t i = 0; i < after->learner->n_outcomes; i++) {
        const sg_stored_outcome *row = &after->learner->outcomes[i];
        if (speaks_of(after, row, SG_OUTCOME_CODE_EARNINGS_Q2, from, to) && row->value > 0)
            earnings = row->value;
    }
    return earnings;
}
