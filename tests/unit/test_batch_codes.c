/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `check` tells of codes: which are known, and which unknown ones may be told. */
#include "support/assert.h"

#include <string.h>

#include "batch/codes.h"

static const int sex = SG_ENROLLMENT_SEX, iet = SG_ENROLLMENT_IET;

static void add(sg_unknown_list **list, int field, const char *text, int rows, int learners)
{
    sg_err err = {0};

    for (int i = 0; i < rows; i++) {
        sg_pseudonym learner = {0};

        memset(&learner, 1 + i % learners, sizeof learner);
        sg_assert_ok(sg_unknown_add(list, field, text, strlen(text), &learner, &err), &err);
    }
}

static void only_labels_of_many_rows_and_several_learners_are_told(void **state)
{
    sg_unknown_list *list = NULL;
    sg_unknown_code told[SG_UNKNOWN_CODES];
    size_t n = 99;

    (void)state;
    add(&list, sex, " Woman ", 10, 3);
    add(&list, iet, "IETP", 12, 9);
    add(&list, sex, "IETP", 11, 9);
    add(&list, sex, "Anna", 9, 9);       /* a row too few */
    add(&list, sex, "Quorindel", 40, 2); /* of two learners */
    add(&list, sex, "10003", 40, 40);    /* as an id may be */
    add(&list, sex, "red\033[31m", 40, 40);
    add(&list, sex, "a sentence that is much too long for being a code of anything at all", 40, 40);
    add(&list, sex, "   ", 40, 40);
    sg_unknown_tell(list, true, told, &n);
    assert_int_equal(n, 3);
    assert_string_equal(told[0].text, "IETP");
    assert_int_equal(told[0].field, iet);
    assert_int_equal(told[0].n, 12);
    assert_string_equal(told[1].text, "IETP");
    assert_int_equal(told[1].field, sex);
    assert_string_equal(told[2].text, "Woman");
    assert_int_equal(told[2].n, 10);
}

static void rows_of_nobody_known_are_no_learners(void **state)
{
    for (int of_learners = 0; of_learners < 2; of_learners++) {
        sg_unknown_list *list = NULL;
        sg_unknown_code told[SG_UNKNOWN_CODES];
        size_t n = 99;
        sg_err err = {0};

        (void)state;
        for (int i = 0; i < 20; i++)
            sg_assert_ok(sg_unknown_add(&list, sex, "X", 1, NULL, &err), &err);
        sg_unknown_tell(list, of_learners, told, &n);
        assert_int_equal(n, of_learners ? 0 : 1);
    }
}

static void the_list_is_bounded_and_none_is_fine(void **state)
{
    sg_unknown_list *list = NULL;
    sg_unknown_code told[SG_UNKNOWN_CODES];
    size_t n = 99;
    char text[] = "AA-A";

    (void)state;
    sg_unknown_tell(NULL, true, told, &n);
    assert_int_equal(n, 0);
    for (int i = 0; i < 26 * 26; i++) {
        text[0] = (char)('A' + i / 26);
        text[1] = (char)('A' + i % 26);
        add(&list, sex, text, 10, 10);
    }
    sg_unknown_tell(list, true, told, &n);
    assert_int_equal(n, SG_UNKNOWN_CODES);
    assert_string_equal(told[0].text, "AA-A");
}

static void known_codes_are_those_of_the_crosswalk_or_ours(void **state)
{
    static const sg_code_pair pairs[] = {{.from = "F", .to = "female"}, {.from = "M", .to = "male"}};
    sg_arena *arena = sg_arena_new();
    sg_crosswalk crosswalk = {.kind = SG_KIND_ENROLLMENT};
    sg_crosswalk wide = {.kind = SG_KIND_ENROLLMENT, .n_records = 1};

    (void)state;
    crosswalk.fields[sex] = (sg_column_source){.column = "Gender", .codes = pairs, .n_codes = 2};
    assert_string_equal(sg_known_codes(arena, &crosswalk, SG_KIND_ENROLLMENT, sex), "known: F, M");
    assert_string_equal(sg_known_codes(arena, &crosswalk, SG_KIND_ENROLLMENT, iet),
                        "known: no, yes, credential");
    assert_string_equal(sg_known_codes(arena, &crosswalk, SG_KIND_ENROLLMENT, SG_ENROLLMENT_START_DATE), "");
    assert_string_equal(sg_known_codes(arena, &wide, SG_KIND_ENROLLMENT, iet), "");
    sg_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_labels_of_many_rows_and_several_learners_are_told),
        cmocka_unit_test(rows_of_nobody_known_are_no_learners),
        cmocka_unit_test(the_list_is_bounded_and_none_is_fine),
        cmocka_unit_test(known_codes_are_those_of_the_crosswalk_or_ours),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
