/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generate_truth.h"

#include <math.h>

enum { HOURS_12 = 1200, EXIT_GAP = 90, LANDMARK_DAYS = 30, FOLLOW_UP = 180, ENTRY_DAYS = 21 };

typedef struct {
    const sg_row *rows[SG_MAX_ROWS]; /* with hours, by start */
    int n_rows;
    int first;
    int last;
    int participant; /* the 12th-hour day, or SG_NONE */
    const sg_spell *spell;
} sg_period;

typedef struct {
    const sg_learner *learner;
    sg_tally *tally;
    sg_period periods[SG_MAX_SPELLS + 1];
    int n_periods;
} sg_walk;

static int end_of(const sg_row *row)
{
    return row->end == SG_NONE ? sg_cutoff() : sg_earlier(row->end, sg_cutoff());
}

static int sort_rows(const sg_learner *learner, const sg_row *sorted[SG_MAX_ROWS])
{
    int n = 0;
    for (int i = 0; i < learner->n_rows; i++) {
        const sg_row *row = &learner->rows[i];
        if (row->hours == SG_NONE || row->hours == 0)
            continue;
        int at = n++;
        for (; at > 0 && sorted[at - 1]->start > row->start; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = row;
    }
    return n;
}

/* A pause of 90 days joins, 91 split; a planned day of service after the last day bridges. */
static bool build_periods(sg_walk *walk)
{
    const sg_row *rows[SG_MAX_ROWS];
    int n = sort_rows(walk->learner, rows);
    int reach = SG_NONE;
    for (int i = 0; i < n; i++) {
        bool opens = i == 0 || rows[i]->start - reach > EXIT_GAP;
        if (opens && walk->n_periods == SG_MAX_SPELLS)
            return false;
        if (opens)
            walk->periods[walk->n_periods++] = (sg_period){.first = rows[i]->start, .last = end_of(rows[i])};
        sg_period *period = &walk->periods[walk->n_periods - 1];
        period->rows[period->n_rows++] = rows[i];
        period->last = sg_later(period->last, end_of(rows[i]));
        reach = sg_later(opens ? period->last : reach, end_of(rows[i]));
        if (rows[i]->planned != SG_NONE)
            reach = sg_later(reach, rows[i]->planned);
    }
    return true;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Hours are spread equally over a row's days. All rows that have begun share one denominator, so the sum is exact: at
 * most five rows that started before the 12th hour, each of at most 530 days, keep it far below 2^63. */
static bool reached_by(const sg_period *period, int day)
{
    int64_t denominator = 1;
    int64_t sum = 0;
    for (int i = 0; i < period->n_rows && period->rows[i]->start <= day; i++) {
        int64_t days = end_of(period->rows[i]) - period->rows[i]->start + 1;
        denominator = denominator / common_divisor(denominator, days) * days;
    }
    for (int i = 0; i < period->n_rows && period->rows[i]->start <= day; i++) {
        const sg_row *row = period->rows[i];
        int64_t days = end_of(row) - row->start + 1;
        sum += row->hours * (sg_earlier(day, end_of(row)) - row->start + 1) * (denominator / days);
    }
    return sum >= HOURS_12 * denominator;
}

static int find_participant_day(const sg_period *period)
{
    for (int day = period->first; day <= period->last; day++)
        if (reached_by(period, day))
            return day;
    return SG_NONE;
}

/* The first day on which IET shows: a flagged row, or adult education beside preparation and training. The generator
 * starts all rows of an unflagged IET on one day, so the latest of the three starts is the first day they share. */
static int shown_iet_start(const sg_period *period, int from, int to)
{
    int flagged = SG_NONE;
    int starts[SG_INTEGRATED] = {SG_NONE, SG_NONE, SG_NONE};
    for (int i = 0; i < period->n_rows; i++) {
        const sg_row *row = period->rows[i];
        if (row->start > to || end_of(row) < from)
            continue;
        if ((row->iet == SG_IET_YES || row->iet == SG_IET_CREDENTIAL) && flagged == SG_NONE)
            flagged = row->start;
        if (row->program != SG_NONE && row->component < SG_INTEGRATED)
            starts[row->component] = row->start;
    }
    if (flagged != SG_NONE || starts[SG_AE] == SG_NONE || starts[SG_WP] == SG_NONE ||
        starts[SG_WT] == SG_NONE)
        return flagged;
    return sg_later(starts[SG_AE], sg_later(starts[SG_WP], starts[SG_WT]));
}

static bool flag_missing(const sg_period *period, int from, int to)
{
    for (int i = 0; i < period->n_rows; i++)
        if (period->rows[i]->iet == SG_NONE && period->rows[i]->start <= to &&
            end_of(period->rows[i]) >= from)
            return true;
    return false;
}

static int arm_of(const sg_period *period, int from, int to)
{
    if (shown_iet_start(period, from, to) != SG_NONE)
        return SG_IET;
    return flag_missing(period, from, to) ? SG_UNKNOWN : SG_COMPARISON;
}

static bool training_counts(const sg_period *period)
{
    for (int i = 0; i < period->n_rows; i++)
        if (period->rows[i]->iet == SG_IET_YES || period->rows[i]->iet == SG_IET_CREDENTIAL ||
            period->rows[i]->workplace == 1)
            return true;
    return false;
}

/* Does a gain that counts for the outcome fall on the days from..to of the period? */
static bool gained(const sg_walk *walk, const sg_period *period, int outcome, int from, int to)
{
    bool training = training_counts(period);
    for (int i = 0; i < walk->learner->n_gains; i++) {
        const sg_gain *gain = &walk->learner->gains[i];
        bool counts = outcome == SG_MSG_COMMON ? sg_gain_is_common(gain->type)
                                               : !sg_gain_needs_iet(gain->type) || training;
        int first = sg_later(from, period->first);
        if (counts && gain->day >= first && gain->day <= sg_earlier(to, period->last))
            return true;
    }
    return false;
}

static bool has_year(const sg_period *period, int year)
{
    if (period->participant == SG_NONE)
        return false;
    return year >= sg_year_of_program(period->participant) && year <= sg_year_of_program(period->last);
}

/* The participant-year of a learner is that of their earliest period; an exit for reasons 01-04 in it takes it out. */
static bool counts_in(const sg_walk *walk, const sg_period *period, int year)
{
    if (!has_year(period, year) || year < SG_FIRST_YEAR || year >= SG_FIRST_YEAR + SG_YEARS)
        return false;
    for (int i = 0; i < walk->n_periods && &walk->periods[i] != period; i++)
        if (has_year(&walk->periods[i], year))
            return false;
    for (int i = 0; i < period->n_rows; i++) {
        const sg_row *row = period->rows[i];
        bool at_exit = row->end != SG_NONE && row->end == period->last &&
                       sg_year_of_program(row->end) == year;
        if (at_exit && row->exit_reason >= 1 && row->exit_reason <= 4)
            return false;
    }
    return true;
}

static void add_followed(const sg_walk *walk, const sg_period *period, int design, int arm, int zero)
{
    sg_unit unit = {.program_year = sg_year_of_program(zero),
                    .design = design,
                    .arm = arm,
                    .learner = walk->learner,
                    .spell = period->spell};
    int to = sg_earlier(zero + FOLLOW_UP, period->last);
    for (int outcome = 0; outcome < SG_OUTCOMES; outcome++) {
        bool common = outcome == SG_MSG_COMMON;
        const sg_spell *spell = period->spell;
        unit.gained[outcome] = gained(walk, period, outcome, zero + 1, zero + FOLLOW_UP);
        unit.expected[outcome] = 1 - exp(-sg_spell_hazard(walk->learner, spell, common, zero + 1, to,
                                                          spell->iet_planned));
        unit.never[outcome] = 1 - exp(-sg_spell_hazard(walk->learner, spell, common, zero + 1, to, SG_NONE));
    }
    sg_tally_add(walk->tally, &unit);
}

static void add_landmark(const sg_walk *walk, const sg_period *period)
{
    if (period->participant == SG_NONE)
        return;
    int zero = period->participant + LANDMARK_DAYS;
    if (!counts_in(walk, period, sg_year_of_program(zero)) || period->last < zero ||
        zero + FOLLOW_UP > sg_cutoff())
        return;
    if (!gained(walk, period, SG_MSG, period->first, zero))
        add_followed(walk, period, SG_LANDMARK, arm_of(period, period->first, zero), zero);
}

static bool was_in_iet(const sg_walk *walk, const sg_period *until, int before)
{
    for (int i = 0; i < walk->n_periods && walk->periods[i].first < before; i++) {
        int start = shown_iet_start(&walk->periods[i], walk->periods[i].first, walk->periods[i].last);
        if (start != SG_NONE && start < before)
            return true;
        if (&walk->periods[i] == until)
            return false;
    }
    return false;
}

static void add_terms(const sg_walk *walk, const sg_period *period)
{
    int open[SG_PROGRAMS];
    for (int term = 0; term < SG_TERMS; term++) {
        int zero = sg_term_start(term);
        bool active = period->participant != SG_NONE && period->participant <= zero && zero <= period->last;
        if (!active || !counts_in(walk, period, sg_year_of_program(zero)) || zero + FOLLOW_UP > sg_cutoff())
            continue;
        if (sg_programs_open(period->rows[0]->college, zero, open) == 0 || was_in_iet(walk, period, zero))
            continue;
        if (!gained(walk, period, SG_MSG, period->first, zero))
            add_followed(walk, period, SG_TERM, arm_of(period, period->first, zero + ENTRY_DAYS), zero);
    }
}

/* What IET changed for a member of arm iet in one year, from the day of their start: nothing where the year's gain had
 * come before it. */
static double naive_difference(const sg_walk *walk, const sg_period *period, int year)
{
    const sg_spell *spell = period->spell;
    int begin = sg_later(spell->iet_start, sg_program_first(year));
    int to = sg_earlier(period->last, sg_program_last(year));
    if (gained(walk, period, SG_MSG_COMMON, sg_program_first(year), begin - 1))
        return 0;
    int from = begin;
    for (int i = 0; i < walk->learner->n_gains; i++) {
        const sg_gain *gain = &walk->learner->gains[i];
        if (sg_gain_is_common(gain->type) && gain->day >= period->first && gain->day < begin)
            from = sg_later(from, gain->day + SG_GAIN_DELAY);
    }
    double with = sg_spell_hazard(walk->learner, spell, true, from, to, spell->iet_start);
    double without = sg_spell_hazard(walk->learner, spell, true, from, to, SG_NONE);
    return exp(-without) - exp(-with);
}

static void add_naive(const sg_walk *walk, const sg_period *period)
{
    for (int year = SG_FIRST_YEAR; year < SG_FIRST_YEAR + SG_YEARS; year++) {
        if (!counts_in(walk, period, year))
            continue;
        int from = sg_program_first(year);
        int to = sg_program_last(year);
        sg_unit unit = {
            .program_year = year, .design = SG_NAIVE, .learner = walk->learner, .spell = period->spell};
        unit.arm = arm_of(period, from, to);
        for (int outcome = 0; outcome < SG_OUTCOMES; outcome++)
            unit.gained[outcome] = gained(walk, period, outcome, from, to);
        if (unit.arm == SG_IET)
            unit.difference = naive_difference(walk, period, year);
        sg_tally_add(walk->tally, &unit);
    }
}

/* Every period found in the rows must be the spell that was drawn, with the IET start that was drawn. */
static bool match_spells(sg_walk *walk)
{
    if (walk->n_periods != walk->learner->n_spells)
        return false;
    for (int i = 0; i < walk->n_periods; i++) {
        sg_period *period = &walk->periods[i];
        const sg_spell *spell = &walk->learner->spells[i];
        period->spell = spell;
        if (period->first != spell->first || period->last != spell->end)
            return false;
        if (shown_iet_start(period, period->first, period->last) != spell->iet_start)
            return false;
    }
    return true;
}

bool sg_truth_add(sg_tally *tally, const sg_learner *learner)
{
    sg_walk walk = {.learner = learner, .tally = tally};
    if (!build_periods(&walk) || !match_spells(&walk))
        return false;
    for (int i = 0; i < walk.n_periods; i++)
        walk.periods[i].participant = find_participant_day(&walk.periods[i]);
    for (int i = 0; i < walk.n_periods; i++) {
        add_landmark(&walk, &walk.periods[i]);
        add_terms(&walk, &walk.periods[i]);
        add_naive(&walk, &walk.periods[i]);
    }
    return true;
}
