/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/mem_hook.h"
#include "skillgain/base/json.h"

/* jansson's allocations, the nth of which fails; 0: none. */
static long allocations_left;

static void *allocate(size_t size)
{
    if (allocations_left > 0 && --allocations_left == 0)
        return NULL;
    return malloc(size);
}

static int use_own_allocator(void **state)
{
    (void)state;
    json_set_alloc_funcs(allocate, free);
    return 0;
}

static int stop_failing(void **state)
{
    (void)state;
    allocations_left = 0;
    sg_mem_fail_at(0);
    return 0;
}

static sg_json *new_example(void)
{
    sg_json *root = sg_json_object(), *list = sg_json_array(), *inner = sg_json_object();
    sg_json_set_text(root, "zulu",
                     "Qu\xc3\xa9"
                     "bec \"x\"\n");
    sg_json_set_int(root, "alpha", INT64_MIN);
    sg_json_set_real(root, "rate", 0.1);
    sg_json_set_real(root, "whole", 3.0);
    sg_json_set_real(root, "nothing", (double)NAN);
    sg_json_set_real(root, "endless", (double)INFINITY);
    sg_json_set_real(root, "zero", -0.0);
    sg_json_set_text(root, "absent", NULL);
    sg_json_set_bool(root, "yes", true);
    sg_json_set_bool(root, "no", false);
    sg_json_set_null(root, "null");
    sg_json_append_text(list, "a");
    sg_json_append_int(list, -7);
    sg_json_set_int(inner, "n", 1);
    sg_json_append(list, inner);
    sg_json_append(list, sg_json_object());
    sg_json_set(root, "list", list);
    return root;
}

static const char example_text[] = "{\n"
                                   "  \"zulu\": \"Qu\xc3\xa9"
                                   "bec \\\"x\\\"\\n\",\n"
                                   "  \"alpha\": -9223372036854775808,\n"
                                   "  \"rate\": 0.10000000000000001,\n"
                                   "  \"whole\": 3.0,\n"
                                   "  \"nothing\": null,\n"
                                   "  \"endless\": null,\n"
                                   "  \"zero\": 0.0,\n"
                                   "  \"absent\": null,\n"
                                   "  \"yes\": true,\n"
                                   "  \"no\": false,\n"
                                   "  \"null\": null,\n"
                                   "  \"list\": [\n"
                                   "    \"a\",\n"
                                   "    -7,\n"
                                   "    {\n"
                                   "      \"n\": 1\n"
                                   "    },\n"
                                   "    {}\n"
                                   "  ]\n"
                                   "}\n";

static void values_are_written_in_the_order_they_were_set(void **state)
{
    (void)state;
    sg_json *root = new_example();
    sg_str out = {0};
    sg_err err = {0};
    sg_assert_ok(sg_json_write(root, &out, &err), &err);
    assert_string_equal(sg_str_text(&out), example_text);
    sg_str_release(&out);
    sg_json_free(root);
    sg_json_free(NULL);
}

static void what_was_written_is_read_back_byte_for_byte(void **state)
{
    (void)state;
    sg_json *root = NULL;
    sg_str out = {0};
    sg_err err = {0};
    sg_assert_ok(sg_json_read(example_text, sizeof example_text - 1, &root, &err), &err);
    sg_assert_ok(sg_json_write(root, &out, &err), &err);
    assert_string_equal(sg_str_text(&out), example_text);
    sg_str_release(&out);
    sg_json_free(root);
}

static void getters_give_the_default_where_the_type_is_another(void **state)
{
    (void)state;
    sg_json *root = new_example();
    assert_string_equal(sg_json_get_text(root, "zulu"), "Qu\xc3\xa9"
                                                        "bec \"x\"\n");
    assert_null(sg_json_get_text(root, "alpha"));
    assert_null(sg_json_get_text(root, "unknown"));
    assert_true(sg_json_get_int(root, "alpha", 5) == INT64_MIN);
    assert_int_equal(sg_json_get_int(root, "rate", 5), 5);
    assert_int_equal(sg_json_get_int(NULL, "rate", 5), 5);
    sg_assert_close(sg_json_get_real(root, "rate"), 0.1, 0.0, 0.0);
    sg_assert_close(sg_json_get_real(sg_json_at(sg_json_get(root, "list"), 2), "n"), 1.0, 0.0, 0.0);
    assert_true(isnan(sg_json_get_real(root, "nothing")));
    assert_true(isnan(sg_json_get_real(root, "zulu")));
    assert_true(sg_json_get_bool(root, "yes", false));
    assert_false(sg_json_get_bool(root, "no", true));
    assert_true(sg_json_get_bool(root, "null", true));
    assert_true(sg_json_is_null(sg_json_get(root, "null")));
    assert_false(sg_json_is_null(sg_json_get(root, "unknown")));
    const sg_json *list = sg_json_get(root, "list");
    assert_int_equal(sg_json_size(list), 4);
    assert_int_equal(sg_json_size(root), 0);
    assert_string_equal(sg_json_text(sg_json_at(list, 0)), "a");
    sg_assert_close(sg_json_real(sg_json_at(list, 1)), -7.0, 0.0, 0.0);
    assert_null(sg_json_at(list, 4));
    sg_json_free(root);
}

