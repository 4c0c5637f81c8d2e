/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "propensity.h"

#include "figure.h"
#include "robust.h"
#include "skillgain/stats/diagnostics.h"

static const double CALIPER = 0.2;

sg_status sg_fit_score(const sg_adjusted *whole, const sg_observations *sample, const sg_model *model,
                       sg_arena *arena, sg_adjusted *out, sg_err *err)
{
    const sg_model score = {.cluster_effects = model->cluster_effects};

    return sg_fit_adjusted_on((sg_known){NULL, whole}, sample, &score, SG_ARM_ITSELF, arena, out, err);
}

/* ---- overlap ---- */

static void find_ranges(const sg_adjusted *a, sg_propensity_result *out)
{
    for (size_t arm = 0; arm < 2; arm++) {
        out->least[arm] = HUGE_VAL;
        out->greatest[arm] = -HUGE_VAL;
    }
    for (size_t i = 0; i < a->design->n_rows; i++) {
        const unsigned arm = a->design->arm[i];
        out->least[arm] = fmin(out->least[arm], a->fit.mu[i]);
        out->greatest[arm] = fmax(out->greatest[arm], a->fit.mu[i]);
    }
    const double low = fmax(out->least[0], out->least[1]), high = fmin(out->greatest[0], out->greatest[1]);
    for (size_t i = 0; i < a->design->n_rows; i++) {
        const double e = a->fit.mu[i], count = a->design->count[i];
        out->outside[a->design->arm[i]] += e < low || e > high ? count : 0.0;
        out->below_05 += e < 0.05 ? count : 0.0;
        out->above_95 += e > 0.95 ? count : 0.0;
        out->kept_crump += e >= 0.1 && e <= 0.9 ? count : 0.0;
    }
}

static double score_logit(const sg_adjusted *a, size_t i)
{
    return sg_entries_dot(sg_design_entries(a->design, i, 0), a->fit.beta);
}

static void find_spread(const sg_adjusted *a, sg_propensity_result *out)
{
    sg_sum sum = {0}, squares = {0};
    const double n = a->fit.learners;

    for (size_t i = 0; i < a->design->n_rows; i++)
        sg_sum_add(&sum, a->design->count[i] * score_logit(a, i));
    const double mean = sg_sum_value(&sum) / n;
    for (size_t i = 0; i < a->design->n_rows; i++) {
        const double distance = score_logit(a, i) - mean;
        sg_sum_add(&squares, a->design->count[i] * distance * distance);
    }
    out->sd_logit = n > 1.0 ? sqrt(sg_sum_value(&squares) / (n - 1.0)) : nan("");
    out->caliper = CALIPER * out->sd_logit;
}

/* Levels whose learners are all of one arm. */
static sg_status count_one_armed(const sg_adjusted *a, sg_arena *arena, size_t *out, sg_err *err)
{
    const sg_observations *sample = a->design->sample;

    *out = 0;
    for (size_t v = 0; v < sample->n_variables; v++) {
        const sg_variable *variable = &sample->variables[v];
        if (variable->numbers != NULL)
            continue;
        unsigned *arms = sg_arena_alloc(arena, variable->n_levels + 1, sizeof *arms);
        if (arms == NULL)
            return sg_no_memory(err);
        for (size_t i = 0; i < a->design->n_rows; i++)
            arms[variable->levels[a->design->row[i]]] |= 1U << a->design->arm[i];
        for (size_t level = 0; level < variable->n_levels; level++)
            *out += arms[level] == 1 || arms[level] == 2 ? 1 : 0;
    }
    return SG_OK;
}

/* ---- the result ---- */

static sg_status fill_coefficients(const sg_adjusted *a, double conf, sg_arena *arena,
                                   sg_propensity_result *out, sg_err *err)
{
    const size_t p = a->design->n_columns;
    double *lists = sg_arena_alloc(arena, 2 * p, sizeof *lists);
    const char **names = sg_arena_alloc(arena, p, sizeof *names);

    out->coefficients = sg_arena_alloc(arena, p, sizeof *out->coefficients);
    if (lists == NULL || names == NULL || out->coefficients == NULL)
        return sg_no_memory(err);
    sg_design_coefficients(a->design, a->fit.beta, lists);
    sg_design_errors(a->design, a->fit.bread, lists + p);
    for (size_t j = 0; j < p; j++) {
        names[j] = a->design->columns[j].name;
        out->coefficients[j] = sg_figure_refused("determined by earlier columns");
    }
    for (size_t k = 0; k < a->fit.k; k++) {
        const size_t j = a->fit.active[k];
        out->coefficients[j] = sg_figure_t(lists[j], lists[p + j], HUGE_VAL, conf);
    }
    out->names = names;
    out->n_coefficients = p;
    return SG_OK;
}

static sg_status fill_scores(const sg_adjusted *a, double conf, sg_arena *arena, sg_propensity_result *out,
                             sg_err *err)
{
    const sg_design *design = a->design;
    double *without = sg_arena_alloc(arena, design->n_rows, sizeof *without);

    out->scores = sg_arena_alloc(arena, design->sample->n_rows + 1, sizeof *out->scores);
    if (without == NULL || out->scores == NULL)
        return sg_no_memory(err);
    for (size_t row = 0; row < design->sample->n_rows; row++)
        out->scores[row] = nan("");
    for (size_t i = 0; i < design->n_rows; i++) {
        out->scores[design->row[i]] = a->fit.mu[i];
        without[i] = a->response.count[i] - a->response.success[i];
    }
    return sg_auc(a->fit.mu, a->response.success, without, design->n_rows, conf, &out->auc, err);
}

sg_status sg_propensity(const sg_observations *sample, const sg_model *model, double conf, sg_arena *arena,
                        sg_propensity_result *out, sg_err *err)
{
    sg_propensity_result result = {.status = SG_EST_OK, .note = ""};
    sg_adjusted a = {0};
    sg_status status = sg_fit_score(NULL, sample, model, arena, &a, err);

    if (status != SG_OK)
        return status;
    const char *obstacle = a.obstacle != NULL ? a.obstacle : sg_obstacle_conf(conf);
    if (obstacle != NULL) {
        const double blank = nan("");
        *out = (sg_propensity_result){.status = SG_EST_NOT_ESTIMABLE,
                                      .note = obstacle,
                                      .auc = sg_figure_refused(obstacle),
                                      .least = {blank, blank},
                                      .greatest = {blank, blank},
                                      .sd_logit = blank,
                                      .caliper = blank};
        return SG_OK;
    }
    find_ranges(&a, &result);
    find_spread(&a, &result);
    status = fill_coefficients(&a, conf, arena, &result, err);
    if (status == SG_OK)
        status = fill_scores(&a, conf, arena, &result, err);
    if (status == SG_OK)
        status = count_one_armed(&a, arena, &result.one_armed, err);
    if (status == SG_OK)
        status = sg_fit_describe(a.design, a.response, &a.fit, arena, &result.fit, err);
    if (status == SG_OK)
        *out = result;
    return status;
}
