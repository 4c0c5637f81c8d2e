/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "level.h"

#include <stdlib.h>
#include <string.h>

#include "custom.h"
#include "placement.h"

/* A dimension as configured: built in, or found in what a crosswalk made. */
typedef struct {
    const char *name;
    const sg_dimension *built_in;
    bool overlaps;
    const char *found[SG_MAX_LEVELS]; /* levels in order of their finding; [0] is unknown */
    size_t n_found;
    uint8_t sorted[SG_MAX_LEVELS]; /* place of each among the sorted ones */
} level_source;

struct sg_levels {
    sg_arena *arena;
    level_source *sources;
    size_t n_sources;
    bool any_custom;
    const char **names; /* of all further dimensions seen, sorted */
    size_t n_names, names_capacity;
    sg_str name, value; /* of the pair at hand */
};

static const char unknown[] = "unknown";

size_t sg_levels_dimensions(const sg_levels *levels)
{
    return levels->n_sources;
}

void sg_levels_free(sg_levels *levels)
{
    if (levels == NULL)
        return;
    sg_str_release(&levels->name);
    sg_str_release(&levels->value);
    free(levels->names);
    sg_arena_free(levels->arena);
}

sg_status sg_levels_new(const sg_config *config, sg_levels **out, sg_err *err)
{
    sg_arena *arena = sg_arena_new();
    size_t n = config->analysis.n_dimensions;
    sg_levels *levels = arena != NULL ? sg_arena_alloc(arena, 1, sizeof *levels) : NULL;
    level_source *sources = levels != NULL ? sg_arena_alloc(arena, n + 1, sizeof *sources) : NULL;
    if (sources == NULL) {
        sg_arena_free(arena);
        return sg_no_memory(err);
    }
    *levels = (sg_levels){.arena = arena, .sources = sources, .n_sources = n};
    for (size_t i = 0; i < n; i++) {
        sources[i].name = config->analysis.dimensions[i];
        sources[i].built_in = sg_dimension_find(sources[i].name);
        sources[i].overlaps = sources[i].built_in != NULL && sg_dimension_overlaps(sources[i].built_in);
        sources[i].found[0] = unknown;
        sources[i].n_found = 1;
        levels->any_custom = levels->any_custom || sources[i].built_in == NULL;
    }
    *out = levels;
    return SG_OK;
}

/* A text's failure is forgotten when it is used again: to be asked after each pair. */
static bool has_failed(const sg_levels *levels)
{
    return levels->name.failed || levels->value.failed;
}

/* ---- which further dimensions there are ---- */

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_noted(const sg_levels *levels, const char *name)
{
    return levels->n_names > 0 &&
           bsearch(&name, levels->names, levels->n_names, sizeof *levels->names, compare_texts) != NULL;
}

static sg_status note_name(sg_levels *levels, const char *name, sg_err *err)
{
    if (is_noted(levels, name))
        return SG_OK;
    const char *kept = sg_arena_strdup(levels->arena, name);
    if (kept == NULL ||
        !sg_grow(&levels->names, &levels->names_capacity, levels->n_names + 1, sizeof *levels->names))
        return sg_no_memory(err);
    levels->names[levels->n_names++] = kept;
    qsort(levels->names, levels->n_names, sizeof *levels->names, compare_texts);
    return SG_OK;
}

