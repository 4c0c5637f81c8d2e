/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times to an outcome: the outcome says whether it came, the time when, or how long there was none. */
#include <math.h>

#include "comparison.h"
#include "estimate_parts.h"

static const sg_compare_place everyone = {NULL, NULL, SG_ARM_ALL};

/* Spells by arm, those of IET first; strata of them in the same order. */
typedef struct {
    sg_spell *spells;
    bool *iet;
    size_t *strata;
    size_t n, n_iet;
    sg_curve curves[2];
} timed;

static sg_status take_spells(sg_comparison *c, timed *t)
{
    const sg_compare_data *d = c->data;

    t->spells = sg_arena_alloc(c->arena, d->n + 1, sizeof *t->spells);
    t->iet = sg_arena_alloc(c->arena, d->n + 1, sizeof *t->iet);
    t->strata = sg_arena_alloc(c->arena, d->n + 1, sizeof *t->strata);
    if (!t->spells || !t->iet || !t->strata)
        return sg_no_memory(c->err);
    for (int arm = 1; arm >= 0; arm--) {
        for (size_t i = 0; i < d->n; i++) {
            if (d->arm[i] != arm)
                continue;
            t->spells[t->n] = (sg_spell){.stop = d->time[i], .event = d->y[i] == 1};
            t->iet[t->n] = arm == 1;
            t->strata[t->n++] = d->strata.n ? d->strata.of_row[i] : 0;
        }
        if (arm == 1)
            t->n_iet = t->n;
    }
    return SG_OK;
}

static sg_status add_medians(sg_comparison *c, timed *t)
{
    for (int arm = 0; arm < 2; arm++) {
        sg_compare_place place = {NULL, NULL, arm == 0 ? SG_ARM_IET : SG_ARM_COMPARISON};
        sg_figure median = sg_curve_median(&t->curves[arm]);

        if (median.status == SG_EST_OK && isnan(median.estimate))
            median.status = SG_EST_NOT_ESTIMABLE; /* not reached: its note says so */
        if (!sg_compare_add_figure(c, place, "median", "kaplan_meier", &median, (int64_t)t->curves[arm].n))
            return sg_no_memory(c->err);
    }
    return SG_OK;
}

/* Up to the smaller of the arms' last times, beyond which one of them says nothing. */
static sg_status add_means(sg_comparison *c, timed *t)
{
    double tau = fmin(t->curves[0].last, t->curves[1].last);
    sg_restricted_means means = sg_compare_restricted_means(&t->curves[0], &t->curves[1], tau);
    const struct {
        const char *estimand;
        sg_arm_subset subset;
        const sg_figure *figure;
    } rows[] = {{"rmst", SG_ARM_IET, &means.iet},
                {"rmst", SG_ARM_COMPARISON, &means.comparison},
                {"rmst_difference", SG_ARM_ALL, &means.difference}};

    for (size_t i = 0; i < 3; i++) {
        sg_compare_place place = {NULL, NULL, rows[i].subset};
        sg_estimate *e = sg_compare_add_figure(c, place, rows[i].estimand, "kaplan_meier", rows[i].figure,
                                               c->least);

        if (!e)
            return sg_no_memory(c->err);
        if (e->status != SG_ESTIMATE_NOT_ESTIMABLE && !*e->note)
            e->note = sg_arena_printf(c->arena, "up to %.10g", tau);
        if (!e->note)
            return sg_no_memory(c->err);
    }
    return SG_OK;
}

static sg_status add_test(sg_comparison *c, timed *t)
{
    size_t n_strata = c->data->strata.n ? c->data->strata.n : 1;
    sg_log_rank test;
    sg_status status = sg_log_rank_test(t->spells, t->iet, t->strata, t->n, n_strata, &test, c->err);
    sg_test figures = {test.p, test.x2, 1, "logrank", test.status, test.note};

    if (status == SG_OK)
        status = sg_compare_add_test(c, everyone, "hazard_equality", "logrank", &figures, c->least);
    return status;
}

static sg_status add_curves(sg_comparison *c, timed *t)
{
    double conf = c->request->confidence;
    sg_status status = sg_kaplan_meier(t->spells, t->n_iet, conf, &t->curves[0], c->err);

    if (status == SG_OK)
        status = sg_kaplan_meier(t->spells + t->n_iet, t->n - t->n_iet, conf, &t->curves[1], c->err);
    if (status == SG_OK)
        status = add_medians(c, t);
    if (status == SG_OK)
        status = add_means(c, t);
    sg_curve_release(&t->curves[0]);
    sg_curve_release(&t->curves[1]);
    return status;
}

sg_status sg_compare_times(sg_comparison *c)
{
    timed t = {0};
    sg_status status;

    if (!c->request->time)
        return SG_OK;
    status = take_spells(c, &t);
    if (status == SG_OK && sg_compare_wants(c, "kaplan_meier"))
        status = add_curves(c, &t);
    return status == SG_OK && sg_compare_wants(c, "logrank") ? add_test(c, &t) : status;
}
