/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 7.5, 7.6 How alike the arms are in one covariate, before or after weighting or matching. */
#ifndef SKILLGAIN_STATS_BALANCE_H
#define SKILLGAIN_STATS_BALANCE_H

#include "skillgain/stats/figure.h"

/* A covariate of n rows: learners or patterns. */
typedef struct {
    size_t n;
    const double *values; /* finite */
    const uint8_t *arm;   /* 1 IET, 0 comparison */
    const double *count;  /* learners of the row; NULL: one each */
    const double *weight; /* of each of them after weighting or matching, at least 0; NULL: 1 */
} sg_balance_data;

/* Means by the weights. Standardised differences (mean1 - mean0)/s, s of the unweighted sample: by_treated the s.d. of IET
 * learners, by_pooled sqrt((s1^2 + s0^2)/2); a covariate that is 0 or 1 throughout has s^2 = p(1-p), others n-1 in the
 * denominator. variance_ratio s1^2/s0^2 with s^2 = sum w~(x-m)^2/(1 - sum w~^2), w~ = w/sum w; not of a 0/1 covariate.
 * ks: the greatest distance of the weighted distribution functions. NaN: not there, as where s is 0. Not estimable: an arm
 * without weight, a value or weight that is not finite. */
typedef struct {
    sg_estimate_status status;
    const char *note;
    double mean1, mean0, by_treated, by_pooled, variance_ratio, ks;
    bool is_binary;
} sg_balance;
sg_status sg_balance_of(const sg_balance_data *data, sg_balance *out, sg_err *err) SG_MUST_CHECK;

/* 7.6 What Works Clearinghouse, baseline equivalence: effect_size is Hedges' g with its correction 1 - 3/(4N-9) for a
 * covariate that is not 0/1, and the Cox index ln(OR)/1.65 with it for one that is (a rate of 0 or 1: not estimable).
 * By the weights where there are any, over the s.d. of the learners that have one. |effect size| up to .05 satisfied, up to
 * .25 only with the covariate in the outcome model, else not. WWC Handbook 5.0 (2022). */
typedef enum { SG_WWC_SATISFIED, SG_WWC_ADJUSTMENT_REQUIRED, SG_WWC_NOT_SATISFIED } sg_wwc_verdict;
typedef struct {
    sg_estimate_status status;
    const char *note;
    double effect_size;
    sg_wwc_verdict verdict;
} sg_wwc_baseline;
sg_wwc_baseline sg_wwc_baseline_of(const sg_balance_data *data);

const char *sg_wwc_verdict_name(sg_wwc_verdict verdict); /* "adjustment_required" */

#endif
