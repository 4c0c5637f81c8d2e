/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The federal tables as sheets: every field in the cell that its place in the CSV file has, so that one can be held against the
 * other or pasted into the form.
 */
#include "nrs_layout.h"
#include "workbook_parts.h"

enum { FIRST_ROW = SG_NRS_LINES_ABOVE + SG_NRS_LINES_OF_HEADS };

typedef struct {
    sg_book *book;
    lxw_worksheet *sheet;
    lxw_row_t row;
    lxw_col_t col;
} form;

static void add_field(void *taker, const char *text, sg_nrs_field kind)
{
    static const sg_style styles[] = {[SG_NRS_TITLE] = SG_STYLE_TITLE,
                                      [SG_NRS_TEXT] = SG_STYLE_PLAIN,
                                      [SG_NRS_HEAD] = SG_STYLE_HEAD,
                                      [SG_NRS_LABEL] = SG_STYLE_TEXT,
                                      [SG_NRS_FIGURE] = SG_STYLE_STANDS_IN};
    form *f = taker;
    sg_printed printed;

    if (kind == SG_NRS_HEAD)
        sg_book_fit_head(f->book, f->col, text);
    else if (kind == SG_NRS_LABEL || kind == SG_NRS_FIGURE)
        sg_book_height(f->book, f->sheet, f->row, sg_book_fit(f->book, f->col, text));
    if (kind == SG_NRS_FIGURE && sg_printed_read(text, &printed))
        sg_book_number(f->book, f->sheet, f->row, f->col, &printed.value);
    else if (*text)
        sg_book_text(f->book, f->sheet, f->row, f->col, text,
                     kind == SG_NRS_HEAD && f->col > 0 ? SG_STYLE_HEAD_NUMBER : styles[kind]);
    f->col++;
}

static void end_line(void *taker)
{
    form *f = taker;

    f->row++;
    f->col = 0;
}

static void add_form(sg_book *book, const sg_nrs_table *table, const char *page_title)
{
    sg_document *doc = book->doc;
    const char *name = sg_document_printf(doc, "PY %d table %s", table->program_year, table->number);
    const char *what = sg_document_printf(
        doc, "%s, table %s: %s", sg_print_year(book->page, table->program_year), table->number, table->title);
    form f = {.book = book, .sheet = sg_book_sheet(book, name, what, page_title)};

    if (!f.sheet)
        return;
    sg_nrs_lay_out(doc, book->page, table, &(sg_nrs_lines){add_field, end_line, &f});
    sg_book_link(book, f.sheet, SG_NRS_LINES_ABOVE - 1, 0, sg_notes_name, "Notes and list of sheets");
    (void)sg_book_columns(book, f.sheet, (lxw_col_t)(table->n_columns + 1), SG_NRS_LINES_ABOVE);
    worksheet_freeze_panes(f.sheet, FIRST_ROW, 1);
    (void)worksheet_repeat_rows(f.sheet, SG_NRS_LINES_ABOVE, FIRST_ROW - 1);
}

/* ---- tie-outs ---- */

static void add_tie(sg_book *book, sg_table *table, const sg_nrs_tie_out *tie)
{
    const sg_page *page = book->page;
    sg_row *row = sg_table_row(book->doc, table);

    sg_row_add(row, sg_print_year(page, tie->program_year), NULL);
    sg_row_add(row, tie->id, NULL);
    sg_row_add(row, tie->text, NULL);
    sg_row_add(row, sg_print_count(page, tie->left), NULL);
    sg_row_add(row, tie->is_at_most ? "at most" : "equal", NULL);
    sg_row_add(row, sg_print_count(page, tie->right), NULL);
    sg_row_add(row, tie->holds ? "yes" : "NO", NULL);
    sg_row_add(row, sg_print_count(page, tie->n_breaking), NULL);
    sg_row_add(row, sg_nrs_say_learners(book->doc, tie), NULL);
}

static void add_ties(sg_book *book, const sg_nrs *nrs, const char *page_title)
{
    static const sg_column columns[] = {
        {"Program year", false},  {"Id", false},   {"Tie-out", false}, {"Left", true},
        {"Relation", false},      {"Right", true}, {"Holds", false},   {"PoPs breaking it", true},
        {"Their learners", false}};
    sg_table *table = sg_document_table(book->doc, "nrs-tie-outs",
                                        sg_say_plain(book->doc, "nrs/ties_caption", SG_NO_VALUES), columns,
                                        sizeof columns / sizeof *columns);

    for (size_t i = 0; i < nrs->n_tie_outs; i++)
        add_tie(book, table, &nrs->tie_outs[i]);
    if (!table)
        return;
    table->note = sg_say_plain(book->doc, "nrs/ties_note", SG_NO_VALUES);
    sg_book_table(book, table, page_title);
}

void sg_book_nrs(sg_book *book)
{
    const sg_nrs *nrs = book->page->results->nrs;
    const char *title = sg_say_plain(book->doc, "nrs/title", SG_NO_VALUES);

    if (!(book->page->pages & SG_REPORT_NRS))
        return;
    for (size_t i = 0; i < nrs->n_tables; i++)
        add_form(book, &nrs->tables[i], title);
    add_ties(book, nrs, title);
}
