/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code lists, as each layout spells them: canonical, vendor, registrar, PIRL. */
#include "generate_state.h"

#include <stddef.h>

const sg_code sg_college_codes[] = {{"01", "ALD", "Alderbrook Technical College", NULL},
                                    {"02", "BRE", "Bréville College of Trades", NULL},
                                    {"03", "CIN", "Cinder Falls College, East Campus", NULL},
                                    {"04", "DUN", "Dunmarrow Community College", NULL},
                                    {"05", "ELK", "Elkhollow \"Old Mill\" Institute", NULL},
                                    {"06", "FER", "Fernhallow Technical College", NULL},
                                    {"07", "GRA", "Gräfenau Valley College", NULL},
                                    {"08", "HUP", "Harrowgate, Union & Pell Joint College", NULL},
                                    {"09", "ISA", "Ísafold Northern College", NULL},
                                    {"10", "JUN", "Juniper Reach College", NULL},
                                    {"11", "KES", "Kestrelmoor Technical College", NULL},
                                    {"12", "LAR", "Larkspur Bend College", NULL},
                                    {"13", "MON", "Monte Niño College", NULL},
                                    {"14", "NET", "Nettlewick College \"The Annex\", Downtown", NULL},
                                    {"15", "ODQ", "O'Dell-Quarry Technical College", NULL},
                                    {"16", "PIN", "Pinefarthing College", NULL}};
const sg_code sg_component_codes[] = {{"adult_education", "AE", "Adult education", NULL},
                                      {"workforce_preparation", "WP", "Workforce preparation", NULL},
                                      {"workforce_training", "OT", "Workforce training", NULL},
                                      {"integrated", "AE/WP/OT", "All three as one", NULL}};
const sg_code sg_iet_codes[] = {{"no", "None", "Not in a program", "0"},
                                {"yes", "IETP", "In a program", "1"},
                                {"credential", "IETP/Credential", "In a program, for a credential", "2"}};
const sg_code sg_flag_codes[] = {{"no", "0", "", "0"}, {"yes", "1", "X", "1"}};
const sg_code sg_level_codes[] = {{"ABE1", "ABE Level 1", "Basic Education 1", NULL},
                                  {"ABE2", "ABE Level 2", "Basic Education 2", NULL},
                                  {"ABE3", "ABE Level 3", "Basic Education 3", NULL},
                                  {"ABE4", "ABE Level 4", "Basic Education 4", NULL},
                                  {"ABE5", "ABE Level 5", "Basic Education 5", NULL},
                                  {"ABE6", "ABE Level 6", "Basic Education 6", NULL},
                                  {"ESL1", "ESL Level 1", "English 1", NULL},
                                  {"ESL2", "ESL Level 2", "English 2", NULL},
                                  {"ESL3", "ESL Level 3", "English 3", NULL},
                                  {"ESL4", "ESL Level 4", "English 4", NULL},
                                  {"ESL5", "ESL Level 5", "English 5", NULL},
                                  {"ESL6", "ESL Level 6", "English 6", NULL},
                                  {"ALT_ABE", "Alternative ABE", "Basic Education, placed otherwise", NULL},
                                  {"ALT_ESL", "Alternative ESL", "English, placed otherwise", NULL}};
const sg_code sg_sex_codes[] = {
    {"female", "F", "Woman", "2"}, {"male", "M", "Man", "1"}, {"nonbinary", "X", "Non-binary", "X"}};
const sg_code sg_education_codes[] = {
    {"none", "No Diploma", "Left school without", "0"},
    {"diploma", "HS Diploma", "High school", "1"},
    {"equivalent", "HS Equivalency", "High school equivalency", "2"},
    {"iep_certificate", "IEP Certificate", "Certificate of completion (IEP)", "3"},
    {"some_postsecondary", "Some College", "Some college, no degree", "4"},
    {"certificate", "Postsecondary Certificate", "College certificate", "5"},
    {"associate", "Associate Degree", "Two-year degree", "6"},
    {"bachelor", "Bachelor's Degree", "Four-year degree", "7"},
    {"beyond", "Graduate Degree", "Graduate school", "8"}};
