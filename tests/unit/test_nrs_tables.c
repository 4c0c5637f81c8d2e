/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of published tables, digit by digit, from made-up facts that fit them. Source: NRS statistical tables of the states, public pages
 * of the U.S. Department of Education (OCTAE), as published for New Jersey PY 2021 to 2023, Delaware PY 2020 and Michigan PY 2019.
 */
#include "support/assert.h"

#include <stdlib.h>
#include <string.h>

#include "skillgain/nrs.h"

typedef struct {
    sg_nrs_counter *counter;
    sg_federal_sink sink;
    sg_arena *arena;
    uint64_t learners;
} fixture;

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (f == NULL)
        return -1;
    f->arena = sg_arena_new();
    sg_assert_ok(sg_nrs_counter_new(0, NULL, &f->counter, NULL), NULL);
    f->sink = sg_nrs_sink(f->counter, NULL);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    sg_nrs_counter_free(f->counter);
    sg_arena_free(f->arena);
    free(f);
    return 0;
}

static sg_day day_in(int program_year)
{
    return sg_program_year_first(program_year) + 100;
}

/* A participant without a gain who left; what differs is the test's to set. */
static sg_pop_year fact_of(int program_year, uint8_t level)
{
    sg_pop_year fact = {.program_year = program_year,
                        .is_participant = true,
                        .is_first = true,
                        .entering_level = level,
                        .first_level = level,
                        .race = 3,
                        .sex = 1,
                        .age_band = 4,
                        .employment = 1,
                        .education = 1,
                        .has_left = true,
                        .given = SG_GIVEN_DISTANCE | SG_GIVEN_OUTCOMES | SG_GIVEN_CREDENTIAL |
                                 SG_GIVEN_EMPLOYMENT | SG_GIVEN_EDUCATION};
    for (size_t t = 0; t <= SG_GAIN_SKILLS_PROGRESSION; t++)
        fact.gained[t] = SG_DAY_NONE;
    return fact;
}

static void add_one(fixture *f, sg_pop_year fact)
{
    f->learners++;
    memcpy(fact.pseudonym.bytes, &f->learners, sizeof f->learners);
    sg_assert_ok(f->sink.pop_year(f->sink.context, &fact, NULL), NULL);
}

static void add_many(fixture *f, size_t n, const sg_pop_year *fact)
{
    for (size_t i = 0; i < n; i++)
        add_one(f, *fact);
}

static const sg_nrs_table *make_table(fixture *f, int program_year, sg_nrs_id id, sg_day as_of)
{
    const sg_nrs *nrs = NULL;
    sg_assert_ok(sg_nrs_make(f->counter, as_of, f->arena, &nrs, NULL), NULL);
    for (size_t i = 0; i < nrs->n_tie_outs; i++)
        if (!nrs->tie_outs[i].holds)
            fail_msg("%d: %s", nrs->tie_outs[i].program_year, nrs->tie_outs[i].text);
    for (size_t i = 0; i < nrs->n_tables; i++)
        if (nrs->tables[i].program_year == program_year && nrs->tables[i].id == id)
            return &nrs->tables[i];
    fail_msg("no table of %d", program_year);
    return NULL;
}

/* "B=439 C=0": letters and cells as printed; letters that are not asked for are not looked at, and a letter that the table doesn't
 * have is "-". */
static void assert_row(const sg_nrs_table *table, const char *label, const char *want)
{
    sg_str got = {0};
    const sg_nrs_row *row = NULL;
    for (size_t r = 0; r < table->n_rows && row == NULL; r++)
        if (strstr(table->rows[r].label, label) == table->rows[r].label)
            row = &table->rows[r];
    if (row == NULL)
        fail_msg("no row '%s'", label);
    for (const char *c = want; row != NULL && *c != '\0'; c += strcspn(c, " "), c += *c == ' ') {
        size_t at = 0;
        while (at < table->n_columns && table->columns[at].letter != *c)
            at++;
        sg_str_printf(&got, "%s%c=", got.length > 0 ? " " : "", *c);
        if (at == table->n_columns)
            sg_str_add_char(&got, '-');
        else
            sg_nrs_print(table, &row->cells[at], &got);
    }
    assert_string_equal(sg_str_text(&got), want);
    sg_str_release(&got);
}

