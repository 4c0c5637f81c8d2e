/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare_balance.h"

#include <math.h>

/* One column of a covariate: the numbers, or of a level where it is. */
typedef struct {
    const char *covariate, *level;
    const double *values;
} balance_column;

static sg_status add_verdict(sg_comparison *c, sg_compare_place place, const sg_balance_data *data)
{
    sg_wwc_baseline wwc = sg_wwc_baseline_of(data);
    bool is_ok = wwc.status == SG_EST_OK;

    return sg_compare_add_number(c, place, "balance", "wwc", is_ok ? wwc.effect_size : nan(""),
                                 is_ok ? sg_wwc_verdict_name(wwc.verdict) : wwc.note);
}

/* A measure that there is not, of arms that there are, would divide by the spread of one that has none. */
static sg_status add_measure(sg_comparison *c, sg_compare_place place, const char *method, double value,
                             const char *note)
{
    return sg_compare_add_number(c, place, "balance", method, value,
                                 isnan(value) && !*note ? "no variation" : note);
}

/* Rows of the standardised difference, the ratio of variances, the distance of the distributions; unweighted also the verdict of the What
 * Works Clearinghouse. */
static sg_status add_column(sg_comparison *c, const sg_compare_weighed *w, const balance_column *column)
{
    const sg_balance_data data = {.n = w->rows->n_rows,
                                  .values = column->values,
                                  .arm = w->rows->arm,
                                  .count = w->rows->count,
                                  .weight = w->weights};
    sg_compare_place place = {column->covariate, column->level, SG_ARM_ALL};
    sg_balance b;
    size_t first = c->list->n;
    sg_status status = sg_balance_of(&data, &b, c->err);

    if (status == SG_OK)
        status = add_measure(c, place, w->by_treated ? "smd_treated_sd" : "smd_pooled_sd",
                             w->by_treated ? b.by_treated : b.by_pooled, b.note);
    if (status == SG_OK && !b.is_binary)
        status = add_measure(c, place, "variance_ratio", b.variance_ratio, b.note);
    if (status == SG_OK)
        status = add_measure(c, place, "ks", b.ks, b.note);
    if (status == SG_OK && !w->weights)
        status = add_verdict(c, place, &data);
    for (size_t i = first; i < c->list->n; i++)
        c->list->items[i].variant = w->variant;
    return status;
}

static sg_status add_variable(sg_comparison *c, const sg_compare_weighed *w, const sg_variable *v)
{
    double *is_level;
    sg_status status = SG_OK;

    if (v->numbers)
        return add_column(c, w, &(balance_column){v->name, "all", v->numbers});
    is_level = sg_arena_alloc(c->arena, w->rows->n_rows + 1, sizeof *is_level);
    if (!is_level)
        return sg_no_memory(c->err);
    for (size_t l = 0; status == SG_OK && l < v->n_levels; l++) {
        for (size_t i = 0; i < w->rows->n_rows; i++)
            is_level[i] = v->levels[i] == l;
        status = add_column(c, w, &(balance_column){v->name, v->level_names[l], is_level});
    }
    return status;
}

sg_status sg_compare_add_balance(sg_comparison *c, const sg_compare_weighed *weighed)
{
    sg_status status = SG_OK;

    if (!sg_compare_wants(c, "balance"))
        return SG_OK;
    for (size_t i = 0; status == SG_OK && i < weighed->rows->n_variables; i++)
        status = add_variable(c, weighed, &weighed->rows->variables[i]);
    return status;
}

/* ---- as they came, and weighted ---- */

static sg_status add_weighted(sg_comparison *c, const sg_propensity_result *score, sg_estimand estimand,
                              const char *method)
{
    const sg_observations *rows = &c->data->patterns;
    double *weights = sg_arena_alloc(c->arena, rows->n_rows + 1, sizeof *weights);

    if (!weights)
        return sg_no_memory(c->err);
    for (size_t i = 0; i < rows->n_rows; i++)
        weights[i] = sg_propensity_weight(estimand, score->scores[i], rows->arm[i]);
    return sg_compare_add_balance(c,
                                  &(sg_compare_weighed){rows, weights, method, estimand == SG_ESTIMAND_ATT});
}

sg_status sg_compare_balance(sg_comparison *c)
{
    static const struct {
        const char *method;
        sg_estimand estimand;
    } kinds[] = {{"ipw_att", SG_ESTIMAND_ATT}, {"ipw_ate", SG_ESTIMAND_ATE}, {"ipw_ato", SG_ESTIMAND_ATO}};
    const sg_compare_weighed plain = {&c->data->patterns, NULL, "unadjusted",
                                      c->request->estimand == SG_COMPARE_ATT};
    sg_propensity_result score;
    sg_status status;

    if (!c->request->covariates.n || !sg_compare_wants(c, "balance"))
        return SG_OK;
    if (!c->data->n)
        return sg_compare_add_number(c, (sg_compare_place){NULL, NULL, SG_ARM_ALL}, "balance", "ks", nan(""),
                                     "no learners");
    status = sg_compare_add_balance(c, &plain);
    if (status == SG_OK)
        status = sg_propensity(plain.rows, &c->data->model, c->request->confidence, c->arena, &score, c->err);
    if (status != SG_OK || score.status != SG_EST_OK)
        return status;
    for (size_t i = 0; status == SG_OK && i < 3; i++)
        if (sg_compare_wants(c, kinds[i].method))
            status = add_weighted(c, &score, kinds[i].estimand, kinds[i].method);
    return status;
}
