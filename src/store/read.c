/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of a kind, in the order in which they came.
 */
#include "store/reach.h"
#include "store/rows.h"

sg_status sg_store_records(sg_store *store, sg_kind kind,
                           sg_status (*each)(void *context, const sg_record *row, int64_t batch,
                                             int64_t known_by, sg_err *err),
                           void *context, sg_err *err)
{
    SG_CLEANUP(sg_rows_close) sg_rows rows = {0};
    SG_CLEANUP(sg_reach_release) sg_reach reach = {0};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_colleges colleges = {0};
    bool begun = false;
    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = sg_snapshot_begin(store, &begun, err);
    if (status == SG_OK)
        status = sg_colleges_load(&colleges, store, arena, err);
    if (status == SG_OK)
        status = sg_reach_load(&reach, store, err);
    if (status == SG_OK)
        status = sg_rows_open(&rows, store, kind, &colleges, err);
    if (status == SG_OK)
        status = sg_rows_next(&rows, err);
    while (status == SG_OK && rows.at_row) {
        status = each(context, &rows.row, rows.batch,
                      sg_reach_batch(&reach, rows.scope, rows.batch, rows.seen_by), err);
        if (status == SG_OK)
            status = sg_rows_next(&rows, err);
    }
    sg_snapshot_end(store, begun);
    return status;
}