/* ---- Table 4 ---- */

/* First PoPs excluded, with a gain of each column, separated and remaining; later PoPs with a gain of E, F, G and without. */
typedef struct {
    int excluded, e, f, g, h, i, later_e, later_f, later_g, later_none;
    int64_t tenths_of_hours;
} row_4;

static void add_gained(fixture *f, sg_pop_year fact, sg_gain_type type, int n)
{
    fact.gained[type] = day_in(fact.program_year);
    fact.gained_language = type == SG_GAIN_EFL_TEST;
    add_many(f, (size_t)n, &fact);
}

static void add_row_4(fixture *f, int program_year, uint8_t level, const row_4 *row)
{
    sg_pop_year fact = fact_of(program_year, level), excluded = fact, remaining = fact, later = fact,
                hours = fact;
    excluded.is_excluded = true;
    remaining.has_left = false;
    remaining.is_enrolled = true;
    later.is_first = false;
    hours.hours = row->tenths_of_hours * INT64_C(100000000);
    add_many(f, (size_t)row->excluded, &excluded);
    add_gained(f, fact, SG_GAIN_EFL_TEST, row->e);
    add_gained(f, fact, SG_GAIN_DIPLOMA, row->f);
    add_gained(f, fact, SG_GAIN_MILESTONE, row->g);
    add_one(f, hours);
    add_many(f, (size_t)row->h - 1, &fact);
    add_many(f, (size_t)row->i, &remaining);
    add_gained(f, later, SG_GAIN_EFL_TEST, row->later_e);
    add_gained(f, later, SG_GAIN_DIPLOMA, row->later_f);
    add_gained(f, later, SG_GAIN_MILESTONE, row->later_g);
    add_many(f, (size_t)row->later_none, &later);
}

static void table_4_of_new_jersey_2023(void **state)
{
    fixture *f = *state;
    add_row_4(f, 2023, 1, &(row_4){0, 221, 14, 2, 133, 69, 2, 0, 0, 5, 639292});
    add_row_4(f, 2023, 2, &(row_4){2, 308, 15, 9, 225, 127, 1, 0, 0, 9, 986474});
    add_row_4(f, 2023, 3, &(row_4){0, 472, 43, 15, 398, 143, 8, 0, 0, 19, 1341191});
    const sg_nrs_table *table = make_table(f, 2023, SG_NRS_4, sg_program_year_last(2023));
    assert_row(table, "ABE Level 1",
               "B=439 C=0 D=63929.2 E=221 F=14 G=2 H=133 I=69 J=0.5398 K=446 L=223 M=14 N=2 O=0.5358");
    assert_row(table, "ABE Level 2",
               "B=686 C=2 D=98647.4 E=308 F=15 G=9 H=225 I=127 J=0.4853 K=696 L=309 M=15 N=9 O=0.4784");
    assert_row(table, "ABE Level 3",
               "B=1071 C=0 D=134119.1 E=472 F=43 G=15 H=398 I=143 J=0.4948 K=1098 L=480");
    assert_row(table, "ABE Total", "B=2196 C=2 K=2240");
    assert_row(table, "Grand Total", "B=2196 C=2 K=2240");
    assert_row(table, "Alternative ABE placement", "B=0 J= O=");
}

static void table_4_of_delaware_2020(void **state)
{
    fixture *f = *state;
    add_row_4(f, 2020, 1, &(row_4){0, 30, 0, 1, 17, 13, 0, 0, 0, 2, 48704});
    const sg_nrs_table *table = make_table(f, 2020, SG_NRS_4, sg_program_year_last(2020));
    assert_row(table, "ABE Level 1",
               "B=61 C=0 D=4870.4 E=30 F=0 G=1 H=17 I=13 J=0.5081 K=63 L=30 M=0 N=1 O=0.4920");
}

