/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an entry of the reference values to the parameters of its adapter: what is inline as it is, data sets
 * counted. */
#ifndef SG_TEST_STATS_ORACLES_RESOLVE_H
#define SG_TEST_STATS_ORACLES_RESOLVE_H

#include <jansson.h>

#include "skillgain/base/mem.h"
#include "skillgain/stats.h"

/* In the arena; texts are those of the entry or of the data set. Counts that an entry gives inline and that
 * its data set gives otherwise fail the test. */
sg_stats_params oracle_parameters(sg_arena *arena, json_t *entry);

#endif
