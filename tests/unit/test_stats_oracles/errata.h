/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reference values that are off by more than their own tolerance, each with the equation that the right value
 * solves. */
#ifndef SG_TEST_STATS_ORACLES_ERRATA_H
#define SG_TEST_STATS_ORACLES_ERRATA_H

#include <stdbool.h>

#include <jansson.h>

/* Whether the entry's value of that key is a listed error, `got` solves the equation and the entry's value
 * does not. */
bool errata_explain(json_t *entry, const char *key, double got);

#endif
