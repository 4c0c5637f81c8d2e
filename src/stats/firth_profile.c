/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Firth's logit with the limits of its profile likelihood. */
#include "figure.h"
#include "fit.h"
#include "robust.h"
#include "skillgain/stats/logit.h"

enum { MOST_WIDENINGS = 60 };
static const double WIDENING = 1.6;

/* ---- the profile of one coefficient ---- */

typedef struct {
    const sg_design *design;
    sg_response response;
    const sg_fit *full;
    size_t column;
    double level;    /* the chi-square quantile at which a limit is */
    sg_arena *arena; /* scratch */
    sg_status status;
    sg_err *err;
} profile;

/* 2 (pl - pl(at)); NaN where the restricted fit does not converge. */
static double find_drop(double at, void *context)
{
    profile *p = context;
    const sg_firth_options options = {.fixed = p->column, .fixed_to = at, .start = p->full->beta};
    sg_fit fit = {0};

    if (p->status != SG_OK)
        return nan("");
    sg_arena_reset(p->arena);
    p->status = sg_fit_firth(p->design, p->response, &options, p->arena, &fit, p->err);
    if (p->status != SG_OK || !fit.converged)
        return nan("");
    return 2.0 * (p->full->log_likelihood - fit.log_likelihood);
}

static double find_excess(double at, void *context)
{
    const profile *p = context;

    return find_drop(at, context) - p->level;
}

/* The limit on one side of the estimate: step is towards it. NaN: none was found. */
static double find_limit(profile *p, double step)
{
    const double estimate = p->full->beta[p->column];
    double outside = estimate + step;

    for (int i = 0; i < MOST_WIDENINGS; i++) {
        const double excess = find_excess(outside, p);
        if (isnan(excess))
            return nan("");
        if (excess > 0.0)
            return step > 0.0 ? sg_find_root(find_excess, p, estimate, outside)
                              : sg_find_root(find_excess, p, outside, estimate);
        outside = estimate + (outside - estimate) * WIDENING;
    }
    return nan("");
}

static sg_figure profile_coefficient(profile *p, double conf)
{
    const double scale = p->design->columns[p->column].scale;
    const double z = sg_normal_z(conf), estimate = p->full->beta[p->column];
    const double std_error = sqrt(p->full->bread[p->column * p->design->n_columns + p->column]);
    sg_figure figure = sg_figure_blank();

    p->level = z * z;
    figure.estimate = estimate / scale;
    figure.std_error = std_error / scale;
    figure.statistic = fmax(0.0, find_drop(0.0, p));
    figure.df = 1.0;
    figure.p_value = sg_chi_square_p(figure.statistic, 1.0);
    figure.low = find_limit(p, -z * std_error) / scale;
    figure.high = find_limit(p, z * std_error) / scale;
    if (isnan(figure.low) || isnan(figure.high))
        figure.note = "no limit was found";
    return figure;
}

/* ---- the table ---- */

static sg_status profile_all(const sg_design *design, sg_response response, const sg_fit *fit, double conf,
                             sg_firth_result *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *scratch = sg_arena_new();
    profile p = {
        .design = design, .response = response, .full = fit, .arena = scratch, .status = SG_OK, .err = err};

    if (scratch == NULL)
        return sg_no_memory(err);
    for (size_t j = 0; j < design->n_columns; j++)
        out->coefficients[j] = sg_figure_refused("determined by earlier columns");
    for (size_t a = 0; a < fit->k && p.status == SG_OK; a++) {
        p.column = fit->active[a];
        out->coefficients[p.column] = profile_coefficient(&p, conf);
    }
    return p.status;
}

/* What the penalty gains by the columns being in the sample's units. */
static double sum_log_scales(const sg_design *design, const sg_fit *fit)
{
    double sum = 0.0;

    for (size_t a = 0; a < fit->k; a++)
        sum += log(design->columns[fit->active[a]].scale);
    return sum;
}

static void fill_means(const sg_design *design, sg_response response, const sg_fit *fit, sg_firth_result *out)
{
    sg_sum prediction = {0}, outcome = {0}, total = {0};

    for (size_t i = 0; i < design->n_rows; i++) {
        sg_sum_add(&prediction, design->weight[i] * response.count[i] * fit->mu[i]);
        sg_sum_add(&outcome, design->weight[i] * response.success[i]);
        sg_sum_add(&total, design->weight[i] * response.count[i]);
    }
    out->mean_prediction = sg_sum_value(&prediction) / sg_sum_value(&total);
    out->mean_outcome = sg_sum_value(&outcome) / sg_sum_value(&total);
}

static sg_status fill_result(const sg_design *design, sg_response response, const sg_fit *fit, double conf,
                             sg_arena *arena, sg_firth_result *out, sg_err *err)
{
    const char **names = sg_arena_alloc(arena, design->n_columns, sizeof *names);

    out->n_coefficients = design->n_columns;
    out->coefficients = sg_arena_alloc(arena, design->n_columns, sizeof *out->coefficients);
    if (names == NULL || out->coefficients == NULL)
        return sg_no_memory(err);
    for (size_t j = 0; j < design->n_columns; j++)
        names[j] = design->columns[j].name;
    out->names = names;
    out->penalised_log_likelihood = fit->log_likelihood + sum_log_scales(design, fit);
    out->flic_intercept = fit->beta[0] + sg_fit_flic(design, response, fit->beta);
    fill_means(design, response, fit, out);
    const sg_status status = sg_fit_describe(design, response, fit, arena, &out->fit, err);
    return status == SG_OK ? profile_all(design, response, fit, conf, out, err) : status;
}

sg_status sg_firth(const sg_observations *sample, const sg_model *model, double conf, sg_arena *arena,
                   sg_firth_result *out, sg_err *err)
{
    const sg_firth_options options = {.fixed = SIZE_MAX};
    sg_firth_result result = {.status = SG_EST_OK, .note = ""};
    sg_design design = {0};
    sg_response response = {0};
    sg_fit fit = {0};
    const char *obstacle = NULL;
    sg_status status = sg_design_build(sample, model, false, arena, &design, &obstacle, err);

    if (status == SG_OK && obstacle == NULL)
        status = sg_response_make(&design, SG_OUTCOME, arena, &response, err);
    if (status == SG_OK && obstacle == NULL)
        obstacle = sg_response_obstacle(&design, response, SG_OUTCOME);
    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (status == SG_OK && obstacle == NULL) {
        status = sg_fit_firth(&design, response, &options, arena, &fit, err);
        if (status == SG_OK && !fit.converged)
            obstacle = "the fit did not converge";
    }
    if (status == SG_OK && obstacle == NULL)
        status = fill_result(&design, response, &fit, conf, arena, &result, err);
    if (status != SG_OK)
        return status;
    if (obstacle != NULL) {
        result.status = SG_EST_NOT_ESTIMABLE;
        result.note = obstacle;
    }
    *out = result;
    return SG_OK;
}
