/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a period of participation in a program year adds to the tables.
 */
#include "count.h"

/* ---- race and sex, age, program ---- */

/* Male stands before female, the races in the order of the forms; 0: the forms have no column for it. */
static char race_and_sex_column(const sg_pop_year *fact, char *out_reason)
{
    enum { FEMALE = 1, MALE = 2, N_RACES = 8 };
    /* by level of race_ethnicity, Hispanic first */
    static const char columns[N_RACES] = {0, 'H', 'B', 'D', 'F', 'J', 'L', 'N'};
    char column = columns[fact->race < N_RACES ? fact->race : 0];
    *out_reason = column == 0 ? 'C' : 'D';
    if (column == 0 || (fact->sex != FEMALE && fact->sex != MALE))
        return 0;
    return (char)(column + (fact->sex == FEMALE));
}

static void count_grid(sg_nrs_counter *counter, sg_nrs_id id, uint8_t key, const sg_pop_year *fact)
{
    int row = nrs_row_of(id, NRS_ITEM, key, fact->program_year);
    char reason = 'B', column = race_and_sex_column(fact, &reason);
    if (row < 0)
        reason = 'B';
    if (row < 0 || column == 0) {
        nrs_add(counter, id, nrs_row_of(id, NRS_BESIDE, 0, fact->program_year), reason, 1);
        return;
    }
    nrs_add(counter, id, row, column, 1);
    nrs_add(counter, id, row, 'P', 1);
}

/* 0: none. IELCE is a program of its own, whatever the level. */
static int program_type(const sg_pop_year *fact)
{
    enum { LAST_OF_ABE = 4 };
    if ((fact->kinds & SG_FEDERAL_IELCE) != 0)
        return NRS_IELCE;
    if (fact->entering_level == 0)
        return 0;
    if (fact->entering_level <= LAST_OF_ABE || fact->entering_level == SG_LEVEL_ALT_ABE)
        return NRS_ABE;
    return fact->entering_level <= SG_LEVEL_ABE6 ? NRS_ASE : NRS_ELA;
}

static void count_program(sg_nrs_counter *counter, const sg_pop_year *fact)
{
    enum { FIRST_BAND = 2, LAST_BAND = 7 }; /* levels of age_band: 16-18 to 60+ */
    int year = fact->program_year, program = program_type(fact);
    bool has_band = fact->age_band >= FIRST_BAND && fact->age_band <= LAST_BAND;
    bool is_iet = (fact->kinds & SG_FEDERAL_IET) != 0;
    if (program == 0 || !has_band) {
        char reason = program == 0 ? 'B' : 'C';
        nrs_add(counter, SG_NRS_3, nrs_row_of(SG_NRS_3, NRS_BESIDE, 0, year), reason, 1);
        nrs_add(counter, SG_NRS_3, nrs_row_of(SG_NRS_3, NRS_BESIDE_SUBSET, 0, year), reason, is_iet);
        return;
    }
    const nrs_role roles[] = {NRS_ITEM, NRS_SUBSET};
    for (int i = 0; i <= is_iet; i++) {
        int row = nrs_row_of(SG_NRS_3, roles[i], program, year);
        nrs_add(counter, SG_NRS_3, row, (char)('B' + fact->age_band - FIRST_BAND), 1);
        nrs_add(counter, SG_NRS_3, row, 'H', 1);
    }
}

/* ---- gains ---- */

/* Bits of sg_gain_type. */
static unsigned types_of(const sg_nrs_counter *counter, sg_yearly_rule rule, const sg_pop_year *fact)
{
    return sg_yearly_value(counter->rules, rule, fact->program_year);
}

static bool has_gained(const sg_pop_year *fact, unsigned types)
{
    for (unsigned type = 1; type <= SG_GAIN_SKILLS_PROGRESSION; type++)
        if ((types & 1U << type) != 0 && fact->gained[type] != SG_DAY_NONE)
            return true;
    return false;
}

/* The column of the most recent gain, 0: none counts. On one day a diploma stands before a level, and that before types 3 to 5. */
static char recent_gain(const sg_nrs_counter *counter, const sg_pop_year *fact)
{
    unsigned counted = types_of(counter, SG_YEARLY_TABLE_TYPES, fact),
             efl = types_of(counter, SG_YEARLY_LEVEL_TYPES, fact);
    sg_day latest[3] = {SG_DAY_NONE, SG_DAY_NONE, SG_DAY_NONE}; /* E, F, G */
    for (unsigned type = 1; type <= SG_GAIN_SKILLS_PROGRESSION; type++) {
        size_t column = (efl & 1U << type) != 0 ? 0 : type == SG_GAIN_DIPLOMA ? 1 : 2;
        if ((counted & 1U << type) != 0 && fact->gained[type] > latest[column])
            latest[column] = fact->gained[type];
    }
    size_t recent = 1;
    for (size_t column = 0; column < 3; column += 2)
        if (latest[column] > latest[recent])
            recent = column;
    if (latest[recent] == SG_DAY_NONE)
        return 0;
    return "EFG"[recent];
}

