/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit of a linear probability model, and its sums by cluster. */
#include <string.h>

#include "linear.h"
#include "robust.h"

/* The place of each cluster among those that have learners; NULL: out of memory. */
static size_t *place_clusters(const sg_least_squares *ls, sg_arena *arena, size_t *out_n)
{
    const sg_design *design = ls->design;
    size_t *place = sg_arena_alloc(arena, design->n_clusters + 1, sizeof *place);
    size_t n = 0;

    for (size_t i = 0; place != NULL && i < design->n_rows && design->n_clusters > 0; i++)
        place[design->cluster[i]] = 1;
    for (size_t c = 0; place != NULL && c < design->n_clusters; c++)
        place[c] = place[c] == 1 ? n++ : SIZE_MAX;
    *out_n = n;
    return place;
}

static void sum_cluster(const sg_least_squares *ls, const size_t *place, size_t cluster, double *matrix,
                        double *score)
{
    const sg_design *design = ls->design;

    for (size_t i = 0; i < design->n_rows; i++) {
        if (place[design->cluster[i]] != cluster)
            continue;
        const sg_residuals r = sg_fit_residuals(&ls->fit, design, i);
        const double with = ls->response.success[i], count = ls->response.count[i];
        const sg_entries x = sg_design_entries(design, i, design->arm[i]);
        sg_entries_outer(x, count * design->weight[i], matrix, design->n_columns);
        sg_entries_add(x, with * r.with + (count - with) * r.without, score);
    }
    sg_symmetrise(matrix, design->n_columns);
}

static sg_status sum_clusters(sg_least_squares *ls, sg_arena *arena, sg_err *err)
{
    const size_t p = ls->design->n_columns, k = ls->k;
    const size_t *place = place_clusters(ls, arena, &ls->g);
    double *matrix = sg_arena_alloc(arena, p * p + p, sizeof *matrix);

    ls->bread = sg_arena_alloc(arena, k * k, sizeof *ls->bread);
    ls->gram = sg_arena_alloc(arena, ls->g * k * k + 1, sizeof *ls->gram);
    ls->scores = sg_arena_alloc(arena, ls->g * k + 1, sizeof *ls->scores);
    if (place == NULL || matrix == NULL || ls->bread == NULL || ls->gram == NULL || ls->scores == NULL)
        return sg_no_memory(err);
    sg_pick(ls->fit.bread, p, ls->fit.active, k, ls->bread);
    for (size_t g = 0; g < ls->g; g++) {
        memset(matrix, 0, (p * p + p) * sizeof *matrix);
        sum_cluster(ls, place, g, matrix, matrix + p * p);
        sg_pick(matrix, p, ls->fit.active, k, ls->gram + g * k * k);
        for (size_t a = 0; a < k; a++)
            ls->scores[g * k + a] = matrix[p * p + ls->fit.active[a]];
    }
    return SG_OK;
}

static double sum_residual_squares(const sg_least_squares *ls)
{
    sg_sum sum = {0};

    for (size_t i = 0; i < ls->design->n_rows; i++) {
        const double mu = ls->fit.mu[i], with = ls->response.success[i];
        sg_sum_add(&sum, ls->design->weight[i] *
                             (with * (1.0 - mu) * (1.0 - mu) + (ls->response.count[i] - with) * mu * mu));
    }
    return sg_sum_value(&sum);
}

sg_status sg_least_squares_fit(const sg_observations *sample, const sg_model *model, sg_arena *arena,
                               sg_least_squares *out, sg_err *err)
{
    sg_design *design = sg_arena_alloc(arena, 1, sizeof *design);

    if (design == NULL)
        return sg_no_memory(err);
    *out = (sg_least_squares){.design = design};
    sg_status status = sg_design_build(sample, model, true, arena, design, &out->obstacle, err);
    if (status != SG_OK || out->obstacle != NULL)
        return status;
    status = sg_response_make(design, SG_OUTCOME, arena, &out->response, err);
    if (status == SG_OK)
        status = sg_fit_linear(design, out->response, arena, &out->fit, err);
    if (status != SG_OK)
        return status;
    if (!out->fit.converged || out->fit.rank_lost)
        out->obstacle = "columns that all but determine each other";
    else if (!(out->fit.learners > (double)out->fit.k))
        out->obstacle = "no more learners than columns";
    if (out->obstacle != NULL)
        return SG_OK;
    out->k = out->fit.k;
    out->residual_squares = sum_residual_squares(out);
    return sum_clusters(out, arena, err);
}