/* Before PY 2020 there are no columns G and N: a gain of types 3 to 5 is none there. */
static void table_4_of_michigan_2019(void **state)
{
    fixture *f = *state;
    add_row_4(f, 2019, 1, &(row_4){22, 2973, 2210, 0, 8253, 2023, 178, 117, 0, 504, 15489720});
    add_gained(f, fact_of(2019, 6), SG_GAIN_MILESTONE, 1);
    const sg_nrs_table *table = make_table(f, 2019, SG_NRS_4, sg_program_year_last(2019));
    assert_row(table, "ABE Total",
               "B=15482 C=22 D=1548972.0 E=2973 F=2210 G=- H=8254 I=2023 J=0.3352 K=16281 L=3151 M=2327 N=- "
               "O=0.3364");
}

static void one_of_e_f_and_g_by_the_most_recent_gain(void **state)
{
    fixture *f = *state;
    sg_pop_year fact = fact_of(2022, 2);
    fact.gained[SG_GAIN_DIPLOMA] = day_in(2022);
    fact.gained[SG_GAIN_EFL_CREDIT] = day_in(2022) + 1;
    add_one(f, fact); /* E */
    fact.gained[SG_GAIN_SKILLS_PROGRESSION] = day_in(2022) + 2;
    add_one(f, fact); /* G */
    fact.gained[SG_GAIN_DIPLOMA] = day_in(2022) + 2;
    add_one(f, fact); /* F, of one day */
    fact = fact_of(2022, 2);
    fact.gained[SG_GAIN_EFL_HSE_SUBTEST] = day_in(2022);
    add_one(f, fact); /* none before PY 2023 */
    fact.program_year = 2023;
    add_one(f, fact); /* E */
    assert_row(make_table(f, 2022, SG_NRS_4, sg_program_year_last(2023)), "ABE Level 2",
               "B=4 E=1 F=1 G=1 H=1");
    assert_row(make_table(f, 2023, SG_NRS_4, sg_program_year_last(2023)), "ABE Level 2",
               "B=1 E=1 F=0 G=0 H=0");
}

static void alternative_placement_has_a_row_from_2023(void **state)
{
    fixture *f = *state;
    add_one(f, fact_of(2022, SG_LEVEL_ALT_ABE));
    add_one(f, fact_of(2023, SG_LEVEL_ALT_ABE));
    const sg_nrs_table *before = make_table(f, 2022, SG_NRS_4, sg_program_year_last(2023));
    assert_row(before, "Grand Total", "B=0");
    for (size_t r = 0; r < before->n_rows; r++)
        assert_null(strstr(before->rows[r].label, "Alternative"));
    assert_true(before->n_notes > 0);
    assert_string_equal(before->notes[2].key, "beside_level");
    assert_int_equal(before->notes[2].n, 1);
    assert_row(make_table(f, 2023, SG_NRS_4, sg_program_year_last(2023)), "Alternative ABE", "B=1");
}

/* ---- Table 4A ---- */

static void table_4a_of_new_jersey_2021(void **state)
{
    enum { GAINED = 6069, LANGUAGE = 5470, MATHEMATICS = 945, POSTSECONDARY = 62 };
    fixture *f = *state;
    for (int i = 0; i < GAINED; i++) {
        sg_pop_year fact = fact_of(2021, (uint8_t)(i % SG_LEVEL_ESL6 + 1));
        fact.gained[SG_GAIN_EFL_TEST] = day_in(2021);
        fact.gained_language = i < LANGUAGE;
        fact.gained_mathematics = i >= GAINED - MATHEMATICS;
        fact.gained[SG_GAIN_EFL_POSTSECONDARY] = i < POSTSECONDARY ? day_in(2021) : SG_DAY_NONE;
        add_one(f, fact);
    }
    assert_row(make_table(f, 2021, SG_NRS_4A, sg_program_year_last(2021)), "Grand Total",
               "B=6069 C=5470 D=0.9013 E=945 F=0.1557 G=0 H=0.0000 I=62 J=0.0102");
}

