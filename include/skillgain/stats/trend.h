/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 3: do rates rise or fall with an ordered level or with the years? Years are repeated looks at overlapping learners and the same
 * colleges: their p is descriptive. */
#ifndef SKILLGAIN_STATS_TREND_H
#define SKILLGAIN_STATS_TREND_H

#include "skillgain/stats/figure.h"

/* A level or a year, with its score: its place from 0, or the year as it is. */
typedef struct {
    double score;
    sg_counts counts;
} sg_scored;

/* 3.1 Over levels with learners, sbar = sum ns/N, p = X/N, Sxx = sum n(s-sbar)^2, Sxy = sum x(s-sbar): z = Sxy/sqrt(p(1-p) Sxx), X2 = z^2, X2
 * (N-1)/N as Mantel has it; slope b = Sxy/Sxx a score unit, with the s.e. sqrt(sum (s-sbar)^2 n p_j q_j)/Sxx that lets the levels
 * differ, limits b -+ z s.e.; departure from a line: Pearson's X2 of the table less X2, df J-2, without p where J = 2. slope.statistic and
 * p_value are those of the test. All or none succeed, fewer than two different scores, a score that is not finite: not
 * estimable. Armitage 1955, Biometrics 11:375. */
typedef struct {
    sg_figure slope;
    double x2, x2_mantel, x2_pearson, x2_departure, df_departure, p_departure;
    sg_estimate_status status;
    const char *note;
} sg_trend;
sg_trend sg_trend_of(const sg_scored *levels, size_t n, double conf);

/* 3.2 Inside strata (Mantel's extension): D = sum over strata of [sum sx - X sum sn/N]; V = sum of X(N-X)/(N^2(N-1)) [N sum ns^2 - (sum ns)^2]; D^2/V
 * with one degree of freedom. strata[i] is the stratum of cells[i], any number below n_strata. V = 0: no test, D and V stay. Mantel 1963, JASA
 * 58:690. SG_NO_MEMORY. */
typedef struct {
    double difference, variance, z, x2, p;
    sg_estimate_status status;
    const char *note;
} sg_trend_stratified;
sg_status sg_trend_in_strata(const sg_scored *cells, const size_t *strata, size_t n, size_t n_strata,
                             sg_trend_stratified *out, sg_err *err) SG_MUST_CHECK;

/* 3.3 Do the arms' trends differ? The difference of the two slopes, s.e. the root of the summed squares; limits and p by the normal
 * distribution. One that is not estimable makes it so. */
sg_figure sg_trend_difference(const sg_trend *iet, const sg_trend *comparison, double conf);

#endif
