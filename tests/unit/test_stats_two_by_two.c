/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <math.h>

#include "skillgain/stats.h"

typedef sg_figure arm_method(sg_counts iet, sg_counts comparison, double conf);

static arm_method *const METHODS[] = {
    sg_rd_newcombe, sg_rd_miettinen_nurminen, sg_rr_log, sg_or_log, sg_rr_score,
    sg_cohen_h,     sg_odds_ratio_conditional};
enum { N_METHODS = sizeof METHODS / sizeof *METHODS };

static void assert_refused(sg_figure f, const char *note)
{
    assert_int_equal(f.status, SG_EST_NOT_ESTIMABLE);
    assert_string_equal(f.note, note);
    assert_true(isnan(f.estimate) && isnan(f.std_error) && isnan(f.low) && isnan(f.high) &&
                isnan(f.statistic) && isnan(f.p_value));
}

/* Newcombe 1998, Statistics in Medicine 17:873, table II: methods 6 (Miettinen-Nurminen) and 10 (hybrid
 * score). */
static void published_intervals_of_a_difference_are_reproduced(void **state)
{
    static const struct {
        sg_counts first, second;
        double score[2], hybrid[2];
    } cases[] = {
        {{56, 70}, {48, 80}, {0.0528, 0.3382}, {0.0524, 0.3339}},
        {{9, 10}, {3, 10}, {0.1700, 0.8406}, {0.1705, 0.8090}},
        {{6, 7}, {2, 7}, {0.0342, 0.8534}, {0.0582, 0.8062}},
        {{5, 56}, {0, 29}, {-0.0326, 0.1933}, {-0.0381, 0.1926}},
        {{0, 10}, {0, 20}, {-0.1658, 0.2844}, {-0.1611, 0.2775}},
        {{0, 10}, {0, 10}, {-0.2879, 0.2879}, {-0.2775, 0.2775}},
        {{10, 10}, {0, 20}, {0.7156, 1.0000}, {0.6791, 1.0000}},
        {{10, 10}, {0, 10}, {0.6636, 1.0000}, {0.6075, 1.0000}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sg_figure score = sg_rd_miettinen_nurminen(cases[i].first, cases[i].second, 0.95);
        const sg_figure hybrid = sg_rd_newcombe(cases[i].first, cases[i].second, 0.95);
        sg_assert_close(score.low, cases[i].score[0], 5e-5, 0.0);
        sg_assert_close(score.high, cases[i].score[1], 5e-5, 0.0);
        sg_assert_close(hybrid.low, cases[i].hybrid[0], 5e-5, 0.0);
        sg_assert_close(hybrid.high, cases[i].hybrid[1], 5e-5, 0.0);
    }
}

static void an_empty_arm_is_named(void **state)
{
    const sg_counts some = {2, 5}, empty = {0, 0};

    (void)state;
    for (size_t i = 0; i < N_METHODS; i++) {
        assert_refused(METHODS[i](empty, some, 0.95), "no IET learners");
        assert_refused(METHODS[i](some, empty, 0.95), "no comparison learners");
        assert_refused(METHODS[i](empty, empty, 0.95), "no learners");
    }
    assert_string_equal(sg_number_needed(some, empty, 0.95).note, "no comparison learners");
    assert_true(isnan(sg_number_needed(some, empty, 0.95).number));
    assert_string_equal(sg_p_2x2(empty, some).note, "no IET learners");
    assert_true(isnan(sg_p_2x2(empty, some).p_value));
    assert_string_equal(sg_fisher(some, empty).note, "no comparison learners");
    assert_string_equal(sg_chi_square_2x2(empty, empty).note, "no learners");
}

static void impossible_counts_and_levels_are_refused(void **state)
{
    const sg_counts some = {2, 5}, impossible = {6, 5}, negative = {-1, 0};

    (void)state;
    for (size_t i = 0; i < N_METHODS; i++) {
        assert_refused(METHODS[i](impossible, some, 0.95), "counts that cannot be");
        assert_refused(METHODS[i](some, negative, 0.95), "counts that cannot be");
        assert_refused(METHODS[i](some, some, 1.0), "a level of confidence outside 0 to 1");
        assert_refused(METHODS[i](some, some, nan("")), "a level of confidence outside 0 to 1");
    }
    assert_int_equal(sg_p_2x2(impossible, some).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_boschloo(some, impossible).status, SG_EST_NOT_ESTIMABLE);
}

static void two_arms_without_or_with_all_have_a_difference_and_no_odds(void **state)
{
    const sg_counts none1 = {0, 8}, none0 = {0, 25}, all1 = {8, 8}, all0 = {25, 25};

    (void)state;
    const sg_figure none = sg_rd_newcombe(none1, none0, 0.95), all = sg_rd_newcombe(all1, all0, 0.95);
    assert_true(none.status == SG_EST_OK && none.estimate == 0.0 && none.low < 0.0 && none.high > 0.0);
    assert_string_equal(none.note, "none");
    assert_true(all.status == SG_EST_OK && all.estimate == 0.0);
    assert_string_equal(all.note, "all");
    assert_true(sg_p_2x2(none1, none0).p_value == 1.0 && sg_p_2x2(all1, all0).p_value == 1.0);
    assert_refused(sg_rr_log(none1, none0, 0.95), "none with the outcome");
    assert_refused(sg_rr_score(none1, none0, 0.95), "none with the outcome");
    assert_refused(sg_or_log(none1, none0, 0.95), "none with the outcome");
    assert_refused(sg_or_log(all1, all0, 0.95), "all with the outcome");
    assert_int_equal(sg_rr_log(all1, all0, 0.95).status, SG_EST_OK);
}

static void a_half_is_added_to_each_cell_when_one_is_0(void **state)
{
    (void)state;
    const sg_figure odds = sg_or_log((sg_counts){4, 4}, (sg_counts){1, 3}, 0.95);
    const sg_figure risk = sg_rr_log((sg_counts){4, 4}, (sg_counts){1, 3}, 0.95);
    /* 4.5, 0.5 against 1.5, 2.5 */
    assert_string_equal(odds.note, "0.5 added");
    sg_assert_close(odds.estimate, 15.0, 1e-12, 0.0);
    sg_assert_close(odds.std_error, sqrt(1.0 / 4.5 + 2.0 + 1.0 / 1.5 + 0.4), 1e-14, 0.0);
    sg_assert_close(risk.estimate, (4.5 / 5.0) / (1.5 / 4.0), 1e-14, 0.0);
    assert_string_equal(sg_or_log((sg_counts){3, 4}, (sg_counts){1, 3}, 0.95).note, "");
}

static void a_ratio_without_an_upper_limit_says_so(void **state)
{
    (void)state;
    const sg_figure f = sg_rr_score((sg_counts){5, 9}, (sg_counts){0, 9}, 0.95);
    assert_int_equal(f.status, SG_EST_OK);
    assert_true(isinf(f.estimate) && isinf(f.high) && f.low > 1.0 && isfinite(f.low));
    assert_string_equal(f.note, "no upper limit");
    const sg_figure g = sg_rr_score((sg_counts){0, 9}, (sg_counts){5, 9}, 0.95);
    assert_true(g.estimate == 0.0 && g.low == 0.0 && g.high < 1.0);
}

static void opposite_arms_are_their_own_limit(void **state)
{
    (void)state;
    const sg_figure f = sg_rd_miettinen_nurminen((sg_counts){3, 3}, (sg_counts){0, 4}, 0.95);
    assert_true(f.estimate == 1.0 && f.high == 1.0 && f.low < 1.0);
    const sg_figure g = sg_rd_miettinen_nurminen((sg_counts){0, 3}, (sg_counts){4, 4}, 0.95);
    assert_true(g.estimate == -1.0 && g.low == -1.0 && g.high > -1.0);
}

static void without_a_difference_the_number_needed_is_infinite(void **state)
{
    (void)state;
    const sg_needed needed = sg_number_needed((sg_counts){30, 60}, (sg_counts){30, 60}, 0.95);
    assert_int_equal(needed.status, SG_EST_OK);
    assert_true(isinf(needed.number) && needed.through_infinity);
    assert_true(needed.at_low < 0.0 && needed.at_high > 0.0);
}

/* Cells 10, 20 and 30, 40: the figures follow from 100 (10*40 - 20*30)^2 / (30*70*40*60). */
static void chi_square_figures_follow_from_the_cells(void **state)
{
    (void)state;
    const sg_chi_square chi = sg_chi_square_2x2((sg_counts){10, 30}, (sg_counts){30, 70});
    sg_assert_close(chi.x2, 100.0 * 40000.0 / 5040000.0, 0.0, 1e-14);
    sg_assert_close(chi.x2_n1, 99.0 * 40000.0 / 5040000.0, 0.0, 1e-14);
    sg_assert_close(chi.x2_yates, 100.0 * 150.0 * 150.0 / 5040000.0, 0.0, 1e-13); /* |ad - bc| less N/2 */
    sg_assert_close(chi.z * chi.z, chi.x2, 0.0, 1e-14);
    assert_true(chi.z < 0.0);
    sg_assert_close(chi.min_expected, 12.0, 0.0, 1e-15);
}

static void without_variation_there_is_no_chi_square(void **state)
{
    (void)state;
    const sg_chi_square none = sg_chi_square_2x2((sg_counts){0, 4}, (sg_counts){0, 4});
    const sg_chi_square all = sg_chi_square_2x2((sg_counts){4, 4}, (sg_counts){4, 4});
    assert_int_equal(none.status, SG_EST_NOT_ESTIMABLE);
    assert_string_equal(none.note, "none with the outcome");
    assert_string_equal(all.note, "all with the outcome");
    assert_true(isnan(none.x2) && isnan(none.p_n1) && isnan(none.phi) && none.min_expected == 0.0);
}

static void the_printed_p_changes_its_method_at_an_expected_count_of_1(void **state)
{
    (void)state;
    /* least expected: 10 * 2 / 20 = 1, and 9 * 2 / 19 below it */
    const sg_test at = sg_p_2x2((sg_counts){2, 10}, (sg_counts){0, 10}),
                  below = sg_p_2x2((sg_counts){2, 9}, (sg_counts){0, 10});
    assert_string_equal(at.method, "n1_chisq");
    assert_true(at.df == 1.0 && at.statistic > 0.0);
    assert_string_equal(below.method, "fisher");
    assert_true(isnan(below.statistic) && isnan(below.df));
    sg_assert_close(below.p_value, 36.0 / 171.0, 0.0,
                    1e-12); /* 9*8/2 of 19*18/2 tables; (0, 2) is likelier */
}

static void empty_rows_and_columns_are_left_out(void **state)
{
    static const int64_t full[] = {20, 15, 35, 30}, with_empty[] = {20, 0, 15, 0, 0, 0, 35, 0, 30};
    static const int64_t row[] = {3, 4, 0, 0}, negative[] = {1, 2, 3, -1};

    (void)state;
    const sg_chi_square_table a = sg_chi_square_rxc(full, 2, 2), b = sg_chi_square_rxc(with_empty, 3, 3);
    assert_int_equal(b.status, SG_EST_OK);
    assert_true(a.x2 == b.x2 && a.df == b.df && a.p == b.p && a.cramer_v_corrected == b.cramer_v_corrected);
    assert_int_equal(sg_chi_square_rxc(row, 2, 2).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_chi_square_rxc(negative, 2, 2).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_chi_square_rxc(NULL, 0, 0).status, SG_EST_NOT_ESTIMABLE);
    assert_string_equal(sg_chi_square_rxc(row, 2, 2).note, "fewer than two rows or columns");
}

static void a_tiny_table_has_no_corrected_cramer_v(void **state)
{
    static const int64_t diagonal[] = {1, 0, 0, 1};

    (void)state;
    const sg_chi_square_table t = sg_chi_square_rxc(diagonal, 2, 2);
    assert_int_equal(t.status, SG_EST_OK);
    sg_assert_close(t.cramer_v, 1.0, 1e-15, 0.0);
    assert_true(isnan(t.cramer_v_corrected));
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
        cmocka_unit_test(published_intervals_of_a_difference_are_reproduced),
        cmocka_unit_test(an_empty_arm_is_named),
        cmocka_unit_test(impossible_counts_and_levels_are_refused),
        cmocka_unit_test(two_arms_without_or_with_all_have_a_difference_and_no_odds),
        cmocka_unit_test(a_half_is_added_to_each_cell_when_one_is_0),
        cmocka_unit_test(a_ratio_without_an_upper_limit_says_so),
        cmocka_unit_test(opposite_arms_are_their_own_limit),
        cmocka_unit_test(without_a_difference_the_number_needed_is_infinite),
        cmocka_unit_test(chi_square_figures_follow_from_the_cells),
        cmocka_unit_test(without_variation_there_is_no_chi_square),
        cmocka_unit_test(the_printed_p_changes_its_method_at_an_expected_count_of_1),
        cmocka_unit_test(empty_rows_and_columns_are_left_out),
        cmocka_unit_test(a_tiny_table_has_no_corrected_cramer_v),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
