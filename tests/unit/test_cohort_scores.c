/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Score gains, worked out by hand. The PoP lasts from 2023-09-01 to 2024-05-31, the window from 2023-10-13 to 2024-04-09, the as-of date is
 * 2025-06-30. A test: "DATE INSTRUMENT SUBJECT SCORE [CUTOFF]", "-": no subject. Told: "INSTRUMENT*SUBJECT=POINTS" by the table's order.
 */
#include "support/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cohort/score.h"

enum { MAX_TESTS = 8 }; /* with room for the end of the list */

typedef struct {
    const char *name; /* a sentence */
    const char *tests[MAX_TESTS];
    const char *as_of;
    const char *told;
} score_case;

static sg_day day_of(const char *text)
{
    sg_day day = SG_DAY_NONE;
    if (!sg_day_parse(text, 10, "%Y-%m-%d", &day))
        fail_msg("'%s' is no date", text);
    return day;
}

/* Two subjects of one instrument, the first in two editions, and another instrument of one subject; scores from 100 to 300 or open. */
static const char *const long_names[] = {"long test"};
static const sg_test_edition editions[] = {
    {.instrument = "LONG",
     .subject = "reading",
     .names = long_names,
     .n_names = 1,
     .first_level = SG_LEVEL_ABE1,
     .from = SG_DAY_NONE,
     .to = 19700,
     .floor = 100000000,
     .ceiling = 300000000,
     .starts = {100000000, 120000000, 140000000, 160000000, 180000000, 200000000}},
    {.instrument = "LONG",
     .subject = "reading",
     .names = long_names,
     .n_names = 1,
     .first_level = SG_LEVEL_ABE1,
     .from = 19701,
     .to = SG_DAY_NONE,
     .floor = 100000000,
     .ceiling = 300000000,
     .starts = {100000000, 125000000, 145000000, 165000000, 185000000, 205000000}},
    {.instrument = "LONG",
     .subject = "math",
     .names = long_names,
     .n_names = 1,
     .first_level = SG_LEVEL_ABE1,
     .from = SG_DAY_NONE,
     .to = SG_DAY_NONE,
     .floor = 100000000,
     .ceiling = 300000000,
     .starts = {100000000, 120000000, 140000000, 160000000, 180000000, 200000000}},
    {.instrument = "ORAL",
     .subject = "listening",
     .first_level = SG_LEVEL_ESL1,
     .from = SG_DAY_NONE,
     .to = SG_DAY_NONE,
     .floor = SG_SCORE_OPEN,
     .ceiling = SG_SCORE_OPEN,
     .starts = {0, 20000000, 40000000, 60000000, 80000000, 100000000}},
};
static const sg_instruments table = {editions, sizeof editions / sizeof *editions};

static void read_test(const char *text, char names[2][40], sg_stored_test *out)
{
    char day[11], cutoff[11] = "2025-06-30";
    double score = 0;
    assert_true(sscanf(text, "%10s %39s %39s %lf %10s", day, names[0], names[1], &score, cutoff) >= 4);
    for (char *c = names[0]; *c != '\0'; c++)
        *c = (char)(*c == '_' ? ' ' : *c);
    *out = (sg_stored_test){.date = day_of(day),
                            .instrument = names[0],
                            .subject = strcmp(names[1], "-") == 0 ? NULL : names[1],
                            .score = (int64_t)(score * SG_SCORE_UNIT),
                            .cutoff = day_of(cutoff)};
}

static void test_case(void **state)
{
    const score_case *c = *state;
    SG_CLEANUP(sg_test_scales_release) sg_test_scales scales = {0};
    sg_stored_test tests[MAX_TESTS];
    char names[MAX_TESTS][2][40];
    sg_stored_learner learner = {.tests = tests};
    const sg_pop pop = {.first = day_of("2023-09-01"), .last = day_of("2024-05-31")};
    const sg_participant_year year = {
        .as_of = day_of(c->as_of != NULL ? c->as_of : "2025-06-30"), .learner = &learner, .pop = &pop};
    sg_err err = {0};
    sg_str told = {0};
    for (; c->tests[learner.n_tests] != NULL; learner.n_tests++)
        read_test(c->tests[learner.n_tests], names[learner.n_tests], &tests[learner.n_tests]);
    sg_assert_ok(sg_test_scales_find(&scales, &table, &learner, &err), &err);
    for (size_t s = 0; s < table.n; s++) {
        int64_t gain = sg_score_gain(&scales, &year, s, day_of("2023-10-13"), day_of("2024-04-09"));
        if (gain == SG_BLANK)
            continue;
        sg_str_printf(&told, "%s%s*%s=", told.length > 0 ? " " : "", editions[s].instrument,
                      editions[s].subject);
        sg_str_add_exact(&told, (double)gain / SG_SCORE_UNIT);
    }
    assert_string_equal(sg_str_text(&told), c->told);
    sg_str_release(&told);
}

