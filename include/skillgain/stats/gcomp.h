/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 6.5, 6.6 Standardised rates (g-computation): the mean prediction of a logistic model for the same learners
 * in either arm, and what follows from it. The model needs its column of the arm. Where the clusters'
 * columns separate the outcomes they are left out, and where the outcomes are separated still, Firth's fit
 * with the FLIC intercept stands in (fit.kind). Bartlett 2018, Pharm Stat 17:648; Hernan, Robins, What If.
 */
#ifndef SKILLGAIN_STATS_GCOMP_H
#define SKILLGAIN_STATS_GCOMP_H

#include "skillgain/stats/jackknife.h"
#include "skillgain/stats/model.h"

/* For whom: all learners (the average over all), or those in IET (over the treated). */
typedef enum { SG_TARGET_ALL, SG_TARGET_IET } sg_target;

/* r1, r0: means of the predictions with the arm set to 1 and to 0, by learners and prior weights; difference r1 - r0,
 * ratio r1/r0 (its std_error is that of its logarithm). Standard errors:
 *   delta: the gradient J of r1 - r0 in the coefficients, sqrt(J'VJ) with V the inverse information (covariates fixed);
 *   delta_cr1: the same with the clusters' covariance (6.4);
 *   influence: sqrt(sum phi^2), phi_i = (m1_i - m0_i - RD)/n + J'B s_i (covariates sampled);
 *   influence_clustered: sqrt(G/(G-1) sum over clusters of (sum phi)^2).
 * NaN where there is none, as with fewer than two clusters. difference is by the clustered influence and t with G-1
 * where there are clusters, else by the plain one and the normal distribution; ratio by the delta method on its
 * logarithm with the clusters' covariance, or the model's. The jackknife below leads. */
typedef struct {
    sg_estimate_status status;
    const char *note;
    sg_fit_report fit;
    double r1, r0;
    sg_figure difference, ratio;
    double delta, delta_cr1, influence, influence_clustered, log_ratio_delta;
    size_t clusters;
} sg_gcomp_result;
sg_status sg_gcomp(const sg_observations *sample, const sg_model *model, sg_target target, double conf,
                   sg_arena *arena, sg_gcomp_result *out, sg_err *err) SG_MUST_CHECK;

/* The same by the cluster jackknife: all is done again without each cluster. *out_failed as sg_jackknife has it. */
typedef struct {
    sg_figure difference, ratio, r1, r0;
    size_t failed;
} sg_gcomp_jackknife_result;
sg_status sg_gcomp_jackknife(const sg_observations *sample, const sg_model *model, sg_target target,
                             const sg_jackknife_plan *plan, sg_gcomp_jackknife_result *out,
                             sg_err *err) SG_MUST_CHECK;

/* 6.6 Adjusted difference of gaps. The model has the columns of one categorical variable times the arm (by_arm). For
 * each level that has a column: gap_a = mean m(arm a, level) - mean m(arm a, reference) over all learners, their other
 * covariates as they are; difference gap_1 - gap_0, positive where the level's disadvantage is smaller in IET.
 * difference.std_error is by the clusters' covariance and t with G-1 where there are clusters, else by the model's
 * (se_model in either case). */
typedef struct {
    size_t level; /* of the variable */
    double gap_iet, gap_comparison, se_model;
    sg_figure difference;
} sg_gap_level;

/* joint: are the differences all 0? Wald's, with the clusters' covariance, F(L, G-1); only where L < G-1. */
typedef struct {
    sg_estimate_status status;
    const char *note;
    sg_fit_report fit;
    size_t reference, n_levels, clusters;
    sg_gap_level *levels;
    sg_test joint;
} sg_gap_differences;
sg_status sg_gap_difference(const sg_observations *sample, const sg_model *model, double conf,
                            sg_arena *arena, sg_gap_differences *out, sg_err *err) SG_MUST_CHECK;

/* The differences of sg_gap_difference, n of them, by the cluster jackknife. */
sg_status sg_gap_difference_jackknife(const sg_observations *sample, const sg_model *model,
                                      const sg_jackknife_plan *plan, size_t n, sg_figure *out,
                                      sg_err *err) SG_MUST_CHECK;

#endif
