/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learners in order. Rows lie in the order in which they came; they are read once, packed into a few bytes each, and sorted by
 * learner. Of a very large store a part of the learners at a time, so that memory stays bounded.
 */
#include <stdlib.h>
#include <string.h>

#include "store/packed.h"
#include "store/reach.h"
#include "store/rows.h"

enum { ROWS_A_PASS = 2000000, BYTES = 256 };

/* Where a row of a learner is. */
typedef struct {
    sg_pseudonym learner;
    uint64_t key;
    size_t place; /* of an enrollment, in the packed bytes; of a gain, among the gains */
} row_ref;

typedef struct {
    row_ref *all;
    size_t n, capacity, at;
} row_refs;

typedef struct {
    sg_store *store;
    sg_arena *arena; /* the colleges */
    sg_colleges colleges;
    sg_reach reach;
    int first_byte, last_byte; /* of the pseudonyms of this pass */
    row_refs enrollments, gains;
    sg_str packed;
    sg_stored_gain *all_gains;
    size_t n_all_gains, gain_capacity;
    sg_stored_enrollment *rows; /* of one learner */
    size_t row_capacity;
    sg_stored_gain *events;
    size_t event_capacity;
    sg_arena *texts;
} reading;

/* ---- packing ---- */

static sg_status add_ref(row_refs *refs, const sg_record *row, size_t place, sg_err *err)
{
    if (!sg_grow(&refs->all, &refs->capacity, refs->n + 1, sizeof *refs->all))
        return sg_no_memory(err);
    row_ref *ref = &refs->all[refs->n++];
    ref->learner = row->learner;
    ref->place = place;
    ref->key = 0;
    for (int i = 0; i < SG_RECORD_KEY_BYTES; i++) /* in the order of its bytes, on every machine */
        ref->key = ref->key << 8 | row->key[i];
    return SG_OK;
}

static sg_status take_enrollment(reading *r, const sg_rows *rows, sg_err *err)
{
    sg_batch_reach known = sg_reach_of(&r->reach, rows->scope, rows->batch, rows->seen_by);
    sg_stored_enrollment stored = {.college = rows->college != NULL ? rows->college->index : -1,
                                   .iet_program_id = rows->row.text[SG_ENROLLMENT_IET_PROGRAM_ID],
                                   .custom = rows->row.custom,
                                   .cutoff = known.cutoff,
                                   .export_has_hours = known.has_hours};
    size_t place = r->packed.length;
    memcpy(stored.number, rows->row.number, sizeof stored.number);
    sg_pack_enrollment(&r->packed, &stored);
    return r->packed.failed ? sg_no_memory(err) : add_ref(&r->enrollments, &rows->row, place, err);
}

static sg_status take_gain(reading *r, const sg_rows *rows, sg_err *err)
{
    sg_batch_reach known = sg_reach_of(&r->reach, rows->scope, rows->batch, rows->seen_by);
    if (!sg_grow(&r->all_gains, &r->gain_capacity, r->n_all_gains + 1, sizeof *r->all_gains))
        return sg_no_memory(err);
    r->all_gains[r->n_all_gains] = (sg_stored_gain){
        .date = (sg_day)rows->row.number[SG_GAIN_FIELD_GAIN_DATE],
        .type = (sg_gain_type)rows->row.number[SG_GAIN_FIELD_GAIN_TYPE],
        .cutoff = known.cutoff};
    return add_ref(&r->gains, &rows->row, r->n_all_gains++, err);
}

static sg_status pack_kind(reading *r, sg_kind kind, sg_err *err)
{
    SG_CLEANUP(sg_rows_close) sg_rows rows = {0};
    sg_status status = sg_rows_open(&rows, r->store, kind, &r->colleges, err);
    if (status == SG_OK)
        status = sg_rows_next(&rows, err);
    while (status == SG_OK && rows.at_row) {
        int byte = rows.row.learner.bytes[0];
        if (byte >= r->first_byte && byte <= r->last_byte)
            status = kind == SG_KIND_ENROLLMENT ? take_enrollment(r, &rows, err) : take_gain(r, &rows, err);
        if (status == SG_OK)
            status = sg_rows_next(&rows, err);
    }
    return status;
}

