/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 6.7 The linear probability model: least squares of the 0/1 outcome on a model, as a check of the
 * standardised difference, with the small-sample inference for clusters that least squares alone has.
 */
#ifndef SKILLGAIN_STATS_LINEAR_H
#define SKILLGAIN_STATS_LINEAR_H

#include "skillgain/stats/model.h"

/* One column; n learners, k columns, G clusters, e = y - x'b.
 *   classical: s.e. with one variance for all, t with n-k;
 *   hc1, hc3: B (sum x x' e^2) B n/(n-k); e/(1-h) for e;
 *   cr1: B (sum S S') B G/(G-1) (n-1)/(n-k);
 *   cr2: Bell and McCaffrey's, the residuals of a cluster times (I - H_gg)^-1/2, with Satterthwaite's degrees of
 *     freedom, its p and limits by them (Bell, McCaffrey 2002, Surv Methodol 28:169);
 *   cr3: (G-1)/G sum (b_-g - b)^2 with each cluster left out.
 * NaN, or a figure that is not estimable: not there, as are those of clusters with fewer than two. */
typedef struct {
    const char *name;
    sg_figure classical, cr2;
    double hc1, hc3, cr1, cr3;
} sg_linear_coefficient;

typedef struct {
    sg_estimate_status status;
    const char *note;
    sg_fit_report fit;
    sg_linear_coefficient *coefficients;
    size_t n_coefficients, clusters;
    double share_outside; /* of the learners, whose fitted value is below 0 or above 1 */
} sg_linear_result;

/* In the arena. Prior weights, where the sample has them, are those of weighted least squares; cr2 is then not
 * estimable. */
sg_status sg_linear(const sg_observations *sample, const sg_model *model, double conf, sg_arena *arena,
                    sg_linear_result *out, sg_err *err) SG_MUST_CHECK;

/* 6.7 The wild cluster bootstrap of t, CR1-studentised, with the hypothesis (the coefficient of `column`, by its place
 * in the model, is 0) imposed. Up to 16 clusters all 2^G vectors of signs, so that nothing is left to chance: p is the
 * share whose |t*| is at least |t| (1 - 1e-10), the vector itself and its mirror image with it. Above 16, n_draws of
 * Webb's six-point weights by GSL's mt19937 from the seed, and p = (1 + #)/(1 + n_draws). The smallest p there can be is
 * smallest_p. Cameron, Gelbach, Miller 2008, REStat 90:414; Roodman et al 2019, Stata J 19:4. */
typedef struct {
    sg_estimate_status status;
    const char *note;
    double t, p, smallest_p, count, draws;
    size_t clusters;
} sg_wild_result;
sg_status sg_wild_cluster(const sg_observations *sample, const sg_model *model, size_t column, size_t n_draws,
                          uint32_t seed, sg_wild_result *out, sg_err *err) SG_MUST_CHECK;

#endif
