/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "federal.h"

#include <limits.h>
#include <string.h>

#include "hours.h"
#include "iet.h"
#include "year.h"

sg_federal sg_federal_of(const sg_config *config, sg_day as_of, const sg_federal_sink *sink)
{
    return (sg_federal){.config = config,
                        .as_of = as_of,
                        .sink = sink,
                        .college = -1,
                        .outcomes_until = SG_DAY_NONE,
                        .race = sg_dimension_find("race_ethnicity"),
                        .sex = sg_dimension_find("sex"),
                        .age_band = sg_dimension_find("age_band"),
                        .employment = sg_dimension_find("employment_status"),
                        .education = sg_dimension_find("prior_education")};
}

/* ---- a PoP ---- */

bool sg_federal_has_exit(const sg_federal *federal, const sg_pop *pop)
{
    return sg_pop_has_ended(pop, federal->config, federal->as_of);
}

sg_exclusion sg_federal_exclusion(const sg_pop *pop)
{
    sg_exclusion exclusion = SG_EXCLUDES_NOTHING;
    for (size_t i = 0; i < pop->n_rows; i++) {
        const sg_counted_row *row = &pop->rows[i];
        const char *code = sg_code_text(&sg_codes_exit_reason, row->row->number[SG_ENROLLMENT_EXIT_REASON]);
        if (row->range_last != pop->last || row->is_open || row->goes_on || strlen(code) != 2)
            continue;
        if (code[1] >= '1' && code[1] <= '4')
            return SG_EXCLUDES_ALL;
        if (code[1] == '7')
            exclusion = SG_EXCLUDES_AFTER_EXIT;
    }
    return exclusion;
}

uint8_t sg_federal_code(const sg_pop *pop, sg_enrollment_field field)
{
    for (size_t i = 0; i < pop->n_rows; i++) {
        int64_t value = pop->rows[i].row->number[field];
        if (value > 0 && value <= UINT8_MAX)
            return (uint8_t)value;
    }
    return 0;
}

static uint8_t level_at_entry(const sg_pop *pop, const sg_dimension *dimension)
{
    uint8_t level = 0;
    for (size_t i = 0; i < pop->n_rows && level == 0; i++)
        level = sg_dimension_level(dimension, pop->rows[i].row->number);
    return level;
}

/* Hours by the end of a day: rounded down, so that those of the days between two days add up exactly. */
static int64_t hours_by(const sg_counted_row *row, sg_day day)
{
    int64_t begun = (int64_t)(day < row->last ? day : row->last) - row->first + 1;
    if (begun <= 0)
        return 0;
    uint64_t days = (uint64_t)(begun < row->spread_days ? begun : row->spread_days);
    return (int64_t)((uint64_t)row->hours * days / (uint64_t)row->spread_days);
}

static int64_t hours_between(const sg_counted_row *row, sg_day from, sg_day to)
{
    return hours_by(row, to) - hours_by(row, from - 1);
}

/* The row's own share of distance hours, on the days in question. */
static bool is_distance(const sg_pop *pop, sg_day from, sg_day to)
{
    double distance = 0, all = 0;
    for (size_t i = 0; i < pop->n_rows; i++) {
        const int64_t *number = pop->rows[i].row->number;
        int64_t contact = number[SG_ENROLLMENT_CONTACT_HOURS], given = number[SG_ENROLLMENT_DISTANCE_HOURS];
        double hours = (double)hours_between(&pop->rows[i], from, to);
        all += hours;
        if (contact > 0 && given > 0)
            distance += hours * (double)given / (double)contact;
    }
    return distance * 2 > all;
}

static bool is_in(const sg_counted_row *row, sg_day from, sg_day to)
{
    return row->range_first <= to && row->range_last >= from;
}

