/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of logistic models and of what follows from them: sections 6.1 to 6.6. */
#include <math.h>
#include <string.h>

#include "formula.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats/gcomp.h"
#include "skillgain/stats/jackknife.h"
#include "skillgain/stats/logit.h"

#define ADD(...)                                                                                             \
    sg_value_add_numbers(out, (const sg_named_number[]){__VA_ARGS__},                                        \
                         sizeof((const sg_named_number[]){__VA_ARGS__}) / sizeof(sg_named_number), err)

static const double CONF = 0.95;
static const sg_jackknife_plan ONE_BY_ONE = {0.95, 1};

/* The data of an entry; the number of its terms, where it names them, must be the model's. */
static sg_status read_data(const sg_stats_params *params, bool with_treatment, sg_arena *arena,
                           sg_formula_data *out, sg_err *err)
{
    sg_formula_parts parts = {0};
    const sg_status status = sg_formula_parts_of(params, &parts, err);

    if (status != SG_OK)
        return status;
    if (!with_treatment)
        parts.treatment = NULL;
    return sg_formula_read(params, &parts, arena, out, err);
}

static sg_status check_terms(const sg_stats_params *params, size_t n, sg_err *err)
{
    const sg_stats_param *terms = sg_param_find(params, "terms");

    if (terms != NULL && terms->n != n)
        return sg_fail(err, SG_FAILED, "the model has %zu columns, 'terms' %zu", n, terms->n);
    return SG_OK;
}

/* ---- 6.1, 6.3, 6.4 ---- */

typedef double coefficient_value(const sg_coefficient *c);

typedef struct {
    const char *name;
    coefficient_value *of;
} coefficient_column;

static double get_estimate(const sg_coefficient *c)
{
    return c->model.estimate;
}

static double get_error(const sg_coefficient *c)
{
    return c->model.std_error;
}

static double get_z(const sg_coefficient *c)
{
    return c->model.statistic;
}

static double get_p(const sg_coefficient *c)
{
    return c->model.p_value;
}

static double get_odds(const sg_coefficient *c)
{
    return exp(c->model.estimate);
}

static double get_odds_low(const sg_coefficient *c)
{
    return exp(c->model.low);
}

static double get_odds_high(const sg_coefficient *c)
{
    return exp(c->model.high);
}

static double get_hc0(const sg_coefficient *c)
{
    return c->hc0;
}

static double get_hc1(const sg_coefficient *c)
{
    return c->hc1;
}

static double get_hc3(const sg_coefficient *c)
{
    return c->hc3;
}

static double get_cr1(const sg_coefficient *c)
{
    return c->cr1.std_error;
}

static double get_cr1_full(const sg_coefficient *c)
{
    return c->cr1_full;
}

static double get_cr1_p(const sg_coefficient *c)
{
    return c->cr1.p_value;
}

static double get_cr1_low(const sg_coefficient *c)
{
    return c->cr1.low;
}

static double get_cr1_high(const sg_coefficient *c)
{
    return c->cr1.high;
}

static sg_status add_coefficients(const sg_logit_result *result, const coefficient_column *columns, size_t n,
                                  sg_stats_values *out, sg_err *err)
{
    for (size_t i = 0; i < n; i++) {
        sg_stats_item *items = sg_value_add(out, columns[i].name, result->n_coefficients);
        if (items == NULL)
            return sg_no_memory(err);
        for (size_t j = 0; j < result->n_coefficients; j++)
            items[j] = sg_item_number(columns[i].of(&result->coefficients[j]));
    }
    return SG_OK;
}

/* Fits the entry's logit and adds the columns of its coefficients. */
static sg_status run_logit(const sg_stats_params *params, const coefficient_column *columns, size_t n,
                           sg_arena *arena, sg_logit_result *result, sg_stats_values *out, sg_err *err)
{
    sg_formula_data data = {0};

    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = read_data(params, false, arena, &data, err);
    if (status == SG_OK)
        status = sg_logit(&data.sample, &data.model, CONF, arena, result, err);
    if (status == SG_OK && result->status == SG_EST_OK)
        status = check_terms(params, result->n_coefficients, err);
    return status == SG_OK ? add_coefficients(result, columns, n, out, err) : status;
}

sg_status sg_adapt_logit(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const coefficient_column COLUMNS[] = {
        {"coef", get_estimate},  {"se", get_error},       {"z", get_z}, {"p", get_p}, {"or", get_odds},
        {"or_lo", get_odds_low}, {"or_hi", get_odds_high}};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_logit_result r = {0};
    const sg_status status = run_logit(params, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS, arena, &r, out,
                                       err);

    return status != SG_OK
               ? status
               : ADD({"deviance", r.deviance}, {"null_deviance", r.null_deviance},
                     {"df_residual", r.df_residual}, {"loglik", r.log_likelihood}, {"n", r.fit.learners});
}

