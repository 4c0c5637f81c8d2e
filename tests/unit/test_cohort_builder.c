/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cohort as a whole: order, colleges, what was read and not counted, further dimensions, failure.
 */
#include "support/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem_hook.h"
#include "cohort/builder.h"

enum { MAX_LEARNERS = 300, MAX_ROWS = 3 };

/* Learners in the order in which the store hands them on. */
typedef struct {
    sg_stored_learner learners[MAX_LEARNERS];
    sg_stored_enrollment rows[MAX_LEARNERS][MAX_ROWS];
    sg_stored_gain gains[MAX_LEARNERS][MAX_ROWS];
    size_t n;
    sg_config config;
    sg_day as_of;
} fixture;

static sg_day day_of(int year, int month, int day)
{
    sg_day out = SG_DAY_NONE;
    assert_true(sg_day_from_civil(year, month, day, &out));
    return out;
}

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (f == NULL)
        return -1;
    f->config.cohort.participant_hours = 12;
    f->config.cohort.exit_gap_days = 90;
    f->config.cohort.landmark_days = 30;
    f->config.cohort.follow_up_days = 180;
    f->config.cohort.iet = SG_GRADE_BIT_CLAIMED;
    f->config.analysis.common_types = 1U << SG_GAIN_EFL_TEST;
    f->as_of = day_of(2025, 6, 30);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    sg_mem_fail_at(0);
    free(*state);
    return 0;
}

static sg_stored_learner *add_learner(fixture *f)
{
    sg_stored_learner *learner = &f->learners[f->n];
    learner->enrollments = f->rows[f->n];
    learner->gains = f->gains[f->n];
    f->n++;
    return learner;
}

/* A row of 120 days from the first on and so many hours. */
static sg_stored_enrollment *add_row(fixture *f, sg_day first, int64_t hours)
{
    size_t at = f->n - 1;
    sg_stored_enrollment *row = &f->rows[at][f->learners[at].n_enrollments++];
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        row->number[i] = SG_BLANK;
    row->number[SG_ENROLLMENT_START_DATE] = first;
    row->number[SG_ENROLLMENT_END_DATE] = first + 119;
    row->number[SG_ENROLLMENT_CONTACT_HOURS] = hours * INT64_C(1000000000);
    row->number[SG_ENROLLMENT_IET] = SG_IET_NO;
    row->cutoff = f->as_of;
    row->export_has_hours = true;
    return row;
}

static void add_gain(fixture *f, sg_day date, sg_gain_type type)
{
    size_t at = f->n - 1;
    f->gains[at][f->learners[at].n_gains++] = (sg_stored_gain){
        .date = date, .type = type, .cutoff = f->as_of, .college = -1};
}

static sg_status build_with(const fixture *f, const sg_cohort_sources *sources, sg_cohort **out, sg_err *err)
{
    static const char *const colleges[] = {"01", "02", "03"};
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    sg_status status = sg_cohort_builder_new(&f->config, f->as_of, &builder, err);
    if (status == SG_OK && sources != NULL)
        sg_cohort_builder_use(builder, sources);
    for (size_t i = 0; i < f->n && status == SG_OK; i++)
        status = sg_cohort_builder_add(builder, &f->learners[i], err);
    return status == SG_OK ? sg_cohort_builder_finish(builder, colleges, 3, out, err) : status;
}

static sg_status build(const fixture *f, sg_cohort **out, sg_err *err)
{
    return build_with(f, NULL, out, err);
}

static sg_cohort *must_build_with(const fixture *f, const sg_cohort_sources *sources)
{
    sg_err err = {0};
    sg_cohort *cohort = NULL;
    sg_assert_ok(build_with(f, sources, &cohort, &err), &err);
    return cohort;
}

static sg_cohort *must_build(const fixture *f)
{
    return must_build_with(f, NULL);
}

static void set_dimensions(fixture *f, const char *const *names, size_t n)
{
    f->config.analysis.dimensions = names;
    f->config.analysis.n_dimensions = n;
}

static void no_learners_make_an_empty_cohort(void **state)
{
    sg_cohort *cohort = must_build(*state);
    assert_int_equal(cohort->n, 0);
    assert_int_equal(cohort->n_dimensions, 0);
    assert_int_equal(cohort->n_colleges, 3);
    assert_int_equal(cohort->as_of, day_of(2025, 6, 30));
    sg_cohort_free(cohort);
}

