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

/* ---- what separates ---- */

typedef struct {
    double low, high;
} range;

/* Whether a learner has what is fitted: the outcome or, where the fit is of the arms, IET. */
static bool has_it(const sg_observations *sample, bool of_arms, size_t i)
{
    return of_arms ? sample->arm[i] == 1 : sample->success[i] > 0;
}

static range range_of(const sg_observations *sample, const double *numbers, bool of_arms, bool with)
{
    range r = {HUGE_VAL, -HUGE_VAL};

    for (size_t i = 0; i < sample->n_rows; i++) {
        if (has_it(sample, of_arms, i) != with)
            continue;
        r.low = fmin(r.low, numbers[i]);
        r.high = fmax(r.high, numbers[i]);
    }
    return r;
}

/* A number separates where those with the outcome lie on one side of a value and those without on the other: of a column of 0 and 1,
 * where all that have the 1, or all that have the 0, have one outcome. */
static bool number_separates(const sg_observations *sample, const double *numbers, bool of_arms)
{
    const range with = range_of(sample, numbers, of_arms, true),
                without = range_of(sample, numbers, of_arms, false);
    const double low = fmin(with.low, without.low), high = fmax(with.high, without.high);

    return low < high && (with.low >= without.high || without.low >= with.high);
}

/* The level whose learners all have one outcome; n_levels: none. */
static size_t separating_level(const sg_observations *sample, const sg_variable *v, bool of_arms)
{
    for (size_t l = 0; l < v->n_levels; l++) {
        size_t with = 0, without = 0;

        for (size_t i = 0; i < sample->n_rows; i++) {
            with += v->levels[i] == l && has_it(sample, of_arms, i);
            without += v->levels[i] == l && !has_it(sample, of_arms, i);
        }
        if ((with == 0) != (without == 0))
            return l;
    }
    return v->n_levels;
}

/* The columns that separate the outcomes or the arms, each by itself: "'age missing', 'race: Asian'"; "": none does. NULL: out of memory. */
static const char *list_separating(sg_comparison *c, bool of_arms)
{
    const sg_observations *sample = &c->data->learners;
    const char *list = "";

    for (size_t i = 0; list && i < sample->n_variables; i++) {
        const sg_variable *v = &sample->variables[i];
        const char *comma = *list ? ", " : "";
        size_t l = v->numbers ? 0 : separating_level(sample, v, of_arms);

        if (v->numbers && number_separates(sample, v->numbers, of_arms))
            list = sg_arena_printf(c->arena, "%s%s'%s'", list, comma, v->name);
        else if (!v->numbers && l < v->n_levels)
            list = sg_arena_printf(c->arena, "%s%s'%s: %s'", list, comma, v->name, v->level_names[l]);
    }
    return list;
}

static const char *tell_separation(sg_comparison *c, bool of_arms)
{
    const char *list = list_separating(c, of_arms), *what = of_arms ? "arms" : "outcomes";

    return list ? sg_arena_printf(c->arena, "%s are separated%s%s: Firth's penalised fit", what,
                                  *list ? " by " : "", list)
                : NULL;
}

/* NULL: out of memory. */
static const char *note_of_fit(sg_comparison *c, const char *note, const sg_fit_report *fit, bool of_arms)
{
    if (fit->kind == SG_FIT_FIRTH) {
        const char *separation = tell_separation(c, of_arms);

        note = separation ? add_sentence(c, note, separation) : NULL;
    } else if (fit->kind == SG_FIT_WITHOUT_CLUSTERS)
        note = add_sentence(c, note,
                            of_arms ? "without the clusters' effects, which separate the arms"
                                    : "without the clusters' effects, which separate the outcomes");
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
        e->note = note_of_fit(c, e->note, fit, inference->of_arms);
        if (e->note && few_clusters)
            e->note = add_sentence(c, e->note, "few clusters with both arms");
        if (few_clusters || fit->events_per_column < LEAST_EVENTS)
            e->status = SG_ESTIMATE_SMALL_SAMPLE;
    }
    return e->note && e->covariates ? SG_OK : sg_no_memory(c->err);
}
