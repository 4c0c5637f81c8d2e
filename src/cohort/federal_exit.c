/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exits and what came after them, by calendar quarter.
 */
#include <limits.h>

#include "federal.h"

enum {
    QUARTERS_OF_A_YEAR =
        4, /* "within one year after exit" is by the end of the fourth quarter after that of the exit */
    WAGE_LAG =
        2 /* so many quarters after a quarter its wages are known; who isn't in them then was not employed */
};

/* The first day of the calendar quarter so many after that of the day. */
static sg_day quarter_first(sg_day day, int shift)
{
    int year, month, day_of_month;
    sg_day out = SG_DAY_NONE;
    sg_day_to_civil(day, &year, &month, &day_of_month);
    int quarter = year * QUARTERS_OF_A_YEAR + (month - 1) / 3 + shift;
    if (!sg_day_from_civil(quarter / QUARTERS_OF_A_YEAR, quarter % QUARTERS_OF_A_YEAR * 3 + 1, 1, &out))
        return SG_DAY_NONE; /* outside the calendar: nothing is known there */
    return out;
}

/* What is asked of a learner's outcome rows. */
typedef struct {
    const sg_federal *federal;
    const sg_stored_learner *learner;
    const sg_pop *pop;
    sg_day year_end; /* last day of the fourth quarter after exit */
} exit_scope;

/* Does a row speak of an outcome between two days, known by the as-of date? */
static bool speaks_of(const exit_scope *scope, const sg_stored_outcome *row, sg_outcome_code code,
                      const sg_day between[2])
{
    return row->code == code && row->first <= between[1] && row->last >= between[0] &&
           row->first <= row->cutoff && row->first <= scope->federal->as_of;
}

static bool has_outcome(const exit_scope *scope, sg_outcome_code code, sg_day from, sg_day to)
{
    for (size_t i = 0; i < scope->learner->n_outcomes; i++)
        if (speaks_of(scope, &scope->learner->outcomes[i], code, (const sg_day[2]){from, to}) &&
            scope->learner->outcomes[i].value != 0)
            return true;
    return false;
}

static bool is_told(const exit_scope *scope, sg_outcome_code code, sg_day from, sg_day to)
{
    for (size_t i = 0; i < scope->learner->n_outcomes; i++)
        if (speaks_of(scope, &scope->learner->outcomes[i], code, (const sg_day[2]){from, to}))
            return true;
    return false;
}

/* Do the outcome exports reach the day? */
static bool reaches(const exit_scope *scope, sg_day day)
{
    sg_day until = scope->federal->outcomes_until < scope->federal->as_of ? scope->federal->outcomes_until
                                                                          : scope->federal->as_of;
    return day != SG_DAY_NONE && until != SG_DAY_NONE && until >= day;
}

static int64_t earnings_in(const exit_scope *scope, sg_day from, sg_day to)
{
    int64_t earnings = SG_BLANK;
    for (size_t i = 0; i < scope->learner->n_outcomes; i++) {
        const sg_stored_outcome *row = &scope->learner->outcomes[i];
        if (speaks_of(scope, row, SG_OUTCOME_CODE_EARNINGS_Q2, (const sg_day[2]){from, to}) && row->value > 0)
            earnings = row->value;
    }
    return earnings;
}

/* Employed in the quarter so many after that of the exit. Who earned was employed, whatever else is told. */
static sg_indicator employed_in(const exit_scope *scope, sg_outcome_code code, int quarter)
{
    sg_day from = quarter_first(scope->pop->last, quarter),
           to = quarter_first(scope->pop->last, quarter + 1) - 1;
    if (has_outcome(scope, code, from, to) ||
        (code == SG_OUTCOME_CODE_EMPLOYED_Q2 && earnings_in(scope, from, to) != SG_BLANK))
        return SG_INDICATOR_YES;
    if (is_told(scope, code, from, to) ||
        reaches(scope, quarter_first(scope->pop->last, quarter + 1 + WAGE_LAG) - 1))
        return SG_INDICATOR_NO;
    return SG_INDICATOR_PENDING;
}

static bool has_diploma(const exit_scope *scope)
{
    for (size_t i = 0; i < scope->learner->n_gains; i++) {
        const sg_stored_gain *gain = &scope->learner->gains[i];
        if (gain->type == SG_GAIN_DIPLOMA && gain->date >= scope->pop->first &&
            gain->date <= scope->year_end && gain->date <= gain->cutoff &&
            gain->date <= scope->federal->as_of)
            return true;
    }
    return has_outcome(scope, SG_OUTCOME_CODE_DIPLOMA, scope->pop->first, scope->year_end);
}

