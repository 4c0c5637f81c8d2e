/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms, as the published tables of PY 2019 to 2023 have them; labels are shortened. What is not on a line of its own follows from
 * the sources named in layout.c and beside the tables of the tests.
 */
#include "layout.h"

/* clang-format off */
#define COUNT(letter, label) {letter, SG_NRS_COUNT, label, NULL, NULL, NULL, {0, 0}}
#define COUNT_IN(letter, label, first, last) {letter, SG_NRS_COUNT, label, NULL, NULL, NULL, {first, last}}
#define HOURS(letter, label) {letter, SG_NRS_HOURS, label, NULL, NULL, NULL, {0, 0}}
#define SHARE(letter, label, over, under, less) {letter, SG_NRS_SHARE, label, over, under, less, {0, 0}}
#define ROW(role, key, group, label) {NRS_##role, key, group, label, 0, {0, 0}}
#define ROW_IN(role, key, group, label, first, last) {NRS_##role, key, group, label, 0, {first, last}}
#define ROW_OF(role, key, group, label, needs) {NRS_##role, key, group, label, needs, {0, 0}}
#define NOTE(key) {key, 0, {0, 0}}
#define NOTE_OF(letter, key) {key, letter, {0, 0}}
#define LIST(list) list, sizeof(list) / sizeof(list)[0]

static const nrs_column race_and_sex[] = {
    COUNT('B', "American Indian or Alaska Native: Male"),
    COUNT('C', "American Indian or Alaska Native: Female"),
    COUNT('D', "Asian: Male"),
    COUNT('E', "Asian: Female"),
    COUNT('F', "Black or African American: Male"),
    COUNT('G', "Black or African American: Female"),
    COUNT('H', "Hispanic/Latino: Male"),
    COUNT('I', "Hispanic/Latino: Female"),
    COUNT('J', "Native Hawaiian or Other Pacific Islander: Male"),
    COUNT('K', "Native Hawaiian or Other Pacific Islander: Female"),
    COUNT('L', "White: Male"),
    COUNT('M', "White: Female"),
    COUNT('N', "More than One Race: Male"),
    COUNT('O', "More than One Race: Female"),
    COUNT('P', "Total"),
};

static const nrs_column by_age[] = {
    COUNT('B', "16-18"), COUNT('C', "19-24"), COUNT('D', "25-44"),
    COUNT('E', "45-54"), COUNT('F', "55-59"), COUNT('G', "60+"), COUNT('H', "Total"),
};

/* G and N came with PY 2020. Type 1d counts in E from PY 2023. */
static const nrs_column gains[] = {
    COUNT('B', "Number of participants"),
    COUNT('C', "Participants excluded from MSG performance"),
    HOURS('D', "Attendance hours of all participants"),
    COUNT_IN('E', "Achieved at least one EFL gain (types 1a-1c)", 0, 2022),
    COUNT_IN('E', "Achieved at least one EFL gain (types 1a-1d)", 2023, 0),
    COUNT('F', "Attained a secondary school diploma or its recognized equivalent"),
    COUNT_IN('G', "IET or workplace literacy participants with MSG of types 3, 4 or 5", 2020, 0),
    COUNT('H', "Separated before achieving MSG"),
    COUNT('I', "Remaining in program without MSG"),
    SHARE('J', "Percentage achieving MSG", "EFG", "B", "C"),
    COUNT('K', "Total PoPs"),
    COUNT('L', "PoPs with at least one EFL gain"),
    COUNT('M', "PoPs with a secondary school diploma or its recognized equivalent"),
    COUNT_IN('N', "PoPs of IET or workplace literacy with MSG of types 3, 4 or 5", 2020, 0),
    SHARE('O', "Percentage of PoPs with MSG", "LMN", "K", ""),
};

