/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests and the odds ratio with all margins fixed: sections 1.7 and 1.7b. */
#include <float.h>
#include <math.h>

#include "figure.h"
#include "hypergeometric.h"
#include "numeric.h"
#include "skillgain/stats/two_by_two.h"

/* ---- 1.7 ---- */

/* A p of 0 would claim that what was seen cannot be. */
static double as_p(double share)
{
    return fmax(DBL_MIN, fmin(1.0, share));
}

sg_fisher_p sg_fisher(sg_counts iet, sg_counts comparison)
{
    const char *obstacle = sg_obstacle_pair(iet, comparison, &sg_words_arms);
    const double blank = nan("");

    if (obstacle != NULL)
        return (sg_fisher_p){blank, blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, obstacle};
    const sg_hypergeometric h = sg_hypergeometric_of(iet, comparison);
    const sg_hypergeometric_sums sums = sg_hypergeometric_at(&h, 1.0, iet.x);
    const double half = sums.at / 2.0;
    return (sg_fisher_p){.p_two_sided = as_p(sums.as_extreme),
                         .p_less = as_p(sums.up_to),
                         .p_greater = as_p(sums.from),
                         .p_mid_central = as_p(2.0 * (fmin(sums.up_to, sums.from) - half)),
                         .p_mid_likelihood = as_p(sums.as_extreme - half),
                         .status = SG_EST_OK,
                         .note = ""};
}

/* ---- 1.7b ---- */

typedef struct {
    sg_hypergeometric distribution;
    int64_t x;
    double tail;
} odds_task;

static double mean_excess(double log_odds, void *context)
{
    const odds_task *t = context;

    return sg_hypergeometric_at(&t->distribution, exp(log_odds), t->x).excess;
}

static double upper_tail_excess(double log_odds, void *context)
{
    const odds_task *t = context;

    return sg_hypergeometric_at(&t->distribution, exp(log_odds), t->x).from - t->tail;
}

static double lower_tail_excess(double log_odds, void *context)
{
    const odds_task *t = context;

    return t->tail - sg_hypergeometric_at(&t->distribution, exp(log_odds), t->x).up_to;
}

/* All three rise with the odds ratio; the range is doubled until it holds the root. */
static double find_odds(sg_real_function *rising, odds_task *task)
{
    static const double LARGEST_LOG = 256.0;
    double reach = 1.0;

    while (reach < LARGEST_LOG && !(rising(-reach, task) <= 0.0 && rising(reach, task) >= 0.0))
        reach *= 2.0;
    return exp(sg_find_root(rising, task, -reach, reach));
}

sg_figure sg_odds_ratio_conditional(sg_counts iet, sg_counts comparison, double conf)
{
    const char *obstacle = sg_obstacle_pair(iet, comparison, &sg_words_arms);
    sg_figure figure = sg_figure_blank();

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    odds_task task = {
        .distribution = sg_hypergeometric_of(iet, comparison), .x = iet.x, .tail = (1.0 - conf) / 2.0};
    const bool at_low = task.x == task.distribution.low, at_high = task.x == task.distribution.high;
    if (at_low)
        figure.estimate = 0.0;
    else
        figure.estimate = at_high ? HUGE_VAL : find_odds(mean_excess, &task);
    figure.low = at_low ? 0.0 : find_odds(upper_tail_excess, &task);
    figure.high = at_high ? HUGE_VAL : find_odds(lower_tail_excess, &task);
    if (at_low && at_high)
        figure.note = "any odds ratio fits";
    return sg_figure_checked(figure);
}
