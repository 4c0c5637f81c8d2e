/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <float.h>
#include <math.h>

#include "skillgain/stats.h"

/* Fisher 1935: three of four cups of each kind told; 17 of 70 choices are as good or better. */
static void the_lady_tasting_tea(void **state)
{
    (void)state;
    const sg_fisher_p p = sg_fisher((sg_counts){3, 4}, (sg_counts){1, 4});
    sg_assert_close(p.p_greater, 17.0 / 70.0, 1e-15, 0.0);
    sg_assert_close(p.p_less, 69.0 / 70.0, 1e-15, 0.0);
    sg_assert_close(p.p_two_sided, 34.0 / 70.0, 1e-15, 0.0);
    sg_assert_close(p.p_mid_likelihood, 26.0 / 70.0, 1e-15, 0.0);
    sg_assert_close(p.p_mid_central, 18.0 / 70.0, 1e-15, 0.0);
}

static double log_choose(double n, double k)
{
    return lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0);
}

/* The two tails have the table itself in common. */
static void sixty_thousand_learners_are_summed_whole(void **state)
{
    static const sg_counts iet[] = {{15000, 30000}, {15300, 30000}, {200, 900}, {3, 30000}};
    static const sg_counts comparison[] = {{15000, 30000}, {15000, 30000}, {13000, 59100}, {0, 30000}};

    (void)state;
    for (size_t i = 0; i < sizeof iet / sizeof *iet; i++) {
        const sg_fisher_p p = sg_fisher(iet[i], comparison[i]);
        const double n1 = (double)iet[i].n, n0 = (double)comparison[i].n, x1 = (double)iet[i].x,
                     x0 = (double)comparison[i].x;
        const double at = exp(log_choose(n1, x1) + log_choose(n0, x0) - log_choose(n1 + n0, x1 + x0));
        assert_int_equal(p.status, SG_EST_OK);
        sg_assert_close(p.p_less + p.p_greater, 1.0 + at, 1e-10, 0.0);
        sg_assert_close(p.p_two_sided - p.p_mid_likelihood, at / 2.0, 0.0, 1e-6);
    }
    sg_assert_close(sg_fisher(iet[0], comparison[0]).p_two_sided, 1.0, 0.0, 1e-13);
}

static void a_p_too_small_for_a_double_is_not_0(void **state)
{
    (void)state;
    const sg_fisher_p p = sg_fisher((sg_counts){30000, 30000}, (sg_counts){0, 30000});
    assert_true(p.p_two_sided == DBL_MIN && p.p_greater == DBL_MIN && p.p_mid_central == DBL_MIN);
    assert_true(p.p_less == 1.0);
}

static void the_conditional_odds_ratio_ends_with_its_support(void **state)
{
    (void)state;
    const sg_figure low = sg_odds_ratio_conditional((sg_counts){0, 5}, (sg_counts){3, 6}, 0.95);
    const sg_figure high = sg_odds_ratio_conditional((sg_counts){5, 5}, (sg_counts){3, 6}, 0.95);
    const sg_figure any = sg_odds_ratio_conditional((sg_counts){0, 5}, (sg_counts){0, 6}, 0.95);
    assert_true(low.estimate == 0.0 && low.low == 0.0 && isfinite(low.high) && low.high > 0.0);
    assert_true(isinf(high.estimate) && isinf(high.high) && isfinite(high.low) && high.low > 0.0);
    assert_true(any.estimate == 0.0 && any.low == 0.0 && isinf(any.high));
    assert_string_equal(any.note, "any odds ratio fits");
}

/* One of one against none of n: P(x1 = 1) = odds/(odds + n), so each limit can be written down. */
static void the_limits_of_one_against_n_are_known(void **state)
{
    (void)state;
    for (int64_t n = 1; n <= 1000; n *= 10) {
        const sg_figure f = sg_odds_ratio_conditional((sg_counts){1, 1}, (sg_counts){0, n}, 0.95);
        sg_assert_close(f.low, (double)n * 0.025 / 0.975, 0.0, 1e-10);
    }
}

