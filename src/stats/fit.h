/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fits of a design to counts of outcomes. All is in the design's inner units; what has to be in the sample's
 * goes through sg_design_coefficients and sg_design_errors.
 */
#ifndef SKILLGAIN_SRC_STATS_FIT_H
#define SKILLGAIN_SRC_STATS_FIT_H

#include "model_matrix.h"

/* For each row of the design: learners who enter the fit, and how many of them have the outcome. */
typedef struct {
    const double *count, *success;
} sg_response;

typedef struct {
    bool linear; /* least squares; else logistic */
    bool converged, rank_lost;
    sg_fit_kind kind;
    const size_t *active; /* the columns that are not left out, ascending */
    size_t k;
    double *beta;     /* n_columns; 0 for a column left out */
    double *bread;    /* (X'WX)^-1, n_columns by n_columns; 0 for a column left out */
    double *mu;       /* of each row, in its own arm: also of rows that were not in the fit */
    double *variance; /* of each row: mu(1 - mu), or 1 where linear */
    double learners, log_likelihood, log_det; /* ln det X'WX */
    double separated;                         /* learners whose outcome is separated */
    double flic; /* what was added to Firth's intercept so that the mean prediction is the mean outcome */
    int iterations;
    double max_score, rcond;
    const double *step; /* of the logit: the last, n_columns. A coefficient that it still moves has no end */
    double
        drift; /* of the logit: below 1 it is certain that the likelihood has a maximum, and the nearer 0 the nearer it is */
} sg_fit;

/* ---- one evaluation, shared by the kinds of fits ---- */

typedef struct {
    const sg_design *design;
    sg_response response;
    const size_t *active;
    size_t k;
    double *eta, *mu, *variance; /* of each row */
    double *single,
        *square; /* of each row: what score and information are gathered from; scratch otherwise */
    double *score, *information; /* n_columns; n_columns by n_columns */
    double *picked, *inverse, *picked_inverse;
    sg_spd spd;
    double total_weight, log_likelihood;
    double events; /* those with the outcome, or those without if they are fewer; by weight */
} sg_fit_work;

sg_status sg_fit_work_init(sg_fit_work *work, const sg_design *design, sg_response response, sg_arena *arena,
                           sg_err *err) SG_MUST_CHECK;
void sg_fit_evaluate(sg_fit_work *work, const double *beta); /* eta, mu, variance */
double sg_fit_likelihood(const sg_fit_work *work);           /* its logarithm, after that */
void sg_fit_derive(sg_fit_work *work);                       /* score and information, after that */
bool sg_fit_factor(sg_fit_work *work) SG_MUST_CHECK; /* spd of the information; false: it is not definite */
void sg_fit_invert(sg_fit_work *work);               /* inverse, n_columns by n_columns */

/* Whether a column of the fit is the others' sum in no way, so that its coefficient is one whichever columns were left out. */
sg_status sg_fit_identifies(const sg_fit *fit, const sg_design *design, sg_response response, size_t column,
                            sg_arena *arena, bool *out, sg_err *err) SG_MUST_CHECK;

/* What is there after the last evaluation, derivation and factorisation. In the arena. */
sg_status sg_fit_finish(const sg_fit_work *work, const double *beta, sg_arena *arena, sg_fit *out,
                        sg_err *err) SG_MUST_CHECK;

/* ---- the fits ---- */

/* Newton's method on the log-likelihood (IRLS). */
sg_status sg_fit_logit(const sg_design *design, sg_response response, sg_arena *arena, sg_fit *out,
                       sg_err *err) SG_MUST_CHECK;

/* The same from the fit of another response to the same rows, whose information it takes over, and whose columns as far as they still have
 * learners: few steps where the responses are alike. The last step adds at most `gain` to the log-likelihood; what it leaves
 * is a small part of it. Only coefficients and, where `predict`, predictions: bread is not filled; log_likelihood, log_det and rcond are 0. */
sg_status sg_fit_logit_near(const sg_design *design, sg_response response, const sg_fit *near, double gain,
                            bool predict, sg_arena *arena, sg_fit *out, sg_err *err) SG_MUST_CHECK;

/* Least squares. */
sg_status sg_fit_linear(const sg_design *design, sg_response response, sg_arena *arena, sg_fit *out,
                        sg_err *err) SG_MUST_CHECK;

/* Firth's penalised likelihood; log_likelihood is the penalised one. fixed: a column that stays at fixed_to, or
 * SIZE_MAX. start: NULL or a start of n_columns. */
