/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 7.1, 7.2, 7.4 Propensity scores and what is weighted by them. The score e is the fitted rate of the logit of
 * the arm on the sample's variables (all of them before time zero) and, where the model says so, the
 * clusters; the model's own arm and by_arm play no part in it. Where the arm is separated Firth's fit stands
 * in. Samples may be of learners or of patterns; prior weights multiply the learners in every sum.
 */
#ifndef SKILLGAIN_STATS_PROPENSITY_H
#define SKILLGAIN_STATS_PROPENSITY_H

#include "skillgain/stats/jackknife.h"
#include "skillgain/stats/model.h"

/* 7.1 By arm (index 1 IET, 0 comparison): the range of e, and learners outside the common support [greater of the
 * minima, lesser of the maxima]. Of all learners: below .05, above .95, kept by [.1, .9] (Crump et al 2009, Biometrika
 * 96:187). sd_logit: s.d. (n-1) of ln(e/(1-e)); caliper: 0.2 of it (Austin 2011, Pharm Stat 10:150). auc as sg_auc.
 * one_armed: levels of categorical variables whose learners are all of one arm. */
typedef struct {
    sg_estimate_status status;
    const char *note;
    sg_fit_report fit;
    const char *const *names; /* of the columns */
    sg_figure *coefficients;  /* s.e. by the model, normal distribution */
    size_t n_coefficients;
    double *scores; /* e of each row of the sample; NaN for a row that was left out */
    sg_figure auc;
    double least[2], greatest[2], outside[2];
    double below_05, above_95, kept_crump, sd_logit, caliper;
    size_t one_armed;
} sg_propensity_result;
sg_status sg_propensity(const sg_observations *sample, const sg_model *model, double conf, sg_arena *arena,
                        sg_propensity_result *out, sg_err *err) SG_MUST_CHECK;

/* Average over all learners (weights 1/e, 1/(1-e)), over those in IET (1, e/(1-e)), over the overlap (1-e, e). */
typedef enum { SG_ESTIMAND_ATE, SG_ESTIMAND_ATT, SG_ESTIMAND_ATO } sg_estimand;

/* The weight of a learner with a score in an arm. */
double sg_propensity_weight(sg_estimand estimand, double score, unsigned arm);

/* 7.2 Hajek means: risk_a = sum w y / sum w over the arm; difference risk_1 - risk_0, ratio. Standard errors of the
 * difference: fixed, as if the scores were known; m_estimation, with their estimation in it (stacked estimating
 * equations), clustered likewise by sqrt(G/(G-1) sum over clusters of (sum phi)^2). difference is by the clustered one and t
 * with G-1 where there are two clusters, else by m_estimation and the normal distribution; the jackknife leads.
 * ess: (sum w)^2 / sum w^2; largest_share: of the arm's weight, one learner's. Nothing is trimmed or clipped. Li,
 * Morgan, Zaslavsky 2018, JASA 113:390; Lunceford, Davidian 2004, Stat Med 23:2937. */
typedef struct {
    sg_estimate_status status;
    const char *note;
    sg_fit_report fit; /* of the score */
    double risk1, risk0, ratio;
    sg_figure difference;
    double fixed, m_estimation, clustered;
    double ess[2], largest_share[2];
    size_t clusters;
} sg_weighting_result;
sg_status sg_weighting(const sg_observations *sample, const sg_model *model, sg_estimand estimand,
                       double conf, sg_arena *arena, sg_weighting_result *out, sg_err *err) SG_MUST_CHECK;

/* 7.4 Augmented weighting: m_a the predictions of a logit in arm a alone (its variables and clusters those of the score;
 * by rule where separated), e clipped to [low, high].
 *   ATE: f1 = m1 + t(y-m1)/e, f0 = m0 + (1-t)(y-m0)/(1-e), mean f1 - f0; risks are the means. normalised: mean m1 + sum
 *     t(y-m1)/e / sum t/e, and so for 0.
 *   ATT: sum [t(y-m0) - (1-t) e/(1-e) (y-m0)] / n1.
 * ate, att: by influence functions, clustered and t with G-1 where there are two clusters (plain in se_plain); these
 * leave out that m and e are estimated, and the jackknife leads. Robins, Rotnitzky, Zhao 1994, JASA 89:846. */
/* An arm's logit whose outcomes are separated: Firth's fit with FLIC stands in, which reports use; or the predictions are
 * those that the likelihood has as its limit, 0 or 1 for the learners who are separated, which is what software gives
 * that fits on regardless, and which its values can only be compared with. */
typedef enum { SG_SEPARATED_FIRTH, SG_SEPARATED_LIMIT } sg_separated_rule;

typedef struct {
    double low, high; /* the clip of e */
    sg_separated_rule separated;
} sg_aipw_options;

typedef struct {
    sg_estimate_status status;
    const char *note;
    sg_fit_report score_fit, fit1, fit0;
    double risk1, risk0, ate_normalised, clipped; /* clipped: learners */
    sg_figure ate, att;
    double ate_se_plain, att_se_plain, ate_se_clustered, att_se_clustered;
    size_t clusters;
} sg_aipw_result;
sg_status sg_aipw(const sg_observations *sample, const sg_model *model, const sg_aipw_options *options,
                  double conf, sg_arena *arena, sg_aipw_result *out, sg_err *err) SG_MUST_CHECK;

/* The same by the cluster jackknife: score, outcome models and averages anew without each cluster. *out_failed as
 * sg_jackknife has it. */
sg_status sg_weighting_jackknife(const sg_observations *sample, const sg_model *model, sg_estimand estimand,
                                 const sg_jackknife_plan *plan, sg_figure *out, size_t *out_failed,
                                 sg_err *err) SG_MUST_CHECK;

typedef struct {
    sg_figure ate, att;
    size_t failed;
} sg_aipw_jackknife_result;
sg_status sg_aipw_jackknife(const sg_observations *sample, const sg_model *model,
                            const sg_aipw_options *options, const sg_jackknife_plan *plan,
                            sg_aipw_jackknife_result *out, sg_err *err) SG_MUST_CHECK;

#endif
