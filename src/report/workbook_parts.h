/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sheets of a workbook by what is on them.
 */
#ifndef SKILLGAIN_SRC_REPORT_WORKBOOK_PARTS_H
#define SKILLGAIN_SRC_REPORT_WORKBOOK_PARTS_H

#include "workbook_book.h"

/* A table of a page with the charts of its figures beside it. */
void sg_book_table(sg_book *book, const sg_table *table, const char *page_title);

/* Gives the figures of these pages their rows on the sheet of figure data; before any table. */
void sg_book_place_figures(sg_book *book, const sg_document *const *docs, size_t n_docs);
/* The charts of the table's figures from this cell downwards. */
void sg_book_charts(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col, const sg_table *table);
/* The sheet of figure data itself, where there are figures. */
void sg_book_figure_data(sg_book *book);

/* The federal tables, each in the layout of its CSV file, and the tie-outs: drafts whose results hold them. */
void sg_book_nrs(sg_book *book);

/* Fills the first sheet, once all others are there. */
void sg_book_notes(sg_book *book, lxw_worksheet *sheet);

#endif
