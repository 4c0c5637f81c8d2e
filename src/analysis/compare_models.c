/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regression: coefficients, standardised differences, the linear check, differences of gaps. */
#include <math.h>
#include <string.h>

#include "compare_inference.h"
#include "estimate_parts.h"

static const sg_compare_place everyone = {NULL, NULL, SG_ARM_ALL};
enum { ARM_COLUMN = 1 }; /* of a model: behind the intercept */

/* ---- coefficients ---- */

static sg_status add_term(sg_comparison *c, const char *term, const char *method, const sg_figure *figure,
                          const sg_fit_report *fit)
{
    sg_compare_place place = {"term", term, SG_ARM_ALL};
    static const sg_compare_inference none = {0};

    return sg_compare_add_adjusted(c, place, "coefficient", method, figure, fit, &none);
}

static sg_figure odds_of(const sg_figure *coefficient)
{
    sg_figure odds = *coefficient;

    odds.estimate = exp(odds.estimate);
    odds.low = exp(odds.low);
    odds.high = exp(odds.high);
    return odds; /* std_error stays that of its logarithm, as of the other ratios */
}

/* Rows of one term by each of its standard errors. */
static sg_status add_logit_term(sg_comparison *c, const sg_logit_result *r, size_t j,
                                const sg_figure *jackknife)
{
    const sg_coefficient *term = &r->coefficients[j];
    sg_figure hc3 = sg_figure_t(term->model.estimate, term->hc3, HUGE_VAL, c->request->confidence);
    sg_status status = add_term(c, term->name, "logit", &term->model, &r->fit);

    if (status == SG_OK && j == ARM_COLUMN) {
        sg_figure odds = odds_of(&term->model);

        status = sg_compare_add_adjusted(c, everyone, "odds_ratio", "logit", &odds, &r->fit,
                                         &(sg_compare_inference){0});
    }
    if (status == SG_OK && term->model.status == SG_EST_OK)
        status = add_term(c, term->name, "logit+hc3", &hc3, &r->fit);
    if (status == SG_OK && r->clusters > 1)
        status = add_term(c, term->name, "logit+cluster", &term->cr1, &r->fit);
    if (status == SG_OK && jackknife)
        status = add_term(c, term->name, "logit+jackknife", &jackknife[j], &r->fit);
    return status;
}

static sg_status add_nothing(sg_comparison *c, const char *estimand, const char *method, const char *note)
{
    sg_estimate *e = sg_compare_add(c, everyone, estimand, method);

    if (!e)
        return sg_no_memory(c->err);
    e->status = SG_ESTIMATE_NOT_ESTIMABLE;
    e->note = note;
    sg_set_arms(e, c->data->modelled_iet, c->data->modelled_comparison);
    return SG_OK;
}

static sg_status add_logit(sg_comparison *c, const sg_compare_inference *inference)
{
    sg_logit_result r;
    sg_figure *jackknife = NULL;
    sg_status status = sg_logit(&c->data->patterns, &c->data->model, c->request->confidence, c->arena, &r,
                                c->err);

    if (status != SG_OK)
        return status;
    if (r.status != SG_EST_OK)
        return add_nothing(c, "coefficient", "logit", r.note);
    if (inference->jackknife) {
        const sg_jackknife_plan plan = sg_compare_jackknife_plan(c);
        jackknife = sg_arena_alloc(c->arena, r.n_coefficients + 1, sizeof *jackknife);
        if (!jackknife)
            return sg_no_memory(c->err);
        status = sg_logit_jackknife(&c->data->patterns, &c->data->model, &plan, r.n_coefficients, jackknife,
                                    c->err);
    }
    for (size_t j = 0; status == SG_OK && j < r.n_coefficients; j++)
        status = add_logit_term(c, &r, j, jackknife);
    return status;
}

static sg_status add_firth(sg_comparison *c)
{
    sg_firth_result r;
    sg_status status = sg_firth(&c->data->patterns, &c->data->model, c->request->confidence, c->arena, &r,
                                c->err);

    if (status != SG_OK)
        return status;
    if (r.status != SG_EST_OK)
        return add_nothing(c, "coefficient", "firth", r.note);
    for (size_t j = 0; status == SG_OK && j < r.n_coefficients; j++)
        status = add_term(c, r.names[j], "firth", &r.coefficients[j], NULL);
    return status;
}