static void text_that_is_no_utf8_is_written_with_replacements(void **state)
{
    (void)state;
    sg_json *root = sg_json_array();
    sg_str out = {0};
    sg_err err = {0};
    sg_json_append_text(root, "a\xff\xc3\xa9\xc3");
    sg_assert_ok(sg_json_write(root, &out, &err), &err);
    assert_string_equal(sg_str_text(&out), "[\n  \"a\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\"\n]\n");
    sg_str_release(&out);
    sg_json_free(root);
}

static const char *const no_json[] = {"",
                                      " ",
                                      "1",
                                      "\"a\"",
                                      "null",
                                      "{",
                                      "[",
                                      "}",
                                      "[1",
                                      "[1,]",
                                      "[,1]",
                                      "[1 2]",
                                      "[1] SECRET",
                                      "[1],",
                                      "{\"a\": SECRET}",
                                      "{\"a\":1,\"a\":2}",
                                      "{\"a\":1,}",
                                      "{\"a\"}",
                                      "{a:1}",
                                      "{1:1}",
                                      "{\"a\" 1}",
                                      "{'a':1}",
                                      "[01]",
                                      "[-01]",
                                      "[-]",
                                      "[+1]",
                                      "[1.]",
                                      "[.5]",
                                      "[1e]",
                                      "[1e+]",
                                      "[1e+-5]",
                                      "[1e5.0]",
                                      "[1-2]",
                                      "[0x10]",
                                      "[1e999]",
                                      "[9223372036854775808]",
                                      "[NaN]",
                                      "[Infinity]",
                                      "[nul]",
                                      "[True]",
                                      "[truefalse]",
                                      "[\"\xff\"]",
                                      "[\"\x01\"]",
                                      "[\"\n\"]",
                                      "[\"a]",
                                      "[\"\\",
                                      "[\"\\x\"]",
                                      "[\"\\u12\"]",
                                      "[\"\\u00g0\"]",
                                      "[\"\\u0000\"]",
                                      "[\"\\ud800\"]",
                                      "[\"\\ud800\\u0041\"]",
                                      "[\"\\udc00\"]",
                                      "[\"\\ud800\\n\"]",
                                      "\xef\xbb\xbf[]",
                                      "[1]/**/",
                                      "[\f1]"};

static void what_is_no_json_is_refused_without_quoting_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof no_json / sizeof no_json[0]; i++) {
        size_t length = strlen(no_json[i]);
        char *text = malloc(length > 0 ? length : 1); /* no NUL behind it: a read beyond its end is seen */
        assert_non_null(text);
        memcpy(text, no_json[i], length);
        sg_json *root = NULL;
        sg_err err = {0};
        sg_assert_status(sg_json_read(text, length, &root, &err), SG_FAILED, &err);
        assert_null(root);
        sg_assert_contains(err.message, "line 1, column ");
        assert_null(strstr(err.message, "SECRET"));
        free(text);
    }
}

static void every_form_of_json_is_read(void **state)
{
    (void)state;
    static const char text[] =
        " {\"\":[ ] ,\r\n\t\"e\\u0301\\uD83C\\udf93\\\"\\\\\\/\\b\\f\\n\\r\\t\" : [-0,0.5,-1.5E+2,2e-3,0e0,"
        "12345678901234567890.0,true,false,null,{}]}\n";
    static const double want[] = {0.0, 0.5, -150.0, 0.002, 0.0, 12345678901234567890.0};
    sg_json *root = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_json_read(text, sizeof text - 1, &root, &err), &err);
    assert_int_equal(sg_json_size(sg_json_get(root, "")), 0);
    const sg_json *list = sg_json_get(root, "e\xcc\x81\xf0\x9f\x8e\x93\"\\/\b\f\n\r\t");
    assert_int_equal(sg_json_size(list), 10);
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
        sg_assert_close(sg_json_real(sg_json_at(list, i)), want[i], 0.0, 0.0);
    assert_true(sg_json_is_null(sg_json_at(list, 8)));
    sg_json_free(root);
}

