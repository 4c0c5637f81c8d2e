/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "builder.h"

#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "column.h"
#include "delivered.h"
#include "federal.h"
#include "level.h"
#include "outcome.h"
#include "participation.h"
#include "tally.h"
#include "term.h"
#include "year.h"

struct sg_cohort_builder {
    const sg_config *config;
    sg_cohort *cohort; /* NULL once it was handed over */
    sg_levels *levels;
    sg_columns years, terms; /* units of landmark and naive; of the term design */
    sg_delivered delivered;
    sg_offers offers;
    sg_tally tally;
    sg_cohort_sources sources;
    sg_participation_seen seen;
    sg_participation learner; /* the one at hand */
    size_t rows_seen;         /* by the first design of the unit at hand */
    sg_federal federal;       /* sink NULL: nobody asks for federal facts */
};

static sg_status new_cohort(sg_day as_of, sg_cohort **out, sg_err *err)
{
    sg_arena *arena = sg_arena_new();
    sg_cohort *cohort = arena != NULL ? sg_arena_alloc(arena, 1, sizeof *cohort) : NULL;
    if (cohort == NULL) {
        sg_arena_free(arena);
        return sg_no_memory(err);
    }
    cohort->arena = arena;
    cohort->as_of = as_of;
    cohort->n_designs = SG_DESIGN_TERM;
    *out = cohort;
    return SG_OK;
}

sg_status sg_cohort_builder_new(const sg_config *config, sg_day as_of, sg_cohort_builder **out, sg_err *err)
{
    sg_cohort_builder *builder = calloc(1, sizeof *builder);
    if (builder == NULL)
        return sg_no_memory(err);
    builder->config = config;
    sg_status status = new_cohort(as_of, &builder->cohort, err);
    if (status == SG_OK)
        status = sg_levels_new(config, &builder->levels, err);
    if (status != SG_OK) {
        sg_cohort_builder_free(builder);
        return status;
    }
    size_t n_dimensions = sg_levels_dimensions(builder->levels);
    builder->years = (sg_columns){.n_designs = SG_DESIGN_TERM, .n_dimensions = n_dimensions};
    builder->terms = (sg_columns){
        .first_design = SG_DESIGN_TERM, .n_designs = 1, .n_dimensions = n_dimensions};
    builder->sources.outcomes_up_to = SG_DAY_NONE;
    builder->learner = (sg_participation){.config = config, .as_of = as_of};
    if (config->cohort.n_terms > 0)
        builder->cohort->n_designs = SG_N_DESIGNS;
    *out = builder;
    return SG_OK;
}

void sg_cohort_builder_tell(sg_cohort_builder *builder, const sg_federal_sink *sink,
                            const sg_federal_scope *scope)
{
    builder->federal = sg_federal_of(builder->config, builder->cohort->as_of, sink);
    builder->federal.college = scope->college;
    builder->federal.has_tests = scope->has_tests;
    builder->federal.outcomes_until = scope->outcomes_until;
}

void sg_cohort_builder_free(sg_cohort_builder *builder)
{
    if (builder == NULL)
        return;
    sg_cohort_free(builder->cohort);
    sg_levels_free(builder->levels);
    sg_columns_release(&builder->years);
    sg_columns_release(&builder->terms);
    sg_delivered_release(&builder->delivered);
    sg_offers_release(&builder->offers);
    sg_tally_release(&builder->tally);
    sg_participation_release(&builder->learner);
    free(builder);
}

void sg_cohort_builder_use(sg_cohort_builder *builder, const sg_cohort_sources *sources)
{
    builder->sources = *sources;
    builder->learner.programs = sources->programs;
    builder->learner.has_services = sources->has_services;
    builder->cohort->seen.programs = sources->programs != NULL ? (int64_t)sources->programs->n : 0;
    builder->cohort->outcomes_up_to = sources->outcomes_up_to;
    builder->cohort->has_tests = sources->has_tests;
}

/* ---- a learner's gains ---- */

