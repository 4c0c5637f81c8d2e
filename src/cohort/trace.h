/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trace: the facts of one learner that explain tells, by the rules' own functions, once the builder has seen all learners.
 */
#ifndef SG_COHORT_TRACE_H
#define SG_COHORT_TRACE_H

#include "builder.h"
#include "skillgain/cohort/explain.h"

typedef struct {
    sg_cohort_builder *builder; /* after sg_cohort_builder_finish */
    const sg_config *config;
    sg_day as_of;
    const char *const
        *colleges; /* codes by index; they and the dimensions are copied as far as they are told */
    size_t n_colleges;
    const sg_dimension *dimensions; /* the cohort's */
    size_t n_dimensions;
    sg_arena *arena; /* for the facts */
} sg_trace;

/* Rows come in the order enrollments, services, gains, tests, outcomes, each as the learner has them. */
sg_status sg_trace_learner(const sg_trace *trace, const sg_stored_learner *learner, sg_explained_learner *out,
                           sg_err *err) SG_MUST_CHECK;

/* The part of it that tells of rows; p has the learner's PoPs. Writes n_enrollments + ... + n_outcomes rows. */
sg_status sg_trace_rows(const sg_trace *trace, const sg_stored_learner *learner, const sg_participation *p,
                        sg_explained_row *out, sg_err *err) SG_MUST_CHECK;

/* The code of a college in the arena; NULL for none. */
const char *sg_trace_college(const sg_trace *trace, int college);

#endif
