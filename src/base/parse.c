/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/base/parse.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_DECIMALS = 18,   /* 10^18 is the largest power of ten in an int64_t */
    MAX_FIGURE = 100,    /* digits of a double: far more than it can hold */
    MAX_EXPONENT = 9999, /* beyond what a double can hold, with any of these digits */
    EXPONENT_ROOM = 16   /* a sign, 'e', the exponent with its sign, a NUL */
};

/* A plain decimal, taken apart: the digits before and behind its point. */
typedef struct {
    bool negative;
    const char *whole;
    size_t n_whole;
    const char *part;
    size_t n_part;
} plain_decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(const char *text, const char *end)
{
    size_t n = 0;
    while (text + n < end && is_digit(text[n]))
        n++;
    return n;
}

/* -?[0-9]+(\.[0-9]+)? and nothing else. */
static bool split_decimal(const char *text, size_t length, plain_decimal *out)
{
    if (text == NULL || length == 0)
        return false;
    const char *end = text + length;
    plain_decimal d = {.negative = *text == '-'};
    d.whole = text + (d.negative ? 1 : 0);
    d.n_whole = count_digits(d.whole, end);
    const char *rest = d.whole + d.n_whole;
    if (rest < end && *rest == '.') {
        d.part = rest + 1;
        d.n_part = count_digits(d.part, end);
        if (d.n_part == 0)
            return false;
        rest = d.part + d.n_part;
    }
    *out = d;
    return d.n_whole > 0 && rest == end;
}

/* *value * 10 + digit, kept negative because there is one more negative number than positive ones. */
static bool push_digit(int64_t *value, int digit)
{
    if (*value < (INT64_MIN + digit) / 10)
        return false;
    *value = *value * 10 - digit;
    return true;
}

/* So many fit, whatever they are. */
enum { SURE_DIGITS = 18 };

static bool push_digits(int64_t *value, const char *digits, size_t n)
{
    if (n <= SURE_DIGITS && *value == 0) {
        int64_t sum = 0;
        for (size_t i = 0; i < n; i++)
            sum = sum * 10 - (digits[i] - '0');
        *value = sum;
        return true;
    }
    for (size_t i = 0; i < n; i++)
        if (!push_digit(value, digits[i] - '0'))
            return false;
    return true;
}

static bool give_sign(int64_t below_zero, bool negative, int64_t *out)
{
    if (!negative && below_zero == INT64_MIN)
        return false;
    *out = negative ? below_zero : -below_zero;
    return true;
}

bool sg_parse_int(const char *text, size_t length, int64_t low, int64_t high, int64_t *out)
{
    plain_decimal d;
    int64_t value = 0;
    if (!split_decimal(text, length, &d) || d.part != NULL || !push_digits(&value, d.whole, d.n_whole))
        return false;
    if (!give_sign(value, d.negative, &value) || value < low || value > high)
        return false;
    *out = value;
    return true;
}

bool sg_parse_decimal(const char *text, size_t length, int decimals, int64_t *out)
{
    assert(decimals >= 0 && decimals <= MAX_DECIMALS);
    plain_decimal d;
    int64_t value = 0;
    if (!split_decimal(text, length, &d) || !push_digits(&value, d.whole, d.n_whole))
        return false;
    size_t wanted = (size_t)decimals;
    bool fits = d.n_whole + wanted <= SURE_DIGITS;
    for (size_t i = 0; i < wanted; i++) {
        int digit = i < d.n_part ? d.part[i] - '0' : 0;
        if (fits)
            value = value * 10 - digit;
        else if (!push_digit(&value, digit))
            return false;
    }
    if (d.n_part > wanted && d.part[wanted] >= '5') {
        if (value == INT64_MIN)
            return false;
        value--; /* below zero: away from it */
    }
    return give_sign(value, d.negative, out);
}

/* Reads the digits as an integer times a power of ten: without a decimal point, whose form depends on the locale. */
static bool read_scaled(const plain_decimal *d, int64_t exponent, double *out)
{
    char text[MAX_FIGURE + EXPONENT_ROOM];
    if (d->n_whole + d->n_part > MAX_FIGURE)
        return false;
    size_t n = 0;
    if (d->negative)
        text[n++] = '-';
    memcpy(text + n, d->whole, d->n_whole);
    n += d->n_whole;
    if (d->n_part > 0)
        memcpy(text + n, d->part, d->n_part);
    n += d->n_part;
    int length = snprintf(text + n, sizeof text - n, "e%jd", (intmax_t)exponent - (intmax_t)d->n_part);
    if (length < 0 || (size_t)length >= sizeof text - n)
        return false;
    double value = strtod(text, NULL);
    if (!isfinite(value))
        return false;
    *out = value;
    return true;
}

bool sg_parse_double(const char *text, size_t length, double *out)
{
    plain_decimal d;
    return split_decimal(text, length, &d) && read_scaled(&d, 0, out);
}

bool sg_parse_scientific(const char *text, size_t length, double *out)
{
    plain_decimal d;
    int64_t exponent = 0;
    size_t n = 0;
    while (n < length && text[n] != 'e' && text[n] != 'E')
        n++;
    if (n < length) {
        size_t from = n + 1 < length && text[n + 1] == '+' ? n + 2 : n + 1;
        bool two_signs = from == n + 2 && from < length && text[from] == '-';
        if (two_signs || !sg_parse_int(text + from, length - from, -MAX_EXPONENT, MAX_EXPONENT, &exponent))
            return false;
    }
    return split_decimal(text, n, &d) && read_scaled(&d, exponent, out);
}

bool sg_parse_is_beyond(const char *text)
{
    return *text != '\0' && text[strspn(text, "+-.0123456789eE")] == '\0' && isinf(strtod(text, NULL));
}

typedef struct {
    const char *name;
    int64_t factor;
} unit;

/* A number from zero, and behind it one of the units, by its whole name. */
static bool parse_with_unit(const char *text, const unit *units, size_t n_units, int64_t *out)
{
    if (text == NULL)
        return false;
    size_t n = count_digits(text, text + strlen(text));
    for (size_t i = 0; i < n_units; i++) {
        int64_t value = 0;
        if (strcmp(text + n, units[i].name) != 0)
            continue;
        if (!sg_parse_int(text, n, 0, INT64_MAX / units[i].factor, &value))
            return false;
        *out = value * units[i].factor;
        return true;
    }
    return false;
}

bool sg_parse_duration(const char *text, int64_t *out_seconds)
{
    static const unit units[] = {{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
    return parse_with_unit(text, units, sizeof units / sizeof units[0], out_seconds);
}

bool sg_parse_size(const char *text, int64_t *out_bytes)
{
    static const unit units[] = {{"", 1}, {"KiB", 1024}, {"MiB", 1048576}, {"GiB", 1073741824}};
    return parse_with_unit(text, units, sizeof units / sizeof units[0], out_bytes);
}
