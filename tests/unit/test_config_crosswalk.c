/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Crosswalks: every key, every class of error with its line, a workspace's own before the shipped ones.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem_hook.h"
#include "skillgain/config.h"
#include "support/assert.h"
#include "support/tmpdir.h"

#define ENROLLMENT "name: a\nkind: enrollment\n"
#define REQUIRED "  learner_id: ID\n  college: Site\n  start_date: Start\n"
#define COLUMNS ENROLLMENT "columns:\n" REQUIRED
#define GAIN "name: g\nkind: gain\n"
#define GAIN_COLUMNS "columns: {learner_id: ID, gain_date: D, gain_type: T}\n"

static sg_status load(void **state, const char *text, sg_crosswalks **out, sg_err *err)
{
    char *path = sg_tmpdir_path(*state, "x.yaml");
    sg_tmpdir_write_text(*state, "x.yaml", text);
    sg_status status = sg_crosswalks_load_file(path, out, err);
    free(path);
    return status;
}

static sg_crosswalks *load_ok(void **state, const char *text)
{
    sg_crosswalks *list = NULL;
    sg_err err = {0};
    sg_assert_ok(load(state, text, &list, &err), &err);
    assert_int_equal(list->n, 1);
    return list;
}

/* What a code of the source stands for; NULL: it has none. */
static const char *target_of(const sg_column_source *source, const char *from)
{
    for (size_t i = 0; i < source->n_codes; i++) {
        if (strcmp(source->codes[i].from, from) == 0)
            return source->codes[i].to;
    }
    return NULL;
}

static void a_short_crosswalk_has_the_defaults(void **state)
{
    sg_crosswalks *list = load_ok(state, COLUMNS);
    const sg_crosswalk *c = &list->all[0];
    assert_string_equal(c->name, "a");
    assert_int_equal(c->kind, SG_KIND_ENROLLMENT);
    assert_int_equal(c->delivery, SG_DELIVERY_FULL);
    assert_int_equal(c->scope, SG_SCOPE_COLLEGE);
    assert_int_equal(c->cutoff, SG_CUTOFF_LAST_DATE);
    assert_null(c->cutoff_text);
    assert_false(c->learners_by_college);
    assert_false(c->latest_gains || c->gains_said);
    assert_int_equal(c->id_case, SG_CASE_KEEP);
    assert_int_equal(c->encoding, SG_ENCODING_AUTO);
    assert_int_equal(c->delimiter, '\0');
    assert_int_equal(c->n_dates, 1);
    assert_string_equal(c->dates[0], "%Y-%m-%d");
    assert_string_equal(c->fields[SG_ENROLLMENT_COLLEGE].column, "Site");
    assert_int_equal(c->fields[SG_ENROLLMENT_COLLEGE].line, 5);
    assert_null(c->fields[SG_ENROLLMENT_END_DATE].column);
    assert_int_equal(c->n_custom, 0);
    sg_crosswalks_free(list);
}

