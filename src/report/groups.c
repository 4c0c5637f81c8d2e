/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables that pages share. Groups stand in the order of their dimension, "Not reported" last; never by a value.
 */
#include <string.h>

#include "page.h"

#define N_OF(columns) (sizeof(columns) / sizeof *(columns))

static const char *id_of(const sg_estimate *e)
{
    return e ? e->id : NULL;
}

static void add_count(const sg_page *page, sg_row *row, int64_t count)
{
    const char *raw = count >= 0 ? sg_document_printf(page->doc, "%lld", (long long)count) : NULL;

    sg_row_add_raw(row, sg_print_count(page, count), raw);
}

/* n and rate of an arm. */
static void add_arm(const sg_page *page, sg_row *row, const sg_place *place, sg_arm_subset arm)
{
    const sg_estimate *rate = sg_look_rate(page, place, sg_arm_subset_text(arm));

    add_count(page, row, sg_look_count(page, place, arm, SG_MEASURE_N));
    sg_row_add(row, sg_print_rate_whole(page, rate), id_of(rate));
}

static void add_difference(const sg_page *page, sg_row *row, const sg_place *place)
{
    const sg_estimate *d = sg_look_difference(page, place);

    sg_row_add(row, sg_print_points_whole(page, d), id_of(d));
    sg_row_add(row, sg_print_p(page, d), id_of(d));
    sg_row_add(row, sg_print_says(d), id_of(d));
}

static const char *caption(const sg_page *page, const char *key, const char *dimension)
{
    return sg_say_plain(page->doc, key,
                        SG_VALUES({"year", sg_print_year(page, page->year), NULL},
                                  {"level", page->level, NULL}, {"dimension", dimension, NULL}));
}

static void add_note(const sg_page *page, sg_table *table, const char *key)
{
    if (table)
        table->note = sg_say_plain(page->doc, key, SG_VALUES({"level", page->level, NULL}));
}

static const sg_column comparison_columns[] = {{"Group", false},
                                               {"IET learners", true},
                                               {"IET rate (interval)", true},
                                               {"Other learners", true},
                                               {"Other rate (interval)", true},
                                               {"Difference in points (interval)", true},
                                               {"Adjusted p", true},
                                               {"Reading", false}};

/* ---- years ---- */

static void add_year_row(const sg_page *page, sg_table *table, const sg_place *place)
{
    sg_row *row = sg_table_row(page->doc, table);

    sg_row_add(row, sg_print_year(page, place->year), NULL);
    add_arm(page, row, place, SG_ARM_IET);
    add_arm(page, row, place, SG_ARM_COMPARISON);
    add_difference(page, row, place);
}

/* The years that hold an outcome, the latest first, under the outcome's name. */
static void add_outcome_rows(const sg_page *page, sg_table *table, sg_place place, const char *title)
{
    bool any = false;

    for (size_t i = page->facts->n_years; i-- > 0;) {
        place.year = page->facts->years[i].program_year;
        if (!sg_is_year_shown(page, &place))
            continue;
        if (!any)
            sg_table_group(page->doc, table, title);
        any = true;
        add_year_row(page, table, &place);
    }
}

void sg_table_of_years(const sg_page *page, const char *name, const char *variant, const char *caption_key)
{
    sg_table *table = sg_document_table(page->doc, name, caption(page, caption_key, ""), comparison_columns,
                                        N_OF(comparison_columns));
    sg_place place = sg_place_headline(page, page->year);

    place.variant = variant;
    place.outcome = "msg_common";
    add_outcome_rows(page, table, place, "Like-for-like gain");
    place.outcome = "msg";
    add_outcome_rows(page, table, place, "Any gain (includes types open to IET and workplace literacy only)");
    add_note(page, table, "tables/note_comparison");
}

/* ---- the any-type outcome in its parts ---- */

