/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test_store_fixture.h"

#include "store/finding.h"

static const fact row_of_a[] = {{1, 1, "A", 2024, 1, 0}}, row_of_b[] = {{2, 2, "B", 2024, 1, 0}};

static sg_finding finding_of(const char *rule, int64_t line, const char *field, const char *column)
{
    const sg_rule *r = sg_rule_find(rule);
    assert_non_null(r);
    return (sg_finding){.rule = r, .line = line, .field = field, .column = column};
}

/* Imports one row and these findings, to the state given. */
static sg_batch import_with(sg_store *store, const delivery *d, const sg_finding *findings, size_t n,
                            sg_batch_state as)
{
    sg_import *import = NULL;
    sg_batch batch;
    char held[SG_ERR_MESSAGE];
    sg_err err = {0};
    sg_assert_ok(weigh_delivery(store, d, &import, &batch, held, &err), &err);
    sg_sink sink = sg_import_sink(import);
    for (size_t i = 0; i < n; i++) {
        char field[64], column[64]; /* gone when the sink has returned */
        (void)snprintf(field, sizeof field, "%s", findings[i].field);
        (void)snprintf(column, sizeof column, "%s", findings[i].column);
        sg_finding f = {.rule = findings[i].rule, .line = findings[i].line, .field = field, .column = column};
        sg_assert_ok(sink.finding(sink.context, &f, &err), &err);
        memset(field, '?', sizeof field);
        memset(column, '?', sizeof column);
    }
    end_as(import, &batch, as);
    return batch;
}

static sg_status list(void *context, const sg_stored_finding *f, sg_err *err)
{
    (void)err;
    sg_str_printf(context, "%lld %lld %s %s %s %s\n", (long long)f->batch, (long long)f->line, f->file_name,
                  f->rule, f->field, f->column);
    return SG_OK;
}

static void assert_listed(sg_store *store, int64_t batch, bool only_refused, const char *expected)
{
    sg_str text = {0};
    sg_err err = {0};
    sg_assert_ok(sg_store_findings(store, batch, only_refused, list, &text, &err), &err);
    assert_string_equal(sg_str_text(&text), expected);
    sg_str_release(&text);
}

static void findings_are_listed_by_batch_line_rule_and_field(void **state)
{
    sg_finding findings[] = {finding_of("R206", 9, "sex", "Gender"),
                             finding_of("R201", 4, "college", "College"),
                             finding_of("R202", 9, "end_date", "Ende"),
                             finding_of("R202", 9, "age", "Age"),
                             finding_of("R013", 0, "", ""),
                             finding_of("R206", 9, "sex", "Gender")};
    sg_store *store = open_store(*state);
    assert_listed(store, 0, false, "");
    import_with(store, DELTA(20000, row_of_a), findings, N_OF(findings), SG_BATCH_APPLIED);
    import_with(store, DELTA(20000, row_of_b), findings, 1, SG_BATCH_HELD);
    assert_listed(
        store, 0, false,
        "1 0 made-up.csv R013  \n1 4 made-up.csv R201 college College\n1 9 made-up.csv R202 age Age\n"
        "1 9 made-up.csv R202 end_date Ende\n1 9 made-up.csv R206 sex Gender\n1 9 made-up.csv R206 sex "
        "Gender\n"
        "2 9 made-up.csv R206 sex Gender\n");
    assert_listed(store, 2, false, "2 9 made-up.csv R206 sex Gender\n");
    assert_listed(store, 0, true,
                  "1 4 made-up.csv R201 college College\n1 9 made-up.csv R202 age Age\n1 9 made-up.csv R202 "
                  "end_date Ende\n");
    assert_listed(store, 3, false, "");
    sg_store_close(store);
}

static void a_refused_files_findings_are_kept_without_any_row(void **state)
{
    sg_finding findings[] = {finding_of("R009", 12, "", "")};
    sg_store *store = open_store(*state);
    import_with(store, DELTA(20000, row_of_a), findings, 1, SG_BATCH_REFUSED);
    assert_listed(store, 1, false, "1 12 made-up.csv R009  \n");
    assert_int_equal(ask(store, "SELECT count(*) FROM enrollment"), 0);
    sg_store_close(store);
}

