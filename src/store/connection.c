/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/connection.h"

#include <string.h>
#include <sys/stat.h>

#include "store/fault.h"
#include "store/stmt.h"

enum { APPLICATION_ID = 0x536b476e, BUSY_MILLISECONDS = 5000, LARGE_DATABASE = 64 << 20 };

/* A database may come from anywhere: what it can do to this program is bounded before it is looked into. */
static const struct {
    int limit, most;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, 256 << 20}, /* a kept cohort column is a byte or more a participant-year */
    {SQLITE_LIMIT_SQL_LENGTH, 100000},   {SQLITE_LIMIT_COLUMN, 200},
    {SQLITE_LIMIT_EXPR_DEPTH, 100},      {SQLITE_LIMIT_COMPOUND_SELECT, 10},
    {SQLITE_LIMIT_VDBE_OP, 100000},      {SQLITE_LIMIT_FUNCTION_ARG, 16},
    {SQLITE_LIMIT_ATTACHED, 0},          {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 200}, {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

static const struct {
    int option, value;
} options[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1}, {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    {SQLITE_DBCONFIG_ENABLE_VIEW, 0}, {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},     {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
};

/*
 * Staged rows lie in temporary tables. They stay in memory up to the size of the temporary cache and then go to a file that
 * has no name, so that a night of ten million rows needs no more memory than one of a hundred thousand. The cache of the rest is as
 * SQLite has it, 2 MB: rows are written and read in the order of their pages, and so few pages stay in the processor's own cache. Pages
 * of 8 KiB measure best; both settings only matter to a database that is still empty.
 */
static const char settings[] = "PRAGMA cell_size_check = ON;"
                               "PRAGMA mmap_size = 0;"
                               "PRAGMA temp_store = FILE;"
                               "PRAGMA temp.cache_size = -32768;"
                               "PRAGMA secure_delete = ON;";

/* A write-ahead log lets readers see the last state while an import goes on. FULL: what was committed outlives the power. */
static const char writer_settings[] = "PRAGMA page_size = 8192;"
                                      "PRAGMA journal_mode = WAL;"
                                      "PRAGMA synchronous = FULL;";
/* A new database has no state that readers could want, and would be written twice: its first log is a rollback journal. */
static const char first_settings[] = "PRAGMA page_size = 8192;"
                                     "PRAGMA journal_mode = DELETE;"
                                     "PRAGMA synchronous = FULL;";

sg_status sg_store_execute(sg_store *store, const char *sql, sg_err *err)
{
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? SG_OK : sg_store_fault(store, code, err);
}

sg_status sg_store_ask(sg_store *store, const char *sql, int64_t *out, sg_err *err)
{
    sg_query query = {.store = store};
    int code = sqlite3_prepare_v2(store->db, sql, -1, &query.statement, NULL);
    if (code != SQLITE_OK)
        return sg_store_fault(store, code, err);
    sg_status status = sg_query_value(&query, out, err);
    (void)sqlite3_finalize(query.statement); /* its failure is the step's */
    return status;
}

sg_status sg_connection_set_up(sg_store *store, sg_err *err)
{
    (void)sqlite3_extended_result_codes(store->db,
                                        1); /* can't fail on an open connection; nor can the next */
    (void)sqlite3_busy_timeout(store->db, BUSY_MILLISECONDS);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        (void)sqlite3_limit(store->db, limits[i].limit, limits[i].most); /* returns the old one */
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        int code = sqlite3_db_config(store->db, options[i].option, options[i].value, NULL);
        if (code != SQLITE_OK)
            return sg_store_fault(store, code, err);
    }
    return sg_store_execute(store, settings, err);
}

sg_status sg_store_check_sound(sg_store *store, sg_err *err)
{
    sqlite3_stmt *statement = NULL;
    if (store->checked)
        return SG_OK;
    int code = sqlite3_prepare_v2(store->db, "PRAGMA integrity_check(1)", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    const unsigned char *verdict = code == SQLITE_ROW ? sqlite3_column_text(statement, 0) : NULL;
    store->checked = verdict != NULL && strcmp((const char *)verdict, "ok") == 0;
    (void)sqlite3_finalize(statement);
    if (store->checked)
        return SG_OK;
    /* the verdict may quote what is in a damaged page: it is not repeated */
    return code == SQLITE_ROW ? sg_store_damaged(store, "its pages contradict each other", err)
                              : sg_store_fault(store, code, err);
}

/* Every page is read for it. A large database that was closed in order is checked before a report reads it all anyway, and not before
 * each file that is taken in. */
static bool is_checked_now(sg_store *store)
{
    struct stat database, log;
    sg_str path = {0};
    sg_str_printf(&path, "%s-wal", store->path);
    bool closed_in_order = !path.failed && (stat(path.text, &log) != 0 || log.st_size == 0);
    bool is_large = stat(store->path, &database) == 0 && database.st_size > LARGE_DATABASE;
    sg_str_release(&path);
    return store->mode == SG_STORE_READ || !closed_in_order || !is_large;
}

static sg_status inspect(sg_store *store, int *out_version, sg_err *err)
{
    int64_t application = 0, version = 0, tables = 0;
    sg_status status = sg_store_ask(store, "PRAGMA application_id", &application, err);
    if (status == SG_OK)
        status = sg_store_ask(store, "PRAGMA user_version", &version, err);
    if (status == SG_OK)
        status = sg_store_ask(store, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (status != SG_OK)
        return status;
    *out_version = (int)version;
    if (application == 0 && version == 0 && tables == 0)
        return SG_OK;
    if (application != APPLICATION_ID)
        return sg_fail(err, SG_FAILED,
                       "'%s' is not a skillgain database: name another under 'store' in skillgain.yaml",
                       store->path);
    if (version > SG_N_SQL_SCHEMA)
        return sg_fail(err, SG_FAILED,
                       "the database '%s' is of schema %lld, made by a newer skillgain; this one knows "
                       "schema %d: use the newer one",
                       store->path, (long long)version, (int)SG_N_SQL_SCHEMA);
    if (version < 1)
        return sg_store_damaged(store, "it has no version", err);
    return is_checked_now(store) ? sg_store_check_sound(store, err) : SG_OK;
}

sg_status sg_connection_inspect(sg_store *store, int *out_version, sg_err *err)
{
    int version = 0;
    sg_status status = inspect(store, &version, err);
    /* after the inspection: a file that is not ours is not written to */
    store->is_new = status == SG_OK && version == 0;
    if (status == SG_OK && store->mode == SG_STORE_WRITE)
        status = sg_store_execute(store, store->is_new ? first_settings : writer_settings, err);
    if (status == SG_OK)
        *out_version = version;
    return status;
}

sg_status sg_store_begin(sg_store *store, sg_err *err)
{
    sg_query query = sg_query_of(store, SG_SQL_BEGIN_WRITE);
    return sg_query_run(&query, err);
}

sg_status sg_store_commit(sg_store *store, sg_err *err)
{
    sg_query query = sg_query_of(store, SG_SQL_COMMIT);
    return sg_query_run(&query, err);
}

/* After a full disk SQLite has rolled back by itself. Where a rollback fails, closing the database does it. */
void sg_store_roll_back(sg_store *store)
{
    if (sqlite3_get_autocommit(store->db) != 0)
        return;
    (void)sqlite3_step(store->statements[SG_SQL_ROLLBACK]);
    (void)sqlite3_reset(store->statements[SG_SQL_ROLLBACK]);
}

sg_status sg_store_write_back(sg_store *store, sg_err *err)
{
    sqlite3_file *file = NULL;
    int code = SQLITE_OK;
    if (store->is_new)
        code = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code == SQLITE_OK && file != NULL && file->pMethods != NULL)
        code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
    return code == SQLITE_OK ? SG_OK : sg_store_fault(store, code, err);
}

sg_status sg_snapshot_begin(sg_store *store, bool *out_begun, sg_err *err)
{
    sg_query query = sg_query_of(store, SG_SQL_BEGIN_READ);
    *out_begun = false;
    if (sqlite3_get_autocommit(store->db) == 0)
        return SG_OK;
    sg_status status = sg_query_run(&query, err);
    *out_begun = status == SG_OK;
    return status;
}

void sg_snapshot_end(sg_store *store, bool begun)
{
    if (begun)
        sg_store_roll_back(store); /* nothing was written */
}
