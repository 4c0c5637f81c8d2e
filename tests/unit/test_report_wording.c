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
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(sg_says_of(&cases[i].e, 0.95), cases[i].says);
    assert_int_equal(sg_says_of(NULL, 0.95), SG_SAYS_ABSENT);
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
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(sg_verdict_of(&cases[i].e, 0.95, 0.05), cases[i].verdict);
    assert_int_equal(sg_verdict_of(NULL, 0.95, 0.05), SG_VERDICT_ABSENT);
}

static void a_text_is_filled_with_its_values_and_their_ids(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_document *doc = sg_document_new(arena);
    sg_spans spans = {0};

    (void)state;
    sg_say(doc, &spans, "index/task_finding",
           SG_VALUES({"rule", "R1", NULL}, {"file", "a.csv", NULL}, {"n", "7", "2024/x"},
                     {"fix", "mend it", NULL}, {"what", "it is odd", NULL}));
    sg_assert_ok(sg_document_check(doc, NULL), NULL);
    assert_int_equal(spans.n, 10);
    assert_string_equal(spans.items[2].text, "7");
    assert_string_equal(spans.items[2].result, "2024/x");
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
        cmocka_unit_test(a_text_is_filled_with_its_values_and_their_ids),
        cmocka_unit_test(a_text_or_a_name_that_is_not_known_fails_the_document),
    };

    return cmocka_run_group_tests_name("report_wording", tests, NULL, NULL);
}
