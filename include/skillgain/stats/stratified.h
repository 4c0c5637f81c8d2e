/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Section 2: many two-by-two tables, one a stratum (usually college x program year x entering level). x1, n1 IET, x0, n0 the comparison, N =
 * n1 + n0, m = x1 + x0; sums are over strata. A stratum with one arm carries no information: it is left out of everything,
 * and sg_strata_use counts it. No stratum with two arms, and counts that cannot be: not estimable.
 */
#ifndef SKILLGAIN_STATS_STRATIFIED_H
#define SKILLGAIN_STATS_STRATIFIED_H

#include "skillgain/stats/figure.h"

typedef struct {
    sg_counts iet, comparison;
} sg_stratum;

typedef struct {
    size_t used, dropped;    /* strata; those without learners are neither */
    int64_t alone, learners; /* learners in strata with one arm, and all */
} sg_strata_counts;
sg_strata_counts sg_strata_use(const sg_stratum *strata, size_t n);

/* 2.1 OR = sum R / sum S, R = ad/N, S = bc/N (a = x1, b = n1-x1, c = x0, d = n0-x0); std_error that of ln OR: with P = (a+d)/N, Q =
 * (b+c)/N the root of sum PR/(2(sum R)^2) + sum(PS+QR)/(2 sum R sum S) + sum QS/(2(sum S)^2). Limits exp(ln OR -+ z s.e.). sum R = 0 or sum S
 * = 0: not estimable. Robins, Breslow, Greenland 1986, Biometrics 42:311. */
sg_figure sg_mh_odds_ratio(const sg_stratum *strata, size_t n, double conf);

/* 2.2 RD = sum(x1 n0 - x0 n1)/N / sum w, w = n1 n0/N; variance (RD Ps + Qs)/(sum w)^2, Ps = sum [n1^2 x0 - n0^2 x1 + n1 n0 (n0-n1)/2]/N^2, Qs =
 * sum [x1(n0-x0) + x0(n1-x1)]/(2N): good for many sparse strata and for few large ones. Statistic z and p as well. Where the variance is
 * not above 0 (all outcomes equal): no s.e., no limits, note "no variation". Sato, Greenland, Robins 1989, Biometrics
 * 45:1323. */
sg_figure sg_mh_risk_difference(const sg_stratum *strata, size_t n, double conf);

/* 2.3 RR = sum(x1 n0/N) / sum(x0 n1/N); std_error that of ln RR, the root of sum [(n1 n0 m - x1 x0 N)/N^2] over the product of
 * the two sums. Either is 0: not estimable. Greenland, Robins 1985, Biometrics 41:55. */
sg_figure sg_mh_risk_ratio(const sg_stratum *strata, size_t n, double conf);

/* 2.4 D = sum x1 - sum n1 m/N, V = sum n1 n0 m (N-m)/(N^2 (N-1)) of strata with N > 1; X2 = D^2/V, with continuity correction (|D| -
 * min(0.5, |D|))^2/V; one degree of freedom. V = 0: no test, D and V stay. Cochran 1954; Mantel, Haenszel 1959. */
typedef struct {
    double excess, variance, x2, p, x2_corrected, p_corrected;
    sg_estimate_status status;
    const char *note;
} sg_cmh;
sg_cmh sg_cmh_test(const sg_stratum *strata, size_t n);

/* 2.4b The exact test: S = sum x1 under the convolution of the strata's hypergeometric distributions, p the probability of all sums not
 * likelier than S (within 1e-7 of it). It is exact for the permutation of IET labels inside strata, and the one to use where V of 2.4 is below
 * 9. Takes about (range of S)^2 steps; a range above 100,000: not estimable. SG_NO_MEMORY. */
typedef struct {
    double sum, p;
    sg_estimate_status status;
    const char *note;
} sg_cmh_exact;
sg_status sg_cmh_exact_test(const sg_stratum *strata, size_t n, sg_cmh_exact *out, sg_err *err) SG_MUST_CHECK;

/* 2.5 Are the odds ratios alike? Over strata with n1, n0, m, N-m > 0: E the x1 that the stratum would have at the OR of 2.1, V = 1/(1/E + 1/(n1-E) +
 * 1/(m-E) + 1/(n0-m+E)), BD = sum (x1-E)^2/V; Tarone's correction takes (sum(x1-E))^2/sum V off, and is the one to report. df = strata - 1;
 * df = 0: no p, not estimable. Note "low expected counts" where in more than 20 % of the strata a cell expects less than 5. Breslow, Day
 * 1980; Tarone 1985, Biometrika 72:91. */
typedef struct {
    double x2, p, x2_tarone, p_tarone, df;
    size_t strata;
    sg_estimate_status status;
    const char *note;
} sg_breslow_day;
sg_breslow_day sg_breslow_day_test(const sg_stratum *strata, size_t n);

/* 2.6 Are the risk differences alike? w = 1/(p1 q1/n1 + p0 q0/n0) over strata where that variance is above 0; pooled = sum wd/sum w with s.e. 1/sqrt(sum w); Q =
 * sum w(d - pooled)^2, df = strata - 1, I2 = max(0, (Q-df)/Q). df = 0: no p, not estimable. Rates near 0 or 1 of few learners have hardly a variance, and
 * too great a weight: a note where in more than 20 % of these strata a count is below 5. Cochran 1954. */
typedef struct {
    double q, p, df, i2, pooled, pooled_error;
    sg_estimate_status status;
    const char *note;
} sg_rd_homogeneity;
sg_rd_homogeneity sg_rd_homogeneity_test(const sg_stratum *strata, size_t n);

/* 2.7 Direct standardisation: rates of both arms had their learners been spread over the strata by the weights W (scaled to 1 over the two-armed
 * strata): all learners, those in IET ("had comparison learners been distributed like IET learners"), or given ones, by stratum. rate = sum W p with
 * s.e. sqrt(sum W^2 p q/n); limits by MOVER from the strata's Wilson limits, rate - sqrt(sum W^2 (p-l)^2), rate + sqrt(sum W^2 (u-p)^2); the
 * difference of the two by squaring and adding, with its Wald limits beside. ratio: NaN for a rate of 0 in the comparison. Weights that are
 * negative, not finite or all 0: not estimable. Zou, Donner 2008, Stat Med 27:1693. */
typedef enum { SG_STANDARD_TOTAL, SG_STANDARD_IET, SG_STANDARD_GIVEN } sg_standard;
typedef struct {
    sg_figure iet, comparison, difference; /* limits: MOVER */
    double wald_low, wald_high, ratio;     /* of the difference; of the rates */
    sg_estimate_status status;
    const char *note;
} sg_standardised;
sg_standardised sg_standardise(const sg_stratum *strata, size_t n, sg_standard standard,
                               const double *weights, double conf);

#endif