static const nrs_column gain_types[] = {
    COUNT('B', "Participants with an EFL gain"),
    COUNT('C', "By pre- and post-test in ELA/literacy or ELP: number"), SHARE('D', "By pre- and post-test in ELA/literacy or ELP: percentage", "C", "B", ""),
    COUNT('E', "By pre- and post-test in mathematics: number"), SHARE('F', "By pre- and post-test in mathematics: percentage", "E", "B", ""),
    COUNT('G', "By Carnegie units or credits: number"), SHARE('H', "By Carnegie units or credits: percentage", "G", "B", ""),
    COUNT('I', "By entry into postsecondary education or training: number"), SHARE('J', "By entry into postsecondary education or training: percentage", "I", "B", ""),
};

static const nrs_column tested[] = {
    COUNT('B', "Participants pre- and post-tested"),
    HOURS('C', "Attendance hours of those"),
    COUNT('D', "With EFL gain"),
    COUNT('E', "Separated without EFL gain"),
    COUNT('F', "Remaining without EFL gain"),
    SHARE('G', "Percentage achieving EFL gain", "D", "B", ""),
};

static const nrs_column indicators[] = {
    COUNT('B', "Participants included in the indicator"),
    COUNT('C', "Participants achieving the outcome, or median"),
    SHARE('D', "Percentage of participants achieving the outcome", "C", "B", ""),
    COUNT('E', "PoPs included in the indicator"),
    COUNT('F', "PoPs achieving the outcome, or median"),
    SHARE('G', "Percentage of PoPs achieving the outcome", "F", "E", ""),
};

/* Nothing in an export tells where someone went to school. */
static const nrs_column numbers[] = {
    COUNT('B', "Number"),
    {'C', SG_NRS_BLANK, "US-based schooling", NULL, NULL, NULL, {0, 0}},
    {'D', SG_NRS_BLANK, "Non-US-based schooling", NULL, NULL, NULL, {0, 0}},
};

/* ---- rows ---- */

/* Keys: places in sg_codes_entering_level. Alternative placement has rows from PY 2023. */
#define LEVELS_ABE \
    ROW(ITEM, 1, 1, "ABE Level 1"), ROW(ITEM, 2, 1, "ABE Level 2"), ROW(ITEM, 3, 1, "ABE Level 3"), \
    ROW(ITEM, 4, 1, "ABE Level 4"), ROW(ITEM, 5, 1, "ABE Level 5"), ROW(ITEM, 6, 1, "ABE Level 6"), \
    ROW_IN(ITEM, 13, 1, "Alternative ABE placement", 2023, 0)
#define LEVELS_ESL \
    ROW(ITEM, 7, 2, "ESL Level 1"), ROW(ITEM, 8, 2, "ESL Level 2"), ROW(ITEM, 9, 2, "ESL Level 3"), \
    ROW(ITEM, 10, 2, "ESL Level 4"), ROW(ITEM, 11, 2, "ESL Level 5"), ROW(ITEM, 12, 2, "ESL Level 6"), \
    ROW_IN(ITEM, 14, 2, "Alternative ESL placement", 2023, 0)

static const nrs_row levels[] = {LEVELS_ABE, LEVELS_ESL, ROW(TOTAL, 0, 0, "Total"), ROW(BESIDE, 0, 0, "")};

static const nrs_row levels_by_group[] = {
    LEVELS_ABE, ROW(SUBTOTAL, 0, 1, "ABE Total"),
    LEVELS_ESL, ROW(SUBTOTAL, 0, 2, "ESL Total"),
    ROW(TOTAL, 0, 0, "Grand Total"), ROW(BESIDE, 0, 0, ""),
};

/* Keys: levels of the dimension age_band. */
static const nrs_row ages[] = {
    ROW(ITEM, 2, 0, "16-18"), ROW(ITEM, 3, 0, "19-24"), ROW(ITEM, 4, 0, "25-44"), ROW(ITEM, 5, 0, "45-54"),
    ROW(ITEM, 6, 0, "55-59"), ROW(ITEM, 7, 0, "60+"), ROW(TOTAL, 0, 0, "Total"), ROW(BESIDE, 0, 0, ""),
};

