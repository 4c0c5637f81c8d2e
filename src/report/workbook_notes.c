/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first sheet: what the workbook is, who may see it, how to read it, and what is where.
 */
#include <string.h>

#include "workbook_parts.h"

enum { NAME_COLUMN, WHAT_COLUMN, PAGE_COLUMN, N_COLUMNS };
enum { NAME_WIDTH = 34, WHAT_WIDTH = 110, PAGE_WIDTH = 18 };

typedef struct {
    sg_book *book;
    lxw_worksheet *sheet;
    lxw_row_t row;
} notes;

static void add_line(notes *n, const char *text, sg_style style)
{
    sg_book_text(n->book, n->sheet, n->row++, NAME_COLUMN, text, style);
}

static void add_heading(notes *n, const char *key)
{
    n->row++;
    add_line(n, sg_say_plain(n->book->doc, key, SG_NO_VALUES), SG_STYLE_HEADING);
}

static void add_paragraph(notes *n, const char *text)
{
    sg_book_paragraph(n->book, n->sheet, n->row++, WHAT_COLUMN + 1, NAME_WIDTH + WHAT_WIDTH + 10, text);
}

static void say(notes *n, const char *key, const sg_value *values)
{
    add_paragraph(n, sg_say_plain(n->book->doc, key, values));
}

static void add_what(notes *n, const char *text)
{
    sg_book_text(n->book, n->sheet, n->row, WHAT_COLUMN, text, SG_STYLE_TEXT);
    sg_book_height(n->book, n->sheet, n->row, strlen(text) / (WHAT_WIDTH + 10) + 1);
}

/* A term and what it stands for. */
static void add_term(notes *n, const char *term, const char *text)
{
    sg_book_text(n->book, n->sheet, n->row, NAME_COLUMN, term, SG_STYLE_TEXT);
    add_what(n, text);
    n->row++;
}

static void add_top(notes *n)
{
    const sg_page *page = n->book->page;
    const sg_facts *facts = page->facts;
    char as_of[SG_DAY_TEXT];

    add_line(n, sg_say_plain(n->book->doc, "workbook/title", SG_NO_VALUES), SG_STYLE_TITLE);
    add_line(n, sg_publication_mark(page->publication), SG_STYLE_MARK);
    if (*facts->banner)
        add_line(n, sg_say_plain(n->book->doc, "index/banner", SG_VALUES({"banner", facts->banner, NULL})),
                 SG_STYLE_MARK);
    if (page->results->nrs && sg_nrs_broken(page->results->nrs))
        add_line(n, sg_say_plain(n->book->doc, "nrs/ties_broken_title", SG_NO_VALUES), SG_STYLE_MARK);
    say(n, page->is_draft ? "workbook/lead_draft" : "workbook/lead", SG_NO_VALUES);
    n->row++;
    add_term(n, "Agency", facts->agency);
    if (*facts->college)
        add_term(n, "College", facts->college_name);
    if (*facts->contact)
        add_term(n, "Contact", facts->contact);
    if (!page->is_draft)
        add_term(n, "Edition", sg_publication_name(page->publication));
    add_term(n, "Data as of", sg_day_format(facts->as_of, as_of));
    add_term(n, "Program year compared",
             page->year ? sg_print_year(page, page->year)
                        : sg_say_plain(n->book->doc, "shared/no_year_title", SG_NO_VALUES));
    add_term(n, "Made by",
             sg_document_printf(n->book->doc, "skillgain %s \xC2\xB7 plan %.12s", facts->version,
                                facts->plan_sha256));
}

static void add_reading(notes *n)
{
    const sg_page *page = n->book->page;

    add_heading(n, "workbook/reading_heading");
    for (size_t i = 0; i < sg_n_marks_told; i++)
        add_term(n, sg_marks_told[i].mark, sg_say_plain(n->book->doc, sg_marks_told[i].key, SG_NO_VALUES));
    add_term(n, "%", sg_say_plain(n->book->doc, "workbook/percent", SG_NO_VALUES));
    add_term(n, "points", sg_say_plain(n->book->doc, "workbook/points", SG_NO_VALUES));
    add_term(n, "low, high",
             sg_say_plain(n->book->doc, "workbook/interval", SG_VALUES({"level", page->level, NULL})));
    add_term(n, "digits",
             sg_say_plain(n->book->doc, page->is_draft ? "workbook/digits_draft" : "workbook/digits",
                          SG_NO_VALUES));
    add_term(n, "blank", sg_say_plain(n->book->doc, "workbook/blank", SG_NO_VALUES));
    if (page->pages & SG_REPORT_NRS)
        add_term(n, "", sg_say_plain(n->book->doc, "workbook/blank_federal", SG_NO_VALUES));
    add_heading(n, "shared/limits_title");
    say(n, "shared/limits_observational", SG_NO_VALUES);
    for (size_t i = 0; i < page->facts->n_accepted; i++)
        add_paragraph(n, sg_say_accepted(page, &page->facts->accepted[i]));
    say(n, "shared/may_differ", SG_NO_VALUES);
}

static void add_sheets(notes *n)
{
    static const char *const heads[N_COLUMNS] = {"Sheet", "What it shows", "Page"};
    const sg_book *book = n->book;

    add_heading(n, "workbook/sheets_heading");
    for (int i = 0; i < N_COLUMNS; i++)
        sg_book_text(n->book, n->sheet, n->row, (lxw_col_t)i, heads[i], SG_STYLE_HEAD);
    n->row++;
    for (size_t i = 0; i < book->n_told; i++) {
        const sg_sheet_told *told = &book->told[i];

        if (!told->what)
            continue;
        sg_book_link(n->book, n->sheet, n->row, NAME_COLUMN, told->name, told->name);
        add_what(n, told->what);
        sg_book_text(n->book, n->sheet, n->row++, PAGE_COLUMN, told->page, SG_STYLE_TEXT);
    }
}

void sg_book_notes(sg_book *book, lxw_worksheet *sheet)
{
    static const double widths[N_COLUMNS] = {NAME_WIDTH, WHAT_WIDTH, PAGE_WIDTH};
    notes n = {.book = book, .sheet = sheet};

    if (!sheet)
        return;
    for (int i = 0; i < N_COLUMNS; i++)
        (void)worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
    add_top(&n);
    add_reading(&n);
    add_sheets(&n);
}
