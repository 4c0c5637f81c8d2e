/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/base/mem.h"

/* Room for `more` bytes and the NUL behind them; a failure sticks. */
static bool make_room(sg_str *s, size_t more)
{
    if (s->failed || more < s->capacity - s->length) /* length is below capacity, or both are 0 */
        return !s->failed;
    s->failed = more >= SIZE_MAX - s->length || !sg_grow(&s->text, &s->capacity, s->length + more + 1, 1);
    return !s->failed;
}

void sg_str_release(sg_str *s)
{
    if (s == NULL)
        return;
    free(s->text);
    *s = (sg_str){0};
}

void sg_str_reset(sg_str *s)
{
    s->length = 0;
    s->failed = false;
    if (s->text != NULL)
        s->text[0] = '\0';
}

void sg_str_add_n(sg_str *s, const char *text, size_t length)
{
    if (length == 0 || !make_room(s, length))
        return;
    memcpy(s->text + s->length, text, length);
    s->length += length;
    s->text[s->length] = '\0';
}

void sg_str_add(sg_str *s, const char *text)
{
    if (text != NULL)
        sg_str_add_n(s, text, strlen(text));
}

void sg_str_add_char(sg_str *s, char c)
{
    sg_str_add_n(s, &c, 1);
}

void sg_str_printf(sg_str *s, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        s->failed = true;
    else if (make_room(s, (size_t)length)) {
        s->failed = vsnprintf(s->text + s->length, (size_t)length + 1, format, again) != length;
        s->length += s->failed ? 0 : (size_t)length;
        s->text[s->length] = '\0';
    }
    va_end(again);
}

const char *sg_str_text(const sg_str *s)
{
    return s->text != NULL ? s->text : "";
}

static char lower_ascii(char c)
{
    if (c < 'A' || c > 'Z')
        return c;
    return (char)(c - 'A' + 'a');
}

