/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/gcomp.h"

#include "figure.h"
#include "robust.h"
#include "skillgain/stats/jackknife.h"

enum { ARM = 1 }; /* the column */

/* Means over the target, and the gradients of r1 and r0 (n_columns each; NULL: not wanted). */
typedef struct {
    double r1, r0, total;
    double *gradient1, *gradient0;
} means;

static double target_weight(const sg_design *design, size_t i, sg_target target)
{
    const bool in = target == SG_TARGET_ALL || design->arm[i] == 1;

    return in ? design->count[i] * design->weight[i] : 0.0;
}

static void find_means(const sg_adjusted *a, sg_target target, means *out)
{
    const sg_design *design = a->design;
    sg_sum sum1 = {0}, sum0 = {0}, total = {0};

    for (size_t i = 0; i < design->n_rows; i++) {
        const double weight = target_weight(design, i, target);
        if (!(weight > 0.0))
            continue;
        const sg_entries x1 = sg_design_entries(design, i, 1), x0 = sg_design_entries(design, i, 0);
        const double eta1 = sg_entries_dot(x1, a->fit.beta), eta0 = sg_entries_dot(x0, a->fit.beta);
        sg_sum_add(&total, weight);
        sg_sum_add(&sum1, weight * sg_logistic(eta1));
        sg_sum_add(&sum0, weight * sg_logistic(eta0));
        if (out->gradient1 == NULL)
            continue;
        sg_entries_add(x1, weight * sg_logistic_variance(eta1), out->gradient1);
        sg_entries_add(x0, weight * sg_logistic_variance(eta0), out->gradient0);
    }
    out->total = sg_sum_value(&total);
    out->r1 = sg_sum_value(&sum1) / out->total;
    out->r0 = sg_sum_value(&sum0) / out->total;
    for (size_t j = 0; out->gradient1 != NULL && j < design->n_columns; j++) {
        out->gradient1[j] /= out->total;
        out->gradient0[j] /= out->total;
    }
}

/* ---- standard errors ---- */

static double root_of(const double *covariance, const double *gradient, size_t p)
{
    return covariance != NULL ? sqrt(sg_quadratic(covariance, gradient, gradient, p)) : nan("");
}

/* phi of the learners of row i, with the outcome and without. */
static sg_residuals find_influence(const sg_adjusted *a, const means *m, sg_target target,
                                   const double *direction, size_t i)
{
    const sg_design *design = a->design;
    const sg_residuals r = sg_fit_residuals(&a->fit, design, i);
    const double along = sg_entries_dot(sg_design_entries(design, i, design->arm[i]), direction);
    const double weight = target_weight(design, i, target) / design->count[i];
    double own = 0.0;

    if (weight > 0.0)
        own = weight / m->total *
              (sg_fit_predict(&a->fit, design, i, 1) - sg_fit_predict(&a->fit, design, i, 0) -
               (m->r1 - m->r0));
    return (sg_residuals){own + along * r.with, own + along * r.without};
}

/* gradient: J. direction becomes B J; sums, n_clusters of them, phi by cluster. */
static void find_influence_errors(const sg_adjusted *a, const means *m, sg_target target,
                                  const double *gradient, double *direction, double *sums,
                                  sg_gcomp_result *out)
{
    const sg_design *design = a->design;
    const size_t p = design->n_columns;
    sg_sum squares = {0}, clustered = {0};
    const double g = (double)out->clusters;

    for (size_t j = 0; j < p; j++)
        direction[j] = sg_dot(a->fit.bread + j * p, gradient, p);
    for (size_t i = 0; i < design->n_rows; i++) {
        const sg_residuals phi = find_influence(a, m, target, direction, i);
        const double with = a->response.success[i], without = a->response.count[i] - with;
        sg_sum_add(&squares, with * phi.with * phi.with + without * phi.without * phi.without);
        if (design->n_clusters > 0)
            sums[design->cluster[i]] += with * phi.with + without * phi.without;
    }
    out->influence = sqrt(sg_sum_value(&squares));
    for (size_t c = 0; c < design->n_clusters; c++)
        sg_sum_add(&clustered, sums[c] * sums[c]);
    out->influence_clustered = out->clusters > 1 ? sqrt(g / (g - 1.0) * sg_sum_value(&clustered)) : nan("");
}

static sg_figure make_ratio(double ratio, double log_error, double df, double conf)
{
    sg_figure figure = sg_figure_t(log(ratio), log_error, df, conf);

    if (figure.status != SG_EST_OK)
        return figure;
    figure.estimate = ratio;
    figure.low = exp(figure.low);
    figure.high = exp(figure.high);
    return figure;
}

