/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Section 5: time to a first gain or to a credential. A learner without one stays at risk to the end of the window, also after leaving, so that 1 -
 * S(t) is the plain share with a gain by day t; only windows that are cut short are censored. A spell is a stretch of one learner, at risk where
 * start < t <= stop; at one time events come before censorings. A stop that is not above its start, or a time that is not finite: not estimable. Functions that sort
 * need memory: SG_NO_MEMORY.
 */
#ifndef SKILLGAIN_STATS_SURVIVAL_H
#define SKILLGAIN_STATS_SURVIVAL_H

#include "skillgain/stats/figure.h"

typedef struct {
    double start, stop; /* start 0: from the beginning */
    bool event;         /* at stop */
} sg_spell;

/* ---- 5.1, 5.2 Kaplan and Meier's curve ---- */

/* At and behind a time with events. */
typedef struct {
    double time, at_risk, events;
    double survival, std_error, low, high; /* survival 0: the other three are NaN */
} sg_curve_point;

/* Starts as {0}; owns its lists. */
typedef struct {
    sg_curve_point *points; /* the times with events, ascending */
    double *starts, *stops; /* of the spells, each sorted */
    size_t n_points, n;     /* points and spells */
    double events, last;    /* all events; the last stop */
    double conf;
    sg_estimate_status status;
    const char *note;
} sg_curve;

/* S = prod(1 - d/Y) over the times with d events among Y at risk; s.e. by Greenwood, S sqrt(G), G = sum d/(Y(Y-d)); log-log limits S^exp(-+ z sqrt(G)/ln
 * S). No spells: not estimable. Kaplan, Meier 1958; Greenwood 1926. */
sg_status sg_kaplan_meier(const sg_spell *spells, size_t n, double conf, sg_curve *out,
                          sg_err *err) SG_MUST_CHECK;
void sg_curve_release(sg_curve *curve);

/* The curve at a time, with the events of that time, and those at risk at the first stop from it on (as survfit counts them: late beginnings up
 * to there are in). Before the first event: survival and limits 1, s.e. 0; behind the last stop: the last value, nobody at
 * risk. */
sg_curve_point sg_curve_at(const sg_curve *curve, double time);

/* The least t with S <= 0.5 (within 1e-10), or where S is 0.5 on a flat piece the middle of that piece; limits by the same rule on the limits of the
 * curve. Never reached: NaN, note "more than half without the event". Limits that are not reached: NaN. */
sg_figure sg_curve_median(const sg_curve *curve);

/* ---- 5.4 restricted mean ---- */

/* Area under S up to tau: "mean days without a gain, up to day tau"; variance sum over event times t <= tau of A(t)^2 d/(Y(Y-d)), A(t) the area from t to tau, a
 * term being 0 where Y = d. tau behind the last stop: the last value goes on, note "beyond the last observed time". tau not above 0: not
 * estimable. Royston, Parmar 2013; Uno et al 2014, JCO 32:2380. */
sg_figure sg_curve_restricted_mean(const sg_curve *curve, double tau);

/* IET less comparison; s.e. the root of the summed squares, limits and p by the normal distribution. ratio: of the two means. */
typedef struct {
    sg_figure iet, comparison, difference;
    double ratio;
} sg_restricted_means;
sg_restricted_means sg_compare_restricted_means(const sg_curve *iet, const sg_curve *comparison, double tau);

/* ---- 5.3, 5.6 log-rank ---- */

/* O1 events of IET; E1 = sum d Y1/Y, V = sum d (Y1/Y)(1 - Y1/Y)(Y-d)/(Y-1) over times with Y > 1; X2 = (O1-E1)^2/V, one degree of freedom; rate_ratio =
 * exp((O1-E1)/V), a rough one. iet[i]: the spell's arm. strata[i] (NULL: one): any number below n_strata; the sums are taken inside strata. With
 * spells that begin late, or a learner's two spells in different arms, this is the test of Mantel and Byar. V = 0: no test, the sums stay. Mantel 1966; Mantel, Byar 1974,
 * JASA 69:81. */
typedef struct {
    double observed, expected, variance, z, x2, p, rate_ratio;
    sg_estimate_status status;
    const char *note;
} sg_log_rank;
sg_status sg_log_rank_test(const sg_spell *spells, const bool *iet, const size_t *strata, size_t n,
                           size_t n_strata, sg_log_rank *out, sg_err *err) SG_MUST_CHECK;

/* ---- 5.5 cumulative incidence ---- */

/* Aalen and Johansen: F_k += S(t-) d_k/Y, of cause k = 1, 2 (0: censored); F_k at each of n_at times into out[k-1]. With nobody censored F1 + F2 is the
 * share with either. A cause above 2: SG_FAILED. Aalen, Johansen 1978. */
sg_status sg_cumulative_incidence(const double *times, const int *causes, size_t n, const double *at,
                                  size_t n_at, double *const out[2], sg_err *err) SG_MUST_CHECK;

#endif