sg_status sg_adapt_robust(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const coefficient_column COLUMNS[] = {
        {"se_hc0", get_hc0}, {"se_hc1", get_hc1}, {"se_hc3", get_hc3}};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_logit_result r = {0};

    return run_logit(params, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS, arena, &r, out, err);
}

sg_status sg_adapt_clustered(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const coefficient_column COLUMNS[] = {{"se_cr1", get_cr1},
                                                 {"se_cr1_full", get_cr1_full},
                                                 {"p_t", get_cr1_p},
                                                 {"lower", get_cr1_low},
                                                 {"upper", get_cr1_high}};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_logit_result r = {0};
    const sg_status status = run_logit(params, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS, arena, &r, out,
                                       err);

    return status != SG_OK ? status : ADD({"G", (double)r.clusters});
}

sg_status sg_adapt_coefficient_jackknife(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_logit_result r = {0};
    sg_formula_data data = {0};
    sg_status status = run_logit(params, NULL, 0, arena, &r, out, err);

    if (status == SG_OK)
        status = read_data(params, false, arena, &data, err);
    if (status != SG_OK)
        return status;
    sg_figure *figures = sg_arena_alloc(arena, r.n_coefficients + 1, sizeof *figures);
    sg_stats_item *errors = sg_value_add(out, "se_cr3", r.n_coefficients);
    sg_stats_item *p = sg_value_add(out, "p_t", r.n_coefficients);
    if (figures == NULL || errors == NULL || p == NULL)
        return sg_no_memory(err);
    status = sg_logit_jackknife(&data.sample, &data.model, &ONE_BY_ONE, r.n_coefficients, figures, err);
    for (size_t j = 0; j < r.n_coefficients && status == SG_OK; j++) {
        errors[j] = sg_item_number(figures[j].std_error);
        p[j] = sg_item_number(figures[j].p_value);
    }
    return status;
}

/* ---- 6.2 ---- */

/* The inline tables, which only others use: how long they are. */
sg_status sg_adapt_table_size(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    const sg_stats_param *y = NULL;
    const sg_status status = sg_param_numbers(params, "y", 0, &y, err);

    return status != SG_OK ? status : ADD({"n", (double)y->n});
}

sg_status sg_adapt_separation(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_data data = {0};
    sg_separation found = {0};

    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = read_data(params, false, arena, &data, err);
    if (status == SG_OK)
        status = sg_check_separation(&data.sample, &data.model, &found, err);
    if (status != SG_OK)
        return status;
    return ADD({"separated", found.separated ? 1.0 : 0.0}, {"rows", found.learners});
}

static sg_status add_firth(const sg_firth_result *r, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[] = {"coef", "se", "lower", "upper", "plr_x2", "plr_p"};
    enum { N = sizeof NAMES / sizeof *NAMES };
    sg_stats_item *columns[N];

    for (size_t i = 0; i < N; i++) {
        columns[i] = sg_value_add(out, NAMES[i], r->n_coefficients);
        if (columns[i] == NULL)
            return sg_no_memory(err);
    }
    for (size_t j = 0; j < r->n_coefficients; j++) {
        const sg_figure *f = &r->coefficients[j];
        const double values[N] = {f->estimate, f->std_error, f->low, f->high, f->statistic, f->p_value};
        for (size_t i = 0; i < N; i++)
            columns[i][j] = sg_item_number(values[i]);
    }
    return ADD({"penalised_loglik", r->penalised_log_likelihood}, {"flic_intercept", r->flic_intercept},
               {"mean_firth", r->mean_prediction}, {"mean_observed", r->mean_outcome});
}

sg_status sg_adapt_firth(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_data data = {0};
    sg_firth_result r = {0};

    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = read_data(params, false, arena, &data, err);
    if (status == SG_OK)
        status = sg_firth(&data.sample, &data.model, CONF, arena, &r, err);
    if (status == SG_OK && r.status == SG_EST_OK)
        status = check_terms(params, r.n_coefficients, err);
    return status == SG_OK ? add_firth(&r, out, err) : status;
}

/* ---- 6.5, 6.6 ---- */

