/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The data of a regression or a propensity score: an arm, an outcome and covariates, one row a learner or one
 * row a covariate pattern with the number of its learners. Every fit, weight and standard error gives the
 * same figures for a sample of learners and for its patterns, as all of them are sums over learners; only
 * matching (matching.h) needs learners. Equal rows are worth aggregating once: a state's million
 * participant-years have some thousands of patterns.
 *
 * What these functions make lives in the arena that they are given, beside what they take over from the
 * sample, which must live as long. None of them changes a sample.
 */
#ifndef SKILLGAIN_STATS_OBSERVATIONS_H
#define SKILLGAIN_STATS_OBSERVATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skillgain/base/err.h"
#include "skillgain/base/mem.h"

/* A covariate. Numeric: numbers (NaN: missing). Categorical: levels, an index into level_names for each row,
 * an unknown level being a level like any other; reference is the level that has no dummy (where no row has
 * it, the first level that a row has). */
typedef struct {
    const char *name;
    const double *numbers; /* NULL: categorical */
    const uint32_t *levels;
    const char *const *level_names;
    size_t n_levels, reference;
} sg_variable;

typedef struct {
    size_t n_rows;
    const sg_variable *variables;
    size_t n_variables;
    const uint8_t *arm;  /* 1 IET, 0 comparison */
    const double *count; /* learners of the row; NULL: one each */
    const double
        *success; /* how many of them have the outcome, 0 to count; NaN: unknown, the row is left out */
    const double *weight;    /* prior weight of each of them, above 0; NULL: 1 */
    const uint32_t *cluster; /* from 0 to n_clusters - 1: the college; NULL: no clusters */
    size_t n_clusters;
} sg_observations;

/* NULL, or why nothing can be computed from the sample: no row, an arm other than 0 and 1, a count, success or
 * weight out of its range, a level or cluster that there is not, a covariate that is infinite or missing
 * (sg_observations_complete comes first). */
const char *sg_observations_obstacle(const sg_observations *sample);

/* One row for all rows that are alike in arm, cluster, weight and covariates; their counts and successes
 * added. Rows of unknown outcome are left out. The rows are sorted by cluster, covariates (levels by their
 * index), weight and arm: the order of the rows given makes no difference to it. Linear in the rows. */
sg_status sg_observations_aggregate(const sg_observations *sample, sg_arena *arena, sg_observations *out,
                                    sg_err *err) SG_MUST_CHECK;

/* The rows for which keep(row) is true. */
typedef bool sg_row_rule(const sg_observations *sample, size_t row, void *context);
sg_status sg_observations_select(const sg_observations *sample, sg_row_rule *keep, void *context,
                                 sg_arena *arena, sg_observations *out, sg_err *err) SG_MUST_CHECK;

/* All but the learners of a cluster: the same rows, with a count of 0 where they are theirs. */
sg_status sg_observations_without(const sg_observations *sample, uint32_t cluster, sg_arena *arena,
                                  sg_observations *out, sg_err *err) SG_MUST_CHECK;

/* Missing numeric covariates: up to most_missing of the learners (0.4 by convention), the median of those
 * known, arms pooled, in their place, and a 0/1 variable "NAME missing" after all others; above that the
 * variable is left out. out_missing, one for each of the sample's variables, takes the shares that were
 * missing. Infinite values stay. */
sg_status sg_observations_complete(const sg_observations *sample, double most_missing, sg_arena *arena,
                                   sg_observations *out, double *out_missing, sg_err *err) SG_MUST_CHECK;

/* Of the learners with a known outcome: clusters with any, with both arms; learners in one-armed clusters;
 * (sum n1)^2 / sum n1^2 over the IET learners n1 of each cluster, how many equal clusters these would be (0
 * without IET learners). A sample without clusters has none. */
typedef struct {
    size_t clusters, two_armed;
    double learners, learners_one_armed, effective_iet;
} sg_cluster_counts;
sg_status sg_clusters_count(const sg_observations *sample, sg_cluster_counts *out, sg_err *err) SG_MUST_CHECK;

/* Without the one-armed clusters, which hold no counterpart to compare with. */
sg_status sg_observations_two_armed(const sg_observations *sample, sg_arena *arena, sg_observations *out,
                                    sg_err *err) SG_MUST_CHECK;

#endif
