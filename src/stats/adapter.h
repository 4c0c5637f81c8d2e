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

/* ---- the adapters ---- */

sg_stats_run sg_adapt_wilson, sg_adapt_clopper_pearson, sg_adapt_newcombe, sg_adapt_miettinen_nurminen,
    sg_adapt_risk_ratio, sg_adapt_odds_ratio, sg_adapt_risk_ratio_score, sg_adapt_cohen_h,
    sg_adapt_number_needed, sg_adapt_fisher, sg_adapt_conditional_odds, sg_adapt_chi_square,
    sg_adapt_chi_square_rxc, sg_adapt_unconditional;
sg_stats_run sg_adapt_by_group, sg_adapt_gap, sg_adapt_gap_closure, sg_adapt_multiplicity;

#endif
