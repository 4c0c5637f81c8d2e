/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cohort from a store: as-of date, deliveries that are missing, failures on the way. The store is one of this test, of
 * one learner, in place of the real one.
 */
#include "support/assert.h"

#include "skillgain/cohort.h"
#include "skillgain/store.h"

struct sg_store {
    sg_day cutoffs[SG_N_KINDS];
    sg_status read_status;
    sg_stored_enrollment row;
};

sg_status sg_store_cutoff(sg_store *store, sg_kind kind, sg_day *out, sg_err *err)
{
    (void)err;
    *out = store->cutoffs[kind];
    return SG_OK;
}

sg_status sg_store_read(sg_store *store,
                        sg_status (*each)(void *context, const sg_stored_learner *learner, sg_err *err),
                        void *context, sg_err *err)
{
    if (store->read_status != SG_OK)
        return sg_fail(err, store->read_status, "the disk has gone");
    sg_stored_learner learner = {.enrollments = &store->row, .n_enrollments = 1};
    return each(context, &learner, err);
}

sg_status sg_store_colleges(sg_store *store, sg_arena *arena, const char *const **out, size_t *out_n,
                            sg_err *err)
{
    static const char *const colleges[] = {"01"};
    (void)store, (void)arena, (void)err;
    *out = colleges;
    *out_n = 1;
    return SG_OK;
}

sg_status sg_store_delivering(sg_store *store, sg_kind kind, sg_arena *arena, const bool **out, sg_err *err)
{
    static const bool services[] = {false};
    (void)store, (void)arena, (void)err;
    assert_int_equal(kind, SG_KIND_SERVICE);
    *out = services;
    return SG_OK;
}

sg_status sg_store_records(sg_store *store, sg_kind kind,
                           sg_status (*each)(void *context, const sg_record *row, int64_t batch,
                                             int64_t known_by, sg_err *err),
                           void *context, sg_err *err)
{
    (void)store, (void)each, (void)context, (void)err;
    assert_int_equal(kind, SG_KIND_PROGRAM); /* there is no register */
    return SG_OK;
}

static sg_day day_of(int year, int month, int day)
{
    sg_day out = SG_DAY_NONE;
    assert_true(sg_day_from_civil(year, month, day, &out));
    return out;
}

/* 120 hours on the 120 days from 1 September 2023; enrollments delivered up to 15 July, gains up to 30 June 2024. */
static sg_store make_store(void)
{
    sg_store store = {
        .cutoffs = {[SG_KIND_ENROLLMENT] = day_of(2024, 7, 15), [SG_KIND_GAIN] = day_of(2024, 6, 30)}};
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        store.row.number[i] = SG_BLANK;
    store.row.number[SG_ENROLLMENT_START_DATE] = day_of(2023, 9, 1);
    store.row.number[SG_ENROLLMENT_END_DATE] = day_of(2023, 12, 29);
    store.row.number[SG_ENROLLMENT_CONTACT_HOURS] = INT64_C(120000000000);
    store.row.number[SG_ENROLLMENT_IET] = SG_IET_NO;
    store.row.cutoff = store.cutoffs[SG_KIND_ENROLLMENT];
    store.row.export_has_hours = true;
    return store;
}

static sg_status build(sg_store *store, sg_day as_of, sg_cohort **out, sg_err *err)
{
    sg_config config = {0};
    config.cohort.participant_hours = 12;
    config.cohort.exit_gap_days = 90;
    config.cohort.landmark_days = 30;
    config.cohort.follow_up_days = 180;
    return sg_cohort_build(store, &config, as_of, out, err);
}

static void the_as_of_date_is_the_earliest_cutoff_of_the_required_kinds(void **state)
{
    (void)state;
    sg_store store = make_store();
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_ok(build(&store, SG_DAY_NONE, &cohort, &err), &err);
    assert_int_equal(cohort->as_of, day_of(2024, 6, 30));
    assert_int_equal(cohort->n, 1);
    assert_int_equal(cohort->designs[SG_DESIGN_NAIVE].state[0], SG_COHORT_IN);
    assert_string_equal(cohort->colleges[0], "01");
    sg_cohort_free(cohort);
}

static void an_earlier_as_of_date_leaves_the_year_open(void **state)
{
    (void)state;
    sg_store store = make_store();
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_ok(build(&store, day_of(2024, 6, 29), &cohort, &err), &err);
    assert_int_equal(cohort->as_of, day_of(2024, 6, 29));
    assert_int_equal(cohort->designs[SG_DESIGN_NAIVE].state[0], SG_COHORT_OPEN_YEAR);
    sg_cohort_free(cohort);
}

static void an_as_of_date_after_the_earliest_cutoff_is_refused(void **state)
{
    (void)state;
    sg_store store = make_store();
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_status(build(&store, day_of(2024, 7, 1), &cohort, &err), SG_USAGE, &err);
    assert_null(cohort);
    assert_string_equal(err.message,
                        "'--as-of' is 2024-07-01, but the deliveries are complete only up to 2024-06-30 "
                        "(gain); give an earlier date or a newer delivery");
    store.cutoffs[SG_KIND_GAIN] = day_of(2024, 7, 31);
    sg_assert_status(build(&store, day_of(2024, 7, 16), &cohort, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "only up to 2024-07-15 (enrollment)");
}

static void an_as_of_date_on_the_earliest_cutoff_is_taken(void **state)
{
    (void)state;
    sg_store store = make_store();
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_ok(build(&store, day_of(2024, 6, 30), &cohort, &err), &err);
    assert_int_equal(cohort->as_of, day_of(2024, 6, 30));
    assert_int_equal(cohort->designs[SG_DESIGN_NAIVE].state[0], SG_COHORT_IN);
    sg_cohort_free(cohort);
}

static void a_kind_that_was_never_delivered_fails_with_what_to_import(void **state)
{
    (void)state;
    sg_store store = make_store();
    store.cutoffs[SG_KIND_GAIN] = SG_DAY_NONE;
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_status(build(&store, day_of(2024, 6, 30), &cohort, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "no gain export");
    sg_assert_contains(err.message, "skillgain import --kind gain");
    assert_null(cohort);
}

static void a_store_that_fails_is_passed_on(void **state)
{
    (void)state;
    sg_store store = make_store();
    store.read_status = SG_FAILED;
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_status(build(&store, SG_DAY_NONE, &cohort, &err), SG_FAILED, &err);
    assert_string_equal(err.message, "the disk has gone");
    assert_null(cohort);
}

static void designs_and_grades_have_their_names(void **state)
{
    (void)state;
    assert_string_equal(sg_design_text(SG_DESIGN_LANDMARK), "landmark");
    assert_string_equal(sg_design_text(SG_DESIGN_NAIVE), "naive");
    assert_string_equal(sg_iet_grade_text(SG_GRADE_NONE), "none");
    assert_string_equal(sg_iet_grade_text(SG_GRADE_CONFIRMED), "confirmed");
    assert_string_equal(sg_iet_grade_text(SG_GRADE_UNKNOWN), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_as_of_date_is_the_earliest_cutoff_of_the_required_kinds),
        cmocka_unit_test(an_earlier_as_of_date_leaves_the_year_open),
        cmocka_unit_test(an_as_of_date_after_the_earliest_cutoff_is_refused),
        cmocka_unit_test(an_as_of_date_on_the_earliest_cutoff_is_taken),
        cmocka_unit_test(a_kind_that_was_never_delivered_fails_with_what_to_import),
        cmocka_unit_test(a_store_that_fails_is_passed_on),
        cmocka_unit_test(designs_and_grades_have_their_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
