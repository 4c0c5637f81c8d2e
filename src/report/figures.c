/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figures: which groups, dots and lines; svg.c draws them. Only what is shown has a place: the axis is made for the visible
 * figures alone.
 */
#include <math.h>
#include <string.h>

#include "page.h"

enum { MOST_YEARS = 5 };

/* Ends of axes and their steps, in per cent or points. */
typedef struct {
    double end, step;
} axis;

static axis fit_axis(double largest, bool is_difference)
{
    static const axis shares[] = {{20, 5}, {40, 10}, {60, 20}, {80, 20}, {100, 25}};
    static const axis differences[] = {{10, 5}, {20, 10}, {30, 10}, {40, 20}, {60, 20}, {100, 50}};
    const axis *axes = is_difference ? differences : shares;
    size_t n = is_difference ? sizeof differences / sizeof *differences : sizeof shares / sizeof *shares;

    for (size_t i = 0; i + 1 < n; i++)
        if (largest <= axes[i].end)
            return axes[i];
    return axes[n - 1];
}

static void set_axis(sg_figure *figure, const char *label, bool is_difference)
{
    double largest = 0;
    axis fitting;

    for (size_t r = 0; r < figure->n_rows; r++)
        for (size_t i = 0; i < figure->rows[r].n_points; i++) {
            const sg_point *point = &figure->rows[r].points[i];

            if (!point->hidden)
                largest = fmax(largest, fmax(fabs(point->low), fabs(point->high)));
        }
    for (size_t i = 0; i < figure->n_lines; i++)
        largest = fmax(largest, fabs(figure->lines[i].at));
    fitting = fit_axis(largest, is_difference);
    figure->high = fitting.end;
    figure->low = is_difference ? -fitting.end : 0;
    figure->step = fitting.step;
    figure->axis = label;
    figure->is_difference = is_difference;
}

static bool is_shown(const sg_estimate *e)
{
    return e && isfinite(e->estimate) && isfinite(e->ci_low) && isfinite(e->ci_high);
}

static void add_point(sg_figure_row *row, const sg_estimate *e, bool accent, const char *printed)
{
    sg_point point = {
        .accent = accent, .printed = printed, .result = e ? e->id : NULL, .hidden = !is_shown(e)};

    if (!point.hidden) {
        point.value = e->estimate * 100;
        point.low = e->ci_low * 100;
        point.high = e->ci_high * 100;
    }
    sg_figure_point(row, &point);
}

/* "Female: +9.8 (...)" of every row: the figure in words. */
static void describe(const sg_page *page, sg_figure *figure, const char *key)
{
    sg_str listing = {0};

    if (!figure)
        return;
    for (size_t r = 0; r < figure->n_rows; r++) {
        sg_str_printf(&listing, "%s%s:", r ? "; " : "", figure->rows[r].label);
        for (size_t i = 0; i < figure->rows[r].n_points; i++)
            sg_str_printf(&listing, "%s %s", i ? "," : "", figure->rows[r].points[i].printed);
    }
    figure->description = sg_say_plain(
        page->doc, key,
        SG_VALUES({"listing", sg_document_keep(page->doc, &listing), NULL}, {"level", page->level, NULL}));
}

static const char *size_of(const sg_page *page, const sg_place *place)
{
    return sg_document_printf(
        page->doc, "n = %s IET, %s other",
        sg_print_count(page, sg_look_count(page, place, SG_ARM_IET, SG_MEASURE_N)),
        sg_print_count(page, sg_look_count(page, place, SG_ARM_COMPARISON, SG_MEASURE_N)));
}

static void add_both_arms(const sg_page *page, sg_figure_row *row, const sg_place *place)
{
    const sg_estimate *iet = sg_look_rate(page, place, "iet"),
                      *other = sg_look_rate(page, place, "comparison");

    add_point(row, iet, true, sg_document_printf(page->doc, "IET %s", sg_print_rate_short(page, iet)));
    add_point(row, other, false, sg_document_printf(page->doc, "Other %s", sg_print_rate_short(page, other)));
}

static const char *title_of(const sg_page *page, const char *key, const char *dimension)
{
    return sg_say_plain(page->doc, key,
                        SG_VALUES({"year", sg_print_year(page, page->year), NULL},
                                  {"level", page->level, NULL}, {"dimension", dimension, NULL}));
}

/* ---- rates of both arms, the latest year first ---- */

void sg_figure_of_rates(const sg_page *page, const char *name, const char *table)
{
    sg_figure *figure = sg_document_figure(page->doc, name, title_of(page, "figures/rates", ""));

    for (size_t i = page->facts->n_years; figure && figure->n_rows < MOST_YEARS && i-- > 0;) {
        sg_place place = sg_place_headline(page, page->facts->years[i].program_year);

        if (sg_is_year_shown(page, &place))
            add_both_arms(
                page,
                sg_figure_row_add(page->doc, figure, sg_print_year(page, place.year), size_of(page, &place)),
                &place);
    }
    if (!figure)
        return;
    figure->table = table;
    set_axis(figure, "Share with a like-for-like gain", false);
    describe(page, figure, "figures/rates_description");
}

/* ---- by group ---- */

typedef void (*row_writer)(const sg_page *page, sg_figure *figure, const sg_place *place, const char *label);

static void add_groups(const sg_page *page, sg_figure *figure, const sg_dimension *dimension,
                       const char *outcome, row_writer add_row)
{
    sg_place everyone = sg_place_headline(page, page->year);

    everyone.outcome = outcome;
    for (size_t i = 0; figure && i < dimension->n_levels; i++) {
        const sg_level *level = sg_level_listed(dimension, i);
        sg_place place = sg_place_level(everyone, dimension->name, level->name);

        if (sg_is_listed(page, &place))
            add_row(page, figure, &place, level->label);
    }
}

