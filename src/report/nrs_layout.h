/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A federal table field by field, as its form has it: the same in a CSV file and on a sheet of the workbook.
 */
#ifndef SKILLGAIN_SRC_REPORT_NRS_LAYOUT_H
#define SKILLGAIN_SRC_REPORT_NRS_LAYOUT_H

#include "page.h"

typedef enum { SG_NRS_TITLE, SG_NRS_TEXT, SG_NRS_HEAD, SG_NRS_LABEL, SG_NRS_FIGURE } sg_nrs_field;

/* Takes the fields of a line from left to right, then its end; a figure that is blank is "". */
typedef struct {
    void (*field)(void *taker, const char *text, sg_nrs_field kind);
    void (*end_line)(void *taker);
    void *taker;
} sg_nrs_lines;

/* The lines above the columns' heads. */
enum { SG_NRS_LINES_ABOVE = 6, SG_NRS_LINES_OF_HEADS = 2 };

/* doc: for words; it tells of failure. */
void sg_nrs_lay_out(sg_document *doc, const sg_page *page, const sg_nrs_table *table,
                    const sg_nrs_lines *lines);

#endif
