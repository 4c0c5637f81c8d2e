/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "term.h"

#include <stdlib.h>

#include "iet.h"

/* IET before the term, in the PoP or an earlier one: the surest sign of all. */
static sg_iet_grade grade_before(const sg_participation *learner, const sg_register *programs, sg_day term)
{
    sg_iet_grade before = SG_GRADE_NONE;
    for (size_t i = 0; i < learner->n_pops && learner->pops[i].first < term; i++) {
        const sg_pop *pop = &learner->pops[i];
        sg_iet_grade grade = sg_iet_grade_in(pop, programs, pop->first, term - 1);
        if (sg_iet_is(grade))
            return grade;
        if (grade == SG_GRADE_UNKNOWN)
            before = grade;
    }
    return before;
}

/* NO_OFFER is not known yet: it is the last but INCOMPLETE that applies. */
static sg_cohort_state state_of(const sg_participant_year *year, sg_iet_grade before, sg_day zero)
{
    sg_cohort_state state = sg_year_state(year);
    if (state != SG_COHORT_IN)
        return state;
    if (sg_iet_is(before))
        return SG_COHORT_IET_BEFORE;
    if (year->pop->last < zero)
        return SG_COHORT_LEFT_ENTRY;
    if (sg_year_gained(year, year->pop->first, zero) != 0)
        return SG_COHORT_GAINED_ENTRY;
    return zero + year->config->cohort.follow_up_days > year->as_of ? SG_COHORT_INCOMPLETE : SG_COHORT_IN;
}

sg_year_view sg_term_view(const sg_participant_year *year, const sg_participation *learner, sg_day term)
{
    const sg_config *config = year->config;
    sg_day zero = term + config->cohort.entry_days, end = zero + config->cohort.follow_up_days;
    sg_iet_grade before = grade_before(learner, year->sources->programs, term);
    sg_year_view view = {
        .state = state_of(year, before, zero),
        .grade = before == SG_GRADE_UNKNOWN
                     ? before
                     : sg_iet_grade_in(year->pop, year->sources->programs, year->pop->first, zero),
        .gained = sg_year_gained(year, zero + 1, end),
        .scope_first = term,
        .grade_first = year->pop->first,
        .scope_last = zero,
        .window_first = zero + 1,
        .window_last = end,
        .time_zero = zero,
        .known_by = SG_DAY_NONE,
    };
    view.arm = sg_iet_arm(view.grade, config->cohort.iet);
    if (view.state == SG_COHORT_IN)
        view.known_by = end;
    else if (view.state == SG_COHORT_LEFT_ENTRY && sg_pop_is_cut(year->pop, config, year->as_of))
        view.known_by = zero;
    return view;
}

/* ---- offers ---- */

void sg_offers_release(sg_offers *offers)
{
    free(offers->by_college);
    *offers = (sg_offers){0};
}

static sg_status note(sg_offers *offers, const sg_config *config, int college, size_t term, sg_err *err)
{
    size_t at = (size_t)college, n_terms = config->cohort.n_terms;
    if (college < 0)
        return SG_OK;
    if (!sg_grow(&offers->by_college, &offers->capacity, (at + 1) * n_terms, 1))
        return sg_no_memory(err);
    if (at >= offers->n_colleges)
        offers->n_colleges = at + 1;
    offers->by_college[at * n_terms + term] = 1;
    return SG_OK;
}

static bool is_claim(const sg_counted_row *row)
{
    int64_t flag = row->row->number[SG_ENROLLMENT_IET];
    return flag == SG_IET_YES || flag == SG_IET_CREDENTIAL;
}

static sg_status note_pop(sg_offers *offers, const sg_participation *learner, const sg_pop *pop, size_t term,
                          sg_err *err)
{
    const sg_config *config = learner->config;
    sg_day from = config->cohort.terms[term], to = from + config->cohort.entry_days;
    if (pop->first > to || pop->last < from || !sg_iet_is(sg_iet_grade_in(pop, learner->programs, from, to)))
        return SG_OK;
    sg_status status = note(offers, config, pop->rows[0].row->college, term, err);
    for (size_t i = 0; i < pop->n_rows && status == SG_OK; i++) {
        const sg_counted_row *row = &pop->rows[i];
        if (is_claim(row) && row->range_last >= from && row->range_first <= to)
            status = note(offers, config, row->row->college, term, err);
    }
    return status;
}

sg_status sg_offers_note(sg_offers *offers, const sg_participation *learner, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < learner->n_pops; i++)
        for (size_t term = 0; term < learner->config->cohort.n_terms && status == SG_OK; term++)
            status = note_pop(offers, learner, &learner->pops[i], term, err);
    return status;
}

bool sg_offers_has(const sg_offers *offers, const sg_config *config, const sg_register *programs,
                   size_t college, size_t term)
{
    sg_day from = config->cohort.terms[term];
    if (college < offers->n_colleges && offers->by_college[college * config->cohort.n_terms + term] != 0)
        return true;
    return sg_register_offers(programs, (int)college, from, from + config->cohort.entry_days);
}

sg_cohort_state sg_offers_judge(const sg_offers *offers, const sg_participation *learner, size_t college,
                                size_t term, sg_cohort_state state)
{
    if ((state == SG_COHORT_IN || state == SG_COHORT_INCOMPLETE) &&
        !sg_offers_has(offers, learner->config, learner->programs, college, term))
        return SG_COHORT_NO_OFFER;
    return state;
}
