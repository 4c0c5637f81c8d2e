/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of every table, on many made from a fixed seed, and on all the small ones. */
#include "support/assert.h"

#include <math.h>
#include <string.h>

#include "skillgain/stats.h"
#include "unit/test_stats_properties/tables.h"

/* ---- rates ---- */

static void check_rate(const table *t, sg_figure (*method)(sg_counts counts, double conf))
{
    const sg_counts without = {.x = t->iet.n - t->iet.x, .n = t->iet.n};
    const sg_figure rate = method(t->iet, t->conf), mirror = method(without, t->conf);

    assert_int_equal(rate.status, SG_EST_OK);
    assert_true(0.0 <= rate.low && rate.low <= rate.estimate && rate.estimate <= rate.high &&
                rate.high <= 1.0);
    sg_assert_close(rate.low, 1.0 - mirror.high, 1e-12, 1e-9);
    sg_assert_close(rate.high, 1.0 - mirror.low, 1e-12, 1e-9);
    assert_true(method(t->iet, 0.999).high >= rate.high);
    if (t->iet.x == 0)
        sg_assert_close(rate.low, 0.0, 0.0, 0.0);
    if (t->iet.x == t->iet.n)
        sg_assert_close(rate.high, 1.0, 0.0, 0.0);
}

static void check_wilson(const table *t)
{
    check_rate(t, sg_rate_wilson);
}

static void a_wilson_interval_contains_its_rate_and_mirrors(void **state)
{
    (void)state;
    for_tables(1, N_TABLES, 60000, check_wilson);
}

static void check_clopper_pearson(const table *t)
{
    check_rate(t, sg_rate_clopper_pearson);
}

static void a_clopper_pearson_interval_contains_its_rate_and_mirrors(void **state)
{
    (void)state;
    for_tables(2, N_SLOW, 60000, check_clopper_pearson);
}

/* A limit of Wilson is a rate at which the score test is just at its level: (p - L)^2 = z^2 L(1-L)/n. */
static void check_score_equation(const table *t)
{
    const sg_figure rate = sg_rate_wilson(t->iet, 0.95);
    const double z = 1.9599639845400545, n = (double)t->iet.n;
    const double limits[2] = {rate.low, rate.high};

    for (size_t i = 0; i < 2; i++) {
        const double distance = rate.estimate - limits[i];
        sg_assert_close(distance * distance * n, z * z * limits[i] * (1.0 - limits[i]), 1e-9, 1e-8);
    }
}

static void a_wilson_limit_solves_the_score_equation(void **state)
{
    (void)state;
    for_tables(3, N_TABLES, 5000, check_score_equation);
}

/* ---- differences and ratios ---- */

static void check_difference(const table *t)
{
    const sg_figure f = sg_rd_newcombe(t->iet, t->comparison, t->conf);
    const sg_figure g = sg_rd_newcombe(t->comparison, t->iet, t->conf);
    const sg_figure h = sg_cohen_h(t->iet, t->comparison, t->conf),
                    k = sg_cohen_h(t->comparison, t->iet, t->conf);

    check_mirrored(&f, &g, 1e-14);
    check_mirrored(&h, &k, 1e-14);
    assert_true(-1.0 <= f.low && f.low <= f.estimate && f.estimate <= f.high && f.high <= 1.0);
    sg_assert_close(f.estimate, rate_of(t->iet) - rate_of(t->comparison), 0.0, 0.0);
}

static void swapping_the_arms_turns_a_difference_round(void **state)
{
    (void)state;
    for_tables(4, N_TABLES, 60000, check_difference);
    for_small_tables(check_difference);
}

static void check_score_difference(const table *t)
{
    const sg_figure f = sg_rd_miettinen_nurminen(t->iet, t->comparison, t->conf);
    const sg_figure g = sg_rd_miettinen_nurminen(t->comparison, t->iet, t->conf);

    check_mirrored(&f, &g, 1e-7);
    assert_true(-1.0 <= f.low && f.low <= f.estimate && f.estimate <= f.high && f.high <= 1.0);
    sg_assert_close(f.p_value, g.p_value, 1e-12, 1e-10);
    assert_true(f.p_value >= 0.0 && f.p_value <= 1.0);
    /* the test at 0 and the interval agree, as they are one statistic */
    if (f.p_value < 1.0 - t->conf - 1e-6)
        assert_true(f.low > 0.0 || f.high < 0.0);
    if (f.p_value > 1.0 - t->conf + 1e-6)
        assert_true(f.low <= 0.0 && f.high >= 0.0);
}

