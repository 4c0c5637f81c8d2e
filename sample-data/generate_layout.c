/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of each layout, in their order: what they hold, their header, how a system writes that there is nothing. */
#include "generate_layout.h"

#include <string.h>

static const sg_shown canonical_enrollment[] = {
    {SG_E_LEARNER, "learner_id", "", SG_AS_EVER},
    {SG_E_COLLEGE, "college", "", SG_AS_EVER},
    {SG_E_START, "start_date", "", SG_AS_EVER},
    {SG_E_END, "end_date", "", SG_AS_EVER},
    {SG_E_NUMBER, "enrollment_id", "", SG_AS_EVER},
    {SG_E_SECTION, "section_id", "", SG_AS_EVER},
    {SG_E_COMPONENT, "component", "", SG_AS_EVER},
    {SG_E_IET, "iet", "", SG_AS_EVER},
    {SG_E_PROGRAM, "iet_program_id", "", SG_AS_EVER},
    {SG_E_WORKPLACE, "workplace_literacy", "", SG_AS_EVER},
    {SG_E_HOURS, "contact_hours", "", SG_AS_EVER},
    {SG_E_YEAR, "program_year", "", SG_AS_EVER},
    {SG_E_LEVEL, "entering_level", "", SG_AS_EVER},
    {SG_E_PRETEST_DATE, "pre_test_date", "", SG_AS_EVER},
    {SG_E_PRETEST_SCORE, "pre_test_score", "", SG_AS_EVER},
    {SG_E_INSTRUMENT, "instrument", "", SG_AS_EVER},
    {SG_E_BIRTH, "birth_date", "", SG_AS_EVER},
    {SG_E_SEX, "sex", "", SG_AS_EVER},
    {SG_E_HISPANIC, "hispanic", "", SG_AS_EVER},
    {SG_E_RACE + SG_WHITE, "race_white", "", SG_AS_EVER},
    {SG_E_RACE + SG_BLACK, "race_black", "", SG_AS_EVER},
    {SG_E_RACE + SG_ASIAN, "race_asian", "", SG_AS_EVER},
    {SG_E_RACE + SG_INDIAN, "race_american_indian", "", SG_AS_EVER},
    {SG_E_RACE + SG_ISLANDER, "race_pacific_islander", "", SG_AS_EVER},
    {SG_E_EDUCATION, "prior_education", "", SG_AS_EVER},
    {SG_E_EMPLOYMENT, "employment_status", "", SG_AS_EVER},
    {SG_E_FLAGS + SG_ENGLISH, "english_learner", "", SG_AS_EVER},
    {SG_E_FLAGS + SG_DISABILITY, "disability", "", SG_AS_EVER},
    {SG_E_FLAGS + SG_LOW_INCOME, "low_income", "", SG_AS_EVER},
    {SG_E_FLAGS + SG_SINGLE_PARENT, "single_parent", "", SG_AS_EVER},
    {SG_E_FLAGS + SG_JUSTICE, "justice_involved", "", SG_AS_EVER},
    {SG_E_FLAGS + SG_REFUGEE, "refugee", "", SG_AS_EVER},
    {SG_E_FLAGS + SG_INTERNATIONAL, "internationally_trained", "", SG_AS_EVER},
    {SG_E_FLAGS + SG_VETERAN, "veteran", "", SG_AS_EVER},
    {SG_E_PLANNED, "planned_service_date", "", SG_AS_EVER},
    {SG_E_EXIT, "exit_reason", "", SG_AS_EVER},
    {SG_E_PRIOR, "prior_participation", "", SG_AS_EVER},
};
static const sg_shown canonical_gain[] = {
    {SG_G_LEARNER, "learner_id", "", SG_AS_EVER}, {SG_G_DATE, "gain_date", "", SG_AS_EVER},
    {SG_G_TYPE, "gain_type", "", SG_AS_EVER},     {SG_G_COLLEGE, "college", "", SG_AS_EVER},
    {SG_G_SUBJECT, "subject", "", SG_AS_EVER},    {SG_G_FROM, "level_from", "", SG_AS_EVER},
    {SG_G_TO, "level_to", "", SG_AS_EVER},        {SG_G_YEAR, "program_year", "", SG_AS_EVER},
};
static const sg_shown canonical_test[] = {
    {SG_T_LEARNER, "learner_id", "", SG_AS_EVER},    {SG_T_DATE, "test_date", "", SG_AS_EVER},
    {SG_T_INSTRUMENT, "instrument", "", SG_AS_EVER}, {SG_T_FORM, "form", "", SG_AS_EVER},
    {SG_T_SUBJECT, "subject", "", SG_AS_EVER},       {SG_T_SCORE, "scale_score", "", SG_AS_EVER},
    {SG_T_LEVEL, "level", "", SG_AS_EVER},           {SG_T_COLLEGE, "college", "", SG_AS_EVER},
};

