/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Federal tables for the report tests.
 */
#ifndef SG_TEST_REPORT_FEDERAL_H
#define SG_TEST_REPORT_FEDERAL_H

#include "skillgain/model.h"

/* Two tie-outs, so many of which (0 to 2) are broken. It lasts as long as the program. */
const sg_nrs *sg_fixture_federal(int broken);

void pages_say_loudly_that_federal_tables_do_not_tie_out(void **state);
void an_edition_holds_nothing_federal(void **state);

#endif
