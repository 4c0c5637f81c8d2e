/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The estimates of a run: which there are, under which ids, of which counts, with which status, and which p-values are
 * corrected together. The statistics themselves have tests of their own; here they are given counts worked out by hand.
 */
#include "support/assert.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "skillgain/analysis.h"
#include "skillgain/stats.h"
#include "support/made_cohort.h"

static const double conf = 0.95;

/*
 * With a common gain, of all, by hue (nobody has another gain):
 *
 *            iet      comparison   together
 * amber     20/40       30/60       50/100
 * blue      18/30        5/50       23/80
 * cyan       3/10       20/40       23/50     small
 * dun        -           5/10        5/10     no IET learners
 * unknown    4/5          -          4/5      no comparison learners
 * all       45/85       60/160     105/245
 */
static const struct {
    const char *name;
    uint8_t hue;
    sg_counts iet, comparison;
} table[] = {{"amber", SG_HUE_AMBER, {20, 40}, {30, 60}},
             {"blue", SG_HUE_BLUE, {18, 30}, {5, 50}},
             {"cyan", SG_HUE_CYAN, {3, 10}, {20, 40}},
             {"dun", SG_HUE_DUN, {0, 0}, {5, 10}},
             {"unknown", SG_HUE_UNKNOWN, {4, 5}, {0, 0}}};
enum { N_TABLE = sizeof table / sizeof *table };
static const sg_counts all_iet = {45, 85}, all_comparison = {60, 160}, everyone = {105, 245};

static sg_results *analyse(const sg_made *made)
{
    const sg_analysis_options options = {.banner = "", .jobs = 1};
    sg_results *results = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_analysis_run(&made->cohort, &made->config, &options, &results, &err), &err);
    return results;
}

static sg_results *analyse_table(void)
{
    sg_made *made = sg_made_new();
    sg_results *results;

    for (size_t i = 0; i < N_TABLE; i++) {
        sg_made_add_group(made, SG_ARM_IS_IET, table[i].hue, (size_t)table[i].iet.x, (size_t)table[i].iet.n);
        sg_made_add_group(made, SG_ARM_IS_COMPARISON, table[i].hue, (size_t)table[i].comparison.x,
                          (size_t)table[i].comparison.n);
    }
    results = analyse(made);
    sg_made_free(made);
    return results;
}

/* The estimate with the id 2023/<rest>; it must be there. */
static const sg_estimate *find(const sg_results *results, const char *rest)
{
    char id[256];
    const sg_estimate *e;

    assert_in_range(snprintf(id, sizeof id, "2023/%s", rest), 6, sizeof id - 1);
    e = sg_results_estimate(results, id);
    if (!e)
        fail_msg("no estimate %s", id);
    return e;
}

/* ... of a hue, the id being 2023/OUTCOME/hue=NAME/REST. */
static const sg_estimate *find_hue(const sg_results *results, const char *outcome, const char *hue,
                                   const char *rest)
{
    char id[256];

    assert_in_range(snprintf(id, sizeof id, "%s/hue=%s/%s", outcome, hue, rest), 1, sizeof id - 1);
    return find(results, id);
}

static void expect_number(double got, double want, const char *what, const char *id)
{
    if (isnan(want) ? !isnan(got) : !sg_is_close(got, want, 1e-15, 0))
        fail_msg("%s of %s is %.17g, not %.17g", what, id, got, want);
}

static void expect_figure(const sg_estimate *e, const sg_figure *want)
{
    assert_int_equal(want->status, SG_EST_OK);
    expect_number(e->estimate, want->estimate, "estimate", e->id);
    expect_number(e->std_error, want->std_error, "std_error", e->id);
    expect_number(e->ci_low, want->low, "ci_low", e->id);
    expect_number(e->ci_high, want->high, "ci_high", e->id);
    assert_string_equal(e->note, want->note);
}

