/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 6.4 The cluster jackknife (CR3), the inference of every adjusted estimate: with few clusters it errs on the
 * careful side where sandwich formulas err on the other, and it needs no derivative. MacKinnon, Nielsen, Webb
 * 2023, J Econometrics 232:272.
 */
#ifndef SKILLGAIN_STATS_JACKKNIFE_H
#define SKILLGAIN_STATS_JACKKNIFE_H

#include "skillgain/stats/figure.h"
#include "skillgain/stats/observations.h"

/* The confidence of the limits; threads, 1 or more, that leave clusters out: the same figures for any number. */
typedef struct {
    double conf;
    int jobs;
} sg_jackknife_plan;

/* A whole estimate: design, check of separation, fit, weights, standardisation, from a sample alone. Writes its values
 * to out (NaN: that one cannot be estimated); *out_obstacle, NULL before the call, says why there is none at
 * all. The arena is scratch. The same sample must give the same values. Called for the sample first; then for the sample without each cluster,
 * whose learners have a count of 0 there, on several threads at once: it writes nothing to the context. */
typedef sg_status sg_estimator(const sg_observations *sample, void *context, sg_arena *arena, double *out,
                               const char **out_obstacle, sg_err *err);

/* n figures of the estimator on the sample: V = (G-1)/G sum (theta_-g - theta)^2 over the G clusters that have learners,
 * each left out in turn; limits and p by t with G-1. Not estimable: all, with the estimator's reason; those whose value is
 * missing on the sample or with a cluster left out (which is then *out_failed, else SIZE_MAX; the first of
 * them); fewer than two clusters: the estimate alone. */
sg_status sg_jackknife(const sg_observations *sample, sg_estimator *estimator, void *context,
                       const sg_jackknife_plan *plan, size_t n, sg_figure *out, size_t *out_failed,
                       sg_err *err) SG_MUST_CHECK;

#endif
