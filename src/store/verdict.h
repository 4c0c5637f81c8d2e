/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: what was found in rows that were accepted, so that it can be told again when their text comes again.
 */
#ifndef SG_STORE_VERDICT_H
#define SG_STORE_VERDICT_H

#include "store/stmt.h"

/* Those that the store had when it was loaded, which other threads may read, and those of the file under way. */
typedef struct {
    sg_arena *arena;
    sg_row_finding *findings; /* of all, by verdict */
    size_t n_findings, findings_capacity;
    size_t *first; /* of the verdict's findings, by its id; n + 2 of them */
    size_t n, first_capacity;
    uint32_t *ids; /* by the number that the file gives it */
    size_t n_ids, ids_capacity;
    int64_t last_id;
} sg_verdict_list;

/* Zero-initialise. */
sg_status sg_verdict_list_load(sg_verdict_list *list, sg_store *store, sg_err *err) SG_MUST_CHECK;
void sg_verdict_list_release(sg_verdict_list *list);

/* The findings of a verdict; false: the store has none of this id. 0 has no findings. */
bool sg_verdict_list_find(const sg_verdict_list *list, uint32_t id, const sg_row_finding **out,
                          size_t *out_n);

/* Enters the verdict of a file under the number that it has there (sg_sink.verdict). */
sg_status sg_verdict_list_enter(sg_verdict_list *list, sg_store *store, uint32_t number,
                                const sg_row_finding *findings, size_t n, sg_err *err) SG_MUST_CHECK;
/* Its id; SG_BLANK of 0, which is none. */
int64_t sg_verdict_list_id(const sg_verdict_list *list, uint32_t number);

#endif