static void expect_no_figure(const sg_estimate *e, const char *note)
{
    const double figures[] = {e->estimate,  e->std_error, e->ci_low,  e->ci_high,
                              e->statistic, e->df,        e->p_value, e->p_adjusted};

    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (!isnan(figures[i]))
            fail_msg("figure %zu of %s is not blank", i, e->id);
    assert_int_equal(e->status, SG_ESTIMATE_NOT_ESTIMABLE);
    assert_string_equal(e->note, note);
}

static void expect_arms(const sg_estimate *e, sg_counts iet, sg_counts comparison)
{
    assert_int_equal(e->n_iet, iet.n);
    assert_int_equal(e->x_iet, iet.x);
    assert_int_equal(e->n_comparison, comparison.n);
    assert_int_equal(e->x_comparison, comparison.x);
}

static void expect_level(const sg_estimate *e, sg_counts level, sg_counts reference)
{
    assert_int_equal(e->n_level, level.n);
    assert_int_equal(e->x_level, level.x);
    assert_int_equal(e->n_reference, reference.n);
    assert_int_equal(e->x_reference, reference.x);
}

static const sg_counts blank_counts = {SG_COUNT_NONE, SG_COUNT_NONE};

/* ---- which there are ---- */

static void the_ids_are_sorted_unique_and_lead_to_their_estimate(void **state)
{
    sg_results *results = analyse_table();
    /* a group: 3 rates, 2 ratios, the test, the difference; everyone: two outcomes, under two more definitions of IET too, and access.
     * A level: two outcomes with 3 gaps and a closure besides; access rate and gap. */
    const size_t everyone_rows = 3 * 2 * 7 + 1, level_rows = 2 * (7 + 4) + 2;

    (void)state;
    assert_int_equal(results->n_estimates,
                     SG_MADE_DESIGNS * (everyone_rows + (SG_N_HUES + SG_N_COASTS) * level_rows));
    for (size_t i = 0; i < results->n_estimates; i++) {
        if (i > 0)
            assert_true(strcmp(results->estimates[i - 1].id, results->estimates[i].id) < 0);
        assert_ptr_equal(sg_results_estimate(results, results->estimates[i].id), &results->estimates[i]);
    }
    sg_results_free(results);
}

static void the_ids_are_those_of_the_documentation(void **state)
{
    static const char *const ids[] = {
        "msg_common/all/all/rate/wilson/landmark",
        "msg_common/all/iet/rate/wilson/naive",
        "msg_common/all/comparison/rate/wilson/landmark",
        "msg_common/all/all/risk_difference/newcombe/landmark",
        "msg/all/all/risk_difference/newcombe/naive",
        "msg/all/all/risk_ratio/log/landmark",
        "msg/all/all/odds_ratio/log/landmark",
        "msg_common/all/all/independence/n1_chisq/landmark",
        "iet/all/all/rate/wilson/landmark",
        "msg_common/hue=amber/all/risk_difference/newcombe/landmark",
        "msg_common/hue=unknown/iet/rate/wilson/landmark",
        "msg_common/hue=dun/all/independence/fisher/landmark",
        "msg_common/hue=amber/all/gap/newcombe/landmark/ref=all_others",
        "msg_common/hue=amber/iet/gap/newcombe/landmark/ref=all_others",
        "msg/hue=amber/comparison/gap/newcombe/naive/ref=all_others",
        "msg/hue=amber/all/gap_closure/mover/naive/ref=all_others",
        "iet/hue=amber/all/rate/wilson/landmark",
        "iet/hue=amber/all/gap/newcombe/landmark/ref=all_others",
        "msg_common/coast=sea%2Fland/all/risk_difference/newcombe/landmark",
    };
    sg_results *results = analyse_table();

    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        (void)find(results, ids[i]);
    sg_results_free(results);
}

/* ---- rates, differences, ratios ---- */