/* Learners at colleges 2, 0, 1: the first in 2024 alone, the second in 2022 and 2024, the third in 2022. */
static void participant_years_are_sorted_by_year_then_learner(void **state)
{
    fixture *f = *state;
    add_learner(f);
    add_row(f, day_of(2024, 9, 1), 60)->college = 2;
    add_learner(f);
    add_row(f, day_of(2022, 9, 1), 60)->college = 0;
    add_row(f, day_of(2024, 9, 1), 60)->college = 1;
    add_learner(f);
    add_row(f, day_of(2022, 9, 1), 60)->college = 1;
    sg_cohort *cohort = must_build(f);
    static const int years[] = {2022, 2022, 2024, 2024}, colleges[] = {0, 1, 2, 1};
    assert_int_equal(cohort->n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(cohort->program_year[i], years[i]);
        assert_int_equal(cohort->college[i], colleges[i]);
    }
    assert_string_equal(cohort->colleges[2], "03");
    sg_cohort_free(cohort);
}

/* 20 days lie between the two rows: one PoP */
/* Earnings of the second quarter of a year, of the learner added last: *row holds them. */
static void add_earnings(fixture *f, int year, int dollars, sg_stored_outcome *row)
{
    *row = (sg_stored_outcome){.code = SG_OUTCOME_CODE_EARNINGS_Q2,
                               .first = day_of(year, 4, 1),
                               .last = day_of(year, 6, 30),
                               .value = (int64_t)dollars * 1000000,
                               .cutoff = f->as_of};
    f->learners[f->n - 1].outcomes = row;
    f->learners[f->n - 1].n_outcomes = 1;
}

static void ask_for_earnings(fixture *f)
{
    static const char *const asked[] = {"earnings_q2"};
    f->config.analysis.outcomes = asked;
    f->config.analysis.n_outcomes = 1;
}

/* The first learner earned after an exit of December 2023, the second after one of December 2022, the third nothing. */
static void amounts_go_where_their_units_go_and_only_where_asked_for(void **state)
{
    static const sg_cohort_sources sources = {.outcomes_up_to = 20270, .tests_up_to = SG_DAY_NONE};
    fixture *f = *state;
    sg_stored_outcome rows[2];
    add_learner(f);
    add_row(f, day_of(2023, 9, 1), 60);
    add_earnings(f, 2024, 4000, &rows[0]);
    add_learner(f);
    add_row(f, day_of(2022, 9, 1), 60);
    add_earnings(f, 2023, 4001, &rows[1]);
    add_learner(f);
    add_row(f, day_of(2022, 9, 1), 60);
    sg_cohort *cohort = must_build_with(f, &sources);
    assert_int_equal(cohort->designs[SG_DESIGN_NAIVE].amounts[SG_AMOUNT_EARNINGS_Q2].n, 0);
    sg_cohort_free(cohort);
    ask_for_earnings(f);
    cohort = must_build_with(f, &sources);
    const sg_amounts *earned = &cohort->designs[SG_DESIGN_NAIVE].amounts[SG_AMOUNT_EARNINGS_Q2];
    assert_int_equal(cohort->n, 3);
    assert_int_equal(earned->n, 2);
    assert_int_equal(earned->items[0].unit, 0);
    sg_assert_close(earned->items[0].value, 4001, 0, 0);
    assert_int_equal(earned->items[1].unit, 2);
    sg_assert_close(earned->items[1].value, 4000, 0, 0);
    sg_cohort_free(cohort);
}

