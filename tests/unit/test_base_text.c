/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem_hook.h"
#include "skillgain/base/text.h"

static int stop_failing(void **state)
{
    (void)state;
    sg_mem_fail_at(0);
    return 0;
}

static void a_builder_appends_whatever_it_is_given(void **state)
{
    (void)state;
    sg_str s = {0};
    assert_string_equal(sg_str_text(&s), "");
    sg_str_add(&s, "");
    sg_str_add(&s, NULL);
    sg_str_add(&s, "ab");
    sg_str_add_char(&s, 'c');
    sg_str_add_n(&s, "defg", 2);
    sg_str_printf(&s, "%03d%s", 7, "!");
    assert_string_equal(s.text, "abcde007!");
    assert_int_equal(s.length, 9);
    for (int i = 0; i < 5000; i++)
        sg_str_printf(&s, "%d,", i % 10);
    assert_int_equal(s.length, 9 + 10000);
    assert_int_equal(strlen(s.text), s.length);
    sg_str_reset(&s);
    assert_string_equal(sg_str_text(&s), "");
    sg_str_add(&s, "again");
    assert_string_equal(s.text, "again");
    sg_str_release(&s);
    assert_null(s.text);
}

static void a_failure_sticks_until_the_builder_is_reset(void **state)
{
    (void)state;
    sg_str s = {0};
    sg_str_add(&s, "kept");
    sg_mem_fail_at(1);
    for (int i = 0; i < 100; i++)
        sg_str_add(&s, "0123456789");
    assert_true(s.failed);
    size_t length = s.length;
    sg_str_add_char(&s, 'x');
    sg_str_printf(&s, "%d", 1);
    assert_int_equal(s.length, length);
    sg_str_reset(&s);
    sg_str_add(&s, "y");
    assert_false(s.failed);
    assert_string_equal(s.text, "y");
    sg_str_release(&s);
}

static void comparisons_know_null_and_ascii_case_only(void **state)
{
    (void)state;
    assert_true(sg_text_equal(NULL, NULL));
    assert_false(sg_text_equal(NULL, ""));
    assert_true(sg_text_equal("a", "a"));
    assert_false(sg_text_equal("a", "A"));
    assert_true(sg_text_equal_ascii("Yes", "yES"));
    assert_false(sg_text_equal_ascii("yes", "yes "));
    assert_false(sg_text_equal_ascii("[", "{")); /* 32 apart, and no letters */
    assert_false(sg_text_equal_ascii("\xc3\x89", "\xc3\xa9"));
    assert_true(sg_text_equal_ascii(NULL, NULL));
    assert_false(sg_text_equal_ascii("", NULL));
    assert_true(sg_text_starts("race_white", "race_"));
    assert_false(sg_text_starts("rac", "race_"));
    assert_true(sg_text_starts("x", ""));
    assert_false(sg_text_starts(NULL, ""));
}

