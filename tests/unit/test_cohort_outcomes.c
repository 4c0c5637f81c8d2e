/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Outcomes of a unit, worked out by hand. Everything is text.
 *
 * The PoP lasts from 2023-09-01 to 2024-05-31, the window from 2023-10-13 to 2024-04-09 (180 days), the as-of date is 2025-06-30.
 * A gain: "DATE TYPE [SUBJECT]"; a test: "DATE INSTRUMENT SUBJECT [CUTOFF]"; a row of the outcome export: "CODE FIRST..LAST [VALUE]".
 * What is told: the outcomes that are a yes; of those that need not be known, "no:ID" where they are known to be a no; "tested?" where it is
 * not known; the day of the first like-for-like gain and of the first credential; the dollars earned.
 */
#include "support/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cohort/outcome.h"
#include "test_cohort_outcomes/cases.h"

enum { MILLION = 1000000 };

static sg_day day_of(const char *text)
{
    sg_day day = SG_DAY_NONE;
    if (!sg_day_parse(text, 10, "%Y-%m-%d", &day))
        fail_msg("'%s' is no date", text);
    return day;
}

/* ---- the learner ---- */

static void read_gain(const char *text, char *subject, sg_stored_gain *out)
{
    char day[11], type[40];
    int n = sscanf(text, "%10s %39s %39s", day, type, subject);
    assert_true(n >= 2);
    *out = (sg_stored_gain){.date = day_of(day),
                            .type = (sg_gain_type)sg_code_find(&sg_codes_gain_type, type),
                            .cutoff = day_of("2025-06-30"),
                            .subject = n == 3 ? subject : NULL};
    assert_true(out->type > 0);
}

static void read_test(const char *text, char names[2][40], sg_stored_test *out)
{
    char day[11], cutoff[11] = "2025-06-30";
    assert_true(sscanf(text, "%10s %39s %39s %10s", day, names[0], names[1], cutoff) >= 3);
    *out = (sg_stored_test){
        .date = day_of(day), .instrument = names[0], .subject = names[1], .cutoff = day_of(cutoff)};
}

static void read_outcome(const char *text, const char *up_to, sg_stored_outcome *out)
{
    char code[40], span[23];
    int value = 0, n = sscanf(text, "%39s %22s %d", code, span, &value);
    assert_true(n >= 2);
    assert_int_equal(strlen(span), 22);
    *out = (sg_stored_outcome){.code = (sg_outcome_code)sg_code_find(&sg_codes_outcome, code),
                               .first = day_of(span),
                               .last = day_of(span + 12),
                               .value = n == 3 ? (int64_t)value * MILLION : SG_BLANK,
                               .cutoff = day_of(up_to)};
    assert_true(out->code > 0);
}

typedef struct {
    sg_stored_gain gains[MAX_ROWS];
    sg_stored_test tests[MAX_ROWS];
    sg_stored_outcome outcomes[MAX_ROWS];
    char texts[2 * MAX_ROWS][2][40];
    sg_stored_enrollment row;
    sg_stored_learner learner;
} read_case;

static void read_learner(const outcome_case *c, read_case *out)
{
    sg_stored_learner *learner = &out->learner;
    *learner = (sg_stored_learner){.enrollments = &out->row,
                                   .n_enrollments = 1,
                                   .gains = out->gains,
                                   .tests = out->tests,
                                   .outcomes = out->outcomes};
    for (; c->gains[learner->n_gains] != NULL; learner->n_gains++)
        read_gain(c->gains[learner->n_gains], out->texts[learner->n_gains][0], &out->gains[learner->n_gains]);
    for (; c->tests[learner->n_tests] != NULL; learner->n_tests++)
        read_test(c->tests[learner->n_tests], out->texts[MAX_ROWS + learner->n_tests],
                  &out->tests[learner->n_tests]);
    for (; c->outcomes[learner->n_outcomes] != NULL; learner->n_outcomes++)
        read_outcome(c->outcomes[learner->n_outcomes], c->up_to, &out->outcomes[learner->n_outcomes]);
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        out->row.number[i] = SG_BLANK;
    if (c->exit_reason != NULL) {
        out->row.number[SG_ENROLLMENT_EXIT_REASON] = sg_code_find(&sg_codes_exit_reason, c->exit_reason);
        assert_true(out->row.number[SG_ENROLLMENT_EXIT_REASON] > 0);
    }
    if (c->planned != NULL)
        out->row.number[SG_ENROLLMENT_PLANNED_SERVICE_DATE] = day_of(c->planned);
}

