/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/frame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/base/parse.h"
#include "skillgain/base/text.h"

const sg_frame_column *sg_frame_find(const sg_frame *frame, const char *name)
{
    for (size_t i = 0; i < frame->n_columns; i++) {
        if (strcmp(frame->columns[i].name, name) == 0)
            return &frame->columns[i];
    }
    return NULL;
}

/* ---- columns ---- */

static sg_status put_column(sg_frame *frame, sg_frame_column column, sg_err *err)
{
    for (size_t i = 0; i < frame->n_columns; i++) {
        if (strcmp(frame->columns[i].name, column.name) == 0) {
            frame->columns[i] = column;
            return SG_OK;
        }
    }
    sg_frame_column *columns = sg_arena_alloc(frame->arena, frame->n_columns + 1, sizeof *columns);
    if (columns == NULL)
        return sg_no_memory(err);
    if (frame->n_columns > 0)
        memcpy(columns, frame->columns, frame->n_columns * sizeof *columns);
    columns[frame->n_columns] = column;
    frame->columns = columns;
    frame->n_columns++;
    return SG_OK;
}

/* False: one of the texts is no number. */
static bool read_numbers(const char *const *texts, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++) {
        if (*texts[i] == '\0')
            out[i] = nan("");
        else if (!sg_parse_double(texts[i], strlen(texts[i]), &out[i]))
            return false;
    }
    return true;
}

sg_status sg_frame_put_texts(sg_frame *frame, const char *name, const char *const *texts, sg_err *err)
{
    double *numbers = sg_arena_alloc(frame->arena, frame->n_rows + 1, sizeof *numbers);
    sg_frame_column column = {.name = name, .texts = texts};

    if (numbers == NULL)
        return sg_no_memory(err);
    if (read_numbers(texts, frame->n_rows, numbers))
        column.numbers = numbers;
    return put_column(frame, column, err);
}

sg_status sg_frame_put_numbers(sg_frame *frame, const char *name, const double *numbers, sg_err *err)
{
    const char **texts = sg_arena_alloc(frame->arena, frame->n_rows + 1, sizeof *texts);
    sg_str text = {0};
    bool failed = texts == NULL;

    for (size_t i = 0; i < frame->n_rows && !failed; i++) {
        sg_str_reset(&text);
        sg_str_add_exact(&text, numbers[i]);
        texts[i] = sg_arena_strdup(frame->arena, sg_str_text(&text));
        failed = text.failed || texts[i] == NULL;
    }
    sg_str_release(&text);
    if (failed)
        return sg_no_memory(err);
    return put_column(frame, (sg_frame_column){.name = name, .texts = texts, .numbers = numbers}, err);
}

/* ---- rows ---- */

static sg_status select_column(const sg_frame *from, const sg_frame_column *column, const bool *keep,
                               sg_frame *to, sg_err *err)
{
    const char **texts = sg_arena_alloc(to->arena, to->n_rows + 1, sizeof *texts);
    double *numbers = sg_arena_alloc(to->arena, to->n_rows + 1, sizeof *numbers);
    size_t n = 0;

    if (texts == NULL || numbers == NULL)
        return sg_no_memory(err);
    for (size_t row = 0; row < from->n_rows; row++) {
        if (!keep[row])
            continue;
        texts[n] = column->texts[row];
        if (column->numbers != NULL)
            numbers[n] = column->numbers[row];
        n++;
    }
    const sg_frame_column selected = {
        .name = column->name, .texts = texts, .numbers = column->numbers != NULL ? numbers : NULL};
    return put_column(to, selected, err);
}

sg_status sg_frame_select(const sg_frame *frame, const bool *keep, sg_frame *out, sg_err *err)
{
    sg_status status = SG_OK;

    *out = (sg_frame){.arena = frame->arena};
    for (size_t row = 0; row < frame->n_rows; row++)
        out->n_rows += keep[row] ? 1 : 0;
    for (size_t i = 0; i < frame->n_columns && status == SG_OK; i++)
        status = select_column(frame, &frame->columns[i], keep, out, err);
    return status;
}

/* ---- levels ---- */

typedef struct {
    const char *text;
    size_t row;
} place;

static int compare_places(const void *left, const void *right)
{
    const place *a = left, *b = right;
    const int order = strcmp(a->text, b->text);

    if (order != 0)
        return order;
    return a->row < b->row ? -1 : a->row > b->row;
}

sg_status sg_frame_find_levels(const sg_frame *frame, const sg_frame_column *column, sg_frame_levels *out,
                               sg_err *err)
{
    SG_AUTO_FREE place *places = NULL;
    size_t capacity = 0, n = 0;
    const char **names = sg_arena_alloc(frame->arena, frame->n_rows + 1, sizeof *names);
    size_t *of_row = sg_arena_alloc(frame->arena, frame->n_rows + 1, sizeof *of_row);

    if (names == NULL || of_row == NULL || !sg_grow(&places, &capacity, frame->n_rows + 1, sizeof *places))
        return sg_no_memory(err);
    for (size_t row = 0; row < frame->n_rows; row++)
        places[row] = (place){.text = column->texts[row], .row = row};
    qsort(places, frame->n_rows, sizeof *places, compare_places);
    for (size_t i = 0; i < frame->n_rows; i++) {
        if (n == 0 || strcmp(names[n - 1], places[i].text) != 0)
            names[n++] = places[i].text;
        of_row[places[i].row] = n - 1;
    }
    *out = (sg_frame_levels){.names = names, .n = n, .of_row = of_row};
    return SG_OK;
}
