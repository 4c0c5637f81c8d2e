/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "builder.h"

#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "column.h"
#include "delivered.h"
#include "federal.h"
#include "gather.h"
#include "level.h"
#include "outcome.h"
#include "placement.h"
#include "tally.h"
#include "unit.h"

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
    size_t seen_for_levels;   /* rows and tests, by the first design of the unit at hand */
    sg_gathering amounts;
    sg_federal federal; /* sink NULL: nobody asks for federal facts */
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
    builder->amounts = sg_gathering_of(config);
    builder->sources.outcomes_up_to = builder->sources.tests_up_to = SG_DAY_NONE;
    builder->learner = (sg_participation){.config = config, .as_of = as_of};
    if (config->cohort.n_terms > 0)
        builder->cohort->n_designs = SG_N_DESIGNS;
    *out = builder;
    return SG_OK;
}

void sg_cohort_builder_tell(sg_cohort_builder *builder, const sg_federal_sink *sink, int college)
{
    builder->federal = sg_federal_of(builder->config, builder->cohort->as_of, &builder->sources, sink,
                                     college);
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
    sg_gathering_release(&builder->amounts);
    free(builder);
}

void sg_cohort_builder_use(sg_cohort_builder *builder, const sg_cohort_sources *sources)
{
    builder->sources = *sources;
    builder->learner.programs = sources->programs;
    builder->learner.has_services = sources->has_services;
    builder->cohort->seen.programs = sources->programs != NULL ? (int64_t)sources->programs->n : 0;
    builder->cohort->outcomes_up_to = sources->outcomes_up_to;
    builder->cohort->has_tests = sources->tests_up_to != SG_DAY_NONE;
}

/* ---- a learner's gains ---- */

/* Gains that count for no PoP are counted by the reason that comes nearest to counting. */
static void tally_gain(sg_cohort_builder *builder, const sg_stored_learner *learner,
                       const sg_stored_gain *gain)
{
    sg_cohort *cohort = builder->cohort;
    cohort->seen.gains++;
    switch (sg_gain_judge_all(gain, builder->learner.pops, builder->learner.n_pops, cohort->as_of,
                              builder->config, NULL)) {
    case SG_GAIN_COUNTS: return;
    case SG_GAIN_AFTER_CUTOFF: cohort->seen.gains_after_cutoff++; return;
    case SG_GAIN_NOT_OPEN: cohort->seen.gains_not_open_to_learner++; return;
    case SG_GAIN_OUTSIDE_POP:
        if (learner->n_enrollments == 0)
            cohort->seen.gains_without_enrollment++;
        else
            cohort->seen.gains_outside_pop++;
    }
}

/* ---- units ---- */

/* How many of the PoP's rows start on or before the day, and of its learner's tests: its levels are read from them. */
static size_t seen_by(const sg_pop *pop, sg_day day)
{
    size_t rows = 0, tests = 0;
    while (rows < pop->n_rows && pop->rows[rows].first <= day)
        rows++;
    while (tests < pop->learner->n_tests && pop->learner->tests[tests].date <= day)
        tests++;
    return rows + tests; /* neither falls with a later day */
}

/* The designs of a unit mostly see the same rows and tests, and so the same levels. */
static sg_status find_levels(sg_cohort_builder *builder, const sg_columns *columns, const sg_pop *pop,
                             sg_day zero, uint8_t *cells, sg_err *err)
{
    const uint8_t *first = sg_columns_cells(columns, columns->n, columns->first_design);
    size_t n_seen = seen_by(pop, zero);
    if (cells == first)
        builder->seen_for_levels = n_seen;
    if (cells == first || n_seen != builder->seen_for_levels)
        return sg_levels_at(builder->levels, pop, zero, cells + SG_CELL_LEVELS, err);
    memcpy(cells + SG_CELL_LEVELS, first + SG_CELL_LEVELS, columns->n_dimensions);
    return SG_OK;
}

