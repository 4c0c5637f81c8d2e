/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/rows.h"

#include <string.h>

#include "store/fault.h"

/* ---- what is known of rows elsewhere, by row ---- */

static sg_status next_of(sg_query *query, int64_t *out_row, sg_err *err)
{
    bool at_line = false;
    sg_status status = sg_query_next(query, &at_line, err);
    *out_row = status == SG_OK && at_line ? sg_column_int(query, 0) : INT64_MAX;
    return status;
}

static void bind(sg_query *query, sg_kind kind)
{
    sg_query_int(query, ":kind", kind);
    sg_query_int(query, ":first", 1);
    sg_query_int(query, ":as_of", query->store->as_of);
}

sg_status sg_rows_open(sg_rows *rows, sg_store *store, sg_kind kind, const sg_colleges *colleges, sg_err *err)
{
    *rows = (sg_rows){.query = sg_kind_query(store, kind, SG_ROWS_READ),
                      .ends = sg_query_of(store, SG_SQL_ROW_ENDS),
                      .seen = sg_query_of(store, SG_SQL_ROW_SEEN),
                      .colleges = colleges};
    rows->row.kind = kind;
    sg_query_int(&rows->query, ":as_of", store->as_of);
    bind(&rows->ends, kind);
    bind(&rows->seen, kind);
    sg_status status = next_of(&rows->ends, &rows->next_end, err);
    return status == SG_OK ? next_of(&rows->seen, &rows->next_seen, err) : status;
}

void sg_rows_close(sg_rows *rows)
{
    if (rows->query.store == NULL)
        return;
    sg_query_end(&rows->query);
    sg_query_end(&rows->ends);
    sg_query_end(&rows->seen);
    sg_str_release(&rows->room);
}

/* Whether the row at hand has ended, and which partial delivery saw it last. */
static sg_status look_up(sg_rows *rows, bool *out_ended, sg_err *err)
{
    sg_status status = SG_OK;
    rows->id = sg_column_int(&rows->query, SG_READ_ID);
    rows->seen_by = 0;
    while (status == SG_OK && rows->next_end < rows->id)
        status = next_of(&rows->ends, &rows->next_end, err);
    while (status == SG_OK && rows->next_seen <= rows->id) {
        if (rows->next_seen == rows->id)
            rows->seen_by = sg_column_int(&rows->seen, 1);
        status = next_of(&rows->seen, &rows->next_seen, err);
    }
    *out_ended = rows->next_end == rows->id;
    return status;
}

/* ---- the row itself ---- */

static bool read_fields(sg_rows *rows)
{
    int64_t college = SG_BLANK;
    bool sound = sg_kind_read_fields(&rows->query, SG_READ_FIRST_FIELD, &rows->row, &college);
    rows->college = college != SG_BLANK ? sg_college_of(rows->colleges, college) : NULL;
    if (rows->college != NULL)
        rows->row.text[sg_kind_table(rows->row.kind)->college] = rows->college->code;
    return sound && (college == SG_BLANK || rows->college != NULL);
}

static sg_status read_row(sg_rows *rows, sg_err *err)
{
    sg_query *query = &rows->query;
    sg_record *row = &rows->row;
    uint64_t key = (uint64_t)sg_column_int(query, SG_READ_KEY);
    sg_record_clear(row, row->kind);
    for (int i = 0; i < SG_RECORD_KEY_BYTES; i++)
        row->key[i] = (unsigned char)(key >> (8 * i) & 0xff);
    const uint64_t digest = (uint64_t)sg_column_int(query, SG_READ_DIGEST);
    row->line = sg_column_int(query, SG_READ_LINE);
    rows->batch = sg_column_int(query, SG_READ_BATCH);
    rows->scope = sg_column_int(query, SG_READ_SCOPE);
    sg_column_bytes(query, SG_READ_LEARNER, row->learner.bytes, sizeof row->learner.bytes);
    bool sound = read_fields(rows);
    if (query->failure != SQLITE_OK)
        return sg_store_fault(query->store, query->failure, err);
    sg_status status = sg_record_pack(row, &rows->room, err);
    if (status == SG_OK && (!sound || digest != row->digest))
        return sg_store_damaged(query->store, "a row does not fit its digest", err);
    return status;
}

sg_status sg_rows_next(sg_rows *rows, sg_err *err)
{
    bool ended = true;
    sg_status status = SG_OK;
    while (status == SG_OK && ended) {
        status = sg_query_next(&rows->query, &rows->at_row, err);
        if (status != SG_OK || !rows->at_row)
            return status;
        status = look_up(rows, &ended, err);
    }
    return status == SG_OK ? read_row(rows, err) : status;
}
