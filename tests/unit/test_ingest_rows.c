/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test_ingest_trial.h"

enum { MILLION = 1000000 };

/* ---- one value: a field, its text, and what becomes of it ---- */

typedef struct {
    const char *field, *text;
    const char *rule; /* NULL: none */
    bool accepted;
    int64_t number; /* of an accepted row */
} value_case;

static const value_case values[] = {
    {"start_date", "2024-02-29", NULL, true, 19782},
    {"start_date", "2023-02-29", "R202", false, 0},
    {"start_date", "02/29/2024", "R202", false, 0},
    {"start_date", "24-02-29", "R202", false, 0},
    {"start_date", "45351", "R202", false, 0},
    {"start_date", "2024-02-29 00:00:00", "R202", false, 0},
    {"start_date", "", "R201", false, 0},
    {"start_date", "n/a", "R201", false, 0},
    {"start_date", "1900-01-01", "R201", false, 0},
    {"start_date", "9999-12-31", "R201", false, 0},
    {"end_date", "", NULL, true, SG_BLANK},
    {"end_date", "NULL", NULL, true, SG_BLANK},
    {"end_date", "1753-01-01", NULL, true, SG_BLANK},
    {"end_date", "9999-12-31", NULL, true, SG_BLANK},
    {"end_date", "2999-12-31", NULL, true, 376199},
    {"end_date", "9999-12-30", "R202", false, 0},
    {"end_date", "2024-08-31", "R301", false, 0},
    {"end_date", "2024-09-01", NULL, true, 19967},
    {"contact_hours", "12.5", NULL, true, 12500000000},
    {"contact_hours", "0", NULL, true, 0},
    {"contact_hours", "9999", NULL, true, 9999000000000},
    {"contact_hours", "9999.01", "R203", false, 0},
    {"contact_hours", "-1", "R203", false, 0},
    {"contact_hours", "1,200", "R203", false, 0},
    {"contact_hours", "1e3", "R203", false, 0},
    {"contact_hours", "twelve", "R203", false, 0},
    {"contact_hours", "NaN", "R203", false, 0},
    {"contact_hours", "-", NULL, true, SG_BLANK},
    {"pre_test_score", "231", NULL, true, 231 * (int64_t)MILLION},
    {"pre_test_score", "high", "R204", true, SG_BLANK},
    {"program_year", "2024", NULL, true, 2024},
    {"program_year", "2024-25", "R204", true, SG_BLANK},
    {"program_year", "2023", "R303", true, 2023},
    {"sex", "female", NULL, true, 1},
    {"sex", "F", "R206", true, SG_CODE_UNKNOWN},
    {"sex", "Unknown", NULL, true, SG_BLANK},
    {"iet", "credential", NULL, true, SG_IET_CREDENTIAL},
    {"iet", "", NULL, true, SG_BLANK},
    {"iet", "maybe", "R205", false, 0},
    {"age", "16", NULL, true, 16},
    {"age", "110", NULL, true, 110},
    {"age", "15", "R207", false, 0},
    {"age", "111", "R207", false, 0},
    {"age", "old", "R204", true, SG_BLANK},
    {"exit_date", "2024-08-31", "R304", true, 19966},
    {"exit_reason", "03", NULL, true, 4},
    {"exit_reason", "3", "R206", true, SG_CODE_UNKNOWN},
};

/* An enrollment of 1 September 2024 with one field more, or another start; and a sound one, from which the
 * cut-off can be told. */
static void write_enrollment(sg_str *out, const char *field, const char *text)
{
    if (strcmp(field, "start_date") == 0)
        sg_str_printf(out, "learner_id,college,start_date\n001,01,\"%s\"\n002,01,2024-09-01\n", text);
    else
        sg_str_printf(out, "learner_id,college,start_date,%s\n001,01,2024-09-01,\"%s\"\n002,01,2024-09-01,\n",
                      field, text);
}

