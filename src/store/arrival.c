/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "store/forgotten.h"
#include "store/import.h"

enum { WRITE_BACK = 32768 }; /* rows, about 6 MB */

uint64_t sg_key_number(const unsigned char key[SG_RECORD_KEY_BYTES])
{
    uint64_t number = 0;
    for (int i = 0; i < SG_RECORD_KEY_BYTES; i++)
        number |= (uint64_t)key[i] << (8 * i);
    return number;
}

static sg_status find_ids(sg_import *import, sg_err *err)
{
    SG_QUERY last = sg_kind_query(import->store, import->kind, SG_ROWS_LAST);
    SG_QUERY next = sg_query_of(import->store, SG_SQL_BATCH_NEXT);
    int64_t id = SG_BLANK;
    sg_status status = sg_query_value(&last, &id, err);
    if (status == SG_OK)
        status = sg_query_value(&next, &import->batch, err);
    import->first_id = id != SG_BLANK ? id + 1 : 1;
    return status;
}

sg_status sg_import_need(sg_import *import, sg_kind kind, sg_err *err)
{
    if (import->begun)
        return SG_OK;
    import->kind = kind;
    sg_status status = find_ids(import, err);
    if (status == SG_OK)
        status = sg_known_load(&import->known, import->store, kind, import->jobs, err);
    if (status == SG_OK)
        status = sg_verdict_list_load(&import->verdicts, import->store, err);
    if (status == SG_OK)
        status = sg_forgotten_load(import->store, &import->forgotten, &import->n_forgotten,
                                   &import->forgotten_capacity, err);
    import->begun = status == SG_OK;
    return status;
}

sg_status sg_import_take_begin(void *context, const sg_batch *batch, sg_err *err)
{
    return sg_import_need(context, batch->kind, err);
}

static sg_status note_scope(sg_import *import, int64_t scope, sg_err *err)
{
    if (!sg_grow(&import->arrived, &import->arrived_capacity, (size_t)scope + 1, sizeof *import->arrived))
        return sg_no_memory(err);
    import->n_arrived = (size_t)scope + 1 > import->n_arrived ? (size_t)scope + 1 : import->n_arrived;
    import->arrived[scope].any = true;
    import->arrived[scope].n_rows++;
    return SG_OK;
}

static sg_status note_arrival(sg_import *import, int64_t place, sg_err *err)
{
    if (!sg_grow(&import->arrivals, &import->arrival_capacity, import->n_arrivals + 1,
                 sizeof *import->arrivals))
        return sg_no_memory(err);
    import->arrivals[import->n_arrivals++] = place;
    import->weighed = false;
    return SG_OK;
}

/* A later row of the file stands for it. */
static sg_status take_back(sg_import *import, int64_t number, sg_err *err)
{
    int64_t place = import->arrivals[number];
    import->arrivals[number] = SG_NO_ARRIVAL;
    if (place < 0) {
        sg_known *known = &import->known.all[~place];
        known->arrived = false;
        import->arrived[known->scope].n_rows--;
        return SG_OK;
    }
    sg_new_row *row = &import->news[place];
    row->dropped = true;
    import->arrived[row->scope].n_rows--;
    if (row->old != 0)
        import->known.all[row->old - 1].arrived = false;
    sg_status status = sg_import_uncount(import, import->first_id + place, err);
    SG_QUERY query = sg_kind_query(import->store, import->kind, SG_ROWS_DROP);
    sg_query_int(&query, ":id", import->first_id + place);
    return status == SG_OK ? sg_query_run(&query, err) : status;
}

/* ---- a row that is new or changed ---- */

/* All of them, blanks too: the statement keeps what the row before had. */
static void bind_fields(sg_query *query, const sg_columns *columns, const sg_record *row, int64_t college)
{
    int place = SG_INSERT_FIRST_FIELD;
    for (size_t i = 0; i < columns->n; i++, place++) {
        int field = columns->field[i];
        sg_query_int_at(query, place,
                        field == sg_kind_table(row->kind)->college ? college : row->number[field]);
    }
    sg_query_blob_at(query, place, row->packed + row->n_column_bytes, row->n_packed - row->n_column_bytes);
}

/* 0 is no digest of a text: it is kept as NULL. */
static int64_t raw_value(uint64_t raw)
{
    return raw != 0 ? (int64_t)raw : SG_BLANK;
}

static sg_status insert_row(sg_import *import, const sg_record *row, const sg_place *place, sg_err *err)
{
    sg_query query = sg_kind_query(import->store, row->kind, SG_ROWS_INSERT);
    sg_query_int_at(&query, SG_INSERT_ID, import->first_id + (int64_t)import->n_news);
    sg_query_int_at(&query, SG_INSERT_RAW, raw_value(row->raw));
    sg_query_int_at(&query, SG_INSERT_VERDICT, sg_verdict_list_id(&import->verdicts, row->verdict));
    sg_query_number_at(&query, SG_INSERT_KEY, (int64_t)sg_key_number(row->key));
    sg_query_number_at(&query, SG_INSERT_DIGEST, (int64_t)row->digest);
    sg_query_int_at(&query, SG_INSERT_BATCH, import->batch);
    sg_query_int_at(&query, SG_INSERT_SCOPE, place->scope_id);
    sg_query_int_at(&query, SG_INSERT_LINE, row->line);
    sg_query_blob_at(&query, SG_INSERT_LEARNER, row->learner.bytes, sizeof row->learner.bytes);
    bind_fields(&query, &import->store->columns[row->kind], row, place->college_id);
    sg_profile_count(&import->fresh, row, 1);
    return sg_query_repeat(&query, err);
}

