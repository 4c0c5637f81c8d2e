/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two arms and a yes/no outcome: x1 of n1 in IET, x0 of n0 in the comparison; p1, p0 their rates, N = n1 +
 * n0, X = x1 + x0. The sections are those of the project's list of methods, by which the reference values are
 * ordered.
 */
#ifndef SKILLGAIN_STATS_TWO_BY_TWO_H
#define SKILLGAIN_STATS_TWO_BY_TWO_H

#include "skillgain/stats/figure.h"

/* 1.2 Risk difference d = p1 - p0; limits by squaring and adding the distances to the two Wilson intervals
 * (l, u): d - sqrt((p1-l1)^2 + (u0-p0)^2), d + sqrt((u1-p1)^2 + (p0-l0)^2). Every table with two arms has
 * them. Note "none" or "all" where that is so in both arms. No s.e., no p (sg_p_2x2 has it). Newcombe 1998,
 * Stat Med 17:873, method 10. */
sg_figure sg_rd_newcombe(sg_counts iet, sg_counts comparison, double conf);

/* 1.3 Risk difference; limits where the score statistic chi2(D), its variance at the restricted ML rates and
 * times N/(N-1), equals z*z; statistic, df and p are those of D = 0 (0 and 1 when the rates are equal).
 * Limits stay in [-1, 1]; d = -1 or 1 is its own limit. Miettinen, Nurminen 1985, Stat Med 4:213;
 * Farrington, Manning 1990. */
sg_figure sg_rd_miettinen_nurminen(sg_counts iet, sg_counts comparison, double conf);

/* 1.4 Risk ratio, limits exp(ln RR -+ z se), std_error is that of ln RR: sqrt(1/x1 - 1/n1 + 1/x0 - 1/n0).
 * Where one of the four cells is 0, a half is added to each, note "0.5 added". x1 = x0 = 0: not estimable.
 * Katz et al 1978. */
sg_figure sg_rr_log(sg_counts iet, sg_counts comparison, double conf);

/* 1.4 Odds ratio, likewise: std_error sqrt of the sum of 1/cell. X = 0 or X = N: not estimable. Woolf
 * 1955. */
sg_figure sg_or_log(sg_counts iet, sg_counts comparison, double conf);

/* 1.4b Risk ratio with limits where its score statistic equals z*z; nothing is added. x1 = 0: estimate and
 * lower limit 0. x0 = 0: estimate and upper limit infinite, note "no upper limit". x1 = x0 = 0: not
 * estimable. */
sg_figure sg_rr_score(sg_counts iet, sg_counts comparison, double conf);

/* 1.5 h = 2 asin sqrt p1 - 2 asin sqrt p0, s.e. sqrt(1/n1 + 1/n0), limits h -+ z s.e. Cohen 1988. */
sg_figure sg_cohen_h(sg_counts iet, sg_counts comparison, double conf);

/* 1.6 1/d and the inverses of Newcombe's limits; d = 0, and a limit of 0, are infinite. Where the interval of
 * d contains 0 the set runs from 1/low through infinity to 1/high: not an interval. Altman 1998, BMJ
 * 317:1309. */
typedef struct {
    double number, at_low, at_high;
    bool through_infinity;
    sg_estimate_status status;
    const char *note;
} sg_needed;
sg_needed sg_number_needed(sg_counts iet, sg_counts comparison, double conf);

/* 1.7 Fisher's test, all margins fixed. Two-sided: every table not likelier than the one seen (within 1e-7 of
 * it). less, greater: the tails with the table itself. mid_central: twice the smaller tail counting half of
 * the table; mid_likelihood: the two-sided p less half of the table. Never 0: the smallest normal double
 * stands for all that is smaller. By the ratio of neighbours from the mode outward, so that no factorial is
 * needed and each term has its full precision; takes min(n1, n0, X, N-X) steps. Fisher 1935; Lancaster 1961.
 */
typedef struct {
    double p_two_sided, p_less, p_greater, p_mid_central, p_mid_likelihood;
    sg_estimate_status status;
    const char *note;
} sg_fisher_p;
sg_fisher_p sg_fisher(sg_counts iet, sg_counts comparison);

/* 1.7b The odds ratio that makes x1 the mean of Fisher's noncentral hypergeometric distribution, and those at
 * which a tail of it holds (1-conf)/2. At the end of the support: 0 or infinite, as is that limit. X = 0 or X
 * = N: estimate 0, limits 0 and infinite, note "any odds ratio fits". */
sg_figure sg_odds_ratio_conditional(sg_counts iet, sg_counts comparison, double conf);

/* 1.8 X2 = N(ad-bc)^2/(n1 n0 X (N-X)); yates: min(0.5, |O-E|) off each |O-E|; n1: X2 (N-1)/N; g2 = 2 sum O
 * ln(O/E); phi = sqrt(X2/N); z = sign(d) sqrt(X2), the "two standard deviations" of civil-rights practice.
 * One degree of freedom. X = 0 or X = N: not estimable, min_expected 0. */
typedef struct {
    double x2, p, x2_yates, p_yates, x2_n1, p_n1, g2, p_g2, phi, z, min_expected;
    sg_estimate_status status;
    const char *note;
} sg_chi_square;
sg_chi_square sg_chi_square_2x2(sg_counts iet, sg_counts comparison);

/* 1.8 The same for a table of n_rows by n_columns counts, row by row. Empty rows and columns are left out;
 * fewer than two of either: not estimable, as is a negative count. cramer_v = sqrt(X2/N/min(r-1, c-1));
 * corrected for its bias by Bergsma 2013, J Korean Stat Soc 42:323, NaN where the sample is too small for
 * that. */
typedef struct {
    double x2, df, p, cramer_v, cramer_v_corrected, min_expected;
    sg_estimate_status status;
    const char *note;
} sg_chi_square_table;
sg_chi_square_table sg_chi_square_rxc(const int64_t *table, size_t n_rows, size_t n_columns);

/* 1.9 The p that is printed for a 2x2: "n1_chisq" where the least expected count is at least 1, with its
 * statistic and df, else "fisher" without. X = 0 or X = N: p = 1. Campbell 2007, Stat Med 26:3661. */
sg_test sg_p_2x2(sg_counts iet, sg_counts comparison);

/* How a table counts that is exactly as extreme as the one seen, such as its mirror image: as it must (the
 * p-value is then the same when the arms are swapped), or as the rounding of a division happens to leave it,
 * which is what SciPy's barnard_exact does and what its values can only be compared with. */
typedef enum { SG_TIES_COUNT, SG_TIES_AS_ROUNDED } sg_tie_rule;

/* 1.10 Unconditional tests, for N up to 200 (above: not estimable): the greatest null probability, over the
 * common rate, of the tables at least as extreme as the one seen; a grid of 2000 rates, then a golden
 * section. Barnard: by |pooled z|, which is the statistic. Boschloo: by the one-sided Fisher p, whose smaller
 * one is the statistic; twice the smaller of the two one-sided p-values, at most 1. */
sg_test sg_barnard(sg_counts iet, sg_counts comparison, sg_tie_rule ties);
sg_test sg_boschloo(sg_counts iet, sg_counts comparison);

#endif
