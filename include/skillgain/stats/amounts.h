/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Section 4: hours, scores and other amounts of two arms. y1 the values of IET, y0 those of the comparison, in any order; s^2 with n-1. A value that is
 * not finite: not estimable. Functions that sort or rank need memory: SG_NO_MEMORY.
 */
#ifndef SKILLGAIN_STATS_AMOUNTS_H
#define SKILLGAIN_STATS_AMOUNTS_H

#include "skillgain/stats/figure.h"

typedef struct {
    const double *values;
    size_t n;
} sg_sample;

/* 4.1 Difference of means, s.e. sqrt(s1^2/n1 + s0^2/n0), t with Welch's df = s.e.^4/[s1^4/(n1^2(n1-1)) + s0^4/(n0^2(n0-1))]. Fewer than 2 in an arm,
 * or no variation in either: not estimable. */
typedef struct {
    sg_figure difference;
    double mean1, mean0, sd1, sd0; /* NaN: too few for it */
} sg_welch;
sg_welch sg_welch_test(sg_sample y1, sg_sample y0, double conf);

/* The mean of one arm with limits mean -+ t(n-1) s/sqrt(n): 4.1 against values that do not vary. One value, or values that are all equal: the mean
 * without limits, note "too few for an interval" or "no variation". No value: not estimable. No test is made of it. */
sg_figure sg_mean_t(sg_sample y, double conf);

/* 4.2 d = difference/Sp, Sp^2 = [(n1-1)s1^2 + (n0-1)s0^2]/(N-2); Hedges' g = Jd, J the exact correction exp(lgamma(m/2) - ln sqrt(m/2) -
 * lgamma((m-1)/2)), m = N-2; s.e. sqrt(1/n1 + 1/n0 + g^2/(2N)), limits g -+ z s.e. What Works Clearinghouse: omega = 1 - 3/(4N-9), g_wwc = omega d,
 * improvement index 100(Phi(g_wwc) - 0.5). Sp = 0, fewer than 2 in an arm: not estimable. Hedges 1981, JES 6:107; WWC Handbook 5.0, 2022. */
typedef struct {
    sg_figure g;
    double sd_pooled, d, correction, omega, g_wwc, improvement_index;
} sg_hedges;
sg_hedges sg_hedges_g(sg_sample y1, sg_sample y0, double conf);

/* 4.3 Midranks; U = R1 - n1(n1+1)/2; s^2 = n1 n0/12 [(N+1) - sum(t^3-t)/(N(N-1))]; z = (U - n1 n0/2)/s, corrected by 0.5 toward 0. superiority =
 * U/(n1 n0): the chance that an IET learner exceeds a comparison learner, half of the ties counted. All values equal: not estimable. Mann,
 * Whitney 1947. */
typedef struct {
    double u, sigma, z, p, z_corrected, p_corrected, superiority;
    sg_estimate_status status;
    const char *note;
} sg_mann_whitney;
sg_status sg_mann_whitney_test(sg_sample y1, sg_sample y0, sg_mann_whitney *out, sg_err *err) SG_MUST_CHECK;

/* 4.3b Exact, two-sided (twice the smaller tail, at most 1), by counting: f(u; m, n) = f(u-n; m-1, n) + f(u; m, n-1). With ties, or 50 or more in an
 * arm: not estimable. method "mann_whitney", statistic U. */
sg_status sg_mann_whitney_exact(sg_sample y1, sg_sample y0, sg_test *out, sg_err *err) SG_MUST_CHECK;

/* 4.4 Superiority with an interval that lets the spreads differ: pooled midranks R, midranks within the arm W; S_i^2 = sum (R - W - Rbar_i +
 * (n_i+1)/2)^2/(n_i-1); t = n1 n0 (Rbar1-Rbar0)/[N sqrt(n1 S1^2 + n0 S0^2)], Satterthwaite's df; estimate (Rbar1 - (n1+1)/2)/n0, s.e. sqrt(S1^2/(n1
 * n0^2) + S0^2/(n0 n1^2)), limits by t, which may leave [0, 1]. statistic t is that of superiority = 0.5. Arms that do not overlap: estimate 0 or 1
 * without an interval, note "complete separation". Fewer than 2 in an arm: not estimable. Brunner, Munzel 2000, Biom J 42:17. */
sg_status sg_brunner_munzel(sg_sample y1, sg_sample y0, double conf, sg_figure *out,
                            sg_err *err) SG_MUST_CHECK;

/* 4.5 Shift: the median of the M = n1 n0 differences y1 - y0; limits the k-th and the (M-k+1)-th of them, k = max(1, floor(M/2 - z s)) with s of 4.3;
 * all values equal: k = max(1, floor(M/2)). The differences are searched, not listed. Hodges, Lehmann 1963. */
typedef struct {
    sg_figure shift;
    double k;
} sg_hodges_lehmann;
sg_status sg_hodges_lehmann_shift(sg_sample y1, sg_sample y0, double conf, sg_hodges_lehmann *out,
                                  sg_err *err) SG_MUST_CHECK;

/* 4.6 Median (R's type 7); limits y_(k) and y_(n-k+1), k the least with P(Bin(n, 1/2) <= k) >= (1-conf)/2; coverage 1 - 2 P(Bin <= k-1). k = 0 (n up to 5
 * at 95 %): limits infinite, coverage 1, note "too few for an interval". */
typedef struct {
    sg_figure median;
    double k, coverage;
} sg_median;
sg_status sg_median_of(sg_sample y, double conf, sg_median *out, sg_err *err) SG_MUST_CHECK;

#endif
