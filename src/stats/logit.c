/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/logit.h"

#include <string.h>

#include "figure.h"
#include "robust.h"
#include "skillgain/stats/jackknife.h"

static const double INFINITE = HUGE_VAL;

/* ---- the coefficients ---- */

typedef struct {
    double *estimate, *model, *hc0, *hc1, *hc3, *cr1; /* of n_columns each, in the sample's units */
    size_t clusters;
} errors;

static sg_status find_learner_errors(const sg_adjusted *a, sg_arena *arena, errors *e, sg_err *err)
{
    const size_t p = a->design->n_columns;
    const double n = a->fit.learners, k = (double)a->fit.k;
    double *matrices = sg_arena_alloc(arena, 3 * p * p, sizeof *matrices);

    if (matrices == NULL)
        return sg_no_memory(err);
    sg_status status = sg_meat_learners(&a->fit, a->design, a->response, false, arena, matrices, err);
    if (status != SG_OK)
        return status;
    sg_sandwich(a->fit.bread, matrices, p, 1.0, matrices + p * p, matrices + 2 * p * p);
    sg_design_errors(a->design, matrices + 2 * p * p, e->hc0);
    for (size_t j = 0; j < p; j++)
        e->hc1[j] = n > k ? e->hc0[j] * sqrt(n / (n - k)) : nan("");
    status = sg_meat_learners(&a->fit, a->design, a->response, true, arena, matrices, err);
    if (status != SG_OK)
        return status;
    sg_sandwich(a->fit.bread, matrices, p, 1.0, matrices + p * p, matrices + 2 * p * p);
    sg_design_errors(a->design, matrices + 2 * p * p, e->hc3);
    return SG_OK;
}

static sg_status find_errors(const sg_adjusted *a, sg_arena *arena, errors *e, sg_err *err)
{
    double *clustered = NULL;

    sg_design_coefficients(a->design, a->fit.beta, e->estimate);
    sg_design_errors(a->design, a->fit.bread, e->model);
    sg_status status = find_learner_errors(a, arena, e, err);
    if (status == SG_OK)
        status = sg_cluster_covariance(&a->fit, a->design, a->response, arena, &clustered, &e->clusters, err);
    if (status == SG_OK && clustered != NULL)
        sg_design_errors(a->design, clustered, e->cr1);
    return status;
}

static bool is_active(const sg_fit *fit, size_t column)
{
    for (size_t a = 0; a < fit->k; a++) {
        if (fit->active[a] == column)
            return true;
    }
    return false;
}

static double positive_or_nan(double value)
{
    return value > 0.0 && isfinite(value) ? value : nan("");
}

static sg_coefficient make_coefficient(const sg_adjusted *a, const errors *e, size_t j, double conf)
{
    const double n = a->fit.learners, k = (double)a->fit.k, g = (double)e->clusters;
    sg_coefficient c = {.name = a->design->columns[j].name, .hc0 = nan(""), .hc1 = nan(""), .hc3 = nan("")};

    c.cr1_full = nan("");
    c.model = c.cr1 = sg_figure_refused("determined by earlier columns");
    if (!is_active(&a->fit, j))
        return c;
    c.model = sg_figure_t(e->estimate[j], e->model[j], INFINITE, conf);
    c.hc0 = positive_or_nan(e->hc0[j]);
    c.hc1 = positive_or_nan(e->hc1[j]);
    c.hc3 = positive_or_nan(e->hc3[j]);
    c.cr1 = sg_figure_refused("fewer than two clusters");
    if (e->clusters > 1) {
        c.cr1 = sg_figure_t(e->estimate[j], e->cr1[j], g - 1.0, conf);
        c.cr1_full = n > k ? positive_or_nan(e->cr1[j] * sqrt((n - 1.0) / (n - k))) : nan("");
    }
    return c;
}

/* ---- the table ---- */

/* The likelihood of one rate for all. */
static double null_likelihood(const sg_adjusted *a)
{
    sg_sum with = {0}, total = {0};

    for (size_t i = 0; i < a->design->n_rows; i++) {
        sg_sum_add(&with, a->design->weight[i] * a->response.success[i]);
        sg_sum_add(&total, a->design->weight[i] * a->response.count[i]);
    }
    const double x = sg_sum_value(&with), n = sg_sum_value(&total);
    return x * log(x / n) + (n - x) * log1p(-x / n);
}

static sg_status fill_result(const sg_adjusted *a, double conf, sg_arena *arena, sg_logit_result *out,
                             sg_err *err)
{
    const size_t p = a->design->n_columns;
    double *lists = sg_arena_alloc(arena, 6 * p, sizeof *lists);

    if (lists == NULL)
        return sg_no_memory(err);
    errors e = {lists, lists + p, lists + 2 * p, lists + 3 * p, lists + 4 * p, lists + 5 * p, 0};
    sg_status status = find_errors(a, arena, &e, err);

    if (status == SG_OK)
        status = sg_fit_describe(a->design, a->response, &a->fit, arena, &out->fit, err);
    if (status != SG_OK)
        return status;
    out->coefficients = sg_arena_alloc(arena, p, sizeof *out->coefficients);
    if (out->coefficients == NULL)
        return sg_no_memory(err);
    for (size_t j = 0; j < p; j++)
        out->coefficients[j] = make_coefficient(a, &e, j, conf);
    out->n_coefficients = p;
    out->log_likelihood = a->fit.log_likelihood;
    out->deviance = -2.0 * a->fit.log_likelihood;
    out->null_deviance = -2.0 * null_likelihood(a);
    out->df_residual = a->fit.learners - (double)a->fit.k;
    out->clusters = e.clusters;
    return SG_OK;
}

