/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/known.h"

#include <stdlib.h>
#include <string.h>

#include "skillgain/base/task.h"
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

static sg_status open_lines(row_lines *lines, sg_store *store, sg_sql_id id, sg_kind kind, int64_t first,
                            sg_err *err)
{
    *lines = (row_lines){.query = sg_query_of(store, id)};
    sg_query_int(&lines->query, ":kind", kind);
    sg_query_int(&lines->query, ":first", first);
    sg_query_int(&lines->query, ":as_of", store->as_of);
    return next_line(lines, err);
}

/* 0 is a day like any other, and what SQLite makes of NULL: almost every value is neither. */
static sg_day day_of(sg_query *query, int column)
{
    int64_t value = sg_column_number(query, column);
    if (value == 0)
        value = sg_column_int(query, column);
    return value != SG_BLANK ? (sg_day)value : SG_DAY_NONE;
}

static sg_known known_of(sg_query *query)
{
    enum { ID, RAW, VERDICT, KEY, DIGEST, BATCH, SCOPE, DAY, DAY_INSTEAD, END_DAY, HOURS };
    sg_day day = day_of(query, DAY);
    return (sg_known){.raw = (uint64_t)sg_column_number(query, RAW), /* of NULL: 0, and so below */
                      .key = (uint64_t)sg_column_number(query, KEY),
                      .digest = (uint64_t)sg_column_number(query, DIGEST),
                      .id = sg_column_number(query, ID),
                      .verdict = (uint32_t)sg_column_number(query, VERDICT),
                      .scope = (uint32_t)sg_column_number(query, SCOPE),
                      .batch = (uint32_t)sg_column_number(query, BATCH),
                      .day = day != SG_DAY_NONE ? day : day_of(query, DAY_INSTEAD),
                      .end = day_of(query, END_DAY),
                      .has_hours = sg_column_number(query, HOURS) > 0};
}

/* Rows of some ids, which have their places in the order of ids. */
typedef struct {
    sg_known_rows *rows;
    sg_store *store;
    sg_kind kind;
    int64_t first, last;
    size_t n; /* loaded, to the place of the first id on */
} part;

