/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found of a file as a whole, once its last row is read. */
#include "test_ingest_trial.h"

/* The findings of a rule, a line each: line and detail. */
static void assert_found(const trial *t, const char *rule, const char *expected)
{
    sg_str found = {0};
    for (size_t i = 0; i < t->k.n_findings; i++)
        if (strcmp(t->k.findings[i].rule, rule) == 0)
            sg_str_printf(&found, "%lld %s\n", (long long)t->k.findings[i].line,
                          t->k.findings[i].detail != NULL ? t->k.findings[i].detail : "");
    assert_string_equal(sg_str_text(&found), expected);
    sg_str_release(&found);
}

/* ---- the latest day ---- */

static void a_file_whose_latest_day_is_far_before_its_cutoff_is_told_so(void **state)
{
    static const struct {
        const char *rows;
        int stale_days;
        const char *expected;
    } cases[] = {
        {"1,01,2025-09-01,2025-11-15\n", 60, "0 61 days\n"}, /* of 15 January 2026 */
        {"1,01,2025-09-01,2025-11-16\n", 60, ""},
        {"1,01,2025-11-16,\n2,01,2025-09-01,2025-10-01\n", 60, ""},
        {"1,01,2025-09-01,2025-11-15\n2,01,2026-02-01,\n", 60,
         "0 61 days\n"}, /* what is to come says nothing */
        {"1,01,2025-09-01,2026-03-01\n", 60, "0 136 days\n"},
        {"1,01,2020-09-01,2020-11-15\n", 0, ""}, /* not asked for */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        trial t = start_trial(SG_KIND_ENROLLMENT);
        sg_crosswalks all = {.all = &t.crosswalk, .n = 1};
        sg_ingest_options options = options_with(&all);
        sg_sink sink = keeping_sink(&t.k);
        sg_str text = {0};
        options.cutoff = options.today;
        options.stale_days = cases[i].stale_days;
        sg_str_printf(&text, "learner_id,college,start_date,end_date\n%s", cases[i].rows);
        sg_assert_ok(read_pieces("test.csv", text.text, text.length, 0, &options, &sink, &t.batch, &t.err),
                     &t.err);
        assert_found(&t, "R708", cases[i].expected);
        sg_str_release(&text);
        kept_release(&t.k);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_whose_latest_day_is_far_before_its_cutoff_is_told_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
