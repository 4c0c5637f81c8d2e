/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits where a score statistic reaches z*z: sections 1.3 and 1.4b. */
#include <math.h>

#include "figure.h"
#include "numeric.h"
#include "skillgain/stats/two_by_two.h"

static const double PI = 3.14159265358979323846;
static const double EDGE = 1e-12;       /* how near to a difference of 1 a limit is looked for */
static const double SAME = 1e-15;       /* a difference that is none */
static const double LARGEST_LOG = 25.0; /* of a risk ratio that is looked for */
static const double LARGEST_STATISTIC = 1e300;

typedef struct {
    double x1, n1, x0, n0, total, successes, z2;
} score_task;

static score_task make_task(sg_counts iet, sg_counts comparison, double conf)
{
    const double z = sg_normal_z(conf);

    return (score_task){.x1 = (double)iet.x,
                        .n1 = (double)iet.n,
                        .x0 = (double)comparison.x,
                        .n0 = (double)comparison.n,
                        .total = (double)iet.n + (double)comparison.n,
                        .successes = (double)iet.x + (double)comparison.x,
                        .z2 = z * z};
}

/* The square of a distance over its variance; 0 for no distance, whatever the variance. */
static double square_over(double distance, double variance)
{
    if (fabs(distance) < SAME)
        return 0.0;
    return variance > 0.0 ? distance * distance / variance : HUGE_VAL;
}

/* ---- 1.3 ---- */

/* The comparison's rate that is likeliest when the difference is `d`: the middle root of a cubic, by its
 * cosine. */
static double restricted_rate(const score_task *t, double d)
{
    const double l3 = t->total;
    const double l2 = (t->n1 + 2.0 * t->n0) * d - t->total - t->successes;
    const double l1 = (t->n0 * d - t->total - 2.0 * t->x0) * d + t->successes;
    const double l0 = t->x0 * d * (1.0 - d);
    const double third = l2 / (3.0 * l3);
    const double q = third * third * third - l1 * l2 / (6.0 * l3 * l3) + l0 / (2.0 * l3);
    const double r = copysign(sqrt(fmax(0.0, third * third - l1 / (3.0 * l3))), q);
    double rate = -third;

    if (fpclassify(r) != FP_ZERO) {
        const double cosine = fmax(-1.0, fmin(1.0, q / (r * r * r)));
        rate += 2.0 * r * cos((PI + acos(cosine)) / 3.0);
    }
    return fmax(fmax(0.0, -d), fmin(fmin(1.0, 1.0 - d), rate));
}

static double difference_statistic(const score_task *t, double d)
{
    const double p0 = restricted_rate(t, d), p1 = p0 + d;
    const double variance = (p1 * (1.0 - p1) / t->n1 + p0 * (1.0 - p0) / t->n0) * t->total / (t->total - 1.0);

    return square_over(t->x1 / t->n1 - t->x0 / t->n0 - d, variance);
}

static double difference_excess(double d, void *context)
{
    const score_task *t = context;

    return fmin(difference_statistic(t, d), LARGEST_STATISTIC) - t->z2;
}

/* From d to an end of [-1, 1]: where the statistic does not reach z*z on the way, the end is the limit. */
static double difference_limit(score_task *t, double d, double end)
{
    const double last = end < 0.0 ? end + EDGE : end - EDGE;

    if (end < 0.0 ? d <= last : d >= last)
        return d;
    if (difference_excess(last, t) < 0.0)
        return end;
    return end < 0.0 ? sg_find_root(difference_excess, t, last, d)
                     : sg_find_root(difference_excess, t, d, last);
}

sg_figure sg_rd_miettinen_nurminen(sg_counts iet, sg_counts comparison, double conf)
{
    const char *obstacle = sg_obstacle_pair(iet, comparison, &sg_words_arms);
    sg_figure figure = sg_figure_blank();

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    score_task task = make_task(iet, comparison, conf);
    figure.estimate = task.x1 / task.n1 - task.x0 / task.n0;
    figure.low = difference_limit(&task, figure.estimate, -1.0);
    figure.high = difference_limit(&task, figure.estimate, 1.0);
    figure.statistic = difference_statistic(&task, 0.0);
    figure.df = 1.0;
    figure.p_value = sg_chi_square_p(figure.statistic, 1.0);
    return sg_figure_checked(figure);
}

/* ---- 1.4b ---- */

static double ratio_excess(double log_ratio, void *context)
{
    const score_task *t = context;
    const double ratio = exp(log_ratio);
    /* the smaller root of A p^2 + B p + C, in the form that does not cancel */
    const double a = t->total * ratio, b = t->n1 * ratio + t->x1 + t->n0 + t->x0 * ratio, c = t->successes;
    const double p0 = fmin(fmin(1.0, 1.0 / ratio), 2.0 * c / (b + sqrt(fmax(0.0, b * b - 4.0 * a * c))));
    const double p1 = fmin(1.0, ratio * p0);
    const double variance = (p1 * (1.0 - p1) / t->n1 + ratio * ratio * p0 * (1.0 - p0) / t->n0) * t->total /
                            (t->total - 1.0);

    return fmin(square_over(t->x1 / t->n1 - ratio * t->x0 / t->n0, variance), LARGEST_STATISTIC) - t->z2;
}

/* Between the estimate and an end of the range, for an estimate that is 0 or infinite from one end to the
 * other. */
static double ratio_limit(score_task *t, double log_low, double log_high)
{
    return exp(sg_find_root(ratio_excess, t, log_low, log_high));
}

sg_figure sg_rr_score(sg_counts iet, sg_counts comparison, double conf)
{
    const char *obstacle = sg_obstacle_pair(iet, comparison, &sg_words_arms);
    sg_figure figure = sg_figure_blank();

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle == NULL && iet.x == 0 && comparison.x == 0)
        obstacle = "none with the outcome";
    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    score_task task = make_task(iet, comparison, conf);
    figure.estimate = comparison.x == 0 ? HUGE_VAL : (task.x1 / task.n1) / (task.x0 / task.n0);
    const double log_estimate = log(figure.estimate);
    figure.low = iet.x == 0 ? 0.0 : ratio_limit(&task, -LARGEST_LOG, fmin(log_estimate, LARGEST_LOG));
    figure.high = comparison.x == 0 ? HUGE_VAL
                                    : ratio_limit(&task, fmax(log_estimate, -LARGEST_LOG), LARGEST_LOG);
    if (comparison.x == 0)
        figure.note = "no upper limit";
    return sg_figure_checked(figure);
}