/* Newcombe 1998, Stat Med 17:873, table II, row a: 56/70 - 48/80, method 10: 0.0524 to 0.3339. */
static void the_difference_of_a_published_example_is_found(void **state)
{
    sg_made *made = sg_made_new();
    const sg_estimate *e;
    sg_results *results;

    (void)state;
    sg_made_add_group(made, SG_ARM_IS_IET, SG_HUE_CYAN, 56, 70);
    sg_made_add_group(made, SG_ARM_IS_COMPARISON, SG_HUE_CYAN, 48, 80);
    results = analyse(made);
    e = find(results, "msg_common/all/all/risk_difference/newcombe/landmark");
    sg_assert_close(e->estimate, 0.2, 1e-15, 0);
    sg_assert_close(e->ci_low, 0.0524, 5e-5, 0);
    sg_assert_close(e->ci_high, 0.3339, 5e-5, 0);
    assert_int_equal(e->status, SG_ESTIMATE_OK);
    sg_results_free(results);
    sg_made_free(made);
}

static void rates_are_of_each_subset_with_its_counts(void **state)
{
    const sg_counts groups[] = {everyone, all_iet, all_comparison};
    static const char *const ids[] = {"msg_common/all/all/rate/wilson/landmark",
                                      "msg_common/all/iet/rate/wilson/landmark",
                                      "msg_common/all/comparison/rate/wilson/landmark"};
    sg_results *results = analyse_table();

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const sg_estimate *e = find(results, ids[i]);
        sg_figure want = sg_rate_wilson(groups[i], conf);

        expect_figure(e, &want);
        expect_level(e, groups[i], blank_counts);
        expect_arms(e, i == 1 ? groups[i] : blank_counts, i == 2 ? groups[i] : blank_counts);
        assert_true(isnan(e->p_value) && isnan(e->p_adjusted));
        assert_string_equal(e->reference, "");
    }
    sg_results_free(results);
}

static void differences_and_ratios_are_iet_against_comparison(void **state)
{
    sg_results *results = analyse_table();

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const sg_figure difference = sg_rd_newcombe(table[i].iet, table[i].comparison, conf),
                        ratio = sg_rr_log(table[i].iet, table[i].comparison, conf),
                        odds = sg_or_log(table[i].iet, table[i].comparison, conf);
        const sg_estimate *d = find_hue(results, "msg_common", table[i].name,
                                        "all/risk_difference/newcombe/landmark"),
                          *rr = find_hue(results, "msg_common", table[i].name, "all/risk_ratio/log/landmark"),
                          * or
                          = find_hue(results, "msg_common", table[i].name, "all/odds_ratio/log/landmark");

        expect_figure(d, &difference);
        expect_figure(rr, &ratio);
        expect_figure(or, &odds);
        expect_arms(d, table[i].iet, table[i].comparison);
        expect_arms(rr, table[i].iet, table[i].comparison);
        expect_arms(or, table[i].iet, table[i].comparison);
        expect_level(d, blank_counts, blank_counts);
    }
    /* 20/40 and 30/60; 18/30 and 5/50; 3/10 and 20/40 */
    sg_assert_close(
        find_hue(results, "msg_common", "amber", "all/risk_difference/newcombe/landmark")->estimate, 0, 1e-15,
        0);
    sg_assert_close(
        find_hue(results, "msg_common", "blue", "all/risk_difference/newcombe/landmark")->estimate, 0.5,
        1e-15, 0);
    sg_assert_close(
        find_hue(results, "msg_common", "cyan", "all/risk_difference/newcombe/landmark")->estimate, -0.2,
        1e-15, 0);
    sg_assert_close(find_hue(results, "msg_common", "blue", "all/risk_ratio/log/landmark")->estimate, 6, 0,
                    1e-14);
    sg_results_free(results);
}