static void a_gain_without_a_subject_is_told_beside_its_columns(void **state)
{
    fixture *f = *state;
    sg_pop_year fact = fact_of(2021, 1);
    const sg_nrs_table *table;
    fact.gained[SG_GAIN_EFL_TEST] = day_in(2021);
    add_one(f, fact);
    fact.gained_mathematics = true;
    add_one(f, fact);
    table = make_table(f, 2021, SG_NRS_4A, sg_program_year_last(2021));
    assert_row(table, "Grand Total", "B=2 C=0 E=1");
    assert_string_equal(table->notes[1].key, "no_subject");
    assert_int_equal(table->notes[1].n, 1);
}

/* ---- after exit ---- */

static sg_pop_exit exit_of(sg_day day, unsigned kinds)
{
    return (sg_pop_exit){.day = day,
                         .is_first_of_program_year = true,
                         .is_first_of_calendar_year = true,
                         .kinds = kinds,
                         .given = SG_GIVEN_DISTANCE | SG_GIVEN_OUTCOMES | SG_GIVEN_CREDENTIAL,
                         .earnings_q2 = SG_BLANK};
}

static void add_exit(fixture *f, sg_pop_exit fact)
{
    sg_assert_ok(f->sink.pop_exit(f->sink.context, &fact, NULL), NULL);
}

static sg_indicator yes_if(bool yes)
{
    return yes ? SG_INDICATOR_YES : SG_INDICATOR_NO;
}

/* So many exits of one indicator and day. earnings: those of the i-th who is employed. */
static void add_second_quarter(fixture *f, sg_day day, unsigned kinds, int n, int employed,
                               int64_t (*earnings)(int i))
{
    for (int i = 0; i < n; i++) {
        sg_pop_exit fact = exit_of(day, kinds);
        fact.employed_q2 = yes_if(i < employed);
        fact.earnings_q2 = i < employed ? earnings(i) : SG_BLANK;
        add_exit(f, fact);
    }
}

enum { CENT = 10000 };

static int64_t earnings_5a(int i)
{
    return INT64_C(654941) * CENT + (i - 619) * INT64_C(1000000);
}

/* 2021-08-01 is of PY 2021 and of calendar year 2021, both of which PY 2022 reports; of 2021-02-01 it reports the calendar year alone. */
static void table_5a_of_new_jersey_2022(void **state)
{
    fixture *f = *state;
    sg_day second = sg_program_year_first(2021) + 31, fourth = second - 181;
    add_second_quarter(f, second, SG_FEDERAL_DISTANCE, 2984, 1239, earnings_5a);
    for (int i = 0; i < 6320; i++) {
        sg_pop_exit fact = exit_of(fourth, SG_FEDERAL_DISTANCE);
        fact.employed_q4 = yes_if(i < 2798);
        if (i < 496) {
            fact.diploma_postsecondary = yes_if(i < 17);
            fact.diploma_employed = yes_if(i >= 17 && i < 17 + 64);
            fact.diploma_either = yes_if(i < 17 + 64);
        }
        if (i < 205)
            fact.credential = yes_if(i < 67);
        add_exit(f, fact);
    }
    const sg_nrs_table *table = make_table(f, 2022, SG_NRS_5A, sg_program_year_last(2022));
    assert_row(table, "Employment in the second", "B=2984 C=1239 D=0.4152 E=2984");
    assert_row(table, "Employment in the fourth", "B=6320 C=2798 D=0.4427");
    assert_row(table, "Median earnings", "B=1239 C=6549.41 D= E=1239 F=6549.41 G=");
    assert_row(table, "Diploma or equivalent, and entered", "B=496 C=17 D=0.0342");
    assert_row(table, "Diploma or equivalent, and employed within", "B=496 C=64 D=0.1290");
    assert_row(table, "Postsecondary credential", "B=205 C=67 D=0.3268");
    assert_int_equal(table->n_rows, 6);
}

static int64_t earnings_11(int i)
{
    static const int64_t middle = INT64_C(721500) * CENT, next = INT64_C(724412) * CENT;
    if (i == 321)
        return middle;
    return i < 321 ? middle - (322 - i) * CENT : next + (i - 322) * CENT;
}

static int64_t earnings_of_the_last(int i)
{
    (void)i;
    return INT64_C(2000000) * CENT;
}

