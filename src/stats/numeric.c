/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>

#include "skillgain/stats.h"

enum { MOST_ROOT_STEPS = 400 };
static const double ROOT_ABSOLUTE = 1e-13, ROOT_RELATIVE = 1e-12;

void sg_stats_init(void)
{
    (void)gsl_set_error_handler_off(); /* gives the handler that was there: nobody wants it back */
}

static double finite_or_nan(double value)
{
    return isfinite(value) ? value : nan("");
}

double sg_normal_z(double conf)
{
    if (!(conf > 0.0 && conf < 1.0))
        return nan("");
    return finite_or_nan(gsl_cdf_ugaussian_Pinv(1.0 - (1.0 - conf) / 2.0));
}

double sg_normal_p(double z)
{
    return isnan(z) ? nan("") : 2.0 * gsl_cdf_ugaussian_Q(fabs(z));
}

double sg_chi_square_p(double x2, double df)
{
    if (isnan(x2) || !(df > 0.0))
        return nan("");
    return finite_or_nan(gsl_cdf_chisq_Q(x2, df));
}

double sg_student_p(double t, double df)
{
    if (isnan(t) || !(df > 0.0))
        return nan("");
    return finite_or_nan(2.0 * gsl_cdf_tdist_Q(fabs(t), df));
}

double sg_student_t(double conf, double df)
{
    if (!(conf > 0.0 && conf < 1.0) || !(df > 0.0))
        return nan("");
    return finite_or_nan(gsl_cdf_tdist_Pinv(1.0 - (1.0 - conf) / 2.0, df));
}

/* Halving ends where no double lies between the ends: about 60 steps, up to 1100 for a root beside 0. */
double sg_beta_quantile(double lower, double upper, double a, double b)
{
    const bool by_lower = lower <= 0.5;
    double low = 0.0, high = 1.0;

    if (!(lower >= 0.0 && upper >= 0.0 && a > 0.0 && b > 0.0))
        return nan("");
    for (;;) {
        const double middle = low + (high - low) / 2.0;
        const double tail = by_lower ? gsl_cdf_beta_P(middle, a, b) : gsl_cdf_beta_Q(middle, a, b);
        if (isnan(tail))
            return nan("");
        if (middle <= low || middle >= high)
            return middle;
        if (by_lower ? tail < lower : tail > upper)
            low = middle;
        else
            high = middle;
    }
}

static double iterate_to_root(gsl_root_fsolver *solver)
{
    for (int step = 0; step < MOST_ROOT_STEPS; step++) {
        if (gsl_root_fsolver_iterate(solver) != GSL_SUCCESS)
            return nan("");
        const double low = gsl_root_fsolver_x_lower(solver), high = gsl_root_fsolver_x_upper(solver);
        if (gsl_root_test_interval(low, high, ROOT_ABSOLUTE, ROOT_RELATIVE) == GSL_SUCCESS)
            return gsl_root_fsolver_root(solver);
    }
    return nan("");
}

double sg_find_root(sg_real_function *f, void *context, double low, double high)
{
    gsl_function function = {.function = f, .params = context};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    double root = nan("");

    if (solver != NULL && gsl_root_fsolver_set(solver, &function, low, high) == GSL_SUCCESS)
        root = iterate_to_root(solver);
    gsl_root_fsolver_free(solver); /* accepts NULL */
    return root;
}

double sg_sum_value(const sg_sum *sum)
{
    return sum->sum + sum->correction;
}

int sg_counted_compare(const void *left, const void *right)
{
    const sg_counted *a = left, *b = right;

    return (a->number > b->number) - (a->number < b->number);
}

double sg_counted_statistic(const sg_counted *sorted, size_t n, double i)
{
    double before = 0.0;
    size_t at = 0;

    while (at + 1 < n && before + sorted[at].count <= i)
        before += sorted[at++].count;
    return sorted[at].number;
}
