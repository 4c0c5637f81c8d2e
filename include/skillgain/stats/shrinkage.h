/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 11: rates of small groups and of colleges: pulled toward what all have in common, or seen against what chance allows at
 * their size. x of n by group; X, N sums. Counts that cannot be: not estimable. */
#ifndef SKILLGAIN_STATS_SHRINKAGE_H
#define SKILLGAIN_STATS_SHRINKAGE_H

#include "skillgain/stats/figure.h"

typedef struct {
    double rate, weight, low, high;
} sg_shrunk_rate;

/* 11.1 Beta-binomial empirical Bayes: the rates are Beta(a, b), a = mu M, b = (1-mu) M, whose marginal likelihood, sum [lnB(x+a, n-x+b) - lnB(a, b)], is
 * greatest; by Newton's steps over (logit mu, ln M) from ln M = 1, 3, 5. rate = (x+a)/(n+M), weight n/(n+M) that of the group's own rate, limits the quantiles
 * of Beta(x+a, n-x+b), which leave the uncertainty of mu and M out; note "few groups" below ten. M above 1e6: no excess variation, M infinite, every rate X/N
 * without limits. Fewer than five groups with learners, all or none with the outcome: not estimable, and the rates are the raw ones with Wilson's limits
 * (NaN for a group without learners). icc = 1/(M+1). out_rates: n of them. */
typedef struct {
    double mu, precision, alpha, beta, log_likelihood, icc;
    sg_estimate_status status;
    const char *note;
} sg_beta_binomial;
sg_beta_binomial sg_fit_beta_binomial(const sg_counts *groups, size_t n, double conf,
                                      sg_shrunk_rate *out_rates);

/* 11.2 The same on the logit scale (a check): y = logit((x+.5)/(n+1)), v = 1/(x+.5) + 1/(n-x+.5). tau2_dl = max(0, (Q-(k-1))/(sum w - sum w^2/sum w)), w = 1/v,
 * mu_dl with it; tau2 by REML as a fixed point: w = 1/(v+tau2), mu = sum wy/sum w, tau2 <- max(0, sum w^2((y-mu)^2 - v)/sum w^2 + 1/sum w), to 1e-12, 1000
 * steps at most. With l = tau2/(tau2+v): shrunk mu + l(y-mu), s.e. sqrt(l v + (1-l)^2/sum w). Fewer than two groups, or no end of the steps: not
 * estimable. DerSimonian, Laird 1986; Raudenbush 2009. */
typedef struct {
    double y, v, shrunk, std_error, rate;
} sg_shrunk_logit;
typedef struct {
    double q, tau2_dl, mu_dl, tau2, mu, mu_error;
    sg_estimate_status status;
    const char *note;
} sg_logit_shrinkage;
sg_logit_shrinkage sg_shrink_logits(const sg_counts *groups, size_t n, sg_shrunk_logit *out_groups);

/* 11.3 Funnel: theta = X/N; the limit at probability P for size n is (r-a)/n in [0, 1], r the least with F(r) >= P, a = (F(r)-P)/(F(r)-F(r-1)), F binomial; at .025, .975 and
 * .001, .999. z = (p-theta)/sqrt(theta(1-theta)/n); phi the mean of the squares of z with the outermost floor(k/10) on each side moved inward; z_adjusted =
 * z/sqrt(phi) where phi > 1. Colleges are drawn by size, not ranked. All or none with the outcome, or no learners: not estimable; a group without
 * learners: NaN, and not in phi. SG_NO_MEMORY. Spiegelhalter 2005, Stat Med 24:1185. */
typedef struct {
    double z, z_adjusted, low95, high95, low998, high998;
} sg_funnel_group;
typedef struct {
    double theta, phi, outside95, outside998;
    sg_estimate_status status;
    const char *note;
} sg_funnel;
sg_status sg_funnel_of(const sg_counts *groups, size_t n, sg_funnel_group *out_groups, sg_funnel *out,
                       sg_err *err) SG_MUST_CHECK;

#endif
