/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <math.h>

#include "skillgain/stats.h"
#include "stats/numeric.h"

static double sum_of(const double *terms, size_t n)
{
    sg_sum sum = {0};

    for (size_t i = 0; i < n; i++)
        sg_sum_add(&sum, terms[i]);
    return sg_sum_value(&sum);
}

/* Neumaier 1974: where plain addition gives 0. */
static void a_sum_keeps_what_a_large_term_hides(void **state)
{
    static const double large_first[] = {1e100, 1.0, -1e100}, large_later[] = {1.0, 1e100, 1.0, -1e100};

    (void)state;
    sg_assert_close(sum_of(large_first, 3), 1.0, 0.0, 0.0);
    sg_assert_close(sum_of(large_later, 4), 2.0, 0.0, 0.0);
    sg_assert_close(sum_of(NULL, 0), 0.0, 0.0, 0.0);
}

/* 1.959963984540054 and 2.575829303548901: any table of the normal distribution. */
static void normal_quantiles_are_those_of_the_tables(void **state)
{
    (void)state;
    sg_assert_close(sg_normal_z(0.95), 1.959963984540054, 1e-14, 0.0);
    sg_assert_close(sg_normal_z(0.99), 2.575829303548901, 1e-14, 0.0);
    sg_assert_close(sg_normal_p(1.959963984540054), 0.05, 1e-15, 0.0);
    sg_assert_close(sg_normal_p(-1.959963984540054), 0.05, 1e-15, 0.0);
    sg_assert_close(sg_chi_square_p(3.841458820694124, 1.0), 0.05, 1e-14, 0.0);
}

static void what_is_no_argument_has_no_answer(void **state)
{
    (void)state;
    assert_true(isnan(sg_normal_z(0.0)) && isnan(sg_normal_z(1.0)) && isnan(sg_normal_z(nan(""))));
    assert_true(isnan(sg_normal_p(nan(""))));
    assert_true(isnan(sg_chi_square_p(nan(""), 1.0)) && isnan(sg_chi_square_p(1.0, 0.0)));
    assert_true(isnan(sg_beta_quantile(0.5, 0.5, 0.0, 1.0)) &&
                isnan(sg_beta_quantile(nan(""), 0.5, 1.0, 1.0)));
}

/* Beta(1, 1) is uniform, Beta(a, 1) has the distribution x^a, Beta(a, a) the median 1/2. */
static void beta_quantiles_with_a_closed_form_are_exact(void **state)
{
    (void)state;
    sg_assert_close(sg_beta_quantile(0.3, 0.7, 1.0, 1.0), 0.3, 1e-15, 0.0);
    sg_assert_close(sg_beta_quantile(0.9, 0.1, 1.0, 1.0), 0.9, 1e-15, 0.0);
    sg_assert_close(sg_beta_quantile(0.025, 0.975, 40.0, 1.0), pow(0.025, 1.0 / 40.0), 1e-14, 0.0);
    sg_assert_close(sg_beta_quantile(0.975, 0.025, 40.0, 1.0), pow(0.975, 1.0 / 40.0), 1e-14, 0.0);
    sg_assert_close(sg_beta_quantile(0.5, 0.5, 5000.0, 5000.0), 0.5, 1e-12, 0.0);
    sg_assert_close(sg_beta_quantile(1e-200, 1.0, 2.0, 1.0), 1e-100, 0.0, 1e-12);
}

static double square_less(double x, void *context)
{
    const double *level = context;

    return x * x - *level;
}

static double without_value(double x, void *context)
{
    (void)context;
    return x > 0.5 ? nan("") : -1.0;
}

static void a_root_is_found_between_ends_of_two_signs_only(void **state)
{
    double level = 2.0, square = 4.0;

    (void)state;
    sg_assert_close(sg_find_root(square_less, &level, 0.0, 2.0), sqrt(2.0), 1e-12, 0.0);
    sg_assert_close(sg_find_root(square_less, &square, 2.0, 3.0), 2.0, 1e-12, 0.0);
    sg_assert_close(sg_find_root(square_less, &square, 1.0, 2.0), 2.0, 1e-12, 0.0);
    assert_true(isnan(sg_find_root(square_less, &level, 2.0, 3.0)));
    assert_true(isnan(sg_find_root(square_less, &level, 3.0, 2.0)));
    assert_true(isnan(sg_find_root(without_value, NULL, 0.0, 1.0)));
}

static int start(void **state)
{
    (void)state;
    sg_stats_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum_keeps_what_a_large_term_hides),
        cmocka_unit_test(normal_quantiles_are_those_of_the_tables),
        cmocka_unit_test(what_is_no_argument_has_no_answer),
        cmocka_unit_test(beta_quantiles_with_a_closed_form_are_exact),
        cmocka_unit_test(a_root_is_found_between_ends_of_two_signs_only),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
