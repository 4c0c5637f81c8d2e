/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a sample and a model to the fit that is used: the logit where it exists, else what stands in for it. */
#include "fit.h"

enum { MOST_NEAR_STEPS = 8 };
static const double NEAR_GAIN = 1e-13; /* of the likelihood, by a step of 5e-7 standard errors */

/* ---- what is fitted ---- */

sg_status sg_response_make(const sg_design *design, sg_response_kind kind, sg_arena *arena, sg_response *out,
                           sg_err *err)
{
    double *count = sg_arena_take(arena, design->n_rows, sizeof *count);
    double *success = sg_arena_take(arena, design->n_rows, sizeof *success);

    if (count == NULL || success == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < design->n_rows; i++) {
        const unsigned arm = design->arm[i];
        const bool in = kind == SG_OUTCOME || kind == SG_ARM_ITSELF ||
                        (kind == SG_OUTCOME_IN_ARM_1 ? arm == 1 : arm == 0);
        count[i] = in ? design->count[i] : 0.0;
        if (kind == SG_ARM_ITSELF)
            success[i] = arm == 1 ? count[i] : 0.0;
        else
            success[i] = in ? design->success[i] : 0.0;
    }
    *out = (sg_response){.count = count, .success = success};
    return SG_OK;
}

static void sum_response(const sg_design *design, sg_response response, double *out_learners,
                         double *out_with)
{
    sg_sum learners = {0}, with = {0};

    for (size_t i = 0; i < design->n_rows; i++) {
        sg_sum_add(&learners, response.count[i]);
        sg_sum_add(&with, response.success[i]);
    }
    *out_learners = sg_sum_value(&learners);
    *out_with = sg_sum_value(&with);
}

const char *sg_response_obstacle(const sg_design *design, sg_response response, sg_response_kind kind)
{
    static const char *const NONE[] = {"none with the outcome", "no comparison learner with the outcome",
                                       "no IET learner with the outcome", "no IET learners"};
    static const char *const ALL[] = {"all with the outcome", "all comparison learners with the outcome",
                                      "all IET learners with the outcome", "no comparison learners"};
    double learners = 0.0, with = 0.0;

    sum_response(design, response, &learners, &with);
    if (!(learners > 0.0))
        return kind == SG_OUTCOME_IN_ARM_0   ? "no comparison learners"
               : kind == SG_OUTCOME_IN_ARM_1 ? "no IET learners"
                                             : "no learners";
    if (!(with > 0.0))
        return NONE[kind];
    return with < learners ? NULL : ALL[kind];
}

/* ---- the report ---- */

sg_status sg_fit_describe(const sg_design *design, sg_response response, const sg_fit *fit, sg_arena *arena,
                          sg_fit_report *out, sg_err *err)
{
    const char **left_out = sg_arena_alloc(arena, design->n_columns, sizeof *left_out);
    double learners = 0.0, with = 0.0;
    size_t n = 0, next = 0, rows = 0;

    if (left_out == NULL)
        return sg_no_memory(err);
    for (size_t j = 0; j < design->n_columns; j++) {
        if (next < fit->k && fit->active[next] == j)
            next++;
        else
            left_out[n++] = design->columns[j].name;
    }
    for (size_t i = 0; i < design->n_rows; i++)
        rows += response.count[i] > 0.0 ? 1 : 0;
    sum_response(design, response, &learners, &with);
    *out = (sg_fit_report){.kind = fit->kind,
                           .learners = learners,
                           .rows = rows,
                           .columns = fit->k,
                           .left_out = left_out,
                           .n_left_out = n,
                           .separated = fit->separated,
                           .events_per_column = fmin(with, learners - with) / (double)fit->k,
                           .iterations = fit->iterations,
                           .max_score = fit->max_score,
                           .rcond = fit->rcond};
    return SG_OK;
}

/* ---- the fit that is used ---- */

