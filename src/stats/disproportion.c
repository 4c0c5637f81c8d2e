/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/disproportion.h"

#include <math.h>

#include "figure.h"
#include "skillgain/stats/equity.h"
#include "skillgain/stats/two_by_two.h"

static const char EMPTY[] = "no learners in the level", NO_REFERENCE[] = "no learners in the reference";

static double rate_of(sg_counts counts)
{
    return (double)counts.x / (double)counts.n;
}

/* A need that rounding has left a hair above a whole number is that number. */
static double whole_above(double need)
{
    static const double HAIR = 1e-9;

    return fmax(0.0, ceil(need - HAIR));
}

double sg_reference_rate(const sg_counts *levels, size_t n, size_t i, sg_rate_kind kind, size_t named)
{
    sg_counts reference = {0};

    for (size_t k = 0; k < n; k++) {
        if ((kind == SG_RATE_ALL_BUT_CURRENT && k == i) || (kind == SG_RATE_OF_LEVEL && k != named))
            continue;
        reference.x += levels[k].x;
        reference.n += levels[k].n;
    }
    return reference.n > 0 ? rate_of(reference) : nan("");
}

static const char *find_obstacle(sg_counts level, double reference)
{
    const char *obstacle = sg_obstacle_one(level, EMPTY);

    if (obstacle == NULL && isnan(reference))
        return NO_REFERENCE;
    if (obstacle == NULL && !(reference >= 0.0 && reference <= 1.0))
        return "a reference outside 0 to 1";
    return obstacle;
}

/* ---- 8.1 ---- */

const sg_point_gap_rule sg_rule_package = {.floor = 0.03};
const sg_point_gap_rule sg_rule_cccco_2022 = {.floor = 0.02, .observed_rate = true, .insufficient_n = 10};

sg_point_gap sg_percentage_point_gap(sg_counts level, double reference, const sg_point_gap_rule *rule)
{
    static const double RULE_Z = 1.96;
    const char *obstacle = find_obstacle(level, reference);
    const double blank = nan(""), n = (double)level.n;

    if (obstacle != NULL)
        return (sg_point_gap){
            blank,   blank, blank, blank, blank, blank, blank, blank, false, false, SG_EST_NOT_ESTIMABLE,
            obstacle};
    const double p = rate_of(level);
    const double q = rule->observed_rate && level.x > 0 && level.x < level.n ? p : 0.5;
    const double margin = fmax(RULE_Z * sqrt(q * (1.0 - q) / n), rule->floor);
    const bool is_flagged = p + margin <= reference;
    const bool is_insufficient = level.n <= rule->insufficient_n;
    return (sg_point_gap){.rate = p,
                          .reference = reference,
                          .gap = p - reference,
                          .margin = margin,
                          .low = p - margin,
                          .high = p + margin,
                          .is_flagged = is_flagged,
                          .is_insufficient = is_insufficient,
                          .needed_not_flagged = is_flagged ? whole_above((reference - (p + margin)) * n)
                                                           : 0.0,
                          .needed_parity = p < reference ? whole_above((reference - p) * n) : 0.0,
                          .status = SG_EST_OK,
                          .note = is_insufficient ? "insufficient data" : ""};
}

/* ---- 8.2 ---- */

/* Further successes of the level until its share of them is `share`. */
static double needed_for_share(sg_counts level, sg_counts everyone, double share)
{
    const double short_by = (double)everyone.x * share - (double)level.x;

    return short_by > 0.0 ? whole_above(short_by / (1.0 - share)) : 0.0;
}

sg_proportionality sg_proportionality_index(sg_counts level, sg_counts everyone, double cutoff)
{
    const char *obstacle = sg_obstacle_one(level, EMPTY);
    const double blank = nan("");

    if (obstacle == NULL)
        obstacle = sg_obstacle_one(everyone, EMPTY);
    if (obstacle == NULL && (everyone.x == 0 || level.n > everyone.n || level.x > everyone.x))
        obstacle = everyone.x == 0 ? "nobody has the outcome" : "counts that cannot be";
    if (obstacle == NULL && !(cutoff > 0.0 && cutoff <= 1.0))
        obstacle = "a cutoff outside 0 to 1";
    if (obstacle != NULL)
        return (sg_proportionality){blank, blank, blank, blank, blank, false, SG_EST_NOT_ESTIMABLE, obstacle};
    const double successes = (double)level.x / (double)everyone.x;
    const double learners = (double)level.n / (double)everyone.n;
    const double index = successes / learners;
    return (sg_proportionality){
        .share_of_successes = successes,
        .share_of_learners = learners,
        .index = index,
        .is_flagged = index < cutoff,
        .needed_not_flagged = index < cutoff ? needed_for_share(level, everyone, learners * cutoff) : 0.0,
        .needed_parity = index < 1.0 ? needed_for_share(level, everyone, learners) : 0.0,
        .status = SG_EST_OK,
        .note = ""};
}

/* ---- 8.3 ---- */

sg_index_80 sg_eighty_percent_index(sg_counts level, double reference, double cutoff)
{
    const char *obstacle = find_obstacle(level, reference);
    const double blank = nan(""), n = (double)level.n;

    if (obstacle == NULL && !(reference > 0.0))
        obstacle = "nobody in the reference has the outcome";
    if (obstacle == NULL && !(cutoff > 0.0 && cutoff <= 1.0))
        obstacle = "a cutoff outside 0 to 1";
    if (obstacle != NULL)
        return (sg_index_80){blank, blank, blank, blank, blank, false, SG_EST_NOT_ESTIMABLE, obstacle};
    const double p = rate_of(level), index = p / reference;
    return (sg_index_80){.rate = p,
                         .reference = reference,
                         .index = index,
                         .is_flagged = index < cutoff,
                         .needed_not_flagged = index < cutoff ? whole_above((cutoff * reference - p) * n)
                                                              : 0.0,
                         .needed_parity = p < reference ? whole_above((reference - p) * n) : 0.0,
                         .status = SG_EST_OK,
                         .note = ""};
}

/* ---- 8.6, 8.7 ---- */

double sg_needed_moving(sg_counts level, sg_counts everyone)
{
    if (level.n < 1 || level.n >= everyone.n)
        return nan("");
    return needed_for_share(level, everyone, (double)level.n / (double)everyone.n);
}

sg_access sg_access_of(sg_counts level, sg_counts everyone, double conf)
{
    const sg_counts rest = {.x = everyone.x - level.x, .n = everyone.n - level.n};
    const double blank = nan("");
    sg_access access = {.share_of_iet = blank,
                        .share_of_eligible = blank,
                        .composition = blank,
                        .rate = blank,
                        .needed = sg_needed_moving(level, everyone),
                        .gap = sg_gap(level, rest, conf),
                        .ratio = sg_rr_log(level, rest, conf),
                        .status = SG_EST_OK,
                        .note = ""};

    if (level.n > 0 && level.x >= 0 && level.x <= level.n)
        access.rate = rate_of(level);
    if (level.n > 0 && everyone.n >= level.n)
        access.share_of_eligible = (double)level.n / (double)everyone.n;
    if (everyone.x > 0 && everyone.x >= level.x && level.x >= 0)
        access.share_of_iet = (double)level.x / (double)everyone.x;
    access.composition = access.share_of_iet / access.share_of_eligible;
    if (access.gap.status != SG_EST_OK || isnan(access.composition)) {
        access.status = SG_EST_NOT_ESTIMABLE;
        access.note = access.gap.status != SG_EST_OK ? access.gap.note : "nobody is in IET";
    }
    return access;
}
