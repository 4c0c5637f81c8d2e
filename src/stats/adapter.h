/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How adapters read their parameters and write their values. */
#ifndef SKILLGAIN_SRC_STATS_ADAPTER_H
#define SKILLGAIN_SRC_STATS_ADAPTER_H

#include "skillgain/stats/adapter.h"

/* ---- parameters ---- */

const sg_stats_param *sg_param_find(const sg_stats_params *params, const char *name); /* NULL: none */

/* n numbers or texts by name; n = 0: any length but 0. Fails where there is none such. */
sg_status sg_param_numbers(const sg_stats_params *params, const char *name, size_t n,
                           const sg_stats_param **out, sg_err *err) SG_MUST_CHECK;
sg_status sg_param_texts(const sg_stats_params *params, const char *name, size_t n,
                         const sg_stats_param **out, sg_err *err) SG_MUST_CHECK;

/* A scalar; `otherwise` where there is none of that name. */
sg_status sg_param_number_or(const sg_stats_params *params, const char *name, double otherwise, double *out,
                             sg_err *err) SG_MUST_CHECK;

/* The i-th number, which must be whole and from 0 to 2^53. */
sg_status sg_param_count(const sg_stats_param *param, size_t i, int64_t *out, sg_err *err) SG_MUST_CHECK;

/* The i-th of two lists; scalars are lists of one. */
sg_status sg_param_counts(const sg_stats_param *x, const sg_stats_param *n, size_t i, sg_counts *out,
                          sg_err *err) SG_MUST_CHECK;

/* Levels of a dimension: parameter "groups", and two lists as long. */
typedef struct {
    const sg_stats_param *groups;
    sg_counts *levels; /* of groups->n; freed by the caller, whatever happens */
    sg_counts everyone;
} sg_param_levels;
sg_status sg_param_read_levels(const sg_stats_params *params, const char *x_name, const char *n_name,
                               sg_param_levels *out, sg_err *err) SG_MUST_CHECK;

/* The place of each text among the different ones, in the order in which they come, into out; how many these are. */
size_t sg_param_number_texts(const sg_stats_param *texts, size_t *out);

extern const double sg_usual_conf; /* where an entry gives none */

/* ---- values ---- */

/* A value of n blank items, not estimable. NULL: out of memory. The items stay where they are until the
 * release. */
sg_stats_item *sg_value_add(sg_stats_values *values, const char *name, size_t n);

sg_stats_item sg_item_number(double number); /* NaN: not estimable */
sg_stats_item sg_item_text(const char *text);

typedef struct {
    const char *name;
    double number;
} sg_named_number;
sg_status sg_value_add_numbers(sg_stats_values *values, const sg_named_number *numbers, size_t n,
                               sg_err *err) SG_MUST_CHECK;

/* In a function with `out` and `err`: ADD({"name", number}, ...). */
#define SG_ADD_NUMBERS(...)                                                                                  \
    sg_value_add_numbers(out, (const sg_named_number[]){__VA_ARGS__},                                        \
                         sizeof((const sg_named_number[]){__VA_ARGS__}) / sizeof(sg_named_number), err)

/* Values of n items each, by name, all blank. */
sg_status sg_value_add_columns(sg_stats_values *values, const char *const *names, size_t n_columns, size_t n,
                               sg_stats_item **out, sg_err *err) SG_MUST_CHECK;
sg_status sg_value_add_texts(sg_stats_values *values, const char *name, const sg_stats_param *texts,
                             sg_err *err) SG_MUST_CHECK;

/* ---- the adapters ---- */

sg_stats_run sg_adapt_wilson, sg_adapt_clopper_pearson, sg_adapt_newcombe, sg_adapt_miettinen_nurminen,
    sg_adapt_risk_ratio, sg_adapt_odds_ratio, sg_adapt_risk_ratio_score, sg_adapt_cohen_h,
    sg_adapt_number_needed, sg_adapt_fisher, sg_adapt_conditional_odds, sg_adapt_chi_square,
    sg_adapt_chi_square_rxc, sg_adapt_unconditional;
sg_stats_run sg_adapt_by_group, sg_adapt_gap, sg_adapt_gap_closure, sg_adapt_multiplicity;
sg_stats_run sg_adapt_stratum_counts, sg_adapt_rates, sg_adapt_mh_odds_ratio, sg_adapt_mh_difference,
    sg_adapt_mh_risk_ratio, sg_adapt_cmh, sg_adapt_cmh_exact, sg_adapt_breslow_day, sg_adapt_rd_homogeneity,
    sg_adapt_standardised, sg_adapt_two_armed;
sg_stats_run sg_adapt_point_gap, sg_adapt_proportionality, sg_adapt_index_80, sg_adapt_needed_moving,
    sg_adapt_access, sg_adapt_intersections;
sg_stats_run sg_adapt_trend, sg_adapt_trend_stratified, sg_adapt_welch, sg_adapt_hedges,
    sg_adapt_mann_whitney, sg_adapt_mann_whitney_exact, sg_adapt_brunner_munzel, sg_adapt_hodges_lehmann,
    sg_adapt_median;
sg_stats_run sg_adapt_kaplan_meier, sg_adapt_median_time, sg_adapt_log_rank, sg_adapt_restricted_mean,
    sg_adapt_incidence;
sg_stats_run sg_adapt_e_value, sg_adapt_rosenbaum, sg_adapt_detectable, sg_adapt_missing, sg_adapt_intraclass,
    sg_adapt_cluster_correction;
sg_stats_run sg_adapt_beta_binomial, sg_adapt_logit_shrinkage, sg_adapt_funnel, sg_adapt_streams,
    sg_adapt_bootstrap_clusters, sg_adapt_bootstrap_arms, sg_adapt_permutation;
sg_stats_run sg_adapt_logit, sg_adapt_firth, sg_adapt_table_size, sg_adapt_separation, sg_adapt_robust,
    sg_adapt_clustered, sg_adapt_coefficient_jackknife, sg_adapt_gcomp, sg_adapt_gcomp_jackknife,
    sg_adapt_gap_differences, sg_adapt_linear, sg_adapt_wild, sg_adapt_diagnostics, sg_adapt_inflation;
sg_stats_run sg_adapt_propensity, sg_adapt_weighting, sg_adapt_aipw, sg_adapt_aipw_jackknife,
    sg_adapt_matching, sg_adapt_balance_plain, sg_adapt_balance_weighted, sg_adapt_balance_matched,
    sg_adapt_baseline;

#endif
