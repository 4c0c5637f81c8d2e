/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who a learner is, and the frame of their spells: entry, last day, level, rates, planned IET start. */
#include "generate_learner.h"

#include <math.h>
#include <string.h>

static int draw_college(sg_rng *rng)
{
    double shares[SG_COLLEGES];
    for (int i = 0; i < SG_COLLEGES; i++)
        shares[i] = sg_colleges[i].share;
    return sg_rng_pick(rng, shares, SG_COLLEGES);
}

static void draw_race(sg_learner *learner, sg_rng *rng, bool english)
{
    static const double of_english[] = {0.24, 0.30, 0.38, 0.01, 0.01};
    static const double of_others[] = {0.66, 0.27, 0.04, 0.026, 0.004};
    double hispanic = english ? 0.48 : 0.09;
    learner->hispanic = sg_rng_chance(rng, 0.03) ? SG_NONE : sg_rng_chance(rng, hispanic);
    bool silent = sg_rng_chance(rng, learner->hispanic == 1 ? 0.35 : 0.03);
    int first = sg_rng_pick(rng, english ? of_english : of_others, SG_RACES);
    int second = sg_rng_chance(rng, 0.05) ? sg_rng_pick(rng, of_others, SG_RACES) : first;
    for (int i = 0; i < SG_RACES; i++)
        learner->races[i] = silent ? SG_NONE : (i == first || i == second);
}

static void draw_flags(sg_learner *learner, sg_rng *rng, bool english)
{
    int *flags = learner->flags;
    flags[SG_ENGLISH] = english;
    flags[SG_DISABILITY] = sg_rng_chance(rng, english ? 0.03 : 0.14);
    flags[SG_LOW_INCOME] = sg_rng_chance(rng, 0.46);
    flags[SG_SINGLE_PARENT] = sg_rng_chance(rng, learner->sex == SG_FEMALE ? 0.22 : 0.06);
    flags[SG_JUSTICE] = sg_rng_chance(rng, english ? 0.02 : 0.14);
    flags[SG_REFUGEE] = sg_rng_chance(rng, english ? 0.16 : 0.004);
    flags[SG_INTERNATIONAL] = sg_rng_chance(rng, english ? 0.12 : 0.006);
    flags[SG_VETERAN] = sg_rng_chance(rng, english ? 0.002 : 0.03);
}

/* Not everybody answers: the answers kept back are blank in the exports, though they act on the rates all the same. */
static void withhold_answers(sg_learner *learner, sg_rng *rng)
{
    static const double silence[SG_FLAGS] = {0.01, 0.03, 0.05, 0.03, 0.025, 0.01, 0.015, 0.02};
    for (int i = 0; i < SG_FLAGS; i++)
        if (sg_rng_chance(rng, silence[i]))
            learner->flags[i] = SG_NONE;
    if (sg_rng_chance(rng, 0.006))
        learner->sex = SG_NONE;
    if (sg_rng_chance(rng, 0.02))
        learner->education = SG_NONE;
}

static int draw_education(const sg_learner *learner, sg_rng *rng)
{
    static const double foreign[] = {0, 0, 0, 0, 0, 0, 0.15, 0.60, 0.25};
    static const double english[] = {0.44, 0.27, 0.03, 0.00, 0.10, 0.05, 0.04, 0.06, 0.01};
    static const double others[] = {0.66, 0.17, 0.04, 0.02, 0.07, 0.03, 0.006, 0.003, 0.001};
    if (learner->flags[SG_INTERNATIONAL] == 1)
        return sg_rng_pick(rng, foreign, SG_EDUCATIONS);
    return sg_rng_pick(rng, learner->flags[SG_ENGLISH] == 1 ? english : others, SG_EDUCATIONS);
}

static int draw_level(const sg_learner *learner, sg_rng *rng)
{
    static const double esl[] = {0.15, 0.18, 0.20, 0.22, 0.15, 0.10};
    static const double abe[] = {0.05, 0.17, 0.30, 0.28, 0.13, 0.07};
    if (sg_rng_chance(rng, 0.012))
        return learner->flags[SG_ENGLISH] == 1 ? SG_ALT_ESL : SG_ALT_ABE;
    if (learner->flags[SG_ENGLISH] == 1 && sg_rng_chance(rng, 0.93))
        return SG_ESL1 + sg_rng_pick(rng, esl, 6);
    return sg_rng_pick(rng, abe, 6);
}

