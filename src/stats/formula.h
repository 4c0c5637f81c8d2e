/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the model formula of a reference value, "y ~ a + factor(b) + t*c", and its data set to a sample and a model. */
#ifndef SKILLGAIN_SRC_STATS_FORMULA_H
#define SKILLGAIN_SRC_STATS_FORMULA_H

#include "adapter.h"
#include "skillgain/stats/model.h"

/* Columns of the data set by name; NULL: none is wanted. The outcome may stand on the left of the formula instead.
 * treatment: the 0/1 column that is the arm, whether or not the formula has it. cluster: the column of the clusters;
 * as a term of the formula it becomes the model's cluster effects. weights: "none" or "A + column mod B". */
typedef struct {
    const char *formula, *outcome, *treatment, *cluster, *weights;
} sg_formula_parts;

typedef struct {
    sg_observations sample; /* in the data set's order, without rows where a value that is used is missing */
    sg_model model;
    size_t *row; /* of the data set, of each of the sample's */
} sg_formula_data;

/* In the arena. Columns are those of params->rows, or else parameters that are lists of numbers. */
sg_status sg_formula_read(const sg_stats_params *params, const sg_formula_parts *parts, sg_arena *arena,
                          sg_formula_data *out, sg_err *err) SG_MUST_CHECK;

/* The parts by their usual parameter names; "none" as a cluster is none. */
sg_status sg_formula_parts_of(const sg_stats_params *params, sg_formula_parts *out,
                              sg_err *err) SG_MUST_CHECK;

/* A column of numbers, also the made ones: "black" and "ell" of the made-up learners. */
sg_status sg_formula_numbers(const sg_stats_params *params, const char *name, sg_arena *arena,
                             const double **out, size_t *out_n, sg_err *err) SG_MUST_CHECK;

/* The text of a parameter, or NULL. */
const char *sg_param_text(const sg_stats_params *params, const char *name);

#endif
