/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fields of each kind of export (design.md section 6), for field.h. A new field goes to the end of its list: the store keeps
 * a batch's fields by their places.
 */
#ifndef SKILLGAIN_MODEL_FIELD_LISTS_H
#define SKILLGAIN_MODEL_FIELD_LISTS_H

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
    X(WORKFORCE_AREA, "workforce_area", TEXT, NULL, 0)                                                       \
    X(COMPLETION_DATE, "completion_date", DATE, NULL, 0)

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

#define SG_TEST_FIELDS(X)                                                                                    \
    X(LEARNER_ID, "learner_id", ID, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY | SG_FIELD_UNSTORED)              \
    X(TEST_DATE, "test_date", DATE, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY)                                  \
    X(INSTRUMENT, "instrument", TEXT, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY)                                \
    X(FORM, "form", TEXT, NULL, SG_FIELD_KEY)                                                                \
    X(SUBJECT, "subject", TEXT, NULL, SG_FIELD_KEY)                                                          \
    X(SCALE_SCORE, "scale_score", NUMBER, NULL, 0)                                                           \
    X(LEVEL, "level", CODE, &sg_codes_entering_level, 0)                                                     \
    X(COLLEGE, "college", TEXT, NULL, SG_FIELD_KEY)

#define SG_SERVICE_FIELDS(X)                                                                                 \
    X(LEARNER_ID, "learner_id", ID, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY | SG_FIELD_UNSTORED)              \
    X(SERVICE_DATE, "service_date", DATE, NULL, SG_FIELD_KEY)                                                \
    X(MONTH, "month", MONTH, NULL, SG_FIELD_KEY)                                                             \
    X(HOURS, "hours", HOURS, NULL, SG_FIELD_REQUIRED)                                                        \
    X(COLLEGE, "college", TEXT, NULL, SG_FIELD_KEY)                                                          \
    X(SECTION_ID, "section_id", TEXT, NULL, SG_FIELD_KEY)                                                    \
    X(COMPONENT, "component", CODE, &sg_codes_component, SG_FIELD_KEY)

#define SG_OUTCOME_FIELDS(X)                                                                                 \
    X(LEARNER_ID, "learner_id", ID, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY | SG_FIELD_UNSTORED)              \
    X(OUTCOME, "outcome", CODE, &sg_codes_outcome, SG_FIELD_REQUIRED | SG_FIELD_KEY | SG_FIELD_STRICT)       \
    X(OUTCOME_DATE, "outcome_date", DATE, NULL, SG_FIELD_KEY)                                                \
    X(QUARTER, "quarter", QUARTER, NULL, SG_FIELD_KEY)                                                       \
    X(VALUE, "value", NUMBER, NULL, 0)                                                                       \
    X(CREDENTIAL_TYPE, "credential_type", TEXT, NULL, SG_FIELD_KEY)                                          \
    X(COLLEGE, "college", TEXT, NULL, SG_FIELD_KEY)

#define SG_PROGRAM_FIELDS(X)                                                                                 \
    X(IET_PROGRAM_ID, "iet_program_id", TEXT, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY)                        \
    X(COLLEGE, "college", TEXT, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY)                                      \
    X(NAME, "name", TEXT, NULL, 0)                                                                           \
    X(OCCUPATION, "occupation", TEXT, NULL, 0)                                                               \
    X(PATHWAY, "pathway", TEXT, NULL, 0)                                                                     \
    X(CREDENTIAL, "credential", TEXT, NULL, 0)                                                               \
    X(START_DATE, "start_date", DATE, NULL, SG_FIELD_KEY)                                                    \
    X(END_DATE, "end_date", DATE, NULL, 0)                                                                   \
    X(LOWEST_ENTERING_LEVEL, "lowest_entering_level", CODE, &sg_codes_entering_level, 0)                     \
    X(LANGUAGE, "language", TEXT, NULL, 0)                                                                   \
    X(SEATS, "seats", WHOLE, NULL, 0)                                                                        \
    X(APPROVED_FROM, "approved_from", DATE, NULL, 0)                                                         \
    X(APPROVED_TO, "approved_to", DATE, NULL, 0)                                                             \
    X(INTENSITY, "intensity", CODE, &sg_codes_yes_no, 0)                                                     \
    X(RESEARCH_BASED, "research_based", CODE, &sg_codes_yes_no, 0)                                           \
    X(OCCUPATIONAL_MATERIALS, "occupational_materials", CODE, &sg_codes_yes_no, 0)                           \
    X(SINGLE_OBJECTIVES, "single_objectives", CODE, &sg_codes_yes_no, 0)                                     \
    X(CAREER_PATHWAY, "career_pathway", CODE, &sg_codes_yes_no, 0)                                           \
    X(CONTENT_STANDARDS, "content_standards", CODE, &sg_codes_yes_no, 0)

#define SG_CONTEXT_FIELDS(X)                                                                                 \
    X(COLLEGE, "college", TEXT, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY)                                      \
    X(PROGRAM_YEAR, "program_year", WHOLE, NULL, SG_FIELD_REQUIRED | SG_FIELD_KEY)

#endif
