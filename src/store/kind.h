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

/* SG_ROWS_INSERT for rows that have no other fields than these (bit by field): a file names few of them, and each column costs a
 * little a row. *out is the caller's to finalize; columns: the fields of its parameters. */
sg_status sg_kind_narrow_insert(sg_store *store, sg_kind kind, uint64_t fields, sqlite3_stmt **out,
                                sg_columns *columns, sg_err *err) SG_MUST_CHECK;

/* The row's codes as the column `codes` has them: of these columns, the bytes that out then has. */
size_t sg_codes_pack(const sg_columns *columns, const sg_record *row, unsigned char out[SG_MAX_FIELDS]);
/* And back. False: they are of no row of this kind. */
bool sg_codes_unpack(const sg_columns *columns, const unsigned char *codes, size_t length, sg_record *out);

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
