/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page.h"

static void add_ratio(const sg_page *page, sg_table *table, const char *outcome, const char *estimand,
                      const char *method, const char *label)
{
    sg_place place = sg_place_headline(page, page->year);
    const sg_estimate *e;
    sg_row *row;

    place.outcome = outcome;
    e = sg_look(page, &place, "all", estimand, method);
    if (!e)
        return;
    row = sg_table_row(page->doc, table);
    sg_row_add(row, label, NULL);
    sg_row_add(row, sg_print_ratio_whole(page, e), e->id);
    sg_row_add(row, e->note, NULL);
}

/* Other ways to put the same comparison: for readers who need them, behind the difference in points. */
static void tell_ratios(const sg_page *page)
{
    static const sg_column columns[] = {{"Measure", false}, {"Estimate (interval)", true}, {"Note", false}};
    const char *caption = sg_say_plain(
        page->doc, "outcomes/ratios_caption",
        SG_VALUES({"year", sg_print_year(page, page->year), NULL}, {"level", page->level, NULL}));
    sg_table *table;

    sg_page_heading(page, 2, "outcomes/ratios_heading", SG_NO_VALUES);
    sg_page_say(page, "outcomes/ratios", SG_NO_VALUES);
    table = sg_document_table(page->doc, "outcomes-ratios", caption, columns,
                              sizeof columns / sizeof *columns);
    add_ratio(page, table, page->facts->headline_outcome, "risk_ratio", "log",
              "Rate ratio, like-for-like gain");
    add_ratio(page, table, page->facts->headline_outcome, "odds_ratio", "log",
              "Odds ratio, like-for-like gain");
}

static void tell_everyone(const sg_page *page)
{
    sg_block *list;

    sg_page_heading(page, 2, "outcomes/everyone_heading", SG_NO_VALUES);
    list = sg_document_block(page->doc, SG_BLOCK_LIST, NULL);
    sg_page_answer(page, list);
    sg_page_say(page, "shared/may_differ", SG_NO_VALUES);
    sg_page_coverage(page);
    sg_figure_of_rates(page, "outcomes-years", "outcomes-years");
    sg_table_of_years(page, "outcomes-years", page->facts->headline_variant, "tables/years");
}

static void tell_groups(const sg_page *page)
{
    size_t n;
    const sg_dimension **dimensions = sg_told_dimensions(page, &n);

    sg_page_heading(page, 2, "outcomes/groups_heading", SG_NO_VALUES);
    sg_page_say(page, "outcomes/groups", SG_VALUES({"level", page->level, NULL}));
    sg_page_unreported(page);
    for (size_t i = 0; i < n; i++) {
        const char *name = sg_file_name(page, "outcomes", dimensions[i]);

        sg_document_heading(page->doc, 3, dimensions[i]->label);
        sg_figure_of_differences(page, dimensions[i], name, name);
        sg_table_of_differences(page, dimensions[i], name);
    }
}

void sg_page_outcomes(sg_page *page)
{
    sg_document *doc = page->doc;

    if (!page->year) {
        doc->title = sg_say_plain(doc, "outcomes/title_no_year", SG_NO_VALUES);
        sg_page_no_year(page);
        return;
    }
    doc->title = sg_say_plain(doc, "outcomes/title",
                              SG_VALUES({"year", sg_print_year(page, page->year), NULL}));
    sg_page_lead(page, "outcomes/lead", SG_NO_VALUES);
    sg_page_evidence(page);
    tell_everyone(page);
    sg_page_any_gain(page, "outcomes");
    sg_page_naive(page, "outcomes");
    sg_page_varying(page);
    sg_page_amounts(page);
    tell_groups(page);
    tell_ratios(page);
    sg_page_heading(page, 2, "shared/limits_heading", SG_NO_VALUES);
    sg_page_limits(page);
    sg_page_marks(page);
}