static sg_reach_state reach_of(const sg_cohort_unit *unit)
{
    return sg_reach_to_iet(unit->year.sources->programs, unit->year.pop, unit->view.scope_first,
                           unit->view.scope_last, unit->view.time_zero);
}

/* As the column has it (sg_cohort_view). */
static int16_t gain_days_of(const sg_cohort_unit *unit, const sg_unit_outcomes *outcomes)
{
    const sg_year_view *view = &unit->view;
    sg_day last = unit->year.pop->last + unit->year.config->cohort.gain_grace_days;
    if (outcomes->gain_days > 0)
        return (int16_t)outcomes->gain_days;
    last = last < view->window_last ? last : view->window_last;
    return (int16_t)(last > view->time_zero && unit->design != SG_DESIGN_NAIVE ? view->time_zero - last : 0);
}

static sg_status add_view(sg_cohort_builder *builder, sg_columns *columns, const sg_cohort_unit *unit,
                          sg_err *err)
{
    const sg_year_view *view = &unit->view;
    sg_unit_outcomes outcomes = sg_outcomes_in(&unit->year, view->window_first, view->window_last);
    uint8_t *cells = sg_columns_cells(columns, columns->n, unit->design);
    cells[SG_CELL_STATE] = (uint8_t)view->state;
    cells[SG_CELL_GRADE] = (uint8_t)view->grade;
    cells[SG_CELL_ARM] = (uint8_t)view->arm;
    outcomes.bits |= (sg_outcome_bits)view->gained << SG_GAINED_SHIFT | (sg_outcome_bits)reach_of(unit)
                                                                            << SG_REACH_SHIFT;
    memcpy(cells + SG_CELL_OUTCOMES, &outcomes.bits, sizeof outcomes.bits);
    const int16_t gain_days = gain_days_of(unit, &outcomes);
    memcpy(cells + SG_CELL_GAIN_DAYS, &gain_days, sizeof gain_days);
    columns->heads[columns->n].known_by[unit->design - columns->first_design] = view->known_by;
    sg_status status = sg_gather_unit(&builder->amounts, unit, &outcomes, columns, err);
    if (status != SG_OK)
        return status;
    return find_levels(builder, columns, unit->year.pop, view->time_zero, cells, err);
}

static uint16_t college_of(const sg_cohort_unit *unit)
{
    return (uint16_t)unit->year.pop->rows[0].row->college;
}

/* The designs that have the same units come one behind the other. */
static sg_status add_unit(void *context, const sg_cohort_unit *unit, sg_err *err)
{
    sg_cohort_builder *builder = context;
    sg_columns *columns = unit->design == SG_DESIGN_TERM ? &builder->terms : &builder->years;
    sg_status status = unit->design == columns->first_design ? sg_columns_reserve(columns, err) : SG_OK;
    if (status != SG_OK)
        return status;
    if (unit->design == columns->first_design)
        columns->heads[columns->n] = (sg_row_head){.program_year = (int16_t)unit->year.program_year,
                                                   .college = college_of(unit),
                                                   .term = (uint8_t)unit->term};
    status = add_view(builder, columns, unit, err);
    if (status == SG_OK && unit->design == SG_DESIGN_NAIVE)
        status = sg_tally_add(&builder->tally, &unit->year, &unit->view, err);
    if (status == SG_OK && (size_t)unit->design + 1 == (size_t)columns->first_design + columns->n_designs)
        columns->n++;
    return status;
}

/* A participant's, with a level in the federal tables that no enrollment gives. */
static bool is_placed_by_tests(const sg_pop *pop)
{
    return pop->participant_day != SG_DAY_NONE && pop->learner->n_tests > 0 &&
           sg_federal_code(pop, SG_ENROLLMENT_ENTERING_LEVEL) == 0 && sg_federal_level(pop) != 0;
}

