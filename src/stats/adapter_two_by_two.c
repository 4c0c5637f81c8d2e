/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of one proportion and of one table: sections 1.1 to 1.8 and 1.10. */
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats/proportion.h"
#include "skillgain/stats/two_by_two.h"

#define ADD SG_ADD_NUMBERS

/* ---- one proportion ---- */

typedef sg_figure rate_method(sg_counts counts, double conf);

static sg_status run_rate(rate_method *method, const sg_stats_params *params, sg_figure *out, sg_err *err)
{
    const sg_stats_param *x = NULL, *n = NULL;
    sg_counts counts = {0};
    double conf = 0.0;
    sg_status status = sg_param_numbers(params, "x", 1, &x, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "n", 1, &n, err);
    if (status == SG_OK)
        status = sg_param_counts(x, n, 0, &counts, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &conf, err);
    if (status == SG_OK)
        *out = method(counts, conf);
    return status;
}

sg_status sg_adapt_wilson(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    const sg_status status = run_rate(sg_rate_wilson, params, &f, err);

    return status != SG_OK ? status : ADD({"p", f.estimate}, {"lower", f.low}, {"upper", f.high});
}

sg_status sg_adapt_clopper_pearson(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    const sg_status status = run_rate(sg_rate_clopper_pearson, params, &f, err);

    return status != SG_OK ? status : ADD({"lower", f.low}, {"upper", f.high});
}

/* ---- two arms ---- */

typedef struct {
    sg_counts iet, comparison;
    double conf;
} arm_pair;

static sg_status read_arms(const sg_stats_params *params, arm_pair *out, sg_err *err)
{
    const char *const names[4] = {"x1", "n1", "x0", "n0"};
    const sg_stats_param *found[4] = {0};
    sg_status status = SG_OK;

    for (size_t i = 0; i < 4 && status == SG_OK; i++)
        status = sg_param_numbers(params, names[i], 1, &found[i], err);
    if (status == SG_OK)
        status = sg_param_counts(found[0], found[1], 0, &out->iet, err);
    if (status == SG_OK)
        status = sg_param_counts(found[2], found[3], 0, &out->comparison, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &out->conf, err);
    return status;
}

typedef sg_figure arm_method(sg_counts iet, sg_counts comparison, double conf);

static sg_status run_arms(arm_method *method, const sg_stats_params *params, sg_figure *out, sg_err *err)
{
    arm_pair arms = {0};
    const sg_status status = read_arms(params, &arms, err);

    if (status == SG_OK)
        *out = method(arms.iet, arms.comparison, arms.conf);
    return status;
}

sg_status sg_adapt_newcombe(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    const sg_status status = run_arms(sg_rd_newcombe, params, &f, err);

    return status != SG_OK ? status : ADD({"rd", f.estimate}, {"lower", f.low}, {"upper", f.high});
}

sg_status sg_adapt_miettinen_nurminen(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    const sg_status status = run_arms(sg_rd_miettinen_nurminen, params, &f, err);

    return status != SG_OK ? status
                           : ADD({"rd", f.estimate}, {"lower", f.low}, {"upper", f.high},
                                 {"chi2_at_0", f.statistic}, {"p_at_0", f.p_value});
}

static double is_adjusted(const sg_figure *f)
{
    return strcmp(f->note, "0.5 added") == 0 ? 1.0 : 0.0;
}

sg_status sg_adapt_risk_ratio(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    const sg_status status = run_arms(sg_rr_log, params, &f, err);

    return status != SG_OK ? status
                           : ADD({"rr", f.estimate}, {"log_se", f.std_error}, {"lower", f.low},
                                 {"upper", f.high}, {"adjusted", is_adjusted(&f)});
}

sg_status sg_adapt_odds_ratio(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    const sg_status status = run_arms(sg_or_log, params, &f, err);

    return status != SG_OK ? status
                           : ADD({"or", f.estimate}, {"log_se", f.std_error}, {"lower", f.low},
                                 {"upper", f.high}, {"adjusted", is_adjusted(&f)});
}

sg_status sg_adapt_risk_ratio_score(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    const sg_status status = run_arms(sg_rr_score, params, &f, err);

    return status != SG_OK ? status : ADD({"rr", f.estimate}, {"lower", f.low}, {"upper", f.high});
}

