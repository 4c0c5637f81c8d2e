/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matching of learners by their score, and how alike the arms are: as they came, weighted and matched. */
#include <math.h>

#include "compare_inference.h"

static const sg_compare_place everyone = {NULL, NULL, SG_ARM_ALL};

/* ---- balance ---- */

/* One column of a covariate: the numbers, or of a level where it is. */
typedef struct {
    const char *covariate, *level;
    const double *values;
} balance_column;

/* Rows of the standardised difference, the ratio of variances, the distance of the distributions; unweighted also the verdict of the What
 * Works Clearinghouse. */
static sg_status add_column(sg_comparison *c, const balance_column *column, const char *variant,
                            const double *weights, bool by_treated)
{
    const sg_balance_data data = {
        .n = c->data->n, .values = column->values, .arm = c->data->arm, .weight = weights};
    sg_compare_place place = {column->covariate, column->level, SG_ARM_ALL};
    sg_balance b;
    size_t first = c->list->n;
    sg_status status = sg_balance_of(&data, &b, c->err);

    if (status == SG_OK)
        status = sg_compare_add_number(c, place, "balance", by_treated ? "smd_treated_sd" : "smd_pooled_sd",
                                       by_treated ? b.by_treated : b.by_pooled, b.note);
    if (status == SG_OK && !b.is_binary)
        status = sg_compare_add_number(c, place, "balance", "variance_ratio", b.variance_ratio, b.note);
    if (status == SG_OK)
        status = sg_compare_add_number(c, place, "balance", "ks", b.ks, b.note);
    if (status == SG_OK && !weights) {
        sg_wwc_baseline wwc = sg_wwc_baseline_of(&data);

        status = sg_compare_add_number(c, place, "balance", "wwc",
                                       wwc.status == SG_EST_OK ? wwc.effect_size : nan(""),
                                       wwc.status == SG_EST_OK ? sg_wwc_verdict_name(wwc.verdict) : wwc.note);
    }
    for (size_t i = first; i < c->list->n; i++)
        c->list->items[i].variant = variant;
    return status;
}

static sg_status add_variable(sg_comparison *c, const sg_variable *v, const char *variant,
                              const double *weights, bool by_treated)
{
    sg_status status = SG_OK;

    if (v->numbers)
        return add_column(c, &(balance_column){v->name, "all", v->numbers}, variant, weights, by_treated);
    for (size_t l = 0; status == SG_OK && l < v->n_levels; l++) {
        double *is_level = sg_arena_alloc(c->arena, c->data->n + 1, sizeof *is_level);

        if (!is_level)
            return sg_no_memory(c->err);
        for (size_t i = 0; i < c->data->n; i++)
            is_level[i] = v->levels[i] == l;
        status = add_column(c, &(balance_column){v->name, v->level_names[l], is_level}, variant, weights,
                            by_treated);
    }
    return status;
}

static sg_status add_balance(sg_comparison *c, const char *variant, const double *weights, bool by_treated)
{
    const sg_observations *learners = &c->data->learners;
    sg_status status = SG_OK;

    if (!sg_compare_wants(c, "balance"))
        return SG_OK;
    for (size_t i = 0; status == SG_OK && i < learners->n_variables; i++)
        status = add_variable(c, &learners->variables[i], variant, weights, by_treated);
    return status;
}

/* ---- scores of learners ---- */

static sg_status weigh(sg_comparison *c, const sg_propensity_result *score, sg_estimand estimand,
                       const char *variant)
{
    double *weights = sg_arena_alloc(c->arena, c->data->n + 1, sizeof *weights);

    if (!weights)
        return sg_no_memory(c->err);
    for (size_t i = 0; i < c->data->n; i++)
        weights[i] = sg_propensity_weight(estimand, score->scores[i], c->data->arm[i]);
    return add_balance(c, variant, weights, estimand == SG_ESTIMAND_ATT);
}

static sg_status balance_weighted(sg_comparison *c, const sg_propensity_result *score)
{
    static const struct {
        const char *method;
        sg_estimand estimand;
    } kinds[] = {{"ipw_att", SG_ESTIMAND_ATT}, {"ipw_ate", SG_ESTIMAND_ATE}, {"ipw_ato", SG_ESTIMAND_ATO}};
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < 3; i++)
        if (sg_compare_wants(c, kinds[i].method))
            status = weigh(c, score, kinds[i].estimand, kinds[i].method);
    return status;
}

