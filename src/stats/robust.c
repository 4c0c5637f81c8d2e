/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "robust.h"

#include <string.h>

#include <gsl/gsl_cdf.h>

#include "figure.h"

void sg_fit_leverages(const sg_fit *fit, const sg_design *design, double *out)
{
    sg_design_quadratic(design, fit->bread, out);
    for (size_t i = 0; i < design->n_rows; i++)
        out[i] *= design->weight[i] * fit->variance[i];
}

sg_status sg_meat_learners(const sg_fit *fit, const sg_design *design, sg_response response, bool by_leverage,
                           sg_arena *arena, double *out, sg_err *err)
{
    const size_t n = design->n_rows;
    double *squares = sg_arena_alloc(arena, 2 * n + design->n_columns, sizeof *squares);

    if (squares == NULL)
        return sg_no_memory(err);
    double *leverages = squares + n, *sum = squares + 2 * n;
    if (by_leverage)
        sg_fit_leverages(fit, design, leverages);
    for (size_t i = 0; i < n; i++) {
        const sg_residuals r = sg_fit_residuals(fit, design, i);
        const double with = response.success[i], without = response.count[i] - with;
        const double left = 1.0 - leverages[i];
        if (response.count[i] > 0.0)
            squares[i] = (with * r.with * r.with + without * r.without * r.without) / (left * left);
    }
    sg_design_gather(design, squares, squares, sum, out);
    return SG_OK;
}

void sg_cluster_scores(const sg_fit *fit, const sg_design *design, sg_response response, double *out)
{
    for (size_t i = 0; i < design->n_rows; i++) {
        const sg_residuals r = sg_fit_residuals(fit, design, i);
        const double with = response.success[i], without = response.count[i] - with;
        if (response.count[i] > 0.0)
            sg_entries_add(sg_design_entries(design, i, design->arm[i]), with * r.with + without * r.without,
                           out + design->cluster[i] * design->n_columns);
    }
}

void sg_meat_clusters(const double *scores, size_t n_clusters, size_t n_columns, double *out)
{
    memset(out, 0, n_columns * n_columns * sizeof *out);
    for (size_t g = 0; g < n_clusters; g++) {
        const double *score = scores + g * n_columns;
        for (size_t i = 0; i < n_columns; i++) {
            for (size_t j = 0; j < n_columns; j++)
                out[i * n_columns + j] += score[i] * score[j];
        }
    }
}

sg_status sg_clusters_present(const sg_design *design, sg_response response, sg_arena *arena, size_t *out,
                              sg_err *err)
{
    bool *present = sg_arena_alloc(arena, design->n_clusters + 1, sizeof *present);
    size_t n = 0;

    if (present == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < design->n_rows && design->n_clusters > 0; i++) {
        if (response.count[i] > 0.0 && !present[design->cluster[i]]) {
            present[design->cluster[i]] = true;
            n++;
        }
    }
    *out = n;
    return SG_OK;
}

void sg_sandwich(const double *bread, const double *meat, size_t n_columns, double factor, double *scratch,
                 double *out)
{
    const size_t p = n_columns;

    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++)
            scratch[i * p + j] = sg_dot(bread + i * p, meat + j * p, p);
    }
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++)
            out[i * p + j] = factor * sg_dot(scratch + i * p, bread + j * p, p);
    }
}

sg_status sg_cluster_covariance(const sg_fit *fit, const sg_design *design, sg_response response,
                                sg_arena *arena, double **out, size_t *out_g, sg_err *err)
{
    const size_t p = design->n_columns;
    double *scores = sg_arena_alloc(arena, design->n_clusters * p + 1, sizeof *scores);
    double *matrices = sg_arena_alloc(arena, 3 * p * p, sizeof *matrices);
    sg_status status = sg_clusters_present(design, response, arena, out_g, err);

    if (status != SG_OK)
        return status;
    if (scores == NULL || matrices == NULL)
        return sg_no_memory(err);
    *out = NULL;
    if (*out_g < 2)
        return SG_OK;
    const double g = (double)*out_g;
    sg_cluster_scores(fit, design, response, scores);
    sg_meat_clusters(scores, design->n_clusters, p, matrices);
    sg_sandwich(fit->bread, matrices, p, g / (g - 1.0), matrices + p * p, matrices + 2 * p * p);
    *out = matrices + 2 * p * p;
    return SG_OK;
}

double sg_t_p(double t, double df)
{
    if (isnan(t) || !(df > 0.0))
        return nan("");
    return isinf(df) ? sg_normal_p(t) : 2.0 * gsl_cdf_tdist_Q(fabs(t), df);
}

double sg_t_quantile(double conf, double df)
{
    if (!(conf > 0.0 && conf < 1.0) || !(df > 0.0))
        return nan("");
    return isinf(df) ? sg_normal_z(conf) : gsl_cdf_tdist_Pinv(1.0 - (1.0 - conf) / 2.0, df);
}

sg_figure sg_figure_t(double estimate, double std_error, double df, double conf)
{
    sg_figure figure = sg_figure_blank();

    figure.estimate = estimate;
    if (!isfinite(estimate))
        return sg_figure_refused("no estimate was found");
    if (!(std_error > 0.0) || !isfinite(std_error)) {
        figure.note = "no standard error";
        return figure;
    }
    const double t = sg_t_quantile(conf, df);
    figure.std_error = std_error;
    figure.df = isinf(df) ? nan("") : df;
    figure.statistic = estimate / std_error;
    figure.p_value = sg_t_p(figure.statistic, df);
    figure.low = estimate - t * std_error;
    figure.high = estimate + t * std_error;
    return figure;
}