sg_status sg_levels_note(sg_levels *levels, const sg_stored_enrollment *row, sg_err *err)
{
    const char *cursor = levels->any_custom ? row->custom : NULL;
    while (sg_custom_next(&cursor, &levels->name, &levels->value)) {
        if (has_failed(levels))
            return sg_no_memory(err);
        sg_status status = note_name(levels, sg_str_text(&levels->name), err);
        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}

/* ---- the level of a participant-year ---- */

static sg_status find_level(sg_levels *levels, level_source *source, const char *value, uint8_t *out,
                            sg_err *err)
{
    for (size_t i = 0; i < source->n_found; i++)
        if (strcmp(source->found[i], value) == 0) {
            *out = (uint8_t)i;
            return SG_OK;
        }
    if (source->n_found >= SG_MAX_LEVELS)
        return sg_fail(
            err, SG_USAGE,
            "dimension '%s' has more than %d levels; take it out of 'analysis.dimensions', or group its"
            " values by 'codes' in the crosswalk",
            source->name, SG_MAX_LEVELS);
    const char *kept = sg_arena_strdup(levels->arena, value);
    if (kept == NULL)
        return sg_no_memory(err);
    *out = (uint8_t)source->n_found;
    source->found[source->n_found++] = kept;
    return SG_OK;
}

static sg_status level_of_row(sg_levels *levels, level_source *source, const sg_stored_enrollment *row,
                              uint8_t *out, sg_err *err)
{
    *out = 0;
    if (source->built_in != NULL) {
        *out = sg_dimension_level(source->built_in, row->number);
        return SG_OK;
    }
    if (!sg_custom_find(row->custom, source->name, &levels->name, &levels->value))
        return SG_OK;
    if (has_failed(levels))
        return sg_no_memory(err);
    const char *value = sg_str_text(&levels->value);
    return *value == '\0' ? SG_OK : find_level(levels, source, value, out, err);
}

/* What stands in for a level that no row gives, where the configuration wants it. */
static uint8_t level_by_tests(const sg_dimension *dimension, const sg_pop *pop, sg_day day)
{
    bool wanted = pop->config->cohort.placement_by_tests && strcmp(dimension->name, "entering_level") == 0;
    return wanted ? sg_pop_placement(pop, day, NULL) : 0;
}

sg_status sg_levels_from(sg_levels *levels, size_t dimension, const sg_pop *pop, sg_day day,
                         uint8_t *out_level, size_t *out_row, sg_err *err)
{
    *out_level = 0;
    *out_row = pop->n_rows;
    for (size_t i = 0; i < pop->n_rows && pop->rows[i].first <= day && *out_level == 0; i++) {
        sg_status status = level_of_row(levels, &levels->sources[dimension], pop->rows[i].row, out_level,
                                        err);
        if (status != SG_OK)
            return status;
        if (*out_level != 0)
            *out_row = i;
    }
    if (*out_level == 0 && levels->sources[dimension].built_in != NULL)
        *out_level = level_by_tests(levels->sources[dimension].built_in, pop, day);
    return SG_OK;
}

uint8_t sg_pop_level(const sg_pop *pop, const sg_dimension *dimension, sg_day day)
{
    uint8_t level = 0;
    for (size_t i = 0; i < pop->n_rows && pop->rows[i].first <= day && level == 0; i++)
        level = sg_dimension_level(dimension, pop->rows[i].row->number);
    return level != 0 ? level : level_by_tests(dimension, pop, day);
}

/* The bits of an overlapping dimension: each group by its own dimension's level. In none only who is known to be in none. */
static uint8_t bits_of_parts(const sg_dimension *dimension, const sg_pop *pop, sg_day day)
{
    const sg_dimension *part;
    unsigned bits = 0;
    bool all_known = true;
    for (size_t i = 0; (part = sg_dimension_part(dimension, i)) != NULL; i++) {
        uint8_t level = sg_pop_level(pop, part, day);
        all_known = all_known && level != 0;
        if (sg_dimension_part_holds(dimension, i, level))
            bits |= 1U << i;
    }
    if (bits == 0 && all_known)
        bits = 1U << (dimension->n_levels - 2);
    return (uint8_t)bits;
}

sg_status sg_levels_at(sg_levels *levels, const sg_pop *pop, sg_day day, uint8_t *out_levels, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t d = 0; d < levels->n_sources && status == SG_OK; d++) {
        const level_source *source = &levels->sources[d];
        size_t row = 0;
        if (source->overlaps)
            out_levels[d] = bits_of_parts(source->built_in, pop, day);
        else
            status = sg_levels_from(levels, d, pop, day, &out_levels[d], &row, err);
    }
    return status;
}

