/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gen/text_catalog.h"
#include "html.h"
#include "writers.h"

static const char security_policy[] =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

void sg_html_break(sg_html *w)
{
    sg_xml_raw(&w->xml, "\n");
}

/* ---- head ---- */

static void write_meta(sg_html *w, const char *kind, const char *name, const char *content)
{
    sg_xml_start(&w->xml, "meta");
    sg_xml_attribute(&w->xml, kind, name);
    sg_xml_attribute(&w->xml, "content", content);
    sg_xml_end_void(&w->xml);
}

/* The mark on every printed page; CSS strings escape what could end them. */
static void write_print_mark(sg_html *w)
{
    sg_str clean = {0}, css = {0};

    sg_text_clean(&clean, w->doc->mark);
    sg_str_add(&css, "@page{@top-left{content:\"");
    for (const char *c = sg_str_text(&clean); *c; c++) {
        if (strchr("\"\\<>&{}]", *c))
            sg_str_printf(&css, "\\%x ", (unsigned)(unsigned char)*c);
        else
            sg_str_add_char(&css, *c);
    }
    sg_str_add(&css, "\";font:600 8pt sans-serif}}\n");
    w->xml.failed = w->xml.failed || clean.failed || css.failed;
    sg_xml_raw(&w->xml, sg_str_text(&css));
    sg_str_release(&clean);
    sg_str_release(&css);
}

static void write_style(sg_html *w)
{
    static const char *const sheets[] = {"reports/style.css", "reports/figure.css"};

    sg_xml_start(&w->xml, "style");
    sg_html_break(w);
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        const sg_embedded *sheet = sg_embedded_find(sheets[i]);

        w->xml.failed = w->xml.failed || !sheet;
        if (sheet)
            sg_xml_raw(&w->xml, sheet->bytes);
    }
    write_print_mark(w);
    sg_xml_end(&w->xml);
}

static void write_head(sg_html *w)
{
    sg_xml_start(&w->xml, "head");
    sg_html_break(w);
    sg_xml_start(&w->xml, "meta");
    sg_xml_attribute(&w->xml, "charset", "utf-8");
    sg_xml_end_void(&w->xml);
    write_meta(w, "http-equiv", "Content-Security-Policy", security_policy);
    write_meta(w, "name", "viewport", "width=device-width, initial-scale=1");
    write_meta(w, "name", "referrer", "no-referrer");
    write_meta(w, "name", "color-scheme", "light dark");
    sg_html_break(w);
    sg_xml_element(&w->xml, "title", NULL, w->doc->title);
    sg_html_break(w);
    write_style(w);
    sg_xml_end(&w->xml);
    sg_html_break(w);
}

/* ---- running text ---- */

static void write_span(sg_html *w, const sg_span *span)
{
    if (span->href) {
        sg_xml_start(&w->xml, "a");
        sg_xml_attribute(&w->xml, "href", span->href);
        sg_xml_text(&w->xml, span->text);
        sg_xml_end(&w->xml);
    } else if (span->result) {
        sg_xml_start(&w->xml, "span");
        sg_xml_attribute(&w->xml, "class", "num");
        sg_xml_attribute(&w->xml, "data-result", span->result);
        sg_xml_text(&w->xml, span->text);
        sg_xml_end(&w->xml);
    } else {
        sg_xml_text(&w->xml, span->text);
    }
}

static void write_spans(sg_html *w, const sg_spans *spans)
{
    for (size_t i = 0; i < spans->n; i++)
        write_span(w, &spans->items[i]);
}

static void write_items_as(sg_html *w, const char *element, const char *class_name, const sg_block *block)
{
    for (size_t i = 0; i < block->n_items; i++) {
        sg_xml_start(&w->xml, element);
        sg_xml_attribute(&w->xml, "class", class_name);
        write_spans(w, &block->items[i].text);
        sg_xml_end(&w->xml);
        sg_html_break(w);
    }
}

static void write_list(sg_html *w, const sg_block *block)
{
    sg_xml_start(&w->xml, "ul");
    write_items_as(w, "li", NULL, block);
    sg_xml_end(&w->xml);
}

/* A labelled box; its label is a paragraph, so that headings keep their order. */
static void start_box(sg_html *w, const char *element, const char *class_name, const char *title)
{
    sg_str id = {0};

    sg_str_printf(&id, "box-%d", ++w->n_boxes);
    sg_xml_start(&w->xml, element);
    sg_xml_attribute(&w->xml, "class", class_name);
    sg_xml_attribute(&w->xml, "role", "group");
    sg_xml_attribute(&w->xml, "aria-labelledby", sg_str_text(&id));
    sg_xml_start(&w->xml, "p");
    sg_xml_attribute(&w->xml, "class", "box-title");
    sg_xml_attribute(&w->xml, "id", sg_str_text(&id));
    sg_xml_text(&w->xml, title);
    sg_xml_end(&w->xml);
    sg_html_break(w);
    sg_str_release(&id);
}

static void write_note(sg_html *w, const sg_block *block)
{
    start_box(w, "div", "note", block->title);
    write_items_as(w, "p", NULL, block);
    sg_xml_end(&w->xml);
}

static void write_box(sg_html *w, const sg_block *block)
{
    start_box(w, "div", "box", block->title);
    sg_xml_start(&w->xml, "dl");
    sg_html_break(w);
    for (size_t i = 0; i < block->n_items; i++) {
        sg_xml_start(&w->xml, "div");
        sg_xml_element(&w->xml, "dt", NULL, block->items[i].term);
        sg_xml_start(&w->xml, "dd");
        write_spans(w, &block->items[i].text);
        sg_xml_end(&w->xml);
        sg_xml_end(&w->xml);
        sg_html_break(w);
    }
    sg_xml_end(&w->xml);
    sg_xml_end(&w->xml);
}

