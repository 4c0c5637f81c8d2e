/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/batch.h"

#include <string.h>

#include "store/fault.h"
#include "store/stmt.h"

/* The columns of batch_list. */
enum {
    ID,
    KIND,
    STATE,
    FILE_NAME,
    SHA256,
    BYTES,
    CROSSWALK,
    CROSSWALK_SHA256,
    RULE_SET,
    DELIVERY,
    SCOPE_COLUMNS,
    LEARNERS_BY_COLLEGE,
    LATEST_GAINS,
    HAS_HOURS,
    FIELDS,
    RECORDS,
    CUTOFF,
    IMPORTED_ON,
    FIRST_COUNT,
    N_COUNTS = 12,
    REASON = FIRST_COUNT + N_COUNTS,
    ACCEPTED
};

static const struct {
    const char *parameter;
    size_t offset; /* in sg_batch_counts */
} counts[N_COUNTS] = {
    {":n_read", offsetof(sg_batch_counts, read)},
    {":n_stored", offsetof(sg_batch_counts, stored)},
    {":n_repeated", offsetof(sg_batch_counts, repeated)},
    {":n_replaced", offsetof(sg_batch_counts, replaced)},
    {":n_quarantined", offsetof(sg_batch_counts, quarantined)},
    {":n_dropped", offsetof(sg_batch_counts, dropped)},
    {":n_warnings", offsetof(sg_batch_counts, warnings)},
    {":n_added", offsetof(sg_batch_counts, added)},
    {":n_changed", offsetof(sg_batch_counts, changed)},
    {":n_unchanged", offsetof(sg_batch_counts, unchanged)},
    {":n_withdrawn", offsetof(sg_batch_counts, withdrawn)},
    {":n_spared", offsetof(sg_batch_counts, spared)},
};

static const char *const deliveries[] = {[SG_DELIVERY_FULL] = "full", [SG_DELIVERY_DELTA] = "delta"};

const char *sg_store_delivery_text(sg_delivery delivery)
{
    return deliveries[delivery];
}

static int64_t day_value(sg_day day)
{
    return day == SG_DAY_NONE ? SG_BLANK : day;
}

static sg_day value_day(int64_t value)
{
    return value == SG_BLANK ? SG_DAY_NONE : (sg_day)value;
}

sg_status sg_store_enter_batch(sg_store *store, const sg_batch *batch, int64_t *out_id, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_BATCH_ADD);
    sg_query_text(&query, ":kind", sg_kind_text(batch->kind));
    sg_query_text(&query, ":state", sg_batch_state_text(batch->state));
    sg_query_text(&query, ":file_name", batch->file_name);
    sg_query_text(&query, ":sha256", batch->sha256);
    sg_query_int(&query, ":bytes", batch->bytes);
    sg_query_text(&query, ":crosswalk", batch->crosswalk);
    sg_query_text(&query, ":crosswalk_sha256", batch->crosswalk_sha256);
    sg_query_int(&query, ":rule_set", batch->rule_set);
    sg_query_text(&query, ":delivery", deliveries[batch->delivery]);
    sg_query_int(&query, ":scope_columns", batch->scope);
    sg_query_int(&query, ":learners_by_college", batch->learners_by_college);
    sg_query_int(&query, ":latest_gains", batch->latest_gains);
    sg_query_int(&query, ":has_hours", batch->has_hours);
    sg_query_int(&query, ":fields", (int64_t)batch->fields);
    sg_query_int(&query, ":records", (int64_t)batch->records);
    sg_query_int(&query, ":cutoff", day_value(batch->cutoff));
    sg_query_int(&query, ":imported_on", day_value(batch->imported_on));
    for (size_t i = 0; i < N_COUNTS; i++) {
        int64_t count;
        memcpy(&count, (const char *)&batch->counts + counts[i].offset, sizeof count);
        sg_query_int(&query, counts[i].parameter, count);
    }
    sg_query_text(&query, ":reason", batch->reason);
    sg_query_int(&query, ":accepted", batch->accepted ? batch->accepted : SG_BLANK);
    return sg_query_value(&query, out_id, err);
}

