/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of counts by stratum or group as they are, of section 2, and of the colleges of 6.0. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats/proportion.h"
#include "skillgain/stats/stratified.h"

#define ADD SG_ADD_NUMBERS

/* ---- reading ---- */

typedef struct {
    const sg_stats_param *x1, *n1, *x0, *n0;
    sg_stratum *strata; /* of x1->n; freed by the caller, whatever happens */
    double conf;
} stratum_task;

static sg_status read_strata(const sg_stats_params *params, stratum_task *out, sg_err *err)
{
    size_t capacity = 0;
    sg_status status = sg_param_numbers(params, "x1", 0, &out->x1, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "n1", out->x1->n, &out->n1, err);
    if (status == SG_OK)
        status = sg_param_numbers(params, "x0", out->x1->n, &out->x0, err);
    if (status == SG_OK)
        status = sg_param_numbers(params, "n0", out->x1->n, &out->n0, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &out->conf, err);
    if (status == SG_OK && !sg_grow(&out->strata, &capacity, out->x1->n, sizeof *out->strata))
        status = sg_no_memory(err);
    for (size_t i = 0; status == SG_OK && i < out->x1->n; i++) {
        status = sg_param_counts(out->x1, out->n1, i, &out->strata[i].iet, err);
        if (status == SG_OK)
            status = sg_param_counts(out->x0, out->n0, i, &out->strata[i].comparison, err);
    }
    return status;
}

/* ---- 0 ---- */

sg_status sg_adapt_stratum_counts(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[] = {"x1", "n1", "x0", "n0"};
    const sg_stats_param *strata = NULL;
    sg_stats_item *columns[4];
    sg_status status = sg_param_texts(params, "strata", 0, &strata, err);

    if (status == SG_OK)
        status = sg_value_add_texts(out, "stratum", strata, err);
    if (status == SG_OK)
        status = sg_value_add_columns(out, NAMES, 4, strata->n, columns, err);
    for (size_t k = 0; k < 4 && status == SG_OK; k++) {
        const sg_stats_param *list = NULL;
        status = sg_param_numbers(params, NAMES[k], strata->n, &list, err);
        for (size_t i = 0; i < strata->n && status == SG_OK; i++)
            columns[k][i] = sg_item_number(list->numbers[i]);
    }
    return status;
}

enum { SUCCESS, N, MISSING, RATE, LOWER, UPPER, N_RATE_COLUMNS };

static sg_status add_rates(const sg_param_levels *levels, const sg_stats_param *missing, double conf,
                           sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[N_RATE_COLUMNS] = {"success", "n", "missing", "rate", "lower", "upper"};
    sg_stats_item *columns[N_RATE_COLUMNS];
    sg_status status = sg_value_add_texts(out, "group", levels->groups, err);

    if (status == SG_OK)
        status = sg_value_add_columns(out, NAMES, N_RATE_COLUMNS, levels->groups->n, columns, err);
    for (size_t i = 0; i < levels->groups->n && status == SG_OK; i++) {
        const sg_figure rate = sg_rate_wilson(levels->levels[i], conf);
        const double numbers[N_RATE_COLUMNS] = {[SUCCESS] = (double)levels->levels[i].x,
                                                [N] = (double)levels->levels[i].n,
                                                [MISSING] = missing->numbers[i],
                                                [RATE] = rate.estimate,
                                                [LOWER] = rate.low,
                                                [UPPER] = rate.high};
        for (size_t k = 0; k < N_RATE_COLUMNS; k++)
            columns[k][i] = sg_item_number(numbers[k]);
    }
    return status;
}

sg_status sg_adapt_rates(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_param_levels levels = {.groups = NULL};
    const sg_stats_param *missing = NULL;
    double conf = 0.0;
    sg_status status = sg_param_read_levels(params, "success", "n", &levels, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "missing", levels.groups->n, &missing, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &conf, err);
    if (status == SG_OK)
        status = add_rates(&levels, missing, conf, out, err);
    free(levels.levels);
    return status;
}

/* ---- 2.1 to 2.3 ---- */

typedef sg_figure strata_method(const sg_stratum *strata, size_t n, double conf);

/* The figure and how the strata were used. */
static sg_status run_figure(strata_method *method, const sg_stats_params *params, sg_figure *out,
                            sg_strata_counts *out_use, sg_err *err)
{
    stratum_task task = {.x1 = NULL};
    const sg_status status = read_strata(params, &task, err);

    if (status == SG_OK) {
        *out = method(task.strata, task.x1->n, task.conf);
        *out_use = sg_strata_use(task.strata, task.x1->n);
    }
    free(task.strata);
    return status;
}

sg_status sg_adapt_mh_odds_ratio(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    sg_strata_counts use = {0};
    const sg_status status = run_figure(sg_mh_odds_ratio, params, &f, &use, err);

    return status != SG_OK
               ? status
               : ADD({"or", f.estimate}, {"or_log_se", f.std_error}, {"or_lo", f.low}, {"or_hi", f.high},
                     {"k_used", (double)use.used}, {"k_dropped", (double)use.dropped});
}

sg_status sg_adapt_mh_difference(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    sg_strata_counts use = {0};
    const sg_status status = run_figure(sg_mh_risk_difference, params, &f, &use, err);

    return status != SG_OK
               ? status
               : ADD({"rd", f.estimate}, {"rd_se", f.std_error}, {"rd_lo", f.low}, {"rd_hi", f.high});
}

