/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SG_TEST_REPORT_PAGES_FINDINGS_H
#define SG_TEST_REPORT_PAGES_FINDINGS_H

void the_morning_page_and_the_quality_page_count_the_same_warnings(void **state);

#endif
