/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The IET register: which programs a college has approval for, from when to when, and for whom they are open (34 CFR 463.35 to
 * 463.38; a state's own approval). A program may have several rows, one for each time it ran or was approved.
 */
#ifndef SG_COHORT_REGISTER_H
#define SG_COHORT_REGISTER_H

#include "skillgain/cohort/explain.h"
#include "skillgain/store.h"

typedef struct {
    const char *id;
    int college; /* index into sg_store_colleges */
    /* both ends included; SG_DAY_NONE and INT32_MAX where the register leaves them open */
    sg_day first, last, approved_from, approved_to;
    uint8_t lowest_level;                       /* sg_codes_entering_level; 0: open to all */
    const char *name, *occupation, *credential; /* NULL: not said; so the next */
    const char *language;                       /* NULL: not said */
    int8_t attestations
        [6]; /* sg_yes_no of intensity ... content_standards, in the order of the fields; 0: not said */
} sg_program;

typedef struct {
    sg_arena *arena;
    sg_program *all; /* by id, college, first day */
    size_t n;
} sg_register;

/* The current rows of kind program at these colleges (sg_store_colleges). Release it in any case. */
sg_status sg_register_load(sg_register *programs, sg_store *store, const char *const *colleges,
                           size_t n_colleges, sg_err *err) SG_MUST_CHECK;
void sg_register_release(sg_register *programs);

/* The latest row of a program at a college; NULL: it has none. */
const sg_program *sg_register_find(const sg_register *programs, const char *id, int college);

/* Does the register have this program at this college, approved on the day on which the enrollment starts, and running on one of its
 * days? programs NULL or empty: there is no register. Of several rows of the program the nearest. */
sg_registered sg_register_judge(const sg_register *programs, const char *id, int college, sg_day start,
                                sg_day last);

/* Is it approved and running on one and the same day from `from` to `to`? */
bool sg_program_is_open(const sg_program *program, sg_day from, sg_day to);

/* Has the college a program that is? */
bool sg_register_offers(const sg_register *programs, int college, sg_day from, sg_day to);

#endif
