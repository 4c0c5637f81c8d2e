/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 12.5 Models fitted again and again to learners drawn anew: the bootstrap of 12.3 on patterns, at a cost that does not grow with the
 * learners.
 */
#ifndef SKILLGAIN_STATS_MODEL_BOOTSTRAP_H
#define SKILLGAIN_STATS_MODEL_BOOTSTRAP_H

#include "skillgain/stats/propensity.h"
#include "skillgain/stats/resampling.h"

/* Of the outcome's logit (6.1) the coefficient of the arm; of weighting by the score (7.2), fitted anew each time, the difference. Percentile
 * limits; no BCa. redrawn: replicates that could not be estimated, which are left out; above 1 %: not estimable. */
typedef struct {
    sg_bootstrap coefficient, difference;
    sg_estimate_status status; /* why the sample itself can't be estimated */
    const char *note;
} sg_model_bootstrap;

/* n replicates, on `jobs` threads: the same for any number of them. The model needs its column of the arm; its clusters' columns are
 * those of the score as well. coefficients, differences: places for n values, in the replicates' order; NaN: that one could not be estimated.
 * Below 2 replicates, prior weights, or counts that are not whole: not estimable. */
typedef struct {
    sg_estimand estimand;
    const sg_stream *stream;
    double conf;
    size_t n;
    int jobs;
} sg_model_bootstrap_plan;
sg_status sg_bootstrap_model(const sg_observations *patterns, const sg_model *model,
                             const sg_model_bootstrap_plan *plan, double *coefficients, double *differences,
                             sg_model_bootstrap *out, sg_err *err) SG_MUST_CHECK;

#endif
