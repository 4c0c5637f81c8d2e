/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/forgotten.h"

#include <stdlib.h>
#include <string.h>

#include "store/kept.h"
#include "store/kind.h"

/* Who holds the database and a pseudonym could tell that it was forgotten; nobody can tell from the digest whose it was. */
static void digest_of(const sg_pseudonym *learner, sg_pseudonym *out)
{
    static const sg_key no_key;
    sg_pseudonym_make(&no_key, "forgotten", (const char *)learner->bytes, sizeof learner->bytes, out);
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(sg_pseudonym));
}

sg_status sg_forgotten_load(sg_store *store, sg_pseudonym **out, size_t *out_n, size_t *out_capacity,
                            sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_FORGOTTEN_LIST);
    bool row = false;
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        if (!sg_grow(out, out_capacity, *out_n + 1, sizeof **out))
            return sg_no_memory(err);
        sg_column_bytes(&query, 0, (*out)[(*out_n)++].bytes, sizeof(sg_pseudonym));
        status = sg_query_next(&query, &row, err);
    }
    return status;
}

bool sg_forgotten_has(const sg_pseudonym *digests, size_t n, const sg_pseudonym *learner)
{
    sg_pseudonym digest;
    if (n == 0)
        return false;
    digest_of(learner, &digest);
    return bsearch(&digest, digests, n, sizeof digest, compare) != NULL;
}

sg_status sg_store_are_forgotten(sg_store *store, const sg_pseudonym *learners, size_t n, bool *out,
                                 sg_err *err)
{
    sg_pseudonym *digests = NULL;
    size_t n_digests = 0, capacity = 0;
    sg_status status = sg_forgotten_load(store, &digests, &n_digests, &capacity, err);
    for (size_t i = 0; i < n && status == SG_OK; i++)
        out[i] = sg_forgotten_has(digests, n_digests, &learners[i]);
    free(digests);
    return status;
}

/* ---- forgetting ---- */

static sg_status run_for(sg_store *store, sg_kind kind, sg_kind_statement statement,
                         const sg_pseudonym *learner, bool by_kind, sg_err *err)
{
    SG_QUERY query = sg_kind_query(store, kind, statement);
    sg_query_blob(&query, ":learner", learner->bytes, sizeof learner->bytes);
    if (by_kind)
        sg_query_int(&query, ":kind", kind);
    return sg_query_run(&query, err);
}

static sg_status forget_rows(sg_store *store, const sg_pseudonym *learner, int64_t *out_n, sg_err *err)
{
    sg_status status = SG_OK;
    for (int kind = 0; kind < SG_N_KINDS && status == SG_OK; kind++) {
        status = run_for(store, (sg_kind)kind, SG_ROWS_FORGET_ENDS, learner, true, err);
        if (status == SG_OK)
            status = run_for(store, (sg_kind)kind, SG_ROWS_FORGET_SEEN, learner, true, err);
        if (status == SG_OK)
            status = run_for(store, (sg_kind)kind, SG_ROWS_FORGET, learner, false, err);
        *out_n += sqlite3_changes64(store->db);
    }
    return status;
}

static sg_status note_forgotten(sg_store *store, const sg_pseudonym *learner, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_FORGOTTEN_ADD);
    sg_pseudonym digest;
    digest_of(learner, &digest);
    sg_query_blob(&query, ":pseudonym_digest", digest.bytes, sizeof digest.bytes);
    return sg_query_run(&query, err);
}

static sg_status forget_all(sg_store *store, const sg_pseudonym *learners, size_t n, int64_t *out_n,
                            sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < n && status == SG_OK; i++) {
        status = forget_rows(store, &learners[i], out_n, err);
        if (status == SG_OK)
            status = note_forgotten(store, &learners[i], err);
    }
    SG_QUERY clear = sg_query_of(store, SG_SQL_CLEAR_COHORT);
    SG_QUERY profile = sg_query_of(store, SG_SQL_PROFILE_FORGET);
    if (status == SG_OK)
        status = sg_query_run(&clear, err);
    if (status == SG_OK)
        status = sg_query_run(&profile, err);
    return status == SG_OK ? sg_kept_drop_all(store, err) : status; /* whose they are can't be told */
}

/* secure_delete has overwritten the rows in their pages; what the log and free pages still hold goes with a rebuild. */
sg_status sg_store_wipe(sg_store *store, sg_err *err)
{
    static const char steps[] = "PRAGMA wal_checkpoint(TRUNCATE);"
                                "VACUUM;"
                                "PRAGMA wal_checkpoint(TRUNCATE);";
    int most = sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 1); /* a rebuild attaches the new file */
    sg_status status = sg_store_execute(store, steps, err);
    (void)sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, most);
    return status;
}

sg_status sg_store_forget(sg_store *store, const sg_pseudonym *learners, size_t n, int64_t *out_rows,
                          sg_err *err)
{
    int64_t rows = 0;
    sg_status status = sg_store_begin(store, err);
    if (status == SG_OK)
        status = forget_all(store, learners, n, &rows, err);
    if (status == SG_OK)
        status = sg_store_commit(store, err);
    if (status != SG_OK) {
        sg_store_roll_back(store);
        return status;
    }
    *out_rows = rows;
    return sg_store_wipe(store, err);
}