/* Of three learners one completed; her college alone tells. */
static void completions_are_amounts_and_the_college_tells_whether_they_are_known(void **state)
{
    static const char *const asked[] = {"completed"};
    fixture *f = *state;
    add_learner(f);
    add_row(f, day_of(2023, 9, 1), 60)->number[SG_ENROLLMENT_COMPLETION_DATE] = day_of(2023, 12, 20);
    add_learner(f);
    add_row(f, day_of(2023, 9, 1), 60)->college = 1;
    add_learner(f);
    add_row(f, day_of(2023, 9, 1), 60);
    sg_cohort *cohort = must_build(f);
    assert_int_equal(cohort->designs[SG_DESIGN_NAIVE].amounts[SG_AMOUNT_COMPLETED].n, 0);
    assert_int_equal(cohort->completions_from[0], 2023);
    assert_int_equal(cohort->completions_from[1], INT16_MAX);
    assert_int_equal(cohort->completions_from[2], INT16_MAX);
    sg_cohort_free(cohort);
    f->config.analysis.outcomes = asked;
    f->config.analysis.n_outcomes = 1;
    cohort = must_build(f);
    const sg_amounts *completed = &cohort->designs[SG_DESIGN_NAIVE].amounts[SG_AMOUNT_COMPLETED];
    assert_int_equal(completed->n, 1);
    assert_int_equal(completed->items[0].unit, 0);
    sg_cohort_free(cohort);
    f->rows[0][0].number[SG_ENROLLMENT_COMPLETION_DATE] = day_of(2023, 8, 31); /* before the row */
    cohort = must_build(f);
    assert_null(cohort->completions_from);
    assert_int_equal(cohort->designs[SG_DESIGN_NAIVE].amounts[SG_AMOUNT_COMPLETED].n, 0);
    sg_cohort_free(cohort);
}

static void the_college_is_that_of_the_first_row(void **state)
{
    fixture *f = *state;
    add_learner(f);
    add_row(f, day_of(2023, 9, 1), 60)->college = 2;
    add_row(f, day_of(2024, 1, 18), 60)->college = 0;
    sg_cohort *cohort = must_build(f);
    assert_int_equal(cohort->n, 1);
    assert_int_equal(cohort->college[0], 2);
    assert_int_equal(cohort->seen.pops, 1);
    sg_cohort_free(cohort);
}

static void a_college_that_the_store_does_not_list_is_refused(void **state)
{
    fixture *f = *state;
    add_learner(f);
    add_row(f, day_of(2023, 9, 1), 60)->college = 3;
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_status(build(f, &cohort, &err), SG_FAILED, &err);
    assert_null(cohort);
    sg_assert_contains(err.message, "run again");
}

/*
 * The first learner: a PoP of 60 hours, one of 5 hours a year later, a row of no hours; gains: one that counts, one between
 * the PoPs, one not open. The second: a row and a gain behind the as-of date. The third: a gain alone.
 */
static void what_is_not_counted_is_told(void **state)
{
    fixture *f = *state;
    add_learner(f);
    add_row(f, day_of(2022, 9, 1), 60);
    add_row(f, day_of(2023, 9, 1), 5);
    add_row(f, day_of(2023, 9, 2), 0);
    add_gain(f, day_of(2022, 11, 1), SG_GAIN_EFL_TEST);
    add_gain(f, day_of(2022, 11, 2), SG_GAIN_MILESTONE);
    add_gain(f, day_of(2023, 3, 1), SG_GAIN_EFL_TEST);
    add_learner(f);
    add_row(f, day_of(2025, 7, 1), 60);
    add_gain(f, day_of(2025, 7, 1), SG_GAIN_DIPLOMA);
    f->gains[1][0].cutoff = day_of(2025, 7, 31); /* a later delivery than the enrollments' */
    add_learner(f);
    add_gain(f, day_of(2023, 3, 1), SG_GAIN_EFL_TEST);
    sg_cohort *cohort = must_build(f);
    assert_int_equal(cohort->n, 1);
    assert_int_equal(cohort->seen.learners, 3);
    assert_int_equal(cohort->seen.pops, 2);
    assert_int_equal(cohort->seen.pops_under_hours, 1);
    assert_int_equal(cohort->seen.rows_without_hours, 1);
    assert_int_equal(cohort->seen.rows_after_cutoff, 1);
    assert_int_equal(cohort->seen.gains, 5);
    assert_int_equal(cohort->seen.gains_outside_pop, 1);
    assert_int_equal(cohort->seen.gains_not_open_to_learner, 1);
    assert_int_equal(cohort->seen.gains_after_cutoff, 1);
    assert_int_equal(cohort->seen.gains_without_enrollment, 1);
    assert_false(cohort->hours_taken_as_given);
    sg_cohort_free(cohort);
}

