/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a crosswalk can say of a column: its names, its units, its dates, its list of races, its numbers. Each value is worked out by
 * hand.
 */
#include "test_ingest_support.h"

#include "support/tmpdir.h"

typedef struct {
    sg_crosswalks *crosswalks;
    kept k;
    sg_batch batch;
    sg_err err;
} reading_of;

#define HEAD "name: own\nkind: enrollment\ncolumns:\n  learner_id: ID\n  college: C\n  start_date: S\n"

/* Reads the text by a crosswalk as a person writes it. */
static sg_status read_by(void **state, const char *yaml, const char *text, reading_of *out)
{
    char *path = sg_tmpdir_path(*state, "own.yaml");
    *out = (reading_of){0};
    sg_assert_ok(sg_file_write(path, yaml, strlen(yaml), 0600, &out->err), &out->err);
    sg_assert_ok(sg_crosswalks_load_file(path, &out->crosswalks, &out->err), &out->err);
    free(path);
    return read_text(text, &out->crosswalks->all[0], &out->k, &out->batch, &out->err);
}

static void done(reading_of *r)
{
    kept_release(&r->k);
    sg_crosswalks_free(r->crosswalks);
}

static int64_t number(const reading_of *r, size_t row, int field)
{
    assert_true(row < r->k.n_rows);
    return r->k.rows[row].number[field];
}

static void hours_may_be_minutes(void **state)
{
    reading_of r;
    sg_assert_ok(
        read_by(state, HEAD "  contact_hours: {column: H, unit: minutes}\n",
                "ID,C,S,H\n1,a,2024-09-01,90\n2,a,2024-09-01,1\n3,a,2024-09-01,0\n4,a,2024-09-01,-1\n"
                "5,a,2024-09-01,1:30\n6,a,2024-09-01,599940\n7,a,2024-09-01,599941\n",
                &r),
        &r.err);
    assert_int_equal(number(&r, 0, SG_ENROLLMENT_CONTACT_HOURS), INT64_C(1500000000));
    assert_int_equal(number(&r, 1, SG_ENROLLMENT_CONTACT_HOURS), INT64_C(16666667)); /* 1/60 */
    assert_int_equal(number(&r, 2, SG_ENROLLMENT_CONTACT_HOURS), 0);
    assert_int_equal(number(&r, 3, SG_ENROLLMENT_CONTACT_HOURS), INT64_C(9999000000000));
    assert_int_equal(r.batch.counts.quarantined, 3);
    done(&r);
}

static void hours_may_be_hours_and_minutes(void **state)
{
    reading_of r;
    sg_assert_ok(read_by(state, HEAD "  contact_hours: {column: H, unit: \"h:mm\"}\n",
                         "ID,C,S,H\n1,a,2024-09-01,1:30\n2,a,2024-09-01,120:05\n3,a,2024-09-01,1:60\n"
                         "4,a,2024-09-01,1.5\n5,a,2024-09-01,1:5\n6,a,2024-09-01,:30\n7,a,2024-09-01,-1:30\n",
                         &r),
                 &r.err);
    assert_int_equal(r.k.n_rows, 2);
    assert_int_equal(number(&r, 0, SG_ENROLLMENT_CONTACT_HOURS), INT64_C(1500000000));
    assert_int_equal(number(&r, 1, SG_ENROLLMENT_CONTACT_HOURS), INT64_C(120083333333));
    assert_int_equal(r.batch.counts.quarantined, 5);
    done(&r);
}

static void serial_days_are_dates_only_where_they_are_declared(void **state)
{
    static const char text[] = "ID,C,S\n1,a,45536\n2,a,2024-09-02\n3,a,45536.5\n4,a,60\n5,a,99999\n";
    reading_of r;
    sg_assert_ok(read_by(state, HEAD "dates: [\"%Y-%m-%d\", excel]\n", text, &r), &r.err);
    assert_int_equal(r.k.n_rows, 2);
    assert_int_equal(number(&r, 0, SG_ENROLLMENT_START_DATE),
                     day_of(2024, 9, 1)); /* as spreadsheets show it */
    assert_int_equal(number(&r, 1, SG_ENROLLMENT_START_DATE), day_of(2024, 9, 2));
    done(&r);
    sg_assert_ok(read_by(state, HEAD, text, &r), &r.err);
    assert_int_equal(r.k.n_rows, 1);
    assert_int_equal(r.batch.counts.quarantined, 4);
    done(&r);
}

