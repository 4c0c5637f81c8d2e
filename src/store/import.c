/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deliveries count in order of cut-off, whenever they arrive. What the store then holds is what it would hold had they come in
 * that order: a row is left alone where a delivery of a later cut-off has brought it, repeated it or, in full, spoken of its
 * scope; of equal cut-offs the later import counts.
 */
#include "store/import.h"

#include <stdlib.h>
#include <string.h>

#include "store/batch.h"
#include "store/stmt.h"

static sg_status clear_staging(sg_store *store, sg_err *err)
{
    static const sg_sql_id all[] = {
        SG_SQL_CLEAR_STAGED_ENROLLMENT, SG_SQL_CLEAR_STAGED_GAIN, SG_SQL_CLEAR_ARRIVAL, SG_SQL_CLEAR_CHANGE,
        SG_SQL_CLEAR_WITHDRAWAL,        SG_SQL_CLEAR_DELIVERED,   SG_SQL_CLEAR_REACH,   SG_SQL_CLEAR_REFUSED};
    sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < sizeof all / sizeof all[0]; i++) {
        sg_query query = sg_query_of(store, all[i]);
        status = sg_query_run(&query, err);
    }
    return status;
}

sg_status sg_import_begin(sg_store *store, sg_import **out, sg_err *err)
{
    if (store->importing || store->mode != SG_STORE_WRITE)
        return sg_fail(err, SG_FAILED, "the database '%s' %s", store->path,
                       store->importing ? "takes one import at a time" : "was opened to be read");
    SG_CLEANUP(sg_import_cleanup) sg_import *import = calloc(1, sizeof *import);
    if (import == NULL)
        return sg_no_memory(err);
    import->store = store;
    store->importing = true;
    sg_status status = sg_findings_init(&import->findings, err);
    if (status == SG_OK)
        status = sg_places_init(&import->places, err);
    if (status == SG_OK)
        status = sg_store_begin(store, err);
    if (status == SG_OK)
        status = clear_staging(store, err);
    if (status != SG_OK)
        return status;
    *out = import;
    import = NULL;
    return SG_OK;
}

static sg_status take_row(void *context, const sg_record *row, sg_err *err)
{
    return sg_import_stage(context, row, err);
}

static sg_status take_finding(void *context, const sg_finding *finding, sg_err *err)
{
    sg_import *import = context;
    return sg_findings_add(&import->findings, finding, err);
}

static sg_status take_refused(void *context, const sg_refused_row *row, sg_err *err)
{
    return sg_import_note_refused(context, row, err);
}

static sg_status take_absent(void *context, int field, const char *column, sg_err *err)
{
    sg_import *import = context;
    import->absent[field] = sg_arena_strdup(import->findings.arena, column);
    return import->absent[field] != NULL ? SG_OK : sg_no_memory(err);
}

sg_sink sg_import_sink(sg_import *import)
{
    return (sg_sink){.context = import,
                     .row = take_row,
                     .finding = take_finding,
                     .refused = take_refused,
                     .absent = take_absent};
}

/* ---- weighing ---- */

bool sg_cuts_by(const sg_batch *batch, sg_scope_column column)
{
    return batch->delivery == SG_DELIVERY_DELTA || (batch->scope & (unsigned)column) != 0;
}

/* A parameter that the statement does not have is none of its needs. */
static void bind_if(sg_query *query, const char *name, int64_t value)
{
    int place = sqlite3_bind_parameter_index(query->statement, name);
    if (place != 0)
        sg_query_int_at(query, place, value);
}

/* One of the statements over whole tables that weigh or apply a delivery. */
static sg_status run_step(sg_import *import, sg_sql_id id, const sg_batch *batch, sg_err *err)
{
    SG_QUERY query = sg_query_of(import->store, id);
    int kind = sqlite3_bind_parameter_index(query.statement, ":kind");
    if (kind != 0)
        sg_query_text_at(&query, kind, sg_kind_text(batch->kind));
    bind_if(&query, ":batch", batch->id);
    bind_if(&query, ":cutoff", batch->cutoff);
    bind_if(&query, ":earliest", SG_EARLIEST);
    bind_if(&query, ":any", SG_SCOPE_ANY);
    bind_if(&query, ":by_year", sg_cuts_by(batch, SG_SCOPE_PROGRAM_YEAR));
    bind_if(&query, ":by_college", sg_cuts_by(batch, SG_SCOPE_COLLEGE));
    return sg_query_run(&query, err);
}

static sg_status run_steps(sg_import *import, const sg_sql_id *ids, size_t n, const sg_batch *batch,
                           sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < n; i++)
        status = run_step(import, ids[i], batch, err);
    return status;
}

static sg_status count(sg_import *import, sg_batch_counts *counts, int64_t *out_arrivals, sg_err *err)
{
    enum { ARRIVALS, ADDED, CHANGED, WITHDRAWN };
    SG_QUERY query = sg_query_of(import->store, SG_SQL_WEIGH_COUNTS);
    bool row = false;
    sg_status status = sg_query_next(&query, &row, err);
    if (status != SG_OK)
        return status;
    *out_arrivals = sg_column_int(&query, ARRIVALS);
    counts->added = sg_column_int(&query, ADDED);
    counts->changed = sg_column_int(&query, CHANGED);
    counts->unchanged = *out_arrivals - counts->added - counts->changed;
    counts->withdrawn = sg_column_int(&query, WITHDRAWN);
    return SG_OK;
}

