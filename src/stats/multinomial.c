/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "multinomial.h"

#include <math.h>

#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>

static const double FEW = 10.0;         /* below, Poisson's law is summed up from 0 */
static const double LEFT_TO_ROWS = 3.0; /* standard deviations: one sum in a thousand comes to more than N */

/* `below`: rows of the cells before. The rest is of Poisson's law. */
struct sg_cell {
    size_t index;
    double rows, below;
    double mean, none; /* none: exp(-mean) */
    double log_mean, a, b, quick, log_scale;
};

/* Hormann 1993, Insurance: Mathematics and Economics 12:39, transformed rejection with squeeze (PTRS): the constants of a mean. */
static void prepare_rejection(sg_cell *cell)
{
    cell->log_mean = log(cell->mean);
    cell->b = 0.931 + 2.53 * sqrt(cell->mean);
    cell->a = -0.059 + 0.02483 * cell->b;
    cell->log_scale = log(1.1239 + 1.1328 / (cell->b - 3.4));
    cell->quick = 0.9277 - 3.6224 / (cell->b - 2.0);
}

static double draw_by_rejection(const sg_cell *cell, gsl_rng *generator)
{
    for (;;) {
        const double u = gsl_rng_uniform(generator) - 0.5, v = gsl_rng_uniform(generator);
        const double edge = 0.5 - fabs(u);
        const double k = floor((2.0 * cell->a / edge + cell->b) * u + cell->mean + 0.43);
        if (edge >= 0.07 && v <= cell->quick)
            return k;
        if (!(k >= 0.0) || (edge < 0.013 && v > edge))
            continue;
        if (log(v) + cell->log_scale - log(cell->a / (edge * edge) + cell->b) <=
            k * cell->log_mean - cell->mean - gsl_sf_lnfact((unsigned)k))
            return k;
    }
}

/* Rounding may leave some 1e-16 beyond the sum of all terms: there the terms have become 0. */
static double draw_by_sum(const sg_cell *cell, gsl_rng *generator)
{
    double u = gsl_rng_uniform(generator), term = cell->none, k = 0.0;

    while (u >= term && term > 0.0) {
        u -= term;
        k += 1.0;
        term *= cell->mean / k;
    }
    return k;
}

static sg_cell make_cell(size_t index, double rows, double below, double share)
{
    sg_cell cell = {.index = index, .rows = rows, .below = below, .mean = rows * share};

    cell.none = exp(-cell.mean);
    if (cell.mean >= FEW)
        prepare_rejection(&cell);
    return cell;
}

static size_t find_cell(const sg_cells *cells, uint32_t row)
{
    size_t at = cells->beside[(uint64_t)row * cells->n_filled / cells->n_rows];

    while ((double)row >= cells->filled[at].below + cells->filled[at].rows)
        at++;
    return at;
}

sg_status sg_cells_prepare(const double *counts, size_t n, sg_arena *arena, sg_cells *out, sg_err *err)
{
    double total = 0.0, below = 0.0;
    size_t at = 0;

    *out = (sg_cells){.n = n};
    for (size_t i = 0; i < n; i++) {
        if (!(counts[i] >= 0.0 && fabs(counts[i] - floor(counts[i])) <= 0.0))
            return sg_fail(err, SG_FAILED, "cells that cannot be drawn from: a count that is not whole");
        total += counts[i];
        out->n_filled += counts[i] > 0.0 ? 1 : 0;
    }
    if (!(total > 0.0 && total < 4294967296.0))
        return sg_fail(err, SG_FAILED, "cells that cannot be drawn from: no rows, or more than 2^32 - 1");
    out->n_rows = (uint32_t)total;
    out->filled = sg_arena_alloc(arena, out->n_filled, sizeof *out->filled);
    out->beside = sg_arena_alloc(arena, out->n_filled, sizeof *out->beside);
    if (out->filled == NULL || out->beside == NULL)
        return sg_no_memory(err);
    const double share = fmax(0.0, 1.0 - LEFT_TO_ROWS / sqrt(total));
    for (size_t i = 0; i < n; i++) {
        if (!(counts[i] > 0.0))
            continue;
        out->filled[at++] = make_cell(i, counts[i], below, share);
        below += counts[i];
    }
    at = 0;
    for (size_t i = 0; i < out->n_filled; i++) {
        /* the first row that find_cell looks up by i */
        const uint64_t row = ((uint64_t)i * out->n_rows + out->n_filled - 1) / out->n_filled;
        while ((double)row >= out->filled[at].below + out->filled[at].rows && at + 1 < out->n_filled)
            at++;
        out->beside[i] = (uint32_t)at;
    }
    return SG_OK;
}

sg_status sg_cells_draw(const sg_cells *cells, const sg_stream *stream, uint64_t replicate, double *out,
                        sg_err *err)
{
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);
    const double n_rows = (double)cells->n_rows;
    double sum = HUGE_VAL;

    if (generator == NULL)
        return sg_no_memory(err);
    gsl_rng_set(generator, sg_stream_seed(stream, replicate));
    for (size_t i = 0; i < cells->n; i++)
        out[i] = 0.0;
    while (sum > n_rows) {
        sum = 0.0;
        for (size_t i = 0; i < cells->n_filled; i++) {
            const sg_cell *cell = &cells->filled[i];
            const double drawn = cell->mean < FEW ? draw_by_sum(cell, generator)
                                                  : draw_by_rejection(cell, generator);
            out[cell->index] = drawn;
            sum += drawn;
        }
    }
    for (; sum < n_rows; sum += 1.0) {
        const uint32_t row = (uint32_t)gsl_rng_uniform_int(generator, cells->n_rows);
        out[cells->filled[find_cell(cells, row)].index] += 1.0;
    }
    gsl_rng_free(generator);
    return SG_OK;
}
