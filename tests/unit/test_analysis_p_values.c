/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The p-values of a run: by which test, and which of them are corrected together. */
#include "support/assert.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "skillgain/analysis.h"
#include "skillgain/stats.h"
#include "support/made_cohort.h"

static sg_results *analyse(const sg_made *made)
{
    const sg_analysis_options options = {.banner = "", .jobs = 1};
    sg_results *results = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_analysis_run(&made->cohort, &made->config, &options, &results, &err), &err);
    return results;
}

static const sg_estimate *find(const sg_results *results, const char *id)
{
    const sg_estimate *e = sg_results_estimate(results, id);

    if (!e)
        fail_msg("no estimate %s", id);
    return e;
}

/* ---- the test of a 2x2 ---- */

static sg_results *analyse_two_arms(size_t x1, size_t n1, size_t x0, size_t n0)
{
    sg_made *made = sg_made_new();
    sg_results *results;

    sg_made_add_group(made, SG_ARM_IS_IET, SG_HUE_CYAN, x1, n1);
    sg_made_add_group(made, SG_ARM_IS_COMPARISON, SG_HUE_CYAN, x0, n0);
    results = analyse(made);
    sg_made_free(made);
    return results;
}

/* 20/40 and 10/40: X2 = 80 (20*30 - 20*10)^2 / (40*40*30*50) = 16/3; times 79/80. Its p is that of a squared normal. */
static void a_large_table_is_tested_by_the_n1_chi_square(void **state)
{
    sg_results *results = analyse_two_arms(20, 40, 10, 40);
    const sg_estimate *test = find(results, "2023/msg/all/all/independence/n1_chisq/landmark"),
                      *difference = find(results, "2023/msg/all/all/risk_difference/newcombe/landmark");
    const double x2 = 16.0 / 3 * 79 / 80;

    (void)state;
    sg_assert_close(test->statistic, x2, 0, 1e-13);
    sg_assert_close(test->df, 1, 0, 0);
    sg_assert_close(test->p_value, erfc(sqrt(x2 / 2)), 0, 1e-12);
    assert_true(isnan(test->estimate) && isnan(test->std_error) && isnan(test->ci_low) &&
                isnan(test->ci_high));
    assert_int_equal(test->n_iet, 40);
    assert_int_equal(test->x_comparison, 10);
    sg_assert_close(difference->p_value, test->p_value, 0, 0);
    assert_true(isnan(difference->statistic) && isnan(difference->df));
    sg_results_free(results);
}

/* 1/2 and 1/60: the least expected count is 4/62. Of 62*61/2 = 1891 pairs, 120 have one in each arm and 1 has both in
 * IET, so that p is 121/1891. */
static void a_sparse_table_is_tested_by_fisher(void **state)
{
    sg_results *results = analyse_two_arms(1, 2, 1, 60);
    const sg_estimate *test = find(results, "2023/msg/all/all/independence/fisher/landmark"),
                      *difference = find(results, "2023/msg/all/all/risk_difference/newcombe/landmark");

    (void)state;
    sg_assert_close(test->p_value, 121.0 / 1891, 0, 1e-12);
    assert_true(isnan(test->statistic) && isnan(test->df));
    assert_int_equal(test->status, SG_ESTIMATE_SMALL_SAMPLE);
    sg_assert_close(difference->p_value, test->p_value, 0, 0);
    sg_results_free(results);
}

static void where_nobody_or_everybody_gained_p_is_one(void **state)
{
    static const struct {
        size_t x1, x0;
        const char *note;
    } cases[] = {{0, 0, "none"}, {40, 50, "all"}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        sg_results *results = analyse_two_arms(cases[i].x1, 40, cases[i].x0, 50);
        const sg_estimate *difference = find(results, "2023/msg/all/all/risk_difference/newcombe/landmark");

        assert_int_equal(difference->status, SG_ESTIMATE_OK);
        assert_string_equal(difference->note, cases[i].note);
        sg_assert_close(difference->estimate, 0, 0, 0);
        sg_assert_close(difference->p_value, 1, 0, 0);
        assert_int_equal(find(results, "2023/msg/all/all/odds_ratio/log/landmark")->status,
                         SG_ESTIMATE_NOT_ESTIMABLE);
        assert_int_equal(find(results, "2023/msg/all/all/risk_ratio/log/landmark")->status,
                         cases[i].x1 ? SG_ESTIMATE_OK : SG_ESTIMATE_NOT_ESTIMABLE);
        sg_results_free(results);
    }
}

