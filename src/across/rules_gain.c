/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gains against the enrollments of their learner, and against each other.
 */
#include "learner.h"

static bool is_known(const sg_fact *gain, uint8_t type)
{
    return gain->as.gain.type == type;
}

/* ---- against enrollments ---- */

/* In the days of grace behind a participation a gain still counts for it, however short it was. */
static bool is_in_grace(const sg_learner_rows *l, sg_day day)
{
    for (size_t i = 0; i < l->n_spells; i++)
        if (day >= l->spells[i].first &&
            (int64_t)day - l->spells[i].last <= l->scene->options.gain_grace_days)
            return true;
    return false;
}

static void place_gain(const sg_learner_rows *l, const sg_fact *gain, sg_across_sink *sink)
{
    int64_t days = sg_days_to_spell(l, gain->day);
    if (!sg_is_covered(l, gain))
        return;
    if (l->n_of[SG_KIND_ENROLLMENT] == 0)
        sg_find(sink, SG_ACROSS_GAIN_ALONE, gain, SG_GAIN_FIELD_LEARNER_ID);
    else if (days > sg_gap_behind(l, gain->day))
        sg_find(sink, SG_ACROSS_GAIN_FAR, gain, SG_GAIN_FIELD_GAIN_DATE);
    else if (days > 0 && !is_in_grace(l, gain->day))
        sg_find(sink, SG_ACROSS_GAIN_NEAR, gain, SG_GAIN_FIELD_GAIN_DATE);
}

static bool iet_runs_on(const sg_learner_rows *l, const sg_spell *spell, sg_day day)
{
    for (size_t i = 0; i < spell->n_rows; i++)
        if (sg_is_iet(spell->rows[i]) && sg_meets(l, spell->rows[i], day, day))
            return true;
    return false;
}

static void judge_type(const sg_learner_rows *l, const sg_fact *gain, sg_across_sink *sink)
{
    const sg_spell *spell = sg_spell_on(l, gain->day);
    unsigned types = sg_yearly_value(l->scene->options.rules, SG_YEARLY_IET_ONLY_TYPES,
                                     sg_program_year(gain->day));
    if (spell == NULL || (types >> gain->as.gain.type & 1U) == 0)
        return;
    if (!spell->opens_types)
        sg_find(sink, SG_ACROSS_GAIN_CLOSED_TYPE, gain, SG_GAIN_FIELD_GAIN_TYPE);
    else if (!iet_runs_on(l, spell, gain->day))
        sg_find(sink, SG_ACROSS_GAIN_BESIDE_IET, gain, SG_GAIN_FIELD_GAIN_DATE);
}

/* Who has fewer hours is no participant, whatever the gain. */
static void judge_hours(const sg_learner_rows *l, const sg_fact *gain, sg_across_sink *sink)
{
    static const int64_t hour = 1000000000;
    const sg_across_options *o = &l->scene->options;
    const sg_spell *spell = sg_spell_on(l, gain->day);
    int64_t sum = 0;
    if (spell == NULL)
        return;
    int needed = sg_yearly_number(o->rules, o->participant_hours, SG_YEARLY_PARTICIPANT_HOURS,
                                  sg_program_year(spell->first));
    for (size_t i = 0; i < spell->n_rows; i++) {
        if (spell->rows[i]->as.enrollment.hours <= 0)
            return; /* a file without hours */
        sum += spell->rows[i]->as.enrollment.hours;
    }
    if (sum < needed * hour)
        sg_find(sink, SG_ACROSS_GAIN_FEW_HOURS, gain, SG_GAIN_FIELD_GAIN_DATE);
}

static void judge_college(const sg_learner_rows *l, const sg_fact *gain, sg_across_sink *sink)
{
    size_t n = l->n_of[SG_KIND_ENROLLMENT];
    if (gain->college == 0 || n == 0 || !sg_is_covered(l, gain))
        return;
    for (size_t i = 0; i < n; i++)
        if (l->of[SG_KIND_ENROLLMENT][i]->college == gain->college)
            return;
    sg_find(sink, SG_ACROSS_GAIN_OTHER_COLLEGE, gain, SG_GAIN_FIELD_COLLEGE);
}

