/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outcomes that are amounts: means, medians, who is ahead of whom. */
#include <math.h>

#include "comparison.h"
#include "estimate_parts.h"

static const sg_compare_place everyone = {NULL, NULL, SG_ARM_ALL};

typedef struct {
    sg_sample iet, comparison;
} two_samples;

/* Values of the rows of one level; levels NULL: of all. */
static sg_status split(sg_comparison *c, const sg_compare_levels *levels, size_t level, two_samples *out)
{
    const sg_compare_data *d = c->data;
    double *values[2];
    size_t n[2] = {0, 0};

    for (int arm = 0; arm < 2; arm++) {
        values[arm] = sg_arena_alloc(c->arena, d->n + 1, sizeof *values[arm]);
        if (!values[arm])
            return sg_no_memory(c->err);
    }
    for (size_t i = 0; i < d->n; i++)
        if (!levels || levels->of_row[i] == level)
            values[d->arm[i]][n[d->arm[i]]++] = d->y[i];
    *out = (two_samples){{values[1], n[1]}, {values[0], n[0]}};
    return SG_OK;
}

static int64_t least_of(const two_samples *s)
{
    return sg_least((int64_t)s->iet.n, (int64_t)s->comparison.n);
}

static sg_status add(sg_comparison *c, sg_compare_place place, const char *estimand, const char *method,
                     const sg_figure *figure, const two_samples *s)
{
    sg_estimate *e = sg_compare_add_figure(c, place, estimand, method, figure, least_of(s));

    if (!e)
        return sg_no_memory(c->err);
    e->n_iet = (int64_t)s->iet.n;
    e->n_comparison = (int64_t)s->comparison.n;
    return SG_OK;
}

static sg_status add_means(sg_comparison *c, sg_compare_place place, const two_samples *s)
{
    sg_status status = SG_OK;

    if (sg_compare_wants(c, "welch")) {
        sg_welch welch = sg_welch_test(s->iet, s->comparison, c->request->confidence);

        place.subset = SG_ARM_IET;
        status = sg_compare_add_number(c, place, "mean", "welch", welch.mean1, "");
        place.subset = SG_ARM_COMPARISON;
        if (status == SG_OK)
            status = sg_compare_add_number(c, place, "mean", "welch", welch.mean0, "");
        place.subset = SG_ARM_ALL;
        if (status == SG_OK)
            status = add(c, place, "mean_difference", "welch", &welch.difference, s);
    }
    if (status == SG_OK && sg_compare_wants(c, "hedges")) {
        sg_hedges hedges = sg_hedges_g(s->iet, s->comparison, c->request->confidence);

        status = add(c, place, "hedges_g", "hedges", &hedges.g, s);
    }
    return status;
}

static sg_status add_ranks(sg_comparison *c, sg_compare_place place, const two_samples *s)
{
    sg_figure figure;
    sg_status status = SG_OK;

    if (sg_compare_wants(c, "mann_whitney")) {
        sg_mann_whitney mw;

        status = sg_mann_whitney_test(s->iet, s->comparison, &mw, c->err);
        if (status == SG_OK) {
            sg_estimate *e;
            double blank = nan("");

            figure = (sg_figure){mw.superiority, blank, blank, blank, mw.z, blank, mw.p, mw.status, mw.note};
            e = sg_compare_add_figure(c, place, "superiority", "mann_whitney", &figure, least_of(s));
            status = e ? SG_OK : sg_no_memory(c->err);
        }
    }
    if (status == SG_OK && sg_compare_wants(c, "brunner_munzel")) {
        status = sg_brunner_munzel(s->iet, s->comparison, c->request->confidence, &figure, c->err);
        if (status == SG_OK)
            status = add(c, place, "superiority", "brunner_munzel", &figure, s);
    }
    return status;
}

static sg_status add_medians(sg_comparison *c, sg_compare_place place, const two_samples *s)
{
    const sg_sample *const samples[] = {&s->iet, &s->comparison};
    sg_status status = SG_OK;

    for (int arm = 0; status == SG_OK && arm < 2 && sg_compare_wants(c, "order_statistic"); arm++) {
        sg_median median;

        place.subset = arm == 0 ? SG_ARM_IET : SG_ARM_COMPARISON;
        status = sg_median_of(*samples[arm], c->request->confidence, &median, c->err);
        if (status != SG_OK)
            return status;
        if (isinf(median.median.low))
            median.median.low = median.median.high = nan("");
        if (!sg_compare_add_figure(c, place, "median", "order_statistic", &median.median,
                                   (int64_t)samples[arm]->n))
            return sg_no_memory(c->err);
    }
    place.subset = SG_ARM_ALL;
    if (status == SG_OK && sg_compare_wants(c, "hodges_lehmann")) {
        sg_hodges_lehmann shift;

        status = sg_hodges_lehmann_shift(s->iet, s->comparison, c->request->confidence, &shift, c->err);
        if (status == SG_OK)
            status = add(c, place, "shift", "hodges_lehmann", &shift.shift, s);
    }
    return status;
}

static sg_status compare_samples(sg_comparison *c, sg_compare_place place, const two_samples *s)
{
    sg_status status = add_means(c, place, s);

    if (status == SG_OK)
        status = add_ranks(c, place, s);
    return status == SG_OK ? add_medians(c, place, s) : status;
}

sg_status sg_compare_amounts(sg_comparison *c)
{
    two_samples s;
    sg_status status = split(c, NULL, 0, &s);

    if (status == SG_OK)
        status = compare_samples(c, everyone, &s);
    for (size_t g = 0; status == SG_OK && g < c->data->n_groups; g++) {
        const sg_compare_levels *group = &c->data->groups[g];

        for (size_t l = 0; status == SG_OK && l < group->n; l++) {
            sg_compare_place place = {group->name, group->levels[l], SG_ARM_ALL};

            status = split(c, group, l, &s);
            if (status == SG_OK)
                status = compare_samples(c, place, &s);
        }
    }
    return status;
}