static void add_msg_11(fixture *f)
{
    sg_pop_year fact = fact_of(2023, 5);
    fact.kinds = SG_FEDERAL_IET;
    for (int i = 0; i < 1479; i++) {
        sg_pop_year one = fact;
        int later = i - 1468;
        one.is_first = later < 0;
        if (i < 1199 || later == 0 || later == 1)
            one.gained[SG_GAIN_EFL_TEST] = day_in(2023);
        one.gained_language = one.gained[SG_GAIN_EFL_TEST] != SG_DAY_NONE;
        if (i < 23 || later == 0)
            one.gained[SG_GAIN_DIPLOMA] = day_in(2023);
        if (i < 9)
            one.gained[i < 4 ? SG_GAIN_TRANSCRIPT_SECONDARY : SG_GAIN_TRANSCRIPT_POSTSECONDARY] = day_in(
                2023);
        if (i < 27)
            one.gained[SG_GAIN_MILESTONE] = day_in(2023);
        if (i < 378 || later == 2)
            one.gained[SG_GAIN_SKILLS_PROGRESSION] = day_in(2023);
        add_one(f, one);
    }
}

static void table_11_of_new_jersey_2023(void **state)
{
    fixture *f = *state;
    sg_day second = sg_program_year_first(2022) + 31, fourth = second - 181;
    add_msg_11(f);
    add_second_quarter(f, second, SG_FEDERAL_IET, 1359, 643, earnings_11);
    sg_pop_exit later = exit_of(second, SG_FEDERAL_IET);
    later.is_first_of_program_year = false;
    later.employed_q2 = SG_INDICATOR_YES;
    later.earnings_q2 = earnings_of_the_last(0);
    add_exit(f, later);
    for (int i = 0; i < 822; i++) {
        sg_pop_exit fact = exit_of(fourth, SG_FEDERAL_IET);
        fact.employed_q4 = yes_if(i < 391);
        fact.diploma_either = i < 10 ? yes_if(i < 3) : SG_INDICATOR_OUT;
        fact.credential = i < 367 ? yes_if(i < 169) : SG_INDICATOR_OUT;
        add_exit(f, fact);
    }
    const sg_nrs_table *table = make_table(f, 2023, SG_NRS_11, sg_program_year_last(2023));
    assert_row(table, "MSG by EFL gain (types 1a-1d)", "B=1468 C=1199 D=0.8168 E=1479 F=1201");
    assert_row(table, "MSG by secondary school diploma", "B=1468 C=23 D=0.0157 E=1479 F=24");
    assert_row(table, "MSG by secondary or postsecondary transcript", "B=1468 C=9 D=0.0061 F=9");
    assert_row(table, "MSG by progress toward milestones", "B=1468 C=27 D=0.0184 F=27");
    assert_row(table, "MSG by passing technical", "B=1468 C=378 D=0.2575 F=379");
    assert_row(table, "Employment in the second", "B=1359 C=643 D=0.4731");
    assert_row(table, "Employment in the fourth", "B=822 C=391 D=0.4757");
    assert_row(table, "Median earnings", "C=7215.00 F=7229.56");
    assert_row(table, "Diploma or equivalent, and employed or in", "B=10 C=3 D=0.3000");
    assert_row(table, "Postsecondary credential", "B=367 C=169 D=0.4605");
}

/* ---- what is not delivered, and what is beside ---- */

static void without_an_export_cells_are_blank_and_the_note_says_why(void **state)
{
    fixture *f = *state;
    sg_pop_year fact = fact_of(2023, 1);
    fact.given = 0;
    add_one(f, fact);
    const sg_nrs_table *five = make_table(f, 2023, SG_NRS_5, sg_program_year_last(2023));
    assert_row(five, "Employment in the second", "B= C= D= E= F= G=");
    assert_string_equal(five->notes[five->n_notes - 2].key, "wants_outcomes");
    const sg_nrs_table *distance = make_table(f, 2023, SG_NRS_4C, sg_program_year_last(2023));
    assert_row(distance, "Grand Total", "B= J= K=");
    assert_string_equal(distance->notes[distance->n_notes - 1].key, "wants_distance");
    assert_row(make_table(f, 2023, SG_NRS_4B, sg_program_year_last(2023)), "Grand Total", "B= C= G=");
}

