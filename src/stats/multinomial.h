/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 12.5 For fits on patterns: how many of the N rows fall into each cell when N are drawn from them again. */
#ifndef SKILLGAIN_SRC_STATS_MULTINOMIAL_H
#define SKILLGAIN_SRC_STATS_MULTINOMIAL_H

#include <gsl/gsl_randist.h>

#include "skillgain/base/mem.h"
#include "skillgain/stats/resampling.h"

typedef struct sg_cell sg_cell;
typedef struct sg_cell_law sg_cell_law;
typedef struct {
    size_t n, n_filled, n_laws;
    sg_cell *filled;   /* those with rows, the fewest first */
    sg_cell_law *laws; /* of each number of rows */
    gsl_ran_discrete_t *by_rows;
    double n_rows;
} sg_cells;

/* Whole counts of rows, whose sum is 1 to 2^32 - 1: else SG_FAILED. In the arena, but for the tables that sg_cells_release frees, whatever
 * the status. */
sg_status sg_cells_prepare(const double *counts, size_t n, sg_arena *arena, sg_cells *out,
                           sg_err *err) SG_MUST_CHECK;

void sg_cells_release(sg_cells *cells);

/* The multinomial law, by the generator of the replicate; out has n places. The cells are first drawn one by one, by Poisson's law for somewhat
 * less than their rows (what has come to more than N in all is drawn anew); given their sum that is the multinomial law. The rows that
 * are missing to N are drawn one by one. SG_NO_MEMORY. */
sg_status sg_cells_draw(const sg_cells *cells, const sg_stream *stream, uint64_t replicate, double *out,
                        sg_err *err) SG_MUST_CHECK;

#endif
