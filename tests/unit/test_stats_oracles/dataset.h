/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data sets of the reference values, and the filters by which entries choose rows and make columns of
 * them. */
#ifndef SG_TEST_STATS_ORACLES_DATASET_H
#define SG_TEST_STATS_ORACLES_DATASET_H

#include <stdbool.h>
#include <stddef.h>

#include "skillgain/base/mem.h"

/* Cells by row; the first row of the file are the names. In the arena that it was read into. */
typedef struct {
    const char **names, **cells;
    size_t n_columns, n_rows;
    sg_arena *arena;
} dataset;

/* tests/oracles/data/NAME. Fails the test on what goes wrong. */
dataset *dataset_read(sg_arena *arena, const char *name);

/* Whether the filter, one of those that entries have, keeps the row. An unknown one fails the test. */
bool dataset_keeps(const dataset *data, const char *filter, size_t row);

/* The value of a column, of columns joined by "|", or of one that a filter makes ("arm", "spont"). */
const char *dataset_value(const dataset *data, const char *column, size_t row);

/* The value of a column that is 0 or 1; anything else, also a missing one, fails the test. */
bool dataset_flag(const dataset *data, const char *column, size_t row);

#endif
