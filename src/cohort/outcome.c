/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outcome.h"

#include <string.h>

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

static bool is_of_mathematics(const char *subject)
{
    static const char *const words[] = {"math", "Math", "MATH", "numeracy", "Numeracy", "NUMERACY"};
    for (size_t i = 0; subject != NULL && i < sizeof words / sizeof words[0]; i++)
        if (strstr(subject, words[i]) != NULL)
            return true;
    return false;
}

static void take_gain(window *w, const sg_stored_gain *gain)
{
    bool common = (w->year->config->analysis.common_types & (1U << gain->type)) != 0;
    set_yes(w, sg_outcome_of_gain(gain->type));
    set_yes(w, SG_OUTCOME_MSG);
    if (gain->type == SG_GAIN_EFL_TEST) {
        set_yes(w, SG_OUTCOME_TESTED);
        set_yes(w, SG_OUTCOME_GAIN_GIVEN_TESTED);
        if (gain->subject != NULL)
            set_yes(w, is_of_mathematics(gain->subject) ? SG_OUTCOME_EFL_TEST_MATH : SG_OUTCOME_EFL_TEST_ELA);
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
        if (is_within(w, gain->date) && sg_gain_judge(gain, year->pop, year->as_of,
                                                      year->config->cohort.gain_grace_days) == SG_GAIN_COUNTS)
            take_gain(w, gain);
    }
}

/* ---- tests ---- */

static bool is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool has_earlier(const sg_stored_learner *learner, size_t at)
{
    const sg_stored_test *test = &learner->tests[at];
    for (size_t i = 0; i < at; i++) {
        const sg_stored_test *before = &learner->tests[i];
        if (before->date < test->date && is_same(before->instrument, test->instrument) &&
            is_same(before->subject, test->subject))
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

static void take_tests(window *w)
{
    const sg_participant_year *year = w->year;
    for (size_t i = 0; i < year->learner->n_tests; i++)
        if (is_within(w, year->learner->tests[i].date) &&
            sg_test_judge(year->learner, i, year->pop, year->as_of) == SG_TEST_COUNTS)
            set_yes(w, SG_OUTCOME_TESTED);
}

/* ---- the outcome export ---- */

sg_day sg_quarter_after(sg_day day, int n)
{
    int year, month, day_of_month;
    sg_day out = day;
    sg_day_to_civil(day, &year, &month, &day_of_month);
    int quarter = (month - 1) / 3 + n;
    (void)sg_day_from_civil(year + quarter / 4, quarter % 4 * 3 + 1, 1, &out);
    return out;
}

static bool is_no(const sg_stored_outcome *row)
{
    return row->value == 0;
}

bool sg_outcome_row_is_known(const sg_stored_outcome *row, sg_day as_of)
{
    return row->first != SG_DAY_NONE && row->last <= row->cutoff && row->last <= as_of;
}

/* The day up to which rows would be here. Those after the as-of date are not looked at, so that their silence says nothing. */
static sg_day complete_up_to(const window *w)
{
    sg_day delivered = w->year->sources->outcomes_up_to;
    return delivered < w->year->as_of ? delivered : w->year->as_of;
}

/* By which day an event happened: of a quarter, its end. */
static void take_event(window *w, sg_outcome_code code, sg_outcome outcome)
{
    const sg_stored_learner *learner = w->year->learner;
    for (size_t i = 0; i < learner->n_outcomes; i++) {
        const sg_stored_outcome *row = &learner->outcomes[i];
        if (row->code == code && sg_outcome_row_is_known(row, w->year->as_of) && is_within(w, row->last) &&
            !is_no(row))
            set_yes(w, outcome);
    }
}

static void take_events(window *w)
{
    take_event(w, SG_OUTCOME_CODE_DIPLOMA, SG_OUTCOME_DIPLOMA);
    if (complete_up_to(w) < w->to)
        return;
    w->out->bits |= SG_OUTCOME_KNOWN_BIT(SG_OUTCOME_CREDENTIAL) |
                    SG_OUTCOME_KNOWN_BIT(SG_OUTCOME_POSTSECONDARY_ENTRY);
    take_event(w, SG_OUTCOME_CODE_CREDENTIAL, SG_OUTCOME_CREDENTIAL);
    take_event(w, SG_OUTCOME_CODE_POSTSECONDARY_ENTRY, SG_OUTCOME_POSTSECONDARY_ENTRY);
}

/* ---- after exit ---- */

/* The row of a quarter after exit; NULL: none. Of several the one that says yes. */
static const sg_stored_outcome *find_quarter(const window *w, sg_outcome_code code, int n)
{
    const sg_participant_year *year = w->year;
    sg_day first = sg_quarter_after(year->pop->last, n), next = sg_quarter_after(year->pop->last, n + 1);
    const sg_stored_outcome *found = NULL;
    for (size_t i = 0; i < year->learner->n_outcomes; i++) {
        const sg_stored_outcome *row = &year->learner->outcomes[i];
        if (row->code == code && sg_outcome_row_is_known(row, w->year->as_of) && row->first >= first &&
            row->first < next && (found == NULL || is_no(found)))
            found = row;
    }
    return found;
}

static void take_employment(window *w, sg_outcome_code code, sg_outcome outcome, int quarter)
{
    enum { QUARTERS_OF_WAITING = 2 };
    const sg_stored_outcome *row = find_quarter(w, code, quarter);
    sg_day silent = sg_quarter_after(w->year->pop->last, quarter + 1 + QUARTERS_OF_WAITING) - 1;
    if (row == NULL && complete_up_to(w) < silent)
        return;
    w->out->bits |= SG_OUTCOME_KNOWN_BIT(outcome);
    if (row != NULL && !is_no(row))
        set_yes(w, outcome);
}

static void take_after_exit(window *w)
{
    const sg_participant_year *year = w->year;
    if (year->sources->outcomes_up_to == SG_DAY_NONE ||
        !sg_pop_has_ended(year->pop, year->config, year->as_of) || sg_pop_is_excluded_after_exit(year->pop))
        return;
    take_employment(w, SG_OUTCOME_CODE_EMPLOYED_Q2, SG_OUTCOME_EMPLOYED_Q2, 2);
    take_employment(w, SG_OUTCOME_CODE_EMPLOYED_Q4, SG_OUTCOME_EMPLOYED_Q4, 4);
}

sg_unit_outcomes sg_outcomes_in(const sg_participant_year *year, sg_day from, sg_day to)
{
    sg_unit_outcomes out = {0};
    window w = {year, from, to, &out};
    take_gains(&w);
    take_tests(&w);
    if (year->learner->n_outcomes > 0 || year->sources->outcomes_up_to != SG_DAY_NONE) {
        take_events(&w);
        take_after_exit(&w);
    }
    return out;
}
