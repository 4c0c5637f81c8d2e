/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reach.h"

#include <stdlib.h>

/* Ids are handed out one after another; an array by id has hardly a hole. More than this many is damage. */
enum { MOST_IDS = 1 << 26 };

static bool make_room(void *list, size_t *capacity, size_t *n, int64_t id, size_t size)
{
    if (id < 0 || id >= MOST_IDS || !sg_grow(list, capacity, (size_t)id + 1, size))
        return false;
    if (*n <= (size_t)id)
        *n = (size_t)id + 1;
    return true;
}

static sg_status load_batches(sg_reach *reach, sg_store *store, sg_err *err)
{
    enum { ID, CUTOFF, HAS_HOURS };
    SG_QUERY query = sg_query_of(store, SG_SQL_BATCH_FACTS);
    bool row = false;
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        int64_t id = sg_column_int(&query, ID), cutoff = sg_column_int(&query, CUTOFF);
        if (!make_room(&reach->batches, &reach->batch_capacity, &reach->n_batches, id,
                       sizeof *reach->batches))
            return sg_no_memory(err);
        reach->batches[id] = (sg_batch_reach){.cutoff = cutoff != SG_BLANK ? (sg_day)cutoff : SG_DAY_NONE,
                                              .has_hours = sg_column_int(&query, HAS_HOURS) != 0};
        status = sg_query_next(&query, &row, err);
    }
    return status;
}

static sg_status load_scopes(sg_reach *reach, sg_store *store, sg_err *err)
{
    enum { SCOPE, BATCH };
    SG_QUERY query = sg_query_of(store, SG_SQL_SCOPE_LIST);
    bool row = false;
    sg_query_int(&query, ":any", SG_SCOPE_ANY);
    sg_query_int(&query, ":as_of", store->as_of);
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        int64_t scope = sg_column_int(&query, SCOPE);
        if (!make_room(&reach->last_full, &reach->scope_capacity, &reach->n_scopes, scope,
                       sizeof *reach->last_full))
            return sg_no_memory(err);
        reach->last_full[scope] = sg_column_int(&query, BATCH);
        status = sg_query_next(&query, &row, err);
    }
    return status;
}

sg_status sg_reach_load(sg_reach *reach, sg_store *store, sg_err *err)
{
    sg_status status = load_batches(reach, store, err);
    return status == SG_OK ? load_scopes(reach, store, err) : status;
}

void sg_reach_release(sg_reach *reach)
{
    free(reach->batches);
    free(reach->last_full);
    *reach = (sg_reach){0};
}

/* By cut-off, of equal ones the later import. */
static int64_t later_batch(const sg_reach *reach, int64_t a, int64_t b)
{
    if (b <= 0 || (size_t)b >= reach->n_batches)
        return a;
    if (a <= 0 || (size_t)a >= reach->n_batches)
        return b;
    sg_day left = reach->batches[a].cutoff, right = reach->batches[b].cutoff;
    return left > right || (left == right && a > b) ? a : b;
}

int64_t sg_reach_batch(const sg_reach *reach, int64_t scope, int64_t batch, int64_t seen)
{
    int64_t full = scope >= 0 && (size_t)scope < reach->n_scopes ? reach->last_full[scope] : 0;
    int64_t last = later_batch(reach, later_batch(reach, batch, seen), full);
    return last > 0 && (size_t)last < reach->n_batches ? last : 0;
}

sg_batch_reach sg_reach_of(const sg_reach *reach, int64_t scope, int64_t batch, int64_t seen)
{
    int64_t last = sg_reach_batch(reach, scope, batch, seen);
    return last > 0 ? reach->batches[last] : (sg_batch_reach){.cutoff = SG_DAY_NONE};
}