static void the_configured_confidence_makes_the_limits(void **state)
{
    sg_made *made = sg_made_new();
    const sg_figure want = sg_rd_newcombe((sg_counts){30, 60}, (sg_counts){20, 60}, 0.8),
                    rate = sg_rate_wilson((sg_counts){30, 60}, 0.8);
    sg_results *results;

    (void)state;
    sg_made_add_group(made, SG_ARM_IS_IET, SG_HUE_CYAN, 30, 60);
    sg_made_add_group(made, SG_ARM_IS_COMPARISON, SG_HUE_CYAN, 20, 60);
    made->config.analysis.confidence = 0.8;
    results = analyse(made);
    expect_figure(find(results, "msg_common/all/all/risk_difference/newcombe/landmark"), &want);
    expect_figure(find(results, "msg_common/all/iet/rate/wilson/landmark"), &rate);
    sg_results_free(results);
    sg_made_free(made);
}

/* ---- status ---- */

static void a_group_with_one_arm_has_its_rate_and_no_comparison(void **state)
{
    static const struct {
        const char *hue, *with, *without, *note;
        sg_counts group;
    } cases[] = {{"dun", "comparison", "iet", "no IET learners", {5, 10}},
                 {"unknown", "iet", "comparison", "no comparison learners", {4, 5}}};
    static const char *const compared[] = {"all/risk_difference/newcombe/landmark",
                                           "all/risk_ratio/log/landmark", "all/odds_ratio/log/landmark",
                                           "all/independence/fisher/landmark"};
    sg_results *results = analyse_table();

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char rest[64];
        const sg_figure want = sg_rate_wilson(cases[i].group, conf);

        (void)snprintf(rest, sizeof rest, "%s/rate/wilson/landmark", cases[i].with);
        expect_figure(find_hue(results, "msg_common", cases[i].hue, rest), &want);
        (void)snprintf(rest, sizeof rest, "%s/rate/wilson/landmark", cases[i].without);
        expect_no_figure(find_hue(results, "msg_common", cases[i].hue, rest), "no learners");
        for (size_t c = 0; c < sizeof compared / sizeof *compared; c++)
            expect_no_figure(find_hue(results, "msg_common", cases[i].hue, compared[c]), cases[i].note);
    }
    sg_results_free(results);
}

static void under_thirty_in_any_group_of_an_estimate_is_a_small_sample(void **state)
{
    static const struct {
        size_t n_iet, n_comparison;
        sg_result_status rate_iet, rate_comparison, difference;
    } cases[] = {{30, 30, SG_ESTIMATE_OK, SG_ESTIMATE_OK, SG_ESTIMATE_OK},
                 {29, 30, SG_ESTIMATE_SMALL_SAMPLE, SG_ESTIMATE_OK, SG_ESTIMATE_SMALL_SAMPLE},
                 {30, 29, SG_ESTIMATE_OK, SG_ESTIMATE_SMALL_SAMPLE, SG_ESTIMATE_SMALL_SAMPLE},
                 {400, 1, SG_ESTIMATE_OK, SG_ESTIMATE_SMALL_SAMPLE, SG_ESTIMATE_SMALL_SAMPLE}};
    static const char *const compared[] = {"risk_difference/newcombe", "risk_ratio/log", "odds_ratio/log"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sg_made *made = sg_made_new();
        sg_results *results;
        char id[96];

        sg_made_add_group(made, SG_ARM_IS_IET, SG_HUE_CYAN, 9, cases[i].n_iet);
        sg_made_add_group(made, SG_ARM_IS_COMPARISON, SG_HUE_CYAN, 0, cases[i].n_comparison);
        results = analyse(made);
        assert_int_equal(find(results, "msg_common/all/iet/rate/wilson/landmark")->status, cases[i].rate_iet);
        assert_int_equal(find(results, "msg_common/hue=cyan/comparison/rate/wilson/landmark")->status,
                         cases[i].rate_comparison);
        for (size_t c = 0; c < sizeof compared / sizeof *compared; c++) {
            (void)snprintf(id, sizeof id, "msg_common/hue=cyan/all/%s/landmark", compared[c]);
            assert_int_equal(find(results, id)->status, cases[i].difference);
            assert_true(isfinite(find(results, id)->estimate) != 0);
        }
        sg_results_free(results);
        sg_made_free(made);
    }
}