sg_status sg_logit(const sg_observations *sample, const sg_model *model, double conf, sg_arena *arena,
                   sg_logit_result *out, sg_err *err)
{
    sg_adjusted a = {0};
    sg_logit_result result = {.status = SG_EST_OK, .note = ""};
    const char *obstacle = sg_obstacle_conf(conf);
    sg_status status = sg_fit_plain(sample, model, SG_OUTCOME, arena, &a, err);

    if (status != SG_OK)
        return status;
    if (obstacle == NULL)
        obstacle = a.obstacle;
    if (obstacle != NULL) {
        result.status = SG_EST_NOT_ESTIMABLE;
        result.note = obstacle;
        result.fit.separated = a.fit.separated;
    } else {
        status = fill_result(&a, conf, arena, &result, err);
    }
    if (status == SG_OK)
        *out = result;
    return status;
}

/* ---- the jackknife of the coefficients ---- */

typedef struct {
    const sg_model *model;
    const sg_design *whole;
    size_t n;
} coefficient_task;

static bool is_same_column(const sg_column *a, const sg_column *b)
{
    return strcmp(a->name, b->name) == 0 && a->term == b->term && a->level == b->level;
}

/* Coefficients against another reference are others: those of the variable, and the intercept. */
static void drop_other_references(const coefficient_task *task, const sg_design *design, double *out)
{
    for (size_t v = 0; v < design->sample->n_variables; v++) {
        if (design->reference[v] == task->whole->reference[v])
            continue;
        out[0] = nan("");
        for (size_t i = 1; i < task->n; i++) {
            const size_t term = task->whole->columns[i].term;
            const bool by_arm = task->model->by_arm == v + 1 &&
                                (term == SG_TERM_BY_ARM || term == SG_TERM_ARM);
            if (term == SG_TERM_VARIABLE + v || by_arm)
                out[i] = nan("");
        }
    }
}

static sg_status estimate_coefficients(const sg_observations *sample, void *context, sg_arena *arena,
                                       double *out, const char **out_obstacle, sg_err *err)
{
    const coefficient_task *task = context;
    sg_adjusted a = {0};
    const sg_status status = sg_fit_plain(sample, task->model, SG_OUTCOME, arena, &a, err);

    if (status != SG_OK)
        return status;
    *out_obstacle = a.obstacle;
    if (a.obstacle != NULL)
        return SG_OK;
    double *estimate = sg_arena_alloc(arena, a.design->n_columns, sizeof *estimate);
    if (estimate == NULL)
        return sg_no_memory(err);
    sg_design_coefficients(a.design, a.fit.beta, estimate);
    for (size_t k = 0; k < a.fit.k; k++) {
        const size_t j = a.fit.active[k];
        for (size_t i = 0; i < task->n; i++) {
            if (is_same_column(&task->whole->columns[i], &a.design->columns[j]))
                out[i] = estimate[j];
        }
    }
    drop_other_references(task, a.design, out);
    return SG_OK;
}

sg_status sg_logit_jackknife(const sg_observations *sample, const sg_model *model,
                             const sg_jackknife_plan *plan, size_t n, sg_figure *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_design whole;
    const char *obstacle = NULL;
    size_t failed = 0;

    if (arena == NULL)
        return sg_no_memory(err);
    const sg_status status = sg_design_build(sample, model, true, arena, &whole, &obstacle, err);
    if (status != SG_OK)
        return status;
    if (obstacle == NULL && whole.n_columns != n)
        return sg_fail(err, SG_FAILED, "room for %zu coefficients, where the model has %zu", n,
                       whole.n_columns);
    for (size_t i = 0; i < n && obstacle != NULL; i++)
        out[i] = sg_figure_refused(obstacle);
    if (obstacle != NULL)
        return SG_OK;
    coefficient_task task = {.model = model, .whole = &whole, .n = n};
    return sg_jackknife(sample, estimate_coefficients, &task, plan, n, out, &failed, err);
}

/* ---- separation ---- */

sg_status sg_check_separation(const sg_observations *sample, const sg_model *model, sg_separation *out,
                              sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_design design;
    sg_response response = {0};
    sg_separation found = {.status = SG_EST_OK, .note = ""};
    sg_separated separated = {0};
    const char *obstacle = NULL;

    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = sg_design_build(sample, model, true, arena, &design, &obstacle, err);
    if (status == SG_OK && obstacle == NULL) {
        status = sg_response_make(&design, SG_OUTCOME, arena, &response, err);
        if (status == SG_OK)
            status = sg_find_separation(&design, response, arena, &separated, err);
        found.separated = separated.learners > 0.0 || separated.unsettled;
        found.learners = separated.learners;
        found.rows = separated.rows;
        found.unsettled = separated.unsettled;
    }
    if (status != SG_OK)
        return status;
    if (obstacle != NULL)
        found = (sg_separation){.status = SG_EST_NOT_ESTIMABLE, .note = obstacle};
    *out = found;
    return SG_OK;
}
