/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Propensity scores: how far the arms overlap, weighting, augmented weighting. */
#include <math.h>
#include <string.h>

#include "compare_inference.h"

static const sg_compare_place everyone = {NULL, NULL, SG_ARM_ALL};
static const sg_aipw_options CLIP = {0.01, 0.99, SG_SEPARATED_FIRTH};

static const struct {
    const char *method;
    sg_estimand estimand;
} WEIGHTINGS[] = {{"ipw_att", SG_ESTIMAND_ATT}, {"ipw_ate", SG_ESTIMAND_ATE}, {"ipw_ato", SG_ESTIMAND_ATO}};

/* ---- overlap ---- */

static sg_status add_overlap(sg_comparison *c)
{
    sg_propensity_result r;
    sg_status status = sg_propensity(&c->data->patterns, &c->data->model, c->request->confidence, c->arena,
                                     &r, c->err);
    sg_estimate *e;

    if (status != SG_OK)
        return status;
    if (r.status != SG_EST_OK)
        return sg_compare_add_number(c, everyone, "auc", "propensity", nan(""), r.note);
    r.auc.statistic = r.auc.p_value = nan(""); /* that it is 0 is no question */
    e = sg_compare_add_figure(c, everyone, "auc", "propensity", &r.auc, c->least);
    if (!e)
        return sg_no_memory(c->err);
    e->note = sg_arena_printf(c->arena,
                              "scores from %.3f to %.3f in IET, from %.3f to %.3f in the comparison; outside "
                              "what both have: %.0f and %.0f learners%s",
                              r.least[1], r.greatest[1], r.least[0], r.greatest[0], r.outside[1],
                              r.outside[0], r.auc.estimate > 0.9 ? "; the arms hardly overlap" : "");
    return e->note ? SG_OK : sg_no_memory(c->err);
}

/* ---- weighting ---- */

static sg_status add_sizes(sg_comparison *c, const char *method, const sg_weighting_result *r)
{
    sg_status status = SG_OK;

    for (int arm = 0; status == SG_OK && arm < 2; arm++) {
        sg_compare_place place = {NULL, NULL, arm == 1 ? SG_ARM_IET : SG_ARM_COMPARISON};

        status = sg_compare_add_number(c, place, "ess", method, r->ess[arm],
                                       sg_arena_printf(c->arena,
                                                       "largest share of the weight of one learner: %.4f",
                                                       r->largest_share[arm]));
    }
    return status;
}

static sg_status add_weighted_errors(sg_comparison *c, const char *method, const sg_weighting_result *r,
                                     const sg_compare_inference *inference)
{
    double conf = c->request->confidence, d = r->difference.estimate;
    const struct {
        const char *suffix;
        double error, df;
    } others[] = {{"fixed", r->fixed, HUGE_VAL},
                  {"influence", r->m_estimation, HUGE_VAL},
                  {"cluster", r->clustered, (double)r->clusters - 1}};
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < 3; i++) {
        sg_figure figure = sg_figure_t(d, others[i].error, others[i].df, conf);
        const char *name = sg_arena_printf(c->arena, "%s+%s", method, others[i].suffix);

        if (!name)
            return sg_no_memory(c->err);
        if (!isnan(others[i].error))
            status = sg_compare_add_adjusted(c, everyone, "risk_difference", name, &figure, &r->fit,
                                             inference);
    }
    return status;
}

static sg_status add_weighting(sg_comparison *c, size_t which, const sg_compare_inference *inference)
{
    const sg_compare_data *d = c->data;
    const char *method = WEIGHTINGS[which].method;
    double conf = c->request->confidence;
    sg_weighting_result r;
    sg_figure lead;
    size_t failed;
    sg_status status = sg_weighting(&d->patterns, &d->model, WEIGHTINGS[which].estimand, conf, c->arena, &r,
                                    c->err);

    if (status != SG_OK)
        return status;
    if (r.status != SG_EST_OK)
        return sg_compare_add_number(c, everyone, "risk_difference", method, nan(""), r.note);
    lead = sg_figure_t(r.difference.estimate, r.m_estimation, HUGE_VAL, conf);
    if (inference->jackknife) {
        const sg_jackknife_plan plan = sg_compare_jackknife_plan(c);
        status = sg_weighting_jackknife(&d->patterns, &d->model, WEIGHTINGS[which].estimand, &plan, &lead,
                                        &failed, c->err);
        if (status == SG_OK)
            status = sg_compare_name_cluster(c, &lead, failed);
    }
    if (status == SG_OK)
        status = sg_compare_add_number(c, (sg_compare_place){NULL, NULL, SG_ARM_IET}, "rate", method, r.risk1,
                                       "");
    if (status == SG_OK)
        status = sg_compare_add_number(c, (sg_compare_place){NULL, NULL, SG_ARM_COMPARISON}, "rate", method,
                                       r.risk0, "");
    if (status == SG_OK)
        status = sg_compare_add_adjusted(c, everyone, "risk_difference", method, &lead, &r.fit, inference);
    if (status == SG_OK && sg_compare_wants_more(c, method))
        status = add_weighted_errors(c, method, &r, inference);
    return status == SG_OK ? add_sizes(c, method, &r) : status;
}

/* ---- augmented weighting ---- */

typedef struct {
    const char *method;
    const sg_figure *lead;
    double plain, clustered;
} augmented;

