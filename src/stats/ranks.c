/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "numeric.h"
#include "ranks.h"
#include "skillgain/base/mem.h"

/* ---- 4.3 ---- */

/* Sum of t^3 - t over the runs of equal values in both arms together. */
static double tie_sum(const sg_sorted_pair *y)
{
    sg_sum sum = {0};
    sg_run run = {0};

    while (sg_next_run(y->y1, y->n1, y->y0, y->n0, &run)) {
        const double t = (double)(run.n + run.equal);
        sg_sum_add(&sum, t * t * t - t);
    }
    run = (sg_run){0};
    while (sg_next_run(y->y0, y->n0, y->y1, y->n1, &run)) {
        const double t = (double)run.n;
        sg_sum_add(&sum, run.equal == 0 ? t * t * t - t : 0.0);
    }
    return sg_sum_value(&sum);
}

double sg_u_statistic(const sg_sorted_pair *y)
{
    sg_sum sum = {0};
    sg_run run = {0};

    while (sg_next_run(y->y1, y->n1, y->y0, y->n0, &run))
        sg_sum_add(&sum, (double)run.n * ((double)run.less + (double)run.equal / 2.0));
    return sg_sum_value(&sum);
}

double sg_u_deviation(const sg_sorted_pair *y)
{
    const double n1 = (double)y->n1, n0 = (double)y->n0, n = n1 + n0;
    const double ties = tie_sum(y);

    return sqrt(fmax(0.0, n1 * n0 / 12.0 * ((n + 1.0) - ties / (n * (n - 1.0)))));
}

static void finish_mann_whitney(const sg_sorted_pair *y, sg_mann_whitney *out)
{
    const double pairs = (double)y->n1 * (double)y->n0;

    out->u = sg_u_statistic(y);
    out->sigma = sg_u_deviation(y);
    out->superiority = out->u / pairs;
    out->note = "all values are equal";
    if (!(out->sigma > 0.0))
        return;
    const double distance = out->u - pairs / 2.0;
    out->z = distance / out->sigma;
    out->p = sg_normal_p(out->z);
    out->z_corrected = copysign(fmax(0.0, fabs(distance) - 0.5), distance) / out->sigma;
    out->p_corrected = sg_normal_p(out->z_corrected);
    out->status = SG_EST_OK;
    out->note = "";
}

sg_status sg_mann_whitney_test(sg_sample y1, sg_sample y0, sg_mann_whitney *out, sg_err *err)
{
    const char *obstacle = sg_obstacle_samples(y1, y0, 1);
    const double blank = nan("");
    sg_sorted_pair y = {0};

    *out = (sg_mann_whitney){blank, blank, blank, blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, obstacle};
    if (obstacle != NULL)
        return SG_OK;
    const sg_status status = sg_sort_pair(y1, y0, &y, err);
    if (status == SG_OK)
        finish_mann_whitney(&y, out);
    free(y.lists);
    return status;
}

/* ---- 4.3b ---- */

enum { MOST_EXACT = 50 };

static bool has_ties(const sg_sorted_pair *y)
{
    return tie_sum(y) > 0.0;
}

/* How many of the orders of n1 and n0 values have each u: the coefficients of the product over i of (1 - q^(n0+i))/(1 - q^i), which is
 * what the recurrence adds up to. Each is made of those below it alone, so that a tail is exact while its counts are below 2^53. */
static void count_orders(size_t n1, size_t n0, double *counts)
{
    const size_t most = n1 * n0;

    memset(counts, 0, (most + 1) * sizeof *counts);
    counts[0] = 1.0;
    for (size_t i = 1; i <= n1; i++) {
        for (size_t u = most; u >= n0 + i; u--)
            counts[u] -= counts[u - n0 - i];
        for (size_t u = i; u <= most; u++)
            counts[u] += counts[u - i];
    }
}

/* Orders turned round have most - u: the upper tail is the lower one of that. */
static double two_sided(const double *counts, size_t most, size_t u)
{
    const size_t end = u < most - u ? u : most - u;
    sg_sum total = {0}, tail = {0};

    for (size_t i = 0; i <= most; i++) {
        sg_sum_add(&total, counts[i]);
        sg_sum_add(&tail, i <= end ? counts[i] : 0.0);
    }
    return fmin(1.0, 2.0 * sg_sum_value(&tail) / sg_sum_value(&total));
}

