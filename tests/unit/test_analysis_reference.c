/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a level is held against: every kind of reference that the configuration can name. */
#include "support/assert.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "skillgain/analysis.h"
#include "skillgain/stats.h"
#include "support/made_cohort.h"

static const double conf = 0.95;
static const char *const note_chosen = "reference chosen from these data";
static const char *const hues[SG_N_HUES] = {"unknown", "cyan", "amber", "blue", "dun"};

/* Adds x of n of each hue to both arms, so that a hue's own rate is that of either arm. */
static sg_made *make_alike(const sg_counts group[SG_N_HUES])
{
    sg_made *made = sg_made_new();

    for (uint8_t hue = 0; hue < SG_N_HUES; hue++) {
        sg_made_add_group(made, SG_ARM_IS_IET, hue, (size_t)group[hue].x, (size_t)group[hue].n);
        sg_made_add_group(made, SG_ARM_IS_COMPARISON, hue, (size_t)group[hue].x, (size_t)group[hue].n);
    }
    return made;
}

/* in each arm; everyone: 84/205 */
static const sg_counts usual[SG_N_HUES] = {[SG_HUE_UNKNOWN] = {4, 5},
                                           [SG_HUE_CYAN] = {10, 50},
                                           [SG_HUE_AMBER] = {30, 60},
                                           [SG_HUE_BLUE] = {32, 80},
                                           [SG_HUE_DUN] = {8, 10}};

static sg_status try_reference(sg_made *made, const char *hue_reference, sg_results **out, sg_err *err)
{
    const sg_analysis_options options = {.banner = "", .jobs = 1};

    sg_made_refer(made, "hue", hue_reference);
    return sg_analysis_run(&made->cohort, &made->config, &options, out, err);
}

static sg_results *analyse(const sg_counts group[SG_N_HUES], const char *hue_reference)
{
    sg_made *made = make_alike(group);
    sg_results *results = NULL;
    sg_err err = {0};

    sg_assert_ok(try_reference(made, hue_reference, &results, &err), &err);
    sg_made_free(made);
    return results;
}

/* The gap of a hue in msg_common of 2023, or NULL. */
static const sg_estimate *gap_of(const sg_results *results, const char *subset, const char *hue,
                                 const char *rest)
{
    char id[128];

    assert_in_range(snprintf(id, sizeof id, "2023/msg_common/hue=%s/%s/%s", hue, subset, rest), 1,
                    sizeof id - 1);
    return sg_results_estimate(results, id);
}

static const sg_estimate *need_gap(const sg_results *results, const char *subset, const char *hue,
                                   const char *rest)
{
    const sg_estimate *e = gap_of(results, subset, hue, rest);

    if (!e)
        fail_msg("no estimate of %s in %s: %s", hue, subset, rest);
    return e;
}

static void expect_gap(const sg_estimate *e, const sg_figure *want, sg_counts reference)
{
    sg_assert_close(e->estimate, want->estimate, 1e-15, 0);
    sg_assert_close(e->ci_low, want->low, 1e-15, 0);
    sg_assert_close(e->ci_high, want->high, 1e-15, 0);
    assert_int_equal(e->n_reference, reference.n);
    assert_int_equal(e->x_reference, reference.x);
}

static sg_counts twice(sg_counts counts)
{
    return (sg_counts){2 * counts.x, 2 * counts.n};
}

/* Every hue but the reference has its gap to the reference in each subset, and a closure. */
static void expect_gaps_to_level(const sg_results *results, uint8_t reference, const char *name,
                                 const char *note)
{
    static const char *const subsets[] = {"all", "iet", "comparison"};
    char rest[96], closure[96];

    (void)snprintf(rest, sizeof rest, "gap/newcombe/landmark/ref=%s", name);
    (void)snprintf(closure, sizeof closure, "gap_closure/mover/landmark/ref=%s", name);
    for (uint8_t hue = 0; hue < SG_N_HUES; hue++)
        for (size_t s = 0; s < 3; s++) {
            const sg_counts level = s ? usual[hue] : twice(usual[hue]),
                            to = s ? usual[reference] : twice(usual[reference]);
            const sg_figure want = sg_gap(level, to, conf);
            const sg_estimate *e;

            if (hue == reference) {
                assert_null(gap_of(results, subsets[s], hues[hue], rest));
                assert_null(gap_of(results, "all", hues[hue], closure));
                continue;
            }
            e = need_gap(results, subsets[s], hues[hue], rest);
            expect_gap(e, &want, to);
            assert_string_equal(e->reference, name);
            assert_string_equal(e->note, note);
            sg_assert_close(e->p_value, sg_p_2x2(level, to).p_value, 0, 1e-15);
            assert_string_equal(need_gap(results, "all", hues[hue], closure)->note, note);
        }
}

