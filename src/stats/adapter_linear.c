/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of linear models and of diagnostics: sections 6.4c, 6.7 and 6.8. */
#include <string.h>

#include "formula.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats/diagnostics.h"
#include "skillgain/stats/linear.h"

#define ADD(...)                                                                                             \
    sg_value_add_numbers(out, (const sg_named_number[]){__VA_ARGS__},                                        \
                         sizeof((const sg_named_number[]){__VA_ARGS__}) / sizeof(sg_named_number), err)

static const double CONF = 0.95;

/* The entry's data: its treatment, where it names one, is a column like any other. */
static sg_status read_data(const sg_stats_params *params, sg_arena *arena, sg_formula_data *out, sg_err *err)
{
    sg_formula_parts parts = {0};

    if (arena == NULL)
        return sg_no_memory(err);
    const sg_status status = sg_formula_parts_of(params, &parts, err);
    if (status != SG_OK)
        return status;
    parts.treatment = NULL;
    return sg_formula_read(params, &parts, arena, out, err);
}

/* ---- 6.7 ---- */

static sg_status add_coefficients(const sg_linear_result *r, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[] = {"coef",   "se",     "se_hc1", "se_hc3", "se_cr1",
                                        "se_cr2", "df_cr2", "p_cr2",  "se_cr3"};
    enum { N = sizeof NAMES / sizeof *NAMES };
    sg_stats_item *columns[N];

    for (size_t i = 0; i < N; i++) {
        columns[i] = sg_value_add(out, NAMES[i], r->n_coefficients);
        if (columns[i] == NULL)
            return sg_no_memory(err);
    }
    for (size_t j = 0; j < r->n_coefficients; j++) {
        const sg_linear_coefficient *c = &r->coefficients[j];
        const double values[N] = {c->classical.estimate,
                                  c->classical.std_error,
                                  c->hc1,
                                  c->hc3,
                                  c->cr1,
                                  c->cr2.std_error,
                                  c->cr2.df,
                                  c->cr2.p_value,
                                  c->cr3};
        for (size_t i = 0; i < N; i++)
            columns[i][j] = sg_item_number(values[i]);
    }
    return SG_OK;
}

sg_status sg_adapt_linear(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_data data = {0};
    sg_linear_result r = {0};
    sg_status status = read_data(params, arena, &data, err);

    if (status == SG_OK)
        status = sg_linear(&data.sample, &data.model, CONF, arena, &r, err);
    if (status == SG_OK)
        status = add_coefficients(&r, out, err);
    return status != SG_OK ? status : ADD({"G", (double)r.clusters}, {"share_outside_0_1", r.share_outside});
}

sg_status sg_adapt_wild(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const size_t DRAWS = 9999; /* where there are too many clusters for all signs */
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const char *tested = sg_param_text(params, "tested");
    sg_formula_data data = {0};
    sg_linear_result linear = {0};
    sg_wild_result r = {0};
    size_t column = 0;
    sg_status status = read_data(params, arena, &data, err);

    if (status == SG_OK)
        status = sg_linear(&data.sample, &data.model, CONF, arena, &linear, err);
    if (status != SG_OK)
        return status;
    while (column < linear.n_coefficients &&
           (tested == NULL || strcmp(linear.coefficients[column].name, tested) != 0))
        column++;
    status = sg_wild_cluster(&data.sample, &data.model, column, DRAWS, 1, &r, err);
    return status != SG_OK ? status : ADD({"t", r.t}, {"draws", r.draws}, {"count", r.count}, {"p", r.p});
}

/* ---- 6.8 ---- */

sg_status sg_adapt_diagnostics(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_data data = {0};
    sg_diagnostics r = {0};
    sg_status status = read_data(params, arena, &data, err);

    if (status == SG_OK)
        status = sg_logit_diagnostics(&data.sample, &data.model, CONF, arena, &r, err);
    if (status != SG_OK)
        return status;
    return ADD({"auc", r.auc.estimate}, {"se", r.auc.std_error}, {"lower", r.auc.low}, {"upper", r.auc.high},
               {"brier", r.brier}, {"hl_x2", r.hosmer_lemeshow.statistic}, {"hl_df", r.hosmer_lemeshow.df},
               {"hl_p", r.hosmer_lemeshow.p_value}, {"mcfadden_r2", r.mcfadden_r2},
               {"pearson_x2", r.pearson_x2}, {"max_leverage", r.max_leverage});
}

sg_status sg_adapt_inflation(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_data data = {0};
    sg_inflations r = {0};
    sg_status status = read_data(params, arena, &data, err);

    if (status == SG_OK)
        status = sg_logit_inflation(&data.sample, &data.model, arena, &r, err);
    if (status != SG_OK)
        return status;
    sg_stats_item *inflation = sg_value_add(out, "gvif", r.n_terms);
    sg_stats_item *df = sg_value_add(out, "df", r.n_terms),
                  *scaled = sg_value_add(out, "gvif_scaled", r.n_terms);
    if (inflation == NULL || df == NULL || scaled == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < r.n_terms; i++) {
        inflation[i] = sg_item_number(r.terms[i].inflation);
        df[i] = sg_item_number(r.terms[i].df);
        scaled[i] = sg_item_number(r.terms[i].scaled);
    }
    return SG_OK;
}