/* What was found of line 2 by the rules on single values, R2xx. */
static size_t count_value_findings(const kept *k)
{
    size_t n = 0;
    for (size_t i = 0; i < k->n_findings; i++)
        n += k->findings[i].line == 2 && k->findings[i].rule[1] == '2';
    return n;
}

static void a_value_is_taken_missing_or_refused_by_its_type(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        const value_case *v = &values[i];
        sg_crosswalk crosswalk;
        sg_str text = {0};
        kept k;
        sg_batch batch;
        sg_err err;
        plain_crosswalk(SG_KIND_ENROLLMENT, &crosswalk);
        write_enrollment(&text, v->field, v->text);
        sg_assert_ok(read_text(sg_str_text(&text), &crosswalk, &k, &batch, &err), &err);
        assert_conserved(&batch);
        if (batch.counts.quarantined != !v->accepted)
            fail_msg("%s '%s' was %s", v->field, v->text, v->accepted ? "refused" : "accepted");
        if (v->rule != NULL && !has_finding(&k, v->rule, 2, v->field))
            fail_msg("%s '%s' gave no %s", v->field, v->text, v->rule);
        if (v->rule == NULL)
            assert_int_equal(count_value_findings(&k), 0);
        if (v->accepted && k.rows[0].number[sg_field_find(SG_KIND_ENROLLMENT, v->field)] != v->number)
            fail_msg("%s '%s' became %lld", v->field, v->text,
                     (long long)k.rows[0].number[sg_field_find(SG_KIND_ENROLLMENT, v->field)]);
        sg_str_release(&text);
        kept_release(&k);
    }
}

/* ---- whole files ---- */

static void a_birth_date_becomes_an_age_and_is_not_handed_on(void **state)
{
    trial t = start_trial(SG_KIND_ENROLLMENT);
    (void)state;
    run_trial(&t, "learner_id,college,start_date,birth_date,age\n"
                  "1,01,2024-09-01,2000-09-01,24\n"
                  "2,01,2024-09-01,2000-09-02,23\n"
                  "3,01,2024-09-01,2000-09-02,25\n" /* two years apart: the birth date counts */
                  "4,01,2024-09-01,2008-09-02,16\n" /* 15 by birth date */
                  "5,01,2024-09-01,2008-09-01,\n"   /* 16 that day */
                  "6,01,2024-09-01,2026-01-16,\n"   /* tomorrow */
                  "7,01,2024-09-01,1913-09-01,\n"   /* 111 */
                  "8,01,2024-09-01,soon,30\n");
    assert_int_equal(t.k.n_rows, 4);
    assert_int_equal(t.k.rows[0].number[SG_ENROLLMENT_AGE], 24);
    assert_int_equal(t.k.rows[1].number[SG_ENROLLMENT_AGE], 23);
    assert_int_equal(t.k.rows[2].number[SG_ENROLLMENT_AGE], 23);
    assert_int_equal(t.k.rows[3].number[SG_ENROLLMENT_AGE], 16);
    for (size_t i = 0; i < t.k.n_rows; i++)
        assert_true(t.k.rows[i].number[SG_ENROLLMENT_BIRTH_DATE] == SG_BLANK);
    assert_true(has_finding(&t.k, "R302", 4, "age"));
    assert_int_equal(count_rule(&t.k, "R302"), 1);
    assert_true(has_finding(&t.k, "R207", 5, "birth_date"));
    assert_true(has_finding(&t.k, "R208", 7, "birth_date"));
    assert_true(has_finding(&t.k, "R207", 8, "birth_date"));
    assert_true(has_finding(&t.k, "R202", 9, "birth_date"));
    assert_int_equal(t.batch.counts.quarantined, 4);
    kept_release(&t.k);
}

