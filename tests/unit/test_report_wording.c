/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a state allows to be said, and that texts are filled whole or not at all.
 */
#include <math.h>

#include "report/wording.h"
#include "support/assert.h"

static sg_estimate estimate_of(double value, double low, double high, double p, sg_result_status status)
{
    return (sg_estimate){
        .estimate = value, .ci_low = low, .ci_high = high, .p_adjusted = p, .status = status};
}

/* The estimate as a difference of results, judged as theirs are: at 95 per cent, with a margin of 5 points. */
static sg_estimate judged(const sg_estimate *e)
{
    SG_CLEANUP(sg_results_cleanup) sg_results *results = sg_results_new();
    sg_estimate one = *e;

    assert_non_null(results);
    one.estimand = "gap";
    results->facts.confidence = 0.95;
    results->facts.equivalence_margin = 0.05;
    results->estimates = &one;
    results->n_estimates = 1;
    sg_results_judge(results);
    return one;
}

static void a_difference_is_called_one_only_where_interval_and_corrected_p_agree(void **state)
{
    const double blank = nan("");
    const struct {
        sg_estimate e;
        sg_says says;
    } cases[] = {
        {estimate_of(0.098, 0.041, 0.154, 0.002, SG_ESTIMATE_OK), SG_SAYS_HIGHER},
        {estimate_of(-0.098, -0.154, -0.041, 0.002, SG_ESTIMATE_OK), SG_SAYS_LOWER},
        {estimate_of(0.098, 0.041, 0.154, 0.0501, SG_ESTIMATE_OK), SG_SAYS_UNCLEAR},
        {estimate_of(0.098, 0.041, 0.154, 0.05, SG_ESTIMATE_OK), SG_SAYS_HIGHER},
        {estimate_of(0.098, -0.001, 0.154, 0.04, SG_ESTIMATE_OK), SG_SAYS_UNCLEAR},
        {estimate_of(0.098, 0, 0.154, 0.04, SG_ESTIMATE_OK), SG_SAYS_UNCLEAR},
        {estimate_of(0.098, 0.041, 0.154, blank, SG_ESTIMATE_OK), SG_SAYS_UNCLEAR},
        {estimate_of(0.5, 0.3, 0.7, 0.0001, SG_ESTIMATE_SMALL_SAMPLE), SG_SAYS_SMALL},
        {estimate_of(blank, blank, blank, blank, SG_ESTIMATE_SUPPRESSED), SG_SAYS_HIDDEN},
        {estimate_of(blank, blank, blank, blank, SG_ESTIMATE_NOT_ESTIMABLE), SG_SAYS_NOTHING},
        {estimate_of(blank, blank, blank, blank, SG_ESTIMATE_GATED), SG_SAYS_NOTHING},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sg_estimate e = judged(&cases[i].e);

        assert_int_equal(sg_says_of(&e), cases[i].says);
    }
    assert_int_equal(sg_says_of(NULL), SG_SAYS_ABSENT);
}

static void a_gap_has_one_of_three_verdicts(void **state)
{
    const double blank = nan("");
    const struct {
        sg_estimate e;
        sg_verdict verdict;
    } cases[] = {
        {estimate_of(-0.11, -0.18, -0.04, 0.01, SG_ESTIMATE_OK), SG_VERDICT_GAP},
        {estimate_of(0.03, 0.01, 0.04, 0.01, SG_ESTIMATE_OK), SG_VERDICT_GAP},
        {estimate_of(0.03, 0.01, 0.04, 0.2, SG_ESTIMATE_OK), SG_VERDICT_NO_LARGE},
        {estimate_of(0.01, -0.049, 0.049, 0.8, SG_ESTIMATE_OK), SG_VERDICT_NO_LARGE},
        {estimate_of(0.01, -0.05, 0.049, 0.8, SG_ESTIMATE_OK), SG_VERDICT_NOT_ENOUGH},
        {estimate_of(0.01, -0.04, 0.06, 0.8, SG_ESTIMATE_OK), SG_VERDICT_NOT_ENOUGH},
        {estimate_of(-0.3, -0.5, -0.1, 0.001, SG_ESTIMATE_SMALL_SAMPLE), SG_VERDICT_NOT_ENOUGH},
        {estimate_of(blank, blank, blank, blank, SG_ESTIMATE_SUPPRESSED), SG_VERDICT_HIDDEN},
        {estimate_of(blank, blank, blank, blank, SG_ESTIMATE_NOT_ESTIMABLE), SG_VERDICT_NOTHING},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sg_estimate e = judged(&cases[i].e);

        assert_int_equal(sg_verdict_of(&e), cases[i].verdict);
    }
    assert_int_equal(sg_verdict_of(NULL), SG_VERDICT_ABSENT);
}

static void what_is_said_of_rounded_figures_is_what_was_judged_on_the_full_ones(void **state)
{
    sg_estimate full = estimate_of(0.11, 0.004, 0.22, 0.04, SG_ESTIMATE_OK), e = judged(&full);

    (void)state;
    e.ci_low = 0;
    assert_int_equal(sg_says_of(&e), SG_SAYS_HIGHER);
    assert_int_equal(sg_verdict_of(&e), SG_VERDICT_GAP);
}

static void a_text_is_filled_with_its_values_and_their_ids(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_document *doc = sg_document_new(arena);
    sg_spans spans = {0};

    (void)state;
    sg_say(doc, &spans, "index/task_finding",
           SG_VALUES({"rule", "R1", NULL}, {"file", "a.csv", NULL}, {"times", "7 times", "2024/x"},
                     {"fix", "mend it", NULL}, {"what", "it is odd", NULL}));
    sg_assert_ok(sg_document_check(doc, NULL), NULL);
    assert_int_equal(spans.n, 11);
    assert_string_equal(spans.items[5].text, "7 times");
    assert_string_equal(spans.items[5].result, "2024/x");
    assert_string_equal(sg_say_plain(doc, "index/title_edition", SG_VALUES({"name", "2024-1", NULL})),
                        "Edition 2024-1");
}

static void a_text_or_a_name_that_is_not_known_fails_the_document(void **state)
{
    static const char *const keys[] = {"index/title_edition", "index/none_such", "nowhere/title", "title",
                                       ""};
    sg_err err = {0};

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
        sg_document *doc = sg_document_new(arena);

        (void)sg_say_plain(doc, keys[i], SG_VALUES({"wrong", "x", NULL}));
        sg_assert_status(sg_document_check(doc, &err), SG_FAILED, &err);
        sg_assert_contains(err.message, keys[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_difference_is_called_one_only_where_interval_and_corrected_p_agree),
        cmocka_unit_test(a_gap_has_one_of_three_verdicts),
        cmocka_unit_test(what_is_said_of_rounded_figures_is_what_was_judged_on_the_full_ones),
        cmocka_unit_test(a_text_is_filled_with_its_values_and_their_ids),
        cmocka_unit_test(a_text_or_a_name_that_is_not_known_fails_the_document),
    };

    return cmocka_run_group_tests_name("report_wording", tests, NULL, NULL);
}