static void a_named_level_is_the_reference_and_has_no_gap_to_itself(void **state)
{
    sg_results *results = analyse(usual, "blue");

    (void)state;
    expect_gaps_to_level(results, SG_HUE_BLUE, "blue", "");
    sg_results_free(results);
}

/* amber 60/120; dun 16/20 is higher but small, unknown 8/10 is never a reference. */
static void the_highest_is_that_of_thirty_or_more_known_learners(void **state)
{
    sg_results *results = analyse(usual, "highest");

    (void)state;
    expect_gaps_to_level(results, SG_HUE_AMBER, "highest", note_chosen);
    sg_results_free(results);
}

static void the_largest_has_the_most_known_learners(void **state)
{
    sg_results *results = analyse(usual, "largest");

    (void)state;
    expect_gaps_to_level(results, SG_HUE_BLUE, "largest", note_chosen);
    sg_results_free(results);
}

static void expect_reference_is(const sg_counts group[SG_N_HUES], const char *name, uint8_t reference)
{
    sg_results *results = analyse(group, name);
    char rest[64];

    (void)snprintf(rest, sizeof rest, "gap/newcombe/landmark/ref=%s", name);
    for (uint8_t hue = 0; hue < SG_N_HUES; hue++)
        if ((gap_of(results, "all", hues[hue], rest) == NULL) != (hue == reference))
            fail_msg("'%s': %s %s a gap", name, hues[hue], hue == reference ? "has" : "lacks");
    sg_results_free(results);
}

static void ties_go_to_the_first_name_by_bytes_not_to_the_first_level(void **state)
{
    const sg_counts same_rate[SG_N_HUES] = {[SG_HUE_CYAN] = {20, 40},
                                            [SG_HUE_AMBER] = {5, 40},
                                            [SG_HUE_BLUE] = {30, 60},
                                            [SG_HUE_DUN] = {20, 40}};
    const sg_counts same_size[SG_N_HUES] = {[SG_HUE_CYAN] = {20, 40},
                                            [SG_HUE_AMBER] = {5, 30},
                                            [SG_HUE_BLUE] = {30, 40},
                                            [SG_HUE_DUN] = {20, 40}};

    (void)state;
    expect_reference_is(same_rate, "highest", SG_HUE_BLUE);
    expect_reference_is(same_size, "largest", SG_HUE_BLUE);
}

static void unknown_is_never_chosen_however_large_or_high(void **state)
{
    const sg_counts group[SG_N_HUES] = {
        [SG_HUE_UNKNOWN] = {90, 100}, [SG_HUE_CYAN] = {20, 40}, [SG_HUE_AMBER] = {5, 60}};

    (void)state;
    expect_reference_is(group, "highest", SG_HUE_CYAN);
    expect_reference_is(group, "largest", SG_HUE_AMBER);
}

/* Both arms together: 15 in each make thirty. */
static void thirty_learners_of_both_arms_are_enough_and_fewer_are_not(void **state)
{
    const sg_counts thirty[SG_N_HUES] = {[SG_HUE_CYAN] = {14, 15}, [SG_HUE_AMBER] = {20, 40}};
    const sg_counts fewer[SG_N_HUES] = {[SG_HUE_CYAN] = {13, 14}, [SG_HUE_AMBER] = {20, 40}};

    (void)state;
    expect_reference_is(thirty, "highest", SG_HUE_CYAN);
    expect_reference_is(fewer, "highest", SG_HUE_AMBER);
}

static void where_no_level_is_large_enough_everyone_else_is_the_reference(void **state)
{
    const sg_counts small[SG_N_HUES] = {[SG_HUE_CYAN] = {5, 14}, [SG_HUE_AMBER] = {2, 10}};
    sg_results *results = analyse(small, "highest");

    (void)state;
    for (uint8_t hue = SG_HUE_CYAN; hue <= SG_HUE_AMBER; hue++) {
        const sg_estimate *e = need_gap(results, "iet", hues[hue], "gap/newcombe/landmark/ref=all_others");

        assert_int_equal(e->n_reference, 24 - small[hue].n);
        assert_string_equal(e->reference, "all_others");
        assert_string_equal(e->note, "");
    }
    assert_null(gap_of(results, "iet", "cyan", "gap/newcombe/landmark/ref=highest"));
    sg_results_free(results);
}