static void swapping_the_arms_turns_a_score_interval_round(void **state)
{
    (void)state;
    for_tables(5, N_SLOW, 5000, check_score_difference);
    for_small_tables(check_score_difference);
}

static void check_inverted(const sg_figure *f, const sg_figure *g, double relative)
{
    assert_int_equal(f->status, g->status);
    if (f->status != SG_EST_OK)
        return;
    sg_assert_close(f->estimate, 1.0 / g->estimate, 0.0, relative);
    sg_assert_close(f->low, 1.0 / g->high, 0.0, relative);
    sg_assert_close(f->high, 1.0 / g->low, 0.0, relative);
    assert_true(f->low <= f->estimate && f->estimate <= f->high);
}

static void check_ratio(const table *t)
{
    const sg_figure rr = sg_rr_log(t->iet, t->comparison, t->conf),
                    rr2 = sg_rr_log(t->comparison, t->iet, t->conf);
    const sg_figure odds = sg_or_log(t->iet, t->comparison, t->conf),
                    odds2 = sg_or_log(t->comparison, t->iet, t->conf);

    check_inverted(&rr, &rr2, 1e-12);
    check_inverted(&odds, &odds2, 1e-12);
    assert_int_equal(rr.status == SG_EST_OK, t->iet.x + t->comparison.x > 0);
}

static void swapping_the_arms_inverts_a_ratio(void **state)
{
    (void)state;
    for_tables(6, N_TABLES, 60000, check_ratio);
    for_small_tables(check_ratio);
}

static void check_score_ratio(const table *t)
{
    const sg_figure f = sg_rr_score(t->iet, t->comparison, t->conf),
                    g = sg_rr_score(t->comparison, t->iet, t->conf);

    check_inverted(&f, &g, 1e-6);
}

static void swapping_the_arms_inverts_a_score_interval_of_the_ratio(void **state)
{
    (void)state;
    for_tables(7, N_SLOW, 5000, check_score_ratio);
    for_small_tables(check_score_ratio);
}

static void check_conditional_odds(const table *t)
{
    const sg_figure f = sg_odds_ratio_conditional(t->iet, t->comparison, t->conf);
    const sg_figure g = sg_odds_ratio_conditional(t->comparison, t->iet, t->conf);
    const int64_t successes = t->iet.x + t->comparison.x;

    if (successes > 0 && successes < t->iet.n + t->comparison.n)
        check_inverted(&f, &g, 1e-8);
}

static void swapping_the_arms_inverts_the_conditional_odds_ratio(void **state)
{
    (void)state;
    for_tables(8, N_SLOW / 4, 200, check_conditional_odds);
    for_small_tables(check_conditional_odds);
}

static void check_repeated_rows(const table *t)
{
    enum { TIMES = 9 };
    const sg_counts iet = {TIMES * t->iet.x, TIMES * t->iet.n},
                    comparison = {TIMES * t->comparison.x, TIMES * t->comparison.n};
    const sg_figure once = sg_or_log(t->iet, t->comparison, 0.95), often = sg_or_log(iet, comparison, 0.95);
    const sg_figure h = sg_cohen_h(t->iet, t->comparison, 0.95), h_often = sg_cohen_h(iet, comparison, 0.95);
    const sg_chi_square chi = sg_chi_square_2x2(t->iet, t->comparison),
                        chi_often = sg_chi_square_2x2(iet, comparison);

    sg_assert_close(h_often.estimate, h.estimate, 1e-14, 0.0);
    sg_assert_close(h_often.std_error, h.std_error / 3.0, 0.0, 1e-12);
    if (chi.status == SG_EST_OK) {
        sg_assert_close(chi_often.x2, TIMES * chi.x2, 0.0, 1e-12);
        sg_assert_close(chi_often.g2, TIMES * chi.g2, 1e-9, 1e-9);
        sg_assert_close(chi_often.phi, chi.phi, 0.0, 1e-12);
    }
    if (once.status == SG_EST_OK && strcmp(once.note, "") == 0) {
        sg_assert_close(often.estimate, once.estimate, 0.0, 1e-12);
        sg_assert_close(often.std_error, once.std_error / 3.0, 0.0, 1e-12);
    }
}

static void repeating_every_row_leaves_estimates_and_shrinks_errors(void **state)
{
    (void)state;
    for_tables(9, N_TABLES, 5000, check_repeated_rows);
}