static sg_status take_new(sg_import *import, const sg_record *row, sg_known *old, sg_err *err)
{
    sg_place place;
    sg_status status = sg_places_find(&import->places, import->store, row, &place, err);
    if (status == SG_OK)
        status = insert_row(import, row, &place, err);
    if (status == SG_OK)
        status = note_scope(import, place.scope_id, err);
    if (status != SG_OK)
        return status;
    if (!sg_grow(&import->news, &import->news_capacity, import->n_news + 1, sizeof *import->news))
        return sg_no_memory(err);
    if (old != NULL)
        old->arrived = true;
    import->news[import->n_news] = (sg_new_row){
        .scope = (uint32_t)place.scope_id, .old = old != NULL ? (uint32_t)(old - import->known.all) + 1 : 0};
    status = note_arrival(import, (int64_t)import->n_news++, err);
    if (status == SG_OK && import->n_news % WRITE_BACK == 0)
        status = sg_store_write_back(import->store, err);
    return status;
}

/* ---- a row that is there already ---- */

static sg_status take_unchanged(sg_import *import, sg_known *row, sg_err *err)
{
    row->arrived = true;
    sg_status status = note_scope(import, row->scope, err);
    return status == SG_OK ? note_arrival(import, ~(int64_t)(row - import->known.all), err) : status;
}

/* The next delivery will know the row by this text. */
static sg_status note_raw(sg_import *import, const sg_known *row, uint64_t raw, uint32_t verdict, sg_err *err)
{
    if (row->raw == raw)
        return SG_OK;
    if (!sg_grow(&import->raws, &import->raw_capacity, import->n_raws + 1, sizeof *import->raws))
        return sg_no_memory(err);
    import->raws[import->n_raws++] = (sg_new_text){(uint32_t)(row - import->known.all), raw,
                                                   sg_verdict_list_id(&import->verdicts, verdict)};
    return SG_OK;
}

sg_status sg_import_take_row(void *context, const sg_record *row, int64_t replaces, sg_err *err)
{
    sg_import *import = context;
    sg_status status = sg_import_need(import, row->kind, err);
    if (status == SG_OK && replaces >= 0)
        status = take_back(import, replaces, err);
    if (status != SG_OK)
        return status;
    sg_known *known = sg_known_by_key(&import->known, sg_key_number(row->key));
    if (known == NULL || known->digest != row->digest)
        return take_new(import, row, known, err);
    status = note_raw(import, known, row->raw, row->verdict, err);
    return status == SG_OK ? take_unchanged(import, known, err) : status;
}

sg_status sg_import_take_verdict(void *context, uint32_t number, const sg_row_finding *findings, size_t n,
                                 sg_err *err)
{
    sg_import *import = context;
    return sg_verdict_list_enter(&import->verdicts, import->store, number, findings, n, err);
}

/* The rows are changed by nobody while a file is read, and the cursor is the reader's own, so that it may ask from another thread. */
bool sg_import_find_known(void *context, uint64_t raw, sg_known_row *out)
{
    sg_import *import = context;
    const sg_known *known = sg_known_by_raw(&import->known, &import->cursor, raw);
    const sg_row_finding *findings = NULL;
    size_t n_findings = 0;
    if (known == NULL || !sg_verdict_list_find(&import->verdicts, known->verdict, &findings, &n_findings))
        return false;
    *out = (sg_known_row){.ref = known - import->known.all,
                          .digest = known->digest,
                          .day = known->day,
                          .end = known->end,
                          .has_hours = known->has_hours,
                          .findings = findings,
                          .n_findings = n_findings};
    for (int i = 0; i < SG_RECORD_KEY_BYTES; i++)
        out->key[i] = (unsigned char)(known->key >> (8 * i) & 0xff);
    return true;
}

bool sg_import_find_known_key(void *context, const unsigned char key[SG_RECORD_KEY_BYTES], sg_known_row *out)
{
    const sg_import *import = context;
    const sg_known *known = sg_known_by_key(&import->known, sg_key_number(key));
    if (known == NULL)
        return false;
    *out = (sg_known_row){.ref = known - import->known.all, .digest = known->digest};
    return true;
}

sg_status sg_import_take_same(void *context, const sg_known_row *row, int64_t replaces, sg_err *err)
{
    sg_import *import = context;
    sg_status status = replaces >= 0 ? take_back(import, replaces, err) : SG_OK;
    return status == SG_OK ? take_unchanged(import, &import->known.all[row->ref], err) : status;
}

/* ---- rows that are not taken ---- */

sg_status sg_import_take_refused(void *context, const sg_refused_row *row, sg_err *err)
{
    sg_import *import = context;
    import->weighed = false;
    if (!row->learner_known) {
        import->unreadable = true;
        return SG_OK;
    }
    if (row->key_known) {
        if (!sg_grow(&import->refused_keys, &import->refused_key_capacity, import->n_refused_keys + 1,
                     sizeof *import->refused_keys))
            return sg_no_memory(err);
        import->refused_keys[import->n_refused_keys++] = sg_key_number(row->key);
        return SG_OK;
    }
    if (!sg_grow(&import->refused_learners, &import->refused_learner_capacity, import->n_refused_learners + 1,
                 sizeof *import->refused_learners))
        return sg_no_memory(err);
    import->refused_learners[import->n_refused_learners++] = row->learner;
    return SG_OK;
}

bool sg_import_is_forgotten(void *context, const sg_pseudonym *learner)
{
    const sg_import *import = context;
    return sg_forgotten_has(import->forgotten, import->n_forgotten, learner);
}
