/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reference.h"
#include "skillgain/stats.h"

static sg_counts others_than(const sg_counts *group, const sg_counts *everyone)
{
    sg_counts g = {everyone->x - group->x, everyone->n - group->n};

    return g;
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

static sg_status add_gap(const sg_estimate_place *p, sg_arm_subset subset, const sg_reference *reference,
                         const gap_groups *groups, size_t level, sg_err *err)
{
    sg_figure figure = gap_figure(reference, groups, level, p->task->config->analysis.confidence);
    sg_counts group = groups->levels[level], other = reference_group(reference, groups, level);
    /* everyone overlaps the level: the test is against the rest, which is the same question */
    sg_counts rest = reference->type == SG_REFERENCE_LEVEL ? other : others_than(&group, &groups->everyone);
    sg_test test = sg_p_2x2(group, rest);
    sg_estimate *e = sg_add_at(p, subset);

    if (!e)
        return sg_no_memory(err);
    sg_estimate_set_figure(e, "gap", reference->type == SG_REFERENCE_NUMBER ? "wilson" : "newcombe", &figure,
                           reference->type == SG_REFERENCE_NUMBER ? group.n : sg_least(group.n, rest.n));
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
static sg_status add_closure(const sg_estimate_place *p, const sg_reference *reference, const gap_groups *iet,
                             const gap_groups *comparison, size_t level, sg_err *err)
{
    sg_reference used = *reference;
    sg_counts reference_iet, reference_comparison;
    sg_gap_change change;
    sg_estimate *e = sg_add_at(p, SG_ARM_ALL);

    if (!e)
        return sg_no_memory(err);
    if (used.type != SG_REFERENCE_LEVEL)
        used = (sg_reference){.type = SG_REFERENCE_ALL_OTHERS, .name = "all_others"};
    reference_iet = reference_group(&used, iet, level);
    reference_comparison = reference_group(&used, comparison, level);
    change = sg_gap_closure(iet->levels[level], reference_iet, comparison->levels[level],
                            reference_comparison, p->task->config->analysis.confidence);
    sg_estimate_set_figure(e, "gap_closure", "mover", &change.closure,
                           sg_least(sg_least(iet->levels[level].n, comparison->levels[level].n),
                                    sg_least(reference_iet.n, reference_comparison.n)));
    e->reference = used.name;
    e->note = reference_note(&used, e->note);
    sg_set_arms(e, iet->levels[level], comparison->levels[level]);
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
        out->levels[l] = sg_group_of(&task->count->levels[d][l], subset, outcome);
    out->everyone = sg_group_of(&task->count->total, subset, outcome);
    return SG_OK;
}

static bool is_reference(const sg_reference *reference, size_t level)
{
    return reference->type == SG_REFERENCE_LEVEL && reference->level == level;
}

static sg_status add_gaps_of(const sg_estimate_place *at, size_t d, const sg_reference *reference,
                             const gap_groups groups[3], sg_err *err)
{
    const sg_dimension *dimension = &at->task->cohort->dimensions[d];
    sg_status status = SG_OK;

    for (size_t l = 0; status == SG_OK && l < dimension->n_levels; l++) {
        sg_estimate_place p = *at;

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
sg_status sg_add_gaps(const sg_estimate_place *at, size_t d, sg_outcome outcome, sg_err *err)
{
    const sg_dimension *dimension = &at->task->cohort->dimensions[d];
    const char *name = sg_config_reference(at->task->config, dimension->name);
    gap_groups groups[3] = {{NULL, {0, 0}}, {NULL, {0, 0}}, {NULL, {0, 0}}};
    size_t first = at->list->n;
    sg_reference reference;
    sg_status status = SG_OK;

    for (int subset = SG_ARM_ALL; status == SG_OK && subset <= SG_ARM_COMPARISON; subset++)
        status = fill_groups(at->task, d, (sg_arm_subset)subset, outcome, &groups[subset], err);
    if (sg_dimension_overlaps(dimension))
        name = "all_others"; /* two of its groups may share people */
    if (status == SG_OK)
        status = sg_reference_choose(dimension, name, groups[SG_ARM_ALL].levels, &reference, err);
    if (status == SG_OK)
        status = add_gaps_of(at, d, &reference, groups, err);
    for (int subset = SG_ARM_ALL; status == SG_OK && subset <= SG_ARM_COMPARISON; subset++)
        status = sg_adjust_family(at->list, first,
                                  &(sg_p_family){.estimand = "gap",
                                                 .outcome = at->outcome,
                                                 .subset = sg_arm_subset_text((sg_arm_subset)subset)},
                                  err);
    if (status == SG_OK)
        status = sg_adjust_family(
            at->list, first,
            &(sg_p_family){
                .estimand = "gap_closure", .outcome = at->outcome, .subset = "all", .large_only = true},
            err);
    for (int subset = SG_ARM_ALL; subset <= SG_ARM_COMPARISON; subset++)
        free(groups[subset].levels);
    return status;
}

/* Access: of the units compared, those in arm IET; of those with a program within reach; and who had one within reach at all. */
const char *const sg_access_names[SG_N_ACCESSES] = {"iet", "iet_within_reach", "within_reach"};

sg_counts sg_access_counts(const sg_group_count *count, sg_access_kind kind)
{
    const int64_t *iet = count->iet.reach, *comparison = count->comparison.reach;
    int64_t within = iet[SG_REACH_WITHIN] + comparison[SG_REACH_WITHIN];

    if (kind == SG_ACCESS_IET)
        return (sg_counts){sg_arm_n(&count->iet), sg_arm_n(&count->iet) + sg_arm_n(&count->comparison)};
    if (kind == SG_ACCESS_IET_WITHIN_REACH)
        return (sg_counts){iet[SG_REACH_WITHIN], within};
    return (sg_counts){within, within + iet[SG_REACH_NONE] + comparison[SG_REACH_NONE]};
}

/* Reach needs the register. */
int sg_access_kinds(const sg_estimate_task *task)
{
    return task->cohort->seen.programs > 0 ? SG_N_ACCESSES : SG_ACCESS_IET + 1;
}

/* ---- access ---- */

/* Access is held against everyone else whatever the outcomes' reference is: a rate to reach is no share of IET. */
sg_status sg_add_access(const sg_estimate_task *task, size_t d, sg_access_kind kind, sg_estimate_list *out,
                        sg_err *err)
{
    static const sg_reference all_others = {.type = SG_REFERENCE_ALL_OTHERS, .name = "all_others"};
    const sg_dimension *dimension = &task->cohort->dimensions[d];
    SG_AUTO_FREE sg_counts *levels = calloc(dimension->n_levels + 1, sizeof *levels);
    gap_groups groups = {levels, sg_access_counts(&task->count->total, kind)};
    sg_estimate_place p = {task, out, sg_access_names[kind], dimension->name, ""};
    size_t first = out->n;
    sg_status status = SG_OK;

    if (!levels)
        return sg_no_memory(err);
    for (size_t l = 0; l < dimension->n_levels; l++)
        levels[l] = sg_access_counts(&task->count->levels[d][l], kind);
    for (size_t l = 0; status == SG_OK && l < dimension->n_levels; l++) {
        p.level = dimension->levels[l].name;
        status = sg_add_rate(&p, SG_ARM_ALL, levels[l], err);
        if (status == SG_OK)
            status = add_gap(&p, SG_ARM_ALL, &all_others, &groups, l, err);
    }
    return status == SG_OK
               ? sg_adjust_family(out, first,
                                  &(sg_p_family){.estimand = "gap", .outcome = p.outcome, .subset = "all"},
                                  err)
               : status;
}
