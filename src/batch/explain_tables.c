/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain_parts.h"
#include "skillgain/nrs.h"

static sg_status count_facts(sg_nrs_counter *counter, const sg_explained_learner *learner, sg_err *err)
{
    const sg_federal_sink sink = sg_nrs_sink(counter, NULL);
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < learner->n_years; i++)
        status = sink.pop_year(sink.context, &learner->years[i], err);
    for (size_t i = 0; status == SG_OK && i < learner->n_exits; i++)
        status = sink.pop_exit(sink.context, &learner->exits[i], err);
    return status;
}

/* ---- cells that count the learner ---- */

/* A share is of cells that stand beside it; of a median the learner's own amount is nobody's business. */
static bool is_counted(const sg_nrs_cell *cell)
{
    return cell->form != SG_NRS_BLANK && cell->form != SG_NRS_SHARE && cell->value != 0;
}

/* out NULL: counted only. Labels are the layouts' own and stay. */
static size_t list_row(const sg_nrs_table *table, const sg_nrs_row *row, const char *heading,
                       sg_explained_cell *out)
{
    size_t n = 0;

    for (size_t c = 0; row->cells && c < table->n_columns; c++) {
        const sg_nrs_cell *cell = &row->cells[c];

        if (!is_counted(cell))
            continue;
        if (out)
            out[n] = (sg_explained_cell){.program_year = table->program_year,
                                         .table = table->number,
                                         .title = table->title,
                                         .heading = heading,
                                         .row = row->label,
                                         .column = table->columns[c].letter,
                                         .label = table->columns[c].label,
                                         .form = cell->form,
                                         .value = cell->form == SG_NRS_DOLLARS ? 0 : cell->value};
        n++;
    }
    return n;
}

static size_t list_cells(const sg_nrs *nrs, sg_explained_cell *out)
{
    size_t n = 0;

    for (size_t t = 0; t < nrs->n_tables; t++) {
        const sg_nrs_table *table = &nrs->tables[t];
        const char *heading = NULL;

        for (size_t r = 0; r < table->n_rows; r++) {
            if (!table->rows[r].cells)
                heading = table->rows[r].label;
            n += list_row(table, &table->rows[r], heading, out ? out + n : NULL);
        }
    }
    return n;
}

/* Counted as everybody is, so that the learners' cells, added up, are the tables. */
static sg_status tell_cells(const sg_explanation *found, const sg_yearly_rules *rules, sg_told_learner *told,
                            sg_arena *arena, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *own = sg_arena_new();
    SG_CLEANUP(sg_nrs_counter_cleanup) sg_nrs_counter *counter = NULL;
    const sg_nrs *nrs = NULL;
    sg_explained_cell *cells;
    sg_status status = own ? sg_nrs_counter_new(0, rules, &counter, err) : sg_no_memory(err);

    if (status != SG_OK)
        return status;
    sg_nrs_give(counter, found->given);
    status = count_facts(counter, told->counted, err);
    if (status == SG_OK)
        status = sg_nrs_make(counter, found->as_of, own, &nrs, err);
    if (status != SG_OK)
        return status;
    told->n_cells = list_cells(nrs, NULL);
    cells = sg_arena_alloc(arena, told->n_cells + 1, sizeof *cells);
    if (!cells)
        return sg_no_memory(err);
    (void)list_cells(nrs, cells);
    told->cells = cells;
    return SG_OK;
}

sg_status sg_explain_tables(const sg_explanation *found, const sg_yearly_rules *rules, sg_told_learner *told,
                            sg_arena *arena, sg_err *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < found->n; i++)
        status = tell_cells(found, rules, &told[i], arena, err);
    return status;
}
