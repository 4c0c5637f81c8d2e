/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* glibc gives realpath for this word only, though POSIX.1-2008 has it */
#include "skillgain/store.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/fault.h"
#include "store/kind.h"
#include "store/stmt.h"

static sg_status no_store_yet(const char *path, sg_err *err)
{
    return sg_fail(err, SG_USAGE,
                   "there is no store '%s' yet: run 'skillgain import' or 'skillgain run' first", path);
}

/* The folder's links are followed, the file's own is not: SQLite, told to follow none, would refuse both. */
static sg_status resolve_path(const char *path, char **out, sg_err *err)
{
    const char *base = sg_path_base(path);
    sg_str folder = {0}, whole = {0};
    sg_str_add(&folder, base == path ? "./" : "");
    sg_str_add_n(&folder, path, (size_t)(base - path));
    char *real = folder.failed ? NULL : realpath(folder.text, NULL);
    int error = folder.failed ? ENOMEM : errno;
    sg_str_release(&folder);
    if (real == NULL && error == ENOMEM)
        return sg_no_memory(err);
    if (real == NULL)
        return sg_fail(err, SG_FAILED,
                       "cannot reach the folder of the database '%s': %s; make it, or name another 'store'",
                       path, strerror(error));
    sg_str_printf(&whole, "%s/%s", real, base);
    free(real);
    if (whole.failed || whole.text == NULL) {
        sg_str_release(&whole);
        return sg_no_memory(err);
    }
    *out = whole.text;
    return SG_OK;
}

/* A new file is made here, so that its mode, which SQLite gives to the files beside it too, is ours whatever the umask. */
static sg_status make_file(const char *path, sg_err *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    int error = errno;
    bool made = fd >= 0 && fchmod(fd, 0600) == 0;
    if (fd >= 0 && !made)
        error = errno;
    if (fd >= 0 && close(fd) != 0 && made) {
        error = errno;
        made = false;
    }
    if (made || error == EEXIST)
        return SG_OK;
    return sg_fail(err, SG_FAILED, "cannot make the database '%s': %s; let this account write in its folder",
                   path, strerror(error));
}

static sg_status find_file(const sg_store *store, sg_err *err)
{
    struct stat about;
    if (lstat(store->path, &about) != 0) {
        if (errno != ENOENT)
            return sg_fail(err, SG_FAILED, "cannot look at the database '%s': %s", store->path,
                           strerror(errno));
        return store->mode == SG_STORE_WRITE ? make_file(store->path, err) : no_store_yet(store->path, err);
    }
    if (S_ISREG(about.st_mode))
        return SG_OK;
    return sg_fail(
        err, SG_FAILED,
        "'%s' is %s, not a database: move it away, or name another file under 'store' in skillgain.yaml",
        store->path, S_ISLNK(about.st_mode) ? "a link" : "no regular file");
}

/* SQLite counts no memory, which would lock for every row. Only before its first use is it told so, and by one thread. */
static void set_up_library(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS,
                         0); /* refused where something else used it before: then it counts */
}

/* A reader opens to write where it may: the last one to close takes the log files away. It is kept from writing all the same. */
static sg_status open_database(sg_store *store, sg_err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, set_up_library);
    int code = sqlite3_open_v2(
        store->path, &store->db,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (code != SQLITE_OK)
        return sg_store_fault(store, code, err);
    return sg_connection_set_up(store, err);
}

static sg_status begin_snapshot(sg_store *store, sg_err *err)
{
    bool begun;
    int64_t first;
    sg_status status = sg_store_execute(store, "PRAGMA query_only = ON", err);
    if (status == SG_OK)
        status = sg_snapshot_begin(store, &begun, err);
    if (status == SG_OK) /* the state is that of the first read */
        status = sg_store_ask(store, "SELECT count(*) FROM schema_file", &first, err);
    return status;
}