/* Of a full delivery, the current rows that it lacks. */
static sg_status weigh_absent(sg_import *import, const sg_batch *batch, sg_batch_counts *counts, sg_err *err)
{
    counts->spared = 0;
    if (batch->delivery != SG_DELIVERY_FULL)
        return SG_OK;
    sg_status status = run_step(import, sg_store_sql(batch->kind)->withdrawals, batch, err);
    return status == SG_OK ? sg_import_spare(import, &counts->spared, err) : status;
}

sg_status sg_import_weigh(sg_import *import, sg_batch *batch, char out_held[SG_ERR_MESSAGE], sg_err *err)
{
    const sg_kind_sql *sql = sg_store_sql(batch->kind);
    const sg_sql_id steps[] = {
        SG_SQL_CLEAR_ARRIVAL, SG_SQL_CLEAR_CHANGE, SG_SQL_CLEAR_WITHDRAWAL, SG_SQL_CLEAR_DELIVERED,
        SG_SQL_CLEAR_REACH,   sql->learners,       sql->arrivals,           SG_SQL_WEIGH_DELIVERED,
        SG_SQL_WEIGH_REACH,   sql->changes};
    sg_batch_counts counts = batch->counts;
    int64_t arrivals = 0;
    char held[SG_ERR_MESSAGE] = "";
    if (batch->cutoff == SG_DAY_NONE)
        return sg_fail(err, SG_FAILED, "the file '%s' has no cut-off: give it with --cutoff",
                       batch->file_name);
    sg_status status = run_steps(import, steps, sizeof steps / sizeof steps[0], batch, err);
    if (status == SG_OK)
        status = weigh_absent(import, batch, &counts, err);
    if (status == SG_OK)
        status = run_step(import, sql->moves, batch, err);
    if (status == SG_OK)
        status = count(import, &counts, &arrivals, err);
    if (status == SG_OK && arrivals != counts.stored)
        return sg_fail(
            err, SG_FAILED,
            "%lld rows of the file '%s' were accepted but %lld reached the store: nothing was stored",
            (long long)counts.stored, batch->file_name, (long long)arrivals);
    if (status == SG_OK)
        status = sg_import_judge(import, batch, held, err);
    if (status != SG_OK)
        return status;
    import->weighed = true;
    batch->counts = counts;
    memcpy(out_held, held, sizeof held);
    return SG_OK;
}

/* ---- applying ---- */

static sg_status apply_rows(sg_import *import, const sg_batch *batch, sg_err *err)
{
    const sg_kind_sql *sql = sg_store_sql(batch->kind);
    const bool is_full = batch->delivery == SG_DELIVERY_FULL;
    const sg_sql_id steps[] = {sql->close,
                               sql->withdraw,
                               sql->insert,
                               SG_SQL_APPLY_SCOPE_ROWS,
                               SG_SQL_APPLY_SCOPES,
                               SG_SQL_APPLY_DELIVERY_SCOPES,
                               is_full ? SG_SQL_APPLY_LAST_FULL : sql->seen};
    return run_steps(import, steps, sizeof steps / sizeof steps[0], batch, err);
}

/* Enters the batch under its id, with its findings, and ends the transaction for good. */
static sg_status enter(sg_import *import, sg_batch *batch, int64_t seen_unix_seconds, sg_err *err)
{
    sg_status status = sg_store_enter_batch(import->store, batch, &batch->id, err);
    if (status == SG_OK)
        status = sg_findings_enter(&import->findings, import->store, batch->id, err);
    if (status == SG_OK && batch->state == SG_BATCH_APPLIED)
        status = apply_rows(import, batch, err);
    if (status == SG_OK && batch->state == SG_BATCH_APPLIED)
        status = sg_store_note_seen(import->store, batch->kind, seen_unix_seconds, err);
    if (status == SG_OK)
        status = clear_staging(import->store, err);
    return status == SG_OK ? sg_store_commit(import->store, err) : status;
}

static sg_status enter_or_roll_back(sg_import *import, sg_batch *batch, int64_t seen_unix_seconds,
                                    sg_err *err)
{
    sg_batch entered = *batch;
    sg_status status = enter(import, &entered, seen_unix_seconds, err);
    if (status == SG_OK)
        *batch = entered;
    else
        sg_store_roll_back(import->store);
    return status;
}

sg_status sg_import_apply(sg_import *import, sg_batch *batch, int64_t seen_unix_seconds, sg_err *err)
{
    char held[SG_ERR_MESSAGE];
    sg_status status = import->weighed ? SG_OK : sg_import_weigh(import, batch, held, err);
    if (status != SG_OK)
        return status;
    batch->state = SG_BATCH_APPLIED;
    return enter_or_roll_back(import, batch, seen_unix_seconds, err);
}

sg_status sg_import_set_aside(sg_import *import, sg_batch *batch, sg_err *err)
{
    sg_store_roll_back(import->store);
    sg_status status = sg_store_begin(import->store, err);
    return status == SG_OK ? enter_or_roll_back(import, batch, 0, err) : status;
}

void sg_import_end(sg_import *import)
{
    if (import == NULL)
        return;
    sg_store_roll_back(import->store);
    import->store->importing = false;
    sg_findings_release(&import->findings);
    sg_places_release(&import->places);
    sg_str_release(&import->room);
    free(import);
}
