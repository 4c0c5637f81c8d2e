/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Colleges that stop delivering while others go on: which are told of, up to which day they are known, and how many
 * participant-years that leaves incomplete. As of 1 August 2024, so program years up to 2023 are closed.
 */
#include "support/assert.h"

#include "cohort/builder.h"

/* A learner of one row, 60 hours on the 120 days from the first on (half an hour a day: the 12th is on the 24th day). */
typedef struct {
    int college, first[3], cutoff[3]; /* year, month, day */
} made_learner;

static sg_day day_of(const int civil[3])
{
    sg_day out = SG_DAY_NONE;
    assert_true(sg_day_from_civil(civil[0], civil[1], civil[2], &out));
    return out;
}

static sg_stored_enrollment row_of(const made_learner *made)
{
    sg_stored_enrollment row = {
        .college = made->college, .cutoff = day_of(made->cutoff), .export_has_hours = true};
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        row.number[i] = SG_BLANK;
    row.number[SG_ENROLLMENT_START_DATE] = day_of(made->first);
    row.number[SG_ENROLLMENT_END_DATE] = day_of(made->first) + 119;
    row.number[SG_ENROLLMENT_CONTACT_HOURS] = INT64_C(60000000000);
    row.number[SG_ENROLLMENT_IET] = SG_IET_NO;
    return row;
}

static sg_status build(const made_learner *made, size_t n, sg_cohort **out, sg_err *err)
{
    static const char *const colleges[] = {"01", "02", "03"};
    sg_config config = {0};
    config.cohort.participant_hours = 12;
    config.cohort.exit_gap_days = 90;
    config.cohort.landmark_days = 30;
    config.cohort.follow_up_days = 180;
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    sg_status status = sg_cohort_builder_new(&config, day_of((const int[]){2024, 8, 1}), &builder, err);
    for (size_t i = 0; i < n && status == SG_OK; i++) {
        sg_stored_enrollment row = row_of(&made[i]);
        sg_stored_learner learner = {.enrollments = &row, .n_enrollments = 1};
        status = sg_cohort_builder_add(builder, &learner, err);
    }
    return status == SG_OK ? sg_cohort_builder_finish(builder, colleges, 3, out, err) : status;
}

static sg_cohort *must_build(const made_learner *made, size_t n)
{
    sg_err err = {0};
    sg_cohort *cohort = NULL;
    sg_assert_ok(build(made, n, &cohort, &err), &err);
    return cohort;
}

static void expect_states(const sg_cohort *cohort, size_t at, int year, int college, sg_cohort_state landmark,
                          sg_cohort_state naive)
{
    assert_int_equal(cohort->program_year[at], year);
    assert_int_equal(cohort->college[at], college);
    assert_int_equal(cohort->designs[SG_DESIGN_LANDMARK].state[at], landmark);
    assert_int_equal(cohort->designs[SG_DESIGN_NAIVE].state[at], naive);
}

/*
 * From 1 June the 24th day is 24 June, the landmark 24 July 2023, the window to 20 January 2024. From 1 July it is 24 July, the
 * landmark 23 August, the window to 19 February 2024. Both are still there, or were, on 1 October 2023.
 */
static void a_college_that_stopped_is_told_with_what_it_leaves_incomplete(void **state)
{
    (void)state;
    static const made_learner made[] = {
        {1, {2023, 6, 1}, {2023, 10, 1}},
        {0, {2023, 6, 1}, {2024, 8, 1}},
        {1, {2023, 7, 1}, {2023, 10, 1}},
        {0, {2023, 7, 1}, {2024, 8, 1}},
    };
    sg_cohort *cohort = must_build(made, 4);
    assert_int_equal(cohort->n, 6);
    expect_states(cohort, 0, 2022, 1, SG_COHORT_OTHER_YEAR, SG_COHORT_IN);
    expect_states(cohort, 1, 2022, 0, SG_COHORT_OTHER_YEAR, SG_COHORT_IN);
    expect_states(cohort, 2, 2023, 1, SG_COHORT_INCOMPLETE, SG_COHORT_INCOMPLETE);
    expect_states(cohort, 3, 2023, 0, SG_COHORT_IN, SG_COHORT_IN);
    expect_states(cohort, 4, 2023, 1, SG_COHORT_INCOMPLETE, SG_COHORT_INCOMPLETE);
    expect_states(cohort, 5, 2023, 0, SG_COHORT_IN, SG_COHORT_IN);
    assert_int_equal(cohort->n_stale, 1);
    assert_int_equal(cohort->stale[0].college, 1);
    assert_int_equal(cohort->stale[0].last_day, day_of((const int[]){2023, 10, 1}));
    assert_int_equal(cohort->stale[0].participant_years, 2);
    assert_int_equal(cohort->seen.participant_years_of_stale_colleges, 2);
    sg_cohort_free(cohort);
}

