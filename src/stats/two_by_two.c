/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed forms for two arms: sections 1.2, 1.4, 1.5, 1.6. */
#include "skillgain/stats/two_by_two.h"

#include <math.h>

#include "figure.h"
#include "numeric.h"

static const char *find_obstacle(sg_counts iet, sg_counts comparison, double conf)
{
    const char *note = sg_obstacle_pair(iet, comparison, &sg_words_arms);

    return note != NULL ? note : sg_obstacle_conf(conf);
}

/* ---- 1.2 ---- */

static const char *common_edge_note(sg_counts first, sg_counts second)
{
    if (first.x == 0 && second.x == 0)
        return "none";
    return first.x == first.n && second.x == second.n ? "all" : "";
}

sg_figure sg_newcombe(sg_counts first, sg_counts second, double conf, const sg_pair_words *words)
{
    const double z = sg_normal_z(conf);
    const char *obstacle = sg_obstacle_pair(first, second, words);
    sg_figure figure = sg_figure_blank();

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    const sg_limits a = sg_wilson_of(first, z), b = sg_wilson_of(second, z);
    figure.estimate = a.p - b.p;
    figure.low = fmax(-1.0, figure.estimate - hypot(a.p - a.low, b.high - b.p));
    figure.high = fmin(1.0, figure.estimate + hypot(a.high - a.p, b.p - b.low));
    figure.note = common_edge_note(first, second);
    return figure;
}

sg_figure sg_rd_newcombe(sg_counts iet, sg_counts comparison, double conf)
{
    return sg_newcombe(iet, comparison, conf, &sg_words_arms);
}

/* ---- 1.4 ---- */

/* a, b of the IET arm with and without the outcome, c, d of the comparison. */
typedef struct {
    double a, b, c, d;
    const char *note;
} cell_set;

static cell_set make_cells(sg_counts iet, sg_counts comparison)
{
    cell_set cells = {.a = (double)iet.x,
                      .b = (double)(iet.n - iet.x),
                      .c = (double)comparison.x,
                      .d = (double)(comparison.n - comparison.x),
                      .note = ""};

    if (iet.x > 0 && iet.x < iet.n && comparison.x > 0 && comparison.x < comparison.n)
        return cells;
    cells.a += 0.5;
    cells.b += 0.5;
    cells.c += 0.5;
    cells.d += 0.5;
    cells.note = "0.5 added";
    return cells;
}

static sg_figure figure_of_ratio(double ratio, double variance, double conf, const char *note)
{
    const double z = sg_normal_z(conf), log_ratio = log(ratio);
    sg_figure figure = sg_figure_blank();

    figure.estimate = ratio;
    figure.std_error = sqrt(variance);
    figure.low = exp(log_ratio - z * figure.std_error);
    figure.high = exp(log_ratio + z * figure.std_error);
    figure.note = note;
    return figure;
}

sg_figure sg_rr_log(sg_counts iet, sg_counts comparison, double conf)
{
    const char *obstacle = find_obstacle(iet, comparison, conf);

    if (obstacle == NULL && iet.x == 0 && comparison.x == 0)
        obstacle = "none with the outcome";
    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    const cell_set cell = make_cells(iet, comparison);
    const double n1 = cell.a + cell.b, n0 = cell.c + cell.d;
    /* 1/a - 1/n1 as b/(a n1): nothing cancels when nearly all have the outcome */
    return figure_of_ratio((cell.a / n1) / (cell.c / n0), cell.b / (cell.a * n1) + cell.d / (cell.c * n0),
                           conf, cell.note);
}

sg_figure sg_or_log(sg_counts iet, sg_counts comparison, double conf)
{
    const char *obstacle = find_obstacle(iet, comparison, conf);

    if (obstacle == NULL && iet.x == 0 && comparison.x == 0)
        obstacle = "none with the outcome";
    if (obstacle == NULL && iet.x == iet.n && comparison.x == comparison.n)
        obstacle = "all with the outcome";
    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    const cell_set cell = make_cells(iet, comparison);
    return figure_of_ratio((cell.a / cell.b) / (cell.c / cell.d),
                           1.0 / cell.a + 1.0 / cell.b + 1.0 / cell.c + 1.0 / cell.d, conf, cell.note);
}

/* ---- 1.5 ---- */

sg_figure sg_cohen_h(sg_counts iet, sg_counts comparison, double conf)
{
    const char *obstacle = find_obstacle(iet, comparison, conf);
    const double n1 = (double)iet.n, n0 = (double)comparison.n, z = sg_normal_z(conf);
    sg_figure figure = sg_figure_blank();

    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    figure.estimate = 2.0 * asin(sqrt((double)iet.x / n1)) - 2.0 * asin(sqrt((double)comparison.x / n0));
    figure.std_error = sqrt(1.0 / n1 + 1.0 / n0);
    figure.low = figure.estimate - z * figure.std_error;
    figure.high = figure.estimate + z * figure.std_error;
    return figure;
}

/* ---- 1.6 ---- */

/* A limit of 0 is reached from inside the interval: from below for the upper one, from above for the lower
 * one. */
static double invert_difference(double difference, double infinity_at_0)
{
    return fpclassify(difference) == FP_ZERO ? infinity_at_0 : 1.0 / difference;
}

sg_needed sg_number_needed(sg_counts iet, sg_counts comparison, double conf)
{
    const sg_figure d = sg_rd_newcombe(iet, comparison, conf);

    if (d.status != SG_EST_OK)
        return (sg_needed){
            .number = nan(""), .at_low = nan(""), .at_high = nan(""), .status = d.status, .note = d.note};
    return (sg_needed){.number = invert_difference(d.estimate, HUGE_VAL),
                       .at_low = invert_difference(d.low, HUGE_VAL),
                       .at_high = invert_difference(d.high, -HUGE_VAL),
                       .through_infinity = d.low <= 0.0 && d.high >= 0.0,
                       .status = SG_EST_OK,
                       .note = d.note};
}