static const nrs_row programs[] = {
    ROW(ITEM, NRS_ABE, 0, "Adult Basic Education (ABE Levels 1-4)"),
    ROW(SUBSET, NRS_ABE, 0, "of these in Integrated Education and Training"),
    ROW(ITEM, NRS_ASE, 0, "Adult Secondary Education (ABE Levels 5-6)"),
    ROW(SUBSET, NRS_ASE, 0, "of these in Integrated Education and Training"),
    ROW(ITEM, NRS_ELA, 0, "English Language Acquisition (not IELCE)"),
    ROW(SUBSET, NRS_ELA, 0, "of these in Integrated Education and Training"),
    ROW_OF(ITEM, NRS_IELCE, 0, "Integrated English Literacy and Civics Education (section 243)", SG_GIVEN_IELCE),
    ROW_OF(SUBSET, NRS_IELCE, 0, "of these in Integrated Education and Training", SG_GIVEN_IELCE),
    ROW(TOTAL, 0, 0, "Total"), ROW(BESIDE, 0, 0, ""), ROW(BESIDE_SUBSET, 0, 0, ""),
};

/* Two rows of the diploma until PY 2022, one from PY 2023. */
#define AFTER_EXIT \
    ROW_OF(ITEM, NRS_EXIT_Q2, 0, "Employment in the second quarter after exit", SG_GIVEN_OUTCOMES), \
    ROW_OF(ITEM, NRS_EXIT_Q4, 0, "Employment in the fourth quarter after exit", SG_GIVEN_OUTCOMES), \
    ROW_OF(MEDIAN, NRS_EXIT_EARNINGS, 0, "Median earnings in the second quarter after exit", SG_GIVEN_OUTCOMES), \
    {NRS_ITEM, NRS_EXIT_DIPLOMA_POSTSECONDARY, 0, "Diploma or equivalent, and entered postsecondary education or training within one year of exit", SG_GIVEN_OUTCOMES, {0, 2022}}, \
    {NRS_ITEM, NRS_EXIT_DIPLOMA_EMPLOYED, 0, "Diploma or equivalent, and employed within one year of exit", SG_GIVEN_OUTCOMES, {0, 2022}}, \
    {NRS_ITEM, NRS_EXIT_DIPLOMA, 0, "Diploma or equivalent, and employed or in postsecondary education or training within one year of exit", SG_GIVEN_OUTCOMES, {2023, 0}}, \
    ROW_OF(ITEM, NRS_EXIT_CREDENTIAL, 0, "Postsecondary credential while enrolled or within one year of exit", SG_GIVEN_OUTCOMES | SG_GIVEN_CREDENTIAL)

static const nrs_row after_exit[] = {AFTER_EXIT, ROW(BESIDE, 0, 0, "")};

static const nrs_row civics[] = {
    ROW(ITEM, NRS_MSG_ANY, 0, "Measurable skill gain"), AFTER_EXIT,
    ROW(ABSENT, 0, 0, "Achieved citizenship skills"),
    ROW(ABSENT, 1, 0, "Voted or registered to vote"),
    ROW(ABSENT, 2, 0, "Increased involvement in community activities"),
    ROW(BESIDE, 0, 0, ""),
};

static const nrs_row corrections[] = {
    ROW(ITEM, NRS_MSG_ANY, 0, "Measurable skill gain"), AFTER_EXIT, ROW(BESIDE, 0, 0, ""),
};

static const nrs_row iet[] = {
    ROW_IN(ITEM, NRS_MSG_EFL, 1, "MSG by EFL gain (types 1a-1c)", 0, 2022),
    ROW_IN(ITEM, NRS_MSG_EFL, 1, "MSG by EFL gain (types 1a-1d)", 2023, 0),
    ROW(ITEM, NRS_MSG_DIPLOMA, 2, "MSG by secondary school diploma or its recognized equivalent (type 2)"),
    ROW(ITEM, NRS_MSG_TRANSCRIPT, 2, "MSG by secondary or postsecondary transcript (type 3)"),
    ROW(ITEM, NRS_MSG_MILESTONE, 2, "MSG by progress toward milestones (type 4)"),
    ROW(ITEM, NRS_MSG_SKILLS, 2, "MSG by passing technical or occupational skills exams (type 5)"),
    AFTER_EXIT, ROW(BESIDE, 0, 0, ""),
};

