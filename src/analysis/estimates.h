/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts to estimates: rates, IET differences, gaps, their difference and access, of one program year, design and dimension.
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_ESTIMATES_H
#define SKILLGAIN_SRC_ANALYSIS_ESTIMATES_H

#include "count.h"

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
    const sg_year_count *count;
    const char *college;
} sg_estimate_task;

/* For everyone: rates, IET differences of each outcome, corrected by Holm over the outcomes (statistics.md section 9). */
sg_status sg_estimate_everyone(const sg_estimate_task *task, sg_estimate_list *out,
                               sg_err *err) SG_MUST_CHECK;

/* For each level of a dimension: rates, IET differences, gaps in each arm and in both, difference of gaps, access; each
 * family corrected by Benjamini-Hochberg over the levels. */
sg_status sg_estimate_dimension(const sg_estimate_task *task, size_t dimension, sg_estimate_list *out,
                                sg_err *err) SG_MUST_CHECK;

#endif
