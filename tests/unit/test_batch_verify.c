/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference values of tests/oracles, each through the adapter that claims its method; and that the comparison sees
 * what it should. */
#include "support/assert.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/batch/verify.h"
#include "skillgain/stats.h"
#include "support/tmpdir.h"

static sg_arena *arena_of(void **state)
{
    return *state;
}

/* ---- the shipped set ---- */

static sg_verify_report verify(void **state, const char *folder)
{
    sg_verify_report report = {0};
    sg_err err = {0};

    sg_assert_ok(sg_verify(folder, arena_of(state), &report, &err), &err);
    return report;
}

static void every_entry_that_a_function_claims_agrees(void **state)
{
    const sg_verify_report report = verify(state, "tests/oracles");
    size_t off = 0, unclaimed = 0;

    for (size_t i = 0; i < report.n_findings; i++) {
        const sg_verify_finding *f = &report.findings[i];
        unclaimed += f->is_unclaimed ? 1 : 0;
        if (f->is_unclaimed || f->is_corrected)
            continue;
        off++;
        print_error("%s (%s): %s\n", f->id, f->method, f->message);
    }
    assert_int_equal(off, 0);
    assert_int_equal(report.n_entries, 401);
    assert_int_equal(report.n_agree + unclaimed, report.n_entries);
}

static void one_value_is_corrected_by_its_own_equation(void **state)
{
    const sg_verify_report report = verify(state, "tests/oracles");
    size_t n = 0;

    for (size_t i = 0; i < report.n_findings; i++) {
        if (!report.findings[i].is_corrected)
            continue;
        n++;
        assert_string_equal(report.findings[i].id, "v.b.fisher_or");
        sg_assert_contains(report.findings[i].message, "or_hi[0] is 236.82");
    }
    assert_int_equal(n, 1);
}

static void the_set_in_the_program_is_the_one_of_the_sources(void **state)
{
    const sg_verify_report files = verify(state, "tests/oracles"), program = verify(state, NULL);

    assert_int_equal(files.n_entries, program.n_entries);
    assert_int_equal(files.n_agree, program.n_agree);
    assert_int_equal(files.n_values, program.n_values);
    assert_int_equal(files.n_findings, program.n_findings);
    assert_int_equal(files.n_sections, program.n_sections);
}

/* ---- who claims what ---- */

/* Calls check for each "## method" of parameters.md. */
static void for_methods(void (*check)(const char *method, void *context), void *context)
{
    char *text = sg_tmpdir_read("tests/oracles", "parameters.md", NULL);
    char *place = NULL;

    for (char *line = strtok_r(text, "\n", &place); line != NULL; line = strtok_r(NULL, "\n", &place)) {
        if (strncmp(line, "## ", 3) == 0)
            check(line + 3, context);
    }
    free(text);
}

static void list_unclaimed(const char *method, void *context)
{
    if (sg_stats_adapter_find(method) == NULL)
        sg_str_printf(context, "%s\n", method);
}

/* The list can't grow in silence, and shrinks with every method that is built. */
static void the_methods_that_nobody_claims_are_those_listed(void **state)
{
    char *listed = sg_tmpdir_read("tests/oracles", "unclaimed.txt", NULL);
    sg_str unclaimed = {0};

    (void)state;
    for_methods(list_unclaimed, &unclaimed);
    assert_string_equal(sg_str_text(&unclaimed), listed);
    sg_str_release(&unclaimed);
    free(listed);
}

typedef struct {
    const sg_stats_adapter *adapter;
    bool found;
} search;

static void look_for(const char *method, void *context)
{
    search *s = context;

    s->found = s->found || sg_stats_adapter_find(method) == s->adapter;
}

static void every_adapter_claims_a_method_that_there_is(void **state)
{
    size_t n = 0;

    (void)state;
    for (; sg_stats_adapter_at(n) != NULL; n++) {
        search s = {.adapter = sg_stats_adapter_at(n)};
        for_methods(look_for, &s);
        if (!s.found)
            fail_msg("no method is called '%s'", s.adapter->method);
    }
    assert_true(n > 0);
}

