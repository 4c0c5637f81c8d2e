/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <locale.h>
#include <string.h>

#include "skillgain/base/parse.h"

/* What is no plain number for any of the readers of numbers. */
static const char *const no_numbers[] = {
    "",   " ",   "-",   "+1",  " 1",  "1 ",  "1e3", "1E3",  "0x10", "1,5",      "1.5.2",    ".5",  "-.5",
    "5.", "--1", "nan", "NaN", "inf", "1_0", "1\n", "1.-5", "1.+5", "\xc2\xb2", "\xd9\xa1", "12a", "1,000"};
enum { N_NO_NUMBERS = sizeof no_numbers / sizeof no_numbers[0] };

static void what_is_no_plain_number_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_NO_NUMBERS; i++) {
        int64_t whole = 42;
        double real = 42;
        size_t length = strlen(no_numbers[i]);
        assert_false(sg_parse_int(no_numbers[i], length, INT64_MIN, INT64_MAX, &whole));
        assert_false(sg_parse_decimal(no_numbers[i], length, 2, &whole));
        assert_false(sg_parse_double(no_numbers[i], length, &real));
        assert_int_equal(whole, 42);
        sg_assert_close(real, 42.0, 0.0, 0.0);
    }
    int64_t whole = 42;
    assert_false(sg_parse_int(NULL, 0, 0, 9, &whole));
    assert_false(sg_parse_int("1\0", 2, 0, 9, &whole));
}

static void whole_numbers_are_read_within_their_range(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t low, high, want;
        bool fits;
    } cases[] = {{"0", 0, 0, 0, true},
                 {"-0", 0, 9, 0, true},
                 {"007", 0, 9, 7, true},
                 {"10", 0, 9, 0, false},
                 {"-1", 0, 9, 0, false},
                 {"-5", -5, -5, -5, true},
                 {"1.0", 0, 9, 0, false},
                 {"9223372036854775807", INT64_MIN, INT64_MAX, INT64_MAX, true},
                 {"9223372036854775808", INT64_MIN, INT64_MAX, 0, false},
                 {"-9223372036854775808", INT64_MIN, INT64_MAX, INT64_MIN, true},
                 {"-9223372036854775809", INT64_MIN, INT64_MAX, 0, false},
                 {"99999999999999999999999", INT64_MIN, INT64_MAX, 0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t got = 0;
        bool fits = sg_parse_int(cases[i].text, strlen(cases[i].text), cases[i].low, cases[i].high, &got);
        assert_int_equal(fits, cases[i].fits);
        assert_int_equal(got, cases[i].want);
    }
}

static void decimals_are_rounded_half_away_from_zero(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int decimals;
        int64_t want;
        bool fits;
    } cases[] = {{"12", 2, 1200, true},
                 {"12.5", 2, 1250, true},
                 {"-0.25", 2, -25, true},
                 {"0.125", 2, 13, true},
                 {"-0.125", 2, -13, true},
                 {"0.1249999999999999999999999", 2, 12, true},
                 {"0.285", 2, 29, true},
                 {"2.5", 0, 3, true},
                 {"-2.5", 0, -3, true},
                 {"0.995", 2, 100, true},
                 {"00012.30", 1, 123, true},
                 {"-0.004", 2, 0, true},
                 {"92233720368547758.07", 2, INT64_MAX, true},
                 {"92233720368547758.08", 2, 0, false},
                 {"92233720368547758.075", 2, 0, false},
                 {"-92233720368547758.08", 2, INT64_MIN, true},
                 {"-92233720368547758.085", 2, 0, false},
                 {"9.3", 18, 0, false},
                 {"9.2", 18, INT64_C(9200000000000000000), true},
                 {"99999999999999999999", 0, 0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t got = 0;
        assert_int_equal(sg_parse_decimal(cases[i].text, strlen(cases[i].text), cases[i].decimals, &got),
                         cases[i].fits);
        assert_int_equal(got, cases[i].want);
    }
}

static void doubles_are_read_alike_in_every_locale(void **state)
{
    (void)state;
    static const char *const locales[] = {"C", "de_DE.UTF-8",
                                          "fr_FR.UTF-8"}; /* the latter where they are installed */
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
        if (setlocale(LC_ALL, locales[i]) == NULL)
            continue;
        double got = 0.0;
        assert_true(sg_parse_double("0.1", 3, &got));
        sg_assert_close(got, 0.1, 0.0, 0.0);
        assert_true(sg_parse_double("-12.25xyz", 6, &got));
        sg_assert_close(got, -12.25, 0.0, 0.0);
        assert_true(sg_parse_double("3", 1, &got));
        sg_assert_close(got, 3.0, 0.0, 0.0);
        assert_true(sg_parse_double("179.769313486231570", 19, &got));
        sg_assert_close(got, 179.76931348623157, 0.0, 0.0);
    }
    assert_non_null(setlocale(LC_ALL, "C"));
}

static void a_double_of_too_many_digits_is_refused(void **state)
{
    (void)state;
    char digits[120];
    double got = 0.0;
    memset(digits, '1', sizeof digits);
    assert_true(sg_parse_double(digits, 100, &got));
    assert_false(sg_parse_double(digits, 101, &got));
}

static void durations_have_one_unit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t want;
    } good[] = {{"36h", 129600}, {"90d", 7776000}, {"15m", 900}, {"30s", 30}, {"0s", 0}};
    static const char *const bad[] = {"",    "36", "h",     "-1h", "1.5h",
                                      "1 h", "1H", "1h30m", "1hh", "106751991167301d"};
    int64_t got = -1;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(sg_parse_duration(good[i].text, &got));
        assert_int_equal(got, good[i].want);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(sg_parse_duration(bad[i], &got));
    assert_false(sg_parse_duration(NULL, &got));
}

static void sizes_are_bytes_or_binary_units(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t want;
    } good[] = {{"64KiB", 65536}, {"1MiB", 1048576}, {"2GiB", INT64_C(2147483648)}, {"2000", 2000}, {"0", 0}};
    static const char *const bad[] = {"",   "KiB",    "64KB",          "64kib", "64 KiB",
                                      "-1", "1.5MiB", "8589934592GiB", "1KiBx"};
    int64_t got = -1;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(sg_parse_size(good[i].text, &got));
        assert_int_equal(got, good[i].want);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(sg_parse_size(bad[i], &got));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_plain_number_is_refused),
        cmocka_unit_test(whole_numbers_are_read_within_their_range),
        cmocka_unit_test(decimals_are_rounded_half_away_from_zero),
        cmocka_unit_test(doubles_are_read_alike_in_every_locale),
        cmocka_unit_test(a_double_of_too_many_digits_is_refused),
        cmocka_unit_test(durations_have_one_unit),
        cmocka_unit_test(sizes_are_bytes_or_binary_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
