/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sections that more than one page has: why there is no headline, why lines are hidden, any-type gains, the naive contrast, the
 * verdicts on gaps.
 */
#include <string.h>

#include "page.h"

/* ---- no headline ---- */

static bool has_closed_year(const sg_page *page)
{
    for (size_t i = 0; i < page->facts->n_years; i++)
        if (page->facts->years[i].closed)
            return true;
    return false;
}

/* Participant-years of the closed years at a step of the flow. */
static int64_t count_in_flow(const sg_page *page, const char *name)
{
    int64_t n = 0;

    for (size_t i = 0; i < page->facts->n_flow; i++) {
        const sg_flow_step *step = &page->facts->flow[i];
        const sg_year_facts *year = sg_look_year(page, step->program_year);

        if (year && year->closed && !strcmp(step->step, name))
            n += step->n;
    }
    return n;
}

static bool is_status_unknown(const sg_page *page)
{
    static const char *const known[] = {"iet", "comparison", "other_grade"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (count_in_flow(page, known[i]))
            return false;
    return count_in_flow(page, "unknown") > 0;
}

void sg_page_why_no_year(const sg_page *page, sg_block *block)
{
    char as_of[SG_DAY_TEXT];

    sg_page_point(
        page, block, has_closed_year(page) ? "shared/no_pair" : "shared/no_year",
        SG_VALUES(
            {"as_of", sg_document_printf(page->doc, "%s", sg_day_format(page->facts->as_of, as_of)), NULL}));
    if (is_status_unknown(page))
        sg_page_point(page, block, "shared/no_status", SG_NO_VALUES);
}

void sg_page_no_year(const sg_page *page)
{
    const char *title = has_closed_year(page) ? "shared/no_pair_title" : "shared/no_year_title";

    sg_page_why_no_year(
        page, sg_document_block(page->doc, SG_BLOCK_NOTE, sg_say_plain(page->doc, title, SG_NO_VALUES)));
}

/* ---- hidden lines ---- */

static bool hides_a_level(const sg_page *page, const sg_dimension *dimension)
{
    for (size_t i = 0; i < dimension->n_levels; i++) {
        sg_place place = sg_place_level(sg_place_headline(page, page->year), dimension->name,
                                        dimension->levels[i].name);

        if (sg_look_count(page, &place, SG_ARM_ALL, SG_MEASURE_N) == SG_COUNT_MASKED)
            return true;
    }
    return false;
}

void sg_page_hidden(const sg_page *page, const sg_dimension *const *dimensions, size_t n)
{
    const sg_disclosure_policy *policy = sg_publication_policy(page->publication);
    bool hides = false;

    for (size_t i = 0; policy && !page->doc->has_told_hidden && i < n; i++)
        hides = hides || hides_a_level(page, dimensions[i]);
    if (!hides)
        return;
    page->doc->has_told_hidden = true;
    sg_page_note(page, "shared/hidden_title", "shared/hidden",
                 SG_VALUES({"cell", sg_print_count(page, policy->minimum_cell), NULL},
                           {"outcome", sg_print_count(page, policy->minimum_outcome), NULL}));
}

/* ---- groupings without a section ---- */

void sg_page_unreported(const sg_page *page)
{
    const sg_results *results = page->results;
    sg_str names = {0};

    for (size_t i = 0; i < results->n_dimensions; i++)
        if (sg_is_unreported(page, &results->dimensions[i]))
            sg_str_printf(&names, "%s%s", names.length ? "; " : "", results->dimensions[i].label);
    if (names.length)
        sg_page_say(page, "shared/unreported",
                    SG_VALUES({"groupings", sg_document_keep(page->doc, &names), NULL},
                              {"year", sg_print_year(page, page->year), NULL}));
    else
        sg_str_release(&names);
}

/* ---- gains of any type ---- */

static bool has_parts(const sg_page *page)
{
    sg_place place = sg_place_headline(page, page->year);

    place.outcome = "msg";
    return sg_look_count(page, &place, SG_ARM_IET, SG_MEASURE_COMMON_ONLY) != SG_COUNT_NONE;
}

void sg_page_any_gain(const sg_page *page, const char *prefix)
{
    sg_place place = sg_place_headline(page, page->year);
    const sg_estimate *iet, *other;

    sg_page_heading(page, 2, "shared/any_heading", SG_NO_VALUES);
    if (!has_parts(page)) {
        sg_page_say(page, "shared/any_left_out", SG_NO_VALUES);
        return;
    }
    place.outcome = "msg";
    iet = sg_look_rate(page, &place, "iet");
    other = sg_look_rate(page, &place, "comparison");
    sg_page_say(page, "shared/any",
                SG_VALUES({"rate_iet", sg_print_rate_whole(page, iet), iet ? iet->id : NULL},
                          {"rate_other", sg_print_rate_whole(page, other), other ? other->id : NULL}));
    sg_table_of_parts(page, sg_document_printf(page->doc, "%s-parts", prefix));
}

/* ---- the naive figure, as a contrast; editions do not hold it ---- */

void sg_page_naive(const sg_page *page, const char *prefix)
{
    sg_place place = sg_place_headline(page, page->year);
    const sg_estimate *d;

    place.variant = "naive";
    d = sg_look_difference(page, &place);
    if (!page->is_draft || !d || !strcmp(page->facts->headline_variant, place.variant))
        return;
    sg_page_heading(page, 2, "shared/naive_heading", SG_NO_VALUES);
    sg_page_say(page, "shared/naive",
                SG_VALUES({"points", sg_print_points(page, d), d->id}, {"level", page->level, NULL},
                          {"interval", sg_print_points_interval(page, d), d->id}));
    sg_table_of_years(page, sg_document_printf(page->doc, "%s-naive", prefix), place.variant, "tables/naive");
}

/* ---- verdicts ---- */

typedef struct {
    const sg_page *page;
    sg_block *list; /* of the groups with a gap; NULL while there is none */
    int n[SG_N_VERDICTS];
} verdicts;

static void tell_gap(const sg_page *page, sg_block *list, const char *group, const sg_estimate *gap)
{
    sg_page_point(page, list, gap->estimate > 0 ? "shared/gap_higher" : "shared/gap_lower",
                  SG_VALUES({"group", group, NULL}, {"size", sg_print_size(page, gap), gap->id},
                            {"level", page->level, NULL},
                            {"interval", sg_print_points_interval(page, gap), gap->id}));
}

static void judge_level(verdicts *v, const sg_dimension *dimension, const sg_level *level)
{
    const sg_page *page = v->page;
    sg_place place = sg_place_level(sg_place_headline(page, page->year), dimension->name, level->name);
    const sg_estimate *gap = sg_look_gap(page, &place, "iet");
    sg_verdict verdict = sg_verdict_of(gap);

    if (!sg_is_listed(page, &place) || sg_is_reference(page, &place, dimension))
        return;
    v->n[verdict]++;
    if (verdict == SG_VERDICT_GAP && !v->list)
        v->list = sg_document_block(page->doc, SG_BLOCK_LIST, NULL);
    if (verdict == SG_VERDICT_GAP)
        tell_gap(page, v->list, sg_document_printf(page->doc, "%s: %s", dimension->label, level->label), gap);
}

static const char *number(const sg_page *page, int n)
{
    return sg_document_printf(page->doc, "%d", n);
}

static void tell_counts(const verdicts *v)
{
    static const struct {
        const char *term;
        sg_verdict verdict;
    } rows[] = {{"Gap found", SG_VERDICT_GAP},
                {"No gap larger than the margin", SG_VERDICT_NO_LARGE},
                {"Not enough evidence", SG_VERDICT_NOT_ENOUGH},
                {"Masked (*)", SG_VERDICT_HIDDEN},
                {"Not estimable", SG_VERDICT_NOTHING},
                {"Not collected", SG_VERDICT_ABSENT}};
    const sg_page *page = v->page;
    sg_block *box = sg_document_block(page->doc, SG_BLOCK_BOX,
                                      sg_say_plain(page->doc, "shared/verdicts_title", SG_NO_VALUES));
    int all = 0;

    for (int i = 0; i < SG_N_VERDICTS; i++)
        all += v->n[i];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (v->n[rows[i].verdict])
            sg_page_term(page, box, rows[i].term, "shared/verdict_count",
                         SG_VALUES({"n", number(page, v->n[rows[i].verdict]), NULL},
                                   {"all", number(page, all), NULL}));
}

void sg_page_verdicts(const sg_page *page)
{
    verdicts v = {.page = page};
    size_t n;
    const sg_dimension **dimensions = sg_told_dimensions(page, &n);

    sg_page_say(page, "shared/verdict_rule",
                SG_VALUES({"margin", sg_print_margin(page), NULL}, {"level", page->level, NULL},
                          {"p", sg_print_alpha(page), NULL}));
    sg_page_hidden(page, dimensions, n);
    for (size_t d = 0; d < n; d++)
        for (size_t i = 0; i < dimensions[d]->n_levels; i++)
            judge_level(&v, dimensions[d], sg_level_listed(dimensions[d], i));
    tell_counts(&v);
}