unsigned sg_federal_kinds(const sg_federal *federal, const sg_pop *pop, sg_day from, sg_day to)
{
    static const struct {
        sg_enrollment_field field;
        unsigned kind;
    } flags[] = {{SG_ENROLLMENT_WORKPLACE_LITERACY, SG_FEDERAL_WORKPLACE},
                 {SG_ENROLLMENT_IELCE, SG_FEDERAL_IELCE},
                 {SG_ENROLLMENT_CORRECTIONS, SG_FEDERAL_CORRECTIONS}};
    unsigned kinds = 0;
    for (size_t i = 0; i < pop->n_rows; i++)
        for (size_t f = 0; f < sizeof flags / sizeof flags[0]; f++)
            if (is_in(&pop->rows[i], from, to) && pop->rows[i].row->number[flags[f].field] == SG_YES)
                kinds |= flags[f].kind;
    if (sg_iet_arm(sg_iet_grade_in(pop, federal->programs, from, to), federal->config->cohort.iet) ==
        SG_ARM_IS_IET)
        kinds |= SG_FEDERAL_IET;
    return is_distance(pop, from, to) ? kinds | SG_FEDERAL_DISTANCE : kinds;
}

unsigned sg_federal_given(const sg_federal *federal, const sg_pop *pop)
{
    static const struct {
        sg_enrollment_field field;
        unsigned given;
    } fields[] = {{SG_ENROLLMENT_DISTANCE_HOURS, SG_GIVEN_DISTANCE},
                  {SG_ENROLLMENT_IELCE, SG_GIVEN_IELCE},
                  {SG_ENROLLMENT_CORRECTIONS, SG_GIVEN_CORRECTIONS},
                  {SG_ENROLLMENT_WORKPLACE_LITERACY, SG_GIVEN_WORKPLACE},
                  {SG_ENROLLMENT_EMPLOYMENT_STATUS, SG_GIVEN_EMPLOYMENT},
                  {SG_ENROLLMENT_PRIOR_EDUCATION, SG_GIVEN_EDUCATION}};
    unsigned given = (federal->has_tests ? SG_GIVEN_TESTS : 0U) |
                     (federal->outcomes_until != SG_DAY_NONE ? SG_GIVEN_OUTCOMES : 0U);
    for (size_t i = 0; i < pop->n_rows; i++) {
        const int64_t *number = pop->rows[i].row->number;
        for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++)
            if (number[fields[f].field] != SG_BLANK)
                given |= fields[f].given;
        if (number[SG_ENROLLMENT_IET] == SG_IET_CREDENTIAL)
            given |= SG_GIVEN_CREDENTIAL;
    }
    return given;
}

/* ---- in a program year ---- */

/* A subject is free text: mathematics is what speaks of it, all else is reading, writing or English. */
static bool is_mathematics(const char *subject)
{
    static const char *const words[] = {"math", "numeracy"};
    for (const char *c = subject; c != NULL && *c != '\0'; c++)
        for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
            size_t n = 0;
            while (words[w][n] != '\0' && (c[n] | ' ') == words[w][n])
                n++;
            if (words[w][n] == '\0')
                return true;
        }
    return false;
}

static void add_gains(const sg_federal *federal, const sg_stored_learner *learner, const sg_pop *pop,
                      sg_pop_year *fact)
{
    sg_day from = sg_program_year_first(fact->program_year), to = sg_program_year_last(fact->program_year);
    for (size_t i = 0; i < learner->n_gains; i++) {
        const sg_stored_gain *gain = &learner->gains[i];
        if (gain->date < from || gain->date > to ||
            sg_gain_judge(gain, pop, federal->as_of, federal->config->cohort.gain_grace_days) !=
                SG_GAIN_COUNTS)
            continue;
        if (gain->date > fact->gained[gain->type])
            fact->gained[gain->type] = gain->date;
        if (gain->type != SG_GAIN_EFL_TEST)
            continue;
        if (is_mathematics(gain->subject))
            fact->gained_mathematics = true;
        else
            fact->gained_language = true;
    }
}

static bool is_same_test(const sg_stored_test *a, const sg_stored_test *b)
{
    return sg_text_equal(a->instrument, b->instrument) && sg_text_equal(a->subject, b->subject);
}

static bool is_known_test(const sg_federal *federal, const sg_stored_test *test, const sg_pop *pop)
{
    return test->date >= pop->first && test->date <= pop->last && test->date <= test->cutoff &&
           test->date <= federal->as_of;
}

/* Tests come by date. */
static bool is_tested(const sg_federal *federal, const sg_stored_learner *learner, const sg_pop *pop,
                      int year)
{
    for (size_t post = 1; post < learner->n_tests; post++) {
        const sg_stored_test *test = &learner->tests[post];
        if (!is_known_test(federal, test, pop) || sg_program_year(test->date) != year)
            continue;
        for (size_t pre = 0; pre < post; pre++)
            if (is_known_test(federal, &learner->tests[pre], pop) && learner->tests[pre].date < test->date &&
                is_same_test(&learner->tests[pre], test))
                return true;
    }
    return false;
}

