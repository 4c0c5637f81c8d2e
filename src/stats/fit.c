/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The logit by Newton's method, and least squares. */
#include "fit.h"

#include <string.h>

enum { MOST_STEPS = 50 };
static const double SCORE_TOLERANCE = 1e-9, LEAST_GAIN = 1e-13, LEAST_RCOND = 1e-12;
static const double LEAST_PIVOT = 1e-4; /* of the steps to a maximum that is near */

double sg_logistic(double eta)
{
    const double e = exp(-fabs(eta));

    return eta >= 0.0 ? 1.0 / (1.0 + e) : e / (1.0 + e);
}

double sg_logistic_variance(double eta)
{
    const double e = exp(-fabs(eta));

    return e / ((1.0 + e) * (1.0 + e));
}

double sg_fit_predict(const sg_fit *fit, const sg_design *design, size_t row, unsigned arm)
{
    const double eta = sg_entries_dot(sg_design_entries(design, row, arm), fit->beta);

    return fit->linear ? eta : sg_logistic(eta);
}

/* ---- one evaluation ---- */

/* active NULL: the columns that are independent are looked for. */
static sg_status init_work(sg_fit_work *work, const sg_design *design, sg_response response,
                           const size_t *active, size_t k, sg_arena *arena, sg_err *err)
{
    const size_t p = design->n_columns, n = design->n_rows;
    size_t *found = NULL;
    sg_status status = SG_OK;

    *work = (sg_fit_work){.design = design,
                          .response = response,
                          .eta = sg_arena_take(arena, n, sizeof(double)),
                          .mu = sg_arena_take(arena, n, sizeof(double)),
                          .variance = sg_arena_take(arena, n, sizeof(double)),
                          .single = sg_arena_take(arena, n, sizeof(double)),
                          .square = sg_arena_take(arena, n, sizeof(double)),
                          .score = sg_arena_alloc(arena, p, sizeof(double)),
                          .information = sg_arena_alloc(arena, p * p, sizeof(double)),
                          .picked = sg_arena_alloc(arena, p * p, sizeof(double)),
                          .picked_inverse = sg_arena_alloc(arena, p * p, sizeof(double)),
                          .inverse = sg_arena_alloc(arena, p * p, sizeof(double))};
    work->active = active;
    work->k = k;
    if (active == NULL) {
        status = sg_design_independent(design, response.count, arena, &found, &work->k, err);
        work->active = found;
    }
    if (status != SG_OK)
        return status;
    if (work->eta == NULL || work->mu == NULL || work->variance == NULL || work->single == NULL ||
        work->square == NULL || work->score == NULL || work->information == NULL || work->picked == NULL ||
        work->inverse == NULL || work->picked_inverse == NULL || !sg_spd_init(&work->spd, work->k, arena))
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        work->total_weight += response.count[i] * design->weight[i];
        work->events += response.success[i] * design->weight[i];
    }
    work->events = fmin(work->events, work->total_weight - work->events);
    return SG_OK;
}

sg_status sg_fit_work_init(sg_fit_work *work, const sg_design *design, sg_response response, sg_arena *arena,
                           sg_err *err)
{
    return init_work(work, design, response, NULL, 0, arena, err);
}

void sg_fit_evaluate(sg_fit_work *work, const double *beta)
{
    const double *eta = work->eta;

    sg_design_multiply(work->design, beta, work->eta);
    for (size_t i = 0; i < work->design->n_rows; i++) {
        if (i > 0 && fabs(eta[i] - eta[i - 1]) <= 0.0) { /* the other arm, where no column is the arm's */
            work->mu[i] = work->mu[i - 1];
            work->variance[i] = work->variance[i - 1];
            continue;
        }
        const double e = exp(-fabs(eta[i])), part = 1.0 / (1.0 + e);
        work->mu[i] = eta[i] >= 0.0 ? part : e * part;
        work->variance[i] = e * part * part;
    }
}

double sg_fit_likelihood(const sg_fit_work *work)
{
    sg_sum sum = {0};

    for (size_t i = 0; i < work->design->n_rows; i++) {
        const double eta = work->eta[i], with = work->response.success[i], count = work->response.count[i];
        if (count > 0.0)
            sg_sum_add(&sum, -work->design->weight[i] * (count * log1p(exp(-fabs(eta))) +
                                                         (eta >= 0.0 ? count - with : with) * fabs(eta)));
    }
    return sg_sum_value(&sum);
}