static const nrs_row status[] = {
    ROW(HEADING, 0, 0, "Participant status on entry"),
    ROW_OF(ITEM, 1, 1, "Employed", SG_GIVEN_EMPLOYMENT),
    ROW_OF(ITEM, 2, 1, "Employed, but received notice of termination or separation", SG_GIVEN_EMPLOYMENT),
    ROW_OF(ITEM, 3, 1, "Unemployed", SG_GIVEN_EMPLOYMENT),
    ROW_OF(ITEM, 4, 1, "Not in the labor force", SG_GIVEN_EMPLOYMENT),
    ROW_OF(ITEM, 0, 1, "Unknown (not on the form)", SG_GIVEN_EMPLOYMENT),
    ROW(HEADING, 1, 0, "Highest degree or level of school completed on entry"),
    ROW(ABSENT, 0, 0, "No schooling"), ROW(ABSENT, 1, 0, "Grades 1-5"), ROW(ABSENT, 2, 0, "Grades 6-8"),
    ROW(ABSENT, 3, 0, "Grades 9-12 (no diploma)"),
    ROW_OF(ITEM, NRS_NO_DIPLOMA, 2, "No diploma, grade not told (not on the form)", SG_GIVEN_EDUCATION),
    ROW_OF(ITEM, NRS_DIPLOMA, 2, "Secondary school diploma or alternate credential", SG_GIVEN_EDUCATION),
    ROW_OF(ITEM, NRS_EQUIVALENT, 2, "Secondary school equivalent", SG_GIVEN_EDUCATION),
    ROW_OF(ITEM, NRS_SOME_POSTSECONDARY, 2, "Some postsecondary education, no degree", SG_GIVEN_EDUCATION),
    ROW_OF(ITEM, NRS_DEGREE, 2, "Postsecondary or professional degree", SG_GIVEN_EDUCATION),
    ROW_OF(ITEM, NRS_EDUCATION_UNKNOWN, 2, "Unknown", SG_GIVEN_EDUCATION),
    ROW(HEADING, 2, 0, "Program type"),
    ROW(ABSENT, 4, 0, "In family literacy program"),
    ROW_OF(SUBSET, NRS_IN_WORKPLACE, 0, "In workplace adult education and literacy activities", SG_GIVEN_WORKPLACE),
    ROW(HEADING, 3, 0, "Institutional programs"),
    ROW_OF(SUBSET, NRS_IN_CORRECTIONS, 0, "In correctional facility", SG_GIVEN_CORRECTIONS),
    ROW(ABSENT, 5, 0, "In community correctional program"),
    ROW(ABSENT, 6, 0, "In other institutional setting"),
};

/* ---- notes ---- */