sg_status sg_compare_logit(sg_comparison *c)
{
    sg_compare_inference inference;
    sg_status status;

    if (!c->request->covariates.n)
        return SG_OK;
    status = sg_compare_find_inference(c, &inference);
    if (status == SG_OK && sg_compare_wants(c, "logit"))
        status = add_logit(c, &inference);
    return status == SG_OK && sg_compare_wants(c, "firth") ? add_firth(c) : status;
}

/* ---- standardised rates ---- */

/* The other standard errors of the same difference. */
static sg_status add_other_errors(sg_comparison *c, const sg_gcomp_result *r,
                                  const sg_compare_inference *inference)
{
    double df = r->clusters > 1 ? (double)r->clusters - 1 : HUGE_VAL;
    const struct {
        const char *method;
        double error, df;
    } others[] = {{"gcomp+delta", r->delta, HUGE_VAL},
                  {"gcomp+delta_cluster", r->delta_cr1, df},
                  {"gcomp+influence", r->influence, HUGE_VAL},
                  {"gcomp+cluster", r->influence_clustered, df}};
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < sizeof others / sizeof *others; i++) {
        sg_figure figure;

        if (isnan(others[i].error))
            continue;
        figure = sg_figure_t(r->difference.estimate, others[i].error, others[i].df, c->request->confidence);
        status = sg_compare_add_adjusted(c, everyone, "risk_difference", others[i].method, &figure, &r->fit,
                                         inference);
    }
    return status;
}

/* How strong a factor outside the records would have to be (VanderWeele, Ding 2017). */
static sg_status add_e_value(sg_comparison *c, const sg_figure *ratio)
{
    sg_e_value e = sg_e_value_of(SG_MEASURE_RISK_RATIO, false, ratio->estimate, ratio->low, ratio->high, 1);
    sg_status status;

    if (ratio->status != SG_EST_OK)
        return SG_OK;
    status = sg_compare_add_number(c, everyone, "e_value", "gcomp", e.of_estimate, e.note);
    return status == SG_OK ? sg_compare_add_number(c, everyone, "e_value", "gcomp+limit", e.of_limit,
                                                   "of the limit of the risk ratio that is nearer to 1")
                           : status;
}

/* The ratio by the error of single learners, as the difference has it where the clusters are too few. */
static sg_figure ratio_of_learners(const sg_gcomp_result *r, double conf)
{
    sg_figure ratio = sg_figure_t(log(r->ratio.estimate), r->log_ratio_delta, HUGE_VAL, conf);

    if (r->ratio.status != SG_EST_OK || ratio.status != SG_EST_OK)
        return r->ratio;
    ratio.estimate = r->ratio.estimate;
    ratio.low = exp(ratio.low);
    ratio.high = exp(ratio.high);
    return ratio;
}

static sg_status add_standardised(sg_comparison *c, const sg_gcomp_result *r,
                                  const sg_gcomp_jackknife_result *jack,
                                  const sg_compare_inference *inference)
{
    double blank = nan("");
    sg_figure rates[2] = {{r->r1, blank, blank, blank, blank, blank, blank, SG_EST_OK, ""},
                          {r->r0, blank, blank, blank, blank, blank, blank, SG_EST_OK, ""}};
    sg_figure difference = r->difference, ratio = r->ratio;
    sg_status status = SG_OK;

    if (jack) {
        rates[0] = jack->r1;
        rates[1] = jack->r0;
        difference = jack->difference;
        ratio = jack->ratio;
    } else {
        difference = sg_figure_t(difference.estimate, r->influence, HUGE_VAL, c->request->confidence);
        ratio = ratio_of_learners(r, c->request->confidence);
    }
    for (int arm = 0; status == SG_OK && arm < 2; arm++) {
        sg_compare_place place = {NULL, NULL, arm == 0 ? SG_ARM_IET : SG_ARM_COMPARISON};

        status = sg_compare_add_adjusted(c, place, "rate", "gcomp", &rates[arm], &r->fit, inference);
    }
    if (status == SG_OK)
        status = sg_compare_add_adjusted(c, everyone, "risk_difference", "gcomp", &difference, &r->fit,
                                         inference);
    if (status == SG_OK)
        status = sg_compare_add_adjusted(c, everyone, "risk_ratio", "gcomp", &ratio, &r->fit, inference);
    if (status == SG_OK)
        status = add_e_value(c, &ratio);
    if (status == SG_OK && sg_compare_wants_more(c, "gcomp"))
        status = add_other_errors(c, r, inference);
    return status;
}

