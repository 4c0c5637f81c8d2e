/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "store/reach.h"
#include "store/rows.h"

SG_DEFINE_CLEANUP(sg_sha256, sg_sha256, sg_sha256_free)

/* A row's own digest covers whose it is and all its fields, colleges by code; what else a report depends on is added. */
typedef struct {
    uint64_t digest;
    sg_batch_reach known;
} row_content;

static int compare_contents(const void *a, const void *b)
{
    const row_content *left = a, *right = b;
    return (left->digest > right->digest) - (left->digest < right->digest);
}

/* The rows lie in the order of imports; sorted by their digests they don't tell it. */
static sg_status list_contents(sg_store *store, sg_kind kind, const sg_colleges *colleges,
                               const sg_reach *reach, row_content **out, size_t *out_n, sg_err *err)
{
    SG_CLEANUP(sg_rows_close) sg_rows rows = {0};
    size_t capacity = 0;
    sg_status status = sg_rows_open(&rows, store, kind, colleges, err);
    if (status == SG_OK)
        status = sg_rows_next(&rows, err);
    while (status == SG_OK && rows.at_row) {
        if (!sg_grow(out, &capacity, *out_n + 1, sizeof **out))
            return sg_no_memory(err);
        (*out)[(*out_n)++] = (row_content){rows.row.digest,
                                           sg_reach_of(reach, rows.scope, rows.batch, rows.seen_by)};
        status = sg_rows_next(&rows, err);
    }
    if (*out_n > 1)
        qsort(*out, *out_n, sizeof **out, compare_contents);
    return status;
}

static sg_status add_rows(sg_sha256 *digest, sg_store *store, sg_kind kind, const sg_colleges *colleges,
                          const sg_reach *reach, sg_err *err)
{
    row_content *contents SG_AUTO_FREE = NULL;
    size_t n = 0;
    sg_sha256_add_field(digest, sg_kind_text(kind));
    sg_status status = list_contents(store, kind, colleges, reach, &contents, &n, err);
    for (size_t i = 0; i < n && status == SG_OK; i++) {
        sg_sha256_add_int(digest, (int64_t)contents[i].digest);
        sg_sha256_add_int(digest, contents[i].known.cutoff);
        sg_sha256_add_int(digest, contents[i].known.has_hours);
    }
    sg_sha256_add_int(digest, (int64_t)n);
    return status;
}

static sg_status add_kind(sg_sha256 *digest, sg_store *store, sg_kind kind, const sg_colleges *colleges,
                          const sg_reach *reach, sg_err *err)
{
    sg_day cutoff = SG_DAY_NONE;
    sg_status status = add_rows(digest, store, kind, colleges, reach, err);
    if (status == SG_OK)
        status = sg_store_cutoff(store, kind, &cutoff, err);
    sg_sha256_add_int(digest, cutoff);
    return status;
}

sg_status sg_store_digest(sg_store *store, char out[SG_SHA256_TEXT], sg_err *err)
{
    SG_CLEANUP(sg_sha256_cleanup) sg_sha256 *digest = sg_sha256_new();
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    SG_CLEANUP(sg_reach_release) sg_reach reach = {0};
    sg_colleges colleges = {0};
    bool begun = false;
    if (digest == NULL || arena == NULL)
        return sg_no_memory(err);
    sg_status status = sg_snapshot_begin(store, &begun, err);
    if (status == SG_OK)
        status = sg_reach_load(&reach, store, err);
    if (status == SG_OK)
        status = sg_colleges_load(&colleges, store, arena, err);
    for (int kind = 0; status == SG_OK && kind < SG_N_KINDS; kind++)
        status = add_kind(digest, store, (sg_kind)kind, &colleges, &reach, err);
    sg_snapshot_end(store, begun);
    if (status == SG_OK)
        sg_sha256_text(digest, out);
    return status;
}
