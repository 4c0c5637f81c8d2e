/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tally of IET: claimed against derived, and each program, while participant-years pass (in the scope of the naive design: the rows of
 * the PoP with a day in the program year).
 */
#ifndef SG_COHORT_TALLY_H
#define SG_COHORT_TALLY_H

#include "delivered.h"
#include "year.h"

typedef struct {
    int program_year, college;
    int64_t n[SG_N_CLAIMS][SG_N_DERIVED];
} sg_tally_matrix;

typedef struct {
    const char *id;
    int program_year, college;
    sg_iet_program counts; /* its learners, hours and gains */
} sg_tally_program;

/* A participant-year of a program that the naive design has: as long as its college delivered up to known_by. */
typedef struct {
    size_t program;
    uint16_t college; /* of the PoP */
    sg_day known_by;
    unsigned gained; /* SG_GAINED_... */
} sg_tally_followed;

/* Zero-initialise. */
typedef struct {
    sg_arena *arena; /* ids */
    sg_tally_matrix *matrix;
    sg_tally_program *programs;
    sg_tally_followed *followed;
    size_t n_matrix, matrix_capacity, n_programs, programs_capacity, n_followed, followed_capacity;
} sg_tally;

void sg_tally_release(sg_tally *tally);

/* naive: how the naive design sees the participant-year. */
sg_status sg_tally_add(sg_tally *tally, const sg_participant_year *year, const sg_year_view *naive,
                       sg_err *err) SG_MUST_CHECK;

/* Fills the cohort's facts of IET from its arena; its colleges are set. After all learners. */
sg_status sg_tally_finish(sg_tally *tally, const sg_register *programs, const sg_delivered *delivered,
                          sg_cohort *cohort, sg_err *err) SG_MUST_CHECK;

#endif
