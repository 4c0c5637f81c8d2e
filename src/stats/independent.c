/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns of a design the earlier ones determine. */
#include <string.h>

#include "fit.h"

/* Least squared residual, of the column's squared length about its mean, that makes a column its own. A pivot of the
 * Cholesky factor is that residual, but for what cancels in it: below SUSPECT it is computed again from the rows. */
static const double OWN = 1e-14, SUSPECT = 1e-8;

typedef struct {
    const sg_design *design;
    const double *count;
    double *gram; /* X'CX about the means, n_columns by n_columns */
    double *mean, total;
    double *lower;          /* the factor of the active columns, line by line */
    double *line, *weights; /* of n_columns */
    size_t *active, k;
} search;

static void make_gram(search *s)
{
    const size_t p = s->design->n_columns;

    sg_design_gather(s->design, s->count, s->count, s->mean, s->gram);
    for (size_t i = 0; i < s->design->n_rows; i++)
        s->total += s->count[i];
    for (size_t j = 0; j < p; j++)
        s->mean[j] = s->total > 0.0 ? s->mean[j] / s->total : 0.0;
    for (size_t i = 1; i < p; i++) {
        for (size_t j = 1; j < p; j++)
            s->gram[i * p + j] -= s->total * s->mean[i] * s->mean[j];
    }
}

/* The squared residual of column j on the intercept and the active columns, row by row. */
static double sum_residual(search *s, size_t j)
{
    const size_t p = s->design->n_columns;
    double sum = 0.0;

    /* back from L w = line: the coefficients are L'^-1 line */
    for (size_t a = s->k; a-- > 0;) {
        double weight = s->line[a];
        for (size_t b = a + 1; b < s->k; b++)
            weight -= s->lower[b * p + a] * s->weights[b];
        s->weights[a] = weight / s->lower[a * p + a];
    }
    for (size_t i = 0; i < s->design->n_rows; i++) {
        const sg_entries x = sg_design_entries(s->design, i, s->design->arm[i]);
        double residual = -s->mean[j];
        if (!(s->count[i] > 0.0))
            continue;
        for (size_t e = 0; e < x.n; e++)
            residual += x.index[e] == j ? x.value[e] : 0.0;
        for (size_t a = 0; a < s->k; a++) {
            double value = -s->mean[s->active[a]];
            for (size_t e = 0; e < x.n; e++)
                value += x.index[e] == s->active[a] ? x.value[e] : 0.0;
            residual -= s->weights[a] * value;
        }
        sum += s->count[i] * residual * residual;
    }
    return sum;
}

static void try_column(search *s, size_t j)
{
    const size_t p = s->design->n_columns;
    const double length = s->gram[j * p + j];

    for (size_t a = 0; a < s->k; a++)
        s->line[a] = (s->gram[j * p + s->active[a]] - sg_dot(s->lower + a * p, s->line, a)) /
                     s->lower[a * p + a];
    double residual = length - sg_dot(s->line, s->line, s->k);
    if (!(length > OWN * s->total * s->mean[j] * s->mean[j]) || !isfinite(length)) /* constant */
        return;
    if (residual < SUSPECT * length)
        residual = sum_residual(s, j);
    if (!(residual >= OWN * length))
        return;
    memcpy(s->lower + s->k * p, s->line, s->k * sizeof *s->line);
    s->lower[s->k * p + s->k] = sqrt(residual);
    s->active[s->k++] = j;
}

sg_status sg_design_independent(const sg_design *design, const double *count, sg_arena *arena,
                                size_t **out_active, size_t *out_n, sg_err *err)
{
    const size_t p = design->n_columns;
    search s = {.design = design,
                .count = count,
                .gram = sg_arena_alloc(arena, p * p, sizeof(double)),
                .mean = sg_arena_alloc(arena, p, sizeof(double)),
                .lower = sg_arena_alloc(arena, p * p, sizeof(double)),
                .line = sg_arena_alloc(arena, p, sizeof(double)),
                .weights = sg_arena_alloc(arena, p, sizeof(double)),
                .active = sg_arena_alloc(arena, p + 1, sizeof(size_t))};

    if (s.gram == NULL || s.mean == NULL || s.lower == NULL || s.line == NULL || s.weights == NULL ||
        s.active == NULL)
        return sg_no_memory(err);
    make_gram(&s);
    size_t *columns =
        s.active; /* the intercept is always there and, all being about their means, not in the factor */
    s.active = columns + 1;
    for (size_t j = 1; j < p; j++)
        try_column(&s, j);
    columns[0] = 0;
    *out_active = columns;
    *out_n = s.k + 1;
    return SG_OK;
}

/* ---- is a coefficient one, whichever columns are left out? ---- */

static const double NO_PART = 1e-6; /* of one column in another, both in units of their lengths */

/* Whether a column that was left out takes a part of `column` to make up. gram: X'CX. */
static bool takes_part(const sg_fit *fit, const double *gram, size_t p, size_t left_out, size_t column,
                       sg_spd *spd, double *parts)
{
    for (size_t a = 0; a < fit->k; a++)
        parts[a] = gram[fit->active[a] * p + left_out];
    sg_spd_solve(spd, parts);
    for (size_t a = 0; a < fit->k; a++) {
        if (fit->active[a] == column)
            return fabs(parts[a]) * sqrt(gram[column * p + column]) >
                   NO_PART * sqrt(gram[left_out * p + left_out]);
    }
    return false;
}

sg_status sg_fit_identifies(const sg_fit *fit, const sg_design *design, sg_response response, size_t column,
                            sg_arena *arena, bool *out, sg_err *err)
{
    const size_t p = design->n_columns;
    size_t next = 0;
    sg_spd spd = {0};

    *out = true;
    if (fit->k == p)
        return SG_OK;
    double *gram = sg_arena_alloc(arena, 2 * p * p, sizeof *gram),
           *parts = sg_arena_alloc(arena, 2 * p, sizeof *parts);
    if (gram == NULL || parts == NULL || !sg_spd_init(&spd, fit->k, arena))
        return sg_no_memory(err);
    sg_design_gather(design, response.count, response.count, parts + p, gram);
    sg_pick(gram, p, fit->active, fit->k, gram + p * p);
    if (!sg_spd_factor(&spd, gram + p * p))
        return SG_OK;
    for (size_t j = 0; j < p; j++) {
        if (next < fit->k && fit->active[next] == j)
            next++;
        else if (gram[j * p + j] > 0.0 && takes_part(fit, gram, p, j, column, &spd, parts))
            *out = false;
    }
    return SG_OK;
}