/* The first college stopped when its program year was over, and no window was open. */
static void a_college_that_stopped_and_leaves_nothing_incomplete_is_not_told(void **state)
{
    (void)state;
    static const made_learner made[] = {
        {0, {2022, 8, 1}, {2023, 7, 1}},
        {1, {2022, 8, 1}, {2024, 8, 1}},
    };
    sg_cohort *cohort = must_build(made, 2);
    expect_states(cohort, 0, 2022, 0, SG_COHORT_IN, SG_COHORT_IN);
    expect_states(cohort, 1, 2022, 1, SG_COHORT_IN, SG_COHORT_IN);
    assert_int_equal(cohort->n_stale, 0);
    assert_int_equal(cohort->seen.participant_years_of_stale_colleges, 0);
    sg_cohort_free(cohort);
}

/* What one learner's file lacks a later one of the college shows, whichever learner comes first. */
static void files_of_past_years_make_no_college_stale(void **state)
{
    (void)state;
    static const made_learner made[] = {
        {0, {2023, 7, 1}, {2023, 10, 1}},
        {0, {2024, 7, 1}, {2024, 8, 1}},
        {0, {2023, 7, 1}, {2023, 10, 1}},
    };
    sg_cohort *cohort = must_build(made, 3);
    expect_states(cohort, 0, 2023, 0, SG_COHORT_IN, SG_COHORT_IN);
    expect_states(cohort, 1, 2023, 0, SG_COHORT_IN, SG_COHORT_IN);
    assert_int_equal(cohort->n_stale, 0);
    sg_cohort_free(cohort);
}

/* 30 June 2024 is the last day of the third college: its window to 27 July is open, its year is complete. */
static void stale_colleges_are_in_order_each_with_its_own_day(void **state)
{
    (void)state;
    static const made_learner made[] = {
        {2, {2023, 12, 7}, {2024, 6, 30}},
        {1, {2023, 7, 1}, {2024, 8, 1}},
        {0, {2023, 7, 1}, {2024, 6, 29}},
        {0, {2023, 7, 1}, {2023, 12, 1}},
    };
    sg_cohort *cohort = must_build(made, 4);
    expect_states(cohort, 0, 2023, 2, SG_COHORT_INCOMPLETE, SG_COHORT_IN);
    expect_states(cohort, 1, 2023, 1, SG_COHORT_IN, SG_COHORT_IN);
    expect_states(cohort, 2, 2023, 0, SG_COHORT_IN, SG_COHORT_INCOMPLETE);
    expect_states(cohort, 3, 2023, 0, SG_COHORT_IN, SG_COHORT_INCOMPLETE);
    assert_int_equal(cohort->n_stale, 2);
    assert_int_equal(cohort->stale[0].college, 0);
    assert_int_equal(cohort->stale[0].last_day, day_of((const int[]){2024, 6, 29}));
    assert_int_equal(cohort->stale[0].participant_years, 2);
    assert_int_equal(cohort->stale[1].college, 2);
    assert_int_equal(cohort->stale[1].last_day, day_of((const int[]){2024, 6, 30}));
    assert_int_equal(cohort->stale[1].participant_years, 1);
    assert_int_equal(cohort->seen.participant_years_of_stale_colleges, 3);
    sg_cohort_free(cohort);
}

static void a_college_number_out_of_range_is_refused(void **state)
{
    (void)state;
    static const int numbers[] = {-1, UINT16_MAX + 1};
    for (size_t i = 0; i < 2; i++) {
        made_learner made = {numbers[i], {2023, 7, 1}, {2024, 8, 1}};
        sg_cohort *cohort = NULL;
        sg_err err = {0};
        sg_assert_status(build(&made, 1, &cohort, &err), SG_FAILED, &err);
        sg_assert_contains(err.message, "a college with number");
        assert_null(cohort);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_college_that_stopped_is_told_with_what_it_leaves_incomplete),
        cmocka_unit_test(a_college_that_stopped_and_leaves_nothing_incomplete_is_not_told),
        cmocka_unit_test(files_of_past_years_make_no_college_stale),
        cmocka_unit_test(stale_colleges_are_in_order_each_with_its_own_day),
        cmocka_unit_test(a_college_number_out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
