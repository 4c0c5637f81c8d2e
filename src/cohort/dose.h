/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dose: how much instruction there was in a window of days, by the rows of the PoP: all of it, in whatever component. It is on the way from IET to
 * an outcome, and so described, and never adjusted for. Whether a program was completed only some exports tell (completion_date); of a college none
 * of whose enrollments has such a day it is not known.
 */
#ifndef SG_COHORT_DOSE_H
#define SG_COHORT_DOSE_H

#include "pop.h"

/* 10^-9 contact hours: of services those of their days, of an enrollment without services its hours spread equally over its days (Counting 3), a
 * row's part rounded down; 0 where the PoP has no day in the window. SG_BLANK: a row with a day in it is of an export without hours. */
int64_t sg_dose_hours(const sg_pop *pop, sg_day from, sg_day to);

/* Of the weeks of seven days from the window's first day on, those with a service or, of an enrollment without services, a day of it. */
int sg_dose_weeks(const sg_pop *pop, sg_day from, sg_day to);

/* Did the learner complete a program in the window? of_iet: of the rows that are of IET, by their flag or the program that they name, alone; of
 * all rows where none is, for then their components together are it. */
bool sg_dose_completed(const sg_pop *pop, bool of_iet, sg_day from, sg_day to);

#endif
