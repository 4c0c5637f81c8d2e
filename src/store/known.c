/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/known.h"

#include <stdlib.h>

#include "store/fault.h"

void sg_known_release(sg_known_rows *rows)
{
    free(rows->all);
    free(rows->by_key);
    free(rows->by_raw);
    *rows = (sg_known_rows){0};
}

/* ---- reading ---- */

/* Lines of a table that belong to rows, by row: asked for in the order of rows. */
typedef struct {
    sg_query query;
    bool at_line;
    int64_t row;
} row_lines;

static sg_status next_line(row_lines *lines, sg_err *err)
{
    sg_status status = sg_query_next(&lines->query, &lines->at_line, err);
    lines->row = lines->at_line ? sg_column_int(&lines->query, 0) : INT64_MAX;
    return status;
}

static sg_status open_lines(row_lines *lines, sg_store *store, sg_sql_id id, sg_kind kind, sg_err *err)
{
    *lines = (row_lines){.query = sg_query_of(store, id)};
    sg_query_int(&lines->query, ":kind", kind);
    sg_query_int(&lines->query, ":as_of", store->as_of);
    return next_line(lines, err);
}

static sg_day day_of(sg_query *query, int column, int instead)
{
    int64_t value = sg_column_int(query, column);
    if (value == SG_BLANK && instead >= 0)
        value = sg_column_int(query, instead);
    return value != SG_BLANK ? (sg_day)value : SG_DAY_NONE;
}

static sg_known known_of(sg_query *query)
{
    enum { ID, RAW, KEY, DIGEST, BATCH, SCOPE, DAY, DAY_INSTEAD, END_DAY, HOURS };
    int64_t raw = sg_column_int(query, RAW);
    return (sg_known){.raw = raw != SG_BLANK ? (uint64_t)raw : 0,
                      .key = (uint64_t)sg_column_int(query, KEY),
                      .digest = (uint64_t)sg_column_int(query, DIGEST),
                      .id = sg_column_int(query, ID),
                      .scope = (uint32_t)sg_column_int(query, SCOPE),
                      .batch = (uint32_t)sg_column_int(query, BATCH),
                      .day = day_of(query, DAY, DAY_INSTEAD),
                      .end = day_of(query, END_DAY, -1),
                      .has_hours = sg_column_int(query, HOURS) > 0};
}

static sg_status load_rows(sg_known_rows *rows, sg_query *query, row_lines *ends, row_lines *seen,
                           sg_err *err)
{
    bool at_row = false;
    sg_status status = sg_query_next(query, &at_row, err);
    while (status == SG_OK && at_row) {
        int64_t id = sg_column_int(query, 0);
        while (status == SG_OK && ends->row < id)
            status = next_line(ends, err);
        if (status == SG_OK && ends->row != id) {
            if (!sg_grow(&rows->all, &rows->capacity, rows->n + 1, sizeof *rows->all))
                return sg_no_memory(err);
            sg_known *row = &rows->all[rows->n++];
            *row = known_of(query);
            while (status == SG_OK && seen->row <= id) {
                row->seen = seen->row == id ? (uint32_t)sg_column_int(&seen->query, 1) : row->seen;
                status = next_line(seen, err);
            }
        }
        if (status == SG_OK)
            status = sg_query_next(query, &at_row, err);
    }
    return status;
}

/* ---- looking up ---- */

static uint64_t value_of(const sg_known *row, bool by_raw)
{
    return by_raw ? row->raw : row->key;
}

static size_t find_slot(const sg_known_rows *rows, bool by_raw, uint64_t value)
{
    const uint32_t *slots = by_raw ? rows->by_raw : rows->by_key;
    size_t mask = rows->n_slots - 1, slot = (size_t)value & mask;
    while (slots[slot] != 0 && value_of(&rows->all[slots[slot] - 1], by_raw) != value)
        slot = (slot + 1) & mask;
    return slot;
}

static bool build_tables(sg_known_rows *rows)
{
    rows->n_slots = 1024;
    while (rows->n_slots < rows->n * 2)
        rows->n_slots *= 2;
    rows->by_key = sg_large_calloc(rows->n_slots, sizeof *rows->by_key);
    rows->by_raw = sg_large_calloc(rows->n_slots, sizeof *rows->by_raw);
    if (rows->by_key == NULL || rows->by_raw == NULL || rows->n >= UINT32_MAX)
        return false;
    for (size_t i = 0; i < rows->n; i++) {
        rows->by_key[find_slot(rows, false, rows->all[i].key)] = (uint32_t)(i + 1);
        if (rows->all[i].raw != 0)
            rows->by_raw[find_slot(rows, true, rows->all[i].raw)] = (uint32_t)(i + 1);
    }
    return true;
}

static sg_known *look_up(const sg_known_rows *rows, bool by_raw, uint64_t value)
{
    if (rows->n == 0)
        return NULL;
    uint32_t place = (by_raw ? rows->by_raw : rows->by_key)[find_slot(rows, by_raw, value)];
    return place != 0 ? &rows->all[place - 1] : NULL;
}

sg_known *sg_known_by_key(const sg_known_rows *rows, uint64_t key)
{
    return look_up(rows, false, key);
}

sg_known *sg_known_by_raw(const sg_known_rows *rows, uint64_t raw)
{
    return look_up(rows, true, raw);
}

sg_status sg_known_load(sg_known_rows *rows, sg_store *store, sg_kind kind, sg_err *err)
{
    SG_QUERY query = sg_kind_query(store, kind, SG_ROWS_KNOWN);
    row_lines ends, seen;
    sg_status status = open_lines(&ends, store, SG_SQL_ROW_ENDS, kind, err);
    if (status == SG_OK)
        status = open_lines(&seen, store, SG_SQL_ROW_SEEN, kind, err);
    if (status == SG_OK) {
        status = load_rows(rows, &query, &ends, &seen, err);
        sg_query_end(&seen.query);
    }
    sg_query_end(&ends.query);
    if (status == SG_OK && !build_tables(rows))
        status = sg_no_memory(err);
    return status;
}