/* With 100 days of grace the gain is after the first PoP, where it is not open, and in the second, where it is. */
static void a_gain_open_in_one_of_two_pops_is_not_told_as_closed(void **state)
{
    fixture *f = *state;
    f->config.cohort.gain_grace_days = 100;
    add_learner(f);
    add_row(f, day_of(2022, 9, 1), 60);
    add_row(f, day_of(2023, 3, 31), 60)->number[SG_ENROLLMENT_IET] = SG_IET_YES;
    add_gain(f, day_of(2023, 4, 3), SG_GAIN_MILESTONE);
    sg_cohort *cohort = must_build(f);
    assert_int_equal(cohort->seen.pops, 2);
    assert_int_equal(cohort->seen.gains_not_open_to_learner, 0);
    assert_int_equal(cohort->seen.gains_outside_pop, 0);
    sg_cohort_free(cohort);
}

static void enrollment_taken_as_participation_is_told(void **state)
{
    fixture *f = *state;
    add_learner(f);
    sg_stored_enrollment *row = add_row(f, day_of(2023, 9, 1), 0);
    row->number[SG_ENROLLMENT_CONTACT_HOURS] = SG_BLANK;
    row->export_has_hours = false;
    sg_cohort *cohort = must_build(f);
    assert_true(cohort->hours_taken_as_given);
    assert_int_equal(cohort->n, 1);
    assert_int_equal(cohort->seen.rows_without_hours, 0);
    sg_cohort_free(cohort);
}