typedef struct {
    size_t fixed;
    double fixed_to;
    const double *start;
} sg_firth_options;
sg_status sg_fit_firth(const sg_design *design, sg_response response, const sg_firth_options *options,
                       sg_arena *arena, sg_fit *out, sg_err *err) SG_MUST_CHECK;

/* What has to be added to the intercept for the mean prediction to be the mean outcome (FLIC). */
double sg_fit_flic(const sg_design *design, sg_response response, const double *beta);

/* Adds to a Firth fit its FLIC intercept; mu and variance follow. */
void sg_fit_apply_flic(const sg_design *design, sg_response response, sg_fit *fit);

/* The learners and rows whose outcome a combination of columns separates from the others'; 0: none. unsettled: the search was
 * given up, which counts as separated. */
typedef struct {
    double learners;
    size_t rows;
    bool unsettled;
} sg_separated;
sg_status sg_find_separation(const sg_design *design, sg_response response, sg_arena *arena,
                             sg_separated *out, sg_err *err) SG_MUST_CHECK;

/* Whether the logit may be one that separation has spoilt: it is not certain that it stands near a maximum. */
bool sg_fit_is_suspect(const sg_fit *fit, const sg_design *design, sg_response response);

/* Looks for separation where a logit is suspect; where there is none, a logit that is far from the maximum has not converged. */
sg_status sg_fit_find_separation(const sg_design *design, sg_response response, sg_arena *arena, sg_fit *fit,
                                 sg_separated *out, sg_err *err) SG_MUST_CHECK;

/* The logit; where the outcomes are separated, without the columns of the clusters; where they are still, Firth with
 * FLIC. *out_design is the design of the fit that was taken, in the arena. *out_obstacle: why there is none. */
typedef enum { SG_OUTCOME, SG_OUTCOME_IN_ARM_0, SG_OUTCOME_IN_ARM_1, SG_ARM_ITSELF } sg_response_kind;
typedef struct {
    sg_design *design;
    sg_response response;
    sg_fit fit;
    const char *obstacle;
} sg_adjusted;
sg_status sg_fit_adjusted(const sg_observations *sample, const sg_model *model, sg_response_kind kind,
                          sg_arena *arena, sg_adjusted *out, sg_err *err) SG_MUST_CHECK;

/* The same with what is known already; it has to live as long. design: of that sample and model, from another response. whole: the fit of that
 * model and kind to a sample that differs from this one in counts alone: its rows and columns serve again (all fits have all its rows then), and the fit is as sg_fit_logit_near
 * has it. NULL: not known. */
typedef struct {
    const sg_design *design;
    const sg_adjusted *whole;
} sg_known;
sg_status sg_fit_adjusted_on(sg_known known, const sg_observations *sample, const sg_model *model,
                             sg_response_kind kind, sg_arena *arena, sg_adjusted *out,
                             sg_err *err) SG_MUST_CHECK;

/* The logit, and where the outcomes are separated what it comes near as its coefficients grow: of use for predictions
 * alone, which have a limit. */
sg_status sg_fit_limit(sg_known known, const sg_observations *sample, const sg_model *model,
                       sg_response_kind kind, sg_arena *arena, sg_adjusted *out, sg_err *err) SG_MUST_CHECK;

/* The logit or nothing: separated outcomes are an obstacle. */
sg_status sg_fit_plain(const sg_observations *sample, const sg_model *model, sg_response_kind kind,
                       sg_arena *arena, sg_adjusted *out, sg_err *err) SG_MUST_CHECK;

/* The response of a kind to a design, in the arena. */
sg_status sg_response_make(const sg_design *design, sg_response_kind kind, sg_arena *arena, sg_response *out,
                           sg_err *err) SG_MUST_CHECK;

/* Why a response cannot be fitted, or NULL: no learners, all or none with the outcome. */
const char *sg_response_obstacle(const sg_design *design, sg_response response, sg_response_kind kind);

sg_status sg_fit_describe(const sg_design *design, sg_response response, const sg_fit *fit, sg_arena *arena,
                          sg_fit_report *out, sg_err *err) SG_MUST_CHECK;

/* x' b of a row in an arm, and what it means for the outcome. */
double sg_fit_predict(const sg_fit *fit, const sg_design *design, size_t row, unsigned arm);
double sg_logistic(double eta);
double sg_logistic_variance(double eta); /* mu(1 - mu), without cancellation */

#endif
