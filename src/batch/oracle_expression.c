/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What entries write for a column: the loosest sign of a text is found first, and its sides are texts of the same kind. */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "oracle.h"

typedef sg_status evaluation(sg_frame *frame, const char *left, const char *right, sg_frame_column *out,
                             sg_err *err);

static double *new_numbers(const sg_frame *frame)
{
    return sg_arena_alloc(frame->arena, frame->n_rows + 1, sizeof(double));
}

/* ---- both sides are columns ---- */

/* Two sides as numbers; *out_n: how many of them are. */
static sg_status evaluate_sides(sg_frame *frame, const char *left, const char *right,
                                const sg_frame_column *out[2], sg_err *err)
{
    const sg_status status = sg_oracle_evaluate(frame, left, &out[0], err);

    return status == SG_OK ? sg_oracle_evaluate(frame, right, &out[1], err) : status;
}

static bool are_numbers(const sg_frame_column *const sides[2])
{
    return sides[0] != NULL && sides[1] != NULL && sides[0]->numbers != NULL && sides[1]->numbers != NULL;
}

typedef double arithmetic(double left, double right);

static sg_status compute(sg_frame *frame, const char *left, const char *right, arithmetic *f,
                         sg_frame_column *out, sg_err *err)
{
    const sg_frame_column *sides[2] = {NULL, NULL};
    sg_status status = evaluate_sides(frame, left, right, sides, err);

    if (status != SG_OK || !are_numbers(sides))
        return status;
    double *numbers = new_numbers(frame);
    if (numbers == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < frame->n_rows; i++)
        numbers[i] = f(sides[0]->numbers[i], sides[1]->numbers[i]);
    out->numbers = numbers;
    return SG_OK;
}

static double add(double left, double right)
{
    return left + right;
}

static double subtract(double left, double right)
{
    return left - right;
}

static double modulo(double left, double right)
{
    return left - right * floor(left / right);
}

static double otherwise(double left, double right)
{
    return isnan(left) ? right : left;
}

/* A comparison with what is missing does not hold. */
static double is_up_to(double left, double right)
{
    return left <= right ? 1.0 : 0.0;
}

static double is_from(double left, double right)
{
    return left >= right ? 1.0 : 0.0;
}

static double is_below(double left, double right)
{
    return left < right ? 1.0 : 0.0;
}

static double is_above(double left, double right)
{
    return left > right ? 1.0 : 0.0;
}

/* ---- texts ---- */

static sg_status join(sg_frame *frame, const char *left, const char *right, sg_frame_column *out, sg_err *err)
{
    const sg_frame_column *sides[2] = {NULL, NULL};
    const sg_status status = evaluate_sides(frame, left, right, sides, err);

    if (status != SG_OK || sides[0] == NULL || sides[1] == NULL)
        return status;
    const char **texts = sg_arena_alloc(frame->arena, frame->n_rows + 1, sizeof *texts);
    if (texts == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < frame->n_rows; i++) {
        texts[i] = sg_arena_printf(frame->arena, "%s|%s", sides[0]->texts[i], sides[1]->texts[i]);
        if (texts[i] == NULL)
            return sg_no_memory(err);
    }
    out->texts = texts;
    return SG_OK;
}

static sg_status is_text(sg_frame *frame, const char *left, const char *right, sg_frame_column *out,
                         sg_err *err)
{
    const sg_frame_column *column = NULL;
    const sg_status status = sg_oracle_evaluate(frame, left, &column, err);

    if (status != SG_OK || column == NULL)
        return status;
    double *numbers = new_numbers(frame);
    if (numbers == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < frame->n_rows; i++)
        numbers[i] = strcmp(column->texts[i], right) == 0 ? 1.0 : 0.0;
    out->numbers = numbers;
    return SG_OK;
}

/* ---- signs ---- */

static const struct {
    const char *sign;
    evaluation *evaluate;
    arithmetic *compute; /* else */
} SIGNS[] = {
    {" or ", NULL, otherwise}, {"|", join, NULL},       {"<=", NULL, is_up_to}, {">=", NULL, is_from},
    {"=", is_text, NULL},      {"<", NULL, is_below},   {">", NULL, is_above},  {"+", NULL, add},
    {"-", NULL, subtract},     {" mod ", NULL, modulo},
};

static char *trimmed(const sg_frame *frame, const char *text, size_t length)
{
    size_t n = 0;
    const char *from = sg_text_trim(text, length, &n);

    return sg_arena_strndup(frame->arena, from, n);
}

/* Splits at the first sign of the table that the text has; a column without texts or numbers where there is none. */
static sg_status evaluate_signs(sg_frame *frame, const char *text, sg_frame_column *out, sg_err *err)
{
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        const char *at = strstr(text, SIGNS[i].sign);
        if (at == NULL || at == text)
            continue;
        const char *behind = at + strlen(SIGNS[i].sign);
        const char *left = trimmed(frame, text, (size_t)(at - text));
        const char *right = trimmed(frame, behind, strlen(behind));
        if (left == NULL || right == NULL)
            return sg_no_memory(err);
        if (SIGNS[i].evaluate != NULL)
            return SIGNS[i].evaluate(frame, left, right, out, err);
        return compute(frame, left, right, SIGNS[i].compute, out, err);
    }
    return SG_OK;
}

