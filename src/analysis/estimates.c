/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimates.h"

#include <stdlib.h>

#include "estimate_parts.h"

void sg_estimate_list_release(sg_estimate_list *list)
{
    free(list->items);
    *list = (sg_estimate_list){0};
}

/* ---- other definitions of IET ---- */

/* The headline's outcomes under the definition of IET by these grades; the comparison is who is surely in none. */
static sg_status add_definition(const sg_estimate_task *task, const char *variant, unsigned grades,
                                sg_estimate_list *out, sg_err *err)
{
    static const unsigned bits[SG_N_GRADES] = {[SG_GRADE_CLAIMED] = SG_GRADE_BIT_CLAIMED,
                                               [SG_GRADE_SUPPORTED] = SG_GRADE_BIT_SUPPORTED,
                                               [SG_GRADE_CONFIRMED] = SG_GRADE_BIT_CONFIRMED};
    sg_group_count group = {{{0}, {0}, {0}, {0}}, {{0}, {0}, {0}, {0}}};
    size_t first = out->n;
    sg_status status = SG_OK;

    for (int g = 0; g < 4; g++) {
        group.comparison.gained[g] = task->count->gained_by_grade[SG_GRADE_NONE][g];
        for (int grade = 0; grade < SG_N_GRADES; grade++)
            if (bits[grade] & grades)
                group.iet.gained[g] += task->count->gained_by_grade[grade][g];
    }
    for (int outcome = SG_OUTCOME_MSG_COMMON; status == SG_OK && outcome <= SG_OUTCOME_MSG; outcome++) {
        sg_estimate_place p = {task, out, sg_outcome_text((sg_outcome)outcome), "all", "all"};

        status = sg_add_group(&p, &group, (sg_outcome)outcome, err);
    }
    for (size_t i = first; i < out->n; i++)
        out->items[i].variant = variant;
    return status;
}

/* Those whose grades are an end of the scale of evidence, but for the configured one, which is the variant without a name. */
static sg_status add_definitions(const sg_estimate_task *task, sg_estimate_list *out, sg_err *err)
{
    static const struct {
        unsigned grades;
        const char *names[SG_N_DESIGNS];
    } definitions[] = {
        {SG_GRADE_BIT_CONFIRMED, {"landmark,iet:confirmed", "naive,iet:confirmed", "term,iet:confirmed"}},
        {SG_GRADE_BIT_CONFIRMED | SG_GRADE_BIT_SUPPORTED,
         {"landmark,iet:confirmed+supported", "naive,iet:confirmed+supported",
          "term,iet:confirmed+supported"}},
        {SG_GRADE_BIT_CONFIRMED | SG_GRADE_BIT_SUPPORTED | SG_GRADE_BIT_CLAIMED,
         {"landmark,iet:confirmed+supported+claimed", "naive,iet:confirmed+supported+claimed",
          "term,iet:confirmed+supported+claimed"}}};
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < sizeof definitions / sizeof *definitions; i++)
        if (definitions[i].grades != task->config->cohort.iet)
            status = add_definition(task, definitions[i].names[task->count->design], definitions[i].grades,
                                    out, err);
    return status;
}

/* ---- the two kinds of tasks ---- */

sg_status sg_estimate_everyone(const sg_estimate_task *task, sg_estimate_list *out, sg_err *err)
{
    sg_estimate_place access = {task, out, "iet", "all", "all"};
    sg_status status = SG_OK;

    for (size_t o = 0; status == SG_OK && o < task->outcomes->n; o++) {
        sg_estimate_place p = {task, out, sg_outcome_text(task->outcomes->all[o]), "all", "all"};

        status = sg_add_group(&p, &task->count->total, task->outcomes->all[o], err);
    }
    if (status == SG_OK)
        status = sg_adjust_family(
            out, 0, &(sg_p_family){.estimand = "risk_difference", .subset = "all", .holm = true}, err);
    for (int kind = 0; status == SG_OK && kind < sg_access_kinds(task); kind++) {
        access.outcome = sg_access_names[kind];
        status = sg_add_rate(&access, SG_ARM_ALL, sg_access_counts(&task->count->total, (sg_access_kind)kind),
                             err);
    }
    if (status == SG_OK)
        status = add_definitions(task, out, err);
    if (status == SG_OK)
        status = sg_estimate_times(task, out, err);
    return status == SG_OK ? sg_estimate_amounts(task, out, err) : status;
}

static sg_status estimate_outcome(const sg_estimate_task *task, size_t d, sg_outcome outcome,
                                  sg_estimate_list *out, sg_err *err)
{
    const sg_dimension *dimension = &task->cohort->dimensions[d];
    sg_estimate_place p = {task, out, sg_outcome_text(outcome), dimension->name, ""};
    size_t first = out->n;
    sg_status status = SG_OK;

    for (size_t l = 0; status == SG_OK && l < dimension->n_levels; l++) {
        p.level = dimension->levels[l].name;
        status = sg_add_group(&p, &task->count->levels[d][l], outcome, err);
    }
    if (status == SG_OK)
        status = sg_adjust_family(
            out, first, &(sg_p_family){.estimand = "risk_difference", .outcome = p.outcome, .subset = "all"},
            err);
    return status == SG_OK ? sg_add_gaps(&p, d, outcome, err) : status;
}

sg_status sg_estimate_dimension(const sg_estimate_task *task, size_t dimension, sg_estimate_list *out,
                                sg_err *err)
{
    sg_status status = SG_OK;

    for (size_t o = 0; status == SG_OK && o < task->outcomes->n; o++)
        status = estimate_outcome(task, dimension, task->outcomes->all[o], out, err);
    for (int kind = 0; status == SG_OK && kind < sg_access_kinds(task); kind++)
        status = sg_add_access(task, dimension, (sg_access_kind)kind, out, err);
    return status;
}
