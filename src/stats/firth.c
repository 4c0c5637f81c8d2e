/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Firth's penalised likelihood: l(b) + ln det(X'WX) / 2, whose maximum is there whatever is separated. */
#include <string.h>

#include "fit.h"

enum { MOST_STEPS = 500, MOST_HALVINGS = 30 };
static const double LONGEST_STEP = 5.0, SCORE_TOLERANCE = 1e-10, SCORE_ROUNDING = 1e-13;

/* U* = X'[w(y - mu) + h(1/2 - mu)], h the leverage of a learner; before it, score is w(y - mu). */
static void penalise_score(sg_fit_work *work)
{
    const sg_design *design = work->design;

    sg_design_quadratic(design, work->inverse, work->square);
    for (size_t i = 0; i < design->n_rows; i++) {
        const double count = work->response.count[i];
        const double leverage = design->weight[i] * work->variance[i] * work->square[i];
        if (count > 0.0)
            sg_entries_add(sg_design_entries(design, i, design->arm[i]),
                           count * leverage * (0.5 - work->mu[i]), work->score);
    }
}

/* All at beta; false: the information is not definite. The penalised likelihood is in log_likelihood. */
static bool evaluate(sg_fit_work *work, const double *beta)
{
    sg_fit_evaluate(work, beta);
    work->log_likelihood = sg_fit_likelihood(work);
    sg_fit_derive(work);
    if (!sg_fit_factor(work))
        return false;
    sg_fit_invert(work);
    penalise_score(work);
    work->log_likelihood += 0.5 * sg_spd_log_det(&work->spd);
    return isfinite(work->log_likelihood);
}

/* The step in the columns that are free, and whether the score is 0 in them. */
static bool find_step(const sg_fit_work *work, size_t fixed, double *step)
{
    const size_t p = work->design->n_columns;
    double largest_score = 0.0, largest_step = 0.0;

    for (size_t a = 0; a < work->k; a++) {
        const size_t j = work->active[a];
        if (j == fixed)
            work->score[j] = 0.0;
        largest_score = fmax(largest_score, fabs(work->score[j]));
    }
    for (size_t j = 0; j < p; j++)
        step[j] = sg_dot(work->inverse + j * p, work->score, p);
    if (fixed < p) {
        const double part = step[fixed] / work->inverse[fixed * p + fixed];
        for (size_t j = 0; j < p; j++)
            step[j] -= part * work->inverse[j * p + fixed];
        step[fixed] = 0.0;
    }
    for (size_t j = 0; j < p; j++)
        largest_step = fmax(largest_step, fabs(step[j]));
    for (size_t j = 0; j < p && largest_step > LONGEST_STEP; j++)
        step[j] *= LONGEST_STEP / largest_step;
    return largest_score <= fmax(SCORE_TOLERANCE, SCORE_ROUNDING * work->total_weight);
}

/* Moves beta by the step, halved while the penalised likelihood falls, and where the step goes so far beyond the maximum along it
 * that the score there points back by half of what it was or more: the information alone may make steps of twice the length that they should
 * have, between two points that are equally high, for ever. False: there is no such step. */
static bool take_step(sg_fit_work *work, double *beta, double *step, double *trial)
{
    const size_t p = work->design->n_columns;
    const double before = work->log_likelihood, rounding = 1e-13 * (1.0 + fabs(before));
    double slope = sg_dot(work->score, step, p);

    for (int halving = 0; halving <= MOST_HALVINGS; halving++) {
        for (size_t j = 0; j < p; j++)
            trial[j] = beta[j] + step[j];
        if (evaluate(work, trial) && work->log_likelihood >= before - rounding &&
            sg_dot(work->score, step, p) >= -slope / 2.0) {
            memcpy(beta, trial, p * sizeof *beta);
            return true;
        }
        for (size_t j = 0; j < p; j++)
            step[j] /= 2.0;
        slope /= 2.0;
    }
    return false;
}

static bool climb(sg_fit_work *work, size_t fixed, double *beta, double *buffers, int *out_iterations)
{
    double *step = buffers, *trial = buffers + work->design->n_columns;

    if (!evaluate(work, beta))
        return false;
    for (*out_iterations = 0; *out_iterations < MOST_STEPS; ++*out_iterations) {
        if (find_step(work, fixed, step))
            return true;
        if (!take_step(work, beta, step, trial))
            return false;
    }
    return false;
}

sg_status sg_fit_firth(const sg_design *design, sg_response response, const sg_firth_options *options,
                       sg_arena *arena, sg_fit *out, sg_err *err)
{
    const size_t p = design->n_columns;
    double *beta = sg_arena_alloc(arena, 3 * p, sizeof *beta);
    sg_fit fit = {.kind = SG_FIT_FIRTH};
    sg_fit_work work = {0};
    sg_status status = sg_fit_work_init(&work, design, response, arena, err);

    if (status != SG_OK)
        return status;
    if (beta == NULL)
        return sg_no_memory(err);
    if (options->start != NULL)
        memcpy(beta, options->start, p * sizeof *beta);
    if (options->fixed < p)
        beta[options->fixed] = options->fixed_to;
    fit.converged = climb(&work, options->fixed, beta, beta + p, &fit.iterations);
    if (fit.converged) {
        fit.rcond = sg_spd_rcond(&work.spd, work.picked_inverse);
        fit.rank_lost = !(fit.rcond >= 1e-12);
        fit.log_det = sg_spd_log_det(&work.spd);
    }
    status = sg_fit_finish(&work, beta, arena, &fit, err);
    if (status == SG_OK)
        *out = fit;
    return status;
}

/* ---- FLIC ---- */

/* How many more learners are predicted than have the outcome, with `shift` on the intercept; its slope. */
static double sum_excess(const sg_design *design, sg_response response, const double *beta, double shift,
                         double *out_slope)
{
    sg_sum excess = {0}, slope = {0};

    for (size_t i = 0; i < design->n_rows; i++) {
        const double eta = sg_entries_dot(sg_design_entries(design, i, design->arm[i]), beta) + shift;
        const double count = response.count[i];
        if (!(count > 0.0))
            continue;
        sg_sum_add(&excess, design->weight[i] * (count * sg_logistic(eta) - response.success[i]));
        sg_sum_add(&slope, design->weight[i] * count * sg_logistic_variance(eta));
    }
    *out_slope = sg_sum_value(&slope);
    return sg_sum_value(&excess);
}

double sg_fit_flic(const sg_design *design, sg_response response, const double *beta)
{
    double shift = 0.0, low = -50.0, high = 50.0;

    /* Newton inside a bracket that closes: the excess rises with the shift */
    for (int step = 0; step < 200; step++) {
        double slope = 0.0;
        const double excess = sum_excess(design, response, beta, shift, &slope);
        if (excess > 0.0)
            high = shift;
        else
            low = shift;
        double next = shift - excess / slope;
        if (!(next > low && next < high))
            next = low + (high - low) / 2.0;
        if (fabs(next - shift) <= 1e-15 * (1.0 + fabs(shift)))
            return next;
        shift = next;
    }
    return shift;
}

void sg_fit_apply_flic(const sg_design *design, sg_response response, sg_fit *fit)
{
    fit->flic = sg_fit_flic(design, response, fit->beta);
    fit->beta[0] += fit->flic;
    sg_design_multiply(design, fit->beta, fit->mu);
    for (size_t i = 0; i < design->n_rows; i++) {
        const double eta = fit->mu[i];
        fit->mu[i] = sg_logistic(eta);
        fit->variance[i] = sg_logistic_variance(eta);
    }
}