static void every_key_of_a_crosswalk_is_taken(void **state)
{
    sg_crosswalks *list = load_ok(
        state,
        "columns:\n  learner_id: ID\n  college: {value: all}\n  start_date: {column: Start}\n  end_date: "
        "Start\n"
        "  program_year: {column: FY, codes: {2024-25: 2024}}\n"
        "  sex: {column: Gender, codes: {F: female, M: male, \"\": unknown, \" 9 \": \"\"}}\n"
        "  iet: {value: no}\n  entering_level: {value: ABE3}\n  contact_hours: {value: 12.5}\n"
        "name: state-x\nkind: enrollment\ndelivery: delta\nscope: [program_year]\n"
        "cutoff: {filename: \"%Y%m%d\"}\nlearner_scope: college\nlearner_case: upper\n"
        "encoding: windows-1252\ndelimiter: \"\\t\"\ndates: [\"%m/%d/%Y\", \"%Y-%m-%d\"]\n"
        "dimensions:\n  zone: {column: Zone, codes: {N: north, S: south}}\n  housing: Housing Status\n");
    const sg_crosswalk *c = &list->all[0];
    const sg_column_source *sex = &c->fields[SG_ENROLLMENT_SEX];
    assert_int_equal(c->delivery, SG_DELIVERY_DELTA);
    assert_int_equal(c->scope, SG_SCOPE_PROGRAM_YEAR);
    assert_int_equal(c->cutoff, SG_CUTOFF_FILENAME);
    assert_string_equal(c->cutoff_text, "%Y%m%d");
    assert_true(c->learners_by_college);
    assert_int_equal(c->id_case, SG_CASE_UPPER);
    assert_int_equal(c->encoding, SG_ENCODING_WINDOWS_1252);
    assert_int_equal(c->delimiter, '\t');
    assert_int_equal(c->n_dates, 2);
    assert_string_equal(c->fields[SG_ENROLLMENT_COLLEGE].value, "all");
    assert_string_equal(c->fields[SG_ENROLLMENT_START_DATE].column, "Start");
    assert_string_equal(c->fields[SG_ENROLLMENT_END_DATE].column, "Start");
    assert_string_equal(target_of(&c->fields[SG_ENROLLMENT_PROGRAM_YEAR], "2024-25"), "2024");
    assert_int_equal(sex->n_codes, 4);
    assert_string_equal(target_of(sex, "M"), "male");
    assert_string_equal(target_of(sex, ""), "unknown");
    assert_string_equal(target_of(sex, "9"), "");
    assert_int_equal(c->n_custom, 2);
    assert_string_equal(c->custom[0].name, "housing");
    assert_string_equal(c->custom[0].source.column, "Housing Status");
    assert_string_equal(c->custom[1].name, "zone");
    assert_string_equal(target_of(&c->custom[1].source, "S"), "south");
    sg_crosswalks_free(list);
}

static void words_of_the_other_keys_are_taken_too(void **state)
{
    sg_crosswalks *list = load_ok(state, GAIN GAIN_COLUMNS
                                  "gains: latest\ncutoff: {column: Extract Date}\nscope: []\n"
                                  "learner_case: lower\nencoding: utf-16\ndelimiter: \"|\"\n");
    const sg_crosswalk *c = &list->all[0];
    assert_int_equal(c->kind, SG_KIND_GAIN);
    assert_true(c->latest_gains && c->gains_said);
    assert_int_equal(c->cutoff, SG_CUTOFF_COLUMN);
    assert_string_equal(c->cutoff_text, "Extract Date");
    assert_int_equal(c->scope, 0);
    assert_int_equal(c->id_case, SG_CASE_LOWER);
    assert_int_equal(c->encoding, SG_ENCODING_UTF16);
    assert_int_equal(c->delimiter, '|');
    sg_crosswalks_free(list);
}

static void race_by_columns_spreads_over_the_race_fields(void **state)
{
    sg_crosswalks *list = load_ok(
        state,
        COLUMNS "  race: {columns: {white: W, pacific_islander: P}, yes: [Y, \"1\"]}\n  race_black: B\n");
    const sg_crosswalk *c = &list->all[0];
    const sg_column_source *white = &c->fields[SG_ENROLLMENT_RACE_WHITE];
    assert_string_equal(white->column, "W");
    assert_string_equal(c->fields[SG_ENROLLMENT_RACE_PACIFIC_ISLANDER].column, "P");
    assert_string_equal(c->fields[SG_ENROLLMENT_RACE_BLACK].column, "B");
    assert_int_equal(c->fields[SG_ENROLLMENT_RACE_BLACK].n_codes, 0);
    assert_null(c->fields[SG_ENROLLMENT_RACE].column);
    assert_null(c->fields[SG_ENROLLMENT_RACE_ASIAN].column);
    assert_string_equal(target_of(white, "Y"), "yes");
    assert_string_equal(target_of(white, "1"), "yes");
    assert_string_equal(target_of(white, "0"), "no");
    assert_string_equal(target_of(white, "false"), "no");
    assert_string_equal(target_of(white, "9"), "unknown");
    assert_null(target_of(white, "Yes"));
    sg_crosswalks_free(list);
    list = load_ok(state, COLUMNS "  race: {columns: {asian: A}, yes: [\"0\", \"9\"], no: [x]}\n");
    const sg_column_source *asian = &list->all[0].fields[SG_ENROLLMENT_RACE_ASIAN];
    assert_int_equal(asian->n_codes, 3);
    assert_string_equal(target_of(asian, "0"), "yes");
    assert_string_equal(target_of(asian, "9"), "yes");
    assert_string_equal(target_of(asian, "x"), "no");
    sg_crosswalks_free(list);
}

