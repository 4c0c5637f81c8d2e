/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deliveries count in order of cut-off, whenever they arrive. What the store then holds is what it would hold had they come in
 * that order: a row is left alone where a delivery of a later cut-off has brought it, repeated it or, in full, spoken of its
 * scope; of equal cut-offs the later import counts.
 */
#include <stdlib.h>
#include <string.h>

#include "store/import.h"

typedef struct {
    sg_import *import;
    const sg_batch *batch;
    sg_reach reach; /* the cut-offs of the batches */
} weighing;

/* ---- scopes ---- */

static sg_status load_scopes(sg_import *import, sg_err *err)
{
    enum { SCOPE, CUTOFF, DELIVERED };
    SG_QUERY query = sg_query_of(import->store, SG_SQL_REACH_LIST);
    bool row = false;
    import->n_scopes = 0;
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        size_t id = (size_t)sg_column_int(&query, SCOPE);
        int64_t cutoff = sg_column_int(&query, CUTOFF);
        if (!sg_grow(&import->scopes, &import->scope_capacity, id + 1, sizeof *import->scopes))
            return sg_no_memory(err);
        import->n_scopes = id + 1; /* by id */
        import->scopes[id] = (sg_scope_reach){.cutoff = cutoff != SG_BLANK ? (sg_day)cutoff : SG_EARLIEST,
                                              .delivered = sg_column_int(&query, DELIVERED) != 0};
        status = sg_query_next(&query, &row, err);
    }
    return status;
}

static sg_status store_scopes(sg_import *import, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t id = 0; id < import->n_scopes && status == SG_OK; id++) {
        if (import->scopes[id].n_rows == 0)
            continue;
        SG_QUERY query = sg_query_of(import->store, SG_SQL_REACH_COUNT);
        sg_query_int(&query, ":scope", (int64_t)id);
        sg_query_int(&query, ":n_rows", import->scopes[id].n_rows);
        sg_query_int(&query, ":n_lost", import->scopes[id].n_lost);
        status = sg_query_run(&query, err);
    }
    return status;
}

/* ---- which rows ---- */

static sg_day cutoff_of(const weighing *w, uint32_t batch)
{
    return batch < w->reach.n_batches && w->reach.batches[batch].cutoff != SG_DAY_NONE
               ? w->reach.batches[batch].cutoff
               : SG_EARLIEST;
}

static sg_day later(sg_day a, sg_day b)
{
    return a > b ? a : b;
}

/* No delivery of a later cut-off has spoken of the row. */
static bool is_open(const weighing *w, const sg_known *row)
{
    sg_day spoken = later(w->import->scopes[row->scope].cutoff,
                          later(cutoff_of(w, row->batch), cutoff_of(w, row->seen)));
    return spoken <= w->batch->cutoff;
}

static sg_status withdraw(sg_import *import, size_t place, sg_err *err)
{
    if (!sg_grow(&import->withdrawn, &import->withdrawn_capacity, import->n_withdrawn + 1,
                 sizeof *import->withdrawn))
        return sg_no_memory(err);
    import->withdrawn[import->n_withdrawn++] = (uint32_t)place;
    return SG_OK;
}

/* A row that would move into a scope of which a full delivery of a later cut-off has spoken without it ends, and nothing follows. */
static sg_status weigh_new(weighing *w, sg_new_row *row, sg_batch_counts *counts, sg_err *err)
{
    sg_import *import = w->import;
    const sg_known *old = row->old != 0 ? &import->known.all[row->old - 1] : NULL;
    bool may_enter = import->scopes[row->scope].cutoff <= w->batch->cutoff;
    bool may_leave = old == NULL || is_open(w, old);
    row->takes_effect = !row->dropped && may_enter && may_leave;
    if (row->dropped)
        return SG_OK;
    counts->added += row->takes_effect && old == NULL;
    counts->changed += row->takes_effect && old != NULL;
    return !may_enter && may_leave && old != NULL ? withdraw(import, row->old - 1, err) : SG_OK;
}

static int compare_learners(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(sg_pseudonym));
}