/* A file may be refused before its header told a kind. */
static bool find_kind(const char *text, sg_kind *out)
{
    *out = SG_N_KINDS;
    return text != NULL && (*text == '\0' || sg_kind_find(text, out));
}

static bool find_state(const char *text, sg_batch_state *out)
{
    for (int state = 0; text != NULL && state < SG_N_BATCH_STATES; state++) {
        if (strcmp(sg_batch_state_text((sg_batch_state)state), text) == 0) {
            *out = (sg_batch_state)state;
            return true;
        }
    }
    return false;
}

/* The words of the row, which its author could misspell only by damage. */
static bool read_words(sg_query *query, sg_batch *out)
{
    const char *delivery = sg_column_text(query, DELIVERY);
    out->delivery = sg_text_equal(delivery, deliveries[SG_DELIVERY_DELTA]) ? SG_DELIVERY_DELTA
                                                                           : SG_DELIVERY_FULL;
    return find_kind(sg_column_text(query, KIND), &out->kind) &&
           find_state(sg_column_text(query, STATE), &out->state) &&
           (out->kind != SG_N_KINDS || out->state == SG_BATCH_REFUSED) &&
           sg_text_equal(delivery, deliveries[out->delivery]);
}

static sg_status read_batch(sg_query *query, sg_batch *out, sg_err *err)
{
    if (!read_words(query, out))
        return sg_store_damaged(query->store, "a batch is of no known kind, state or delivery", err);
    out->id = sg_column_int(query, ID);
    sg_column_copy(query, FILE_NAME, out->file_name, sizeof out->file_name);
    sg_column_copy(query, SHA256, out->sha256, sizeof out->sha256);
    out->bytes = sg_column_int(query, BYTES);
    sg_column_copy(query, CROSSWALK, out->crosswalk, sizeof out->crosswalk);
    sg_column_copy(query, CROSSWALK_SHA256, out->crosswalk_sha256, sizeof out->crosswalk_sha256);
    out->rule_set = (int)sg_column_int(query, RULE_SET);
    out->scope = (unsigned)sg_column_int(query, SCOPE_COLUMNS);
    out->learners_by_college = sg_column_int(query, LEARNERS_BY_COLLEGE) != 0;
    out->latest_gains = sg_column_int(query, LATEST_GAINS) != 0;
    out->has_hours = sg_column_int(query, HAS_HOURS) != 0;
    out->fields = (uint64_t)sg_column_int(query, FIELDS);
    out->records = (uint64_t)sg_column_int(query, RECORDS);
    out->cutoff = value_day(sg_column_int(query, CUTOFF));
    out->imported_on = value_day(sg_column_int(query, IMPORTED_ON));
    for (int i = 0; i < N_COUNTS; i++) {
        int64_t count = sg_column_int(query, FIRST_COUNT + i);
        memcpy((char *)&out->counts + counts[i].offset, &count, sizeof count);
    }
    sg_column_copy(query, REASON, out->reason, sizeof out->reason);
    out->accepted = sg_column_int(query, ACCEPTED);
    if (out->accepted == SG_BLANK)
        out->accepted = 0;
    return SG_OK;
}

sg_status sg_store_get_batch(sg_store *store, int64_t id, sg_batch *out, bool *found, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_BATCH_LIST);
    sg_batch batch = {0};
    bool row = false, any = false;
    sg_query_int(&query, ":id", id);
    sg_query_int(&query, ":as_of", store->as_of);
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        any = true;
        status = read_batch(&query, &batch, err);
        if (status == SG_OK)
            status = sg_query_next(&query, &row, err);
    }
    if (status != SG_OK)
        return status;
    *found = any;
    if (any)
        *out = batch;
    return SG_OK;
}

sg_status sg_store_knows_size(sg_store *store, int64_t bytes, bool *out, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_BATCH_SIZES);
    int64_t n = 0;
    sg_query_int(&query, ":bytes", bytes);
    sg_status status = sg_query_value(&query, &n, err);
    if (status == SG_OK)
        *out = n > 0;
    return status;
}

