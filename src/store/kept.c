/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kept.h"

#include <stdlib.h>
#include <string.h>

#include "store/forgotten.h"
#include "store/stmt.h"

/* ---- waiting ---- */

sg_status sg_waiting_want(sg_waiting_rows *waiting, sg_err *err)
{
    waiting->arena = sg_arena_new();
    waiting->wanted = waiting->arena != NULL;
    return waiting->wanted ? SG_OK : sg_no_memory(err);
}

void sg_waiting_release(sg_waiting_rows *waiting)
{
    sg_arena_free(waiting->arena);
    free(waiting->rows);
    sg_str_release(&waiting->rules);
    *waiting = (sg_waiting_rows){0};
}

sg_status sg_waiting_note(sg_waiting_rows *waiting, const sg_finding *finding, sg_err *err)
{
    const char *id = finding->rule->id;
    if (!waiting->wanted || finding->rule->effect != SG_EFFECT_QUARANTINE)
        return SG_OK;
    if (finding->line != waiting->line)
        sg_str_reset(&waiting->rules);
    waiting->line = finding->line;
    if (strstr(sg_str_text(&waiting->rules), id) == NULL) /* ids are of one length */
        sg_str_printf(&waiting->rules, "%s%s", waiting->rules.length > 0 ? " " : "", id);
    return waiting->rules.failed ? sg_no_memory(err) : SG_OK;
}

/* The last one, if it stands on this line: of a line with several rows, one that was refused before. */
static sg_waiting_row *find_line(const sg_waiting_rows *waiting, int64_t line)
{
    sg_waiting_row *last = waiting->n > 0 ? &waiting->rows[waiting->n - 1] : NULL;
    return last != NULL && last->line == line ? last : NULL;
}

static bool has_room(const sg_waiting_rows *waiting, size_t length)
{
    return waiting->n < SG_MOST_KEPT_LINES && (int64_t)length <= SG_MOST_KEPT_BYTES - waiting->bytes;
}

static sg_waiting_row *add_line(sg_waiting_rows *waiting, int64_t line, const char *text, size_t length)
{
    if (!sg_grow(&waiting->rows, &waiting->capacity, waiting->n + 1, sizeof *waiting->rows))
        return NULL;
    char *copy = sg_arena_alloc(waiting->arena, length + 1, 1);
    if (copy == NULL)
        return NULL;
    memcpy(copy, text, length);
    sg_waiting_row *row = &waiting->rows[waiting->n++];
    *row = (sg_waiting_row){.line = line, .text = copy, .length = length};
    waiting->bytes += (int64_t)length;
    return row;
}

sg_status sg_waiting_add(sg_waiting_rows *waiting, int64_t line, const char *text, size_t length, sg_err *err)
{
    sg_waiting_row *row = find_line(waiting, line);
    if (row == NULL && !has_room(waiting, length))
        return SG_OK;
    if (row == NULL)
        row = add_line(waiting, line, text, length);
    if (row == NULL)
        return sg_no_memory(err);
    row->n_rows++;
    waiting->n_refused++;
    row->rules = sg_arena_strdup(waiting->arena, sg_str_text(&waiting->rules));
    return row->rules != NULL ? SG_OK : sg_no_memory(err);
}

/* ---- into the database ---- */

static sg_status enter_row(const sg_waiting_row *row, sg_store *store, int64_t batch, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_KEPT_ADD);
    sg_query_int(&query, ":batch", batch);
    sg_query_int(&query, ":line", row->line);
    sg_query_text(&query, ":rules", row->rules);
    sg_query_int(&query, ":n_rows", row->n_rows);
    sg_query_blob(&query, ":text", row->text, row->length);
    return sg_query_run(&query, err);
}

static sg_status drop_held(sg_store *store, const sg_batch *batch, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_KEPT_DROP_HELD);
    sg_query_text(&query, ":sha256", batch->sha256);
    sg_query_text(&query, ":kind", sg_kind_text(batch->kind));
    sg_query_text(&query, ":held", sg_batch_state_text(SG_BATCH_HELD));
    return sg_query_run(&query, err);
}

sg_status sg_waiting_enter(const sg_waiting_rows *waiting, sg_store *store, const sg_batch *batch,
                           sg_err *err)
{
    sg_status status = batch->state == SG_BATCH_APPLIED ? drop_held(store, batch, err) : SG_OK;
    if (batch->state == SG_BATCH_REFUSED)
        return SG_OK;
    for (size_t i = 0; i < waiting->n && status == SG_OK; i++)
        status = enter_row(&waiting->rows[i], store, batch->id, err);
    return status;
}

sg_status sg_kept_drop(sg_store *store, int64_t batch, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_KEPT_DROP);
    sg_query_int(&query, ":batch", batch);
    return sg_query_run(&query, err);
}

static sg_status run(sg_store *store, sg_sql_id id, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, id);
    return sg_query_run(&query, err);
}

sg_status sg_kept_drop_all(sg_store *store, sg_err *err)
{
    return run(store, SG_SQL_KEPT_DROP_ALL, err);
}

/* ---- what is in the database ---- */

sg_status sg_store_count_kept(sg_store *store, int64_t batch, int64_t *out, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_KEPT_COUNT);
    sg_query_int(&query, ":batch", batch);
    return sg_query_value(&query, out, err);
}

sg_status sg_store_kept_rows(sg_store *store, int64_t batch,
                             sg_status (*each)(void *context, const sg_kept_row *row, sg_err *err),
                             void *context, sg_err *err)
{
    enum { LINE, RULES, N_ROWS, TEXT };
    SG_QUERY query = sg_query_of(store, SG_SQL_KEPT_LIST);
    bool row = false;
    sg_query_int(&query, ":batch", batch);
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        sg_kept_row kept = {.line = sg_column_int(&query, LINE),
                            .n_rows = sg_column_int(&query, N_ROWS),
                            .rules = sg_column_text(&query, RULES)};
        kept.text = (const char *)sg_column_blob(&query, TEXT, &kept.length);
        if (query.failure == SQLITE_OK)
            status = each(context, &kept, err);
        if (status == SG_OK)
            status = sg_query_next(&query, &row, err);
    }
    return status;
}

/* Whether one is there tells whether there is still something to wipe: the rows stay, without their texts, until that is done. */
static sg_status in_transaction(sg_store *store, sg_sql_id id, sg_err *err)
{
    sg_status status = sg_store_begin(store, err);
    if (status == SG_OK)
        status = run(store, id, err);
    if (status == SG_OK)
        status = sg_store_commit(store, err);
    if (status != SG_OK)
        sg_store_roll_back(store);
    return status;
}

sg_status sg_store_drop_kept(sg_store *store, sg_err *err)
{
    int64_t n = 0;
    sg_status status = sg_store_count_kept(store, 0, &n, err);
    if (status != SG_OK || n == 0)
        return status;
    status = in_transaction(store, SG_SQL_KEPT_EMPTY_ALL, err);
    if (status == SG_OK)
        status = sg_store_wipe(store, err);
    return status == SG_OK ? in_transaction(store, SG_SQL_KEPT_DROP_ALL, err) : status;
}
