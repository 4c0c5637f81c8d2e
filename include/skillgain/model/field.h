/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields: the canonical fields of each kind of export (design.md section 6), one table a kind. Ingest, store and cohort
 * are driven by these tables; a field is added here and in the schema, nowhere else.
 */
#ifndef SKILLGAIN_MODEL_FIELD_H
#define SKILLGAIN_MODEL_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "skillgain/model/codes.h"

/* kinds this version takes in */
#define SG_KIND_LIST(X)                                                                                      \
    X(ENROLLMENT, "enrollment")                                                                              \
    X(GAIN, "gain")

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
    SG_TYPE_CODE    /* a place in a code list */
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

/* suffix, name, type, code list or NULL, flags */
#define SG_ENROLLMENT_FIELDS(X)                                                                              \
    X(LEARNER_ID, "learner_id", ID, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY | SG_FIELD_UNSTORED)              \
    X(COLLEGE, "college", TEXT, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY)                                      \
    X(START_DATE, "start_date", DATE, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY)                                \
    X(END_DATE, "end_date", DATE, NULL, 0)                                                                   \
    X(ENROLLMENT_ID, "enrollment_id", TEXT, NULL, SG_FIELD_KEY | SG_FIELD_UNSTORED)                          \
    X(SECTION_ID, "section_id", TEXT, NULL, SG_FIELD_KEY)                                                    \
    X(COMPONENT, "component", CODE, &sg_codes_component, SG_FIELD_KEY)                                       \
    X(IET, "iet", CODE, &sg_codes_iet, SG_FIELD_STRICT)                                                      \
    X(IET_PROGRAM_ID, "iet_program_id", TEXT, NULL, 0)                                                       \
    X(WORKPLACE_LITERACY, "workplace_literacy", CODE, &sg_codes_yes_no, 0)                                   \
    X(IELCE, "ielce", CODE, &sg_codes_yes_no, 0)                                                             \
    X(OCCUPATION, "occupation", TEXT, NULL, 0)                                                               \
    X(SUBJECT, "subject", TEXT, NULL, 0)                                                                     \
    X(CONTACT_HOURS, "contact_hours", HOURS, NULL, 0)                                                        \
    X(DISTANCE_HOURS, "distance_hours", HOURS, NULL, 0)                                                      \
    X(PROGRAM_YEAR, "program_year", WHOLE, NULL, 0)                                                          \
    X(ENTERING_LEVEL, "entering_level", CODE, &sg_codes_entering_level, 0)                                   \
    X(PRE_TEST_DATE, "pre_test_date", DATE, NULL, 0)                                                         \
    X(PRE_TEST_SCORE, "pre_test_score", NUMBER, NULL, 0)                                                     \
    X(INSTRUMENT, "instrument", TEXT, NULL, 0)                                                               \
    X(BIRTH_DATE, "birth_date", BIRTH, NULL, SG_FIELD_UNSTORED)                                              \
    X(AGE, "age", WHOLE, NULL, 0)                                                                            \
    X(SEX, "sex", CODE, &sg_codes_sex, 0)                                                                    \
    X(HISPANIC, "hispanic", CODE, &sg_codes_yes_no, 0)                                                       \
    X(RACE, "race", CODE, &sg_codes_race, 0)                                                                 \
    X(RACE_AMERICAN_INDIAN, "race_american_indian", CODE, &sg_codes_yes_no, 0)                               \
    X(RACE_ASIAN, "race_asian", CODE, &sg_codes_yes_no, 0)                                                   \
    X(RACE_BLACK, "race_black", CODE, &sg_codes_yes_no, 0)                                                   \
    X(RACE_PACIFIC_ISLANDER, "race_pacific_islander", CODE, &sg_codes_yes_no, 0)                             \
    X(RACE_WHITE, "race_white", CODE, &sg_codes_yes_no, 0)                                                   \
    X(PRIOR_EDUCATION, "prior_education", CODE, &sg_codes_prior_education, 0)                                \
    X(EMPLOYMENT_STATUS, "employment_status", CODE, &sg_codes_employment_status, 0)                          \
    X(ENGLISH_LEARNER, "english_learner", CODE, &sg_codes_yes_no, 0)                                         \
    X(DISABILITY, "disability", CODE, &sg_codes_yes_no, 0)                                                   \
    X(LOW_INCOME, "low_income", CODE, &sg_codes_yes_no, 0)                                                   \
    X(PUBLIC_ASSISTANCE, "public_assistance", CODE, &sg_codes_yes_no, 0)                                     \
    X(EXHAUSTING_TANF, "exhausting_tanf", CODE, &sg_codes_yes_no, 0)                                         \
    X(SINGLE_PARENT, "single_parent", CODE, &sg_codes_yes_no, 0)                                             \
    X(DISPLACED_HOMEMAKER, "displaced_homemaker", CODE, &sg_codes_yes_no, 0)                                 \
    X(LONG_TERM_UNEMPLOYED, "long_term_unemployed", CODE, &sg_codes_yes_no, 0)                               \
    X(HOMELESS, "homeless", CODE, &sg_codes_yes_no, 0)                                                       \
    X(FOSTER_YOUTH, "foster_youth", CODE, &sg_codes_yes_no, 0)                                               \
    X(JUSTICE_INVOLVED, "justice_involved", CODE, &sg_codes_yes_no, 0)                                       \
    X(CORRECTIONS, "corrections", CODE, &sg_codes_yes_no, 0)                                                 \
    X(MIGRANT, "migrant", CODE, &sg_codes_yes_no, 0)                                                         \
    X(REFUGEE, "refugee", CODE, &sg_codes_yes_no, 0)                                                         \
    X(INTERNATIONALLY_TRAINED, "internationally_trained", CODE, &sg_codes_yes_no, 0)                         \
    X(LOW_LITERACY, "low_literacy", CODE, &sg_codes_yes_no, 0)                                               \
    X(CULTURAL_BARRIERS, "cultural_barriers", CODE, &sg_codes_yes_no, 0)                                     \
    X(VETERAN, "veteran", CODE, &sg_codes_yes_no, 0)                                                         \
    X(PLANNED_SERVICE_DATE, "planned_service_date", DATE, NULL, 0)                                           \
    X(EXIT_DATE, "exit_date", DATE, NULL, 0)                                                                 \
    X(EXIT_REASON, "exit_reason", CODE, &sg_codes_exit_reason, 0)                                            \
    X(PRIOR_PARTICIPATION, "prior_participation", CODE, &sg_codes_yes_no, 0)                                 \
    X(REFERRAL_SOURCE, "referral_source", TEXT, NULL, 0)                                                     \
    X(FUNDING, "funding", TEXT, NULL, 0)                                                                     \
    X(SUPPORT, "support", TEXT, NULL, 0)                                                                     \
    X(WAGE_AT_ENTRY, "wage_at_entry", NUMBER, NULL, 0)                                                       \
    X(HOURS_AT_ENTRY, "hours_at_entry", NUMBER, NULL, 0)                                                     \
    X(WORKFORCE_AREA, "workforce_area", TEXT, NULL, 0)