sg_status sg_adapt_mh_risk_ratio(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    sg_strata_counts use = {0};
    const sg_status status = run_figure(sg_mh_risk_ratio, params, &f, &use, err);

    return status != SG_OK
               ? status
               : ADD({"rr", f.estimate}, {"rr_log_se", f.std_error}, {"rr_lo", f.low}, {"rr_hi", f.high});
}

/* ---- 2.4 to 2.6 ---- */

sg_status sg_adapt_cmh(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    stratum_task task = {.x1 = NULL};
    sg_cmh t = {0};
    const sg_status status = read_strata(params, &task, err);

    if (status == SG_OK)
        t = sg_cmh_test(task.strata, task.x1->n);
    free(task.strata);
    return status != SG_OK ? status
                           : ADD({"excess", t.excess}, {"var", t.variance}, {"x2", t.x2}, {"p", t.p},
                                 {"x2_cc", t.x2_corrected}, {"p_cc", t.p_corrected});
}

sg_status sg_adapt_cmh_exact(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    stratum_task task = {.x1 = NULL};
    sg_cmh_exact t = {0};
    sg_status status = read_strata(params, &task, err);

    if (status == SG_OK)
        status = sg_cmh_exact_test(task.strata, task.x1->n, &t, err);
    free(task.strata);
    return status != SG_OK ? status : ADD({"s", t.sum}, {"p", t.p});
}

sg_status sg_adapt_breslow_day(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    stratum_task task = {.x1 = NULL};
    sg_breslow_day t = {0};
    const sg_status status = read_strata(params, &task, err);

    if (status == SG_OK)
        t = sg_breslow_day_test(task.strata, task.x1->n);
    free(task.strata);
    return status != SG_OK ? status
                           : ADD({"x2", t.x2}, {"x2_tarone", t.x2_tarone}, {"df", t.df}, {"p", t.p},
                                 {"p_tarone", t.p_tarone}, {"strata_used", (double)t.strata});
}

sg_status sg_adapt_rd_homogeneity(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    stratum_task task = {.x1 = NULL};
    sg_rd_homogeneity t = {0};
    const sg_status status = read_strata(params, &task, err);

    if (status == SG_OK)
        t = sg_rd_homogeneity_test(task.strata, task.x1->n);
    free(task.strata);
    return status != SG_OK ? status
                           : ADD({"q", t.q}, {"df", t.df}, {"p", t.p}, {"pooled_iv", t.pooled},
                                 {"se_iv", t.pooled_error}, {"i2", t.i2});
}

/* ---- 2.7 ---- */

static sg_status find_standard(const sg_stats_params *params, sg_standard *out, sg_err *err)
{
    const sg_stats_param *standard = NULL;
    const sg_status status = sg_param_texts(params, "standard", 1, &standard, err);

    if (status != SG_OK)
        return status;
    *out = strcmp(standard->texts[0], "iet") == 0 ? SG_STANDARD_IET : SG_STANDARD_TOTAL;
    if (*out == SG_STANDARD_TOTAL && strcmp(standard->texts[0], "total") != 0)
        return sg_fail(err, SG_FAILED, "parameter 'standard' is neither 'total' nor 'iet'");
    return SG_OK;
}

static sg_status add_standardised(const sg_standardised *s, sg_stats_values *out, sg_err *err)
{
    return ADD({"rate1", s->iet.estimate}, {"se1", s->iet.std_error}, {"rate1_lo_mover", s->iet.low},
               {"rate1_hi_mover", s->iet.high}, {"rate0", s->comparison.estimate},
               {"se0", s->comparison.std_error}, {"rate0_lo_mover", s->comparison.low},
               {"rate0_hi_mover", s->comparison.high}, {"rd", s->difference.estimate},
               {"rd_se", s->difference.std_error}, {"rd_lo_mover", s->difference.low},
               {"rd_hi_mover", s->difference.high}, {"rd_lo_wald", s->wald_low}, {"rd_hi_wald", s->wald_high},
               {"ratio", s->ratio});
}

sg_status sg_adapt_standardised(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    stratum_task task = {.x1 = NULL};
    sg_standardised s;
    sg_standard standard = SG_STANDARD_TOTAL;
    sg_status status = read_strata(params, &task, err);

    if (status == SG_OK)
        status = find_standard(params, &standard, err);
    if (status == SG_OK) {
        s = sg_standardise(task.strata, task.x1->n, standard, NULL, task.conf);
        status = add_standardised(&s, out, err);
    }
    free(task.strata);
    return status;
}

/* ---- 6.0 ---- */

sg_status sg_adapt_two_armed(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    stratum_task task = {.x1 = NULL};
    double sum = 0.0, squares = 0.0;
    sg_strata_counts use = {0};
    const sg_status status = read_strata(params, &task, err);

    if (status == SG_OK)
        use = sg_strata_use(task.strata, task.x1->n);
    for (size_t i = 0; status == SG_OK && i < task.x1->n; i++) {
        const double n1 = (double)task.strata[i].iet.n;
        sum += n1;
        squares += n1 * n1;
    }
    free(task.strata);
    return status != SG_OK
               ? status
               : ADD({"colleges", (double)(use.used + use.dropped)}, {"both_arms", (double)use.used},
                     {"learners_in_one_armed", (double)use.alone},
                     {"effective_iet_colleges", sum * sum / squares});
}
