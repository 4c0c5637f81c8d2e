/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * IET: how well the records support that a learner was in integrated education and training, and which arm that is
 * (Counting 7; design.md section 3.4). The rows in scope are those of a PoP with a day from `from` to `to`; an enrollment that gives
 * days of service is there from the first of them to the last.
 */
#ifndef SG_COHORT_IET_H
#define SG_COHORT_IET_H

#include "pop.h"
#include "register.h"
#include "skillgain/cohort.h"

sg_iet_grade sg_iet_grade_in(const sg_pop *pop, const sg_register *programs, sg_day from, sg_day to);

/* What the flags alone say: any yes is a claim, else any blank is blank. */
sg_iet_claim sg_iet_claim_in(const sg_pop *pop, sg_day from, sg_day to);

/* Do the three components overlap among the rows of this program and those that name none? */
bool sg_iet_overlaps_in(const sg_pop *pop, const char *program, sg_day from, sg_day to);
/* And what the grade rests on. */
sg_iet_evidence sg_iet_evidence_in(const sg_pop *pop, const sg_register *programs, sg_day from, sg_day to);

/* Is it a grade of IET, claimed or better? */
bool sg_iet_is(sg_iet_grade grade);

/* arms: SG_GRADE_BIT_..., the grades that are arm iet. */
sg_arm sg_iet_arm(sg_iet_grade grade, unsigned arms);

/* Are gains of types 3-5 open to this PoP: is any of its rows IET or workplace literacy? (Counting 5) */
bool sg_iet_opens_types(const sg_pop *pop, const sg_register *programs);

#endif
