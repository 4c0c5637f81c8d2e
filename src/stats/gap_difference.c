/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 6.6 The adjusted difference of gaps. */
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "figure.h"
#include "robust.h"
#include "skillgain/stats/gcomp.h"
#include "skillgain/stats/jackknife.h"

/* The mean prediction for all learners in an arm and at a level of the variable, and its gradient. */
typedef struct {
    const sg_adjusted *a;
    const sg_model *model;
    size_t variable, reference;
    double total;
} setting;

static bool is_of_variable(const sg_column *column, const setting *s)
{
    return column->term == SG_TERM_VARIABLE + s->variable || column->term == SG_TERM_BY_ARM;
}

static double average_at(const setting *s, unsigned arm, size_t level, double *gradient)
{
    const sg_design *design = s->a->design;
    const double *beta = s->a->fit.beta;
    const size_t p = design->n_columns;
    sg_sum sum = {0};

    memset(gradient, 0, p * sizeof *gradient);
    double at_level = 0.0; /* what the level's own columns add, the same for all */
    for (size_t j = 0; j < p; j++) {
        const sg_column *column = &design->columns[j];
        if (is_of_variable(column, s) && column->level == level && (arm == 1 || !column->by_arm))
            at_level += beta[j];
    }
    double slope_sum = 0.0;
    for (size_t i = 0; i < design->n_rows; i++) {
        const sg_entries x = sg_design_entries(design, i, arm);
        double eta = at_level;
        for (size_t e = 0; e < x.n; e++)
            eta += is_of_variable(&design->columns[x.index[e]], s) ? 0.0 : x.value[e] * beta[x.index[e]];
        const double weight = design->count[i] * design->weight[i] / s->total;
        const double slope = weight * sg_logistic_variance(eta);
        sg_sum_add(&sum, weight * sg_logistic(eta));
        slope_sum += slope;
        sg_entries_add(x, slope, gradient);
    }
    for (size_t j = 0; j < p; j++) {
        const sg_column *column = &design->columns[j];
        if (is_of_variable(column, s))
            gradient[j] = column->level == level && (arm == 1 || !column->by_arm) ? slope_sum : 0.0;
    }
    return sg_sum_value(&sum);
}

/* gap_a, its gradient added to `gradient` times sign. buffer: 2 n_columns. */
static double find_gap(const setting *s, unsigned arm, size_t level, double sign, double *gradient,
                       double *buffer)
{
    const size_t p = s->a->design->n_columns;
    const double there = average_at(s, arm, level, buffer);
    const double reference = average_at(s, arm, s->reference, buffer + p);

    for (size_t j = 0; j < p; j++)
        gradient[j] += sign * (buffer[j] - buffer[p + j]);
    return there - reference;
}

static const char *make_setting(const sg_adjusted *a, const sg_model *model, double conf, setting *out)
{
    if (a->obstacle != NULL)
        return a->obstacle;
    if (!model->arm || model->by_arm == 0 || a->design->sample->variables[model->by_arm - 1].numbers != NULL)
        return "a model without a category times the arm";
    *out = (setting){.a = a, .model = model, .variable = model->by_arm - 1};
    out->reference = a->design->reference[out->variable];
    double n[2] = {0.0};
    for (size_t i = 0; i < a->design->n_rows; i++) {
        out->total += a->design->count[i] * a->design->weight[i];
        n[a->design->arm[i]] += a->design->count[i];
    }
    if (!(n[1] > 0.0))
        return "no IET learners";
    return n[0] > 0.0 ? sg_obstacle_conf(conf) : "no comparison learners";
}

/* Whether the level's columns are both in the fit: with one of them left out there is nothing to compare. */
static bool has_columns(const sg_adjusted *a, const setting *s, size_t level)
{
    size_t n = 0;

    for (size_t k = 0; k < a->fit.k; k++) {
        const sg_column *column = &a->design->columns[a->fit.active[k]];
        n += is_of_variable(column, s) && column->level == level ? 1 : 0;
    }
    return n == 2;
}

