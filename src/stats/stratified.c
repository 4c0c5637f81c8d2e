/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stratified.h"

#include <math.h>

#include "figure.h"
#include "numeric.h"

bool sg_table_of(const sg_stratum *stratum, sg_table *out)
{
    if (stratum->iet.n == 0 || stratum->comparison.n == 0)
        return false;
    *out = (sg_table){.x1 = (double)stratum->iet.x,
                      .n1 = (double)stratum->iet.n,
                      .x0 = (double)stratum->comparison.x,
                      .n0 = (double)stratum->comparison.n};
    out->n = out->n1 + out->n0;
    out->m = out->x1 + out->x0;
    return true;
}

static bool is_possible(sg_counts counts)
{
    return counts.x >= 0 && counts.x <= counts.n;
}

const char *sg_obstacle_strata(const sg_stratum *strata, size_t n)
{
    bool has_both = false;

    for (size_t i = 0; i < n; i++) {
        if (!is_possible(strata[i].iet) || !is_possible(strata[i].comparison))
            return "counts that cannot be";
        has_both = has_both || (strata[i].iet.n > 0 && strata[i].comparison.n > 0);
    }
    return has_both ? NULL : "no stratum has both arms";
}

sg_strata_counts sg_strata_use(const sg_stratum *strata, size_t n)
{
    sg_strata_counts use = {0};

    for (size_t i = 0; i < n; i++) {
        const int64_t learners = strata[i].iet.n + strata[i].comparison.n;
        const bool has_both = strata[i].iet.n > 0 && strata[i].comparison.n > 0;
        use.learners += learners;
        use.used += has_both ? 1 : 0;
        if (!has_both && learners > 0) {
            use.dropped++;
            use.alone += learners;
        }
    }
    return use;
}

/* ---- ratios on the log scale ---- */

static sg_figure log_figure(double ratio, double log_error, double z)
{
    sg_figure figure = sg_figure_blank();

    figure.estimate = ratio;
    figure.std_error = log_error;
    figure.low = exp(log(ratio) - z * log_error);
    figure.high = exp(log(ratio) + z * log_error);
    figure.statistic = log(ratio) / log_error;
    figure.p_value = sg_normal_p(figure.statistic);
    return sg_figure_checked(figure);
}

static const char *find_obstacle(const sg_stratum *strata, size_t n, double conf)
{
    const char *obstacle = sg_obstacle_strata(strata, n);

    return obstacle != NULL ? obstacle : sg_obstacle_conf(conf);
}

typedef struct {
    sg_sum r, s, pr, mixed, qs;
} odds_sums;

static void add_odds(odds_sums *sums, const sg_table *t)
{
    const double b = t->n1 - t->x1, d = t->n0 - t->x0;
    const double r = t->x1 * d / t->n, s = b * t->x0 / t->n;
    const double p = (t->x1 + d) / t->n, q = (b + t->x0) / t->n;

    sg_sum_add(&sums->r, r);
    sg_sum_add(&sums->s, s);
    sg_sum_add(&sums->pr, p * r);
    sg_sum_add(&sums->mixed, p * s + q * r);
    sg_sum_add(&sums->qs, q * s);
}

sg_figure sg_mh_odds_ratio(const sg_stratum *strata, size_t n, double conf)
{
    const char *obstacle = find_obstacle(strata, n, conf);
    odds_sums sums = {0};
    sg_table t = {0};

    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    for (size_t i = 0; i < n; i++) {
        if (sg_table_of(&strata[i], &t))
            add_odds(&sums, &t);
    }
    const double r = sg_sum_value(&sums.r), s = sg_sum_value(&sums.s);
    if (!(r > 0.0 && s > 0.0))
        return sg_figure_refused("no stratum varies in one of the arms");
    const double variance = sg_sum_value(&sums.pr) / (2.0 * r * r) +
                            sg_sum_value(&sums.mixed) / (2.0 * r * s) +
                            sg_sum_value(&sums.qs) / (2.0 * s * s);
    return log_figure(r / s, sqrt(variance), sg_normal_z(conf));
}

sg_figure sg_mh_risk_ratio(const sg_stratum *strata, size_t n, double conf)
{
    const char *obstacle = find_obstacle(strata, n, conf);
    sg_sum iet = {0}, comparison = {0}, variance = {0};
    sg_table t = {0};

    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    for (size_t i = 0; i < n; i++) {
        if (!sg_table_of(&strata[i], &t))
            continue;
        sg_sum_add(&iet, t.x1 * t.n0 / t.n);
        sg_sum_add(&comparison, t.x0 * t.n1 / t.n);
        sg_sum_add(&variance, (t.n1 * t.n0 * t.m - t.x1 * t.x0 * t.n) / (t.n * t.n));
    }
    const double r = sg_sum_value(&iet), s = sg_sum_value(&comparison);
    if (!(r > 0.0 && s > 0.0))
        return sg_figure_refused("nobody with the outcome in one of the arms");
    return log_figure(r / s, sqrt(sg_sum_value(&variance) / (r * s)), sg_normal_z(conf));
}

/* ---- the difference ---- */

typedef struct {
    sg_sum difference, weight, p, q;
} difference_sums;

static void add_difference(difference_sums *sums, const sg_table *t)
{
    const double n2 = t->n * t->n;

    sg_sum_add(&sums->difference, (t->x1 * t->n0 - t->x0 * t->n1) / t->n);
    sg_sum_add(&sums->weight, t->n1 * t->n0 / t->n);
    sg_sum_add(&sums->p,
               (t->n1 * t->n1 * t->x0 - t->n0 * t->n0 * t->x1 + t->n1 * t->n0 * (t->n0 - t->n1) / 2.0) / n2);
    sg_sum_add(&sums->q, (t->x1 * (t->n0 - t->x0) + t->x0 * (t->n1 - t->x1)) / (2.0 * t->n));
}

