/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generate_state.h"

#include "generate_base.h"

#include <stddef.h>

int sg_cutoff(void)
{
    return sg_day_of(2026, 1, 15);
}

static const struct {
    int year;
    int month;
    int day;
} term_dates[SG_TERMS] = {{2022, 8, 29}, {2023, 1, 17}, {2023, 6, 5},  {2023, 8, 28},
                          {2024, 1, 16}, {2024, 6, 3},  {2024, 8, 26}, {2025, 1, 14},
                          {2025, 6, 2},  {2025, 8, 25}, {2026, 1, 12}};

int sg_term_start(int term)
{
    return sg_day_of(term_dates[term].year, term_dates[term].month, term_dates[term].day);
}

int sg_next_term_start(int day)
{
    for (int term = 0; term < SG_TERMS; term++)
        if (sg_term_start(term) >= day)
            return sg_term_start(term);
    return SG_NONE;
}

const sg_college sg_colleges[SG_COLLEGES] = {
    {"01", "Alderbrook Technical College", "ALD", 0.170, 0.15, false},
    {"02", "Bréville College of Trades", "BRE", 0.130, 0.30, false},
    {"03", "Cinder Falls College, East Campus", "CIN", 0.110, -0.10, true},
    {"04", "Dunmarrow Community College", "DUN", 0.090, 0.00, false},
    {"05", "Elkhollow \"Old Mill\" Institute", "ELK", 0.075, 0.10, false},
    {"06", "Fernhallow Technical College", "FER", 0.065, -0.25, false},
    {"07", "Gräfenau Valley College", "GRA", 0.060, 0.20, true},
    {"08", "Harrowgate, Union & Pell Joint College", "HUP", 0.055, 0.00, false},
    {"09", "Ísafold Northern College", "ISA", 0.050, 0.25, false},
    {"10", "Juniper Reach College", "JUN", 0.045, -0.30, false},
    {"11", "Kestrelmoor Technical College", "KES", 0.040, 0.35, true},
    {"12", "Larkspur Bend College", "LAR", 0.032, 0.00, false},
    {"13", "Monte Niño College", "MON", 0.028, 0.10, false},
    {"14", "Nettlewick College \"The Annex\", Downtown", "NET", 0.022, 0.00, false},
    {"15", "O'Dell-Quarry Technical College", "ODQ", 0.016, -0.10, false},
    {"16", "Pinefarthing College", "PIN", 0.012, 0.00, false},
};

const sg_program sg_programs[SG_PROGRAMS] = {
    {"IET-01-1", 0, "Nursing Assistant, with Reading", "31-1131", "Health Science",
     "Nursing Assistant certificate", 2022, "ABE2", "en", 60},
    {"IET-01-2", 0, "Welding \"Fast Start\"", "51-4121", "Manufacturing", "Gas Metal Arc Welding certificate",
     2022, "ABE2", "en", 40},
    {"IET-01-3", 0, "Inglés y Oficina: Office Skills", "43-9061", "Business, Management and Administration",
     "Office Technician certificate", 2022, "ESL3", "es", 40},
    {"IET-02-1", 1, "Nursing Assistant", "31-1131", "Health Science", "Nursing Assistant certificate", 2022,
     "ABE2", "en", 50},
    {"IET-02-2", 1, "Machine Tool Operation", "51-4041", "Manufacturing", "CNC Operator certificate", 2022,
     "ABE3", "en", 36},
    {"IET-03-1", 2, "Early Childhood Assistant, Bilingual", "25-9042", "Education and Training",
     "Preschool Credential", 2022, "ESL3", "es", 40},
    {"IET-03-2", 2, "Commercial Driving", "53-3032", "Transportation, Distribution and Logistics",
     "Commercial licence, class A", 2022, "ABE2", "en", 24},
    {"IET-04-1", 3, "Building Trades", "47-2061", "Architecture and Construction",
     "Construction Essentials certificate", 2022, "ABE2", "en", 40},
    {"IET-04-2", 3, "Phlebotomy", "31-9097", "Health Science", "Phlebotomy certificate", 2022, "ABE4", "en",
     24},
    {"IET-05-1", 4, "Nursing Assistant", "31-1131", "Health Science", "Nursing Assistant certificate", 2022,
     "ABE2", "en", 40},
    {"IET-05-2", 4, "Dairy Processing, Hmong Support", "51-3092", "Agriculture, Food and Natural Resources",
     "Food Manufacturing certificate", 2022, "ESL2", "hmn", 24},
    {"IET-06-1", 5, "Information Technology Support", "15-1232", "Information Technology",
     "Help Desk certificate", 2022, "ABE4", "en", 30},
    {"IET-07-1", 6, "Culinary \"Line & Prep\"", "35-2014", "Hospitality and Tourism",
     "Culinary Basics certificate", 2022, "ESL2", "en", 30},
    {"IET-07-2", 6, "Welding", "51-4121", "Manufacturing", "Gas Metal Arc Welding certificate", 2022, "ABE2",
     "en", 30},
    {"IET-08-1", 7, "Nursing Assistant", "31-1131", "Health Science", "Nursing Assistant certificate", 2022,
     "ABE2", "en", 30},
    {"IET-09-1", 8, "Wind Turbine Service", "49-9081", "Energy", "Wind Service Basics certificate", 2023,
     "ABE3", "en", 24},
    {"IET-09-2", 8, "Bookkeeping", "43-3031", "Finance", "Bookkeeping certificate", 2023, "ABE4", "en", 24},
    {"IET-10-1", 9, "Office Technology", "43-9061", "Business, Management and Administration",
     "Office Technician certificate", 2022, "ABE3", "en", 24},
    {"IET-11-1", 10, "Machine Tool Operation", "51-4041", "Manufacturing", "CNC Operator certificate", 2022,
     "ABE3", "en", 30},
    {"IET-13-1", 12, "Soldadura y Metal: Welding", "51-4121", "Manufacturing",
     "Gas Metal Arc Welding certificate", 2022, "ESL3", "es", 24},
    {"IET-14-1", 13, "Medical Interpreting, Entry", "27-3091", "Health Science",
     "Interpreter Foundations certificate", 2022, "ESL5", "en", 16},
    {"IET-15-1", 14, "Nursing Assistant", "31-1131", "Health Science", "Nursing Assistant certificate", 2022,
     "ABE2", "en", 16},
};

