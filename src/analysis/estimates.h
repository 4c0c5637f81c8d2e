/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts to estimates: rates, IET differences, gaps, their difference and access, of one program year, design and dimension.
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_ESTIMATES_H
#define SKILLGAIN_SRC_ANALYSIS_ESTIMATES_H

#include "count.h"
#include "skillgain/stats/figure.h"

enum { SG_SMALL_GROUP = 30 }; /* statistics.md 0.3: below it a figure is shown, and is no headline */

/* Estimates without ids; texts are static or of the cohort and the configuration. Owns its array. */
typedef struct {
    sg_estimate *items;
    size_t n, capacity;
} sg_estimate_list;

void sg_estimate_list_release(sg_estimate_list *list);

/* What a task works on; everything is shared and read only. */
typedef struct {
    const sg_cohort *cohort;
    const sg_config *config;
    const sg_outcome_list *outcomes;
    const sg_year_count *count;
    const char *college;
} sg_estimate_task;

/* For everyone: rates, IET differences of each outcome, corrected by Holm over the outcomes (statistics.md section 9). */
sg_status sg_estimate_everyone(const sg_estimate_task *task, sg_estimate_list *out,
                               sg_err *err) SG_MUST_CHECK;

/* For everyone: the time to the first like-for-like gain and to the first credential (statistics.md section 5), in the designs that follow
 * units from a day on, as far as the configuration asks for them and the deliveries tell of them. */
sg_status sg_estimate_times(const sg_estimate_task *task, sg_estimate_list *out, sg_err *err) SG_MUST_CHECK;

/* For everyone: amounts (statistics.md section 4), as far as the configuration asks for them and the deliveries tell of them. earnings_q2: the
 * median of each arm and the shift between the arms. score_gain: by instrument and subject, the mean of each arm and the difference of means;
 * nothing of a scale on which nobody has a pair of tests. contact_hours and
 * weeks_attended: the mean and the median of each arm, which are on the way to an outcome and so not compared. completed: the
 * share of each arm, likewise not compared, of the learners of colleges that tell of it. */
sg_status sg_estimate_amounts(const sg_estimate_task *task, sg_estimate_list *out, sg_err *err) SG_MUST_CHECK;

/* One more estimate of the task, blank but for what it is of; NULL: out of memory. */
sg_estimate *sg_estimate_add(const sg_estimate_task *task, sg_estimate_list *list);

/* One more estimate of nothing yet. */
sg_estimate *sg_estimate_append(sg_estimate_list *list);

/* Its estimand, method, status and figures. least_n: the smaller of the groups that it is made of. */
void sg_estimate_set_figure(sg_estimate *e, const char *estimand, const char *method, const sg_figure *figure,
                            int64_t least_n);

/* The same of a test, which has no figures but its own. */
void sg_estimate_set_test(sg_estimate *e, const char *estimand, const char *method, const sg_test *test,
                          int64_t least_n);

/* For each level of a dimension: rates, IET differences, gaps in each arm and in both, difference of gaps, access; each
 * family corrected by Benjamini-Hochberg over the levels. */
sg_status sg_estimate_dimension(const sg_estimate_task *task, size_t dimension, sg_estimate_list *out,
                                sg_err *err) SG_MUST_CHECK;

#endif