static sg_status add_augmented(sg_comparison *c, const augmented *a, const sg_aipw_result *r,
                               const sg_compare_inference *inference)
{
    double conf = c->request->confidence, df = (double)r->clusters - 1;
    sg_figure plain = sg_figure_t(a->lead->estimate, a->plain, HUGE_VAL, conf),
              clustered = sg_figure_t(a->lead->estimate, a->clustered, df, conf);
    sg_status status = sg_compare_add_adjusted(c, everyone, "risk_difference", a->method,
                                               inference->jackknife ? a->lead : &plain, &r->score_fit,
                                               inference);

    if (status != SG_OK || !sg_compare_wants_more(c, a->method))
        return status;
    const char *influence = sg_arena_printf(c->arena, "%s+influence", a->method),
               *cluster = sg_arena_printf(c->arena, "%s+cluster", a->method);

    if (!influence || !cluster)
        return sg_no_memory(c->err);
    status = sg_compare_add_adjusted(c, everyone, "risk_difference", influence, &plain, &r->score_fit,
                                     inference);
    if (status == SG_OK && r->clusters > 1)
        status = sg_compare_add_adjusted(c, everyone, "risk_difference", cluster, &clustered, &r->score_fit,
                                         inference);
    return status;
}

static sg_status run_aipw_jackknife(sg_comparison *c, sg_aipw_jackknife_result *out)
{
    const sg_jackknife_plan plan = sg_compare_jackknife_plan(c);
    sg_status status = sg_aipw_jackknife(&c->data->patterns, &c->data->model, &CLIP, &plan, out, c->err);

    if (status == SG_OK)
        status = sg_compare_name_cluster(c, &out->att, out->failed);
    return status == SG_OK ? sg_compare_name_cluster(c, &out->ate, out->failed) : status;
}

static sg_status add_aipw(sg_comparison *c, const sg_compare_inference *inference)
{
    const sg_compare_data *d = c->data;
    double conf = c->request->confidence;
    sg_aipw_result r;
    sg_aipw_jackknife_result jack;
    sg_status status = sg_aipw(&d->patterns, &d->model, &CLIP, conf, c->arena, &r, c->err);

    if (status == SG_OK && r.status == SG_EST_OK && inference->jackknife)
        status = run_aipw_jackknife(c, &jack);
    if (status != SG_OK)
        return status;
    const augmented kinds[] = {
        {"aipw_att", inference->jackknife ? &jack.att : &r.att, r.att_se_plain, r.att_se_clustered},
        {"aipw_ate", inference->jackknife ? &jack.ate : &r.ate, r.ate_se_plain, r.ate_se_clustered}};

    for (size_t i = 0; status == SG_OK && i < 2; i++) {
        if (!sg_compare_wants(c, kinds[i].method))
            continue;
        status = r.status == SG_EST_OK ? add_augmented(c, &kinds[i], &r, inference)
                                       : sg_compare_add_number(c, everyone, "risk_difference",
                                                               kinds[i].method, nan(""), r.note);
    }
    return status;
}

/* ---- learners drawn anew ---- */

static sg_figure figure_of(const sg_bootstrap *b)
{
    double blank = nan("");

    return (sg_figure){b->estimate, b->std_error, b->low, b->high, blank, blank, blank, b->status, b->note};
}

/* Where no clusters make learners dependent. */
static sg_status add_bootstrap(sg_comparison *c)
{
    static const sg_estimand estimands[] = {[SG_COMPARE_ATT] = SG_ESTIMAND_ATT,
                                            [SG_COMPARE_ATE] = SG_ESTIMAND_ATE,
                                            [SG_COMPARE_ATO] = SG_ESTIMAND_ATO};
    static const char *const names[] = {[SG_COMPARE_ATT] = "ipw_att+percentile",
                                        [SG_COMPARE_ATE] = "ipw_ate+percentile",
                                        [SG_COMPARE_ATO] = "ipw_ato+percentile"};
    size_t n = c->request->n_replicates;
    double *values = sg_arena_alloc(c->arena, 2 * n, sizeof *values);
    const char *id = sg_arena_printf(c->arena, "%s/all/all/models", c->request->outcome);
    const sg_stream stream = {c->request->seed, id};
    const sg_model_bootstrap_plan plan = {estimands[c->request->estimand], &stream, c->request->confidence, n,
                                          c->request->jobs};
    sg_model_bootstrap result;
    sg_status status = values && id ? sg_bootstrap_model(&c->data->patterns, &c->data->model, &plan, values,
                                                         values + n, &result, c->err)
                                    : sg_no_memory(c->err);

    if (status != SG_OK)
        return status;
    const sg_figure coefficient = figure_of(&result.coefficient), difference = figure_of(&result.difference);
    sg_compare_place term = {"term", "iet", SG_ARM_ALL};

    if (!sg_compare_add_figure(c, term, "coefficient", "logit+percentile", &coefficient, c->least) ||
        !sg_compare_add_figure(c, everyone, "risk_difference", names[c->request->estimand], &difference,
                               c->least))
        return sg_no_memory(c->err);
    return SG_OK;
}

sg_status sg_compare_propensity(sg_comparison *c)
{
    sg_compare_inference inference;
    bool any = sg_compare_wants(c, "aipw_att") || sg_compare_wants(c, "aipw_ate");
    sg_status status;

    if (!c->request->covariates.n)
        return SG_OK;
    status = sg_compare_find_inference(c, &inference);
    inference.of_arms = true;
    for (size_t i = 0; i < 3; i++)
        any = any || sg_compare_wants(c, WEIGHTINGS[i].method);
    if (status == SG_OK && any)
        status = add_overlap(c);
    for (size_t i = 0; status == SG_OK && i < 3; i++)
        if (sg_compare_wants(c, WEIGHTINGS[i].method))
            status = add_weighting(c, i, &inference);
    if (status == SG_OK && (sg_compare_wants(c, "aipw_att") || sg_compare_wants(c, "aipw_ate")))
        status = add_aipw(c, &inference);
    if (status == SG_OK && !c->request->cluster && sg_compare_wants(c, "percentile"))
        status = add_bootstrap(c);
    return status;
}