/* ---- the table ---- */

/* Wald's test of all differences that have one; gradients are those of the levels, n_columns each. */
static sg_test test_jointly(const sg_gap_differences *out, const double *gradients, const double *covariance,
                            size_t p, double *scratch)
{
    static const char METHOD[] = "wald";
    size_t rows[SG_MOST_COLUMNS], n = 0;

    for (size_t l = 0; l < out->n_levels && n < SG_MOST_COLUMNS; l++) {
        if (out->levels[l].difference.status == SG_EST_OK)
            rows[n++] = l;
    }
    if (covariance == NULL || n == 0 || n + 1 >= out->clusters)
        return sg_test_refused(METHOD, "too few clusters for the levels");
    double *matrix = scratch, *values = scratch + n * n, *lower = values + n;
    for (size_t i = 0; i < n; i++) {
        values[i] = out->levels[rows[i]].difference.estimate;
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] = sg_quadratic(covariance, gradients + rows[i] * p, gradients + rows[j] * p, p);
    }
    if (!sg_cholesky(matrix, n, lower))
        return sg_test_refused(METHOD, "a covariance that is not definite");
    double wald = 0.0;
    for (size_t i = 0; i < n; i++) {
        values[i] = (values[i] - sg_dot(lower + i * n, values, i)) / lower[i * n + i];
        wald += values[i] * values[i];
    }
    const double f = wald / (double)n;
    return (sg_test){.p_value = gsl_cdf_fdist_Q(f, (double)n, (double)out->clusters - 1.0),
                     .statistic = f,
                     .df = (double)n,
                     .method = METHOD,
                     .status = SG_EST_OK,
                     .note = ""};
}

static void fill_level(const sg_adjusted *a, const setting *s, const double *clustered, double conf,
                       double *gradient, double *buffer, sg_gap_differences *out, sg_gap_level *level)
{
    const size_t p = a->design->n_columns;
    const double df = clustered != NULL ? (double)out->clusters - 1.0 : HUGE_VAL;

    if (!has_columns(a, s, level->level)) {
        level->gap_iet = level->gap_comparison = level->se_model = nan("");
        level->difference = sg_figure_refused("a level with one arm");
        return;
    }
    level->gap_iet = find_gap(s, 1, level->level, 1.0, gradient, buffer);
    level->gap_comparison = find_gap(s, 0, level->level, -1.0, gradient, buffer);
    level->se_model = sqrt(sg_quadratic(a->fit.bread, gradient, gradient, p));
    const double error = clustered != NULL ? sqrt(sg_quadratic(clustered, gradient, gradient, p))
                                           : level->se_model;
    level->difference = sg_figure_t(level->gap_iet - level->gap_comparison, error, df, conf);
}

/* The levels that have columns, in their order. */
static size_t list_levels(const sg_adjusted *a, const setting *s, sg_gap_level *out)
{
    size_t n = 0;

    for (size_t j = 0; j < a->design->n_columns; j++) {
        if (a->design->columns[j].term == SG_TERM_VARIABLE + s->variable)
            out[n++].level = a->design->columns[j].level;
    }
    return n;
}

