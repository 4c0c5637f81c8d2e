/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 6.1 to 6.4 Logistic regression of the outcome on a model, its standard errors, and what to do where it has
 * no maximum. A sample that cannot be used (sample.h), an outcome that none or all have, a fit that does not
 * converge: not estimable, and the note says which.
 */
#ifndef SKILLGAIN_STATS_LOGIT_H
#define SKILLGAIN_STATS_LOGIT_H

#include "skillgain/stats/jackknife.h"
#include "skillgain/stats/model.h"

/* One column. model: s.e. from the inverse of the information, z, p and limits by the normal distribution. A column
 * that earlier ones determine is not estimable. NaN: not there, as are the clustered ones with fewer than two
 * clusters. */
typedef struct {
    const char *name;
    sg_figure model;
    double hc0, hc1,
        hc3;         /* 6.3: B (sum s s') B, s = x w (y - mu) of each learner; times n/(n-k); s/(1-h) for s */
    sg_figure cr1;   /* 6.4: B (sum S S') B G/(G-1), S the sums of a cluster; t with G-1 */
    double cr1_full; /* its s.e. with the further factor (n-1)/(n-k) in the variance */
} sg_coefficient;

typedef struct {
    sg_estimate_status status;
    const char *note;
    sg_fit_report fit;
    sg_coefficient *coefficients; /* of every column of the model, in its order */
    size_t n_coefficients;
    double log_likelihood, deviance, null_deviance, df_residual; /* df: learners less columns */
    size_t clusters;                                             /* with learners */
} sg_logit_result;

/* 6.1 Maximum likelihood by Newton's method. Where the outcomes are separated there is none: not estimable, and
 * fit.separated tells how many. In the arena. */
sg_status sg_logit(const sg_observations *sample, const sg_model *model, double conf, sg_arena *arena,
                   sg_logit_result *out, sg_err *err) SG_MUST_CHECK;

/* 6.4 The coefficients of sg_logit (n of them, as many as it has) by the cluster jackknife. */
sg_status sg_logit_jackknife(const sg_observations *sample, const sg_model *model,
                             const sg_jackknife_plan *plan, size_t n, sg_figure *out,
                             sg_err *err) SG_MUST_CHECK;

/* 6.2 Is there a combination of the columns that separates learners with the outcome from others? learners and rows
 * whose outcome it settles, 0 where there is none. Found by projecting and rectifying in turn; given up after 1e5 loops
 * (unsettled, which counts as separated). Correia, Guimaraes, Zylkin 2019, arXiv 1903.01633. */
typedef struct {
    sg_estimate_status status;
    const char *note;
    bool separated, unsettled;
    double learners;
    size_t rows;
} sg_separation;
sg_status sg_check_separation(const sg_observations *sample, const sg_model *model, sg_separation *out,
                              sg_err *err) SG_MUST_CHECK;

/* 6.2 Firth's logit: the maximum of l(b) + ln det(X'WX)/2, which is always there and is less biased. s.e. from the
 * inverse of the information; statistic, p and limits of each coefficient from the profile of the penalised
 * likelihood, chi-square with 1 df (Wald's mislead here). Firth 1993; Heinze, Schemper 2002.
 * flic_intercept: what the intercept has to be for the mean prediction to be the mean outcome, the others staying
 * (Puhr et al 2017). */
typedef struct {
    sg_estimate_status status;
    const char *note;
    sg_fit_report fit;
    const char *const *names;
    sg_figure *coefficients;
    size_t n_coefficients;
    double penalised_log_likelihood, flic_intercept;
    double mean_prediction, mean_outcome; /* by the prior weights, without FLIC */
} sg_firth_result;
sg_status sg_firth(const sg_observations *sample, const sg_model *model, double conf, sg_arena *arena,
                   sg_firth_result *out, sg_err *err) SG_MUST_CHECK;

#endif
