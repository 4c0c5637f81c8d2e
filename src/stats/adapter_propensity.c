/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of propensity scores and of weighting by them: sections 7.1, 7.2 and 7.4. */
#include <string.h>

#include "formula.h"
#include "propensity.h"
#include "skillgain/base/mem.h"

#define ADD(...)                                                                                             \
    sg_value_add_numbers(out, (const sg_named_number[]){__VA_ARGS__},                                        \
                         sizeof((const sg_named_number[]){__VA_ARGS__}) / sizeof(sg_named_number), err)

static const double CONF = 0.95;
static const sg_jackknife_plan ONE_BY_ONE = {0.95, 1};
/* Reference values come from fits that go on where outcomes are separated. */
static const sg_aipw_options USUAL = {0.01, 0.99, SG_SEPARATED_LIMIT};

static sg_status read_data(const sg_stats_params *params, sg_arena *arena, sg_formula_data *out, sg_err *err)
{
    sg_formula_parts parts = {0};

    if (arena == NULL)
        return sg_no_memory(err);
    const sg_status status = sg_formula_parts_of(params, &parts, err);
    return status == SG_OK ? sg_formula_read(params, &parts, arena, out, err) : status;
}

sg_status sg_estimand_read(const char *name, sg_estimand *out, sg_err *err)
{
    static const char *const NAMES[] = {"ATE", "ATT", "ATO"};

    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (name != NULL && strcmp(NAMES[i], name) == 0) {
            *out = (sg_estimand)i;
            return SG_OK;
        }
    }
    return sg_fail(err, SG_FAILED, "parameter 'estimand' is none of ATE, ATT, ATO");
}

/* ---- 7.1 ---- */

static sg_status add_score(const sg_propensity_result *r, size_t n_scores, sg_stats_values *out, sg_err *err)
{
    const size_t n_first = n_scores < 5 ? n_scores : 5;
    sg_stats_item *coefficients = sg_value_add(out, "coef", r->n_coefficients);
    sg_stats_item *first = sg_value_add(out, "ps_first5", n_first);

    if (coefficients == NULL || first == NULL)
        return sg_no_memory(err);
    for (size_t j = 0; j < r->n_coefficients; j++)
        coefficients[j] = sg_item_number(r->coefficients[j].estimate);
    for (size_t i = 0; i < n_first; i++)
        first[i] = sg_item_number(r->scores[i]);
    return ADD({"auc", r->auc.estimate}, {"min1", r->least[1]}, {"max1", r->greatest[1]},
               {"min0", r->least[0]}, {"max0", r->greatest[0]}, {"outside_common_support1", r->outside[1]},
               {"outside_common_support0", r->outside[0]}, {"below_05", r->below_05},
               {"above_95", r->above_95}, {"crump_01_09_kept", r->kept_crump}, {"sd_logit", r->sd_logit},
               {"caliper_02", r->caliper});
}

sg_status sg_adapt_propensity(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_data data = {0};
    sg_propensity_result r = {0};
    sg_status status = read_data(params, arena, &data, err);

    if (status == SG_OK)
        status = sg_propensity(&data.sample, &data.model, CONF, arena, &r, err);
    return status == SG_OK ? add_score(&r, r.status == SG_EST_OK ? data.sample.n_rows : 0, out, err) : status;
}

/* ---- 7.2 ---- */

sg_status sg_adapt_weighting(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_data data = {0};
    sg_weighting_result r = {0};
    sg_estimand estimand = SG_ESTIMAND_ATE;
    sg_status status = read_data(params, arena, &data, err);

    if (status == SG_OK)
        status = sg_estimand_read(sg_param_text(params, "estimand"), &estimand, err);
    if (status == SG_OK)
        status = sg_weighting(&data.sample, &data.model, estimand, CONF, arena, &r, err);
    if (status != SG_OK)
        return status;
    return ADD({"risk1", r.risk1}, {"risk0", r.risk0}, {"rd", r.difference.estimate}, {"rr", r.ratio},
               {"se_fixed_weights", r.fixed}, {"se_m_est", r.m_estimation}, {"se_m_est_cluster", r.clustered},
               {"ess1", r.ess[1]}, {"ess0", r.ess[0]}, {"max_weight_share1", r.largest_share[1]},
               {"max_weight_share0", r.largest_share[0]}, {"G", (double)r.clusters});
}

/* ---- 7.4 ---- */

static sg_status read_clip(const sg_stats_params *params, sg_aipw_options *out, sg_err *err)
{
    const sg_stats_param *clip = NULL;

    *out = USUAL;
    if (sg_param_find(params, "clip") == NULL)
        return SG_OK;
    const sg_status status = sg_param_numbers(params, "clip", 2, &clip, err);
    if (status == SG_OK) {
        out->low = clip->numbers[0];
        out->high = clip->numbers[1];
    }
    return status;
}

sg_status sg_adapt_aipw(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_data data = {0};
    sg_aipw_result r = {0};
    sg_aipw_options options = USUAL;
    sg_status status = read_data(params, arena, &data, err);

    if (status == SG_OK)
        status = read_clip(params, &options, err);
    if (status == SG_OK)
        status = sg_aipw(&data.sample, &data.model, &options, CONF, arena, &r, err);
    if (status != SG_OK)
        return status;
    return ADD({"risk1", r.risk1}, {"risk0", r.risk0}, {"ate", r.ate.estimate}, {"ate_se", r.ate_se_plain},
               {"ate_normalised", r.ate_normalised}, {"att", r.att.estimate}, {"att_se", r.att_se_plain},
               {"clipped", r.clipped}, {"ate_se_cluster", r.ate_se_clustered},
               {"att_se_cluster", r.att_se_clustered}, {"G", (double)r.clusters}, {"ate_lo", r.ate.low},
               {"ate_hi", r.ate.high}, {"ate_p", r.ate.p_value});
}

sg_status sg_adapt_aipw_jackknife(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_formula_data data = {0};
    sg_aipw_jackknife_result r = {0};
    sg_aipw_options options = USUAL;
    sg_status status = read_data(params, arena, &data, err);

    if (status == SG_OK)
        status = read_clip(params, &options, err);
    if (status == SG_OK)
        status = sg_aipw_jackknife(&data.sample, &data.model, &options, &ONE_BY_ONE, &r, err);
    if (status != SG_OK)
        return status;
    return ADD({"ate_estimate", r.ate.estimate}, {"ate_se", r.ate.std_error}, {"ate_df", r.ate.df},
               {"ate_lower", r.ate.low}, {"ate_upper", r.ate.high}, {"ate_p", r.ate.p_value},
               {"att_estimate", r.att.estimate}, {"att_se", r.att.std_error}, {"att_df", r.att.df},
               {"att_lower", r.att.low}, {"att_upper", r.att.high}, {"att_p", r.att.p_value});
}