static void a_column_may_have_dates_of_its_own(void **state)
{
    reading_of r;
    sg_assert_ok(read_by(state, HEAD "  end_date: {column: E, dates: [\"%d.%m.%Y\"]}\n",
                         "ID,C,S,E\n1,a,2024-09-01,03.10.2024\n2,a,2024-09-01,2024-10-03\n", &r),
                 &r.err);
    assert_int_equal(number(&r, 0, SG_ENROLLMENT_END_DATE), day_of(2024, 10, 3));
    assert_int_equal(r.batch.counts.quarantined, 1);
    done(&r);
}

static void a_column_may_have_several_names(void **state)
{
    static const char yaml[] =
        "name: own\nkind: enrollment\ncolumns:\n  learner_id: [Student ID, Client ID]\n"
        "  college: C\n  start_date: S\n";
    reading_of r;
    sg_assert_ok(read_by(state, yaml, "CLIENT  id,C,S\n1,a,2024-09-01\n", &r), &r.err);
    assert_int_equal(r.k.n_rows, 1);
    done(&r);
    /* where a file has both, the first that the crosswalk names */
    sg_assert_ok(read_by(state, yaml, "Client ID,Student ID,C,S\n,7,a,2024-09-01\n", &r), &r.err);
    assert_int_equal(r.k.n_rows, 1);
    done(&r);
    sg_assert_status(read_by(state, yaml, "Learner,C,S\n1,a,2024-09-01\n", &r), SG_REFUSED, &r.err);
    sg_assert_contains(r.err.message, "'Student ID'");
    done(&r);
}

static void numbers_of_elements_and_wioa_are_no_part_of_a_name(void **state)
{
    static const char yaml[] =
        "name: own\nkind: enrollment\ncolumns:\n  learner_id: Unique Individual Identifier\n"
        "  college: C\n  start_date: \"900 Date of Program Entry\"\n  sex: {column: Sex, codes: "
        "{\"1\": male, \"2\": female}}\n";
    static const char *const headers[] = {
        "\"100 - Unique Individual\nIdentifier (WIOA)\",C,Date of Program Entry,201 Sex\n",
        "PIRL 100 Unique individual identifier,C,PIRL 900. date of program entry (wioa),201: Sex (WIOA)\n",
        "unique individual identifier,c,900 date of program entry,sex\n"};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        reading_of r;
        char text[256];
        (void)snprintf(text, sizeof text, "%s7,a,2024-09-01,2\n", headers[i]);
        sg_assert_ok(read_by(state, yaml, text, &r), &r.err);
        assert_int_equal(number(&r, 0, SG_ENROLLMENT_SEX), sg_code_find(&sg_codes_sex, "female"));
        done(&r);
    }
    /* the exact name before the one with a number; two of either kind are one too many */
    reading_of r;
    sg_assert_ok(read_by(state, yaml,
                         "Unique Individual Identifier,C,900 Date of Program Entry,Sex,201 Sex\n"
                         "7,a,2024-09-01,1,2\n",
                         &r),
                 &r.err);
    assert_int_equal(number(&r, 0, SG_ENROLLMENT_SEX), sg_code_find(&sg_codes_sex, "male"));
    done(&r);
    sg_assert_status(read_by(state, yaml,
                             "Unique Individual Identifier,C,900 Date of Program Entry,201 Sex,2010 Sex\n"
                             "7,a,2024-09-01,1,2\n",
                             &r),
                     SG_REFUSED, &r.err);
    sg_assert_contains(r.err.message, "stands 2 times");
    done(&r);
}