void sg_fit_derive(sg_fit_work *work)
{
    const sg_design *design = work->design;

    for (size_t i = 0; i < design->n_rows; i++) {
        const double count = work->response.count[i], weight = design->weight[i];
        work->single[i] = weight * (work->response.success[i] - count * work->mu[i]);
        work->square[i] = weight * count * work->variance[i];
    }
    sg_design_gather(design, work->single, work->square, work->score, work->information);
}

bool sg_fit_factor(sg_fit_work *work)
{
    sg_pick(work->information, work->design->n_columns, work->active, work->k, work->picked);
    return sg_spd_factor(&work->spd, work->picked);
}

void sg_fit_invert(sg_fit_work *work)
{
    sg_spd_invert(&work->spd, work->picked_inverse);
    sg_spread(work->picked_inverse, work->design->n_columns, work->active, work->k, work->inverse);
}

sg_status sg_fit_finish(const sg_fit_work *work, const double *beta, sg_arena *arena, sg_fit *out,
                        sg_err *err)
{
    const size_t p = work->design->n_columns;

    out->active = work->active;
    out->k = work->k;
    out->beta = sg_arena_alloc(arena, p, sizeof *out->beta);
    if (out->beta == NULL)
        return sg_no_memory(err);
    memcpy(out->beta, beta, p * sizeof *beta);
    out->bread = work->inverse;
    out->mu = work->mu;
    out->variance = work->variance;
    out->log_likelihood = work->log_likelihood;
    for (size_t i = 0; i < work->design->n_rows; i++)
        out->learners += work->response.count[i];
    for (size_t a = 0; a < work->k; a++)
        out->max_score = fmax(out->max_score, fabs(work->score[work->active[a]]));
    return SG_OK;
}

/* ---- the logit ---- */

/* The right-hand side X'Wz of the first step, with mu and variance from the outcomes: score takes it. */
static void start_from_outcomes(sg_fit_work *work)
{
    const sg_design *design = work->design;

    for (size_t i = 0; i < design->n_rows; i++) {
        const double count = work->response.count[i], weight = count * design->weight[i];
        const double rate = count > 0.0 ? work->response.success[i] / count : 0.5;
        const double mu = (weight * rate + 0.5) / (weight + 1.0), variance = mu * (1.0 - mu);
        work->single[i] = weight * (variance * log(mu / (1.0 - mu)) + rate - mu);
        work->square[i] = weight * variance;
    }
    sg_design_gather(design, work->single, work->square, work->score, work->information);
}

/* step = (X'WX)^-1 score, in the active columns. */
static void solve_step(const sg_fit_work *work, double *buffer, double *step)
{
    for (size_t a = 0; a < work->k; a++)
        buffer[a] = work->score[work->active[a]];
    sg_spd_solve(&work->spd, buffer);
    for (size_t a = 0; a < work->k; a++)
        step[work->active[a]] = buffer[a];
}

static double find_largest_score(const sg_fit_work *work)
{
    double largest = 0.0;

    for (size_t a = 0; a < work->k; a++)
        largest = fmax(largest, fabs(work->score[work->active[a]]));
    return largest;
}

static void take_step(sg_fit_work *work, double *beta, const double *step, double part)
{
    for (size_t j = 0; j < work->design->n_columns; j++)
        beta[j] += part * step[j];
    sg_fit_evaluate(work, beta);
}

/* The part of a step that is sure to raise the likelihood. Where the step changes x'b by d at the most, its information
 * along the step grows at most as exp(dt), so that the likelihood gains at least a share of t - (exp(dt) - dt - 1)/d^2, which is largest at
 * t = log(1 + d)/d and above 0 at 1 where d is no more than 1. single takes the changes. */
static double find_sure_part(const sg_fit_work *work, const double *step)
{
    double d = 0.0;

    sg_design_multiply(work->design, step, work->single);
    for (size_t i = 0; i < work->design->n_rows; i++)
        d = fmax(d, work->response.count[i] > 0.0 ? fabs(work->single[i]) : 0.0);
    return d > 1.0 ? log1p(d) / d : 1.0;
}

/* beta after the step from the outcomes' own rates; 0 where the information is not definite. */
static void find_start(sg_fit_work *work, double *beta, double *buffer)
{
    start_from_outcomes(work);
    if (sg_fit_factor(work))
        solve_step(work, buffer, beta);
}

/* Newton's steps from beta on, whether they converged; *out_iterations were taken. The last derivation is at beta. A step after which the
 * score is not half of what it was is taken back, and from there on all are held to what is sure to raise the likelihood. */