void sg_table_of_parts(const sg_page *page, const char *name)
{
    static const sg_column columns[] = {
        {"Gain within the window", false}, {"IET learners", true}, {"Other learners", true}};
    static const struct {
        sg_measure measure;
        const char *label;
    } parts[] = {{SG_MEASURE_COMMON_ONLY, "Like-for-like types only"},
                 {SG_MEASURE_BOTH, "Like-for-like and other types"},
                 {SG_MEASURE_OTHER_ONLY, "Other types only"},
                 {SG_MEASURE_NO_GAIN, "No gain"},
                 {SG_MEASURE_N, "All learners compared"}};
    sg_table *table = sg_document_table(page->doc, name, caption(page, "tables/parts", ""), columns,
                                        N_OF(columns));
    sg_place place = sg_place_headline(page, page->year);

    place.outcome = "msg";
    for (size_t i = 0; i < N_OF(parts); i++) {
        sg_row *row = sg_table_row(page->doc, table);

        sg_row_add(row, parts[i].label, NULL);
        add_count(page, row, sg_look_count(page, &place, SG_ARM_IET, parts[i].measure));
        add_count(page, row, sg_look_count(page, &place, SG_ARM_COMPARISON, parts[i].measure));
    }
    add_note(page, table, "tables/note_parts");
}

/* ---- IET differences by group ---- */

void sg_table_of_differences(const sg_page *page, const sg_dimension *dimension, const char *name)
{
    sg_place everyone = sg_place_headline(page, page->year);
    sg_table *table;

    sg_page_hidden(page, &dimension, 1);
    table = sg_document_table(page->doc, name, caption(page, "tables/differences", dimension->label),
                              comparison_columns, N_OF(comparison_columns));
    for (size_t i = 0; i < dimension->n_levels; i++) {
        const sg_level *level = sg_level_listed(dimension, i);
        sg_place place = sg_place_level(everyone, dimension->name, level->name);
        sg_row *row = sg_is_listed(page, &place) ? sg_table_row(page->doc, table) : NULL;

        if (!row)
            continue;
        sg_row_add(row, level->label, NULL);
        add_arm(page, row, &place, SG_ARM_IET);
        add_arm(page, row, &place, SG_ARM_COMPARISON);
        add_difference(page, row, &place);
    }
    add_note(page, table, "tables/note_groups");
}

/* ---- gaps ---- */

static void add_gap(const sg_page *page, sg_row *row, const sg_place *place, const char *subset,
                    bool is_reference)
{
    const sg_estimate *gap = sg_look_gap(page, place, subset);

    if (is_reference) {
        sg_row_add(row, "", NULL);
        sg_row_add(row, "the reference", NULL);
        return;
    }
    sg_row_add(row, sg_print_points_whole(page, gap), id_of(gap));
    sg_row_add(row, sg_print_verdict(gap), id_of(gap));
}

void sg_table_of_gaps(const sg_page *page, const sg_dimension *dimension, const char *name)
{
    static const sg_column columns[] = {{"Group", false},
                                        {"IET learners", true},
                                        {"IET rate (interval)", true},
                                        {"Gap in IET, points (interval)", true},
                                        {"Verdict in IET", false},
                                        {"Other learners", true},
                                        {"Other rate (interval)", true},
                                        {"Gap among others, points (interval)", true},
                                        {"Verdict among others", false}};
    sg_place everyone = sg_place_headline(page, page->year);
    sg_table *table;

    sg_page_hidden(page, &dimension, 1);
    table = sg_document_table(page->doc, name, caption(page, "tables/gaps", dimension->label), columns,
                              N_OF(columns));
    for (size_t i = 0; i < dimension->n_levels; i++) {
        const sg_level *level = sg_level_listed(dimension, i);
        sg_place place = sg_place_level(everyone, dimension->name, level->name);
        sg_row *row = sg_is_listed(page, &place) ? sg_table_row(page->doc, table) : NULL;

        if (!row)
            continue;
        sg_row_add(row, level->label, NULL);
        add_arm(page, row, &place, SG_ARM_IET);
        add_gap(page, row, &place, "iet", sg_is_reference(page, &place, dimension));
        add_arm(page, row, &place, SG_ARM_COMPARISON);
        add_gap(page, row, &place, "comparison", sg_is_reference(page, &place, dimension));
    }
    add_note(page, table, "tables/note_gaps");
}

/* ---- access and difference of gaps: a table over dimensions ---- */

