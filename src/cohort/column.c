/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column.h"

#include <stdlib.h>

enum { N_YEARS = 3000 }; /* no day is in a program year from 3000 on */

static size_t cells_of_design(const sg_columns *columns)
{
    return SG_CELL_LEVELS + columns->n_dimensions;
}

void sg_columns_release(sg_columns *columns)
{
    free(columns->heads);
    free(columns->cells);
    *columns = (sg_columns){0};
}

sg_status sg_columns_reserve(sg_columns *columns, sg_err *err)
{
    size_t stride = SG_N_DESIGNS * cells_of_design(columns);
    if (!sg_grow(&columns->heads, &columns->heads_capacity, columns->n + 1, sizeof *columns->heads) ||
        !sg_grow(&columns->cells, &columns->cells_capacity, (columns->n + 1) * stride,
                 sizeof *columns->cells))
        return sg_no_memory(err);
    return SG_OK;
}

uint8_t *sg_columns_cells(const sg_columns *columns, size_t at, sg_design design)
{
    return columns->cells + (at * SG_N_DESIGNS + (size_t)design) * cells_of_design(columns);
}

/* Counting sort: next[year] becomes the place of the first participant-year of each program year. */
static void count_years(const sg_columns *columns, size_t *next)
{
    for (size_t i = 0; i < columns->n; i++)
        next[columns->heads[i].program_year]++;
    size_t place = 0;
    for (size_t year = 0; year < N_YEARS; year++) {
        size_t n = next[year];
        next[year] = place;
        place += n;
    }
}

static sg_status allocate_view(sg_cohort_view *view, const sg_cohort *cohort, size_t n_dimensions,
                               sg_err *err)
{
    size_t n = cohort->n + 1; /* an empty cohort has columns, too */
    uint8_t **columns[] = {&view->state, &view->grade, &view->arm, &view->gained};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        if ((*columns[i] = sg_arena_alloc(cohort->arena, n, 1)) == NULL)
            return sg_no_memory(err);
    view->levels = sg_arena_alloc(cohort->arena, n_dimensions + 1, sizeof *view->levels);
    if (view->levels == NULL)
        return sg_no_memory(err);
    for (size_t d = 0; d < n_dimensions; d++)
        if ((view->levels[d] = sg_arena_alloc(cohort->arena, n, 1)) == NULL)
            return sg_no_memory(err);
    return SG_OK;
}

static void put_cells(const sg_columns *columns, const sg_levels *levels, const uint8_t *cells,
                      sg_cohort_view *view, size_t place)
{
    view->state[place] = cells[SG_CELL_STATE];
    view->grade[place] = cells[SG_CELL_GRADE];
    view->arm[place] = cells[SG_CELL_ARM];
    view->gained[place] = cells[SG_CELL_GAINED];
    for (size_t d = 0; d < columns->n_dimensions; d++)
        view->levels[d][place] = sg_levels_sorted(levels, d, cells[SG_CELL_LEVELS + d]);
}

static sg_status allocate_columns(const sg_columns *columns, sg_cohort *cohort, size_t **out_next,
                                  sg_err *err)
{
    cohort->n = columns->n;
    cohort->program_year = sg_arena_alloc(cohort->arena, cohort->n + 1, sizeof *cohort->program_year);
    cohort->college = sg_arena_alloc(cohort->arena, cohort->n + 1, sizeof *cohort->college);
    *out_next = sg_arena_alloc(cohort->arena, N_YEARS, sizeof **out_next);
    if (cohort->program_year == NULL || cohort->college == NULL || *out_next == NULL)
        return sg_no_memory(err);
    for (size_t design = 0; design < SG_N_DESIGNS; design++) {
        sg_status status = allocate_view(&cohort->designs[design], cohort, columns->n_dimensions, err);
        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}

sg_status sg_columns_finish(const sg_columns *columns, const sg_levels *levels, sg_cohort *cohort,
                            sg_err *err)
{
    size_t *next = NULL;
    sg_status status = allocate_columns(columns, cohort, &next, err);
    if (status != SG_OK)
        return status;
    count_years(columns, next);
    for (size_t i = 0; i < columns->n; i++) {
        sg_row_head head = columns->heads[i];
        size_t place = next[head.program_year]++;
        cohort->program_year[place] = head.program_year;
        cohort->college[place] = head.college;
        for (sg_design design = 0; design < SG_N_DESIGNS; design++)
            put_cells(columns, levels, sg_columns_cells(columns, i, design), &cohort->designs[design], place);
    }
    return SG_OK;
}
