/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of times: section 5. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats/survival.h"

#define ADD SG_ADD_NUMBERS

typedef struct {
    sg_spell *spells; /* freed by the caller, whatever happens */
    bool *iet;
    size_t n;
    double conf;
} spell_task;

static void release(spell_task *task)
{
    free(task->spells);
    free(task->iet);
}

/* "time" and "event", and "start" where there is one. */
static sg_status read_spells(const sg_stats_params *params, spell_task *out, sg_err *err)
{
    const sg_stats_param *time = NULL, *event = NULL, *start = sg_param_find(params, "start");
    size_t capacity = 0;
    sg_status status = sg_param_numbers(params, "time", 0, &time, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "event", time->n, &event, err);
    if (status == SG_OK && start != NULL)
        status = sg_param_numbers(params, "start", time->n, &start, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &out->conf, err);
    if (status == SG_OK && !sg_grow(&out->spells, &capacity, time->n, sizeof *out->spells))
        status = sg_no_memory(err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < time->n; i++)
        out->spells[i] = (sg_spell){.start = start != NULL ? start->numbers[i] : 0.0,
                                    .stop = time->numbers[i],
                                    .event = event->numbers[i] > 0.0};
    out->n = time->n;
    return SG_OK;
}

/* And "arm" beside. */
static sg_status read_arms(const sg_stats_params *params, spell_task *out, sg_err *err)
{
    const sg_stats_param *arm = NULL;
    size_t capacity = 0;
    sg_status status = read_spells(params, out, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "arm", out->n, &arm, err);
    if (status == SG_OK && !sg_grow(&out->iet, &capacity, out->n, sizeof *out->iet))
        status = sg_no_memory(err);
    for (size_t i = 0; status == SG_OK && i < out->n; i++)
        out->iet[i] = arm->numbers[i] > 0.0;
    return status;
}

/* ---- 5.1, 5.2 ---- */

enum { SURV, SE, LOWER, UPPER, N_RISK, N_CURVE_COLUMNS };

static sg_status add_curve(const sg_curve *curve, const sg_stats_param *at, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[N_CURVE_COLUMNS] = {"surv", "se", "lower", "upper", "n_risk"};
    sg_stats_item *columns[N_CURVE_COLUMNS];
    const sg_status status = sg_value_add_columns(out, NAMES, N_CURVE_COLUMNS, at->n, columns, err);

    for (size_t i = 0; status == SG_OK && i < at->n && curve->status == SG_EST_OK; i++) {
        const sg_curve_point p = sg_curve_at(curve, at->numbers[i]);
        const double numbers[N_CURVE_COLUMNS] = {p.survival, p.std_error, p.low, p.high, p.at_risk};
        for (size_t k = 0; k < N_CURVE_COLUMNS; k++)
            columns[k][i] = sg_item_number(numbers[k]);
    }
    return status;
}

sg_status sg_adapt_kaplan_meier(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    spell_task task = {.n = 0};
    const sg_stats_param *at = NULL;
    sg_curve curve = {0};
    sg_status status = read_spells(params, &task, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "at", 0, &at, err);
    if (status == SG_OK)
        status = sg_kaplan_meier(task.spells, task.n, task.conf, &curve, err);
    if (status == SG_OK)
        status = add_curve(&curve, at, out, err);
    sg_curve_release(&curve);
    release(&task);
    return status;
}

sg_status sg_adapt_median_time(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    spell_task task = {.n = 0};
    sg_curve curve = {0};
    sg_status status = read_spells(params, &task, err);

    if (status == SG_OK)
        status = sg_kaplan_meier(task.spells, task.n, task.conf, &curve, err);
    if (status == SG_OK) {
        const sg_figure median = sg_curve_median(&curve);
        status = ADD({"median", median.estimate}, {"lower", median.low}, {"upper", median.high},
                     {"events", curve.events}, {"n", (double)curve.n});
    }
    sg_curve_release(&curve);
    release(&task);
    return status;
}

/* ---- 5.3, 5.6 ---- */

static sg_status read_strata(const sg_stats_params *params, size_t n, size_t **out, size_t *out_n,
                             sg_err *err)
{
    const sg_stats_param *strata = sg_param_find(params, "strata");
    size_t capacity = 0;

    if (strata == NULL)
        return SG_OK;
    const sg_status status = sg_param_texts(params, "strata", n, &strata, err);
    if (status != SG_OK)
        return status;
    if (!sg_grow(out, &capacity, n + 1, sizeof **out))
        return sg_no_memory(err);
    *out_n = sg_param_number_texts(strata, *out);
    return SG_OK;
}