static score_case cases[] = {
    {.name = "nobody tested has none", .told = ""},
    {.name = "post minus pre, in points",
     .tests = {"2023-09-05 LONG reading 118.5", "2023-12-01 LONG reading 131"},
     .told = "LONG*reading=12.5"},
    {.name = "a loss is negative",
     .tests = {"2023-09-05 LONG reading 131", "2023-12-01 LONG reading 118"},
     .told = "LONG*reading=-13"},
    {.name = "the first in the PoP and the last in the window",
     .tests = {"2023-09-05 LONG math 110", "2023-10-01 LONG math 150", "2023-12-01 LONG math 160",
               "2024-04-09 LONG math 140", "2024-04-10 LONG math 200"},
     .told = "LONG*math=30"},
    {.name = "where none is from before the window, the first one in it is the pre-test",
     .tests = {"2023-11-01 LONG math 110", "2023-12-01 LONG math 115"},
     .told = "LONG*math=5"},
    {.name = "one alone is no pair", .tests = {"2023-11-01 LONG math 110"}, .told = ""},
    {.name = "nor is a pair before the window",
     .tests = {"2023-09-05 LONG math 110", "2023-10-12 LONG math 120"},
     .told = ""},
    {.name = "a score from before the PoP tells not where it began",
     .tests = {"2023-08-31 LONG math 110", "2023-12-01 LONG math 120"},
     .told = ""},
    {.name = "the PoP's first day is in it",
     .tests = {"2023-09-01 LONG math 110", "2023-12-01 LONG math 120"},
     .told = "LONG*math=10"},
    {.name = "subjects and instruments are never mixed",
     .tests = {"2023-09-05 LONG math 110", "2023-09-05 ORAL listening 30", "2023-12-01 LONG reading 200"},
     .told = ""},
    {.name = "each scale by itself",
     .tests = {"2023-09-05 LONG math 110", "2023-09-05 LONG reading 120", "2023-09-05 ORAL listening 30",
               "2023-12-01 LONG math 115", "2023-12-01 LONG reading 127", "2023-12-01 ORAL listening 39"},
     .told = "LONG*reading=7 LONG*math=5 ORAL*listening=9"},
    {.name = "other spellings and another edition are the same scale",
     .tests = {"2023-09-05 Long_Test READING 118", "2024-02-01 long reading 121"},
     .told = "LONG*reading=3"},
    {.name = "no subject, where the name allows only one",
     .tests = {"2023-09-05 oral - 30", "2023-12-01 ORAL listening 41"},
     .told = "ORAL*listening=11"},
    {.name = "no subject where there are two is no scale",
     .tests = {"2023-09-05 LONG - 130", "2023-12-01 LONG - 141"},
     .told = ""},
    {.name = "an instrument that the table doesn't know is no scale",
     .tests = {"2023-09-05 HOMEMADE math 130", "2023-12-01 HOMEMADE math 141"},
     .told = ""},
    {.name = "a score off the scale is none",
     .tests = {"2023-09-05 LONG math 99", "2023-09-20 LONG math 130", "2023-12-01 LONG math 141",
               "2023-12-05 LONG math 1410"},
     .told = "LONG*math=11"},
    {.name = "of several on one day the highest, before and after",
     .tests = {"2023-09-05 LONG math 130", "2023-09-05 LONG math 120", "2023-12-01 LONG math 141",
               "2023-12-01 LONG math 150", "2023-12-01 LONG math 149"},
     .told = "LONG*math=20"},
    {.name = "two on one day are no pair",
     .tests = {"2023-12-01 LONG math 141", "2023-12-01 LONG math 150"},
     .told = ""},
    {.name = "after its delivery's cut-off it is not known",
     .tests = {"2023-09-05 LONG math 130", "2023-12-01 LONG math 141 2023-11-30"},
     .told = ""},
    {.name = "nor after the as-of date",
     .as_of = "2023-11-30",
     .tests = {"2023-09-05 LONG math 130", "2023-11-30 LONG math 133", "2023-12-01 LONG math 141"},
     .told = "LONG*math=3"},
};

int main(void)
{
    static struct CMUnitTest all[sizeof cases / sizeof *cases];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        all[i] = (struct CMUnitTest){cases[i].name, test_case, NULL, NULL, &cases[i]};
    return cmocka_run_group_tests(all, NULL, NULL);
}
