/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file is found to lack, and whose the rows are that it has wrong. */
#include "test_ingest_trial.h"

static const int64_t hour = INT64_C(1000000000);

static void hours_are_had_where_the_file_has_a_column_for_them(void **state)
{
    trial t = start_trial(SG_KIND_ENROLLMENT);
    (void)state;
    run_trial(&t, "learner_id,college,start_date,contact_hours\n1,01,2024-09-01,\n2,01,2024-09-01,0.5\n");
    assert_true(t.batch.has_hours);
    assert_true(t.k.rows[1].number[SG_ENROLLMENT_CONTACT_HOURS] == hour / 2);
    assert_int_equal(count_rule(&t.k, "R014"), 0);
    kept_release(&t.k);
    run_trial(&t, "learner_id,college,start_date,contact_hours\n1,01,2024-09-01,\n2,01,2024-09-01,0\n3,01,"
                  "2024-09-01,-1\n");
    assert_false(t.batch.has_hours); /* blank in every row: an export without hours, and told of */
    assert_true((t.batch.fields >> SG_ENROLLMENT_CONTACT_HOURS & 1) == 0);
    assert_true(has_finding(&t.k, "R014", 0, "contact_hours"));
    kept_release(&t.k);
    run_trial(&t, "learner_id,college,start_date,hours\n1,01,2024-09-01,40\n");
    assert_false(t.batch.has_hours);
    assert_int_equal(count_rule(&t.k, "R014"), 0);
    kept_release(&t.k);
}

static void a_file_tells_which_fields_it_has_and_which_of_its_crosswalk_it_lacks(void **state)
{
    static const char text[] = "learner_id,college,start_date,CONTACT_HOURS,iett\n1,01,2024-09-01,5,no\n";
    trial t = start_trial(SG_KIND_ENROLLMENT);
    (void)state;
    t.crosswalk.fields[SG_ENROLLMENT_SEX] = (sg_column_source){.value = "female"};
    t.crosswalk.fields[SG_ENROLLMENT_END_DATE] = (sg_column_source){0};
    run_trial(&t, text);
    assert_true(t.batch.fields ==
                (UINT64_C(1) << SG_ENROLLMENT_LEARNER_ID | UINT64_C(1) << SG_ENROLLMENT_COLLEGE |
                 UINT64_C(1) << SG_ENROLLMENT_START_DATE | UINT64_C(1) << SG_ENROLLMENT_CONTACT_HOURS |
                 UINT64_C(1) << SG_ENROLLMENT_SEX));
    assert_true(t.k.begun.fields == t.batch.fields);
    assert_string_equal(t.k.absent[SG_ENROLLMENT_IET], "iet");
    assert_string_equal(t.k.absent[SG_ENROLLMENT_VETERAN], "veteran");
    assert_null(t.k.absent[SG_ENROLLMENT_CONTACT_HOURS]);
    assert_null(t.k.absent[SG_ENROLLMENT_SEX]);
    assert_null(t.k.absent[SG_ENROLLMENT_END_DATE]); /* the crosswalk does not name it */
    /* a shipped crosswalk names all there is: only what decides the counts is worth a word */
    assert_int_equal(count_rule(&t.k, "R016"), 2);
    assert_true(has_finding(&t.k, "R016", 0, "iet"));
    assert_true(has_finding(&t.k, "R016", 0, "entering_level"));
    assert_int_equal(count_rule(&t.k, "R015"), 0);
    kept_release(&t.k);
}

static void a_crosswalk_of_the_office_means_every_column_it_names(void **state)
{
    static sg_custom_source custom[] = {{.name = "housing", .source = {.column = "Housing"}},
                                        {.name = "language", .source = {.column = "Language"}}};
    trial t = start_trial(SG_KIND_GAIN);
    (void)state;
    memset(t.crosswalk.fields, 0, sizeof t.crosswalk.fields);
    t.crosswalk.file = "crosswalks/own.yaml";
    t.crosswalk.fields[SG_GAIN_FIELD_LEARNER_ID].column = "Id";
    t.crosswalk.fields[SG_GAIN_FIELD_GAIN_DATE].column = "Day";
    t.crosswalk.fields[SG_GAIN_FIELD_GAIN_TYPE].column = "Type";
    t.crosswalk.fields[SG_GAIN_FIELD_SUBJECT].column = "Subject";
    t.crosswalk.custom = custom;
    t.crosswalk.n_custom = 2;
    run_trial(&t, "Id,Day,Type,Language\n1,2024-09-01,efl_test,x\n");
    assert_int_equal(count_rule(&t.k, "R015"), 2);
    assert_true(has_finding(&t.k, "R015", 0, "subject"));
    assert_true(has_finding(&t.k, "R015", 0, ""));
    assert_string_equal(t.k.findings[1].column, "Housing");
    assert_int_equal(count_rule(&t.k, "R016"), 0);
    kept_release(&t.k);
}

/* ---- refused rows ---- */

#define REFUSED_HEADER                                                                                       \
    "learner_id,college,start_date,end_date,enrollment_id,section_id,contact_hours,iet,age\n"

