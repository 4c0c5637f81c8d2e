/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dose, worked out by hand: days are counted from 0, the window is from day 100 to day 279, which is 25 weeks and 5 days. A row: first and last day,
 * hours, days over which they are spread (0: its own).
 */
#include "support/assert.h"

#include "cohort/dose.h"
#include "cohort/hours.h"

enum { MAX_ROWS = 3, FROM = 100, TO = 279 };

typedef struct {
    const char *name; /* a sentence */
    struct {
        sg_day first, last;
        double hours;
        int64_t spread;
        bool as_given;
    } rows[MAX_ROWS];
    size_t n;
    double hours; /* -1: not known */
    int weeks;
} dose_case;

static dose_case cases[] = {
    {.name = "a span within the window gives all of its hours",
     .rows = {{107, 176, 70, 0, false}},
     .n = 1,
     .hours = 70,
     .weeks = 10},
    {.name = "one that began before it gives those of its days",
     .rows = {{90, 109, 40, 0, false}},
     .n = 1,
     .hours = 20,
     .weeks = 2},
    {.name = "one that goes on behind it likewise",
     .rows = {{270, 289, 30, 0, false}},
     .n = 1,
     .hours = 15,
     .weeks = 2},
    {.name = "the window's first and last day are in it",
     .rows = {{50, 100, 51, 0, false}, {279, 300, 22, 0, false}},
     .n = 2,
     .hours = 2,
     .weeks = 2},
    {.name = "the days around it are not",
     .rows = {{50, 99, 50, 0, false}, {280, 300, 21, 0, false}},
     .n = 2,
     .hours = 0,
     .weeks = 0},
    {.name = "a span over all of it is 26 weeks",
     .rows = {{0, 399, 400, 0, false}},
     .n = 1,
     .hours = 180,
     .weeks = 26},
    {.name = "two at once add their hours, and weeks once",
     .rows = {{107, 120, 14, 0, false}, {107, 120, 7, 0, false}},
     .n = 2,
     .hours = 21,
     .weeks = 2},
    {.name = "days of service",
     .rows = {{101, 101, 2.5, 0, false}, {103, 103, 2, 0, false}, {121, 121, 3, 0, false}},
     .n = 3,
     .hours = 7.5,
     .weeks = 2},
    {.name = "a span that the as-of date cuts has the hours of its days",
     .rows = {{100, 109, 40, 20, false}},
     .n = 1,
     .hours = 20,
     .weeks = 2},
    {.name = "a third of an hour a day",
     .rows = {{100, 101, 1, 3, false}},
     .n = 1,
     .hours = 2.0 / 3,
     .weeks = 1},
    {.name = "hours that an export doesn't have are not known",
     .rows = {{100, 109, 40, 0, false}, {110, 119, 12, 0, true}},
     .n = 2,
     .hours = -1,
     .weeks = 3},
    {.name = "unless none of its days is in the window",
     .rows = {{80, 99, 12, 0, true}, {100, 109, 40, 0, false}},
     .n = 2,
     .hours = 40,
     .weeks = 2},
};

static void test_case(void **state)
{
    const dose_case *c = *state;
    sg_counted_row rows[MAX_ROWS];
    sg_pop pop = {.rows = rows, .n_rows = c->n, .first = c->rows[0].first};
    for (size_t i = 0; i < c->n; i++) {
        rows[i] = (sg_counted_row){.first = c->rows[i].first,
                                   .last = c->rows[i].last,
                                   .hours = (int64_t)(c->rows[i].hours * (double)SG_HOUR),
                                   .spread_days = c->rows[i].spread,
                                   .hours_as_given = c->rows[i].as_given};
        if (rows[i].spread_days == 0)
            rows[i].spread_days = (int64_t)rows[i].last - rows[i].first + 1;
        pop.last = rows[i].last > pop.last ? rows[i].last : pop.last;
    }
    int64_t hours = sg_dose_hours(&pop, FROM, TO);
    if (c->hours < 0)
        assert_true(hours == SG_BLANK);
    else
        sg_assert_close((double)hours / (double)SG_HOUR, c->hours, 3e-9, 0);
    assert_int_equal(sg_dose_weeks(&pop, FROM, TO), c->weeks);
}

/* ---- completion ---- */

typedef struct {
    const char *name; /* a sentence */
    struct {
        sg_day completed, end, exit; /* the start is day 90 */
        int64_t iet;
        const char *program;
    } rows[MAX_ROWS];
    size_t n;
    bool iet, any; /* completed, as a unit of the arm IET; as one of another */
} completion_case;

enum { NONE = SG_DAY_NONE };

