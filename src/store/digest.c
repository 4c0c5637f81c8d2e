/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/content.h"
#include "store/reach.h"

SG_DEFINE_CLEANUP(sg_sha256, sg_sha256, sg_sha256_free)

/* A row's own digest covers whose it is and all its fields, colleges by code; what else a report depends on is added. */
static sg_status add_rows(sg_sha256 *digest, sg_store *store, sg_kind kind, const sg_reach *reach,
                          sg_err *err)
{
    unsigned char pseudonym[SG_PSEUDONYM_BYTES], key[SG_PSEUDONYM_BYTES], content[SG_ROW_DIGEST];
    SG_QUERY query = sg_query_of(store, sg_store_sql(kind)->digest);
    bool row = false;
    int64_t n = 0;
    sg_sha256_add_field(digest, sg_kind_text(kind));
    sg_status status = sg_query_next(&query, &row, err);
    for (; status == SG_OK && row; n++) {
        sg_batch_reach known = sg_reach_of(reach, &query);
        sg_column_bytes(&query, SG_ROW_PSEUDONYM, pseudonym, sizeof pseudonym);
        sg_column_bytes(&query, SG_ROW_KEY, key, sizeof key);
        sg_column_bytes(&query, SG_ROW_DIGESTED, content, sizeof content);
        sg_sha256_add(digest, pseudonym, sizeof pseudonym);
        sg_sha256_add(digest, key, sizeof key);
        sg_sha256_add(digest, content, sizeof content);
        sg_sha256_add_int(digest, known.cutoff);
        sg_sha256_add_int(digest, known.has_hours);
        status = sg_query_next(&query, &row, err);
    }
    sg_sha256_add_int(digest, n);
    return status;
}

static sg_status add_kind(sg_sha256 *digest, sg_store *store, sg_kind kind, const sg_reach *reach,
                          sg_err *err)
{
    sg_day cutoff = SG_DAY_NONE;
    sg_status status = add_rows(digest, store, kind, reach, err);
    if (status == SG_OK)
        status = sg_store_cutoff(store, kind, &cutoff, err);
    sg_sha256_add_int(digest, cutoff);
    return status;
}

sg_status sg_store_digest(sg_store *store, char out[SG_SHA256_TEXT], sg_err *err)
{
    SG_CLEANUP(sg_sha256_cleanup) sg_sha256 *digest = sg_sha256_new();
    SG_CLEANUP(sg_reach_release) sg_reach reach = {0};
    bool begun = false;
    if (digest == NULL)
        return sg_no_memory(err);
    sg_status status = sg_snapshot_begin(store, &begun, err);
    if (status == SG_OK)
        status = sg_reach_load(&reach, store, err);
    for (int kind = 0; status == SG_OK && kind < SG_N_KINDS; kind++)
        if (sg_store_sql((sg_kind)kind)->insert != 0)
            status = add_kind(digest, store, (sg_kind)kind, &reach, err);
    sg_snapshot_end(store, begun);
    if (status == SG_OK)
        sg_sha256_text(digest, out);
    return status;
}
