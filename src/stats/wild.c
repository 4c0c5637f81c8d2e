/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wild cluster bootstrap, on sums by cluster alone. */
#include <gsl/gsl_rng.h>

#include "figure.h"
#include "linear.h"
#include "skillgain/stats/linear.h"

enum { MOST_ENUMERATED = 16 };
static const double AS_EXTREME = 1.0 - 1e-10;

/* With the coefficient's line m of (X'X)^-1 and s_g the scores under the hypothesis: a_g = m's_g, and c_gh = m'H_g M s_h,
 * how the scores of h move the residuals of g. */
typedef struct {
    size_t g;
    const double *own;   /* a, of g */
    const double *cross; /* c, g by g */
    double factor;       /* G/(G-1) (n-1)/(n-k) */
} wild;

static double studentise(const wild *w, const double *weights)
{
    double numerator = 0.0, squares = 0.0;

    for (size_t g = 0; g < w->g; g++) {
        const double part = weights[g] * w->own[g];
        const double meat = part - sg_dot(w->cross + g * w->g, weights, w->g);
        numerator += part;
        squares += meat * meat;
    }
    return numerator / sqrt(w->factor * squares);
}

/* Each vector of signs has its mirror image, with -t: half of them are enough. */
static double count_all_signs(const wild *w, double t)
{
    const uint32_t half = UINT32_C(1) << (w->g - 1);
    double weights[MOST_ENUMERATED], count = 0.0;

    weights[w->g - 1] = 1.0;
    for (uint32_t bits = 0; bits < half; bits++) {
        for (size_t g = 0; g + 1 < w->g; g++)
            weights[g] = (bits >> g & 1U) != 0 ? -1.0 : 1.0;
        count += fabs(studentise(w, weights)) >= fabs(t) * AS_EXTREME ? 2.0 : 0.0;
    }
    return count;
}

/* Webb's weights: +-sqrt(1/2), +-1, +-sqrt(3/2). false: out of memory. */
static bool count_draws(const wild *w, double t, size_t n_draws, uint32_t seed, double *weights,
                        double *out_count)
{
    const double points[6] = {-sqrt(1.5), -1.0, -sqrt(0.5), sqrt(0.5), 1.0, sqrt(1.5)};
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);

    if (generator == NULL)
        return false;
    gsl_rng_set(generator, seed);
    *out_count = 0.0;
    for (size_t draw = 0; draw < n_draws; draw++) {
        for (size_t g = 0; g < w->g; g++)
            weights[g] = points[gsl_rng_uniform_int(generator, 6)];
        *out_count += fabs(studentise(w, weights)) >= fabs(t) * AS_EXTREME ? 1.0 : 0.0;
    }
    gsl_rng_free(generator);
    return true;
}

/* ---- the hypothesis imposed ---- */

/* The scores with the coefficient at 0: s_g + H_g M e_j b_j / M_jj, e_j the unit vector; j among the active columns. */
static void restrict_scores(const sg_least_squares *ls, size_t j, double *out)
{
    const size_t k = ls->k;
    const double *line = ls->bread + j * k;
    const double shift = ls->fit.beta[ls->fit.active[j]] / line[j];

    for (size_t g = 0; g < ls->g; g++) {
        for (size_t i = 0; i < k; i++)
            out[g * k + i] = ls->scores[g * k + i] + shift * sg_dot(ls->gram + g * k * k + i * k, line, k);
    }
}

/* a_g and c_gh; moved: k. */
static void find_moves(const sg_least_squares *ls, size_t j, const double *scores, double *moved, double *own,
                       double *cross)
{
    const size_t k = ls->k;
    const double *line = ls->bread + j * k;

    for (size_t h = 0; h < ls->g; h++) {
        own[h] = sg_dot(line, scores + h * k, k);
        for (size_t i = 0; i < k; i++)
            moved[i] = sg_dot(ls->bread + i * k, scores + h * k, k);
        for (size_t g = 0; g < ls->g; g++)
            cross[g * ls->g + h] = sg_quadratic(ls->gram + g * k * k, line, moved, k);
    }
}

static sg_status run(const sg_least_squares *ls, size_t j, size_t n_draws, uint32_t seed, sg_arena *arena,
                     sg_wild_result *out, sg_err *err)
{
    const size_t g = ls->g, k = ls->k;
    const double n = ls->fit.learners, clusters = (double)g;
    double *scores = sg_arena_alloc(arena, g * k + k, sizeof *scores);
    double *own = sg_arena_alloc(arena, g * (g + 2), sizeof *own);

    if (scores == NULL || own == NULL)
        return sg_no_memory(err);
    double *cross = own + g, *weights = cross + g * g, squares = 0.0;
    const wild w = {.g = g,
                    .own = own,
                    .cross = cross,
                    .factor = clusters / (clusters - 1.0) * (n - 1.0) / (n - (double)k)};
    restrict_scores(ls, j, scores);
    find_moves(ls, j, scores, scores + g * k, own, cross);
    for (size_t c = 0; c < g; c++) {
        const double part = sg_dot(ls->bread + j * k, ls->scores + c * k, k);
        squares += part * part;
    }
    out->t = ls->fit.beta[ls->fit.active[j]] / sqrt(w.factor * squares);
    if (!isfinite(out->t))
        out->note = "no standard error";
    else if (g <= MOST_ENUMERATED) {
        out->draws = ldexp(1.0, (int)g);
        out->count = count_all_signs(&w, out->t);
        out->p = out->count / out->draws;
        out->smallest_p = 2.0 / out->draws;
    } else if (count_draws(&w, out->t, n_draws, seed, weights, &out->count)) {
        out->draws = (double)n_draws;
        out->p = (1.0 + out->count) / (1.0 + out->draws);
        out->smallest_p = 1.0 / (1.0 + out->draws);
    } else {
        return sg_no_memory(err);
    }
    return SG_OK;
}

sg_status sg_wild_cluster(const sg_observations *sample, const sg_model *model, size_t column, size_t n_draws,
                          uint32_t seed, sg_wild_result *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_wild_result result = {.status = SG_EST_OK, .note = ""};
    sg_least_squares ls = {0};
    size_t j = SIZE_MAX;

    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = sg_least_squares_fit(sample, model, arena, &ls, err);
    if (status != SG_OK)
        return status;
    for (size_t a = 1; a < ls.k && ls.obstacle == NULL; a++)
        j = ls.fit.active[a] == column ? a : j;
    if (ls.obstacle != NULL)
        result.note = ls.obstacle;
    else if (j == SIZE_MAX)
        result.note = "no such column, or it is determined by others";
    else if (ls.g < 2)
        result.note = "fewer than two clusters";
    else if (ls.g > MOST_ENUMERATED && n_draws == 0)
        result.note = "no draws";
    else
        status = run(&ls, j, n_draws, seed, arena, &result, err);
    if (status != SG_OK)
        return status;
    if (*result.note != '\0') {
        const char *note = result.note;
        result = (sg_wild_result){.status = SG_EST_NOT_ESTIMABLE, .note = note};
        result.t = result.p = result.smallest_p = nan("");
    }
    result.clusters = ls.g;
    *out = result;
    return SG_OK;
}
