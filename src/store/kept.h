/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the texts of an import's refused rows, which wait in memory, as its findings do, until the batch has its id.
 */
#ifndef SG_STORE_KEPT_H
#define SG_STORE_KEPT_H

#include "skillgain/store/kept.h"
#include "store/connection.h"

typedef struct {
    int64_t line, n_rows;
    const char *rules, *text;
    size_t length;
} sg_waiting_row;

typedef struct {
    bool wanted;
    sg_arena *arena; /* of the texts */
    sg_waiting_row *rows;
    size_t n, capacity;
    int64_t n_refused; /* refused rows that stand on these lines */
    int64_t bytes;     /* of their texts */
    int64_t line;      /* that was found fault with last */
    sg_str rules;      /* by which it was refused, with blanks between them */
} sg_waiting_rows;

sg_status sg_waiting_want(sg_waiting_rows *waiting, sg_err *err) SG_MUST_CHECK;
void sg_waiting_release(sg_waiting_rows *waiting);

/* Each finding, before the text of its row. */
sg_status sg_waiting_note(sg_waiting_rows *waiting, const sg_finding *finding, sg_err *err) SG_MUST_CHECK;
sg_status sg_waiting_add(sg_waiting_rows *waiting, int64_t line, const char *text, size_t length,
                         sg_err *err) SG_MUST_CHECK;
/* Enters them under the batch's id; of a refused file nothing. A batch that is in use replaces those that were held with its file: theirs are taken out. */
sg_status sg_waiting_enter(const sg_waiting_rows *waiting, sg_store *store, const sg_batch *batch,
                           sg_err *err) SG_MUST_CHECK;

/* Within the caller's transaction: takes out those of a batch; of all. */
sg_status sg_kept_drop(sg_store *store, int64_t batch, sg_err *err) SG_MUST_CHECK;
sg_status sg_kept_drop_all(sg_store *store, sg_err *err) SG_MUST_CHECK;

#endif