static void white_space_is_trimmed_at_both_ends(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {{"", ""},
                 {" \t\r\n\v\f ", ""},
                 {"  a b\t", "a b"},
                 {"\xef\xbb\xbflearner_id", "learner_id"},
                 {"\xc2\xa0 x\xc2\xa0\xc2\xa0", "x"},
                 {"\xc3\xa0", "\xc3\xa0"}, /* a letter that ends in the byte of the no-break space */
                 {"0012", "0012"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = 99;
        const char *got = sg_text_trim(cases[i].text, strlen(cases[i].text), &length);
        assert_int_equal(length, strlen(cases[i].want));
        assert_memory_equal(got, cases[i].want, length);
    }
}

static void headers_are_folded_to_one_form(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {{" Learner \r\n  ID ", "learner id"},
                 {"DATE\xc2\xa0OF\t\tBIRTH", "date of birth"},
                 {"\xef\xbb\xbf"
                  "A",
                  "a"},
                 {"", ""},
                 {"\xc3\x89Z", "\xc3\x89z"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_str out = {0};
        sg_text_fold(&out, cases[i].text, strlen(cases[i].text));
        assert_string_equal(sg_str_text(&out), cases[i].want);
        sg_str_release(&out);
    }
}

static void a_figure_is_rounded_half_away_from_zero_on_its_decimal_form(void **state)
{
    (void)state;
    static const struct {
        double value;
        int digits;
        const char *want;
    } cases[] = {{0.285, 2, "0.29"},     {-0.285, 2, "-0.29"},
                 {1.005, 2, "1.01"},     {2.5, 0, "3"},
                 {-2.5, 0, "-3"},        {0.5, 0, "1"},
                 {0.49, 0, "0"},         {-0.04, 1, "0.0"},
                 {-0.05, 1, "-0.1"},     {0.05, 1, "0.1"},
                 {0.96, 1, "1.0"},       {9.995, 2, "10.00"},
                 {99.5, 0, "100"},       {0.0, 3, "0.000"},
                 {-0.0, 0, "0"},         {1e-9, 2, "0.00"},
                 {6e-3, 2, "0.01"},      {4e-3, 2, "0.00"},
                 {1234.5, 1, "1234.5"},  {1e22, 1, "10000000000000000000000.0"},
                 {100, 2, "100.00"},     {0.125, 2, "0.13"},
                 {12.3456, 3, "12.346"}, {0.1, 20, "0.10000000000000000000"},
                 {5e-324, 2, "0.00"},    {-1e-300, 4, "0.0000"},
                 {0.994, 2, "0.99"},     {-0.995, 2, "-1.00"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_str s = {0};
        sg_str_add_fixed(&s, cases[i].value, cases[i].digits);
        assert_string_equal(sg_str_text(&s), cases[i].want);
        sg_str_release(&s);
    }
}

static void what_is_not_finite_is_written_as_nothing(void **state)
{
    (void)state;
    sg_str s = {0};
    const double infinity = (double)INFINITY;
    sg_str_add_fixed(&s, (double)NAN, 2);
    sg_str_add_fixed(&s, infinity, 2);
    sg_str_add_exact(&s, -infinity);
    sg_str_add_exact(&s, (double)NAN);
    assert_string_equal(sg_str_text(&s), "");
    sg_str_release(&s);
}

static void an_exact_figure_is_the_shortest_that_reads_back(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *want;
    } cases[] = {{0.1, "0.1"},
                 {1.0 / 3.0, "0.3333333333333333"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {100, "100"},
                 {-2.5, "-2.5"},
                 {0.0, "0"},
                 {-0.0, "0"},
                 {1e-4, "0.0001"},
                 {1e-5, "1e-05"},
                 {-1.25e-7, "-1.25e-07"},
                 {1e16, "10000000000000000"},
                 {1e17, "1e+17"},
                 {5e-324, "5e-324"},
                 {DBL_MAX, "1.7976931348623157e+308"},
                 {9007199254740993.0, "9007199254740992"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_str s = {0};
        sg_str_add_exact(&s, cases[i].value);
        assert_string_equal(sg_str_text(&s), cases[i].want);
        sg_str_release(&s);
    }
}

static void every_double_reads_back_from_its_exact_figure(void **state)
{
    (void)state;
    uint64_t bits = 88172645463325252u; /* xorshift64, G. Marsaglia 2003 */
    for (int i = 0; i < 20000; i++) {
        double value = 0.0;
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        sg_str s = {0};
        sg_str_add_exact(&s, value);
        double back = strtod(sg_str_text(&s), NULL);
        assert_memory_equal(&back, &value, sizeof value);
        assert_true(s.length <= 24);
        sg_str_release(&s);
    }
}

/* A locale with a decimal comma may not be installed: then only the "C" half of this is run. */
static void figures_do_not_depend_on_the_locale(void **state)
{
    (void)state;
    static const char *const locales[] = {"C", "de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
        if (setlocale(LC_ALL, locales[i]) == NULL)
            continue;
        sg_str s = {0};
        sg_str_add_fixed(&s, 1234.567, 2);
        sg_str_add_char(&s, ' ');
        sg_str_add_exact(&s, 0.30000000000000004);
        sg_str_add_char(&s, ' ');
        sg_str_add_count(&s, 12345);
        assert_string_equal(sg_str_text(&s), "1234.57 0.30000000000000004 12,345");
        sg_str_release(&s);
    }
    assert_non_null(setlocale(LC_ALL, "C"));
}

static void counts_have_their_thousands_apart(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        const char *want;
    } cases[] = {{0, "0"},
                 {999, "999"},
                 {1000, "1,000"},
                 {12345, "12,345"},
                 {-1234567, "-1,234,567"},
                 {INT64_MAX, "9,223,372,036,854,775,807"},
                 {INT64_MIN, "-9,223,372,036,854,775,808"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_str s = {0};
        sg_str_add_count(&s, cases[i].value);
        assert_string_equal(sg_str_text(&s), cases[i].want);
        sg_str_release(&s);
    }
}

/* Ill-formed sequences after Unicode 15, table 3-7, and a NUL. */
static void ill_formed_utf8_is_found_where_it_begins(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length, bad;
    } cases[] = {{"ab\x80", 3, 2},
                 {"\xc0\xaf", 2, 0},
                 {"a\xc3", 2, 1},
                 {"\xe0\x80\xaf", 3, 0},
                 {"x\xed\xa0\x80", 4, 1},
                 {"\xf4\x90\x80\x80", 4, 0},
                 {"\xf0\x80\x80\xaf", 4, 0},
                 {"\xe2\x82", 2, 0},
                 {"\xff", 1, 0},
                 {"a\0b", 3, 1},
                 {"\xc3\xa9\xc3\x28", 4, 2},
                 {"\xf8\x88\x80\x80\x80", 5, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t bad = 99;
        assert_false(sg_utf8_valid(cases[i].text, cases[i].length, &bad));
        assert_int_equal(bad, cases[i].bad);
        assert_false(sg_utf8_valid(cases[i].text, cases[i].length, NULL));
    }
}

static void well_formed_utf8_is_valid(void **state)
{
    (void)state;
    static const char *const cases[] = {"",
                                        "plain",
                                        "\xc3\xa9",
                                        "\xe2\x82\xac",
                                        "\xf0\x9f\x8e\x93",
                                        "\xf4\x8f\xbf\xbf",
                                        "\xed\x9f\xbf",
                                        "\xee\x80\x80",
                                        "\x7f"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_true(sg_utf8_valid(cases[i], strlen(cases[i]), NULL));
}

/* Pairs from the Unicode character database, NormalizationTest.txt. */
static void text_is_composed_to_nfc(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {{"abc", "abc"},
                 {"e\xcc\x81", "\xc3\xa9"}, /* e + acute */
                 {"\xc3\xa9", "\xc3\xa9"},
                 {"\xe1\xb8\x8a\xcc\xa3", "\xe1\xb8\x8c\xcc\x87"}, /* 1E0A 0323 -> 1E0C 0307 */
                 {"\xe2\x84\xab", "\xc3\x85"},                     /* angstrom sign -> A with ring */
                 {"\xe1\x84\x80\xe1\x85\xa1", "\xea\xb0\x80"},     /* Hangul 1100 1161 -> AC00 */
                 {"", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_str out = {0};
        sg_err err = {0};
        sg_assert_ok(sg_utf8_nfc(&out, cases[i].text, strlen(cases[i].text), &err), &err);
        assert_string_equal(sg_str_text(&out), cases[i].want);
        sg_str_release(&out);
    }
}

static void normalisation_tells_bad_text_and_want_of_memory_apart(void **state)
{
    (void)state;
    sg_str out = {0};
    sg_err err = {0};
    sg_assert_status(sg_utf8_nfc(&out, "Jos\xe9", 4, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "byte 4");
    assert_null(strstr(err.message, "Jos"));
    sg_mem_fail_at(1);
    sg_assert_status(sg_utf8_nfc(&out, "abc", 3, &err), SG_NO_MEMORY, &err);
    sg_str_release(&out);
    sg_mem_fail_at(1);
    sg_assert_status(sg_utf8_nfc(&out, "e\xcc\x81", 3, &err), SG_NO_MEMORY, &err);
    sg_str_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_builder_appends_whatever_it_is_given),
        cmocka_unit_test_teardown(a_failure_sticks_until_the_builder_is_reset, stop_failing),
        cmocka_unit_test(comparisons_know_null_and_ascii_case_only),
        cmocka_unit_test(white_space_is_trimmed_at_both_ends),
        cmocka_unit_test(headers_are_folded_to_one_form),
        cmocka_unit_test(a_figure_is_rounded_half_away_from_zero_on_its_decimal_form),
        cmocka_unit_test(what_is_not_finite_is_written_as_nothing),
        cmocka_unit_test(an_exact_figure_is_the_shortest_that_reads_back),
        cmocka_unit_test(every_double_reads_back_from_its_exact_figure),
        cmocka_unit_test(figures_do_not_depend_on_the_locale),
        cmocka_unit_test(counts_have_their_thousands_apart),
        cmocka_unit_test(ill_formed_utf8_is_found_where_it_begins),
        cmocka_unit_test(well_formed_utf8_is_valid),
        cmocka_unit_test(text_is_composed_to_nfc),
        cmocka_unit_test_teardown(normalisation_tells_bad_text_and_want_of_memory_apart, stop_failing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
