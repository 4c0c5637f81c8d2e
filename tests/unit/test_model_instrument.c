/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores to levels by instrument, subject and day, on a table made up for it. */
#include "support/assert.h"

#include "skillgain/model.h"

#define POINTS(n) ((int64_t)(n)*SG_SCORE_UNIT)
#define STARTS(a)                                                                                            \
    {                                                                                                        \
        POINTS(a), POINTS((a) + 10), POINTS((a) + 20), POINTS((a) + 30), POINTS((a) + 40), POINTS((a) + 50)  \
    }

static const char *const names[] = {"first test"};
static const char *const subjects[] = {"rdg"};

/* Reading was renumbered on day 1000 and is not approved from day 2001; math is ten points higher. */
static const sg_test_edition editions[] = {
    {.instrument = "ONE",
     .subject = "reading",
     .names = names,
     .n_names = 1,
     .subjects = subjects,
     .n_subjects = 1,
     .first_level = SG_LEVEL_ABE1,
     .from = 100,
     .to = 999,
     .floor = POINTS(100),
     .ceiling = POINTS(159),
     .starts = STARTS(100)},
    {.instrument = "ONE",
     .subject = "reading",
     .names = names,
     .n_names = 1,
     .subjects = subjects,
     .n_subjects = 1,
     .first_level = SG_LEVEL_ABE1,
     .from = 1000,
     .to = 2000,
     .floor = POINTS(80),
     .ceiling = POINTS(139),
     .starts = STARTS(80)},
    {.instrument = "ONE",
     .subject = "math",
     .first_level = SG_LEVEL_ABE1,
     .from = SG_DAY_NONE,
     .to = SG_DAY_NONE,
     .floor = POINTS(90),
     .ceiling = SG_SCORE_OPEN,
     .starts = STARTS(90)},
};
static const sg_instruments table = {editions, sizeof editions / sizeof editions[0]};

static void reads(const char *instrument, const char *subject, int64_t score, sg_day day,
                  sg_score_status status, unsigned lowest, unsigned highest)
{
    sg_score_level found = sg_score_level_of(&table, instrument, subject, score, day);
    assert_int_equal(found.status, status);
    assert_int_equal(found.lowest, lowest);
    assert_int_equal(found.highest, highest);
}

static void the_edition_of_the_day_counts_and_outside_all_the_nearest(void **state)
{
    (void)state;
    reads("ONE", "reading", POINTS(115), 100, SG_SCORE_KNOWN, 2, 2);
    reads("ONE", "reading", POINTS(115), 999, SG_SCORE_KNOWN, 2, 2);
    reads("ONE", "reading", POINTS(115), 1000, SG_SCORE_KNOWN, 4, 4);
    reads("ONE", "reading", POINTS(115), 2000, SG_SCORE_KNOWN, 4, 4);
    reads("ONE", "reading", POINTS(115), 2001, SG_SCORE_OUT_OF_DATE, 4, 4);
    reads("ONE", "reading", POINTS(115), 99, SG_SCORE_OUT_OF_DATE, 2, 2);
    reads("ONE", "reading", POINTS(85), 99, SG_SCORE_OFF_SCALE, 0, 0);
}

static void without_a_day_or_a_subject_the_score_may_be_of_each(void **state)
{
    (void)state;
    reads("ONE", "reading", POINTS(115), SG_DAY_NONE, SG_SCORE_KNOWN, 2, 4);
    reads("ONE", NULL, POINTS(115), 500, SG_SCORE_KNOWN, 2, 3);
    reads("ONE", "", POINTS(115), 1500, SG_SCORE_KNOWN, 3, 4);
    reads("ONE", NULL, POINTS(95), 500, SG_SCORE_KNOWN, 1, 1);
    reads("ONE", NULL, POINTS(89), 500, SG_SCORE_OFF_SCALE, 0, 0);
    /* that subject alone, by a name that only its lines have */
    reads("First-Test", NULL, POINTS(115), 500, SG_SCORE_KNOWN, 2, 2);
}

static void what_is_not_known_is_told_apart(void **state)
{
    (void)state;
    reads("TWO", "reading", POINTS(115), 500, SG_SCORE_NO_INSTRUMENT, 0, 0);
    reads(NULL, "reading", POINTS(115), 500, SG_SCORE_NO_INSTRUMENT, 0, 0);
    reads("", "reading", POINTS(115), 500, SG_SCORE_NO_INSTRUMENT, 0, 0);
    reads("ONE", "reading", SG_BLANK, 500, SG_SCORE_NO_INSTRUMENT, 0, 0);
    reads("ONE", "science", POINTS(115), 500, SG_SCORE_NO_SUBJECT, 0, 0);
    assert_int_equal(sg_score_level_of(NULL, "ONE", "reading", POINTS(115), 500).status,
                     SG_SCORE_NO_INSTRUMENT);
}

static void between_two_whole_scores_the_lower_level_goes_on(void **state)
{
    (void)state;
    reads("ONE", "RDG.", POINTS(110) - 1, 500, SG_SCORE_KNOWN, 1, 1);
    reads("ONE", "reading", POINTS(159) + 1, 500, SG_SCORE_OFF_SCALE, 0, 0);
    reads("ONE", "reading", POINTS(100) - 1, 500, SG_SCORE_OFF_SCALE, 0, 0);
    reads("ONE", "math", POINTS(100000), 500, SG_SCORE_KNOWN, 6, 6);
}

static void names_are_compared_without_signs_and_capitals(void **state)
{
    (void)state;
    assert_true(sg_instrument_same_name("TABE 11/12", "tabe_11_12"));
    assert_true(sg_instrument_same_name("", "_-"));
    assert_false(sg_instrument_same_name("TABE 11", "TABE 11/12"));
    assert_false(sg_instrument_same_name("TABE 11/12", "TABE 11"));
    assert_false(sg_instrument_same_name("\xc3\xa9", "\xc3\xa8"));
    assert_string_equal(sg_instrument_name(&table, "first-TEST"), "ONE");
    assert_string_equal(sg_instrument_name(&table, "other"), "other");
    assert_null(sg_instrument_name(&table, NULL));
}

static void editions_that_share_a_day_overlap(void **state)
{
    sg_test_edition later = editions[1];
    (void)state;
    assert_false(sg_test_editions_overlap(&editions[0], &later));
    later.from = 999;
    assert_true(sg_test_editions_overlap(&editions[0], &later));
    assert_true(sg_test_editions_overlap(&later, &editions[0]));
    later.from = SG_DAY_NONE;
    assert_true(sg_test_editions_overlap(&editions[0], &later));
    later.subject = "math";
    assert_false(sg_test_editions_overlap(&editions[0], &later));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_edition_of_the_day_counts_and_outside_all_the_nearest),
        cmocka_unit_test(without_a_day_or_a_subject_the_score_may_be_of_each),
        cmocka_unit_test(what_is_not_known_is_told_apart),
        cmocka_unit_test(between_two_whole_scores_the_lower_level_goes_on),
        cmocka_unit_test(names_are_compared_without_signs_and_capitals),
        cmocka_unit_test(editions_that_share_a_day_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
