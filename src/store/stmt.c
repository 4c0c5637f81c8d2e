/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/stmt.h"

#include <limits.h>
#include <string.h>

#include "store/fault.h"

sg_query sg_query_of(sg_store *store, sg_sql_id id)
{
    return (sg_query){.store = store, .statement = store->statements[id]};
}

void sg_query_end(sg_query *query)
{
    /* what a reset returns is the failure that the step told already */
    (void)sqlite3_reset(query->statement);
    (void)sqlite3_clear_bindings(query->statement);
    query->failure = SQLITE_OK;
}

static void note(sg_query *query, int code)
{
    if (query->failure == SQLITE_OK)
        query->failure = code;
}

void sg_query_int_at(sg_query *query, int place, int64_t value)
{
    note(query, value == SG_BLANK ? sqlite3_bind_null(query->statement, place)
                                  : sqlite3_bind_int64(query->statement, place, value));
}

void sg_query_number_at(sg_query *query, int place, int64_t value)
{
    note(query, sqlite3_bind_int64(query->statement, place, value));
}

void sg_query_text_at(sg_query *query, int place, const char *value)
{
    note(query, sqlite3_bind_text(query->statement, place, value, -1, SQLITE_STATIC)); /* NULL binds NULL */
}

void sg_query_blob_at(sg_query *query, int place, const void *bytes, size_t length)
{
    note(query, sqlite3_bind_blob64(query->statement, place, bytes, length, SQLITE_STATIC));
}

void sg_query_int(sg_query *query, const char *name, int64_t value)
{
    sg_query_int_at(query, sqlite3_bind_parameter_index(query->statement, name), value);
}

void sg_query_text(sg_query *query, const char *name, const char *value)
{
    sg_query_text_at(query, sqlite3_bind_parameter_index(query->statement, name), value);
}

void sg_query_blob(sg_query *query, const char *name, const void *bytes, size_t length)
{
    sg_query_blob_at(query, sqlite3_bind_parameter_index(query->statement, name), bytes, length);
}

sg_status sg_query_next(sg_query *query, bool *out_row, sg_err *err)
{
    int code = query->failure;
    if (code == SQLITE_OK)
        code = sqlite3_step(query->statement);
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        *out_row = code == SQLITE_ROW;
        return SG_OK;
    }
    sg_status status = sg_store_fault(query->store, code, err);
    sg_query_end(query);
    return status;
}

sg_status sg_query_run(sg_query *query, sg_err *err)
{
    int64_t ignored;
    return sg_query_value(query, &ignored, err);
}

sg_status sg_query_repeat(sg_query *query, sg_err *err)
{
    bool row = false;
    sg_status status = sg_query_next(query, &row, err);
    (void)sqlite3_reset(query->statement); /* a failure was told by the step */
    return status;
}

sg_status sg_query_value(sg_query *query, int64_t *out, sg_err *err)
{
    int64_t value = SG_BLANK;
    bool row = false;
    sg_status status = sg_query_next(query, &row, err);
    if (status == SG_OK && row)
        value = sqlite3_column_count(query->statement) > 0 ? sg_column_int(query, 0) : SG_BLANK;
    while (status == SG_OK && row)
        status = sg_query_next(query, &row, err);
    if (status == SG_OK)
        *out = value;
    sg_query_end(query);
    return status;
}

int64_t sg_column_int(sg_query *query, int column)
{
    if (sqlite3_column_type(query->statement, column) == SQLITE_NULL)
        return SG_BLANK;
    return sqlite3_column_int64(query->statement, column);
}

int64_t sg_column_number(sg_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

const char *sg_column_text(sg_query *query, int column)
{
    if (sqlite3_column_type(query->statement, column) == SQLITE_NULL)
        return NULL;
    const unsigned char *text = sqlite3_column_text(query->statement, column);
    if (text == NULL)
        note(query, SQLITE_NOMEM);
    return (const char *)text;
}

const unsigned char *sg_column_blob(sg_query *query, int column, size_t *out_length)
{
    const void *bytes = sqlite3_column_blob(query->statement, column);
    *out_length = bytes != NULL ? (size_t)sqlite3_column_bytes(query->statement, column) : 0;
    return bytes;
}

void sg_column_bytes(sg_query *query, int column, void *out, size_t length)
{
    const void *bytes = sqlite3_column_blob(query->statement, column);
    if (bytes != NULL && (size_t)sqlite3_column_bytes(query->statement, column) == length) {
        memcpy(out, bytes, length);
        return;
    }
    memset(out, 0, length);
    note(query, SQLITE_CORRUPT);
}

void sg_column_copy(sg_query *query, int column, char *out, size_t size)
{
    const char *text = sg_column_text(query, column);
    size_t length = text != NULL ? strnlen(text, size) : size;
    if (length < size) {
        memcpy(out, text, length + 1);
        return;
    }
    out[0] = '\0';
    note(query, SQLITE_CORRUPT);
}
