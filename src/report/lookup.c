/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "page.h"

sg_place sg_place_headline(const sg_page *page, int year)
{
    return (sg_place){.year = year,
                      .variant = page->facts->headline_variant,
                      .outcome = page->facts->headline_outcome,
                      .dimension = "all",
                      .level = "all"};
}

sg_place sg_place_level(sg_place everyone, const char *dimension, const char *level)
{
    everyone.dimension = dimension;
    everyone.level = level;
    return everyone;
}

/* The first estimate whose id is not before `id`. */
static size_t first_not_before(const sg_results *results, const char *id)
{
    size_t low = 0, high = results->n_estimates;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(results->estimates[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const sg_estimate *sg_look(const sg_page *page, const sg_place *place, const char *subset,
                           const char *estimand, const char *method)
{
    const sg_estimate wanted = {.program_year = place->year,
                                .college = page->facts->college,
                                .outcome = place->outcome,
                                .dimension = place->dimension,
                                .level = place->level,
                                .subset = subset,
                                .estimand = estimand,
                                .method = method,
                                .variant = place->variant,
                                .reference = ""};
    const char *id = sg_result_id(page->doc->arena, &wanted);
    size_t length;

    if (!id) {
        page->doc->failed = true;
        return NULL;
    }
    length = strlen(id);
    for (size_t i = first_not_before(page->results, id); i < page->results->n_estimates; i++) {
        const sg_estimate *e = &page->results->estimates[i];

        if (strncmp(e->id, id, length) != 0)
            return NULL;
        if (!e->id[length] || sg_text_starts(e->id + length, "/ref="))
            return e;
    }
    return NULL;
}

const sg_estimate *sg_look_rate(const sg_page *page, const sg_place *place, const char *subset)
{
    return sg_look(page, place, subset, "rate", "wilson");
}

const sg_estimate *sg_look_difference(const sg_page *page, const sg_place *place)
{
    return sg_look(page, place, "all", "risk_difference", "newcombe");
}

const sg_estimate *sg_look_gap(const sg_page *page, const sg_place *place, const char *subset)
{
    const sg_estimate *gap = sg_look(page, place, subset, "gap", "newcombe");

    return gap ? gap : sg_look(page, place, subset, "gap", "wilson");
}

bool sg_is_reference(const sg_page *page, const sg_place *place, const sg_dimension *dimension)
{
    if (sg_look_gap(page, place, "iet"))
        return false;
    for (size_t i = 0; i < dimension->n_levels; i++) {
        sg_place other = sg_place_level(*place, dimension->name, dimension->levels[i].name);

        if (sg_look_gap(page, &other, "iet"))
            return true;
    }
    return false;
}

int64_t sg_look_count(const sg_page *page, const sg_place *place, sg_arm_subset arm, sg_measure measure)
{
    const sg_cell key = {.program_year = place->year,
                         .college = page->facts->college,
                         .variant = place->variant,
                         .outcome = measure == SG_MEASURE_N ? "" : place->outcome,
                         .dimension = place->dimension,
                         .level = place->level,
                         .arm = arm,
                         .measure = measure};
    const sg_cell *cell = sg_results_cell(page->results, &key);

    return cell ? cell->count : SG_COUNT_NONE;
}

const sg_year_facts *sg_look_year(const sg_page *page, int year)
{
    for (size_t i = 0; i < page->facts->n_years; i++)
        if (page->facts->years[i].program_year == year)
            return &page->facts->years[i];
    return NULL;
}

bool sg_is_year_shown(const sg_page *page, const sg_place *place)
{
    const sg_year_facts *year = sg_look_year(page, place->year);

    return year && year->closed &&
           (sg_look_rate(page, place, "iet") || sg_look_rate(page, place, "comparison"));
}

size_t sg_n_years_shown(const sg_page *page)
{
    size_t n = 0;

    for (size_t i = 0; i < page->facts->n_years; i++) {
        sg_place place = sg_place_headline(page, page->facts->years[i].program_year);

        n += sg_is_year_shown(page, &place);
    }
    return n;
}

int64_t sg_n_findings(const sg_page *page, sg_severity severity)
{
    int64_t n = 0;

    for (size_t i = 0; i < page->facts->n_findings; i++)
        if (page->facts->findings[i].rule->severity == severity)
            n += page->facts->findings[i].n;
    return n;
}

bool sg_lacks_hours(const sg_page *page)
{
    return strstr(page->facts->hours_note, "no hours at all") != NULL;
}

bool sg_lacks_register(const sg_page *page)
{
    for (size_t i = 0; i < page->facts->n_gaps; i++)
        if (strstr(page->facts->gaps[i], "No IET claim was confirmed"))
            return true;
    return false;
}

bool sg_is_listed(const sg_page *page, const sg_place *place)
{
    int64_t n = sg_look_count(page, place, SG_ARM_ALL, SG_MEASURE_N);

    return n > 0 || n == SG_COUNT_MASKED;
}

bool sg_is_unreported(const sg_page *page, const sg_dimension *dimension)
{
    sg_place everyone = sg_place_headline(page, page->year);

    for (size_t i = 0; i < dimension->n_levels; i++) {
        sg_place place = sg_place_level(everyone, dimension->name, dimension->levels[i].name);

        if (sg_is_listed(page, &place) != (i == 0))
            return false;
    }
    return dimension->n_levels > 0;
}

const sg_dimension **sg_told_dimensions(const sg_page *page, size_t *out_n)
{
    const sg_results *results = page->results;
    const sg_dimension **list = sg_arena_alloc(page->doc->arena, results->n_dimensions + 1, sizeof *list);

    *out_n = 0;
    page->doc->failed = page->doc->failed || !list;
    for (size_t i = 0; list && i < results->n_dimensions; i++)
        if (!sg_is_unreported(page, &results->dimensions[i]))
            list[(*out_n)++] = &results->dimensions[i];
    return list;
}

const sg_level *sg_level_listed(const sg_dimension *dimension, size_t i)
{
    return &dimension->levels[(i + 1) % dimension->n_levels];
}
