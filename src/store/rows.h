/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the current rows of a kind, as of the store's batch, one after another in the order in which they lie, each held
 * against its digest.
 */
#ifndef SG_STORE_ROWS_H
#define SG_STORE_ROWS_H

#include "store/college.h"
#include "store/kind.h"

typedef struct {
    sg_query query, ends, seen;
    int64_t next_end, next_seen; /* the rows that they speak of next; INT64_MAX: of no more */
    const sg_colleges *colleges;
    sg_str room; /* of the digest */
    bool at_row;
    sg_record row; /* texts valid until the next step */
    int64_t id, batch, seen_by, scope;
    const sg_college *college; /* NULL: blank */
} sg_rows;

/* The colleges must outlive the rows. */
sg_status sg_rows_open(sg_rows *rows, sg_store *store, sg_kind kind, const sg_colleges *colleges,
                       sg_err *err) SG_MUST_CHECK;
sg_status sg_rows_next(sg_rows *rows, sg_err *err) SG_MUST_CHECK; /* at_row false: there are no more */
void sg_rows_close(sg_rows *rows);

#endif
