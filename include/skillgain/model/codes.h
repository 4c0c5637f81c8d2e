/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Code lists: the values a coded field may have, in the field's own words (design.md section 6, NRS). A code is stored
 * as its place in the list, from 1; 0 is a code that was delivered but not known, SG_BLANK none at all.
 */
#ifndef SKILLGAIN_MODEL_CODES_H
#define SKILLGAIN_MODEL_CODES_H

#include <stddef.h>
#include <stdint.h>

#define SG_BLANK INT64_MIN /* missing */
#define SG_CODE_UNKNOWN 0

typedef struct {
    const char *code;  /* in canonical exports, configuration and results: "efl_test" */
    const char *label; /* in reports: "level gain by test (type 1a)" */
} sg_code;

typedef struct {
    const char *name;
    const sg_code *codes; /* codes[0] is the value 1 */
    size_t n;
} sg_code_list;

typedef enum { SG_NO = 1, SG_YES } sg_yes_no;
typedef enum { SG_IET_NO = 1, SG_IET_YES, SG_IET_CREDENTIAL } sg_iet_flag;
typedef enum {
    SG_COMPONENT_ADULT_EDUCATION = 1,
    SG_COMPONENT_WORKFORCE_PREPARATION,
    SG_COMPONENT_WORKFORCE_TRAINING,
    SG_COMPONENT_INTEGRATED
} sg_component;
typedef enum {
    SG_GAIN_EFL_TEST = 1,
    SG_GAIN_EFL_CREDIT,
    SG_GAIN_EFL_POSTSECONDARY,
    SG_GAIN_EFL_HSE_SUBTEST,
    SG_GAIN_DIPLOMA,
    SG_GAIN_TRANSCRIPT_SECONDARY, /* this one and those after it: IET and workplace literacy only (types 3-5) */
    SG_GAIN_TRANSCRIPT_POSTSECONDARY,
    SG_GAIN_MILESTONE,
    SG_GAIN_SKILLS_PROGRESSION
} sg_gain_type;
typedef enum {
    SG_RACE_AMERICAN_INDIAN = 1,
    SG_RACE_ASIAN,
    SG_RACE_BLACK,
    SG_RACE_PACIFIC_ISLANDER,
    SG_RACE_WHITE,
    SG_RACE_TWO_OR_MORE,
    SG_RACE_HISPANIC
} sg_race;

/* places in sg_codes_entering_level; those without a test have no order */
enum { SG_LEVEL_ABE1 = 1, SG_LEVEL_ABE6 = 6, SG_LEVEL_ESL1 = 7, SG_LEVEL_ESL6 = 12, SG_LEVEL_ALT_ABE = 13 };

typedef enum {
    SG_OUTCOME_CODE_CREDENTIAL = 1,
    SG_OUTCOME_CODE_DIPLOMA,
    SG_OUTCOME_CODE_POSTSECONDARY_ENTRY,
    SG_OUTCOME_CODE_EMPLOYED_Q2,
    SG_OUTCOME_CODE_EMPLOYED_Q4,
    SG_OUTCOME_CODE_EARNINGS_Q2
} sg_outcome_code;

extern const sg_code_list sg_codes_yes_no, sg_codes_iet, sg_codes_component, sg_codes_gain_type,
    sg_codes_race, sg_codes_sex, sg_codes_entering_level, sg_codes_prior_education,
    sg_codes_employment_status, sg_codes_exit_reason, sg_codes_outcome;

/* The value of a code (exact bytes), 0 where the list has no such code. */
int64_t sg_code_find(const sg_code_list *list, const char *code);

/* The code of a value; "unknown" for 0, "" for SG_BLANK and what is outside the list. */
const char *sg_code_text(const sg_code_list *list, int64_t value);

#endif
