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

/* ---- ids that look alike ---- */

#define ROWS_PER_CASE 5

/* Ids by line, from line 2 on; which is said to look like which. */
static void learners_whose_ids_look_alike_are_told_and_never_made_one(void **state)
{
    static const struct {
        const char *ids[ROWS_PER_CASE];
        const char *expected;
    } cases[] = {
        {{"1001", "1002", "1003", "0104"}, ""},                /* plain, and of one length */
        {{"1001", "1002", "1001", "1002"}, ""},                /* the same ones again */
        {{"0012", "0013", "12"}, "4 like the id on line 2\n"}, /* zeros are lost */
        {{"12", "0012", "0012"}, "3 like the id on line 2\n"},
        {{"00012", "12345", "0012", "12"}, "4 like the id on line 2\n5 like the id on line 2\n"},
        {{"1001", "1OO1"}, "3 like the id on line 2\n"}, /* O for 0 */
        {{"1001", "l001", "I001"}, "3 like the id on line 2\n4 like the id on line 2\n"},
        {{"ab12", "AB12", "Ab12"}, "3 like the id on line 2\n4 like the id on line 2\n"}, /* case */
        {{"1234", "12-34", "12 34"}, "3 like the id on line 2\n4 like the id on line 2\n"},
        {{"1-23", "12-3"}, ""}, /* hyphens that mean something */
        {{"1-23", "12-3", "123"}, "4 like the id on line 2\n"},
        {{"A1-2", "a1_2"}, "3 like the id on line 2\n"},
        {{"JOSE1",
          "JOS\xc3\x89"
          "1",
          "jose\xcc\x81"
          "1"},
         "3 like the id on line 2\n4 like the id on line 2\n"}, /* accents */
        {{"1234", "1235", "A234", "5S"}, ""},
        {{"L-0012", "L-0013", "l-0012", "L-0012"},
         "4 like the id on line 2\n"}, /* the first one's form, and others */
        {{"l-0012", "L-0012", "L-0013"}, "3 like the id on line 2\n"},
        {{"0", "00", "O"}, "3 like the id on line 2\n4 like the id on line 2\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        trial t = start_trial(SG_KIND_ENROLLMENT);
        sg_str text = {0};
        int64_t n = 0;
        sg_str_add(&text, "learner_id,college,start_date\n");
        for (; n < ROWS_PER_CASE && cases[i].ids[n] != NULL; n++)
            sg_str_printf(&text, "%s,01,2025-09-%02d\n", cases[i].ids[n], (int)n + 1);
        run_trial(&t, text.text);
        assert_int_equal(t.batch.counts.stored, n);
        assert_found(&t, "R721", cases[i].expected);
        sg_str_release(&text);
        kept_release(&t.k);
    }
}

static void the_same_id_at_two_colleges_is_no_pair_where_ids_are_a_colleges(void **state)
{
    trial t = start_trial(SG_KIND_ENROLLMENT);
    (void)state;
    t.crosswalk.learners_by_college = true;
    run_trial(&t, "learner_id,college,start_date\n12,01,2025-09-01\n012,02,2025-09-02\n012,01,2025-09-03\n12,"
                  "02,2025-09-04\n");
    assert_found(&t, "R721", "4 like the id on line 2\n5 like the id on line 3\n");
    kept_release(&t.k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_whose_latest_day_is_far_before_its_cutoff_is_told_so),
        cmocka_unit_test(learners_whose_ids_look_alike_are_told_and_never_made_one),
        cmocka_unit_test(the_same_id_at_two_colleges_is_no_pair_where_ids_are_a_colleges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
