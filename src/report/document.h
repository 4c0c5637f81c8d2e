/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page as a document: headings, paragraphs, lists, boxes, tables and figures, each number with the id of its result. Pages
 * build it, writers render it; it holds what may be shown and nothing else. Failure is sticky: build, then ask once.
 */
#ifndef SKILLGAIN_SRC_REPORT_DOCUMENT_H
#define SKILLGAIN_SRC_REPORT_DOCUMENT_H

#include "skillgain/base.h"

typedef struct {
    const char *text;
    const char *result; /* id of the result that a number comes from, or NULL */
    const char *href;   /* of a link, or NULL */
} sg_span;

typedef struct {
    sg_span *items;
    size_t n, capacity;
} sg_spans;

/* A paragraph, a point of a list, an entry of a box (with its term) or a card (with its small print in `more`). */
typedef struct {
    const char *term; /* or NULL */
    sg_spans text, more;
} sg_item;

typedef struct {
    const char *label;
    bool is_number; /* set to the right */
} sg_column;

typedef struct {
    const char *text;
    const char *result; /* or NULL */
    const char *raw;    /* what the CSV holds where it is not the text, or NULL */
} sg_entry;

/* One row: a heading over those that follow (group), or an entry a column of which the first names the row. */
typedef struct {
    const char *group;
    sg_entry *entries;
    size_t n, room;
} sg_row;

typedef struct {
    const char *name; /* tables/NAME.csv */
    const char *caption;
    const char *note; /* or NULL */
    const sg_column *columns;
    size_t n_columns;
    sg_row *rows;
    size_t n_rows, capacity;
    int number; /* from 1 on each page */
} sg_table;

typedef struct {
    double value, low, high;
    bool accent;         /* the IET arm: filled and coloured; else hollow */
    const char *printed; /* beside the row */
    const char *result;
    bool hidden; /* no place on the axis: drawn as a hatched bar with `printed` */
} sg_point;

typedef struct {
    const char *label, *size; /* "Female", "n = 412 and 2,310" */
    sg_point points[2];
    size_t n_points;
} sg_figure_row;

typedef struct {
    double at;
    const char *label;
    bool accent;
} sg_figure_line;

typedef struct {
    const char *name; /* figures/NAME.svg */
    const char *title, *description;
    const char *axis;          /* what the axis measures */
    const char *below, *above; /* what lies to either side of 0, or NULL */
    const char *table;         /* name of the table with the same figures */
    double low, high, step;    /* the axis, in per cent or points */
    bool is_difference;
    sg_figure_row *rows;
    size_t n_rows, capacity;
    sg_figure_line lines[2];
    size_t n_lines;
    int number;
} sg_figure;

typedef enum {
    SG_BLOCK_HEADING,
    SG_BLOCK_PARAGRAPH,
    SG_BLOCK_LEAD, /* the opening paragraph */
    SG_BLOCK_LIST,
    SG_BLOCK_BOX,   /* terms and what they stand for */
    SG_BLOCK_NOTE,  /* a box of paragraphs that must not be overlooked */
    SG_BLOCK_CARDS, /* a few large figures */
    SG_BLOCK_TABLE,
    SG_BLOCK_FIGURE
} sg_block_kind;

typedef struct {
    sg_block_kind kind;
    int level;         /* of a heading: 2 or 3 */
    const char *title; /* of a heading, box or note */
    sg_item *items;
    size_t n_items, capacity;
    sg_table *table;
    sg_figure *figure;
} sg_block;

typedef struct {
    sg_arena *arena;
    const char *name;  /* "brief" */
    const char *label; /* "Brief": what links to it say */
    const char *title;
    const char *kicker;   /* the small line over the title */
    const char *mark;     /* who may see it */
    const char *foot;     /* the last line */
    sg_spans links;       /* to the other pages */
    bool links_to_tables; /* the CSV files are written too */
    sg_block **blocks;
    size_t n_blocks, capacity;
    int n_tables, n_figures;
    bool has_told_hidden; /* why lines are hidden is on the page */
    bool failed;
    char problem[SG_ERR_MESSAGE]; /* what is wrong with a text, else "" */
} sg_document;

sg_document *sg_document_new(sg_arena *arena); /* NULL: out of memory */
sg_status sg_document_check(const sg_document *doc, sg_err *err) SG_MUST_CHECK;

/* Each returns the new part, or NULL once the document has failed; NULL parents are fine. Texts must outlive the document. */
sg_block *sg_document_block(sg_document *doc, sg_block_kind kind, const char *title);
void sg_document_heading(sg_document *doc, int level, const char *title);
sg_item *sg_block_item(sg_document *doc, sg_block *block, const char *term);
void sg_spans_add(sg_document *doc, sg_spans *spans, sg_span span);
void sg_spans_text(sg_document *doc, sg_spans *spans, const char *text);

sg_table *sg_document_table(sg_document *doc, const char *name, const char *caption, const sg_column *columns,
                            size_t n_columns);
void sg_table_group(sg_document *doc, sg_table *table, const char *title);
sg_row *sg_table_row(sg_document *doc, sg_table *table);
void sg_row_add(sg_row *row, const char *text, const char *result);
void sg_row_add_raw(sg_row *row, const char *text, const char *raw);

sg_figure *sg_document_figure(sg_document *doc, const char *name, const char *title);
sg_figure_row *sg_figure_row_add(sg_document *doc, sg_figure *figure, const char *label, const char *size);
void sg_figure_point(sg_figure_row *row, const sg_point *point);

/* Formatted text in the document's arena; "" once it has failed. */
const char *sg_document_printf(sg_document *doc, const char *format, ...) SG_PRINTF(2, 3);
/* The builder's text in the arena; the builder is released. */
const char *sg_document_keep(sg_document *doc, sg_str *text);

/* Text that any writer may print: control and direction characters and what is not UTF-8 become U+FFFD, line breaks blanks. */
void sg_text_clean(sg_str *out, const char *text);

#endif
