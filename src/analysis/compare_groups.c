/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels of a group: the arms' difference in each, gaps to all others, the difference of gaps, trends. */
#include "comparison.h"
#include "estimate_parts.h"

static sg_counts add_counts(sg_counts a, sg_counts b)
{
    return (sg_counts){a.x + b.x, a.n + b.n};
}

static sg_counts rest_of(sg_counts all, sg_counts level)
{
    return (sg_counts){all.x - level.x, all.n - level.n};
}

/* ---- gaps ---- */

static sg_status add_gap(sg_comparison *c, sg_compare_place place, sg_counts level, sg_counts rest)
{
    sg_figure figure = sg_gap(level, rest, c->request->confidence);
    sg_test test = sg_p_2x2(level, rest);
    sg_estimate *e = sg_compare_add_figure(c, place, "gap", "newcombe", &figure, sg_least(level.n, rest.n));

    if (!e)
        return sg_no_memory(c->err);
    e->reference = "all_others";
    e->n_level = level.n;
    e->x_level = level.x;
    e->n_reference = rest.n;
    e->x_reference = rest.x;
    if (e->status != SG_ESTIMATE_NOT_ESTIMABLE && test.status == SG_EST_OK)
        e->p_value = test.p_value;
    return SG_OK;
}

static sg_status add_closure(sg_comparison *c, sg_compare_place place, sg_compare_arms level,
                             sg_compare_arms all)
{
    sg_compare_arms rest = {rest_of(all.iet, level.iet), rest_of(all.comparison, level.comparison)};
    sg_gap_change change = sg_gap_closure(level.iet, rest.iet, level.comparison, rest.comparison,
                                          c->request->confidence);
    sg_estimate *e = sg_compare_add_figure(
        c, place, "gap_closure", "mover", &change.closure,
        sg_least(sg_least(level.iet.n, level.comparison.n), sg_least(rest.iet.n, rest.comparison.n)));

    if (!e)
        return sg_no_memory(c->err);
    e->reference = "all_others";
    sg_set_arms(e, level.iet, level.comparison);
    return SG_OK;
}

static sg_status add_gaps(sg_comparison *c, sg_compare_place place, sg_compare_arms level,
                          sg_compare_arms all)
{
    sg_counts group = add_counts(level.iet, level.comparison), everyone = add_counts(all.iet, all.comparison);
    sg_status status = add_gap(c, place, group, rest_of(everyone, group));

    place.subset = SG_ARM_IET;
    if (status == SG_OK)
        status = add_gap(c, place, level.iet, rest_of(all.iet, level.iet));
    place.subset = SG_ARM_COMPARISON;
    return status == SG_OK ? add_gap(c, place, level.comparison, rest_of(all.comparison, level.comparison))
                           : status;
}

/* ---- trends over numbers ---- */

static sg_status add_trend(sg_comparison *c, sg_compare_place place, const sg_compare_levels *group,
                           const sg_compare_arms *arms)
{
    sg_scored *levels = sg_arena_alloc(c->arena, group->n + 1, sizeof *levels);
    sg_counts all = {0, 0};
    sg_estimate *e;

    if (!levels)
        return sg_no_memory(c->err);
    for (size_t l = 0; l < group->n; l++) {
        sg_counts counts = place.subset == SG_ARM_IET          ? arms[l].iet
                           : place.subset == SG_ARM_COMPARISON ? arms[l].comparison
                                                               : add_counts(arms[l].iet, arms[l].comparison);

        levels[l] = (sg_scored){group->scores[l], counts};
        all = add_counts(all, counts);
    }
    sg_trend trend = sg_trend_of(levels, group->n, c->request->confidence);

    e = sg_compare_add_figure(c, place, "trend", "cochran_armitage", &trend.slope, all.n);
    if (!e)
        return sg_no_memory(c->err);
    e->n_level = all.n;
    e->x_level = all.x;
    return SG_OK;
}