/* What is known of one model's fit. whole's rows are kept for all models: what is made of two fits is made row by row. */
typedef struct {
    const sg_design *design;
    const sg_adjusted *whole;
    bool has_columns, has_maximum; /* the whole, of this model; the logit's */
} known_fit;

static known_fit find_known(sg_known known, bool without_clusters)
{
    const sg_adjusted *whole = known.whole != NULL && known.whole->obstacle == NULL ? known.whole : NULL;
    known_fit out = {.design = without_clusters ? NULL : known.design, .whole = whole};

    out.has_columns = whole != NULL && (whole->fit.kind == SG_FIT_WITHOUT_CLUSTERS) == without_clusters;
    out.has_maximum = out.has_columns && whole->fit.kind != SG_FIT_FIRTH && whole->fit.converged &&
                      !whole->fit.rank_lost;
    return out;
}

static sg_status find_design(const known_fit *known, const sg_observations *sample, const sg_model *model,
                             sg_arena *arena, sg_adjusted *out, sg_err *err)
{
    sg_design of_whole;

    if (known->design != NULL) {
        *out->design = *known->design;
        return SG_OK;
    }
    if (known->whole == NULL)
        return sg_design_build(sample, model, true, arena, out->design, &out->obstacle, err);
    if (known->has_columns)
        return sg_design_recount(known->whole->design, sample, arena, out->design, err);
    const sg_status status = sg_design_build(known->whole->design->sample, model, true, arena, &of_whole,
                                             &out->obstacle, err);
    return status == SG_OK && out->obstacle == NULL
               ? sg_design_recount(&of_whole, sample, arena, out->design, err)
               : status;
}

/* From the whole where it has a maximum, unless that is far after all: only a fit from the outcomes' own rates knows that it has one itself. */
static sg_status fit_logit(const known_fit *known, sg_arena *arena, sg_adjusted *out, sg_err *err)
{
    if (known->has_maximum) {
        const sg_status status = sg_fit_logit_near(out->design, out->response, &known->whole->fit, NEAR_GAIN,
                                                   true, arena, &out->fit, err);
        if (status != SG_OK || out->fit.iterations <= MOST_NEAR_STEPS)
            return status;
    }
    return sg_fit_logit(out->design, out->response, arena, &out->fit, err);
}

/* The logit of a model; out->obstacle where nothing can be fitted. *out_separated: learners whose outcome is. */
static sg_status fit_model(known_fit known, const sg_observations *sample, const sg_model *model,
                           sg_response_kind kind, sg_arena *arena, sg_adjusted *out, double *out_separated,
                           sg_err *err)
{
    sg_separated separated = {0};
    sg_status status = find_design(&known, sample, model, arena, out, err);

    *out_separated = 0.0;
    if (status != SG_OK || out->obstacle != NULL)
        return status;
    status = sg_response_make(out->design, kind, arena, &out->response, err);
    if (status != SG_OK)
        return status;
    out->obstacle = sg_response_obstacle(out->design, out->response, kind);
    if (out->obstacle != NULL)
        return SG_OK;
    status = fit_logit(&known, arena, out, err);
    if (status == SG_OK)
        status = sg_fit_find_separation(out->design, out->response, arena, &out->fit, &separated, err);
    *out_separated = separated.unsettled ? fmax(separated.learners, 1.0)
                                         : separated.learners; /* not known: taken for it */
    return status;
}

static sg_status fall_to_firth(sg_adjusted *out, double separated, sg_arena *arena, sg_err *err)
{
    const sg_firth_options options = {.fixed = SIZE_MAX};
    const sg_status status = sg_fit_firth(out->design, out->response, &options, arena, &out->fit, err);

    if (status != SG_OK)
        return status;
    out->fit.separated = separated;
    if (out->fit.converged)
        sg_fit_apply_flic(out->design, out->response, &out->fit);
    return SG_OK;
}