static void count_first(sg_nrs_counter *counter, sg_nrs_id id, int row, const sg_pop_year *fact)
{
    char gain = recent_gain(counter, fact);
    nrs_add(counter, id, row, 'B', 1);
    if (fact->is_excluded)
        nrs_add(counter, id, row, 'C', 1);
    else if (gain != 0)
        nrs_add(counter, id, row, gain, 1);
    else {
        nrs_add(counter, id, row, 'H', fact->has_left);
        nrs_add(counter, id, row, 'I', fact->is_enrolled);
    }
}

/* Hours are those of all PoPs of a participant, in the row of the first; a later PoP itself is in the row of its own placement. */
static void count_msg(sg_nrs_counter *counter, sg_nrs_id id, const sg_pop_year *fact)
{
    enum { TO_ALL_POPS = 'L' - 'E' };
    int year = fact->program_year, beside = nrs_row_of(id, NRS_BESIDE, 0, year);
    int row = nrs_row_of(id, NRS_ITEM, fact->entering_level, year);
    char gain = recent_gain(counter, fact);
    nrs_add(counter, id, nrs_row_of(id, NRS_ITEM, fact->first_level, year), 'D', fact->hours);
    if (row < 0) {
        nrs_add(counter, id, beside, 'B', fact->is_first);
        return;
    }
    if (fact->is_first)
        count_first(counter, id, row, fact);
    nrs_add(counter, id, row, 'K', 1);
    if (fact->is_excluded)
        nrs_add(counter, id, beside, 'X', 1);
    else if (gain != 0)
        nrs_add(counter, id, row, (char)(gain + TO_ALL_POPS), 1);
}

static bool has_gained_by_test(const sg_pop_year *fact)
{
    return has_gained(fact, 1U << SG_GAIN_EFL_TEST);
}

/* U, which is not printed: by test in any subject. */
static void count_efl_types(sg_nrs_counter *counter, const sg_pop_year *fact)
{
    int year = fact->program_year, row = nrs_row_of(SG_NRS_4A, NRS_ITEM, fact->entering_level, year);
    if (!has_gained(fact, types_of(counter, SG_YEARLY_LEVEL_TYPES, fact)))
        return;
    if (row < 0) {
        nrs_add(counter, SG_NRS_4A, nrs_row_of(SG_NRS_4A, NRS_BESIDE, 0, year), 'B', 1);
        return;
    }
    nrs_add(counter, SG_NRS_4A, row, 'B', 1);
    nrs_add(counter, SG_NRS_4A, row, 'C', fact->gained_language);
    nrs_add(counter, SG_NRS_4A, row, 'E', fact->gained_mathematics);
    nrs_add(counter, SG_NRS_4A, row, 'G', has_gained(fact, 1U << SG_GAIN_EFL_CREDIT));
    nrs_add(counter, SG_NRS_4A, row, 'I', has_gained(fact, 1U << SG_GAIN_EFL_POSTSECONDARY));
    nrs_add(counter, SG_NRS_4A, row, 'U', has_gained_by_test(fact));
    if (has_gained_by_test(fact) && !fact->gained_language && !fact->gained_mathematics)
        nrs_add(counter, SG_NRS_4A, nrs_row_of(SG_NRS_4A, NRS_BESIDE, 0, year), 'S', 1);
}

static void count_tested(sg_nrs_counter *counter, const sg_pop_year *fact)
{
    int year = fact->program_year, row = nrs_row_of(SG_NRS_4B, NRS_ITEM, fact->entering_level, year);
    if (row < 0) {
        nrs_add(counter, SG_NRS_4B, nrs_row_of(SG_NRS_4B, NRS_BESIDE, 0, year), 'B', 1);
        return;
    }
    nrs_add(counter, SG_NRS_4B, row, 'B', 1);
    nrs_add(counter, SG_NRS_4B, row, 'C', fact->hours);
    if (has_gained_by_test(fact)) {
        nrs_add(counter, SG_NRS_4B, row, 'D', 1);
        return;
    }
    nrs_add(counter, SG_NRS_4B, row, 'E', fact->has_left);
    nrs_add(counter, SG_NRS_4B, row, 'F', fact->is_enrolled);
}

/* ---- programs with a table of their own ---- */

/* A row of MSG in the frame of Table 5. */
static void count_outcome(sg_nrs_counter *counter, sg_nrs_id id, int key, const sg_pop_year *fact,
                          bool has_outcome)
{
    int row = nrs_row_of(id, NRS_ITEM, key, fact->program_year);
    nrs_add(counter, id, row, 'B', fact->is_first);
    nrs_add(counter, id, row, 'C', fact->is_first && has_outcome);
    nrs_add(counter, id, row, 'E', 1);
    nrs_add(counter, id, row, 'F', has_outcome);
}

