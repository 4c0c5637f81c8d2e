/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows are counted as they are entered; of those that the store has already nothing is read where it can be helped: the profile of
 * all current rows is kept with each batch, and what a night adds to it and takes from it is little.
 */
#include <stdlib.h>
#include <string.h>

#include "store/batch.h"
#include "store/college.h"
#include "store/fault.h"
#include "store/import.h"
#include "store/stmt.h"

enum { DELIVERED = 1, CURRENT = 2 }; /* profile.part */
enum { ALL_ROWS = -1 };              /* profile.field */

/* ---- rows that are in the store ---- */

/* Counted so many times in each of the two, of which either may be NULL. */
static sg_status count_row(sg_import *import, int64_t id, int64_t times, sg_profile *out, int64_t other_times,
                           sg_profile *other, sg_err *err)
{
    SG_QUERY query = sg_kind_query(import->store, import->kind, SG_ROWS_ROW);
    sg_record row;
    int64_t college;
    bool at_row = false;
    sg_query_int(&query, ":id", id);
    sg_status status = sg_query_next(&query, &at_row, err);
    if (status != SG_OK || !at_row)
        return status;
    sg_record_clear(&row, import->kind);
    if (!sg_kind_read_fields(&query, 0, &row, &college))
        return sg_store_damaged(import->store, "a row has fields that its kind has not", err);
    if (times != 0)
        sg_profile_count(out, &row, times);
    if (other_times != 0)
        sg_profile_count(other, &row, other_times);
    return SG_OK;
}

sg_status sg_import_uncount(sg_import *import, int64_t row, sg_err *err)
{
    return count_row(import, row, -1, &import->fresh, 0, NULL, err);
}

/* ---- of all current rows, before ---- */

static sg_status read_profile(sg_store *store, int64_t batch, int part, sg_profile *out, sg_err *err)
{
    enum { FIELD, CODE, N };
    SG_QUERY query = sg_query_of(store, SG_SQL_PROFILE_GET);
    bool row = false;
    memset(out, 0, sizeof *out);
    sg_query_int(&query, ":batch", batch);
    sg_query_int(&query, ":part", part);
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        int64_t field = sg_column_int(&query, FIELD), code = sg_column_int(&query, CODE);
        if (field == ALL_ROWS)
            out->rows = sg_column_int(&query, N);
        else if (field >= 0 && field < SG_MAX_FIELDS && code >= 0 && code < SG_PROFILE_CODES)
            out->n[field][code] = sg_column_int(&query, N);
        status = sg_query_next(&query, &row, err);
    }
    return status;
}

/* That of the newest batch; where there is none, because learners were forgotten since, the rows are read. */
static sg_status load_before(sg_import *import, sg_profile *out, sg_err *err)
{
    SG_QUERY query = sg_query_of(import->store, SG_SQL_BATCH_AFTER);
    int64_t newest = SG_BLANK;
    sg_query_text(&query, ":kind", sg_kind_text(import->kind));
    sg_status status = sg_query_value(&query, &newest, err);
    if (status == SG_OK && newest != SG_BLANK)
        status = read_profile(import->store, newest, CURRENT, out, err);
    if (status != SG_OK || out->rows == (int64_t)import->known.n)
        return status;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < import->known.n && status == SG_OK; i++)
        status = count_row(import, import->known.all[i].id, 1, out, 0, NULL, err);
    return status;
}

/* ---- weighing ---- */

enum { SAME = 1, ENDED = 2 }; /* marks of known rows */

/* Known rows that the file has as they are. */
static size_t mark_same(const sg_import *import, unsigned char *marks)
{
    size_t n = 0;
    for (size_t i = 0; i < import->n_arrivals; i++) {
        int64_t place = import->arrivals[i];
        if (place >= 0 || place == SG_NO_ARRIVAL)
            continue;
        n += marks[~place] == 0;
        marks[~place] = SAME;
    }
    return n;
}

static void mark_ended(const sg_import *import, unsigned char *marks)
{
    for (size_t i = 0; i < import->n_withdrawn; i++)
        marks[import->withdrawn[i]] |= ENDED;
    for (size_t i = 0; i < import->n_news; i++)
        if (import->news[i].takes_effect && import->news[i].old != 0)
            marks[import->news[i].old - 1] |= ENDED;
}

/* What the file has of them is added or what it lacks is taken away, whichever is less to read; most rows that it lacks have ended, and
 * each is read once. */
static sg_status weigh_known(sg_import *import, const unsigned char *marks, bool add_same, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < import->known.n && status == SG_OK; i++) {
        bool same = (marks[i] & SAME) != 0, ended = (marks[i] & ENDED) != 0;
        if (same == add_same || ended)
            status = count_row(import, import->known.all[i].id,
                               same != add_same ? 0
                               : add_same       ? 1
                                                : -1,
                               &import->delivered, ended ? -1 : 0, &import->current, err);
    }
    return status;
}

static sg_status weigh_new(sg_import *import, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < import->n_news && status == SG_OK; i++)
        if (!import->news[i].dropped && !import->news[i].takes_effect)
            status = count_row(import, import->first_id + (int64_t)i, -1, &import->current, 0, NULL, err);
    return status;
}

