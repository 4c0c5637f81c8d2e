/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SG_TEST_REPORT_HIDDEN_H
#define SG_TEST_REPORT_HIDDEN_H

void a_grouping_that_nobody_reports_has_one_sentence_and_no_section(void **state);
void an_edition_says_once_a_page_before_what_is_masked_why_lines_are_hidden(void **state);

#endif