/* All IET participants stand in each row, the excluded too; types overlap. */
static void count_iet(sg_nrs_counter *counter, const sg_pop_year *fact)
{
    const struct {
        int key;
        unsigned types;
    } rows[] = {
        {NRS_MSG_EFL, types_of(counter, SG_YEARLY_LEVEL_TYPES, fact)},
        {NRS_MSG_DIPLOMA, 1U << SG_GAIN_DIPLOMA},
        {NRS_MSG_TRANSCRIPT, 1U << SG_GAIN_TRANSCRIPT_SECONDARY | 1U << SG_GAIN_TRANSCRIPT_POSTSECONDARY},
        {NRS_MSG_MILESTONE, 1U << SG_GAIN_MILESTONE},
        {NRS_MSG_SKILLS, 1U << SG_GAIN_SKILLS_PROGRESSION},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        count_outcome(counter, SG_NRS_11, rows[i].key, fact,
                      !fact->is_excluded && has_gained(fact, rows[i].types));
    nrs_add(counter, SG_NRS_11, nrs_row_of(SG_NRS_11, NRS_BESIDE, 0, fact->program_year), 'X',
            fact->is_first && fact->is_excluded);
}

static void count_own_table(sg_nrs_counter *counter, sg_nrs_id id, const sg_pop_year *fact)
{
    if (fact->is_excluded)
        nrs_add(counter, id, nrs_row_of(id, NRS_BESIDE, 0, fact->program_year), 'X', fact->is_first);
    else
        count_outcome(counter, id, NRS_MSG_ANY, fact, recent_gain(counter, fact) != 0);
}

/* ---- status on entry ---- */

static int education_row(uint8_t level)
{
    /* by level of prior_education: none, diploma, equivalent, iep_certificate, some_postsecondary, certificate, then degrees */
    static const int rows[] = {
        NRS_EDUCATION_UNKNOWN,  NRS_NO_DIPLOMA,         NRS_DIPLOMA, NRS_EQUIVALENT, NRS_DIPLOMA,
        NRS_SOME_POSTSECONDARY, NRS_SOME_POSTSECONDARY, NRS_DEGREE,  NRS_DEGREE,     NRS_DEGREE};
    return level < sizeof rows / sizeof rows[0] ? rows[level] : NRS_EDUCATION_UNKNOWN;
}

static void count_status(sg_nrs_counter *counter, const sg_pop_year *fact)
{
    int year = fact->program_year;
    nrs_add(counter, SG_NRS_6, nrs_row_of(SG_NRS_6, NRS_ITEM, fact->employment, year), 'B', 1);
    nrs_add(counter, SG_NRS_6, nrs_row_of(SG_NRS_6, NRS_ITEM, education_row(fact->education), year), 'B', 1);
    nrs_add(counter, SG_NRS_6, nrs_row_of(SG_NRS_6, NRS_SUBSET, NRS_IN_WORKPLACE, year), 'B',
            (fact->kinds & SG_FEDERAL_WORKPLACE) != 0);
    nrs_add(counter, SG_NRS_6, nrs_row_of(SG_NRS_6, NRS_SUBSET, NRS_IN_CORRECTIONS, year), 'B',
            (fact->kinds & SG_FEDERAL_CORRECTIONS) != 0);
}

/* ---- the fact ---- */

static void count_participant(sg_nrs_counter *counter, const sg_pop_year *fact)
{
    if (fact->is_first) {
        count_grid(counter, SG_NRS_1, fact->entering_level, fact);
        count_grid(counter, SG_NRS_2, fact->age_band, fact);
        count_program(counter, fact);
        count_status(counter, fact);
        if (!fact->is_excluded)
            count_efl_types(counter, fact);
        if (!fact->is_excluded && fact->is_tested)
            count_tested(counter, fact);
    }
    count_msg(counter, SG_NRS_4, fact);
    if ((fact->kinds & SG_FEDERAL_DISTANCE) != 0)
        count_msg(counter, SG_NRS_4C, fact);
    if ((fact->kinds & SG_FEDERAL_IELCE) != 0)
        count_own_table(counter, SG_NRS_9, fact);
    if ((fact->kinds & SG_FEDERAL_CORRECTIONS) != 0)
        count_own_table(counter, SG_NRS_10, fact);
    if ((fact->kinds & SG_FEDERAL_IET) != 0)
        count_iet(counter, fact);
}

sg_status nrs_add_pop_year(void *context, const sg_pop_year *fact, sg_err *err)
{
    sg_nrs_counter *counter = context;
    bool is_wanted = false;
    sg_status status = nrs_begin(counter, fact->program_year, &is_wanted, err);
    counter->given |= fact->given;
    if (status != SG_OK || !is_wanted)
        return status;
    if (fact->is_participant)
        count_participant(counter, fact);
    else if (fact->is_first)
        count_grid(counter, SG_NRS_2A, fact->age_band, fact);
    nrs_end(counter, &fact->pseudonym);
    return SG_OK;
}
