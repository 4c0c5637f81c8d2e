/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "count.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "tie.h"

sg_status sg_nrs_counter_new(int program_year, const sg_yearly_rules *rules, sg_nrs_counter **out,
                             sg_err *err)
{
    sg_nrs_counter *counter = calloc(1, sizeof *counter);
    if (counter == NULL)
        return sg_no_memory(err);
    counter->program_year = program_year;
    counter->rules = rules;
    *out = counter;
    return SG_OK;
}

static void free_year(nrs_year *year)
{
    for (size_t id = 0; id < SG_N_NRS_TABLES; id++)
        for (size_t i = 0; i < 2; i++)
            free(year->earnings[id][i].items);
    free(year);
}

void sg_nrs_counter_free(sg_nrs_counter *counter)
{
    if (counter == NULL)
        return;
    for (size_t i = 0; i < counter->n_years; i++)
        free_year(counter->years[i]);
    free(counter->years);
    free(counter);
}

sg_federal_sink sg_nrs_sink(sg_nrs_counter *counter, const char *college)
{
    return (sg_federal_sink){counter, college, nrs_add_pop_year, nrs_add_pop_exit};
}

void sg_nrs_give(sg_nrs_counter *counter, unsigned given)
{
    counter->given |= given;
}

/* A new year at its place among the others. */
static sg_status add_year(sg_nrs_counter *counter, size_t at, int program_year, sg_err *err)
{
    if (!sg_grow(&counter->years, &counter->years_capacity, counter->n_years + 1, sizeof(nrs_year *)))
        return sg_no_memory(err);
    nrs_year *year = calloc(1, sizeof *year);
    if (year == NULL)
        return sg_no_memory(err);
    year->program_year = program_year;
    memmove(counter->years + at + 1, counter->years + at, (counter->n_years - at) * sizeof(nrs_year *));
    counter->years[at] = year;
    counter->n_years++;
    return SG_OK;
}

sg_status nrs_begin(sg_nrs_counter *counter, int program_year, bool *out_wanted, sg_err *err)
{
    *out_wanted = counter->program_year == 0 || counter->program_year == program_year;
    if (!*out_wanted)
        return SG_OK;
    size_t at = 0;
    while (at < counter->n_years && counter->years[at]->program_year < program_year)
        at++;
    if (at == counter->n_years || counter->years[at]->program_year != program_year) {
        sg_status status = add_year(counter, at, program_year, err);
        if (status != SG_OK)
            return status;
    }
    counter->year = counter->years[at];
    return SG_OK;
}

static void add_to_cell(sg_nrs_counter *counter, sg_nrs_id id, size_t row, char letter, int64_t amount)
{
    nrs_increments *fact = &counter->fact;
    size_t column = (size_t)(letter - 'A');
    assert(fact->n_added < NRS_MAX_ADDED && row < NRS_MAX_ROWS && column < NRS_LETTERS);
    counter->year->cells.of[id][row][column] += amount;
    fact->cells.of[id][row][column] += amount;
    fact->rows[id] |= UINT64_C(1) << row;
    fact->added[fact->n_added].table = (uint8_t)id;
    fact->added[fact->n_added].row = (uint8_t)row;
    fact->added[fact->n_added++].letter = (uint8_t)column;
}

void nrs_add(sg_nrs_counter *counter, sg_nrs_id id, int row, char letter, int64_t amount)
{
    const nrs_layout *layout = &nrs_layouts[id];
    if (row < 0 || amount == 0)
        return;
    add_to_cell(counter, id, (size_t)row, letter, amount);
    if (layout->rows[row].role != NRS_ITEM)
        return;
    for (size_t r = 0; r < layout->n_rows; r++)
        if (layout->rows[r].role == NRS_TOTAL ||
            (layout->rows[r].role == NRS_SUBTOTAL && layout->rows[r].group == layout->rows[row].group))
            add_to_cell(counter, id, r, letter, amount);
}

static void name_breaker(nrs_breaking *breaking, const sg_pseudonym *pseudonym)
{
    breaking->n_breaking++;
    for (size_t i = 0; i < breaking->n_named; i++)
        if (memcmp(&breaking->named[i], pseudonym, sizeof *pseudonym) == 0)
            return;
    if (breaking->n_named < SG_NRS_MOST_NAMED)
        breaking->named[breaking->n_named++] = *pseudonym;
}

void nrs_end(sg_nrs_counter *counter, const sg_pseudonym *pseudonym)
{
    nrs_increments *fact = &counter->fact;
    for (size_t t = 0; t < nrs_n_ties(); t++)
        if (!nrs_tie_holds(t, &fact->cells, fact->rows))
            name_breaker(&counter->year->breaking[t], pseudonym);
    for (size_t i = 0; i < fact->n_added; i++)
        fact->cells.of[fact->added[i].table][fact->added[i].row][fact->added[i].letter] = 0;
    memset(fact->rows, 0, sizeof fact->rows);
    fact->n_added = 0;
}
