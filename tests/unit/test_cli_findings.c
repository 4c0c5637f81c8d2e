/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings and files in words: what a person or a spreadsheet reads. */
#include "support/assert.h"

#include <string.h>

#include "cli/findings.h"

static const sg_rule *any_rule(void)
{
    size_t n;
    const sg_rule *rules = sg_rules(&n);

    assert_true(n > 0);
    return &rules[0];
}

static void a_findings_csv_row_has_a_cell_for_each_of_the_headers(void **state)
{
    const sg_rule *rule = any_rule();
    const sg_listed_finding finding = {7,           "export.csv", 12, rule->id, "start_date",
                                       "StartDate", "3 of 4 rows"};
    sg_str text = {0}, want = {0};

    (void)state;
    sg_findings_csv_header(&text);
    assert_string_equal(sg_str_text(&text),
                        "batch,file,line,rule,severity,effect,field,column,text,detail,fix\n");
    sg_str_reset(&text);
    sg_findings_csv_row(&text, &finding);
    sg_str_printf(&want, "7,export.csv,12,%s,%s,", rule->id, sg_severity_text(rule->severity));
    assert_true(sg_text_starts(sg_str_text(&text), sg_str_text(&want)));
    sg_assert_contains(sg_str_text(&text), ",start_date,StartDate,");
    sg_assert_contains(sg_str_text(&text), ",3 of 4 rows,");
    sg_str_release(&want);
    sg_str_release(&text);
}

static void a_cell_with_separators_is_quoted_and_a_formula_is_defused(void **state)
{
    static const struct {
        const char *column, *cell;
    } cases[] = {{"plain", ",plain,"},
                 {"a,b", ",\"a,b\","},
                 {"say \"so\"", ",\"say \"\"so\"\"\","},
                 {"two\nlines", ",\"two\nlines\","},
                 {"=1+1", ",'=1+1,"},
                 {"+1", ",'+1,"},
                 {"-1", ",'-1,"},
                 {"@A1", ",'@A1,"},
                 {"=A,B", ",\"'=A,B\","},
                 {"\ttab", ",'\ttab,"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sg_listed_finding finding = {0, "x.csv", 1, any_rule()->id, "", cases[i].column, NULL};
        sg_str text = {0};

        sg_findings_csv_row(&text, &finding);
        assert_true(sg_text_starts(sg_str_text(&text), ",x.csv,1,"));
        sg_assert_contains(sg_str_text(&text), cases[i].cell);
        sg_str_release(&text);
    }
}

static void a_finding_in_words_names_file_line_rule_column_and_remedy(void **state)
{
    const sg_rule *rule = any_rule();
    const sg_listed_finding in_row = {0, "x.csv", 3, rule->id, "sex", "Gender", "12 % of 50 rows"},
                            in_file = {0, "x.csv", 0, rule->id, "", "", ""};
    sg_str text = {0};

    (void)state;
    sg_findings_text_row(&text, &in_row);
    assert_true(sg_text_starts(sg_str_text(&text), "x.csv:3: "));
    sg_assert_contains(sg_str_text(&text), rule->id);
    sg_assert_contains(sg_str_text(&text), "column 'Gender'");
    sg_assert_contains(sg_str_text(&text), " (12 % of 50 rows); ");
    sg_assert_contains(sg_str_text(&text), rule->text);
    sg_assert_contains(sg_str_text(&text), rule->fix);
    sg_str_reset(&text);
    sg_findings_text_row(&text, &in_file);
    assert_true(sg_text_starts(sg_str_text(&text), "x.csv: "));
    assert_null(strstr(sg_str_text(&text), "column"));
    sg_str_release(&text);
}

static const char *say(sg_str *text, sg_status status, bool known)
{
    sg_file_report file = {.path = "in/x.csv", .status = status, .known = known, .message = "the cause"};

    file.batch.id = 31;
    file.batch.kind = SG_KIND_GAIN;
    file.batch.cutoff = 0;
    file.batch.counts = (sg_batch_counts){.read = 1234,
                                          .stored = 1200,
                                          .quarantined = 30,
                                          .dropped = 4,
                                          .added = 1000,
                                          .unchanged = 200,
                                          .warnings = 9};
    sg_str_reset(text);
    sg_say_file(text, &file);
    return sg_str_text(text);
}

static void each_outcome_of_a_file_is_told_with_what_to_do(void **state)
{
    sg_str text = {0};

    (void)state;
    sg_assert_contains(say(&text, SG_REFUSED, false), "REFUSED  in/x.csv: the cause\n");
    sg_assert_contains(say(&text, SG_REFUSED, true), "deliver it again");
    sg_assert_contains(say(&text, SG_HELD, false), "HELD     in/x.csv (batch 31): the cause\n");
    sg_assert_contains(say(&text, SG_HELD, true), "'skillgain import --accept 31 in/x.csv'");
    sg_assert_contains(say(&text, SG_FAILED, false), "FAILED   in/x.csv: the cause\n");
    sg_assert_contains(say(&text, SG_OK, true), "already imported as batch 31; nothing changed");
    sg_assert_contains(say(&text, SG_OK, false), "IMPORTED in/x.csv as batch 31: gain");
    sg_assert_contains(sg_str_text(&text), "complete up to 1970-01-01");
    sg_assert_contains(sg_str_text(&text), "9 warnings");
    sg_str_release(&text);
}

static void totals_are_told_as_a_sum_without_its_empty_parts(void **state)
{
    const sg_batch_counts counts = {.read = 12, .stored = 7, .quarantined = 3, .dropped = 2};
    const sg_batch_counts all = {
        .read = 15, .stored = 1, .repeated = 2, .replaced = 3, .quarantined = 4, .dropped = 5};
    sg_str text = {0};

    (void)state;
    sg_say_counts(&text, &counts);
    assert_string_equal(sg_str_text(&text), "12 rows = 7 stored + 3 refused + 2 dropped");
    sg_str_reset(&text);
    sg_say_counts(&text, &all);
    assert_string_equal(
        sg_str_text(&text),
        "15 rows = 1 stored + 2 repeated + 3 replaced by a later row + 4 refused + 5 dropped");
    sg_str_reset(&text);
    sg_say_counts(&text, &(sg_batch_counts){.read = 2, .quarantined = 2});
    assert_string_equal(sg_str_text(&text), "2 rows = 0 stored + 2 refused");
    sg_str_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_findings_csv_row_has_a_cell_for_each_of_the_headers),
        cmocka_unit_test(a_cell_with_separators_is_quoted_and_a_formula_is_defused),
        cmocka_unit_test(a_finding_in_words_names_file_line_rule_column_and_remedy),
        cmocka_unit_test(each_outcome_of_a_file_is_told_with_what_to_do),
        cmocka_unit_test(totals_are_told_as_a_sum_without_its_empty_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
