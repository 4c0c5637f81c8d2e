/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The workbook as a whole, of the made-up outputs.
 */
#ifndef SG_TEST_REPORT_WORKBOOK_H
#define SG_TEST_REPORT_WORKBOOK_H

void a_workbook_that_the_disk_does_not_take_whole_is_a_failure(void **state);
void a_damaged_byte_of_a_workbook_is_found(void **state);

#endif
