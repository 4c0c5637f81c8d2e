/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "numeric.h"
#include "skillgain/base/mem.h"

static bool is_finite(sg_sample y)
{
    for (size_t i = 0; i < y.n; i++) {
        if (!isfinite(y.values[i]))
            return false;
    }
    return true;
}

const char *sg_obstacle_samples(sg_sample y1, sg_sample y0, size_t least)
{
    if (!is_finite(y1) || !is_finite(y0))
        return "a value that is no number";
    if (y1.n == 0 && y0.n == 0)
        return "no learners";
    if (y1.n == 0)
        return sg_words_arms.first_empty;
    if (y0.n == 0)
        return sg_words_arms.second_empty;
    return y1.n < least || y0.n < least ? "fewer than two learners in an arm" : NULL;
}

double sg_mean_of(sg_sample y)
{
    sg_sum sum = {0};

    for (size_t i = 0; i < y.n; i++)
        sg_sum_add(&sum, y.values[i]);
    return y.n > 0 ? sg_sum_value(&sum) / (double)y.n : nan("");
}

double sg_variance_of(sg_sample y)
{
    const double mean = sg_mean_of(y);
    sg_sum squares = {0};

    if (y.n < 2)
        return nan("");
    for (size_t i = 0; i < y.n; i++)
        sg_sum_add(&squares, (y.values[i] - mean) * (y.values[i] - mean));
    return sg_sum_value(&squares) / ((double)y.n - 1.0);
}

/* ---- order ---- */

static int compare_numbers(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return *a < *b ? -1 : *a > *b;
}

sg_status sg_sort_copy(sg_sample y, double **out, sg_err *err)
{
    size_t capacity = 0;

    *out = NULL;
    if (!sg_grow(out, &capacity, y.n + 1, sizeof **out))
        return sg_no_memory(err);
    if (y.n > 0)
        memcpy(*out, y.values, y.n * sizeof **out);
    qsort(*out, y.n, sizeof **out, compare_numbers);
    return SG_OK;
}

sg_status sg_sort_pair(sg_sample y1, sg_sample y0, sg_sorted_pair *out, sg_err *err)
{
    size_t capacity = 0;

    *out = (sg_sorted_pair){.n1 = y1.n, .n0 = y0.n};
    if (!sg_grow(&out->lists, &capacity, y1.n + y0.n + 1, sizeof *out->lists))
        return sg_no_memory(err);
    out->y1 = out->lists;
    out->y0 = out->lists + y1.n;
    if (y1.n > 0)
        memcpy(out->y1, y1.values, y1.n * sizeof *out->y1);
    if (y0.n > 0)
        memcpy(out->y0, y0.values, y0.n * sizeof *out->y0);
    qsort(out->y1, y1.n, sizeof *out->y1, compare_numbers);
    qsort(out->y0, y0.n, sizeof *out->y0, compare_numbers);
    return SG_OK;
}

/* Two values of one run are neither less than the other. */
static bool is_equal(double a, double b)
{
    return !(a < b) && !(b < a);
}

bool sg_next_run(const double *own, size_t n_own, const double *other, size_t n_other, sg_run *run)
{
    sg_run next = {.first = run->first + run->n, .less = run->less + run->equal};

    if (next.first >= n_own)
        return false;
    const double value = own[next.first];
    while (next.first + next.n < n_own && is_equal(own[next.first + next.n], value))
        next.n++;
    while (next.less < n_other && other[next.less] < value)
        next.less++;
    while (next.less + next.equal < n_other && is_equal(other[next.less + next.equal], value))
        next.equal++;
    *run = next;
    return true;
}
