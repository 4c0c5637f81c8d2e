/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "store/import.h"

/* ---- rows ---- */

/* Rows that a later delivery outdates were entered before that was known. */
static sg_status drop_outdated(sg_import *import, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < import->n_news && status == SG_OK; i++) {
        if (import->news[i].dropped || import->news[i].takes_effect)
            continue;
        SG_QUERY query = sg_kind_query(import->store, import->kind, SG_ROWS_DROP);
        sg_query_int(&query, ":id", import->first_id + (int64_t)i);
        status = sg_query_run(&query, err);
    }
    return status;
}

static int compare_places(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* The known rows that end, in the order in which they lie, so that a night writes one place after another. */
static sg_status list_ended(const sg_import *import, uint32_t **out, size_t *out_n, sg_err *err)
{
    size_t n = 0;
    uint32_t *ended = malloc((import->n_withdrawn + import->n_news + 1) * sizeof *ended);
    if (ended == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < import->n_withdrawn; i++)
        ended[n++] = import->withdrawn[i];
    for (size_t i = 0; i < import->n_news; i++)
        if (import->news[i].takes_effect && import->news[i].old != 0)
            ended[n++] = import->news[i].old - 1;
    qsort(ended, n, sizeof *ended, compare_places);
    *out = ended;
    *out_n = n;
    return SG_OK;
}

static sg_status add_line(sg_import *import, sg_sql_id id, int64_t row, sg_err *err)
{
    SG_QUERY query = sg_query_of(import->store, id);
    sg_query_int(&query, ":kind", import->kind);
    sg_query_int(&query, ":row", row);
    sg_query_int(&query, ":batch", import->batch);
    return sg_query_run(&query, err);
}

static sg_status end_rows(sg_import *import, sg_err *err)
{
    uint32_t *ended SG_AUTO_FREE = NULL;
    size_t n = 0;
    sg_status status = list_ended(import, &ended, &n, err);
    for (size_t i = 0; i < n && status == SG_OK; i++)
        status = add_line(import, SG_SQL_ROW_END_ADD, import->known.all[ended[i]].id, err);
    return status;
}

static sg_status note_texts(sg_import *import, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < import->n_raws && status == SG_OK; i++) {
        const sg_new_text *text = &import->raws[i];
        SG_QUERY query = sg_kind_query(import->store, import->kind, SG_ROWS_RAW);
        sg_query_int(&query, ":raw", text->raw != 0 ? (int64_t)text->raw : SG_BLANK);
        sg_query_int(&query, ":verdict", text->verdict);
        sg_query_int(&query, ":id", import->known.all[text->place].id);
        status = sg_query_run(&query, err);
    }
    return status;
}

/* A partial delivery says nothing of what it lacks; that it had a row is worth a line. */
static sg_status note_seen(sg_import *import, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < import->n_arrivals && status == SG_OK; i++) {
        int64_t place = import->arrivals[i];
        if (place < 0 && place != SG_NO_ARRIVAL)
            status = add_line(import, SG_SQL_ROW_SEEN_ADD, import->known.all[~place].id, err);
    }
    return status;
}

/* ---- scopes ---- */

static sg_status run_scopes(sg_import *import, sg_sql_id id, bool by_batch, sg_err *err)
{
    SG_QUERY query = sg_query_of(import->store, id);
    sg_query_text(&query, ":kind", sg_kind_text(import->kind));
    if (by_batch)
        sg_query_int(&query, ":batch", import->batch);
    return sg_query_run(&query, err);
}

sg_status sg_import_apply_rows(sg_import *import, const sg_batch *batch, sg_err *err)
{
    sg_status status = drop_outdated(import, err);
    if (status == SG_OK)
        status = end_rows(import, err);
    if (status == SG_OK)
        status = note_texts(import, err);
    if (status == SG_OK && batch->delivery == SG_DELIVERY_DELTA)
        status = note_seen(import, err);
    if (status == SG_OK)
        status = run_scopes(import, SG_SQL_APPLY_SCOPES, false, err);
    if (status == SG_OK)
        status = run_scopes(import, SG_SQL_APPLY_DELIVERY_SCOPES, true, err);
    return status == SG_OK ? sg_import_enter_profile(import, err) : status;
}
