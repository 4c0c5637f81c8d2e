/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sums over the rows of a design. The rows of sorted patterns make a tree, as most of them begin like the row before: what the entries in
 * common stand for is computed once for all rows below them. Rows in no order cost what they cost alone.
 */
#include "model_matrix.h"

#include <string.h>

void sg_design_multiply(const sg_design *design, const double *beta, double *out)
{
    double part[SG_MOST_COLUMNS + 1]; /* of the first e entries */

    part[0] = 0.0;
    for (size_t i = 0; i < design->n_rows; i++) {
        const sg_entries x = sg_design_entries(design, i, design->arm[i]);
        for (size_t e = design->shared[i]; e < x.n; e++)
            part[e + 1] = part[e] + x.value[e] * beta[x.index[e]];
        out[i] = part[x.n];
    }
}

void sg_design_quadratic(const sg_design *design, const double *matrix, double *out)
{
    double part[SG_MOST_COLUMNS + 1];

    part[0] = 0.0;
    for (size_t i = 0; i < design->n_rows; i++) {
        const sg_entries x = sg_design_entries(design, i, design->arm[i]);
        for (size_t e = design->shared[i]; e < x.n; e++) {
            const double *line = matrix + x.index[e] * design->n_columns;
            double half = 0.5 * x.value[e] * line[x.index[e]];
            for (size_t j = 0; j < e; j++)
                half += x.value[j] * line[x.index[j]];
            part[e + 1] = part[e] + 2.0 * x.value[e] * half;
        }
        out[i] = part[x.n];
    }
}

/* ---- X'a and X' diag(b) X ---- */

/* open[e + 1]: of the rows below the first e entries, what has not gone down to the entry before yet. */
void sg_design_sum(const sg_design *design, const double *single, double *sum)
{
    double open[SG_MOST_COLUMNS + 1] = {0.0};
    sg_entries x = {0};

    memset(sum, 0, design->n_columns * sizeof *sum);
    for (size_t i = 0; i <= design->n_rows; i++) {
        const size_t keep = i < design->n_rows ? design->shared[i] : 0;
        for (size_t e = x.n; e-- > keep;) {
            sum[x.index[e]] += open[e + 1] * x.value[e];
            open[e] += open[e + 1];
            open[e + 1] = 0.0;
        }
        if (i == design->n_rows)
            break;
        x = sg_design_entries(design, i, design->arm[i]);
        open[x.n] += single[i];
    }
}

/* Of the rows below the first e entries: what has not gone down to the entry before yet. */
typedef struct {
    double single[SG_MOST_COLUMNS + 1], square[SG_MOST_COLUMNS + 1];
} open_sums;

/* Entries of the last row that the next one has not: their sums go to their columns, and to the entry before. */
static void close_entries(open_sums *open, sg_entries x, size_t keep, size_t n_columns, double *sum,
                          double *matrix)
{
    for (size_t e = x.n; e-- > keep;) {
        const double single = open->single[e + 1], square = open->square[e + 1];
        double *line = matrix + x.index[e] * n_columns;
        const double scaled = square * x.value[e];
        sum[x.index[e]] += single * x.value[e];
        for (size_t j = 0; j <= e; j++)
            line[x.index[j]] += scaled * x.value[j];
        open->single[e] += single;
        open->square[e] += square;
        open->single[e + 1] = open->square[e + 1] = 0.0;
    }
}

void sg_design_gather(const sg_design *design, const double *single, const double *square, double *sum,
                      double *matrix)
{
    const size_t p = design->n_columns;
    open_sums open = {{0.0}, {0.0}};
    sg_entries x = {0};

    memset(sum, 0, p * sizeof *sum);
    memset(matrix, 0, p * p * sizeof *matrix);
    for (size_t i = 0; i < design->n_rows; i++) {
        close_entries(&open, x, design->shared[i], p, sum, matrix);
        x = sg_design_entries(design, i, design->arm[i]);
        open.single[x.n] += single[i];
        open.square[x.n] += square[i];
    }
    close_entries(&open, x, 0, p, sum, matrix);
    sg_symmetrise(matrix, p);
}
