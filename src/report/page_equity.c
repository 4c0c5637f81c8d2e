/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page.h"

/* Every dimension of the results, in the order of the configuration. */
static const sg_dimension **all_dimensions(const sg_page *page)
{
    size_t n = page->results->n_dimensions;
    const sg_dimension **list = sg_arena_alloc(page->doc->arena, n + 1, sizeof *list);

    page->doc->failed = page->doc->failed || !list;
    for (size_t i = 0; list && i < n; i++)
        list[i] = &page->results->dimensions[i];
    return list;
}

static void tell_access(const sg_page *page, const sg_dimension *const *dimensions)
{
    sg_page_heading(page, 2, "equity/access_heading", SG_NO_VALUES);
    sg_page_say(page, "equity/access", SG_VALUES({"year", sg_print_year(page, page->year), NULL}));
    if (page->results->n_dimensions)
        sg_figure_of_access(page, dimensions[0], sg_file_name(page, "access", dimensions[0]), "access");
    sg_table_of_access(page, dimensions, page->results->n_dimensions, "access");
}

static void tell_gaps(const sg_page *page)
{
    sg_page_heading(page, 2, "equity/gaps_heading", SG_NO_VALUES);
    sg_page_verdicts(page);
    for (size_t i = 0; i < page->results->n_dimensions; i++) {
        const sg_dimension *dimension = &page->results->dimensions[i];
        const char *name = sg_file_name(page, "gaps", dimension);

        sg_document_heading(page->doc, 3, dimension->label);
        sg_figure_of_gaps(page, dimension, name, name);
        sg_table_of_gaps(page, dimension, name);
    }
}

void sg_page_equity(sg_page *page)
{
    sg_document *doc = page->doc;
    const sg_dimension **dimensions;

    if (!page->year) {
        doc->title = sg_say_plain(doc, "equity/title_no_year", SG_NO_VALUES);
        sg_page_no_year(page);
        return;
    }
    dimensions = all_dimensions(page);
    if (!dimensions)
        return;
    doc->title = sg_say_plain(doc, "equity/title",
                              SG_VALUES({"year", sg_print_year(page, page->year), NULL}));
    sg_page_lead(page, page->is_draft ? "equity/lead" : "equity/lead_edition", SG_NO_VALUES);
    sg_page_evidence(page);
    tell_access(page, dimensions);
    tell_gaps(page);
    sg_page_heading(page, 2, "equity/closure_heading", SG_NO_VALUES);
    sg_page_say(page, "equity/closure", SG_NO_VALUES);
    sg_table_of_closure(page, dimensions, page->results->n_dimensions, "difference-of-gaps");
    sg_page_heading(page, 2, "shared/limits_heading", SG_NO_VALUES);
    sg_page_limits(page);
    sg_page_marks(page);
}
