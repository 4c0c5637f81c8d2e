/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the open database, its prepared statements and its transactions.
 */
#ifndef SG_STORE_CONNECTION_H
#define SG_STORE_CONNECTION_H

#include <sqlite3.h>

#include "gen/sql_catalog.h"
#include "skillgain/store.h"

/* How scopes say "blank" and "every value", in program_year and college alike: no year and no id is as large. */
#define SG_SCOPE_BLANK INT32_MIN
#define SG_SCOPE_ANY INT32_MAX

/* Before every day a delivery can be complete up to. */
#define SG_EARLIEST INT32_MIN

enum { SG_MOST_KIND_STATEMENTS = 16 };

/* The fields of a kind that have a column of their own, because statements ask for them; the others lie in `fields`, packed. */
typedef struct {
    size_t n;
    int field[SG_MAX_FIELDS]; /* in the order of the field table */
} sg_columns;

struct sg_store {
    sqlite3 *db;
    char *path; /* its folder resolved, for SQLite; messages too */
    sg_store_mode mode;
    sqlite3_stmt *statements[SG_N_SQL];
    sqlite3_stmt *kind_statements[SG_N_KINDS * SG_MOST_KIND_STATEMENTS]; /* kind.h */
    sg_columns columns[SG_N_KINDS];
    int64_t as_of; /* the last batch that counts for what is read */
    bool importing;
    bool is_new;  /* made by this opening */
    bool checked; /* every page was found sound */
};

/* Another connection to the database, to be read on another thread: it sees what was committed last. The caller closes it
 * (sg_store_close). */
sg_status sg_store_open_beside(const sg_store *store, sg_store **out, sg_err *err) SG_MUST_CHECK;

/* What a transaction on a new database has written so far goes to the disk now, so that its end waits for little. */
sg_status sg_store_write_back(sg_store *store, sg_err *err) SG_MUST_CHECK;

/* Sets up the connection before anything of the database is believed. */
sg_status sg_connection_set_up(sg_store *store, sg_err *err) SG_MUST_CHECK;

/* Ours, sound, and of which version? *out_version 0: new and empty. */
sg_status sg_connection_inspect(sg_store *store, int *out_version, sg_err *err) SG_MUST_CHECK;

/* Applies the schema files after `version`, each in its own transaction. */
sg_status sg_schema_migrate(sg_store *store, int version, sg_err *err) SG_MUST_CHECK;
/* The schema files that made the database are the ones this program knows. */
sg_status sg_schema_check(sg_store *store, sg_err *err) SG_MUST_CHECK;

/* Makes the temporary tables and prepares every statement. */
sg_status sg_store_prepare(sg_store *store, sg_err *err) SG_MUST_CHECK;

/* A whole text of statements without parameters. */
sg_status sg_store_execute(sg_store *store, const char *sql, sg_err *err) SG_MUST_CHECK;
/* The whole number that a statement's first row begins with, SG_BLANK where there is none. */
sg_status sg_store_ask(sg_store *store, const char *sql, int64_t *out, sg_err *err) SG_MUST_CHECK;

sg_status sg_store_begin(sg_store *store, sg_err *err) SG_MUST_CHECK; /* to write */
sg_status sg_store_commit(sg_store *store, sg_err *err) SG_MUST_CHECK;
void sg_store_roll_back(sg_store *store); /* fine where there is no transaction */

/* Reads between the two see one state. A store opened to read sees one state from its opening on. */
sg_status sg_snapshot_begin(sg_store *store, bool *out_begun, sg_err *err) SG_MUST_CHECK;
void sg_snapshot_end(sg_store *store, bool begun);

#endif
