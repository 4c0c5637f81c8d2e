/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/stats.h"

/* ---- an estimate from a figure of the statistics module ---- */

sg_estimate *sg_estimate_append(sg_estimate_list *list)
{
    const double blank = nan("");
    sg_estimate *e;

    if (!sg_grow(&list->items, &list->capacity, list->n + 1, sizeof *list->items))
        return NULL;
    e = &list->items[list->n++];
    *e = (sg_estimate){.dimension = "all",
                       .level = "all",
                       .subset = "all",
                       .reference = "",
                       .covariates = "",
                       .note = "",
                       .estimate = blank,
                       .std_error = blank,
                       .ci_low = blank,
                       .ci_high = blank,
                       .statistic = blank,
                       .df = blank,
                       .p_value = blank,
                       .p_adjusted = blank,
                       .n_iet = SG_COUNT_NONE,
                       .x_iet = SG_COUNT_NONE,
                       .n_comparison = SG_COUNT_NONE,
                       .x_comparison = SG_COUNT_NONE,
                       .n_level = SG_COUNT_NONE,
                       .x_level = SG_COUNT_NONE,
                       .n_reference = SG_COUNT_NONE,
                       .x_reference = SG_COUNT_NONE};
    return e;
}

sg_estimate *sg_estimate_add(const sg_estimate_task *task, sg_estimate_list *list)
{
    sg_estimate *e = sg_estimate_append(list);

    if (e) {
        e->program_year = task->count->program_year;
        e->college = task->college;
        e->variant = sg_design_text(task->count->design);
    }
    return e;
}

/* ---- groups ---- */

sg_counts sg_group_of(const sg_group_count *count, sg_arm_subset subset, sg_outcome outcome)
{
    sg_counts g = {0, 0};

    if (subset != SG_ARM_COMPARISON) {
        g.x += sg_arm_x(&count->iet, outcome);
        g.n += sg_arm_known(&count->iet, outcome);
    }
    if (subset != SG_ARM_IET) {
        g.x += sg_arm_x(&count->comparison, outcome);
        g.n += sg_arm_known(&count->comparison, outcome);
    }
    return g;
}

/* ---- figures to estimates ---- */

static void set_status(sg_estimate *e, sg_estimate_status status, const char *note, int64_t least_n)
{
    e->status = status != SG_EST_OK        ? SG_ESTIMATE_NOT_ESTIMABLE
                : least_n < SG_SMALL_GROUP ? SG_ESTIMATE_SMALL_SAMPLE
                                           : SG_ESTIMATE_OK;
    e->note = note;
}

void sg_estimate_set_figure(sg_estimate *e, const char *estimand, const char *method, const sg_figure *figure,
                            int64_t least_n)
{
    e->estimand = estimand;
    e->method = method;
    set_status(e, figure->status, figure->note, least_n);
    if (figure->status != SG_EST_OK)
        return;
    e->estimate = figure->estimate;
    e->std_error = figure->std_error;
    e->ci_low = figure->low;
    e->ci_high = figure->high;
    e->statistic = figure->statistic;
    e->df = figure->df;
    e->p_value = figure->p_value;
}

void sg_estimate_set_test(sg_estimate *e, const char *estimand, const char *method, const sg_test *test,
                          int64_t least_n)
{
    e->estimand = estimand;
    e->method = method;
    set_status(e, test->status, test->note, least_n);
    if (test->status != SG_EST_OK)
        return;
    e->statistic = test->statistic;
    e->df = test->df;
    e->p_value = test->p_value;
}

int64_t sg_least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

sg_estimate *sg_add_at(const sg_estimate_place *p, sg_arm_subset subset)
{
    sg_estimate *e = sg_estimate_add(p->task, p->list);

    if (e) {
        e->outcome = p->outcome;
        e->dimension = p->dimension;
        e->level = p->level;
        e->subset = sg_arm_subset_text(subset);
    }
    return e;
}

sg_status sg_add_rate(const sg_estimate_place *p, sg_arm_subset subset, sg_counts group, sg_err *err)
{
    sg_figure figure = sg_rate_wilson(group, p->task->config->analysis.confidence);
    sg_estimate *e = sg_add_at(p, subset);

    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_figure(e, "rate", "wilson", &figure, group.n);
    e->n_level = group.n;
    e->x_level = group.x;
    if (subset == SG_ARM_IET) {
        e->n_iet = group.n;
        e->x_iet = group.x;
    } else if (subset == SG_ARM_COMPARISON) {
        e->n_comparison = group.n;
        e->x_comparison = group.x;
    }
    return SG_OK;
}

