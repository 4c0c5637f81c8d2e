/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare_inference.h"

#include <math.h>

#include "estimate_parts.h"
#include "skillgain/base/text.h"

enum {
    LEAST_CLUSTERS = 6,
    LEAST_EFFECTIVE = 4,
    LEAST_EVENTS = 5
}; /* the rules 0.3 and 6.4 of the list of methods */

sg_status sg_compare_find_inference(sg_comparison *c, sg_compare_inference *out)
{
    sg_cluster_counts counts;
    sg_status status = sg_clusters_count(&c->data->patterns, &counts, c->err);

    if (status == SG_OK)
        *out = (sg_compare_inference){.has_clusters = c->data->clusters.n > 1,
                                      .jackknife = counts.two_armed >= LEAST_CLUSTERS &&
                                                   counts.effective_iet >= LEAST_EFFECTIVE};
    return status;
}

sg_status sg_compare_name_cluster(sg_comparison *c, sg_figure *figure, size_t failed)
{
    if (figure->status == SG_EST_OK || failed >= c->data->clusters.n)
        return SG_OK;
    figure->note = sg_arena_printf(c->arena, "no estimate without cluster '%s'",
                                   c->data->clusters.levels[failed]);
    return figure->note ? SG_OK : sg_no_memory(c->err);
}

static const char *list_covariates(const sg_comparison *c)
{
    const char *list = "";

    for (size_t i = 0; list && i < c->request->covariates.n; i++)
        list = sg_arena_printf(c->arena, "%s%s%s", list, i ? "," : "", c->request->covariates.names[i]);
    return list;
}

static const char *add_sentence(sg_comparison *c, const char *note, const char *sentence)
{
    return *note ? sg_arena_printf(c->arena, "%s; %s", note, sentence) : sentence;
}

static const char *left_out(sg_comparison *c, const sg_fit_report *fit)
{
    const char *list = "without ";

    for (size_t i = 0; list && i < fit->n_left_out; i++)
        list = sg_arena_printf(c->arena, "%s%s%s", list, i ? ", " : "", fit->left_out[i]);
    return list ? sg_arena_printf(c->arena, "%s: determined by the others", list) : NULL;
}

/* NULL: out of memory. */
static const char *note_of_fit(sg_comparison *c, const char *note, const sg_fit_report *fit)
{
    if (fit->kind == SG_FIT_FIRTH)
        note = add_sentence(c, note, "outcomes are separated: Firth's penalised fit");
    else if (fit->kind == SG_FIT_WITHOUT_CLUSTERS)
        note = add_sentence(c, note, "without the clusters' effects, which separate the outcomes");
    if (note && fit->n_left_out) {
        const char *columns = left_out(c, fit);

        note = columns ? add_sentence(c, note, columns) : NULL;
    }
    if (note && fit->events_per_column < LEAST_EVENTS)
        note = add_sentence(c, note, "fewer than 5 events by columns of the model");
    return note;
}

sg_status sg_compare_add_adjusted(sg_comparison *c, sg_compare_place place, const char *estimand,
                                  const char *method, const sg_figure *figure, const sg_fit_report *fit,
                                  const sg_compare_inference *inference)
{
    sg_estimate *e = sg_compare_add_figure(c, place, estimand, method, figure, c->least);
    bool few_clusters = inference->has_clusters && !inference->jackknife;

    if (!e)
        return sg_no_memory(c->err);
    e->covariates = list_covariates(c);
    sg_set_arms(e, c->data->modelled_iet, c->data->modelled_comparison);
    if (e->status != SG_ESTIMATE_NOT_ESTIMABLE && fit) {
        e->note = note_of_fit(c, e->note, fit);
        if (e->note && few_clusters)
            e->note = add_sentence(c, e->note, "few clusters with both arms");
        if (few_clusters || fit->events_per_column < LEAST_EVENTS)
            e->status = SG_ESTIMATE_SMALL_SAMPLE;
    }
    return e->note && e->covariates ? SG_OK : sg_no_memory(c->err);
}
