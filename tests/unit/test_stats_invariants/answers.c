/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"

#include <math.h>

#include "support/assert.h"

enum { ARM_COLUMN = 1 };
static const double CONF = 0.9;

static answer refused(const char *name, swap_rule swap, const char *note)
{
    const double blank = nan("");

    return (answer){name,  note, SG_EST_NOT_ESTIMABLE, swap, false, false, blank, blank, blank, blank,
                    blank, blank};
}

static bool is_penalised(const sg_fit_report *fit)
{
    return fit->kind == SG_FIT_FIRTH;
}

static answer answer_of(const char *name, swap_rule swap, const sg_figure *f, const sg_fit_report *fit)
{
    const double blank = nan("");

    return (answer){.name = name,
                    .note = f->note,
                    .status = f->status,
                    .swap = swap,
                    .penalised = is_penalised(fit),
                    .estimate = f->estimate,
                    .low = f->low,
                    .high = f->high,
                    .learners = fit->learners,
                    .by_learners = blank,
                    .by_clusters = blank};
}

static answer ask_logit(const sg_observations *sample, const sg_model *model, sg_arena *arena)
{
    sg_logit_result r;
    sg_err err = {0};

    sg_assert_ok(sg_logit(sample, model, CONF, arena, &r, &err), &err);
    if (r.status != SG_EST_OK)
        return refused("logit", TURNS, r.note);
    const sg_coefficient *c = &r.coefficients[ARM_COLUMN];
    answer a = answer_of("logit", TURNS, &c->model, &r.fit);
    a.by_learners = c->hc0;
    a.by_clusters = r.clusters > 1 ? c->cr1.std_error : nan("");
    a.may_be_sure = true;
    return a;
}

answer ask_firth(const sg_observations *sample, const sg_model *model, sg_arena *arena)
{
    sg_firth_result r;
    sg_err err = {0};

    sg_assert_ok(sg_firth(sample, model, CONF, arena, &r, &err), &err);
    if (r.status != SG_EST_OK)
        return refused("firth", TURNS, r.note);
    answer a = answer_of("firth", TURNS, &r.coefficients[ARM_COLUMN], &r.fit);
    a.by_learners = r.coefficients[ARM_COLUMN].std_error;
    a.penalised = true;
    return a;
}

static void ask_gcomp(const sg_observations *sample, const sg_model *model, sg_arena *arena, answer *out)
{
    sg_gcomp_result r;
    sg_err err = {0};

    out[0] = refused("gcomp", TURNS, "");
    out[1] = refused("gcomp ratio", INVERTS, "");
    out[2] = refused("gcomp att", OTHER_LEARNERS, "");
    sg_assert_ok(sg_gcomp(sample, model, SG_TARGET_ALL, CONF, arena, &r, &err), &err);
    out[0].note = out[1].note = r.note;
    if (r.status == SG_EST_OK) {
        out[0] = answer_of("gcomp", TURNS, &r.difference, &r.fit);
        out[0].by_learners = r.influence;
        out[0].by_clusters = r.influence_clustered;
        out[1] = answer_of("gcomp ratio", INVERTS, &r.ratio, &r.fit);
        out[1].may_be_sure = true;
    }
    sg_assert_ok(sg_gcomp(sample, model, SG_TARGET_IET, CONF, arena, &r, &err), &err);
    out[2].note = r.note;
    if (r.status == SG_EST_OK) {
        out[2] = answer_of("gcomp att", OTHER_LEARNERS, &r.difference, &r.fit);
        out[2].by_learners = r.influence;
        out[2].by_clusters = r.influence_clustered;
    }
}

static answer ask_weighting(const sg_observations *sample, const sg_model *model, sg_estimand estimand,
                            sg_arena *arena)
{
    static const char *const NAMES[] = {
        [SG_ESTIMAND_ATE] = "ipw_ate", [SG_ESTIMAND_ATT] = "ipw_att", [SG_ESTIMAND_ATO] = "ipw_ato"};
    const swap_rule swap = estimand == SG_ESTIMAND_ATT ? OTHER_LEARNERS : TURNS;
    sg_weighting_result r;
    sg_err err = {0};

    sg_assert_ok(sg_weighting(sample, model, estimand, CONF, arena, &r, &err), &err);
    if (r.status != SG_EST_OK)
        return refused(NAMES[estimand], swap, r.note);
    answer a = answer_of(NAMES[estimand], swap, &r.difference, &r.fit);
    a.by_learners = r.m_estimation;
    a.by_clusters = r.clustered;
    a.may_be_sure = true;
    return a;
}

static void ask_aipw(const sg_observations *sample, const sg_model *model, sg_arena *arena, answer *out)
{
    const sg_aipw_options options = {0.01, 0.99, SG_SEPARATED_FIRTH};
    sg_aipw_result r;
    sg_err err = {0};

    sg_assert_ok(sg_aipw(sample, model, &options, CONF, arena, &r, &err), &err);
    out[0] = refused("aipw_ate", TURNS, r.note);
    out[1] = refused("aipw_att", OTHER_LEARNERS, r.note);
    if (r.status != SG_EST_OK)
        return;
    out[0] = answer_of("aipw_ate", TURNS, &r.ate, &r.score_fit);
    out[0].by_learners = r.ate_se_plain;
    out[0].by_clusters = r.ate_se_clustered;
    out[1] = answer_of("aipw_att", OTHER_LEARNERS, &r.att, &r.score_fit);
    out[1].by_learners = r.att_se_plain;
    out[1].by_clusters = r.att_se_clustered;
    for (size_t i = 0; i < 2; i++)
        out[i].penalised = is_penalised(&r.score_fit) || is_penalised(&r.fit1) || is_penalised(&r.fit0);
}

static answer ask_linear(const sg_observations *sample, const sg_model *model, sg_arena *arena)
{
    sg_linear_result r;
    sg_err err = {0};

    sg_assert_ok(sg_linear(sample, model, CONF, arena, &r, &err), &err);
    if (r.status != SG_EST_OK)
        return refused("lpm", TURNS, r.note);
    const sg_linear_coefficient *c = &r.coefficients[ARM_COLUMN];
    answer a = answer_of("lpm", TURNS, &c->classical, &r.fit);
    const double n = r.fit.learners, k = (double)r.fit.columns;
    a.by_learners = c->hc1 * sqrt((n - k) / n);
    a.by_clusters = r.clusters > 1 ? c->cr3 : nan("");
    a.may_be_sure = true;
    return a;
}

static answer ask_auc(const sg_observations *sample, const sg_model *model, sg_arena *arena)
{
    sg_propensity_result r;
    sg_err err = {0};

    sg_assert_ok(sg_propensity(sample, model, CONF, arena, &r, &err), &err);
    return r.status == SG_EST_OK ? answer_of("auc", STAYS, &r.auc, &r.fit) : refused("auc", STAYS, r.note);
}

void ask(const sg_observations *sample, const sg_model *model, sg_arena *arena, answer *out)
{
    out[0] = ask_logit(sample, model, arena);
    ask_gcomp(sample, model, arena, out + 1);
    out[4] = ask_weighting(sample, model, SG_ESTIMAND_ATE, arena);
    out[5] = ask_weighting(sample, model, SG_ESTIMAND_ATT, arena);
    out[6] = ask_weighting(sample, model, SG_ESTIMAND_ATO, arena);
    ask_aipw(sample, model, arena, out + 7);
    out[9] = ask_linear(sample, model, arena);
    out[10] = ask_auc(sample, model, arena);
}
