/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/place.h"

#include <stdlib.h>
#include <string.h>

#include "store/stmt.h"

enum { MOST_PLACES = 8192 };

sg_status sg_places_init(sg_places *places, sg_err *err)
{
    *places = (sg_places){.arena = sg_arena_new()};
    return places->arena != NULL ? SG_OK : sg_no_memory(err);
}

void sg_places_release(sg_places *places)
{
    sg_arena_free(places->arena);
    free(places->list);
    *places = (sg_places){0};
}

static int compare_places(const sg_place *a, const sg_place *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->program_year != b->program_year)
        return a->program_year < b->program_year ? -1 : 1;
    return strcmp(a->college, b->college);
}

/* Where the place is, or where it belongs. */
static size_t find_index(const sg_places *places, const sg_place *key, bool *found)
{
    size_t low = 0, high = places->n;
    *found = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_places(key, &places->list[middle]);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static sg_status find_college(sg_store *store, const char *code, int64_t *out, sg_err *err)
{
    SG_QUERY find = sg_query_of(store, SG_SQL_COLLEGE_ID);
    SG_QUERY add = sg_query_of(store, SG_SQL_COLLEGE_ADD);
    *out = SG_BLANK;
    if (code[0] == '\0')
        return SG_OK;
    sg_query_text(&find, ":code", code);
    sg_status status = sg_query_value(&find, out, err);
    if (status != SG_OK || *out != SG_BLANK)
        return status;
    sg_query_text(&add, ":code", code);
    return sg_query_value(&add, out, err);
}

static void bind_scope(sg_query *query, const sg_place *place)
{
    sg_query_text(query, ":kind", sg_kind_text(place->kind));
    sg_query_int(query, ":program_year", place->program_year);
    sg_query_int(query, ":college", place->college_id != SG_BLANK ? place->college_id : SG_SCOPE_BLANK);
}

static sg_status find_scope(sg_store *store, sg_place *place, sg_err *err)
{
    SG_QUERY find = sg_query_of(store, SG_SQL_SCOPE_ID);
    SG_QUERY add = sg_query_of(store, SG_SQL_SCOPE_ADD);
    bind_scope(&find, place);
    sg_status status = sg_query_value(&find, &place->scope_id, err);
    if (status != SG_OK || place->scope_id != SG_BLANK)
        return status;
    bind_scope(&add, place);
    return sg_query_value(&add, &place->scope_id, err);
}

static sg_status keep(sg_places *places, size_t at, const sg_place *place, sg_err *err)
{
    if (places->n >= MOST_PLACES)
        return SG_OK;
    sg_place kept = *place;
    kept.college = sg_arena_strdup(places->arena, place->college);
    if (kept.college == NULL ||
        !sg_grow(&places->list, &places->capacity, places->n + 1, sizeof *places->list))
        return sg_no_memory(err);
    memmove(places->list + at + 1, places->list + at, (places->n - at) * sizeof *places->list);
    places->list[at] = kept;
    places->n++;
    return SG_OK;
}

static sg_place place_of(const sg_record *row)
{
    const sg_kind_fields *table = sg_kind_table(row->kind);
    int64_t year = table->program_year >= 0 ? row->number[table->program_year] : SG_BLANK;
    const char *college = row->text[table->college];
    return (sg_place){.kind = row->kind,
                      .program_year = year != SG_BLANK ? year : SG_SCOPE_BLANK,
                      .college = college != NULL ? college : ""};
}

sg_status sg_places_find(sg_places *places, sg_store *store, const sg_record *row, sg_place *out, sg_err *err)
{
    bool found;
    sg_place place = place_of(row);
    if (places->last < places->n && compare_places(&place, &places->list[places->last]) == 0) {
        *out = places->list[places->last];
        return SG_OK;
    }
    size_t at = find_index(places, &place, &found);
    places->last = at;
    if (found) {
        *out = places->list[at];
        return SG_OK;
    }
    sg_status status = find_college(store, place.college, &place.college_id, err);
    if (status == SG_OK)
        status = find_scope(store, &place, err);
    if (status == SG_OK)
        status = keep(places, at, &place, err);
    if (status == SG_OK)
        *out = place;
    return status;
}