static void a_row_that_ends_before_it_starts_fails(void **state)
{
    fixture *f = *state;
    add_learner(f);
    sg_stored_enrollment *row = add_row(f, day_of(2023, 9, 1), 60);
    row->number[SG_ENROLLMENT_END_DATE] = row->number[SG_ENROLLMENT_START_DATE] - 1;
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_status(build(f, &cohort, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "backup");
}

/* ---- dimensions ---- */

static void add_housed(fixture *f, const char *custom)
{
    add_learner(f);
    add_row(f, day_of(2023, 9, 1), 60)->custom = custom;
}

/* Bytes sort "Z" before "a" and the umlaut behind both; a value that no participant-year has is no level. */
static void levels_of_a_further_dimension_are_sorted_by_bytes(void **state)
{
    static const char *const names[] = {"sex", "long_wait"};
    fixture *f = *state;
    set_dimensions(f, names, 2);
    add_housed(f, "long_wait=%C3%BCst");
    add_housed(f, "long_wait=a");
    add_housed(f, NULL);
    add_housed(f, "long_wait=Z");
    add_row(f, day_of(2023, 9, 2), 1)->custom = "long_wait=never+seen";
    add_housed(f, "long_wait=a");
    sg_cohort *cohort = must_build(f);
    assert_int_equal(cohort->n_dimensions, 2);
    assert_string_equal(cohort->dimensions[0].name, "sex");
    const sg_dimension *wait = &cohort->dimensions[1];
    assert_string_equal(wait->name, "long_wait");
    assert_string_equal(wait->label, "Long wait");
    static const char *const levels[] = {"unknown", "Z", "a", "\xC3\xBCst"};
    assert_int_equal(wait->n_levels, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(wait->levels[i].name, levels[i]);
    static const uint8_t want[] = {3, 2, 0, 1, 2};
    assert_memory_equal(cohort->designs[SG_DESIGN_LANDMARK].levels[1], want, 5);
    assert_memory_equal(cohort->designs[SG_DESIGN_NAIVE].levels[1], want, 5);
    sg_cohort_free(cohort);
}

static void a_percent_sign_that_encodes_nothing_stands_for_itself(void **state)
{
    static const char *const names[] = {"share"};
    fixture *f = *state;
    set_dimensions(f, names, 1);
    add_housed(f, "share=5%&other=1");
    add_housed(f, "other=1&share=%4");
    add_housed(f, "other&share=%zz%41");
    sg_cohort *cohort = must_build(f);
    assert_int_equal(cohort->dimensions[0].n_levels, 4);
    assert_string_equal(cohort->dimensions[0].levels[1].name, "%4");
    assert_string_equal(cohort->dimensions[0].levels[2].name, "%zzA");
    assert_string_equal(cohort->dimensions[0].levels[3].name, "5%");
    sg_cohort_free(cohort);
}

/* With unknown 255 levels are allowed. */
static void a_dimension_of_too_many_levels_is_refused_by_name(void **state)
{
    static const char *const names[] = {"zip"};
    static char texts[256][16];
    fixture *f = *state;
    set_dimensions(f, names, 1);
    for (int i = 0; i < 254; i++) {
        assert_in_range(snprintf(texts[i], sizeof texts[i], "zip=%d", i), 5, 7);
        add_housed(f, texts[i]);
    }
    sg_cohort *cohort = must_build(f);
    assert_int_equal(cohort->dimensions[0].n_levels, 255);
    sg_cohort_free(cohort);
    add_housed(f, "zip=254");
    sg_err err = {0};
    sg_assert_status(build(f, &cohort, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "dimension 'zip' has more than 255 levels");
}

static void a_dimension_that_is_nowhere_is_refused_with_those_there_are(void **state)
{
    static const char *const names[] = {"sex", "housed"};
    fixture *f = *state;
    set_dimensions(f, names, 2);
    add_housed(f, "housing=own");
    add_housed(f, "commute=bus&housing=rented");
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_status(build(f, &cohort, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "dimension 'housed'");
    sg_assert_contains(err.message, "'commute', 'housing'");
    assert_null(strstr(err.message, "rented"));
}

static void a_dimension_that_is_nowhere_is_refused_where_there_are_none(void **state)
{
    static const char *const names[] = {"housed"};
    fixture *f = *state;
    set_dimensions(f, names, 1);
    add_housed(f, NULL);
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_status(build(f, &cohort, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "no export in the store has further dimensions");
}

/* ---- memory ---- */

static void every_allocation_may_fail(void **state)
{
    static const char *const names[] = {"sex", "housing"};
    static const sg_cohort_sources sources = {.outcomes_up_to = 20270, .tests_up_to = SG_DAY_NONE};
    fixture *f = *state;
    sg_stored_outcome earned;
    ask_for_earnings(f);
    set_dimensions(f, names, 2);
    add_housed(f, "housing=own");
    add_gain(f, day_of(2023, 11, 1), SG_GAIN_EFL_TEST);
    add_earnings(f, 2024, 4000, &earned);
    add_housed(f, "housing=rented&other=%41");
    sg_cohort *cohort = NULL;
    long n_failed = 0;
    for (;; n_failed++) {
        sg_err err = {0};
        sg_mem_fail_at(n_failed + 1);
        sg_status status = build_with(f, &sources, &cohort, &err);
        if (status == SG_OK)
            break;
        sg_assert_status(status, SG_NO_MEMORY, &err);
        assert_null(cohort);
    }
    sg_mem_fail_at(0);
    assert_in_range(n_failed, 20, 200);
    assert_int_equal(cohort->n, 2);
    assert_int_equal(cohort->designs[SG_DESIGN_NAIVE].amounts[SG_AMOUNT_EARNINGS_Q2].n, 1);
    sg_cohort_free(cohort);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(no_learners_make_an_empty_cohort),
        TEST(participant_years_are_sorted_by_year_then_learner),
        TEST(completions_are_amounts_and_the_college_tells_whether_they_are_known),
        TEST(amounts_go_where_their_units_go_and_only_where_asked_for),
        TEST(the_college_is_that_of_the_first_row),
        TEST(a_college_that_the_store_does_not_list_is_refused),
        TEST(what_is_not_counted_is_told),
        TEST(a_gain_open_in_one_of_two_pops_is_not_told_as_closed),
        TEST(enrollment_taken_as_participation_is_told),
        TEST(a_row_that_ends_before_it_starts_fails),
        TEST(levels_of_a_further_dimension_are_sorted_by_bytes),
        TEST(a_percent_sign_that_encodes_nothing_stands_for_itself),
        TEST(a_dimension_of_too_many_levels_is_refused_by_name),
        TEST(a_dimension_that_is_nowhere_is_refused_with_those_there_are),
        TEST(a_dimension_that_is_nowhere_is_refused_where_there_are_none),
        TEST(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
