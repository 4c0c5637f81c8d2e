/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adapter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/base/mem.h"

/* ---- the table ---- */

static const sg_stats_adapter ADAPTERS[] = {
    {"0 counts by stratum", sg_adapt_stratum_counts},
    {"0 rates by group and arm", sg_adapt_rates},
    {"1.1 Wilson score interval", sg_adapt_wilson},
    {"1.1b Clopper-Pearson interval", sg_adapt_clopper_pearson},
    {"1.2 Newcombe hybrid score interval", sg_adapt_newcombe},
    {"1.3 Miettinen-Nurminen score interval", sg_adapt_miettinen_nurminen},
    {"1.4 risk ratio", sg_adapt_risk_ratio},
    {"1.4 odds ratio", sg_adapt_odds_ratio},
    {"1.4b risk ratio", sg_adapt_risk_ratio_score},
    {"1.5 Cohen h", sg_adapt_cohen_h},
    {"1.6 number needed", sg_adapt_number_needed},
    {"1.7 Fisher exact", sg_adapt_fisher},
    {"1.7b conditional odds ratio", sg_adapt_conditional_odds},
    {"1.8 Pearson chi-square 2x2", sg_adapt_chi_square},
    {"1.8 Pearson chi-square r x c", sg_adapt_chi_square_rxc},
    {"1.9 IET effect inside each group", sg_adapt_by_group},
    {"1.10 Boschloo and Barnard", sg_adapt_unconditional},
    {"2.1 Mantel-Haenszel odds ratio", sg_adapt_mh_odds_ratio},
    {"2.2 Mantel-Haenszel risk difference", sg_adapt_mh_difference},
    {"2.3 Mantel-Haenszel risk ratio", sg_adapt_mh_risk_ratio},
    {"2.4 Cochran-Mantel-Haenszel test", sg_adapt_cmh},
    {"2.4b exact conditional test", sg_adapt_cmh_exact},
    {"2.5 Breslow-Day test", sg_adapt_breslow_day},
    {"2.6 homogeneity of the risk difference", sg_adapt_rd_homogeneity},
    {"2.7 direct standardisation", sg_adapt_standardised},
    {"3.1 Cochran-Armitage trend", sg_adapt_trend},
    {"3.2 stratified trend", sg_adapt_trend_stratified},
    {"4.1 Welch t", sg_adapt_welch},
    {"4.2 Hedges g", sg_adapt_hedges},
    {"4.3 Mann-Whitney", sg_adapt_mann_whitney},
    {"4.3b Mann-Whitney exact", sg_adapt_mann_whitney_exact},
    {"4.4 Brunner-Munzel", sg_adapt_brunner_munzel},
    {"4.5 Hodges-Lehmann shift", sg_adapt_hodges_lehmann},
    {"4.6 median and binomial interval", sg_adapt_median},
    {"5.1 Kaplan-Meier", sg_adapt_kaplan_meier},
    {"5.2 median time and interval", sg_adapt_median_time},
    {"5.3 log-rank", sg_adapt_log_rank},
    {"5.3 stratified log-rank", sg_adapt_log_rank},
    {"5.4 restricted mean and difference", sg_adapt_restricted_mean},
    {"5.5 Aalen-Johansen", sg_adapt_incidence},
    {"5.6 log-rank with delayed entry", sg_adapt_log_rank},
    {"6.0 colleges with both arms", sg_adapt_two_armed},
    {"6.1 logistic regression", sg_adapt_logit},
    {"6.2 Firth penalised logistic", sg_adapt_firth},
    {"6.2 complete separation (inline)", sg_adapt_table_size},
    {"6.2 separated table (inline)", sg_adapt_table_size},
    {"6.2 separation check", sg_adapt_separation},
    {"6.3 heteroskedasticity-robust", sg_adapt_robust},
    {"6.4 cluster-robust", sg_adapt_clustered},
    {"6.4b delete-one-cluster jackknife", sg_adapt_coefficient_jackknife},
    {"6.4b whole-pipeline college jackknife", sg_adapt_gcomp_jackknife},
    {"6.4c restricted wild cluster bootstrap", sg_adapt_wild},
    {"6.5 g-computation", sg_adapt_gcomp},
    {"6.6 adjusted difference in gaps", sg_adapt_gap_differences},
    {"6.7 linear probability model", sg_adapt_linear},
    {"6.8 model diagnostics", sg_adapt_diagnostics},
    {"6.8 generalised variance inflation", sg_adapt_inflation},
    {"7.1 propensity score", sg_adapt_propensity},
    {"7.2 weighting", sg_adapt_weighting},
    {"7.3 nearest-neighbour matching", sg_adapt_matching},
    {"7.4 augmented inverse probability", sg_adapt_aipw},
    {"7.4 whole-pipeline college jackknife", sg_adapt_aipw_jackknife},
    {"7.5 covariate balance after matching", sg_adapt_balance_matched},
    {"7.5 covariate balance after weighting", sg_adapt_balance_weighted},
    {"7.5 covariate balance, unadjusted", sg_adapt_balance_plain},
    {"7.6 WWC baseline", sg_adapt_baseline},
    {"8.1 percentage-point gap", sg_adapt_point_gap},
    {"8.2 proportionality index", sg_adapt_proportionality},
    {"8.3 80 percent index", sg_adapt_index_80},
    {"8.4 gap with Newcombe interval", sg_adapt_gap},
    {"8.5 difference of gaps", sg_adapt_gap_closure},
    {"8.6 successes needed", sg_adapt_needed_moving},
    {"8.7 access equity", sg_adapt_access},
    {"8.8 intersectional groups", sg_adapt_intersections},
    {"9 Holm and Benjamini-Hochberg", sg_adapt_multiplicity},
    {"10.1 E-value", sg_adapt_e_value},
    {"10.2 Rosenbaum bound", sg_adapt_rosenbaum},
    {"10.3 minimum detectable effects", sg_adapt_detectable},
    {"10.4 missing outcomes", sg_adapt_missing},
    {"10.5 intracluster correlation", sg_adapt_intraclass},
    {"10.6 WWC clustering correction", sg_adapt_cluster_correction},
    {"11.1 beta-binomial empirical Bayes", sg_adapt_beta_binomial},
    {"11.2 normal-normal shrinkage", sg_adapt_logit_shrinkage},
    {"11.3 funnel limits", sg_adapt_funnel},
    {"12.1 replicate seeds", sg_adapt_streams},
    {"12.2 cluster bootstrap", sg_adapt_bootstrap_clusters},
    {"12.3 bootstrap stratified by arm", sg_adapt_bootstrap_arms},
    {"12.4 stratified permutation test", sg_adapt_permutation},
};

