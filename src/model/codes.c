/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/codes.h"

#include <assert.h>
#include <string.h>

#include "model/code_lists.h"

#define CODE_ROW(code, label) {code, label},
#define CODE_LIST(name)                                                                                      \
    {                                                                                                        \
#name, name##_codes, sizeof name##_codes / sizeof name##_codes[0]                                    \
    }

static const sg_code yes_no_codes[] = {{"no", "No"}, {"yes", "Yes"}};
static const sg_code iet_codes[] = {
    {"no", "Not in IET"}, {"yes", "IET"}, {"credential", "IET with a credential"}};
static const sg_code component_codes[] = {
    {"adult_education", "Adult education and literacy"},
    {"workforce_preparation", "Workforce preparation"},
    {"workforce_training", "Workforce training"},
    {"integrated", "All three components together"},
};
static const sg_code gain_type_codes[] = {
    {"efl_test", "level gain by test (type 1a)"},
    {"efl_credit", "level gain by credits (type 1b)"},
    {"efl_postsecondary", "level gain by entering college (type 1c)"},
    {"efl_hse_subtest", "level gain by an equivalency subtest (type 1d)"},
    {"diploma", "diploma or equivalency (type 2)"},
    {"transcript_secondary", "secondary transcript (type 3)"},
    {"transcript_postsecondary", "college transcript (type 3)"},
    {"milestone", "training milestone (type 4)"},
    {"skills_progression", "skills progression (type 5)"},
};
static const sg_code race_codes[] = {SG_RACE_CODES(CODE_ROW) SG_RACE_CODE_HISPANIC(CODE_ROW)};
static const sg_code sex_codes[] = {SG_SEX_CODES(CODE_ROW)};
static const sg_code entering_level_codes[] = {SG_ENTERING_LEVEL_CODES(CODE_ROW)};
static const sg_code prior_education_codes[] = {SG_PRIOR_EDUCATION_CODES(CODE_ROW)};
static const sg_code employment_status_codes[] = {SG_EMPLOYMENT_STATUS_CODES(CODE_ROW)};
static const sg_code exit_reason_codes[] = {
    {"00", "No exclusion"},
    {"01", "Institutionalized"},
    {"02", "Medical"},
    {"03", "Deceased"},
    {"04", "Called to active duty"},
    {"05", "Foster care, moved out of the area"},
    {"06", "Found not eligible"},
    {"07", "Incarcerated (section 225)"},
};

static const sg_code outcome_codes[] = {
    {"credential", "recognised credential"},
    {"diploma", "diploma or equivalency"},
    {"postsecondary_entry", "entry into postsecondary education or training"},
    {"employed_q2", "employed in the second quarter after exit"},
    {"employed_q4", "employed in the fourth quarter after exit"},
    {"earnings_q2", "earnings in the second quarter after exit"},
};

static_assert(sizeof gain_type_codes / sizeof gain_type_codes[0] == SG_GAIN_SKILLS_PROGRESSION,
              "one code a gain type");
static_assert(sizeof race_codes / sizeof race_codes[0] == SG_RACE_HISPANIC, "one code a race");
static_assert(sizeof component_codes / sizeof component_codes[0] == SG_COMPONENT_INTEGRATED,
              "one code a component");
static_assert(sizeof outcome_codes / sizeof outcome_codes[0] == SG_OUTCOME_CODE_EARNINGS_Q2,
              "one code an outcome");
static_assert(sizeof iet_codes / sizeof iet_codes[0] == SG_IET_CREDENTIAL, "one code an IET flag");

const sg_code_list sg_codes_yes_no = CODE_LIST(yes_no);
const sg_code_list sg_codes_iet = CODE_LIST(iet);
const sg_code_list sg_codes_component = CODE_LIST(component);
const sg_code_list sg_codes_gain_type = CODE_LIST(gain_type);
const sg_code_list sg_codes_race = CODE_LIST(race);
const sg_code_list sg_codes_sex = CODE_LIST(sex);
const sg_code_list sg_codes_entering_level = CODE_LIST(entering_level);
const sg_code_list sg_codes_prior_education = CODE_LIST(prior_education);
const sg_code_list sg_codes_employment_status = CODE_LIST(employment_status);
const sg_code_list sg_codes_exit_reason = CODE_LIST(exit_reason);
const sg_code_list sg_codes_outcome = CODE_LIST(outcome);

int64_t sg_code_find(const sg_code_list *list, const char *code)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->codes[i].code, code) == 0)
            return (int64_t)i + 1;
    }
    return SG_CODE_UNKNOWN;
}

const char *sg_code_text(const sg_code_list *list, int64_t value)
{
    if (value == SG_CODE_UNKNOWN)
        return "unknown";
    if (value < 0 || (uint64_t)value > list->n)
        return "";
    return list->codes[value - 1].code;
}