/* Cells: level by stratum. */
static sg_status add_stratified_trend(sg_comparison *c, sg_compare_place place,
                                      const sg_compare_levels *group)
{
    const sg_compare_levels *strata = &c->data->strata;
    size_t n = group->n * strata->n;
    sg_scored *cells = sg_arena_alloc(c->arena, n + 1, sizeof *cells);
    size_t *of_cell = sg_arena_alloc(c->arena, n + 1, sizeof *of_cell);
    sg_trend_stratified trend;
    sg_status status;

    if (!cells || !of_cell)
        return sg_no_memory(c->err);
    for (size_t i = 0; i < n; i++) {
        cells[i].score = group->scores[i % group->n];
        of_cell[i] = i / group->n;
    }
    for (size_t i = 0; i < c->data->n; i++) {
        sg_counts *counts = &cells[strata->of_row[i] * group->n + group->of_row[i]].counts;

        counts->n++;
        counts->x += c->data->y[i] == 1;
    }
    status = sg_trend_in_strata(cells, of_cell, n, strata->n, &trend, c->err);
    if (status != SG_OK)
        return status;
    sg_test test = {trend.p, trend.x2, 1, "mantel_extension", trend.status, trend.note};

    return sg_compare_add_test(c, place, "trend", "mantel_extension", &test, (int64_t)c->data->n);
}

static sg_status add_trends(sg_comparison *c, const sg_compare_levels *group, const sg_compare_arms *arms)
{
    sg_status status = SG_OK;

    if (!group->scores)
        return SG_OK;
    for (int subset = SG_ARM_ALL;
         status == SG_OK && sg_compare_wants(c, "cochran_armitage") && subset <= SG_ARM_COMPARISON;
         subset++) {
        sg_compare_place place = {group->name, "all", (sg_arm_subset)subset};

        status = add_trend(c, place, group, arms);
    }
    if (status == SG_OK && c->data->strata.n && sg_compare_wants(c, "mantel_extension")) {
        sg_compare_place place = {group->name, "all", SG_ARM_ALL};

        status = add_stratified_trend(c, place, group);
    }
    return status;
}

/* ---- one group ---- */

/* Families of p-values are corrected over the levels by Benjamini and Hochberg (statistics.md 9). */
static sg_status adjust(sg_comparison *c, size_t first)
{
    static const sg_p_family families[] = {
        {.estimand = "risk_difference", .method = "newcombe", .subset = "all"},
        {.estimand = "risk_difference", .method = "miettinen_nurminen", .subset = "all"},
        {.estimand = "gap", .subset = "all"},
        {.estimand = "gap", .subset = "iet"},
        {.estimand = "gap", .subset = "comparison"},
        {.estimand = "gap_closure", .subset = "all", .large_only = true}};
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < sizeof families / sizeof *families; i++)
        status = sg_adjust_family(c->list, first, &families[i], c->err);
    return status;
}

static sg_status compare_group(sg_comparison *c, const sg_compare_levels *group)
{
    sg_compare_arms *arms, all = sg_compare_count_all(c);
    size_t first = c->list->n;
    sg_status status = sg_compare_count(c, group, &arms);

    for (size_t l = 0; status == SG_OK && l < group->n; l++) {
        sg_compare_place place = {group->name, group->levels[l], SG_ARM_ALL};

        status = sg_compare_table_rows(c, place, arms[l]);
        if (status == SG_OK && sg_compare_wants(c, "newcombe"))
            status = add_gaps(c, place, arms[l], all);
        if (status == SG_OK && sg_compare_wants(c, "mover"))
            status = add_closure(c, place, arms[l], all);
    }
    if (status == SG_OK)
        status = adjust(c, first);
    return status == SG_OK ? add_trends(c, group, arms) : status;
}

sg_status sg_compare_groups(sg_comparison *c)
{
    sg_status status = SG_OK;

    for (size_t g = 0; status == SG_OK && g < c->data->n_groups; g++)
        status = compare_group(c, &c->data->groups[g]);
    return status;
}
