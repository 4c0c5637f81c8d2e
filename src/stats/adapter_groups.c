/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of several groups at once: sections 1.9, 8.4, 8.5 and 9. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats/equity.h"
#include "skillgain/stats/multiplicity.h"
#include "skillgain/stats/two_by_two.h"

/* ---- 9 ---- */

typedef sg_status adjustment(const double *p, size_t n, double *out, sg_err *err);

/* Adds the corrected p-values by name; in *out_rejected, where wanted, how many of them are at most alpha. */
static sg_status add_adjusted(sg_stats_values *out, const char *name, adjustment *adjust,
                              const sg_stats_param *p, double alpha, double *out_rejected, sg_err *err)
{
    SG_AUTO_FREE double *adjusted = NULL;
    size_t capacity = 0;
    double rejected = 0.0;
    sg_stats_item *items = sg_value_add(out, name, p->n);

    if (items == NULL || !sg_grow(&adjusted, &capacity, p->n, sizeof *adjusted))
        return sg_no_memory(err);
    const sg_status status = adjust(p->numbers, p->n, adjusted, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < p->n; i++) {
        items[i] = sg_item_number(adjusted[i]);
        rejected += adjusted[i] <= alpha ? 1.0 : 0.0;
    }
    if (out_rejected != NULL)
        *out_rejected = rejected;
    return SG_OK;
}

sg_status sg_adapt_multiplicity(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    const sg_stats_param *p = NULL;
    double alpha = 0.0, by_holm = 0.0, by_bh = 0.0, present = 0.0;
    sg_status status = sg_param_numbers(params, "p", 0, &p, err);

    if (status == SG_OK)
        status = sg_param_number_or(params, "alpha", 0.05, &alpha, err);
    if (status == SG_OK)
        status = add_adjusted(out, "holm", sg_adjust_holm, p, alpha, &by_holm, err);
    if (status == SG_OK)
        status = add_adjusted(out, "bh", sg_adjust_bh, p, alpha, &by_bh, err);
    if (status == SG_OK)
        status = add_adjusted(out, "bonferroni", sg_adjust_bonferroni, p, alpha, NULL, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < p->n; i++)
        present += isnan(p->numbers[i]) ? 0.0 : 1.0;
    const sg_named_number sums[] = {{"m", present}, {"reject_holm", by_holm}, {"reject_bh", by_bh}};
    return sg_value_add_numbers(out, sums, 3, err);
}

/* ---- 1.9 ---- */

typedef struct {
    const sg_stats_param *groups, *x1, *n1, *x0, *n0;
    double conf;
} group_task;

static sg_status read_groups(const sg_stats_params *params, group_task *out, sg_err *err)
{
    struct {
        const char *name;
        const sg_stats_param **to;
    } lists[] = {{"x1", &out->x1}, {"n1", &out->n1}, {"x0", &out->x0}, {"n0", &out->n0}};
    sg_status status = sg_param_texts(params, "groups", 0, &out->groups, err);

    for (size_t i = 0; i < 4 && status == SG_OK; i++)
        status = sg_param_numbers(params, lists[i].name, out->groups->n, lists[i].to, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &out->conf, err);
    return status;
}

enum { GROUP, X1, N1, X0, N0, RD, LOWER, UPPER, P_PRIMARY, N_COLUMNS };

static sg_status fill_group(const group_task *task, size_t i, sg_stats_item *columns[N_COLUMNS],
                            double *out_p, sg_err *err)
{
    sg_counts iet = {0}, comparison = {0};
    sg_status status = sg_param_counts(task->x1, task->n1, i, &iet, err);

    if (status == SG_OK)
        status = sg_param_counts(task->x0, task->n0, i, &comparison, err);
    if (status != SG_OK)
        return status;
    const sg_figure rd = sg_rd_newcombe(iet, comparison, task->conf);
    *out_p = sg_p_2x2(iet, comparison).p_value;
    columns[GROUP][i] = sg_item_text(task->groups->texts[i]);
    const double numbers[N_COLUMNS] = {
        [X1] = (double)iet.x, [N1] = (double)iet.n, [X0] = (double)comparison.x, [N0] = (double)comparison.n,
        [RD] = rd.estimate,   [LOWER] = rd.low,     [UPPER] = rd.high,           [P_PRIMARY] = *out_p};
    for (size_t column = X1; column < N_COLUMNS; column++)
        columns[column][i] = sg_item_number(numbers[column]);
    return SG_OK;
}

/* The table of groups; their p-values into p. */
static sg_status add_groups(const group_task *task, double *p, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[N_COLUMNS] = {"group", "x1",    "n1",    "x0",       "n0",
                                                 "rd",    "lower", "upper", "p_primary"};
    sg_stats_item *columns[N_COLUMNS];
    sg_status status = SG_OK;

    for (size_t i = 0; i < N_COLUMNS; i++) {
        columns[i] = sg_value_add(out, NAMES[i], task->groups->n);
        if (columns[i] == NULL)
            return sg_no_memory(err);
    }
    for (size_t i = 0; i < task->groups->n && status == SG_OK; i++)
        status = fill_group(task, i, columns, &p[i], err);
    return status;
}

