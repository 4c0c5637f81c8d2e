/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Access: had a learner an IET program within reach (design.md section 3): at the college, in the time in which the design looks for IET,
 * an approved and running program of the register that is open to the learner's entering level and language?
 *
 * Open by level: the register names no lowest level, or one on the learner's own scale (ABE, ESL) that is not above the learner's. By
 * language: it is taught in English or the register doesn't say; one in another language is open to English learners. Without a level,
 * where only a level could tell, it is not known.
 */
#ifndef SG_COHORT_ACCESS_H
#define SG_COHORT_ACCESS_H

#include "pop.h"
#include "register.h"
#include "skillgain/cohort.h"

sg_reach_state sg_reach_to_iet(const sg_register *programs, const sg_pop *pop, sg_day from, sg_day to,
                               sg_day zero);

#endif
