/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Periods of participation: a learner's counted rows joined where no more than the exit gap lies between them (Counting 2).
 */
#ifndef SG_COHORT_POP_H
#define SG_COHORT_POP_H

#include "row.h"
#include "skillgain/config.h"

typedef struct {
    const sg_counted_row *rows; /* by first day */
    size_t n_rows;
    sg_day first, last;
    sg_day participant_day; /* the 12th-hour day; SG_DAY_NONE: the hours are never reached */
    bool opens_iet_types;   /* gains of types 3-5 are open to it */
    /* whose it is and by what it was found; sg_participation_find sets them */
    const sg_stored_learner *learner;
    const sg_config *config;
    sg_day as_of;
} sg_pop;

/* The first PoP of the rows (by first day, at least one): its rows, whose ranges it sets, and days. The next one begins behind its
 * rows. */
sg_pop sg_pop_first(sg_counted_row *rows, size_t n, const sg_config *config);

/* Days without service that a PoP outlasts, behind a day of service (or that a service is planned for). */
int sg_exit_gap(const sg_config *config, sg_day served);

#endif
