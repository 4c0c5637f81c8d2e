/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/diagnostics.h"

#include <stdlib.h>

#include "figure.h"
#include "numeric.h"
#include "robust.h"

enum { N_GROUPS = 10 };

/* ---- fit ---- */

static sg_status measure_fit(const sg_adjusted *a, sg_arena *arena, sg_diagnostics *out, sg_err *err)
{
    double *leverages = sg_arena_alloc(arena, a->design->n_rows, sizeof *leverages);
    sg_sum brier = {0}, pearson = {0}, with_sum = {0}, total = {0};

    if (leverages == NULL)
        return sg_no_memory(err);
    sg_fit_leverages(&a->fit, a->design, leverages);
    for (size_t i = 0; i < a->design->n_rows; i++) {
        const double mu = a->fit.mu[i], with = a->response.success[i], count = a->response.count[i];
        const double squares = with * (1.0 - mu) * (1.0 - mu) + (count - with) * mu * mu;
        if (!(count > 0.0))
            continue;
        sg_sum_add(&brier, squares);
        sg_sum_add(&pearson, squares / a->fit.variance[i]);
        sg_sum_add(&with_sum, a->design->weight[i] * with);
        sg_sum_add(&total, a->design->weight[i] * count);
        out->max_leverage = fmax(out->max_leverage, leverages[i]);
    }
    const double x = sg_sum_value(&with_sum), n = sg_sum_value(&total);
    out->brier = sg_sum_value(&brier) / a->fit.learners;
    out->pearson_x2 = sg_sum_value(&pearson);
    out->mcfadden_r2 = 1.0 - a->fit.log_likelihood / (x * log(x / n) + (n - x) * log1p(-x / n));
    return SG_OK;
}

static sg_status measure_auc(const sg_adjusted *a, double conf, sg_arena *arena, sg_diagnostics *out,
                             sg_err *err)
{
    double *without = sg_arena_alloc(arena, a->design->n_rows, sizeof *without);

    if (without == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < a->design->n_rows; i++)
        without[i] = a->response.count[i] - a->response.success[i];
    return sg_auc(a->fit.mu, a->response.success, without, a->design->n_rows, conf, &out->auc, err);
}

/* ---- groups of fitted rates ---- */

/* The type-7 quantiles at 0, 1/n_groups, ... 1, equal ones once; how many there are. */
static size_t find_borders(const sg_counted *sorted, size_t n, double learners, double borders[N_GROUPS + 1])
{
    size_t n_borders = 0;

    for (int i = 0; i <= N_GROUPS; i++) {
        const double at = (learners - 1.0) * (i / (double)N_GROUPS), whole = floor(at + 4e-16 * learners);
        const double low = sg_counted_statistic(sorted, n, whole),
                     high = sg_counted_statistic(sorted, n, whole + 1.0);
        const double border = at > whole ? low + (at - whole) * (high - low) : low;
        if (n_borders == 0 || border > borders[n_borders - 1])
            borders[n_borders++] = border;
    }
    return n_borders;
}

static void fill_groups(const sg_counted *sorted, size_t n, const double *borders, size_t n_borders,
                        sg_diagnostics *out)
{
    double squares = 0.0;
    size_t group = 0;

    out->n_groups = n_borders > 1 ? n_borders - 1 : 1;
    for (size_t i = 0; i < n; i++) {
        while (group + 1 < out->n_groups && sorted[i].number > borders[group + 1])
            group++;
        sg_calibration_group *g = &out->groups[group];
        g->learners += sorted[i].count;
        g->observed += sorted[i].with;
        g->expected_rate += sorted[i].count * sorted[i].number;
    }
    for (size_t k = 0; k < out->n_groups; k++) {
        sg_calibration_group *g = &out->groups[k];
        const double distance = g->observed - g->expected_rate;
        g->expected_rate /= g->learners;
        squares += distance * distance / (g->learners * g->expected_rate * (1.0 - g->expected_rate));
    }
    const double df = (double)out->n_groups - 2.0;
    if (out->n_groups < 3)
        out->hosmer_lemeshow = sg_test_refused("hosmer_lemeshow", "fewer than three groups of fitted rates");
    else
        out->hosmer_lemeshow = (sg_test){.p_value = sg_chi_square_p(squares, df),
                                         .statistic = squares,
                                         .df = df,
                                         .method = "hosmer_lemeshow",
                                         .status = SG_EST_OK,
                                         .note = ""};
}

static sg_status measure_groups(const sg_adjusted *a, sg_diagnostics *out, sg_err *err)
{
    SG_AUTO_FREE sg_counted *places = NULL;
    size_t capacity = 0, n = 0;
    double borders[N_GROUPS + 1];

    if (!sg_grow(&places, &capacity, a->design->n_rows + 1, sizeof *places))
        return sg_no_memory(err);
    for (size_t i = 0; i < a->design->n_rows; i++) {
        if (a->response.count[i] > 0.0)
            places[n++] = (sg_counted){a->fit.mu[i], a->response.count[i], a->response.success[i]};
    }
    qsort(places, n, sizeof *places, sg_counted_compare);
    const size_t n_borders = find_borders(places, n, a->fit.learners, borders);
    fill_groups(places, n, borders, n_borders, out);
    return SG_OK;
}

