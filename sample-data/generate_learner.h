/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One made-up learner: who they are, their spells, what they gained, and the export rows that tell of it. The spell
 * carries the planted rates, so that the truth can be computed; the rows carry what an office would see.
 */
#ifndef SKILLGAIN_GENERATE_LEARNER_H
#define SKILLGAIN_GENERATE_LEARNER_H

#include "generate_base.h"
#include "generate_state.h"

enum { SG_MAX_SPELLS = 3, SG_MAX_ROWS = 24, SG_MAX_GAINS = 96, SG_MAX_TESTS = 64 };

/* How an IET start shows in the rows. */
enum { SG_SHOWN_COMPONENTS, SG_SHOWN_INTEGRATED, SG_SHOWN_FLAG, SG_SHOWN_UNFLAGGED };

typedef struct {
    int day;
    int type;
    int subject;
    int level_from;
    int level_to;
    int college;
} sg_gain;

typedef struct {
    int day;
    int instrument;
    int form;
    int subject;
    int score;
    int level;
    int college;
} sg_test;

typedef struct {
    int college;
    int start;
    int end;    /* SG_NONE: open */
    int number; /* enrollment number; SG_NONE: the export has none */
    int section;
    int component; /* SG_NONE: blank */
    int iet;       /* SG_NONE: blank */
    int program;   /* SG_NONE: blank */
    int workplace;
    int hours; /* hundredths; SG_NONE: blank */
    int planned;
    int exit_reason;
    int spell;
} sg_row;

typedef struct {
    int first;
    int last; /* as it will be */
    int end;  /* as delivered: not after the cut-off */
    int level;
    bool level_known;
    int employment;  /* SG_NONE: not known */
    int iet_planned; /* the start drawn at entry, if they were still there then; else SG_NONE */
    int iet_start;   /* planned, or after a gain; else SG_NONE */
    int shown;
    bool workplace;
    bool trainable; /* gains of types 3-5 can come */
    double rate;    /* common gains a day, before and from the IET start */
    double rate_iet;
    double entry_log_odds;
    int exit_reason;
    int instrument; /* SG_NONE: not tested */
    int pretest_day;
    int pretest_score;
    bool returned;
    double weekly_hours;
} sg_spell;

typedef struct {
    int number; /* learner_id, printed in eight digits */
    int college;
    int birth;
    int sex; /* SG_NONE: no answer, as in the next four */
    int hispanic;
    int races[SG_RACES];
    int flags[SG_FLAGS];
    int education;
    bool iet_unknown; /* the flag was left blank */
    bool numbered;    /* enrollment ids are given */
    int n_spells;
    int n_rows;
    int n_gains;
    int n_tests;
    sg_spell spells[SG_MAX_SPELLS];
    sg_row rows[SG_MAX_ROWS];
    sg_gain gains[SG_MAX_GAINS];
    sg_test tests[SG_MAX_TESTS];
} sg_learner;

/* Who they are, their entry, level and rates of each spell, their last day; no gains or rows yet. */
void sg_learner_draw(sg_learner *learner, sg_rng *rng, int number);
/* The history inside the spells: IET after a gain, gains, tests. */
void sg_history_draw(sg_learner *learner, sg_rng *rng);
/* The enrollment rows; enrollment numbers rise from *next_number. */
void sg_rows_draw(sg_learner *learner, sg_rng *rng, int *next_number);

/* The sum over the days from..to of the daily rate, given an IET start (SG_NONE: never): a gain comes in them with
 * probability 1 - exp(-sum), if none came before. */
double sg_spell_hazard(const sg_learner *learner, const sg_spell *spell, bool common_only, int from, int to,
                       int iet_start);

#endif
