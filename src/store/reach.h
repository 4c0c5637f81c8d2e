/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: up to which day a row is known, and by which delivery: the one of the latest cut-off among the batch that
 * brought it, the partial one that last repeated it and the last full one that spoke of its scope.
 */
#ifndef SG_STORE_REACH_H
#define SG_STORE_REACH_H

#include "store/stmt.h"

typedef struct {
    sg_day cutoff;
    bool has_hours;
} sg_batch_reach;

typedef struct {
    sg_batch_reach *batches; /* by id */
    size_t n_batches, batch_capacity;
    int64_t *last_full; /* of each scope, by id; 0: none */
    size_t n_scopes, scope_capacity;
} sg_reach;

sg_status sg_reach_load(sg_reach *reach, sg_store *store, sg_err *err) SG_MUST_CHECK;
void sg_reach_release(sg_reach *reach);

/* The delivery by which a row is known that `batch` brought and `seen` (0: none) repeated last; 0: those are ids of nothing. */
int64_t sg_reach_batch(const sg_reach *reach, int64_t scope, int64_t batch, int64_t seen);
/* What is known by it. Of a row that `batch` brought and `seen` (0: none) repeated last; ids of nothing give SG_DAY_NONE. */
sg_batch_reach sg_reach_of(const sg_reach *reach, int64_t scope, int64_t batch, int64_t seen);

#endif
