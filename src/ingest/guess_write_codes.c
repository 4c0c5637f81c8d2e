/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guess.h"

enum { YEARS_AHEAD = 10, LONGEST_SHOWN = 60, LONGEST_RACE = 64 };

/* ---- codes ---- */

static bool is_ours(const sg_field *field, const char *value, const char *code)
{
    if (field->type == SG_TYPE_CODE)
        return sg_code_find(field->codes, value) != SG_CODE_UNKNOWN;
    return strcmp(value, code) == 0;
}

/* Rows whose value is our own code. */
static int64_t count_ours(const sg_guess_writing *writing, const sg_field *field,
                          const sg_guess_column *column)
{
    int64_t n = 0;
    for (size_t i = 0; i < column->n_values; i++) {
        const char *value = column->values[i].text;
        const char *code = sg_guess_code(writing->synonyms, field, column, value);
        if (code != NULL && is_ours(field, value, code))
            n += column->values[i].n;
    }
    return n;
}

/* A few values again and again: codes, whatever they are called. */
static bool has_unknown_codes(const sg_guess_column *column)
{
    enum { MOST_CODES = 30, TIMES = 5 };
    return !column->many && column->n_values <= MOST_CODES &&
           column->n_filled >= (int64_t)column->n_values * TIMES;
}

/* A few other texts among our codes are mistakes, which a list of codes would hide. */
bool sg_guess_needs_codes(const sg_guess_writing *writing, const sg_field *field,
                          const sg_guess_column *column)
{
    enum { ONE_OF = 50 };
    if (column->many || !sg_guess_has_codes(field))
        return false;
    int64_t ours = count_ours(writing, field, column);
    int64_t coded = sg_guess_coded(writing->synonyms, field, column);
    if (coded == 0 && field->type == SG_TYPE_CODE)
        return has_unknown_codes(column);
    return coded > ours && (column->n_filled - ours) * ONE_OF > column->n_filled;
}

int64_t sg_guess_known(const sg_guess_writing *writing, const sg_field *field, const sg_guess_column *column)
{
    return sg_guess_needs_codes(writing, field, column) ? sg_guess_coded(writing->synonyms, field, column)
                                                        : count_ours(writing, field, column);
}

/* A label of a category, as far as can be told: short, and no number that somebody may be known by. */
static bool is_label(const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        if (strspn(at, "0123456789") > 4)
            return false;
    return strlen(text) <= LONGEST_SHOWN;
}

/* A rare one may be of one person: a name, a note, a value of the next column. */
static bool is_common(const sg_guess_value *value, const sg_guess_column *column)
{
    enum { ROWS = 10, ONE_OF = 20 };
    return value->n >= ROWS || value->n * ONE_OF >= column->n_filled;
}

static void add_rows(sg_str *out, int64_t n)
{
    sg_str_add_count(out, n);
    sg_str_add(out, n == 1 ? " row" : " rows");
}

/* What has no code is taken as unknown, or refused where the field is strict; required texts stay what they are. */
static void write_unknown(sg_guess_writing *writing, const sg_field *field, const sg_guess_value *value)
{
    sg_str *out = &writing->text;
    if (field->type == SG_TYPE_TEXT) {
        sg_str_add(out, (field->flags & SG_FIELD_REQUIRED) != 0 ? "      " : "      # ");
        sg_guess_quote(out, value->text);
        sg_str_add(out, ": ");
        sg_guess_quote(out, value->text);
        sg_str_add(out, "   # no usual name; stays as it is\n");
        return;
    }
    sg_str_add(out, "      # ");
    sg_guess_quote(out, value->text);
    sg_str_add(out, ": ???   # ");
    add_rows(out, value->n);
    sg_str_add(out, "; nothing of ours is called so\n");
}

static void write_rare(sg_str *out, int64_t n_rare, int64_t n_rows)
{
    if (n_rare == 0)
        return;
    sg_str_add(out, "      # ");
    sg_str_add_count(out, n_rare);
    sg_str_add(out, " more, of ");
    add_rows(out, n_rows);
    sg_str_add(out,
               ": too rare to be written here, for they may be about a person; 'check' tells their lines\n");
}