static void a_race_in_one_column_stays_one_field(void **state)
{
    sg_crosswalks *list = load_ok(state, COLUMNS "  race: {column: Race, codes: {A: asian, H: hispanic}}\n");
    assert_string_equal(list->all[0].fields[SG_ENROLLMENT_RACE].column, "Race");
    assert_string_equal(target_of(&list->all[0].fields[SG_ENROLLMENT_RACE], "H"), "hispanic");
    sg_crosswalks_free(list);
}

typedef struct {
    const char *text, *message;
} error_case;

static void assert_refused(void **state, const error_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sg_crosswalks *list = NULL;
        sg_err err = {0};
        sg_status status = load(state, cases[i].text, &list, &err);
        if (status != SG_USAGE || strstr(err.message, cases[i].message) == NULL ||
            strstr(err.message, "x.yaml'") == NULL)
            fail_msg("case %zu gave %d '%s', not '%s'", i, (int)status, err.message, cases[i].message);
        assert_null(list);
    }
}

#define ASSERT_REFUSED(cases) assert_refused(state, (cases), sizeof(cases) / sizeof(cases)[0])

static void wrong_keys_of_a_crosswalk_are_refused(void **state)
{
    static const error_case cases[] = {
        {"", "line 1: a crosswalk needs the key 'name'"},
        {"name: a\ncolumns: {}\n", "a crosswalk needs the key 'kind'"},
        {ENROLLMENT, "a crosswalk needs the key 'columns'"},
        {COLUMNS "column: {}\n", "line 7: unknown key 'column'; did you mean 'columns'?"},
        {"name: A b\nkind: gain\n" GAIN_COLUMNS, "line 1: 'name' has lower-case letters"},
        {"name: a\nkind: gains\n" GAIN_COLUMNS, "line 2: 'kind' cannot be 'gains'; did you mean 'gain'?"},
        {"name: a\nkind: test\n" GAIN_COLUMNS, "line 3: 'gain_date' is no field of kind test"},
        {"name: a\nkind: context\ncolumns: {college: C}\n", "'columns' must map 'program_year'"},
        {COLUMNS "numbers: {a: A}\n", "'numbers' belongs to crosswalks of kind context"},
        {"name: a\nkind: enrollment\ncolumns: {learner_id: I, college: C, start_date: S, end_date: {column: "
         "E, unit: minutes}}\n",
         "'unit' belongs to fields of hours"},
        {"name: a\nkind: enrollment\ncolumns: {learner_id: I, college: C, start_date: S, contact_hours: "
         "{column: H, unit: days}}\n",
         "'unit' cannot be 'days'; allowed: hours, minutes, h:mm"},
        {"name: a\nkind: enrollment\ncolumns: {learner_id: I, college: C, start_date: S, contact_hours: "
         "{column: H, dates: [\"%Y-%m-%d\"]}}\n",
         "'dates' of a column belongs to dates"},
        {"name: a\nkind: enrollment\ncolumns: {learner_id: I, college: C, start_date: S, race: {list: R}}\n",
         "'race' by a list needs the key 'codes'"},
        {"name: a\nkind: enrollment\ncolumns: {learner_id: I, college: C, start_date: S, race: {list: R, "
         "codes: {A: green}}}\n",
         "'green' is no race"},
        {"name: a\nkind: enrollment\ncolumns: {learner_id: I, college: C, start_date: S, race: {list: R, "
         "separator: ab, codes: {A: asian}}}\n",
         "'separator' is one of"},
        {"name: a\nkind: enrollment\ncolumns: {learner_id: [], college: C, start_date: S}\n",
         "'learner_id' names no column"},
        {COLUMNS "delivery: incremental\n", "'delivery' cannot be 'incremental'; allowed: full, delta"},
        {COLUMNS "scope: [term]\n", "'scope' cannot be 'term'; allowed: program_year, college"},
        {COLUMNS "scope: [college, program_year]\n",
         "line 7: 'scope' names 'program_year', which 'columns' does not map"},
        {COLUMNS "learner_scope: county\n", "'learner_scope' cannot be 'county'"},
        {GAIN GAIN_COLUMNS "learner_scope: college\n",
         "line 4: 'learner_scope: college' needs 'college' among 'columns'"},
        {COLUMNS "learner_case: title\n", "'learner_case' cannot be 'title'; allowed: keep, upper, lower"},
        {COLUMNS "gains: all\n", "line 7: 'gains' belongs to crosswalks of kind gain"},
        {GAIN GAIN_COLUMNS "gains: newest\n", "'gains' cannot be 'newest'; allowed: all, latest"},
        {COLUMNS "encoding: latin1\n", "'encoding' cannot be 'latin1'"},
        {COLUMNS "delimiter: \":\"\n", "'delimiter' cannot be ':'; allowed: auto"},
        {COLUMNS "cutoff: today\n", "'cutoff' is one of: last_date"},
        {COLUMNS "cutoff: {filename: \"%Y-%m\"}\n",
         "'cutoff.filename' is a pattern with %Y, %m and %d once each"},
        {COLUMNS "cutoff: {day: x}\n", "unknown key 'day'; allowed: filename, column"},
        {COLUMNS "cutoff: {column: x, filename: y}\n", "'cutoff' has one key"},
        {COLUMNS "dates: []\n", "'dates' names 1 to 8 patterns"},
        {COLUMNS "dates: [\"%m/%d/%y\"]\n", "'dates' is a pattern with %Y, %m and %d once each"},
        {COLUMNS "dates: [\"%m/%d/%Y %\"]\n", "'dates' is a pattern with"},
        {COLUMNS "dates: [\"%m/%d\"]\n", "'dates' is a pattern with"},
        {COLUMNS "dates: [\"%m/%d/%Y\", \"%d/%m/%Y\"]\n",
         "a date could fit both \"%m/%d/%Y\" and \"%d/%m/%Y\""},
        {COLUMNS "dates: \"%m/%d/%Y\"\n", "'dates' must be a list"},
        {COLUMNS "delivery: full\ndelivery: delta\n", "line 8: key 'delivery' is there twice"},
        {"[a, b]\n", "must be a map"},
    };
    ASSERT_REFUSED(cases);
}