sg_status sg_store_is_overtaken(sg_store *store, int64_t batch, bool *out, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_BATCH_OVERTAKEN);
    int64_t later = SG_BLANK;
    sg_query_int(&query, ":batch", batch);
    sg_status status = sg_query_value(&query, &later, err);
    *out = status == SG_OK && later != SG_BLANK;
    return status;
}

sg_status sg_store_find_batch(sg_store *store, const char *sha256, sg_kind kind, sg_batch *out, bool *found,
                              sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_BATCH_NEWEST);
    int64_t id = SG_BLANK;
    sg_query_text(&query, ":sha256", sha256);
    if (kind != SG_N_KINDS)
        sg_query_text(&query, ":kind", sg_kind_text(kind));
    sg_status status = sg_query_value(&query, &id, err);
    if (status != SG_OK)
        return status;
    if (id != SG_BLANK)
        return sg_store_get_batch(store, id, out, found, err);
    *found = false;
    return SG_OK;
}

sg_status sg_store_batches(sg_store *store, sg_arena *arena, sg_batch **out, size_t *out_n, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_BATCH_LIST);
    sg_batch *list SG_AUTO_FREE = NULL;
    size_t capacity = 0, n = 0;
    bool row = false;
    sg_query_int(&query, ":id", SG_BLANK);
    sg_query_int(&query, ":as_of", store->as_of);
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        if (!sg_grow(&list, &capacity, n + 1, sizeof *list))
            return sg_no_memory(err);
        status = read_batch(&query, &list[n++], err);
        if (status == SG_OK)
            status = sg_query_next(&query, &row, err);
    }
    if (status != SG_OK)
        return status;
    sg_batch *kept = sg_arena_alloc(arena, n, sizeof *kept);
    if (kept == NULL)
        return sg_no_memory(err);
    if (n > 0)
        memcpy(kept, list, n * sizeof *kept);
    *out = kept;
    *out_n = n;
    return SG_OK;
}

sg_status sg_store_cutoff(sg_store *store, sg_kind kind, sg_day *out, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_BATCH_CUTOFF);
    int64_t cutoff = SG_BLANK;
    sg_query_text(&query, ":kind", sg_kind_text(kind));
    sg_query_int(&query, ":as_of", store->as_of);
    sg_status status = sg_query_value(&query, &cutoff, err);
    if (status == SG_OK)
        *out = value_day(cutoff);
    return status;
}

sg_status sg_store_latest_gains(sg_store *store, int64_t *out_id, char out_file[SG_NAME_MAX], sg_err *err)
{
    enum { LATEST_ID, LATEST_FILE };
    SG_QUERY query = sg_query_of(store, SG_SQL_BATCH_LATEST_GAINS);
    bool found = false;
    *out_id = 0;
    sg_query_int(&query, ":as_of", store->as_of);
    sg_status status = sg_query_next(&query, &found, err);
    if (status != SG_OK || !found)
        return status;
    *out_id = sg_column_int(&query, LATEST_ID);
    sg_column_copy(&query, LATEST_FILE, out_file, SG_NAME_MAX);
    return query.failure == SQLITE_OK ? SG_OK : sg_store_fault(store, query.failure, err);
}

sg_status sg_store_accepted(sg_store *store, sg_arena *arena, sg_batch **out, size_t *out_n, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_BATCH_ACCEPTED);
    sg_batch *all;
    size_t n = 0, kept = 0;
    bool row = false;
    sg_status status = sg_store_batches(store, arena, &all, &n, err);
    if (status != SG_OK)
        return status;
    sg_query_int(&query, ":as_of", store->as_of);
    status = sg_query_next(&query, &row, err);
    for (size_t i = 0; status == SG_OK && row && i < n; i++) { /* both by id */
        if (all[i].id != sg_column_int(&query, 0))
            continue;
        all[kept++] = all[i];
        status = sg_query_next(&query, &row, err);
    }
    if (status != SG_OK)
        return status;
    *out = all;
    *out_n = kept;
    return SG_OK;
}
