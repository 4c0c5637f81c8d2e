/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison of a prepared table under way: what is asked, the data, and the rows so far. */
#ifndef SKILLGAIN_SRC_ANALYSIS_COMPARISON_H
#define SKILLGAIN_SRC_ANALYSIS_COMPARISON_H

#include "compare_data.h"
#include "estimates.h"

/* Counts of the arms. */
typedef struct {
    sg_counts iet, comparison;
} sg_compare_arms;

typedef struct {
    const sg_compare_request *request;
    sg_compare_data *data;
    sg_arena *arena;
    sg_estimate_list *list;
    sg_err *err;
    int64_t least; /* of the arms, the smaller */
    bool all;      /* every method was asked for */
    const sg_compare_arms
        *of; /* whom the rows of everyone are of, unless they say it themselves; NULL: they do */
} sg_comparison;

/* What a row is of; NULL stands for "all". */
typedef struct {
    const char *dimension, *level;
    sg_arm_subset subset;
} sg_compare_place;

static inline sg_jackknife_plan sg_compare_jackknife_plan(const sg_comparison *c)
{
    return (sg_jackknife_plan){c->request->confidence, c->request->jobs};
}

bool sg_compare_wants(const sg_comparison *c, const char *method);
/* Also what stands beside a method that was asked for, as other standard errors: method with a suffix. */
bool sg_compare_wants_more(const sg_comparison *c, const char *method);

/* Rows; NULL, SG_NO_MEMORY: out of memory. least_n: the smallest of the groups in it. */
sg_estimate *sg_compare_add(sg_comparison *c, sg_compare_place place, const char *estimand,
                            const char *method);
sg_estimate *sg_compare_add_figure(sg_comparison *c, sg_compare_place place, const char *estimand,
                                   const char *method, const sg_figure *figure, int64_t least_n);
sg_status sg_compare_add_test(sg_comparison *c, sg_compare_place place, const char *estimand,
                              const char *method, const sg_test *test, int64_t least_n) SG_MUST_CHECK;
/* A figure without a standard error. */
sg_status sg_compare_add_number(sg_comparison *c, sg_compare_place place, const char *estimand,
                                const char *method, double number, const char *note) SG_MUST_CHECK;

/* ---- families of methods, each with its own columns to look at ---- */

typedef sg_status sg_compare_family(sg_comparison *c);
sg_compare_family sg_compare_shares, sg_compare_groups, sg_compare_strata, sg_compare_amounts,
    sg_compare_times, sg_compare_logit, sg_compare_gcomp, sg_compare_linear, sg_compare_gap_differences,
    sg_compare_propensity, sg_compare_balance, sg_compare_matching, sg_compare_clusters,
    sg_compare_resampling;

/* Of rows for which of_row is the level; of_row NULL: of all. */
sg_status sg_compare_count(const sg_comparison *c, const sg_compare_levels *levels,
                           sg_compare_arms **out) SG_MUST_CHECK;
sg_compare_arms sg_compare_count_all(const sg_comparison *c);

/* The figures of one two-by-two table (compare_table.c). */
sg_status sg_compare_table_rows(sg_comparison *c, sg_compare_place place, sg_compare_arms arms) SG_MUST_CHECK;

#endif
