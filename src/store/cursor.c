/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/cursor.h"

#include <string.h>

#include "store/content.h"
#include "store/fault.h"

void sg_cursor_open(sg_cursor *cursor, sg_store *store, sg_kind kind, const sg_colleges *colleges,
                    const sg_reach *reach)
{
    *cursor = (sg_cursor){
        .query = sg_query_of(store, sg_store_sql(kind)->read), .colleges = colleges, .reach = reach};
    cursor->row.kind = kind;
    for (size_t i = 0; i < SG_MAX_FIELDS; i++)
        cursor->row.number[i] = SG_BLANK;
}

void sg_cursor_close(sg_cursor *cursor)
{
    sg_query_end(&cursor->query);
    sg_str_release(&cursor->room);
}

static bool read_college(sg_cursor *cursor, int column, int field)
{
    int64_t id = sg_column_int(&cursor->query, column);
    cursor->college = id != SG_BLANK ? sg_college_of(cursor->colleges, id) : NULL;
    cursor->row.text[field] = cursor->college != NULL ? cursor->college->code : NULL;
    return id == SG_BLANK || cursor->college != NULL;
}

static bool read_fields(sg_cursor *cursor)
{
    sg_record *row = &cursor->row;
    const sg_columns *columns = &cursor->query.store->columns[row->kind];
    const sg_field *fields = sg_kind_table(row->kind)->fields;
    int college_field = sg_kind_table(row->kind)->college;
    bool sound = true;
    int column = SG_ROW_FIRST_FIELD;
    for (size_t i = 0; i < columns->n; i++, column++) {
        int field = columns->field[i];
        if (field == college_field)
            sound = read_college(cursor, column, field) && sound;
        else if (fields[field].type == SG_TYPE_TEXT)
            row->text[field] = sg_column_text(&cursor->query, column);
        else
            row->number[field] = sg_column_int(&cursor->query, column);
    }
    row->custom = sg_column_text(&cursor->query, column);
    return sound;
}

sg_status sg_cursor_next(sg_cursor *cursor, sg_err *err)
{
    unsigned char stored[SG_ROW_DIGEST], digest[SG_ROW_DIGEST];
    sg_query *query = &cursor->query;
    sg_status status = sg_query_next(query, &cursor->at_row, err);
    if (status != SG_OK || !cursor->at_row)
        return status;
    sg_column_bytes(query, SG_ROW_PSEUDONYM, cursor->row.learner.bytes, sizeof cursor->row.learner.bytes);
    sg_column_bytes(query, SG_ROW_KEY, cursor->row.key, sizeof cursor->row.key);
    sg_column_bytes(query, SG_ROW_DIGESTED, stored, sizeof stored);
    cursor->known = sg_reach_of(cursor->reach, query);
    bool sound = read_fields(cursor) && cursor->known.cutoff != SG_DAY_NONE;
    if (query->failure != SQLITE_OK)
        return sg_store_fault(query->store, query->failure, err);
    status = sg_row_digest(&cursor->row, &cursor->room, digest, err);
    if (status != SG_OK)
        return status;
    if (!sound || memcmp(stored, digest, sizeof digest) != 0)
        return sg_store_damaged(query->store, "a row does not fit its digest", err);
    return SG_OK;
}