static sg_status load_rows(part *p, sg_query *query, row_lines *ends, row_lines *seen, sg_err *err)
{
    sg_known *all = p->rows->all + (p->first - 1);
    bool at_row = false;
    sg_status status = sg_query_next(query, &at_row, err);
    while (status == SG_OK && at_row) {
        int64_t id = sg_column_number(query, 0);
        while (status == SG_OK && ends->row < id)
            status = next_line(ends, err);
        if (status == SG_OK && ends->row != id) {
            sg_known *row = &all[p->n++];
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

static sg_status load_part(part *p, sg_store *store, sg_err *err)
{
    SG_QUERY query = sg_kind_query(store, p->kind, SG_ROWS_KNOWN);
    row_lines ends, seen;
    sg_query_int(&query, ":first", p->first);
    sg_query_int(&query, ":last", p->last);
    sg_status status = open_lines(&ends, store, SG_SQL_ROW_ENDS, p->kind, p->first, err);
    if (status == SG_OK)
        status = open_lines(&seen, store, SG_SQL_ROW_SEEN, p->kind, p->first, err);
    if (status == SG_OK) {
        status = load_rows(p, &query, &ends, &seen, err);
        sg_query_end(&seen.query);
    }
    sg_query_end(&ends.query);
    return status;
}

/* The first by the store's own connection, each other one by one beside it. */
static sg_status load_beside(void *context, size_t i, sg_err *err)
{
    part *p = (part *)context + i;
    SG_CLEANUP(sg_store_cleanup) sg_store *beside = NULL;
    sg_status status = i > 0 ? sg_store_open_beside(p->store, &beside, err) : SG_OK;
    return status == SG_OK ? load_part(p, i > 0 ? beside : p->store, err) : status;
}

enum { MOST_PARTS = 4, LARGE_PART = 65536 };

static sg_status load_parts(sg_known_rows *rows, sg_store *store, sg_kind kind, int64_t last, int jobs,
                            sg_err *err)
{
    part parts[MOST_PARTS];
    int64_t n = last / LARGE_PART < jobs ? last / LARGE_PART : jobs;
    n = n < 1 ? 1 : n > MOST_PARTS ? MOST_PARTS : n;
    for (int64_t i = 0; i < n; i++)
        parts[i] = (part){.rows = rows,
                          .store = store,
                          .kind = kind,
                          .first = last / n * i + 1,
                          .last = i + 1 < n ? last / n * (i + 1) : last};
    sg_status status = sg_tasks_run(jobs, (size_t)n, load_beside, parts, err);
    for (int64_t i = 0; i < n && status == SG_OK; i++) {
        memmove(rows->all + rows->n, rows->all + parts[i].first - 1, parts[i].n * sizeof *rows->all);
        rows->n += parts[i].n;
    }
    return status;
}

/* ---- looking up ---- */

enum { AHEAD = 16 }; /* so many rows before a slot is needed it is asked for */

static uint64_t value_of(const sg_known *row, bool by_raw)
{
    return by_raw ? row->raw : row->key;
}

static uint32_t tag_of(const sg_known_rows *rows, uint64_t value)
{
    return (uint32_t)(value >> 32) & ~rows->places;
}

/* Values differ but by an accident that a table of twice as many slots has room for. Slots are far apart in memory. */
static void fill_table(const sg_known_rows *rows, bool by_raw)
{
    uint32_t *slots = by_raw ? rows->by_raw : rows->by_key;
    size_t mask = rows->n_slots - 1;
    for (size_t i = 0; i < rows->n; i++) {
        uint64_t value = value_of(&rows->all[i], by_raw);
        size_t slot = (size_t)value & mask;
        if (i + AHEAD < rows->n)
            __builtin_prefetch(&slots[(size_t)value_of(&rows->all[i + AHEAD], by_raw) & mask], 1);
        if (by_raw && value == 0)
            continue;
        while (slots[slot] != 0)
            slot = (slot + 1) & mask;
        slots[slot] = tag_of(rows, value) | (uint32_t)(i + 1);
    }
}

static sg_status fill_one(void *context, size_t i, sg_err *err)
{
    (void)err;
    fill_table(context, i > 0);
    return SG_OK;
}

static sg_status build_tables(sg_known_rows *rows, int jobs, sg_err *err)
{
    rows->n_slots = 1024;
    while (rows->n_slots < rows->n + rows->n / 4)
        rows->n_slots *= 2;
    rows->places = (uint32_t)(rows->n_slots - 1);
    rows->by_key = sg_large_calloc(rows->n_slots, sizeof *rows->by_key);
    rows->by_raw = sg_large_calloc(rows->n_slots, sizeof *rows->by_raw);
    if (rows->by_key == NULL || rows->by_raw == NULL || rows->n >= UINT32_MAX / 2)
        return sg_no_memory(err);
    return sg_tasks_run(jobs, 2, fill_one, rows, err);
}

static sg_known *look_up(const sg_known_rows *rows, bool by_raw, uint64_t value)
{
    const uint32_t *slots = by_raw ? rows->by_raw : rows->by_key;
    if (rows->n == 0)
        return NULL;
    size_t mask = rows->n_slots - 1, slot = (size_t)value & mask;
    for (uint32_t at; (at = slots[slot]) != 0; slot = (slot + 1) & mask)
        if ((at & ~rows->places) == tag_of(rows, value) &&
            value_of(&rows->all[(at & rows->places) - 1], by_raw) == value)
            return &rows->all[(at & rows->places) - 1];
    return NULL;
}

sg_known *sg_known_by_key(const sg_known_rows *rows, uint64_t key)
{
    return look_up(rows, false, key);
}

/* The row at one of the places that the file may go on at. */
static sg_known *find_next(const sg_known_rows *rows, size_t place, uint64_t raw)
{
    for (size_t i = place; i < rows->n && i < place + 2; i++) /* the one that is left out has changed */
        if (rows->all[i].raw == raw)
            return &rows->all[i];
    return NULL;
}

sg_known *sg_known_by_raw(const sg_known_rows *rows, sg_known_cursor *cursor, uint64_t raw)
{
    sg_known *row = find_next(rows, cursor->next, raw);
    if (row != NULL) {
        cursor->next = (size_t)(row - rows->all) + 1;
        return row;
    }
    row = find_next(rows, cursor->aside, raw);
    if (row != NULL) { /* twice in a row: the file goes on here */
        cursor->aside = cursor->next;
        cursor->next = (size_t)(row - rows->all) + 1;
        return row;
    }
    row = look_up(rows, true, raw);
    if (row != NULL)
        cursor->aside = (size_t)(row - rows->all) + 1;
    return row;
}

sg_status sg_known_load(sg_known_rows *rows, sg_store *store, sg_kind kind, int jobs, sg_err *err)
{
    SG_QUERY query = sg_kind_query(store, kind, SG_ROWS_LAST);
    int64_t last = SG_BLANK;
    sg_status status = sg_query_value(&query, &last, err);
    if (status == SG_OK && last != SG_BLANK) {
        rows->all = sg_large_calloc((size_t)last, sizeof *rows->all);
        status = rows->all != NULL ? load_parts(rows, store, kind, last, jobs, err) : sg_no_memory(err);
    }
    return status == SG_OK ? build_tables(rows, jobs, err) : status;
}