/* Whether a refused row may stand for it: the row of its key, every row of its learner where the key is not known. */
static sg_status is_spared(sg_import *import, const sg_known *row, bool *out, sg_err *err)
{
    *out = import->unreadable || row->spared;
    if (*out || import->n_refused_learners == 0)
        return SG_OK;
    SG_QUERY query = sg_kind_query(import->store, import->kind, SG_ROWS_LEARNER);
    sg_pseudonym learner = {{0}};
    bool at_row = false;
    sg_query_int(&query, ":id", row->id);
    sg_status status = sg_query_next(&query, &at_row, err);
    if (status == SG_OK && at_row)
        sg_column_bytes(&query, 0, learner.bytes, sizeof learner.bytes);
    *out = at_row && bsearch(&learner, import->refused_learners, import->n_refused_learners, sizeof learner,
                             compare_learners) != NULL;
    return status;
}

static void mark_spared(sg_import *import)
{
    for (size_t i = 0; i < import->n_refused_keys; i++) {
        sg_known *row = sg_known_by_key(&import->known, import->refused_keys[i]);
        if (row != NULL)
            row->spared = true;
    }
    if (import->n_refused_learners > 1)
        qsort(import->refused_learners, import->n_refused_learners, sizeof *import->refused_learners,
              compare_learners);
}

/* A row that a full delivery lacks in one of its scopes. A refused row replaces nothing, and so it takes nothing away. */
static sg_status weigh_absent(sg_import *import, size_t place, sg_batch_counts *counts, sg_err *err)
{
    bool spared = false;
    sg_status status = is_spared(import, &import->known.all[place], &spared, err);
    if (spared)
        counts->spared++;
    return status != SG_OK || spared ? status : withdraw(import, place, err);
}

static sg_status weigh_known(weighing *w, sg_batch_counts *counts, sg_err *err)
{
    sg_import *import = w->import;
    bool full = w->batch->delivery == SG_DELIVERY_FULL;
    sg_status status = SG_OK;
    if (full)
        mark_spared(import);
    import->kept_outside = 0;
    for (size_t i = 0; i < import->known.n && status == SG_OK; i++) {
        const sg_known *row = &import->known.all[i];
        sg_scope_reach *scope = &import->scopes[row->scope];
        scope->n_rows++;
        import->kept_outside += !scope->delivered;
        if (full && !row->arrived && scope->delivered && is_open(w, row))
            status = weigh_absent(import, i, counts, err);
    }
    return status;
}

static void count_lost(sg_import *import)
{
    for (size_t i = 0; i < import->n_withdrawn; i++) {
        sg_scope_reach *scope = &import->scopes[import->known.all[import->withdrawn[i]].scope];
        scope->n_lost++;
        import->kept_outside -= !scope->delivered;
    }
    for (size_t i = 0; i < import->n_news; i++) {
        const sg_new_row *row = &import->news[i];
        if (row->takes_effect && row->old != 0)
            import->kept_outside -= !import->scopes[import->known.all[row->old - 1].scope].delivered;
    }
}

static sg_status weigh_all(weighing *w, sg_batch_counts *counts, sg_err *err)
{
    sg_import *import = w->import;
    sg_status status = weigh_known(w, counts, err);
    for (size_t i = 0; i < import->n_news && status == SG_OK; i++)
        status = weigh_new(w, &import->news[i], counts, err);
    if (status != SG_OK)
        return status;
    count_lost(import);
    counts->withdrawn = (int64_t)import->n_withdrawn;
    return store_scopes(import, err);
}

static int64_t count_arrivals(const sg_import *import)
{
    int64_t n = 0;
    for (size_t i = 0; i < import->n_arrivals; i++)
        n += import->arrivals[i] != SG_NO_ARRIVAL;
    return n;
}

sg_status sg_import_weigh_rows(sg_import *import, const sg_batch *batch, sg_batch_counts *counts, sg_err *err)
{
    weighing w = {.import = import, .batch = batch};
    int64_t n_arrivals = count_arrivals(import);
    import->n_withdrawn = 0;
    counts->added = counts->changed = counts->withdrawn = counts->spared = 0;
    if (n_arrivals != counts->stored)
        return sg_fail(
            err, SG_FAILED,
            "%lld rows of the file '%s' were accepted but %lld reached the store: nothing was stored",
            (long long)counts->stored, batch->file_name, (long long)n_arrivals);
    sg_status status = load_scopes(import, err);
    if (status == SG_OK)
        status = sg_reach_load(&w.reach, import->store, err);
    if (status == SG_OK)
        status = weigh_all(&w, counts, err);
    sg_reach_release(&w.reach);
    counts->unchanged = counts->stored - counts->added - counts->changed;
    return status;
}