/* 29 blue learners in one arm, 100 in every other group. */
static void a_gap_is_a_small_sample_where_its_reference_is_small(void **state)
{
    static const char *const gap[] = {"iet/gap/newcombe/landmark/ref=all_others",
                                      "comparison/gap/newcombe/landmark/ref=all_others"};

    (void)state;
    for (int small = 0; small < 2; small++) {
        sg_made *made = sg_made_new();
        sg_results *results;

        for (int arm = 0; arm < 2; arm++) {
            sg_made_add_group(made, arm ? SG_ARM_IS_COMPARISON : SG_ARM_IS_IET, SG_HUE_CYAN, 50, 100);
            sg_made_add_group(made, arm ? SG_ARM_IS_COMPARISON : SG_ARM_IS_IET, SG_HUE_BLUE, 5,
                              arm == small ? 29 : 100);
        }
        results = analyse(made);
        assert_int_equal(find_hue(results, "msg", "cyan", gap[small])->status, SG_ESTIMATE_SMALL_SAMPLE);
        assert_int_equal(find_hue(results, "msg", "cyan", gap[!small])->status, SG_ESTIMATE_OK);
        assert_int_equal(find(results, "msg/hue=cyan/all/gap/newcombe/landmark/ref=all_others")->status,
                         SG_ESTIMATE_OK);
        /* one small group of the four is enough */
        assert_int_equal(find(results, "msg/hue=cyan/all/gap_closure/mover/landmark/ref=all_others")->status,
                         SG_ESTIMATE_SMALL_SAMPLE);
        assert_int_equal(find(results, "msg/hue=blue/all/gap_closure/mover/landmark/ref=all_others")->status,
                         SG_ESTIMATE_SMALL_SAMPLE);
        sg_results_free(results);
        sg_made_free(made);
    }
}

/* ---- gaps, closure, access ---- */

static sg_counts together(sg_counts a, sg_counts b)
{
    return (sg_counts){a.x + b.x, a.n + b.n};
}

static sg_counts without(sg_counts all, sg_counts part)
{
    return (sg_counts){all.x - part.x, all.n - part.n};
}

static void gaps_are_to_everyone_else_of_the_same_subset_unknown_included(void **state)
{
    sg_results *results = analyse_table();

    (void)state;
    for (size_t i = 0; i < N_TABLE; i++) {
        const sg_counts level[] = {together(table[i].iet, table[i].comparison), table[i].iet,
                                   table[i].comparison};
        const sg_counts of[] = {everyone, all_iet, all_comparison};
        static const char *const rest[] = {"all/gap/newcombe/landmark/ref=all_others",
                                           "iet/gap/newcombe/landmark/ref=all_others",
                                           "comparison/gap/newcombe/landmark/ref=all_others"};

        for (size_t s = 0; s < 3; s++) {
            const sg_estimate *e = find_hue(results, "msg_common", table[i].name, rest[s]);
            const sg_figure want = sg_gap(level[s], without(of[s], level[s]), conf);

            assert_string_equal(e->reference, "all_others");
            expect_level(e, level[s], without(of[s], level[s]));
            if (level[s].n == 0) {
                expect_no_figure(e, want.note);
                continue;
            }
            expect_figure(e, &want);
            sg_assert_close(e->p_value, sg_p_2x2(level[s], without(of[s], level[s])).p_value, 0, 1e-15);
        }
    }
    /* blue in IET: 18/30 against 27/55 */
    sg_assert_close(
        find_hue(results, "msg_common", "blue", "iet/gap/newcombe/landmark/ref=all_others")->estimate,
        0.6 - 27.0 / 55, 1e-15, 0);
    sg_results_free(results);
}