static void every_rule_runs_on_a_row_that_is_refused_once(void **state)
{
    trial t = start_trial(SG_KIND_ENROLLMENT);
    (void)state;
    run_trial(&t, "learner_id,college,start_date,contact_hours,iet,sex,age\n"
                  ",,2024-13-01,-5,perhaps,Z,12\n"
                  "1,01,2024-09-01,5,no,male,40\n");
    assert_int_equal(t.batch.counts.quarantined, 1);
    assert_int_equal(count_rule(&t.k, "R201"), 2);
    assert_true(has_finding(&t.k, "R202", 2, "start_date"));
    assert_true(has_finding(&t.k, "R203", 2, "contact_hours"));
    assert_true(has_finding(&t.k, "R205", 2, "iet"));
    assert_true(has_finding(&t.k, "R206", 2, "sex"));
    assert_true(has_finding(&t.k, "R207", 2, "age"));
    kept_release(&t.k);
}

static void an_exact_repeat_counts_once_and_a_change_replaces_the_earlier_row(void **state)
{
    trial t = start_trial(SG_KIND_ENROLLMENT);
    (void)state;
    run_trial(&t, "learner_id,college,start_date,section_id,contact_hours\n"
                  "1,01,2024-09-01,A,5\n"
                  " 1 ,01,2024-09-01,A,5.0\n" /* the same, written otherwise */
                  "1,01,2024-09-01,A,6\n"     /* replaces line 2 */
                  "1,01,2024-09-01,,6\n"      /* blank is a value: another row */
                  "1,01,2024-09-01,A,-6\n"    /* refused: replaces nothing */
                  "1,01,2024-09-01,A,5\n");   /* replaces line 4 */
    assert_int_equal(t.batch.counts.read, 6);
    assert_int_equal(t.batch.counts.repeated, 1);
    assert_int_equal(t.batch.counts.replaced, 2);
    assert_int_equal(t.batch.counts.stored, 2);
    assert_int_equal(t.batch.counts.quarantined, 1);
    assert_true(has_finding(&t.k, "R401", 3, NULL));
    assert_true(has_finding(&t.k, "R402", 2, NULL));
    assert_true(has_finding(&t.k, "R402", 4, NULL));
    assert_int_equal(t.k.n_rows, 4);
    assert_memory_equal(t.k.rows[0].key, t.k.rows[1].key, SG_RECORD_KEY_BYTES);
    assert_memory_not_equal(t.k.rows[0].key, t.k.rows[2].key, SG_RECORD_KEY_BYTES);
    assert_memory_equal(t.k.rows[0].key, t.k.rows[3].key, SG_RECORD_KEY_BYTES);
    kept_release(&t.k);
}

static void an_enrollment_id_stands_for_start_section_and_component(void **state)
{
    trial t = start_trial(SG_KIND_ENROLLMENT);
    (void)state;
    run_trial(&t, "learner_id,college,start_date,enrollment_id,section_id,component\n"
                  "1,01,2024-09-01,E1,A,integrated\n"
                  "1,01,2024-10-01,E1,B,adult_education\n" /* the same enrollment, corrected */
                  "1,02,2024-10-01,E1,B,adult_education\n" /* another college's */
                  "2,01,2024-09-01,,A,integrated\n"
                  "2,01,2024-09-02,,A,integrated\n"
                  "2,01,2024-09-01,,B,integrated\n"
                  "2,01,2024-09-01,,A,adult_education\n");
    assert_int_equal(t.batch.counts.replaced, 1);
    assert_int_equal(t.batch.counts.stored, 6);
    kept_release(&t.k);
}

static void a_gain_is_told_apart_by_type_date_subject_and_college(void **state)
{
    trial t = start_trial(SG_KIND_GAIN);
    (void)state;
    run_trial(&t, "learner_id,gain_date,gain_type,college,subject,post_score\n"
                  "1,2024-09-01,efl_test,01,reading,200\n"
                  "1,2024-09-02,efl_test,01,reading,200\n"
                  "1,2024-09-01,diploma,01,reading,200\n"
                  "1,2024-09-01,efl_test,02,reading,200\n"
                  "1,2024-09-01,efl_test,01,math,200\n"
                  "1,2024-09-01,efl_test,01,,200\n"
                  "1,2024-09-01,efl_test,01,reading,201\n");
    assert_int_equal(t.batch.counts.stored, 6);
    assert_int_equal(t.batch.counts.replaced, 1);
    assert_false(t.batch.has_hours);
    kept_release(&t.k);
}

