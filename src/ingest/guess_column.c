/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "code_table.h"
#include "guess.h"

enum { LONGEST_VALUE = 100, LONGEST_HEADER = 256 /* that a crosswalk may name */ };

/* ---- headers ---- */

/* The bytes of what YAML or a comment can't have, at *text: control characters, line and paragraph ends, the byte-order mark. */
static size_t unprintable(const char *text, size_t left)
{
    static const char *const wide[] = {"\xe2\x80\xa8", "\xe2\x80\xa9", "\xef\xbb\xbf", "\xef\xbf\xbe",
                                       "\xef\xbf\xbf"};
    unsigned char c = (unsigned char)*text;
    if (c < ' ' || c == 0x7f)
        return 1;
    if (c == 0xc2 && left > 1 && (unsigned char)text[1] < 0xa0)
        return 2;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (left >= 3 && memcmp(text, wide[i], 3) == 0)
            return 3;
    return 0;
}

bool sg_guess_is_printable(const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++)
        if (unprintable(text + i, length - i) > 0)
            return false;
    return true;
}

/* In one line, its blanks single. */
static void add_line(sg_str *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t n = unprintable(text + i, length - i);
        bool blank = n > 0 || text[i] == ' ';
        if (!blank)
            sg_str_add_char(out, text[i]);
        else if (out->length > 0 && out->text[out->length - 1] != ' ')
            sg_str_add_char(out, ' ');
        i += n > 0 ? n : 1;
    }
    while (out->length > 0 && out->text[out->length - 1] == ' ')
        out->text[--out->length] = '\0';
}

