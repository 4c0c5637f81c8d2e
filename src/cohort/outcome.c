/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outcome.h"

#include "after_exit.h"

typedef struct {
    const sg_participant_year *year;
    sg_day from, to;
    sg_unit_outcomes *out;
} window;

static void set_yes(window *w, sg_outcome outcome)
{
    w->out->bits |= SG_OUTCOME_BIT(outcome);
}

static bool is_within(const window *w, sg_day day)
{
    return day >= w->from && day <= w->to;
}

/* ---- gains ---- */

static void take_gain(window *w, const sg_stored_gain *gain)
{
    bool common = (w->year->config->analysis.common_types & (1U << gain->type)) != 0;
    set_yes(w, sg_outcome_of_gain(gain->type));
    set_yes(w, SG_OUTCOME_MSG);
    if (gain->type == SG_GAIN_EFL_TEST) {
        set_yes(w, SG_OUTCOME_TESTED);
        set_yes(w, SG_OUTCOME_GAIN_GIVEN_TESTED);
        if (gain->subject != NULL)
            set_yes(w, sg_subject_is_mathematics(gain->subject) ? SG_OUTCOME_EFL_TEST_MATH
                                                                : SG_OUTCOME_EFL_TEST_ELA);
    }
    if (!common)
        return;
    set_yes(w, SG_OUTCOME_MSG_COMMON);
    if (w->out->gain_days == 0) /* gains are by date */
        w->out->gain_days = (uint16_t)(gain->date - w->from + 1);
}

static void take_gains(window *w)
{
    const sg_participant_year *year = w->year;
    for (size_t i = 0; i < year->learner->n_gains; i++) {
        const sg_stored_gain *gain = &year->learner->gains[i];
        if (is_within(w, gain->date) &&
            sg_gain_judge(gain, year->pop, year->as_of, year->config) == SG_GAIN_COUNTS)
            take_gain(w, gain);
    }
}

/* ---- tests ---- */

static bool has_earlier(const sg_stored_learner *learner, size_t at)
{
    const sg_stored_test *test = &learner->tests[at];
    for (size_t i = 0; i < at; i++) {
        const sg_stored_test *before = &learner->tests[i];
        if (before->date < test->date && sg_text_equal(before->instrument, test->instrument) &&
            sg_text_equal(before->subject, test->subject))
            return true;
    }
    return false;
}

sg_test_verdict sg_test_judge(const sg_stored_learner *learner, size_t at, const sg_pop *pop, sg_day as_of)
{
    const sg_stored_test *test = &learner->tests[at];
    if (test->date > test->cutoff || test->date > as_of)
        return SG_TEST_AFTER_CUTOFF;
    if (test->date < pop->first || test->date > pop->last)
        return SG_TEST_OUTSIDE_POP;
    return has_earlier(learner, at) ? SG_TEST_COUNTS : SG_TEST_IS_FIRST;
}

/* Tests count within the PoP alone. */
static bool tests_reach(const window *w)
{
    const sg_participant_year *year = w->year;
    sg_day last = year->pop->last < w->to ? year->pop->last : w->to;
    return year->sources->tests_up_to != SG_DAY_NONE && year->sources->tests_up_to >= last &&
           year->as_of >= last;
}

static void take_tests(window *w)
{
    const sg_participant_year *year = w->year;
    if (tests_reach(w))
        w->out->bits |= SG_OUTCOME_KNOWN_BIT(SG_OUTCOME_TESTED);
    for (size_t i = 0; i < year->learner->n_tests; i++)
        if (is_within(w, year->learner->tests[i].date) &&
            sg_test_judge(year->learner, i, year->pop, year->as_of) == SG_TEST_COUNTS)
            set_yes(w, SG_OUTCOME_TESTED);
}

/* ---- the outcome export ---- */

/* By which day an event happened: of a quarter, its end. What came before the PoP is none of it. The days from the day before the window to the
 * first; 0: there is none. */
static uint16_t take_event(window *w, const sg_after_exit *after, sg_outcome_code code, sg_outcome outcome)
{
    uint16_t first = 0;
    for (size_t i = 0; i < after->learner->n_outcomes; i++) {
        const sg_stored_outcome *row = &after->learner->outcomes[i];
        if (row->code == code && sg_outcome_row_is_known(row, after->as_of) && is_within(w, row->last) &&
            row->last >= w->year->pop->first && row->value != 0) {
            uint16_t days = (uint16_t)(row->last - w->from + 1);
            set_yes(w, outcome);
            first = first == 0 || days < first ? days : first;
        }
    }
    return first;
}

static void take_events(window *w, const sg_after_exit *after)
{
    (void)take_event(w, after, SG_OUTCOME_CODE_DIPLOMA, SG_OUTCOME_DIPLOMA);
    if (!sg_outcomes_reach(after, w->to))
        return;
    w->out->bits |= SG_OUTCOME_KNOWN_BIT(SG_OUTCOME_CREDENTIAL) |
                    SG_OUTCOME_KNOWN_BIT(SG_OUTCOME_POSTSECONDARY_ENTRY);
    w->out->credential_days = take_event(w, after, SG_OUTCOME_CODE_CREDENTIAL, SG_OUTCOME_CREDENTIAL);
    (void)take_event(w, after, SG_OUTCOME_CODE_POSTSECONDARY_ENTRY, SG_OUTCOME_POSTSECONDARY_ENTRY);
}

static void take_employment(window *w, const sg_after_exit *after, sg_outcome_code code, sg_outcome outcome,
                            int quarter)
{
    sg_indicator employed = sg_employed_after_exit(after, code, quarter);
    if (employed == SG_INDICATOR_PENDING)
        return;
    w->out->bits |= SG_OUTCOME_KNOWN_BIT(outcome);
    if (employed == SG_INDICATOR_YES)
        set_yes(w, outcome);
}

static void take_after_exit(window *w, const sg_after_exit *after)
{
    const sg_participant_year *year = w->year;
    if (!sg_pop_has_ended(year->pop, year->config, year->as_of) ||
        sg_pop_exclusion(year->pop, year->config) != SG_EXCLUDES_NOTHING)
        return;
    take_employment(w, after, SG_OUTCOME_CODE_EMPLOYED_Q2, SG_OUTCOME_EMPLOYED_Q2, 2);
    take_employment(w, after, SG_OUTCOME_CODE_EMPLOYED_Q4, SG_OUTCOME_EMPLOYED_Q4, 4);
    w->out->earnings = sg_earnings_after_exit(after);
}

sg_unit_outcomes sg_outcomes_in(const sg_participant_year *year, sg_day from, sg_day to)
{
    sg_unit_outcomes out = {.earnings = SG_BLANK};
    window w = {year, from, to, &out};
    take_gains(&w);
    take_tests(&w);
    const sg_after_exit after = {.learner = year->learner,
                                 .exit = year->pop->last,
                                 .as_of = year->as_of,
                                 .outcomes_up_to = year->sources->outcomes_up_to};
    if (after.outcomes_up_to != SG_DAY_NONE) {
        take_events(&w, &after);
        take_after_exit(&w, &after);
    }
    return out;
}
