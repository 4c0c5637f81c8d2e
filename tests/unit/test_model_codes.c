/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Code lists and fields: the codes of design.md section 6, their places, and the fields that use them.
 */
#include <string.h>

#include "skillgain/model.h"
#include "support/assert.h"

typedef struct {
    const sg_code_list *list;
    const char *name;
    const char *codes; /* in their order, apart by blanks */
} expected_list;

static const expected_list lists[] = {
    {&sg_codes_yes_no, "yes_no", "no yes"},
    {&sg_codes_iet, "iet", "no yes credential"},
    {&sg_codes_component, "component", "adult_education workforce_preparation workforce_training integrated"},
    {&sg_codes_gain_type, "gain_type",
     "efl_test efl_credit efl_postsecondary efl_hse_subtest diploma transcript_secondary "
     "transcript_postsecondary milestone"
     " skills_progression"},
    {&sg_codes_race, "race", "american_indian asian black pacific_islander white two_or_more hispanic"},
    {&sg_codes_sex, "sex", "female male nonbinary"},
    {&sg_codes_entering_level, "entering_level",
     "ABE1 ABE2 ABE3 ABE4 ABE5 ABE6 ESL1 ESL2 ESL3 ESL4 ESL5 ESL6 ALT_ABE ALT_ESL"},
    {&sg_codes_prior_education, "prior_education",
     "none diploma equivalent iep_certificate some_postsecondary certificate associate bachelor beyond"},
    {&sg_codes_employment_status, "employment_status",
     "employed employed_notice unemployed not_in_labor_force"},
    {&sg_codes_exit_reason, "exit_reason", "00 01 02 03 04 05 06 07"},
};
enum { N_LISTS = sizeof lists / sizeof lists[0] };

static void every_list_has_the_codes_of_the_design_in_their_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LISTS; i++) {
        sg_str codes = {0};
        for (size_t c = 0; c < lists[i].list->n; c++)
            sg_str_printf(&codes, "%s%s", c > 0 ? " " : "", lists[i].list->codes[c].code);
        assert_string_equal(lists[i].list->name, lists[i].name);
        assert_string_equal(sg_str_text(&codes), lists[i].codes);
        sg_str_release(&codes);
    }
}

static void a_code_and_its_value_lead_to_each_other(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LISTS; i++) {
        const sg_code_list *list = lists[i].list;
        for (size_t c = 0; c < list->n; c++) {
            assert_int_equal(sg_code_find(list, list->codes[c].code), (int64_t)c + 1);
            assert_string_equal(sg_code_text(list, (int64_t)c + 1), list->codes[c].code);
            assert_true(strlen(list->codes[c].label) > 0);
        }
    }
}

static void the_enumerations_name_the_places_of_their_lists(void **state)
{
    (void)state;
    assert_int_equal(sg_code_find(&sg_codes_yes_no, "yes"), SG_YES);
    assert_int_equal(sg_code_find(&sg_codes_iet, "credential"), SG_IET_CREDENTIAL);
    assert_int_equal(sg_code_find(&sg_codes_component, "workforce_training"),
                     SG_COMPONENT_WORKFORCE_TRAINING);
    assert_int_equal(sg_code_find(&sg_codes_gain_type, "transcript_secondary"), SG_GAIN_TRANSCRIPT_SECONDARY);
    assert_int_equal(sg_code_find(&sg_codes_gain_type, "diploma"), SG_GAIN_DIPLOMA);
    assert_int_equal(sg_code_find(&sg_codes_race, "white"), SG_RACE_WHITE);
    assert_int_equal(sg_code_find(&sg_codes_race, "hispanic"), SG_RACE_HISPANIC);
}

static void an_unknown_code_is_zero_and_zero_reads_unknown(void **state)
{
    (void)state;
    assert_int_equal(sg_code_find(&sg_codes_sex, "Female"), SG_CODE_UNKNOWN);
    assert_int_equal(sg_code_find(&sg_codes_sex, "fem"), SG_CODE_UNKNOWN);
    assert_int_equal(sg_code_find(&sg_codes_sex, ""), SG_CODE_UNKNOWN);
    assert_string_equal(sg_code_text(&sg_codes_sex, SG_CODE_UNKNOWN), "unknown");
}