static int compare_refs(const void *a, const void *b)
{
    const row_ref *left = a, *right = b;
    int order = memcmp(&left->learner, &right->learner, sizeof left->learner);
    return order != 0 ? order : (left->key > right->key) - (left->key < right->key);
}

static void sort_refs(row_refs *refs)
{
    refs->at = 0;
    if (refs->n > 1)
        qsort(refs->all, refs->n, sizeof *refs->all, compare_refs);
}

static sg_status pack_pass(reading *r, sg_err *err)
{
    sg_str_reset(&r->packed);
    r->enrollments.n = r->gains.n = r->n_all_gains = 0;
    sg_status status = pack_kind(r, SG_KIND_ENROLLMENT, err);
    if (status == SG_OK)
        status = pack_kind(r, SG_KIND_GAIN, err);
    sort_refs(&r->enrollments);
    sort_refs(&r->gains);
    return status;
}

/* ---- a learner at a time ---- */

static int compare_rows(const void *a, const void *b)
{
    const sg_stored_enrollment *left = a, *right = b;
    int64_t left_start = left->number[SG_ENROLLMENT_START_DATE],
            right_start = right->number[SG_ENROLLMENT_START_DATE];
    if (left_start != right_start)
        return left_start < right_start ? -1 : 1;
    if (left->college != right->college)
        return left->college < right->college ? -1 : 1;
    return (left->order > right->order) - (left->order < right->order);
}

static int compare_gains(const void *a, const void *b)
{
    const sg_stored_gain *left = a, *right = b;
    if (left->date != right->date)
        return left->date < right->date ? -1 : 1;
    if (left->type != right->type)
        return left->type < right->type ? -1 : 1;
    return (left->cutoff > right->cutoff) - (left->cutoff < right->cutoff);
}

static size_t count_of(const row_refs *refs, const sg_pseudonym *learner)
{
    size_t n = 0;
    while (refs->at + n < refs->n && memcmp(&refs->all[refs->at + n].learner, learner, sizeof *learner) == 0)
        n++;
    return n;
}

/* Whose turn it is: the lower pseudonym of the two. */
static sg_pseudonym next_learner(const reading *r)
{
    const row_refs *e = &r->enrollments, *g = &r->gains;
    if (g->at >= g->n ||
        (e->at < e->n && memcmp(&e->all[e->at].learner, &g->all[g->at].learner, sizeof(sg_pseudonym)) <= 0))
        return e->all[e->at].learner;
    return g->all[g->at].learner;
}

static sg_status read_learner(reading *r, sg_stored_learner *out, sg_err *err)
{
    sg_pseudonym learner = next_learner(r);
    size_t n_rows = count_of(&r->enrollments, &learner), n_gains = count_of(&r->gains, &learner);
    if (!sg_grow(&r->rows, &r->row_capacity, n_rows, sizeof *r->rows) ||
        !sg_grow(&r->events, &r->event_capacity, n_gains, sizeof *r->events))
        return sg_no_memory(err);
    sg_arena_reset(r->texts);
    for (size_t i = 0; i < n_rows; i++) {
        const row_ref *ref = &r->enrollments.all[r->enrollments.at + i];
        if (!sg_unpack_enrollment(r->packed.text + ref->place, r->texts, &r->rows[i]))
            return sg_no_memory(err);
        r->rows[i].order = ref->key;
    }
    for (size_t i = 0; i < n_gains; i++)
        r->events[i] = r->all_gains[r->gains.all[r->gains.at + i].place];
    if (n_rows > 1)
        qsort(r->rows, n_rows, sizeof *r->rows, compare_rows);
    if (n_gains > 1)
        qsort(r->events, n_gains, sizeof *r->events, compare_gains);
    r->enrollments.at += n_rows;
    r->gains.at += n_gains;
    *out = (sg_stored_learner){learner, r->rows, n_rows, r->events, n_gains};
    return SG_OK;
}