/* ---- families ---- */

static const char *const hue_names[] = {"unknown", "cyan", "amber", "blue", "dun"};
static const char *const coast_names[] = {"unknown", "east", "sea/land"};

/* Every hue of another pattern in each arm; unknown has no comparison, dun no IET. Others' gains make msg differ. */
static sg_results *analyse_families(void)
{
    static const struct {
        uint8_t hue, coast;
        size_t n[2][4]; /* IET, comparison: no gain, common, other, both */
    } groups[] = {
        {SG_HUE_CYAN, SG_COAST_EAST, {{31, 44, 12, 3}, {80, 33, 2, 0}}},
        {SG_HUE_AMBER, SG_COAST_SEA, {{20, 21, 7, 2}, {41, 52, 1, 0}}},
        {SG_HUE_BLUE, SG_COAST_EAST, {{8, 19, 9, 1}, {60, 11, 3, 1}}},
        {SG_HUE_DUN, SG_COAST_SEA, {{0, 0, 0, 0}, {17, 5, 0, 0}}},
        {SG_HUE_UNKNOWN, SG_COAST_UNKNOWN, {{4, 9, 1, 0}, {0, 0, 0, 0}}},
    };
    sg_made *made = sg_made_new();
    sg_results *results;

    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
        for (int arm = 0; arm < 2; arm++)
            for (unsigned gained = 0; gained < 4; gained++) {
                sg_made_row row = {.arm = arm ? SG_ARM_IS_COMPARISON : SG_ARM_IS_IET,
                                   .gained = gained,
                                   .hue = groups[g].hue,
                                   .coast = groups[g].coast};
                sg_made_row other = row;

                other.gained = gained ^ SG_GAINED_OTHER;
                sg_made_add_two(made, groups[g].n[arm][gained], 2023, 0, row, other);
            }
    results = analyse(made);
    sg_made_free(made);
    return results;
}

/* A family: the levels of a dimension in the estimates 2023/OUTCOME/DIMENSION=LEVEL/REST; m of them have a p. */
typedef struct {
    const char *outcome, *dimension, *rest;
    size_t m;
} family;

static size_t find_members(const sg_results *results, const family *f, const sg_estimate **members)
{
    bool hue = !strcmp(f->dimension, "hue");
    size_t n = hue ? 5 : 3;

    for (size_t l = 0; l < n; l++) {
        const char *level = hue                                   ? hue_names[l]
                            : !strcmp(coast_names[l], "sea/land") ? "sea%2Fland"
                                                                  : coast_names[l];
        char id[160];

        (void)snprintf(id, sizeof id, "2023/%s/%s=%s/%s", f->outcome, f->dimension, level, f->rest);
        members[l] = find(results, id);
    }
    return n;
}

/* The p of a difference of gaps is of the normal law alone: where that is too coarse it is no member, lest it lend others weight. */
static bool is_left_out(const sg_estimate *e)
{
    return !strcmp(e->estimand, "gap_closure") && e->status == SG_ESTIMATE_SMALL_SAMPLE;
}

static void expect_family(const sg_results *results, const family *f)
{
    const sg_estimate *members[5];
    double p[5], adjusted[5];
    size_t n = find_members(results, f, members), m = 0;
    sg_err err = {0};

    for (size_t i = 0; i < n; i++) {
        p[i] = is_left_out(members[i]) ? nan("") : members[i]->p_value;
        m += isnan(p[i]) ? 0 : 1;
    }
    assert_int_equal(m, f->m);
    sg_assert_ok(sg_adjust_bh(p, n, adjusted, &err), &err);
    for (size_t i = 0; i < n; i++)
        if (isnan(p[i]) ? !isnan(members[i]->p_adjusted)
                        : !sg_is_close(members[i]->p_adjusted, adjusted[i], 0, 0))
            fail_msg("p_adjusted of %s is %.17g, not %.17g", members[i]->id, members[i]->p_adjusted,
                     adjusted[i]);
}