static sg_status run_jackknife(sg_comparison *c, sg_target target, sg_gcomp_jackknife_result *out)
{
    const sg_jackknife_plan plan = sg_compare_jackknife_plan(c);
    sg_figure *const figures[] = {&out->difference, &out->ratio, &out->r1, &out->r0};
    sg_status status = sg_gcomp_jackknife(&c->data->patterns, &c->data->model, target, &plan, out, c->err);

    for (size_t i = 0; status == SG_OK && i < 4; i++)
        status = sg_compare_name_cluster(c, figures[i], out->failed);
    return status;
}

sg_status sg_compare_gcomp(sg_comparison *c)
{
    const sg_compare_request *q = c->request;
    sg_target target = q->estimand == SG_COMPARE_ATT ? SG_TARGET_IET : SG_TARGET_ALL;
    sg_compare_inference inference;
    sg_gcomp_result r;
    sg_gcomp_jackknife_result jack;
    sg_status status;

    if (!q->covariates.n || !sg_compare_wants(c, "gcomp"))
        return SG_OK;
    if (q->estimand == SG_COMPARE_ATO)
        return add_nothing(c, "risk_difference", "gcomp", "the overlap is one of weights: see ipw_ato");
    status = sg_compare_find_inference(c, &inference);
    if (status == SG_OK)
        status = sg_gcomp(&c->data->patterns, &c->data->model, target, q->confidence, c->arena, &r, c->err);
    if (status != SG_OK)
        return status;
    if (r.status != SG_EST_OK)
        return add_nothing(c, "risk_difference", "gcomp", r.note);
    if (inference.jackknife)
        status = run_jackknife(c, target, &jack);
    return status == SG_OK ? add_standardised(c, &r, inference.jackknife ? &jack : NULL, &inference) : status;
}

/* ---- the linear check ---- */

static sg_status add_wild(sg_comparison *c, const sg_compare_inference *inference)
{
    enum { DRAWS = 9999 };
    sg_wild_result r;
    sg_status status = sg_wild_cluster(&c->data->patterns, &c->data->model, ARM_COLUMN, DRAWS,
                                       (uint32_t)c->request->seed, &r, c->err);
    sg_test test;

    if (status != SG_OK)
        return status;
    test = (sg_test){r.p, r.t, nan(""), "wild_cluster", r.status, r.note};
    status = sg_compare_add_test(c, everyone, "risk_difference", "wild_cluster", &test, c->least);
    if (status == SG_OK && r.status == SG_EST_OK) {
        sg_estimate *e = &c->list->items[c->list->n - 1];

        e->note = sg_arena_printf(c->arena, "the smallest p there can be with %zu clusters: %.3g", r.clusters,
                                  r.smallest_p);
        if (!e->note)
            return sg_no_memory(c->err);
        if (!inference->jackknife)
            e->status = SG_ESTIMATE_SMALL_SAMPLE;
    }
    return status;
}

static sg_status add_linear(sg_comparison *c, const sg_compare_inference *inference)
{
    sg_linear_result r;
    sg_status status = sg_linear(&c->data->patterns, &c->data->model, c->request->confidence, c->arena, &r,
                                 c->err);

    if (status != SG_OK)
        return status;
    if (r.status != SG_EST_OK)
        return add_nothing(c, "risk_difference", "lpm_cr2", r.note);
    return sg_compare_add_adjusted(c, everyone, "risk_difference", "lpm_cr2", &r.coefficients[ARM_COLUMN].cr2,
                                   &r.fit, inference);
}

sg_status sg_compare_linear(sg_comparison *c)
{
    sg_compare_inference inference;
    sg_status status;

    if (!c->request->covariates.n || !c->request->cluster)
        return SG_OK;
    status = sg_compare_find_inference(c, &inference);
    if (status == SG_OK && sg_compare_wants(c, "lpm_cr2"))
        status = add_linear(c, &inference);
    return status == SG_OK && sg_compare_wants(c, "wild_cluster") ? add_wild(c, &inference) : status;
}