sg_status sg_logit_diagnostics(const sg_observations *sample, const sg_model *model, double conf,
                               sg_arena *arena, sg_diagnostics *out, sg_err *err)
{
    sg_diagnostics result = {.status = SG_EST_OK, .note = ""};
    sg_adjusted a = {0};
    sg_status status = sg_fit_adjusted(sample, model, SG_OUTCOME, arena, &a, err);

    if (status != SG_OK)
        return status;
    if (a.obstacle != NULL) {
        result.status = SG_EST_NOT_ESTIMABLE;
        result.note = a.obstacle;
        result.auc = sg_figure_refused(a.obstacle);
        result.hosmer_lemeshow = sg_test_refused("hosmer_lemeshow", a.obstacle);
        result.brier = result.pearson_x2 = result.max_leverage = result.mcfadden_r2 = nan("");
        *out = result;
        return SG_OK;
    }
    status = measure_fit(&a, arena, &result, err);
    if (status == SG_OK)
        status = measure_auc(&a, conf, arena, &result, err);
    if (status == SG_OK)
        status = measure_groups(&a, &result, err);
    if (status == SG_OK)
        status = sg_fit_describe(a.design, a.response, &a.fit, arena, &result.fit, err);
    if (status == SG_OK)
        *out = result;
    return status;
}

/* ---- inflation ---- */

typedef struct {
    const sg_adjusted *a;
    size_t *columns; /* of the design: active but for the intercept */
    size_t n;
    double *correlation, *picked; /* n by n */
    size_t *chosen;
    sg_arena *arena;
} inflation;

/* ln det of the correlations of the columns in the term (or of those not in it); 0 of none. NaN: not definite. */
static double log_det_of(const inflation *f, size_t term, bool in_term, size_t *out_n, sg_spd *spd)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        if ((f->a->design->columns[f->columns[i]].term == term) == in_term)
            f->chosen[n++] = i;
    }
    *out_n = n;
    if (n == 0)
        return 0.0;
    sg_pick(f->correlation, f->n, f->chosen, n, f->picked);
    spd->k = n;
    return sg_spd_factor(spd, f->picked) ? sg_spd_log_det(spd) : nan("");
}

static const char *name_term(const sg_adjusted *a, const sg_model *model, size_t term, sg_arena *arena)
{
    const sg_observations *sample = a->design->sample;

    if (term == SG_TERM_ARM)
        return "iet";
    if (term == SG_TERM_CLUSTER)
        return "clusters";
    if (term == SG_TERM_BY_ARM)
        return sg_arena_printf(arena, "iet:%s", sample->variables[model->by_arm - 1].name);
    return sample->variables[term - SG_TERM_VARIABLE].name;
}

static sg_status prepare(inflation *f, sg_err *err)
{
    const sg_fit *fit = &f->a->fit;
    const size_t p = f->a->design->n_columns;

    f->n = fit->k - 1;
    f->columns = sg_arena_alloc(f->arena, fit->k, sizeof *f->columns);
    f->chosen = sg_arena_alloc(f->arena, fit->k, sizeof *f->chosen);
    f->correlation = sg_arena_alloc(f->arena, fit->k * fit->k, sizeof *f->correlation);
    f->picked = sg_arena_alloc(f->arena, fit->k * fit->k, sizeof *f->picked);
    if (f->columns == NULL || f->chosen == NULL || f->correlation == NULL || f->picked == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < f->n; i++)
        f->columns[i] = fit->active[i + 1];
    sg_pick(fit->bread, p, f->columns, f->n, f->correlation);
    for (size_t i = 0; i < f->n; i++) {
        for (size_t j = 0; j < f->n; j++)
            f->picked[i * f->n + j] = f->correlation[i * f->n + j] /
                                      sqrt(f->correlation[i * f->n + i] * f->correlation[j * f->n + j]);
    }
    for (size_t i = 0; i < f->n * f->n; i++)
        f->correlation[i] = f->picked[i];
    return SG_OK;
}

/* The terms in the order of the model's columns. */
static sg_status measure_terms(inflation *f, const sg_model *model, sg_inflations *out, sg_err *err)
{
    sg_spd spd = {0};
    size_t ignored = 0, before = SIZE_MAX;

    out->terms = sg_arena_alloc(f->arena, f->n + 1, sizeof *out->terms);
    if (out->terms == NULL || !sg_spd_init(&spd, f->n, f->arena))
        return sg_no_memory(err);
    const double whole = log_det_of(f, SIZE_MAX, false, &ignored, &spd);
    for (size_t i = 0; i < f->n; i++) {
        const size_t term = f->a->design->columns[f->columns[i]].term;
        size_t df = 0, others = 0;
        if (term == before)
            continue;
        before = term;
        const double own = log_det_of(f, term, true, &df, &spd),
                     rest = log_det_of(f, term, false, &others, &spd);
        const char *name = name_term(f->a, model, term, f->arena);
        if (name == NULL)
            return sg_no_memory(err);
        const double inflated = others > 0 ? exp(own + rest - whole) : nan("");
        out->terms[out->n_terms++] = (sg_inflation){
            .name = name, .df = (double)df, .inflation = inflated, .scaled = pow(inflated, 0.5 / (double)df)};
    }
    return SG_OK;
}

sg_status sg_logit_inflation(const sg_observations *sample, const sg_model *model, sg_arena *arena,
                             sg_inflations *out, sg_err *err)
{
    sg_inflations result = {.status = SG_EST_OK, .note = ""};
    sg_adjusted a = {0};
    inflation f = {.a = &a, .arena = arena};
    sg_status status = sg_fit_adjusted(sample, model, SG_OUTCOME, arena, &a, err);

    if (status != SG_OK)
        return status;
    if (a.obstacle != NULL) {
        result.status = SG_EST_NOT_ESTIMABLE;
        result.note = a.obstacle;
    } else {
        status = prepare(&f, err);
        if (status == SG_OK)
            status = measure_terms(&f, model, &result, err);
    }
    if (status == SG_OK)
        *out = result;
    return status;
}
