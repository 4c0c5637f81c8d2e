/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of a sample stands for. */
#ifndef SKILLGAIN_SRC_STATS_OBSERVATIONS_H
#define SKILLGAIN_SRC_STATS_OBSERVATIONS_H

#include <math.h>

#include "skillgain/stats/observations.h"

static inline double sg_row_count(const sg_observations *sample, size_t row)
{
    return sample->count != NULL ? sample->count[row] : 1.0;
}

static inline double sg_row_weight(const sg_observations *sample, size_t row)
{
    return sample->weight != NULL ? sample->weight[row] : 1.0;
}

static inline uint32_t sg_row_cluster(const sg_observations *sample, size_t row)
{
    return sample->cluster != NULL ? sample->cluster[row] : 0;
}

/* It has learners, and their outcome is known. */
static inline bool sg_row_counts(const sg_observations *sample, size_t row)
{
    return sg_row_count(sample, row) > 0.0 && !isnan(sample->success[row]);
}

/* The rows by their numbers, in that order; count and success are then arrays always. */
sg_status sg_observations_gather(const sg_observations *sample, const size_t *rows, size_t n, sg_arena *arena,
                                 sg_observations *out, sg_err *err) SG_MUST_CHECK;

/* The q-quantile (type 7) of a column of numbers, each counted as often as its row; NaN among them are left
 * out. NaN in *out: there is none. */
sg_status sg_observations_quantile(const sg_observations *sample, const double *numbers, double q,
                                   double *out, sg_err *err) SG_MUST_CHECK;

#endif