static void write_cards(sg_html *w, const sg_block *block)
{
    sg_xml_start(&w->xml, "ul");
    sg_xml_attribute(&w->xml, "class", "cards");
    sg_html_break(w);
    for (size_t i = 0; i < block->n_items; i++) {
        const sg_item *item = &block->items[i];

        sg_xml_start(&w->xml, "li");
        sg_xml_element(&w->xml, "p", "card-label", item->term);
        sg_xml_start(&w->xml, "p");
        sg_xml_attribute(&w->xml, "class", "card-figure");
        write_spans(w, &item->text);
        sg_xml_end(&w->xml);
        sg_xml_start(&w->xml, "p");
        sg_xml_attribute(&w->xml, "class", "card-more");
        write_spans(w, &item->more);
        sg_xml_end(&w->xml);
        sg_xml_end(&w->xml);
        sg_html_break(w);
    }
    sg_xml_end(&w->xml);
}

/* ---- the page ---- */

/* A second-level heading opens a section and ends the one before. */
static void write_heading(sg_html *w, const sg_block *block)
{
    if (block->level == 2) {
        if (w->in_section)
            sg_xml_end(&w->xml);
        sg_xml_start(&w->xml, "section");
        sg_html_break(w);
        w->in_section = true;
    }
    sg_xml_element(&w->xml, block->level == 2 ? "h2" : "h3", NULL, block->title);
}

static void write_paragraph(sg_html *w, const sg_block *block)
{
    write_items_as(w, "p", NULL, block);
}

static void write_lead(sg_html *w, const sg_block *block)
{
    write_items_as(w, "p", "lead", block);
}

static void write_table_block(sg_html *w, const sg_block *block)
{
    sg_html_table(w, block->table);
}

static void write_figure_block(sg_html *w, const sg_block *block)
{
    sg_html_figure(w, block->figure);
}

static void write_blocks(sg_html *w)
{
    static void (*const writers[])(sg_html *, const sg_block *) = {[SG_BLOCK_HEADING] = write_heading,
                                                                   [SG_BLOCK_PARAGRAPH] = write_paragraph,
                                                                   [SG_BLOCK_LEAD] = write_lead,
                                                                   [SG_BLOCK_LIST] = write_list,
                                                                   [SG_BLOCK_BOX] = write_box,
                                                                   [SG_BLOCK_NOTE] = write_note,
                                                                   [SG_BLOCK_CARDS] = write_cards,
                                                                   [SG_BLOCK_TABLE] = write_table_block,
                                                                   [SG_BLOCK_FIGURE] = write_figure_block};

    for (size_t i = 0; i < w->doc->n_blocks; i++) {
        writers[w->doc->blocks[i]->kind](w, w->doc->blocks[i]);
        sg_html_break(w);
    }
    if (w->in_section)
        sg_xml_end(&w->xml);
}

static void write_links(sg_html *w)
{
    sg_xml_start(&w->xml, "nav");
    sg_xml_attribute(&w->xml, "aria-label", "Pages of this output");
    sg_xml_start(&w->xml, "ul");
    for (size_t i = 0; i < w->doc->links.n; i++) {
        const sg_span *link = &w->doc->links.items[i];

        sg_xml_start(&w->xml, "li");
        sg_xml_start(&w->xml, link->href ? "a" : "span");
        sg_xml_attribute(&w->xml, "href", link->href);
        sg_xml_attribute(&w->xml, "aria-current", link->href ? NULL : "page");
        sg_xml_text(&w->xml, link->text);
        sg_xml_end(&w->xml);
        sg_xml_end(&w->xml);
    }
    sg_xml_end(&w->xml);
    sg_xml_end(&w->xml);
    sg_html_break(w);
}

static void write_top(sg_html *w)
{
    sg_xml_start(&w->xml, "a");
    sg_xml_attribute(&w->xml, "class", "skip");
    sg_xml_attribute(&w->xml, "href", "#main");
    sg_xml_text(&w->xml, "Skip to the content");
    sg_xml_end(&w->xml);
    sg_html_break(w);
    sg_xml_start(&w->xml, "header");
    sg_xml_element(&w->xml, "p", "mark", w->doc->mark);
    write_links(w);
    sg_xml_end(&w->xml);
    sg_html_break(w);
}

static void write_main(sg_html *w)
{
    sg_xml_start(&w->xml, "main");
    sg_xml_attribute(&w->xml, "id", "main");
    sg_html_break(w);
    sg_xml_element(&w->xml, "p", "kicker", w->doc->kicker);
    sg_xml_element(&w->xml, "h1", NULL, w->doc->title);
    sg_html_break(w);
    write_blocks(w);
    sg_xml_end(&w->xml);
    sg_html_break(w);
}

sg_status sg_write_html(const sg_document *doc, sg_str *out, sg_err *err)
{
    sg_html w = {.doc = doc};
    sg_status status = sg_xml_open(&w.xml, err);

    if (status != SG_OK)
        return status;
    sg_xml_raw(&w.xml, "<!DOCTYPE html>\n");
    sg_xml_start(&w.xml, "html");
    sg_xml_attribute(&w.xml, "lang", "en-US");
    sg_html_break(&w);
    write_head(&w);
    sg_xml_start(&w.xml, "body");
    sg_html_break(&w);
    write_top(&w);
    write_main(&w);
    sg_xml_start(&w.xml, "footer");
    sg_xml_element(&w.xml, "p", NULL, doc->foot);
    sg_xml_element(&w.xml, "p", "mark", doc->mark);
    sg_xml_end(&w.xml);
    sg_xml_end(&w.xml);
    sg_xml_end(&w.xml);
    sg_html_break(&w);
    return sg_xml_close(&w.xml, out, err);
}