/* ---- matching ---- */

static double caliper_of(const sg_comparison *c, const sg_propensity_result *score)
{
    return c->request->caliper_in_sd ? c->request->caliper * score->sd_logit : c->request->caliper;
}

static sg_status run_match(sg_comparison *c, const sg_propensity_result *score, size_t ratio,
                           sg_match_result *out)
{
    const sg_compare_data *d = c->data;
    double *logit = sg_arena_alloc(c->arena, d->n + 1, sizeof *logit);

    if (!logit)
        return sg_no_memory(c->err);
    for (size_t i = 0; i < d->n; i++)
        logit[i] = log(score->scores[i] / (1 - score->scores[i]));
    const sg_match_task task = {.n = d->n,
                                .logit = logit,
                                .arm = d->arm,
                                .outcome = d->y,
                                .exact = d->strata.n ? d->strata.of_row : NULL,
                                .caliper = caliper_of(c, score),
                                .ratio = ratio};

    return sg_match(&task, c->request->confidence, c->arena, out, c->err);
}

static sg_status add_pairs_test(sg_comparison *c, const sg_match_result *r)
{
    sg_test chi = {nan(""), r->mcnemar_x2, 1, "mcnemar", r->status, ""},
            exact = {r->mcnemar_exact_p, nan(""), nan(""), "mcnemar_exact", r->status, ""};
    sg_status status = sg_compare_add_test(c, everyone, "independence", "mcnemar", &chi, (int64_t)r->matched);

    return status == SG_OK ? sg_compare_add_test(c, everyone, "independence", "mcnemar_exact", &exact,
                                                 (int64_t)r->matched)
                           : status;
}

static sg_status add_match(sg_comparison *c, const sg_propensity_result *score, const char *method,
                           size_t ratio)
{
    sg_match_result r;
    sg_estimate *e;
    sg_status status = run_match(c, score, ratio, &r);

    if (status != SG_OK)
        return status;
    if (r.status != SG_EST_OK)
        return sg_compare_add_number(c, everyone, "risk_difference", method, nan(""), r.note);
    e = sg_compare_add_figure(c, everyone, "risk_difference", method, &r.difference, (int64_t)r.matched);
    if (!e)
        return sg_no_memory(c->err);
    e->n_iet = (int64_t)r.matched;
    e->n_comparison = (int64_t)r.controls;
    e->note = sg_arena_printf(c->arena, "%zu of %zu IET learners matched, to %zu others", r.matched,
                              r.treated, r.controls);
    if (!e->note)
        return sg_no_memory(c->err);
    if (ratio == 1)
        status = add_pairs_test(c, &r);
    return status == SG_OK ? add_balance(c, method, r.weight, true) : status;
}

static sg_status match(sg_comparison *c, const sg_propensity_result *score)
{
    sg_status status = SG_OK;

    if (sg_compare_wants(c, "match_1"))
        status = add_match(c, score, "match_1", 1);
    if (status == SG_OK && sg_compare_wants(c, "match_k") && c->request->ratio > 1)
        status = add_match(c, score, "match_k", c->request->ratio);
    return status;
}

sg_status sg_compare_matching(sg_comparison *c)
{
    sg_propensity_result score;
    sg_model model = c->data->model;
    sg_status status = SG_OK;

    if (!c->request->covariates.n || !c->data->n)
        return SG_OK;
    status = add_balance(c, "unadjusted", NULL, c->request->estimand == SG_COMPARE_ATT);
    if (status == SG_OK)
        status = sg_propensity(&c->data->learners, &model, c->request->confidence, c->arena, &score, c->err);
    if (status != SG_OK)
        return status;
    if (score.status != SG_EST_OK)
        return sg_compare_wants(c, "match_1")
                   ? sg_compare_add_number(c, everyone, "risk_difference", "match_1", nan(""), score.note)
                   : SG_OK;
    status = balance_weighted(c, &score);
    return status == SG_OK ? match(c, &score) : status;
}