bool sg_text_equal(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

bool sg_text_equal_ascii(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    while (*a != '\0' && lower_ascii(*a) == lower_ascii(*b)) {
        a++;
        b++;
    }
    return lower_ascii(*a) == lower_ascii(*b);
}

bool sg_text_starts(const char *text, const char *prefix)
{
    return text != NULL && prefix != NULL && strncmp(text, prefix, strlen(prefix)) == 0;
}

/* White space of more than one byte: the no-break space, and the byte-order mark, which editors leave at the start. */
static const char wide_blanks[][4] = {"\xc2\xa0", "\xef\xbb\xbf"};
enum { N_WIDE_BLANKS = sizeof wide_blanks / sizeof wide_blanks[0] };

static bool is_ascii_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The bytes of the white space that the text begins with; 0: none. */
static size_t blank_at_start(const char *text, size_t length)
{
    if (length > 0 && text[0] > ' ' && text[0] < 0x7f) /* almost always */
        return 0;
    if (length > 0 && is_ascii_blank(text[0]))
        return 1;
    for (size_t i = 0; i < N_WIDE_BLANKS; i++) {
        size_t n = strlen(wide_blanks[i]);
        if (length >= n && memcmp(text, wide_blanks[i], n) == 0)
            return n;
    }
    return 0;
}

static size_t blank_at_end(const char *text, size_t length)
{
    if (length > 0 && text[length - 1] > ' ' && text[length - 1] < 0x7f)
        return 0;
    if (length > 0 && is_ascii_blank(text[length - 1]))
        return 1;
    for (size_t i = 0; i < N_WIDE_BLANKS; i++) {
        size_t n = strlen(wide_blanks[i]);
        if (length >= n && memcmp(text + length - n, wide_blanks[i], n) == 0)
            return n;
    }
    return 0;
}

const char *sg_text_trim(const char *text, size_t length, size_t *out_length)
{
    for (size_t n = blank_at_start(text, length); n > 0; n = blank_at_start(text, length)) {
        text += n;
        length -= n;
    }
    for (size_t n = blank_at_end(text, length); n > 0; n = blank_at_end(text, length))
        length -= n;
    *out_length = length;
    return text;
}

void sg_text_fold(sg_str *out, const char *text, size_t length)
{
    text = sg_text_trim(text, length, &length);
    for (size_t i = 0; i < length; i++) {
        size_t n = blank_at_start(text + i, length - i);
        if (n == 0) {
            sg_str_add_char(out, lower_ascii(text[i]));
            continue;
        }
        for (; n > 0; n = blank_at_start(text + i, length - i))
            i += n;
        sg_str_add_char(out, ' ');
        i--; /* the loop goes on to what ended the run */
    }
}

enum {
    SURE_DIGITS = 15,  /* every decimal of 15 digits is told apart by a double */
    EXACT_DIGITS = 17, /* 17 tell every double apart */
    SCIENTIFIC_ROOM = 40
};

/* A figure as its decimal digits: 0.DIGITS times 10^point. Zero has none. */
typedef struct {
    bool negative;
    char digits[EXACT_DIGITS + 1];
    int n_digits;
    int point;
} figure;

/* From what "%.*e" wrote, a digit, the locale's point, digits, 'e' and the exponent; trailing zeros say nothing. */
static void take_apart(const char *scientific, figure *out)
{
    const char *exponent = strchr(scientific, 'e');
    out->n_digits = 0;
    for (const char *c = scientific; c < exponent && out->n_digits < EXACT_DIGITS; c++)
        if (*c >= '0' && *c <= '9')
            out->digits[out->n_digits++] = *c;
    while (out->n_digits > 0 && out->digits[out->n_digits - 1] == '0')
        out->n_digits--;
    out->point = out->n_digits > 0 ? (int)strtol(exponent + 1, NULL, 10) + 1 : 0;
}

/*
 * The shortest digits that read back as this value. Below the smallest normal number fewer than 15 digits may do, so there
 * every length is tried. The text is read back in the locale it was written in, and only digits are taken from it.
 */
static figure shortest_figure(double value)
{
    figure out = {.negative = value < 0};
    char scientific[SCIENTIFIC_ROOM];
    double size = fabs(value);
    for (int n = isnormal(size) ? SURE_DIGITS : 1; n <= EXACT_DIGITS; n++) {
        (void)snprintf(scientific, sizeof scientific, "%.*e", n - 1, size); /* 24 bytes at most */
        if (n == EXACT_DIGITS || strtod(scientific, NULL) == size)
            break;
    }
    take_apart(scientific, &out);
    return out;
}

/* Keeps the first `keep` digits, rounded half away from zero; all are dropped where keep is below 0. */
static void round_figure(figure *f, int keep)
{
    if (keep >= f->n_digits)
        return;
    bool up = keep >= 0 && f->digits[keep] >= '5';
    f->n_digits = keep > 0 ? keep : 0;
    while (up && f->n_digits > 0 && f->digits[f->n_digits - 1] == '9')
        f->n_digits--;
    if (up && f->n_digits > 0) {
        f->digits[f->n_digits - 1]++;
    } else if (up) { /* 0.99 became 1 */
        f->digits[f->n_digits++] = '1';
        f->point++;
    }
}

/* The digit worth 10^-place; a zero where the figure has none. */
static char digit_at(const figure *f, int place)
{
    int index = f->point + place - 1;
    if (index < 0 || index >= f->n_digits)
        return '0';
    return f->digits[index];
}

/* Digits worth 10^-from to 10^-to. */
static void add_digits(sg_str *s, const figure *f, int from, int to)
{
    for (int place = from; place <= to; place++)
        sg_str_add_char(s, digit_at(f, place));
}

static void add_plain(sg_str *s, const figure *f, int decimals)
{
    if (f->negative && f->n_digits > 0)
        sg_str_add_char(s, '-');
    add_digits(s, f, f->point > 0 ? 1 - f->point : 0, 0);
    if (decimals > 0)
        sg_str_add_char(s, '.');
    add_digits(s, f, 1, decimals);
}

void sg_str_add_fixed(sg_str *s, double value, int digits)
{
    if (!isfinite(value))
        return;
    figure f = shortest_figure(value);
    round_figure(&f, f.point + digits);
    add_plain(s, &f, digits);
}

static void add_scientific(sg_str *s, const figure *f)
{
    int exponent = f->point - 1;
    if (f->negative)
        sg_str_add_char(s, '-');
    sg_str_add_char(s, f->digits[0]);
    if (f->n_digits > 1)
        sg_str_add_char(s, '.');
    sg_str_add_n(s, f->digits + 1, (size_t)f->n_digits - 1);
    sg_str_printf(s, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
}

void sg_str_add_exact(sg_str *s, double value)
{
    if (!isfinite(value))
        return;
    figure f = shortest_figure(value);
    int exponent = f.point - 1;
    if (f.n_digits > 0 && (exponent < -4 || exponent >= EXACT_DIGITS)) /* as "%.17g" chooses */
        add_scientific(s, &f);
    else
        add_plain(s, &f, f.n_digits > f.point ? f.n_digits - f.point : 0);
}

void sg_str_add_csv(sg_str *s, const char *text)
{
    const bool is_formula = *text && strchr("=+-@\t\r\n", *text),
               is_quoted = strpbrk(text, ",\"\r\n") != NULL;

    if (is_quoted)
        sg_str_add_char(s, '"');
    if (is_formula)
        sg_str_add_char(s, '\'');
    for (; *text; text++) {
        if (*text == '"')
            sg_str_add_char(s, '"');
        sg_str_add_char(s, *text);
    }
    if (is_quoted)
        sg_str_add_char(s, '"');
}

void sg_str_add_count(sg_str *s, int64_t value)
{
    char digits[24];
    /* The size as unsigned, which holds that of INT64_MIN too. */
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    int n = snprintf(digits, sizeof digits, "%ju", (uintmax_t)size);
    if (value < 0)
        sg_str_add_char(s, '-');
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            sg_str_add_char(s, ',');
        sg_str_add_char(s, digits[i]);
    }
}