sg_status sg_adapt_gcomp(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_data data = {0};
    sg_gcomp_result r = {0};

    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = read_data(params, true, arena, &data, err);
    if (status == SG_OK)
        status = sg_gcomp(&data.sample, &data.model, SG_TARGET_ALL, CONF, arena, &r, err);
    if (status != SG_OK)
        return status;
    return ADD({"r1", r.r1}, {"r0", r.r0}, {"rd", r.difference.estimate}, {"rr", r.ratio.estimate},
               {"rd_se_delta", r.delta}, {"log_rr_se_delta", r.log_ratio_delta}, {"rd_se_if", r.influence},
               {"rd_se_delta_cr1", r.delta_cr1}, {"rd_se_if_cluster", r.influence_clustered},
               {"df", r.difference.df}, {"rd_lo", r.difference.low}, {"rd_hi", r.difference.high},
               {"p", r.difference.p_value});
}

sg_status sg_adapt_gcomp_jackknife(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_data data = {0};
    sg_gcomp_jackknife_result r = {0};

    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = read_data(params, true, arena, &data, err);
    if (status == SG_OK)
        status = sg_gcomp_jackknife(&data.sample, &data.model, SG_TARGET_ALL, &ONE_BY_ONE, &r, err);
    if (status != SG_OK)
        return status;
    return ADD({"estimate", r.difference.estimate}, {"se", r.difference.std_error}, {"df", r.difference.df},
               {"lower", r.difference.low}, {"upper", r.difference.high}, {"p", r.difference.p_value});
}

/* The entry's reference becomes that of the variable that is there times the arm. */
static sg_status set_reference(const char *reference, sg_formula_data *data, sg_arena *arena, sg_err *err)
{
    sg_observations *sample = &data->sample;
    sg_variable *variables = sg_arena_alloc(arena, sample->n_variables + 1, sizeof *variables);

    if (variables == NULL)
        return sg_no_memory(err);
    if (data->model.by_arm == 0 || reference == NULL)
        return sg_fail(err, SG_FAILED, "no variable times the treatment, or no reference");
    memcpy(variables, sample->variables, sample->n_variables * sizeof *variables);
    sample->variables = variables;
    sg_variable *variable = &variables[data->model.by_arm - 1];
    for (size_t level = 0; level < variable->n_levels; level++) {
        if (strcmp(variable->level_names[level], reference) == 0) {
            variable->reference = level;
            return SG_OK;
        }
    }
    return sg_fail(err, SG_FAILED, "the reference is not a level of '%s'", variable->name);
}

static sg_status add_gaps(const sg_gap_differences *r, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[] = {"gap_iet", "gap_non", "dig", "se_model", "se_cr1", "lo", "hi", "p"};
    enum { N = sizeof NAMES / sizeof *NAMES };

    for (size_t i = 0; i < N; i++) {
        sg_stats_item *items = sg_value_add(out, NAMES[i], r->n_levels);
        if (items == NULL)
            return sg_no_memory(err);
        for (size_t l = 0; l < r->n_levels; l++) {
            const sg_gap_level *g = &r->levels[l];
            const sg_figure *d = &g->difference;
            const double values[N] = {g->gap_iet, g->gap_comparison, d->estimate, g->se_model, d->std_error,
                                      d->low,     d->high,           d->p_value};
            items[l] = sg_item_number(values[i]);
        }
    }
    return SG_OK;
}

/* Entries of 6.6 name no treatment: it is what stands before the '*' of their formula. NULL: out of memory. */
static const char *find_treatment(const char *formula, sg_arena *arena)
{
    const char *end = formula + strcspn(formula, "*"), *start = NULL;

    while (end > formula && end[-1] == ' ')
        end--;
    for (start = end; start > formula && strchr(" +~", start[-1]) == NULL;)
        start--;
    return sg_arena_strndup(arena, start, (size_t)(end - start));
}

sg_status sg_adapt_gap_differences(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_parts parts = {0};
    sg_formula_data data = {0};
    sg_gap_differences r = {0};

    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = sg_formula_parts_of(params, &parts, err);
    if (status == SG_OK && parts.treatment == NULL) {
        parts.treatment = find_treatment(parts.formula, arena);
        status = parts.treatment != NULL ? SG_OK : sg_no_memory(err);
    }
    if (status == SG_OK)
        status = sg_formula_read(params, &parts, arena, &data, err);
    if (status == SG_OK)
        status = set_reference(sg_param_text(params, "reference"), &data, arena, err);
    if (status == SG_OK)
        status = sg_gap_difference(&data.sample, &data.model, CONF, arena, &r, err);
    return status == SG_OK ? add_gaps(&r, out, err) : status;
}