/* With a remark that is nobody's business and must not be stored. */
static const sg_shown vendor_enrollment[] = {
    {SG_E_NUMBER, "Enrollment No", "", SG_AS_EVER},
    {SG_E_LEARNER, "Student ID", "", SG_AS_EVER},
    {SG_E_BIRTH, "DOB", "", SG_AS_EVER},
    {SG_E_SEX, "Gender", "", SG_AS_EVER},
    {SG_E_HISPANIC, "Ethnicity Hispanic", "9", SG_AS_EVER},
    {SG_E_RACE + SG_INDIAN, "Race American Indian", "9", SG_AS_EVER},
    {SG_E_RACE + SG_ASIAN, "Race Asian", "9", SG_AS_EVER},
    {SG_E_RACE + SG_BLACK, "Race Black", "9", SG_AS_EVER},
    {SG_E_RACE + SG_ISLANDER, "Race Pacific Islander", "9", SG_AS_EVER},
    {SG_E_RACE + SG_WHITE, "Race White", "9", SG_AS_EVER},
    {SG_E_COLLEGE, "Site", "", SG_AS_EVER},
    {SG_E_YEAR, "Fiscal Year", "", SG_AS_EVER},
    {SG_E_SECTION, "Class ID", "", SG_AS_EVER},
    {SG_E_COMPONENT, "Track", "", SG_AS_EVER},
    {SG_E_IET, "IETP", "", SG_AS_EVER},
    {SG_E_PROGRAM, "IETP Program", "", SG_AS_EVER},
    {SG_E_WORKPLACE, "Workplace Literacy", "9", SG_AS_EVER},
    {SG_E_START, "Class Start", "", SG_AS_EVER},
    {SG_E_END, "Class End", "", SG_AS_EVER},
    {SG_E_HOURS, "Attendance Hours", "", SG_AS_EVER},
    {SG_REMARK, "Remark", "", SG_AS_EVER},
    {SG_E_LEVEL, "Entry NRS Level", "Unknown", SG_AS_EVER},
    {SG_E_INSTRUMENT, "Assessment", "N/A", SG_AS_EVER},
    {SG_E_PRETEST_DATE, "Pre Test Date", "01/01/1900", SG_AS_EVER},
    {SG_E_PRETEST_SCORE, "Pre Test Scale Score", "NULL", SG_AS_EVER},
    {SG_E_EDUCATION, "Highest Education", "Unknown", SG_AS_EVER},
    {SG_E_EMPLOYMENT, "Labor Force Status", "Unknown", SG_AS_EVER},
    {SG_E_FLAGS + SG_ENGLISH, "ELL", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_DISABILITY, "Disability", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_LOW_INCOME, "Low Income", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_SINGLE_PARENT, "Single Parent", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_JUSTICE, "Ex-Offender", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_REFUGEE, "Refugee", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_INTERNATIONAL, "Internationally Trained", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_VETERAN, "Veteran", "9", SG_AS_EVER},
    {SG_E_PRIOR, "Returning", "9", SG_AS_EVER},
    {SG_E_PLANNED, "Next Service", "", SG_AS_EVER},
    {SG_E_EXIT, "Separation Reason", "", SG_AS_EVER},
};
static const sg_shown vendor_gain[] = {
    {SG_G_COLLEGE, "Site", "", SG_AS_EVER},         {SG_G_LEARNER, "Student ID", "", SG_AS_EVER},
    {SG_G_YEAR, "Fiscal Year", "", SG_AS_EVER},     {SG_G_TYPE, "MSG Type", "", SG_AS_EVER},
    {SG_G_DATE, "MSG Date", "", SG_AS_EVER},        {SG_G_SUBJECT, "Subject Area", "N/A", SG_AS_EVER},
    {SG_G_FROM, "Level Before", "N/A", SG_AS_EVER}, {SG_G_TO, "Level After", "N/A", SG_AS_EVER},
};
static const sg_shown vendor_test[] = {
    {SG_T_COLLEGE, "Site", "", SG_AS_EVER},    {SG_T_LEARNER, "Student ID", "", SG_AS_EVER},
    {SG_T_DATE, "Test Date", "", SG_AS_EVER},  {SG_T_INSTRUMENT, "Assessment", "", SG_AS_EVER},
    {SG_T_FORM, "Form", "", SG_AS_EVER},       {SG_T_SUBJECT, "Subject Area", "", SG_AS_EVER},
    {SG_T_LEVEL, "NRS Level", "", SG_AS_EVER}, {SG_T_SCORE, "Scale Score", "", SG_AS_EVER},
};