static sg_unit_outcomes outcomes_of(const outcome_case *c)
{
    read_case read = {0};
    read_learner(c, &read);
    const sg_day first = day_of("2023-09-01"), last = day_of(c->exit != NULL ? c->exit : "2024-05-31");
    read.row.number[SG_ENROLLMENT_START_DATE] = first;
    read.row.number[SG_ENROLLMENT_END_DATE] = last;
    read.row.cutoff = day_of("2025-06-30");
    const sg_counted_row row = {
        .row = &read.row, .first = first, .last = last, .range_first = first, .range_last = last};
    const sg_pop pop = {.rows = &row,
                        .n_rows = 1,
                        .first = first,
                        .last = last,
                        .participant_day = first + 11,
                        .opens_iet_types = !c->closed_to_iet_types};
    const sg_cohort_sources sources = {
        .outcomes_up_to = c->up_to != NULL ? day_of(c->up_to) : SG_DAY_NONE,
        .tests_up_to = day_of(c->tests_to != NULL ? c->tests_to : "2025-06-30")};
    sg_config config = {0};
    config.cohort.exit_gap_days = 90;
    config.analysis.common_types = 1U << SG_GAIN_EFL_TEST | 1U << SG_GAIN_DIPLOMA;
    const sg_participant_year year = {.config = &config,
                                      .as_of = day_of(c->as_of != NULL ? c->as_of : "2025-06-30"),
                                      .sources = &sources,
                                      .learner = &read.learner,
                                      .pop = &pop,
                                      .program_year = 2023};
    return sg_outcomes_in(&year, day_of(c->from != NULL ? c->from : "2023-10-13"), day_of("2024-04-09"));
}

/* ---- what is told of it ---- */

static void test_case(void **state)
{
    const outcome_case *c = *state;
    const sg_unit_outcomes got = outcomes_of(c);
    sg_str told = {0};
    for (sg_outcome o = 0; (int)o < SG_N_SHARE_OUTCOMES; o++) {
        if (sg_outcome_is_yes(got.bits, o))
            sg_str_printf(&told, " %s", sg_outcome_text(o));
        else if (o >= SG_OUTCOME_CREDENTIAL && sg_outcome_is_known(got.bits, o))
            sg_str_printf(&told, " no:%s", sg_outcome_text(o));
    }
    if (!sg_outcome_is_known(got.bits, SG_OUTCOME_TESTED))
        sg_str_printf(&told, " tested?");
    if (got.gain_days > 0)
        sg_str_printf(&told, " day=%d", got.gain_days);
    if (got.credential_days > 0)
        sg_str_printf(&told, " credential_day=%d", got.credential_days);
    if (got.earnings != SG_BLANK)
        sg_str_printf(&told, " earned=%lld", (long long)(got.earnings / MILLION));
    const char *text = sg_str_text(&told);
    assert_string_equal(*text == ' ' ? text + 1 : text, c->told);
    sg_str_release(&told);
}

/* ---- gains ---- */

#define BY_TEST "msg_common msg efl_test "
#define TESTED " tested gain_given_tested"

