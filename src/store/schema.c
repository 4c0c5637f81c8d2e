/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/fault.h"
#include "store/kind.h"
#include "store/stmt.h"

static sg_status prepare(sg_store *store, sg_sql_id id, sg_err *err)
{
    const sg_sql_text *sql = &sg_sql_query[id];
    if (store->statements[id] != NULL)
        return SG_OK;
    int code = sqlite3_prepare_v3(store->db, sql->bytes, (int)sql->length + 1, SQLITE_PREPARE_PERSISTENT,
                                  &store->statements[id], NULL);
    if (code == SQLITE_OK)
        return SG_OK;
    sg_status status = sg_store_fault(store, code, err);
    return sg_wrap(err, status, "while preparing '%s'", sql->name);
}

static sg_status note_schema_file(sg_store *store, const sg_sql_schema_file *file, sg_err *err)
{
    char sha256[SG_SHA256_TEXT];
    sg_status status = prepare(store, SG_SQL_SCHEMA_FILE_ADD, err);
    if (status != SG_OK)
        return status;
    sg_sha256_of(file->text.bytes, file->text.length, sha256);
    sg_query query = sg_query_of(store, SG_SQL_SCHEMA_FILE_ADD);
    sg_query_int(&query, ":number", file->number);
    sg_query_text(&query, ":name", file->text.name);
    sg_query_text(&query, ":sha256", sha256);
    return sg_query_run(&query, err);
}

static sg_status apply_schema_file(sg_store *store, const sg_sql_schema_file *file, sg_err *err)
{
    int64_t version = 0;
    sg_status status = sg_store_begin(store, err);
    if (status == SG_OK)
        status = sg_store_ask(store, "PRAGMA user_version", &version, err);
    /* another program may have applied it between our look and our turn */
    if (status == SG_OK && version < file->number)
        status = sg_store_execute(store, file->text.bytes, err);
    if (status == SG_OK && version < file->number)
        status = note_schema_file(store, file, err);
    if (status == SG_OK)
        status = sg_store_commit(store, err);
    if (status != SG_OK)
        sg_store_roll_back(store);
    return status == SG_OK ? SG_OK
                           : sg_wrap(err, status, "while applying the schema file '%s'", file->text.name);
}

sg_status sg_schema_migrate(sg_store *store, int version, sg_err *err)
{
    static const sg_sql_id needed[] = {SG_SQL_BEGIN_WRITE, SG_SQL_COMMIT, SG_SQL_ROLLBACK};
    sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < sizeof needed / sizeof needed[0]; i++)
        status = prepare(store, needed[i], err);
    for (int i = version; status == SG_OK && i < SG_N_SQL_SCHEMA; i++)
        status = apply_schema_file(store, &sg_sql_schema[i], err);
    return status;
}

static sg_status check_schema_file(sg_store *store, const sg_sql_schema_file *file, sg_err *err)
{
    char sha256[SG_SHA256_TEXT], stored[SG_SHA256_TEXT] = "";
    bool row = false;
    SG_QUERY query = sg_query_of(store, SG_SQL_SCHEMA_FILE_GET);
    sg_query_int(&query, ":number", file->number);
    sg_status status = sg_query_next(&query, &row, err);
    if (status == SG_OK && row)
        sg_column_copy(&query, 0, stored, sizeof stored);
    if (status != SG_OK)
        return status;
    sg_sha256_of(file->text.bytes, file->text.length, sha256);
    if (strcmp(sha256, stored) == 0)
        return SG_OK;
    return sg_fail(err, SG_FAILED,
                   "the database '%s' was made by another '%s.sql' than this program has: use the skillgain "
                   "that made it, for "
                   "schema files are never edited",
                   store->path, file->text.name);
}

sg_status sg_schema_check(sg_store *store, sg_err *err)
{
    sg_status status = SG_OK;
    for (int i = 0; status == SG_OK && i < SG_N_SQL_SCHEMA; i++)
        status = check_schema_file(store, &sg_sql_schema[i], err);
    return status;
}

sg_status sg_store_prepare(sg_store *store, sg_err *err)
{
    sg_status status = SG_OK;
    for (int id = 0; status == SG_OK && id < SG_N_SQL; id++) {
        if (sg_text_starts(sg_sql_query[id].name, "temp_"))
            status = sg_store_execute(store, sg_sql_query[id].bytes, err);
    }
    for (int id = 0; status == SG_OK && id < SG_N_SQL; id++) {
        if (!sg_text_starts(sg_sql_query[id].name, "temp_") &&
            !sg_text_starts(sg_sql_query[id].name, "kind_"))
            status = prepare(store, (sg_sql_id)id, err);
    }
    return status == SG_OK ? sg_kind_prepare(store, err) : status;
}
