/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "estimate_parts.h"

/* The values of both arms, those of IET first. */
typedef struct {
    double *values;
    sg_sample iet, comparison;
} arm_values;

/* What is taken: a kind of amounts, of one scale. */
typedef struct {
    sg_amount_kind kind;
    size_t scale;
} taking;

static size_t take_arm(const sg_estimate_task *task, taking what, sg_arm arm, double *values)
{
    const sg_amounts *amounts = &task->cohort->designs[task->count->design].amounts[what.kind];
    const sg_year_count *count = task->count;
    const sg_cohort_view *view = &task->cohort->designs[count->design];
    const size_t end = count->first_unit + count->n_units;
    size_t n = 0;

    for (size_t i = sg_amounts_from(amounts, count->first_unit);
         i < amounts->n && amounts->items[i].unit < end; i++) {
        const sg_amount *amount = &amounts->items[i];

        if (amount->scale == what.scale && view->state[amount->unit] == SG_COHORT_IN &&
            view->arm[amount->unit] == arm &&
            (count->college < 0 || view->college[amount->unit] == count->college))
            values[n++] = amount->value;
    }
    return n;
}

static sg_status take_values(const sg_estimate_task *task, taking what, arm_values *out, sg_err *err)
{
    const sg_amounts *amounts = &task->cohort->designs[task->count->design].amounts[what.kind];

    out->values = calloc(amounts->n + 1, sizeof *out->values);
    if (!out->values)
        return sg_no_memory(err);
    out->iet.values = out->values;
    out->iet.n = take_arm(task, what, SG_ARM_IS_IET, out->values);
    out->comparison.values = out->values + out->iet.n;
    out->comparison.n = take_arm(task, what, SG_ARM_IS_COMPARISON, out->values + out->iet.n);
    return SG_OK;
}

static sg_estimate *add(const sg_estimate_place *p, sg_arm_subset subset, const arm_values *values)
{
    sg_estimate *e = sg_add_at(p, subset);

    if (!e)
        return NULL;
    if (subset != SG_ARM_COMPARISON)
        e->n_iet = (int64_t)values->iet.n;
    if (subset != SG_ARM_IET)
        e->n_comparison = (int64_t)values->comparison.n;
    return e;
}

static sg_status add_median(const sg_estimate_place *p, sg_arm_subset subset, const arm_values *values,
                            sg_err *err)
{
    const sg_sample *sample = subset == SG_ARM_IET ? &values->iet : &values->comparison;
    sg_median median;
    sg_status status = sg_median_of(*sample, p->task->config->analysis.confidence, &median, err);
    sg_estimate *e = status == SG_OK ? add(p, subset, values) : NULL;

    if (!e)
        return status == SG_OK ? sg_no_memory(err) : status;
    if (!isfinite(median.median.low) ||
        !isfinite(median.median.high)) /* too few for limits: there are none */
        median.median.low = median.median.high = nan("");
    sg_estimate_set_figure(e, "median", "order_statistic", &median.median, (int64_t)sample->n);
    return SG_OK;
}

/* statistics.md 4.5: how far apart an IET learner and another one typically are. It is not the difference of the medians. */
static sg_status add_shift(const sg_estimate_place *p, const arm_values *values, sg_err *err)
{
    sg_hodges_lehmann shift;
    sg_status status = sg_hodges_lehmann_shift(values->iet, values->comparison,
                                               p->task->config->analysis.confidence, &shift, err);
    sg_estimate *e = status == SG_OK ? add(p, SG_ARM_ALL, values) : NULL;

    if (!e)
        return status == SG_OK ? sg_no_memory(err) : status;
    sg_estimate_set_figure(e, "shift", "hodges_lehmann", &shift.shift,
                           sg_least((int64_t)values->iet.n, (int64_t)values->comparison.n));
    return SG_OK;
}

static bool is_wanted(const sg_estimate_task *task, sg_outcome outcome)
{
    return sg_outcome_is_asked(task->config, outcome) && sg_outcome_is_told(task->cohort, outcome);
}

static sg_status estimate_earnings(const sg_estimate_task *task, sg_estimate_list *out, sg_err *err)
{
    sg_estimate_place p = {task, out, sg_outcome_text(SG_OUTCOME_EARNINGS_Q2), "all", "all"};
    arm_values values = {0};
    sg_status status = take_values(task, (taking){SG_AMOUNT_EARNINGS_Q2, 0}, &values, err);

    if (status == SG_OK)
        status = add_median(&p, SG_ARM_IET, &values, err);
    if (status == SG_OK)
        status = add_median(&p, SG_ARM_COMPARISON, &values, err);
    if (status == SG_OK)
        status = add_shift(&p, &values, err);
    free(values.values);
    return status;
}

/* ---- score gains ---- */

static sg_status add_mean(const sg_estimate_place *p, sg_arm_subset subset, const arm_values *values,
                          sg_err *err)
{
    const sg_sample *sample = subset == SG_ARM_IET ? &values->iet : &values->comparison;
    const sg_figure mean = sg_mean_t(*sample, p->task->config->analysis.confidence);
    sg_estimate *e = add(p, subset, values);

    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_figure(e, "mean", "welch", &mean, (int64_t)sample->n);
    return SG_OK;
}