static void the_levels_of_a_dimension_are_corrected_together_by_benjamini_and_hochberg(void **state)
{
    static const char *const outcomes[] = {"msg_common", "msg"};
    /* m: the levels with both arms, or with anybody in the subset */
    static const struct {
        const char *rest;
        size_t m_hue, m_coast;
    } kinds[] = {{"all/risk_difference/newcombe/landmark", 3, 2},
                 {"all/risk_difference/newcombe/naive", 3, 2},
                 {"all/gap/newcombe/landmark/ref=all_others", 5, 3},
                 {"iet/gap/newcombe/landmark/ref=all_others", 4, 3},
                 {"comparison/gap/newcombe/landmark/ref=all_others", 4, 2},
                 {"comparison/gap/newcombe/naive/ref=all_others", 4, 2},
                 {"all/gap_closure/mover/landmark/ref=all_others", 3, 2}};
    const family access[] = {{"iet", "hue", "all/gap/newcombe/landmark/ref=all_others", 5},
                             {"iet", "coast", "all/gap/newcombe/naive/ref=all_others", 3}};
    sg_results *results = analyse_families();

    (void)state;
    for (size_t o = 0; o < 2; o++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            expect_family(results, &(family){outcomes[o], "hue", kinds[k].rest, kinds[k].m_hue});
            expect_family(results, &(family){outcomes[o], "coast", kinds[k].rest, kinds[k].m_coast});
        }
    for (size_t i = 0; i < 2; i++)
        expect_family(results, &access[i]);
    sg_results_free(results);
}

/* By hand, from three p-values: p(1) 3, p(2) 3/2, p(3), each not above the next. */
static void a_level_with_one_arm_is_not_counted_in_the_correction(void **state)
{
    sg_results *results = analyse_families();
    const family f = {"msg_common", "hue", "all/risk_difference/newcombe/landmark", 3};
    const sg_estimate *members[5], *cyan, *amber, *blue;
    double middle;

    (void)state;
    (void)find_members(results, &f, members);
    cyan = members[SG_HUE_CYAN];
    amber = members[SG_HUE_AMBER];
    blue = members[SG_HUE_BLUE];
    assert_true(blue->p_value < cyan->p_value && cyan->p_value < amber->p_value);
    middle = fmin(cyan->p_value * 1.5, amber->p_value);
    sg_assert_close(amber->p_adjusted, amber->p_value, 0, 1e-15);
    sg_assert_close(cyan->p_adjusted, middle, 0, 1e-15);
    sg_assert_close(blue->p_adjusted, fmin(blue->p_value * 3, middle), 0, 1e-15);
    assert_true(isnan(members[SG_HUE_UNKNOWN]->p_adjusted) && isnan(members[SG_HUE_DUN]->p_adjusted));
    sg_results_free(results);
}

/* Blue's six learners, none of three and three of three, have a z of far above 30, which is nothing but the want of learners. */
static void a_difference_of_gaps_of_too_few_is_not_counted_in_the_correction(void **state)
{
    const family f = {"msg_common", "hue", "all/gap_closure/mover/landmark/ref=all_others", 2};
    const sg_estimate *members[5], *cyan, *amber, *blue;
    sg_made *made = sg_made_new();
    sg_results *results;

    (void)state;
    sg_made_add_group(made, SG_ARM_IS_IET, SG_HUE_CYAN, 24, 40);
    sg_made_add_group(made, SG_ARM_IS_COMPARISON, SG_HUE_CYAN, 12, 40);
    sg_made_add_group(made, SG_ARM_IS_IET, SG_HUE_AMBER, 20, 40);
    sg_made_add_group(made, SG_ARM_IS_COMPARISON, SG_HUE_AMBER, 20, 40);
    sg_made_add_group(made, SG_ARM_IS_IET, SG_HUE_BLUE, 0, 3);
    sg_made_add_group(made, SG_ARM_IS_COMPARISON, SG_HUE_BLUE, 3, 3);
    results = analyse(made);
    (void)find_members(results, &f, members);
    cyan = members[SG_HUE_CYAN];
    amber = members[SG_HUE_AMBER];
    blue = members[SG_HUE_BLUE];
    assert_int_equal(blue->status, SG_ESTIMATE_SMALL_SAMPLE);
    assert_true(blue->p_value < 1e-10 && isnan(blue->p_adjusted));
    sg_assert_close(fmin(cyan->p_adjusted, amber->p_adjusted),
                    fmin(2 * fmin(cyan->p_value, amber->p_value), fmax(cyan->p_value, amber->p_value)), 0,
                    1e-15);
    sg_results_free(results);
    sg_made_free(made);
}

