/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/fault.h"

#include <errno.h>
#include <string.h>

typedef struct {
    int code; /* primary */
    sg_status status;
    const char *cause;  /* after "the database 'x' " */
    const char *remedy; /* after ": " */
} fault;

static const fault disk_full = {
    SQLITE_FULL, SG_FAILED, "does not fit: the disk is full",
    "free space on its disk and on that of temporary files, and run again; nothing was changed"};

static const fault other = {SQLITE_ERROR, SG_FAILED, "can't be used",
                            "run again; if that does not help, restore the newest backup"};

static const fault faults[] = {
    {SQLITE_IOERR, SG_FAILED, "can't be read or written",
     "look at its disk (full, failing, not mounted?) and run again; nothing was changed"},
    {SQLITE_BUSY, SG_BUSY, "is being written by another program", "try again when that has ended"},
    {SQLITE_LOCKED, SG_BUSY, "is being written by another program", "try again when that has ended"},
    {SQLITE_CORRUPT, SG_FAILED, "is damaged",
     "move it and its '-wal' and '-shm' files away, restore the newest backup and run again"},
    {SQLITE_NOTADB, SG_FAILED, "is not a skillgain database, or its beginning is damaged",
     "name another under 'store' in skillgain.yaml, or restore the newest backup"},
    {SQLITE_READONLY, SG_FAILED, "can't be written", "let this account write the file and its folder"},
    {SQLITE_PERM, SG_FAILED, "can't be opened", "let this account read and write the file and its folder"},
    {SQLITE_CANTOPEN, SG_FAILED, "can't be opened",
     "let this account read and write the file and its folder, which must exist; a link is not followed"},
    {SQLITE_CONSTRAINT, SG_FAILED, "refuses an entry that contradicts another", "nothing was changed"},
};

static const fault *find_fault(const sg_store *store, int code)
{
    int primary = code & 0xff;
    int error = store->db != NULL ? sqlite3_system_errno(store->db) : 0;
    bool is_io = primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN;

    if (primary == SQLITE_FULL || (is_io && (error == ENOSPC || error == EDQUOT || error == EFBIG)))
        return &disk_full;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        if (faults[i].code == primary)
            return &faults[i];
    }
    return &other;
}

sg_status sg_store_fault(const sg_store *store, int code, sg_err *err)
{
    if ((code & 0xff) == SQLITE_NOMEM)
        return sg_no_memory(err);
    const fault *f = find_fault(store, code);
    /* SQLite's own words name tables and columns, never a value */
    const char *detail = f == &other && store->db != NULL ? sqlite3_errmsg(store->db) : sqlite3_errstr(code);
    return sg_fail(err, f->status, "the database '%s' %s (%s): %s", store->path, f->cause, detail, f->remedy);
}

sg_status sg_store_damaged(const sg_store *store, const char *what, sg_err *err)
{
    return sg_fail(err, SG_FAILED,
                   "the database '%s' is damaged (%s): move it and its '-wal' and '-shm' files away, restore "
                   "the newest backup "
                   "and run again",
                   store->path, what);
}
