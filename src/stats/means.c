/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "figure.h"
#include "numeric.h"
#include "sample.h"

static double root_of_variance(sg_sample y)
{
    return sqrt(sg_variance_of(y));
}

/* ---- 4.1 ---- */

sg_welch sg_welch_test(sg_sample y1, sg_sample y0, double conf)
{
    const char *obstacle = sg_obstacle_samples(y1, y0, 2);
    sg_welch test = {.difference = sg_figure_blank(),
                     .mean1 = sg_mean_of(y1),
                     .mean0 = sg_mean_of(y0),
                     .sd1 = root_of_variance(y1),
                     .sd0 = root_of_variance(y0)};
    const double v1 = test.sd1 * test.sd1 / (double)y1.n, v0 = test.sd0 * test.sd0 / (double)y0.n;

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle == NULL && !(v1 + v0 > 0.0))
        obstacle = "no variation in either arm";
    if (obstacle != NULL) {
        test.difference = sg_figure_refused(obstacle);
        return test;
    }
    sg_figure *f = &test.difference;
    f->estimate = test.mean1 - test.mean0;
    f->std_error = sqrt(v1 + v0);
    f->statistic = f->estimate / f->std_error;
    f->df = (v1 + v0) * (v1 + v0) / (v1 * v1 / ((double)y1.n - 1.0) + v0 * v0 / ((double)y0.n - 1.0));
    f->p_value = sg_student_p(f->statistic, f->df);
    f->low = f->estimate - sg_student_t(conf, f->df) * f->std_error;
    f->high = f->estimate + sg_student_t(conf, f->df) * f->std_error;
    *f = sg_figure_checked(*f);
    return test;
}

sg_figure sg_mean_t(sg_sample y, double conf)
{
    static const double nothing[] = {0.0, 0.0};
    const char *obstacle = sg_obstacle_samples(y, y, 1);
    const sg_welch against = sg_welch_test(y, (sg_sample){nothing, 2}, conf);
    sg_figure f = against.difference;

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    if (f.status != SG_EST_OK) {
        f = sg_figure_blank();
        f.estimate = against.mean1;
        f.note = y.n < 2 ? "too few for an interval" : "no variation";
    }
    f.statistic = f.p_value = nan("");
    return f;
}

/* ---- 4.2 ---- */

static double pooled_deviation(sg_sample y1, sg_sample y0)
{
    const double n1 = (double)y1.n, n0 = (double)y0.n;

    return sqrt(((n1 - 1.0) * sg_variance_of(y1) + (n0 - 1.0) * sg_variance_of(y0)) / (n1 + n0 - 2.0));
}

sg_hedges sg_hedges_g(sg_sample y1, sg_sample y0, double conf)
{
    const char *obstacle = sg_obstacle_samples(y1, y0, 2);
    const double blank = nan(""), z = sg_normal_z(conf);
    const double deviation = obstacle == NULL ? pooled_deviation(y1, y0) : blank;

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle == NULL && !(deviation > 0.0))
        obstacle = "no variation in either arm";
    if (obstacle != NULL)
        return (sg_hedges){sg_figure_refused(obstacle), blank, blank, blank, blank, blank, blank};
    const double n1 = (double)y1.n, n0 = (double)y0.n, n = n1 + n0, m = n - 2.0;
    sg_hedges h = {.g = sg_figure_blank(), .sd_pooled = deviation};
    h.d = (sg_mean_of(y1) - sg_mean_of(y0)) / deviation;
    h.correction = exp(lgamma(m / 2.0) - log(sqrt(m / 2.0)) - lgamma((m - 1.0) / 2.0));
    h.g.estimate = h.correction * h.d;
    h.g.std_error = sqrt(1.0 / n1 + 1.0 / n0 + h.g.estimate * h.g.estimate / (2.0 * n));
    h.g.low = h.g.estimate - z * h.g.std_error;
    h.g.high = h.g.estimate + z * h.g.std_error;
    h.omega = 1.0 - 3.0 / (4.0 * n - 9.0);
    h.g_wwc = h.omega * h.d;
    h.improvement_index = 100.0 * (gsl_cdf_ugaussian_P(h.g_wwc) - 0.5);
    h.g = sg_figure_checked(h.g);
    return h;
}
