/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 6.8 How well a logistic model tells learners with the outcome from others, and how far its columns hang together.
 * Shown beside an estimate; no gate by themselves. */
#ifndef SKILLGAIN_STATS_DIAGNOSTICS_H
#define SKILLGAIN_STATS_DIAGNOSTICS_H

#include "skillgain/stats/model.h"

/* The area under the ROC curve: the chance that a learner of the first kind has a higher score than one of the second,
 * ties counting half; its s.e. by DeLong's placements, limits by the normal distribution. with and without: how many
 * learners of each kind there are at each of n scores. Not estimable: none of a kind. The s.e. is blank where a kind has
 * one learner. DeLong, DeLong, Clarke-Pearson 1988. */
sg_status sg_auc(const double *scores, const double *with, const double *without, size_t n, double conf,
                 sg_figure *out, sg_err *err) SG_MUST_CHECK;

/* One of ten groups by fitted rate: learners, those with the outcome, and the mean of the fitted rates. */
typedef struct {
    double learners, observed, expected_rate;
} sg_calibration_group;

/* brier: mean (y - mu)^2. pearson_x2: sum (y - mu)^2 / (mu(1 - mu)). max_leverage: of one learner. mcfadden_r2: 1 - l/l0.
 * hosmer_lemeshow: groups (lo, hi] between type-7 deciles of the fitted rates, equal ones merged, the first closed; df
 * groups - 2; not estimable with fewer than three groups. Rates and sums over learners without prior weights;
 * likelihoods with them. */
typedef struct {
    sg_estimate_status status;
    const char *note;
    sg_fit_report fit;
    sg_figure auc;
    double brier, pearson_x2, max_leverage, mcfadden_r2;
    sg_test hosmer_lemeshow;
    sg_calibration_group groups[10];
    size_t n_groups;
} sg_diagnostics;
sg_status sg_logit_diagnostics(const sg_observations *sample, const sg_model *model, double conf,
                               sg_arena *arena, sg_diagnostics *out, sg_err *err) SG_MUST_CHECK;

/* Generalised variance inflation of a term (a variable, the arm, the products with it, the clusters): det R_jj det R_rest
 * / det R with R the correlations of the coefficients but for the intercept's; scaled: its 1/(2 df)-th power, above 2.24
 * of note. A term without a column of its own, or one that is the only term: not there. Fox, Monette 1992. */
typedef struct {
    const char *name; /* of the variable; "iet", "iet:NAME", "clusters" */
    double df, inflation, scaled;
} sg_inflation;
typedef struct {
    sg_estimate_status status;
    const char *note;
    sg_inflation *terms;
    size_t n_terms;
} sg_inflations;
sg_status sg_logit_inflation(const sg_observations *sample, const sg_model *model, sg_arena *arena,
                             sg_inflations *out, sg_err *err) SG_MUST_CHECK;

#endif
