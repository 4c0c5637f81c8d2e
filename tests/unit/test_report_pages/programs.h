/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts of IET for the pages: made-up programs of every state.
 */
#ifndef SG_TEST_REPORT_PROGRAMS_H
#define SG_TEST_REPORT_PROGRAMS_H

#include "skillgain/model.h"

/* Two colleges and three programs of a year. It lasts as long as the program. */
const sg_iet_facts *sg_fixture_programs(int program_year);

void programs_are_told_with_what_is_met_and_what_records_cannot_show(void **state);
void an_edition_holds_no_programs(void **state);

#endif
