/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of matching and of balance: sections 7.3, 7.5 and 7.6. */
#include <math.h>
#include <string.h>

#include "formula.h"
#include "propensity.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats/balance.h"
#include "skillgain/stats/matching.h"

#define ADD(...)                                                                                             \
    sg_value_add_numbers(out, (const sg_named_number[]){__VA_ARGS__},                                        \
                         sizeof((const sg_named_number[]){__VA_ARGS__}) / sizeof(sg_named_number), err)

static const double CONF = 0.95;

/* The score of an entry's formula, and its sample. */
typedef struct {
    sg_arena *arena;
    sg_formula_data data;
    sg_propensity_result score;
} scored;

static sg_status read_score(const sg_stats_params *params, const sg_formula_parts *parts, scored *out,
                            sg_err *err)
{
    sg_status status = sg_formula_read(params, parts, out->arena, &out->data, err);

    if (status == SG_OK)
        status = sg_propensity(&out->data.sample, &out->data.model, CONF, out->arena, &out->score, err);
    if (status == SG_OK && out->score.status != SG_EST_OK)
        status = sg_fail(err, SG_FAILED, "no propensity score: %s", out->score.note);
    return status;
}

/* A column of numbers, for the rows of the sample. */
static sg_status read_covariate(const sg_stats_params *params, const scored *s, const double **out,
                                sg_err *err)
{
    const char *name = sg_param_text(params, "covariate");
    const double *numbers = NULL;
    size_t n = 0;
    double *picked = sg_arena_alloc(s->arena, s->data.sample.n_rows + 1, sizeof *picked);

    if (picked == NULL)
        return sg_no_memory(err);
    if (name == NULL)
        return sg_fail(err, SG_FAILED, "parameter 'covariate' is missing or not a text");
    const sg_status status = sg_formula_numbers(params, name, s->arena, &numbers, &n, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < s->data.sample.n_rows; i++)
        picked[i] = numbers[s->data.row[i]];
    *out = picked;
    return SG_OK;
}

/* ---- 7.3 ---- */

/* "... formula treat ~ a + b": the treatment is what stands before the '~'. */
static sg_status read_matched_score(const sg_stats_params *params, scored *out, sg_err *err)
{
    static const char MARK[] = "formula ";
    const char *score = sg_param_text(params, "score"), *formula = score != NULL ? strstr(score, MARK) : NULL;
    const char *tilde = formula != NULL ? strchr(formula, '~') : NULL;

    if (out->arena == NULL)
        return sg_no_memory(err);
    if (tilde == NULL)
        return sg_fail(err, SG_FAILED, "parameter 'score' has no formula");
    formula += sizeof MARK - 1;
    size_t length = (size_t)(tilde - formula);
    while (length > 0 && formula[length - 1] == ' ')
        length--;
    const sg_formula_parts parts = {.formula = tilde,
                                    .outcome = sg_param_text(params, "outcome"),
                                    .treatment = sg_arena_strndup(out->arena, formula, length)};
    if (parts.treatment == NULL)
        return sg_no_memory(err);
    return read_score(params, &parts, out, err);
}

/* Strata of the columns that entries name, parted by ',' or '+' or '|' or ':'; "none" or nothing: NULL. */
static sg_status read_exact(const sg_stats_params *params, const scored *s, uint32_t **out, sg_err *err)
{
    const char *exact = sg_param_text(params, "exact");
    const size_t n = s->data.sample.n_rows;

    *out = NULL;
    if (exact == NULL || strcmp(exact, "none") == 0)
        return SG_OK;
    uint32_t *strata = sg_arena_alloc(s->arena, n + 1, sizeof *strata);
    if (strata == NULL)
        return sg_no_memory(err);
    while (*(exact += strspn(exact, " ,+|:")) != '\0') {
        const size_t length = strcspn(exact, " ,+|:");
        const char *name = sg_arena_strndup(s->arena, exact, length);
        const sg_frame_column *column = name != NULL && params->rows != NULL
                                            ? sg_frame_find(params->rows, name)
                                            : NULL;
        sg_frame_levels levels;
        if (column == NULL)
            return sg_fail(err, SG_FAILED, "parameter 'exact': no such column");
        const sg_status status = sg_frame_find_levels(params->rows, column, &levels, err);
        if (status != SG_OK)
            return status;
        for (size_t i = 0; i < n; i++)
            strata[i] = strata[i] * (uint32_t)levels.n + (uint32_t)levels.of_row[s->data.row[i]];
        exact += length;
    }
    *out = strata;
    return SG_OK;
}