static void wrong_columns_are_refused(void **state)
{
    static const error_case cases[] = {
        {ENROLLMENT "columns: []\n", "'columns' must be a map"},
        {ENROLLMENT "columns:\n  learner_id: ID\n  college: C\n", "line 3: 'columns' must map 'start_date'"},
        {GAIN "columns: {learner_id: ID, gain_date: D}\n", "'columns' must map 'gain_type'"},
        {COLUMNS "  startdate: X\n",
         "line 7: 'startdate' is no field of kind enrollment; did you mean 'start_date'?"},
        {COLUMNS "  surname: X\n", "the shipped crosswalk 'canonical-enrollment' names them all"},
        {COLUMNS "  gain_date: X\n", "'gain_date' is no field of kind enrollment"},
        {COLUMNS "  sex: \"\"\n", "'sex' is empty"},
        {COLUMNS "  sex:\n", "line 7: 'sex' has no value"},
        {COLUMNS "  sex: [{a: A}]\n", "sex"},
        {COLUMNS "  sex: {col: A}\n", "unknown key 'col'"},
        {COLUMNS "  sex: {codes: {F: female}}\n", "'sex' needs the key 'column'"},
        {COLUMNS "  sex: {column: A, value: male}\n",
         "'sex' has 'value', a constant, so it can have no other key"},
        {COLUMNS "  sex: {value: man}\n", "'sex' has no code 'man'; allowed: female, male, nonbinary"},
        {COLUMNS "  sex: {value: unknown}\n", "'sex' has no code 'unknown'"},
        {COLUMNS "  contact_hours: {value: 1h}\n", "'contact_hours' must be a plain decimal"},
        {COLUMNS "  program_year: {value: 2024-25}\n", "'program_year' must be a whole number"},
        {COLUMNS "  end_date: {value: 07/01/2024}\n",
         "'end_date' must be a date in one of the forms of 'dates'"},
        {ENROLLMENT "columns: {learner_id: {value: x}}\n", "'learner_id' cannot be the same in every row"},
    };
    ASSERT_REFUSED(cases);
}