static void add_difference_row(const sg_page *page, sg_figure *figure, const sg_place *place,
                               const char *label)
{
    const sg_estimate *d = sg_look_difference(page, place);

    add_point(sg_figure_row_add(page->doc, figure, label, size_of(page, place)), d, true,
              sg_print_points_whole(page, d));
}

void sg_figure_of_differences(const sg_page *page, const sg_dimension *dimension, const char *name,
                              const char *table)
{
    sg_figure *figure;

    sg_page_hidden(page, &dimension, 1);
    figure = sg_document_figure(page->doc, name, title_of(page, "figures/differences", dimension->label));
    add_groups(page, figure, dimension, page->facts->headline_outcome, add_difference_row);
    if (!figure)
        return;
    figure->table = table;
    figure->below = "\xE2\x86\x90 IET rate lower";
    figure->above = "IET rate higher \xE2\x86\x92";
    set_axis(figure, "IET rate minus other rate, percentage points", true);
    describe(page, figure, "figures/differences_description");
}

static void add_gap_row(const sg_page *page, sg_figure *figure, const sg_place *place, const char *label)
{
    const sg_estimate *iet = sg_look_gap(page, place, "iet");
    const sg_estimate *other = sg_look_gap(page, place, "comparison");
    const char *size = sg_document_printf(
        page->doc, "n = %s, %s \xC2\xB7 gap %s, %s",
        sg_print_count(page, sg_look_count(page, place, SG_ARM_IET, SG_MEASURE_N)),
        sg_print_count(page, sg_look_count(page, place, SG_ARM_COMPARISON, SG_MEASURE_N)),
        sg_print_points_brief(page, iet), sg_print_points_brief(page, other));

    add_both_arms(page, sg_figure_row_add(page->doc, figure, label, size), place);
}

/* The state's own rates, that every group is held against. */
static void add_state_lines(const sg_page *page, sg_figure *figure)
{
    static const struct {
        const char *subset, *label;
    } arms[] = {{"iet", "All IET learners"}, {"comparison", "All other learners"}};
    sg_place everyone = sg_place_headline(page, page->year);

    for (size_t i = 0; i < sizeof arms / sizeof *arms; i++) {
        const sg_estimate *rate = sg_look_rate(page, &everyone, arms[i].subset);

        if (is_shown(rate))
            figure->lines[figure->n_lines++] = (sg_figure_line){
                .at = rate->estimate * 100,
                .accent = i == 0,
                .label = sg_document_printf(page->doc, "%s: %s", arms[i].label, sg_print_rate(page, rate))};
    }
}

void sg_figure_of_gaps(const sg_page *page, const sg_dimension *dimension, const char *name,
                       const char *table)
{
    sg_figure *figure;

    sg_page_hidden(page, &dimension, 1);
    figure = sg_document_figure(page->doc, name, title_of(page, "figures/gaps", dimension->label));
    add_groups(page, figure, dimension, page->facts->headline_outcome, add_gap_row);
    if (!figure)
        return;
    figure->table = table;
    add_state_lines(page, figure);
    set_axis(figure, "Share with a like-for-like gain", false);
    describe(page, figure, "figures/gaps_description");
}

static void add_access_row(const sg_page *page, sg_figure *figure, const sg_place *place, const char *label)
{
    const sg_estimate *share = sg_look_rate(page, place, "all");
    const char *size = sg_document_printf(
        page->doc, "n = %s", sg_print_count(page, sg_look_count(page, place, SG_ARM_ALL, SG_MEASURE_N)));

    add_point(sg_figure_row_add(page->doc, figure, label, size), share, true,
              sg_print_rate_short(page, share));
}

/* The share of IET among everyone, from the totals, which every publication shows. */
static void add_share_line(const sg_page *page, sg_figure *figure)
{
    sg_place everyone = sg_place_headline(page, page->year);
    int64_t iet = sg_look_count(page, &everyone, SG_ARM_IET, SG_MEASURE_N);
    int64_t all = sg_look_count(page, &everyone, SG_ARM_ALL, SG_MEASURE_N);
    double share = iet >= 0 && all > 0 ? (double)iet / (double)all : nan("");

    if (isfinite(share))
        figure->lines[figure->n_lines++] = (sg_figure_line){
            .at = share * 100,
            .label = sg_document_printf(page->doc, "Everyone compared: %s",
                                        sg_print_percent(page, share, 1))};
}

void sg_figure_of_access(const sg_page *page, const sg_dimension *dimension, const char *name,
                         const char *table)
{
    sg_figure *figure;

    sg_page_hidden(page, &dimension, 1);
    figure = sg_document_figure(page->doc, name, title_of(page, "figures/access", dimension->label));
    add_groups(page, figure, dimension, "iet", add_access_row);
    if (!figure)
        return;
    figure->table = table;
    add_share_line(page, figure);
    set_axis(figure, "Share in IET", false);
    describe(page, figure, "figures/access_description");
}

/* ---- names of files ---- */

const char *sg_file_name(const sg_page *page, const char *prefix, const sg_dimension *dimension)
{
    sg_str name = {0};
    bool changed = false;

    for (const char *c = dimension->name; *c; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_';

        sg_str_add_char(&name, (char)(plain ? *c : '_'));
        changed = changed || !plain;
    }
    if (changed)
        sg_str_printf(&name, "-%zu", (size_t)(dimension - page->results->dimensions) + 1);
    return sg_document_printf(page->doc, "%s-%s", prefix, sg_document_keep(page->doc, &name));
}
