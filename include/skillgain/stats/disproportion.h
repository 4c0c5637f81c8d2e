/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Section 8.1 to 8.3, 8.6, 8.7: the indices of civil-rights and community-college practice, and what would be needed. They are
 * screening rules, not tests: a flag is read beside the interval of the gap (equity.h) and n. A higher rate is the better
 * one; for a failure give the counts of its complement. X of N: everyone, the level included.
 *
 * Learners needed are whole, rounded up; what lies within 1e-9 above a whole number is that number. A level without learners, and a
 * reference that is NaN (there is none) or outside [0, 1]: not estimable.
 */
#ifndef SKILLGAIN_STATS_DISPROPORTION_H
#define SKILLGAIN_STATS_DISPROPORTION_H

#include "skillgain/stats/figure.h"

/* Which rate a level is held against. */
typedef enum {
    SG_RATE_OVERALL,         /* X/N */
    SG_RATE_ALL_BUT_CURRENT, /* (X-x)/(N-n) */
    SG_RATE_OF_LEVEL         /* that of a named level */
} sg_rate_kind;

/* The rate of the reference of level i of n; `named` counts for SG_RATE_OF_LEVEL only. NaN: nobody is in the reference. */
double sg_reference_rate(const sg_counts *levels, size_t n, size_t i, sg_rate_kind kind, size_t named);

/* How wide the margin of a percentage-point gap is, and when no verdict is given. */
typedef struct {
    double floor;       /* the least margin */
    bool observed_rate; /* the level's own rate in the margin; else, and for a rate of 0 or 1, a half */
    int64_t
        insufficient_n; /* levels of at most so many learners have "insufficient data" in place of a verdict; 0: none */
} sg_point_gap_rule;
extern const sg_point_gap_rule
    sg_rule_package; /* 0.03, a half, none: the defaults of the R package DisImpact */
extern const sg_point_gap_rule sg_rule_cccco_2022; /* 0.02, observed, 10: the memo of 2022 */

/* 8.1 gap = p - r; margin E = max(1.96 sqrt(q(1-q)/n), floor), 1.96 as the rule has it; low, high = p -+ E; flagged where p + E <=
 * r. needed_not_flagged = ceil((r - (p+E)) n) where flagged, needed_parity = ceil((r-p) n) where p < r, else 0. California Community Colleges
 * Chancellor's Office 2014, 2017, 2022. */
typedef struct {
    double rate, reference, gap, margin, low, high, needed_not_flagged, needed_parity;
    bool is_flagged, is_insufficient;
    sg_estimate_status status;
    const char *note;
} sg_point_gap;
sg_point_gap sg_percentage_point_gap(sg_counts level, double reference, const sg_point_gap_rule *rule);

/* 8.2 (x/X)/(n/N), flagged below the cutoff c (usually 0.8). With g = n/N needed_not_flagged = ceil((X g c - x)/(1 - g c)), and
 * needed_parity the same with c = 1, each 0 where the index is there already; the sum X grows with what is added. X = 0: not estimable. */
typedef struct {
    double share_of_successes, share_of_learners, index, needed_not_flagged, needed_parity;
    bool is_flagged;
    sg_estimate_status status;
    const char *note;
} sg_proportionality;
sg_proportionality sg_proportionality_index(sg_counts level, sg_counts everyone, double cutoff);

/* 8.3 p/r, flagged below the cutoff c (usually 0.8); needed_not_flagged = ceil((c r - p) n), needed_parity = ceil((r-p) n), 0 where the
 * rate is there already. r = 0: not estimable. Uniform Guidelines on Employee Selection Procedures 1978. */
typedef struct {
    double rate, reference, index, needed_not_flagged, needed_parity;
    bool is_flagged;
    sg_estimate_status status;
    const char *note;
} sg_index_80;
sg_index_80 sg_eighty_percent_index(sg_counts level, double reference, double cutoff);

/* 8.6 The least whole s with (x+s)/n >= (X+s)/N: further successes that lift the average too. 0 where p >= X/N; NaN for a level without
 * learners or that is everyone. */
double sg_needed_moving(sg_counts level, sg_counts everyone);

/* 8.7 Who is in IET (x) of those eligible (n): the level's share of IET over its share of the eligible, the difference (1.2) and ratio
 * (1.4) of its rate to that of all others, and 8.6. A level that is everyone, or nobody in IET: not estimable. */
typedef struct {
    double share_of_iet, share_of_eligible, composition, rate, needed;
    sg_figure gap, ratio;
    sg_estimate_status status;
    const char *note;
} sg_access;
sg_access sg_access_of(sg_counts level, sg_counts everyone, double conf);

#endif
