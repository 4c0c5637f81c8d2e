/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Delivered: the last day of each college, that is the latest cut-off among its enrollment rows, and the participant-years
 * whose follow-up it leaves incomplete (Counting 8). A college may stop delivering while the others go on: the as-of date,
 * which is of all deliveries together, doesn't show it.
 */
#ifndef SG_COHORT_DELIVERED_H
#define SG_COHORT_DELIVERED_H

#include "column.h"

typedef struct {
    sg_day last_day;         /* SG_DAY_NONE: no row */
    sg_day first_completion; /* that a row tells; SG_DAY_NONE: none does */
} sg_delivered_college;

/* Zero-initialise. */
typedef struct {
    sg_delivered_college *colleges; /* by college */
    size_t n;                       /* highest college index of a row, and one */
    size_t capacity;
} sg_delivered;

void sg_delivered_release(sg_delivered *delivered);

/* A delivered row passes, counted or not, of any program year: the files of past years stop, the college goes on. */
sg_status sg_delivered_note(sg_delivered *delivered, const sg_stored_enrollment *row, sg_day as_of,
                            sg_err *err) SG_MUST_CHECK;

/* Does the college's last day, before the as-of date, leave open what only holds if it delivered up to known_by? After all rows. */
bool sg_delivered_leaves_open(const sg_delivered *delivered, size_t college, sg_day as_of, sg_day known_by);

/* Makes incomplete in the columns what a college's last day leaves so. After all rows, before sg_columns_finish. Of participant-years
 * stale and its sum in seen of the cohort tell. */
sg_status sg_delivered_judge(const sg_delivered *delivered, const sg_columns *columns, sg_cohort *cohort,
                             sg_err *err) SG_MUST_CHECK;
/* Sets completions_from of the cohort, whose colleges are known. After all rows. */
sg_status sg_delivered_tell_completion(const sg_delivered *delivered, sg_cohort *cohort,
                                       sg_err *err) SG_MUST_CHECK;
void sg_delivered_close(const sg_delivered *delivered, const sg_columns *columns, sg_day as_of);

#endif
