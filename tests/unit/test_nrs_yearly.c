/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change of the forms is a line of the yearly rules, and of its own year alone. */
#include "support/assert.h"

#include <string.h>

#include "skillgain/nrs.h"

/* Made up: in 2024 Table 4 is rounded and passing a subtest is no gain any more. */
enum { TEST = 1U << SG_GAIN_EFL_TEST, SUBTEST = 1U << SG_GAIN_EFL_HSE_SUBTEST };
static const sg_yearly_line lines[] = {
    {SG_YEARLY_TRUNCATED, 0, 2023, 1U << SG_NRS_4, "made up", "D"},
    {SG_YEARLY_LEVEL_TYPES, 0, 0, TEST, "made up", "D"},
    {SG_YEARLY_LEVEL_TYPES, 0, 2023, SUBTEST, "made up", "D"},
    {SG_YEARLY_TABLE_TYPES, 0, 0, TEST, "made up", "D"},
    {SG_YEARLY_TABLE_TYPES, 0, 2023, SUBTEST, "made up", "D"},
};
static const sg_yearly_rules rules = {lines, sizeof lines / sizeof lines[0]};

/* A participant who left, with a gain of the type (0: none). */
static void add_participant(const sg_federal_sink *sink, int program_year, int type)
{
    sg_pop_year fact = {.program_year = program_year,
                        .is_participant = true,
                        .is_first = true,
                        .entering_level = SG_LEVEL_ABE1,
                        .first_level = SG_LEVEL_ABE1,
                        .has_left = true};
    sg_err err = {0};
    for (size_t t = 0; t <= SG_GAIN_SKILLS_PROGRESSION; t++)
        fact.gained[t] = SG_DAY_NONE;
    if (type != 0)
        fact.gained[type] = sg_program_year_first(program_year) + 100;
    sg_assert_ok(sink->pop_year(sink->context, &fact, &err), &err);
}

/* The cell of Table 4's grand total in the year, as printed. */
static void total_is(const sg_nrs *nrs, int program_year, char letter, const char *want)
{
    for (size_t i = 0; i < nrs->n_tables; i++) {
        const sg_nrs_table *table = &nrs->tables[i];
        for (size_t r = 0; table->id == SG_NRS_4 && table->program_year == program_year && r < table->n_rows;
             r++)
            for (size_t c = 0; strcmp(table->rows[r].label, "Grand Total") == 0 && c < table->n_columns;
                 c++) {
                sg_str got = {0};
                if (table->columns[c].letter != letter)
                    continue;
                sg_nrs_print(table, &table->rows[r].cells[c], &got);
                assert_string_equal(sg_str_text(&got), want);
                sg_str_release(&got);
                return;
            }
    }
    fail_msg("Table 4 of %d has no such cell", program_year);
}

static void a_change_of_the_forms_is_of_its_year(void **state)
{
    SG_CLEANUP(sg_nrs_counter_cleanup) sg_nrs_counter *counter = NULL;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const sg_nrs *nrs = NULL;
    sg_err err = {0};
    (void)state;
    sg_assert_ok(sg_nrs_counter_new(0, &rules, &counter, &err), &err);
    const sg_federal_sink sink = sg_nrs_sink(counter, NULL);
    for (int year = 2023; year <= 2024; year++) {
        add_participant(&sink, year, 0);
        for (int i = 0; i < 4; i++)
            add_participant(&sink, year, SG_GAIN_EFL_TEST);
        add_participant(&sink, year, SG_GAIN_EFL_HSE_SUBTEST);
    }
    sg_assert_ok(sg_nrs_make(counter, sg_program_year_last(2024), arena, &nrs, &err), &err);
    total_is(nrs, 2023, 'B', "6");
    total_is(nrs, 2023, 'E', "5");
    total_is(nrs, 2023, 'H', "1");
    total_is(nrs, 2023, 'J', "0.8333");
    total_is(nrs, 2024, 'B', "6");
    total_is(nrs, 2024, 'E', "4");
    total_is(nrs, 2024, 'H', "2");
    total_is(nrs, 2024, 'J', "0.6667");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_change_of_the_forms_is_of_its_year)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
