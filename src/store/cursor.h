/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the current rows of a kind, one after another in order of pseudonym and key, each held against its digest.
 */
#ifndef SG_STORE_CURSOR_H
#define SG_STORE_CURSOR_H

#include "store/college.h"
#include "store/reach.h"

typedef struct {
    sg_query query;
    const sg_colleges *colleges;
    const sg_reach *reach;
    sg_str room; /* of the digest */
    bool at_row;
    sg_record row;             /* texts valid until the next step */
    const sg_college *college; /* NULL: blank */
    sg_batch_reach known;
} sg_cursor;

/* The two must outlive the cursor. */
void sg_cursor_open(sg_cursor *cursor, sg_store *store, sg_kind kind, const sg_colleges *colleges,
                    const sg_reach *reach);
sg_status sg_cursor_next(sg_cursor *cursor, sg_err *err) SG_MUST_CHECK; /* at_row false: there are no more */
void sg_cursor_close(sg_cursor *cursor);

#endif