static void bad_json_is_told_by_line_and_column(void **state)
{
    (void)state;
    sg_json *root = NULL;
    sg_err err = {0};
    sg_assert_status(sg_json_read("{\n  \"a\": 1,\n  \"b\": ?\n}", 22, &root, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "line 3, column 8:");
    sg_assert_status(sg_json_read("[\n\xff]", 4, &root, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "line 2, column 1:");
    sg_assert_status(sg_json_read("[1]\0", 4, &root, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "line 1, column 4:");
}

static void json_nested_too_deep_is_refused(void **state)
{
    (void)state;
    sg_json *root = NULL;
    sg_err err = {0};
    char text[2 * 129];
    for (size_t depth = 128; depth <= 129; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        sg_status status = sg_json_read(text, 2 * depth, &root, &err);
        sg_assert_status(status, depth == 128 ? SG_OK : SG_FAILED, &err);
        if (status == SG_OK)
            sg_json_free(root);
    }
}

/* What the writer writes with 17 digits reads back as the same bits, from the smallest number to the largest. */
static void reals_survive_writing_and_reading(void **state)
{
    (void)state;
    static const double values[] = {
        0.1, 1.0 / 3.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, -123456.789, 1e22, 1e23};
    enum { N = sizeof values / sizeof values[0] };
    sg_json *list = sg_json_object(), *back = NULL;
    sg_str out = {0};
    sg_err err = {0};
    for (size_t i = 0; i < N; i++) {
        char key[] = {(char)('a' + (int)i), '\0'};
        sg_json_set_real(list, key, values[i]);
    }
    sg_assert_ok(sg_json_write(list, &out, &err), &err);
    sg_assert_ok(sg_json_read(out.text, out.length, &back, &err), &err);
    for (size_t i = 0; i < N; i++) {
        char key[] = {(char)('a' + (int)i), '\0'};
        double got = sg_json_get_real(back, key);
        assert_memory_equal(&got, &values[i], sizeof got);
    }
    sg_str_release(&out);
    sg_json_free(list);
    sg_json_free(back);
}

/* Builds, writes and frees with the nth allocation of jansson failing: right and whole, or "out of memory". */
static sg_status write_with_failure(long nth, sg_str *out)
{
    sg_err err = {0};
    allocations_left = nth;
    sg_json *root = new_example();
    sg_status status = sg_json_write(root, out, &err);
    allocations_left = 0;
    sg_json_free(root);
    return status;
}

static void want_of_memory_at_any_allocation_is_told_at_the_end(void **state)
{
    (void)state;
    int failures = 0;
    for (long nth = 1;; nth++) {
        sg_str out = {0};
        sg_status status = write_with_failure(nth, &out);
        if (status == SG_OK)
            assert_string_equal(sg_str_text(&out), example_text);
        else
            assert_int_equal(status, SG_NO_MEMORY);
        sg_str_release(&out);
        failures += status == SG_OK ? 0 : 1;
        if (status == SG_OK && nth > 200)
            break;
    }
    assert_true(failures > 30); /* more than one an entry */
}

static void want_of_memory_for_the_text_is_told(void **state)
{
    (void)state;
    sg_json *root = new_example();
    sg_str out = {0};
    sg_err err = {0};
    sg_mem_fail_at(2);
    sg_assert_status(sg_json_write(root, &out, &err), SG_NO_MEMORY, &err);
    sg_str_release(&out);
    sg_json_free(root);
}

/* The nth allocation of the values (`ours` false) or of the texts between them fails; for good or once. */
static sg_status read_with_failure(long nth, bool ours, sg_json **root)
{
    sg_err err = {0};
    allocations_left = ours ? 0 : nth;
    sg_mem_fail_at(ours ? nth : 0);
    sg_status status = sg_json_read(example_text, sizeof example_text - 1, root, &err);
    allocations_left = 0;
    sg_mem_fail_at(0);
    return status;
}

static void reading_without_memory_is_told_apart_from_bad_json(void **state)
{
    (void)state;
    for (int ours = 0; ours < 2; ours++) {
        sg_json *root = NULL;
        long nth = 1;
        for (sg_status status = SG_NO_MEMORY; status != SG_OK; nth++) {
            status = read_with_failure(nth, ours != 0, &root);
            assert_true(status == SG_OK || (status == SG_NO_MEMORY && root == NULL));
        }
        assert_true(nth > 12);
        sg_json_free(root);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_written_in_the_order_they_were_set),
        cmocka_unit_test(what_was_written_is_read_back_byte_for_byte),
        cmocka_unit_test(getters_give_the_default_where_the_type_is_another),
        cmocka_unit_test(text_that_is_no_utf8_is_written_with_replacements),
        cmocka_unit_test(what_is_no_json_is_refused_without_quoting_it),
        cmocka_unit_test(every_form_of_json_is_read),
        cmocka_unit_test(bad_json_is_told_by_line_and_column),
        cmocka_unit_test(json_nested_too_deep_is_refused),
        cmocka_unit_test(reals_survive_writing_and_reading),
        cmocka_unit_test_teardown(want_of_memory_at_any_allocation_is_told_at_the_end, stop_failing),
        cmocka_unit_test_teardown(want_of_memory_for_the_text_is_told, stop_failing),
        cmocka_unit_test_teardown(reading_without_memory_is_told_apart_from_bad_json, stop_failing),
    };
    return cmocka_run_group_tests(tests, use_own_allocator, NULL);
}