static void overall_holds_a_level_against_all_of_its_subset(void **state)
{
    const sg_counts everyone = {84, 205};
    sg_results *results = analyse(usual, "overall");

    (void)state;
    for (uint8_t hue = 0; hue < SG_N_HUES; hue++) {
        const sg_estimate *e = need_gap(results, "iet", hues[hue], "gap/newcombe/landmark/ref=overall");
        const sg_counts rest = {84 - usual[hue].x, 205 - usual[hue].n};
        const sg_figure want = sg_gap_overall(usual[hue], everyone, conf);

        expect_gap(e, &want, everyone);
        sg_assert_close(e->estimate, (double)usual[hue].x / (double)usual[hue].n - 84.0 / 205, 1e-14, 0);
        sg_assert_close(e->p_value, sg_p_2x2(usual[hue], rest).p_value, 0, 1e-15);
        (void)need_gap(results, "all", hues[hue], "gap_closure/mover/landmark/ref=all_others");
    }
    sg_results_free(results);
}

static void a_number_is_a_reference_without_learners(void **state)
{
    sg_results *results = analyse(usual, "0.45");

    (void)state;
    for (uint8_t hue = 0; hue < SG_N_HUES; hue++) {
        const sg_estimate *e = need_gap(results, "comparison", hues[hue], "gap/wilson/landmark/ref=0.45");
        const sg_figure want = sg_gap_number(usual[hue], 0.45, conf), rate = sg_rate_wilson(usual[hue], conf);

        expect_gap(e, &want, (sg_counts){SG_COUNT_NONE, SG_COUNT_NONE});
        sg_assert_close(e->ci_low, rate.low - 0.45, 1e-15, 0);
        sg_assert_close(e->p_value, want.p_value, 0, 1e-15);
        assert_true(e->p_adjusted >= e->p_value);
        assert_int_equal(e->status, usual[hue].n < 30 ? SG_ESTIMATE_SMALL_SAMPLE : SG_ESTIMATE_OK);
        (void)need_gap(results, "all", hues[hue], "gap_closure/mover/landmark/ref=all_others");
    }
    sg_results_free(results);
}

static void each_dimension_may_have_a_reference_of_its_own(void **state)
{
    sg_made *made = make_alike(usual);
    sg_results *results = NULL;
    sg_err err = {0};

    (void)state;
    sg_made_refer(made, "", "overall");
    sg_assert_ok(try_reference(made, "cyan", &results, &err), &err);
    assert_non_null(sg_results_estimate(results, "2023/msg/hue=amber/all/gap/newcombe/naive/ref=cyan"));
    assert_null(sg_results_estimate(results, "2023/msg/hue=cyan/all/gap/newcombe/naive/ref=cyan"));
    assert_non_null(
        sg_results_estimate(results, "2023/msg/coast=unknown/all/gap/newcombe/naive/ref=overall"));
    assert_string_equal(results->facts.reference, "overall");
    /* access is held against everyone else, whatever the outcomes are held against */
    assert_non_null(sg_results_estimate(results, "2023/iet/hue=cyan/all/gap/newcombe/naive/ref=all_others"));
    assert_non_null(
        sg_results_estimate(results, "2023/iet/coast=east/all/gap/newcombe/naive/ref=all_others"));
    sg_results_free(results);
    sg_made_free(made);
}

static void a_name_that_is_no_level_of_the_dimension_is_refused(void **state)
{
    static const char *const names[] = {"green", "unknown", "east", "Cyan", ""};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sg_made *made = make_alike(usual);
        sg_results *results = NULL;
        sg_err err = {0};
        char subject[32];

        sg_assert_status(try_reference(made, names[i], &results, &err), SG_USAGE, &err);
        assert_null(results);
        (void)snprintf(subject, sizeof subject, "'%s'", names[i]);
        sg_assert_contains(err.message, subject);
        sg_assert_contains(err.message, "'hue'");
        sg_assert_contains(err.message, "analysis.reference");
        sg_made_free(made);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_named_level_is_the_reference_and_has_no_gap_to_itself),
        cmocka_unit_test(the_highest_is_that_of_thirty_or_more_known_learners),
        cmocka_unit_test(the_largest_has_the_most_known_learners),
        cmocka_unit_test(ties_go_to_the_first_name_by_bytes_not_to_the_first_level),
        cmocka_unit_test(unknown_is_never_chosen_however_large_or_high),
        cmocka_unit_test(thirty_learners_of_both_arms_are_enough_and_fewer_are_not),
        cmocka_unit_test(where_no_level_is_large_enough_everyone_else_is_the_reference),
        cmocka_unit_test(overall_holds_a_level_against_all_of_its_subset),
        cmocka_unit_test(a_number_is_a_reference_without_learners),
        cmocka_unit_test(each_dimension_may_have_a_reference_of_its_own),
        cmocka_unit_test(a_name_that_is_no_level_of_the_dimension_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