static void a_required_number_that_is_none_refuses_the_row(void **state)
{
    trial t = start_trial(SG_KIND_CONTEXT);
    (void)state;
    run_trial(&t, "college,program_year\n"
                  "01,2024\n"
                  "02,soon\n");
    assert_int_equal(t.batch.counts.stored, 1);
    assert_int_equal(t.batch.counts.quarantined, 1);
    kept_release(&t.k);
}

static void an_id_is_compared_trimmed_composed_and_cased(void **state)
{
    trial t = start_trial(SG_KIND_GAIN);
    (void)state;
    t.crosswalk.id_case = SG_CASE_UPPER;
    run_trial(
        &t, "learner_id,gain_date,gain_type\n"
            "ab\xc3\xa9,2024-09-01,efl_test\n"
            " AB\xc3\xa9 ,2024-09-02,efl_test\n"
            "AbE\xcc\x81,2024-09-03,efl_test\n" /* E and a combining accent: another letter than e with one */
            "Abe\xcc\x81,2024-09-04,efl_test\n"
            "00123,2024-09-05,efl_test\n"
            "123,2024-09-06,efl_test\n");
    assert_int_equal(t.k.n_rows, 6);
    assert_memory_equal(&t.k.rows[0].learner, &t.k.rows[1].learner, sizeof(sg_pseudonym));
    assert_memory_equal(&t.k.rows[0].learner, &t.k.rows[3].learner, sizeof(sg_pseudonym));
    assert_memory_not_equal(&t.k.rows[0].learner, &t.k.rows[2].learner, sizeof(sg_pseudonym));
    assert_memory_not_equal(&t.k.rows[4].learner, &t.k.rows[5].learner, sizeof(sg_pseudonym));
    sg_pseudonym expected;
    sg_pseudonym_make(&test_key, "", "00123", 5, &expected);
    assert_memory_equal(&t.k.rows[4].learner, &expected, sizeof expected);
    kept_release(&t.k);
}

static void an_id_unique_within_a_college_needs_one(void **state)
{
    trial t = start_trial(SG_KIND_GAIN);
    (void)state;
    t.crosswalk.learners_by_college = true;
    run_trial(&t, "learner_id,gain_date,gain_type,college\n"
                  "1,2024-09-01,efl_test,01\n"
                  "1,2024-09-01,efl_test,02\n"
                  "1,2024-09-01,efl_test,\n");
    assert_int_equal(t.k.n_rows, 2);
    assert_memory_not_equal(&t.k.rows[0].learner, &t.k.rows[1].learner, sizeof(sg_pseudonym));
    assert_true(has_finding(&t.k, "R212", 4, "college"));
    assert_true(t.k.begun.learners_by_college);
    kept_release(&t.k);
}

typedef struct {
    const char *id;
    const char *rule; /* NULL: accepted */
} id_case;

