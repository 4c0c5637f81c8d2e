/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The crosswalks that ship; and the two keys by which a file has more rows than lines, or rows of more than one kind.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem_hook.h"
#include "skillgain/config.h"
#include "support/assert.h"
#include "support/tmpdir.h"

static sg_status load(void **state, const char *text, sg_crosswalks **out, sg_err *err)
{
    char *path = sg_tmpdir_path(*state, "x.yaml");
    sg_tmpdir_write_text(*state, "x.yaml", text);
    sg_status status = sg_crosswalks_load_file(path, out, err);
    free(path);
    return status;
}

static sg_crosswalks *load_folder(const char *folder)
{
    sg_crosswalks *list = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_crosswalks_load(folder, &list, &err), &err);
    return list;
}

static const sg_crosswalk *find(const sg_crosswalks *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->all[i].name, name) == 0)
            return &list->all[i];
    }
    fail_msg("there is no crosswalk '%s'", name);
    return &list->all[0];
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

/* ---- shipped ---- */

static void the_shipped_crosswalks_load_sorted_by_name(void **state)
{
    static const char *const names[] = {
        "canonical-context", "canonical-enrollment", "canonical-gain", "canonical-outcome",
        "canonical-program", "canonical-service",    "canonical-test", "pirl-enrollment",
        "pirl-gain",         "registrar-enrollment", "registrar-gain", "vendor-enrollment",
        "vendor-gain",
    };
    char *absent = sg_tmpdir_path(*state, "absent");
    sg_crosswalks *list = load_folder(absent);
    assert_int_equal(list->n, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < list->n; i++)
        assert_string_equal(list->all[i].name, names[i]);
    assert_string_equal(list->all[0].file, "shipped/canonical-context.yaml");
    sg_crosswalks_free(list);
    free(absent);
}

static void the_canonical_layout_has_every_field_under_its_own_name(void **state)
{
    sg_crosswalks *list = load_folder(*state);
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        const sg_kind_fields *table = sg_kind_table((sg_kind)kind);
        char name[64];
        (void)snprintf(name, sizeof name, "canonical-%s", table->name);
        const sg_crosswalk *c = find(list, name);
        assert_int_equal(c->kind, kind);
        assert_int_equal(c->scope, SG_SCOPE_COLLEGE | (table->program_year >= 0 ? SG_SCOPE_PROGRAM_YEAR : 0));
        for (size_t i = 0; i < table->n; i++) {
            assert_string_equal(c->fields[i].column, table->fields[i].name);
            assert_int_equal(c->fields[i].n_codes, 0);
        }
    }
    sg_crosswalks_free(list);
}

/* Every code of a field has a text in the layout. */
static void check_all_codes_reached(const sg_crosswalk *c)
{
    const sg_kind_fields *table = sg_kind_table(c->kind);
    for (size_t i = 0; i < table->n; i++) {
        for (size_t code = 0;
             table->fields[i].codes != NULL && c->fields[i].n_codes > 0 && code < table->fields[i].codes->n;
             code++) {
            bool reached = false;
            for (size_t k = 0; k < c->fields[i].n_codes; k++)
                reached = reached ||
                          strcmp(c->fields[i].codes[k].to, table->fields[i].codes->codes[code].code) == 0;
            if (!reached)
                fail_msg("%s: '%s' of '%s' is reached by no text", c->name,
                         table->fields[i].codes->codes[code].code, table->fields[i].name);
        }
    }
}

static void the_vendor_layout_reaches_every_code(void **state)
{
    sg_crosswalks *list = load_folder(*state);
    const sg_crosswalk *enrollment = find(list, "vendor-enrollment"), *gain = find(list, "vendor-gain");
    check_all_codes_reached(enrollment);
    check_all_codes_reached(gain);
    assert_string_equal(enrollment->dates[0], "%m/%d/%Y");
    assert_string_equal(target_of(&enrollment->fields[SG_ENROLLMENT_IET], "IETP/Credential"), "credential");
    assert_string_equal(target_of(&enrollment->fields[SG_ENROLLMENT_RACE_WHITE], "1"), "yes");
    assert_string_equal(target_of(&enrollment->fields[SG_ENROLLMENT_COLLEGE], "PIN"), "16");
    assert_string_equal(target_of(&enrollment->fields[SG_ENROLLMENT_PROGRAM_YEAR], "2024-25"), "2024");
    assert_string_equal(target_of(&gain->fields[SG_GAIN_FIELD_GAIN_TYPE], "HSE"), "diploma");
    sg_crosswalks_free(list);
}

