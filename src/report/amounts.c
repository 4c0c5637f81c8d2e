/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is no share: times and amounts of everyone, in the headline design, as far as these results hold any. Editions hold none.
 */
#include <math.h>

#include "page.h"

#define N_OF(columns) (sizeof(columns) / sizeof *(columns))

/* An outcome by its medians, and what sets the arms apart. */
typedef struct {
    const char *outcome, *label, *median_method;
    const char *estimand, *method; /* between the arms */
} median_line;

static const median_line median_lines[] = {
    {"earnings_q2", "Earnings in the second quarter after exit, dollars", "order_statistic", "shift",
     "hodges_lehmann"},
    {"time_to_credential", "Days from the start of follow-up to the first recognised credential",
     "kaplan_meier", "rmst_difference", "kaplan_meier"},
};

static const char *id_of(const sg_estimate *e)
{
    return e ? e->id : NULL;
}

/* One whose estimand is not there at all was not asked for. */
static bool is_held(const sg_page *page, const median_line *line)
{
    sg_place place = sg_place_headline(page, page->year);

    place.outcome = line->outcome;
    return sg_look(page, &place, "iet", "median", line->median_method) != NULL;
}

static void add_arm(const sg_page *page, sg_row *row, const sg_estimate *e, int64_t n)
{
    sg_row_add(row, sg_print_count(page, n), id_of(e));
    sg_row_add(row, sg_print_amount_whole(page, e, false), id_of(e));
}

static void add_median_row(const sg_page *page, sg_table *table, const median_line *line)
{
    sg_place place = sg_place_headline(page, page->year);
    sg_row *row = sg_table_row(page->doc, table);
    const sg_estimate *iet, *other, *between;

    place.outcome = line->outcome;
    iet = sg_look(page, &place, "iet", "median", line->median_method);
    other = sg_look(page, &place, "comparison", "median", line->median_method);
    between = sg_look(page, &place, "all", line->estimand, line->method);
    sg_row_add(row, line->label, NULL);
    add_arm(page, row, iet, iet ? iet->n_iet : SG_COUNT_NONE);
    add_arm(page, row, other, other ? other->n_comparison : SG_COUNT_NONE);
    sg_row_add(row, sg_print_amount_whole(page, between, true), id_of(between));
}

static void tell_medians(const sg_page *page)
{
    static const sg_column columns[] = {{"Outcome", false},
                                        {"IET learners", true},
                                        {"IET median (interval)", true},
                                        {"Other learners", true},
                                        {"Other median (interval)", true},
                                        {"IET against other (interval)", true}};
    sg_table *table = sg_document_table(
        page->doc, "outcomes-medians",
        sg_say_plain(
            page->doc, "tables/medians",
            SG_VALUES({"year", sg_print_year(page, page->year), NULL}, {"level", page->level, NULL})),
        columns, N_OF(columns));

    for (size_t i = 0; i < N_OF(median_lines); i++)
        if (is_held(page, &median_lines[i]))
            add_median_row(page, table, &median_lines[i]);
    if (table)
        table->note = sg_say_plain(page->doc, "tables/note_medians", SG_NO_VALUES);
}

void sg_page_amounts(const sg_page *page)
{
    bool any = false;

    for (size_t i = 0; i < N_OF(median_lines); i++)
        any = any || is_held(page, &median_lines[i]);
    if (!any)
        return;
    sg_page_heading(page, 2, "outcomes/amounts_heading", SG_NO_VALUES);
    sg_page_say(page, "outcomes/amounts", SG_NO_VALUES);
    tell_medians(page);
}
