/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the statements that each kind of rows has of its own. They are written once, in sql/query/kind_*.sql, and made
 * for each kind from the field table: "{table}" and "{columns}" stand for what differs.
 */
#ifndef SG_STORE_KIND_H
#define SG_STORE_KIND_H

#include "store/stmt.h"

#define SG_KIND_STATEMENTS(X)                                                                                \
    X(INSERT)                                                                                                \
    X(READ)                                                                                                  \
    X(KNOWN)                                                                                                 \
    X(DROP)                                                                                                  \
    X(RAW)                                                                                                   \
    X(LEARNER)                                                                                               \
    X(LAST)                                                                                                  \
    X(UNDO)                                                                                                  \
    X(FORGET)                                                                                                \
    X(FORGET_ENDS)                                                                                           \
    X(FORGET_SEEN)                                                                                           \
    X(COLLEGES)                                                                                              \
    X(ROW)

typedef enum {
#define SG_KIND_STATEMENT_ENUM(name) SG_ROWS_##name,
    SG_KIND_STATEMENTS(SG_KIND_STATEMENT_ENUM)
#undef SG_KIND_STATEMENT_ENUM
        SG_N_KIND_STATEMENTS
} sg_kind_statement;

/* One use of a kind's statement, as sg_query_of. */
sg_query sg_kind_query(sg_store *store, sg_kind kind, sg_kind_statement statement);

/* The fields of the row at hand, whose columns start at `first`, into a record of its kind without any (sg_record_clear); of its college
 * only that it has one: "", and its id. Texts are valid until the next step. False: they are of no row of this kind. */
bool sg_kind_read_fields(sg_query *query, int first, sg_record *out, int64_t *out_college) SG_MUST_CHECK;

/* Prepares those of every kind. */
sg_status sg_kind_prepare(sg_store *store, sg_err *err) SG_MUST_CHECK;
void sg_kind_finalize(sg_store *store);

/* The parameters of SG_ROWS_INSERT before those of the fields, by place. */
enum {
    SG_INSERT_ID = 1,
    SG_INSERT_RAW,
    SG_INSERT_VERDICT,
    SG_INSERT_KEY,
    SG_INSERT_DIGEST,
    SG_INSERT_BATCH,
    SG_INSERT_SCOPE,
    SG_INSERT_LINE,
    SG_INSERT_LEARNER,
    SG_INSERT_FIRST_FIELD
};

/* The columns of SG_ROWS_READ before those of the fields. */
enum {
    SG_READ_ID,
    SG_READ_KEY,
    SG_READ_DIGEST,
    SG_READ_BATCH,
    SG_READ_SCOPE,
    SG_READ_LINE,
    SG_READ_LEARNER,
    SG_READ_FIRST_FIELD
};

#endif
