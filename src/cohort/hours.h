/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hours: the day at whose end a learner has reached the hours that make a participant, exactly (Counting 3).
 */
#ifndef SG_COHORT_HOURS_H
#define SG_COHORT_HOURS_H

#include "row.h"

#define SG_HOUR INT64_C(1000000000) /* an hour in the unit of stored hours */

/* What is left of a row's hours after whole units: rest / days of a unit, below 1. */
typedef struct {
    uint64_t rest, days;
} sg_share;

/* The first day, not after `last`, at whose end the hours of the rows (by start, at least one) reach `hours` (in the unit of
 * stored hours); SG_DAY_NONE: never. shares is room to work in, one a row. */
sg_day sg_hours_reached(const sg_counted_row *rows, size_t n, sg_day last, int64_t hours, sg_share *shares);

#endif
