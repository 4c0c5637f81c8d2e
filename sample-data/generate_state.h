/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The made-up state: colleges, IET programs, terms, code lists with their spelling in each layout, and the numbers
 * of the planted model. Nothing here is drawn at random.
 */
#ifndef SKILLGAIN_GENERATE_STATE_H
#define SKILLGAIN_GENERATE_STATE_H

#include <stdbool.h>

enum {
    SG_COLLEGES = 16,
    SG_TERMS = 11,
    SG_PROGRAMS = 22,
    SG_FIRST_YEAR = 2022,
    SG_YEARS = 3,
    SG_UNREGISTERED = SG_PROGRAMS
};

int sg_cutoff(void);             /* the last delivered day */
int sg_term_start(int term);     /* terms 0 .. SG_TERMS - 1, rising */
int sg_next_term_start(int day); /* the first term start on or after day; SG_NONE after the last */

typedef struct {
    const char *code;
    const char *name;
    const char *site; /* its code in the vendor layout */
    double share;     /* of learners */
    double iet_log_odds;
    bool adult_high_school; /* awards secondary credit: gains of type efl_credit */
} sg_college;

extern const sg_college sg_colleges[SG_COLLEGES];

typedef struct {
    const char *id;
    int college;
    const char *name;
    const char *occupation;
    const char *pathway;
    const char *credential;
    int first_year; /* starts on 1 July of it */
    const char *lowest_level;
    const char *language;
    int seats;
} sg_program;

extern const sg_program sg_programs[SG_PROGRAMS];
const char *sg_program_id(int program); /* SG_UNREGISTERED: one that the register lacks */
int sg_programs_open(int college, int day,
                     int out[SG_PROGRAMS]); /* how many run at the college on that day */

enum { SG_CANONICAL, SG_VENDOR, SG_REGISTRAR, SG_PIRL, SG_LAYOUTS };

/* A code as each layout has it; NULL: as in the canonical one. */
typedef struct {
    const char *canonical;
    const char *vendor;
    const char *registrar;
    const char *pirl;
} sg_code;

enum { SG_AE, SG_WP, SG_WT, SG_INTEGRATED };
enum { SG_IET_NO, SG_IET_YES, SG_IET_CREDENTIAL };
enum { SG_ABE1 = 0, SG_ABE6 = 5, SG_ESL1 = 6, SG_ESL6 = 11, SG_ALT_ABE, SG_ALT_ESL, SG_LEVELS };
enum { SG_FEMALE, SG_MALE, SG_NONBINARY, SG_SEXES };
enum { SG_WHITE, SG_BLACK, SG_ASIAN, SG_INDIAN, SG_ISLANDER, SG_RACES };
enum { SG_EDUCATIONS = 9, SG_EMPLOYMENTS = 4, SG_AGE_BANDS = 7, SG_EXITS = 8 };
enum { SG_TABE, SG_GOALS, SG_STEPS, SG_BEST, SG_INSTRUMENTS };
enum { SG_READING, SG_MATH, SG_LISTENING, SG_LANGUAGE, SG_SCIENCE, SG_SOCIAL };
enum {
    SG_EFL_TEST,
    SG_EFL_CREDIT,
    SG_EFL_POSTSECONDARY,
    SG_HSE_SUBTEST,
    SG_DIPLOMA,
    SG_SECONDARY,
    SG_POSTSECONDARY,
    SG_MILESTONE,
    SG_PROGRESSION,
    SG_GAIN_TYPES
};
enum {
    SG_ENGLISH,
    SG_DISABILITY,
    SG_LOW_INCOME,
    SG_SINGLE_PARENT,
    SG_JUSTICE,
    SG_REFUGEE,
    SG_INTERNATIONAL,
    SG_VETERAN,
    SG_FLAGS
};

extern const sg_code sg_college_codes[], sg_component_codes[], sg_iet_codes[], sg_flag_codes[],
    sg_level_codes[], sg_sex_codes[], sg_education_codes[], sg_employment_codes[], sg_exit_codes[],
    sg_instrument_codes[], sg_subject_codes[], sg_gain_codes[], sg_form_codes[], sg_year_codes[],
    sg_race_codes[];
const char *sg_code_in(const sg_code *code, int layout);
extern const char *const sg_flag_names[SG_FLAGS];
extern const char *const sg_race_names[SG_RACES];

bool sg_gain_is_common(int type); /* efl_test, efl_hse_subtest, diploma */
bool sg_gain_needs_iet(int type); /* types 3, 4, 5 */

/* Scale scores of a level on an instrument, both ends included. */
void sg_score_range(int instrument, int level, int *low, int *high);

/* The planted model: on the log of the daily gain rate, on the log odds of entering IET, on the log of the rate after
 * the IET start. */
typedef struct {
    double gain;
    double entry;
    double iet;
} sg_effect;

extern const sg_effect sg_level_effects[SG_LEVELS], sg_education_effects[SG_EDUCATIONS],
    sg_employment_effects[SG_EMPLOYMENTS], sg_flag_effects[SG_FLAGS], sg_race_effects[SG_RACES],
    sg_hispanic_effect, sg_female_effect, sg_teen_effect, sg_older_effect;

#define SG_RATE 0.0047     /* common gains a day at x = 0, before IET */
#define SG_IET_EFFECT 0.22 /* on its log, from the IET start, before group differences */
#define SG_ENTRY_LOG_ODDS (-1.05)
#define SG_SELECTION 1.25       /* what an entry effect of the tables is multiplied by */
#define SG_RATE_CREDIT 0.0006   /* efl_credit, adult high schools, ABE levels */
#define SG_RATE_COLLEGE 0.00015 /* efl_postsecondary without IET */
#define SG_RATE_COLLEGE_IET 0.0007
#define SG_RATE_TRAINING 0.0040  /* types 3-5, from SG_TRAINING_DELAY days after the IET start */
#define SG_RATE_WORKPLACE 0.0015 /* types 3-5 in workplace literacy */
enum {
    SG_GAIN_DELAY = 42,
    SG_TRAINING_DELAY = 35
}; /* no gain earlier than so many days after the entry; nor so soon again */

#endif