static outcome_case gains[] = {
    {.name = "nothing is nothing, and what no outcome export speaks of isn't known", .told = ""},
    {.name = "a gain by test is of both kinds, and implies a test",
     .gains = {"2023-12-01 efl_test"},
     .told = "msg_common msg efl_test tested gain_given_tested day=50"},
    {.name = "a gain by credits is of no like-for-like type here",
     .gains = {"2023-12-01 efl_credit"},
     .told = "msg efl_credit"},
    {.name = "a level by postsecondary entry",
     .gains = {"2023-12-01 efl_postsecondary"},
     .told = "msg efl_postsecondary"},
    {.name = "a level by an equivalency subtest",
     .gains = {"2023-12-01 efl_hse_subtest"},
     .told = "msg efl_hse_subtest"},
    {.name = "a diploma", .gains = {"2023-12-01 diploma"}, .told = "msg_common msg diploma day=50"},
    {.name = "a secondary transcript",
     .gains = {"2023-12-01 transcript_secondary"},
     .told = "msg transcript_secondary"},
    {.name = "a postsecondary transcript",
     .gains = {"2023-12-01 transcript_postsecondary"},
     .told = "msg transcript_postsecondary"},
    {.name = "a milestone", .gains = {"2023-12-01 milestone"}, .told = "msg milestone"},
    {.name = "a skills progression",
     .gains = {"2023-12-01 skills_progression"},
     .told = "msg skills_progression"},
    {.name = "a milestone is closed to who is not in IET",
     .gains = {"2023-12-01 milestone"},
     .closed_to_iet_types = true,
     .told = ""},
    {.name = "the day before the window is out", .gains = {"2023-10-12 diploma"}, .told = ""},
    {.name = "the window's first day is day 1",
     .gains = {"2023-10-13 diploma"},
     .told = "msg_common msg diploma day=1"},
    {.name = "the window's last day is day 180",
     .gains = {"2024-04-09 diploma"},
     .told = "msg_common msg diploma day=180"},
    {.name = "the day after the window is out", .gains = {"2024-04-10 diploma"}, .told = ""},
    {.name = "the PoP's last day is in",
     .exit = "2024-01-15",
     .gains = {"2024-01-15 diploma"},
     .told = "msg_common msg diploma day=95"},
    {.name = "the day after the PoP is out",
     .exit = "2024-01-15",
     .gains = {"2024-01-16 diploma"},
     .told = ""},
    {.name = "a gain after the as-of date is out",
     .as_of = "2023-11-30",
     .gains = {"2023-12-01 diploma"},
     .told = "tested?"},
    {.name = "the first like-for-like gain sets the day, whatever came before and after it",
     .gains = {"2023-10-20 milestone", "2023-12-01 diploma", "2024-01-05 efl_test"},
     .told = "msg_common msg efl_test diploma milestone" TESTED " day=50"},
    {.name = "a gain before the window sets no day",
     .gains = {"2023-10-01 diploma", "2023-12-01 efl_test"},
     .told = BY_TEST "tested gain_given_tested day=50"},
    {.name = "reading is no mathematics",
     .gains = {"2023-12-01 efl_test reading"},
     .told = BY_TEST "efl_test_ela" TESTED " day=50"},
    {.name = "mathematics is",
     .gains = {"2023-12-01 efl_test Mathematics"},
     .told = BY_TEST "efl_test_math" TESTED " day=50"},
    {.name = "numeracy is",
     .gains = {"2023-12-01 efl_test NUMERACY"},
     .told = BY_TEST "efl_test_math" TESTED " day=50"},
    {.name = "both on one day are both",
     .gains = {"2023-12-01 efl_test math", "2023-12-01 efl_test writing"},
     .told = BY_TEST "efl_test_ela efl_test_math" TESTED " day=50"},
    {.name = "mathematics by credits is no gain by test in it",
     .gains = {"2023-12-01 efl_credit math"},
     .told = "msg efl_credit"},
};

/* ---- tests ---- */

