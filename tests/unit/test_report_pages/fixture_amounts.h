/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times and amounts of the fixture, and what its estimates are added by. */
#ifndef SG_TEST_REPORT_FIXTURE_AMOUNTS_H
#define SG_TEST_REPORT_FIXTURE_AMOUNTS_H

#include "skillgain/model.h"

/* One more estimate: the key's year and texts, no figures yet. */
sg_estimate *sg_fixture_add(sg_results *results, const sg_estimate *key);
/* least: learners of the smaller group. */
void sg_fixture_set(sg_estimate *e, double value, double low, double high, int64_t least);

/* Of everyone, in one year and design. */
void sg_fixture_amounts(sg_results *results, int year, const char *variant, bool completion);

#endif
