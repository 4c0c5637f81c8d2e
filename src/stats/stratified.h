/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One stratum as doubles, and why strata give no answer. */
#ifndef SKILLGAIN_SRC_STATS_STRATIFIED_H
#define SKILLGAIN_SRC_STATS_STRATIFIED_H

#include "skillgain/stats/stratified.h"

typedef struct {
    double x1, n1, x0, n0, n, m;
} sg_table;

/* False: one arm, or none. */
bool sg_table_of(const sg_stratum *stratum, sg_table *out);

/* The note, or NULL. */
const char *sg_obstacle_strata(const sg_stratum *strata, size_t n);

#endif