void sg_set_arms(sg_estimate *e, sg_counts iet, sg_counts comparison)
{
    e->n_iet = iet.n;
    e->x_iet = iet.x;
    e->n_comparison = comparison.n;
    e->x_comparison = comparison.x;
}

static sg_status add_ratio(const sg_estimate_place *p, sg_counts iet, sg_counts comparison, bool odds,
                           sg_err *err)
{
    double conf = p->task->config->analysis.confidence;
    sg_figure figure = odds ? sg_or_log(iet, comparison, conf) : sg_rr_log(iet, comparison, conf);
    sg_estimate *e = sg_add_at(p, SG_ARM_ALL);

    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_figure(e, odds ? "odds_ratio" : "risk_ratio", "log", &figure,
                           sg_least(iet.n, comparison.n));
    sg_set_arms(e, iet, comparison);
    return SG_OK;
}

/* The test of rule 1.9 as a row of its own: it names its method. */
static sg_status add_test(const sg_estimate_place *p, sg_counts iet, sg_counts comparison,
                          const sg_test *test, sg_err *err)
{
    sg_estimate *e = sg_add_at(p, SG_ARM_ALL);

    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_test(e, "independence", test->method, test, sg_least(iet.n, comparison.n));
    sg_set_arms(e, iet, comparison);
    return SG_OK;
}

/* Rates, differences and the test of one group. */
sg_status sg_add_group(const sg_estimate_place *p, const sg_group_count *count, sg_outcome outcome,
                       sg_err *err)
{
    sg_counts iet = sg_group_of(count, SG_ARM_IET, outcome),
              comparison = sg_group_of(count, SG_ARM_COMPARISON, outcome);
    sg_figure difference = sg_rd_newcombe(iet, comparison, p->task->config->analysis.confidence);
    sg_test test = sg_p_2x2(iet, comparison);
    sg_status status = SG_OK;
    sg_estimate *e;

    for (int subset = SG_ARM_ALL; status == SG_OK && subset <= SG_ARM_COMPARISON; subset++)
        status = sg_add_rate(p, (sg_arm_subset)subset, sg_group_of(count, (sg_arm_subset)subset, outcome),
                             err);
    if (status == SG_OK)
        status = add_ratio(p, iet, comparison, false, err);
    if (status == SG_OK)
        status = add_ratio(p, iet, comparison, true, err);
    if (status == SG_OK)
        status = add_test(p, iet, comparison, &test, err);
    if (status != SG_OK)
        return status;
    e = sg_add_at(p, SG_ARM_ALL);
    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_figure(e, "risk_difference", "newcombe", &difference, sg_least(iet.n, comparison.n));
    sg_set_arms(e, iet, comparison);
    e->p_value = e->status != SG_ESTIMATE_NOT_ESTIMABLE && test.status == SG_EST_OK ? test.p_value : nan("");
    return SG_OK;
}

/* ---- families of p-values ---- */

static bool is_one(const char *wanted, const char *text)
{
    return !wanted || strcmp(wanted, text) == 0;
}

static bool is_member(const sg_p_family *family, const sg_estimate *e)
{
    return is_one(family->estimand, e->estimand) && is_one(family->outcome, e->outcome) &&
           is_one(family->method, e->method) && is_one(family->subset, e->subset) &&
           !(family->large_only && e->status == SG_ESTIMATE_SMALL_SAMPLE);
}

sg_status sg_adjust_family(sg_estimate_list *list, size_t first, const sg_p_family *family, sg_err *err)
{
    SG_AUTO_FREE double *p = calloc(list->n - first + 1, sizeof *p);
    SG_AUTO_FREE sg_estimate **members = calloc(list->n - first + 1, sizeof *members);
    size_t n = 0;
    sg_status status;

    if (!p || !members)
        return sg_no_memory(err);
    for (size_t i = first; i < list->n; i++) {
        if (!is_member(family, &list->items[i]))
            continue;
        p[n] = list->items[i].p_value;
        members[n++] = &list->items[i];
    }
    status = family->holm ? sg_adjust_holm(p, n, p, err) : sg_adjust_bh(p, n, p, err);
    for (size_t i = 0; status == SG_OK && i < n; i++)
        members[i]->p_adjusted = p[i];
    return status;
}