static sg_status set_up(sg_store *store, sg_err *err)
{
    int version = 0;
    sg_status status = sg_connection_inspect(store, &version, err);
    if (status == SG_OK && store->mode == SG_STORE_READ && version == 0)
        return no_store_yet(store->path, err);
    if (status == SG_OK && store->mode == SG_STORE_READ && version < SG_N_SQL_SCHEMA)
        return sg_fail(err, SG_USAGE,
                       "the database '%s' is of an older skillgain: 'skillgain run' brings it up to date",
                       store->path);
    if (status == SG_OK && store->mode == SG_STORE_WRITE)
        status = sg_schema_migrate(store, version, err);
    if (status == SG_OK)
        status = sg_store_prepare(store, err);
    if (status == SG_OK)
        status = sg_schema_check(store, err);
    if (status == SG_OK && store->mode == SG_STORE_READ)
        status = begin_snapshot(store, err);
    return status;
}

static sg_status open_at(sg_store *store, const char *path, sg_err *err)
{
    sg_status status = resolve_path(path, &store->path, err);
    if (store->path == NULL)
        return status;
    status = find_file(store, err);
    if (status == SG_OK)
        status = open_database(store, err);
    return status == SG_OK ? set_up(store, err) : status;
}

sg_status sg_store_open(const char *path, sg_store_mode mode, sg_store **out, sg_err *err)
{
    sg_store *store = calloc(1, sizeof *store);
    if (store == NULL)
        return sg_no_memory(err);
    store->mode = mode;
    store->as_of = INT64_MAX;
    sg_status status = open_at(store, path, err);
    if (status == SG_OK)
        *out = store;
    else
        sg_store_close(store);
    return status;
}

sg_status sg_store_open_beside(const sg_store *store, sg_store **out, sg_err *err)
{
    SG_CLEANUP(sg_store_cleanup) sg_store *beside = calloc(1, sizeof *beside);
    if (beside == NULL || (beside->path = strdup(store->path)) == NULL)
        return sg_no_memory(err);
    beside->mode = SG_STORE_READ;
    beside->as_of = store->as_of;
    sg_status status = open_database(beside, err);
    if (status == SG_OK)
        status = sg_store_prepare(beside, err);
    if (status == SG_OK)
        status = sg_store_execute(beside, "PRAGMA query_only = ON", err);
    if (status != SG_OK)
        return status;
    *out = beside;
    beside = NULL;
    return SG_OK;
}

void sg_store_set_as_of(sg_store *store, int64_t batch)
{
    store->as_of = batch;
}

void sg_store_close(sg_store *store)
{
    if (store == NULL)
        return;
    if (store->db != NULL && store->statements[SG_SQL_ROLLBACK] != NULL)
        sg_store_roll_back(store);
    if (store->db != NULL && store->is_new && store->mode == SG_STORE_WRITE)
        (void)sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", NULL, NULL,
                           NULL); /* else the next opening does it */
    for (int id = 0; id < SG_N_SQL; id++)
        (void)sqlite3_finalize(store->statements[id]); /* failures were told by their steps */
    sg_kind_finalize(store);
    (void)sqlite3_close_v2(store->db); /* a log that can't be taken in now is taken in at the next opening */
    free(store->path);
    free(store);
}

static sg_status get_fact(sg_store *store, const char *name, char *out, size_t size, bool *found, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_META_GET);
    bool row = false;
    sg_query_text(&query, ":name", name);
    sg_status status = sg_query_next(&query, &row, err);
    *found = row;
    while (status == SG_OK && row) {
        sg_column_copy(&query, 0, out, size);
        status = sg_query_next(&query, &row, err);
    }
    return status;
}

static sg_status add_fact(sg_store *store, const char *name, const char *value, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_META_ADD);
    sg_query_text(&query, ":name", name);
    sg_query_text(&query, ":value", value);
    return sg_query_run(&query, err);
}

sg_status sg_store_check_key(sg_store *store, const sg_key *key, sg_err *err)
{
    char given[33], stored[33] = "";
    bool found = false;
    sg_status status = get_fact(store, "key_check", stored, sizeof stored, &found, err);
    if (status != SG_OK)
        return status;
    sg_key_check_value(key, given);
    if (!found)
        return store->mode == SG_STORE_WRITE ? add_fact(store, "key_check", given, err) : SG_OK;
    if (strcmp(given, stored) == 0)
        return SG_OK;
    return sg_fail(err, SG_USAGE,
                   "the database '%s' was made with another key: put back the key file it was made with, "
                   "from the backup of the "
                   "workspace",
                   store->path);
}