static sg_status fill_result(const sg_adjusted *a, sg_target target, double conf, sg_arena *arena,
                             sg_gcomp_result *out, sg_err *err)
{
    const size_t p = a->design->n_columns;
    double *lists = sg_arena_alloc(arena, 5 * p, sizeof *lists), *clustered = NULL;
    double *sums = sg_arena_alloc(arena, a->design->n_clusters + 1, sizeof *sums);
    sg_status status = sg_cluster_covariance(&a->fit, a->design, a->response, arena, &clustered,
                                             &out->clusters, err);

    if (status != SG_OK)
        return status;
    if (lists == NULL || sums == NULL)
        return sg_no_memory(err);
    means m = {.gradient1 = lists, .gradient0 = lists + p};
    double *gradient = lists + 2 * p, *log_gradient = lists + 3 * p;
    find_means(a, target, &m);
    for (size_t j = 0; j < p; j++) {
        gradient[j] = m.gradient1[j] - m.gradient0[j];
        log_gradient[j] = m.gradient1[j] / m.r1 - m.gradient0[j] / m.r0;
    }
    out->r1 = m.r1;
    out->r0 = m.r0;
    out->delta = root_of(a->fit.bread, gradient, p);
    out->delta_cr1 = root_of(clustered, gradient, p);
    out->log_ratio_delta = root_of(a->fit.bread, log_gradient, p);
    find_influence_errors(a, &m, target, gradient, lists + 4 * p, sums, out);
    const double df = clustered != NULL ? (double)out->clusters - 1.0 : HUGE_VAL;
    out->difference = sg_figure_t(m.r1 - m.r0, clustered != NULL ? out->influence_clustered : out->influence,
                                  df, conf);
    out->ratio = make_ratio(m.r1 / m.r0,
                            root_of(clustered != NULL ? clustered : a->fit.bread, log_gradient, p), df, conf);
    return sg_fit_describe(a->design, a->response, &a->fit, arena, &out->fit, err);
}

/* Both arms, and a column for them that no others make up, or why not. */
static sg_status find_obstacle(const sg_adjusted *a, const sg_model *model, double conf, sg_arena *arena,
                               const char **out, sg_err *err)
{
    double n[2] = {0.0};
    bool identified = true;

    *out = a->obstacle != NULL ? a->obstacle : sg_obstacle_conf(conf);
    if (*out != NULL)
        return SG_OK;
    for (size_t i = 0; i < a->design->n_rows; i++)
        n[a->design->arm[i]] += a->design->count[i];
    if (!(n[1] > 0.0))
        *out = "no IET learners";
    else if (!(n[0] > 0.0))
        *out = "no comparison learners";
    else if (!model->arm)
        *out = "a model without the arm";
    if (*out != NULL)
        return SG_OK;
    const sg_status status = sg_fit_identifies(&a->fit, a->design, a->response, ARM, arena, &identified, err);
    if (!identified)
        *out = "the covariates, or the clusters, tell the arm of every learner";
    return status;
}

sg_status sg_gcomp(const sg_observations *sample, const sg_model *model, sg_target target, double conf,
                   sg_arena *arena, sg_gcomp_result *out, sg_err *err)
{
    const double blank = nan("");
    sg_gcomp_result result = {.status = SG_EST_OK, .note = "", .r1 = blank, .r0 = blank};
    sg_adjusted a = {0};
    sg_status status = sg_fit_adjusted(sample, model, SG_OUTCOME, arena, &a, err);

    if (status != SG_OK)
        return status;
    const char *obstacle = NULL;
    status = find_obstacle(&a, model, conf, arena, &obstacle, err);
    if (status != SG_OK)
        return status;
    if (obstacle == NULL) {
        status = fill_result(&a, target, conf, arena, &result, err);
    } else {
        result.status = SG_EST_NOT_ESTIMABLE;
        result.note = obstacle;
        result.difference = result.ratio = sg_figure_refused(obstacle);
        result.delta = result.delta_cr1 = result.influence = result.influence_clustered = blank;
        result.log_ratio_delta = blank;
    }
    if (status == SG_OK)
        *out = result;
    return status;
}

/* ---- the jackknife ---- */

typedef struct {
    const sg_model *model;
    sg_target target;
    sg_adjusted whole; /* the fit to the sample */
} task;

enum { R1, R0, DIFFERENCE, LOG_RATIO, N_VALUES };

static sg_status estimate(const sg_observations *sample, void *context, sg_arena *arena, double *out,
                          const char **out_obstacle, sg_err *err)
{
    const task *t = context;
    means m = {0};
    sg_adjusted a = {0};
    sg_status status = sg_fit_adjusted_on((sg_known){NULL, &t->whole}, sample, t->model, SG_OUTCOME, arena,
                                          &a, err);

    if (status == SG_OK)
        status = find_obstacle(&a, t->model, 0.5, arena, out_obstacle, err);
    if (status != SG_OK || *out_obstacle != NULL)
        return status;
    find_means(&a, t->target, &m);
    out[R1] = m.r1;
    out[R0] = m.r0;
    out[DIFFERENCE] = m.r1 - m.r0;
    out[LOG_RATIO] = log(m.r1 / m.r0);
    return SG_OK;
}

sg_status sg_gcomp_jackknife(const sg_observations *sample, const sg_model *model, sg_target target,
                             const sg_jackknife_plan *plan, sg_gcomp_jackknife_result *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    task t = {.model = model, .target = target};
    sg_figure figures[N_VALUES];
    size_t failed = 0;

    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = sg_fit_adjusted(sample, model, SG_OUTCOME, arena, &t.whole, err);
    if (status == SG_OK)
        status = sg_jackknife(sample, estimate, &t, plan, N_VALUES, figures, &failed, err);
    if (status != SG_OK)
        return status;
    *out = (sg_gcomp_jackknife_result){.difference = figures[DIFFERENCE],
                                       .ratio = figures[LOG_RATIO],
                                       .r1 = figures[R1],
                                       .r0 = figures[R0],
                                       .failed = failed};
    if (out->ratio.status == SG_EST_OK) {
        out->ratio.estimate = exp(out->ratio.estimate);
        out->ratio.low = exp(out->ratio.low);
        out->ratio.high = exp(out->ratio.high);
    }
    return SG_OK;
}
