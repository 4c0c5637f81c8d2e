/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare_column.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/base/parse.h"
#include "skillgain/base/text.h"

#define N_OF(list) (sizeof(list) / sizeof *(list))

static bool is_one_of(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (sg_text_equal_ascii(text, words[i]))
            return true;
    return false;
}

static bool is_missing(const char *text)
{
    static const char *const words[] = {"", "NA", "NaN", "-NaN", "+NaN", "N/A", "NULL", "."};

    return is_one_of(text, words, N_OF(words));
}

static const double LARGEST = 1e150; /* its square is a number still */

static bool is_infinite(const char *text)
{
    static const char *const words[] = {"Inf", "-Inf", "+Inf", "Infinity", "-Infinity", "+Infinity"};

    return is_one_of(text, words, N_OF(words)) || sg_parse_is_beyond(text);
}

/* ---- numbers ---- */

/* All texts as numbers; false: one of them is none. An infinite one is noted by its row, from 1, and counts as a number. */
static bool read_numbers(const char *const *texts, size_t n, double *out, size_t *out_infinite)
{
    *out_infinite = 0;
    for (size_t i = 0; i < n; i++) {
        const bool is_number = sg_parse_scientific(texts[i], strlen(texts[i]), &out[i]);

        if (!*texts[i])
            out[i] = nan("");
        else if (is_number ? fabs(out[i]) > LARGEST : is_infinite(texts[i]))
            *out_infinite = *out_infinite ? *out_infinite : i + 1;
        else if (!is_number)
            return false;
    }
    return true;
}

static const sg_frame_column *find(const sg_frame *frame, const char *name, sg_err *err)
{
    const sg_frame_column *column = sg_frame_find(frame, name);
    sg_str names = {0};

    if (column)
        return column;
    for (size_t i = 0; i < frame->n_columns && i < 20; i++)
        sg_str_printf(&names, "%s%s", i ? ", " : "", frame->columns[i].name);
    (void)sg_fail(err, SG_USAGE, "the table has no column '%s'; it has %s%s", name, sg_str_text(&names),
                  frame->n_columns > 20 ? ", ..." : "");
    sg_str_release(&names);
    return NULL;
}

/* "line 12" of the file; of a table that is of none, "row 11". */
enum { PLACE = 32 };
static const char *tell_place(const sg_frame *frame, size_t row, char buffer[PLACE])
{
    if (frame->lines)
        (void)snprintf(buffer, PLACE, "line %lld", (long long)frame->lines[row]);
    else
        (void)snprintf(buffer, PLACE, "row %zu", row + 1);
    return buffer;
}

sg_status sg_compare_column(const sg_frame *frame, const char *name, sg_frame_column *out, sg_err *err)
{
    const sg_frame_column *column = find(frame, name, err);
    const char **texts = sg_arena_alloc(frame->arena, frame->n_rows + 1, sizeof *texts);
    double *numbers = sg_arena_alloc(frame->arena, frame->n_rows + 1, sizeof *numbers);
    size_t infinite;
    char place[PLACE];

    if (!column)
        return SG_USAGE;
    if (!texts || !numbers)
        return sg_no_memory(err);
    for (size_t i = 0; i < frame->n_rows; i++)
        texts[i] = is_missing(column->texts[i]) ? "" : column->texts[i];
    *out = (sg_frame_column){.name = column->name, .texts = texts};
    if (!read_numbers(texts, frame->n_rows, numbers, &infinite))
        return SG_OK;
    if (infinite)
        return sg_fail(
            err, SG_USAGE,
            "column '%s', %s: an infinite number, or one too large; leave it empty, or the row out", name,
            tell_place(frame, infinite - 1, place));
    out->numbers = numbers;
    return SG_OK;
}

/* ---- conditions ---- */

typedef enum { EQUAL, LESS, LESS_EQUAL, MORE, MORE_EQUAL } comparison;

typedef struct {
    const char *column, *value; /* column NULL: the text is no condition */
    comparison sign;
} condition;

/* "COL>=3": the first sign of the text that is no column's name as a whole. */
static sg_status read_condition(const sg_frame *frame, const char *text, condition *out, sg_err *err)
{
    const char *sign = strpbrk(text, "=<>");
    bool with_equal;

    *out = (condition){0};
    if (sg_frame_find(frame, text) || !sign)
        return SG_OK;
    with_equal = *sign != '=' && sign[1] == '=';
    out->column = sg_arena_strndup(frame->arena, text, (size_t)(sign - text));
    out->value = sign + (with_equal ? 2 : 1);
    out->sign = *sign == '='   ? EQUAL
                : *sign == '<' ? (with_equal ? LESS_EQUAL : LESS)
                               : (with_equal ? MORE_EQUAL : MORE);
    return out->column ? SG_OK : sg_no_memory(err);
}