sg_status sg_adapt_by_group(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    group_task task = {0};
    SG_AUTO_FREE double *p = NULL;
    size_t capacity = 0;
    double one_armed = 0.0;
    sg_status status = read_groups(params, &task, err);

    if (status != SG_OK)
        return status;
    if (!sg_grow(&p, &capacity, task.groups->n, sizeof *p))
        return sg_no_memory(err);
    status = add_groups(&task, p, out, err);
    const sg_stats_param family = {.name = "p", .numbers = p, .n = task.groups->n};
    if (status == SG_OK)
        status = add_adjusted(out, "p_holm", sg_adjust_holm, &family, 0.0, NULL, err);
    if (status == SG_OK)
        status = add_adjusted(out, "p_bh", sg_adjust_bh, &family, 0.0, NULL, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < family.n; i++)
        one_armed += isnan(p[i]) ? 1.0 : 0.0;
    return sg_value_add_numbers(out, &(sg_named_number){"one_armed", one_armed}, 1, err);
}

/* ---- 8.4 ---- */

typedef enum { TO_LEVEL, TO_OTHERS, TO_EVERYONE } reference_kind;

typedef struct {
    sg_param_levels of;
    reference_kind kind;
    size_t reference; /* of TO_LEVEL */
    double conf;
} gap_task;

static sg_status find_reference(gap_task *task, const char *name, sg_err *err)
{
    if (strcmp(name, "overall") == 0 || strcmp(name, "all but current") == 0) {
        task->kind = strcmp(name, "overall") == 0 ? TO_EVERYONE : TO_OTHERS;
        return SG_OK;
    }
    task->kind = TO_LEVEL;
    task->reference = strcmp(name, "hpg") == 0 ? sg_gap_highest(task->of.levels, task->of.groups->n, 1) : 0;
    while (strcmp(name, "hpg") != 0 && task->reference < task->of.groups->n &&
           strcmp(task->of.groups->texts[task->reference], name) != 0)
        task->reference++;
    if (task->reference == task->of.groups->n)
        return sg_fail(err, SG_FAILED, "parameter 'reference': no group is called '%s'", name);
    return SG_OK;
}

static sg_status read_gaps(const sg_stats_params *params, gap_task *out, sg_err *err)
{
    const sg_stats_param *reference = NULL;
    sg_status status = sg_param_read_levels(params, "success", "n", &out->of, err);

    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &out->conf, err);
    if (status == SG_OK)
        status = sg_param_texts(params, "reference", 1, &reference, err);
    return status == SG_OK ? find_reference(out, reference->texts[0], err) : status;
}

/* A level is no reference of its own: its gap is 0, without an interval. */
static sg_figure gap_of(const gap_task *task, size_t i)
{
    const sg_counts level = task->of.levels[i];
    const sg_counts others = {.x = task->of.everyone.x - level.x, .n = task->of.everyone.n - level.n};

    if (task->kind == TO_EVERYONE)
        return sg_gap_overall(level, task->of.everyone, task->conf);
    if (task->kind == TO_OTHERS)
        return sg_gap(level, others, task->conf);
    if (i == task->reference)
        return (sg_figure){.estimate = 0.0, .low = nan(""), .high = nan("")};
    return sg_gap(level, task->of.levels[task->reference], task->conf);
}

static sg_status add_gaps(const gap_task *task, sg_stats_values *out, sg_err *err)
{
    sg_stats_item *gap = sg_value_add(out, "gap", task->of.groups->n);
    sg_stats_item *lower = sg_value_add(out, "lower", task->of.groups->n);
    sg_stats_item *upper = sg_value_add(out, "upper", task->of.groups->n);

    if (gap == NULL || lower == NULL || upper == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < task->of.groups->n; i++) {
        const sg_figure figure = gap_of(task, i);
        gap[i] = sg_item_number(figure.estimate);
        lower[i] = sg_item_number(figure.low);
        upper[i] = sg_item_number(figure.high);
    }
    return SG_OK;
}

sg_status sg_adapt_gap(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    gap_task task = {0};
    sg_status status = read_gaps(params, &task, err);

    if (status == SG_OK)
        status = add_gaps(&task, out, err);
    free(task.of.levels);
    return status;
}

/* ---- 8.5 ---- */

sg_status sg_adapt_gap_closure(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[4] = {"group_iet", "reference_iet", "group_non", "reference_non"};
    sg_counts groups[4] = {{0}};
    double conf = 0.0;
    sg_status status = sg_param_number_or(params, "conf", sg_usual_conf, &conf, err);

    for (size_t i = 0; i < 4 && status == SG_OK; i++) {
        const sg_stats_param *pair = NULL;
        status = sg_param_numbers(params, NAMES[i], 2, &pair, err);
        if (status == SG_OK)
            status = sg_param_count(pair, 0, &groups[i].x, err);
        if (status == SG_OK)
            status = sg_param_count(pair, 1, &groups[i].n, err);
    }
    if (status != SG_OK)
        return status;
    const sg_gap_change change = sg_gap_closure(groups[0], groups[1], groups[2], groups[3], conf);
    const sg_figure *c = &change.closure;
    const sg_named_number numbers[] = {{"gap_iet", change.gap_iet},
                                       {"gap_non", change.gap_comparison},
                                       {"closure", c->estimate},
                                       {"lower", c->low},
                                       {"upper", c->high},
                                       {"se_wald", c->std_error},
                                       {"z", c->statistic},
                                       {"p_wald", c->p_value},
                                       {"relative_closure", change.relative}};
    return sg_value_add_numbers(out, numbers, sizeof numbers / sizeof *numbers, err);
}