/* "A, B when no gain": A, or B where A is missing. "days since day D; B when no gain": the same of msg_day, less D. */
static sg_status evaluate_time(sg_frame *frame, const char *text, sg_frame_column *out, sg_err *err)
{
    static const char SINCE[] = "days since day ", WHEN[] = " when no gain";
    const size_t length = strlen(text), n_when = sizeof WHEN - 1, n_since = sizeof SINCE - 1;
    const bool is_since = strncmp(text, SINCE, n_since) == 0;
    const char *from = is_since ? text + n_since : text;
    const char *comma = strchr(from, is_since ? ';' : ',');

    if (comma == NULL || length < n_when || strcmp(text + length - n_when, WHEN) != 0)
        return SG_OK;
    const char *first = trimmed(frame, from, (size_t)(comma - from));
    const char *second = trimmed(frame, comma + 1, (size_t)(text + length - n_when - comma - 1));
    if (first == NULL || second == NULL)
        return sg_no_memory(err);
    if (!is_since)
        return compute(frame, first, second, otherwise, out, err);
    const char *followed = sg_arena_printf(frame->arena, "msg_day or %s", second);
    if (followed == NULL)
        return sg_no_memory(err);
    return compute(frame, followed, first, subtract, out, err);
}

/* ---- words ---- */

static sg_status evaluate_number(const sg_frame *frame, const char *text, sg_frame_column *out, sg_err *err)
{
    double number = 0.0;

    if (!sg_parse_double(text, strlen(text), &number))
        return SG_OK;
    double *numbers = new_numbers(frame);
    if (numbers == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < frame->n_rows; i++)
        numbers[i] = number;
    out->numbers = numbers;
    return SG_OK;
}

/* "black": whether a column of names has "Black". */
static sg_status evaluate_level(const sg_frame *frame, const char *text, sg_frame_column *out, sg_err *err)
{
    for (size_t i = 0; i < frame->n_columns; i++) {
        const sg_frame_column *column = &frame->columns[i];
        size_t found = 0;
        double *numbers = column->numbers == NULL ? new_numbers(frame) : NULL;
        if (column->numbers == NULL && numbers == NULL)
            return sg_no_memory(err);
        for (size_t row = 0; numbers != NULL && row < frame->n_rows; row++) {
            numbers[row] = sg_text_equal_ascii(column->texts[row], text) ? 1.0 : 0.0;
            found += numbers[row] > 0.0 ? 1 : 0;
        }
        if (found > 0) {
            out->numbers = numbers;
            return SG_OK;
        }
    }
    return SG_OK;
}

/* "iet (ever)": what stands in brackets at the end is a remark. */
static size_t length_without_remark(const char *text)
{
    const size_t length = strlen(text);
    const char *open = strchr(text, '(');

    return open != NULL && open > text && open[-1] == ' ' && text[length - 1] == ')' ? (size_t)(open - text)
                                                                                     : length;
}

static bool is_known(const sg_frame_column *column)
{
    return column->texts != NULL || column->numbers != NULL;
}

static sg_status put_result(sg_frame *frame, const sg_frame_column *made, sg_err *err)
{
    return made->numbers != NULL ? sg_frame_put_numbers(frame, made->name, made->numbers, err)
                                 : sg_frame_put_texts(frame, made->name, made->texts, err);
}

sg_status sg_oracle_evaluate(sg_frame *frame, const char *text, const sg_frame_column **out, sg_err *err)
{
    *out = sg_frame_find(frame, text);
    if (*out != NULL)
        return SG_OK;
    const char *name = trimmed(frame, text, length_without_remark(text));
    if (name == NULL)
        return sg_no_memory(err);
    *out = sg_frame_find(frame, name);
    if (*out != NULL)
        return SG_OK;
    sg_frame_column made = {.name = name};
    sg_status status = evaluate_number(frame, name, &made, err);
    if (status == SG_OK && !is_known(&made))
        status = evaluate_time(frame, name, &made, err);
    if (status == SG_OK && !is_known(&made))
        status = evaluate_signs(frame, name, &made, err);
    if (status == SG_OK && !is_known(&made))
        status = evaluate_level(frame, name, &made, err);
    if (status != SG_OK || !is_known(&made))
        return status;
    status = put_result(frame, &made, err);
    *out = sg_frame_find(frame, name);
    return status;
}

sg_status sg_oracle_column(sg_frame *frame, const char *text, const sg_frame_column **out, sg_err *err)
{
    const sg_status status = text != NULL ? sg_oracle_evaluate(frame, text, out, err) : SG_OK;

    if (status == SG_OK && (text == NULL || *out == NULL))
        return sg_fail(err, SG_FAILED, "the data set has no column '%s'",
                       text != NULL ? text : "(none named)");
    return status;
}

sg_status sg_oracle_numbers(sg_frame *frame, const char *text, const double **out, sg_err *err)
{
    const sg_frame_column *column = NULL;
    const sg_status status = sg_oracle_column(frame, text, &column, err);

    if (status != SG_OK)
        return status;
    if (column == NULL || column->numbers == NULL)
        return sg_fail(err, SG_FAILED, "column '%s' has texts that are no numbers", text);
    *out = column->numbers;
    return SG_OK;
}