/* ---- passes ---- */

static sg_status count_passes(sg_store *store, int *out, sg_err *err)
{
    int64_t rows = 0;
    sg_status status = SG_OK;
    for (int kind = SG_KIND_ENROLLMENT; kind <= SG_KIND_GAIN && status == SG_OK; kind++) {
        SG_QUERY query = sg_kind_query(store, (sg_kind)kind, SG_ROWS_LAST);
        int64_t last = SG_BLANK;
        status = sg_query_value(&query, &last, err);
        rows += last > 0 ? last : 0;
    }
    int64_t passes = 1 + rows / ROWS_A_PASS;
    *out = (int)(passes < BYTES ? passes : BYTES);
    return status;
}

static sg_status open_reading(reading *r, sg_store *store, sg_err *err)
{
    r->store = store;
    r->arena = sg_arena_new();
    r->texts = sg_arena_new();
    if (r->arena == NULL || r->texts == NULL)
        return sg_no_memory(err);
    sg_status status = sg_colleges_load(&r->colleges, store, r->arena, err);
    return status == SG_OK ? sg_reach_load(&r->reach, store, err) : status;
}

static void close_reading(reading *r)
{
    sg_reach_release(&r->reach);
    sg_arena_free(r->arena);
    sg_arena_free(r->texts);
    sg_str_release(&r->packed);
    free(r->enrollments.all);
    free(r->gains.all);
    free(r->all_gains);
    free(r->rows);
    free(r->events);
}

static sg_status read_pass(reading *r, int pass, int passes,
                           sg_status (*each)(void *context, const sg_stored_learner *learner, sg_err *err),
                           void *context, sg_err *err)
{
    sg_stored_learner learner;
    r->first_byte = BYTES * pass / passes;
    r->last_byte = BYTES * (pass + 1) / passes - 1;
    sg_status status = pack_pass(r, err);
    while (status == SG_OK && (r->enrollments.at < r->enrollments.n || r->gains.at < r->gains.n)) {
        status = read_learner(r, &learner, err);
        if (status == SG_OK)
            status = each(context, &learner, err);
    }
    return status;
}

sg_status sg_store_read(sg_store *store,
                        sg_status (*each)(void *context, const sg_stored_learner *learner, sg_err *err),
                        void *context, sg_err *err)
{
    SG_CLEANUP(close_reading) reading r = {0};
    int passes = 1;
    bool begun = false;
    sg_status status = sg_snapshot_begin(store, &begun, err);
    if (status == SG_OK)
        status = open_reading(&r, store, err);
    if (status == SG_OK)
        status = count_passes(store, &passes, err);
    for (int pass = 0; pass < passes && status == SG_OK; pass++)
        status = read_pass(&r, pass, passes, each, context, err);
    sg_snapshot_end(store, begun);
    return status;
}

sg_status sg_store_records(sg_store *store, sg_kind kind,
                           sg_status (*each)(void *context, const sg_record *row, int64_t batch,
                                             int64_t known_by, sg_err *err),
                           void *context, sg_err *err)
{
    SG_CLEANUP(sg_rows_close) sg_rows rows = {0};
    SG_CLEANUP(sg_reach_release) sg_reach reach = {0};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_colleges colleges = {0};
    bool begun = false;
    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = sg_snapshot_begin(store, &begun, err);
    if (status == SG_OK)
        status = sg_colleges_load(&colleges, store, arena, err);
    if (status == SG_OK)
        status = sg_reach_load(&reach, store, err);
    if (status == SG_OK)
        status = sg_rows_open(&rows, store, kind, &colleges, err);
    if (status == SG_OK)
        status = sg_rows_next(&rows, err);
    while (status == SG_OK && rows.at_row) {
        status = each(context, &rows.row, rows.batch,
                      sg_reach_batch(&reach, rows.scope, rows.batch, rows.seen_by), err);
        if (status == SG_OK)
            status = sg_rows_next(&rows, err);
    }
    sg_snapshot_end(store, begun);
    return status;
}
