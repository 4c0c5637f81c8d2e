/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the clusters do: how alike their learners are, their rates seen against chance; and resampling of them or of learners. */
#include <math.h>

#include "compare_inference.h"
#include "comparison.h"
#include "estimate_parts.h"

static const sg_compare_place everyone = {NULL, NULL, SG_ARM_ALL};

/* ---- rates of clusters ---- */

static sg_status add_intraclass(sg_comparison *c)
{
    const sg_compare_levels *clusters = &c->data->clusters;
    size_t *of_row = sg_arena_alloc(c->arena, c->data->n + 1, sizeof *of_row);
    sg_intraclass r;
    sg_status status;

    if (!of_row)
        return sg_no_memory(c->err);
    for (size_t i = 0; i < c->data->n; i++)
        of_row[i] = clusters->of_row[i];
    status = sg_intraclass_correlation(c->data->y, of_row, c->data->n, clusters->n, &r, c->err);
    if (status != SG_OK)
        return status;
    return sg_compare_add_number(
        c, everyone, "icc", "anova", r.status == SG_EST_OK ? r.icc : nan(""),
        r.status == SG_EST_OK
            ? sg_arena_printf(c->arena, "%.0f clusters, design effect %.3f", r.clusters, r.design_effect)
            : r.note);
}

static sg_status count_clusters(sg_comparison *c, sg_counts **out)
{
    const sg_compare_levels *clusters = &c->data->clusters;
    sg_compare_arms *arms;
    sg_status status = sg_compare_count(c, clusters, &arms);

    *out = sg_arena_alloc(c->arena, clusters->n + 1, sizeof **out);
    if (status != SG_OK || !*out)
        return status == SG_OK ? sg_no_memory(c->err) : status;
    for (size_t g = 0; g < clusters->n; g++)
        (*out)[g] = (sg_counts){arms[g].iet.x + arms[g].comparison.x, arms[g].iet.n + arms[g].comparison.n};
    return SG_OK;
}

static sg_status add_shrunken(sg_comparison *c, const sg_counts *counts)
{
    const sg_compare_levels *clusters = &c->data->clusters;
    sg_shrunk_rate *rates = sg_arena_alloc(c->arena, clusters->n + 1, sizeof *rates);

    if (!rates)
        return sg_no_memory(c->err);
    sg_beta_binomial fit = sg_fit_beta_binomial(counts, clusters->n, c->request->confidence, rates);

    for (size_t g = 0; g < clusters->n; g++) {
        sg_compare_place place = {clusters->name, clusters->levels[g], SG_ARM_ALL};
        double blank = nan("");
        sg_figure figure = {rates[g].rate, blank, rates[g].low, rates[g].high, blank,
                            blank,         blank, fit.status,   fit.note};
        sg_estimate *e = sg_compare_add_figure(c, place, "shrunken_rate", "beta_binomial", &figure,
                                               counts[g].n);

        if (!e)
            return sg_no_memory(c->err);
        e->n_level = counts[g].n;
        e->x_level = counts[g].x;
    }
    return SG_OK;
}

/* The limits that chance allows at the cluster's size, 95 %; statistic: its distance in standard errors. */
static sg_status add_funnel(sg_comparison *c, const sg_counts *counts)
{
    const sg_compare_levels *clusters = &c->data->clusters;
    sg_funnel_group *groups = sg_arena_alloc(c->arena, clusters->n + 1, sizeof *groups);
    sg_funnel funnel;
    sg_status status = groups ? sg_funnel_of(counts, clusters->n, groups, &funnel, c->err)
                              : sg_no_memory(c->err);

    for (size_t g = 0; status == SG_OK && g < clusters->n; g++) {
        sg_compare_place place = {clusters->name, clusters->levels[g], SG_ARM_ALL};
        double blank = nan(""), rate = counts[g].n ? (double)counts[g].x / (double)counts[g].n : blank;
        sg_figure figure = {rate,  blank, groups[g].low95, groups[g].high95, groups[g].z,
                            blank, blank, funnel.status,   funnel.note};
        sg_estimate *e = sg_compare_add_figure(c, place, "funnel", "binomial_limits", &figure, counts[g].n);

        if (!e)
            return sg_no_memory(c->err);
        e->n_level = counts[g].n;
        e->x_level = counts[g].x;
    }
    return status;
}

sg_status sg_compare_clusters(sg_comparison *c)
{
    sg_counts *counts;
    sg_status status;

    if (!c->request->cluster)
        return SG_OK;
    status = count_clusters(c, &counts);
    if (status == SG_OK && sg_compare_wants(c, "anova"))
        status = add_intraclass(c);
    if (status == SG_OK && sg_compare_wants(c, "beta_binomial"))
        status = add_shrunken(c, counts);
    return status == SG_OK && sg_compare_wants(c, "binomial_limits") ? add_funnel(c, counts) : status;
}

/* ---- resampling ---- */

