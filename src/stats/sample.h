/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the statistics of two samples share: why there is no answer, moments, sorted copies, ranks. */
#ifndef SKILLGAIN_SRC_STATS_SAMPLE_H
#define SKILLGAIN_SRC_STATS_SAMPLE_H

#include "skillgain/stats/amounts.h"

/* The note, or NULL; `least`: how many values an arm must have. */
const char *sg_obstacle_samples(sg_sample y1, sg_sample y0, size_t least);

double sg_mean_of(sg_sample y);
double sg_variance_of(sg_sample y); /* with n-1, in two passes; NaN: fewer than 2 */

/* Both samples, each sorted; lists is the memory of both, freed by the caller. */
typedef struct {
    double *lists, *y1, *y0;
    size_t n1, n0;
} sg_sorted_pair;
sg_status sg_sort_pair(sg_sample y1, sg_sample y0, sg_sorted_pair *out, sg_err *err) SG_MUST_CHECK;
sg_status sg_sort_copy(sg_sample y, double **out, sg_err *err) SG_MUST_CHECK; /* freed by the caller */

/* A run of equal values of one arm: places first to first + n - 1 of its order, and how many of the other arm are less or equal. */
typedef struct {
    size_t first, n, less, equal;
} sg_run;

/* The run behind the one given ({0} at the start); false: there is none. */
bool sg_next_run(const double *own, size_t n_own, const double *other, size_t n_other, sg_run *run);

#endif
