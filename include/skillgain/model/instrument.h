/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Instruments: the tests that place learners, and which score is which educational functioning level on them (34 CFR 462.41 to 462.43;
 * 463.150). A score means nothing without its instrument, subject and edition: 215 is ESL5 under CASAS Life and Work and ESL4 under
 * CASAS Reading STEPS. The table itself is data, crosswalks/instruments.csv, which config reads.
 */
#ifndef SKILLGAIN_MODEL_INSTRUMENT_H
#define SKILLGAIN_MODEL_INSTRUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skillgain/base/day.h"
#include "skillgain/model/codes.h"

enum { SG_SCORE_UNIT = 1000000, SG_EDITION_LEVELS = 6 }; /* scores are in 10^-6, as in records */
#define SG_SCORE_OPEN INT64_MIN                          /* of a floor or a ceiling: there is none */

/* The scale of one subject of an instrument while one edition of it is approved. */
typedef struct {
    const char *instrument, *subject; /* canonical: "CASAS_GOALS", "reading" */
    const char *const *names; /* what else exports call the instrument, some of them with the subject */
    size_t n_names;
    const char *const *subjects; /* what else they call the subject */
    size_t n_subjects;
    unsigned first_level;              /* SG_LEVEL_ABE1 or SG_LEVEL_ESL1: the scale */
    sg_day from, to;                   /* approved, both included; SG_DAY_NONE: open */
    int64_t floor, ceiling;            /* the lowest and the highest score; SG_SCORE_OPEN */
    int64_t starts[SG_EDITION_LEVELS]; /* the lowest score of each level, rising; [0] is the floor */
    const char *sure, *source;         /* V (seen), V- (second-hand), K (recalled); and where it stands */
    int line;                          /* in its file */
} sg_test_edition;

typedef struct {
    const sg_test_edition *all; /* in the file's order */
    size_t n;
} sg_instruments;

typedef enum {
    SG_SCORE_NO_INSTRUMENT, /* none of this name */
    SG_SCORE_NO_SUBJECT,    /* the instrument has no such subject */
    SG_SCORE_OFF_SCALE,     /* below the floor or above the ceiling */
    SG_SCORE_OUT_OF_DATE,   /* levels are given; the edition was not approved on that day */
    SG_SCORE_KNOWN
} sg_score_status;

typedef struct {
    sg_score_status status;
    uint8_t lowest, highest; /* places in sg_codes_entering_level, equal where the subject is told; 0: none */
} sg_score_level;

/* Names are compared by their ASCII letters (case ignored), digits and bytes from 128 on: "TABE 11/12" is "tabe_11_12". */
bool sg_instrument_same_name(const char *a, const char *b);

/* The level of a score (10^-6) of a test of this instrument, under the edition of the day; outside every approval, under the edition that is
 * nearest in time. Blank is NULL or "": without a subject the score may be of any that the instrument has (and that its name allows), so
 * that lowest and highest differ where these differ; SG_DAY_NONE: under any edition, and never out of date. NULL or no instruments,
 * and a score of SG_BLANK: SG_SCORE_NO_INSTRUMENT. */
sg_score_level sg_score_level_of(const sg_instruments *instruments, const char *instrument,
                                 const char *subject, int64_t score, sg_day day);

/* The scale of a test: the place in the table of the first edition of its instrument and subject, whatever its days; n: the table has none,
 * or the subject is blank and the name alone does not tell which. Scores of one scale may be set against each other. */
size_t sg_test_scale(const sg_instruments *instruments, const char *instrument, const char *subject);

/* The instrument's canonical name; the text itself where none is known by it, NULL for NULL. */
const char *sg_instrument_name(const sg_instruments *instruments, const char *text);

/* May both be in one table? Not where they are of one instrument and subject and a day is in both approvals. */
bool sg_test_editions_overlap(const sg_test_edition *a, const sg_test_edition *b);

#endif
