/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "federal.h"

#include <limits.h>

#include "hours.h"
#include "iet.h"
#include "level.h"
#include "placement.h"

sg_federal sg_federal_of(const sg_config *config, sg_day as_of, const sg_cohort_sources *sources,
                         const sg_federal_sink *sink, int college)
{
    return (sg_federal){.config = config,
                        .as_of = as_of,
                        .sources = sources,
                        .sink = sink,
                        .college = college,
                        .race = sg_dimension_find("race_ethnicity"),
                        .sex = sg_dimension_find("sex"),
                        .age_band = sg_dimension_find("age_band"),
                        .employment = sg_dimension_find("employment_status"),
                        .education = sg_dimension_find("prior_education")};
}

/* ---- a PoP ---- */

uint8_t sg_federal_code(const sg_pop *pop, sg_enrollment_field field)
{
    for (size_t i = 0; i < pop->n_rows; i++) {
        int64_t value = pop->rows[i].row->number[field];
        if (value > 0 && value <= UINT8_MAX)
            return (uint8_t)value;
    }
    return 0;
}

uint8_t sg_federal_level(const sg_pop *pop)
{
    uint8_t level = sg_federal_code(pop, SG_ENROLLMENT_ENTERING_LEVEL);
    return level != 0 ? level : sg_pop_placement(pop, pop->last, NULL);
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

/* Is more than half of the hours on these days at a distance, each row's by its own share? Hours are rounded down to 10^-9: less than a millionth of
 * an hour beyond half is half. */
static bool is_distance(const sg_pop *pop, sg_day from, sg_day to)
{
    double beyond_half = 0; /* twice */
    for (size_t i = 0; i < pop->n_rows; i++) {
        const int64_t *number = pop->rows[i].row->number;
        int64_t contact = number[SG_ENROLLMENT_CONTACT_HOURS], given = number[SG_ENROLLMENT_DISTANCE_HOURS];
        double hours = (double)hours_between(&pop->rows[i], from, to);
        if (contact > 0 && given > 0)
            beyond_half += hours * (double)(2 * given - contact) / (double)contact;
        else
            beyond_half -= hours;
    }
    return beyond_half > (double)SG_HOUR / 1e6;
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
    if (sg_iet_arm(sg_iet_grade_in(pop, federal->sources->programs, from, to), federal->config->cohort.iet) ==
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
    unsigned given = (federal->sources->tests_up_to != SG_DAY_NONE ? SG_GIVEN_TESTS : 0U) |
                     (federal->sources->outcomes_up_to != SG_DAY_NONE ? SG_GIVEN_OUTCOMES : 0U);
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

static void add_gains(const sg_federal *federal, const sg_stored_learner *learner, const sg_pop *pop,
                      sg_pop_year *fact)
{
    sg_day from = sg_program_year_first(fact->program_year), to = sg_program_year_last(fact->program_year);
    for (size_t i = 0; i < learner->n_gains; i++) {
        const sg_stored_gain *gain = &learner->gains[i];
        if (gain->date < from || gain->date > to ||
            sg_gain_judge(gain, pop, federal->as_of, federal->config) != SG_GAIN_COUNTS)
            continue;
        if (gain->date > fact->gained[gain->type])
            fact->gained[gain->type] = gain->date;
        if (gain->type != SG_GAIN_EFL_TEST || gain->subject == NULL) /* NULL: in neither */
            continue;
        if (sg_subject_is_mathematics(gain->subject))
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
                        .entering_level = sg_federal_level(pop),
                        .race = sg_pop_level(pop, federal->race, pop->last),
                        .sex = sg_pop_level(pop, federal->sex, pop->last),
                        .age_band = sg_pop_level(pop, federal->age_band, pop->last),
                        .employment = sg_pop_level(pop, federal->employment, pop->last),
                        .education = sg_pop_level(pop, federal->education, pop->last),
                        .kinds = sg_federal_kinds(federal, pop, from, to),
                        .given = sg_federal_given(federal, pop),
                        .has_left = pop->last <= to &&
                                    sg_pop_has_ended(pop, federal->config, federal->as_of)};
    fact.is_excluded = sg_program_year(pop->last) == year &&
                       sg_pop_exclusion(pop, federal->config) == SG_EXCLUDES_ALL;
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
