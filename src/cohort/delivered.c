/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "delivered.h"

#include <stdlib.h>

#include "row.h"

void sg_delivered_release(sg_delivered *delivered)
{
    free(delivered->colleges);
    *delivered = (sg_delivered){0};
}

sg_status sg_delivered_note(sg_delivered *delivered, const sg_stored_enrollment *row, sg_day as_of,
                            sg_err *err)
{
    if (row->college < 0 || row->college > UINT16_MAX)
        return sg_fail(err, SG_FAILED, "the store has a college with number %d; no more than %d are possible",
                       row->college, UINT16_MAX);
    size_t college = (size_t)row->college;
    if (!sg_grow(&delivered->colleges, &delivered->capacity, college + 1, sizeof *delivered->colleges))
        return sg_no_memory(err);
    while (delivered->n <= college)
        delivered->colleges[delivered->n++] = (sg_delivered_college){SG_DAY_NONE, SG_DAY_NONE};
    sg_delivered_college *of = &delivered->colleges[college];
    if (row->cutoff > of->last_day)
        of->last_day = row->cutoff;
    sg_day completion = sg_row_completion(row, as_of);
    if (completion != SG_DAY_NONE &&
        (of->first_completion == SG_DAY_NONE || completion < of->first_completion))
        of->first_completion = completion;
    return SG_OK;
}

bool sg_delivered_leaves_open(const sg_delivered *delivered, size_t college, sg_day as_of, sg_day known_by)
{
    sg_day last_day =
        delivered->colleges[college].last_day; /* a college up to the as-of date is judged by that date */
    return last_day < as_of && known_by > last_day;
}

/* Is the unit incomplete in a design at least? */
static bool close_unit(const sg_delivered *delivered, const sg_columns *columns, size_t at, sg_day as_of)
{
    bool is_closed = false;
    for (size_t i = 0; i < columns->n_designs; i++) {
        sg_design design = (sg_design)((size_t)columns->first_design + i);
        if (!sg_delivered_leaves_open(delivered, columns->heads[at].college, as_of,
                                      columns->heads[at].known_by[i]))
            continue;
        sg_columns_cells(columns, at, design)[SG_CELL_STATE] = SG_COHORT_INCOMPLETE;
        is_closed = true;
    }
    return is_closed;
}

void sg_delivered_close(const sg_delivered *delivered, const sg_columns *columns, sg_day as_of)
{
    for (size_t i = 0; i < columns->n; i++)
        (void)close_unit(delivered, columns, i, as_of);
}

sg_status sg_delivered_judge(const sg_delivered *delivered, const sg_columns *columns, sg_cohort *cohort,
                             sg_err *err)
{
    sg_stale_college *stale = sg_arena_alloc(cohort->arena, delivered->n + 1, sizeof *stale);
    if (stale == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < columns->n; i++) {
        uint16_t college = columns->heads[i].college;
        sg_day last_day = delivered->colleges[college].last_day;
        if (!close_unit(delivered, columns, i, cohort->as_of))
            continue;
        stale[college] = (sg_stale_college){college, last_day, stale[college].participant_years + 1};
        cohort->seen.participant_years_of_stale_colleges++;
    }
    for (size_t college = 0; college < delivered->n; college++)
        if (stale[college].participant_years > 0)
            stale[cohort->n_stale++] = stale[college];
    cohort->stale = stale;
    return SG_OK;
}

sg_status sg_delivered_tell_completion(const sg_delivered *delivered, sg_cohort *cohort, sg_err *err)
{
    int16_t *from = sg_arena_alloc(cohort->arena, cohort->n_colleges + 1, sizeof *from);
    bool any = false;
    if (from == NULL)
        return sg_no_memory(err);
    for (size_t college = 0; college < cohort->n_colleges; college++) {
        sg_day first = college < delivered->n ? delivered->colleges[college].first_completion : SG_DAY_NONE;
        from[college] = first == SG_DAY_NONE ? INT16_MAX : (int16_t)sg_program_year(first);
        any = any || first != SG_DAY_NONE;
    }
    cohort->completions_from = any ? from : NULL;
    return SG_OK;
}