/* Entries bunch at the starts of terms; the rest come on any day. */
static int draw_entry(sg_rng *rng)
{
    static const double year_shares[] = {0.36, 0.29, 0.26, 0.09};
    static const double ways[] = {0.32, 0.24, 0.06, 0.38};
    int year_index = sg_rng_pick(rng, year_shares, 4);
    int year = SG_FIRST_YEAR + year_index;
    int last = sg_earlier(sg_program_last(year), sg_cutoff());
    int way = sg_rng_pick(rng, ways, 4);
    int term = year_index * 3 + way;
    if (way == 3 || term >= SG_TERMS)
        return sg_rng_between(rng, sg_program_first(year), last);
    return sg_earlier(sg_term_start(term) + sg_rng_between(rng, -6, 14), last);
}

/* The length of a spell knows nothing of IET: staying is not changed by it. */
static int draw_length(sg_rng *rng, bool *out_brief)
{
    static const double ways[] = {0.13, 0.06, 0.81};
    int way = sg_rng_pick(rng, ways, 3);
    *out_brief = way == 0;
    if (way == 0)
        return sg_rng_between(rng, 0, 13);
    if (way == 1)
        return sg_rng_between(rng, 12, 32);
    return sg_earlier(40 + (int)(122 * sg_rng_exponential(rng)), 520);
}

static void add_effect(sg_effect *sum, const sg_effect *effect)
{
    sum->gain += effect->gain;
    sum->entry += effect->entry;
    sum->iet += effect->iet;
}

static void set_rates(const sg_learner *learner, sg_spell *spell)
{
    sg_effect sum = {0, 0, 0};
    add_effect(&sum, &sg_level_effects[spell->level]);
    add_effect(&sum, &sg_education_effects[learner->education]);
    add_effect(&sum, &sg_employment_effects[spell->employment]);
    for (int i = 0; i < SG_FLAGS; i++)
        if (learner->flags[i] == 1)
            add_effect(&sum, &sg_flag_effects[i]);
    for (int i = 0; i < SG_RACES; i++)
        if (learner->races[i] == 1 && learner->hispanic != 1)
            add_effect(&sum, &sg_race_effects[i]);
    if (learner->hispanic == 1)
        add_effect(&sum, &sg_hispanic_effect);
    if (learner->sex == SG_FEMALE)
        add_effect(&sum, &sg_female_effect);
    int age = sg_age_at(learner->birth, spell->first);
    if (age < 19)
        add_effect(&sum, &sg_teen_effect);
    if (age >= 45)
        add_effect(&sum, &sg_older_effect);
    spell->rate = SG_RATE * exp(sum.gain);
    spell->rate_iet = spell->rate * exp(SG_IET_EFFECT + sum.iet);
    spell->entry_log_odds = SG_ENTRY_LOG_ODDS + SG_SELECTION * sum.entry +
                            sg_colleges[learner->college].iet_log_odds;
}

static void choose_shown(sg_spell *spell, sg_rng *rng)
{
    static const double ways[] = {0.56, 0.24, 0.14, 0.06};
    spell->shown = sg_rng_pick(rng, ways, 4);
    spell->trainable = spell->workplace || spell->shown != SG_SHOWN_UNFLAGGED;
}

/* Few programs begin between mid-May and the end of the program year. */
static bool in_season(int day, sg_rng *rng)
{
    bool kept = sg_rng_chance(rng, 0.35);
    return kept || day < sg_program_last(sg_year_of_program(day)) - 45;
}

static int draw_iet_start(const sg_spell *spell, sg_rng *rng)
{
    bool at_entry = sg_rng_chance(rng, 0.77);
    bool at_once = sg_rng_chance(rng, 0.6);
    int days = sg_rng_between(rng, 1, 10);
    int jitter = sg_rng_between(rng, 0, 12);
    if (at_entry)
        return spell->first + (at_once ? 0 : days);
    int term = sg_next_term_start(spell->first + 25);
    return term == SG_NONE ? SG_NONE : term + jitter;
}

/* Who plans to enter IET depends on what also moves the gains (selection); a plan comes true only for those who are
 * still there on the day (immortal time). */
static void plan_iet(const sg_learner *learner, sg_spell *spell, sg_rng *rng)
{
    double odds = exp(spell->entry_log_odds);
    bool wanted = sg_rng_chance(rng, odds / (1 + odds));
    int start = draw_iet_start(spell, rng);
    int open[SG_PROGRAMS];
    choose_shown(spell, rng);
    if (!wanted || start == SG_NONE || start > spell->end || spell->workplace || learner->iet_unknown)
        return;
    if (!in_season(start, rng) || sg_programs_open(learner->college, start, open) == 0)
        return;
    spell->iet_planned = start;
    spell->iet_start = start;
}

static int draw_exit_reason(const sg_learner *learner, const sg_spell *spell, sg_rng *rng)
{
    static const double ways[] = {0.72, 0.003, 0.005, 0.001, 0.002, 0, 0, 0.27};
    int reason = sg_rng_pick(rng, ways, SG_EXITS);
    if (spell->last > sg_cutoff() - 120)
        return SG_NONE;
    if (reason == 7 && !(learner->flags[SG_JUSTICE] == 1 && sg_rng_chance(rng, 0.12)))
        return SG_NONE;
    return reason;
}

