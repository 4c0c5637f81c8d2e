/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page.h"

static void tell_access(const sg_page *page, const sg_dimension *const *dimensions, size_t n)
{
    sg_page_heading(page, 2, "equity/access_heading", SG_NO_VALUES);
    sg_page_say(page, "equity/access", SG_VALUES({"year", sg_print_year(page, page->year), NULL}));
    sg_page_unreported(page);
    if (n)
        sg_figure_of_access(page, dimensions[0], sg_file_name(page, "access", dimensions[0]), "access");
    sg_table_of_access(page, dimensions, n, "access");
}

static void tell_gaps(const sg_page *page, const sg_dimension *const *dimensions, size_t n)
{
    sg_page_heading(page, 2, "equity/gaps_heading", SG_NO_VALUES);
    sg_page_verdicts(page);
    for (size_t i = 0; i < n; i++) {
        const char *name = sg_file_name(page, "gaps", dimensions[i]);

        sg_document_heading(page->doc, 3, dimensions[i]->label);
        sg_figure_of_gaps(page, dimensions[i], name, name);
        sg_table_of_gaps(page, dimensions[i], name);
    }
}

void sg_page_equity(sg_page *page)
{
    sg_document *doc = page->doc;
    const sg_dimension **dimensions;
    size_t n;

    if (!page->year) {
        doc->title = sg_say_plain(doc, "equity/title_no_year", SG_NO_VALUES);
        sg_page_no_year(page);
        return;
    }
    dimensions = sg_told_dimensions(page, &n);
    if (!dimensions)
        return;
    doc->title = sg_say_plain(doc, "equity/title",
                              SG_VALUES({"year", sg_print_year(page, page->year), NULL}));
    sg_page_lead(page, page->is_draft ? "equity/lead" : "equity/lead_edition", SG_NO_VALUES);
    sg_page_evidence(page);
    tell_access(page, dimensions, n);
    tell_gaps(page, dimensions, n);
    sg_page_heading(page, 2, "equity/closure_heading", SG_NO_VALUES);
    sg_page_say(page, "equity/closure", SG_NO_VALUES);
    sg_table_of_closure(page, dimensions, n, "difference-of-gaps");
    sg_page_heading(page, 2, "shared/limits_heading", SG_NO_VALUES);
    sg_page_limits(page);
    sg_page_marks(page);
}
