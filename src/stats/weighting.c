/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 7.2 Weighting by the score, with its estimation in the standard error. */
#include <string.h>

#include "figure.h"
#include "propensity.h"
#include "robust.h"
#include "skillgain/stats/jackknife.h"

double sg_propensity_weight(sg_estimand estimand, double score, unsigned arm)
{
    const double e = arm == 1 ? score : 1.0 - score; /* of being where the learner is */

    if (estimand == SG_ESTIMAND_ATO)
        return 1.0 - e;
    if (estimand == SG_ESTIMAND_ATT)
        return arm == 1 ? 1.0 : score / (1.0 - score);
    return 1.0 / e;
}

/* dw/d(ln(e/(1-e))) */
static double weight_slope(sg_estimand estimand, double score, unsigned arm)
{
    const double sign = arm == 1 ? -1.0 : 1.0;

    if (estimand == SG_ESTIMAND_ATO)
        return sign * score * (1.0 - score);
    if (estimand == SG_ESTIMAND_ATT && arm == 1)
        return 0.0;
    return arm == 1 ? -(1.0 - score) / score : score / (1.0 - score);
}

/* Sums over the learners of each arm. */
typedef struct {
    sg_sum weight, squares, outcome;
    double largest;
} arm_sums;

static double learner_weight(const sg_adjusted *a, sg_estimand estimand, size_t i)
{
    return a->design->weight[i] * sg_propensity_weight(estimand, a->fit.mu[i], a->design->arm[i]);
}

static void sum_arms(const sg_adjusted *a, sg_estimand estimand, arm_sums out[2])
{
    const sg_design *design = a->design;

    for (size_t i = 0; i < design->n_rows; i++) {
        arm_sums *arm = &out[design->arm[i]];
        if (!(design->count[i] > 0.0))
            continue;
        const double weight = learner_weight(a, estimand, i);
        sg_sum_add(&arm->weight, design->count[i] * weight);
        sg_sum_add(&arm->squares, design->count[i] * weight * weight);
        sg_sum_add(&arm->outcome, design->success[i] * weight);
        arm->largest = fmax(arm->largest, weight);
    }
}

/* ---- standard errors ---- */

typedef struct {
    const sg_adjusted *a;
    sg_estimand estimand;
    double mean[2], total[2];
    double *direction; /* B H */
} influence;

/* u of one learner of row i: (y - mu)/W, negative in the comparison. */
static sg_residuals find_u(const influence *f, size_t i)
{
    const unsigned arm = f->a->design->arm[i];
    const double sign = arm == 1 ? 1.0 : -1.0;

    return (sg_residuals){sign * (1.0 - f->mean[arm]) / f->total[arm], -sign * f->mean[arm] / f->total[arm]};
}

/* H = sum x w' u, and B H. */
static void find_direction(const influence *f, double *h)
{
    const sg_design *design = f->a->design;
    const size_t p = design->n_columns;

    memset(h, 0, p * sizeof *h);
    for (size_t i = 0; i < design->n_rows; i++) {
        const sg_residuals u = find_u(f, i);
        const double with = design->success[i], without = design->count[i] - with;
        const double slope = design->weight[i] * weight_slope(f->estimand, f->a->fit.mu[i], design->arm[i]);
        sg_entries_add(sg_design_entries(design, i, 0), slope * (with * u.with + without * u.without), h);
    }
    for (size_t j = 0; j < p; j++)
        f->direction[j] = sg_dot(f->a->fit.bread + j * p, h, p);
}

static void find_errors(const influence *f, double *sums, sg_weighting_result *out)
{
    const sg_design *design = f->a->design;
    sg_sum fixed = {0}, full = {0}, clustered = {0};
    const double g = (double)out->clusters;

    for (size_t i = 0; i < design->n_rows; i++) {
        const sg_residuals u = find_u(f, i);
        const double with = design->success[i], without = design->count[i] - with;
        const double weight = learner_weight(f->a, f->estimand, i);
        const double score = design->weight[i] * ((design->arm[i] == 1 ? 1.0 : 0.0) - f->a->fit.mu[i]) *
                             sg_entries_dot(sg_design_entries(design, i, 0), f->direction);
        const double phi1 = weight * u.with + score, phi0 = weight * u.without + score;
        sg_sum_add(&fixed, weight * weight * (with * u.with * u.with + without * u.without * u.without));
        sg_sum_add(&full, with * phi1 * phi1 + without * phi0 * phi0);
        if (design->n_clusters > 0)
            sums[design->cluster[i]] += with * phi1 + without * phi0;
    }
    for (size_t c = 0; c < design->n_clusters; c++)
        sg_sum_add(&clustered, sums[c] * sums[c]);
    out->fixed = sqrt(sg_sum_value(&fixed));
    out->m_estimation = sqrt(sg_sum_value(&full));
    out->clustered = out->clusters > 1 ? sqrt(g / (g - 1.0) * sg_sum_value(&clustered)) : nan("");
}

