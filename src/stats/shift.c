/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "figure.h"
#include "numeric.h"
#include "ranks.h"

/* ---- 4.5 ---- */

/* How many of the differences y1 - y0 are at most `limit`: the larger y1, the fewer y0 below it fail, so that one walk along both will
 * do. */
static double count_up_to(const sg_sorted_pair *y, double limit)
{
    double count = 0.0;
    size_t k = 0; /* of y0, the first that is large enough */

    for (size_t i = 0; i < y->n1; i++) {
        while (k < y->n0 && y->y1[i] - y->y0[k] > limit)
            k++;
        count += (double)(y->n0 - k);
    }
    return count;
}

/* The `place`-th smallest difference (from 1): the least double that so many differences are at most. */
static double find_difference(const sg_sorted_pair *y, double place)
{
    double low = y->y1[0] - y->y0[y->n0 - 1], high = y->y1[y->n1 - 1] - y->y0[0];

    if (count_up_to(y, low) >= place)
        return low;
    for (;;) {
        const double middle = low + (high - low) / 2.0;
        if (middle <= low || middle >= high)
            return high;
        if (count_up_to(y, middle) >= place)
            high = middle;
        else
            low = middle;
    }
}

static sg_hodges_lehmann find_shift(const sg_sorted_pair *y, double z)
{
    const double pairs = (double)y->n1 * (double)y->n0, half = floor(pairs / 2.0);
    sg_hodges_lehmann out = {.shift = sg_figure_blank()};

    out.k = fmax(1.0, floor(pairs / 2.0 - z * sg_u_deviation(y)));
    out.shift.estimate = find_difference(y, half + 1.0);
    if (half * 2.0 >= pairs)
        out.shift.estimate = (find_difference(y, half) + out.shift.estimate) / 2.0;
    out.shift.low = find_difference(y, out.k);
    out.shift.high = find_difference(y, pairs - out.k + 1.0);
    return out;
}

sg_status sg_hodges_lehmann_shift(sg_sample y1, sg_sample y0, double conf, sg_hodges_lehmann *out,
                                  sg_err *err)
{
    const char *obstacle = sg_obstacle_samples(y1, y0, 1);
    sg_sorted_pair y = {0};

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle != NULL) {
        *out = (sg_hodges_lehmann){.shift = sg_figure_refused(obstacle), .k = nan("")};
        return SG_OK;
    }
    const sg_status status = sg_sort_pair(y1, y0, &y, err);
    if (status == SG_OK)
        *out = find_shift(&y, sg_normal_z(conf));
    free(y.lists);
    return status;
}

/* ---- 4.6 ---- */

/* The least k with P(Bin(n, 1/2) <= k) >= tail. */
static size_t find_k(size_t n, double tail)
{
    size_t low = 0, high = n / 2 + 1;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (gsl_cdf_binomial_P((unsigned)middle, 0.5, (unsigned)n) >= tail)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* R's type 7 at one half. */
static double middle_of(const double *sorted, size_t n)
{
    return n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] + (sorted[n / 2] - sorted[n / 2 - 1]) / 2.0;
}

static sg_median find_median(const double *sorted, size_t n, double conf)
{
    const size_t k = find_k(n, (1.0 - conf) / 2.0);
    sg_median out = {.median = sg_figure_blank(), .k = (double)k, .coverage = 1.0};

    out.median.estimate = middle_of(sorted, n);
    if (k == 0) {
        out.median.low = -HUGE_VAL;
        out.median.high = HUGE_VAL;
        out.median.note = "too few for an interval";
        return out;
    }
    out.median.low = sorted[k - 1];
    out.median.high = sorted[n - k];
    out.coverage = 1.0 - 2.0 * gsl_cdf_binomial_P((unsigned)(k - 1), 0.5, (unsigned)n);
    return out;
}

sg_status sg_median_of(sg_sample y, double conf, sg_median *out, sg_err *err)
{
    static const size_t MOST = 2000000000; /* what GSL's binomial takes */
    const char *obstacle = sg_obstacle_samples(y, y, 1);
    double *sorted = NULL;

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle == NULL && y.n > MOST)
        obstacle = "too many learners";
    if (obstacle != NULL) {
        *out = (sg_median){.median = sg_figure_refused(obstacle), .k = nan(""), .coverage = nan("")};
        return SG_OK;
    }
    const sg_status status = sg_sort_copy(y, &sorted, err);
    if (status == SG_OK)
        *out = find_median(sorted, y.n, conf);
    free(sorted);
    return status;
}