static completion_case completions[] = {
    {"no day, not completed", {{NONE, 200, NONE, SG_IET_YES, NULL}}, 1, false, false},
    {"the window's first day is in it", {{100, 200, NONE, SG_IET_YES, NULL}}, 1, true, true},
    {"its last day, too", {{279, 300, NONE, SG_IET_YES, NULL}}, 1, true, true},
    {"the day before it is not", {{99, 200, NONE, SG_IET_YES, NULL}}, 1, false, false},
    {"nor the day behind it", {{280, 300, NONE, SG_IET_YES, NULL}}, 1, false, false},
    {"on the row's last day", {{200, 200, NONE, SG_IET_YES, NULL}}, 1, true, true},
    {"behind it is a contradiction", {{201, 200, NONE, SG_IET_YES, NULL}}, 1, false, false},
    {"but up to a later exit it is none", {{205, 200, 205, SG_IET_YES, NULL}}, 1, true, true},
    {"an earlier exit cuts nothing", {{200, 200, 150, SG_IET_YES, NULL}}, 1, true, true},
    {"a row without an end has no last day", {{270, NONE, NONE, SG_IET_YES, NULL}}, 1, true, true},
    {"another class completed is no IET completed",
     {{NONE, 200, NONE, SG_IET_YES, NULL}, {150, 200, NONE, SG_IET_NO, NULL}},
     2,
     false,
     true},
    {"a row of an IET program is of IET",
     {{NONE, 200, NONE, SG_IET_YES, NULL}, {150, 200, NONE, SG_BLANK, "P1"}},
     2,
     true,
     true},
    {"where the components alone are IET, any row is",
     {{NONE, 200, NONE, SG_BLANK, NULL}, {150, 200, NONE, SG_BLANK, NULL}},
     2,
     true,
     true},
};

static void test_completion(void **state)
{
    const completion_case *c = *state;
    sg_stored_enrollment stored[MAX_ROWS];
    sg_counted_row rows[MAX_ROWS];
    sg_pop pop = {.rows = rows, .n_rows = c->n, .as_of = 290};

    for (size_t i = 0; i < c->n; i++) {
        const sg_day days[] = {c->rows[i].completed, c->rows[i].end, c->rows[i].exit};
        const int fields[] = {SG_ENROLLMENT_COMPLETION_DATE, SG_ENROLLMENT_END_DATE, SG_ENROLLMENT_EXIT_DATE};

        stored[i] = (sg_stored_enrollment){.iet_program_id = c->rows[i].program, .cutoff = 290};
        for (size_t day = 0; day < 3; day++)
            stored[i].number[fields[day]] = days[day] == SG_DAY_NONE ? SG_BLANK : days[day];
        stored[i].number[SG_ENROLLMENT_START_DATE] = 90;
        stored[i].number[SG_ENROLLMENT_IET] = c->rows[i].iet;
        rows[i] = (sg_counted_row){.row = &stored[i]};
    }
    assert_true(sg_dose_completed(&pop, true, FROM, TO) == c->iet);
    assert_true(sg_dose_completed(&pop, false, FROM, TO) == c->any);
}

static void a_completion_is_within_its_row_and_known_by_the_day(void **state)
{
    sg_stored_enrollment row = {.cutoff = 250};

    (void)state;
    row.number[SG_ENROLLMENT_START_DATE] = 90;
    row.number[SG_ENROLLMENT_END_DATE] = row.number[SG_ENROLLMENT_EXIT_DATE] = SG_BLANK;
    row.number[SG_ENROLLMENT_COMPLETION_DATE] = 240;
    assert_int_equal(sg_row_completion(&row, 300), 240);
    assert_int_equal(sg_row_completion(&row, 240), 240);
    assert_int_equal(sg_row_completion(&row, 239), SG_DAY_NONE);
    row.cutoff = 239;
    assert_int_equal(sg_row_completion(&row, 300), SG_DAY_NONE);
    row.number[SG_ENROLLMENT_COMPLETION_DATE] = 89;
    assert_int_equal(sg_row_completion(&row, 300), SG_DAY_NONE);
    row.number[SG_ENROLLMENT_COMPLETION_DATE] = 90;
    assert_int_equal(sg_row_completion(&row, 300), 90);
}

enum { N_CASES = sizeof cases / sizeof *cases, N_COMPLETIONS = sizeof completions / sizeof *completions };

int main(void)
{
    static struct CMUnitTest all[N_CASES + N_COMPLETIONS + 1];
    for (size_t i = 0; i < N_COMPLETIONS; i++)
        all[N_CASES + i] = (struct CMUnitTest){completions[i].name, test_completion, NULL, NULL,
                                               &completions[i]};
    all[N_CASES + N_COMPLETIONS] = (struct CMUnitTest)cmocka_unit_test(
        a_completion_is_within_its_row_and_known_by_the_day);
    for (size_t i = 0; i < N_CASES; i++)
        all[i] = (struct CMUnitTest){cases[i].name, test_case, NULL, NULL, &cases[i]};
    return cmocka_run_group_tests(all, NULL, NULL);
}
