/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store, learners: the current rows, a learner at a time. Texts are of the store as a whole: the same text is the same pointer
 * throughout one sg_store_read, and is valid until it returns.
 */
#ifndef SKILLGAIN_STORE_LEARNER_H
#define SKILLGAIN_STORE_LEARNER_H

#include "skillgain/base.h"
#include "skillgain/model.h"

typedef struct sg_store sg_store;

/* In each: college is an index into sg_store_colleges, -1 where the row has none; a text is NULL, a number SG_BLANK, a code 0 where it
 * is blank or not known; cutoff is that of the delivery by which the row is known; order tells rows apart that nothing else does. */

typedef struct {
    int64_t number[SG_N_ENROLLMENT_FIELDS]; /* as sg_record.number */
    int college;
    const char *section_id;
    const char *iet_program_id;
    const char *custom; /* as sg_record.custom */
    sg_day cutoff;
    bool export_has_hours; /* false: enrollment is taken as participation */
    uint64_t order;
} sg_stored_enrollment;

typedef struct {
    sg_day date;
    sg_gain_type type;
    sg_day cutoff;
    int college;
    const char *subject;
    uint8_t level_from, level_to; /* sg_codes_entering_level */
    const char *instrument;
    int64_t pre_score, post_score; /* 10^-6 points */
    uint64_t order;
} sg_stored_gain;

typedef struct {
    sg_day date;
    const char *instrument, *form, *subject;
    int64_t score; /* 10^-6 points */
    uint8_t level; /* as delivered; sg_codes_entering_level */
    int college;
    sg_day cutoff;
    uint64_t order;
} sg_stored_test;

/* Hours of a day, or of a month where only that is known. */
typedef struct {
    sg_day first, last;
    int64_t hours; /* 10^-9 hours */
    int college;
    const char *section_id;
    uint8_t component; /* sg_component */
    sg_day cutoff;
    uint64_t order;
} sg_stored_service;

/* An event of a day, or of a calendar quarter where only that is known. */
typedef struct {
    sg_outcome_code code;
    sg_day first, last;
    int64_t value; /* 10^-6 units: dollars; for a yes/no outcome 0 is no, all else (blank too) yes */
    const char *credential_type;
    int college;
    sg_day cutoff;
    uint64_t order;
} sg_stored_outcome;

typedef struct {
    sg_pseudonym pseudonym;
    const sg_stored_enrollment *enrollments; /* by start_date, college code, order */
    size_t n_enrollments;
    const sg_stored_gain *gains; /* by date, type */
    size_t n_gains;
    const sg_stored_test *tests; /* by date, instrument, subject */
    size_t n_tests;
    const sg_stored_service *services; /* by first day */
    size_t n_services;
    const sg_stored_outcome *outcomes; /* by code, first day */
    size_t n_outcomes;
} sg_stored_learner;

/* The current rows, a learner at a time in order of pseudonym (learners without enrollments, too), all of one state of the database. */
sg_status sg_store_read(sg_store *store,
                        sg_status (*each)(void *context, const sg_stored_learner *learner, sg_err *err),
                        void *context, sg_err *err) SG_MUST_CHECK;

#endif
