/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaps of a level of a dimension to a reference, level minus reference, and what becomes of a gap between the
 * arms. */
#ifndef SKILLGAIN_STATS_EQUITY_H
#define SKILLGAIN_STATS_EQUITY_H

#include "skillgain/stats/figure.h"

/* 8.4 To a reference without a learner in common (a named level, all others): Newcombe's interval. */
sg_figure sg_gap(sg_counts level, sg_counts reference, double conf);

/* 8.4 To everyone, the level included: p_g - p = (1 - n/N)(p_g - p_rest), hence Newcombe's interval against
 * the rest times 1 - n/N. A level that is everyone: not estimable. */
sg_figure sg_gap_overall(sg_counts level, sg_counts everyone, double conf);

/* 8.4 To a number in [0, 1], which has no uncertainty: Wilson's limits less the number. The test is the one that Wilson's interval
 * inverts: statistic z = (p - r)/sqrt(r(1 - r)/n), p by the normal distribution; NaN for r = 0 or 1. */
sg_figure sg_gap_number(sg_counts level, double number, double conf);

/* 8.4 Which of n levels has the highest rate among those with minimum_n or more, the first of equals (give
 * them in byte order); n: none of them has a learner and minimum_n. A gap to it needs the note "reference
 * chosen from these data". */
size_t sg_gap_highest(const sg_counts *levels, size_t n, int64_t minimum_n);

/*
 * 8.5 Difference of gaps C = (p_g1 - p_r1) - (p_g0 - p_r0): positive when the level is less behind in IET.
 * MOVER: with c = (1, -1, -1, 1) and the Wilson limits l, u of the four rates, C - sqrt(sum (c p - min(c l, c
 * u))^2) and C + sqrt(sum (max(c l, c u) - c p)^2). std_error sqrt(sum p(1-p)/n), statistic z = C/s.e., p by
 * the normal distribution; these three are NaN, note "no variation", where every rate is 0 or 1. One group
 * empty: not estimable. relative = 1 - gap_iet/gap_comparison (NaN for a gap of 0); it may be told only where
 * relative_is_told: the gap of the comparison is below 0 and its interval too. A narrower gap can come from a
 * lower reference rate in IET: show the four rates. Newcombe 2001, Stat Med 20:2885; Zou, Donner 2008, Stat
 * Med 27:1693.
 */
typedef struct {
    sg_figure closure;
    double gap_iet, gap_comparison, relative;
    bool relative_is_told;
} sg_gap_change;
sg_gap_change sg_gap_closure(sg_counts level_iet, sg_counts reference_iet, sg_counts level_comparison,
                             sg_counts reference_comparison, double conf);

#endif
