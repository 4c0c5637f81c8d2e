/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { N_YEARS = 3000 }; /* no day is in a program year from 3000 on */

static size_t cells_of_design(const sg_columns *columns)
{
    return SG_CELL_LEVELS + columns->n_dimensions;
}

void sg_columns_release(sg_columns *columns)
{
    free(columns->heads);
    free(columns->cells);
    for (size_t d = 0; d < SG_MOST_DESIGNS_A_UNIT; d++)
        for (size_t k = 0; k < SG_N_AMOUNTS; k++)
            free(columns->amounts[d][k].items);
    *columns = (sg_columns){0};
}

sg_status sg_columns_reserve(sg_columns *columns, sg_err *err)
{
    size_t stride = columns->n_designs * cells_of_design(columns);
    if (!sg_grow(&columns->heads, &columns->heads_capacity, columns->n + 1, sizeof *columns->heads) ||
        !sg_grow(&columns->cells, &columns->cells_capacity, (columns->n + 1) * stride,
                 sizeof *columns->cells))
        return sg_no_memory(err);
    return SG_OK;
}

uint8_t *sg_columns_cells(const sg_columns *columns, size_t at, sg_design design)
{
    size_t place = (size_t)design - (size_t)columns->first_design;
    return columns->cells + (at * columns->n_designs + place) * cells_of_design(columns);
}

sg_status sg_columns_amount(sg_columns *columns, sg_design design, sg_amount_kind kind, uint32_t scale,
                            double value, sg_err *err)
{
    sg_amount_list *list = &columns->amounts[(size_t)design - (size_t)columns->first_design][kind];
    if (columns->n > UINT32_MAX)
        return sg_fail(err, SG_FAILED, "more than %" PRIu32 " units are too many for the outcomes asked for",
                       UINT32_MAX);
    if (!sg_grow(&list->items, &list->capacity, list->n + 1, sizeof *list->items))
        return sg_no_memory(err);
    list->items[list->n++] = (sg_amount){.value = value, .unit = (uint32_t)columns->n, .scale = scale};
    return SG_OK;
}

/* Counting sort: next[year] becomes the place of the first unit of each program year. */
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

/* follows: units from a day on, so that there are days to a gain. */
static sg_status allocate_view(sg_cohort_view *view, const sg_columns *columns, bool follows, sg_arena *arena,
                               sg_err *err)
{
    size_t n = columns->n + 1; /* an empty cohort has columns, too */
    uint8_t **bytes[] = {&view->state, &view->grade, &view->arm};
    for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++)
        if ((*bytes[i] = sg_arena_alloc(arena, n, 1)) == NULL)
            return sg_no_memory(err);
    view->outcomes = sg_arena_alloc(arena, n, sizeof *view->outcomes);
    if (follows)
        view->gain_days = sg_arena_alloc(arena, n, sizeof *view->gain_days);
    if (view->outcomes == NULL || (follows && view->gain_days == NULL))
        return sg_no_memory(err);
    view->levels = sg_arena_alloc(arena, columns->n_dimensions + 1, sizeof *view->levels);
    if (view->levels == NULL)
        return sg_no_memory(err);
    for (size_t d = 0; d < columns->n_dimensions; d++)
        if ((view->levels[d] = sg_arena_alloc(arena, n, 1)) == NULL)
            return sg_no_memory(err);
    return SG_OK;
}

static void put_cells(const sg_columns *columns, const sg_levels *levels, const uint8_t *cells,
                      sg_cohort_view *view, size_t place)
{
    view->state[place] = cells[SG_CELL_STATE];
    view->grade[place] = cells[SG_CELL_GRADE];
    view->arm[place] = cells[SG_CELL_ARM];
    memcpy(&view->outcomes[place], cells + SG_CELL_OUTCOMES, sizeof view->outcomes[place]);
    if (view->gain_days != NULL)
        memcpy(&view->gain_days[place], cells + SG_CELL_GAIN_DAYS, sizeof view->gain_days[place]);
    for (size_t d = 0; d < columns->n_dimensions; d++)
        view->levels[d][place] = sg_levels_sorted(levels, d, cells[SG_CELL_LEVELS + d]);
}

