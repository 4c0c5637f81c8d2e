/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/trend.h"

#include <math.h>

#include "figure.h"
#include "numeric.h"
#include "skillgain/base/mem.h"

/* ---- 3.1 ---- */

typedef struct {
    double n, x, mean, sxx, sxy, spread; /* spread: sum (s-sbar)^2 n p q */
    double pearson;
    size_t levels; /* with learners */
} trend_sums;

static const char *find_obstacle(const sg_scored *levels, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (levels[i].counts.x < 0 || levels[i].counts.x > levels[i].counts.n)
            return "counts that cannot be";
        if (!isfinite(levels[i].score))
            return "a score that is no number";
    }
    return NULL;
}

static void sum_sizes(const sg_scored *levels, size_t n, trend_sums *out)
{
    sg_sum size = {0}, successes = {0}, scores = {0};

    for (size_t i = 0; i < n; i++) {
        sg_sum_add(&size, (double)levels[i].counts.n);
        sg_sum_add(&successes, (double)levels[i].counts.x);
        sg_sum_add(&scores, (double)levels[i].counts.n * levels[i].score);
        out->levels += levels[i].counts.n > 0 ? 1 : 0;
    }
    out->n = sg_sum_value(&size);
    out->x = sg_sum_value(&successes);
    out->mean = sg_sum_value(&scores) / out->n;
}

static void sum_moments(const sg_scored *levels, size_t n, trend_sums *out)
{
    sg_sum sxx = {0}, sxy = {0}, spread = {0}, pearson = {0};
    const double rate = out->x / out->n;

    for (size_t i = 0; i < n; i++) {
        if (levels[i].counts.n == 0)
            continue;
        const double size = (double)levels[i].counts.n, x = (double)levels[i].counts.x, p = x / size;
        const double s = levels[i].score - out->mean;
        sg_sum_add(&sxx, size * s * s);
        sg_sum_add(&sxy, x * s);
        sg_sum_add(&spread, s * s * size * p * (1.0 - p));
        sg_sum_add(&pearson, size * (p - rate) * (p - rate) / (rate * (1.0 - rate)));
    }
    out->sxx = sg_sum_value(&sxx);
    out->sxy = sg_sum_value(&sxy);
    out->spread = sg_sum_value(&spread);
    out->pearson = sg_sum_value(&pearson);
}

static sg_trend refuse(const char *note)
{
    const double blank = nan("");

    return (sg_trend){sg_figure_refused(note), blank, blank, blank, blank, blank, blank,
                      SG_EST_NOT_ESTIMABLE,    note};
}

static sg_figure slope_of(const trend_sums *sums, double conf)
{
    const double rate = sums->x / sums->n, z = sg_normal_z(conf);
    sg_figure slope = sg_figure_blank();

    slope.estimate = sums->sxy / sums->sxx;
    slope.std_error = sqrt(sums->spread) / sums->sxx;
    slope.low = slope.estimate - z * slope.std_error;
    slope.high = slope.estimate + z * slope.std_error;
    slope.statistic = sums->sxy / sqrt(rate * (1.0 - rate) * sums->sxx);
    slope.df = 1.0;
    slope.p_value = sg_chi_square_p(slope.statistic * slope.statistic, 1.0);
    return slope;
}

sg_trend sg_trend_of(const sg_scored *levels, size_t n, double conf)
{
    const char *obstacle = find_obstacle(levels, n);
    trend_sums sums = {0};

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle != NULL)
        return refuse(obstacle);
    sum_sizes(levels, n, &sums);
    if (!(sums.n > 0.0))
        return refuse("no learners");
    if (!(sums.x > 0.0 && sums.x < sums.n))
        return refuse(sums.x > 0.0 ? "all have the outcome" : "nobody has the outcome");
    sum_moments(levels, n, &sums);
    if (!(sums.sxx > 0.0))
        return refuse("one score only");
    sg_trend trend = {.slope = slope_of(&sums, conf), .x2_pearson = sums.pearson, .note = ""};
    trend.x2 = trend.slope.statistic * trend.slope.statistic;
    trend.x2_mantel = trend.x2 * (sums.n - 1.0) / sums.n;
    trend.x2_departure = trend.x2_pearson - trend.x2;
    trend.df_departure = (double)sums.levels - 2.0;
    trend.p_departure = sg_chi_square_p(fmax(0.0, trend.x2_departure), trend.df_departure);
    return trend;
}

