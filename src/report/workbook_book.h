/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A workbook under way: its sheets, styles and texts. Failure is sticky: write, then ask once (sg_book_close).
 */
#ifndef SKILLGAIN_SRC_REPORT_WORKBOOK_BOOK_H
#define SKILLGAIN_SRC_REPORT_WORKBOOK_BOOK_H

#include <xlsxwriter.h>

#include "page.h"
#include "workbook_number.h"

typedef enum {
    SG_STYLE_TITLE,
    SG_STYLE_MARK,    /* who may see it */
    SG_STYLE_HEADING, /* within the notes */
    SG_STYLE_PLAIN,   /* one line, as long as it is */
    SG_STYLE_WRAPPED,
    SG_STYLE_HEAD,        /* of a column of texts */
    SG_STYLE_HEAD_NUMBER, /* of a column of numbers */
    SG_STYLE_TEXT,        /* in a table */
    SG_STYLE_STANDS_IN,   /* for a number: a mark */
    SG_STYLE_LINK,
    SG_N_STYLES
} sg_style;

enum { SG_SHEET_NAME = 32, SG_MOST_COLUMNS = 64 };

/* A sheet as the notes list it. */
typedef struct {
    char name[SG_SHEET_NAME];
    const char *what, *page;
} sg_sheet_told;

/* Where on the sheet of figure data the rows of a figure stand: a series of rows, then the next one. */
typedef struct {
    const sg_figure *figure;
    const char *page;
    lxw_row_t first;
} sg_figure_place;

typedef struct {
    char text[SG_NUMBER_FORMAT];
    lxw_format *format;
} sg_number_style;

typedef struct {
    const sg_page *page;
    sg_document *doc; /* words and memory */
    lxw_workbook *file;
    const char *path; /* where it is written until it is whole */
    lxw_format *styles[SG_N_STYLES];
    sg_number_style *numbers;
    size_t n_numbers, numbers_capacity;
    sg_sheet_told *told;
    size_t n_told, told_capacity;
    sg_figure_place *figures;
    size_t n_figures, figures_capacity;
    size_t widths[SG_MOST_COLUMNS]; /* of the columns of the sheet under way, in characters */
    size_t heads[SG_MOST_COLUMNS];  /* characters in their headings */
    lxw_error error;                /* the first */
} sg_book;

/* The book in `folder`, as a hidden file until it is closed. doc: empty, for as long as the book. */
sg_status sg_book_open(sg_book *book, const sg_page *page, sg_document *doc, const char *folder,
                       sg_err *err) SG_MUST_CHECK;
/* Writes it and appends its bytes to *out; the hidden file is gone whatever happens. */
sg_status sg_book_close(sg_book *book, sg_str *out, sg_err *err) SG_MUST_CHECK;
void sg_book_release(sg_book *book);

/* A new sheet of a name like this one, set up for print; NULL once the book has failed, and then the rest does nothing. what: what
 * it shows, or NULL where the notes do not list it. */
lxw_worksheet *sg_book_sheet(sg_book *book, const char *name, const char *what, const char *page_title);

/* Texts never become formulas, links or numbers. */
void sg_book_text(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col, const char *text,
                  sg_style style);
void sg_book_number(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                    const sg_number *number);
void sg_book_link(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col, const char *to,
                  const char *text);
/* A text over n columns and as many lines as it takes; n_wide: characters in them. */
void sg_book_paragraph(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t n, size_t n_wide,
                       const char *text);

/* So many characters as in the longest of these texts are needed in the column, within reason; returns the lines that the text
 * takes then. */
size_t sg_book_fit(sg_book *book, lxw_col_t col, const char *text);
/* The same of a heading, which may take several lines. */
void sg_book_fit_head(sg_book *book, lxw_col_t col, const char *text);
/* The first n columns as wide as they need to be, and the row of their heads as high; returns the characters in all of them. */
size_t sg_book_columns(sg_book *book, lxw_worksheet *sheet, lxw_col_t n, lxw_row_t heads);
/* Room for so many lines: programs other than Excel do not look themselves. */
void sg_book_height(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, size_t n_lines);
/* A text as any part of the file may hold it, at most so many bytes; NULL once the book has failed. */
char *sg_book_clean(sg_book *book, const char *text, size_t most);

/* The notes have this name: what each sheet links back to. */
extern const char sg_notes_name[], sg_figures_name[];

#endif