/* ---- sets of our own ---- */

static sg_verify_report verify_text(void **state, const char *entry)
{
    char *folder = sg_tmpdir_make();
    sg_verify_report report = {0};
    sg_err err = {0};
    sg_str text = {0};

    sg_str_printf(&text, "{\"entries\": [%s]}", entry);
    sg_tmpdir_write_text(folder, "expected.json", sg_str_text(&text));
    sg_tmpdir_write_text(folder, "data/made.csv",
                         "iet,msg,college,learner\n1,1,A,x\n1,0,A,x\n0,1,B,x\n0,,B,x\n");
    sg_assert_ok(sg_verify(folder, arena_of(state), &report, &err), &err);
    sg_str_release(&text);
    sg_tmpdir_remove(folder);
    return report;
}

/* 8 of 20 by Wilson, which is 0.4; whether it agrees. */
static bool wilson_agrees(void **state, const char *expect)
{
    char entry[512];

    assert_true(
        snprintf(entry, sizeof entry,
                 "{\"id\": \"made\", \"method\": \"1.1 Wilson score interval\", \"dataset\": \"inline\","
                 " \"params\": {\"x\": 8, \"n\": 20}, \"tol_abs\": 1e-12, \"tol_rel\": 1e-10,"
                 " \"expect\": {%s}}",
                 expect) < (int)sizeof entry);
    const sg_verify_report report = verify_text(state, entry);
    assert_int_equal(report.n_entries, 1);
    assert_int_equal(report.n_findings, 1 - report.n_agree);
    return report.n_agree == 1;
}

static void a_value_outside_its_tolerance_is_noticed(void **state)
{
    assert_true(wilson_agrees(state, "\"p\": 0.4"));
    assert_true(wilson_agrees(state, "\"p\": 0.40000000001"));
    assert_false(wilson_agrees(state, "\"p\": 0.4000000001"));
    assert_false(wilson_agrees(state, "\"p\": 0.4, \"lower\": 0.3"));
}

static void a_value_of_another_kind_is_noticed(void **state)
{
    static const char *const expects[] = {
        "\"p\": null",       "\"p\": \"undefined\"", "\"p\": \"inf\"",      "\"p\": \"high\"",
        "\"p\": [0.4, 0.4]", "\"q\": 0.4",           "\"p\": {\"x\": 0.4}", ""};

    for (size_t i = 0; i < sizeof expects / sizeof *expects; i++)
        assert_false(wilson_agrees(state, expects[i]));
}

static void the_largest_deviation_is_told_in_tolerances(void **state)
{
    const sg_verify_report report = verify_text(
        state,
        "{\"id\": \"made\", \"method\": \"1.1 Wilson score interval\", \"dataset\": \"inline\","
        " \"params\": {\"x\": 8, \"n\": 20}, \"tol_abs\": 0.1, \"tol_rel\": 0, \"expect\": {\"p\": 0.45}}");

    assert_int_equal(report.n_agree, 1);
    sg_assert_close(report.sections[0].largest, 0.5, 0.0, 1e-12);
    assert_string_equal(report.sections[0].section, "1.1");
}