static void wrong_codes_are_refused(void **state)
{
    static const error_case cases[] = {
        {COLUMNS "  sex:\n    column: A\n    codes:\n      F: female\n      M: mal\n",
         "line 11: 'sex' has no code 'mal'; did you mean 'male'?"},
        {COLUMNS "  sex: {column: A, codes: {F: female, \"F \": male}}\n", "the code 'F' is there twice"},
        {COLUMNS "  sex: {column: A, codes: {F: female, F: male}}\n", "key 'F' is there twice"},
        {COLUMNS "  sex: {column: A, codes: {}}\n", "'codes' is empty"},
        {COLUMNS "  sex: {column: A, codes: [F]}\n", "'codes' must be a map"},
        {COLUMNS "  sex: {column: A, codes: {F: }}\n",
         "the code 'F' stands for nothing; write \"\" where it means missing"},
        {COLUMNS "  sex: {column: A, codes: {F: [female]}}\n", "the code 'F' stands for nothing"},
        {COLUMNS "  end_date: {column: A, codes: {x: y}}\n", "'end_date' has no codes"},
        {COLUMNS "  contact_hours: {column: A, codes: {x: 1}}\n", "'contact_hours' has no codes"},
        {COLUMNS "  age: {column: A, codes: {x: young}}\n", "a code of 'age' must stand for a whole number"},
    };
    ASSERT_REFUSED(cases);
}

static void wrong_races_and_dimensions_are_refused(void **state)
{
    static const error_case cases[] = {
        {COLUMNS "  race: {columns: {white: W}}\n", "line 7: 'race' by columns needs the key 'yes'"},
        {COLUMNS "  race: {columns: {whit: W}, yes: [Y]}\n", "unknown key 'whit'; did you mean 'white'?"},
        {COLUMNS "  race: {columns: {white: W}, yes: [Y], maybe: [M]}\n", "unknown key 'maybe'"},
        {COLUMNS "  race: {columns: {white: W}, yes: []}\n", "'yes' is empty"},
        {COLUMNS "  race: {columns: {white: W}, yes: [Y], no: [N, Y]}\n", "'Y' is both a yes and a no"},
        {COLUMNS "  race: {columns: {}, yes: [Y]}\n", "'race' by columns names none"},
        {COLUMNS "  race: {columns: {white: W}, yes: [Y]}\n  race_white: X\n",
         "'race_white' is mapped already on line 8"},
        {COLUMNS "  sex: {columns: {white: W}, yes: [Y]}\n", "unknown key 'columns'"},
        {COLUMNS "dimensions: {Housing: H}\n", "'Housing' is no name of a dimension"},
        {COLUMNS "dimensions: {all: H}\n", "'all' is no name of a dimension"},
        {COLUMNS "dimensions: {age_band: H}\n", "'age_band' is a field or dimension of its own"},
        {COLUMNS "dimensions: {funding: H}\n", "'funding' is a field or dimension of its own"},
        {COLUMNS "dimensions: {housing: {value: x}}\n", "unknown key 'value'"},
        {COLUMNS "dimensions: {who: First Name}\n", "'First Name' is a name, which is never taken in"},
        {COLUMNS "dimensions: {who: [Cohort, STUDENT_NAME]}\n", "'STUDENT_NAME' is a name"},
        {COLUMNS "dimensions: {who: NAME_LAST_SRCH}\n", "is a name, which is never taken in"},
        {COLUMNS "dimensions: {who: {column: SSN}}\n", "'SSN' is a social security number"},
        {COLUMNS "dimensions: {housing: {codes: {a: b}}}\n", "'housing' needs the key 'column'"},
        {GAIN GAIN_COLUMNS "dimensions: {housing: H}\n",
         "'dimensions' belongs to crosswalks of kind enrollment"},
    };
    ASSERT_REFUSED(cases);
}

/* ---- shipped ones and folders ---- */

static const sg_crosswalk *find(const sg_crosswalks *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->all[i].name, name) == 0)
            return &list->all[i];
    }
    fail_msg("there is no crosswalk '%s'", name);
    return &list->all[0];
}

static sg_crosswalks *load_folder(const char *folder)
{
    sg_crosswalks *list = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_crosswalks_load(folder, &list, &err), &err);
    return list;
}