static void check_needed(const table *t)
{
    const sg_needed f = sg_number_needed(t->iet, t->comparison, t->conf);
    const sg_needed g = sg_number_needed(t->comparison, t->iet, t->conf);
    const sg_figure d = sg_rd_newcombe(t->iet, t->comparison, t->conf);

    assert_int_equal(f.status, SG_EST_OK);
    assert_int_equal(f.through_infinity, d.low <= 0.0 && d.high >= 0.0);
    assert_int_equal(f.through_infinity, g.through_infinity);
    if (fabs(d.estimate) > 0.0)
        sg_assert_close(f.number * d.estimate, 1.0, 0.0, 1e-14);
    else
        assert_true(isinf(f.number));
    if (fabs(d.low) > 1e-9)
        sg_assert_close(f.at_low, -g.at_high, 0.0, 1e-4);
}

static void the_number_needed_is_the_inverse_of_the_difference(void **state)
{
    (void)state;
    for_tables(10, N_TABLES, 60000, check_needed);
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
        cmocka_unit_test(a_wilson_interval_contains_its_rate_and_mirrors),
        cmocka_unit_test(a_wilson_limit_solves_the_score_equation),
        cmocka_unit_test(a_clopper_pearson_interval_contains_its_rate_and_mirrors),
        cmocka_unit_test(swapping_the_arms_turns_a_difference_round),
        cmocka_unit_test(swapping_the_arms_turns_a_score_interval_round),
        cmocka_unit_test(swapping_the_arms_inverts_a_ratio),
        cmocka_unit_test(swapping_the_arms_inverts_a_score_interval_of_the_ratio),
        cmocka_unit_test(swapping_the_arms_inverts_the_conditional_odds_ratio),
        cmocka_unit_test(repeating_every_row_leaves_estimates_and_shrinks_errors),
        cmocka_unit_test(the_number_needed_is_the_inverse_of_the_difference),
        cmocka_unit_test(fisher_agrees_with_factorials),
        cmocka_unit_test(a_fisher_p_lies_above_0_and_up_to_1_and_knows_no_arm),
        cmocka_unit_test(the_printed_p_knows_no_arm_and_follows_its_rule),
        cmocka_unit_test(two_by_two_is_the_smallest_r_by_c),
        cmocka_unit_test(unconditional_tests_know_no_arm_and_boschloo_is_below_fisher),
        cmocka_unit_test(a_gap_to_everyone_is_a_share_of_the_gap_to_the_rest),
        cmocka_unit_test(a_gap_to_a_number_is_as_wide_as_the_rate),
        cmocka_unit_test(a_difference_of_gaps_turns_round_with_arms_and_with_levels),
        cmocka_unit_test(corrected_p_values_keep_their_order_and_bh_is_below_holm),
        cmocka_unit_test(the_order_of_a_family_changes_nothing),
        cmocka_unit_test(swapping_the_arms_turns_stratified_estimates_round),
        cmocka_unit_test(repeating_every_row_leaves_stratified_estimates),
        cmocka_unit_test(the_order_of_strata_and_those_with_one_arm_change_nothing),
        cmocka_unit_test(one_stratum_and_two_levels_are_the_plain_table),
        cmocka_unit_test(the_exact_test_of_one_stratum_is_fishers),
        cmocka_unit_test(the_exact_test_of_two_strata_agrees_with_counting),
        cmocka_unit_test(a_trend_knows_no_scale_and_no_order),
        cmocka_unit_test(the_departments_turn_the_crude_odds_round),
        cmocka_unit_test(strata_without_an_answer_say_so),
        cmocka_unit_test(swapping_the_arms_turns_amounts_round),
        cmocka_unit_test(ranks_and_shifts_agree_with_counting_pairs),
        cmocka_unit_test(the_exact_rank_test_agrees_with_every_order),
        cmocka_unit_test(without_censoring_a_curve_is_the_plain_share),
        cmocka_unit_test(a_log_rank_test_knows_no_arm_and_no_pieces),
        cmocka_unit_test(amounts_and_times_without_an_answer_say_so),
        cmocka_unit_test(what_is_needed_is_enough_and_no_more),
        cmocka_unit_test(sensitivity_knows_no_direction),
        cmocka_unit_test(missing_outcomes_are_bounded),
        cmocka_unit_test(a_shrunken_rate_lies_between_its_own_and_all),
        cmocka_unit_test(the_beta_binomial_fit_is_a_top),
        cmocka_unit_test(funnel_limits_hold_the_common_rate),
        cmocka_unit_test(groups_without_an_answer_say_so),
        cmocka_unit_test(replicates_depend_on_seed_and_id_alone),
        cmocka_unit_test(resampled_cells_keep_their_sum_and_their_law),
        cmocka_unit_test(a_handful_of_rows_is_drawn_one_by_one),
        cmocka_unit_test(a_permutation_test_tends_to_the_exact_one),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
