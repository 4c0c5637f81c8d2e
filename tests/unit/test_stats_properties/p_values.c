/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Properties of tests. */
#include <math.h>

#include "support/assert.h"
#include "tables.h"

static double choose(double n, double k)
{
    return exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0));
}

/* By factorials, which the function does without. */
static double probability_of(const table *t, int64_t k)
{
    const double n1 = (double)t->iet.n, n0 = (double)t->comparison.n, at = (double)k;
    const double successes = (double)t->iet.x + (double)t->comparison.x;

    return choose(n1, at) * choose(n0, successes - at) / choose(n1 + n0, successes);
}

static void check_fisher_by_factorials(const table *t)
{
    const int64_t successes = t->iet.x + t->comparison.x;
    const int64_t low = successes > t->comparison.n ? successes - t->comparison.n : 0;
    const int64_t high = successes < t->iet.n ? successes : t->iet.n;
    const double seen = probability_of(t, t->iet.x);
    double two_sided = 0.0, less = 0.0, greater = 0.0;

    for (int64_t k = low; k <= high; k++) {
        const double here = probability_of(t, k);
        two_sided += here <= seen * (1.0 + 1e-7) ? here : 0.0;
        less += k <= t->iet.x ? here : 0.0;
        greater += k >= t->iet.x ? here : 0.0;
    }
    const sg_fisher_p p = sg_fisher(t->iet, t->comparison);
    sg_assert_close(p.p_two_sided, two_sided, 1e-13, 1e-10);
    sg_assert_close(p.p_less, less, 1e-13, 1e-10);
    sg_assert_close(p.p_greater, greater, 1e-13, 1e-10);
    sg_assert_close(p.p_mid_likelihood, two_sided - seen / 2.0, 1e-13, 1e-10);
}

void fisher_agrees_with_factorials(void **state)
{
    (void)state;
    for_tables(11, N_TABLES, 60, check_fisher_by_factorials);
    for_small_tables(check_fisher_by_factorials);
}

static void assert_is_p(double p)
{
    assert_true(p > 0.0 && p <= 1.0);
}

static void check_fisher(const table *t)
{
    const sg_fisher_p p = sg_fisher(t->iet, t->comparison), q = sg_fisher(t->comparison, t->iet);

    assert_is_p(p.p_two_sided);
    assert_is_p(p.p_less);
    assert_is_p(p.p_greater);
    assert_is_p(p.p_mid_central);
    assert_is_p(p.p_mid_likelihood);
    sg_assert_close(p.p_two_sided, q.p_two_sided, 1e-300, 1e-9);
    sg_assert_close(p.p_less, q.p_greater, 1e-300, 1e-9);
    assert_true(p.p_two_sided >= fmin(p.p_less, p.p_greater) * (1.0 - 1e-12));
    assert_true(p.p_mid_likelihood <= p.p_two_sided);
    assert_true(p.p_less + p.p_greater >= 1.0 - 1e-12);
}

void a_fisher_p_lies_above_0_and_up_to_1_and_knows_no_arm(void **state)
{
    (void)state;
    for_tables(12, N_TABLES, 2000, check_fisher);
    for_tables(13, 50, 60000, check_fisher);
}

static void check_printed_p(const table *t)
{
    const sg_test p = sg_p_2x2(t->iet, t->comparison), q = sg_p_2x2(t->comparison, t->iet);
    const double with = (double)(t->iet.x + t->comparison.x), total = (double)(t->iet.n + t->comparison.n);
    const double least = fmin((double)t->iet.n, (double)t->comparison.n) * fmin(with, total - with);

    assert_int_equal(p.status, SG_EST_OK);
    assert_true(p.p_value >= 0.0 && p.p_value <= 1.0);
    sg_assert_close(p.p_value, q.p_value, 1e-300, 1e-9);
    assert_string_equal(p.method, least >= total ? "n1_chisq" : "fisher");
    if (!(with > 0.0 && with < total))
        sg_assert_close(p.p_value, 1.0, 0.0, 0.0);
}

void the_printed_p_knows_no_arm_and_follows_its_rule(void **state)
{
    (void)state;
    for_tables(14, N_TABLES, 5000, check_printed_p);
    for_small_tables(check_printed_p);
}

static void check_chi_square(const table *t)
{
    const int64_t cells[4] = {t->iet.x, t->iet.n - t->iet.x, t->comparison.x,
                              t->comparison.n - t->comparison.x};
    const sg_chi_square chi = sg_chi_square_2x2(t->iet, t->comparison);
    const sg_chi_square_table by_cells = sg_chi_square_rxc(cells, 2, 2);

    assert_int_equal(chi.status, by_cells.status);
    if (chi.status != SG_EST_OK)
        return;
    sg_assert_close(by_cells.x2, chi.x2, 1e-9, 1e-9);
    sg_assert_close(by_cells.min_expected, chi.min_expected, 0.0, 1e-12);
    sg_assert_close(by_cells.cramer_v, chi.phi, 1e-9, 1e-9);
    assert_true(chi.x2_yates <= chi.x2 * (1.0 + 1e-12) + 1e-12 && chi.p_yates >= chi.p * (1.0 - 1e-9));
    assert_true(chi.phi <= 1.0 + 1e-12);
}

void two_by_two_is_the_smallest_r_by_c(void **state)
{
    (void)state;
    for_tables(15, N_TABLES, 5000, check_chi_square);
    for_small_tables(check_chi_square);
}

static void check_unconditional(const table *t)
{
    const sg_test barnard = sg_barnard(t->iet, t->comparison, SG_TIES_COUNT);
    const sg_test mirror = sg_barnard(t->comparison, t->iet, SG_TIES_COUNT);
    const sg_test boschloo = sg_boschloo(t->iet, t->comparison),
                  mirrored = sg_boschloo(t->comparison, t->iet);
    const sg_fisher_p fisher = sg_fisher(t->iet, t->comparison);

    assert_is_p(barnard.p_value);
    sg_assert_close(barnard.p_value, mirror.p_value, 1e-9, 1e-9);
    sg_assert_close(barnard.statistic, -mirror.statistic, 1e-12, 0.0);
    sg_assert_close(boschloo.p_value, mirrored.p_value, 1e-9, 1e-9);
    /* Boschloo's test is uniformly more powerful than Fisher's, side by side */
    assert_true(boschloo.p_value <= fmin(1.0, 2.0 * fmin(fisher.p_less, fisher.p_greater)) + 1e-9);
}

void unconditional_tests_know_no_arm_and_boschloo_is_below_fisher(void **state)
{
    (void)state;
    for_tables(16, 20, 13, check_unconditional);
}
