/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles, roots and sums that more than one statistic needs. Each gives NaN where it has no answer. */
#ifndef SKILLGAIN_SRC_STATS_NUMERIC_H
#define SKILLGAIN_SRC_STATS_NUMERIC_H

#include <stdbool.h>
#include <stddef.h>

double sg_normal_z(
    double conf); /* of a two-sided interval: the quantile at (1+conf)/2; NaN for conf outside (0, 1) */
double sg_normal_p(double z);                 /* two-sided */
double sg_chi_square_p(double x2, double df); /* upper tail */
double sg_student_p(double t, double df);     /* two-sided */
double sg_student_t(double conf, double df);  /* of a two-sided interval */

/* The x where the lower tail of Beta(a, b) is `lower` and the upper one `upper` (their sum is 1, and the
 * smaller of them is the one that is used): bisection to the last bit. GSL's own inverse fails for ordinary
 * arguments such as (0.025, 5000, 5001). */
double sg_beta_quantile(double lower, double upper, double a, double b);

/* The root of f in [low, high] by Brent, to 1e-13 or 1e-12 of it; NaN where the ends have one sign, or f is
 * not finite. */
typedef double sg_real_function(double at, void *context);
double sg_find_root(sg_real_function *f, void *context, double low, double high);

/* A number that stands for `count` equal ones, of which `with` have what is asked for (0 where nothing is). */
typedef struct {
    double number, count, with;
} sg_counted;
int sg_counted_compare(const void *left, const void *right); /* for qsort: by number */
/* The i-th (from 0) of the sorted numbers, each repeated by its count; n > 0. */
double sg_counted_statistic(const sg_counted *sorted, size_t n, double i);

/* Neumaier's sum: starts as {0}. */
typedef struct {
    double sum, correction;
} sg_sum;
static inline void sg_sum_add(sg_sum *sum, double term)
{
    const double next = sum->sum + term, added = next - sum->sum;

    sum->correction += (sum->sum - (next - added)) + (term - added); /* what the addition has lost, exactly */
    sum->sum = next;
}
double sg_sum_value(const sg_sum *sum);

#endif