sg_status sg_adapt_cohen_h(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    const sg_status status = run_arms(sg_cohen_h, params, &f, err);

    return status != SG_OK ? status
                           : ADD({"h", f.estimate}, {"se", f.std_error}, {"lower", f.low}, {"upper", f.high});
}

sg_status sg_adapt_number_needed(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    arm_pair arms = {0};
    const sg_status status = read_arms(params, &arms, err);

    if (status != SG_OK)
        return status;
    const sg_needed needed = sg_number_needed(arms.iet, arms.comparison, arms.conf);
    return ADD({"nnt", needed.number}, {"at_rd_lower", needed.at_low}, {"at_rd_upper", needed.at_high},
               {"interval_through_infinity", needed.through_infinity ? 1.0 : 0.0});
}

sg_status sg_adapt_fisher(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    arm_pair arms = {0};
    const sg_status status = read_arms(params, &arms, err);

    if (status != SG_OK)
        return status;
    const sg_fisher_p fisher = sg_fisher(arms.iet, arms.comparison);
    return ADD({"p_two_sided", fisher.p_two_sided}, {"p_less", fisher.p_less},
               {"p_greater", fisher.p_greater}, {"p_mid_central", fisher.p_mid_central},
               {"p_mid_minlike", fisher.p_mid_likelihood});
}

sg_status sg_adapt_conditional_odds(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_figure f;
    const sg_status status = run_arms(sg_odds_ratio_conditional, params, &f, err);

    return status != SG_OK ? status : ADD({"or_cond_mle", f.estimate}, {"or_lo", f.low}, {"or_hi", f.high});
}

sg_status sg_adapt_chi_square(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    arm_pair arms = {0};
    const sg_status status = read_arms(params, &arms, err);

    if (status != SG_OK)
        return status;
    const sg_chi_square chi = sg_chi_square_2x2(arms.iet, arms.comparison);
    return ADD({"x2", chi.x2}, {"p", chi.p}, {"x2_yates", chi.x2_yates}, {"p_yates", chi.p_yates},
               {"x2_n1", chi.x2_n1}, {"p_n1", chi.p_n1}, {"z_two_sd", chi.z}, {"g2", chi.g2},
               {"p_g2", chi.p_g2}, {"min_expected", chi.min_expected}, {"phi", chi.phi});
}

/* SciPy's Barnard test, where the reference values come from, takes ties as rounding leaves them. */
sg_status sg_adapt_unconditional(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    arm_pair arms = {0};
    const sg_status status = read_arms(params, &arms, err);

    if (status != SG_OK)
        return status;
    const sg_test boschloo = sg_boschloo(arms.iet, arms.comparison);
    const sg_test barnard = sg_barnard(arms.iet, arms.comparison, SG_TIES_AS_ROUNDED);
    return ADD({"boschloo_p", boschloo.p_value}, {"barnard_pooled_p", barnard.p_value},
               {"barnard_wald", barnard.statistic});
}

/* ---- r by c ---- */

sg_status sg_adapt_chi_square_rxc(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    const sg_stats_param *table = NULL;
    SG_AUTO_FREE int64_t *cells = NULL;
    size_t capacity = 0;
    sg_status status = sg_param_numbers(params, "table_by_row", 0, &table, err);

    if (status != SG_OK)
        return status;
    if (table->n_rows == 0 || table->n % table->n_rows != 0)
        return sg_fail(err, SG_FAILED, "parameter 'table_by_row' is not a table");
    if (!sg_grow(&cells, &capacity, table->n, sizeof *cells))
        return sg_no_memory(err);
    for (size_t i = 0; i < table->n && status == SG_OK; i++)
        status = sg_param_count(table, i, &cells[i], err);
    if (status != SG_OK)
        return status;
    const sg_chi_square_table chi = sg_chi_square_rxc(cells, table->n_rows, table->n / table->n_rows);
    return ADD({"x2", chi.x2}, {"df", chi.df}, {"p", chi.p}, {"min_expected", chi.min_expected},
               {"cramer_v", chi.cramer_v}, {"cramer_v_corrected", chi.cramer_v_corrected});
}
