/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: one use of a prepared statement. A bind or a column that fails is remembered and told by the next step,
 * so that each use asks once.
 */
#ifndef SG_STORE_STMT_H
#define SG_STORE_STMT_H

#include "store/connection.h"

typedef struct {
    sg_store *store;
    sqlite3_stmt *statement;
    int failure; /* SQLITE_OK or the first one */
} sg_query;

sg_query sg_query_of(sg_store *store, sg_sql_id id);
void sg_query_end(sg_query *query); /* ready for its next use; fine twice */
#define SG_QUERY SG_CLEANUP(sg_query_end) sg_query

/* By name with its colon. SG_BLANK and a text that is NULL become NULL. Texts and bytes must stay until the query ends. */
void sg_query_int(sg_query *query, const char *name, int64_t value);
void sg_query_text(sg_query *query, const char *name, const char *value);
void sg_query_blob(sg_query *query, const char *name, const void *bytes, size_t length);
/* By place, for what is done for each row. */
void sg_query_int_at(sg_query *query, int place, int64_t value);
void sg_query_number_at(sg_query *query, int place, int64_t value); /* SG_BLANK is a number like any other */
void sg_query_text_at(sg_query *query, int place, const char *value);
void sg_query_blob_at(sg_query *query, int place, const void *bytes, size_t length);

sg_status sg_query_next(sg_query *query, bool *out_row, sg_err *err) SG_MUST_CHECK;
/* To its end; rows, of which there may be none, are passed over. */
sg_status sg_query_run(sg_query *query, sg_err *err) SG_MUST_CHECK;
/* As sg_query_run, of a statement without rows whose next use binds each of its places anew: they are left as they are. */
sg_status sg_query_repeat(sg_query *query, sg_err *err) SG_MUST_CHECK;
/* To its end; the first column of its first row, SG_BLANK where there is none. */
sg_status sg_query_value(sg_query *query, int64_t *out, sg_err *err) SG_MUST_CHECK;

/* Of the present row: NULL is SG_BLANK or NULL; texts and bytes are valid until the next step. */
int64_t sg_column_int(sg_query *query, int column);
int64_t sg_column_number(sg_query *query, int column); /* never NULL; SG_BLANK is a number like any other */
const char *sg_column_text(sg_query *query, int column);
const unsigned char *sg_column_blob(sg_query *query, int column, size_t *out_length);
/* Copies exactly `length` bytes; anything else is damage, told by the next step. */
void sg_column_bytes(sg_query *query, int column, void *out, size_t length);

/* Copies a text with its NUL into `size` bytes; a longer one, or none, is damage, told by the next step. */
void sg_column_copy(sg_query *query, int column, char *out, size_t size);

#endif
