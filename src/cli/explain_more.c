/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain_parts.h"

bool sg_explain_same_table(const sg_explained_cell *a, const sg_explained_cell *b)
{
    return a->program_year == b->program_year && sg_text_equal(a->table, b->table);
}

bool sg_explain_same_row(const sg_explained_cell *a, const sg_explained_cell *b)
{
    return sg_explain_same_table(a, b) && sg_text_equal(a->heading, b->heading) &&
           sg_text_equal(a->row, b->row);
}

/* "B", "D 45.5 hours", "K 2": a one is not said. */
static void add_cell(sg_explain_page *page, const sg_explained_cell *cell)
{
    enum { DECIMALS = 1 };

    sg_str_add_char(page->out, cell->column);
    if (cell->form == SG_NRS_HOURS) {
        sg_str_add_char(page->out, ' ');
        sg_nrs_print_share(cell->value, INT64_C(1000000000), DECIMALS, SG_NRS_ROUND, page->out);
        sg_str_add(page->out, " hours");
    } else if (cell->form == SG_NRS_COUNT && cell->value != 1) {
        sg_str_printf(page->out, " %lld", (long long)cell->value);
    }
}

/* A line a table: its rows, and in them the columns by their letters. */
void sg_explain_federal(sg_explain_page *page, const sg_told_learner *told)
{
    sg_str_add(page->out, "  federal tables\n");
    if (told->n_cells == 0)
        sg_str_add(page->out, "    in none\n");
    for (size_t i = 0; i < told->n_cells; i++) {
        const sg_explained_cell *cell = &told->cells[i], *before = i > 0 ? cell - 1 : NULL;

        if (!before || !sg_explain_same_table(before, cell))
            sg_str_printf(page->out, "%s    %d-%02d table %s: ", before ? "\n" : "", cell->program_year,
                          (cell->program_year + 1) % 100, cell->table);
        if (!before || !sg_explain_same_row(before, cell))
            sg_str_printf(page->out, "%s%s ", before && sg_explain_same_table(before, cell) ? "; " : "",
                          cell->row);
        else
            sg_str_add(page->out, ", ");
        add_cell(page, cell);
    }
    if (told->n_cells)
        sg_str_add_char(page->out, '\n');
}

/* ---- rules across rows and files ---- */

void sg_explain_across(sg_explain_page *page, const sg_told_learner *told)
{
    if (told->n_findings)
        sg_str_add(page->out, "  what rows say of each other\n");
    for (size_t i = 0; i < told->n_findings; i++) {
        const sg_explained_finding *finding = &told->findings[i];
        const sg_explained_row *row = &told->counted->rows[finding->row];

        sg_str_printf(page->out, "    %s ", sg_kind_text(row->kind));
        sg_explain_day(page, row->first, "without a date");
        sg_str_printf(page->out, ", field '%s': %s, %s (batch %lld, line %lld)\n", finding->field,
                      finding->rule->id, finding->rule->text, (long long)row->batch, (long long)row->line);
    }
}
