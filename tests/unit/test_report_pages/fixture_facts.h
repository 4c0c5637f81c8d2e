/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The facts around the made-up results: dimensions, deliveries, findings, sample flow.
 */
#ifndef SG_TEST_REPORT_FIXTURE_FACTS_H
#define SG_TEST_REPORT_FIXTURE_FACTS_H

#include "fixture.h"

enum { SG_FIXTURE_YEAR = 2024, SG_FIXTURE_SEXES = 4, SG_FIXTURE_RACES = 8 };

void sg_fixture_set_dimensions(const sg_fixture *fixture, sg_results *results);
void sg_fixture_set_facts(const sg_fixture *fixture, sg_results *results);

#endif
