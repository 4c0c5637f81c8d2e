/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 12.5 For fits on patterns: how many of the N rows fall into each cell when N are drawn from them again. */
#ifndef SKILLGAIN_SRC_STATS_MULTINOMIAL_H
#define SKILLGAIN_SRC_STATS_MULTINOMIAL_H

#include "skillgain/base/mem.h"
#include "skillgain/stats/resampling.h"

typedef struct sg_cell sg_cell;
typedef struct {
    size_t n, n_filled;
    sg_cell *filled;  /* those with rows */
    uint32_t *beside; /* the filled cell in which row i N / n_filled lies */
    uint32_t n_rows;
} sg_cells;

/* Whole counts of rows, whose sum is 1 to 2^32 - 1: else SG_FAILED. In the arena. */
sg_status sg_cells_prepare(const double *counts, size_t n, sg_arena *arena, sg_cells *out,
                           sg_err *err) SG_MUST_CHECK;

/* The multinomial law, by the generator of the replicate; out has n places. The cells are first drawn one by one, by Poisson's law for somewhat
 * less than their rows (what has come to more than N in all is drawn anew); given their sum that is the multinomial law. The rows that
 * are missing to N are drawn one by one. SG_NO_MEMORY. */
sg_status sg_cells_draw(const sg_cells *cells, const sg_stream *stream, uint64_t replicate, double *out,
                        sg_err *err) SG_MUST_CHECK;

#endif