/* ---- what came of it ---- */

static sg_status fail_absent(const sg_levels *levels, const char *name, sg_err *err)
{
    if (levels->n_names == 0)
        return sg_fail(err, SG_USAGE,
                       "dimension '%s' of 'analysis.dimensions' is neither built in nor made by a crosswalk: "
                       "no export in"
                       " the store has further dimensions; correct its name or map it under 'dimensions' in "
                       "the crosswalk",
                       name);
    sg_str list = {0};
    for (size_t i = 0; i < levels->n_names; i++)
        sg_str_printf(&list, "%s'%s'", i == 0 ? "" : ", ", levels->names[i]);
    sg_status status =
        list.failed ? sg_no_memory(err)
                    : sg_fail(err, SG_USAGE,
                              "dimension '%s' of 'analysis.dimensions' is neither built in nor made by a"
                              " crosswalk; those made are %s",
                              name, sg_str_text(&list));
    sg_str_release(&list);
    return status;
}

/* "long_wait" is shown as "Long wait". */
static char *label_of(sg_arena *arena, const char *name)
{
    char *label = sg_arena_strdup(arena, name);
    for (char *c = label; c != NULL && *c != '\0'; c++)
        if (*c == '_')
            *c = ' ';
    if (label != NULL && *label >= 'a' && *label <= 'z')
        *label = (char)(*label - 'a' + 'A');
    return label;
}

static sg_status copy_levels(const level_source *source, const char *const *sorted, sg_arena *arena,
                             sg_dimension *out, sg_err *err)
{
    sg_level *copies = sg_arena_alloc(arena, source->n_found, sizeof *copies);
    if (copies == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < source->n_found; i++) {
        copies[i].name = sg_arena_strdup(arena, sorted[i]);
        copies[i].label = i == 0 ? "Not reported" : copies[i].name;
        if (copies[i].name == NULL)
            return sg_no_memory(err);
    }
    *out = (sg_dimension){sg_arena_strdup(arena, source->name), label_of(arena, source->name), copies,
                          source->n_found};
    return out->name == NULL || out->label == NULL ? sg_no_memory(err) : SG_OK;
}

/* Unknown stays the first; the others are sorted by their bytes, whatever the order in which learners came. */
static sg_status sort_levels(level_source *source, sg_arena *arena, sg_dimension *out, sg_err *err)
{
    const char *sorted[SG_MAX_LEVELS];
    memcpy(sorted, source->found, source->n_found * sizeof *sorted);
    qsort(sorted + 1, source->n_found - 1, sizeof *sorted, compare_texts);
    for (size_t i = 1; i < source->n_found; i++) {
        const char **place = bsearch(&source->found[i], sorted + 1, source->n_found - 1, sizeof *sorted,
                                     compare_texts);
        source->sorted[i] = (uint8_t)(place - sorted);
    }
    return copy_levels(source, sorted, arena, out, err);
}

sg_status sg_levels_finish(sg_levels *levels, sg_arena *arena, const sg_dimension **out, sg_err *err)
{
    sg_dimension *dimensions = sg_arena_alloc(arena, levels->n_sources + 1, sizeof *dimensions);
    if (dimensions == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < levels->n_sources; i++) {
        level_source *source = &levels->sources[i];
        if (source->built_in != NULL) {
            dimensions[i] = *source->built_in;
            continue;
        }
        if (!is_noted(levels, source->name))
            return fail_absent(levels, source->name, err);
        sg_status status = sort_levels(source, arena, &dimensions[i], err);
        if (status != SG_OK)
            return status;
    }
    *out = dimensions;
    return SG_OK;
}

uint8_t sg_levels_sorted(const sg_levels *levels, size_t dimension, uint8_t level)
{
    const level_source *source = &levels->sources[dimension];
    return source->built_in != NULL ? level : source->sorted[level];
}
