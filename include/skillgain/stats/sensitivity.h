/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 10.1, 10.2, 10.4: what would it take to overturn a finding? */
#ifndef SKILLGAIN_STATS_SENSITIVITY_H
#define SKILLGAIN_STATS_SENSITIVITY_H

#include "skillgain/stats/figure.h"

typedef enum {
    SG_MEASURE_RISK_RATIO,
    SG_MEASURE_ODDS_RATIO,   /* RR = OR of a rare outcome (share up to 15 %), else sqrt(OR) */
    SG_MEASURE_HAZARD_RATIO, /* RR = HR of a rare outcome, else (1 - .5^sqrt(HR))/(1 - .5^sqrt(1/HR)) */
    SG_MEASURE_DIFFERENCE /* standardised: RR = exp(.91 d), limits exp(.91 d -+ 1.78 s.e.), s.e. from the 95 % limits */
} sg_effect_measure;

/* 10.1 The risk ratio that an unmeasured factor would need with both arm and outcome to explain the estimate away: E = RR + sqrt(RR(RR-1)), of 1/RR where
 * that is below 1. of_limit: for the limit nearer to no effect; 1 where the interval contains it. `target`: the ratio (or difference) to be explained
 * down to, 1 (0) for none. A ratio that is not above 0, a NaN: not estimable. VanderWeele, Ding 2017, Ann Intern Med
 * 167:268. */
typedef struct {
    double ratio, ratio_low, ratio_high; /* as risk ratios */
    double of_estimate, of_limit;
    sg_estimate_status status;
    const char *note;
} sg_e_value;
sg_e_value sg_e_value_of(sg_effect_measure measure, bool is_rare, double estimate, double low, double high,
                         double target);

/* 10.2 Pairs: the greatest p-value, P(Bin(D, G/(1+G)) >= T), that a hidden factor could leave which makes IET up to G times likelier within a pair; D
 * pairs with one success, T of them that of the IET learner. NaN for G < 1, T > D. Rosenbaum 2002. */
double sg_rosenbaum_p(int64_t discordant, int64_t treated_successes, double gamma);
/* The G up to 10,000 at which that p is alpha. NaN: it is above alpha at G = 1 already, or below it at 10,000. */
double sg_rosenbaum_gamma(int64_t discordant, int64_t treated_successes, double alpha);

/* 10.4 Learners with an outcome, and those whose outcome is missing. */
typedef struct {
    sg_counts known;
    int64_t missing;
} sg_incomplete;

/* worst, best: the difference if all that is missing were against, or for, IET. tip: with the comparison's missing outcomes at its observed
 * rate (floor(m p + .5) successes), the least number of IET's missing ones that must be failures (successes, for a negative difference) so that the
 * interval of Newcombe reaches 0; NaN, note "no pattern of the missing outcomes removes it". tip_limit: that interval's limit at 0's side. An empty arm: not
 * estimable. */
typedef struct {
    double complete, worst, best, tip, tip_difference, tip_limit, assumed_successes;
    sg_estimate_status status;
    const char *note;
} sg_missing_bounds;
sg_missing_bounds sg_bounds_of_missing(sg_incomplete iet, sg_incomplete comparison, double conf);

#endif