static sg_status bootstrap(sg_comparison *c, const sg_stream *stream, double *values, sg_bootstrap *out)
{
    const sg_compare_data *d = c->data;
    size_t n = c->request->n_replicates;
    double conf = c->request->confidence, *y[2] = {NULL, NULL};
    size_t n_arm[2] = {0, 0};

    if (d->clusters.n) {
        sg_compare_arms *arms;
        sg_status status = sg_compare_count(c, &d->clusters, &arms);
        sg_stratum *clusters = sg_arena_alloc(c->arena, d->clusters.n + 1, sizeof *clusters);

        if (status != SG_OK || !clusters)
            return status == SG_OK ? sg_no_memory(c->err) : status;
        for (size_t g = 0; g < d->clusters.n; g++)
            clusters[g] = (sg_stratum){arms[g].iet, arms[g].comparison};
        return sg_bootstrap_clusters(clusters, d->clusters.n, stream, conf, values, n, out, c->err);
    }
    for (int arm = 0; arm < 2; arm++) {
        y[arm] = sg_arena_alloc(c->arena, d->n + 1, sizeof *y[arm]);
        if (!y[arm])
            return sg_no_memory(c->err);
    }
    for (size_t i = 0; i < d->n; i++)
        y[d->arm[i]][n_arm[d->arm[i]]++] = d->y[i];
    return sg_bootstrap_arms((sg_sample){y[1], n_arm[1]}, (sg_sample){y[0], n_arm[0]}, stream, conf, values,
                             n, out, c->err);
}

static sg_status add_bootstrap(sg_comparison *c, const sg_stream *stream, double *values)
{
    double blank = nan("");
    sg_bootstrap b;
    sg_compare_inference inference = {0};
    sg_status status = bootstrap(c, stream, values, &b);
    if (status == SG_OK)
        status = sg_compare_find_inference(c, &inference);
    /* resampled clusters that are few vary too little: such an interval is no headline, however many learners there are */
    const bool few_clusters = inference.has_clusters && !inference.jackknife;
    const int64_t least = few_clusters ? 0 : c->least;
    const sg_figure percentile = {
        b.estimate,
        b.std_error,
        b.low,
        b.high,
        blank,
        blank,
        blank,
        b.status,
        few_clusters && b.status == SG_EST_OK ? "few clusters with both arms: too narrow" : b.note};
    sg_figure bca = percentile;

    if (status != SG_OK)
        return status;
    bca.low = b.bca_low;
    bca.high = b.bca_high;
    if (sg_compare_wants(c, "percentile") &&
        !sg_compare_add_figure(c, everyone, "risk_difference", "percentile", &percentile, least))
        return sg_no_memory(c->err);
    if (sg_compare_wants(c, "bca") &&
        !sg_compare_add_figure(c, everyone, "risk_difference", "bca", &bca, least))
        return sg_no_memory(c->err);
    return SG_OK;
}

/* Arms shuffled within strata, or among all. */
static sg_status add_permutation(sg_comparison *c, const sg_stream *stream, double *values)
{
    const sg_compare_data *d = c->data;
    bool *iet = sg_arena_alloc(c->arena, d->n + 1, sizeof *iet);
    size_t *strata = sg_arena_alloc(c->arena, d->n + 1, sizeof *strata);
    double blank = nan("");
    sg_permutation r;
    sg_status status;

    if (!iet || !strata)
        return sg_no_memory(c->err);
    for (size_t i = 0; i < d->n; i++) {
        iet[i] = d->arm[i];
        strata[i] = d->strata.n ? d->strata.of_row[i] : 0;
    }
    const sg_labelled learners = {d->y, iet, strata, d->n, d->strata.n ? d->strata.n : 1};

    status = sg_permutation_test(&learners, stream, values, c->request->n_replicates, &r, c->err);
    if (status != SG_OK)
        return status;
    const sg_figure figure = {r.statistic, blank, blank, blank, blank, blank, r.p, r.status, r.note};

    return sg_compare_add_figure(c, everyone, "risk_difference", "permutation", &figure, c->least)
               ? SG_OK
               : sg_no_memory(c->err);
}

sg_status sg_compare_resampling(sg_comparison *c)
{
    double *values;
    sg_stream stream = {c->request->seed, NULL};
    sg_status status = SG_OK;

    if (!sg_compare_wants(c, "percentile") && !sg_compare_wants(c, "bca") &&
        !sg_compare_wants(c, "permutation"))
        return SG_OK;
    values = sg_arena_alloc(c->arena, c->request->n_replicates, sizeof *values);
    stream.analysis_id = sg_arena_printf(c->arena, "%s/all/all/risk_difference", c->request->outcome);
    if (!values || !stream.analysis_id)
        return sg_no_memory(c->err);
    if (sg_compare_wants(c, "percentile") || sg_compare_wants(c, "bca"))
        status = add_bootstrap(c, &stream, values);
    return status == SG_OK && sg_compare_wants(c, "permutation") ? add_permutation(c, &stream, values)
                                                                 : status;
}
