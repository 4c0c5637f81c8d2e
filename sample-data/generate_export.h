/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exports: their columns, and a writer of each layout that knows on which physical line each record begins. */
#ifndef SKILLGAIN_GENERATE_EXPORT_H
#define SKILLGAIN_GENERATE_EXPORT_H

#include "generate_learner.h"

#include <stdio.h>

enum {
    SG_ENROLLMENT,
    SG_GAIN,
    SG_TEST,
    SG_WIDE,
    SG_KINDS
}; /* wide: enrollments with their gains, in columns */
enum { SG_MAX_COLUMNS = 56 };

enum {
    SG_E_LEARNER,
    SG_E_COLLEGE,
    SG_E_START,
    SG_E_END,
    SG_E_NUMBER,
    SG_E_SECTION,
    SG_E_COMPONENT,
    SG_E_IET,
    SG_E_PROGRAM,
    SG_E_WORKPLACE,
    SG_E_HOURS,
    SG_E_YEAR,
    SG_E_LEVEL,
    SG_E_PRETEST_DATE,
    SG_E_PRETEST_SCORE,
    SG_E_INSTRUMENT,
    SG_E_BIRTH,
    SG_E_SEX,
    SG_E_HISPANIC,
    SG_E_RACE,
    SG_E_EDUCATION = SG_E_RACE + SG_RACES,
    SG_E_EMPLOYMENT,
    SG_E_FLAGS,
    SG_E_PLANNED = SG_E_FLAGS + SG_FLAGS,
    SG_E_EXIT,
    SG_E_PRIOR,
    SG_E_COLUMNS
};
enum {
    SG_G_LEARNER,
    SG_G_DATE,
    SG_G_TYPE,
    SG_G_COLLEGE,
    SG_G_SUBJECT,
    SG_G_FROM,
    SG_G_TO,
    SG_G_YEAR,
    SG_G_COLUMNS
};
enum {
    SG_T_LEARNER,
    SG_T_DATE,
    SG_T_INSTRUMENT,
    SG_T_FORM,
    SG_T_SUBJECT,
    SG_T_SCORE,
    SG_T_LEVEL,
    SG_T_COLLEGE,
    SG_T_COLUMNS
};

/* Behind those of an enrollment. */
enum {
    SG_W_TEST_DATE = SG_E_COLUMNS,
    SG_W_TEST_SUBJECT,
    SG_W_TEST_FROM,
    SG_W_TEST_TO,
    SG_W_CREDIT_DATE,
    SG_W_ENTRY_DATE,
    SG_W_SUBTEST_DATE,
    SG_W_SUBTEST_SUBJECT,
    SG_W_DIPLOMA,
    SG_W_DIPLOMA_DATE,
    SG_W_SECONDARY_DATE,
    SG_W_POSTSECONDARY_DATE,
    SG_W_MILESTONE_DATE,
    SG_W_PROGRESSION_DATE,
    SG_W_COLUMNS
};

typedef struct {
    int values[SG_MAX_COLUMNS]; /* SG_NONE: blank */
} sg_record;

typedef struct {
    FILE *file;
    int kind;
    int layout;
    long line; /* of the next record */
    long n_records;
} sg_export;

/* A record written otherwise than it is: one field replaced, or the last fields left out. */
typedef struct {
    int column; /* SG_NONE: none replaced */
    const char *text;
    int n_dropped;
} sg_damage;

const char *sg_export_name(int kind);                    /* "enrollment" */
const char *sg_export_column_name(int kind, int column); /* canonical */
void sg_export_begin(sg_export *export);                 /* the mark and the header */
void sg_export_header(sg_export *export);                /* as a repeated header */
void sg_export_write(sg_export *export, const sg_record *record, const sg_damage *damage);
void sg_export_blank(sg_export *export);
void sg_export_total(sg_export *export,
                     long long hours);           /* hundredths; the trailing total of a spreadsheet */
void sg_export_programs(FILE *file, int layout); /* the whole IET register */

void sg_record_person(sg_record *record, const sg_learner *learner); /* of an enrollment's columns */
void sg_record_enrollment(sg_record *record, const sg_learner *learner, const sg_row *row);
void sg_record_gain(sg_record *record, const sg_learner *learner, const sg_gain *gain);
/* A learner's enrollments, a wide row each, with every gain in one: generate_wide.c. */
void sg_export_wide(sg_export *export, const sg_learner *learner);
void sg_record_test(sg_record *record, const sg_learner *learner, const sg_test *test);

#endif
