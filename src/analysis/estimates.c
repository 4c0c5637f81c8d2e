/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reference.h"
#include "skillgain/stats.h"

void sg_estimate_list_release(sg_estimate_list *list)
{
    free(list->items);
    *list = (sg_estimate_list){0};
}

/* ---- an estimate from a figure of the statistics module ---- */

sg_estimate *sg_estimate_add(const sg_estimate_task *task, sg_estimate_list *list)
{
    const double blank = nan("");
    sg_estimate *e;

    if (!sg_grow(&list->items, &list->capacity, list->n + 1, sizeof *list->items))
        return NULL;
    e = &list->items[list->n++];
    *e = (sg_estimate){.program_year = task->count->program_year,
                       .college = task->college,
                       .dimension = "all",
                       .level = "all",
                       .subset = "all",
                       .variant = sg_design_text(task->count->design),
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

/* ---- groups ---- */

static sg_counts group_of(const sg_group_count *count, sg_arm_subset subset, sg_outcome outcome)
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

/* Access: of the participant-years compared, those in arm IET. */
static sg_counts access_of(const sg_group_count *count)
{
    sg_counts g = {sg_arm_n(&count->iet), sg_arm_n(&count->iet) + sg_arm_n(&count->comparison)};

    return g;
}

static sg_counts others_than(const sg_counts *group, const sg_counts *everyone)
{
    sg_counts g = {everyone->x - group->x, everyone->n - group->n};

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

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* What the estimates of one group have in common. */
typedef struct {
    const sg_estimate_task *task;
    sg_estimate_list *list;
    const char *outcome, *dimension, *level;
} place;

static sg_estimate *add_at(const place *p, sg_arm_subset subset)
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

static sg_status add_rate(const place *p, sg_arm_subset subset, sg_counts group, sg_err *err)
{
    sg_figure figure = sg_rate_wilson(group, p->task->config->analysis.confidence);
    sg_estimate *e = add_at(p, subset);

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

static void set_arms(sg_estimate *e, sg_counts iet, sg_counts comparison)
{
    e->n_iet = iet.n;
    e->x_iet = iet.x;
    e->n_comparison = comparison.n;
    e->x_comparison = comparison.x;
}

static sg_status add_ratio(const place *p, sg_counts iet, sg_counts comparison, bool odds, sg_err *err)
{
    double conf = p->task->config->analysis.confidence;
    sg_figure figure = odds ? sg_or_log(iet, comparison, conf) : sg_rr_log(iet, comparison, conf);
    sg_estimate *e = add_at(p, SG_ARM_ALL);

    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_figure(e, odds ? "odds_ratio" : "risk_ratio", "log", &figure, least(iet.n, comparison.n));
    set_arms(e, iet, comparison);
    return SG_OK;
}

/* The test of rule 1.9 as a row of its own: it names its method. */
static sg_status add_test(const place *p, sg_counts iet, sg_counts comparison, const sg_test *test,
                          sg_err *err)
{
    sg_estimate *e = add_at(p, SG_ARM_ALL);

    if (!e)
        return sg_no_memory(err);
    e->estimand = "independence";
    e->method = test->method;
    set_status(e, test->status, test->note, least(iet.n, comparison.n));
    set_arms(e, iet, comparison);
    if (test->status != SG_EST_OK)
        return SG_OK;
    e->statistic = test->statistic;
    e->df = test->df;
    e->p_value = test->p_value;
    return SG_OK;
}

/* Rates, differences and the test of one group. */
static sg_status add_group(const place *p, const sg_group_count *count, sg_outcome outcome, sg_err *err)
{
    sg_counts iet = group_of(count, SG_ARM_IET, outcome),
              comparison = group_of(count, SG_ARM_COMPARISON, outcome);
    sg_figure difference = sg_rd_newcombe(iet, comparison, p->task->config->analysis.confidence);
    sg_test test = sg_p_2x2(iet, comparison);
    sg_status status = SG_OK;
    sg_estimate *e;

    for (int subset = SG_ARM_ALL; status == SG_OK && subset <= SG_ARM_COMPARISON; subset++)
        status = add_rate(p, (sg_arm_subset)subset, group_of(count, (sg_arm_subset)subset, outcome), err);
    if (status == SG_OK)
        status = add_ratio(p, iet, comparison, false, err);
    if (status == SG_OK)
        status = add_ratio(p, iet, comparison, true, err);
    if (status == SG_OK)
        status = add_test(p, iet, comparison, &test, err);
    if (status != SG_OK)
        return status;
    e = add_at(p, SG_ARM_ALL);
    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_figure(e, "risk_difference", "newcombe", &difference, least(iet.n, comparison.n));
    set_arms(e, iet, comparison);
    e->p_value = e->status != SG_ESTIMATE_NOT_ESTIMABLE && test.status == SG_EST_OK ? test.p_value : nan("");
    return SG_OK;
}

/* ---- families of p-values ---- */

/* Sets p_adjusted of the estimates of the list from `first` on that have this estimand, outcome and subset. */
static sg_status adjust(sg_estimate_list *list, size_t first, const char *estimand, const char *outcome,
                        const char *subset, bool holm, sg_err *err)
{
    SG_AUTO_FREE double *p = calloc(list->n - first + 1, sizeof *p);
    SG_AUTO_FREE sg_estimate **members = calloc(list->n - first + 1, sizeof *members);
    size_t n = 0;
    sg_status status;

    if (!p || !members)
        return sg_no_memory(err);
    for (size_t i = first; i < list->n; i++) {
        sg_estimate *e = &list->items[i];

        if (strcmp(e->estimand, estimand) != 0 || (outcome && strcmp(e->outcome, outcome) != 0) ||
            strcmp(e->subset, subset) != 0)
            continue;
        p[n] = e->p_value;
        members[n++] = e;
    }
    status = holm ? sg_adjust_holm(p, n, p, err) : sg_adjust_bh(p, n, p, err);
    for (size_t i = 0; status == SG_OK && i < n; i++)
        members[i]->p_adjusted = p[i];
    return status;
}

/* ---- gaps ---- */

/* One dimension in one subset of one outcome: its levels' groups and everyone. */
typedef struct {
    sg_counts *levels;
    sg_counts everyone;
} gap_groups;

static sg_counts reference_group(const sg_reference *reference, const gap_groups *groups, size_t level)
{
    if (reference->type == SG_REFERENCE_LEVEL)
        return groups->levels[reference->level];
    if (reference->type == SG_REFERENCE_OVERALL)
        return groups->everyone;
    return others_than(&groups->levels[level], &groups->everyone);
}

static sg_figure gap_figure(const sg_reference *reference, const gap_groups *groups, size_t level,
                            double conf)
{
    if (reference->type == SG_REFERENCE_OVERALL)
        return sg_gap_overall(groups->levels[level], groups->everyone, conf);
    if (reference->type == SG_REFERENCE_NUMBER)
        return sg_gap_number(groups->levels[level], reference->number, conf);
    return sg_gap(groups->levels[level], reference_group(reference, groups, level), conf);
}

static const char *reference_note(const sg_reference *reference, const char *note)
{
    return reference->from_data && !*note ? "reference chosen from these data" : note;
}

static sg_status add_gap(const place *p, sg_arm_subset subset, const sg_reference *reference,
                         const gap_groups *groups, size_t level, sg_err *err)
{
    sg_figure figure = gap_figure(reference, groups, level, p->task->config->analysis.confidence);
    sg_counts group = groups->levels[level], other = reference_group(reference, groups, level);
    /* everyone overlaps the level: the test is against the rest, which is the same question */
    sg_counts rest = reference->type == SG_REFERENCE_LEVEL ? other : others_than(&group, &groups->everyone);
    sg_test test = sg_p_2x2(group, rest);
    sg_estimate *e = add_at(p, subset);

    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_figure(e, "gap", reference->type == SG_REFERENCE_NUMBER ? "wilson" : "newcombe", &figure,
                           reference->type == SG_REFERENCE_NUMBER ? group.n : least(group.n, rest.n));
    e->reference = reference->name;
    e->note = reference_note(reference, e->note);
    e->n_level = group.n;
    e->x_level = group.x;
    if (reference->type == SG_REFERENCE_NUMBER)
        return SG_OK; /* the figure has its own test */
    e->n_reference = other.n;
    e->x_reference = other.x;
    e->p_value = e->status != SG_ESTIMATE_NOT_ESTIMABLE && test.status == SG_EST_OK ? test.p_value : nan("");
    return SG_OK;
}

/* The difference of gaps wants two references without the level in them: overall and a number give way to all others. */
static sg_status add_closure(const place *p, const sg_reference *reference, const gap_groups *iet,
                             const gap_groups *comparison, size_t level, sg_err *err)
{
    sg_reference used = *reference;
    sg_counts reference_iet, reference_comparison;
    sg_gap_change change;
    sg_estimate *e = add_at(p, SG_ARM_ALL);

    if (!e)
        return sg_no_memory(err);
    if (used.type != SG_REFERENCE_LEVEL)
        used = (sg_reference){.type = SG_REFERENCE_ALL_OTHERS, .name = "all_others"};
    reference_iet = reference_group(&used, iet, level);
    reference_comparison = reference_group(&used, comparison, level);
    change = sg_gap_closure(iet->levels[level], reference_iet, comparison->levels[level],
                            reference_comparison, p->task->config->analysis.confidence);
    sg_estimate_set_figure(e, "gap_closure", "mover", &change.closure,
                           least(least(iet->levels[level].n, comparison->levels[level].n),
                                 least(reference_iet.n, reference_comparison.n)));
    e->reference = used.name;
    e->note = reference_note(&used, e->note);
    set_arms(e, iet->levels[level], comparison->levels[level]);
    e->n_level = iet->levels[level].n + comparison->levels[level].n;
    e->x_level = iet->levels[level].x + comparison->levels[level].x;
    e->n_reference = reference_iet.n + reference_comparison.n;
    e->x_reference = reference_iet.x + reference_comparison.x;
    return SG_OK;
}

static sg_status fill_groups(const sg_estimate_task *task, size_t d, sg_arm_subset subset, sg_outcome outcome,
                             gap_groups *out, sg_err *err)
{
    size_t n = task->cohort->dimensions[d].n_levels;

    out->levels = calloc(n ? n : 1, sizeof *out->levels);
    if (!out->levels)
        return sg_no_memory(err);
    for (size_t l = 0; l < n; l++)
        out->levels[l] = group_of(&task->count->levels[d][l], subset, outcome);
    out->everyone = group_of(&task->count->total, subset, outcome);
    return SG_OK;
}

static bool is_reference(const sg_reference *reference, size_t level)
{
    return reference->type == SG_REFERENCE_LEVEL && reference->level == level;
}

static sg_status add_gaps_of(const place *at, size_t d, const sg_reference *reference,
                             const gap_groups groups[3], sg_err *err)
{
    const sg_dimension *dimension = &at->task->cohort->dimensions[d];
    sg_status status = SG_OK;

    for (size_t l = 0; status == SG_OK && l < dimension->n_levels; l++) {
        place p = *at;

        if (is_reference(reference, l))
            continue;
        p.level = dimension->levels[l].name;
        for (int subset = SG_ARM_ALL; status == SG_OK && subset <= SG_ARM_COMPARISON; subset++)
            status = add_gap(&p, (sg_arm_subset)subset, reference, &groups[subset], l, err);
        if (status == SG_OK)
            status = add_closure(&p, reference, &groups[SG_ARM_IET], &groups[SG_ARM_COMPARISON], l, err);
    }
    return status;
}

/* A reference that the data choose is chosen among all learners, so that both arms' gaps are to the same level. */
static sg_status add_gaps(const place *at, size_t d, sg_outcome outcome, sg_err *err)
{
    const sg_dimension *dimension = &at->task->cohort->dimensions[d];
    const char *name = sg_config_reference(at->task->config, dimension->name);
    gap_groups groups[3] = {{NULL, {0, 0}}, {NULL, {0, 0}}, {NULL, {0, 0}}};
    size_t first = at->list->n;
    sg_reference reference;
    sg_status status = SG_OK;

    for (int subset = SG_ARM_ALL; status == SG_OK && subset <= SG_ARM_COMPARISON; subset++)
        status = fill_groups(at->task, d, (sg_arm_subset)subset, outcome, &groups[subset], err);
    if (status == SG_OK)
        status = sg_reference_choose(dimension, name, groups[SG_ARM_ALL].levels, &reference, err);
    if (status == SG_OK)
        status = add_gaps_of(at, d, &reference, groups, err);
    for (int subset = SG_ARM_ALL; status == SG_OK && subset <= SG_ARM_COMPARISON; subset++)
        status = adjust(at->list, first, "gap", at->outcome, sg_arm_subset_text((sg_arm_subset)subset), false,
                        err);
    if (status == SG_OK)
        status = adjust(at->list, first, "gap_closure", at->outcome, "all", false, err);
    for (int subset = SG_ARM_ALL; subset <= SG_ARM_COMPARISON; subset++)
        free(groups[subset].levels);
    return status;
}

/* ---- access ---- */

/* Access is held against everyone else whatever the outcomes' reference is: a rate to reach is no share of IET. */
static sg_status add_access(const sg_estimate_task *task, size_t d, sg_estimate_list *out, sg_err *err)
{
    static const sg_reference all_others = {.type = SG_REFERENCE_ALL_OTHERS, .name = "all_others"};
    const sg_dimension *dimension = &task->cohort->dimensions[d];
    SG_AUTO_FREE sg_counts *levels = calloc(dimension->n_levels + 1, sizeof *levels);
    gap_groups groups = {levels, access_of(&task->count->total)};
    place p = {task, out, "iet", dimension->name, ""};
    size_t first = out->n;
    sg_status status = SG_OK;

    if (!levels)
        return sg_no_memory(err);
    for (size_t l = 0; l < dimension->n_levels; l++)
        levels[l] = access_of(&task->count->levels[d][l]);
    for (size_t l = 0; status == SG_OK && l < dimension->n_levels; l++) {
        p.level = dimension->levels[l].name;
        status = add_rate(&p, SG_ARM_ALL, levels[l], err);
        if (status == SG_OK)
            status = add_gap(&p, SG_ARM_ALL, &all_others, &groups, l, err);
    }
    return status == SG_OK ? adjust(out, first, "gap", "iet", "all", false, err) : status;
}

/* ---- the two kinds of tasks ---- */

sg_status sg_estimate_everyone(const sg_estimate_task *task, sg_estimate_list *out, sg_err *err)
{
    place access = {task, out, "iet", "all", "all"};
    sg_status status = SG_OK;

    for (size_t o = 0; status == SG_OK && o < task->outcomes->n; o++) {
        place p = {task, out, sg_outcome_text(task->outcomes->all[o]), "all", "all"};

        status = add_group(&p, &task->count->total, task->outcomes->all[o], err);
    }
    if (status == SG_OK)
        status = adjust(out, 0, "risk_difference", NULL, "all", true, err);
    if (status == SG_OK)
        status = add_rate(&access, SG_ARM_ALL, access_of(&task->count->total), err);
    return status == SG_OK ? sg_estimate_times(task, out, err) : status;
}

static sg_status estimate_outcome(const sg_estimate_task *task, size_t d, sg_outcome outcome,
                                  sg_estimate_list *out, sg_err *err)
{
    const sg_dimension *dimension = &task->cohort->dimensions[d];
    place p = {task, out, sg_outcome_text(outcome), dimension->name, ""};
    size_t first = out->n;
    sg_status status = SG_OK;

    for (size_t l = 0; status == SG_OK && l < dimension->n_levels; l++) {
        p.level = dimension->levels[l].name;
        status = add_group(&p, &task->count->levels[d][l], outcome, err);
    }
    if (status == SG_OK)
        status = adjust(out, first, "risk_difference", p.outcome, "all", false, err);
    return status == SG_OK ? add_gaps(&p, d, outcome, err) : status;
}

sg_status sg_estimate_dimension(const sg_estimate_task *task, size_t dimension, sg_estimate_list *out,
                                sg_err *err)
{
    sg_status status = SG_OK;

    for (size_t o = 0; status == SG_OK && o < task->outcomes->n; o++)
        status = estimate_outcome(task, dimension, task->outcomes->all[o], out, err);
    return status == SG_OK ? add_access(task, dimension, out, err) : status;
}
