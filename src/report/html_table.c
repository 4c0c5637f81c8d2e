/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html.h"

#include <string.h>

enum { LONGEST_UNBROKEN = 16 };

/* ---- tables ---- */

static void write_caption(sg_html *w, const sg_table *table)
{
    sg_str number = {0};

    sg_str_printf(&number, "Table %d. ", table->number);
    sg_xml_start(&w->xml, "caption");
    sg_xml_element(&w->xml, "strong", NULL, sg_str_text(&number));
    sg_xml_text(&w->xml, table->caption);
    sg_xml_end(&w->xml);
    sg_html_break(w);
    sg_str_release(&number);
}

static void write_column_heads(sg_html *w, const sg_table *table)
{
    sg_xml_start(&w->xml, "thead");
    sg_xml_start(&w->xml, "tr");
    for (size_t i = 0; i < table->n_columns; i++) {
        sg_xml_start(&w->xml, "th");
        sg_xml_attribute(&w->xml, "scope", "col");
        sg_xml_attribute(&w->xml, "class", table->columns[i].is_number ? "number" : NULL);
        sg_xml_text(&w->xml, table->columns[i].label);
        sg_xml_end(&w->xml);
    }
    sg_xml_end(&w->xml);
    sg_xml_end(&w->xml);
    sg_html_break(w);
}

static void write_group_row(sg_html *w, const sg_table *table, const sg_row *row)
{
    sg_str span = {0};

    sg_str_printf(&span, "%zu", table->n_columns);
    sg_xml_start(&w->xml, "tr");
    sg_xml_start(&w->xml, "th");
    sg_xml_attribute(&w->xml, "scope", "colgroup");
    sg_xml_attribute(&w->xml, "class", "group");
    sg_xml_attribute(&w->xml, "colspan", sg_str_text(&span));
    sg_xml_text(&w->xml, row->group);
    sg_xml_end(&w->xml);
    sg_xml_end(&w->xml);
    sg_html_break(w);
    sg_str_release(&span);
}

/* A short word (a date) and an interval in brackets stay on one line. */
static void write_entry_text(sg_html *w, const char *text)
{
    const char *bracket = strstr(text, " (");
    size_t length = strlen(text);
    bool is_short = length <= LONGEST_UNBROKEN && !strchr(text, ' ');
    const char *kept = bracket ? bracket + 1 : is_short ? text : text + length;
    sg_str before = {0};

    sg_str_add_n(&before, text, (size_t)(kept - text));
    sg_xml_text(&w->xml, sg_str_text(&before));
    if (*kept)
        sg_xml_element(&w->xml, "span", "whole", kept);
    w->xml.failed = w->xml.failed || before.failed;
    sg_str_release(&before);
}

static void write_row(sg_html *w, const sg_table *table, const sg_row *row)
{
    sg_xml_start(&w->xml, "tr");
    for (size_t i = 0; i < row->n; i++) {
        const sg_entry *entry = &row->entries[i];

        sg_xml_start(&w->xml, i == 0 ? "th" : "td");
        sg_xml_attribute(&w->xml, "scope", i == 0 ? "row" : NULL);
        sg_xml_attribute(&w->xml, "class", table->columns[i].is_number ? "number" : NULL);
        sg_xml_attribute(&w->xml, "data-result", entry->result);
        if (i == 0)
            sg_xml_text(&w->xml, entry->text);
        else
            write_entry_text(w, entry->text);
        sg_xml_end(&w->xml);
    }
    sg_xml_end(&w->xml);
    sg_html_break(w);
}

/* A region that scrolls by itself, so that a narrow screen never scrolls sideways as a whole; reachable by keyboard. */
static void start_region(sg_html *w, const char *what, const char *name, const char *label)
{
    sg_str id = {0};

    sg_str_printf(&id, "%s-%s", what, name);
    sg_xml_start(&w->xml, "div");
    sg_xml_attribute(&w->xml, "class", "scroll");
    sg_xml_attribute(&w->xml, "id", sg_str_text(&id));
    sg_xml_attribute(&w->xml, "role", "region");
    sg_xml_attribute(&w->xml, "tabindex", "0");
    sg_xml_attribute(&w->xml, "aria-label", label);
    sg_html_break(w);
    sg_str_release(&id);
}

static void write_data_link(sg_html *w, const char *prefix, const char *name)
{
    sg_str href = {0};

    if (!w->doc->links_to_tables)
        return;
    sg_str_printf(&href, "tables/%s%s.csv", prefix, name);
    sg_xml_text(&w->xml, " ");
    sg_xml_start(&w->xml, "a");
    sg_xml_attribute(&w->xml, "href", sg_str_text(&href));
    sg_xml_text(&w->xml, "Data (CSV)");
    sg_xml_end(&w->xml);
    sg_str_release(&href);
}

void sg_html_table(sg_html *w, const sg_table *table)
{
    start_region(w, "table", table->name, table->caption);
    sg_xml_start(&w->xml, "table");
    write_caption(w, table);
    write_column_heads(w, table);
    sg_xml_start(&w->xml, "tbody");
    sg_html_break(w);
    for (size_t i = 0; i < table->n_rows; i++) {
        if (table->rows[i].group)
            write_group_row(w, table, &table->rows[i]);
        else
            write_row(w, table, &table->rows[i]);
    }
    sg_xml_end(&w->xml);
    sg_xml_end(&w->xml);
    sg_xml_end(&w->xml);
    if (!table->note && !w->doc->links_to_tables)
        return;
    sg_xml_start(&w->xml, "p");
    sg_xml_attribute(&w->xml, "class", "table-note");
    sg_xml_text(&w->xml, table->note ? table->note : "");
    write_data_link(w, "", table->name);
    sg_xml_end(&w->xml);
}

/* ---- figures ---- */

void sg_html_figure(sg_html *w, const sg_figure *figure)
{
    sg_str number = {0}, href = {0};

    sg_str_printf(&number, "Figure %d. ", figure->number);
    sg_str_printf(&href, "#table-%s", figure->table);
    sg_xml_start(&w->xml, "figure");
    sg_xml_start(&w->xml, "figcaption");
    sg_xml_element(&w->xml, "strong", NULL, sg_str_text(&number));
    sg_xml_text(&w->xml, figure->title);
    sg_xml_end(&w->xml);
    sg_html_break(w);
    sg_xml_element(&w->xml, "p", "narrow-hint", "Scroll the figure sideways for its numbers.");
    start_region(w, "figure", figure->name, figure->title);
    sg_svg_draw(&w->xml, figure);
    sg_xml_end(&w->xml);
    sg_xml_start(&w->xml, "p");
    sg_xml_attribute(&w->xml, "class", "table-note");
    sg_xml_start(&w->xml, "a");
    sg_xml_attribute(&w->xml, "href", sg_str_text(&href));
    sg_xml_text(&w->xml, "The same figures as a table");
    sg_xml_end(&w->xml);
    write_data_link(w, "figure-", figure->name);
    sg_xml_end(&w->xml);
    sg_xml_end(&w->xml);
    sg_str_release(&number);
    sg_str_release(&href);
}
