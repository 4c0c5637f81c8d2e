/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Outcomes against participations: what is measured after the exit wants an exit, what crowns a training wants a training.
 */
#include "learner.h"

static bool is_after_exit(const sg_fact *outcome)
{
    return outcome->as.outcome.code >= SG_OUTCOME_CODE_EMPLOYED_Q2;
}

/* An exit is known once the days behind it are past. */
static bool has_exited(const sg_learner_rows *l, const sg_spell *spell)
{
    return (int64_t)spell->served + sg_gap_behind(l, spell->served) < l->scene->horizon;
}

/* Calendar quarters, counted. */
static int quarter_of(sg_day day)
{
    enum { QUARTERS = 4, MONTHS = 3 };
    int year = 0, month = 0, day_of_month = 0;
    sg_day_to_civil(day, &year, &month, &day_of_month);
    return year * QUARTERS + (month - 1) / MONTHS;
}

static void judge_employment(const sg_learner_rows *l, const sg_fact *outcome, sg_across_sink *sink)
{
    enum { SECOND = 2, FOURTH = 4 };
    int field = outcome->day == outcome->end ? SG_OUTCOME_FIELD_OUTCOME_DATE : SG_OUTCOME_FIELD_QUARTER;
    int behind = outcome->as.outcome.code == SG_OUTCOME_CODE_EMPLOYED_Q4 ? FOURTH : SECOND;
    bool exited = false, before = true, right = false;
    for (size_t i = 0; i < l->n_spells; i++) {
        if (!has_exited(l, &l->spells[i]))
            continue;
        exited = true;
        before = before && outcome->end <= l->spells[i].last;
        right = right || quarter_of(outcome->day) == quarter_of(l->spells[i].last) + behind;
    }
    if (!exited)
        sg_find(sink, SG_ACROSS_OUTCOME_NO_EXIT, outcome, SG_OUTCOME_FIELD_OUTCOME);
    else if (before)
        sg_find(sink, SG_ACROSS_OUTCOME_BEFORE_EXIT, outcome, field);
    else if (!right)
        sg_find(sink, SG_ACROSS_OUTCOME_QUARTER, outcome, field);
}

static bool was_trained(const sg_learner_rows *l)
{
    for (size_t i = 0; i < l->n_of[SG_KIND_ENROLLMENT]; i++) {
        const sg_fact *row = l->of[SG_KIND_ENROLLMENT][i];
        if (sg_is_iet(row) || row->as.enrollment.program != 0 || row->as.enrollment.occupation != 0)
            return true;
    }
    for (size_t i = 0; i < l->n_of[SG_KIND_GAIN]; i++) {
        unsigned type = l->of[SG_KIND_GAIN][i]->as.gain.type;
        if (type == SG_GAIN_EFL_POSTSECONDARY || type >= SG_GAIN_TRANSCRIPT_POSTSECONDARY)
            return true;
    }
    return false;
}

/* Within a year of the last exit before it. */
static bool is_in_time(const sg_learner_rows *l, const sg_fact *outcome)
{
    enum { YEAR = 366 };
    for (size_t i = 0; i < l->n_spells; i++)
        if (!has_exited(l, &l->spells[i]) || (int64_t)outcome->day - l->spells[i].last <= YEAR)
            return true;
    return l->n_spells == 0;
}

static bool has_diploma_gain(const sg_learner_rows *l)
{
    for (size_t i = 0; i < l->n_of[SG_KIND_GAIN]; i++)
        if (l->of[SG_KIND_GAIN][i]->as.gain.type == SG_GAIN_DIPLOMA)
            return true;
    return false;
}

static void judge_credential(const sg_learner_rows *l, const sg_fact *outcome, sg_across_sink *sink)
{
    sg_span gains = sg_backdrop_span(&l->scene->backdrop, outcome->college, SG_KIND_GAIN);
    bool diploma = outcome->as.outcome.code == SG_OUTCOME_CODE_DIPLOMA;
    if (outcome->as.outcome.code == SG_OUTCOME_CODE_CREDENTIAL && !was_trained(l))
        sg_find(sink, SG_ACROSS_OUTCOME_UNTRAINED, outcome, SG_OUTCOME_FIELD_OUTCOME);
    if (!is_in_time(l, outcome))
        sg_find(sink, SG_ACROSS_OUTCOME_LATE, outcome, SG_OUTCOME_FIELD_OUTCOME_DATE);
    if (diploma && gains.first != SG_DAY_NONE && outcome->day >= gains.first && outcome->day <= gains.last &&
        sg_spell_on(l, outcome->day) != NULL && !has_diploma_gain(l))
        sg_find(sink, SG_ACROSS_OUTCOME_NO_GAIN, outcome, SG_OUTCOME_FIELD_OUTCOME);
}

static bool has_outcome(const sg_learner_rows *l, unsigned code)
{
    for (size_t i = 0; i < l->n_of[SG_KIND_OUTCOME]; i++)
        if (l->of[SG_KIND_OUTCOME][i]->as.outcome.code == code)
            return true;
    return false;
}

/* What is after the cut-off of the enrollments is no less an outcome of one of their learners. */
static bool has_nobody(const sg_learner_rows *l, const sg_fact *outcome)
{
    sg_span span = sg_backdrop_span(&l->scene->backdrop, outcome->college, SG_KIND_ENROLLMENT);
    return l->n_of[SG_KIND_ENROLLMENT] == 0 && span.first != SG_DAY_NONE && outcome->day >= span.first;
}

void sg_across_outcomes(const sg_learner_rows *learner, sg_across_sink *sink)
{
    for (size_t i = 0; i < learner->n_of[SG_KIND_OUTCOME]; i++) {
        const sg_fact *outcome = learner->of[SG_KIND_OUTCOME][i];
        if (has_nobody(learner, outcome))
            sg_find(sink, SG_ACROSS_OUTCOME_ALONE, outcome, SG_OUTCOME_FIELD_LEARNER_ID);
        if (outcome->as.outcome.code == SG_OUTCOME_CODE_EARNINGS_Q2 &&
            !has_outcome(learner, SG_OUTCOME_CODE_EMPLOYED_Q2))
            sg_find(sink, SG_ACROSS_OUTCOME_UNEMPLOYED, outcome, SG_OUTCOME_FIELD_OUTCOME);
        if (learner->n_spells > 0 && is_after_exit(outcome))
            judge_employment(learner, outcome, sink);
        else if (learner->n_spells > 0)
            judge_credential(learner, outcome, sink);
    }
}