static void races_may_stand_in_a_list(void **state)
{
    reading_of r;
    sg_assert_ok(
        read_by(
            state,
            HEAD
            "  race: {list: R, separator: \";\", codes: {A1: asian, B1: black, H: hispanic, U: unknown}}\n",
            "ID,C,S,R\n1,a,2024-09-01,A1; B1\n2,a,2024-09-01,H\n3,a,2024-09-01,\n4,a,2024-09-01,Z9;Z8;A1\n"
            "5,a,2024-09-01,U\n",
            &r),
        &r.err);
    assert_int_equal(r.k.n_rows, 5);
    assert_int_equal(number(&r, 0, SG_ENROLLMENT_RACE_ASIAN), SG_YES);
    assert_int_equal(number(&r, 0, SG_ENROLLMENT_RACE_BLACK), SG_YES);
    assert_int_equal(number(&r, 0, SG_ENROLLMENT_HISPANIC), SG_NO);      /* it could have been named */
    assert_int_equal(number(&r, 0, SG_ENROLLMENT_RACE_WHITE), SG_BLANK); /* no code of this list */
    assert_int_equal(number(&r, 1, SG_ENROLLMENT_HISPANIC), SG_YES);
    assert_int_equal(number(&r, 1, SG_ENROLLMENT_RACE_ASIAN), SG_BLANK); /* no race was named */
    assert_int_equal(number(&r, 2, SG_ENROLLMENT_RACE_ASIAN), SG_BLANK);
    assert_int_equal(number(&r, 3, SG_ENROLLMENT_RACE_ASIAN), SG_YES);
    assert_int_equal(number(&r, 3, SG_ENROLLMENT_RACE_BLACK), SG_BLANK); /* what Z8 and Z9 are is not known */
    assert_int_equal(number(&r, 4, SG_ENROLLMENT_RACE_ASIAN), SG_BLANK);
    assert_int_equal(r.batch.counts.warnings, 1); /* of the row with two codes that nobody knows, once */
    assert_true((r.batch.fields >> SG_ENROLLMENT_RACE_ASIAN & 1) != 0);
    done(&r);
}

static void a_month_and_a_quarter_are_their_first_day(void **state)
{
    static const char service[] =
        "name: own\nkind: service\ncolumns: {learner_id: ID, month: M, hours: H, college: C}\n";
    static const char outcome[] =
        "name: own\nkind: outcome\ncolumns: {learner_id: ID, outcome: O, quarter: Q}\n";
    reading_of r;
    sg_assert_ok(
        read_by(state, service,
                "ID,M,H,C\n1,2024-09,5,a\n1,202410,5,a\n1,11/2024,5,a\n1,2024-13,5,a\n1,Sep 2024,5,a\n", &r),
        &r.err);
    assert_int_equal(r.k.n_rows, 3);
    assert_int_equal(number(&r, 0, SG_SERVICE_MONTH), day_of(2024, 9, 1));
    assert_int_equal(number(&r, 1, SG_SERVICE_MONTH), day_of(2024, 10, 1));
    assert_int_equal(number(&r, 2, SG_SERVICE_MONTH), day_of(2024, 11, 1));
    done(&r);
    sg_assert_ok(
        read_by(
            state, outcome,
            "ID,O,Q\n1,employed_q2,2024Q3\n2,employed_q2,2024-q1\n3,employed_q2,2024Q5\n4,employed,2024Q1\n",
            &r),
        &r.err);
    assert_int_equal(r.k.n_rows, 2);
    assert_int_equal(number(&r, 0, SG_OUTCOME_FIELD_QUARTER), day_of(2024, 7, 1));
    assert_int_equal(number(&r, 1, SG_OUTCOME_FIELD_QUARTER), day_of(2024, 1, 1));
    done(&r);
}

static void numbers_of_a_college_are_kept_as_they_are(void **state)
{
    static const char yaml[] = "name: own\nkind: context\ncolumns: {college: C, program_year: Y}\n"
                               "numbers: {faculty_full_time: FT, aefla_dollars: {column: D}}\n";
    reading_of r;
    sg_assert_ok(read_by(state, yaml, "C,Y,FT,D\na,2024,12.5,100000\nb,2024,many,\n", &r), &r.err);
    assert_int_equal(r.k.n_rows, 2);
    assert_string_equal(r.k.rows[0].custom, "aefla_dollars=100000&faculty_full_time=12.5");
    assert_null(r.k.rows[1].custom);
    assert_int_equal(r.batch.counts.warnings, 1);
    assert_int_equal(r.batch.cutoff, day_of(2026, 1, 15)); /* as it stands on the day of import */
    done(&r);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(hours_may_be_minutes),
        IN_FOLDER(hours_may_be_hours_and_minutes),
        IN_FOLDER(serial_days_are_dates_only_where_they_are_declared),
        IN_FOLDER(a_column_may_have_dates_of_its_own),
        IN_FOLDER(a_column_may_have_several_names),
        IN_FOLDER(numbers_of_elements_and_wioa_are_no_part_of_a_name),
        IN_FOLDER(races_may_stand_in_a_list),
        IN_FOLDER(a_month_and_a_quarter_are_their_first_day),
        IN_FOLDER(numbers_of_a_college_are_kept_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
