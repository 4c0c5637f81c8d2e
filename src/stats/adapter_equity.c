/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of the indices of section 8: 8.1 to 8.3 and 8.6 to 8.8. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "skillgain/stats/disproportion.h"
#include "skillgain/stats/equity.h"

/* ---- the reference rate ---- */

typedef struct {
    sg_param_levels of;
    bool is_number;
    double number;
    sg_rate_kind kind;
    size_t named;
} reference_task;

static sg_status find_named(const char *name, reference_task *out, sg_err *err)
{
    const sg_stats_param *groups = out->of.groups;

    if (strcmp(name, "overall") == 0) {
        out->kind = SG_RATE_OVERALL;
        return SG_OK;
    }
    if (strcmp(name, "all but current") == 0) {
        out->kind = SG_RATE_ALL_BUT_CURRENT;
        return SG_OK;
    }
    out->kind = SG_RATE_OF_LEVEL;
    if (strcmp(name, "hpg") == 0)
        out->named = sg_gap_highest(out->of.levels, groups->n, 1);
    while (strcmp(name, "hpg") != 0 && out->named < groups->n && strcmp(groups->texts[out->named], name) != 0)
        out->named++;
    if (out->named == groups->n)
        return sg_fail(err, SG_FAILED, "parameter 'reference': no group is called '%s'", name);
    return SG_OK;
}

static sg_status read_reference(const sg_stats_params *params, reference_task *out, sg_err *err)
{
    const sg_stats_param *reference = sg_param_find(params, "reference");
    const sg_status status = sg_param_read_levels(params, "success", "n", &out->of, err);

    if (status != SG_OK)
        return status;
    if (reference != NULL && reference->n == 1 && reference->numbers != NULL) {
        out->is_number = true;
        out->number = reference->numbers[0];
        return SG_OK;
    }
    if (reference == NULL || reference->n != 1)
        return sg_fail(err, SG_FAILED, "parameter 'reference' is missing or more than one");
    return find_named(reference->texts[0], out, err);
}

static double reference_of(const reference_task *task, size_t i)
{
    return task->is_number
               ? task->number
               : sg_reference_rate(task->of.levels, task->of.groups->n, i, task->kind, task->named);
}

static double truth(bool holds)
{
    return holds ? 1.0 : 0.0;
}

/* ---- 8.1 ---- */

enum { PCT, REFERENCE, GAP, MOE, PCT_LO, PCT_HI, DI, NOT_DI, PARITY, INSUFFICIENT, N_GAP_COLUMNS };

static void fill_point_gap(const sg_point_gap *gap, size_t i, sg_stats_item *columns[N_GAP_COLUMNS])
{
    const bool is_known = gap->status == SG_EST_OK;
    const double blank = nan("");
    const double numbers[N_GAP_COLUMNS] = {
        [PCT] = gap->rate,
        [REFERENCE] = gap->reference,
        [GAP] = gap->gap,
        [MOE] = gap->margin,
        [PCT_LO] = gap->low,
        [PCT_HI] = gap->high,
        [DI] = is_known ? truth(gap->is_flagged) : blank,
        [NOT_DI] = gap->needed_not_flagged,
        [PARITY] = gap->needed_parity,
        [INSUFFICIENT] = is_known ? truth(gap->is_insufficient) : blank,
    };

    for (size_t k = 0; k < N_GAP_COLUMNS; k++)
        columns[k][i] = sg_item_number(numbers[k]);
}

static sg_status read_rule(const sg_stats_params *params, sg_point_gap_rule *out, sg_err *err)
{
    double observed = 0.0, insufficient = 0.0;
    sg_status status = sg_param_number_or(params, "min_moe", sg_rule_package.floor, &out->floor, err);

    if (status == SG_OK)
        status = sg_param_number_or(params, "use_prop_in_moe", 0.0, &observed, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "insufficient_n", 0.0, &insufficient, err);
    if (status == SG_OK && !(insufficient >= 0.0 && insufficient < 1e9))
        return sg_fail(err, SG_FAILED, "parameter 'insufficient_n' is no count");
    out->observed_rate = observed > 0.0;
    out->insufficient_n = (int64_t)insufficient;
    return status;
}

