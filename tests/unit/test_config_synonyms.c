/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "support/assert.h"

#include "skillgain/config.h"

static sg_synonyms load(sg_arena *arena)
{
    sg_synonyms synonyms = {0};
    sg_err err = {0};
    sg_assert_ok(sg_synonyms_load(arena, &synonyms, &err), &err);
    assert_true(synonyms.n > 500);
    return synonyms;
}

static const char *behind(const char *text, const char *prefix)
{
    return sg_text_starts(text, prefix) ? text + strlen(prefix) : NULL;
}

static bool is_field_of_any_kind(const char *name)
{
    for (int kind = 0; kind < SG_N_KINDS; kind++)
        if (sg_field_find((sg_kind)kind, name) != SG_NO_FIELD)
            return true;
    return false;
}

/* The code list of this name, or that of a field of this name; NULL: the field has texts. */
static const sg_code_list *find_list(const char *name)
{
    static const sg_code_list *const lists[] = {&sg_codes_yes_no,
                                                &sg_codes_iet,
                                                &sg_codes_component,
                                                &sg_codes_gain_type,
                                                &sg_codes_race,
                                                &sg_codes_sex,
                                                &sg_codes_entering_level,
                                                &sg_codes_prior_education,
                                                &sg_codes_employment_status,
                                                &sg_codes_exit_reason,
                                                &sg_codes_outcome};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (strcmp(lists[i]->name, name) == 0)
            return lists[i];
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        int field = sg_field_find((sg_kind)kind, name);
        if (field != SG_NO_FIELD)
            return sg_kind_table((sg_kind)kind)->fields[field].codes;
    }
    fail_msg("'%s' is neither a code list nor a field", name);
    return NULL;
}

static void each_target_is_a_field_or_a_code_of_ours(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_synonyms synonyms = load(arena);
    (void)state;
    for (size_t i = 0; i < synonyms.n; i++) {
        const sg_synonym *s = &synonyms.all[i];
        const char *kind_name = behind(s->group, "fields "), *list_name = behind(s->group, "codes ");
        sg_kind kind = SG_KIND_ENROLLMENT;
        bool good = strcmp(s->group, "never") == 0 || strcmp(s->group, "codes") == 0 ||
                    strcmp(s->group, "short") == 0;
        if (strcmp(s->group, "fields") == 0)
            good = is_field_of_any_kind(s->target);
        else if (kind_name != NULL)
            good = sg_kind_find(kind_name, &kind) && sg_field_find(kind, s->target) != SG_NO_FIELD;
        else if (list_name != NULL)
            good = strcmp(s->target, "unknown") == 0 || find_list(list_name) == NULL ||
                   sg_code_find(find_list(list_name), s->target) != SG_CODE_UNKNOWN;
        if (!good)
            fail_msg("[%s] %s: no field or code of ours ('%s')", s->group, s->target, s->word);
    }
}

/* Or the table would say other than what is compared. */
static void words_are_written_as_they_are_compared(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_synonyms synonyms = load(arena);
    (void)state;
    for (size_t i = 0; i < synonyms.n; i++) {
        sg_str again = {0};
        sg_synonym_fold(&again, synonyms.all[i].word, strlen(synonyms.all[i].word));
        assert_string_equal(sg_str_text(&again), synonyms.all[i].word);
        sg_str_release(&again);
    }
}

static bool meet(const char *a, const char *b)
{
    return strcmp(a, b) == 0 || (strcmp(a, "fields") == 0 && sg_text_starts(b, "fields "));
}

/* A word of two fields of a kind would be guessed by its place in the file. */
static void no_word_stands_for_two_things(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_synonyms synonyms = load(arena);
    (void)state;
    for (size_t i = 0; i < synonyms.n; i++)
        for (size_t j = i + 1; j < synonyms.n; j++) {
            const sg_synonym *a = &synonyms.all[i], *b = &synonyms.all[j];
            sg_kind kind = SG_KIND_ENROLLMENT;
            if (strcmp(a->word, b->word) != 0 || !meet(a->group, b->group))
                continue;
            if (strcmp(a->group, b->group) != 0 && sg_kind_find(b->group + strlen("fields "), &kind) &&
                sg_field_find(kind, a->target) == SG_NO_FIELD)
                continue; /* this kind has no such field */
            if (strcmp(a->word, "ethnicity") == 0)
                continue; /* hispanic or not, or a race: the values tell which */
            fail_msg("'%s' stands for %s in [%s] and for %s in [%s]", a->word, a->target, a->group, b->target,
                     b->group);
        }
}

static void headers_are_taken_apart_into_words(void **state)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"StudentID", "student id"},
        {"STUDENT_ID", "student id"},
        {"  Student\r\nId. ", "student id"},
        {"IETProgram", "iet program"},
        {"IET/Credential", "iet credential"},
        {"Ex-Offender?", "ex offender"},
        {"preTestDate", "pre test date"},
        {"DOB", "dob"},
        {"", ""},
        {"100 - Unique (WIOA)", "100 unique wioa"},
        {"--", ""},
        {"\xc3\x89tat", "\xc3\x89tat"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_str folded = {0};
        sg_synonym_fold(&folded, cases[i].text, strlen(cases[i].text));
        assert_string_equal(sg_str_text(&folded), cases[i].folded);
        sg_str_release(&folded);
    }
}

static void a_word_is_found_in_its_group_only(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_synonyms synonyms = load(arena);
    (void)state;
    assert_string_equal(sg_synonyms_find(&synonyms, "fields enrollment", "dob")->target, "birth_date");
    assert_string_equal(sg_synonyms_find(&synonyms, "fields", "site")->target, "college");
    assert_int_equal(sg_synonyms_find(&synonyms, "fields", "student id")->place, 0);
    assert_null(sg_synonyms_find(&synonyms, "fields gain", "dob"));
    assert_null(sg_synonyms_find(&synonyms, "codes sex", "q"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_target_is_a_field_or_a_code_of_ours),
        cmocka_unit_test(words_are_written_as_they_are_compared),
        cmocka_unit_test(no_word_stands_for_two_things),
        cmocka_unit_test(headers_are_taken_apart_into_words),
        cmocka_unit_test(a_word_is_found_in_its_group_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
