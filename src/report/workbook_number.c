/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook_number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "skillgain/base.h"

static const char minus[] = "\xE2\x88\x92";

enum {
    MAX_DIGITS = 15,
    P_DIGITS = 3,
    RATIO_DIGITS = 2
}; /* figures of a double that a decimal text gives back */

/* ---- reading ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool take(const char **at, const char *text)
{
    bool is_there = sg_text_starts(*at, text);

    *at += is_there ? strlen(text) : 0;
    return is_there;
}

/* A comma between thousands. */
static bool is_group(const char *at)
{
    return at[0] == ',' && is_digit(at[1]) && is_digit(at[2]) && is_digit(at[3]) && !is_digit(at[4]);
}

/* As a text without commas; false: no number, or more of it than a double holds. */
static bool take_digits(const char **at, char digits[MAX_DIGITS + 2], int *out_decimals)
{
    bool point = false;
    size_t n = 0;

    *out_decimals = 0;
    for (; is_digit(**at) || (!point && n && (is_group(*at) || (**at == '.' && is_digit((*at)[1])))); ++*at) {
        if (**at == ',')
            continue;
        if (n > MAX_DIGITS)
            return false;
        *out_decimals += point;
        point = point || **at == '.';
        digits[n++] = **at;
    }
    digits[n] = '\0';
    return n > 0;
}

static bool take_number(const char **at, sg_number *out)
{
    char digits[MAX_DIGITS + 2];
    bool plus = take(at, "+"), negative = !plus && (take(at, minus) || take(at, "-"));

    if (!take_digits(at, digits, &out->digits) || !sg_parse_scientific(digits, strlen(digits), &out->value))
        return false;
    out->form = plus || negative ? SG_NUMBER_SIGNED : SG_NUMBER_PLAIN;
    out->is_even = !strpbrk(digits, "123456789");
    if (negative)
        out->value = -out->value;
    if (take(at, "%") || take(at, " %")) {
        out->form = SG_NUMBER_PERCENT;
        out->value /= 100;
    }
    return true;
}

bool sg_printed_read(const char *text, sg_printed *out)
{
    const char *at = text;

    *out = (sg_printed){0};
    if (!take_number(&at, &out->value))
        return false;
    if (take(&at, " (no interval)") || !*at)
        return !*at;
    out->has_interval = true;
    if (!take(&at, " (") || !take_number(&at, &out->low) || !take(&at, " to ") ||
        !take_number(&at, &out->high) || !take(&at, ")") || *at)
        return false;
    /* "62.4% (58.1 to 66.5)": the sign of per cent is said once */
    if (out->value.form == SG_NUMBER_PERCENT && out->low.form != SG_NUMBER_PERCENT) {
        out->low.form = out->high.form = SG_NUMBER_PERCENT;
        out->low.value /= 100;
        out->high.value /= 100;
    }
    return true;
}

/* ---- full figures ---- */

/* Does `full`, `scale` times as large, print as the number was printed? */
static bool prints_as(const sg_number *number, double full, double scale)
{
    double printed = number->form == SG_NUMBER_PERCENT ? number->value * 100 : number->value;
    sg_str one = {0}, other = {0};
    bool same;

    sg_str_add_fixed(&one, printed, number->digits);
    sg_str_add_fixed(&other, full * scale, number->digits);
    same = isfinite(full) && !one.failed && !other.failed && !strcmp(sg_str_text(&one), sg_str_text(&other));
    sg_str_release(&one);
    sg_str_release(&other);
    return same;
}

static void refine(sg_number *number, double full)
{
    if (number->form == SG_NUMBER_PERCENT) {
        if (prints_as(number, full, 100))
            number->value = full;
    } else if (prints_as(number, full, 100)) {
        number->value = full * 100; /* a difference of shares, in points */
    } else if (prints_as(number, full, 1)) {
        number->value = full;
    }
}

void sg_printed_refine(sg_printed *printed, const sg_estimate *e)
{
    sg_number *value = &printed->value;

    if (!e)
        return;
    /* alone and without a sign there are p-values, ratios, differences of 0.0, and counts, which are whole already */
    if (printed->has_interval || value->form != SG_NUMBER_PLAIN || (value->is_even && value->digits == 1))
        refine(value, e->estimate);
    else if (value->digits == P_DIGITS && prints_as(value, e->p_adjusted, 1))
        value->value = e->p_adjusted;
    else if (value->digits == P_DIGITS && prints_as(value, e->p_value, 1))
        value->value = e->p_value;
    else if (value->digits == RATIO_DIGITS && prints_as(value, e->estimate, 1))
        value->value = e->estimate;
    if (printed->has_interval) {
        refine(&printed->low, e->ci_low);
        refine(&printed->high, e->ci_high);
    }
}

/* ---- number formats ---- */

const char *sg_number_format(const sg_number *number, char buffer[SG_NUMBER_FORMAT])
{
    char digits[MAX_DIGITS + 6] = "#,##0";

    if (number->digits > 0) {
        char *end = digits + 1;

        digits[0] = '0';
        *end++ = '.';
        for (int i = 0; i < number->digits && i < MAX_DIGITS; i++)
            *end++ = '0';
        *end = '\0';
    }
    if (number->form == SG_NUMBER_PERCENT)
        (void)snprintf(buffer, SG_NUMBER_FORMAT, "%s%%", number->digits > 0 ? digits : "0");
    else if (number->is_even)
        (void)snprintf(buffer, SG_NUMBER_FORMAT, "%s;%s", digits, digits);
    else if (number->form == SG_NUMBER_SIGNED)
        (void)snprintf(buffer, SG_NUMBER_FORMAT, "+%s;\"%s\"%s", digits, minus, digits);
    else
        (void)snprintf(buffer, SG_NUMBER_FORMAT, "%s", digits);
    return buffer;
}