/* Gains that count for no PoP are counted by the reason that comes nearest to counting. */
static void tally_gain(sg_cohort_builder *builder, const sg_stored_learner *learner,
                       const sg_stored_gain *gain)
{
    sg_cohort *cohort = builder->cohort;
    bool is_late = !sg_gain_is_known(gain, cohort->as_of), is_closed = false;
    cohort->seen.gains++;
    for (size_t i = 0; i < builder->learner.n_pops && !is_late; i++) {
        sg_gain_verdict verdict = sg_gain_judge(gain, &builder->learner.pops[i], cohort->as_of,
                                                builder->config->cohort.gain_grace_days);
        if (verdict == SG_GAIN_COUNTS)
            return;
        is_closed = is_closed || verdict == SG_GAIN_NOT_OPEN;
    }
    if (is_late)
        cohort->seen.gains_after_cutoff++;
    else if (learner->n_enrollments == 0)
        cohort->seen.gains_without_enrollment++;
    else if (is_closed)
        cohort->seen.gains_not_open_to_learner++;
    else
        cohort->seen.gains_outside_pop++;
}

/* ---- units ---- */

/* How many of the PoP's rows start on or before the day: its levels are read from them. */
static size_t rows_by(const sg_pop *pop, sg_day day)
{
    size_t n = 0;
    while (n < pop->n_rows && pop->rows[n].first <= day)
        n++;
    return n;
}

/* The designs of a unit mostly see the same rows, and so the same levels. */
static sg_status find_levels(sg_cohort_builder *builder, const sg_columns *columns, const sg_pop *pop,
                             sg_day zero, uint8_t *cells, sg_err *err)
{
    const uint8_t *first = sg_columns_cells(columns, columns->n, columns->first_design);
    size_t n_rows = rows_by(pop, zero);
    if (cells == first)
        builder->rows_seen = n_rows;
    if (cells == first || n_rows != builder->rows_seen)
        return sg_levels_at(builder->levels, pop, zero, cells + SG_CELL_LEVELS, err);
    memcpy(cells + SG_CELL_LEVELS, first + SG_CELL_LEVELS, columns->n_dimensions);
    return SG_OK;
}

static sg_status add_view(sg_cohort_builder *builder, sg_columns *columns, const sg_year_view *view,
                          const sg_participant_year *year, sg_design design, sg_err *err)
{
    sg_unit_outcomes outcomes = sg_outcomes_in(year, view->window_first, view->window_last);
    uint8_t *cells = sg_columns_cells(columns, columns->n, design);
    cells[SG_CELL_STATE] = (uint8_t)view->state;
    cells[SG_CELL_GRADE] = (uint8_t)view->grade;
    cells[SG_CELL_ARM] = (uint8_t)view->arm;
    cells[SG_CELL_GAINED] = (uint8_t)view->gained;
    sg_reach_state reach = sg_reach_to_iet(year->sources->programs, year->pop, view->scope_first,
                                           view->scope_last, view->time_zero);
    outcomes.bits |= (sg_outcome_bits)reach << SG_REACH_SHIFT;
    memcpy(cells + SG_CELL_OUTCOMES, &outcomes.bits, sizeof outcomes.bits);
    memcpy(cells + SG_CELL_GAIN_DAYS, &outcomes.gain_days, sizeof outcomes.gain_days);
    columns->heads[columns->n].known_by[design - columns->first_design] = view->known_by;
    return find_levels(builder, columns, year->pop, view->time_zero, cells, err);
}

static sg_row_head head_of(const sg_participant_year *year)
{
    return (sg_row_head){.program_year = (int16_t)year->program_year,
                         .college = (uint16_t)year->pop->rows[0].row->college};
}