static void the_registrars_layout_reaches_every_code(void **state)
{
    sg_crosswalks *list = load_folder(*state);
    const sg_crosswalk *enrollment = find(list, "registrar-enrollment"), *gain = find(list, "registrar-gain");
    check_all_codes_reached(enrollment);
    check_all_codes_reached(gain);
    assert_int_equal(enrollment->encoding, SG_ENCODING_WINDOWS_1252);
    assert_int_equal(gain->delimiter, '\t');
    assert_int_equal(enrollment->fields[SG_ENROLLMENT_CONTACT_HOURS].unit, SG_UNIT_MINUTES);
    assert_string_equal(enrollment->fields[SG_ENROLLMENT_BIRTH_DATE].dates[0], SG_DATES_EXCEL);
    assert_string_equal(target_of(&enrollment->fields[SG_ENROLLMENT_VETERAN], ""), "no");
    assert_int_equal(enrollment->race_list.n_codes, 5);
    sg_crosswalks_free(list);
}

/* Each type of gain has a record of its own, and none has two. */
static void the_pirl_layout_has_a_record_for_every_gain(void **state)
{
    sg_crosswalks *list = load_folder(*state);
    const sg_crosswalk *enrollment = find(list, "pirl-enrollment"), *gain = find(list, "pirl-gain");
    unsigned types = 0;
    assert_int_equal(enrollment->n_also, 1);
    assert_string_equal(enrollment->also[0], "pirl-gain");
    check_all_codes_reached(enrollment);
    assert_int_equal(enrollment->n_records, 1);
    assert_string_equal(enrollment->records[0].fields[SG_ENROLLMENT_START_DATE].column, "Class Start");
    assert_int_equal(enrollment->scope, SG_SCOPE_COLLEGE | SG_SCOPE_PROGRAM_YEAR);
    assert_int_equal(gain->n_records, sg_codes_gain_type.n);
    for (size_t i = 0; i < gain->n_records; i++) {
        const sg_column_source *type = &gain->records[i].fields[SG_GAIN_FIELD_GAIN_TYPE];
        int64_t code = sg_code_find(&sg_codes_gain_type,
                                    type->value != NULL ? type->value : target_of(type, "1"));
        assert_true(code >= 0 && (types >> code & 1U) == 0);
        types |= 1U << code;
        assert_string_equal(gain->records[i].fields[SG_GAIN_FIELD_LEARNER_ID].column,
                            "Unique Individual Identifier");
    }
    sg_crosswalks_free(list);
}

/* ---- records and also ---- */

#define GAIN "name: g\nkind: gain\ncolumns: {learner_id: ID}\n"

static void a_record_has_what_columns_map_and_what_it_maps(void **state)
{
    sg_crosswalks *list = NULL;
    sg_err err = {0};
    sg_assert_ok(load(state,
                      GAIN "records:\n- {gain_date: A, gain_type: {value: diploma}, college: C}\n"
                           "- {gain_date: B, gain_type: T, college: D}\n",
                      &list, &err),
                 &err);
    const sg_crosswalk *c = &list->all[0];
    assert_int_equal(c->n_records, 2);
    assert_int_equal(c->scope, SG_SCOPE_COLLEGE); /* each of them has one */
    assert_null(c->fields[SG_GAIN_FIELD_GAIN_DATE].column);
    assert_string_equal(c->records[0].fields[SG_GAIN_FIELD_GAIN_TYPE].value, "diploma");
    assert_string_equal(c->records[1].fields[SG_GAIN_FIELD_GAIN_DATE].column, "B");
    assert_string_equal(c->records[1].fields[SG_GAIN_FIELD_LEARNER_ID].column, "ID");
    assert_true(sg_crosswalk_is_own(c, &c->records[1], SG_GAIN_FIELD_COLLEGE));
    assert_false(sg_crosswalk_is_own(c, &c->records[1], SG_GAIN_FIELD_LEARNER_ID));
    assert_false(sg_crosswalk_is_own(c, &c->records[1], SG_GAIN_FIELD_SUBJECT));
    sg_crosswalks_free(list);
}

