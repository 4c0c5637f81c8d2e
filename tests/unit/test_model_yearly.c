/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The yearly rules: those shipped are in order, and a line holds in its years alone. */
#include <string.h>

#include "support/assert.h"

#include "skillgain/model.h"

enum { FIRST_YEAR = 2010, LAST_YEAR = 2040 };

static bool is_number(sg_yearly_rule rule)
{
    return rule == SG_YEARLY_PARTICIPANT_HOURS || rule == SG_YEARLY_EXIT_GAP_DAYS ||
           rule == SG_YEARLY_CREDENTIAL_WINDOW;
}

static void every_line_has_a_source_and_says_how_sure_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sg_yearly_shipped.n; i++) {
        const sg_yearly_line *line = &sg_yearly_shipped.lines[i];
        assert_true(strlen(line->source) > 10);
        assert_true(strcmp(line->sure, "V") == 0 || strcmp(line->sure, "V-") == 0 ||
                    strcmp(line->sure, "K") == 0 || strcmp(line->sure, "D") == 0);
        assert_true(line->value > 0);
        assert_true(line->last == 0 || line->first <= line->last);
    }
}

static void every_rule_has_a_value_in_every_year_and_a_number_one_line(void **state)
{
    (void)state;
    for (int r = 0; r < SG_N_YEARLY; r++)
        for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
            size_t lines = 0;
            for (size_t i = 0; i < sg_yearly_shipped.n; i++)
                lines += sg_yearly_shipped.lines[i].rule == (sg_yearly_rule)r &&
                         sg_yearly_holds(&sg_yearly_shipped.lines[i], year);
            assert_true(lines > 0);
            if (is_number((sg_yearly_rule)r))
                assert_int_equal(lines, 1);
            assert_true(sg_yearly_value(NULL, (sg_yearly_rule)r, year) > 0);
        }
}

static void prints(sg_yearly_rule rule, int year, const char *text)
{
    sg_str out = {0};
    sg_yearly_print(rule, sg_yearly_value(NULL, rule, year), &out);
    assert_string_equal(sg_str_text(&out), text);
    sg_str_release(&out);
}

/* domain: 34 CFR 463.150, joint performance guidance 2024 attachment II, NRS tables of PY 2019 to 2023 */
static void the_rules_shipped_are_those_of_the_sources(void **state)
{
    (void)state;
    prints(SG_YEARLY_PARTICIPANT_HOURS, 2024, "12 hours");
    prints(SG_YEARLY_EXIT_GAP_DAYS, 2018, "90 days");
    prints(SG_YEARLY_IET_ONLY_TYPES, 2024,
           "transcript_secondary, transcript_postsecondary, milestone, skills_progression");
    prints(SG_YEARLY_EXCLUDED, 2022, "01, 02, 03, 04");
    prints(SG_YEARLY_EXCLUDED_AFTER_EXIT, 2022, "07");
    prints(SG_YEARLY_CREDENTIAL_WINDOW, 2022, "four quarters");
    prints(SG_YEARLY_LEVEL_TYPES, 2022, "efl_test, efl_credit, efl_postsecondary");
    prints(SG_YEARLY_LEVEL_TYPES, 2023, "efl_test, efl_credit, efl_postsecondary, efl_hse_subtest");
    prints(SG_YEARLY_TABLE_TYPES, 2019, "efl_test, efl_credit, efl_postsecondary, diploma");
    prints(SG_YEARLY_TABLE_TYPES, 2020,
           "efl_test, efl_credit, efl_postsecondary, diploma, transcript_secondary, "
           "transcript_postsecondary, milestone, skills_progression");
    prints(SG_YEARLY_TRUNCATED, 2023, "4, 4A, 4B, 4C, 5, 5A");
}

/* The day by its year, and where no line has a bound, any day. */
static void a_day_has_the_value_of_its_program_year(void **state)
{
    static const sg_yearly_line lines[] = {
        {SG_YEARLY_EXIT_GAP_DAYS, 0, 2023, 90, "made up", "D"},
        {SG_YEARLY_EXIT_GAP_DAYS, 2024, 0, 60, "made up", "D"},
        {SG_YEARLY_EXCLUDED, 0, 0, 1, "made up", "D"},
        {SG_YEARLY_EXCLUDED, 0, 0, 4, "made up", "D"},
    };
    static const sg_yearly_rules rules = {lines, sizeof lines / sizeof lines[0]};
    sg_day last = sg_program_year_last(2023);
    (void)state;
    assert_int_equal(sg_yearly_value_on(&rules, SG_YEARLY_EXIT_GAP_DAYS, last), 90);
    assert_int_equal(sg_yearly_value_on(&rules, SG_YEARLY_EXIT_GAP_DAYS, last + 1), 60);
    assert_int_equal(sg_yearly_value_on(&rules, SG_YEARLY_EXCLUDED, last), 5);
    assert_int_equal(sg_yearly_value_on(NULL, SG_YEARLY_PARTICIPANT_HOURS, last), 12);
}

static void a_line_holds_from_its_first_year_to_its_last(void **state)
{
    static const sg_yearly_line lines[] = {
        {SG_YEARLY_EXIT_GAP_DAYS, 0, 2023, 90, "made up", "D"},
        {SG_YEARLY_EXIT_GAP_DAYS, 2024, 2024, 60, "made up", "D"},
        {SG_YEARLY_EXIT_GAP_DAYS, 2026, 0, 45, "made up", "D"},
        {SG_YEARLY_EXCLUDED, 0, 0, 1, "made up", "D"},
        {SG_YEARLY_EXCLUDED, 2024, 0, 4, "made up", "D"},
    };
    static const sg_yearly_rules rules = {lines, sizeof lines / sizeof lines[0]};
    (void)state;
    assert_int_equal(sg_yearly_value(&rules, SG_YEARLY_EXIT_GAP_DAYS, 2023), 90);
    assert_int_equal(sg_yearly_value(&rules, SG_YEARLY_EXIT_GAP_DAYS, 2024), 60);
    assert_int_equal(sg_yearly_value(&rules, SG_YEARLY_EXIT_GAP_DAYS, 2025), 0);
    assert_int_equal(sg_yearly_value(&rules, SG_YEARLY_EXIT_GAP_DAYS, 2026), 45);
    assert_int_equal(sg_yearly_value(&rules, SG_YEARLY_EXCLUDED, 2023), 1);
    assert_int_equal(sg_yearly_value(&rules, SG_YEARLY_EXCLUDED, 2024), 5);
    assert_int_equal(sg_yearly_number(&rules, 0, SG_YEARLY_EXIT_GAP_DAYS, 2024), 60);
    assert_int_equal(sg_yearly_number(&rules, 120, SG_YEARLY_EXIT_GAP_DAYS, 2024), 120);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_has_a_source_and_says_how_sure_it_is),
        cmocka_unit_test(every_rule_has_a_value_in_every_year_and_a_number_one_line),
        cmocka_unit_test(the_rules_shipped_are_those_of_the_sources),
        cmocka_unit_test(a_day_has_the_value_of_its_program_year),
        cmocka_unit_test(a_line_holds_from_its_first_year_to_its_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