static void beyond_a_thousand_of_a_rule_findings_are_counted_only(void **state)
{
    enum { N = SG_KEPT_FINDINGS + 500 };
    sg_finding *findings = calloc(N + 1, sizeof *findings);
    assert_non_null(findings);
    for (int i = 0; i < N; i++)
        findings[i] = finding_of("R201", i + 2, "college", "College");
    findings[N] = finding_of("R202", 3, "end_date", "Ende");
    sg_store *store = open_store(*state);
    import_with(store, DELTA(20000, row_of_a), findings, N + 1, SG_BATCH_APPLIED);
    assert_int_equal(ask(store, "SELECT count(*) FROM finding WHERE rule = 'R201'"), SG_KEPT_FINDINGS);
    assert_int_equal(ask(store, "SELECT max(line) FROM finding WHERE rule = 'R201'"), SG_KEPT_FINDINGS + 1);
    assert_int_equal(ask(store, "SELECT n FROM finding_count WHERE rule = 'R201'"), N);
    assert_int_equal(ask(store, "SELECT n FROM finding_count WHERE rule = 'R202'"), 1);
    sg_store_close(store);
    free(findings);
}

static void counts_are_of_the_deliveries_in_use(void **state)
{
    sg_finding two[] = {finding_of("R201", 5, "college", "College"), finding_of("R206", 5, "sex", "Gender")};
    sg_finding_facts *facts = NULL;
    size_t n = 0;
    sg_err err = {0};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_store *store = open_store(*state);
    sg_assert_ok(sg_store_finding_counts(store, arena, &facts, &n, &err), &err);
    assert_int_equal(n, 0);
    import_with(store, FULL(20000, BOTH, row_of_a), two, 2, SG_BATCH_APPLIED); /* replaced by the third */
    import_with(store, FULL(20000, BOTH, row_of_b), two, 1, SG_BATCH_APPLIED);
    import_with(store, FULL(20001, BOTH, row_of_a), two + 1, 1, SG_BATCH_APPLIED);
    import_with(store, FULL(20002, BOTH, row_of_a), two, 2, SG_BATCH_HELD);
    import_with(store, DELTA(20000, row_of_a), two, 2, SG_BATCH_APPLIED); /* late, and spoken of since */
    sg_assert_ok(sg_store_finding_counts(store, arena, &facts, &n, &err), &err);
    assert_int_equal(n, 2);
    assert_string_equal(facts[0].rule->id, "R201");
    assert_int_equal(facts[0].n, 1);
    assert_string_equal(facts[0].file_name, "made-up.csv");
    assert_string_equal(facts[1].rule->id, "R206");
    sg_store_close(store);
}

static void a_rule_of_another_catalogue_is_counted_by_its_id(void **state)
{
    sg_finding one[] = {finding_of("R201", 5, "college", "College")};
    sg_finding_facts *facts = NULL;
    size_t n = 0;
    sg_err err = {0};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_store *store = open_store(*state);
    import_with(store, DELTA(20000, row_of_a), one, 1, SG_BATCH_APPLIED);
    sg_assert_ok(sg_store_execute(store, "UPDATE finding_count SET rule = 'R999'", &err), &err);
    sg_assert_ok(sg_store_finding_counts(store, arena, &facts, &n, &err), &err);
    assert_int_equal(n, 1);
    assert_string_equal(facts[0].rule->id, "R999");
    assert_non_null(facts[0].rule->text);
    assert_non_null(facts[0].rule->fix);
    sg_store_close(store);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(findings_are_listed_by_batch_line_rule_and_field),
        IN_FOLDER(a_refused_files_findings_are_kept_without_any_row),
        IN_FOLDER(beyond_a_thousand_of_a_rule_findings_are_counted_only),
        IN_FOLDER(counts_are_of_the_deliveries_in_use),
        IN_FOLDER(a_rule_of_another_catalogue_is_counted_by_its_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