const char *sg_program_id(int program)
{
    return program == SG_UNREGISTERED ? "IET-PILOT" : sg_programs[program].id;
}

int sg_programs_open(int college, int day, int out[SG_PROGRAMS])
{
    int n = 0;
    for (int i = 0; i < SG_PROGRAMS; i++)
        if (sg_programs[i].college == college && sg_program_first(sg_programs[i].first_year) <= day)
            out[n++] = i;
    return n;
}

const char *const sg_flag_names[SG_FLAGS] = {"english_learner",         "disability",       "low_income",
                                             "single_parent",           "justice_involved", "refugee",
                                             "internationally_trained", "veteran"};
const char *const sg_race_names[SG_RACES] = {"white", "black", "asian", "american_indian",
                                             "pacific_islander"};

bool sg_gain_is_common(int type)
{
    return type == SG_EFL_TEST || type == SG_HSE_SUBTEST || type == SG_DIPLOMA;
}

bool sg_gain_needs_iet(int type)
{
    return type >= SG_SECONDARY;
}

void sg_score_range(int instrument, int level, int *low, int *high)
{
    static const short lower[SG_INSTRUMENTS][7] = {{300, 442, 501, 536, 576, 617, 721},
                                                   {190, 204, 217, 228, 239, 249, 262},
                                                   {170, 184, 197, 207, 217, 228, 239},
                                                   {330, 362, 428, 453, 485, 525, 565}};
    int step = level >= SG_ESL1 ? level - SG_ESL1 : level;
    *low = lower[instrument][step];
    *high = lower[instrument][step + 1] - 1;
}

const sg_effect sg_level_effects[SG_LEVELS] = {
    {-0.35, -0.90, 0}, {-0.18, -0.45, 0}, {0.00, 0.00, 0},   {0.14, 0.30, 0},  {0.26, 0.50, 0},
    {0.32, 0.50, 0},   {-0.15, -1.50, 0}, {-0.05, -0.90, 0}, {0.05, -0.35, 0}, {0.10, 0.05, 0},
    {0.10, 0.30, 0},   {0.00, 0.40, 0},   {-0.20, -0.70, 0}, {-0.20, -0.70, 0}};
const sg_effect sg_education_effects[SG_EDUCATIONS] = {{-0.12, -0.25, 0}, {0.12, 0.25, 0}, {0.10, 0.20, 0},
                                                       {-0.20, -0.30, 0}, {0.24, 0.45, 0}, {0.24, 0.50, 0},
                                                       {0.28, 0.40, 0},   {0.32, 0.40, 0}, {0.32, 0.30, 0}};
const sg_effect sg_employment_effects[SG_EMPLOYMENTS] = {
    {0.12, 0.30, 0}, {0.10, 0.45, 0}, {0.00, 0.10, 0}, {-0.12, -0.40, 0}};
const sg_effect sg_flag_effects[SG_FLAGS] = {{-0.05, -0.10, 0.24}, {-0.20, -0.40, 0.00},  {-0.08, 0.00, 0.00},
                                             {-0.05, 0.10, 0.00},  {-0.15, -0.35, -0.28}, {0.00, -0.10, 0.10},
                                             {0.20, 0.50, 0.00},   {0.05, 0.10, 0.00}};
const sg_effect sg_race_effects[SG_RACES] = {
    {0.00, 0.00, 0}, {-0.12, -0.25, 0}, {0.05, 0.05, 0}, {-0.12, -0.25, 0}, {-0.05, 0.00, 0}};
const sg_effect sg_hispanic_effect = {-0.03, -0.10, 0};
const sg_effect sg_female_effect = {0.05, 0.10, 0};
const sg_effect sg_teen_effect = {-0.12, -0.40, 0};
const sg_effect sg_older_effect = {-0.05, -0.10, 0};
