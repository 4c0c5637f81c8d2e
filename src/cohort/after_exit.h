/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * After exit: what the outcome export says of calendar quarters after the one in which a PoP ended (34 CFR 463.155; joint performance
 * guidance 2024): for the comparison's outcomes and for the federal tables alike.
 */
#ifndef SG_COHORT_AFTER_EXIT_H
#define SG_COHORT_AFTER_EXIT_H

#include "skillgain/cohort/federal.h"
#include "skillgain/store.h"

/* A learner's outcome rows, seen from an exit. */
typedef struct {
    const sg_stored_learner *learner;
    sg_day exit, as_of;
    sg_day outcomes_up_to; /* the cut-off of the outcome export; SG_DAY_NONE: none was delivered */
} sg_after_exit;

/* Is the row delivered, and over by the as-of date? A row of a quarter is delivered with its first day: by that the cut-off of an export by
 * quarters goes. */
bool sg_outcome_row_is_known(const sg_stored_outcome *row, sg_day as_of);

/* Is a row known that says so, with a day from `from` to `to`? A yes/no outcome says no by 0; earnings say nothing by a blank. */
bool sg_outcome_happened(const sg_after_exit *after, sg_outcome_code code, sg_day from, sg_day to);

/* Would a row up to this day be here? The export must reach it, and the as-of date: later rows are not looked at. */
bool sg_outcomes_reach(const sg_after_exit *after, sg_day day);

/* Employed in the quarter so many after that of the exit (2 or 4, with its code): yes by a row, or for the second by earnings; no by a row, or where
 * two quarters more are delivered without one, for then its wages are known; else pending. */
sg_indicator sg_employed_after_exit(const sg_after_exit *after, sg_outcome_code code, int quarter);

/* 10^-6 dollars earned in the second quarter after exit, above 0; SG_BLANK: not known. */
int64_t sg_earnings_after_exit(const sg_after_exit *after);

#endif