/* Years and colleges of the units, which the designs share. */
typedef struct {
    int16_t *program_year;
    uint16_t *college;
    size_t *next; /* by program year */
} unit_columns;

static sg_status allocate_columns(const sg_columns *columns, sg_cohort *cohort, unit_columns *out,
                                  sg_err *err)
{
    sg_arena *arena = cohort->arena;
    out->program_year = sg_arena_alloc(arena, columns->n + 1, sizeof *out->program_year);
    out->college = sg_arena_alloc(arena, columns->n + 1, sizeof *out->college);
    out->next = sg_arena_alloc(arena, N_YEARS, sizeof *out->next);
    if (out->program_year == NULL || out->college == NULL || out->next == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < columns->n_designs; i++) {
        sg_cohort_view *view = &cohort->designs[columns->first_design + i];
        sg_status status = allocate_view(view, columns, columns->first_design + i != SG_DESIGN_NAIVE, arena,
                                         err);
        if (status != SG_OK)
            return status;
        view->n = columns->n;
        view->program_year = out->program_year;
        view->college = out->college;
    }
    return SG_OK;
}

/* ---- amounts go where their units went ---- */

static int compare_amounts(const void *a, const void *b)
{
    const sg_amount *x = a, *y = b;
    return x->unit != y->unit ? (x->unit > y->unit ? 1 : -1) : (x->scale > y->scale) - (x->scale < y->scale);
}

static sg_status finish_amounts(const sg_amount_list *list, const uint32_t *places, sg_arena *arena,
                                sg_amounts *out, sg_err *err)
{
    sg_amount *items = sg_arena_alloc(arena, list->n + 1, sizeof *items);
    if (items == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < list->n; i++)
        items[i] = (sg_amount){.value = list->items[i].value,
                               .unit = places[list->items[i].unit],
                               .scale = list->items[i].scale};
    if (list->n > 0)
        qsort(items, list->n, sizeof *items, compare_amounts);
    *out = (sg_amounts){items, list->n};
    return SG_OK;
}

static sg_status finish_all_amounts(const sg_columns *columns, const uint32_t *places, sg_cohort *cohort,
                                    sg_err *err)
{
    for (size_t d = 0; d < columns->n_designs; d++)
        for (size_t kind = 0; kind < SG_N_AMOUNTS; kind++) {
            const sg_amount_list *list = &columns->amounts[d][kind];
            sg_amounts *out = &cohort->designs[columns->first_design + d].amounts[kind];
            sg_status status = list->n > 0 ? finish_amounts(list, places, cohort->arena, out, err) : SG_OK;
            if (status != SG_OK)
                return status;
        }
    return SG_OK;
}

static bool has_amounts(const sg_columns *columns)
{
    for (size_t d = 0; d < columns->n_designs; d++)
        for (size_t kind = 0; kind < SG_N_AMOUNTS; kind++)
            if (columns->amounts[d][kind].n > 0)
                return true;
    return false;
}

static void put_unit(const sg_columns *columns, const sg_levels *levels, size_t i, size_t place,
                     sg_cohort *cohort)
{
    for (size_t d = 0; d < columns->n_designs; d++) {
        sg_design design = (sg_design)((size_t)columns->first_design + d);
        put_cells(columns, levels, sg_columns_cells(columns, i, design), &cohort->designs[design], place);
    }
}

sg_status sg_columns_finish(const sg_columns *columns, const sg_levels *levels, sg_cohort *cohort,
                            sg_err *err)
{
    unit_columns units = {0};
    SG_AUTO_FREE uint32_t *places = has_amounts(columns) ? calloc(columns->n, sizeof *places) : NULL;
    sg_status status = allocate_columns(columns, cohort, &units, err);
    if (status != SG_OK)
        return status;
    if (places == NULL && has_amounts(columns))
        return sg_no_memory(err);
    count_years(columns, units.next);
    for (size_t i = 0; i < columns->n; i++) {
        sg_row_head head = columns->heads[i];
        size_t place = units.next[head.program_year]++;
        units.program_year[place] = head.program_year;
        units.college[place] = head.college;
        if (places != NULL)
            places[i] = (uint32_t)place;
        put_unit(columns, levels, i, place, cohort);
    }
    return places != NULL ? finish_all_amounts(columns, places, cohort, err) : SG_OK;
}
