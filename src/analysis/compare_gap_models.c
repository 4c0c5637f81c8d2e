/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The difference of gaps after accounting for covariates: a model with the group's columns times the arm (6.6). */
#include <math.h>
#include <string.h>

#include "compare_inference.h"
#include "estimate_parts.h"

enum { LEAST_IN_ARM = 10 }; /* a level with fewer in either arm is folded into this one: */
static const char OTHER[] = "other";

/* The group as a variable whose small levels are one. */
static sg_status fold(sg_comparison *c, const sg_compare_levels *group, sg_variable *out)
{
    sg_compare_arms *arms;
    const char **names = sg_arena_alloc(c->arena, group->n + 1, sizeof *names);
    uint32_t *place = sg_arena_alloc(c->arena, group->n + 1, sizeof *place);
    uint32_t *levels = sg_arena_alloc(c->arena, c->data->n + 1, sizeof *levels);
    size_t n = 0, most = 0;
    int64_t learners = -1;
    bool has_small = false;
    sg_status status = names && place && levels ? sg_compare_count(c, group, &arms) : sg_no_memory(c->err);

    if (status != SG_OK)
        return status;
    for (size_t l = 0; l < group->n; l++) {
        if (sg_least(arms[l].iet.n, arms[l].comparison.n) < LEAST_IN_ARM) {
            has_small = true;
            place[l] = UINT32_MAX;
            continue;
        }
        if (arms[l].iet.n + arms[l].comparison.n > learners) {
            learners = arms[l].iet.n + arms[l].comparison.n;
            most = n;
        }
        place[l] = (uint32_t)n;
        names[n++] = group->levels[l];
    }
    if (has_small)
        names[n] = OTHER;
    for (size_t i = 0; i < c->data->n; i++) {
        uint32_t l = place[group->of_row[i]];

        levels[i] = l == UINT32_MAX ? (uint32_t)n : l;
    }
    *out = (sg_variable){.name = group->name,
                         .levels = levels,
                         .level_names = names,
                         .n_levels = n + (has_small ? 1 : 0),
                         .reference = most};
    return SG_OK;
}

static bool is_of_group(const char *covariate, const char *group)
{
    size_t n = strlen(group);

    return strcmp(covariate, group) == 0 ||
           (strncmp(covariate, "factor(", 7) == 0 && strncmp(covariate + 7, group, n) == 0 &&
            strcmp(covariate + 7 + n, ")") == 0);
}

/* All covariates but the group's own, then the group. */
static sg_status make_sample(sg_comparison *c, const sg_compare_levels *group, sg_observations *out,
                             sg_model *model)
{
    const sg_observations *from = &c->data->learners;
    sg_variable *variables = sg_arena_alloc(c->arena, from->n_variables + 2, sizeof *variables);
    sg_observations sample = *from;
    size_t n = 0;
    sg_status status = SG_OK;

    if (!variables)
        return sg_no_memory(c->err);
    for (size_t i = 0; i < from->n_variables; i++)
        if (!is_of_group(from->variables[i].name, group->name))
            variables[n++] = from->variables[i];
    status = fold(c, group, &variables[n]);
    if (status != SG_OK)
        return status;
    sample.variables = variables;
    sample.n_variables = n + 1;
    *model = c->data->model;
    model->by_arm = n + 1;
    if (model->cluster_effects)
        status = sg_observations_two_armed(&sample, c->arena, &sample, c->err);
    return status == SG_OK ? sg_observations_aggregate(&sample, c->arena, out, c->err) : status;
}

static sg_status add_levels(sg_comparison *c, const sg_compare_levels *group, const sg_observations *sample,
                            const sg_gap_differences *r, const sg_figure *jackknife,
                            const sg_compare_inference *inference)
{
    const sg_variable *variable = &sample->variables[sample->n_variables - 1];

    for (size_t i = 0; i < r->n_levels; i++) {
        sg_compare_place place = {group->name, variable->level_names[r->levels[i].level], SG_ARM_ALL};
        sg_status status = sg_compare_add_adjusted(c, place, "gap_closure", "gcomp",
                                                   jackknife ? &jackknife[i] : &r->levels[i].difference,
                                                   &r->fit, inference);

        if (status != SG_OK)
            return status;
        sg_estimate *e = &c->list->items[c->list->n - 1];

        e->reference = variable->level_names[r->reference];
        if (variable->level_names[r->levels[i].level] == OTHER) /* and no level that the file calls so */
            e->note = sg_arena_printf(c->arena, "%s%slevels with fewer than %d in either arm, taken together",
                                      e->note, *e->note ? "; " : "", (int)LEAST_IN_ARM);
        if (!e->note)
            return sg_no_memory(c->err);
    }
    return SG_OK;
}

static sg_status compare_group(sg_comparison *c, const sg_compare_levels *group,
                               const sg_compare_inference *inference)
{
    sg_observations sample;
    sg_model model;
    sg_gap_differences r;
    sg_figure *jackknife = NULL;
    size_t first = c->list->n;
    sg_status status = make_sample(c, group, &sample, &model);

    if (status == SG_OK)
        status = sg_gap_difference(&sample, &model, c->request->confidence, c->arena, &r, c->err);
    if (status != SG_OK)
        return status;
    if (r.status != SG_EST_OK) {
        sg_compare_place place = {group->name, "all", SG_ARM_ALL};

        return sg_compare_add_number(c, place, "gap_closure", "gcomp", nan(""), r.note);
    }
    if (inference->jackknife) {
        const sg_jackknife_plan plan = sg_compare_jackknife_plan(c);
        jackknife = sg_arena_alloc(c->arena, r.n_levels + 1, sizeof *jackknife);
        status = jackknife
                     ? sg_gap_difference_jackknife(&sample, &model, &plan, r.n_levels, jackknife, c->err)
                     : sg_no_memory(c->err);
    }
    if (status == SG_OK)
        status = add_levels(c, group, &sample, &r, jackknife, inference);
    return status == SG_OK
               ? sg_adjust_family(c->list, first,
                                  &(sg_p_family){.estimand = "gap_closure", .method = "gcomp"}, c->err)
               : status;
}

sg_status sg_compare_gap_differences(sg_comparison *c)
{
    sg_compare_inference inference;
    sg_status status;

    if (!c->request->covariates.n || !sg_compare_wants(c, "gcomp") || !c->data->n_groups)
        return SG_OK;
    status = sg_compare_find_inference(c, &inference);
    for (size_t g = 0; status == SG_OK && g < c->data->n_groups; g++)
        status = compare_group(c, &c->data->groups[g], &inference);
    return status;
}
