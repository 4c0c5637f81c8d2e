/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Like with like: tables of two arms, one a stratum. */
#include <math.h>

#include "comparison.h"
#include "estimate_parts.h"

typedef struct {
    const sg_stratum *strata;
    size_t n;
    sg_compare_arms of; /* the learners who have a counterpart */
    const char *note;   /* how many strata and learners have no counterpart; "": none */
} stratified;

static const sg_compare_place everyone = {NULL, NULL, SG_ARM_ALL};

static sg_status make_strata(sg_comparison *c, stratified *out)
{
    const sg_compare_levels *levels = &c->data->strata;
    sg_stratum *strata = sg_arena_alloc(c->arena, levels->n + 1, sizeof *strata);
    sg_compare_arms *arms;
    sg_status status = strata ? sg_compare_count(c, levels, &arms) : sg_no_memory(c->err);

    if (status != SG_OK)
        return status;
    *out = (stratified){.strata = strata, .n = levels->n, .note = ""};
    for (size_t k = 0; k < levels->n; k++) {
        strata[k] = (sg_stratum){arms[k].iet, arms[k].comparison};
        if (arms[k].iet.n > 0 && arms[k].comparison.n > 0) {
            out->of.iet.n += arms[k].iet.n;
            out->of.iet.x += arms[k].iet.x;
            out->of.comparison.n += arms[k].comparison.n;
            out->of.comparison.x += arms[k].comparison.x;
        }
    }
    sg_strata_counts use = sg_strata_use(strata, levels->n);

    if (use.dropped)
        out->note = sg_arena_printf(
            c->arena, "%zu of %zu strata have one arm alone: %lld learners without a counterpart",
            use.dropped, use.dropped + use.used, (long long)use.alone);
    return out->note ? SG_OK : sg_no_memory(c->err);
}

static sg_status add(sg_comparison *c, const stratified *s, const char *estimand, const char *method,
                     const sg_figure *figure)
{
    sg_estimate *e = sg_compare_add_figure(c, everyone, estimand, method, figure, c->least);

    if (!e)
        return sg_no_memory(c->err);
    if (!*e->note)
        e->note = s->note;
    return SG_OK;
}

static sg_status add_mantel_haenszel(sg_comparison *c, const stratified *s)
{
    double conf = c->request->confidence;
    const struct {
        const char *estimand;
        sg_figure figure;
    } rows[] = {{"risk_difference", sg_mh_risk_difference(s->strata, s->n, conf)},
                {"risk_ratio", sg_mh_risk_ratio(s->strata, s->n, conf)},
                {"odds_ratio", sg_mh_odds_ratio(s->strata, s->n, conf)}};
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < 3; i++)
        status = add(c, s, rows[i].estimand, "mh", &rows[i].figure);
    return status;
}

static sg_status add_tests(sg_comparison *c, const stratified *s)
{
    sg_status status = SG_OK;

    if (sg_compare_wants(c, "cmh")) {
        sg_cmh cmh = sg_cmh_test(s->strata, s->n);
        sg_test test = {cmh.p, cmh.x2, 1, "cmh", cmh.status, cmh.note};

        status = sg_compare_add_test(c, everyone, "independence", "cmh", &test, c->least);
    }
    if (status == SG_OK && sg_compare_wants(c, "cmh_exact")) {
        sg_cmh_exact exact;

        status = sg_cmh_exact_test(s->strata, s->n, &exact, c->err);
        sg_test test = {exact.p, exact.sum, nan(""), "cmh_exact", exact.status, exact.note};

        if (status == SG_OK)
            status = sg_compare_add_test(c, everyone, "independence", "cmh_exact", &test, c->least);
    }
    return status;
}

static sg_status add_homogeneity(sg_comparison *c, const stratified *s)
{
    sg_status status = SG_OK;

    if (sg_compare_wants(c, "tarone")) {
        sg_breslow_day bd = sg_breslow_day_test(s->strata, s->n);
        sg_test test = {bd.p_tarone, bd.x2_tarone, bd.df, "tarone", bd.status, bd.note};

        status = sg_compare_add_test(c, everyone, "homogeneity", "tarone", &test, *bd.note ? 0 : c->least);
    }
    if (status == SG_OK && sg_compare_wants(c, "q")) {
        sg_rd_homogeneity q = sg_rd_homogeneity_test(s->strata, s->n);
        sg_test test = {q.p, q.q, q.df, "q", q.status, q.note};

        status = sg_compare_add_test(c, everyone, "homogeneity", "q", &test, *q.note ? 0 : c->least);
    }
    return status;
}

/* To the IET learners' mix under att, else to that of all. */
static sg_status add_standardised(sg_comparison *c, const stratified *s)
{
    sg_standard standard = c->request->estimand == SG_COMPARE_ATT ? SG_STANDARD_IET : SG_STANDARD_TOTAL;
    sg_standardised r = sg_standardise(s->strata, s->n, standard, NULL, c->request->confidence);
    const char *mix = standard == SG_STANDARD_IET ? "to the IET learners' mix" : "to the mix of all";
    const struct {
        const char *estimand;
        sg_arm_subset subset;
        const sg_figure *figure;
    } rows[] = {{"rate", SG_ARM_IET, &r.iet},
                {"rate", SG_ARM_COMPARISON, &r.comparison},
                {"risk_difference", SG_ARM_ALL, &r.difference}};

    for (size_t i = 0; i < 3; i++) {
        sg_compare_place place = {NULL, NULL, rows[i].subset};
        sg_figure figure = *rows[i].figure;

        if (r.status != SG_EST_OK) {
            figure.status = r.status;
            figure.note = r.note;
        }
        sg_estimate *e = sg_compare_add_figure(c, place, rows[i].estimand, "standardised", &figure, c->least);

        if (!e)
            return sg_no_memory(c->err);
        e->reference = mix;
        if (!*e->note)
            e->note = s->note;
    }
    return SG_OK;
}

sg_status sg_compare_strata(sg_comparison *c)
{
    stratified s;
    sg_status status;

    if (!c->request->strata.n)
        return SG_OK;
    status = make_strata(c, &s);
    c->of = &s.of;
    if (status == SG_OK && sg_compare_wants(c, "mh"))
        status = add_mantel_haenszel(c, &s);
    if (status == SG_OK)
        status = add_tests(c, &s);
    if (status == SG_OK)
        status = add_homogeneity(c, &s);
    if (status == SG_OK && sg_compare_wants(c, "standardised"))
        status = add_standardised(c, &s);
    c->of = NULL;
    return status;
}