static sg_pop_year fact_of(const sg_federal *federal, const sg_federal_learner *learner, const sg_pop *pop,
                           int year)
{
    sg_day from = sg_program_year_first(year), to = sg_program_year_last(year);
    sg_pop_year fact = {.pseudonym = learner->learner->pseudonym,
                        .program_year = year,
                        .college = pop->rows[0].row->college,
                        .is_participant = pop->participant_day != SG_DAY_NONE,
                        .entering_level = sg_federal_code(pop, SG_ENROLLMENT_ENTERING_LEVEL),
                        .race = level_at_entry(pop, federal->race),
                        .sex = level_at_entry(pop, federal->sex),
                        .age_band = level_at_entry(pop, federal->age_band),
                        .employment = level_at_entry(pop, federal->employment),
                        .education = level_at_entry(pop, federal->education),
                        .kinds = sg_federal_kinds(federal, pop, from, to),
                        .given = sg_federal_given(federal, pop),
                        .has_left = pop->last <= to && sg_federal_has_exit(federal, pop)};
    fact.is_excluded = sg_program_year(pop->last) == year && sg_federal_exclusion(pop) == SG_EXCLUDES_ALL;
    fact.is_enrolled = !fact.has_left;
    for (size_t type = 0; type <= SG_GAIN_SKILLS_PROGRESSION; type++)
        fact.gained[type] = SG_DAY_NONE;
    add_gains(federal, learner->learner, pop, &fact);
    fact.is_tested = is_tested(federal, learner->learner, pop, year);
    for (size_t i = 0; i < pop->n_rows; i++)
        fact.hours += hours_between(&pop->rows[i], from, to);
    return fact;
}

/* ---- the learner ---- */

static bool is_wanted(const sg_federal *federal, const sg_pop *pop)
{
    return federal->college == -1 || pop->rows[0].row->college == federal->college;
}

/* The years of a PoP of its sort. */
static int first_year(const sg_pop *pop)
{
    return sg_program_year(pop->participant_day != SG_DAY_NONE ? pop->participant_day : pop->first);
}

static bool participates_in(const sg_federal_learner *learner, int year)
{
    for (size_t i = 0; i < learner->n_pops; i++)
        if (learner->pops[i].participant_day != SG_DAY_NONE && first_year(&learner->pops[i]) <= year &&
            sg_program_year(learner->pops[i].last) >= year)
            return true;
    return false;
}

/* Of the learner's PoPs of one sort, which come by time: the next year that none has yet, and the level of the first one in the
 * year before it, the only other year that a later one can touch. */
typedef struct {
    int next_year;
    uint8_t level;
} first_of_sort;

static sg_status tell_pop(const sg_federal *federal, const sg_federal_learner *learner, const sg_pop *pop,
                          first_of_sort *first, sg_err *err)
{
    int last = sg_program_year(pop->last);
    sg_status status = SG_OK;
    for (int year = first_year(pop); year <= last && status == SG_OK; year++) {
        sg_pop_year fact = fact_of(federal, learner, pop, year);
        fact.is_first = year >= first->next_year;
        if (fact.is_first)
            *first = (first_of_sort){year + 1, fact.entering_level};
        fact.first_level = first->level;
        if (!fact.is_participant && participates_in(learner, year))
            fact.is_first = false;
        if (is_wanted(federal, pop))
            status = federal->sink->pop_year(federal->sink->context, &fact, err);
    }
    return status;
}

sg_status sg_federal_tell(const sg_federal *federal, const sg_federal_learner *learner, sg_err *err)
{
    first_of_sort participant = {INT_MIN, 0}, reportable = {INT_MIN, 0};
    sg_status status = SG_OK;
    for (size_t i = 0; i < learner->n_pops && status == SG_OK; i++) {
        const sg_pop *pop = &learner->pops[i];
        status = tell_pop(federal, learner, pop,
                          pop->participant_day != SG_DAY_NONE ? &participant : &reportable, err);
    }
    return status == SG_OK ? sg_federal_tell_exits(federal, learner, err) : status;
}
