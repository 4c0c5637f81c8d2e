/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands on the right-hand side of a regression on a sample, and what all fits report of themselves.
 *
 * Columns, in this order: the intercept; the arm; the sample's variables in their order, a categorical one as
 * 0/1 columns of the levels that rows have but for the reference; the columns of one variable times the arm;
 * 0/1 columns of the clusters but for the first. From left to right a column that the earlier ones determine
 * (its squared residual on them is below 1e-14 of its own squared length about its mean) is left out and
 * named. Numeric columns are centred and scaled inside; coefficients are those of the sample's own units.
 */
#ifndef SKILLGAIN_STATS_MODEL_H
#define SKILLGAIN_STATS_MODEL_H

#include "skillgain/stats/figure.h"
#include "skillgain/stats/observations.h"

typedef struct {
    bool arm;             /* a column of the arm */
    bool cluster_effects; /* columns of the clusters */
    size_t by_arm;        /* the number, from 1, of the variable that has columns times the arm; 0: none */
} sg_model;

/* The most columns that a model may have; more are not estimable. */
enum { SG_MOST_COLUMNS = 1000 };

/* How a logistic model came to its coefficients. */
typedef enum {
    SG_FIT_LOGIT,            /* maximum likelihood */
    SG_FIT_WITHOUT_CLUSTERS, /* the same, without the columns of the clusters, which separated the outcomes */
    SG_FIT_FIRTH             /* outcomes are separated: Firth's penalised likelihood */
} sg_fit_kind;

/* Of every fit; texts and arrays are the arena's. */
typedef struct {
    sg_fit_kind kind;
    double learners;      /* of the rows that were used */
    size_t rows, columns; /* columns: without those left out */
    const char *const *left_out;
    size_t n_left_out;        /* columns that earlier ones determine */
    double separated;         /* learners whose outcome is separated; 0 where none is */
    double events_per_column; /* the lesser of learners with and without the outcome, by columns */
    int iterations;
    double max_score, rcond; /* of the last step: the largest derivative; the information's condition */
} sg_fit_report;

#endif
