/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SG_TEST_REPORT_AMOUNTS_H
#define SG_TEST_REPORT_AMOUNTS_H

void medians_are_told_with_their_intervals_and_the_shift(void **state);
void score_gains_are_told_as_points_and_dose_as_what_it_was(void **state);
void an_edition_holds_no_amounts(void **state);
void what_was_not_asked_for_has_no_table(void **state);

#endif
