/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "writers.h"

/* "<" before a letter, '/', '!' or '?' could open a tag; before a blank it is only a sign. */
static bool opens_tag(const char *c)
{
    bool is_letter = (c[1] >= 'a' && c[1] <= 'z') || (c[1] >= 'A' && c[1] <= 'Z');

    return *c == '<' && (is_letter || (c[1] && strchr("/!?", c[1])));
}

/* Whatever Markdown might read as markup is escaped; what begins a line, too. */
static void add_text(sg_str *out, const char *text)
{
    sg_str clean = {0};

    sg_text_clean(&clean, text);
    for (const char *c = sg_str_text(&clean); *c; c++) {
        bool is_scheme = *c == ':' && c[1] == '/';

        if (strchr("\\`*_[]|~$", *c) || is_scheme)
            sg_str_add_char(out, '\\');
        if (*c == '&' || opens_tag(c))
            sg_str_add(out, *c == '&' ? "&amp;" : "&lt;");
        else
            sg_str_add_char(out, *c);
    }
    out->failed = out->failed || clean.failed;
    sg_str_release(&clean);
}

/* A line that begins with "-", "+", "=", ">", "#" or "1." would become a list, a quote, a heading or a rule. */
static void guard_line(sg_str *out, size_t from)
{
    const char *line = out->failed ? "" : sg_str_text(out) + from;
    size_t digits = strspn(line, "0123456789");
    sg_str rest = {0};
    size_t at = digits && (line[digits] == '.' || line[digits] == ')') ? digits : 0;

    if (!at && (!*line || !strchr("-+=>#", *line)))
        return;
    sg_str_add(&rest, line + at);
    out->length = from + at;
    sg_str_add_char(out, '\\');
    sg_str_add(out, sg_str_text(&rest));
    out->failed = out->failed || rest.failed;
    sg_str_release(&rest);
}

static void add_spans(sg_str *out, const sg_spans *spans)
{
    for (size_t i = 0; i < spans->n; i++) {
        const sg_span *span = &spans->items[i];

        if (!span->href) {
            add_text(out, span->text);
            continue;
        }
        sg_str_add_char(out, '[');
        add_text(out, span->text);
        sg_str_printf(out, "](<%s>)", span->href);
    }
}

static bool was_named(const sg_spans *spans, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (sg_text_equal(spans->items[i].result, spans->items[at].result))
            return true;
    return false;
}

/* The ids of the numbers that stand before, where no reader has to see them. An id has no '>', so it can't end the comment. */
static void add_ids(sg_str *out, const sg_spans *spans)
{
    bool any = false;

    for (size_t i = 0; i < spans->n; i++) {
        if (!spans->items[i].result || was_named(spans, i))
            continue;
        sg_str_add(out, any ? " " : " <!-- results: ");
        sg_str_add(out, spans->items[i].result);
        any = true;
    }
    if (any)
        sg_str_add(out, " -->");
}

static void add_line(sg_str *out, const sg_spans *spans)
{
    size_t from = out->length;

    add_spans(out, spans);
    guard_line(out, from);
    add_ids(out, spans);
}

/* ---- blocks ---- */

static void add_heading(sg_str *out, const sg_document *doc, const sg_block *block)
{
    (void)doc;
    sg_str_add(out, block->level == 2 ? "## " : "### ");
    add_text(out, block->title);
    sg_str_add(out, "\n\n");
}

static void add_paragraphs(sg_str *out, const sg_document *doc, const sg_block *block)
{
    (void)doc;
    for (size_t i = 0; i < block->n_items; i++) {
        add_line(out, &block->items[i].text);
        sg_str_add(out, "\n\n");
    }
}

static void add_list(sg_str *out, const sg_document *doc, const sg_block *block)
{
    (void)doc;
    for (size_t i = 0; i < block->n_items; i++) {
        sg_str_add(out, "- ");
        add_line(out, &block->items[i].text);
        sg_str_add_char(out, '\n');
    }
    sg_str_add_char(out, '\n');
}

static void add_note(sg_str *out, const sg_document *doc, const sg_block *block)
{
    (void)doc;
    sg_str_add(out, "> **");
    add_text(out, block->title);
    sg_str_add(out, "**\n");
    for (size_t i = 0; i < block->n_items; i++) {
        sg_str_add(out, ">\n> ");
        add_line(out, &block->items[i].text);
        sg_str_add_char(out, '\n');
    }
    sg_str_add_char(out, '\n');
}