static sg_status add_year(sg_cohort_builder *builder, const sg_participant_year *year, sg_err *err)
{
    sg_columns *columns = &builder->years;
    sg_status status = sg_columns_reserve(columns, err);
    if (status != SG_OK)
        return status;
    columns->heads[columns->n] = head_of(year);
    for (sg_design design = 0; design < SG_DESIGN_TERM && status == SG_OK; design++) {
        sg_year_view view = sg_year_seen_by(design, year);
        status = add_view(builder, columns, &view, year, design, err);
        if (status == SG_OK && design == SG_DESIGN_NAIVE)
            status = sg_tally_add(&builder->tally, year, &view, err);
    }
    columns->n += status == SG_OK;
    return status;
}

static sg_participant_year year_of(const sg_cohort_builder *builder, const sg_stored_learner *learner,
                                   const sg_pop *pop)
{
    return (sg_participant_year){.config = builder->config,
                                 .as_of = builder->cohort->as_of,
                                 .sources = &builder->sources,
                                 .learner = learner,
                                 .pop = pop};
}

/* Of each program year the earliest PoP that has a participant-year there; PoPs come by time, so the years rise. */
static sg_status add_years(sg_cohort_builder *builder, const sg_stored_learner *learner, sg_err *err)
{
    int next_year = INT16_MIN;
    for (size_t i = 0; i < builder->learner.n_pops; i++) {
        const sg_pop *pop = &builder->learner.pops[i];
        if (pop->participant_day == SG_DAY_NONE)
            continue;
        sg_participant_year year = year_of(builder, learner, pop);
        int first = sg_program_year(pop->participant_day), last = sg_program_year(pop->last);
        for (year.program_year = first > next_year ? first : next_year; year.program_year <= last;
             year.program_year++) {
            sg_status status = add_year(builder, &year, err);
            if (status != SG_OK)
                return status;
        }
        next_year = year.program_year;
    }
    return SG_OK;
}

static sg_status add_term(sg_cohort_builder *builder, const sg_participant_year *year, size_t term,
                          sg_err *err)
{
    sg_columns *columns = &builder->terms;
    sg_status status = sg_columns_reserve(columns, err);
    if (status != SG_OK)
        return status;
    sg_year_view view = sg_term_view(year, &builder->learner, builder->config->cohort.terms[term]);
    columns->heads[columns->n] = head_of(year);
    columns->heads[columns->n].term = (uint8_t)term;
    status = add_view(builder, columns, &view, year, SG_DESIGN_TERM, err);
    columns->n += status == SG_OK;
    return status;
}

static sg_status add_terms(sg_cohort_builder *builder, const sg_stored_learner *learner, sg_err *err)
{
    const sg_config *config = builder->config;
    sg_status status = sg_offers_note(&builder->offers, &builder->learner, err);
    for (size_t i = 0; i < builder->learner.n_pops && status == SG_OK; i++) {
        const sg_pop *pop = &builder->learner.pops[i];
        sg_participant_year year = year_of(builder, learner, pop);
        for (size_t t = 0; t < config->cohort.n_terms && status == SG_OK; t++) {
            sg_day term = config->cohort.terms[t];
            if (pop->participant_day == SG_DAY_NONE || pop->participant_day > term || pop->last < term)
                continue;
            year.program_year = sg_program_year(term);
            status = add_term(builder, &year, t, err);
        }
    }
    return status;
}

/* What passes, counted or not. */
static sg_status note_rows(sg_cohort_builder *builder, const sg_stored_learner *learner, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < learner->n_enrollments && status == SG_OK; i++) {
        status = sg_levels_note(builder->levels, &learner->enrollments[i], err);
        if (status == SG_OK)
            status = sg_delivered_note(&builder->delivered, &learner->enrollments[i], err);
    }
    return status;
}