/* The first row of the participation that tells says with which level and education it began. */
static void judge_entry(const sg_learner_rows *l, const sg_fact *gain, sg_across_sink *sink)
{
    enum { DIPLOMA = 2, IEP_CERTIFICATE = 4 }; /* places in sg_codes_prior_education */
    const sg_spell *spell = sg_spell_on(l, gain->day);
    unsigned level = 0, prior = 0;
    if (spell == NULL)
        return;
    for (size_t i = 0; i < spell->n_rows; i++) {
        level = level != 0 ? level : spell->rows[i]->level;
        prior = prior != 0 ? prior : spell->rows[i]->codes.prior;
    }
    if (gain->as.gain.type <= SG_GAIN_EFL_HSE_SUBTEST && sg_same_scale(gain->level, level) &&
        gain->level < level)
        sg_find(sink, SG_ACROSS_GAIN_BELOW_ENTRY, gain, SG_GAIN_FIELD_LEVEL_FROM);
    if (is_known(gain, SG_GAIN_DIPLOMA) && prior >= DIPLOMA && prior != IEP_CERTIFICATE)
        sg_find(sink, SG_ACROSS_GAIN_HAD_DIPLOMA, gain, SG_GAIN_FIELD_GAIN_TYPE);
}

/* A gain by test is one by the post-test, which comes after a pre-test. */
static void judge_pre_test(const sg_learner_rows *l, const sg_fact *gain, sg_across_sink *sink)
{
    const sg_spell *spell = sg_spell_on(l, gain->day);
    bool any = false;
    if (spell == NULL || !is_known(gain, SG_GAIN_EFL_TEST))
        return;
    for (size_t i = 0; i < spell->n_rows && spell->rows[i]->day <= gain->day; i++) {
        sg_day day = spell->rows[i]->as.enrollment.test_day;
        if (day != SG_DAY_NONE && day < gain->day)
            return;
        any = any || day != SG_DAY_NONE;
    }
    if (any)
        sg_find(sink, SG_ACROSS_GAIN_BEFORE_PRE_TEST, gain, SG_GAIN_FIELD_GAIN_DATE);
}

/* ---- against each other ---- */

static bool is_same_claim(const sg_fact *a, const sg_fact *b)
{
    return a->as.gain.type == b->as.gain.type && a->as.gain.type <= SG_GAIN_EFL_HSE_SUBTEST &&
           a->as.gain.subject == b->as.gain.subject && a->as.gain.level_to == b->as.gain.level_to &&
           a->as.gain.level_to != 0 && a->day != b->day;
}

static void judge_repeats(const sg_learner_rows *l, size_t at, sg_across_sink *sink)
{
    const sg_fact *const *gains = l->of[SG_KIND_GAIN];
    const sg_spell *spell = sg_spell_on(l, gains[at]->day);
    for (size_t i = 0; i < at; i++) {
        if (spell != NULL && sg_spell_on(l, gains[i]->day) == spell && is_same_claim(gains[i], gains[at]))
            sg_find(sink, SG_ACROSS_GAIN_TWICE, gains[at], SG_GAIN_FIELD_LEVEL_TO);
        if (is_known(gains[i], SG_GAIN_DIPLOMA) && is_known(gains[at], SG_GAIN_DIPLOMA) &&
            gains[i]->day != gains[at]->day)
            sg_find(sink, SG_ACROSS_GAIN_SECOND_DIPLOMA, gains[at], SG_GAIN_FIELD_GAIN_DATE);
    }
}

void sg_across_gains(const sg_learner_rows *learner, sg_across_sink *sink)
{
    for (size_t i = 0; i < learner->n_of[SG_KIND_GAIN]; i++) {
        const sg_fact *gain = learner->of[SG_KIND_GAIN][i];
        if (sg_is_late(learner, gain))
            continue;
        place_gain(learner, gain, sink);
        judge_type(learner, gain, sink);
        judge_hours(learner, gain, sink);
        judge_college(learner, gain, sink);
        judge_entry(learner, gain, sink);
        judge_pre_test(learner, gain, sink);
        judge_repeats(learner, i, sink);
    }
}
