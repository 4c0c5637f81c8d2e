/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/model_bootstrap.h"

#include <math.h>

#include "bootstrap.h"
#include "figure.h"
#include "fit.h"
#include "multinomial.h"
#include "skillgain/base/task.h"

/* Where outcomes are separated a coefficient that has no end goes on by some tenths a step, and another not at all; of learners whose arm is
 * separated the weights go down to nothing, and so does what they say. */
static const double SETTLED = 1e-2, LEAST_WEIGHT = 1e-3;
enum { MOST_FAILED_IN_100 = 1, BATCH = 32 }; /* replicates to a task, which has one scratch arena */
static const double GAIN = 1e-7;             /* of the likelihood, by a step of 5e-4 standard errors */

typedef struct {
    const sg_model_bootstrap_plan *plan;
    sg_adjusted outcome, score; /* the fits to the sample itself */
    sg_cells cells;             /* 2 for each row of the design: learners with the outcome, and without */
    double *coefficients, *differences;
} work;

/* ---- one replicate ---- */

/* Counts drawn anew to the responses of the two fits. */
typedef struct {
    double *drawn, *count, *success, *in_iet;
} redraw;

static bool make_redraw(redraw *r, size_t n, sg_arena *arena)
{
    r->drawn = sg_arena_take(arena, 5 * n + 1, sizeof *r->drawn);
    if (r->drawn == NULL)
        return false;
    r->count = r->drawn + 2 * n;
    r->success = r->drawn + 3 * n;
    r->in_iet = r->drawn + 4 * n;
    return true;
}

static void fill_redraw(redraw *r, const sg_design *design)
{
    for (size_t i = 0; i < design->n_rows; i++) {
        r->success[i] = r->drawn[2 * i];
        r->count[i] = r->drawn[2 * i] + r->drawn[2 * i + 1];
        r->in_iet[i] = design->arm[i] == 1 ? r->count[i] : 0.0;
    }
}

static bool is_usable(const sg_fit *fit)
{
    return fit->converged && !fit->rank_lost;
}

/* The coefficient of the arm; NaN: it has none, as where an arm has no learners, or none with an end. */
static double find_coefficient(const sg_fit *fit)
{
    const bool estimated = is_usable(fit) && fit->k > 1 && fit->active[1] == 1;

    return estimated && fabs(fit->step[1]) <= SETTLED ? fit->beta[1] : nan("");
}

/* Hajek's difference by the weights of the score; NaN: an arm has no learners, or none with a weight. */
static double weigh(const work *w, const sg_fit *score, sg_response r)
{
    const sg_design *design = w->score.design;
    sg_sum total[2] = {{0, 0}, {0, 0}}, with[2] = {{0, 0}, {0, 0}};

    for (size_t i = 0; i < design->n_rows; i++) {
        const unsigned arm = design->arm[i];
        if (!(r.count[i] > 0.0))
            continue;
        const double weight = sg_propensity_weight(w->plan->estimand, score->mu[i], arm);
        sg_sum_add(&total[arm], weight * r.count[i]);
        sg_sum_add(&with[arm], weight * r.success[i]);
    }
    if (!(sg_sum_value(&total[0]) > LEAST_WEIGHT && sg_sum_value(&total[1]) > LEAST_WEIGHT))
        return nan("");
    return sg_sum_value(&with[1]) / sg_sum_value(&total[1]) -
           sg_sum_value(&with[0]) / sg_sum_value(&total[0]);
}

static sg_status run_replicate(const work *w, size_t at, sg_arena *arena, sg_err *err)
{
    const sg_adjusted *outcome = &w->outcome, *score = &w->score;
    const size_t n = outcome->design->n_rows;
    sg_fit of_outcome = {0}, of_score = {0};
    redraw r;

    if (!make_redraw(&r, n, arena))
        return sg_no_memory(err);
    sg_status status = sg_cells_draw(&w->cells, w->plan->stream, at, r.drawn, err);
    if (status != SG_OK)
        return status;
    fill_redraw(&r, outcome->design);
    status = sg_fit_logit_near(outcome->design, (sg_response){r.count, r.success}, &outcome->fit, GAIN, false,
                               arena, &of_outcome, err);
    if (status == SG_OK)
        status = sg_fit_logit_near(score->design, (sg_response){r.count, r.in_iet}, &score->fit, GAIN, true,
                                   arena, &of_score, err);
    if (status != SG_OK)
        return status;
    w->coefficients[at] = find_coefficient(&of_outcome);
    w->differences[at] = is_usable(&of_score) ? weigh(w, &of_score, (sg_response){r.count, r.success})
                                              : nan("");
    return SG_OK;
}

static sg_status run_batch(void *context, size_t batch, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const work *w = context;
    sg_status status = arena != NULL ? SG_OK : sg_no_memory(err);

    for (size_t at = batch * BATCH; at < (batch + 1) * BATCH && at < w->plan->n && status == SG_OK; at++) {
        sg_arena_reset(arena);
        status = run_replicate(w, at, arena, err);
    }
    return status;
}