static sg_status add_mean_difference(const sg_estimate_place *p, const arm_values *values, sg_err *err)
{
    const sg_welch welch = sg_welch_test(values->iet, values->comparison,
                                         p->task->config->analysis.confidence);
    sg_estimate *e = add(p, SG_ARM_ALL, values);

    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_figure(e, "mean_difference", "welch", &welch.difference,
                           sg_least((int64_t)values->iet.n, (int64_t)values->comparison.n));
    return SG_OK;
}

/* No reader should take points for a rate. */
static void note_points(sg_estimate_list *list, size_t first)
{
    for (size_t i = first; i < list->n; i++)
        if (!*list->items[i].note)
            list->items[i].note = "points of the test's scale, no rate";
}

static sg_status estimate_scale(const sg_estimate_task *task, size_t scale, sg_estimate_list *out,
                                sg_err *err)
{
    sg_estimate_place p = {task, out, sg_outcome_text(SG_OUTCOME_SCORE_GAIN), "instrument*subject",
                           task->cohort->scales[scale]};
    arm_values values = {0};
    size_t first = out->n;
    sg_status status = take_values(task, (taking){SG_AMOUNT_SCORE_GAIN, scale}, &values, err);

    if (status == SG_OK && values.iet.n + values.comparison.n > 0) {
        status = add_mean(&p, SG_ARM_IET, &values, err);
        if (status == SG_OK)
            status = add_mean(&p, SG_ARM_COMPARISON, &values, err);
        if (status == SG_OK)
            status = add_mean_difference(&p, &values, err);
        note_points(out, first);
    }
    free(values.values);
    return status;
}

/* ---- dose: described, not compared ---- */

static sg_status estimate_dose(const sg_estimate_task *task, sg_outcome outcome, sg_amount_kind kind,
                               sg_estimate_list *out, sg_err *err)
{
    sg_estimate_place p = {task, out, sg_outcome_text(outcome), "all", "all"};
    arm_values values = {0};
    sg_status status = take_values(task, (taking){kind, 0}, &values, err);

    for (int subset = SG_ARM_IET; status == SG_OK && subset <= SG_ARM_COMPARISON; subset++) {
        status = add_mean(&p, (sg_arm_subset)subset, &values, err);
        if (status == SG_OK)
            status = add_median(&p, (sg_arm_subset)subset, &values, err);
    }
    free(values.values);
    return status;
}

/* Of an arm, those of whom it is known, by their college and year; and of these those who completed a program. */
static sg_counts count_completed(const sg_estimate_task *task, sg_arm arm)
{
    const sg_year_count *count = task->count;
    const sg_cohort_view *view = &task->cohort->designs[count->design];
    const sg_amounts *completed = &view->amounts[SG_AMOUNT_COMPLETED];
    size_t at = sg_amounts_from(completed, count->first_unit);
    sg_counts counts = {0, 0};

    for (size_t unit = count->first_unit; unit < count->first_unit + count->n_units; unit++) {
        bool is_one;

        while (at < completed->n && completed->items[at].unit < unit)
            at++;
        is_one = view->state[unit] == SG_COHORT_IN && view->arm[unit] == arm &&
                 (count->college < 0 || view->college[unit] == count->college) &&
                 task->cohort->completions_from[view->college[unit]] <= count->program_year;
        counts.n += is_one;
        counts.x += is_one && at < completed->n && completed->items[at].unit == unit;
    }
    return counts;
}

static sg_status estimate_completed(const sg_estimate_task *task, sg_estimate_list *out, sg_err *err)
{
    sg_estimate_place p = {task, out, sg_outcome_text(SG_OUTCOME_COMPLETED), "all", "all"};
    const sg_counts iet = count_completed(task, SG_ARM_IS_IET),
                    comparison = count_completed(task, SG_ARM_IS_COMPARISON);
    sg_status status;

    if (iet.n + comparison.n == 0)
        return SG_OK;
    status = sg_add_rate(&p, SG_ARM_IET, iet, err);
    return status == SG_OK ? sg_add_rate(&p, SG_ARM_COMPARISON, comparison, err) : status;
}

sg_status sg_estimate_amounts(const sg_estimate_task *task, sg_estimate_list *out, sg_err *err)
{
    sg_status status = SG_OK;

    if (is_wanted(task, SG_OUTCOME_EARNINGS_Q2))
        status = estimate_earnings(task, out, err);
    for (size_t scale = 0;
         status == SG_OK && is_wanted(task, SG_OUTCOME_SCORE_GAIN) && scale < task->cohort->n_scales; scale++)
        status = estimate_scale(task, scale, out, err);
    if (status == SG_OK && is_wanted(task, SG_OUTCOME_CONTACT_HOURS))
        status = estimate_dose(task, SG_OUTCOME_CONTACT_HOURS, SG_AMOUNT_HOURS, out, err);
    if (status == SG_OK && is_wanted(task, SG_OUTCOME_WEEKS_ATTENDED))
        status = estimate_dose(task, SG_OUTCOME_WEEKS_ATTENDED, SG_AMOUNT_WEEKS, out, err);
    if (status == SG_OK && is_wanted(task, SG_OUTCOME_COMPLETED))
        status = estimate_completed(task, out, err);
    return status;
}
