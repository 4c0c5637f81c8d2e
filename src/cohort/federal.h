/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Federal facts of a learner whose periods of participation are at hand: skillgain/cohort/federal.h says what they are.
 */
#ifndef SG_COHORT_FEDERAL_H
#define SG_COHORT_FEDERAL_H

#include "skillgain/cohort.h"
#include "year.h"

/* What the facts of every learner are made by. */
typedef struct {
    const sg_config *config;
    sg_day as_of;
    const sg_cohort_sources *sources;
    const sg_federal_sink *sink;
    int college; /* facts of this one alone; -1: of all */
    const sg_dimension *race, *sex, *age_band, *employment, *education;
} sg_federal;

typedef struct {
    const sg_stored_learner *learner;
    const sg_pop *pops; /* all of the learner, by time */
    size_t n_pops;
} sg_federal_learner;

sg_federal sg_federal_of(const sg_config *config, sg_day as_of, const sg_cohort_sources *sources,
                         const sg_federal_sink *sink, int college);

/* Hands the learner's facts to the sink. */
sg_status sg_federal_tell(const sg_federal *federal, const sg_federal_learner *learner,
                          sg_err *err) SG_MUST_CHECK;

/* ---- shared by federal.c and federal_exit.c ---- */

/* Hands on the exits that are known. */
sg_status sg_federal_tell_exits(const sg_federal *federal, const sg_federal_learner *learner,
                                sg_err *err) SG_MUST_CHECK;

/* What the PoP was by its rows with a day from `from` to `to`, and which fields they have. */
unsigned sg_federal_kinds(const sg_federal *federal, const sg_pop *pop, sg_day from, sg_day to);
unsigned sg_federal_given(const sg_federal *federal, const sg_pop *pop);

/* The first value of a coded field among the PoP's rows, 0: none. */
uint8_t sg_federal_code(const sg_pop *pop, sg_enrollment_field field);
/* The entering level: of the PoP's first row with one, else that of tests (placement.h); 0: none. */
uint8_t sg_federal_level(const sg_pop *pop);

#endif