/* Minutes, serial days of a spreadsheet, a list of races, X for yes; a comment, which must not be stored either. */
static const sg_shown registrar_enrollment[] = {
    {SG_E_COLLEGE, "Campus", "", SG_AS_EVER},
    {SG_E_LEARNER, "Student Number", "", SG_AS_EVER},
    {SG_E_YEAR, "Academic Year", "", SG_AS_EVER},
    {SG_E_NUMBER, "Registration No", "", SG_AS_EVER},
    {SG_E_SECTION, "Section", "", SG_AS_EVER},
    {SG_E_COMPONENT, "Activity", "", SG_AS_EVER},
    {SG_E_IET, "Training Track", "", SG_AS_EVER},
    {SG_E_PROGRAM, "Training Program", "", SG_AS_EVER},
    {SG_E_WORKPLACE, "Workplace Course", "?", SG_AS_EVER},
    {SG_E_START, "Course Begins", "", SG_AS_EVER},
    {SG_E_END, "Course Ends", "", SG_AS_EVER},
    {SG_E_HOURS, "Minutes Attended", "", SG_MINUTES},
    {SG_REMARK, "Comment", "", SG_AS_EVER},
    {SG_E_BIRTH, "Born", "", SG_SERIAL},
    {SG_E_SEX, "Sex", "Not told", SG_AS_EVER},
    {SG_E_HISPANIC, "Hispanic", "?", SG_AS_EVER},
    {SG_RACE_LIST, "Race", "", SG_AS_EVER},
    {SG_E_LEVEL, "Placement", "", SG_AS_EVER},
    {SG_E_INSTRUMENT, "Placement Test", "", SG_AS_EVER},
    {SG_E_PRETEST_DATE, "Placement Test Day", "", SG_SERIAL},
    {SG_E_PRETEST_SCORE, "Placement Score", "-", SG_AS_EVER},
    {SG_E_EDUCATION, "Schooling", "Not told", SG_AS_EVER},
    {SG_E_EMPLOYMENT, "Work", "Not told", SG_AS_EVER},
    {SG_E_FLAGS + SG_ENGLISH, "Learner of English", "?", SG_AS_EVER},
    {SG_E_FLAGS + SG_DISABILITY, "Disability", "?", SG_AS_EVER},
    {SG_E_FLAGS + SG_LOW_INCOME, "Low Income", "?", SG_AS_EVER},
    {SG_E_FLAGS + SG_SINGLE_PARENT, "Single Parent", "?", SG_AS_EVER},
    {SG_E_FLAGS + SG_JUSTICE, "Justice Involved", "?", SG_AS_EVER},
    {SG_E_FLAGS + SG_REFUGEE, "Refugee", "?", SG_AS_EVER},
    {SG_E_FLAGS + SG_INTERNATIONAL, "Trained Abroad", "?", SG_AS_EVER},
    {SG_E_FLAGS + SG_VETERAN, "Veteran", "?", SG_AS_EVER},
    {SG_E_PRIOR, "Has Returned", "?", SG_AS_EVER},
    {SG_E_PLANNED, "Next Course", "", SG_SERIAL},
    {SG_E_EXIT, "Reason for Leaving", "", SG_AS_EVER},
};
static const sg_shown registrar_gain[] = {
    {SG_G_COLLEGE, "Campus", "", SG_AS_EVER},     {SG_G_LEARNER, "Student Number", "", SG_AS_EVER},
    {SG_G_YEAR, "Academic Year", "", SG_AS_EVER}, {SG_G_TYPE, "Achievement", "", SG_AS_EVER},
    {SG_G_DATE, "Day Achieved", "", SG_AS_EVER},  {SG_G_SUBJECT, "Field of Study", "", SG_AS_EVER},
    {SG_G_FROM, "Level Before", "", SG_AS_EVER},  {SG_G_TO, "Level After", "", SG_AS_EVER},
};