static void what_others_have_was_delivered_for_whose_tables_are_made_alone(void **state)
{
    fixture *f = *state;
    sg_pop_year fact = fact_of(2023, 1);
    fact.given = 0;
    add_one(f, fact);
    sg_nrs_give(f->counter, SG_GIVEN_EMPLOYMENT);
    sg_nrs_give(f->counter, SG_GIVEN_DISTANCE);
    assert_row(make_table(f, 2023, SG_NRS_6, sg_program_year_last(2023)), "Employed", "B=1");
    assert_row(make_table(f, 2023, SG_NRS_4C, sg_program_year_last(2023)), "Grand Total", "B=0 J= K=0");
    assert_row(make_table(f, 2023, SG_NRS_4B, sg_program_year_last(2023)), "Grand Total", "B= C= G=");
}

static void who_has_no_column_is_counted_beside(void **state)
{
    fixture *f = *state;
    sg_pop_year fact = fact_of(2023, 1);
    add_one(f, fact);
    fact.race = 0;
    add_one(f, fact);
    fact.race = 3;
    fact.sex = 3;
    add_one(f, fact);
    fact.sex = 1;
    fact.entering_level = fact.first_level = 0;
    add_one(f, fact);
    const sg_nrs_table *table = make_table(f, 2023, SG_NRS_1, sg_program_year_last(2023));
    assert_row(table, "Total", "E=1 P=1");
    assert_int_equal(table->n_notes, 3);
    for (size_t i = 0; i < table->n_notes; i++)
        assert_int_equal(table->notes[i].n, 1);
}

static void shares_are_exact_however_they_end(void **state)
{
    static const struct {
        int64_t value, of;
        int decimals;
        sg_nrs_rounding rounding;
        const char *text;
    } cases[] = {{1, 3, 4, SG_NRS_TRUNCATE, "0.3333"},
                 {2, 3, 4, SG_NRS_TRUNCATE, "0.6666"},
                 {2, 3, 4, SG_NRS_ROUND, "0.6667"},
                 {1, 1, 4, SG_NRS_TRUNCATE, "1.0000"},
                 {1, 20000, 4, SG_NRS_ROUND, "0.0001"},
                 {1, 20001, 4, SG_NRS_ROUND, "0.0000"},
                 {19999, 20000, 4, SG_NRS_ROUND, "1.0000"},
                 {19999, 20000, 4, SG_NRS_TRUNCATE, "0.9999"},
                 {5, 2, 0, SG_NRS_ROUND, "3"},
                 {0, 7, 4, SG_NRS_ROUND, "0.0000"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_str text = {0};
        sg_nrs_print_share(cases[i].value, cases[i].of, cases[i].decimals, cases[i].rounding, &text);
        assert_string_equal(sg_str_text(&text), cases[i].text);
        sg_str_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(table_4_of_new_jersey_2023, setup, teardown),
        cmocka_unit_test_setup_teardown(table_4_of_delaware_2020, setup, teardown),
        cmocka_unit_test_setup_teardown(table_4_of_michigan_2019, setup, teardown),
        cmocka_unit_test_setup_teardown(one_of_e_f_and_g_by_the_most_recent_gain, setup, teardown),
        cmocka_unit_test_setup_teardown(alternative_placement_has_a_row_from_2023, setup, teardown),
        cmocka_unit_test_setup_teardown(table_4a_of_new_jersey_2021, setup, teardown),
        cmocka_unit_test_setup_teardown(a_gain_without_a_subject_is_told_beside_its_columns, setup, teardown),
        cmocka_unit_test_setup_teardown(table_5a_of_new_jersey_2022, setup, teardown),
        cmocka_unit_test_setup_teardown(table_11_of_new_jersey_2023, setup, teardown),
        cmocka_unit_test_setup_teardown(what_others_have_was_delivered_for_whose_tables_are_made_alone, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(without_an_export_cells_are_blank_and_the_note_says_why, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(who_has_no_column_is_counted_beside, setup, teardown),
        cmocka_unit_test(shares_are_exact_however_they_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
