/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Participation: from the stored rows of one learner to periods of participation with their 12th-hour days (Counting 1 to 3; 34 CFR
 * 463.150).
 */
#ifndef SG_COHORT_PARTICIPATION_H
#define SG_COHORT_PARTICIPATION_H

#include "hours.h"
#include "pop.h"
#include "register.h"
#include "skillgain/config.h"

/* What was read and does not count. */
typedef struct {
    int64_t rows_without_hours, rows_after_cutoff, services, services_after_cutoff,
        services_without_enrollment;
    bool hours_as_given, by_services; /* some enrollment was taken as participation; had services */
} sg_participation_seen;

/* Zero-initialise; `config`, `as_of`, `programs` and `has_services` (by college: services were delivered of it, so that an enrollment
 * without any has no hours; NULL: of none) are the caller's to set. Good for one learner after another. */
typedef struct {
    const sg_config *config;
    sg_day as_of;
    const sg_register *programs;
    const bool *has_services;
    /* of the learner at hand */
    sg_counted_row *rows; /* by first day, then by enrollment */
    size_t n_rows;
    sg_pop *pops; /* by time */
    size_t n_pops;
    uint8_t *verdicts; /* sg_row_verdict of each enrollment, then of each service */
    /* room */
    sg_share *shares;
    size_t rows_capacity, pops_capacity, shares_capacity, verdicts_capacity;
} sg_participation;

void sg_participation_release(sg_participation *participation);

/* Finds the learner's PoPs; adds to *seen. The learner's rows must stay as long as the PoPs. */
sg_status sg_participation_find(sg_participation *participation, const sg_stored_learner *learner,
                                sg_participation_seen *seen, sg_err *err) SG_MUST_CHECK;

#endif
