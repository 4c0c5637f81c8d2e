/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The design matrix of a model on a sample: for each row the columns that are not 0. A row's entries are in
 * two parts, those that hold in either arm and those that hold times the arm, so that the row is there for
 * both arms.
 */
#ifndef SKILLGAIN_SRC_STATS_MODEL_MATRIX_H
#define SKILLGAIN_SRC_STATS_MODEL_MATRIX_H

#include "linalg.h"
#include "numeric.h"
#include "observations.h"
#include "skillgain/stats/model.h"

typedef struct {
    const char *name;
    double shift, scale; /* what is stored is (value - shift) / scale */
    size_t term;         /* SG_TERM_..., or SG_TERM_VARIABLE + the variable's index */
    uint32_t level;      /* of a categorical variable's column */
    bool by_arm;
} sg_column;

enum { SG_TERM_INTERCEPT, SG_TERM_ARM, SG_TERM_BY_ARM, SG_TERM_CLUSTER, SG_TERM_VARIABLE };

typedef struct {
    const sg_observations *sample;
    size_t n_rows, n_columns;
    sg_column *columns;
    size_t *reference;      /* of each variable: the level without a column */
    size_t *row;            /* of the sample */
    size_t *start;          /* where the entries of row i begin, which may be those of row i-1 as well */
    uint16_t *n_entries[2]; /* how many they are in each arm: those times the arm come last */
    uint16_t *shared;       /* how many of the first entries of row i, in its own arm, are those of row i-1 */
    uint32_t *index;        /* column */
    double *value;
    double *count, *success, *weight; /* of each row */
    uint8_t *arm;
    uint32_t *cluster;
    size_t n_clusters; /* 0: the sample has none */
} sg_design;

/* The entries of a row as if it were in an arm. */
typedef struct {
    const uint32_t *index;
    const double *value;
    size_t n;
} sg_entries;

static inline sg_entries sg_design_entries(const sg_design *design, size_t row, unsigned arm)
{
    const size_t from = design->start[row];

    return (sg_entries){design->index + from, design->value + from, design->n_entries[arm != 0 ? 1 : 0][row]};
}

static inline double sg_entries_dot(sg_entries entries, const double *beta)
{
    double sum = 0.0;

    for (size_t i = 0; i < entries.n; i++)
        sum += entries.value[i] * beta[entries.index[i]];
    return sum;
}

static inline void sg_entries_add(sg_entries entries, double factor, double *sum)
{
    for (size_t i = 0; i < entries.n; i++)
        sum[entries.index[i]] += factor * entries.value[i];
}

/* Adds factor x x' to the matrix, one triangle or the other of it; sg_symmetrise at the end. */
static inline void sg_entries_outer(sg_entries entries, double factor, double *matrix, size_t n_columns)
{
    for (size_t i = 0; i < entries.n; i++) {
        double *line = matrix + entries.index[i] * n_columns;
        const double scaled = factor * entries.value[i];
        for (size_t j = 0; j <= i; j++)
            line[entries.index[j]] += scaled * entries.value[j];
    }
}
void sg_symmetrise(double *matrix, size_t n_columns);

/* The rows of a design, each in its own arm: x'b, and x'A x for a symmetric A, of each of n_rows; the sum of single[i] x, n_columns, and of
 * square[i] x x', n_columns by n_columns. Fastest where rows are sorted, as patterns are. */
void sg_design_multiply(const sg_design *design, const double *beta, double *out);
void sg_design_quadratic(const sg_design *design, const double *matrix, double *out);
void sg_design_sum(const sg_design *design, const double *single, double *sum);
void sg_design_gather(const sg_design *design, const double *single, const double *square, double *sum,
                      double *matrix);

/* In the arena. *out_obstacle says why there is no design, or is NULL. Centred: numeric columns are; else they are only
 * scaled, and the intercept is that of the sample's own units. */
sg_status sg_design_build(const sg_observations *sample, const sg_model *model, bool centred, sg_arena *arena,
                          sg_design *out, const char **out_obstacle, sg_err *err) SG_MUST_CHECK;

/* The same rows and columns for a sample that differs from the design's in counts alone. In the arena; it shares all else with the design. */
sg_status sg_design_recount(const sg_design *design, const sg_observations *sample, sg_arena *arena,
                            sg_design *out, sg_err *err) SG_MUST_CHECK;

/* The columns that no earlier ones determine, among the rows by their counts: *out_active, *out_n of them, ascending. */
sg_status sg_design_independent(const sg_design *design, const double *count, sg_arena *arena,
                                size_t **out_active, size_t *out_n, sg_err *err) SG_MUST_CHECK;

/* Coefficients, and (where covariance is not NULL) their standard errors, in the sample's own units. */
void sg_design_coefficients(const sg_design *design, const double *beta, double *out);
void sg_design_errors(const sg_design *design, const double *covariance, double *out);

/* x' A x for the active columns alone: k by k of n_columns by n_columns, and back (zero elsewhere). */
void sg_pick(const double *full, size_t n_columns, const size_t *active, size_t k, double *out);
void sg_spread(const double *picked, size_t n_columns, const size_t *active, size_t k, double *out);

#endif
