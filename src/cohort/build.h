/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a cohort is built from, of the store apart from its learners.
 */
#ifndef SG_COHORT_BUILD_H
#define SG_COHORT_BUILD_H

#include "builder.h"

typedef struct {
    const char *const *codes;
    size_t n;
} sg_college_codes;

/* As sg_cohort_build has its as_of: *out, never later than the deliveries are complete. */
sg_status sg_cohort_choose_as_of(sg_store *store, sg_day wanted, sg_day *out, sg_err *err) SG_MUST_CHECK;

/* What learners are held against. Release the register in any case; the rest is in the arena. */
sg_status sg_cohort_load_sources(sg_store *store, sg_arena *arena, sg_college_codes *colleges,
                                 sg_register *programs, sg_cohort_sources *out, sg_err *err) SG_MUST_CHECK;

#endif