static bool climb(sg_fit_work *work, double *beta, double *buffers, int *out_iterations)
{
    const size_t p = work->design->n_columns;
    double *step = buffers, *other = buffers + p,
           *short_step = buffers + 2 * p; /* other: of before the step */
    double gain = HUGE_VAL,
           before = HUGE_VAL; /* what the last step was to add to the likelihood; its score */
    bool guarded = false;

    sg_fit_evaluate(work, beta);
    for (*out_iterations = 1; *out_iterations <= MOST_STEPS; ++*out_iterations) {
        sg_fit_derive(work);
        const double score = find_largest_score(work);
        const bool definite = sg_fit_factor(work);
        if (definite && gain <= LEAST_GAIN * work->events &&
            score <= SCORE_TOLERANCE * fmax(1.0, work->total_weight))
            return true;
        if (!guarded && !(definite && score <= before / 2.0)) {
            guarded = true;
            memcpy(beta, other, p * sizeof *beta);
            sg_fit_evaluate(work, beta);
            continue;
        }
        if (!definite)
            return false;
        solve_step(work, short_step, step);
        gain = 0.5 * sg_dot(step, work->score, p);
        before = score;
        memcpy(other, beta, p * sizeof *beta);
        take_step(work, beta, step, guarded ? find_sure_part(work, step) : 1.0);
    }
    return false;
}

/* Let g be the score, I the information and r the largest sqrt(x' I^-1 x) of a row with learners. In a direction h of length t = sqrt(h' I h)
 * no x'h is beyond rt, and as a variance mu(1 - mu) falls at most as exp(-|x'h|), the likelihood gains at most
 * sqrt(g' I^-1 g) t - (exp(-rt) + rt - 1)/r^2, which falls without end, whatever the direction, where sqrt(g' I^-1 g) r < 1: there is a
 * maximum. Where outcomes are separated there is none, however small g has become. After Bach 2010, Electron J Stat 4:384. */
static double find_drift(sg_fit_work *work)
{
    const size_t p = work->design->n_columns;
    double reach = 0.0;

    sg_design_quadratic(work->design, work->inverse, work->single);
    for (size_t i = 0; i < work->design->n_rows; i++)
        reach = fmax(reach, work->response.count[i] > 0.0 ? work->single[i] : 0.0);
    return sqrt(fmax(sg_quadratic(work->inverse, work->score, work->score, p), 0.0) * reach);
}

static sg_status finish(sg_fit_work *work, sg_fit *fit, const double *beta, sg_arena *arena, sg_err *err)
{
    if (!fit->linear)
        work->log_likelihood = sg_fit_likelihood(work);
    if (fit->converged) {
        sg_fit_invert(work);
        fit->rcond = sg_spd_rcond(&work->spd, work->picked_inverse);
        fit->rank_lost = !(fit->rcond >= LEAST_RCOND);
        fit->log_det = sg_spd_log_det(&work->spd);
        fit->drift = fit->linear ? 0.0 : find_drift(work);
    }
    return sg_fit_finish(work, beta, arena, fit, err);
}

sg_status sg_fit_logit(const sg_design *design, sg_response response, sg_arena *arena, sg_fit *out,
                       sg_err *err)
{
    const size_t p = design->n_columns;
    double *beta = sg_arena_alloc(arena, 4 * p, sizeof *beta);
    sg_fit fit = {.kind = SG_FIT_LOGIT};
    sg_fit_work work = {0};
    sg_status status = sg_fit_work_init(&work, design, response, arena, err);

    if (status != SG_OK)
        return status;
    if (beta == NULL)
        return sg_no_memory(err);
    find_start(&work, beta, beta + 3 * p);
    fit.step = beta + p;
    fit.converged = climb(&work, beta, beta + p, &fit.iterations);
    status = finish(&work, &fit, beta, arena, err);
    if (status == SG_OK)
        *out = fit;
    return status;
}

/* Whether the columns are far from determining each other: the least pivot is a distance between them. */
static bool is_well_conditioned(const sg_spd *spd)
{
    for (size_t i = 0; i < spd->k; i++) {
        if (!(spd->lower[i * spd->k + i] >= LEAST_PIVOT))
            return false;
    }
    return true;
}

/* The score alone, after an evaluation. */
static void derive_score(sg_fit_work *work, const double *mu)
{
    const sg_design *design = work->design;

    for (size_t i = 0; i < design->n_rows; i++)
        work->single[i] = design->weight[i] * (work->response.success[i] - work->response.count[i] * mu[i]);
    sg_design_sum(design, work->single, work->score);
}

