/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counted cells to tables.
 */
#include <stdlib.h>
#include <string.h>

#include "tie.h"

typedef struct {
    const sg_nrs_counter *counter;
    const nrs_year *year;
    sg_nrs_id id;
    sg_arena *arena;
    bool failed; /* out of memory */
} maker;

static void *take(maker *m, size_t n, size_t size)
{
    void *memory = m->failed ? NULL : sg_arena_alloc(m->arena, n + 1, size);
    m->failed = m->failed || memory == NULL;
    return memory;
}

static bool is_printed(nrs_role role)
{
    return role != NRS_BESIDE && role != NRS_BESIDE_SUBSET;
}

/* What the row needs and no export has. */
static unsigned wants(const maker *m, const nrs_row *row)
{
    return (row->needs | nrs_layouts[m->id].needs) & ~m->counter->given;
}

/* ---- cells ---- */

static int compare_amounts(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static sg_nrs_cell median(maker *m, const nrs_amounts *amounts)
{
    int64_t *sorted = take(m, amounts->n, sizeof *sorted);
    if (sorted == NULL || amounts->n == 0)
        return (sg_nrs_cell){.form = SG_NRS_BLANK};
    memcpy(sorted, amounts->items, amounts->n * sizeof *sorted);
    qsort(sorted, amounts->n, sizeof *sorted, compare_amounts);
    return (sg_nrs_cell){SG_NRS_DOLLARS, sorted[(amounts->n - 1) / 2] + sorted[amounts->n / 2], 2};
}

static int64_t sum_letters(const int64_t row[NRS_LETTERS], const char *letters)
{
    int64_t sum = 0;
    for (; *letters != '\0'; letters++)
        sum += row[*letters - 'A'];
    return sum;
}

static sg_nrs_cell cell_of(maker *m, size_t row, const nrs_column *column)
{
    const int64_t *counted = m->year->cells.of[m->id][row];
    if (nrs_layouts[m->id].rows[row].role == NRS_MEDIAN) {
        if (column->letter == 'C' || column->letter == 'F')
            return median(m, &m->year->earnings[m->id][column->letter == 'F']);
        if (column->form == SG_NRS_SHARE)
            return (sg_nrs_cell){.form = SG_NRS_BLANK};
    }
    if (column->form == SG_NRS_SHARE)
        return (sg_nrs_cell){SG_NRS_SHARE, sum_letters(counted, column->over),
                             sum_letters(counted, column->under) - sum_letters(counted, column->less)};
    return (sg_nrs_cell){column->form, counted[column->letter - 'A'], 1};
}

static void add_row(maker *m, size_t row, sg_nrs_row *out)
{
    const nrs_layout *layout = &nrs_layouts[m->id];
    const nrs_row *given = &layout->rows[row];
    out->label = given->label;
    out->cells = given->role == NRS_HEADING ? NULL : take(m, layout->n_columns, sizeof *out->cells);
    if (out->cells == NULL || given->role == NRS_ABSENT || wants(m, given) != 0)
        return; /* cells are blank */
    size_t n = 0;
    for (size_t c = 0; c < layout->n_columns; c++)
        if (nrs_in_years(layout->columns[c].years, m->year->program_year))
            out->cells[n++] = cell_of(m, row, &layout->columns[c]);
}

static void add_rows(maker *m, sg_nrs_table *table)
{
    const nrs_layout *layout = &nrs_layouts[m->id];
    sg_nrs_row *rows = take(m, layout->n_rows, sizeof *rows);
    for (size_t r = 0; r < layout->n_rows && !m->failed; r++)
        if (is_printed(layout->rows[r].role) && nrs_in_years(layout->rows[r].years, m->year->program_year))
            add_row(m, r, &rows[table->n_rows++]);
    table->rows = rows;
}

static void add_columns(maker *m, sg_nrs_table *table)
{
    const nrs_layout *layout = &nrs_layouts[m->id];
    sg_nrs_column *columns = take(m, layout->n_columns, sizeof *columns);
    for (size_t c = 0; c < layout->n_columns && !m->failed; c++)
        if (nrs_in_years(layout->columns[c].years, m->year->program_year))
            columns[table->n_columns++] = (sg_nrs_column){layout->columns[c].letter,
                                                          layout->columns[c].label};
    table->columns = columns;
}

/* ---- notes ---- */

static void note(sg_nrs_note *notes, sg_nrs_table *table, const char *key, int64_t n)
{
    notes[table->n_notes++] = (sg_nrs_note){key, n};
}

static void note_wants(maker *m, sg_nrs_note *notes, sg_nrs_table *table)
{
    static const struct {
        unsigned given;
        const char *key;
    } texts[] = {{SG_GIVEN_TESTS, "wants_tests"},
                 {SG_GIVEN_OUTCOMES, "wants_outcomes"},
                 {SG_GIVEN_DISTANCE, "wants_distance"},
                 {SG_GIVEN_IELCE, "wants_ielce"},
                 {SG_GIVEN_CORRECTIONS, "wants_corrections"},
                 {SG_GIVEN_WORKPLACE, "wants_workplace"},
                 {SG_GIVEN_EMPLOYMENT, "wants_employment"},
                 {SG_GIVEN_EDUCATION, "wants_education"},
                 {SG_GIVEN_CREDENTIAL, "wants_credential"}};
    const nrs_layout *layout = &nrs_layouts[m->id];
    unsigned wanted = 0;
    for (size_t r = 0; r < layout->n_rows; r++)
        if (is_printed(layout->rows[r].role) && nrs_in_years(layout->rows[r].years, m->year->program_year))
            wanted |= wants(m, &layout->rows[r]);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if ((wanted & texts[i].given) != 0)
            note(notes, table, texts[i].key, 0);
}

static void add_notes(maker *m, sg_nrs_table *table)
{
    enum { MOST_WANTED = 9 };
    const nrs_layout *layout = &nrs_layouts[m->id];
    int beside = nrs_row_of(m->id, NRS_BESIDE, 0, m->year->program_year);
    sg_nrs_note *notes = take(m, layout->n_remarks + MOST_WANTED, sizeof *notes);
    if (m->failed)
        return;
    for (size_t i = 0; i < layout->n_remarks; i++) {
        const nrs_remark *remark = &layout->remarks[i];
        int64_t n = remark->letter != 0 && beside >= 0
                        ? m->year->cells.of[m->id][beside][remark->letter - 'A']
                        : 0;
        bool is_told = remark->letter == 0 || (n > 0 && (layout->needs & ~m->counter->given) == 0);
        /* what is pending without any outcomes is told by what is wanted */
        if (remark->letter == 'P' && (m->counter->given & SG_GIVEN_OUTCOMES) == 0)
            is_told = false;
        if (is_told && nrs_in_years(remark->years, m->year->program_year))
            note(notes, table, remark->key, n);
    }
    note_wants(m, notes, table);
    table->notes = notes;
}

/* ---- the whole ---- */

static void make_table(maker *m, sg_nrs_table *table)
{
    enum { SHARE_DECIMALS = 4 };
    const nrs_layout *layout = &nrs_layouts[m->id];
    unsigned truncated = sg_yearly_value(m->counter->rules, SG_YEARLY_TRUNCATED, m->year->program_year);
    *table = (sg_nrs_table){.id = m->id,
                            .number = sg_nrs_number(m->id),
                            .title = layout->title,
                            .row_heading = layout->row_heading,
                            .program_year = m->year->program_year,
                            .decimals = SHARE_DECIMALS,
                            .rounding = (truncated >> m->id & 1U) != 0 ? SG_NRS_TRUNCATE : SG_NRS_ROUND};
    add_columns(m, table);
    add_rows(m, table);
    add_notes(m, table);
}

/* Cells that a delivery doesn't have are 0 on both sides. */
static void make_ties(maker *m, sg_nrs_tie_out *out)
{
    for (size_t t = 0; t < nrs_n_ties(); t++) {
        const nrs_breaking *breaking = &m->year->breaking[t];
        sg_pseudonym *named = take(m, breaking->n_named, sizeof *named);
        if (m->failed)
            return;
        memcpy(named, breaking->named, breaking->n_named * sizeof *named);
        nrs_tie_tell(t, &m->year->cells, &out[t]);
        out[t].program_year = m->year->program_year;
        out[t].holds = breaking->n_breaking == 0 && nrs_tie_holds(t, &m->year->cells, NULL);
        out[t].n_breaking = breaking->n_breaking;
        out[t].named = named;
        out[t].n_named = breaking->n_named;
    }
}

static sg_nrs_rate rate_of(const nrs_year *year, sg_day as_of)
{
    int total = nrs_row_of(SG_NRS_4, NRS_TOTAL, 0, year->program_year);
    int beside = nrs_row_of(SG_NRS_4, NRS_BESIDE, 0, year->program_year);
    const int64_t *row = year->cells.of[SG_NRS_4][total];
    return (sg_nrs_rate){.program_year = year->program_year,
                         .is_closed = as_of >= sg_program_year_last(year->program_year),
                         .participants = row['B' - 'A'],
                         .excluded = row['C' - 'A'],
                         .gained = sum_letters(row, "EFG"),
                         .pops = row['K' - 'A'],
                         .pops_excluded = year->cells.of[SG_NRS_4][beside]['X' - 'A'],
                         .pops_gained = sum_letters(row, "LMN")};
}

sg_status sg_nrs_make(const sg_nrs_counter *counter, sg_day as_of, sg_arena *arena, const sg_nrs **out,
                      sg_err *err)
{
    maker m = {.counter = counter, .arena = arena};
    sg_nrs *nrs = take(&m, 1, sizeof *nrs);
    sg_nrs_table *tables = take(&m, counter->n_years * SG_N_NRS_TABLES, sizeof *tables);
    sg_nrs_tie_out *ties = take(&m, counter->n_years * nrs_n_ties(), sizeof *ties);
    sg_nrs_rate *rates = take(&m, counter->n_years, sizeof *rates);
    for (size_t y = 0; y < counter->n_years && !m.failed; y++) {
        m.year = counter->years[y];
        if (m.year->program_year > sg_program_year(as_of))
            continue;
        for (m.id = 0; m.id < SG_N_NRS_TABLES && !m.failed; m.id++)
            make_table(&m, &tables[nrs->n_tables++]);
        if (!m.failed)
            make_ties(&m, ties + nrs->n_tie_outs);
        nrs->n_tie_outs += nrs_n_ties();
        rates[nrs->n_rates++] = rate_of(m.year, as_of);
    }
    if (m.failed)
        return sg_no_memory(err);
    nrs->tables = tables;
    nrs->tie_outs = ties;
    nrs->rates = rates;
    *out = nrs;
    return SG_OK;
}
