/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A frame: a prepared table in memory, by column, one row a learner (or a cell with its counts). Everything
 * in it lives in the arena that it was made with. An empty text is a missing value.
 */
#ifndef SKILLGAIN_MODEL_FRAME_H
#define SKILLGAIN_MODEL_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skillgain/base/err.h"
#include "skillgain/base/mem.h"

typedef struct {
    const char *name;
    const char *const *texts; /* by row, never NULL; "": missing */
    const double *numbers;    /* by row, NaN: missing; NULL where a text that is not empty is no number */
} sg_frame_column;

typedef struct {
    sg_arena *arena;
    sg_frame_column *columns;
    size_t n_columns, n_rows;
    const int64_t *lines; /* of the file, by row, on which each begins; NULL: it is of no file */
} sg_frame;

const sg_frame_column *sg_frame_find(const sg_frame *frame, const char *name); /* NULL: none */

/* Puts a column behind the others, or in the place of one of that name. The frame keeps what it is given:
 * n_rows texts, whose numbers are read here, or n_rows numbers, whose texts are made here. */
sg_status sg_frame_put_texts(sg_frame *frame, const char *name, const char *const *texts,
                             sg_err *err) SG_MUST_CHECK;
sg_status sg_frame_put_numbers(sg_frame *frame, const char *name, const double *numbers,
                               sg_err *err) SG_MUST_CHECK;

/* The rows that are kept, in their order, as a frame of its own in the arena of the first. Whether a column is one of
 * numbers is as it was before. */
sg_status sg_frame_select(const sg_frame *frame, const bool *keep, sg_frame *out, sg_err *err) SG_MUST_CHECK;

/* The different texts of a column in byte order, and of each row the place of its own. A missing value is a
 * level like any other: the first, "". */
typedef struct {
    const char *const *names;
    size_t n;
    const size_t *of_row;
} sg_frame_levels;
sg_status sg_frame_find_levels(const sg_frame *frame, const sg_frame_column *column, sg_frame_levels *out,
                               sg_err *err) SG_MUST_CHECK;

#endif