/* "0.2 sd" and the like are the usual caliper; a text without a number in it is none. */
static sg_status read_caliper(const sg_stats_params *params, const scored *s, double *out, sg_err *err)
{
    const char *text = sg_param_text(params, "caliper");

    *out = s->score.caliper;
    if (text == NULL)
        return sg_param_number_or(params, "caliper", s->score.caliper, out, err);
    if (strcmp(text, "none") == 0 || strcmp(text, "inf") == 0)
        *out = HUGE_VAL;
    else if (strstr(text, "0.2") == NULL)
        return sg_fail(err, SG_FAILED, "parameter 'caliper' is none of a number, 'none' and '0.2 sd'");
    return SG_OK;
}

static sg_status match(const sg_stats_params *params, scored *s, sg_match_result *out, sg_err *err)
{
    double ratio = 1.0, caliper = 0.0;
    uint32_t *exact = NULL;
    double *logit = NULL;
    sg_status status = read_matched_score(params, s, err);

    if (status == SG_OK)
        status = read_exact(params, s, &exact, err);
    if (status == SG_OK)
        status = read_caliper(params, s, &caliper, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "ratio", 1.0, &ratio, err);
    if (status != SG_OK)
        return status;
    if (!(ratio >= 1.0 && ratio <= 100.0))
        return sg_fail(err, SG_FAILED, "parameter 'ratio' is not from 1 to 100");
    const sg_observations *sample = &s->data.sample;
    logit = sg_arena_alloc(s->arena, sample->n_rows + 1, sizeof *logit);
    if (logit == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < sample->n_rows; i++)
        logit[i] = log(s->score.scores[i] / (1.0 - s->score.scores[i]));
    const sg_match_task task = {.n = sample->n_rows,
                                .logit = logit,
                                .arm = sample->arm,
                                .outcome = sample->success,
                                .exact = exact,
                                .caliper = caliper,
                                .ratio = (size_t)ratio};
    return sg_match(&task, CONF, s->arena, out, err);
}

/* The first five matched treated in the order of the data set, and their first controls, counted from 1; the checksum is the
 * sum of treated row times control row over all pairs. */
static sg_status add_pairs(const scored *s, const sg_match_result *r, size_t ratio, sg_stats_values *out,
                           sg_err *err)
{
    const size_t n_first = r->matched < 5 ? r->matched : 5;
    sg_stats_item *treated = sg_value_add(out, "first5_treated", n_first);
    sg_stats_item *controls = sg_value_add(out, "first5_controls", n_first);
    double checksum = 0.0;
    size_t n = 0;

    if (treated == NULL || controls == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < s->data.sample.n_rows; i++) {
        for (size_t k = 0; k < ratio && r->control[i * ratio + k] != SIZE_MAX; k++) {
            const double row = (double)s->data.row[i] + 1.0;
            const double control = (double)s->data.row[r->control[i * ratio + k]] + 1.0;
            checksum += row * control;
            if (k > 0 || n == n_first)
                continue;
            treated[n] = sg_item_number(row);
            controls[n++] = sg_item_number(control);
        }
    }
    return ADD({"checksum", checksum});
}