static void an_id_that_only_looks_like_another_is_refused(void **state)
{
    static const id_case ids[] = {
        {"AB-12/3 x", NULL},
        {"1E5", NULL},
        {"12E", NULL},
        {"0123456789012345678901234567890123456789012345678901234567890123", NULL},
        {"01234567890123456789012345678901234567890123456789012345678901234", "R209"},
        {"12\xe2\x80\x8b"
         "3",
         "R210"}, /* zero-width space */
        {"12\xc2\xad"
         "3",
         "R210"}, /* soft hyphen */
        {"12\xef\xbb\xbf"
         "3",
         "R210"},                   /* byte-order mark */
        {"12\xef\xbc\x93", "R210"}, /* full-width 3 */
        {"12\xc2\xa0"
         "3",
         "R210"}, /* no-break space */
        {"12\xe2\x80\xae"
         "3",
         "R210"},                       /* right-to-left override */
        {"12\xf3\xa0\x80\xb1", "R210"}, /* tag character */
        {"12\t3", "R210"},
        {"12\n3", "R210"},
        {"12\x7f"
         "3",
         "R210"},
        {"=\"\"00123\"\"", "R211"},
        {"1.23E+05", "R211"},
        {"1,23e+05", "R211"},
        {"1E-05", "R211"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        trial t = start_trial(SG_KIND_GAIN);
        sg_str text = {0};
        sg_str_printf(&text,
                      "learner_id,gain_date,gain_type\n\"%s\",2024-09-01,efl_test\nB,2024-09-01,diploma\n",
                      ids[i].id);
        run_trial(&t, sg_str_text(&text));
        if ((t.k.n_rows == 2) != (ids[i].rule == NULL))
            fail_msg("id %zu of the table was %s", i, t.k.n_rows == 2 ? "accepted" : "refused");
        if (ids[i].rule != NULL && !has_finding(&t.k, ids[i].rule, 2, "learner_id"))
            fail_msg("id %zu of the table gave no %s", i, ids[i].rule);
        sg_str_release(&text);
        kept_release(&t.k);
    }
}

static void codes_of_the_crosswalk_come_before_the_missing_list(void **state)
{
    static const sg_code_pair sexes[] = {
        {"F", "female"}, {"M", "male"}, {"", "nonbinary"}, {"NA", "male"}, {"9", "unknown"}};
    static const sg_code_pair sites[] = {{"North", "01"}};
    trial t = start_trial(SG_KIND_ENROLLMENT);
    (void)state;
    t.crosswalk.fields[SG_ENROLLMENT_SEX] = (sg_column_source){.column = "sex", .codes = sexes, .n_codes = 5};
    t.crosswalk.fields[SG_ENROLLMENT_COLLEGE] = (sg_column_source){
        .column = "college", .codes = sites, .n_codes = 1};
    run_trial(&t, "learner_id,college,start_date,sex\n"
                  "1,North,2024-09-01, F \n"
                  "2,North,2024-09-01,\n"
                  "3,North,2024-09-01,NA\n"
                  "4,North,2024-09-01,9\n"
                  "5,North,2024-09-01,female\n" /* ours, but not the export's */
                  "6,North,2024-09-01,n/a\n"
                  "7,South,2024-09-01,F\n");
    static const int64_t expected[] = {1, 3, 2, SG_BLANK, SG_CODE_UNKNOWN, SG_BLANK};
    assert_int_equal(t.k.n_rows, 6);
    for (size_t i = 0; i < 6; i++)
        assert_true(t.k.rows[i].number[SG_ENROLLMENT_SEX] == expected[i]);
    assert_string_equal(t.k.rows[0].text[SG_ENROLLMENT_COLLEGE], "01");
    assert_true(has_finding(&t.k, "R206", 6, "sex"));
    assert_true(has_finding(&t.k, "R205", 8, "college"));
    kept_release(&t.k);
}

static void constants_and_further_dimensions_are_handed_on(void **state)
{
    static sg_custom_source custom[] = {
        {"bus", {.column = "Bus line"}}, {"housing", {.column = "Housing"}}, {"zone", {.value = "a b"}}};
    trial t = start_trial(SG_KIND_ENROLLMENT);
    (void)state;
    t.crosswalk.fields[SG_ENROLLMENT_COLLEGE] = (sg_column_source){.value = "all"};
    t.crosswalk.custom = custom;
    t.crosswalk.n_custom = 3;
    run_trial(&t, "learner_id,start_date,HOUSING,bus  LINE\n"
                  "1,2024-09-01,own & paid=50%,\n"
                  "2,2024-09-01,Unknown,\xc3\xa9"
                  "7\n");
    assert_string_equal(t.k.rows[0].text[SG_ENROLLMENT_COLLEGE], "all");
    assert_string_equal(t.k.rows[0].custom, "housing=own%20%26%20paid%3D50%25&zone=a%20b");
    assert_string_equal(t.k.rows[1].custom, "bus=%C3%A97&zone=a%20b");
    kept_release(&t.k);
}

static void blank_lines_headers_and_totals_are_dropped_and_counted(void **state)
{
    trial t = start_trial(SG_KIND_ENROLLMENT);
    (void)state;
    run_trial(&t, "\n"
                  "learner_id,college,start_date\n"
                  "1,01,2024-09-01\n"
                  ",,\n"
                  "Learner_ID, college ,START_DATE\n"
                  "Total,01,2024-09-01\n" /* a learner with a strange id: it parses */
                  "Totals: 2,,\n"
                  "Totalino,,\n" /* no total: a row without a college */
                  "GRAND TOTAL,3\n"
                  "\n");
    assert_int_equal(t.batch.counts.read, 9);
    assert_int_equal(t.batch.counts.dropped, 6);
    assert_int_equal(t.batch.counts.stored, 2);
    assert_int_equal(t.batch.counts.quarantined, 1);
    assert_true(has_finding(&t.k, "R105", 5, NULL));
    assert_true(has_finding(&t.k, "R106", 7, NULL));
    assert_true(has_finding(&t.k, "R201", 8, "college"));
    assert_true(has_finding(&t.k, "R106", 9, NULL));
    kept_release(&t.k);
}

static void a_row_has_a_day_in_the_program_year_it_names(void **state)
{
    trial t = start_trial(SG_KIND_ENROLLMENT);
    (void)state;
    run_trial(&t, "learner_id,college,start_date,end_date,program_year,contact_hours,distance_hours\n"
                  "1,01,2024-06-30,2024-07-01,2023,5,5\n"
                  "2,01,2024-06-30,2024-07-01,2024,5,5.5\n"
                  "3,01,2024-06-30,2024-07-01,2022,5,\n"
                  "4,01,2024-06-30,,2025,5,\n" /* open: goes on to the day of import, in program year 2025 */
                  "5,01,2024-06-30,,2026,5,\n");
    assert_int_equal(t.batch.counts.stored, 5);
    assert_int_equal(count_rule(&t.k, "R303"), 2);
    assert_true(has_finding(&t.k, "R303", 4, "program_year"));
    assert_true(has_finding(&t.k, "R303", 6, "program_year"));
    assert_true(has_finding(&t.k, "R305", 3, "distance_hours"));
    assert_int_equal(count_rule(&t.k, "R305"), 1);
    assert_int_equal(count_row_findings(&t.k), 3);
    assert_int_equal(t.batch.counts.warnings, t.k.n_findings);
    assert_true(t.batch.has_hours);
    kept_release(&t.k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_taken_missing_or_refused_by_its_type),
        cmocka_unit_test(a_birth_date_becomes_an_age_and_is_not_handed_on),
        cmocka_unit_test(every_rule_runs_on_a_row_that_is_refused_once),
        cmocka_unit_test(an_exact_repeat_counts_once_and_a_change_replaces_the_earlier_row),
        cmocka_unit_test(an_enrollment_id_stands_for_start_section_and_component),
        cmocka_unit_test(a_gain_is_told_apart_by_type_date_subject_and_college),
        cmocka_unit_test(a_required_number_that_is_none_refuses_the_row),
        cmocka_unit_test(an_id_is_compared_trimmed_composed_and_cased),
        cmocka_unit_test(an_id_unique_within_a_college_needs_one),
        cmocka_unit_test(an_id_that_only_looks_like_another_is_refused),
        cmocka_unit_test(codes_of_the_crosswalk_come_before_the_missing_list),
        cmocka_unit_test(constants_and_further_dimensions_are_handed_on),
        cmocka_unit_test(blank_lines_headers_and_totals_are_dropped_and_counted),
        cmocka_unit_test(a_row_has_a_day_in_the_program_year_it_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