/* Boxes and cards: "**Term:** text". */
static void add_terms(sg_str *out, const sg_document *doc, const sg_block *block)
{
    (void)doc;
    if (block->title) {
        sg_str_add(out, "**");
        add_text(out, block->title);
        sg_str_add(out, "**\n\n");
    }
    for (size_t i = 0; i < block->n_items; i++) {
        const sg_item *item = &block->items[i];

        sg_str_add(out, "- **");
        add_text(out, item->term);
        sg_str_add(out, ":** ");
        add_spans(out, &item->text);
        if (item->more.n)
            sg_str_add(out, " \xC2\xB7 ");
        add_spans(out, &item->more);
        add_ids(out, &item->text);
        add_ids(out, &item->more);
        sg_str_add_char(out, '\n');
    }
    sg_str_add_char(out, '\n');
}

/* ---- tables and figures ---- */

static void add_table_head(sg_str *out, const sg_table *table)
{
    sg_str_printf(out, "**Table %d.** ", table->number);
    add_text(out, table->caption);
    sg_str_add(out, "\n\n|");
    for (size_t i = 0; i < table->n_columns; i++) {
        sg_str_add_char(out, ' ');
        add_text(out, table->columns[i].label);
        sg_str_add(out, " |");
    }
    sg_str_add(out, "\n|");
    for (size_t i = 0; i < table->n_columns; i++)
        sg_str_add(out, table->columns[i].is_number ? " ---: |" : " --- |");
    sg_str_add_char(out, '\n');
}

static void add_group_row(sg_str *out, const sg_table *table, const char *title)
{
    sg_str_add(out, "| **");
    add_text(out, title);
    sg_str_add(out, "** |");
    for (size_t i = 1; i < table->n_columns; i++)
        sg_str_add(out, " |");
    sg_str_add_char(out, '\n');
}

static void add_table(sg_str *out, const sg_document *doc, const sg_block *block)
{
    const sg_table *table = block->table;

    add_table_head(out, table);
    for (size_t r = 0; r < table->n_rows; r++) {
        const sg_row *row = &table->rows[r];

        if (row->group) {
            add_group_row(out, table, row->group);
            continue;
        }
        sg_str_add_char(out, '|');
        for (size_t i = 0; i < row->n; i++) {
            sg_str_add_char(out, ' ');
            add_text(out, row->entries[i].text);
            sg_str_add(out, " |");
        }
        sg_str_add_char(out, '\n');
    }
    sg_str_add_char(out, '\n');
    if (table->note)
        add_text(out, table->note);
    if (doc->links_to_tables)
        sg_str_printf(out, "%s[Data (CSV)](<tables/%s.csv>)", table->note ? " " : "", table->name);
    sg_str_add(out, table->note || doc->links_to_tables ? "\n\n" : "");
}

static void add_figure(sg_str *out, const sg_document *doc, const sg_block *block)
{
    const sg_figure *figure = block->figure;

    (void)doc;
    sg_str_printf(out, "**Figure %d.** ", figure->number);
    add_text(out, figure->title);
    sg_str_add(out, "\n\n![");
    add_text(out, figure->description);
    sg_str_printf(out, "](<figures/%s.svg>)\n\n", figure->name);
}

static void add_blocks(sg_str *out, const sg_document *doc)
{
    static void (*const writers[])(sg_str *, const sg_document *, const sg_block *) = {
        [SG_BLOCK_HEADING] = add_heading, [SG_BLOCK_PARAGRAPH] = add_paragraphs,
        [SG_BLOCK_LEAD] = add_paragraphs, [SG_BLOCK_LIST] = add_list,
        [SG_BLOCK_BOX] = add_terms,       [SG_BLOCK_NOTE] = add_note,
        [SG_BLOCK_CARDS] = add_terms,     [SG_BLOCK_TABLE] = add_table,
        [SG_BLOCK_FIGURE] = add_figure};

    for (size_t i = 0; i < doc->n_blocks; i++)
        writers[doc->blocks[i]->kind](out, doc, doc->blocks[i]);
}

sg_status sg_write_markdown(const sg_document *doc, sg_str *out, sg_err *err)
{
    sg_str_add(out, "**");
    add_text(out, doc->mark);
    sg_str_add(out, "**\n\n");
    add_text(out, doc->kicker);
    sg_str_add(out, "\n\n# ");
    add_text(out, doc->title);
    sg_str_add(out, "\n\n");
    add_blocks(out, doc);
    sg_str_add(out, "---\n\n");
    add_text(out, doc->foot);
    sg_str_add(out, "\n\n**");
    add_text(out, doc->mark);
    sg_str_add(out, "**\n");
    return out->failed ? sg_no_memory(err) : SG_OK;
}