/* ---- 3.2 ---- */

typedef struct {
    double n, x, s, ss, sx; /* sums of learners, successes, ns, nss, xs */
} stratum_sums;

static void add_stratum(const stratum_sums *sums, sg_sum *difference, sg_sum *variance)
{
    if (sums->n < 2.0)
        return;
    sg_sum_add(difference, sums->sx - sums->x * sums->s / sums->n);
    sg_sum_add(variance, sums->x * (sums->n - sums->x) / (sums->n * sums->n * (sums->n - 1.0)) *
                             (sums->n * sums->ss - sums->s * sums->s));
}

/* Scores are taken from their least, so that years lose no digits in the squares. */
static double least_score(const sg_scored *cells, size_t n)
{
    double least = n > 0 ? cells[0].score : 0.0;

    for (size_t i = 1; i < n; i++)
        least = fmin(least, cells[i].score);
    return least;
}

static void finish(sg_trend_stratified *out)
{
    out->note = "no stratum varies";
    if (!(out->variance > 0.0))
        return;
    out->z = out->difference / sqrt(out->variance);
    out->x2 = out->z * out->z;
    out->p = sg_chi_square_p(out->x2, 1.0);
    out->status = SG_EST_OK;
    out->note = "";
}

sg_status sg_trend_in_strata(const sg_scored *cells, const size_t *strata, size_t n, size_t n_strata,
                             sg_trend_stratified *out, sg_err *err)
{
    const char *obstacle = find_obstacle(cells, n);
    const double blank = nan(""), least = least_score(cells, n);
    SG_AUTO_FREE stratum_sums *sums = NULL;
    size_t capacity = 0;
    sg_sum difference = {0}, variance = {0};

    *out = (sg_trend_stratified){blank, blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, obstacle};
    if (obstacle != NULL)
        return SG_OK;
    if (!sg_grow(&sums, &capacity, n_strata + 1, sizeof *sums))
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        stratum_sums *to = &sums[strata[i]];
        const double size = (double)cells[i].counts.n, x = (double)cells[i].counts.x;
        const double s = cells[i].score - least;
        to->n += size;
        to->x += x;
        to->s += size * s;
        to->ss += size * s * s;
        to->sx += x * s;
    }
    for (size_t i = 0; i < n_strata; i++)
        add_stratum(&sums[i], &difference, &variance);
    out->difference = sg_sum_value(&difference);
    out->variance = sg_sum_value(&variance);
    finish(out);
    return SG_OK;
}

/* ---- 3.3 ---- */

sg_figure sg_trend_difference(const sg_trend *iet, const sg_trend *comparison, double conf)
{
    const double z = sg_normal_z(conf);
    sg_figure figure = sg_figure_blank();

    if (iet->status != SG_EST_OK || comparison->status != SG_EST_OK)
        return sg_figure_refused(iet->status != SG_EST_OK ? iet->note : comparison->note);
    if (isnan(z))
        return sg_figure_refused(sg_obstacle_conf(conf));
    figure.estimate = iet->slope.estimate - comparison->slope.estimate;
    figure.std_error = hypot(iet->slope.std_error, comparison->slope.std_error);
    figure.low = figure.estimate - z * figure.std_error;
    figure.high = figure.estimate + z * figure.std_error;
    if (figure.std_error > 0.0) {
        figure.statistic = figure.estimate / figure.std_error;
        figure.p_value = sg_normal_p(figure.statistic);
    }
    return figure;
}
