/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table of a page as a sheet: its rows and no others. What a page prints as "62.4% (58.1% to 66.5%)" is three columns here,
 * and a heading within the table a first column, so that rows can be sorted and filtered.
 */
#include <string.h>

#include "workbook_parts.h"

enum { CAPTION_ROW, MARK_ROW, ORIGIN_ROW, LINK_ROW, HEAD_ROW, FIRST_ROW };
enum { MOST_ROWS_ABOVE = 20 }; /* of a table with its charts below */

typedef struct {
    sg_book *book;
    lxw_worksheet *sheet;
    const sg_table *table;
    bool has_groups;
    lxw_row_t row; /* under way */
    lxw_col_t col; /* of the next cell */
    size_t n_lines;
} grid;

static const char interval[] = " (interval)";

static bool has_interval(const sg_column *column)
{
    size_t length = strlen(column->label), n = strlen(interval);

    return column->is_number && length > n && !strcmp(column->label + length - n, interval);
}

/* ---- cells ---- */

static void add_head(grid *g, const char *label, bool is_number)
{
    sg_book_text(g->book, g->sheet, HEAD_ROW, g->col, label,
                 is_number ? SG_STYLE_HEAD_NUMBER : SG_STYLE_HEAD);
    sg_book_fit_head(g->book, g->col, label);
    g->col++;
}

static void add_heads(grid *g)
{
    sg_document *doc = g->book->doc;

    if (g->has_groups)
        add_head(g, "Part", false);
    for (size_t i = 0; i < g->table->n_columns; i++) {
        const sg_column *column = &g->table->columns[i];
        int length = (int)(strlen(column->label) - (has_interval(column) ? strlen(interval) : 0));

        add_head(g, sg_document_printf(doc, "%.*s", length, column->label), column->is_number);
        if (has_interval(column)) {
            add_head(g, sg_document_printf(doc, "%.*s: low", length, column->label), true);
            add_head(g, sg_document_printf(doc, "%.*s: high", length, column->label), true);
        }
    }
}

static void add_text(grid *g, const char *text, bool is_number)
{
    size_t n_lines = sg_book_fit(g->book, g->col, text);

    sg_book_text(g->book, g->sheet, g->row, g->col, text, is_number ? SG_STYLE_STANDS_IN : SG_STYLE_TEXT);
    g->n_lines = n_lines > g->n_lines ? n_lines : g->n_lines;
    g->col++;
}

static void add_number(grid *g, const sg_number *number)
{
    sg_book_number(g->book, g->sheet, g->row, g->col++, number);
}

/* A mark stands in each of the three, so that no cell is blank for want of a figure. */
static void add_entry(grid *g, const sg_column *column, const sg_entry *entry)
{
    int n_cells = has_interval(column) ? 3 : 1;
    sg_printed printed;

    if (!column->is_number || !sg_printed_read(entry->text, &printed) ||
        (n_cells == 1 && printed.has_interval)) {
        for (int i = 0; i < n_cells; i++)
            add_text(g, entry->text, column->is_number);
        return;
    }
    sg_printed_refine(&printed,
                      sg_results_estimate(g->book->page->results, entry->result ? entry->result : ""));
    add_number(g, &printed.value);
    if (n_cells > 1 && printed.has_interval) {
        add_number(g, &printed.low);
        add_number(g, &printed.high);
    } else if (n_cells > 1) {
        add_text(g, "no interval", true);
        add_text(g, "no interval", true);
    }
}

static void add_rows(grid *g)
{
    const char *group = "";

    g->row = FIRST_ROW;
    for (size_t r = 0; r < g->table->n_rows; r++) {
        const sg_row *row = &g->table->rows[r];

        if (row->group) {
            group = row->group;
            continue;
        }
        g->col = 0;
        g->n_lines = 1;
        if (g->has_groups)
            add_text(g, group, false);
        for (size_t i = 0; i < row->n; i++)
            add_entry(g, &g->table->columns[i], &row->entries[i]);
        sg_book_height(g->book, g->sheet, g->row++, g->n_lines);
    }
}

/* ---- the sheet ---- */

static void add_top(const grid *g)
{
    const sg_book *book = g->book;
    const sg_facts *facts = book->page->facts;
    char as_of[SG_DAY_TEXT];

    sg_book_text(g->book, g->sheet, CAPTION_ROW, 0, g->table->caption, SG_STYLE_TITLE);
    sg_book_text(g->book, g->sheet, MARK_ROW, 0, sg_publication_mark(book->page->publication), SG_STYLE_MARK);
    sg_book_text(g->book, g->sheet, ORIGIN_ROW, 0,
                 sg_document_printf(book->doc, "%s%s%s \xC2\xB7 data as of %s", facts->agency,
                                    *facts->college ? " \xC2\xB7 " : "", facts->college_name,
                                    sg_day_format(facts->as_of, as_of)),
                 SG_STYLE_PLAIN);
    sg_book_link(g->book, g->sheet, LINK_ROW, 0, sg_notes_name, "Notes and list of sheets");
}

void sg_book_table(sg_book *book, const sg_table *table, const char *page_title)
{
    grid g = {.book = book,
              .table = table,
              .has_groups = table->n_rows > 0 && table->rows[0].group,
              .sheet = sg_book_sheet(book, table->name, table->caption, page_title)};
    lxw_col_t n_columns;
    size_t n_wide;

    if (!g.sheet)
        return;
    add_top(&g);
    add_heads(&g);
    n_columns = g.col;
    add_rows(&g);
    n_wide = sg_book_columns(book, g.sheet, n_columns, HEAD_ROW);
    if (table->note)
        sg_book_paragraph(book, g.sheet, g.row + 1, n_columns, n_wide, table->note);
    worksheet_freeze_panes(g.sheet, FIRST_ROW, g.has_groups ? 2 : 1);
    (void)worksheet_repeat_rows(g.sheet, HEAD_ROW, HEAD_ROW);
    if (g.row > FIRST_ROW)
        (void)worksheet_autofilter(g.sheet, HEAD_ROW, 0, g.row - 1, (lxw_col_t)(n_columns - 1));
    /* below, where both are seen at once; beside a long table */
    if (table->n_rows <= MOST_ROWS_ABOVE)
        sg_book_charts(book, g.sheet, g.row + 3, 0, table);
    else
        sg_book_charts(book, g.sheet, HEAD_ROW, (lxw_col_t)(n_columns + 1), table);
}
