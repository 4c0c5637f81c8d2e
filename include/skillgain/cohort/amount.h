/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cohort, amounts: what a unit has beside its yes and no, and few units have. They stand apart from the columns, a line for each unit
 * that has one, and only where analysis.outcomes asks for them: a cohort that nobody asks has none, and takes no byte for them.
 */
#ifndef SKILLGAIN_COHORT_AMOUNT_H
#define SKILLGAIN_COHORT_AMOUNT_H

#include <stddef.h>
#include <stdint.h>

#include "skillgain/config.h"

typedef enum {
    SG_AMOUNT_CREDENTIAL_DAYS, /* from the day before the design's window to the first credential in it; none in naive */
    SG_AMOUNT_EARNINGS_Q2, /* dollars earned in the second quarter after exit, above 0 */
    SG_AMOUNT_SCORE_GAIN,  /* points gained on a scale */
    SG_AMOUNT_HOURS, /* contact hours in the window; all units in the comparison have them, but where an export has no hours */
    SG_AMOUNT_WEEKS, /* weeks attended in it */
    SG_AMOUNT_COMPLETED, /* 1: a program was completed in it; those who did alone have one. Of whom it is known: completions_from */
    SG_AMOUNT_CHANGE, /* of a unit in the comparison arm at time zero: days from there to its first day in another; none in naive */
    SG_N_AMOUNTS
} sg_amount_kind;

/* Into which arm a unit changes, for as long as it is followed; sequential is adult education, then training. */
typedef enum {
    SG_CHANGED_TO_IET,
    SG_CHANGED_TO_NEITHER,
    SG_CHANGED_TO_SEQUENTIAL,
    SG_N_CHANGED_ARMS
} sg_changed_arm;

typedef struct {
    double value;
    uint32_t unit; /* its place in the columns of the design */
    uint32_t
        scale; /* of a score: the place of its test's first edition in the table of instruments, in the cohort's `scales`; of a change: sg_changed_arm; else 0 */
} sg_amount;

/* By unit, then scale; a unit has no more than one on a scale. */
typedef struct {
    const sg_amount *items;
    size_t n;
} sg_amounts;

/* A bit (1 << kind) for each kind that analysis.outcomes asks for. */
unsigned sg_amounts_wanted(const sg_config *config);

/* The place of the first amount whose unit is not before this one; n: there is none. */
size_t sg_amounts_from(const sg_amounts *amounts, size_t unit);

#endif