const sg_stats_adapter *sg_stats_adapter_at(size_t i)
{
    return i < sizeof ADAPTERS / sizeof *ADAPTERS ? &ADAPTERS[i] : NULL;
}

const sg_stats_adapter *sg_stats_adapter_find(const char *method)
{
    for (size_t i = 0; i < sizeof ADAPTERS / sizeof *ADAPTERS; i++) {
        if (strncmp(method, ADAPTERS[i].method, strlen(ADAPTERS[i].method)) == 0)
            return &ADAPTERS[i];
    }
    return NULL;
}

/* ---- parameters ---- */

const sg_stats_param *sg_param_find(const sg_stats_params *params, const char *name)
{
    for (size_t i = 0; i < params->n; i++) {
        if (strcmp(params->items[i].name, name) == 0)
            return &params->items[i];
    }
    return NULL;
}

static sg_status check_length(const sg_stats_param *param, size_t n, sg_err *err)
{
    if (n == 0 ? param->n == 0 : param->n != n)
        return sg_fail(err, SG_FAILED, "parameter '%s' has %zu values; it needs %zu", param->name, param->n,
                       n == 0 ? 1 : n);
    return SG_OK;
}

sg_status sg_param_numbers(const sg_stats_params *params, const char *name, size_t n,
                           const sg_stats_param **out, sg_err *err)
{
    const sg_stats_param *param = sg_param_find(params, name);

    if (param == NULL || param->numbers == NULL)
        return sg_fail(err, SG_FAILED, "parameter '%s' is missing or not a number", name);
    *out = param;
    return check_length(param, n, err);
}

sg_status sg_param_texts(const sg_stats_params *params, const char *name, size_t n,
                         const sg_stats_param **out, sg_err *err)
{
    const sg_stats_param *param = sg_param_find(params, name);

    if (param == NULL || param->texts == NULL)
        return sg_fail(err, SG_FAILED, "parameter '%s' is missing or not a text", name);
    *out = param;
    return check_length(param, n, err);
}

sg_status sg_param_number_or(const sg_stats_params *params, const char *name, double otherwise, double *out,
                             sg_err *err)
{
    const sg_stats_param *param = sg_param_find(params, name);

    if (param == NULL) {
        *out = otherwise;
        return SG_OK;
    }
    if (param->numbers == NULL || param->n != 1)
        return sg_fail(err, SG_FAILED, "parameter '%s' is not one number", name);
    *out = param->numbers[0];
    return SG_OK;
}