sg_status sg_adapt_point_gap(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[N_GAP_COLUMNS] = {"pct",
                                                     "reference",
                                                     "gap",
                                                     "moe",
                                                     "pct_lo",
                                                     "pct_hi",
                                                     "di_indicator",
                                                     "success_needed_not_di",
                                                     "success_needed_full_parity",
                                                     "insufficient"};
    reference_task task = {.named = 0};
    sg_point_gap_rule rule = {.floor = 0.0};
    sg_stats_item *columns[N_GAP_COLUMNS];
    sg_status status = read_reference(params, &task, err);

    if (status == SG_OK)
        status = read_rule(params, &rule, err);
    if (status == SG_OK)
        status = sg_value_add_columns(out, NAMES, N_GAP_COLUMNS, task.of.groups->n, columns, err);
    for (size_t i = 0; status == SG_OK && i < task.of.groups->n; i++) {
        const sg_point_gap gap = sg_percentage_point_gap(task.of.levels[i], reference_of(&task, i), &rule);
        fill_point_gap(&gap, i, columns);
    }
    free(task.of.levels);
    return status;
}

/* ---- 8.2 ---- */

enum { N_INDEX_COLUMNS = 6 };

static void fill_index(const double *numbers, bool is_known, size_t flag, size_t i, sg_stats_item **columns)
{
    for (size_t k = 0; k < N_INDEX_COLUMNS; k++)
        columns[k][i] = sg_item_number(k == flag && !is_known ? nan("") : numbers[k]);
}

sg_status sg_adapt_proportionality(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[N_INDEX_COLUMNS] = {"pct_success",
                                                       "pct_group",
                                                       "prop_index",
                                                       "di_indicator",
                                                       "success_needed_not_di",
                                                       "success_needed_full_parity"};
    sg_param_levels levels = {.groups = NULL};
    sg_stats_item *columns[N_INDEX_COLUMNS];
    double cutoff = 0.0;
    sg_status status = sg_param_read_levels(params, "success", "n", &levels, err);

    if (status == SG_OK)
        status = sg_param_number_or(params, "cutoff", 0.8, &cutoff, err);
    if (status == SG_OK)
        status = sg_value_add_columns(out, NAMES, N_INDEX_COLUMNS, levels.groups->n, columns, err);
    for (size_t i = 0; status == SG_OK && i < levels.groups->n; i++) {
        const sg_proportionality p = sg_proportionality_index(levels.levels[i], levels.everyone, cutoff);
        const double numbers[N_INDEX_COLUMNS] = {p.share_of_successes, p.share_of_learners,  p.index,
                                                 truth(p.is_flagged),  p.needed_not_flagged, p.needed_parity};
        fill_index(numbers, p.status == SG_EST_OK, 3, i, columns);
    }
    free(levels.levels);
    return status;
}

/* ---- 8.3 ---- */

sg_status sg_adapt_index_80(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[N_INDEX_COLUMNS] = {
        "pct", "reference", "index80", "di_indicator", "success_needed_not_di", "success_needed_full_parity"};
    reference_task task = {.named = 0};
    sg_stats_item *columns[N_INDEX_COLUMNS];
    double cutoff = 0.0;
    sg_status status = read_reference(params, &task, err);

    if (status == SG_OK)
        status = sg_param_number_or(params, "cutoff", 0.8, &cutoff, err);
    if (status == SG_OK)
        status = sg_value_add_columns(out, NAMES, N_INDEX_COLUMNS, task.of.groups->n, columns, err);
    for (size_t i = 0; status == SG_OK && i < task.of.groups->n; i++) {
        const sg_index_80 x = sg_eighty_percent_index(task.of.levels[i], reference_of(&task, i), cutoff);
        const double numbers[N_INDEX_COLUMNS] = {
            x.rate, x.reference, x.index, truth(x.is_flagged), x.needed_not_flagged, x.needed_parity};
        fill_index(numbers, x.status == SG_EST_OK, 3, i, columns);
    }
    free(task.of.levels);
    return status;
}

