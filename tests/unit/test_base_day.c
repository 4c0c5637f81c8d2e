/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "skillgain/base/day.h"

static sg_day day_of(int year, int month, int day)
{
    sg_day out = SG_DAY_NONE;
    assert_true(sg_day_from_civil(year, month, day, &out));
    return out;
}

/* Counted by GNU date: date -u -d 2024-07-01 +%s, divided by 86400. */
static void days_are_counted_from_1970(void **state)
{
    (void)state;
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of(1969, 12, 31), -1);
    assert_int_equal(day_of(1800, 1, 1), -62091);
    assert_int_equal(day_of(1900, 2, 28), -25509);
    assert_int_equal(day_of(2000, 2, 29), 11016);
    assert_int_equal(day_of(2024, 7, 1), 19905);
    assert_int_equal(day_of(2999, 12, 31), 376199);
}

static void what_is_not_on_the_calendar_is_refused(void **state)
{
    (void)state;
    static const int cases[][3] = {{2023, 2, 29},  {1900, 2, 29}, {2024, 2, 30}, {2024, 4, 31},
                                   {2024, 0, 1},   {2024, 13, 1}, {2024, 1, 0},  {2024, 1, 32},
                                   {1799, 12, 31}, {3000, 1, 1},  {0, 1, 1},     {2024, -1, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_day day = 42;
        assert_false(sg_day_from_civil(cases[i][0], cases[i][1], cases[i][2], &day));
        assert_int_equal(day, 42);
    }
}

static void each_day_is_the_day_after_the_one_before(void **state)
{
    (void)state;
    int year = 1800, month = 1, day = 1;
    for (sg_day i = day_of(1800, 1, 1); i < day_of(2200, 1, 2); i++) {
        int y = 0, m = 0, d = 0;
        sg_day_to_civil(i, &y, &m, &d);
        assert_true(y == year && m == month && d == day);
        assert_int_equal(day_of(y, m, d), i);
        sg_day next = 0;
        if (sg_day_from_civil(year, month, day + 1, &next)) {
            day++;
            continue;
        }
        day = 1;
        month = month % 12 + 1;
        year += month == 1 ? 1 : 0;
    }
}

static void dates_are_written_as_iso(void **state)
{
    (void)state;
    char text[SG_DAY_TEXT];
    assert_string_equal(sg_day_format(19905, text), "2024-07-01");
    assert_string_equal(sg_day_format(-1, text), "1969-12-31");
    assert_string_equal(sg_day_format(SG_DAY_NONE, text), "");
    assert_string_equal(sg_day_format(SG_DAY_NONE + 1, text), "");
    assert_string_equal(sg_day_format(INT32_MAX, text), "");
}

static void dates_are_read_by_their_pattern(void **state)
{
    (void)state;
    static const struct {
        const char *text, *pattern, *want;
    } cases[] = {{"2024-07-01", "%Y-%m-%d", "2024-07-01"},      {"2024-7-1", "%Y-%m-%d", "2024-07-01"},
                 {"07/01/2024", "%m/%d/%Y", "2024-07-01"},      {"7/1/2024", "%m/%d/%Y", "2024-07-01"},
                 {"20240701", "%Y%m%d", "2024-07-01"},          {"01.07.2024", "%d.%m.%Y", "2024-07-01"},
                 {"0701 2024", "%m%d %Y", "2024-07-01"},        {"2024-02-29", "%Y-%m-%d", "2024-02-29"},
                 {"on 7/1/2024!", "on %m/%d/%Y!", "2024-07-01"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_day day = SG_DAY_NONE;
        char text[SG_DAY_TEXT];
        assert_true(sg_day_parse(cases[i].text, strlen(cases[i].text), cases[i].pattern, &day));
        assert_string_equal(sg_day_format(day, text), cases[i].want);
    }
}

static void text_that_does_not_fit_the_pattern_is_no_date(void **state)
{
    (void)state;
    static const struct {
        const char *text, *pattern;
    } cases[] = {{"", "%Y-%m-%d"},
                 {"2024-07-01 ", "%Y-%m-%d"},
                 {" 2024-07-01", "%Y-%m-%d"},
                 {"2024-07", "%Y-%m-%d"},
                 {"24-07-01", "%Y-%m-%d"},
                 {"7/1/24", "%m/%d/%Y"},
                 {"2024-02-30", "%Y-%m-%d"},
                 {"2023-02-29", "%Y-%m-%d"},
                 {"13/01/2024", "%m/%d/%Y"},
                 {"2024-007-01", "%Y-%m-%d"},
                 {"2024-+7-01", "%Y-%m-%d"},
                 {"2024- 7-01", "%Y-%m-%d"},
                 {"2024071", "%Y%m%d"},
                 {"202471", "%Y%m%d"},
                 {"71 2024", "%m%d %Y"},
                 {"02024-07-01", "%Y-%m-%d"},
                 {"2024-07-01T00:00", "%Y-%m-%d"},
                 {"45474", "%Y-%m-%d"},
                 {"2024-07", "%Y-%m"},
                 {"2024-07-07-01", "%Y-%m-%m-%d"},
                 {"24-07-01", "%y-%m-%d"},
                 {"2024-07-01", "%Y-%m-%d%"},
                 {"2024-07-01", ""},
                 {"2024-00-01", "%Y-%m-%d"},
                 {"\xd9\xa2\xd9\xa0-1-1", "%Y-%m-%d"},
                 {"1753-01-01", "%Y-%m-%d"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_day day = 42;
        assert_false(sg_day_parse(cases[i].text, strlen(cases[i].text), cases[i].pattern, &day));
        assert_int_equal(day, 42);
    }
}

static void reading_stops_at_the_length_that_was_given(void **state)
{
    (void)state;
    sg_day day = 0;
    assert_true(sg_day_parse("2024-07-0199", 10, "%Y-%m-%d", &day));
    assert_int_equal(day, 19905);
    assert_false(sg_day_parse("2024-07-01", 4, "%Y-%m-%d", &day));
}

static void a_program_year_is_july_to_june(void **state)
{
    (void)state;
    assert_int_equal(sg_program_year(day_of(2024, 7, 1)), 2024);
    assert_int_equal(sg_program_year(day_of(2024, 6, 30)), 2023);
    assert_int_equal(sg_program_year(day_of(2025, 1, 1)), 2024);
    assert_int_equal(sg_program_year(day_of(1960, 7, 1)), 1960);
    assert_int_equal(sg_program_year_first(2024), day_of(2024, 7, 1));
    assert_int_equal(sg_program_year_last(2024), day_of(2025, 6, 30));
    assert_int_equal(sg_program_year_first(2025), sg_program_year_last(2024) + 1);
    assert_int_equal(sg_program_year_first(-1), SG_DAY_NONE);
    assert_int_equal(sg_program_year_last(INT32_MAX), SG_DAY_NONE);
}

static void months_and_quarters_go_over_the_year(void **state)
{
    (void)state;
    assert_int_equal(sg_month_after(day_of(2024, 1, 31), 0), day_of(2024, 1, 1));
    assert_int_equal(sg_month_after(day_of(2024, 1, 31), 1), day_of(2024, 2, 1));
    assert_int_equal(sg_month_after(day_of(2023, 12, 1), 1), day_of(2024, 1, 1));
    assert_int_equal(sg_month_after(day_of(2023, 11, 30), 26), day_of(2026, 1, 1));
    assert_int_equal(sg_quarter_after(day_of(2024, 3, 31), 0), day_of(2024, 1, 1));
    assert_int_equal(sg_quarter_after(day_of(2024, 4, 1), 0), day_of(2024, 4, 1));
    assert_int_equal(sg_quarter_after(day_of(2023, 11, 30), 2), day_of(2024, 4, 1));
    assert_int_equal(sg_quarter_after(day_of(2023, 11, 30), 4), day_of(2024, 10, 1));
    assert_int_equal(sg_quarter_after(day_of(2024, 1, 1), 4), day_of(2025, 1, 1));
    assert_int_equal(sg_quarter_after(day_of(2999, 12, 31), 1), SG_DAY_NONE);
}

static void age_is_counted_in_whole_years(void **state)
{
    (void)state;
    sg_day birth = day_of(2000, 7, 15), leapling = day_of(2004, 2, 29);
    assert_int_equal(sg_age_on(birth, day_of(2016, 7, 14)), 15);
    assert_int_equal(sg_age_on(birth, day_of(2016, 7, 15)), 16);
    assert_int_equal(sg_age_on(birth, birth), 0);
    assert_int_equal(sg_age_on(leapling, day_of(2021, 2, 28)), 16);
    assert_int_equal(sg_age_on(leapling, day_of(2021, 3, 1)), 17);
    assert_int_equal(sg_age_on(leapling, day_of(2020, 2, 28)), 15);
    assert_int_equal(sg_age_on(leapling, day_of(2020, 2, 29)), 16);
    assert_true(sg_age_on(birth, day_of(1999, 1, 1)) < 0);
    assert_int_equal(sg_age_on(SG_DAY_NONE, birth), -1);
    assert_int_equal(sg_age_on(birth, SG_DAY_NONE), -1);
}

static sg_day today_in(const char *zone)
{
    assert_int_equal(setenv("TZ", zone, 1), 0);
    tzset();
    return sg_day_today();
}

/* Two zones 26 hours apart never have the same date, and UTC lies between them. */
static void today_is_the_local_date(void **state)
{
    (void)state;
    sg_day east = today_in("EAST-14"), west = today_in("WEST12");
    sg_day utc_before = (sg_day)(time(NULL) / 86400), utc = today_in("UTC0");
    assert_true(east - west >= 1 && east - west <= 2);
    assert_true(utc >= utc_before && utc <= utc_before + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_counted_from_1970),
        cmocka_unit_test(what_is_not_on_the_calendar_is_refused),
        cmocka_unit_test(each_day_is_the_day_after_the_one_before),
        cmocka_unit_test(dates_are_written_as_iso),
        cmocka_unit_test(dates_are_read_by_their_pattern),
        cmocka_unit_test(text_that_does_not_fit_the_pattern_is_no_date),
        cmocka_unit_test(reading_stops_at_the_length_that_was_given),
        cmocka_unit_test(a_program_year_is_july_to_june),
        cmocka_unit_test(months_and_quarters_go_over_the_year),
        cmocka_unit_test(age_is_counted_in_whole_years),
        cmocka_unit_test(today_is_the_local_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