static void draw_pretest(sg_spell *spell, sg_rng *rng)
{
    bool skipped = sg_rng_chance(rng, 0.05);
    bool second_choice = sg_rng_chance(rng, 0.35);
    int day = spell->first + sg_rng_between(rng, 0, 6);
    spell->instrument = spell->level >= SG_ESL1 ? (second_choice ? SG_BEST : SG_STEPS)
                                                : (second_choice ? SG_GOALS : SG_TABE);
    spell->pretest_day = sg_earlier(day, spell->end);
    if (skipped || spell->level >= SG_ALT_ABE) {
        spell->instrument = spell->pretest_day = spell->pretest_score = SG_NONE;
        return;
    }
    int low;
    int high;
    sg_score_range(spell->instrument, spell->level, &low, &high);
    spell->pretest_score = sg_rng_between(rng, low, high);
}

static void draw_spell(sg_learner *learner, sg_rng *rng, int first, int level)
{
    static const double work[] = {0.42, 0.03, 0.32, 0.23};
    sg_spell *spell = &learner->spells[learner->n_spells];
    bool brief;
    *spell = (sg_spell){.first = first, .level = level, .iet_planned = SG_NONE, .iet_start = SG_NONE};
    spell->last = first + draw_length(rng, &brief);
    spell->end = sg_earlier(spell->last, sg_cutoff());
    spell->level_known = !sg_rng_chance(rng, 0.012);
    spell->employment = sg_rng_pick(rng, work, SG_EMPLOYMENTS);
    spell->workplace = sg_rng_chance(rng, 0.02);
    spell->weekly_hours = brief ? 1 + 2 * sg_rng_unit(rng) : 5 + 4 * sg_rng_exponential(rng);
    if (spell->weekly_hours > 25)
        spell->weekly_hours = 25;
    spell->returned = learner->n_spells > 0 || sg_rng_chance(rng, 0.08);
    set_rates(learner, spell);
    plan_iet(learner, spell, rng);
    spell->exit_reason = draw_exit_reason(learner, spell, rng);
    draw_pretest(spell, rng);
    if (sg_rng_chance(rng, 0.02))
        spell->employment = SG_NONE;
    learner->n_spells++;
}

static int draw_birth(sg_rng *rng, int entry)
{
    static const double bands[] = {0.09, 0.25, 0.47, 0.12, 0.04, 0.03};
    static const int from[] = {16, 19, 25, 45, 55, 60, 79};
    int band = sg_rng_pick(rng, bands, 6);
    int age = sg_rng_between(rng, from[band], from[band + 1] - 1);
    int year;
    int month;
    int day;
    sg_day_split(entry, &year, &month, &day);
    return sg_day_of(year - age, month, sg_earlier(day, 28)) - sg_rng_between(rng, 0, 360);
}

/* 91 days after the last day is the first on which a return opens a new period of participation. */
static int draw_return(const sg_spell *spell, sg_rng *rng)
{
    bool comes_back = sg_rng_chance(rng, 0.17);
    bool at_once = sg_rng_chance(rng, 0.06);
    int gap = 91 + (at_once ? 0 : 1 + (int)(110 * sg_rng_exponential(rng)));
    int day = spell->last + gap;
    return comes_back && day <= sg_cutoff() ? day : SG_NONE;
}

void sg_learner_draw(sg_learner *learner, sg_rng *rng, int number)
{
    static const double sexes[] = {0.55, 0.445, 0.005};
    bool english = sg_rng_chance(rng, 0.37);
    memset(learner, 0, sizeof *learner);
    learner->number = number;
    learner->college = draw_college(rng);
    learner->sex = sg_rng_pick(rng, sexes, SG_SEXES);
    learner->iet_unknown = sg_rng_chance(rng, 0.02);
    learner->numbered = !sg_rng_chance(rng, 0.03);
    draw_race(learner, rng, english);
    draw_flags(learner, rng, english);
    learner->education = draw_education(learner, rng);
    int entry = draw_entry(rng);
    learner->birth = draw_birth(rng, entry);
    int level = draw_level(learner, rng);
    while (entry != SG_NONE && learner->n_spells < SG_MAX_SPELLS) {
        draw_spell(learner, rng, entry, level);
        entry = draw_return(&learner->spells[learner->n_spells - 1], rng);
        if (level != SG_ABE6 && level < SG_ESL6 && sg_rng_chance(rng, 0.3))
            level++;
    }
    withhold_answers(learner, rng);
}
