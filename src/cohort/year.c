/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year.h"

#include "iet.h"

bool sg_gain_is_known(const sg_stored_gain *gain, sg_day as_of)
{
    return gain->date <= gain->cutoff && gain->date <= as_of;
}

/* Is the type for IET and workplace literacy only? */
static bool is_iet_only(const sg_stored_gain *gain, const sg_config *config)
{
    int types = sg_config_yearly_on(config, SG_YEARLY_IET_ONLY_TYPES, gain->date);
    return ((unsigned)types >> gain->type & 1U) != 0;
}

sg_gain_verdict sg_gain_judge(const sg_stored_gain *gain, const sg_pop *pop, sg_day as_of,
                              const sg_config *config)
{
    if (!sg_gain_is_known(gain, as_of))
        return SG_GAIN_AFTER_CUTOFF;
    if (gain->date < pop->first || gain->date > pop->last + config->cohort.gain_grace_days)
        return SG_GAIN_OUTSIDE_POP;
    if (!pop->opens_iet_types && is_iet_only(gain, config))
        return SG_GAIN_NOT_OPEN;
    return SG_GAIN_COUNTS;
}

sg_gain_verdict sg_gain_judge_all(const sg_stored_gain *gain, const sg_pop *pops, size_t n, sg_day as_of,
                                  const sg_config *config, size_t *out_pop)
{
    sg_gain_verdict best = sg_gain_is_known(gain, as_of) ? SG_GAIN_OUTSIDE_POP : SG_GAIN_AFTER_CUTOFF;
    size_t at = 0;
    for (; at < n && best != SG_GAIN_AFTER_CUTOFF; at++) {
        sg_gain_verdict verdict = sg_gain_judge(gain, &pops[at], as_of, config);
        if (verdict == SG_GAIN_COUNTS || verdict == SG_GAIN_NOT_OPEN)
            best = verdict;
        if (verdict == SG_GAIN_COUNTS)
            break;
    }
    if (out_pop != NULL)
        *out_pop = best == SG_GAIN_COUNTS ? at : n;
    return best;
}

bool sg_subject_is_mathematics(const char *subject)
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

/* Gains that count for the PoP and are dated in [from, to]. */
unsigned sg_year_gained(const sg_participant_year *year, sg_day from, sg_day to)
{
    unsigned gained = 0;
    for (size_t i = 0; i < year->learner->n_gains; i++) {
        const sg_stored_gain *gain = &year->learner->gains[i];
        if (gain->date < from || gain->date > to ||
            sg_gain_judge(gain, year->pop, year->as_of, year->config) != SG_GAIN_COUNTS)
            continue;
        bool common = (year->config->analysis.common_types & (1U << gain->type)) != 0;
        gained |= common ? SG_GAINED_COMMON : SG_GAINED_OTHER;
    }
    return gained;
}

static bool is_open(const sg_participant_year *year)
{
    return year->as_of < sg_program_year_last(year->program_year);
}

/* The end must be the delivered one: a row that is open or cut to the cut-off is no exit. */
static bool is_ended_by(const sg_pop *pop, const sg_counted_row *row)
{
    return row->last == pop->last && !row->is_open && !row->goes_on;
}

int64_t sg_pop_exit_reason(const sg_pop *pop)
{
    for (size_t i = 0; i < pop->n_rows; i++) {
        int64_t reason = pop->rows[i].row->number[SG_ENROLLMENT_EXIT_REASON];
        if (is_ended_by(pop, &pop->rows[i]) && reason > 0)
            return reason;
    }
    return 0;
}

static bool is_in(const sg_config *config, sg_yearly_rule rule, sg_day day, int64_t reason)
{
    return ((unsigned)sg_config_yearly_on(config, rule, day) >> reason & 1U) != 0;
}

/* Few rows have a reason: the rules of the year are asked for those alone. */
sg_exclusion sg_pop_exclusion(const sg_pop *pop, const sg_config *config)
{
    sg_exclusion most = SG_EXCLUDES_NOTHING;
    for (size_t i = 0; i < pop->n_rows; i++) {
        int64_t reason = pop->rows[i].row->number[SG_ENROLLMENT_EXIT_REASON];
        if (reason <= 0 || !is_ended_by(pop, &pop->rows[i]))
            continue;
        if (is_in(config, SG_YEARLY_EXCLUDED, pop->last, reason))
            return SG_EXCLUDES_ALL;
        if (is_in(config, SG_YEARLY_EXCLUDED_AFTER_EXIT, pop->last, reason))
            most = SG_EXCLUDES_AFTER_EXIT;
    }
    return most;
}