static void an_entry_that_cannot_be_computed_is_a_finding(void **state)
{
#define ENTRY(method, dataset, params)                                                                       \
    "{\"id\": \"made\", \"method\": \"" method "\", \"dataset\": \"" dataset "\", \"params\": {" params "}," \
    " \"tol_abs\": 0, \"tol_rel\": 0, \"expect\": {\"rd\": 0}}"
#define NEWCOMBE "1.2 Newcombe hybrid score interval, RD"
    static const struct {
        const char *entry, *message;
    } cases[] = {
        {ENTRY("99.9 nobody's", "inline", ""), "no function claims its method"},
        {ENTRY(NEWCOMBE, "inline", "\"x1\": 1"), "parameter 'n1' is missing or not a number"},
        {ENTRY(NEWCOMBE, "none.csv", ""), "none.csv"},
        {ENTRY(NEWCOMBE, "../made.csv", ""), "a name without a folder is wanted"},
        {ENTRY(NEWCOMBE, "made.csv", "\"treatment\": \"arm\", \"outcome\": \"msg\""),
         "the data set has no column 'arm'"},
        {ENTRY(NEWCOMBE, "made.csv", "\"treatment\": \"iet\", \"outcome\": \"learner\""),
         "column 'learner' has texts that are no numbers"},
        {ENTRY(NEWCOMBE, "made.csv", "\"filter\": \"only the good ones\""),
         "the filter says 'only the good ones', which is not understood"},
        {ENTRY(NEWCOMBE, "made.csv", "\"filter\": \"msg not missing\", \"n1\": 3"),
         "the data set gives another 'n1' than the entry"},
        {"{\"id\": \"made\", \"method\": \"" NEWCOMBE "\"}", "the entry lacks"},
        {"{\"id\": \"made\"}", "no function claims its method"},
        {"[1, 2]", "no function claims its method"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sg_verify_report report = verify_text(state, cases[i].entry);
        assert_int_equal(report.n_agree, 0);
        assert_int_equal(report.n_findings, 1);
        sg_assert_contains(report.findings[0].message, cases[i].message);
    }
}

/* The upper limit is 236.8246; R's search ends within 1.2e-4 of its inverse. */
static void a_correction_is_no_wider_than_the_search_it_mends(void **state)
{
    static const struct {
        const char *high;
        size_t n_agree, n_findings;
    } cases[] = {{"236.8246", 1, 0}, {"236.66", 1, 1}, {"225", 0, 1}, {"250", 0, 1}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char entry[512];
        assert_true(snprintf(entry, sizeof entry,
                             "{\"id\": \"made\", \"method\": \"1.7b conditional odds ratio (optional)\","
                             " \"dataset\": \"inline\", \"tol_abs\": 1e-6, \"tol_rel\": 2e-4, \"params\":"
                             " {\"x1\": 7, \"n1\": 9, \"x0\": 2, \"n0\": 11, \"conf\": 0.95},"
                             " \"expect\": {\"or_hi\": %s}}",
                             cases[i].high) < (int)sizeof entry);
        const sg_verify_report report = verify_text(state, entry);
        assert_int_equal(report.n_agree, cases[i].n_agree);
        assert_int_equal(report.n_findings, cases[i].n_findings);
    }
}

static void a_set_that_cannot_be_read_is_an_error(void **state)
{
    char *folder = sg_tmpdir_make();
    sg_verify_report report = {0};
    sg_err err = {0};

    sg_assert_status(sg_verify(folder, arena_of(state), &report, &err), SG_FAILED, &err);
    sg_tmpdir_write_text(folder, "expected.json", "{\"entries\": [}");
    assert_int_not_equal(sg_verify(folder, arena_of(state), &report, &err), SG_OK);
    sg_tmpdir_write_text(folder, "expected.json", "{\"entries\": []}");
    sg_assert_status(sg_verify(folder, arena_of(state), &report, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "has no 'entries'");
    sg_tmpdir_remove(folder);
}

static int set_up(void **state)
{
    *state = sg_arena_new();
    return *state == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    sg_arena_free(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_entry_that_a_function_claims_agrees),
        TEST(one_value_is_corrected_by_its_own_equation),
        TEST(the_set_in_the_program_is_the_one_of_the_sources),
        TEST(the_methods_that_nobody_claims_are_those_listed),
        TEST(every_adapter_claims_a_method_that_there_is),
        TEST(a_value_outside_its_tolerance_is_noticed),
        TEST(a_value_of_another_kind_is_noticed),
        TEST(the_largest_deviation_is_told_in_tolerances),
        TEST(an_entry_that_cannot_be_computed_is_a_finding),
        TEST(a_correction_is_no_wider_than_the_search_it_mends),
        TEST(a_set_that_cannot_be_read_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
