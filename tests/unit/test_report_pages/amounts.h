/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SG_TEST_REPORT_AMOUNTS_H
#define SG_TEST_REPORT_AMOUNTS_H

void medians_are_told_with_their_intervals_and_the_shift(void **state);
void score_gains_are_told_as_points_and_dose_as_what_it_was(void **state);
void a_completion_that_no_export_tells_has_no_row(void **state);
void an_edition_holds_no_amounts(void **state);
void the_arm_of_each_day_is_told_beside_the_fixed_one(void **state);
void what_points_both_ways_is_said_in_draft_and_edition(void **state);
void what_was_not_asked_for_has_no_table(void **state);

#endif