static sg_status fill_result(const sg_adjusted *a, const setting *s, double conf, sg_arena *arena,
                             sg_gap_differences *out, sg_err *err)
{
    const size_t p = a->design->n_columns;
    double *clustered = NULL, *gradients = NULL,
           *buffer = sg_arena_alloc(arena, 2 * p + 2 * p * p, sizeof *buffer);
    sg_status status = sg_cluster_covariance(&a->fit, a->design, a->response, arena, &clustered,
                                             &out->clusters, err);

    if (status == SG_OK)
        status = sg_fit_describe(a->design, a->response, &a->fit, arena, &out->fit, err);
    if (status != SG_OK)
        return status;
    out->levels = sg_arena_alloc(arena, p, sizeof *out->levels);
    if (out->levels == NULL || buffer == NULL)
        return sg_no_memory(err);
    out->reference = s->reference;
    out->n_levels = list_levels(a, s, out->levels);
    gradients = sg_arena_alloc(arena, out->n_levels * p + 1, sizeof *gradients);
    if (gradients == NULL)
        return sg_no_memory(err);
    for (size_t l = 0; l < out->n_levels; l++)
        fill_level(a, s, clustered, conf, gradients + l * p, buffer, out, &out->levels[l]);
    out->joint = test_jointly(out, gradients, clustered, p, buffer);
    return SG_OK;
}

sg_status sg_gap_difference(const sg_observations *sample, const sg_model *model, double conf,
                            sg_arena *arena, sg_gap_differences *out, sg_err *err)
{
    sg_gap_differences result = {.status = SG_EST_OK, .note = ""};
    setting s = {0};
    sg_adjusted a = {0};
    sg_status status = sg_fit_adjusted(sample, model, SG_OUTCOME, arena, &a, err);

    if (status != SG_OK)
        return status;
    const char *obstacle = make_setting(&a, model, conf, &s);
    if (obstacle == NULL) {
        status = fill_result(&a, &s, conf, arena, &result, err);
    } else {
        result.status = SG_EST_NOT_ESTIMABLE;
        result.note = obstacle;
        result.joint = sg_test_refused("wald", obstacle);
    }
    if (status == SG_OK)
        *out = result;
    return status;
}

/* ---- the jackknife ---- */

typedef struct {
    const sg_model *model;
    const sg_gap_differences *whole;
    size_t n;
} task;

static sg_status estimate(const sg_observations *sample, void *context, sg_arena *arena, double *out,
                          const char **out_obstacle, sg_err *err)
{
    const task *t = context;
    setting s = {0};
    sg_adjusted a = {0};
    const sg_status status = sg_fit_adjusted(sample, t->model, SG_OUTCOME, arena, &a, err);

    if (status != SG_OK)
        return status;
    *out_obstacle = make_setting(&a, t->model, 0.5, &s);
    if (*out_obstacle == NULL && s.reference != t->whole->reference)
        *out_obstacle = "no learners of the reference level";
    if (*out_obstacle != NULL)
        return SG_OK;
    double *buffer = sg_arena_alloc(arena, 3 * a.design->n_columns, sizeof *buffer);
    if (buffer == NULL)
        return sg_no_memory(err);
    for (size_t l = 0; l < t->n; l++) {
        const size_t level = t->whole->levels[l].level;
        if (has_columns(&a, &s, level))
            out[l] = find_gap(&s, 1, level, 1.0, buffer, buffer + a.design->n_columns) -
                     find_gap(&s, 0, level, -1.0, buffer, buffer + a.design->n_columns);
    }
    return SG_OK;
}

sg_status sg_gap_difference_jackknife(const sg_observations *sample, const sg_model *model,
                                      const sg_jackknife_plan *plan, size_t n, sg_figure *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_gap_differences whole = {0};
    size_t failed = 0;

    if (arena == NULL)
        return sg_no_memory(err);
    const sg_status status = sg_gap_difference(sample, model, plan->conf, arena, &whole, err);
    if (status != SG_OK)
        return status;
    if (whole.status == SG_EST_OK && whole.n_levels != n)
        return sg_fail(err, SG_FAILED, "room for %zu levels, where the variable has %zu", n, whole.n_levels);
    for (size_t l = 0; l < n && whole.status != SG_EST_OK; l++)
        out[l] = sg_figure_refused(whole.note);
    if (whole.status != SG_EST_OK)
        return SG_OK;
    task t = {.model = model, .whole = &whole, .n = n};
    return sg_jackknife(sample, estimate, &t, plan, n, out, &failed, err);
}
