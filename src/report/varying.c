/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The arm of each day beside the arm of the day on which follow-up starts: whether the two point the same way; and in drafts the figures, which
 * editions do not hold.
 */
#include "page.h"

#define N_OF(columns) (sizeof(columns) / sizeof *(columns))

static const struct {
    const char *outcome, *design, *label;
} lines[] = {
    {"time_to_gain", "arm:time_varying", "First like-for-like gain; others: all not yet in IET"},
    {"time_to_credential", "arm:time_varying", "First recognised credential; others: all not yet in IET"},
    {"time_to_credential", "comparison:sequential",
     "First recognised credential; others: in training behind adult education"},
};

static sg_place place_of(const sg_page *page, size_t i)
{
    sg_place place = sg_place_headline(page, page->year);

    place.outcome = lines[i].outcome;
    place.variant = sg_document_printf(page->doc, "%s,%s", page->facts->headline_variant, lines[i].design);
    return place;
}

static const sg_estimate *look(const sg_page *page, size_t i, const char *subset)
{
    const sg_place place = place_of(page, i);

    return *subset ? sg_look(page, &place, subset, "cumulative_incidence", "kaplan_meier")
                   : sg_look(page, &place, "all", "hazard_equality", "mantel_byar");
}

static const char *id_of(const sg_estimate *e)
{
    return e ? e->id : NULL;
}

/* Of a gain there is no share: who has left is not followed on. */
static void add_share(const sg_page *page, sg_row *row, const sg_estimate *share)
{
    sg_row_add(row, share ? sg_print_rate_whole(page, share) : "not told", id_of(share));
}

static void add_line(const sg_page *page, sg_table *table, size_t i)
{
    const sg_estimate *test = look(page, i, "");
    sg_row *row = test ? sg_table_row(page->doc, table) : NULL;

    if (!row)
        return;
    sg_row_add(row, lines[i].label, NULL);
    sg_row_add(row, sg_print_count(page, test->n_iet), test->id);
    sg_row_add(row, sg_print_count(page, test->x_iet), test->id);
    add_share(page, row, look(page, i, "iet"));
    sg_row_add(row, sg_print_count(page, test->n_comparison), test->id);
    sg_row_add(row, sg_print_count(page, test->x_comparison), test->id);
    add_share(page, row, look(page, i, "comparison"));
    sg_row_add(row, sg_print_ratio(page, test), test->id);
    sg_row_add(row, sg_print_p_alone(page, test), test->id);
}

void sg_page_settled(const sg_page *page)
{
    if (page->facts->headline_unsettled)
        sg_page_say(page, "shared/unsettled", SG_NO_VALUES);
}

void sg_page_varying(const sg_page *page)
{
    static const sg_column columns[] = {{"Event, and whom IET is held against", false},
                                        {"In IET for a day or more", true},
                                        {"Events in IET", true},
                                        {"IET learners with it by the last day (interval)", true},
                                        {"Others", true},
                                        {"Events among others", true},
                                        {"Others with it by the last day (interval)", true},
                                        {"Ratio of daily rates", true},
                                        {"p", true}};
    sg_table *table;
    bool has_any = false;

    for (size_t i = 0; i < N_OF(lines); i++)
        has_any = has_any || look(page, i, "");
    if (!page->is_draft || !has_any)
        return;
    sg_page_heading(page, 2, "outcomes/varying_heading", SG_NO_VALUES);
    sg_page_say(page, "outcomes/varying", SG_NO_VALUES);
    sg_page_settled(page);
    table = sg_document_table(page->doc, "outcomes-varying",
                              sg_say_plain(page->doc, "tables/varying",
                                           SG_VALUES({"year", sg_print_year(page, page->year), NULL},
                                                     {"level", page->level, NULL})),
                              columns, N_OF(columns));
    for (size_t i = 0; i < N_OF(lines); i++)
        add_line(page, table, i);
    if (table)
        table->note = sg_say_plain(page->doc, "tables/note_varying", SG_NO_VALUES);
}
