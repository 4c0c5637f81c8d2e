/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <string.h>

static void a_failure_sets_code_and_message_and_returns_the_code(void **state)
{
    (void)state;
    sg_err err = {0};
    assert_int_equal(sg_fail(&err, SG_REFUSED, "'%s' has %d columns", "a.csv", 3), SG_REFUSED);
    assert_int_equal(err.code, SG_REFUSED);
    assert_string_equal(err.message, "'a.csv' has 3 columns");
}

static void an_err_that_is_null_still_returns_the_code(void **state)
{
    (void)state;
    assert_int_equal(sg_fail(NULL, SG_USAGE, "%s", "x"), SG_USAGE);
    assert_int_equal(sg_wrap(NULL, SG_HELD, "%s", "x"), SG_HELD);
    assert_int_equal(sg_no_memory(NULL), SG_NO_MEMORY);
}

static void wrapping_puts_the_context_before_the_message(void **state)
{
    (void)state;
    sg_err err = {0};
    (void)sg_fail(&err, SG_FAILED, "disk full");
    assert_int_equal(sg_wrap(&err, SG_FAILED, "while importing '%s'", "a.csv"), SG_FAILED);
    assert_string_equal(err.message, "while importing 'a.csv': disk full");
}

static void the_old_message_may_be_an_argument_of_the_new_one(void **state)
{
    (void)state;
    sg_err err = {0};
    (void)sg_fail(&err, SG_FAILED, "inner");
    (void)sg_fail(&err, SG_USAGE, "outer (%s)", err.message);
    assert_string_equal(err.message, "outer (inner)");
}

static void a_message_cut_for_want_of_room_ends_on_a_whole_character(void **state)
{
    (void)state;
    sg_err err = {0};
    char text[SG_ERR_MESSAGE + 10];
    for (size_t before = 505; before <= 512; before++) {
        memset(text, 'x', sizeof text);
        memcpy(text + before, "\xe2\x82\xac", 4); /* three bytes and the NUL */
        (void)sg_fail(&err, SG_FAILED, "%s", text);
        size_t whole = before + 3 < SG_ERR_MESSAGE ? before + 3 : before;
        assert_int_equal(strlen(err.message), whole < SG_ERR_MESSAGE ? whole : SG_ERR_MESSAGE - 1);
    }
}

static void wrapping_a_full_message_cuts_its_end_only(void **state)
{
    (void)state;
    sg_err err = {0};
    char text[SG_ERR_MESSAGE];
    memset(text, 'x', sizeof text);
    memcpy(text + sizeof text - 6, "\xe2\x82\xacyz", 6);
    (void)sg_fail(&err, SG_FAILED, "%s", text);
    (void)sg_wrap(&err, SG_FAILED, "c");
    assert_memory_equal(err.message, "c: xxx", 6);
    assert_int_equal(strlen(err.message), SG_ERR_MESSAGE - 3); /* the euro sign did not fit */
}

static void each_status_has_the_exit_code_of_the_command_line(void **state)
{
    (void)state;
    static const struct {
        sg_status status;
        int exit_code;
    } cases[] = {{SG_OK, 0},      {SG_FAILED, 1}, {SG_NO_MEMORY, 1},  {SG_USAGE, 2},
                 {SG_REFUSED, 3}, {SG_HELD, 4},   {SG_DISCLOSURE, 5}, {SG_BUSY, 75}};
    assert_int_equal(sizeof cases / sizeof cases[0], SG_N_STATUS);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(sg_status_exit_code(cases[i].status), cases[i].exit_code);
        assert_true(strlen(sg_status_text(cases[i].status)) > 0);
    }
    assert_int_equal(sg_status_exit_code(SG_N_STATUS), 1);
}

static void of_two_statuses_the_one_that_is_told_comes_first_in_the_stated_order(void **state)
{
    (void)state;
    static const sg_status order[] = {SG_USAGE,      SG_BUSY, SG_FAILED, SG_REFUSED,
                                      SG_DISCLOSURE, SG_HELD, SG_OK};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        for (size_t j = i; j < sizeof order / sizeof order[0]; j++) {
            assert_int_equal(sg_status_worse(order[i], order[j]), order[i]);
            assert_int_equal(sg_status_worse(order[j], order[i]), order[i]);
        }
    assert_int_equal(sg_status_exit_code(sg_status_worse(SG_REFUSED, SG_NO_MEMORY)), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_sets_code_and_message_and_returns_the_code),
        cmocka_unit_test(an_err_that_is_null_still_returns_the_code),
        cmocka_unit_test(wrapping_puts_the_context_before_the_message),
        cmocka_unit_test(the_old_message_may_be_an_argument_of_the_new_one),
        cmocka_unit_test(a_message_cut_for_want_of_room_ends_on_a_whole_character),
        cmocka_unit_test(wrapping_a_full_message_cuts_its_end_only),
        cmocka_unit_test(each_status_has_the_exit_code_of_the_command_line),
        cmocka_unit_test(of_two_statuses_the_one_that_is_told_comes_first_in_the_stated_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