static outcome_case tests[] = {
    {.name = "a test in the window after one before it",
     .tests = {"2023-09-05 TABE reading", "2023-12-01 TABE reading"},
     .told = "tested"},
    {.name = "a pre-test before the PoP is one, too",
     .tests = {"2023-08-20 TABE reading", "2023-12-01 TABE reading"},
     .told = "tested"},
    {.name = "one test alone is a pre-test", .tests = {"2023-12-01 TABE reading"}, .told = ""},
    {.name = "two on one day are no pre-test and post-test",
     .tests = {"2023-12-01 TABE reading", "2023-12-01 TABE reading"},
     .told = ""},
    {.name = "two in the window",
     .tests = {"2023-11-01 TABE math", "2023-11-02 TABE math"},
     .told = "tested"},
    {.name = "another subject", .tests = {"2023-09-05 TABE reading", "2023-12-01 TABE math"}, .told = ""},
    {.name = "another instrument",
     .tests = {"2023-09-05 CASAS reading", "2023-12-01 TABE reading"},
     .told = ""},
    {.name = "the earlier of the same subject is not the one right before it",
     .tests = {"2023-09-05 TABE math", "2023-09-05 TABE reading", "2023-12-01 TABE math"},
     .told = "tested"},
    {.name = "on the window's first day",
     .tests = {"2023-09-05 TABE reading", "2023-10-13 TABE reading"},
     .told = "tested"},
    {.name = "on its last day",
     .tests = {"2023-09-05 TABE reading", "2024-04-09 TABE reading"},
     .told = "tested"},
    {.name = "on the day after it",
     .tests = {"2023-09-05 TABE reading", "2024-04-10 TABE reading"},
     .told = ""},
    {.name = "on the PoP's last day",
     .exit = "2024-01-15",
     .tests = {"2023-09-05 TABE reading", "2024-01-15 TABE reading"},
     .told = "tested"},
    {.name = "after the PoP",
     .exit = "2024-01-15",
     .tests = {"2023-09-05 TABE reading", "2024-01-16 TABE reading"},
     .told = ""},
    {.name = "on the day of its delivery's cut-off",
     .tests = {"2023-09-05 TABE reading", "2023-12-01 TABE reading 2023-12-01"},
     .told = "tested"},
    {.name = "after its delivery's cut-off",
     .tests = {"2023-09-05 TABE reading", "2023-12-01 TABE reading 2023-11-30"},
     .told = ""},
    {.name = "after the as-of date",
     .as_of = "2023-11-30",
     .tests = {"2023-09-05 TABE reading", "2023-12-01 TABE reading"},
     .told = "tested?"},
    {.name = "an export of tests that is complete to the window's last day tells",
     .tests_to = "2024-04-09",
     .told = ""},
    {.name = "one that ends the day before it does not, though there was a test",
     .tests_to = "2024-04-08",
     .tests = {"2023-09-05 TABE reading", "2023-12-01 TABE reading"},
     .told = "tested?"},
    {.name = "nor though there was a gain by test",
     .tests_to = "2024-04-08",
     .gains = {"2023-12-01 efl_test"},
     .told = BY_TEST "tested? day=50"},
    {.name = "it need not tell of days after the PoP",
     .exit = "2024-01-15",
     .tests_to = "2024-01-15",
     .tests = {"2023-09-05 TABE reading", "2024-01-15 TABE reading"},
     .told = "tested"},
};

int main(void)
{
    const outcome_table tables[] = {{gains, sizeof gains / sizeof *gains},
                                    {tests, sizeof tests / sizeof *tests},
                                    sg_outcomes_of_exports,
                                    sg_outcomes_after_exit};
    static struct CMUnitTest all[128]; /* those left empty are passed over */
    size_t n = 0;
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (size_t i = 0; i < tables[t].n; i++) {
            assert_true(n < sizeof all / sizeof *all);
            all[n++] = (struct CMUnitTest){tables[t].cases[i].name, test_case, NULL, NULL,
                                           &tables[t].cases[i]};
        }
    return cmocka_run_group_tests(all, NULL, NULL);
}