static void the_difference_of_gaps_is_of_four_groups(void **state)
{
    sg_results *results = analyse_table();

    (void)state;
    for (size_t i = 0; i < N_TABLE; i++) {
        const sg_counts others_iet = without(all_iet, table[i].iet),
                        others_comparison = without(all_comparison, table[i].comparison);
        const sg_estimate *e = find_hue(results, "msg_common", table[i].name,
                                        "all/gap_closure/mover/landmark/ref=all_others");
        const sg_gap_change want = sg_gap_closure(table[i].iet, others_iet, table[i].comparison,
                                                  others_comparison, conf);

        expect_arms(e, table[i].iet, table[i].comparison);
        expect_level(e, together(table[i].iet, table[i].comparison), together(others_iet, others_comparison));
        if (table[i].iet.n == 0 || table[i].comparison.n == 0) {
            expect_no_figure(e, want.closure.note);
            continue;
        }
        expect_figure(e, &want.closure);
        expect_number(e->statistic, want.closure.statistic, "statistic", e->id);
        expect_number(e->p_value, want.closure.p_value, "p_value", e->id);
    }
    /* blue: (18/30 - 27/55) - (5/50 - 55/110) */
    sg_assert_close(
        find_hue(results, "msg_common", "blue", "all/gap_closure/mover/landmark/ref=all_others")->estimate,
        (0.6 - 27.0 / 55) + 0.4, 1e-15, 0);
    sg_results_free(results);
}

/* Of those compared, the share in IET: 85/245 of all, 40/100 of amber, 30/80 of blue, ... */
static void access_is_the_share_of_the_compared_that_is_in_iet(void **state)
{
    const sg_counts all = {85, 245};
    sg_results *results = analyse_table();
    const sg_figure overall = sg_rate_wilson(all, conf);

    (void)state;
    expect_figure(find(results, "iet/all/all/rate/wilson/landmark"), &overall);
    for (size_t i = 0; i < N_TABLE; i++) {
        const sg_counts level = {table[i].iet.n, table[i].iet.n + table[i].comparison.n};
        const sg_estimate *rate = find_hue(results, "iet", table[i].name, "all/rate/wilson/landmark"),
                          *gap = find_hue(results, "iet", table[i].name,
                                          "all/gap/newcombe/landmark/ref=all_others");
        const sg_figure want_rate = sg_rate_wilson(level, conf),
                        want_gap = sg_gap(level, without(all, level), conf);

        expect_figure(rate, &want_rate);
        expect_figure(gap, &want_gap);
        expect_level(gap, level, without(all, level));
        assert_int_equal(gap->status, level.n < 30 ? SG_ESTIMATE_SMALL_SAMPLE : SG_ESTIMATE_OK);
    }
    sg_results_free(results);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ids_are_sorted_unique_and_lead_to_their_estimate),
        cmocka_unit_test(the_ids_are_those_of_the_documentation),
        cmocka_unit_test(the_difference_of_a_published_example_is_found),
        cmocka_unit_test(rates_are_of_each_subset_with_its_counts),
        cmocka_unit_test(differences_and_ratios_are_iet_against_comparison),
        cmocka_unit_test(the_configured_confidence_makes_the_limits),
        cmocka_unit_test(a_group_with_one_arm_has_its_rate_and_no_comparison),
        cmocka_unit_test(under_thirty_in_any_group_of_an_estimate_is_a_small_sample),
        cmocka_unit_test(a_gap_is_a_small_sample_where_its_reference_is_small),
        cmocka_unit_test(gaps_are_to_everyone_else_of_the_same_subset_unknown_included),
        cmocka_unit_test(the_difference_of_gaps_is_of_four_groups),
        cmocka_unit_test(access_is_the_share_of_the_compared_that_is_in_iet),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