sg_status sg_adapt_log_rank(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    spell_task task = {.n = 0};
    SG_AUTO_FREE size_t *strata = NULL;
    size_t n_strata = 1;
    sg_log_rank t = {0};
    sg_status status = read_arms(params, &task, err);

    if (status == SG_OK)
        status = read_strata(params, task.n, &strata, &n_strata, err);
    if (status == SG_OK)
        status = sg_log_rank_test(task.spells, task.iet, strata, task.n, n_strata, &t, err);
    release(&task);
    return status != SG_OK ? status
                           : ADD({"observed1", t.observed}, {"expected1", t.expected}, {"var", t.variance},
                                 {"x2", t.x2}, {"p", t.p}, {"z", t.z}, {"hr_peto", t.rate_ratio});
}

/* ---- 5.4 ---- */

/* The curve of one arm. */
static sg_status trace_arm(const spell_task *task, bool iet, sg_curve *out, sg_err *err)
{
    SG_AUTO_FREE sg_spell *spells = NULL;
    size_t capacity = 0, n = 0;

    if (!sg_grow(&spells, &capacity, task->n + 1, sizeof *spells))
        return sg_no_memory(err);
    for (size_t i = 0; i < task->n; i++) {
        if (task->iet[i] == iet)
            spells[n++] = task->spells[i];
    }
    return sg_kaplan_meier(spells, n, task->conf, out, err);
}

sg_status sg_adapt_restricted_mean(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    spell_task task = {.n = 0};
    sg_curve iet = {0}, comparison = {0};
    const sg_stats_param *tau = NULL;
    sg_status status = read_arms(params, &task, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "tau", 1, &tau, err);
    if (status == SG_OK)
        status = trace_arm(&task, true, &iet, err);
    if (status == SG_OK)
        status = trace_arm(&task, false, &comparison, err);
    if (status == SG_OK) {
        const sg_restricted_means m = sg_compare_restricted_means(&iet, &comparison, tau->numbers[0]);
        status = ADD({"rmst1", m.iet.estimate}, {"se1", m.iet.std_error}, {"rmst0", m.comparison.estimate},
                     {"se0", m.comparison.std_error}, {"diff", m.difference.estimate},
                     {"se", m.difference.std_error}, {"lower", m.difference.low},
                     {"upper", m.difference.high}, {"p", m.difference.p_value}, {"ratio", m.ratio});
    }
    sg_curve_release(&iet);
    sg_curve_release(&comparison);
    release(&task);
    return status;
}

/* ---- 5.5 ---- */

sg_status sg_adapt_incidence(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[] = {"cif1", "cif2"};
    const sg_stats_param *time = NULL, *cause = NULL, *at = NULL;
    SG_AUTO_FREE int *causes = NULL;
    SG_AUTO_FREE double *shares = NULL;
    size_t capacity = 0, share_capacity = 0;
    sg_stats_item *columns[2];
    sg_status status = sg_param_numbers(params, "time", 0, &time, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "cause", time->n, &cause, err);
    if (status == SG_OK)
        status = sg_param_numbers(params, "at", 0, &at, err);
    if (status == SG_OK && (!sg_grow(&causes, &capacity, time->n, sizeof *causes) ||
                            !sg_grow(&shares, &share_capacity, 2 * at->n, sizeof *shares)))
        status = sg_no_memory(err);
    for (size_t i = 0; status == SG_OK && i < time->n; i++)
        causes[i] = cause->numbers[i] > 1.0 ? 2 : cause->numbers[i] > 0.0;
    if (status == SG_OK) {
        double *const both[2] = {shares, shares + at->n};
        status = sg_cumulative_incidence(time->numbers, causes, time->n, at->numbers, at->n, both, err);
    }
    if (status == SG_OK)
        status = sg_value_add_columns(out, NAMES, 2, at->n, columns, err);
    for (size_t i = 0; status == SG_OK && shares != NULL && i < 2 * at->n; i++)
        columns[i / at->n][i % at->n] = sg_item_number(shares[i]);
    return status;
}