static bool has_excused_exit(const sg_participant_year *year)
{
    return sg_program_year(year->pop->last) == year->program_year &&
           sg_pop_exclusion(year->pop, year->config) == SG_EXCLUDES_ALL;
}

bool sg_pop_is_cut(const sg_pop *pop, const sg_config *config, sg_day as_of)
{
    for (size_t i = 0; i < pop->n_rows; i++) {
        const sg_counted_row *row = &pop->rows[i];
        if (row->last == pop->last && row->is_open && !row->goes_on &&
            (int64_t)pop->last + sg_exit_gap(config, pop->last) >= sg_row_horizon(row->row, as_of))
            return true;
    }
    return false;
}

sg_day sg_pop_exit_known_on(const sg_pop *pop, const sg_config *config)
{
    sg_day served = pop->last;
    for (size_t i = 0; i < pop->n_rows; i++) {
        sg_day planned = sg_stored_row_day(pop->rows[i].row, SG_ENROLLMENT_PLANNED_SERVICE_DATE);
        served = planned > served ? planned : served;
    }
    return served + sg_exit_gap(config, served) + 1;
}

bool sg_pop_has_ended(const sg_pop *pop, const sg_config *config, sg_day as_of)
{
    return !sg_pop_is_cut(pop, config, as_of) && sg_pop_exit_known_on(pop, config) <= as_of;
}

sg_cohort_state sg_year_state(const sg_participant_year *year)
{
    if (is_open(year))
        return SG_COHORT_OPEN_YEAR;
    return has_excused_exit(year) ? SG_COHORT_EXIT_REASON : SG_COHORT_IN;
}

/* The year is that of the landmark day; of a PoP that ended in a year before that, which has no participant-year there, its last one. */
static sg_cohort_state state_at_landmark(const sg_participant_year *year, sg_day landmark)
{
    sg_cohort_state state = sg_year_state(year);
    if (state != SG_COHORT_IN)
        return state;
    const sg_pop *pop = year->pop;
    bool left = pop->last < landmark;
    if (year->program_year != sg_program_year(left ? pop->last : landmark))
        return SG_COHORT_OTHER_YEAR;
    if (left)
        return SG_COHORT_LEFT_EARLY;
    if (sg_year_gained(year, pop->first, landmark) != 0)
        return SG_COHORT_GAINED_EARLY;
    return landmark + year->config->cohort.follow_up_days > year->as_of ? SG_COHORT_INCOMPLETE : SG_COHORT_IN;
}

/* Who was there when the delivery ended has left before the landmark only if the college was heard of until then. */
static sg_day landmark_known_by(const sg_participant_year *year, sg_cohort_state state, sg_day landmark)
{
    if (state == SG_COHORT_IN)
        return landmark + year->config->cohort.follow_up_days;
    return state == SG_COHORT_LEFT_EARLY && sg_pop_is_cut(year->pop, year->config, year->as_of) ? landmark
                                                                                                : SG_DAY_NONE;
}

static sg_year_view see_landmark(const sg_participant_year *year)
{
    sg_day landmark = year->pop->participant_day + year->config->cohort.landmark_days;
    sg_cohort_state state = state_at_landmark(year, landmark);
    return (sg_year_view){
        .state = state,
        .known_by = landmark_known_by(year, state, landmark),
        .grade = sg_iet_grade_in(year->pop, year->sources->programs, year->pop->first, landmark),
        .gained = sg_year_gained(year, landmark + 1, landmark + year->config->cohort.follow_up_days),
        .scope_first = year->pop->first,
        .grade_first = year->pop->first,
        .scope_last = landmark,
        .window_first = landmark + 1,
        .window_last = landmark + year->config->cohort.follow_up_days,
        .time_zero = landmark,
    };
}

static sg_year_view see_naive(const sg_participant_year *year)
{
    sg_day from = sg_program_year_first(year->program_year), to = sg_program_year_last(year->program_year);
    sg_cohort_state state = sg_year_state(year);
    return (sg_year_view){
        .state = state,
        .known_by = state == SG_COHORT_IN ? to : SG_DAY_NONE,
        .grade = sg_iet_grade_in(year->pop, year->sources->programs, from, to),
        .gained = sg_year_gained(year, from, to),
        .scope_first = from,
        .grade_first = from,
        .scope_last = to,
        .window_first = from,
        .window_last = to,
        .time_zero = year->pop->participant_day > from ? year->pop->participant_day : from,
    };
}

sg_year_view sg_year_seen_by(sg_design design, const sg_participant_year *year)
{
    sg_year_view view = design == SG_DESIGN_NAIVE ? see_naive(year) : see_landmark(year);
    view.arm = sg_iet_arm(view.grade, year->config->cohort.iet);
    return view;
}