sg_status sg_adapt_matching(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    scored s = {.arena = arena};
    sg_match_result r = {0};
    double ratio = 1.0;
    sg_status status = match(params, &s, &r, err);

    if (status == SG_OK)
        status = sg_param_number_or(params, "ratio", 1.0, &ratio, err);
    if (status == SG_OK && r.control != NULL)
        status = add_pairs(&s, &r, (size_t)ratio, out, err);
    if (status != SG_OK)
        return status;
    return ADD({"matched_treated", (double)r.matched}, {"matched_controls", (double)r.controls},
               {"rd", r.difference.estimate}, {"se_pair", r.difference.std_error}, {"pairs_10", r.with10},
               {"pairs_01", r.with01}, {"mcnemar_x2", r.mcnemar_x2}, {"mcnemar_exact_p", r.mcnemar_exact_p});
}

/* ---- 7.5 ---- */

static sg_status add_balance(const scored *s, const double *values, const double *weight,
                             sg_stats_values *out, sg_err *err)
{
    const sg_balance_data data = {
        .n = s->data.sample.n_rows, .values = values, .arm = s->data.sample.arm, .weight = weight};
    sg_balance b = {0};
    const sg_status status = sg_balance_of(&data, &b, err);

    if (status != SG_OK)
        return status;
    return ADD({"mean1", b.mean1}, {"mean0", b.mean0}, {"smd_treated_sd", b.by_treated},
               {"smd_pooled_sd", b.by_pooled}, {"variance_ratio", b.variance_ratio}, {"ks", b.ks});
}

static sg_status read_parts_and_score(const sg_stats_params *params, scored *s, sg_err *err)
{
    sg_formula_parts parts = {0};

    if (s->arena == NULL)
        return sg_no_memory(err);
    const sg_status status = sg_formula_parts_of(params, &parts, err);
    return status == SG_OK ? read_score(params, &parts, s, err) : status;
}

sg_status sg_adapt_balance_weighted(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    scored s = {.arena = arena};
    sg_estimand estimand = SG_ESTIMAND_ATE;
    const double *values = NULL;
    sg_status status = read_parts_and_score(params, &s, err);

    if (status == SG_OK)
        status = sg_estimand_read(sg_param_text(params, "estimand"), &estimand, err);
    if (status == SG_OK)
        status = read_covariate(params, &s, &values, err);
    if (status != SG_OK)
        return status;
    double *weight = sg_arena_alloc(arena, s.data.sample.n_rows + 1, sizeof *weight);
    if (weight == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < s.data.sample.n_rows; i++)
        weight[i] = sg_propensity_weight(estimand, s.score.scores[i], s.data.sample.arm[i]);
    return add_balance(&s, values, weight, out, err);
}

sg_status sg_adapt_balance_plain(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    scored s = {.arena = arena};
    const double *values = NULL;
    sg_status status = read_parts_and_score(params, &s, err);

    if (status == SG_OK)
        status = read_covariate(params, &s, &values, err);
    return status == SG_OK ? add_balance(&s, values, NULL, out, err) : status;
}

/* Entries of balance after matching say neither ratio nor caliper: one control each within the usual caliper. */
sg_status sg_adapt_balance_matched(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    scored s = {.arena = arena};
    sg_match_result matched = {0};
    const double *values = NULL;
    sg_status status = match(params, &s, &matched, err);

    if (status == SG_OK)
        status = read_covariate(params, &s, &values, err);
    return status == SG_OK ? add_balance(&s, values, matched.weight, out, err) : status;
}

/* ---- 7.6 ---- */

sg_status sg_adapt_baseline(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    scored s = {.arena = arena};
    const double *values = NULL;
    sg_status status = read_parts_and_score(params, &s, err);

    if (status == SG_OK)
        status = read_covariate(params, &s, &values, err);
    if (status != SG_OK)
        return status;
    const sg_balance_data data = {.n = s.data.sample.n_rows, .values = values, .arm = s.data.sample.arm};
    const sg_wwc_baseline b = sg_wwc_baseline_of(&data);
    sg_stats_item *category = sg_value_add(out, "category", 1);
    if (category == NULL)
        return sg_no_memory(err);
    if (b.status == SG_EST_OK)
        *category = sg_item_text(sg_wwc_verdict_name(b.verdict));
    return ADD({"effect_size", b.effect_size});
}
