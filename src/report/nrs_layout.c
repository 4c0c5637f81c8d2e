/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nrs_layout.h"

typedef struct {
    const sg_nrs_lines *lines;
    sg_document *doc;
    const sg_nrs_table *table;
} layout;

static void add_field(const layout *l, const char *text, sg_nrs_field kind)
{
    l->lines->field(l->lines->taker, text, kind);
}

static void end_line(const layout *l)
{
    l->lines->end_line(l->lines->taker);
}

static void add_line(const layout *l, const char *first, const char *second, sg_nrs_field kind)
{
    add_field(l, first, kind);
    add_field(l, second, kind);
    end_line(l);
}

static void add_top(const layout *l, const sg_page *page)
{
    const sg_nrs_table *table = l->table;
    sg_day from = sg_program_year_first(table->program_year), to = sg_program_year_last(table->program_year);
    bool is_closed = page->facts->as_of >= to;
    char days[2][SG_DAY_TEXT], as_of[SG_DAY_TEXT];

    add_line(l, sg_document_printf(l->doc, "Table %s", table->number), table->title, SG_NRS_TITLE);
    add_line(l, "Agency",
             sg_document_printf(l->doc, "%s%s%s", page->facts->agency, *page->facts->college ? ", " : "",
                                page->facts->college_name),
             SG_NRS_TEXT);
    add_line(l, "Program year",
             sg_document_printf(l->doc, "%d-%02d (%s to %s, %s)", table->program_year,
                                (table->program_year + 1) % 100, sg_day_format(from, days[0]),
                                sg_day_format(to, days[1]), is_closed ? "closed" : "open"),
             SG_NRS_TEXT);
    add_line(l, "Data as of", sg_day_format(page->facts->as_of, as_of), SG_NRS_TEXT);
    add_line(l, "Restricted", sg_publication_mark(page->publication), SG_NRS_TEXT);
    end_line(l);
}

static void add_columns(const layout *l)
{
    add_field(l, l->table->row_heading, SG_NRS_HEAD);
    for (size_t i = 0; i < l->table->n_columns; i++)
        add_field(l, l->table->columns[i].label, SG_NRS_HEAD);
    end_line(l);
    add_field(l, "(A)", SG_NRS_HEAD);
    for (size_t i = 0; i < l->table->n_columns; i++)
        add_field(l, sg_document_printf(l->doc, "(%c)", l->table->columns[i].letter), SG_NRS_HEAD);
    end_line(l);
}

static void add_row(const layout *l, const sg_nrs_row *row)
{
    sg_str text = {0};

    add_field(l, row->label, SG_NRS_LABEL);
    for (size_t i = 0; row->cells && i < l->table->n_columns; i++) {
        sg_str_reset(&text);
        sg_nrs_print(l->table, &row->cells[i], &text);
        add_field(l, sg_str_text(&text), SG_NRS_FIGURE);
    }
    l->doc->failed = l->doc->failed || text.failed;
    sg_str_release(&text);
    end_line(l);
}

void sg_nrs_lay_out(sg_document *doc, const sg_page *page, const sg_nrs_table *table,
                    const sg_nrs_lines *lines)
{
    const layout l = {lines, doc, table};

    add_top(&l, page);
    add_columns(&l);
    for (size_t i = 0; i < table->n_rows; i++)
        add_row(&l, &table->rows[i]);
    if (table->n_notes)
        end_line(&l);
    for (size_t i = 0; i < table->n_notes; i++)
        add_line(&l, "Note", sg_nrs_say_note(doc, &table->notes[i]), SG_NRS_TEXT);
}
