/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import.h"

#include <stdlib.h>
#include <string.h>

#include "store/batch.h"
#include "store/stmt.h"

static sg_status clear_temporary(sg_store *store, sg_err *err)
{
    static const sg_sql_id all[] = {SG_SQL_CLEAR_ARRIVED, SG_SQL_CLEAR_DELIVERED, SG_SQL_CLEAR_REACH};
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
    import->jobs = 1;
    store->importing = true;
    sg_status status = sg_findings_init(&import->findings, err);
    if (status == SG_OK)
        status = sg_places_init(&import->places, err);
    if (status == SG_OK)
        status = sg_store_begin(store, err);
    if (status == SG_OK)
        status = clear_temporary(store, err);
    if (status != SG_OK)
        return status;
    *out = import;
    import = NULL;
    return SG_OK;
}

static sg_status take_finding(void *context, const sg_finding *finding, sg_err *err)
{
    sg_import *import = context;
    sg_status status = sg_waiting_note(&import->waiting, finding, err);
    return status == SG_OK ? sg_findings_add(&import->findings, finding, err) : status;
}

static sg_status take_kept(void *context, int64_t line, const char *text, size_t length, sg_err *err)
{
    sg_import *import = context;
    return sg_waiting_add(&import->waiting, line, text, length, err);
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
                     .begin = sg_import_take_begin,
                     .row = sg_import_take_row,
                     .verdict = sg_import_take_verdict,
                     .known = sg_import_find_known,
                     .known_by_key = sg_import_find_known_key,
                     .same = sg_import_take_same,
                     .unwanted = sg_import_is_forgotten,
                     .finding = take_finding,
                     .refused = sg_import_take_refused,
                     .absent = take_absent,
                     .kept = import->waiting.wanted ? take_kept : NULL};
}

void sg_import_set_jobs(sg_import *import, int jobs)
{
    import->jobs = jobs;
}

sg_status sg_import_keep_rows(sg_import *import, sg_err *err)
{
    return sg_waiting_want(&import->waiting, err);
}

int64_t sg_import_rows_kept(const sg_import *import)
{
    return import->waiting.n_refused;
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

/* One of the statements that find out what the delivery speaks of. */
static sg_status run_step(sg_import *import, sg_sql_id id, const sg_batch *batch, sg_err *err)
{
    SG_QUERY query = sg_query_of(import->store, id);
    int kind = sqlite3_bind_parameter_index(query.statement, ":kind");
    if (kind != 0)
        sg_query_text_at(&query, kind, sg_kind_text(batch->kind));
    bind_if(&query, ":any", SG_SCOPE_ANY);
    bind_if(&query, ":by_year", sg_cuts_by(batch, SG_SCOPE_PROGRAM_YEAR));
    bind_if(&query, ":by_college", sg_cuts_by(batch, SG_SCOPE_COLLEGE));
    return sg_query_run(&query, err);
}

static sg_status note_arrived(sg_import *import, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t scope = 0; scope < import->n_arrived && status == SG_OK; scope++) {
        if (!import->arrived[scope].any)
            continue;
        SG_QUERY query = sg_query_of(import->store, SG_SQL_ARRIVED_ADD);
        sg_query_int(&query, ":scope", (int64_t)scope);
        sg_query_int(&query, ":n", import->arrived[scope].n_rows);
        status = sg_query_run(&query, err);
    }
    return status;
}

static sg_status find_reach(sg_import *import, const sg_batch *batch, sg_err *err)
{
    sg_status status = clear_temporary(import->store, err);
    if (status == SG_OK)
        status = note_arrived(import, err);
    if (status == SG_OK)
        status = run_step(import, SG_SQL_WEIGH_DELIVERED, batch, err);
    return status == SG_OK ? run_step(import, SG_SQL_WEIGH_REACH, batch, err) : status;
}

sg_status sg_import_weigh(sg_import *import, sg_batch *batch, char out_held[SG_ERR_MESSAGE], sg_err *err)
{
    sg_batch_counts counts = batch->counts;
    char held[SG_ERR_MESSAGE] = "";
    if (batch->cutoff == SG_DAY_NONE)
        return sg_fail(err, SG_FAILED, "the file '%s' has no cut-off: give it with --cutoff",
                       batch->file_name);
    sg_status status = sg_import_need(import, batch->kind, err);
    if (status == SG_OK)
        status = find_reach(import, batch, err);
    if (status == SG_OK)
        status = sg_import_weigh_rows(import, batch, &counts, err);
    if (status == SG_OK)
        status = sg_import_weigh_profile(import, err);
    if (status == SG_OK)
        status = sg_import_judge(import, batch, held, err);
    if (status != SG_OK)
        return status;
    import->weighed = true;
    batch->counts = counts;
    memcpy(out_held, held, sizeof held);
    return SG_OK;
}

int64_t sg_import_kept_outside(const sg_import *import)
{
    return import->kept_outside;
}

/* ---- applying ---- */

/* Enters the batch under its id, with its findings, and ends the transaction for good. */
static sg_status enter(sg_import *import, sg_batch *batch, int64_t seen_unix_seconds, sg_err *err)
{
    sg_status status = sg_store_enter_batch(import->store, batch, &batch->id, err);
    if (status == SG_OK)
        status = sg_findings_enter(&import->findings, import->store, batch->id, err);
    if (status == SG_OK)
        status = sg_waiting_enter(&import->waiting, import->store, batch, err);
    if (status == SG_OK && batch->state == SG_BATCH_APPLIED)
        status = sg_import_apply_rows(import, batch, err);
    if (status == SG_OK && batch->state == SG_BATCH_APPLIED)
        status = sg_store_note_seen(import->store, batch->kind, seen_unix_seconds, err);
    if (status == SG_OK)
        status = clear_temporary(import->store, err);
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
    sg_waiting_release(&import->waiting);
    sg_places_release(&import->places);
    sg_known_release(&import->known);
    sg_verdict_list_release(&import->verdicts);
    free(import->news);
    free(import->arrivals);
    free(import->raws);
    free(import->arrived);
    free(import->refused_keys);
    free(import->refused_learners);
    free(import->forgotten);
    free(import->scopes);
    free(import->withdrawn);
    free(import);
}
