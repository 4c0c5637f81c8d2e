/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Enrollment rows that count: which of a learner's stored rows are part of a period of participation, and on which days
 * (design.md section 6, Counting 1).
 */
#ifndef SG_COHORT_ROW_H
#define SG_COHORT_ROW_H

#include "skillgain/store.h"

typedef struct {
    const sg_stored_enrollment *row;
    sg_day first, last;  /* its days, both included, cut to the delivery's cut-off and the as-of date */
    int64_t hours;       /* 10^-9 hours */
    int64_t spread_days; /* the hours are spread equally over so many days from the first */
    bool hours_as_given; /* the export has no hours: enrollment is taken as participation */
} sg_counted_row;

typedef enum { SG_ROW_COUNTS, SG_ROW_WITHOUT_HOURS, SG_ROW_AFTER_CUTOFF, SG_ROW_IMPOSSIBLE } sg_row_verdict;

/* Writes *out for SG_ROW_COUNTS only. SG_ROW_IMPOSSIBLE: it ends before it starts, which no import lets in. */
sg_row_verdict sg_row_count(const sg_stored_enrollment *row, sg_day as_of, int participant_hours,
                            sg_counted_row *out);

/* A day that the row has a value for, SG_DAY_NONE where it is blank. */
sg_day sg_stored_row_day(const sg_stored_enrollment *row, sg_enrollment_field field);

#endif
