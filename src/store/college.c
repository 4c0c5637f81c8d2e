/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/college.h"

#include <string.h>

#include "store/fault.h"
#include "store/kind.h"

/* The columns of college_list. */
enum { ID, CODE };

static sg_status count_colleges(sg_store *store, size_t *out_n, int64_t *out_highest, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_COLLEGE_LIST);
    bool row = false;
    *out_n = 0;
    *out_highest = 0;
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        int64_t id = sg_column_int(&query, ID);
        *out_n += 1;
        *out_highest = id > *out_highest ? id : *out_highest;
        status = sg_query_next(&query, &row, err);
    }
    return status;
}

static sg_status take_college(sg_colleges *colleges, sg_query *query, sg_arena *arena, sg_err *err)
{
    int64_t id = sg_column_int(query, ID);
    const char *code = sg_column_text(query, CODE);
    if (id < 1 || (size_t)id >= colleges->n || code == NULL)
        return sg_store_damaged(query->store, "a college has an impossible id or no code", err);
    sg_college *college = &colleges->list[id];
    *college = (sg_college){.code = sg_arena_strdup(arena, code)};
    if (college->code == NULL)
        return sg_no_memory(err);
    college->index = colleges->used[id] ? (int)colleges->n_in_use : -1;
    if (colleges->used[id])
        colleges->in_use[colleges->n_in_use++] = college->code;
    return SG_OK;
}

/* Those with current rows of a kind: used, by id. Most colleges have rows early, and with the last of them the search ends. */
static sg_status find_used(const sg_colleges *colleges, size_t n_colleges, sg_kind kind, sg_store *store,
                           bool *used, sg_err *err)
{
    SG_QUERY query = sg_kind_query(store, kind, SG_ROWS_COLLEGES);
    size_t n_used = 0;
    bool row = false;
    sg_query_int(&query, ":kind", kind);
    sg_query_int(&query, ":as_of", store->as_of);
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        int64_t id = sg_column_int(&query, 0);
        if (id < 1 || (size_t)id >= colleges->n)
            return sg_store_damaged(store, "a row has an impossible college", err);
        n_used += !used[id];
        used[id] = true;
        if (n_used == n_colleges)
            break;
        status = sg_query_next(&query, &row, err);
    }
    return status;
}

sg_status sg_colleges_load(sg_colleges *colleges, sg_store *store, sg_arena *arena, sg_err *err)
{
    enum { MOST_COLLEGES = 1 << 26 };
    size_t n = 0;
    int64_t highest = 0;
    bool row = false;
    sg_status status = count_colleges(store, &n, &highest, err);
    if (status != SG_OK)
        return status;
    if (highest >= MOST_COLLEGES)
        return sg_store_damaged(store, "a college has an impossible id or no code", err);
    *colleges = (sg_colleges){.n = (size_t)highest + 1};
    colleges->list = sg_arena_alloc(arena, colleges->n, sizeof *colleges->list);
    colleges->in_use = sg_arena_alloc(arena, n, sizeof *colleges->in_use);
    colleges->used = sg_arena_alloc(arena, colleges->n, sizeof *colleges->used);
    if (colleges->list == NULL || colleges->in_use == NULL || colleges->used == NULL)
        return sg_no_memory(err);
    status = find_used(colleges, n, SG_KIND_ENROLLMENT, store, colleges->used, err);
    if (status != SG_OK)
        return status;
    SG_QUERY query = sg_query_of(store, SG_SQL_COLLEGE_LIST);
    status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        status = take_college(colleges, &query, arena, err);
        if (status == SG_OK)
            status = sg_query_next(&query, &row, err);
    }
    return status;
}

const sg_college *sg_college_of(const sg_colleges *colleges, int64_t id)
{
    if (id < 1 || (size_t)id >= colleges->n || colleges->list[id].code == NULL)
        return NULL;
    return &colleges->list[id];
}

sg_status sg_store_colleges(sg_store *store, sg_arena *arena, const char *const **out, size_t *out_n,
                            sg_err *err)
{
    sg_colleges colleges = {0};
    bool begun = false;
    sg_status status = sg_snapshot_begin(store, &begun, err);
    if (status == SG_OK)
        status = sg_colleges_load(&colleges, store, arena, err);
    sg_snapshot_end(store, begun);
    if (status != SG_OK)
        return status;
    *out = colleges.in_use;
    *out_n = colleges.n_in_use;
    return SG_OK;
}

static sg_status list_delivering(sg_store *store, sg_kind kind, sg_arena *arena, bool **out, sg_err *err)
{
    sg_colleges colleges = {0};
    sg_status status = sg_colleges_load(&colleges, store, arena, err);
    if (status != SG_OK)
        return status;
    bool *used = sg_arena_alloc(arena, colleges.n, sizeof *used);
    *out = sg_arena_alloc(arena, colleges.n_in_use + 1, sizeof **out);
    if (used == NULL || *out == NULL)
        return sg_no_memory(err);
    status = find_used(&colleges, colleges.n, kind, store, used, err);
    for (size_t id = 0; id < colleges.n; id++)
        if (used[id] && colleges.list[id].code != NULL && colleges.list[id].index >= 0)
            (*out)[colleges.list[id].index] = true;
    return status;
}

sg_status sg_store_delivering(sg_store *store, sg_kind kind, sg_arena *arena, const bool **out, sg_err *err)
{
    bool begun = false, *list = NULL;
    sg_status status = sg_snapshot_begin(store, &begun, err);
    if (status == SG_OK)
        status = list_delivering(store, kind, arena, &list, err);
    sg_snapshot_end(store, begun);
    *out = list;
    return status;
}

/* ---- in words ---- */

enum {
    LONGEST_CODE = 8,  /* that is quoted */
    MOST_COLLEGES = 64 /* where a store has more, its colleges may be something else */
};

sg_status sg_colleges_may_be_named(sg_store *store, bool *out, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_COLLEGE_COUNT);
    int64_t n = 0;
    sg_status status = sg_query_value(&query, &n, err);
    *out = n <= MOST_COLLEGES;
    return status;
}

bool sg_college_may_be_named(const char *code, bool colleges_may)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    return colleges_may && code != NULL && strlen(code) <= LONGEST_CODE &&
           code[strspn(code, letters)] == '\0';
}
