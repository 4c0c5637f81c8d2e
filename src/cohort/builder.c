/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "builder.h"

#include <stdlib.h>

#include "column.h"
#include "delivered.h"
#include "hours.h"
#include "iet.h"
#include "level.h"
#include "year.h"

struct sg_cohort_builder {
    const sg_config *config;
    sg_cohort *cohort; /* NULL once it was handed over */
    sg_levels *levels;
    sg_columns columns;
    sg_delivered delivered;
    /* of the learner at hand */
    sg_counted_row *rows;
    size_t n_rows, rows_capacity;
    sg_pop *pops;
    size_t n_pops, pops_capacity;
    sg_share *shares;
    size_t shares_capacity;
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
    builder->columns.n_dimensions = sg_levels_dimensions(builder->levels);
    *out = builder;
    return SG_OK;
}

void sg_cohort_builder_free(sg_cohort_builder *builder)
{
    if (builder == NULL)
        return;
    sg_cohort_free(builder->cohort);
    sg_levels_free(builder->levels);
    sg_columns_release(&builder->columns);
    sg_delivered_release(&builder->delivered);
    free(builder->rows);
    free(builder->pops);
    free(builder->shares);
    free(builder);
}

/* ---- rows and periods of participation of a learner ---- */

static sg_status take_row(sg_cohort_builder *builder, const sg_stored_enrollment *row, sg_err *err)
{
    sg_cohort *cohort = builder->cohort;
    sg_counted_row counted = {0};
    switch (sg_row_count(row, cohort->as_of, builder->config->cohort.participant_hours, &counted)) {
    case SG_ROW_COUNTS:
        cohort->hours_taken_as_given = cohort->hours_taken_as_given || counted.hours_as_given;
        builder->rows[builder->n_rows++] = counted;
        return SG_OK;
    case SG_ROW_WITHOUT_HOURS: cohort->seen.rows_without_hours++; return SG_OK;
    case SG_ROW_AFTER_CUTOFF: cohort->seen.rows_after_cutoff++; return SG_OK;
    case SG_ROW_IMPOSSIBLE: break;
    }
    return sg_fail(
        err, SG_FAILED,
        "the store holds an enrollment row without a start date or with an end before it, which no import"
        " lets in; restore the store from a backup, or import the exports into a new workspace");
}

static sg_status take_rows(sg_cohort_builder *builder, const sg_stored_learner *learner, sg_err *err)
{
    builder->n_rows = 0;
    if (!sg_grow(&builder->rows, &builder->rows_capacity, learner->n_enrollments, sizeof *builder->rows) ||
        !sg_grow(&builder->shares, &builder->shares_capacity, learner->n_enrollments,
                 sizeof *builder->shares))
        return sg_no_memory(err);
    for (size_t i = 0; i < learner->n_enrollments; i++) {
        sg_status status = sg_levels_note(builder->levels, &learner->enrollments[i], err);
        if (status == SG_OK)
            status = sg_delivered_note(&builder->delivered, &learner->enrollments[i], err);
        if (status == SG_OK)
            status = take_row(builder, &learner->enrollments[i], err);
        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}

static sg_status split_pops(sg_cohort_builder *builder, sg_err *err)
{
    const sg_config *config = builder->config;
    builder->n_pops = 0;
    if (!sg_grow(&builder->pops, &builder->pops_capacity, builder->n_rows, sizeof *builder->pops))
        return sg_no_memory(err);
    for (size_t at = 0; at < builder->n_rows;) {
        sg_pop pop = sg_pop_first(builder->rows + at, builder->n_rows - at, config->cohort.exit_gap_days);
        pop.participant_day = sg_hours_reached(pop.rows, pop.n_rows, pop.last,
                                               config->cohort.participant_hours * SG_HOUR, builder->shares);
        pop.opens_iet_types = sg_iet_opens_types(&pop);
        builder->pops[builder->n_pops++] = pop;
        at += pop.n_rows;
        builder->cohort->seen.pops++;
        builder->cohort->seen.pops_under_hours += pop.participant_day == SG_DAY_NONE;
    }
    return SG_OK;
}

/* Gains that count for no PoP are counted by the reason that comes nearest to counting. */
static void tally_gain(sg_cohort_builder *builder, const sg_stored_learner *learner,
                       const sg_stored_gain *gain)
{
    sg_cohort *cohort = builder->cohort;
    bool is_late = !sg_gain_is_known(gain, cohort->as_of), is_closed = false;
    cohort->seen.gains++;
    for (size_t i = 0; i < builder->n_pops && !is_late; i++) {
        sg_gain_verdict verdict = sg_gain_judge(gain, &builder->pops[i], cohort->as_of,
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

/* ---- participant-years ---- */

static sg_status add_view(sg_cohort_builder *builder, const sg_participant_year *year, sg_design design,
                          sg_err *err)
{
    sg_year_view view = sg_year_seen_by(design, year);
    uint8_t *cells = sg_columns_cells(&builder->columns, builder->columns.n, design);
    cells[SG_CELL_STATE] = (uint8_t)view.state;
    cells[SG_CELL_GRADE] = (uint8_t)view.grade;
    cells[SG_CELL_ARM] = (uint8_t)view.arm;
    cells[SG_CELL_GAINED] = (uint8_t)view.gained;
    builder->columns.heads[builder->columns.n].known_by[design] = view.known_by;
    return sg_levels_at(builder->levels, year->pop, view.time_zero, cells + SG_CELL_LEVELS, err);
}

static sg_status add_year(sg_cohort_builder *builder, const sg_participant_year *year, sg_err *err)
{
    sg_columns *columns = &builder->columns;
    sg_status status = sg_columns_reserve(columns, err);
    if (status != SG_OK)
        return status;
    columns->heads[columns->n] = (sg_row_head){.program_year = (int16_t)year->program_year,
                                               .college = (uint16_t)year->pop->rows[0].row->college};
    for (sg_design design = 0; design < SG_N_DESIGNS; design++) {
        status = add_view(builder, year, design, err);
        if (status != SG_OK)
            return status;
    }
    columns->n++;
    return SG_OK;
}

/* Of each program year the earliest PoP that has a participant-year there; PoPs come by time, so the years rise. */
static sg_status add_years(sg_cohort_builder *builder, const sg_stored_learner *learner, sg_err *err)
{
    int next_year = INT16_MIN;
    for (size_t i = 0; i < builder->n_pops; i++) {
        const sg_pop *pop = &builder->pops[i];
        if (pop->participant_day == SG_DAY_NONE)
            continue;
        sg_participant_year year = {builder->config, builder->cohort->as_of, pop,
                                    learner->gains,  learner->n_gains,       0};
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

sg_status sg_cohort_builder_add(sg_cohort_builder *builder, const sg_stored_learner *learner, sg_err *err)
{
    builder->cohort->seen.learners++;
    sg_status status = take_rows(builder, learner, err);
    if (status == SG_OK)
        status = split_pops(builder, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < learner->n_gains; i++)
        tally_gain(builder, learner, &learner->gains[i]);
    return add_years(builder, learner, err);
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
        status = sg_delivered_judge(&builder->delivered, &builder->columns, cohort, err);
    if (status == SG_OK)
        status = sg_columns_finish(&builder->columns, builder->levels, cohort, err);
    if (status != SG_OK)
        return status;
    cohort->n_dimensions = builder->columns.n_dimensions;
    builder->cohort = NULL;
    *out = cohort;
    return SG_OK;
}
