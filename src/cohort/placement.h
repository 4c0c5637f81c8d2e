/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Placement: the entering level that tests show where no enrollment of a PoP gives one. 34 CFR 462.42 places a learner by the lowest area
 * tested; a level that is given always stands before it (Counting 9).
 *
 * Looked at are tests up to a day, in the PoP or before it by no more than the exit gap: one that lies further back is of an earlier
 * participation. Of each subject the earliest test that has a level counts (several on that day: the lowest of them): the level that was
 * delivered with it, else that of its score, where the subject leaves no doubt. A test with a score on an instrument that is not approved
 * on that day has no level, delivered or not; a level without a score is taken as it is. Of the subjects the lowest counts; levels of English as a second language are below those of basic education, and alternative placement counts only
 * where there is nothing else.
 */
#ifndef SG_COHORT_PLACEMENT_H
#define SG_COHORT_PLACEMENT_H

#include "pop.h"

/* The level (sg_codes_entering_level), 0: none; *out_day (may be NULL): of the test that decides, SG_DAY_NONE. */
uint8_t sg_pop_placement(const sg_pop *pop, sg_day day, sg_day *out_day);

#endif