const sg_code sg_employment_codes[] = {
    {"employed", "Employed", "At work", "1"},
    {"employed_notice", "Employed, Notice of Termination", "At work, under notice", "2"},
    {"unemployed", "Unemployed", "Looking for work", "0"},
    {"not_in_labor_force", "Not in Labor Force", "Not looking for work", "3"}};
const sg_code sg_exit_codes[] = {{"00", "None", "Left", NULL},
                                 {"01", "Institutionalized", "In an institution", NULL},
                                 {"02", "Medical", "Illness", NULL},
                                 {"03", "Deceased", "Death", NULL},
                                 {"04", "Military", "Called to service", NULL},
                                 {"05", "Foster Care", "Moved by foster care", NULL},
                                 {"06", "Ineligible", "Not eligible after all", NULL},
                                 {"07", "Section 225", "Released", NULL}};
const sg_code sg_instrument_codes[] = {{"TABE_11_12", "TABE 11/12", "TABE", NULL},
                                       {"CASAS_GOALS", "CASAS GOALS", "Goals", NULL},
                                       {"CASAS_STEPS", "CASAS STEPS", "Steps", NULL},
                                       {"BEST_PLUS_2", "BEST Plus 2.0", "BEST Plus", NULL}};
const sg_code sg_subject_codes[] = {{"reading", "Reading", "Reading skills", NULL},
                                    {"math", "Math", "Mathematics", NULL},
                                    {"listening", "Listening", "Listening skills", NULL},
                                    {"language_arts", "Language Arts", "Writing and language", NULL},
                                    {"science", "Science", "Natural science", NULL},
                                    {"social_studies", "Social Studies", "History and society", NULL}};
const sg_code sg_gain_codes[] = {
    {"efl_test", "Level Gain (pre/post)", "Level, by test", NULL},
    {"efl_credit", "Level Gain (credits)", "Level, by credits", NULL},
    {"efl_postsecondary", "Level Gain (postsecondary entry)", "Level, by college entry", NULL},
    {"efl_hse_subtest", "Level Gain (HSE subtest)", "Level, by equivalency subtest", NULL},
    {"diploma", "HSE", "High school or equivalency", "1"},
    {"transcript_secondary", "Transcript - Secondary", "Transcript, school", NULL},
    {"transcript_postsecondary", "Transcript - Postsecondary", "Transcript, college", NULL},
    {"milestone", "Training Milestone", "Milestone in training", NULL},
    {"skills_progression", "Skills Progression", "Examination passed", NULL}};
const sg_code sg_form_codes[] = {
    {"M", "M", NULL, NULL}, {"N", "N", NULL, NULL}, {"901", "901", NULL, NULL}, {"902", "902", NULL, NULL},
    {"A", "A", NULL, NULL}, {"B", "B", NULL, NULL}, {"D", "D", NULL, NULL},     {"E", "E", NULL, NULL}};
const sg_code sg_year_codes[] = {{"2022", "2022-23", "AY 2022/2023", NULL},
                                 {"2023", "2023-24", "AY 2023/2024", NULL},
                                 {"2024", "2024-25", "AY 2024/2025", NULL},
                                 {"2025", "2025-26", "AY 2025/2026", NULL}};
const sg_code sg_race_codes[] = {{"white", NULL, "White", NULL},
                                 {"black", NULL, "Black or African American", NULL},
                                 {"asian", NULL, "Asian", NULL},
                                 {"american_indian", NULL, "American Indian or Alaska Native", NULL},
                                 {"pacific_islander", NULL, "Pacific Islander", NULL}};

static const char *spelling(const sg_code *code, int layout)
{
    switch (layout) {
    case SG_VENDOR: return code->vendor;
    case SG_REGISTRAR: return code->registrar;
    case SG_PIRL: return code->pirl;
    default: return code->canonical;
    }
}

const char *sg_code_in(const sg_code *code, int layout)
{
    const char *text = spelling(code, layout);
    return text != NULL ? text : code->canonical;
}