static void a_workspaces_own_crosswalk_hides_a_shipped_one(void **state)
{
    char *absent = sg_tmpdir_path(*state, "absent");
    sg_crosswalks *shipped = load_folder(absent);
    sg_tmpdir_write_text(*state, "mine.yaml", "name: canonical-gain\nkind: gain\n" GAIN_COLUMNS);
    sg_tmpdir_write_text(*state, "notes.txt", "not: [a crosswalk");
    sg_crosswalks *list = load_folder(*state);
    assert_int_equal(list->n, shipped->n);
    assert_string_equal(find(list, "canonical-gain")->fields[SG_GAIN_FIELD_GAIN_TYPE].column, "T");
    sg_assert_contains(find(list, "canonical-gain")->file, "mine.yaml");
    sg_crosswalks_free(shipped);
    free(absent);
    sg_crosswalks_free(list);
}

static void two_crosswalks_of_one_name_are_refused(void **state)
{
    sg_crosswalks *list = NULL;
    sg_err err = {0};
    sg_tmpdir_write_text(*state, "1.yaml", GAIN GAIN_COLUMNS);
    sg_tmpdir_write_text(*state, "2.yaml", GAIN GAIN_COLUMNS);
    sg_assert_status(sg_crosswalks_load(*state, &list, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "1.yaml' and '");
    sg_assert_contains(err.message, "are both named 'g'");
}

static void a_wrong_crosswalk_of_the_folder_is_told_with_its_file(void **state)
{
    sg_crosswalks *list = NULL;
    sg_err err = {0};
    sg_tmpdir_write_text(*state, "bad.yaml", GAIN "columns: {}\n");
    sg_assert_status(sg_crosswalks_load(*state, &list, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "bad.yaml' line 3:");
}

static void an_absent_crosswalk_file_is_an_error(void **state)
{
    sg_crosswalks *list = NULL;
    sg_err err = {0};
    char *path = sg_tmpdir_path(*state, "none.yaml");
    assert_int_not_equal(sg_crosswalks_load_file(path, &list, &err), SG_OK);
    sg_assert_contains(err.message, "none.yaml");
    assert_null(list);
    free(path);
}

/* SHA-256 of the bytes "name: g\nkind: gain\ncolumns: {learner_id: ID, gain_date: D, gain_type: T}\n", by sha256sum. */
static void the_digest_is_that_of_the_bytes(void **state)
{
    sg_crosswalks *list = load_ok(state, GAIN GAIN_COLUMNS);
    assert_string_equal(list->all[0].sha256,
                        "792a931c6aa96f1a5633fa9637691452e93935d997f9adfffae4273718bb6427");
    sg_crosswalks_free(list);
}

static void want_of_memory_is_a_status_like_any_other(void **state)
{
    sg_tmpdir_write_text(*state, "x.yaml",
                         COLUMNS
                         "  race: {columns: {white: W}, yes: [Y]}\n  sex: {column: S, codes: {F: female}}\n"
                         "dimensions: {housing: H}\n");
    bool done = false;
    for (long n = 1; !done && n < 50000; n += n < 60 ? 1 : n < 2000 ? 37 : 997) {
        sg_crosswalks *list = NULL;
        sg_err err = {0};
        sg_mem_fail_at(-n); /* this one and all after it */
        sg_status status = sg_crosswalks_load(*state, &list, &err);
        sg_mem_fail_at(0);
        done = status == SG_OK;
        if (!done)
            sg_assert_status(status, SG_NO_MEMORY, &err);
        sg_crosswalks_free(list);
    }
    assert_true(done);
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_short_crosswalk_has_the_defaults),
        IN_FOLDER(every_key_of_a_crosswalk_is_taken),
        IN_FOLDER(words_of_the_other_keys_are_taken_too),
        IN_FOLDER(race_by_columns_spreads_over_the_race_fields),
        IN_FOLDER(a_race_in_one_column_stays_one_field),
        IN_FOLDER(wrong_keys_of_a_crosswalk_are_refused),
        IN_FOLDER(wrong_columns_are_refused),
        IN_FOLDER(wrong_codes_are_refused),
        IN_FOLDER(wrong_races_and_dimensions_are_refused),
        IN_FOLDER(a_workspaces_own_crosswalk_hides_a_shipped_one),
        IN_FOLDER(two_crosswalks_of_one_name_are_refused),
        IN_FOLDER(a_wrong_crosswalk_of_the_folder_is_told_with_its_file),
        IN_FOLDER(an_absent_crosswalk_file_is_an_error),
        IN_FOLDER(the_digest_is_that_of_the_bytes),
        IN_FOLDER(want_of_memory_is_a_status_like_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
