/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "multinomial.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>

static const double MOST_OF_TABLE =
    60.0; /* a mean above has no table, so that all tables stay near the processor */
static const double LEFT_TO_ROWS = 3.0; /* standard deviations: one sum in a thousand comes to more than N */

/* Poisson's law of the cells with so many rows: a table from `first` on, or the constants of the rejection. */
struct sg_cell_law {
    double mean;
    gsl_ran_discrete_t *table;
    double first;
    double log_mean, a, b, quick, log_scale;
};

/* A cell with rows. */
struct sg_cell {
    size_t index;
    const sg_cell_law *law;
};

/* ---- Poisson's law ---- */

/* Hormann 1993, Insurance: Mathematics and Economics 12:39, transformed rejection with squeeze (PTRS): the constants of a mean. */
static void prepare_rejection(sg_cell_law *law)
{
    law->log_mean = log(law->mean);
    law->b = 0.931 + 2.53 * sqrt(law->mean);
    law->a = -0.059 + 0.02483 * law->b;
    law->log_scale = log(1.1239 + 1.1328 / (law->b - 3.4));
    law->quick = 0.9277 - 3.6224 / (law->b - 2.0);
}

static double draw_by_rejection(const sg_cell_law *law, gsl_rng *generator)
{
    for (;;) {
        const double u = gsl_rng_uniform(generator) - 0.5, v = gsl_rng_uniform(generator);
        const double edge = 0.5 - fabs(u);
        const double k = floor((2.0 * law->a / edge + law->b) * u + law->mean + 0.43);
        if (edge >= 0.07 && v <= law->quick)
            return k;
        if (!(k >= 0.0) || (edge < 0.013 && v > edge))
            continue;
        if (log(v) + law->log_scale - log(law->a / (edge * edge) + law->b) <=
            k * law->log_mean - law->mean - gsl_sf_lnfact((unsigned)k))
            return k;
    }
}

/* The terms that are not below 1e-20 of all; Walker's table of them. false: out of memory. */
static bool make_table(sg_cell_law *law, double *terms)
{
    const double width = 10.0 * sqrt(law->mean);
    const double first = fmax(0.0, floor(law->mean - width)), last = ceil(law->mean + width + 25.0);
    const size_t n = law->mean > 0.0 ? (size_t)(last - first) + 1 : 1; /* a few rows in all: mean 0 */

    law->first = first;
    for (size_t i = 0; i < n; i++)
        terms[i] = law->mean > 0.0 ? gsl_ran_poisson_pdf((unsigned)first + (unsigned)i, law->mean) : 1.0;
    law->table = gsl_ran_discrete_preproc(n, terms);
    return law->table != NULL;
}

static double draw_rows(const sg_cell_law *law, gsl_rng *generator)
{
    return law->table != NULL ? law->first + (double)gsl_ran_discrete(generator, law->table)
                              : draw_by_rejection(law, generator);
}

/* ---- cells ---- */

typedef struct {
    size_t index;
    double rows;
} counted;

static int compare_rows(const void *left, const void *right)
{
    const counted *a = left, *b = right;

    if (a->rows < b->rows || a->rows > b->rows)
        return a->rows < b->rows ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* A law for each number of rows; cells of one law stand together. share: of the rows, drawn by Poisson's law. */
static sg_status make_cells(const counted *sorted, double share, sg_arena *arena, sg_cells *out, sg_err *err)
{
    double *terms = sg_arena_alloc(arena, (size_t)(20.0 * sqrt(MOST_OF_TABLE)) + 32, sizeof *terms);

    out->laws = sg_arena_alloc(arena, out->n_filled, sizeof *out->laws);
    out->filled = sg_arena_alloc(arena, out->n_filled, sizeof *out->filled);
    if (terms == NULL || out->laws == NULL || out->filled == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < out->n_filled; i++) {
        if (i == 0 || sorted[i].rows > sorted[i - 1].rows) {
            sg_cell_law *law = &out->laws[out->n_laws++];
            *law = (sg_cell_law){.mean = sorted[i].rows * share};
            if (law->mean > MOST_OF_TABLE)
                prepare_rejection(law);
            else if (!make_table(law, terms))
                return sg_no_memory(err);
        }
        out->filled[i] = (sg_cell){sorted[i].index, &out->laws[out->n_laws - 1]};
    }
    return SG_OK;
}

sg_status sg_cells_prepare(const double *counts, size_t n, sg_arena *arena, sg_cells *out, sg_err *err)
{
    counted *sorted = sg_arena_alloc(arena, n + 1, sizeof *sorted);

    *out = (sg_cells){.n = n};
    if (sorted == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        if (!(counts[i] >= 0.0 && fabs(counts[i] - floor(counts[i])) <= 0.0))
            return sg_fail(err, SG_FAILED, "cells that cannot be drawn from: a count that is not whole");
        out->n_rows += counts[i];
        if (counts[i] > 0.0)
            sorted[out->n_filled++] = (counted){i, counts[i]};
    }
    if (!(out->n_rows > 0.0 && out->n_rows < 4294967296.0))
        return sg_fail(err, SG_FAILED, "cells that cannot be drawn from: no rows, or more than 2^32 - 1");
    qsort(sorted, out->n_filled, sizeof *sorted, compare_rows);
    out->by_rows = gsl_ran_discrete_preproc(n, counts);
    if (out->by_rows == NULL)
        return sg_no_memory(err);
    return make_cells(sorted, fmax(0.0, 1.0 - LEFT_TO_ROWS / sqrt(out->n_rows)), arena, out, err);
}

void sg_cells_release(sg_cells *cells)
{
    for (size_t i = 0; i < cells->n_laws; i++)
        gsl_ran_discrete_free(cells->laws[i].table);
    gsl_ran_discrete_free(cells->by_rows);
    cells->n_laws = 0;
    cells->by_rows = NULL;
}

sg_status sg_cells_draw(const sg_cells *cells, const sg_stream *stream, uint64_t replicate, double *out,
                        sg_err *err)
{
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);
    double sum = HUGE_VAL;

    if (generator == NULL)
        return sg_no_memory(err);
    gsl_rng_set(generator, sg_stream_seed(stream, replicate));
    for (size_t i = 0; i < cells->n; i++)
        out[i] = 0.0;
    while (sum > cells->n_rows) {
        sum = 0.0;
        for (size_t i = 0; i < cells->n_filled; i++) {
            const double drawn = draw_rows(cells->filled[i].law, generator);
            out[cells->filled[i].index] = drawn;
            sum += drawn;
        }
    }
    for (; sum < cells->n_rows; sum += 1.0)
        out[gsl_ran_discrete(generator, cells->by_rows)] += 1.0;
    gsl_rng_free(generator);
    return SG_OK;
}