/* Two p-values: the smaller twice, the larger not below that. With `others` a learner in each arm gains otherwise. */
static void expect_holm(size_t others, bool larger_is_raised)
{
    const sg_made_row row = {.arm = SG_ARM_IS_COMPARISON, .gained = SG_GAINED_OTHER, .coast = SG_COAST_EAST};
    sg_made *made = sg_made_new();
    const sg_estimate *common, *any, *small, *large;
    sg_results *results;

    sg_made_add_group(made, SG_ARM_IS_IET, SG_HUE_CYAN, 20, 40);
    sg_made_add_group(made, SG_ARM_IS_COMPARISON, SG_HUE_CYAN, 12, 40);
    sg_made_add(made, others, 2023, 0, row);
    results = analyse(made);
    common = find(results, "2023/msg_common/all/all/risk_difference/newcombe/landmark");
    any = find(results, "2023/msg/all/all/risk_difference/newcombe/landmark");
    small = common->p_value < any->p_value ? common : any;
    large = small == common ? any : common;
    assert_true(small->p_value > 0 && small->p_value < large->p_value);
    assert_int_equal(2 * small->p_value > large->p_value, larger_is_raised);
    sg_assert_close(small->p_adjusted, fmin(1, 2 * small->p_value), 0, 1e-15);
    sg_assert_close(large->p_adjusted, fmin(1, fmax(2 * small->p_value, large->p_value)), 0, 1e-15);
    sg_results_free(results);
    sg_made_free(made);
}

static void the_differences_of_everyone_are_corrected_over_the_outcomes_by_holm(void **state)
{
    (void)state;
    expect_holm(1, true);
    expect_holm(9, false);
}

static void only_families_of_the_documentation_have_adjusted_values(void **state)
{
    static const char *const corrected[] = {"risk_difference", "gap", "gap_closure"};
    sg_results *results = analyse_families();

    (void)state;
    for (size_t i = 0; i < results->n_estimates; i++) {
        const sg_estimate *e = &results->estimates[i];
        bool wanted = false;

        for (size_t c = 0; c < 3; c++)
            wanted = wanted || !strcmp(e->estimand, corrected[c]);
        wanted = wanted && !isnan(e->p_value) && !is_left_out(e);
        if (wanted == (isnan(e->p_adjusted) != 0))
            fail_msg("p_adjusted of %s is %.17g", e->id, e->p_adjusted);
        if (wanted && !(e->p_adjusted >= e->p_value && e->p_adjusted <= 1))
            fail_msg("p_adjusted of %s is %.17g, p is %.17g", e->id, e->p_adjusted, e->p_value);
    }
    sg_results_free(results);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_table_is_tested_by_the_n1_chi_square),
        cmocka_unit_test(a_sparse_table_is_tested_by_fisher),
        cmocka_unit_test(where_nobody_or_everybody_gained_p_is_one),
        cmocka_unit_test(the_levels_of_a_dimension_are_corrected_together_by_benjamini_and_hochberg),
        cmocka_unit_test(a_level_with_one_arm_is_not_counted_in_the_correction),
        cmocka_unit_test(a_difference_of_gaps_of_too_few_is_not_counted_in_the_correction),
        cmocka_unit_test(the_differences_of_everyone_are_corrected_over_the_outcomes_by_holm),
        cmocka_unit_test(only_families_of_the_documentation_have_adjusted_values),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