static const struct {
    const char *sound, *refused; /* the same row, once as it should be */
    bool learner_known, key_known;
} refusals[] = {
    {"7,01,2024-09-01,,,S1,60,no,", "7,01,2024-09-01,,,S1,6O,no,", true, true},
    {"7,01,2024-09-01,,,S1,60,no,", "7,01,2024-09-01,,,S1,60,mabe,", true, true},
    {"7,01,2024-09-01,,,S1,60,no,", "7,01,2024-09-31,,,S1,60,no,", true, false},
    {"7,01,2024-09-01,,E5,S1,60,no,", "7,01,2024-09-31,,E5,S1,60,no,", true, true},
    {"7,01,2024-09-01,2024-12-01,,S1,60,no,", "7,01,2042-09-01,2024-12-01,,S1,60,no,", true, false},
    {"7,01,2024-09-01,2024-12-01,E5,S1,60,no,", "7,01,2042-09-01,2024-12-01,E5,S1,60,no,", true, true},
    {"7,01,2024-09-01,,,S1,60,no,30", "7,01,2024-09-01,,,S1,60,no,3", true, false},
    {"7,01,2024-09-01,,,S1,60,no,", "7,,2024-09-01,,,S1,60,no,", true, false},
    {"7,01,2024-09-01,,E5,S1,60,no,", "7,,2024-09-01,,E5,S1,60,no,", true, false},
    {"7,01,2024-09-01,,,S1,60,no,", "7,01,2024-09-01,,,\"=S1\",60,no,", true, false},
    {"7,01,2024-09-01,,,S1,60,no,", ",01,2024-09-01,,,S1,60,no,", false, false},
    {"7,01,2024-09-01,,,S1,60,no,", "=7,01,2024-09-01,,,S1,60,no,", false, false},
    {"7,01,2024-09-01,,,S1,60,no,", "7,01,2024-09-01,,,S1,60,no", false, false},
    {"7,01,2024-09-01,,,S1,60,no,", "7,01,2024-09-01,,,S1,60,no,,", false, false},
    {"7,01,2024-09-01,,,S1,60,no,", "7,01,2024-09-01,,,S1,60,no,\xff", false, false},
    {"7,01,2024-09-01,,,S1,60,no,", "7,01,2024-09-01,,,\"S\"1,60,no,", false, false},
};

static kept_row read_sound(const char *row)
{
    trial t = start_trial(SG_KIND_ENROLLMENT);
    char text[512];
    (void)snprintf(text, sizeof text, REFUSED_HEADER "%s\n", row);
    run_trial(&t, text);
    assert_int_equal(t.k.n_rows, 1);
    kept_row out = t.k.rows[0];
    kept_release(&t.k);
    return out;
}

static void a_refused_row_is_told_with_whose_it_is_as_far_as_it_can_be_read(void **state)
{
    static const sg_pseudonym nobody;
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        kept_row sound = read_sound(refusals[i].sound);
        trial t = start_trial(SG_KIND_ENROLLMENT);
        char text[512];
        print_message("%s\n", refusals[i].refused);
        (void)snprintf(text, sizeof text, REFUSED_HEADER "9,01,2024-09-01,,,,1,no,\n%s\n",
                       refusals[i].refused);
        run_trial(&t, text);
        assert_int_equal(t.batch.counts.quarantined, 1);
        assert_int_equal(t.k.n_refused, 1);
        const sg_refused_row *row = &t.k.refused[0];
        assert_int_equal(row->kind, SG_KIND_ENROLLMENT);
        assert_int_equal(row->learner_known, refusals[i].learner_known);
        assert_int_equal(row->key_known, refusals[i].key_known);
        assert_memory_equal(&row->learner, row->learner_known ? &sound.learner : &nobody, sizeof nobody);
        if (row->key_known)
            assert_memory_equal(row->key, sound.key, sizeof row->key);
        kept_release(&t.k);
    }
}

static void a_refused_row_without_its_college_is_nobodys_where_ids_are_the_colleges(void **state)
{
    trial t = start_trial(SG_KIND_GAIN);
    (void)state;
    t.crosswalk.learners_by_college = true;
    run_trial(&t, "learner_id,gain_date,gain_type,college\n1,2024-09-01,efl_test,01\n2,2024-09-01,efl_test,\n"
                  "3,2024-09-31,efl_test,01\n");
    assert_int_equal(t.k.n_refused, 2);
    assert_false(t.k.refused[0].learner_known);
    assert_true(t.k.refused[1].learner_known);
    assert_false(t.k.refused[1].key_known);
    kept_release(&t.k);
}

static void a_guessed_cutoff_that_leaves_many_rows_behind_it_is_told(void **state)
{
    trial t = start_trial(SG_KIND_GAIN);
    sg_str text = {0};
    (void)state;
    for (int n_late = 1; n_late <= 2; n_late++) {
        sg_str_reset(&text);
        sg_str_add(&text, "learner_id,gain_date,gain_type\n");
        for (int i = 0; i < 100; i++)
            sg_str_printf(&text, "%d,2024-09-01,efl_test\n", i);
        for (int i = 0; i < n_late; i++)
            sg_str_printf(&text, "%d,2024-10-0%d,efl_test\n", i, i + 1);
        run_trial(&t, sg_str_text(&text));
        assert_int_equal(t.batch.cutoff, day_of(2024, 9, 1));
        assert_int_equal(count_rule(&t.k, "R502"), n_late);
        assert_int_equal(count_rule(&t.k, "R504"), n_late == 2); /* 1 of 101 is less than 1 % */
        kept_release(&t.k);
    }
    sg_str_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_are_had_where_the_file_has_a_column_for_them),
        cmocka_unit_test(a_file_tells_which_fields_it_has_and_which_of_its_crosswalk_it_lacks),
        cmocka_unit_test(a_crosswalk_of_the_office_means_every_column_it_names),
        cmocka_unit_test(a_refused_row_is_told_with_whose_it_is_as_far_as_it_can_be_read),
        cmocka_unit_test(a_refused_row_without_its_college_is_nobodys_where_ids_are_the_colleges),
        cmocka_unit_test(a_guessed_cutoff_that_leaves_many_rows_behind_it_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
