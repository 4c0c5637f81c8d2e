/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statistics on a prepared table, one row a learner, for who already has one: the same functions and the same names of estimands and
 * methods as in results.csv.
 */
#ifndef SKILLGAIN_ANALYSIS_COMPARE_H
#define SKILLGAIN_ANALYSIS_COMPARE_H

#include "skillgain/model.h"
#include "skillgain/model/frame.h"

typedef enum { SG_COMPARE_ATT, SG_COMPARE_ATE, SG_COMPARE_ATO } sg_compare_estimand;

typedef struct {
    const char *const *names;
    size_t n;
} sg_compare_names;

/* A column is told by its name; arm and outcome also by a condition on one: "COL=LEVEL", "COL>NUMBER", likewise >=, < and <=. A covariate
 * whose values are all numbers is numeric, "factor(COL)" makes it categorical; the cluster's column among the covariates gives the models
 * effects of the clusters. */
typedef struct {
    const char *arm, *outcome;
    const char *cluster, *time; /* NULL: none. time: days to the outcome, or of follow-up without it */
    sg_compare_names groups, covariates, strata;
    sg_compare_names methods; /* of sg_compare_method_at, "all"; none: those that lead */
    sg_compare_estimand estimand;
    double caliper;      /* of matching: a distance on the logit of the score, infinite: none */
    bool caliper_in_sd;  /* caliper is in standard deviations of that logit */
    size_t ratio;        /* controls for each IET learner of matching, from 1 to 100 */
    double confidence;   /* in (0, 1) */
    uint64_t seed;       /* of resampling */
    size_t n_replicates; /* of it, 2 or more */
    int jobs;            /* threads of it, 1 or more; the same figures for any number */
} sg_compare_request;

/* Rows are in the order in which they are to be read: everyone first. Of their fields program_year, college and id are unused; variant says
 * on which sample or weights a figure of balance is. Estimates of an arm have its subset. */
typedef struct {
    const sg_estimate *rows;
    size_t n;
    int64_t learners, used; /* rows of the table; with all that every method needs */
    int64_t without_arm, without_outcome,
        one_armed; /* left out: arm unknown, else outcome, time or cluster unknown; in clusters with one
                                                        arm, of models with cluster effects alone */
    const char *const *notes; /* sentences on the whole: what was left out or filled in */
    size_t n_notes;
} sg_compare_result;

/* Everything of *out in the frame's arena. SG_USAGE: a column that there is not, one that is not what it should be (with the row), a method
 * that nobody knows or that lacks its column. What cannot be estimated is a row that says why. */
sg_status sg_compare(const sg_frame *frame, const sg_compare_request *request, sg_compare_result *out,
                     sg_err *err) SG_MUST_CHECK;

/* The figures of a single two-by-two table, in the frame's place. */
typedef struct {
    int64_t x1, n1, x0, n0;
} sg_compare_table;
sg_status sg_compare_single(const sg_compare_table *table, const sg_compare_request *request, sg_arena *arena,
                            sg_compare_result *out, sg_err *err) SG_MUST_CHECK;

/* The methods by name, what each needs beside arm and outcome; NULL past the last. */
typedef struct {
    const char *name, *needs; /* "", "covariates", "strata", ... */
    bool leads;               /* is done without being asked for */
    const char *is_of;        /* what it looks at, in words: "of outcomes that are amounts" */
} sg_compare_method;
const sg_compare_method *sg_compare_method_at(size_t i);

#endif
