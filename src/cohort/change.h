/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Changes of arm within follow-up: the rows of the time-varying arm (statistics.md 5.6). A unit that was no IET learner at time zero may start IET
 * later; from that day on it is one. So too who leaves neither arm clear, and who goes from adult education to training.
 */
#ifndef SG_COHORT_CHANGE_H
#define SG_COHORT_CHANGE_H

#include "unit.h"

/* By sg_changed_arm: days from time zero to the first day in that arm, 0: at time zero; SG_NO_CHANGE: not within follow-up. */
enum { SG_NO_CHANGE = -1 };
typedef struct {
    int days[SG_N_CHANGED_ARMS];
} sg_arm_changes;

/*
 * Of a unit in the comparison arm, in a design that follows units from a day on:
 *
 * - IET: the first day on which the rows from the design's first day to that day make a grade that is arm iet (Counting 7).
 * - NEITHER: the first day on which they make a grade that is in neither arm, before any of IET. What comes then isn't known.
 * - SEQUENTIAL: adult education, then training: the first day of a row of workforce training in the PoP behind the first day of one of
 *   adult education, with no adult education running on it. Only before a change to one of the two others.
 *
 * A change on the same day as another counts as the first of these that applies.
 */
sg_arm_changes sg_arm_changes_of(const sg_cohort_unit *unit);

#endif
