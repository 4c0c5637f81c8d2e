/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <math.h>

#include "skillgain/stats.h"

static void assert_refused(sg_figure f, const char *note)
{
    assert_int_equal(f.status, SG_EST_NOT_ESTIMABLE);
    assert_string_equal(f.note, note);
    assert_true(isnan(f.estimate) && isnan(f.low) && isnan(f.high));
}

static void a_gap_without_learners_on_one_side_is_refused(void **state)
{
    const sg_counts some = {2, 5}, empty = {0, 0};

    (void)state;
    assert_refused(sg_gap(empty, some, 0.95), "no learners in the level");
    assert_refused(sg_gap(some, empty, 0.95), "no learners in the reference");
    assert_refused(sg_gap_overall(empty, some, 0.95), "no learners in the level");
    assert_refused(sg_gap_overall(some, some, 0.95), "everyone is in the level");
    assert_refused(sg_gap_number(empty, 0.5, 0.95), "no learners in the level");
}

static void a_level_larger_than_everyone_is_refused(void **state)
{
    (void)state;
    assert_refused(sg_gap_overall((sg_counts){3, 5}, (sg_counts){2, 9}, 0.95), "counts that cannot be");
    assert_refused(sg_gap_overall((sg_counts){3, 9}, (sg_counts){3, 5}, 0.95), "counts that cannot be");
}

static void a_reference_number_must_be_a_share(void **state)
{
    const double cases[] = {-0.01, 1.01, 45.0, nan("")};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(sg_gap_number((sg_counts){2, 5}, cases[i], 0.95), "a reference outside 0 to 1");
    assert_int_equal(sg_gap_number((sg_counts){2, 5}, 1.0, 0.95).status, SG_EST_OK);
}

/* Wilson's interval is the set of shares that the score test does not reject: at its limits p is 1 - conf. */
static void the_test_against_a_number_is_the_one_that_wilsons_interval_inverts(void **state)
{
    static const sg_counts levels[] = {{12, 40}, {1, 30}, {29, 30}, {400, 1000}};

    (void)state;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        sg_figure rate = sg_rate_wilson(levels[i], 0.95);

        sg_assert_close(sg_gap_number(levels[i], rate.low, 0.95).p_value, 0.05, 1e-10, 0);
        sg_assert_close(sg_gap_number(levels[i], rate.high, 0.95).p_value, 0.05, 1e-10, 0);
        sg_assert_close(sg_gap_number(levels[i], rate.estimate, 0.95).p_value, 1.0, 1e-10, 0);
        assert_true(isnan(sg_gap_number(levels[i], 0.0, 0.95).p_value));
    }
}

static void the_highest_level_is_the_first_of_equals(void **state)
{
    static const sg_counts levels[] = {{0, 0}, {1, 3}, {20, 40}, {15, 30}, {2, 2}};

    (void)state;
    assert_int_equal(sg_gap_highest(levels, 5, 1), 4);
    assert_int_equal(sg_gap_highest(levels, 5, 30), 2);
    assert_int_equal(sg_gap_highest(levels, 4, 0), 2);
    assert_int_equal(sg_gap_highest(levels, 5, 40), 2);
    assert_int_equal(sg_gap_highest(levels, 5, 41), 5);
    assert_int_equal(sg_gap_highest(levels, 1, 0), 1);
    assert_int_equal(sg_gap_highest(NULL, 0, 0), 0);
}

static void an_empty_group_has_no_difference_of_gaps_and_is_named(void **state)
{
    static const char *const NOTES[4] = {"no IET learners in the level", "no IET learners in the reference",
                                         "no comparison learners in the level",
                                         "no comparison learners in the reference"};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        sg_counts groups[4] = {{3, 9}, {4, 9}, {5, 9}, {6, 9}};
        groups[i] = (sg_counts){0, 0};
        const sg_gap_change change = sg_gap_closure(groups[0], groups[1], groups[2], groups[3], 0.95);
        assert_refused(change.closure, NOTES[i]);
        assert_true(isnan(change.gap_iet) && isnan(change.relative) && !change.relative_is_told);
    }
}

static void without_variation_a_difference_of_gaps_has_no_p(void **state)
{
    (void)state;
    const sg_gap_change change = sg_gap_closure((sg_counts){5, 5}, (sg_counts){0, 5}, (sg_counts){0, 5},
                                                (sg_counts){0, 5}, 0.95);
    assert_int_equal(change.closure.status, SG_EST_OK);
    assert_true(change.closure.estimate == 1.0 && change.closure.low < 1.0 && change.closure.high > 1.0);
    assert_true(isnan(change.closure.std_error) && isnan(change.closure.statistic) &&
                isnan(change.closure.p_value));
    assert_string_equal(change.closure.note, "no variation");
    assert_true(isnan(change.relative)); /* the comparison has no gap */
}

/* A gap of -0.30 in the comparison halves in IET. */
static void a_relative_closure_is_told_only_of_a_sure_disadvantage(void **state)
{
    (void)state;
    const sg_counts level = {35, 100}, reference = {50, 100}, level0 = {200, 1000}, reference0 = {500, 1000};
    const sg_gap_change sure = sg_gap_closure(level, reference, level0, reference0, 0.95);
    sg_assert_close(sure.relative, 0.5, 1e-12, 0.0);
    assert_true(sure.relative_is_told);
    const sg_gap_change unsure = sg_gap_closure(level, reference, (sg_counts){2, 10}, (sg_counts){5, 10},
                                                0.95);
    sg_assert_close(unsure.relative, 0.5, 1e-12, 0.0);
    assert_false(unsure.relative_is_told);
    const sg_gap_change advantage = sg_gap_closure(level, reference, reference0, level0, 0.95);
    assert_false(advantage.relative_is_told);
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
        cmocka_unit_test(a_gap_without_learners_on_one_side_is_refused),
        cmocka_unit_test(a_level_larger_than_everyone_is_refused),
        cmocka_unit_test(a_reference_number_must_be_a_share),
        cmocka_unit_test(the_test_against_a_number_is_the_one_that_wilsons_interval_inverts),
        cmocka_unit_test(the_highest_level_is_the_first_of_equals),
        cmocka_unit_test(an_empty_group_has_no_difference_of_gaps_and_is_named),
        cmocka_unit_test(without_variation_a_difference_of_gaps_has_no_p),
        cmocka_unit_test(a_relative_closure_is_told_only_of_a_sure_disadvantage),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
