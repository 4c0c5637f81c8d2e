/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A prepared table made ready: its columns found and checked, the rows that can be used, groups, strata and clusters as numbers, covariates
 * as variables of a model.
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_COMPARE_DATA_H
#define SKILLGAIN_SRC_ANALYSIS_COMPARE_DATA_H

#include "skillgain/analysis/compare.h"
#include "skillgain/stats.h"

enum {
    SG_COMPARE_MOST_LEVELS = 1000
}; /* of a group, and of clusters: more is a mistake in the choice of the column */

/* The levels of a column, by row; names in byte order, a missing value being "unknown". */
typedef struct {
    const char *name;
    const char *const *levels;
    size_t n;
    const uint32_t *of_row;
    const double *scores; /* of each level; NULL: they are no numbers */
} sg_compare_levels;

typedef struct {
    sg_arena *arena;
    size_t n; /* rows with a known arm and outcome, and time and cluster where these are wanted */
    uint8_t *arm;
    double *y;     /* the outcome */
    bool is_share; /* it is 0 or 1 */
    double *time;  /* NULL: none */
    sg_compare_levels *groups;
    size_t n_groups;
    sg_compare_levels strata, clusters; /* n = 0: none */
    sg_observations learners;           /* each of the n, with completed covariates */
    sg_model model;
    sg_observations
        patterns; /* the same, equal rows once; with cluster effects, without one-armed clusters */
    sg_counts modelled_iet, modelled_comparison; /* of the patterns */
} sg_compare_data;

/* Fills `data` and the counts and notes of `result`. */
sg_status sg_compare_prepare(const sg_frame *frame, const sg_compare_request *request, sg_compare_data *data,
                             sg_compare_result *result, sg_err *err) SG_MUST_CHECK;

#endif
