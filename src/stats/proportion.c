/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/proportion.h"

#include <math.h>

#include "figure.h"
#include "numeric.h"

static const char *NO_LEARNERS = "no learners";

/* At the edges the limit is set: rounding would leave it a bit inside or outside. */
sg_limits sg_wilson_limits(double p, double n, double z)
{
    const double z2 = z * z, shrink = 1.0 + z2 / n;
    const double centre = (p + z2 / (2.0 * n)) / shrink;
    const double half = z / shrink * sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n));

    return (sg_limits){.p = p,
                       .low = p <= 0.0 ? 0.0 : fmax(0.0, centre - half),
                       .high = p >= 1.0 ? 1.0 : fmin(1.0, centre + half)};
}

sg_limits sg_wilson_of(sg_counts counts, double z)
{
    const double n = (double)counts.n;

    return sg_wilson_limits((double)counts.x / n, n, z);
}

static const char *edge_note(sg_counts counts)
{
    if (counts.x == 0)
        return "none";
    return counts.x == counts.n ? "all" : "";
}

static sg_figure figure_of_limits(sg_limits limits, sg_counts counts)
{
    sg_figure figure = sg_figure_blank();

    figure.estimate = limits.p;
    figure.low = limits.low;
    figure.high = limits.high;
    figure.note = edge_note(counts);
    return sg_figure_checked(figure);
}

sg_figure sg_rate_wilson(sg_counts counts, double conf)
{
    return sg_rate_wilson_clustered(counts, 1.0, conf);
}

sg_figure sg_rate_wilson_clustered(sg_counts counts, double design_effect, double conf)
{
    const char *obstacle = sg_obstacle_one(counts, NO_LEARNERS);

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle == NULL && !isfinite(design_effect))
        obstacle = "no design effect";
    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    const double n = (double)counts.n;
    return figure_of_limits(
        sg_wilson_limits((double)counts.x / n, n / fmax(1.0, design_effect), sg_normal_z(conf)), counts);
}

sg_figure sg_rate_clopper_pearson(sg_counts counts, double conf)
{
    const char *obstacle = sg_obstacle_one(counts, NO_LEARNERS);

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    const double x = (double)counts.x, n = (double)counts.n, tail = (1.0 - conf) / 2.0;
    const sg_limits limits = {
        .p = x / n,
        .low = counts.x == 0 ? 0.0 : sg_beta_quantile(tail, 1.0 - tail, x, n - x + 1.0),
        .high = counts.x == counts.n ? 1.0 : sg_beta_quantile(1.0 - tail, tail, x + 1.0, n - x)};
    return figure_of_limits(limits, counts);
}