#define BESIDE_GRID NOTE_OF('C', "beside_race"), NOTE_OF('D', "beside_sex")
static const nrs_remark notes_1[] = {NOTE_OF('B', "beside_level"), BESIDE_GRID};
static const nrs_remark notes_2[] = {NOTE_OF('B', "beside_age"), BESIDE_GRID};
static const nrs_remark notes_2a[] = {NOTE("reportable"), NOTE_OF('B', "beside_age"), BESIDE_GRID};
static const nrs_remark notes_3[] = {NOTE("subsets"), NOTE_OF('B', "beside_program"), NOTE_OF('C', "beside_age")};
static const nrs_remark notes_4[] = {NOTE("recent"), NOTE("pops"), NOTE_OF('B', "beside_level"), NOTE_OF('X', "pops_excluded")};
static const nrs_remark notes_4a[] = {NOTE("overlap"), NOTE_OF('S', "no_subject"), NOTE_OF('B', "beside_level")};
static const nrs_remark notes_4b[] = {NOTE("tested"), NOTE_OF('B', "beside_level")};
static const nrs_remark notes_4c[] = {NOTE("distance"), NOTE_OF('B', "beside_level"), NOTE_OF('X', "pops_excluded")};
#define PENDING NOTE("windows"), NOTE_OF('P', "pending"), NOTE_OF('E', "earnings_unknown")
static const nrs_remark notes_5[] = {PENDING};
static const nrs_remark notes_5a[] = {NOTE("distance"), PENDING};
static const nrs_remark notes_6[] = {NOTE("schooling")};
static const nrs_remark notes_9[] = {NOTE("civics"), NOTE_OF('X', "excluded"), PENDING};
static const nrs_remark notes_10[] = {NOTE("released"), NOTE_OF('X', "excluded"), PENDING};
static const nrs_remark notes_11[] = {NOTE("iet"), NOTE_OF('X', "excluded_in"), PENDING};

const nrs_layout nrs_layouts[SG_N_NRS_TABLES] = {
    [SG_NRS_1] = {"Participants by Entering Educational Functioning Level, Ethnicity, and Sex", "Entering EFL", LIST(race_and_sex), LIST(levels), LIST(notes_1), 0},
    [SG_NRS_2] = {"Participants by Age, Ethnicity, and Sex", "Age group", LIST(race_and_sex), LIST(ages), LIST(notes_2), 0},
    [SG_NRS_2A] = {"Reportable Individuals by Age, Ethnicity, and Sex", "Age group", LIST(race_and_sex), LIST(ages), LIST(notes_2a), 0},
    [SG_NRS_3] = {"Participants by Program Type and Age", "Program type", LIST(by_age), LIST(programs), LIST(notes_3), 0},
    [SG_NRS_4] = {"Measurable Skill Gains (MSG) by Entry Level", "Entering EFL", LIST(gains), LIST(levels_by_group), LIST(notes_4), 0},
    [SG_NRS_4A] = {"Educational Functioning Level Gain by Type", "Entering EFL", LIST(gain_types), LIST(levels_by_group), LIST(notes_4a), 0},
    [SG_NRS_4B] = {"Educational Functioning Level Gain and Attendance for Pre- and Post-tested Participants", "Entering EFL", LIST(tested), LIST(levels_by_group), LIST(notes_4b), SG_GIVEN_TESTS},
    [SG_NRS_4C] = {"Measurable Skill Gains (MSG) by Entry Level for Participants in Distance Education", "Entering EFL", LIST(gains), LIST(levels_by_group), LIST(notes_4c), SG_GIVEN_DISTANCE},
    [SG_NRS_5] = {"Primary Indicators of Performance", "Indicator", LIST(indicators), LIST(after_exit), LIST(notes_5), 0},
    [SG_NRS_5A] = {"Primary Indicators of Performance for Participants in Distance Education", "Indicator", LIST(indicators), LIST(after_exit), LIST(notes_5a), SG_GIVEN_DISTANCE},
    [SG_NRS_6] = {"Participant Status and Program Enrollment", "Status or program", LIST(numbers), LIST(status), LIST(notes_6), 0},
    [SG_NRS_9] = {"Outcome Achievement for Participants in Integrated English Literacy and Civics Education", "Indicator", LIST(indicators), LIST(civics), LIST(notes_9), SG_GIVEN_IELCE},
    [SG_NRS_10] = {"Outcome Achievement for Participants in Correctional Education Programs", "Indicator", LIST(indicators), LIST(corrections), LIST(notes_10), SG_GIVEN_CORRECTIONS},
    [SG_NRS_11] = {"Outcome Achievement for Participants in Integrated Education and Training Programs", "Indicator", LIST(indicators), LIST(iet), LIST(notes_11), 0},
};
/* clang-format on */
