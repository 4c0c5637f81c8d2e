/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/stmt.h"

/* ---- freshness ---- */

sg_status sg_store_note_seen(sg_store *store, sg_kind kind, int64_t unix_seconds, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_SEEN_SET);
    sg_query_text(&query, ":kind", sg_kind_text(kind));
    sg_query_int(&query, ":unix_seconds", unix_seconds);
    return sg_query_run(&query, err);
}

sg_status sg_store_last_seen(sg_store *store, sg_kind kind, int64_t *out_unix_seconds, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_SEEN_GET);
    int64_t seconds = SG_BLANK;
    sg_query_text(&query, ":kind", sg_kind_text(kind));
    sg_status status = sg_query_value(&query, &seconds, err);
    if (status == SG_OK)
        *out_unix_seconds = seconds != SG_BLANK ? seconds : 0;
    return status;
}

/* ---- runs ---- */

sg_status sg_store_add_run(sg_store *store, const sg_run_record *run, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_RUN_ADD);
    sg_query_text(&query, ":draft", run->draft);
    sg_query_text(&query, ":input_sha256", run->input_sha256);
    sg_query_int(&query, ":unix_seconds", run->unix_seconds);
    return sg_query_run(&query, err);
}

sg_status sg_store_last_run(sg_store *store, sg_run_record *out, bool *found, sg_err *err)
{
    enum { DRAFT, INPUT_SHA256, UNIX_SECONDS };
    SG_QUERY query = sg_query_of(store, SG_SQL_RUN_LAST);
    sg_run_record run = {0};
    bool row = false, any = false;
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        any = true;
        sg_column_copy(&query, DRAFT, run.draft, sizeof run.draft);
        sg_column_copy(&query, INPUT_SHA256, run.input_sha256, sizeof run.input_sha256);
        run.unix_seconds = sg_column_int(&query, UNIX_SECONDS);
        status = sg_query_next(&query, &row, err);
    }
    if (status != SG_OK)
        return status;
    *found = any;
    if (any)
        *out = run;
    return SG_OK;
}

/* ---- editions ---- */

static sg_status check_new(sg_store *store, const sg_edition *edition, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_EDITION_FIND);
    int64_t there = SG_BLANK;
    sg_query_int(&query, ":program_year", edition->program_year);
    sg_query_int(&query, ":number", edition->number);
    sg_query_text(&query, ":name", edition->name);
    sg_status status = sg_query_value(&query, &there, err);
    if (status == SG_OK && there != SG_BLANK)
        return sg_fail(err, SG_USAGE,
                       "edition '%s' is in the ledger already: editions are never written anew",
                       edition->name);
    return status;
}

static sg_status enter_edition(sg_store *store, const sg_edition *edition, int64_t *out_id, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_EDITION_ADD);
    sg_query_int(&query, ":program_year", edition->program_year);
    sg_query_int(&query, ":number", edition->number);
    sg_query_text(&query, ":name", edition->name);
    sg_query_text(&query, ":draft_sha256", edition->draft_sha256);
    sg_query_text(&query, ":results_sha256", edition->results_sha256);
    sg_query_int(&query, ":cells_shown", edition->cells_shown);
    sg_query_int(&query, ":cells_masked", edition->cells_masked);
    return sg_query_value(&query, out_id, err);
}

static sg_status enter_cell(sg_store *store, int64_t edition, const sg_ledger_cell *cell, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_LEDGER_CELL_ADD);
    sg_query_int(&query, ":edition", edition);
    sg_query_text(&query, ":cell", cell->key);
    sg_query_int(&query, ":count", cell->count == SG_COUNT_MASKED ? SG_BLANK : cell->count);
    return sg_query_run(&query, err);
}

sg_status sg_store_add_edition(sg_store *store, const sg_edition *edition, const sg_ledger_cell *cells,
                               size_t n_cells, sg_err *err)
{
    int64_t id = SG_BLANK;
    sg_status status = sg_store_begin(store, err);
    if (status == SG_OK)
        status = check_new(store, edition, err);
    if (status == SG_OK)
        status = enter_edition(store, edition, &id, err);
    for (size_t i = 0; status == SG_OK && i < n_cells; i++)
        status = enter_cell(store, id, &cells[i], err);
    if (status == SG_OK)
        status = sg_store_commit(store, err);
    if (status != SG_OK)
        sg_store_roll_back(store);
    return status;
}

static void read_edition(sg_query *query, sg_edition *out)
{
    enum { PROGRAM_YEAR, NUMBER, NAME, DRAFT_SHA256, RESULTS_SHA256, CELLS_SHOWN, CELLS_MASKED };
    out->program_year = (int)sg_column_int(query, PROGRAM_YEAR);
    out->number = (int)sg_column_int(query, NUMBER);
    sg_column_copy(query, NAME, out->name, sizeof out->name);
    sg_column_copy(query, DRAFT_SHA256, out->draft_sha256, sizeof out->draft_sha256);
    sg_column_copy(query, RESULTS_SHA256, out->results_sha256, sizeof out->results_sha256);
    out->cells_shown = sg_column_int(query, CELLS_SHOWN);
    out->cells_masked = sg_column_int(query, CELLS_MASKED);
}

sg_status sg_store_editions(sg_store *store, sg_arena *arena, sg_edition **out, size_t *out_n, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_EDITION_LIST);
    sg_edition *list SG_AUTO_FREE = NULL;
    size_t capacity = 0, n = 0;
    bool row = false;
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        if (!sg_grow(&list, &capacity, n + 1, sizeof *list))
            return sg_no_memory(err);
        read_edition(&query, &list[n++]);
        status = sg_query_next(&query, &row, err);
    }
    if (status != SG_OK)
        return status;
    sg_edition *kept = sg_arena_alloc(arena, n, sizeof *kept);
    if (kept == NULL)
        return sg_no_memory(err);
    if (n > 0)
        memcpy(kept, list, n * sizeof *kept);
    *out = kept;
    *out_n = n;
    return SG_OK;
}