sg_figure sg_mh_risk_difference(const sg_stratum *strata, size_t n, double conf)
{
    const char *obstacle = find_obstacle(strata, n, conf);
    sg_figure figure = sg_figure_blank();
    difference_sums sums = {0};
    sg_table t = {0};

    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    for (size_t i = 0; i < n; i++) {
        if (sg_table_of(&strata[i], &t))
            add_difference(&sums, &t);
    }
    const double weight = sg_sum_value(&sums.weight), z = sg_normal_z(conf);
    figure.estimate = sg_sum_value(&sums.difference) / weight;
    const double variance = (figure.estimate * sg_sum_value(&sums.p) + sg_sum_value(&sums.q)) /
                            (weight * weight);
    if (!(variance > 0.0)) {
        figure.note = "no variation";
        return figure;
    }
    figure.std_error = sqrt(variance);
    figure.low = figure.estimate - z * figure.std_error;
    figure.high = figure.estimate + z * figure.std_error;
    figure.statistic = figure.estimate / figure.std_error;
    figure.p_value = sg_normal_p(figure.statistic);
    return figure;
}

/* ---- direct standardisation ---- */

typedef struct {
    sg_sum rate, variance, below, above;
} rate_sums;

static void add_rate(rate_sums *sums, double weight, double x, double n, double z)
{
    const sg_limits limits = sg_wilson_limits(x / n, n, z);
    const double p = limits.p;

    sg_sum_add(&sums->rate, weight * p);
    sg_sum_add(&sums->variance, weight * weight * p * (1.0 - p) / n);
    sg_sum_add(&sums->below, weight * weight * (p - limits.low) * (p - limits.low));
    sg_sum_add(&sums->above, weight * weight * (limits.high - p) * (limits.high - p));
}

static sg_figure rate_figure(const rate_sums *sums)
{
    sg_figure figure = sg_figure_blank();

    figure.estimate = sg_sum_value(&sums->rate);
    figure.std_error = sqrt(sg_sum_value(&sums->variance));
    figure.low = figure.estimate - sqrt(sg_sum_value(&sums->below));
    figure.high = figure.estimate + sqrt(sg_sum_value(&sums->above));
    return figure;
}

static sg_figure difference_of(const sg_figure *a, const sg_figure *b)
{
    sg_figure figure = sg_figure_blank();

    figure.estimate = a->estimate - b->estimate;
    figure.std_error = hypot(a->std_error, b->std_error);
    figure.low = figure.estimate - hypot(a->estimate - a->low, b->high - b->estimate);
    figure.high = figure.estimate + hypot(a->high - a->estimate, b->estimate - b->low);
    if (figure.std_error > 0.0) {
        figure.statistic = figure.estimate / figure.std_error;
        figure.p_value = sg_normal_p(figure.statistic);
    }
    return figure;
}

static double weight_of(const sg_table *t, sg_standard standard, const double *weights, size_t i)
{
    if (standard == SG_STANDARD_GIVEN)
        return weights[i];
    return standard == SG_STANDARD_IET ? t->n1 : t->n;
}

/* The sum of the weights; NaN where one of them is none. */
static double sum_weights(const sg_stratum *strata, size_t n, sg_standard standard, const double *weights)
{
    sg_sum sum = {0};
    sg_table t = {0};

    for (size_t i = 0; i < n; i++) {
        if (!sg_table_of(&strata[i], &t))
            continue;
        const double weight = weight_of(&t, standard, weights, i);
        if (!(weight >= 0.0) || isinf(weight))
            return nan("");
        sg_sum_add(&sum, weight);
    }
    return sg_sum_value(&sum);
}

static sg_standardised refuse_standard(const char *note)
{
    const sg_figure blank = sg_figure_refused(note);
    const double none = nan("");

    return (sg_standardised){blank, blank, blank, none, none, none, SG_EST_NOT_ESTIMABLE, note};
}

sg_standardised sg_standardise(const sg_stratum *strata, size_t n, sg_standard standard,
                               const double *weights, double conf)
{
    const char *obstacle = find_obstacle(strata, n, conf);
    const double total = obstacle == NULL ? sum_weights(strata, n, standard, weights) : 0.0;
    const double z = sg_normal_z(conf);
    static const rate_sums NONE;
    rate_sums sums[2] = {NONE, NONE};
    sg_table t = {0};

    if (obstacle == NULL && !(total > 0.0))
        obstacle = "weights that cannot be";
    if (obstacle != NULL)
        return refuse_standard(obstacle);
    for (size_t i = 0; i < n; i++) {
        if (!sg_table_of(&strata[i], &t))
            continue;
        const double weight = weight_of(&t, standard, weights, i) / total;
        add_rate(&sums[1], weight, t.x1, t.n1, z);
        add_rate(&sums[0], weight, t.x0, t.n0, z);
    }
    sg_standardised out = {.iet = rate_figure(&sums[1]), .comparison = rate_figure(&sums[0]), .note = ""};
    out.difference = difference_of(&out.iet, &out.comparison);
    out.wald_low = out.difference.estimate - z * out.difference.std_error;
    out.wald_high = out.difference.estimate + z * out.difference.std_error;
    out.ratio = out.comparison.estimate > 0.0 ? out.iet.estimate / out.comparison.estimate : nan("");
    return out;
}