static void add_access_row(const sg_page *page, sg_table *table, const sg_place *place, const sg_level *level)
{
    sg_row *row = sg_table_row(page->doc, table);
    const sg_estimate *share = sg_look_rate(page, place, "all");

    sg_row_add(row, level->label, NULL);
    add_count(page, row, sg_look_count(page, place, SG_ARM_ALL, SG_MEASURE_N));
    add_count(page, row, sg_look_count(page, place, SG_ARM_IET, SG_MEASURE_N));
    sg_row_add(row, sg_print_rate_whole(page, share), id_of(share));
    add_gap(page, row, place, "all", false);
}

static void add_closure_row(const sg_page *page, sg_table *table, const sg_place *place,
                            const sg_level *level)
{
    static const char *const words[SG_N_SAYS] = {[SG_SAYS_HIGHER] = "more favorable in IET",
                                                 [SG_SAYS_LOWER] = "less favorable in IET",
                                                 [SG_SAYS_UNCLEAR] = "no clear difference",
                                                 [SG_SAYS_SMALL] = "too few to say",
                                                 [SG_SAYS_HIDDEN] = "*",
                                                 [SG_SAYS_NOTHING] = "not estimable",
                                                 [SG_SAYS_ABSENT] = "not collected"};
    const sg_estimate *iet = sg_look_gap(page, place, "iet"), *other = sg_look_gap(page, place, "comparison");
    const sg_estimate *closure = sg_look(page, place, "all", "gap_closure", "mover");
    sg_row *row = sg_table_row(page->doc, table);

    sg_row_add(row, level->label, NULL);
    sg_row_add(row, sg_print_points(page, iet), id_of(iet));
    sg_row_add(row, sg_print_points(page, other), id_of(other));
    sg_row_add(row, sg_print_points_whole(page, closure), id_of(closure));
    sg_row_add(row, sg_print_p(page, closure), id_of(closure));
    sg_row_add(row, words[sg_says_of(closure)], id_of(closure));
}

typedef void (*row_writer)(const sg_page *page, sg_table *table, const sg_place *place,
                           const sg_level *level);

static void add_dimensions(const sg_page *page, sg_table *table, const char *outcome,
                           const sg_dimension *const *dimensions, size_t n, row_writer add_row)
{
    sg_place everyone = sg_place_headline(page, page->year);

    everyone.outcome = outcome;
    for (size_t d = 0; d < n; d++) {
        sg_table_group(page->doc, table, dimensions[d]->label);
        for (size_t i = 0; i < dimensions[d]->n_levels; i++) {
            const sg_level *level = sg_level_listed(dimensions[d], i);
            sg_place place = sg_place_level(everyone, dimensions[d]->name, level->name);

            if (sg_is_listed(page, &place) && !sg_is_reference(page, &place, dimensions[d]))
                add_row(page, table, &place, level);
        }
    }
}

void sg_table_of_access(const sg_page *page, const sg_dimension *const *dimensions, size_t n,
                        const char *name)
{
    static const sg_column columns[] = {{"Group", false},
                                        {"Learners compared", true},
                                        {"In IET", true},
                                        {"Share in IET (interval)", true},
                                        {"Gap, points (interval)", true},
                                        {"Verdict", false}};
    sg_table *table;

    sg_page_hidden(page, dimensions, n);
    table = sg_document_table(page->doc, name, caption(page, "tables/access", ""), columns, N_OF(columns));
    add_dimensions(page, table, "iet", dimensions, n, add_access_row);
    add_note(page, table, "tables/note_access");
}

void sg_table_of_closure(const sg_page *page, const sg_dimension *const *dimensions, size_t n,
                         const char *name)
{
    static const sg_column columns[] = {
        {"Group", false},           {"Gap in IET", true},
        {"Gap among others", true}, {"Difference of gaps, points (interval)", true},
        {"Adjusted p", true},       {"Reading", false}};
    sg_table *table;

    sg_page_hidden(page, dimensions, n);
    table = sg_document_table(page->doc, name, caption(page, "tables/closure", ""), columns, N_OF(columns));
    add_dimensions(page, table, page->facts->headline_outcome, dimensions, n, add_closure_row);
    add_note(page, table, "tables/note_closure");
}