static void the_conditional_odds_ratio_holds_for_large_samples(void **state)
{
    (void)state;
    const sg_counts iet = {12000, 30000}, comparison = {9000, 30000};
    const sg_figure f = sg_odds_ratio_conditional(iet, comparison, 0.95),
                    g = sg_or_log(iet, comparison, 0.95);
    sg_assert_close(f.estimate, g.estimate, 0.0, 1e-4); /* in large samples they are one */
    sg_assert_close(f.low, g.low, 0.0, 1e-3);
    sg_assert_close(f.high, g.high, 0.0, 1e-3);
}

/* Two of two against none of two: the table and its mirror have probability 2 p^2 q^2, at most 1/8. */
static void the_smallest_unconditional_test_is_known(void **state)
{
    (void)state;
    const sg_counts iet = {2, 2}, comparison = {0, 2};
    sg_assert_close(sg_barnard(iet, comparison, SG_TIES_COUNT).p_value, 0.125, 1e-9, 0.0);
    sg_assert_close(sg_barnard(iet, comparison, SG_TIES_COUNT).statistic, 2.0, 1e-15, 0.0);
    sg_assert_close(sg_boschloo(iet, comparison).p_value, 0.125, 1e-9, 0.0);
    sg_assert_close(sg_boschloo(iet, comparison).statistic, 1.0 / 6.0, 1e-14, 0.0);
}

/* Three of nine against ten of thirteen and its mirror image are equally extreme: pooled z is -2.0445
 * and 2.0445. */
static void a_tie_counts_unless_rounding_is_asked_for(void **state)
{
    (void)state;
    const sg_counts iet = {3, 9}, comparison = {10, 13}, iet_mirror = {6, 9}, comparison_mirror = {3, 13};
    const double p = sg_barnard(iet, comparison, SG_TIES_COUNT).p_value;
    sg_assert_close(sg_barnard(iet_mirror, comparison_mirror, SG_TIES_COUNT).p_value, p, 1e-12, 0.0);
    assert_true(sg_barnard(iet, comparison, SG_TIES_AS_ROUNDED).p_value < p - 0.003);
}

static void no_difference_has_a_p_of_1(void **state)
{
    (void)state;
    const sg_counts half = {5, 10}, none = {0, 10};
    sg_assert_close(sg_barnard(half, half, SG_TIES_COUNT).p_value, 1.0, 1e-12, 0.0);
    sg_assert_close(sg_barnard(none, none, SG_TIES_COUNT).p_value, 1.0, 1e-12, 0.0);
    sg_assert_close(sg_boschloo(none, none).p_value, 1.0, 1e-12, 0.0);
}

static void more_than_200_learners_have_no_unconditional_test(void **state)
{
    (void)state;
    const sg_counts largest = {3, 199}, one = {1, 1}, two = {1, 2};
    assert_int_equal(sg_barnard(largest, one, SG_TIES_COUNT).status, SG_EST_OK);
    assert_int_equal(sg_barnard(largest, two, SG_TIES_COUNT).status, SG_EST_NOT_ESTIMABLE);
    assert_string_equal(sg_boschloo(largest, two).note, "more than 200 learners");
    assert_int_equal(sg_boschloo((sg_counts){0, INT64_MAX}, (sg_counts){0, INT64_MAX}).status,
                     SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_barnard((sg_counts){40, 100}, (sg_counts){50, 100}, SG_TIES_COUNT).status, SG_EST_OK);
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
        cmocka_unit_test(the_lady_tasting_tea),
        cmocka_unit_test(sixty_thousand_learners_are_summed_whole),
        cmocka_unit_test(a_p_too_small_for_a_double_is_not_0),
        cmocka_unit_test(the_conditional_odds_ratio_ends_with_its_support),
        cmocka_unit_test(the_limits_of_one_against_n_are_known),
        cmocka_unit_test(the_conditional_odds_ratio_holds_for_large_samples),
        cmocka_unit_test(the_smallest_unconditional_test_is_known),
        cmocka_unit_test(a_tie_counts_unless_rounding_is_asked_for),
        cmocka_unit_test(no_difference_has_a_p_of_1),
        cmocka_unit_test(more_than_200_learners_have_no_unconditional_test),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