/* ---- the whole ---- */

static sg_status finish(double estimate, const double *values, const sg_model_bootstrap_plan *plan,
                        sg_arena *arena, sg_bootstrap *out, sg_err *err)
{
    const double none = nan("");
    const sg_sample no_jackknife = {&none, 1};
    double *known = sg_arena_alloc(arena, plan->n, sizeof *known);
    size_t n = 0;

    if (known == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < plan->n; i++)
        if (isfinite(values[i]))
            known[n++] = values[i];
    const size_t failed = plan->n - n;
    *out = sg_bootstrap_refused("replicates that cannot be estimated");
    if (n >= 2 && failed * 100 <= plan->n * MOST_FAILED_IN_100) {
        out->estimate = estimate;
        const sg_status status = sg_finish_bootstrap((sg_sample){known, n}, &no_jackknife, plan->conf, out,
                                                     err);
        if (status != SG_OK)
            return status;
    }
    out->redrawn = failed;
    return SG_OK;
}

/* The fits to the sample itself, from which those of the replicates start. */
static sg_status fit_whole(const sg_observations *patterns, const sg_model *model, sg_arena *arena, work *w,
                           const char **out_obstacle, sg_err *err)
{
    const sg_model score = {.arm = false, .cluster_effects = model->cluster_effects};
    sg_status status = sg_fit_plain(patterns, model, SG_OUTCOME, arena, &w->outcome, err);

    *out_obstacle = w->outcome.obstacle;
    if (status != SG_OK || *out_obstacle != NULL)
        return status;
    status = sg_fit_plain(patterns, &score, SG_ARM_ITSELF, arena, &w->score, err);
    *out_obstacle = w->score.obstacle;
    return status;
}

static sg_status make_cells(work *w, sg_arena *arena, sg_err *err)
{
    const sg_design *design = w->outcome.design;
    double *counts = sg_arena_alloc(arena, 2 * design->n_rows + 1, sizeof *counts);

    if (counts == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < design->n_rows; i++) {
        counts[2 * i] = design->success[i];
        counts[2 * i + 1] = design->count[i] - design->success[i];
    }
    return sg_cells_prepare(counts, 2 * design->n_rows, arena, &w->cells, err);
}

static sg_status replicate(work *w, sg_arena *arena, sg_model_bootstrap *out, sg_err *err)
{
    const sg_model_bootstrap_plan *plan = w->plan;
    const double difference = weigh(w, &w->score.fit, w->outcome.response);
    sg_status status = make_cells(w, arena, err);

    if (status == SG_OK)
        status = sg_tasks_run(plan->jobs, (plan->n + BATCH - 1) / BATCH, run_batch, w, err);
    if (status == SG_OK)
        status = finish(w->outcome.fit.beta[1], w->coefficients, plan, arena, &out->coefficient, err);
    return status == SG_OK ? finish(difference, w->differences, plan, arena, &out->difference, err) : status;
}

static bool is_whole(double number)
{
    return fabs(number - floor(number)) <= 0.0;
}

static const char *find_plan_obstacle(const sg_observations *patterns, const sg_model *model,
                                      const sg_model_bootstrap_plan *plan)
{
    if (plan->n < 2)
        return "fewer than two replicates";
    if (!model->arm)
        return "a model without the arm";
    if (patterns->weight != NULL)
        return "prior weights can't be drawn";
    for (size_t row = 0; row < patterns->n_rows; row++) {
        if (sg_row_counts(patterns, row) &&
            !(is_whole(sg_row_count(patterns, row)) && is_whole(patterns->success[row])))
            return "counts that are not whole can't be drawn";
    }
    return sg_obstacle_conf(plan->conf);
}

sg_status sg_bootstrap_model(const sg_observations *patterns, const sg_model *model,
                             const sg_model_bootstrap_plan *plan, double *coefficients, double *differences,
                             sg_model_bootstrap *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    work w = {.plan = plan, .coefficients = coefficients, .differences = differences};
    const char *obstacle = find_plan_obstacle(patterns, model, plan);
    sg_status status = SG_OK;

    if (arena == NULL)
        return sg_no_memory(err);
    if (obstacle == NULL)
        status = fit_whole(patterns, model, arena, &w, &obstacle, err);
    *out = (sg_model_bootstrap){.status = SG_EST_OK, .note = ""};
    if (status != SG_OK)
        return status;
    if (obstacle == NULL) {
        status = replicate(&w, arena, out, err);
        sg_cells_release(&w.cells);
        return status;
    }
    out->status = SG_EST_NOT_ESTIMABLE;
    out->note = obstacle;
    out->coefficient = out->difference = sg_bootstrap_refused(obstacle);
    return SG_OK;
}