static sg_status fill_result(const sg_adjusted *a, sg_estimand estimand, double conf, sg_arena *arena,
                             sg_weighting_result *out, sg_err *err)
{
    const size_t p = a->design->n_columns;
    double *lists = sg_arena_alloc(arena, 2 * p, sizeof *lists);
    double *sums = sg_arena_alloc(arena, a->design->n_clusters + 1, sizeof *sums);
    arm_sums arms[2] = {0};
    influence f = {.a = a, .estimand = estimand, .direction = lists};
    sg_status status = sg_clusters_present(a->design, a->response, arena, &out->clusters, err);

    if (status != SG_OK)
        return status;
    if (lists == NULL || sums == NULL)
        return sg_no_memory(err);
    sum_arms(a, estimand, arms);
    for (size_t arm = 0; arm < 2; arm++) {
        f.total[arm] = sg_sum_value(&arms[arm].weight);
        f.mean[arm] = sg_sum_value(&arms[arm].outcome) / f.total[arm];
        out->ess[arm] = f.total[arm] * f.total[arm] / sg_sum_value(&arms[arm].squares);
        out->largest_share[arm] = arms[arm].largest / f.total[arm];
    }
    find_direction(&f, lists + p);
    find_errors(&f, sums, out);
    out->risk1 = f.mean[1];
    out->risk0 = f.mean[0];
    out->ratio = f.mean[0] > 0.0 ? f.mean[1] / f.mean[0] : nan("");
    const bool by_cluster = out->clusters > 1;
    out->difference = sg_figure_t(out->risk1 - out->risk0, by_cluster ? out->clustered : out->m_estimation,
                                  by_cluster ? (double)out->clusters - 1.0 : HUGE_VAL, conf);
    return sg_fit_describe(a->design, a->response, &a->fit, arena, &out->fit, err);
}

sg_status sg_weighting(const sg_observations *sample, const sg_model *model, sg_estimand estimand,
                       double conf, sg_arena *arena, sg_weighting_result *out, sg_err *err)
{
    const double blank = nan("");
    sg_weighting_result result = {.status = SG_EST_OK, .note = ""};
    sg_adjusted a = {0};
    sg_status status = sg_fit_score(NULL, sample, model, arena, &a, err);

    if (status != SG_OK)
        return status;
    const char *obstacle = a.obstacle != NULL ? a.obstacle : sg_obstacle_conf(conf);
    if (obstacle == NULL)
        status = fill_result(&a, estimand, conf, arena, &result, err);
    else
        result = (sg_weighting_result){.status = SG_EST_NOT_ESTIMABLE,
                                       .note = obstacle,
                                       .risk1 = blank,
                                       .risk0 = blank,
                                       .ratio = blank,
                                       .difference = sg_figure_refused(obstacle),
                                       .fixed = blank,
                                       .m_estimation = blank,
                                       .clustered = blank,
                                       .ess = {blank, blank},
                                       .largest_share = {blank, blank}};
    if (status == SG_OK)
        *out = result;
    return status;
}

/* ---- the jackknife ---- */

typedef struct {
    const sg_model *model;
    sg_estimand estimand;
    sg_adjusted whole; /* the fit to the sample */
} task;

static sg_status estimate(const sg_observations *sample, void *context, sg_arena *arena, double *out,
                          const char **out_obstacle, sg_err *err)
{
    const task *t = context;
    arm_sums arms[2] = {0};
    sg_adjusted a = {0};
    const sg_status status = sg_fit_score(&t->whole, sample, t->model, arena, &a, err);

    if (status != SG_OK)
        return status;
    *out_obstacle = a.obstacle;
    if (a.obstacle != NULL)
        return SG_OK;
    sum_arms(&a, t->estimand, arms);
    *out = sg_sum_value(&arms[1].outcome) / sg_sum_value(&arms[1].weight) -
           sg_sum_value(&arms[0].outcome) / sg_sum_value(&arms[0].weight);
    return SG_OK;
}

sg_status sg_weighting_jackknife(const sg_observations *sample, const sg_model *model, sg_estimand estimand,
                                 const sg_jackknife_plan *plan, sg_figure *out, size_t *out_failed,
                                 sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    task t = {.model = model, .estimand = estimand};

    if (arena == NULL)
        return sg_no_memory(err);
    const sg_status status = sg_fit_score(NULL, sample, model, arena, &t.whole, err);
    return status == SG_OK ? sg_jackknife(sample, estimate, &t, plan, 1, out, out_failed, err) : status;
}
