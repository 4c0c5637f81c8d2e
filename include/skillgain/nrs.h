/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nrs: federal facts to the NRS statistical tables, counted while learners pass; nothing is kept of a learner but the pseudonyms
 * of those who break a tie-out, and amounts whose median is asked for.
 */
#ifndef SKILLGAIN_NRS_H
#define SKILLGAIN_NRS_H

#include "skillgain/cohort.h"
#include "skillgain/model.h"

typedef struct sg_nrs_counter sg_nrs_counter;

/* program_year: its tables alone; 0: those of every year. rules: the caller's, for as long as the counter; NULL: those shipped. */
sg_status sg_nrs_counter_new(int program_year, const sg_yearly_rules *rules, sg_nrs_counter **out,
                             sg_err *err) SG_MUST_CHECK;
void sg_nrs_counter_free(sg_nrs_counter *counter);
SG_DEFINE_CLEANUP(sg_nrs_counter, sg_nrs_counter, sg_nrs_counter_free)

/* What the cohort tells its facts to; the counter outlives it. college: of this one alone, NULL: of all. */
sg_federal_sink sg_nrs_sink(sg_nrs_counter *counter, const char *college);

/* Beside what its facts have, these fields were delivered (SG_GIVEN_...): of facts that are counted elsewhere. */
void sg_nrs_give(sg_nrs_counter *counter, unsigned given);

/* The tables of each program year up to that of the as-of date, in the arena. The counter may go on afterwards. */
sg_status sg_nrs_make(const sg_nrs_counter *counter, sg_day as_of, sg_arena *arena, const sg_nrs **out,
                      sg_err *err) SG_MUST_CHECK;

#endif