/* To beta from the fit to another response, by its information, which is much the same. */
static void step_from(const sg_fit *near, sg_fit_work *work, double *beta)
{
    const size_t p = work->design->n_columns;

    derive_score(work, near->mu);
    for (size_t a = 0; a < work->k; a++) {
        const size_t j = work->active[a];
        beta[j] = near->beta[j] + sg_dot(near->bread + j * p, work->score, p);
    }
}

/* Columns whose learners are all gone are active no longer. */
static void drop_empty_columns(sg_fit_work *work, size_t *active, double *beta)
{
    const size_t p = work->design->n_columns;
    size_t k = 0;

    for (size_t a = 0; a < work->k; a++) {
        const size_t j = active[a];
        if (work->information[j * p + j] > 0.0)
            active[k++] = j;
        else
            beta[j] = 0.0;
    }
    work->k = work->spd.k = k;
}

/* From beta on, near the maximum, two steps by each information; the last adds at most least_gain. *out_iterations were taken. active:
 * that of the work. */
static bool climb_last_steps(sg_fit_work *work, double least_gain, bool predict, size_t *active, double *beta,
                             double *buffers, int *out_iterations)
{
    const size_t p = work->design->n_columns;
    double *step = buffers, *short_step = buffers + p, gain = HUGE_VAL, before = HUGE_VAL;

    sg_fit_evaluate(work, beta);
    for (*out_iterations = 0; *out_iterations < MOST_STEPS && gain > least_gain; ++*out_iterations) {
        if (*out_iterations % 2 == 0) {
            sg_fit_derive(work);
            drop_empty_columns(work, active, beta);
            const double score = find_largest_score(work);
            if (!(score <= before / 2.0) || !sg_fit_factor(work) || !is_well_conditioned(&work->spd))
                return false;
            before = score;
        } else {
            derive_score(work, work->mu);
        }
        solve_step(work, short_step, step);
        gain = 0.5 * sg_dot(step, work->score, p);
        for (size_t j = 0; j < p; j++)
            beta[j] += step[j];
        if (predict || gain > least_gain)
            sg_fit_evaluate(work, beta);
    }
    return gain <= least_gain;
}

sg_status sg_fit_logit_near(const sg_design *design, sg_response response, const sg_fit *near, double gain,
                            bool predict, sg_arena *arena, sg_fit *out, sg_err *err)
{
    const size_t p = design->n_columns;
    double *beta = sg_arena_alloc(arena, 3 * p, sizeof *beta);
    size_t *active = sg_arena_alloc(arena, near->k, sizeof *active);
    sg_fit fit = {.kind = SG_FIT_LOGIT};
    sg_fit_work work = {0};

    if (beta == NULL || active == NULL)
        return sg_no_memory(err);
    memcpy(active, near->active, near->k * sizeof *active);
    sg_status status = init_work(&work, design, response, active, near->k, arena, err);
    if (status != SG_OK)
        return status;
    step_from(near, &work, beta);
    fit.step = beta + p;
    fit.converged = climb_last_steps(&work, gain, predict, active, beta, beta + p, &fit.iterations);
    if (!fit.converged)
        return sg_fit_logit(design, response, arena, out, err);
    status = sg_fit_finish(&work, beta, arena, &fit, err);
    if (status == SG_OK)
        *out = fit;
    return status;
}

/* ---- least squares ---- */

sg_status sg_fit_linear(const sg_design *design, sg_response response, sg_arena *arena, sg_fit *out,
                        sg_err *err)
{
    const size_t p = design->n_columns;
    double *beta = sg_arena_alloc(arena, 2 * p, sizeof *beta);
    sg_fit fit = {.kind = SG_FIT_LOGIT, .linear = true, .iterations = 1};
    sg_fit_work work = {0};
    sg_status status = sg_fit_work_init(&work, design, response, arena, err);

    if (status != SG_OK)
        return status;
    if (beta == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < design->n_rows; i++) {
        work.mu[i] = 0.0;
        work.variance[i] = 1.0;
    }
    /* twice: the second step takes off what rounding has left of the first */
    for (int pass = 0; pass < 2; pass++) {
        sg_fit_derive(&work);
        fit.converged = sg_fit_factor(&work);
        if (!fit.converged)
            break;
        solve_step(&work, beta + p, work.score);
        for (size_t a = 0; a < work.k; a++)
            beta[work.active[a]] += work.score[work.active[a]];
        sg_design_multiply(design, beta, work.mu);
    }
    status = finish(&work, &fit, beta, arena, err);
    if (status == SG_OK)
        *out = fit;
    return status;
}