sg_status sg_param_count(const sg_stats_param *param, size_t i, int64_t *out, sg_err *err)
{
    static const double LARGEST = 9007199254740992.0; /* 2^53: up to it each whole number is a double */

    if (param == NULL || param->numbers == NULL)
        return sg_fail(err, SG_FAILED, "a count is missing");
    const double number = param->numbers[i];

    if (!(number >= 0.0 && number <= LARGEST) || fabs(number - floor(number)) > 0.0)
        return sg_fail(err, SG_FAILED, "parameter '%s', value %zu: not a count", param->name, i + 1);
    *out = (int64_t)number;
    return SG_OK;
}

sg_status sg_param_counts(const sg_stats_param *x, const sg_stats_param *n, size_t i, sg_counts *out,
                          sg_err *err)
{
    const sg_status status = sg_param_count(x, i, &out->x, err);

    return status == SG_OK ? sg_param_count(n, i, &out->n, err) : status;
}

size_t sg_param_number_texts(const sg_stats_param *texts, size_t *out)
{
    size_t n = 0;

    for (size_t i = 0; i < texts->n; i++) {
        size_t k = 0;
        while (k < i && strcmp(texts->texts[k], texts->texts[i]) != 0)
            k++;
        out[i] = k < i ? out[k] : n++;
    }
    return n;
}

const double sg_usual_conf = 0.95;

sg_status sg_param_read_levels(const sg_stats_params *params, const char *x_name, const char *n_name,
                               sg_param_levels *out, sg_err *err)
{
    const sg_stats_param *x = NULL, *n = NULL;
    size_t capacity = 0;
    sg_status status = sg_param_texts(params, "groups", 0, &out->groups, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, x_name, out->groups->n, &x, err);
    if (status == SG_OK)
        status = sg_param_numbers(params, n_name, out->groups->n, &n, err);
    if (status == SG_OK && !sg_grow(&out->levels, &capacity, out->groups->n, sizeof *out->levels))
        status = sg_no_memory(err);
    for (size_t i = 0; status == SG_OK && i < out->groups->n; i++) {
        status = sg_param_counts(x, n, i, &out->levels[i], err);
        out->everyone.x += out->levels[i].x;
        out->everyone.n += out->levels[i].n;
    }
    return status;
}

/* ---- values ---- */

void sg_stats_values_release(sg_stats_values *values)
{
    if (values == NULL)
        return;
    for (size_t i = 0; i < values->n; i++)
        free(values->items[i].items);
    free(values->items);
    *values = (sg_stats_values){0};
}

const sg_stats_value *sg_stats_values_find(const sg_stats_values *values, const char *name)
{
    for (size_t i = 0; i < values->n; i++) {
        if (strcmp(values->items[i].name, name) == 0)
            return &values->items[i];
    }
    return NULL;
}

sg_stats_item *sg_value_add(sg_stats_values *values, const char *name, size_t n)
{
    sg_stats_value value = {.name = name, .n = n};

    if (!sg_grow(&values->items, &values->capacity, values->n + 1, sizeof *values->items) ||
        !sg_grow(&value.items, &value.capacity, n > 0 ? n : 1, sizeof *value.items))
        return NULL;
    for (size_t i = 0; i < n; i++)
        value.items[i] = sg_item_number(nan(""));
    values->items[values->n++] = value;
    return value.items;
}

sg_stats_item sg_item_number(double number)
{
    return (sg_stats_item){.number = number, .status = isnan(number) ? SG_EST_NOT_ESTIMABLE : SG_EST_OK};
}

sg_stats_item sg_item_text(const char *text)
{
    return (sg_stats_item){.number = nan(""), .text = text, .status = SG_EST_OK};
}

sg_status sg_value_add_numbers(sg_stats_values *values, const sg_named_number *numbers, size_t n, sg_err *err)
{
    for (size_t i = 0; i < n; i++) {
        sg_stats_item *item = sg_value_add(values, numbers[i].name, 1);
        if (item == NULL)
            return sg_no_memory(err);
        *item = sg_item_number(numbers[i].number);
    }
    return SG_OK;
}

sg_status sg_value_add_columns(sg_stats_values *values, const char *const *names, size_t n_columns, size_t n,
                               sg_stats_item **out, sg_err *err)
{
    for (size_t i = 0; i < n_columns; i++) {
        out[i] = sg_value_add(values, names[i], n);
        if (out[i] == NULL)
            return sg_no_memory(err);
    }
    return SG_OK;
}

sg_status sg_value_add_texts(sg_stats_values *values, const char *name, const sg_stats_param *texts,
                             sg_err *err)
{
    sg_stats_item *items = sg_value_add(values, name, texts->n);

    if (items == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < texts->n; i++)
        items[i] = sg_item_text(texts->texts[i]);
    return SG_OK;
}