static sg_status run_exact(const sg_sorted_pair *y, sg_test *out, sg_err *err)
{
    SG_AUTO_FREE double *counts = NULL;
    size_t capacity = 0;
    const size_t most = y->n1 * y->n0;

    if (has_ties(y)) {
        out->note = "ties";
        return SG_OK;
    }
    if (!sg_grow(&counts, &capacity, most + 1, sizeof *counts))
        return sg_no_memory(err);
    count_orders(y->n1, y->n0, counts);
    out->statistic = sg_u_statistic(y);
    out->p_value = two_sided(counts, most, (size_t)out->statistic);
    out->status = SG_EST_OK;
    out->note = "";
    return SG_OK;
}

sg_status sg_mann_whitney_exact(sg_sample y1, sg_sample y0, sg_test *out, sg_err *err)
{
    const char *obstacle = sg_obstacle_samples(y1, y0, 1);
    sg_sorted_pair y = {0};

    if (obstacle == NULL && (y1.n >= MOST_EXACT || y0.n >= MOST_EXACT))
        obstacle = "50 or more learners in an arm";
    *out = sg_test_refused("mann_whitney", obstacle);
    if (obstacle != NULL)
        return SG_OK;
    sg_status status = sg_sort_pair(y1, y0, &y, err);
    if (status == SG_OK)
        status = run_exact(&y, out, err);
    free(y.lists);
    return status;
}

/* ---- 4.4 ---- */

/* Of one arm: the mean of its pooled midranks, and S^2 about it. For a run R - W = less + equal/2. */
typedef struct {
    double mean_rank, s2;
} arm_ranks;

static arm_ranks rank_arm(const double *own, size_t n_own, const double *other, size_t n_other)
{
    const double n = (double)n_own;
    sg_sum placements = {0}, squares = {0};
    sg_run run = {0};

    while (sg_next_run(own, n_own, other, n_other, &run))
        sg_sum_add(&placements, (double)run.n * ((double)run.less + (double)run.equal / 2.0));
    /* R - W - Rbar + (n+1)/2 is the placement less its mean */
    const double mean = sg_sum_value(&placements) / n;
    run = (sg_run){0};
    while (sg_next_run(own, n_own, other, n_other, &run)) {
        const double distance = (double)run.less + (double)run.equal / 2.0 - mean;
        sg_sum_add(&squares, (double)run.n * distance * distance);
    }
    return (arm_ranks){.mean_rank = mean + (n + 1.0) / 2.0, .s2 = sg_sum_value(&squares) / (n - 1.0)};
}

static sg_figure compare_ranks(const sg_sorted_pair *y, double conf)
{
    const arm_ranks iet = rank_arm(y->y1, y->n1, y->y0, y->n0);
    const arm_ranks comparison = rank_arm(y->y0, y->n0, y->y1, y->n1);
    const double n1 = (double)y->n1, n0 = (double)y->n0;
    const double a = n1 * iet.s2, b = n0 * comparison.s2;
    sg_figure f = sg_figure_blank();

    f.estimate = (iet.mean_rank - (n1 + 1.0) / 2.0) / n0;
    if (!(a + b > 0.0)) {
        f.note = "complete separation";
        return f;
    }
    f.statistic = n1 * n0 * (iet.mean_rank - comparison.mean_rank) / ((n1 + n0) * sqrt(a + b));
    f.df = (a + b) * (a + b) / (a * a / (n1 - 1.0) + b * b / (n0 - 1.0));
    f.p_value = sg_student_p(f.statistic, f.df);
    f.std_error = sqrt(iet.s2 / (n1 * n0 * n0) + comparison.s2 / (n0 * n1 * n1));
    f.low = f.estimate - sg_student_t(conf, f.df) * f.std_error;
    f.high = f.estimate + sg_student_t(conf, f.df) * f.std_error;
    return sg_figure_checked(f);
}

sg_status sg_brunner_munzel(sg_sample y1, sg_sample y0, double conf, sg_figure *out, sg_err *err)
{
    const char *obstacle = sg_obstacle_samples(y1, y0, 2);
    sg_sorted_pair y = {0};

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle != NULL) {
        *out = sg_figure_refused(obstacle);
        return SG_OK;
    }
    const sg_status status = sg_sort_pair(y1, y0, &y, err);
    if (status == SG_OK)
        *out = compare_ranks(&y, conf);
    free(y.lists);
    return status;
}
