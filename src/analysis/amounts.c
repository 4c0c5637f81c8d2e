/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "estimate_parts.h"

/* The values of both arms, those of IET first. */
typedef struct {
    double *values;
    sg_sample iet, comparison;
} arm_values;

static size_t take_arm(const sg_estimate_task *task, const sg_amounts *amounts, sg_arm arm, double *values)
{
    const sg_year_count *count = task->count;
    const sg_cohort_view *view = &task->cohort->designs[count->design];
    const size_t end = count->first_unit + count->n_units;
    size_t n = 0;

    for (size_t i = sg_amounts_from(amounts, count->first_unit);
         i < amounts->n && amounts->items[i].unit < end; i++) {
        const sg_amount *amount = &amounts->items[i];

        if (view->state[amount->unit] == SG_COHORT_IN && view->arm[amount->unit] == arm &&
            (count->college < 0 || view->college[amount->unit] == count->college))
            values[n++] = amount->value;
    }
    return n;
}

static sg_status take_values(const sg_estimate_task *task, sg_amount_kind kind, arm_values *out, sg_err *err)
{
    const sg_amounts *amounts = &task->cohort->designs[task->count->design].amounts[kind];

    out->values = calloc(amounts->n + 1, sizeof *out->values);
    if (!out->values)
        return sg_no_memory(err);
    out->iet.values = out->values;
    out->iet.n = take_arm(task, amounts, SG_ARM_IS_IET, out->values);
    out->comparison.values = out->values + out->iet.n;
    out->comparison.n = take_arm(task, amounts, SG_ARM_IS_COMPARISON, out->values + out->iet.n);
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
    sg_status status = take_values(task, SG_AMOUNT_EARNINGS_Q2, &values, err);

    if (status == SG_OK)
        status = add_median(&p, SG_ARM_IET, &values, err);
    if (status == SG_OK)
        status = add_median(&p, SG_ARM_COMPARISON, &values, err);
    if (status == SG_OK)
        status = add_shift(&p, &values, err);
    free(values.values);
    return status;
}

sg_status sg_estimate_amounts(const sg_estimate_task *task, sg_estimate_list *out, sg_err *err)
{
    return is_wanted(task, SG_OUTCOME_EARNINGS_Q2) ? estimate_earnings(task, out, err) : SG_OK;
}