/* What passes, counted or not. */
static sg_status note_rows(sg_cohort_builder *builder, const sg_stored_learner *learner, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < learner->n_enrollments && status == SG_OK; i++) {
        status = sg_levels_note(builder->levels, &learner->enrollments[i], err);
        if (status == SG_OK)
            status = sg_delivered_note(&builder->delivered, &learner->enrollments[i], builder->cohort->as_of,
                                       err);
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
        cohort->seen.pops_placed_by_tests += is_placed_by_tests(&builder->learner.pops[i]);
    }
    for (size_t i = 0; i < learner->n_gains; i++)
        tally_gain(builder, learner, &learner->gains[i]);
    status = sg_offers_note(&builder->offers, &builder->learner, err);
    if (status == SG_OK)
        status = sg_gather_learner(&builder->amounts, learner, err);
    if (status == SG_OK)
        status = sg_units_each(&builder->learner, learner, &builder->sources, add_unit, builder, err);
    if (status != SG_OK || builder->federal.sink == NULL)
        return status;
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
        *state = (uint8_t)sg_offers_judge(&builder->offers, &builder->learner, head->college, head->term,
                                          (sg_cohort_state)*state);
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
        status = sg_tally_finish(&builder->tally, builder->sources.programs, &builder->delivered, cohort,
                                 err);
    if (status == SG_OK)
        status = sg_delivered_judge(&builder->delivered, &builder->years, cohort, err);
    if (status == SG_OK)
        status = sg_delivered_tell_completion(&builder->delivered, cohort, err);
    if (status == SG_OK)
        status = sg_gather_scales(&builder->amounts, cohort, err);
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

/* ---- one learner once more ---- */

typedef struct {
    sg_cohort_builder *builder;
    sg_judged_sink each;
    void *context;
} judging;

static sg_cohort_state state_at_last(const sg_cohort_builder *builder, const sg_cohort_unit *unit,
                                     bool *out_stopped)
{
    sg_cohort_state state = unit->view.state;
    *out_stopped = sg_delivered_leaves_open(&builder->delivered, college_of(unit), builder->learner.as_of,
                                            unit->view.known_by);
    if (*out_stopped)
        state = SG_COHORT_INCOMPLETE;
    if (unit->design == SG_DESIGN_TERM)
        state = sg_offers_judge(&builder->offers, &builder->learner, college_of(unit), unit->term, state);
    return state;
}

static sg_status judge_unit(void *context, const sg_cohort_unit *unit, sg_err *err)
{
    judging *j = context;
    uint8_t levels[SG_MAX_LEVELS];
    size_t n = sg_levels_dimensions(j->builder->levels);
    sg_judged_unit judged = {
        .unit = unit,
        .reach = reach_of(unit),
        .outcomes = sg_outcomes_in(&unit->year, unit->view.window_first, unit->view.window_last),
        .levels = levels,
        .college_last_day = j->builder->delivered.colleges[college_of(unit)].last_day};
    if (n > sizeof levels)
        return sg_fail(err, SG_USAGE, "'analysis.dimensions' has more than %zu dimensions", sizeof levels);
    judged.pop = (size_t)(unit->year.pop - j->builder->learner.pops);
    judged.state = state_at_last(j->builder, unit, &judged.college_stopped);
    sg_status status = sg_levels_at(j->builder->levels, unit->year.pop, unit->view.time_zero, levels, err);
    for (size_t d = 0; d < n && status == SG_OK; d++)
        levels[d] = sg_levels_sorted(j->builder->levels, d, levels[d]);
    return status == SG_OK ? j->each(j->context, &judged, err) : status;
}

sg_status sg_cohort_builder_judge(sg_cohort_builder *builder, const sg_stored_learner *learner,
                                  sg_judged_sink each, void *context, const sg_participation **out,
                                  sg_err *err)
{
    judging j = {builder, each, context};
    sg_participation_seen seen = {0};
    sg_status status = sg_participation_find(&builder->learner, learner, &seen, err);
    *out = &builder->learner;
    if (status != SG_OK)
        return status;
    return sg_units_each(&builder->learner, learner, &builder->sources, judge_unit, &j, err);
}

sg_levels *sg_cohort_builder_levels(const sg_cohort_builder *builder)
{
    return builder->levels;
}
