/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

typedef struct {
    const sg_participation *learner;
    sg_cohort_unit unit; /* the one at hand */
    sg_unit_sink each;
    void *context;
} listing;

static sg_status list_year(listing *l, sg_err *err)
{
    sg_status status = SG_OK;
    for (sg_design design = 0; design < SG_DESIGN_TERM && status == SG_OK; design++) {
        l->unit.design = design;
        l->unit.view = sg_year_seen_by(design, &l->unit.year);
        status = l->each(l->context, &l->unit, err);
    }
    return status;
}

/* Of each program year the earliest PoP that has a participant-year there; PoPs come by time, so the years rise. */
static sg_status list_years(listing *l, sg_err *err)
{
    int next_year = INT16_MIN;
    for (size_t i = 0; i < l->learner->n_pops; i++) {
        const sg_pop *pop = &l->learner->pops[i];
        sg_participant_year *year = &l->unit.year;
        if (pop->participant_day == SG_DAY_NONE)
            continue;
        int first = sg_program_year(pop->participant_day), last = sg_program_year(pop->last);
        year->pop = pop;
        for (year->program_year = first > next_year ? first : next_year; year->program_year <= last;
             year->program_year++) {
            sg_status status = list_year(l, err);
            if (status != SG_OK)
                return status;
        }
        next_year = year->program_year;
    }
    return SG_OK;
}

static sg_status list_terms(listing *l, sg_err *err)
{
    const sg_config *config = l->learner->config;
    sg_status status = SG_OK;
    l->unit.design = SG_DESIGN_TERM;
    for (size_t i = 0; i < l->learner->n_pops && status == SG_OK; i++) {
        const sg_pop *pop = &l->learner->pops[i];
        l->unit.year.pop = pop;
        for (size_t t = 0; t < config->cohort.n_terms && status == SG_OK; t++) {
            sg_day term = config->cohort.terms[t];
            if (pop->participant_day == SG_DAY_NONE || pop->participant_day > term || pop->last < term)
                continue;
            l->unit.term = t;
            l->unit.year.program_year = sg_program_year(term);
            l->unit.view = sg_term_view(&l->unit.year, l->learner, term);
            status = l->each(l->context, &l->unit, err);
        }
    }
    return status;
}

sg_status sg_units_each(const sg_participation *learner, const sg_stored_learner *stored,
                        const sg_cohort_sources *sources, sg_unit_sink each, void *context, sg_err *err)
{
    listing l = {.learner = learner, .each = each, .context = context};
    l.unit.year = (sg_participant_year){
        .config = learner->config, .as_of = learner->as_of, .sources = sources, .learner = stored};
    sg_status status = list_years(&l, err);
    return status == SG_OK ? list_terms(&l, err) : status;
}