static bool is_seen(const sg_guess_column *column, const char *value)
{
    for (size_t i = 0; i < column->n_values; i++)
        if (strcmp(column->values[i].text, value) == 0)
            return true;
    return false;
}

static void write_unseen(sg_str *out, const char *value, const char *code)
{
    sg_str_add(out, "      ");
    sg_guess_quote(out, value);
    sg_str_printf(out, ": %s   # not seen yet\n", code);
}

/* Flags come in pairs, and PIRL's with a 9: where one was seen, the others will come. */
static void write_unseen_flags(sg_guess_writing *writing, const sg_field *field,
                               const sg_guess_column *column)
{
    static const char *const schemes[][3] = {
        {"1", "0", "9"},     {"Y", "N", NULL}, {"y", "n", NULL},        {"Yes", "No", NULL},
        {"YES", "NO", NULL}, {"T", "F", NULL}, {"TRUE", "FALSE", NULL}, {"True", "False", NULL}};
    for (size_t s = 0; s < sizeof schemes / sizeof schemes[0]; s++) {
        if (!is_seen(column, schemes[s][0]) && !is_seen(column, schemes[s][1]))
            continue;
        for (size_t i = 0; i < 3 && schemes[s][i] != NULL; i++) {
            const char *code = sg_guess_code(writing->synonyms, field, column, schemes[s][i]);
            if (code != NULL && !is_seen(column, schemes[s][i]))
                write_unseen(&writing->text, schemes[s][i], code);
        }
    }
}

/* An export that has some of our own labels, such as "ABE Level 3", will have the others. */
static void write_unseen_labels(sg_str *out, const sg_code_list *list, const sg_guess_column *column)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += is_seen(column, list->codes[i].label);
    for (size_t i = 0; i < list->n && n * 2 > column->n_values; i++)
        if (!is_seen(column, list->codes[i].label))
            write_unseen(out, list->codes[i].label, list->codes[i].code);
}

void sg_guess_write_codes(sg_guess_writing *writing, const sg_field *field, const sg_guess_column *column)
{
    sg_str *out = &writing->text;
    int64_t coded = sg_guess_coded(writing->synonyms, field, column);
    bool shown = coded * 2 >= column->n_filled || has_unknown_codes(column);
    int64_t n_rare = 0, n_rows = 0;
    sg_str_add(out, coded > 0 ? "    codes:\n"
                              : "    # codes:   # say what each is in our words, and take the # away\n");
    for (size_t i = 0; i < column->n_values; i++) {
        const sg_guess_value *value = &column->values[i];
        const char *code = sg_guess_code(writing->synonyms, field, column, value->text);
        if (code == NULL && shown && is_common(value, column) && is_label(value->text)) {
            write_unknown(writing, field, value);
        } else if (code == NULL && shown) {
            n_rare++;
            n_rows += value->n;
        }
        if (code == NULL)
            continue;
        sg_str_add(out, "      ");
        sg_guess_quote(out, value->text);
        sg_str_printf(out, ": %s\n", code);
    }
    write_rare(out, n_rare, n_rows);
    if (coded == 0)
        return;
    if (field->type == SG_TYPE_CODE && field->codes == &sg_codes_yes_no)
        write_unseen_flags(writing, field, column);
    else if (field->type == SG_TYPE_CODE)
        write_unseen_labels(out, field->codes, column);
}

/* ---- program years ---- */

static bool is_fiscal(const sg_guess_column *column, const char *value)
{
    return *value == 'F' || *value == 'f' || strstr(column->name, "fiscal") != NULL ||
           sg_text_starts(column->name, "fy");
}

/* The program year that a value names: a fiscal year with one number is named by its last year. 0: it is no year. */
static int program_year(const sg_guess_column *column, const char *value)
{
    bool spans = false;
    int year = sg_guess_year(value, &spans);
    return year != 0 && !spans && is_fiscal(column, value) ? year - 1 : year;
}