/* No diploma at entry, and placed at the ninth grade or above. */
static bool is_in_diploma_track(const sg_pop *pop)
{
    uint8_t level = sg_federal_code(pop, SG_ENROLLMENT_ENTERING_LEVEL);
    const char *education = sg_code_text(&sg_codes_prior_education,
                                         sg_federal_code(pop, SG_ENROLLMENT_PRIOR_EDUCATION));
    return (level == SG_LEVEL_ABE6 || level == SG_LEVEL_ABE6 - 1) &&
           (sg_text_equal(education, "none") || sg_text_equal(education, "iep_certificate"));
}

static void add_diploma(const exit_scope *scope, sg_pop_exit *fact)
{
    if (!is_in_diploma_track(scope->pop))
        return;
    sg_day after = scope->pop->last + 1;
    bool diploma = has_diploma(scope);
    bool entered = has_outcome(scope, SG_OUTCOME_CODE_POSTSECONDARY_ENTRY, after, scope->year_end);
    bool employed = has_outcome(scope, SG_OUTCOME_CODE_EMPLOYED_Q2, after, scope->year_end) ||
                    has_outcome(scope, SG_OUTCOME_CODE_EMPLOYED_Q4, after, scope->year_end) ||
                    has_outcome(scope, SG_OUTCOME_CODE_EARNINGS_Q2, after, scope->year_end);
    bool is_final = reaches(scope, quarter_first(scope->pop->last, QUARTERS_OF_A_YEAR + 1 + WAGE_LAG) - 1);
    sg_indicator otherwise = is_final ? SG_INDICATOR_NO : SG_INDICATOR_PENDING;
    fact->diploma_postsecondary = diploma && entered ? SG_INDICATOR_YES : otherwise;
    fact->diploma_employed = diploma && employed ? SG_INDICATOR_YES : otherwise;
    fact->diploma_either = diploma && (entered || employed) ? SG_INDICATOR_YES : otherwise;
}

/* In training that leads to a recognised credential: the IET flag says so. */
static void add_credential(const exit_scope *scope, sg_pop_exit *fact)
{
    if ((fact->given & SG_GIVEN_CREDENTIAL) == 0)
        return;
    if (has_outcome(scope, SG_OUTCOME_CODE_CREDENTIAL, scope->pop->first, scope->year_end))
        fact->credential = SG_INDICATOR_YES;
    else
        fact->credential = reaches(scope, scope->year_end) ? SG_INDICATOR_NO : SG_INDICATOR_PENDING;
}

static sg_pop_exit exit_of(const sg_federal *federal, const sg_federal_learner *learner, const sg_pop *pop)
{
    exit_scope scope = {federal, learner->learner, pop, quarter_first(pop->last, QUARTERS_OF_A_YEAR + 1) - 1};
    sg_pop_exit fact = {.pseudonym = learner->learner->pseudonym,
                        .college = pop->rows[0].row->college,
                        .day = pop->last,
                        .kinds = sg_federal_kinds(federal, pop, pop->first, pop->last),
                        .given = sg_federal_given(federal, pop)};
    fact.employed_q2 = employed_in(&scope, SG_OUTCOME_CODE_EMPLOYED_Q2, 2);
    fact.employed_q4 = employed_in(&scope, SG_OUTCOME_CODE_EMPLOYED_Q4, QUARTERS_OF_A_YEAR);
    fact.earnings_q2 = earnings_in(&scope, quarter_first(pop->last, 2), quarter_first(pop->last, 3) - 1);
    add_diploma(&scope, &fact);
    add_credential(&scope, &fact);
    return fact;
}

static int calendar_year(sg_day day)
{
    int year, month, day_of_month;
    sg_day_to_civil(day, &year, &month, &day_of_month);
    return year;
}

sg_status sg_federal_tell_exits(const sg_federal *federal, const sg_federal_learner *learner, sg_err *err)
{
    int program_year = INT_MIN, year = INT_MIN;
    sg_status status = SG_OK;
    for (size_t i = 0; i < learner->n_pops && status == SG_OK; i++) {
        const sg_pop *pop = &learner->pops[i];
        if (pop->participant_day == SG_DAY_NONE || !sg_federal_has_exit(federal, pop) ||
            sg_federal_exclusion(pop) != SG_EXCLUDES_NOTHING)
            continue;
        sg_pop_exit fact = exit_of(federal, learner, pop);
        fact.is_first_of_program_year = sg_program_year(fact.day) != program_year;
        fact.is_first_of_calendar_year = calendar_year(fact.day) != year;
        program_year = sg_program_year(fact.day);
        year = calendar_year(fact.day);
        if (federal->college == -1 || fact.college == federal->college)
            status = federal->sink->pop_exit(federal->sink->context, &fact, err);
    }
    return status;
}
