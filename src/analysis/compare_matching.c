/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matching of learners by their score: the one method that needs learners, not patterns. */
#include <math.h>

#include "compare_balance.h"

static const sg_compare_place everyone = {NULL, NULL, SG_ARM_ALL};

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
    sg_test chi = {r->mcnemar_p, r->mcnemar_x2, 1, "mcnemar", r->status, ""},
            exact = {r->mcnemar_exact_p, nan(""), nan(""), "mcnemar_exact", r->status, ""};
    sg_status status;

    if (r->status == SG_EST_OK && isnan(r->mcnemar_x2)) {
        chi.status = SG_EST_NOT_ESTIMABLE;
        chi.note = "no pair differs in its outcomes";
    }
    status = sg_compare_add_test(c, everyone, "independence", "mcnemar", &chi, (int64_t)r->matched);

    return status == SG_OK ? sg_compare_add_test(c, everyone, "independence", "mcnemar_exact", &exact,
                                                 (int64_t)r->matched)
                           : status;
}

/* What the others lacked; "": there are no others. */
static const char *why_unmatched(const sg_comparison *c, const sg_match_result *r)
{
    if (r->matched == r->treated)
        return "";
    return c->data->strata.n ? "; the others find no one left in their stratum within the caliper"
                             : "; the others find no one left within the caliper";
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
    const sg_compare_arms *modelled = c->of;
    const sg_compare_arms matched = {.iet = {.n = (int64_t)r.matched, .x = SG_COUNT_NONE},
                                     .comparison = {.n = (int64_t)r.controls, .x = SG_COUNT_NONE}};
    c->of = &matched;
    e = sg_compare_add_figure(c, everyone, "risk_difference", method, &r.difference, (int64_t)r.matched);
    if (!e)
        return sg_no_memory(c->err);
    e->note = sg_arena_printf(c->arena, "%zu of %zu IET learners matched, to %zu others%s", r.matched,
                              r.treated, r.controls, why_unmatched(c, &r));
    if (!e->note)
        return sg_no_memory(c->err);
    if (ratio == 1)
        status = add_pairs_test(c, &r);
    c->of = modelled;
    return status == SG_OK
               ? sg_compare_add_balance(c, &(sg_compare_weighed){&c->data->learners, r.weight, method, true})
               : status;
}

static sg_status add_matches(sg_comparison *c, const char *method, size_t ratio,
                             const sg_propensity_result *score)
{
    if (score->status != SG_EST_OK)
        return sg_compare_add_number(c, everyone, "risk_difference", method, nan(""), score->note);
    return add_match(c, score, method, ratio);
}

sg_status sg_compare_matching(sg_comparison *c)
{
    bool wants_1 = sg_compare_wants(c, "match_1"),
         wants_k = sg_compare_wants(c, "match_k") && c->request->ratio > 1;
    sg_propensity_result score;
    sg_status status;

    if (!c->request->covariates.n || !(wants_1 || wants_k))
        return SG_OK;
    status = sg_propensity(&c->data->learners, &c->data->model, c->request->confidence, c->arena, &score,
                           c->err);
    if (status == SG_OK && wants_1)
        status = add_matches(c, "match_1", 1, &score);
    return status == SG_OK && wants_k ? add_matches(c, "match_k", c->request->ratio, &score) : status;
}
