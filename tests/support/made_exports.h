/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings and exports of a small made-up office, for tests of the night. Learner i is in IET where i is odd; two of three
 * have a gain in common; all are of program year 2022, whose exports are complete up to 31 July 2023. Uses libc alone.
 */
#ifndef SG_TEST_SUPPORT_MADE_EXPORTS_H
#define SG_TEST_SUPPORT_MADE_EXPORTS_H

#include <stddef.h>

/* skillgain.yaml with one dimension (sex) and then `more`, lines of YAML or "". */
void sg_made_settings(const char *folder, const char *more);

/* An enrollment export of n learners and three who have just begun, as folder/name; each of n_bad rows more begins on a day
 * that is not on the calendar. */
void sg_made_enrollments(const char *folder, const char *name, size_t n, size_t n_bad);
/* Its gain export. */
void sg_made_gains(const char *folder, const char *name, size_t n);
/* Both, of n learners, in the folder's inbox: enrollment.csv, gain.csv. */
void sg_made_inbox(const char *folder, size_t n);

#endif