static void wrong_records_are_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {GAIN "records: {gain_date: A}\n", "line 4: 'records' must be a list"},
        {GAIN "records: []\n", "line 4: 'records' names 1 to 32 records"},
        {GAIN "records: [A]\n", "'records' must be a map"},
        {GAIN "records:\n- {gain_type: T}\n", "line 5: each of 'records' needs 'gain_date' with its column"},
        {GAIN "records:\n- {gain_date: {value: \"2024-01-01\"}, gain_type: T}\n",
         "each of 'records' needs 'gain_date' with its column"},
        {GAIN "records:\n- {gain_date: A}\n", "'columns' must map 'gain_type'"},
        {GAIN "records:\n- {gain_date: A, gain_type: T, learner_id: J}\n",
         "line 5: 'learner_id' is mapped by 'columns' on line 3, for every record; leave one"},
        {GAIN "records:\n- {gain_day: A, gain_type: T}\n",
         "'gain_day' is no field of kind gain; did you mean"},
        {"name: g\nkind: gain\ncolumns: {learner_id: ID, gain_date: D, gain_type: T}\n"
         "records:\n- {subject: S}\n",
         "each of 'records' needs 'gain_date'"},
        {"name: c\nkind: context\ncolumns: {college: C, program_year: Y}\nrecords:\n- {college: D}\n",
         "'records' needs a day that says which are there, and context has none"},
        {GAIN "records:\n- {gain_date: A, gain_type: T, college: C}\n- {gain_date: B, gain_type: U}\n"
              "scope: [college]\n",
         "'scope' names 'college', which 'columns' does not map"},
        {GAIN "records:\n- {gain_date: A, gain_type: T}\nalso: []\n", "'also' names 1 to 6 crosswalks"},
        {GAIN "records:\n- {gain_date: A, gain_type: T}\nalso: [x, x]\n", "'also' names 'x' twice"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_crosswalks *list = NULL;
        sg_err err = {0};
        sg_status status = load(state, cases[i].text, &list, &err);
        if (status != SG_USAGE || strstr(err.message, cases[i].message) == NULL)
            fail_msg("case %zu gave %d '%s', not '%s'", i, (int)status, err.message, cases[i].message);
    }
}

static void what_reads_a_file_too_must_be_there_and_of_another_kind(void **state)
{
    static const char own[] = "name: own\nkind: gain\ncolumns: {learner_id: I, gain_date: D, gain_type: T}\n";
    static const struct {
        const char *also, *message;
    } cases[] = {
        {"also: [nobody]\n", "own.yaml': 'also' names 'nobody', and there is no such crosswalk"},
        {"also: [own]\n", "'also' names 'own', which would read a file a second time for gain"},
        {"also: [canonical-test, canonical-gain]\n",
         "'canonical-gain', which would read a file a second time"},
        {"also: [canonical-test]\n", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[512];
        sg_crosswalks *list = NULL;
        sg_err err = {0};
        (void)snprintf(text, sizeof text, "%s%s", own, cases[i].also);
        sg_tmpdir_write_text(*state, "own.yaml", text);
        sg_status status = sg_crosswalks_load(*state, &list, &err);
        assert_int_equal(status, cases[i].message != NULL ? SG_USAGE : SG_OK);
        if (cases[i].message != NULL)
            sg_assert_contains(err.message, cases[i].message);
        sg_crosswalks_free(list);
    }
}

static void want_of_memory_is_a_status_like_any_other(void **state)
{
    static const char text[] = GAIN "records:\n- {gain_date: A, gain_type: T}\nalso: [canonical-test]\n";
    bool done = false;
    for (long n = 1; !done && n < 2000; n++) {
        sg_crosswalks *list = NULL;
        sg_err err = {0};
        char *path = sg_tmpdir_path(*state, "x.yaml");
        sg_tmpdir_write_text(*state, "x.yaml", text);
        sg_mem_fail_at(-n); /* this one and all after it */
        sg_status status = sg_crosswalks_load_file(path, &list, &err);
        sg_mem_fail_at(0);
        done = status == SG_OK;
        if (!done)
            sg_assert_status(status, SG_NO_MEMORY, &err);
        sg_crosswalks_free(list);
        free(path);
    }
    assert_true(done);
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(the_shipped_crosswalks_load_sorted_by_name),
        IN_FOLDER(the_canonical_layout_has_every_field_under_its_own_name),
        IN_FOLDER(the_vendor_layout_reaches_every_code),
        IN_FOLDER(the_registrars_layout_reaches_every_code),
        IN_FOLDER(the_pirl_layout_has_a_record_for_every_gain),
        IN_FOLDER(a_record_has_what_columns_map_and_what_it_maps),
        IN_FOLDER(wrong_records_are_refused),
        IN_FOLDER(what_reads_a_file_too_must_be_there_and_of_another_kind),
        IN_FOLDER(want_of_memory_is_a_status_like_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
