/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields: the canonical fields of each kind of export (design.md section 6), one table a kind. Ingest, store and cohort
 * are driven by these tables; a field is added here and in the schema, nowhere else.
 */
#ifndef SKILLGAIN_MODEL_FIELD_H
#define SKILLGAIN_MODEL_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skillgain/model/codes.h"
#include "skillgain/model/field_lists.h"

/* learners' enrollments, gains, tests, hours and outcomes; the IET register; numbers of a college in a program year */
#define SG_KIND_LIST(X)                                                                                      \
    X(ENROLLMENT, "enrollment")                                                                              \
    X(GAIN, "gain")                                                                                          \
    X(TEST, "test")                                                                                          \
    X(SERVICE, "service")                                                                                    \
    X(OUTCOME, "outcome")                                                                                    \
    X(PROGRAM, "program")                                                                                    \
    X(CONTEXT, "context")

typedef enum {
#define SG_KIND_ENUM(name, text) SG_KIND_##name,
    SG_KIND_LIST(SG_KIND_ENUM)
#undef SG_KIND_ENUM
        SG_N_KINDS
} sg_kind;

typedef enum {
    SG_TYPE_ID,   /* the learner's id: leaves ingest only as a pseudonym */
    SG_TYPE_TEXT, /* trimmed text */
    SG_TYPE_DATE, /* days since 1970-01-01 */
    SG_TYPE_BIRTH, /* a birth date: leaves ingest only as SG_ENROLLMENT_AGE, the age on the first day of the row */
    SG_TYPE_HOURS,  /* 10^-9 hours */
    SG_TYPE_NUMBER, /* 10^-6 units */
    SG_TYPE_WHOLE,  /* a whole number: program year, age */
    SG_TYPE_CODE,   /* a place in a code list */
    SG_TYPE_MONTH,  /* "2024-09": its first day, as a date */
    SG_TYPE_QUARTER /* "2024Q3" of the calendar: its first day, as a date */
} sg_field_type;

enum {
    SG_FIELD_REQUIRED = 1, /* a row without it is refused */
    SG_FIELD_KEY = 2,      /* part of what makes a row the same row (design.md section 6, Rows) */
    SG_FIELD_STRICT = 4,   /* an unknown code is refused, not taken as unknown */
    SG_FIELD_UNSTORED = 8  /* known to ingest, never handed on */
};

typedef struct {
    const char *name;
    sg_field_type type;
    const sg_code_list *codes; /* SG_TYPE_CODE only */
    unsigned flags;
} sg_field;

typedef enum {
#define SG_FIELD_ENUM(suffix, name, type, codes, flags) SG_ENROLLMENT_##suffix,
    SG_ENROLLMENT_FIELDS(SG_FIELD_ENUM)
#undef SG_FIELD_ENUM
        SG_N_ENROLLMENT_FIELDS
} sg_enrollment_field;

typedef enum {
#define SG_FIELD_ENUM(suffix, name, type, codes, flags) SG_GAIN_FIELD_##suffix,
    SG_GAIN_FIELDS(SG_FIELD_ENUM)
#undef SG_FIELD_ENUM
        SG_N_GAIN_FIELDS
} sg_gain_field;

typedef enum {
#define SG_FIELD_ENUM(suffix, name, type, codes, flags) SG_TEST_##suffix,
    SG_TEST_FIELDS(SG_FIELD_ENUM)
#undef SG_FIELD_ENUM
        SG_N_TEST_FIELDS
} sg_test_field;

typedef enum {
#define SG_FIELD_ENUM(suffix, name, type, codes, flags) SG_SERVICE_##suffix,
    SG_SERVICE_FIELDS(SG_FIELD_ENUM)
#undef SG_FIELD_ENUM
        SG_N_SERVICE_FIELDS
} sg_service_field;

typedef enum {
#define SG_FIELD_ENUM(suffix, name, type, codes, flags) SG_OUTCOME_FIELD_##suffix,
    SG_OUTCOME_FIELDS(SG_FIELD_ENUM)
#undef SG_FIELD_ENUM
        SG_N_OUTCOME_FIELDS
} sg_outcome_field;

typedef enum {
#define SG_FIELD_ENUM(suffix, name, type, codes, flags) SG_PROGRAM_##suffix,
    SG_PROGRAM_FIELDS(SG_FIELD_ENUM)
#undef SG_FIELD_ENUM
        SG_N_PROGRAM_FIELDS
} sg_program_field;

typedef enum {
#define SG_FIELD_ENUM(suffix, name, type, codes, flags) SG_CONTEXT_##suffix,
    SG_CONTEXT_FIELDS(SG_FIELD_ENUM)
#undef SG_FIELD_ENUM
        SG_N_CONTEXT_FIELDS
} sg_context_field;

enum { SG_MAX_FIELDS = 64 }; /* of any kind */

enum { SG_NO_FIELD = -1 };

typedef struct {
    const char *name;
    const sg_field *fields;
    size_t n;
    /* the fields that have a part to play in every kind; SG_NO_FIELD where this one has none */
    int learner; /* whose the row is; rows of nobody have the pseudonym of zeros */
    int day;     /* the first day of the row; where it is blank, day_instead */
    int day_instead;
    int end_day;
    int college;
    int program_year;
    int hours;
    uint64_t
        columns; /* bit by field: these have a column of their own in the database, for statements ask for them */
} sg_kind_fields;

const sg_kind_fields *sg_kind_table(sg_kind kind);
const char *sg_kind_text(sg_kind kind); /* SG_N_KINDS, which is none: "" */
bool sg_kind_find(const char *name, sg_kind *out);
int sg_field_find(sg_kind kind, const char *name); /* SG_NO_FIELD: none */

#endif