sg_status sg_cohort_builder_add(sg_cohort_builder *builder, const sg_stored_learner *learner, sg_err *err)
{
    sg_cohort *cohort = builder->cohort;
    sg_status status = note_rows(builder, learner, err);
    if (status == SG_OK)
        status = sg_participation_find(&builder->learner, learner, &builder->seen, err);
    if (status != SG_OK)
        return status;
    cohort->seen.learners++;
    for (size_t i = 0; i < builder->learner.n_pops; i++) {
        cohort->seen.pops++;
        cohort->seen.pops_under_hours += builder->learner.pops[i].participant_day == SG_DAY_NONE;
    }
    for (size_t i = 0; i < learner->n_gains; i++)
        tally_gain(builder, learner, &learner->gains[i]);
    status = add_years(builder, learner, err);
    if (status == SG_OK)
        status = add_terms(builder, learner, err);
    if (status != SG_OK || builder->federal.sink == NULL)
        return status;
    builder->federal.programs = builder->learner.programs;
    return sg_federal_tell(&builder->federal,
                           &(sg_federal_learner){learner, builder->learner.pops, builder->learner.n_pops},
                           err);
}

/* ---- what came of it ---- */

/* Only now every college's IET is known. */
static void judge_offers(const sg_cohort_builder *builder)
{
    for (size_t i = 0; i < builder->terms.n; i++) {
        uint8_t *state = &sg_columns_cells(&builder->terms, i, SG_DESIGN_TERM)[SG_CELL_STATE];
        const sg_row_head *head = &builder->terms.heads[i];
        if ((*state == SG_COHORT_IN || *state == SG_COHORT_INCOMPLETE) &&
            !sg_offers_has(&builder->offers, builder->config, builder->learner.programs, head->college,
                           head->term))
            *state = SG_COHORT_NO_OFFER;
    }
}

static void copy_seen(const sg_participation_seen *seen, sg_cohort *cohort)
{
    cohort->hours_taken_as_given = seen->hours_as_given;
    cohort->hours_by_services = seen->by_services;
    cohort->seen.rows_without_hours = seen->rows_without_hours;
    cohort->seen.rows_after_cutoff = seen->rows_after_cutoff;
    cohort->seen.services = seen->services;
    cohort->seen.services_after_cutoff = seen->services_after_cutoff;
    cohort->seen.services_without_enrollment = seen->services_without_enrollment;
}

static sg_status copy_colleges(const char *const *colleges, size_t n, sg_cohort *cohort, sg_err *err)
{
    const char **copies = sg_arena_alloc(cohort->arena, n + 1, sizeof *copies);
    if (copies == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        if ((copies[i] = sg_arena_strdup(cohort->arena, colleges[i])) == NULL)
            return sg_no_memory(err);
    cohort->colleges = copies;
    cohort->n_colleges = n;
    return SG_OK;
}

sg_status sg_cohort_builder_finish(sg_cohort_builder *builder, const char *const *colleges, size_t n_colleges,
                                   sg_cohort **out, sg_err *err)
{
    sg_cohort *cohort = builder->cohort;
    if (builder->delivered.n > n_colleges)
        return sg_fail(err, SG_FAILED, "the store was written while it was read; run again");
    sg_status status = copy_colleges(colleges, n_colleges, cohort, err);
    if (status == SG_OK)
        status = sg_levels_finish(builder->levels, cohort->arena, &cohort->dimensions, err);
    if (status == SG_OK)
        status = sg_tally_finish(&builder->tally, builder->sources.programs, cohort, err);
    if (status == SG_OK)
        status = sg_delivered_judge(&builder->delivered, &builder->years, cohort, err);
    if (status == SG_OK)
        status = sg_columns_finish(&builder->years, builder->levels, cohort, err);
    if (status == SG_OK) {
        sg_delivered_close(&builder->delivered, &builder->terms, cohort->as_of);
        judge_offers(builder);
        status = sg_columns_finish(&builder->terms, builder->levels, cohort, err);
    }
    if (status != SG_OK)
        return status;
    cohort->n = cohort->designs[SG_DESIGN_NAIVE].n;
    cohort->program_year = cohort->designs[SG_DESIGN_NAIVE].program_year;
    cohort->college = cohort->designs[SG_DESIGN_NAIVE].college;
    cohort->n_dimensions = builder->years.n_dimensions;
    copy_seen(&builder->seen, cohort);
    builder->cohort = NULL;
    *out = cohort;
    return SG_OK;
}