static void a_value_outside_the_list_has_no_text(void **state)
{
    (void)state;
    assert_string_equal(sg_code_text(&sg_codes_sex, SG_BLANK), "");
    assert_string_equal(sg_code_text(&sg_codes_sex, 4), "");
    assert_string_equal(sg_code_text(&sg_codes_sex, -1), "");
    assert_string_equal(sg_code_text(&sg_codes_sex, INT64_MAX), "");
}

static void kinds_are_found_by_their_name(void **state)
{
    (void)state;
    sg_kind kind = SG_N_KINDS;
    assert_true(sg_kind_find("gain", &kind));
    assert_int_equal(kind, SG_KIND_GAIN);
    assert_true(sg_kind_find("enrollment", &kind));
    assert_int_equal(kind, SG_KIND_ENROLLMENT);
    assert_true(sg_kind_find("context", &kind));
    assert_int_equal(kind, SG_KIND_CONTEXT);
    assert_false(sg_kind_find("register", &kind));
    assert_int_equal(kind, SG_KIND_CONTEXT);
    assert_string_equal(sg_kind_text(SG_KIND_GAIN), "gain");
}

static void fields_are_found_at_the_place_of_their_enumeration(void **state)
{
    (void)state;
    assert_int_equal(sg_field_find(SG_KIND_ENROLLMENT, "learner_id"), SG_ENROLLMENT_LEARNER_ID);
    assert_int_equal(sg_field_find(SG_KIND_ENROLLMENT, "workforce_area"), SG_ENROLLMENT_WORKFORCE_AREA);
    assert_int_equal(sg_field_find(SG_KIND_GAIN, "gain_type"), SG_GAIN_FIELD_GAIN_TYPE);
    assert_int_equal(sg_field_find(SG_KIND_GAIN, "start_date"), -1);
    assert_int_equal(sg_field_find(SG_KIND_ENROLLMENT, ""), -1);
}

static void the_required_fields_are_those_of_the_design(void **state)
{
    (void)state;
    static const char *const required[SG_N_KINDS] = {"learner_id college start_date",
                                                     "learner_id gain_date gain_type",
                                                     "learner_id test_date instrument",
                                                     "learner_id hours",
                                                     "learner_id outcome",
                                                     "iet_program_id college",
                                                     "college program_year"};
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        const sg_kind_fields *table = sg_kind_table((sg_kind)kind);
        sg_str names = {0};
        for (size_t i = 0; i < table->n; i++) {
            if ((table->fields[i].flags & SG_FIELD_REQUIRED) != 0)
                sg_str_printf(&names, "%s%s", names.length > 0 ? " " : "", table->fields[i].name);
        }
        assert_string_equal(sg_str_text(&names), required[kind]);
        sg_str_release(&names);
    }
}

static void a_field_has_codes_exactly_where_it_is_coded(void **state)
{
    (void)state;
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        const sg_kind_fields *table = sg_kind_table((sg_kind)kind);
        for (size_t i = 0; i < table->n; i++)
            assert_true((table->fields[i].codes != NULL) == (table->fields[i].type == SG_TYPE_CODE));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_list_has_the_codes_of_the_design_in_their_order),
        cmocka_unit_test(a_code_and_its_value_lead_to_each_other),
        cmocka_unit_test(the_enumerations_name_the_places_of_their_lists),
        cmocka_unit_test(an_unknown_code_is_zero_and_zero_reads_unknown),
        cmocka_unit_test(a_value_outside_the_list_has_no_text),
        cmocka_unit_test(kinds_are_found_by_their_name),
        cmocka_unit_test(fields_are_found_at_the_place_of_their_enumeration),
        cmocka_unit_test(the_required_fields_are_those_of_the_design),
        cmocka_unit_test(a_field_has_codes_exactly_where_it_is_coded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