#define SG_GAIN_FIELDS(X)                                                                                    \
    X(LEARNER_ID, "learner_id", ID, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY | SG_FIELD_UNSTORED)              \
    X(GAIN_DATE, "gain_date", DATE, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY)                                  \
    X(GAIN_TYPE, "gain_type", CODE, &sg_codes_gain_type, SG_FIELD_REQUIRED | SG_FIELD_KEY | SG_FIELD_STRICT) \
    X(COLLEGE, "college", TEXT, NULL, SG_FIELD_KEY)                                                          \
    X(SUBJECT, "subject", TEXT, NULL, SG_FIELD_KEY)                                                          \
    X(LEVEL_FROM, "level_from", CODE, &sg_codes_entering_level, 0)                                           \
    X(LEVEL_TO, "level_to", CODE, &sg_codes_entering_level, 0)                                               \
    X(PRE_SCORE, "pre_score", NUMBER, NULL, 0)                                                               \
    X(POST_SCORE, "post_score", NUMBER, NULL, 0)                                                             \
    X(INSTRUMENT, "instrument", TEXT, NULL, 0)                                                               \
    X(PROGRAM_YEAR, "program_year", WHOLE, NULL, 0)

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

enum { SG_MAX_FIELDS = 64 }; /* of any kind */

typedef struct {
    const char *name;
    const sg_field *fields;
    size_t n;
} sg_kind_fields;

const sg_kind_fields *sg_kind_table(sg_kind kind);
const char *sg_kind_text(sg_kind kind); /* SG_N_KINDS, which is none: "" */
bool sg_kind_find(const char *name, sg_kind *out);
int sg_field_find(sg_kind kind, const char *name); /* -1: none */

#endif