static bool is_plain_year(const char *value, int year)
{
    char plain[16];
    (void)snprintf(plain, sizeof plain, "%d", year);
    return strcmp(plain, value) == 0;
}

bool sg_guess_needs_years(const sg_guess_column *column)
{
    for (size_t i = 0; i < column->n_values && !column->many; i++) {
        int year = program_year(column, column->values[i].text);
        if (year != 0 && !is_plain_year(column->values[i].text, year))
            return true;
    }
    return false;
}

static void write_year(sg_str *out, const char *text, int year)
{
    sg_str_add(out, "      ");
    sg_guess_quote(out, text);
    sg_str_printf(out, ": %d\n", year);
}

/* The value as it would be `ahead` years later, its other signs kept. */
static void later_year(sg_str *out, const char *value, int ahead)
{
    while (*value != '\0') {
        size_t digits = strspn(value, "0123456789");
        if (digits == 4)
            sg_str_printf(out, "%04d", sg_guess_digits(value, 4) + ahead);
        else if (digits == 2)
            sg_str_printf(out, "%02d", (sg_guess_digits(value, 2) + ahead) % 100);
        else
            sg_str_add_n(out, value, 1);
        value += digits == 4 || digits == 2 ? digits : 1;
    }
}

void sg_guess_write_years(sg_guess_writing *writing, const sg_guess_column *column)
{
    sg_str *out = &writing->text;
    const char *last = NULL;
    int latest = 0;
    sg_str_add(out, "    codes:\n");
    for (size_t i = 0; i < column->n_values; i++) {
        int year = program_year(column, column->values[i].text);
        if (year == 0)
            continue;
        write_year(out, column->values[i].text, year);
        if (year > latest) {
            latest = year;
            last = column->values[i].text;
        }
    }
    for (int ahead = 1; last != NULL && ahead <= YEARS_AHEAD; ahead++) {
        sg_str text = {0};
        later_year(&text, last, ahead);
        write_year(out, sg_str_text(&text), latest + ahead);
        writing->no_memory = writing->no_memory || text.failed;
        sg_str_release(&text);
    }
}

/* ---- races in a list ---- */

typedef struct {
    char names[SG_GUESS_CODES][LONGEST_RACE];
    size_t n;
} race_names;

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void add_name(race_names *names, const char *text, size_t length)
{
    text = sg_text_trim(text, length, &length);
    if (length == 0 || length >= LONGEST_RACE || names->n == SG_GUESS_CODES)
        return;
    for (size_t i = 0; i < names->n; i++)
        if (strlen(names->names[i]) == length && memcmp(names->names[i], text, length) == 0)
            return;
    memcpy(names->names[names->n], text, length);
    names->names[names->n++][length] = '\0';
}

void sg_guess_write_race_list(sg_guess_writing *writing, const sg_guess_column *column, char separator)
{
    const sg_field *race = &sg_kind_table(SG_KIND_ENROLLMENT)->fields[SG_ENROLLMENT_RACE];
    sg_str *out = &writing->text;
    race_names names = {.n = 0};
    for (size_t i = 0; i < column->n_values; i++)
        for (const char *at = column->values[i].text; at != NULL;) {
            const char *stop = strchr(at, separator);
            add_name(&names, at, stop != NULL ? (size_t)(stop - at) : strlen(at));
            at = stop != NULL ? stop + 1 : NULL;
        }
    qsort(names.names, names.n, sizeof names.names[0], compare_names);
    sg_str_printf(out, "    separator: \"%c\"\n    codes:\n", separator);
    for (size_t i = 0; i < names.n; i++) {
        const char *code = sg_guess_code(writing->synonyms, race, column, names.names[i]);
        if (code == NULL || strcmp(code, "two_or_more") == 0)
            continue; /* the import counts more than one by itself */
        sg_str_add(out, "      ");
        sg_guess_quote(out, names.names[i]);
        sg_str_printf(out, ": %s\n", code);
    }
}
