/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "estimates.h"
#include "skillgain/stats.h"

/* Both arms' units, one behind the other. */
typedef struct {
    sg_spell *spells;
    bool *iet;
    size_t n, n_iet;
} timed_units;

static bool is_wanted(const sg_estimate_task *task)
{
    sg_outcome outcome;

    if (task->count->design == SG_DESIGN_NAIVE)
        return false; /* it follows nobody from a day on */
    for (size_t i = 0; i < task->config->analysis.n_outcomes; i++)
        if (sg_outcome_find(task->config->analysis.outcomes[i], &outcome) &&
            outcome == SG_OUTCOME_TIME_TO_GAIN)
            return true;
    return false;
}

/* A unit without a gain stays at risk to the end of its follow-up, which is whole for all; also after leaving (5.0). */
static void take_arm(const sg_estimate_task *task, sg_arm arm, timed_units *units)
{
    const sg_year_count *count = task->count;
    const sg_cohort_view *view = &task->cohort->designs[count->design];

    for (size_t i = count->first_unit; i < count->first_unit + count->n_units; i++) {
        bool event = view->gain_days[i] > 0;

        if (view->state[i] != SG_COHORT_IN || view->arm[i] != arm ||
            (count->college >= 0 && view->college[i] != count->college))
            continue;
        units->spells[units->n] = (sg_spell){
            .stop = event ? view->gain_days[i] : task->config->cohort.follow_up_days, .event = event};
        units->iet[units->n++] = arm == SG_ARM_IS_IET;
    }
}

static sg_estimate *add(const sg_estimate_task *task, sg_estimate_list *list, sg_arm_subset subset,
                        const timed_units *units)
{
    sg_estimate *e = sg_estimate_add(task, list);

    if (!e)
        return NULL;
    e->outcome = sg_outcome_text(SG_OUTCOME_TIME_TO_GAIN);
    e->subset = sg_arm_subset_text(subset);
    if (subset != SG_ARM_COMPARISON)
        e->n_iet = (int64_t)units->n_iet;
    if (subset != SG_ARM_IET)
        e->n_comparison = (int64_t)(units->n - units->n_iet);
    return e;
}

static int64_t least_arm(const timed_units *units)
{
    size_t n_comparison = units->n - units->n_iet;

    return (int64_t)(units->n_iet < n_comparison ? units->n_iet : n_comparison);
}

static sg_status add_medians(const sg_estimate_task *task, const timed_units *units, const sg_curve curves[2],
                             sg_estimate_list *out, sg_err *err)
{
    for (int arm = 0; arm < 2; arm++) {
        sg_figure median = sg_curve_median(&curves[arm]);
        sg_estimate *e = add(task, out, arm == 0 ? SG_ARM_IET : SG_ARM_COMPARISON, units);

        if (!e)
            return sg_no_memory(err);
        sg_estimate_set_figure(e, "median", "kaplan_meier", &median, (int64_t)curves[arm].n);
        if (median.status == SG_EST_OK &&
            isnan(median.estimate)) { /* a figure that was not reached is none */
            e->status = SG_ESTIMATE_NOT_ESTIMABLE;
            e->ci_low = e->ci_high = nan("");
        }
    }
    return SG_OK;
}

static sg_status add_means(const sg_estimate_task *task, const timed_units *units, const sg_curve curves[2],
                           sg_estimate_list *out, sg_err *err)
{
    sg_restricted_means means = sg_compare_restricted_means(&curves[0], &curves[1],
                                                            task->config->cohort.follow_up_days);
    sg_estimate *e = add(task, out, SG_ARM_ALL, units);

    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_figure(e, "rmst_difference", "kaplan_meier", &means.difference, least_arm(units));
    return SG_OK;
}

static sg_status add_test(const sg_estimate_task *task, const timed_units *units, sg_estimate_list *out,
                          sg_err *err)
{
    sg_log_rank test;
    sg_status status = sg_log_rank_test(units->spells, units->iet, NULL, units->n, 1, &test, err);
    sg_estimate *e = status == SG_OK ? add(task, out, SG_ARM_ALL, units) : NULL;

    if (!e)
        return status == SG_OK ? sg_no_memory(err) : status;
    sg_estimate_set_test(e, "hazard_equality", "logrank",
                         &(sg_test){test.p, test.x2, 1, "logrank", test.status, test.note}, least_arm(units));
    return SG_OK;
}

static sg_status estimate(const sg_estimate_task *task, const timed_units *units, sg_estimate_list *out,
                          sg_err *err)
{
    sg_curve curves[2] = {{0}, {0}};
    sg_status status = sg_kaplan_meier(units->spells, units->n_iet, task->config->analysis.confidence,
                                       &curves[0], err);

    if (status == SG_OK)
        status = sg_kaplan_meier(units->spells + units->n_iet, units->n - units->n_iet,
                                 task->config->analysis.confidence, &curves[1], err);
    if (status == SG_OK)
        status = add_medians(task, units, curves, out, err);
    if (status == SG_OK)
        status = add_means(task, units, curves, out, err);
    if (status == SG_OK)
        status = add_test(task, units, out, err);
    sg_curve_release(&curves[0]);
    sg_curve_release(&curves[1]);
    return status;
}

sg_status sg_estimate_times(const sg_estimate_task *task, sg_estimate_list *out, sg_err *err)
{
    timed_units units = {0};
    sg_status status = SG_OK;

    if (!is_wanted(task))
        return SG_OK;
    units.spells = calloc(task->count->n_units + 1, sizeof *units.spells);
    units.iet = calloc(task->count->n_units + 1, sizeof *units.iet);
    if (units.spells && units.iet) {
        take_arm(task, SG_ARM_IS_IET, &units);
        units.n_iet = units.n;
        take_arm(task, SG_ARM_IS_COMPARISON, &units);
        status = estimate(task, &units, out, err);
    } else {
        status = sg_no_memory(err);
    }
    free(units.spells);
    free(units.iet);
    return status;
}