static bool holds(comparison sign, double left, double right)
{
    switch (sign) {
    case EQUAL: return left == right;
    case LESS: return left < right;
    case LESS_EQUAL: return left <= right;
    case MORE: return left > right;
    case MORE_EQUAL: return left >= right;
    }
    return false;
}

/* A value that no row has is taken for a slip, as one in the wrong case is; of a column without any value there is none to name. */
static sg_status check_value(const sg_frame *frame, const sg_frame_column *column, const condition *c,
                             sg_err *err)
{
    enum { MOST_NAMED = 20 };
    sg_frame_levels levels;
    sg_str names = {0};
    size_t n = 0;
    sg_status status = sg_frame_find_levels(frame, column, &levels, err);

    if (status != SG_OK)
        return status;
    for (size_t l = 0; l < levels.n; l++)
        if (*levels.names[l] && ++n <= MOST_NAMED)
            sg_str_printf(&names, "%s'%s'", n > 1 ? ", " : "", levels.names[l]);
    if (n)
        status = sg_fail(err, SG_USAGE, "no row has '%s' in '%s'; the values there are: %s%s", c->value,
                         c->column, sg_str_text(&names), n > MOST_NAMED ? ", ..." : "");
    sg_str_release(&names);
    return status;
}

static sg_status judge_condition(const sg_frame *frame, const condition *c, double *out, sg_err *err)
{
    sg_frame_column column;
    double value = 0;
    bool is_number = sg_parse_scientific(c->value, strlen(c->value), &value), is_there = false;
    sg_status status = sg_compare_column(frame, c->column, &column, err);

    if (status != SG_OK)
        return status;
    if (c->sign != EQUAL && (!is_number || !column.numbers))
        return sg_fail(err, SG_USAGE, "'%s' is compared with '%s': both must be numbers", c->column,
                       c->value);
    for (size_t i = 0; i < frame->n_rows; i++) {
        if (!*column.texts[i])
            out[i] = nan("");
        else if (column.numbers && is_number)
            out[i] = holds(c->sign, column.numbers[i], value);
        else
            out[i] = strcmp(column.texts[i], c->value) == 0;
        is_there = is_there || out[i] == 1;
    }
    return c->sign == EQUAL && !is_there ? check_value(frame, &column, c, err) : SG_OK;
}

/* ---- yes and no ---- */

static bool read_yes_no(const char *text, double *out)
{
    static const char *const yes[] = {"1", "yes", "true", "y", "iet"}, *const no[] = {"0", "no", "false", "n",
                                                                                      "comparison"};

    if (is_one_of(text, yes, N_OF(yes)))
        *out = 1;
    else if (is_one_of(text, no, N_OF(no)))
        *out = 0;
    else
        return false;
    return true;
}

static bool is_zero_or_one(double number)
{
    return isnan(number) || number == 0 || number == 1;
}

/* The column's own values; false: the first row, from 1, whose value says neither. */
static bool read_column(const sg_frame_column *column, size_t n, double *out, size_t *out_row)
{
    for (size_t i = 0; i < n; i++) {
        bool is_read = true;

        if (!*column->texts[i])
            out[i] = nan("");
        else if (column->numbers && is_zero_or_one(column->numbers[i]))
            out[i] = column->numbers[i];
        else
            is_read = read_yes_no(column->texts[i], &out[i]);
        if (!is_read) {
            *out_row = i + 1;
            return false;
        }
    }
    return true;
}

sg_status sg_compare_yes_no(const sg_frame *frame, const char *text, const char *what, double **out,
                            bool *out_is_yes_no, sg_err *err)
{
    double *values = sg_arena_alloc(frame->arena, frame->n_rows + 1, sizeof *values);
    condition c;
    sg_frame_column column;
    size_t row = 0;
    char place[PLACE];
    sg_status status = values ? read_condition(frame, text, &c, err) : sg_no_memory(err);

    if (status != SG_OK)
        return status;
    *out = values;
    if (out_is_yes_no)
        *out_is_yes_no = true;
    if (c.column)
        return judge_condition(frame, &c, values, err);
    status = sg_compare_column(frame, text, &column, err);
    if (status != SG_OK || read_column(&column, frame->n_rows, values, &row))
        return status;
    if (out_is_yes_no && column.numbers) {
        *out_is_yes_no = false;
        memcpy(values, column.numbers, frame->n_rows * sizeof *values);
        return SG_OK;
    }
    return sg_fail(err, SG_USAGE,
                   "%s '%s', %s: neither 1 nor 0, yes nor no; say what counts as a yes by "
                   "'%s=VALUE' or '%s>NUMBER'",
                   what, text, tell_place(frame, row - 1, place), text, text);
}