/* ---- 8.6, 8.7 ---- */

sg_status sg_adapt_needed_moving(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[] = {"needed"};
    sg_param_levels levels = {.groups = NULL};
    sg_stats_item *needed = NULL;
    sg_status status = sg_param_read_levels(params, "success", "n", &levels, err);

    if (status == SG_OK)
        status = sg_value_add_columns(out, NAMES, 1, levels.groups->n, &needed, err);
    for (size_t i = 0; status == SG_OK && i < levels.groups->n; i++)
        needed[i] = sg_item_number(sg_needed_moving(levels.levels[i], levels.everyone));
    free(levels.levels);
    return status;
}

enum { N_ACCESS_COLUMNS = 11 };

sg_status sg_adapt_access(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[N_ACCESS_COLUMNS] = {
        "share_iet", "share_eligible",     "composition_index",
        "rate",      "gap_vs_rest",        "gap_lo",
        "gap_hi",    "rr_vs_rest",         "rr_lo",
        "rr_hi",     "enrol_needed_parity"};
    sg_param_levels levels = {.groups = NULL};
    sg_stats_item *columns[N_ACCESS_COLUMNS];
    double conf = 0.0;
    sg_status status = sg_param_read_levels(params, "iet", "eligible", &levels, err);

    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &conf, err);
    if (status == SG_OK)
        status = sg_value_add_columns(out, NAMES, N_ACCESS_COLUMNS, levels.groups->n, columns, err);
    for (size_t i = 0; status == SG_OK && i < levels.groups->n; i++) {
        const sg_access a = sg_access_of(levels.levels[i], levels.everyone, conf);
        const double numbers[N_ACCESS_COLUMNS] = {
            a.share_of_iet, a.share_of_eligible, a.composition, a.rate,       a.gap.estimate, a.gap.low,
            a.gap.high,     a.ratio.estimate,    a.ratio.low,   a.ratio.high, a.needed};
        for (size_t k = 0; k < N_ACCESS_COLUMNS; k++)
            columns[k][i] = sg_item_number(numbers[k]);
    }
    free(levels.levels);
    return status;
}

/* ---- 8.8 ---- */

static sg_status add_shown(const sg_param_levels *levels, int64_t minimum, size_t shown, sg_stats_values *out,
                           sg_err *err)
{
    static const char *const NAMES[] = {"group", "success", "n"};
    sg_stats_item *columns[3];
    const sg_status status = sg_value_add_columns(out, NAMES, 3, shown, columns, err);
    size_t at = 0;

    for (size_t i = 0; status == SG_OK && i < levels->groups->n; i++) {
        if (levels->levels[i].n < minimum)
            continue;
        columns[0][at] = sg_item_text(levels->groups->texts[i]);
        columns[1][at] = sg_item_number((double)levels->levels[i].x);
        columns[2][at] = sg_item_number((double)levels->levels[i].n);
        at++;
    }
    return status;
}

sg_status sg_adapt_intersections(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_param_levels levels = {.groups = NULL};
    const sg_stats_param *minimum = NULL;
    int64_t least = 0;
    size_t shown = 0;
    double suppressed = 0.0;
    sg_status status = sg_param_read_levels(params, "success", "n", &levels, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "min_n", 1, &minimum, err);
    if (status == SG_OK)
        status = sg_param_count(minimum, 0, &least, err);
    for (size_t i = 0; status == SG_OK && i < levels.groups->n; i++) {
        shown += levels.levels[i].n >= least ? 1 : 0;
        suppressed += levels.levels[i].n >= least ? 0.0 : (double)levels.levels[i].n;
    }
    if (status == SG_OK)
        status = add_shown(&levels, least, shown, out, err);
    if (status == SG_OK)
        status = SG_ADD_NUMBERS({"suppressed_groups", (double)(levels.groups->n - shown)},
                                {"suppressed_learners", suppressed});
    free(levels.levels);
    return status;
}