sg_status sg_fit_adjusted(const sg_observations *sample, const sg_model *model, sg_response_kind kind,
                          sg_arena *arena, sg_adjusted *out, sg_err *err)
{
    return sg_fit_adjusted_on((sg_known){NULL, NULL}, sample, model, kind, arena, out, err);
}

sg_status sg_fit_adjusted_on(sg_known known, const sg_observations *sample, const sg_model *model,
                             sg_response_kind kind, sg_arena *arena, sg_adjusted *out, sg_err *err)
{
    sg_design *designs = sg_arena_alloc(arena, 2, sizeof *designs);
    sg_model smaller = *model;
    sg_adjusted other = {0};
    double separated = 0.0, still = 0.0;

    if (designs == NULL)
        return sg_no_memory(err);
    *out = (sg_adjusted){.design = designs};
    sg_status status = fit_model(find_known(known, false), sample, model, kind, arena, out, &separated, err);
    if (status == SG_OK && out->obstacle == NULL && separated > 0.0 && model->cluster_effects) {
        smaller.cluster_effects = false;
        other.design = designs + 1;
        status = fit_model(find_known(known, true), sample, &smaller, kind, arena, &other, &still, err);
        if (status == SG_OK && other.obstacle == NULL && !(still > 0.0) && other.fit.converged) {
            *out = other;
            out->fit.kind = SG_FIT_WITHOUT_CLUSTERS;
            out->fit.separated = separated;
            separated = 0.0;
        }
    }
    if (status == SG_OK && out->obstacle == NULL && separated > 0.0)
        status = fall_to_firth(out, separated, arena, err);
    if (status == SG_OK && out->obstacle == NULL && !out->fit.converged)
        out->obstacle = "the fit did not converge";
    if (status == SG_OK && out->obstacle == NULL && out->fit.rank_lost)
        out->obstacle = "columns that all but determine each other";
    return status;
}

sg_status sg_fit_limit(sg_known known, const sg_observations *sample, const sg_model *model,
                       sg_response_kind kind, sg_arena *arena, sg_adjusted *out, sg_err *err)
{
    double separated = 0.0;
    sg_design *design = sg_arena_alloc(arena, 1, sizeof *design);

    if (design == NULL)
        return sg_no_memory(err);
    *out = (sg_adjusted){.design = design};
    const sg_status status = fit_model(find_known(known, false), sample, model, kind, arena, out, &separated,
                                       err);
    out->fit.separated = separated;
    if (status == SG_OK && out->obstacle == NULL && !out->fit.converged && !(separated > 0.0))
        out->obstacle = "the fit did not converge";
    return status;
}

sg_status sg_fit_plain(const sg_observations *sample, const sg_model *model, sg_response_kind kind,
                       sg_arena *arena, sg_adjusted *out, sg_err *err)
{
    sg_separated separated = {0};
    sg_design *design = sg_arena_alloc(arena, 1, sizeof *design);

    if (design == NULL)
        return sg_no_memory(err);
    *out = (sg_adjusted){.design = design};
    sg_status status = sg_design_build(sample, model, true, arena, design, &out->obstacle, err);
    if (status != SG_OK || out->obstacle != NULL)
        return status;
    status = sg_response_make(design, kind, arena, &out->response, err);
    if (status == SG_OK)
        out->obstacle = sg_response_obstacle(design, out->response, kind);
    if (status != SG_OK || out->obstacle != NULL)
        return status;
    status = sg_fit_logit(design, out->response, arena, &out->fit, err);
    if (status == SG_OK)
        status = sg_fit_find_separation(design, out->response, arena, &out->fit, &separated, err);
    out->fit.separated = separated.learners;
    if (separated.learners > 0.0 || separated.unsettled)
        out->obstacle = "the outcomes are separated";
    else if (!out->fit.converged)
        out->obstacle = "the fit did not converge";
    else if (out->fit.rank_lost)
        out->obstacle = "columns that all but determine each other";
    return status;
}
