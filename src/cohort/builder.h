/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cohort from learners in memory, one after another in order of pseudonym: knows no database.
 */
#ifndef SG_COHORT_BUILDER_H
#define SG_COHORT_BUILDER_H

#include "level.h"
#include "outcome.h"
#include "skillgain/cohort.h"
#include "skillgain/store.h"
#include "unit.h"

typedef struct sg_cohort_builder sg_cohort_builder;

sg_status sg_cohort_builder_new(const sg_config *config, sg_day as_of, sg_cohort_builder **out,
                                sg_err *err) SG_MUST_CHECK;
void sg_cohort_builder_free(sg_cohort_builder *builder);
SG_DEFINE_CLEANUP(sg_cohort_builder, sg_cohort_builder, sg_cohort_builder_free)

/* Before the first learner: what there is beside learners; it must stay. Without it there is nothing. */
void sg_cohort_builder_use(sg_cohort_builder *builder, const sg_cohort_sources *sources);

/* Federal facts of a college (its index; -1: of all) go to the sink, whose owner outlives the builder, while learners are added. */
void sg_cohort_builder_tell(sg_cohort_builder *builder, const sg_federal_sink *sink, int college);

sg_status sg_cohort_builder_add(sg_cohort_builder *builder, const sg_stored_learner *learner,
                                sg_err *err) SG_MUST_CHECK;

/* Once, at the end; the colleges are copied. */
sg_status sg_cohort_builder_finish(sg_cohort_builder *builder, const char *const *colleges, size_t n_colleges,
                                   sg_cohort **out, sg_err *err) SG_MUST_CHECK;

/* ---- one learner once more, when all have passed (sg_cohort_builder_finish) and every college is known ---- */

/* A unit with what is said of it in the end. */
typedef struct {
    const sg_cohort_unit *unit;
    size_t pop; /* of the learner's, from 0 */
    sg_cohort_state state;
    bool college_stopped;    /* before the unit's window was over */
    sg_day college_last_day; /* of the PoP's college: up to it is delivered */
    sg_reach_state reach;
    sg_unit_outcomes outcomes;
    const uint8_t *levels; /* by dimension: as the cohort has them */
} sg_judged_unit;

typedef sg_status (*sg_judged_sink)(void *context, const sg_judged_unit *unit, sg_err *err);

/* Each unit of a learner who passed, as it is in the cohort. *out: rows and PoPs of the learner, the builder's until the next one. */
sg_status sg_cohort_builder_judge(sg_cohort_builder *builder, const sg_stored_learner *learner,
                                  sg_judged_sink each, void *context, const sg_participation **out,
                                  sg_err *err) SG_MUST_CHECK;
sg_levels *sg_cohort_builder_levels(const sg_cohort_builder *builder);

#endif