/* Elements of the joint layout by number; those without one are the made-up state's own. */
static const sg_shown pirl_wide[] = {
    {SG_E_LEARNER, "100 - Unique Individual Identifier (WIOA)", "", SG_AS_EVER},
    {SG_E_COLLEGE, "Provider", "", SG_AS_EVER},
    {SG_E_YEAR, "Program Year", "", SG_AS_EVER},
    {SG_E_NUMBER, "Enrollment Number", "", SG_AS_EVER},
    {SG_E_SECTION, "Class ID", "", SG_AS_EVER},
    {SG_E_START, "Class Start", "", SG_AS_EVER},
    {SG_E_END, "Class End", "", SG_AS_EVER},
    {SG_E_HOURS, "Contact Hours", "", SG_AS_EVER},
    {SG_E_COMPONENT, "IET Component", "", SG_AS_EVER},
    {SG_E_IET, "IET", "", SG_AS_EVER},
    {SG_E_PROGRAM, "IET Program", "", SG_AS_EVER},
    {SG_E_WORKPLACE, "Workplace Literacy", "9", SG_AS_EVER},
    {SG_E_BIRTH, "200 - Date of Birth (WIOA)", "", SG_AS_EVER},
    {SG_E_SEX, "201 - Sex (WIOA)", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_DISABILITY, "202 - Individual with a Disability (WIOA)", "9", SG_AS_EVER},
    {SG_E_HISPANIC, "210 - Ethnicity:\nHispanic / Latino (WIOA)", "9", SG_AS_EVER},
    {SG_E_RACE + SG_INDIAN, "211 - American Indian / Alaska Native (WIOA)", "9", SG_AS_EVER},
    {SG_E_RACE + SG_ASIAN, "212 - Asian (WIOA)", "9", SG_AS_EVER},
    {SG_E_RACE + SG_BLACK, "213 - Black / African American (WIOA)", "9", SG_AS_EVER},
    {SG_E_RACE + SG_ISLANDER, "214 - Native Hawaiian / Other Pacific Islander (WIOA)", "9", SG_AS_EVER},
    {SG_E_RACE + SG_WHITE, "215 - White (WIOA)", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_VETERAN, "300 - Veteran Status", "9", SG_AS_EVER},
    {SG_E_EMPLOYMENT, "400 - Employment Status at Program Entry (WIOA)", "", SG_AS_EVER},
    {SG_E_EDUCATION, "408 - Highest Educational Level Completed at Program Entry (WIOA)", "", SG_AS_EVER},
    {SG_E_FLAGS + SG_JUSTICE, "801 - Ex-Offender Status at Program Entry (WIOA)", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_LOW_INCOME, "802 - Low Income Status at Program Entry (WIOA)", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_ENGLISH, "803 - English Language Learner at Program Entry (WIOA)", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_SINGLE_PARENT, "806 - Single Parent at Program Entry (WIOA)", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_REFUGEE, "Refugee", "9", SG_AS_EVER},
    {SG_E_FLAGS + SG_INTERNATIONAL, "Internationally Trained Professional", "9", SG_AS_EVER},
    {SG_E_PRIOR, "Returning", "9", SG_AS_EVER},
    {SG_E_LEVEL, "Entering EFL", "", SG_AS_EVER},
    {SG_E_INSTRUMENT, "Pre-Test Instrument", "", SG_AS_EVER},
    {SG_E_PRETEST_DATE, "Pre-Test Date", "", SG_AS_EVER},
    {SG_E_PRETEST_SCORE, "Pre-Test Scale Score", "", SG_AS_EVER},
    {SG_E_PLANNED, "Planned Service Date", "", SG_AS_EVER},
    {SG_E_EXIT, "923 - Other Reasons for Exit (WIOA)", "", SG_AS_EVER},
    {SG_W_DIPLOMA, "1800 - Type of Recognized Credential #1 (WIOA)", "", SG_AS_EVER},
    {SG_W_DIPLOMA_DATE, "1801 - Date Attained Recognized Credential #1 (WIOA)", "", SG_AS_EVER},
    {SG_W_TEST_DATE, "1806 - Date of Most Recent MSG: Educational Functioning Level (WIOA)", "", SG_AS_EVER},
    {SG_W_TEST_SUBJECT, "EFL Gain Subject", "", SG_AS_EVER},
    {SG_W_TEST_FROM, "EFL Gain From Level", "", SG_AS_EVER},
    {SG_W_TEST_TO, "EFL Gain To Level", "", SG_AS_EVER},
    {SG_W_CREDIT_DATE, "EFL Gain by Credits Date", "", SG_AS_EVER},
    {SG_W_ENTRY_DATE, "EFL Gain by Postsecondary Entry Date", "", SG_AS_EVER},
    {SG_W_SUBTEST_DATE, "EFL Gain by HSE Subtest Date", "", SG_AS_EVER},
    {SG_W_SUBTEST_SUBJECT, "HSE Subtest Subject", "", SG_AS_EVER},
    {SG_W_POSTSECONDARY_DATE, "1807 - Date of Most Recent MSG: Postsecondary Transcript/Report Card (WIOA)",
     "", SG_AS_EVER},
    {SG_W_SECONDARY_DATE, "1808 - Date of Most Recent MSG: Secondary Transcript/Report Card (WIOA)", "",
     SG_AS_EVER},
    {SG_W_MILESTONE_DATE, "1809 - Date of Most Recent MSG: Training Milestone (WIOA)", "", SG_AS_EVER},
    {SG_W_PROGRESSION_DATE, "1810 - Date of Most Recent MSG: Skills Progression (WIOA)", "", SG_AS_EVER},
};

