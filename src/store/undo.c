/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kept.h"
#include "store/kind.h"

/* Batches are taken back from the newest of their kind, because each was weighed against those before it. */
static sg_status check_newest(sg_store *store, const sg_batch *batch, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_BATCH_AFTER);
    int64_t newest = SG_BLANK;
    sg_query_text(&query, ":kind", sg_kind_text(batch->kind));
    sg_status status = sg_query_value(&query, &newest, err);
    if (status == SG_OK && newest != batch->id)
        return sg_fail(
            err, SG_USAGE,
            "batch %lld cannot be taken back while batch %lld, a later one of kind %s, is in use: take "
            "that one back first, and import its file again afterwards",
            (long long)batch->id, (long long)newest, sg_kind_text(batch->kind));
    return status;
}

static sg_status run_of_kind(sg_store *store, const sg_batch *batch, sg_sql_id id, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, id);
    sg_query_int(&query, ":batch", batch->id);
    sg_query_int(&query, ":kind", batch->kind);
    return sg_query_run(&query, err);
}

static sg_status take_out(sg_store *store, const sg_batch *batch, sg_err *err)
{
    SG_QUERY rows = sg_kind_query(store, batch->kind, SG_ROWS_UNDO);
    SG_QUERY scopes = sg_query_of(store, SG_SQL_DELIVERY_SCOPE_UNDO);
    SG_QUERY profile = sg_query_of(store, SG_SQL_PROFILE_UNDO);
    SG_QUERY profile_scopes = sg_query_of(store, SG_SQL_PROFILE_SCOPE_UNDO);
    SG_QUERY state = sg_query_of(store, SG_SQL_BATCH_UNDO);
    sg_query_int(&rows, ":batch", batch->id);
    sg_query_int(&scopes, ":batch", batch->id);
    sg_query_int(&profile, ":batch", batch->id);
    sg_query_int(&profile_scopes, ":batch", batch->id);
    sg_query_int(&state, ":batch", batch->id);
    sg_query_text(&state, ":reason", "taken back");
    sg_status status = run_of_kind(store, batch, SG_SQL_ROW_END_UNDO, err);
    if (status == SG_OK)
        status = run_of_kind(store, batch, SG_SQL_ROW_SEEN_UNDO, err);
    if (status == SG_OK)
        status = sg_query_run(&rows, err);
    if (status == SG_OK)
        status = sg_query_run(&scopes, err);
    if (status == SG_OK)
        status = sg_query_run(&profile, err);
    if (status == SG_OK)
        status = sg_query_run(&profile_scopes, err);
    if (status == SG_OK)
        status = sg_kept_drop(store, batch->id, err);
    return status == SG_OK ? sg_query_run(&state, err) : status;
}

/* A held batch has no rows in use: only those that were refused are kept of it, and that it waits. */
static sg_status drop_held(sg_store *store, const sg_batch *batch, sg_err *err)
{
    SG_QUERY state = sg_query_of(store, SG_SQL_BATCH_UNDO);
    sg_query_int(&state, ":batch", batch->id);
    sg_query_text(&state, ":reason", "was held, and was dropped by hand");
    sg_status status = sg_kept_drop(store, batch->id, err);
    return status == SG_OK ? sg_query_run(&state, err) : status;
}

static sg_status take_back(sg_store *store, const sg_batch *batch, sg_err *err)
{
    if (batch->state == SG_BATCH_HELD)
        return drop_held(store, batch, err);
    sg_status status = check_newest(store, batch, err);
    return status == SG_OK ? take_out(store, batch, err) : status;
}

sg_status sg_store_undo(sg_store *store, int64_t id, sg_batch *out, sg_err *err)
{
    sg_batch batch;
    bool found = false;
    sg_status status = sg_store_get_batch(store, id, &batch, &found, err);
    if (status != SG_OK)
        return status;
    if (!found || (batch.state != SG_BATCH_APPLIED && batch.state != SG_BATCH_HELD))
        return sg_fail(err, SG_USAGE,
                       "batch %lld is neither in use nor held; 'skillgain status' lists those that are",
                       (long long)id);
    status = sg_store_begin(store, err);
    if (status == SG_OK)
        status = take_back(store, &batch, err);
    if (status == SG_OK)
        status = sg_store_commit(store, err);
    if (status != SG_OK) {
        sg_store_roll_back(store);
        return status;
    }
    batch.state = SG_BATCH_UNDONE;
    *out = batch;
    return SG_OK;
}