int sg_guess_digits(const char *text, size_t n)
{
    int number = 0;
    for (size_t i = 0; i < n; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

/* "pirl 900 date of program entry wioa" is element 900, the "date of program entry". */
static void take_off_pirl(sg_guess_column *column, char *name)
{
    static const char suffix[] = " wioa";
    const char *at = name + (sg_text_starts(name, "pirl ") ? 5 : sg_text_starts(name, "pirl") ? 4 : 0);
    size_t digits = strspn(at, "0123456789"), length = strlen(name);
    if (length > sizeof suffix && strcmp(name + length - (sizeof suffix - 1), suffix) == 0)
        name[length - (sizeof suffix - 1)] = '\0';
    column->name = name;
    if (digits < 3 || digits > 4 || (at[digits] != '\0' && at[digits] != ' '))
        return;
    column->number = sg_guess_digits(at, digits);
    column->name = at + digits + (at[digits] == ' ');
}

bool sg_guess_column_name(sg_guess_column *column, const char *text, size_t length, sg_arena *arena)
{
    sg_str line = {0}, folded = {0};
    char *name = NULL;
    add_line(&line, text, length);
    if (line.length <= LONGEST_HEADER)
        sg_synonym_fold(&folded, sg_str_text(&line), line.length);
    if (!line.failed && !folded.failed) {
        column->header = sg_arena_strdup(arena, sg_str_text(&line));
        name = sg_arena_strdup(arena, sg_str_text(&folded));
    }
    sg_str_release(&line);
    sg_str_release(&folded);
    if (column->header == NULL || name == NULL)
        return false;
    take_off_pirl(column, name);
    return true;
}

/* ---- values ---- */

/* Does the text have this shape: '9' a digit, '#' a digit or nothing, anything else itself? */
static bool has_shape(const char *text, const char *shape)
{
    for (; *shape != '\0'; shape++) {
        bool digit = *text >= '0' && *text <= '9';
        if (*shape == '#') {
            text += digit;
            continue;
        }
        if (*shape == '9' ? !digit : *text != *shape)
            return false;
        text++;
    }
    return *text == '\0';
}

static bool has_any_shape(const char *text, const char *const *shapes)
{
    for (; *shapes != NULL; shapes++)
        if (has_shape(text, *shapes))
            return true;
    return false;
}

static bool is_of_digits(const char *text, size_t least, size_t most)
{
    size_t digits = strspn(text, "0123456789");
    return digits >= least && digits <= most && text[digits] == '\0';
}

int sg_guess_year(const char *text, bool *spans)
{
    const char *at = text + strspn(text, "PFYpfy '");
    int year = strspn(at, "0123456789") == 4 ? sg_guess_digits(at, 4) : 0;
    *spans = false;
    if (year < 1990 || year > 2098)
        return 0;
    at += 4;
    if (*at == '\0')
        return year;
    at += strspn(at, " -/");
    *spans = true;
    if (is_of_digits(at, 2, 2))
        return sg_guess_digits(at, 2) == (year + 1) % 100 ? year : 0;
    return is_of_digits(at, 4, 4) && sg_guess_digits(at, 4) == year + 1 ? year : 0;
}

static void look_at_dates(sg_guess_column *column, const char *text, size_t length)
{
    static const char *const short_years[] = {"9#/9#/99", "9#-9#-99", "9#.9#.99", NULL};
    enum { LEAST_SERIAL = 20000, MOST_SERIAL = 60000 }; /* 1954 to 2064 */
    int64_t serial = 0;
    bool any = false;
    if (text[0] < '0' || text[0] > '9' || length > 32)
        return;
    for (size_t i = 0; length >= 8 && sg_guess_forms[i].form != NULL; i++) {
        sg_day day;
        bool read = sg_day_parse(text, length, sg_guess_forms[i].form, &day);
        column->n_form[i] += read;
        any = any || read;
    }
    bool is_serial = sg_parse_int(text, length, LEAST_SERIAL, MOST_SERIAL, &serial);
    bool is_short = has_any_shape(text, short_years);
    column->n_serial += is_serial;
    column->n_short_year += is_short;
    column->n_date += any || is_serial || is_short;
}

static void look_at_numbers(sg_guess_column *column, const char *text, size_t length)
{
    static const char *const clocks[] = {"9##:99", NULL};
    static const char *const months[] = {"9999-99", "999999", "99/9999", "9/9999", NULL};
    static const char *const quarters[] = {"9999Q9", "9999-Q9", "9999 Q9", "9999q9", NULL};
    static const int64_t many_hours = 500; /* of one enrollment: a sixth of a year of full weeks */
    int64_t number = 0;
    bool spans = false;
    if (sg_parse_decimal(text, length, 0, &number)) {
        column->n_number++;
        column->n_whole += strchr(text, '.') == NULL;
        column->n_large += number > many_hours;
    }
    column->n_clock += has_any_shape(text, clocks);
    column->n_month += has_any_shape(text, months);
    column->n_quarter += has_any_shape(text, quarters);
    column->n_year += sg_guess_year(text, &spans) != 0;
}

/* An e-mail address, or a number written as those of telephones and of social security are. */
static bool is_private(const char *text)
{
    static const char *const shapes[] = {"999-99-9999",   "999-999-9999", "(999) 999-9999",
                                         "(999)999-9999", "999.999.9999", NULL};
    return strchr(text, '@') != NULL || has_any_shape(text, shapes);
}

static bool keep_value(sg_guess_column *column, const char *text, sg_arena *arena)
{
    for (size_t i = 0; i < column->n_values; i++)
        if (strcmp(column->values[i].text, text) == 0) {
            column->values[i].n++;
            return true;
        }
    if (column->n_values == SG_GUESS_CODES) {
        column->many = true;
        return true;
    }
    const char *copy = sg_arena_strdup(arena, text);
    if (copy != NULL)
        column->values[column->n_values++] = (sg_guess_value){copy, 1};
    return copy != NULL;
}

bool sg_guess_column_look(sg_guess_column *column, const char *text, size_t length, sg_arena *arena)
{
    char value[LONGEST_VALUE + 1];
    const char *trimmed = sg_text_trim(text, length, &length);
    if (length > LONGEST_VALUE) {
        column->n_filled++;
        column->many = true;
        return true;
    }
    memcpy(value, trimmed, length);
    value[length] = '\0';
    if (sg_is_missing(value) || !sg_utf8_valid(value, length, NULL))
        return true;
    column->n_filled++;
    look_at_dates(column, value, length);
    look_at_numbers(column, value, length);
    column->n_private += is_private(value);
    if (!sg_guess_is_printable(value)) {
        column->many = true;
        return true;
    }
    return column->many || keep_value(column, value, arena);
}

static int compare_values(const void *a, const void *b)
{
    const sg_guess_value *left = a, *right = b;
    return strcmp(left->text, right->text);
}

void sg_guess_column_end(sg_guess_column *column)
{
    if (column->n_values > 1)
        qsort(column->values, column->n_values, sizeof *column->values, compare_values);
}