#define SHOWN(list)                                                                                          \
    {                                                                                                        \
        list, (int)(sizeof list / sizeof list[0])                                                            \
    }

static const sg_layout layouts[SG_LAYOUTS] = {
    [SG_CANONICAL] = {"canonical",
                      ',',
                      "\n",
                      SG_UTF8,
                      SG_ISO,
                      {SHOWN(canonical_enrollment), SHOWN(canonical_gain), SHOWN(canonical_test), {NULL, 0}}},
    [SG_VENDOR] = {"vendor",
                   ',',
                   "\r\n",
                   SG_UTF8_MARKED,
                   SG_US,
                   {SHOWN(vendor_enrollment), SHOWN(vendor_gain), SHOWN(vendor_test), {NULL, 0}}},
    [SG_REGISTRAR] = {"registrar",
                      ';',
                      "\r\n",
                      SG_WINDOWS_1252,
                      SG_US,
                      {SHOWN(registrar_enrollment), {NULL, 0}, {NULL, 0}, {NULL, 0}}},
    [SG_PIRL] =
        {"pirl", ',', "\r\n", SG_UTF8, SG_COMPACT, {{NULL, 0}, {NULL, 0}, {NULL, 0}, SHOWN(pirl_wide)}},
};
/* A registrar's gains come out of a spreadsheet, as its "Unicode text". */
static const sg_layout registrar_sheet = {
    "registrar", '\t', "\r\n", SG_UTF16, SG_US, {{NULL, 0}, SHOWN(registrar_gain), {NULL, 0}, {NULL, 0}}};

int sg_layout_find(const char *name)
{
    for (int i = 0; i < SG_LAYOUTS; i++)
        if (strcmp(layouts[i].name, name) == 0)
            return i;
    return SG_LAYOUTS;
}

bool sg_layout_has(int layout, int kind)
{
    if (kind == SG_WIDE || layout == SG_PIRL)
        return layout == SG_PIRL && (kind == SG_WIDE || kind == SG_TEST);
    return true;
}

int sg_layout_of(int layout, int kind)
{
    return kind == SG_TEST && layout != SG_VENDOR ? SG_CANONICAL : layout;
}

const sg_layout *sg_layout_get(int layout, int kind)
{
    return layout == SG_REGISTRAR && kind == SG_GAIN ? &registrar_sheet : &layouts[layout];
}
