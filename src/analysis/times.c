/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "skillgain/stats.h"
#include "times.h"

/* Both arms' units, one behind the other. */
typedef struct {
    sg_spell *spells;
    bool *iet;
    size_t n, n_iet;
} timed_units;

/* An event that units are followed to. */
typedef struct {
    const sg_estimate_task *task;
    sg_outcome outcome; /* SG_OUTCOME_TIME_TO_GAIN or SG_OUTCOME_TIME_TO_CREDENTIAL */
    timed_units units;
} timing;

static bool is_wanted(const sg_estimate_task *task, sg_outcome outcome)
{
    return task->count->design != SG_DESIGN_NAIVE && /* it follows nobody from a day on */
           sg_outcome_is_asked(task->config, outcome) && sg_outcome_is_told(task->cohort, outcome);
}

bool sg_time_is_known(sg_outcome outcome, const sg_cohort_view *view, size_t i)
{
    return outcome == SG_OUTCOME_TIME_TO_GAIN ||
           sg_outcome_is_known(view->outcomes[i], SG_OUTCOME_CREDENTIAL);
}

int sg_time_days(sg_outcome outcome, const sg_cohort_view *view, size_t i)
{
    const sg_amounts *days = &view->amounts[SG_AMOUNT_CREDENTIAL_DAYS];
    size_t at;

    if (outcome == SG_OUTCOME_TIME_TO_GAIN)
        return view->gain_days[i] > 0 ? view->gain_days[i] : 0;
    at = sg_amounts_from(days, i);
    return at < days->n && days->items[at].unit == i ? (int)days->items[at].value : 0;
}

bool sg_time_is_of(const sg_estimate_task *task, sg_outcome outcome, sg_arm arm, size_t i)
{
    const sg_year_count *count = task->count;
    const sg_cohort_view *view = &task->cohort->designs[count->design];

    return view->state[i] == SG_COHORT_IN && view->arm[i] == arm &&
           (count->college < 0 || view->college[i] == count->college) && sg_time_is_known(outcome, view, i);
}

/* A unit without the event stays at risk to the end of its follow-up, which is whole for all; also after leaving (5.0). One of which
 * it is not known is left out. */
static void take_arm(timing *t, sg_arm arm)
{
    const sg_year_count *count = t->task->count;
    const sg_cohort_view *view = &t->task->cohort->designs[count->design];
    timed_units *units = &t->units;

    for (size_t i = count->first_unit; i < count->first_unit + count->n_units; i++) {
        int days;

        if (!sg_time_is_of(t->task, t->outcome, arm, i))
            continue;
        days = sg_time_days(t->outcome, view, i);
        units->spells[units->n] = (sg_spell){.stop = days > 0 ? days : t->task->config->cohort.follow_up_days,
                                             .event = days > 0};
        units->iet[units->n++] = arm == SG_ARM_IS_IET;
    }
}

static sg_estimate *add(const timing *t, sg_estimate_list *list, sg_arm_subset subset)
{
    const timed_units *units = &t->units;
    sg_estimate *e = sg_estimate_add(t->task, list);

    if (!e)
        return NULL;
    e->outcome = sg_outcome_text(t->outcome);
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

static sg_status add_medians(const timing *t, const sg_curve curves[2], sg_estimate_list *out, sg_err *err)
{
    for (int arm = 0; arm < 2; arm++) {
        sg_figure median = sg_curve_median(&curves[arm]);
        sg_estimate *e = add(t, out, arm == 0 ? SG_ARM_IET : SG_ARM_COMPARISON);

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

static sg_status add_means(const timing *t, const sg_curve curves[2], sg_estimate_list *out, sg_err *err)
{
    sg_restricted_means means = sg_compare_restricted_means(&curves[0], &curves[1],
                                                            t->task->config->cohort.follow_up_days);
    sg_estimate *e = add(t, out, SG_ARM_ALL);

    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_figure(e, "rmst_difference", "kaplan_meier", &means.difference, least_arm(&t->units));
    return SG_OK;
}

static sg_status add_test(const timing *t, sg_estimate_list *out, sg_err *err)
{
    sg_log_rank test;
    sg_status status = sg_log_rank_test(t->units.spells, t->units.iet, NULL, t->units.n, 1, &test, err);
    sg_estimate *e = status == SG_OK ? add(t, out, SG_ARM_ALL) : NULL;

    if (!e)
        return status == SG_OK ? sg_no_memory(err) : status;
    sg_estimate_set_test(e, "hazard_equality", "logrank",
                         &(sg_test){test.p, test.x2, 1, "logrank", test.status, test.note},
                         least_arm(&t->units));
    return SG_OK;
}

static sg_status estimate(const timing *t, sg_estimate_list *out, sg_err *err)
{
    const timed_units *units = &t->units;
    const double confidence = t->task->config->analysis.confidence;
    sg_curve curves[2] = {{0}, {0}};
    sg_status status = sg_kaplan_meier(units->spells, units->n_iet, confidence, &curves[0], err);

    if (status == SG_OK)
        status = sg_kaplan_meier(units->spells + units->n_iet, units->n - units->n_iet, confidence,
                                 &curves[1], err);
    if (status == SG_OK)
        status = add_medians(t, curves, out, err);
    if (status == SG_OK)
        status = add_means(t, curves, out, err);
    if (status == SG_OK)
        status = add_test(t, out, err);
    sg_curve_release(&curves[0]);
    sg_curve_release(&curves[1]);
    return status;
}

static sg_status estimate_time(const sg_estimate_task *task, sg_outcome outcome, sg_estimate_list *out,
                               sg_err *err)
{
    timing t = {.task = task, .outcome = outcome};
    sg_status status = SG_OK;

    t.units.spells = calloc(task->count->n_units + 1, sizeof *t.units.spells);
    t.units.iet = calloc(task->count->n_units + 1, sizeof *t.units.iet);
    if (t.units.spells && t.units.iet) {
        take_arm(&t, SG_ARM_IS_IET);
        t.units.n_iet = t.units.n;
        take_arm(&t, SG_ARM_IS_COMPARISON);
        status = estimate(&t, out, err);
    } else {
        status = sg_no_memory(err);
    }
    free(t.units.spells);
    free(t.units.iet);
    return status;
}

sg_status sg_estimate_times(const sg_estimate_task *task, sg_estimate_list *out, sg_err *err)
{
    static const sg_outcome outcomes[] = {SG_OUTCOME_TIME_TO_GAIN, SG_OUTCOME_TIME_TO_CREDENTIAL};
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < sizeof outcomes / sizeof *outcomes; i++)
        if (is_wanted(task, outcomes[i])) {
            status = estimate_time(task, outcomes[i], out, err);
            if (status == SG_OK)
                status = sg_estimate_varying(task, outcomes[i], out, err);
        }
    return status;
}