sg_status sg_import_weigh_profile(sg_import *import, sg_err *err)
{
    sg_profile *before SG_AUTO_FREE = calloc(1, sizeof *before);
    unsigned char *marks SG_AUTO_FREE = calloc(import->known.n + 1, sizeof *marks);
    if (before == NULL || marks == NULL)
        return sg_no_memory(err);
    sg_status status = load_before(import, before, err);
    if (status != SG_OK)
        return status;
    bool add_same = mark_same(import, marks) * 2 <= import->known.n;
    mark_ended(import, marks);
    import->delivered = import->current = import->fresh;
    if (!add_same)
        sg_profile_add(&import->delivered, before, 1);
    sg_profile_add(&import->current, before, 1);
    status = weigh_known(import, marks, add_same, err);
    return status == SG_OK ? weigh_new(import, err) : status;
}

/* ---- entering ---- */

static sg_status add_count(sg_import *import, int part, int64_t field, int64_t code, int64_t n, sg_err *err)
{
    SG_QUERY query = sg_query_of(import->store, SG_SQL_PROFILE_ADD);
    sg_query_int(&query, ":batch", import->batch);
    sg_query_int(&query, ":part", part);
    sg_query_int(&query, ":field", field);
    sg_query_int(&query, ":code", code);
    sg_query_int(&query, ":n", n);
    return sg_query_run(&query, err);
}

static sg_status enter_part(sg_import *import, int part, const sg_profile *profile, sg_err *err)
{
    sg_status status = add_count(import, part, ALL_ROWS, 0, profile->rows, err);
    for (int field = 0; field < SG_MAX_FIELDS; field++)
        for (int code = 0; code < SG_PROFILE_CODES && status == SG_OK; code++)
            if (profile->n[field][code] != 0)
                status = add_count(import, part, field, code, profile->n[field][code], err);
    return status;
}

sg_status sg_import_enter_profile(sg_import *import, sg_err *err)
{
    SG_QUERY scopes = sg_query_of(import->store, SG_SQL_PROFILE_SCOPE_ADD);
    sg_query_int(&scopes, ":batch", import->batch);
    sg_status status = enter_part(import, DELIVERED, &import->delivered, err);
    if (status == SG_OK)
        status = enter_part(import, CURRENT, &import->current, err);
    return status == SG_OK ? sg_query_run(&scopes, err) : status;
}

/* ---- against the delivery before ---- */

static sg_status find_before(sg_import *import, const sg_batch *batch, sg_batch *out, sg_err *err)
{
    SG_QUERY query = sg_query_of(import->store, SG_SQL_PROFILE_BEFORE);
    int64_t id = SG_BLANK;
    bool found = false;
    sg_query_text(&query, ":kind", sg_kind_text(batch->kind));
    sg_query_text(&query, ":delivery", sg_store_delivery_text(batch->delivery));
    sg_query_int(&query, ":any", SG_SCOPE_ANY);
    sg_status status = sg_query_value(&query, &id, err);
    if (status != SG_OK || id == SG_BLANK)
        return status;
    return sg_store_get_batch(import->store, id, out, &found, err);
}

static sg_status load_known_codes(sg_import *import, sg_comparison *out, sg_err *err)
{
    enum { FIELD, CODE };
    SG_QUERY query = sg_query_of(import->store, SG_SQL_PROFILE_KNOWN);
    bool row = false;
    sg_query_text(&query, ":kind", sg_kind_text(import->kind));
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        int64_t field = sg_column_int(&query, FIELD), code = sg_column_int(&query, CODE);
        if (field >= 0 && field < SG_MAX_FIELDS && code >= 0 && code < SG_PROFILE_CODES)
            out->known[field][code] = true;
        status = sg_query_next(&query, &row, err);
    }
    return status;
}

static sg_status load_colleges(sg_import *import, sg_arena *arena, sg_comparison *out, sg_err *err)
{
    enum { CODE, NOW, THEN };
    SG_QUERY query = sg_query_of(import->store, SG_SQL_PROFILE_COLLEGES);
    sg_college_rows *list SG_AUTO_FREE = NULL;
    size_t capacity = 0;
    bool row = false, may_name = false;
    sg_query_int(&query, ":batch", out->before.id);
    sg_status status = sg_colleges_may_be_named(import->store, &may_name, err);
    if (status == SG_OK)
        status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        const char *code = sg_column_text(&query, CODE);
        bool named = sg_college_may_be_named(code, may_name);
        if (!sg_grow(&list, &capacity, out->n_colleges + 1, sizeof *list))
            return sg_no_memory(err);
        sg_college_rows *college = &list[out->n_colleges++];
        *college = (sg_college_rows){.code = named ? sg_arena_strdup(arena, code) : NULL,
                                     .now = sg_column_int(&query, NOW),
                                     .then = sg_column_int(&query, THEN)};
        if (named && college->code == NULL)
            return sg_no_memory(err);
        status = sg_query_next(&query, &row, err);
    }
    sg_college_rows *kept = sg_arena_alloc(arena, out->n_colleges + 1, sizeof *kept);
    if (kept == NULL)
        return sg_no_memory(err);
    if (list != NULL)
        memcpy(kept, list, out->n_colleges * sizeof *kept);
    out->colleges = kept;
    return status;
}

sg_status sg_import_compare(sg_import *import, const sg_batch *batch, sg_arena *arena, sg_comparison *out,
                            sg_err *err)
{
    memset(out, 0, sizeof *out);
    out->now = import->delivered;
    sg_status status = load_known_codes(import, out, err);
    if (status == SG_OK)
        status = find_before(import, batch, &out->before, err);
    if (status != SG_OK || out->before.id == 0)
        return status;
    status = read_profile(import->store, out->before.id, DELIVERED, &out->then, err);
    return status == SG_OK ? load_colleges(import, arena, out, err) : status;
}
