/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way from a reference value to the function that must reproduce it: a table of methods, each with a
 * function that takes parameters by name and gives values by name. For checks of an installation and for
 * tests; reports call the statistics themselves. Parameters are those of tests/oracles/parameters.md. Where
 * those name columns of a data set, an adapter of counts, of values or of times finds them counted or listed under the
 * names that it reads ("x1", "n1", "y1", "time" ...); one of a model takes them from the frame.
 */
#ifndef SKILLGAIN_STATS_ADAPTER_H
#define SKILLGAIN_STATS_ADAPTER_H

#include "skillgain/model/frame.h"
#include "skillgain/stats/figure.h"

/* n numbers (NaN: missing) or n texts, the other being NULL. A scalar has n = 1; a table is row by row, with
 * n_rows rows. */
typedef struct {
    const char *name;
    const double *numbers;
    const char *const *texts;
    size_t n, n_rows;
} sg_stats_param;

/* rows: the data set that the entry names, the rows alone that it is about, with the columns that its filter makes;
 * NULL: there is none. */
typedef struct {
    const sg_stats_param *items;
    size_t n;
    const sg_frame *rows;
} sg_stats_params;

/* A number, or a text (then not NULL; it is the parameters'). Not estimable: nothing is to be reported
 * there. */
typedef struct {
    double number;
    const char *text;
    sg_estimate_status status;
} sg_stats_item;

typedef struct {
    const char *name; /* static */
    sg_stats_item *items;
    size_t n, capacity;
} sg_stats_value;

/* Starts as {0}; owns its arrays. */
typedef struct {
    sg_stats_value *items;
    size_t n, capacity;
} sg_stats_values;

void sg_stats_values_release(sg_stats_values *values);
const sg_stats_value *sg_stats_values_find(const sg_stats_values *values, const char *name); /* NULL: none */

/* Adds its values to out, which on failure is to be released. SG_FAILED: a parameter is missing or of another
 * kind. */
typedef sg_status sg_stats_run(const sg_stats_params *params, sg_stats_values *out, sg_err *err);

typedef struct {
    const char *method; /* how the method of its entries begins: "1.2 Newcombe" */
    sg_stats_run *run;
} sg_stats_adapter;

const sg_stats_adapter *sg_stats_adapter_at(size_t i); /* in the order of the sections; NULL past the last */
const sg_stats_adapter *sg_stats_adapter_find(const char *method); /* NULL: no adapter claims it */

#endif
