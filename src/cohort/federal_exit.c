/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exits and what came after them, by calendar quarter.
 */
#include <limits.h>

#include "after_exit.h"
#include "federal.h"
#include "level.h"

enum { QUARTERS_OF_A_YEAR = 4 };

typedef struct {
    sg_after_exit after;
    const sg_pop *pop;
    sg_day year_end; /* last day of the year after exit (SG_YEARLY_CREDENTIAL_WINDOW) */
} exit_scope;

static bool has_diploma(const exit_scope *scope)
{
    for (size_t i = 0; i < scope->after.learner->n_gains; i++) {
        const sg_stored_gain *gain = &scope->after.learner->gains[i];
        if (gain->type == SG_GAIN_DIPLOMA && gain->date >= scope->pop->first &&
            gain->date <= scope->year_end && gain->date <= gain->cutoff && gain->date <= scope->after.as_of)
            return true;
    }
    return sg_outcome_happened(&scope->after, SG_OUTCOME_CODE_DIPLOMA, scope->pop->first, scope->year_end);
}

/* No diploma at entry, and placed at the ninth grade or above. */
static bool is_in_diploma_track(const sg_pop *pop)
{
    uint8_t level = sg_federal_level(pop);
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
    bool entered = sg_outcome_happened(&scope->after, SG_OUTCOME_CODE_POSTSECONDARY_ENTRY, after,
                                       scope->year_end);
    bool employed = sg_outcome_happened(&scope->after, SG_OUTCOME_CODE_EMPLOYED_Q2, after, scope->year_end) ||
                    sg_outcome_happened(&scope->after, SG_OUTCOME_CODE_EMPLOYED_Q4, after, scope->year_end) ||
                    sg_outcome_happened(&scope->after, SG_OUTCOME_CODE_EARNINGS_Q2, after, scope->year_end);
    /* the wages of the year's last quarter come two quarters later */
    bool is_final = sg_outcomes_reach(&scope->after,
                                      sg_quarter_after(scope->pop->last, QUARTERS_OF_A_YEAR + 3) - 1);
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
    if (sg_outcome_happened(&scope->after, SG_OUTCOME_CODE_CREDENTIAL, scope->pop->first, scope->year_end))
        fact->credential = SG_INDICATOR_YES;
    else
        fact->credential = sg_outcomes_reach(&scope->after, scope->year_end) ? SG_INDICATOR_NO
                                                                             : SG_INDICATOR_PENDING;
}

/* The same day a year on; 29 February is followed by 28 February. */
static sg_day day_after_a_year(sg_day day)
{
    int year = 0, month = 0, of_month = 0;
    sg_day out = SG_DAY_NONE;
    sg_day_to_civil(day, &year, &month, &of_month);
    if (!sg_day_from_civil(year + 1, month, of_month, &out))
        (void)sg_day_from_civil(year + 1, month, of_month - 1, &out);
    return out;
}

/* "Within one year after exit": to that day, or to the end of the fourth quarter after that of the exit. */
static sg_day year_end_of(const sg_federal *federal, sg_day exit)
{
    int window = sg_config_yearly_on(federal->config, SG_YEARLY_CREDENTIAL_WINDOW, exit);
    return window == SG_WINDOW_ONE_YEAR ? day_after_a_year(exit)
                                        : sg_quarter_after(exit, QUARTERS_OF_A_YEAR + 1) - 1;
}

static sg_pop_exit exit_of(const sg_federal *federal, const sg_federal_learner *learner, const sg_pop *pop)
{
    exit_scope scope = {.after = {.learner = learner->learner,
                                  .exit = pop->last,
                                  .as_of = federal->as_of,
                                  .outcomes_up_to = federal->sources->outcomes_up_to},
                        .pop = pop,
                        .year_end = year_end_of(federal, pop->last)};
    sg_pop_exit fact = {.pseudonym = learner->learner->pseudonym,
                        .college = pop->rows[0].row->college,
                        .day = pop->last,
                        .kinds = sg_federal_kinds(federal, pop, pop->first, pop->last),
                        .given = sg_federal_given(federal, pop)};
    fact.employed_q2 = sg_employed_after_exit(&scope.after, SG_OUTCOME_CODE_EMPLOYED_Q2, 2);
    fact.employed_q4 = sg_employed_after_exit(&scope.after, SG_OUTCOME_CODE_EMPLOYED_Q4, 4);
    fact.earnings_q2 = sg_earnings_after_exit(&scope.after);
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
        if (pop->participant_day == SG_DAY_NONE || !sg_pop_has_ended(pop, federal->config, federal->as_of) ||
            sg_pop_exclusion(pop, federal->config) != SG_EXCLUDES_NOTHING)
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
