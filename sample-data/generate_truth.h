/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The truth: an own, plain implementation of the counting rules on the clean rows, joined with the planted rates. It
 * says for each participant-year (or learner-term) in which arm it counts, whether it gained, and with what probability
 * it had to gain. README.md defines each estimand.
 */
#ifndef SKILLGAIN_GENERATE_TRUTH_H
#define SKILLGAIN_GENERATE_TRUTH_H

#include "generate_learner.h"

#include <stdio.h>

enum { SG_LANDMARK, SG_TERM, SG_NAIVE, SG_DESIGNS };
enum { SG_MSG_COMMON, SG_MSG, SG_OUTCOMES };
enum { SG_COMPARISON, SG_IET, SG_ARMS, SG_UNKNOWN = SG_ARMS };

typedef struct {
    int program_year;
    int design;
    int arm;
    const sg_learner *learner;
    const sg_spell *spell;
    bool gained[SG_OUTCOMES];
    double expected[SG_OUTCOMES]; /* probability of a gain as the arm was (landmark, term) */
    double never[SG_OUTCOMES];    /* the same, had IET never come */
    double difference; /* naive, msg_common: with IET as it was less without, from the IET start on */
} sg_unit;

typedef struct sg_tally sg_tally;

sg_tally *sg_tally_new(void); /* NULL: no memory */
void sg_tally_free(sg_tally *tally);
void sg_tally_add(sg_tally *tally, const sg_unit *unit);
void sg_tally_write(const sg_tally *tally, FILE *file);
void sg_tally_summary(const sg_tally *tally, FILE *file);

/* Adds all units of a learner. False: the rows and the spells tell different stories, a fault of the generator. */
bool sg_truth_add(sg_tally *tally, const sg_learner *learner);

#endif
