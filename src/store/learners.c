/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learners in order. Rows lie in the order in which they came; they are read once, packed into a few bytes each, and sorted by
 * learner. Of a very large store a part of the learners at a time, so that memory stays bounded.
 */
#include <stdlib.h>
#include <string.h>

#include "store/event.h"
#include "store/packed.h"

enum { ROWS_A_PASS = 4000000, BYTES = 256, N_LEARNER_KINDS = SG_KIND_OUTCOME + 1 };

/* Where a row of a learner is. Enrollments are sorted by it; the first day and college of events are 0, their own order comes later. */
typedef struct {
    sg_pseudonym learner;
    sg_day day;
    int college;
    uint64_t key;
    size_t place; /* of an enrollment, in the packed bytes; else among the kind's events */
} row_ref;

typedef struct {
    row_ref *refs;
    size_t n, capacity, at;
    char *events; /* not of enrollments */
    size_t events_capacity, n_events;
    char *own; /* the events of one learner */
    size_t own_capacity, n_own;
} kind_rows;

typedef struct {
    sg_store *store;
    sg_arena *arena; /* the colleges */
    sg_colleges colleges;
    sg_reach reach;
    int first_byte, last_byte; /* of the pseudonyms of this pass */
    sg_lexicon lexicon;
    sg_str packed;
    kind_rows kinds[N_LEARNER_KINDS];
    sg_stored_enrollment *rows; /* of one learner */
    size_t row_capacity;
} reading;

/* ---- packing ---- */

static sg_status add_ref(kind_rows *rows, const sg_record *row, size_t place, sg_err *err)
{
    if (!sg_grow(&rows->refs, &rows->capacity, rows->n + 1, sizeof *rows->refs))
        return sg_no_memory(err);
    row_ref *ref = &rows->refs[rows->n++];
    *ref = (row_ref){.learner = row->learner};
    ref->place = place;
    ref->key = 0;
    for (int i = 0; i < SG_RECORD_KEY_BYTES; i++) /* in the order of its bytes, on every machine */
        ref->key = ref->key << 8 | row->key[i];
    return SG_OK;
}

static sg_status take_enrollment(reading *r, const sg_rows *rows, sg_batch_reach known, sg_err *err)
{
    sg_stored_enrollment stored = {.college = rows->college != NULL ? rows->college->index : -1,
                                   .section_id = rows->row.text[SG_ENROLLMENT_SECTION_ID],
                                   .iet_program_id = rows->row.text[SG_ENROLLMENT_IET_PROGRAM_ID],
                                   .custom = rows->row.custom,
                                   .cutoff = known.cutoff,
                                   .export_has_hours = known.has_hours};
    size_t place = r->packed.length;
    memcpy(stored.number, rows->row.number, sizeof stored.number);
    sg_status status = sg_pack_enrollment(&r->packed, &r->lexicon, &stored, err);
    kind_rows *kind = &r->kinds[SG_KIND_ENROLLMENT];
    if (status == SG_OK)
        status = add_ref(kind, &rows->row, place, err);
    if (status == SG_OK) {
        kind->refs[kind->n - 1].day = (sg_day)stored.number[SG_ENROLLMENT_START_DATE];
        kind->refs[kind->n - 1].college = stored.college;
    }
    return status;
}

static sg_status take_event(reading *r, const sg_rows *rows, sg_batch_reach known, sg_err *err)
{
    kind_rows *kind = &r->kinds[rows->row.kind];
    size_t size = sg_event_size(rows->row.kind);
    sg_event event;
    sg_status status = sg_event_take(rows, known, &r->lexicon, &event, err);
    if (status != SG_OK)
        return status;
    if (!sg_grow(&kind->events, &kind->events_capacity, (kind->n_events + 1) * size, 1))
        return sg_no_memory(err);
    memcpy(kind->events + kind->n_events * size, &event, size);
    return add_ref(kind, &rows->row, kind->n_events++, err);
}

static sg_status take_row(reading *r, const sg_rows *rows, sg_err *err)
{
    int byte = rows->row.learner.bytes[0];
    if (byte < r->first_byte || byte > r->last_byte)
        return SG_OK;
    sg_batch_reach known = sg_reach_of(&r->reach, rows->scope, rows->batch, rows->seen_by);
    return rows->row.kind == SG_KIND_ENROLLMENT ? take_enrollment(r, rows, known, err)
                                                : take_event(r, rows, known, err);
}

static sg_status pack_kind(reading *r, sg_kind kind, sg_err *err)
{
    SG_CLEANUP(sg_rows_close) sg_rows rows = {0};
    sg_status status = sg_rows_open(&rows, r->store, kind, &r->colleges, err);
    if (status == SG_OK)
        status = sg_rows_next(&rows, err);
    while (status == SG_OK && rows.at_row) {
        status = take_row(r, &rows, err);
        if (status == SG_OK)
            status = sg_rows_next(&rows, err);
    }
    return status;
}

static int compare_refs(const void *a, const void *b)
{
    const row_ref *left = a, *right = b;
    int order = memcmp(&left->learner, &right->learner, sizeof left->learner);
    if (order != 0)
        return order;
    if (left->day != right->day)
        return left->day < right->day ? -1 : 1;
    if (left->college != right->college)
        return left->college < right->college ? -1 : 1;
    return (left->key > right->key) - (left->key < right->key);
}

static size_t bucket_of(const row_ref *ref)
{
    return (size_t)ref->learner.bytes[0] << 8 | ref->learner.bytes[1];
}

/* Shared out by the first bytes of the pseudonym, which spread evenly, the rows of a share fit the processor's cache. */
static sg_status sort_refs(kind_rows *rows, sg_err *err)
{
    enum { BUCKETS = 1 << 16 };
    SG_AUTO_FREE size_t *ends = calloc(BUCKETS + 1, sizeof *ends);
    SG_AUTO_FREE row_ref *unsorted = NULL;
    size_t capacity = 0;
    if (ends == NULL || !sg_grow(&unsorted, &capacity, rows->n, sizeof *unsorted))
        return sg_no_memory(err);
    memcpy(unsorted, rows->refs, rows->n * sizeof *unsorted);
    for (size_t i = 0; i < rows->n; i++)
        ends[bucket_of(&unsorted[i]) + 1]++;
    for (size_t i = 0; i < BUCKETS; i++)
        ends[i + 1] += ends[i];
    for (size_t i = 0; i < rows->n; i++)
        rows->refs[ends[bucket_of(&unsorted[i])]++] = unsorted[i];
    for (size_t i = 0, first = 0; i < BUCKETS; first = ends[i++])
        if (ends[i] - first > 1)
            qsort(rows->refs + first, ends[i] - first, sizeof *rows->refs, compare_refs);
    return SG_OK;
}

static sg_status pack_pass(reading *r, sg_err *err)
{
    sg_status status = SG_OK;
    sg_str_reset(&r->packed);
    for (sg_kind kind = 0; kind <= SG_KIND_OUTCOME && status == SG_OK; kind++) {
        kind_rows *rows = &r->kinds[kind];
        rows->n = rows->n_events = rows->at = 0;
        status = pack_kind(r, kind, err);
        if (status == SG_OK && rows->n > 1)
            status = sort_refs(rows, err);
    }
    return status;
}

/* ---- a learner at a time ---- */

static size_t count_of(const kind_rows *rows, const sg_pseudonym *learner)
{
    size_t n = 0;
    while (rows->at + n < rows->n && memcmp(&rows->refs[rows->at + n].learner, learner, sizeof *learner) == 0)
        n++;
    return n;
}

/* Whose turn it is: the lowest pseudonym of all kinds; false: nobody's any more. */
static bool find_next(const reading *r, sg_pseudonym *out)
{
    const sg_pseudonym *next = NULL;
    for (size_t kind = 0; kind < N_LEARNER_KINDS; kind++) {
        const kind_rows *rows = &r->kinds[kind];
        if (rows->at < rows->n &&
            (next == NULL || memcmp(&rows->refs[rows->at].learner, next, sizeof *next) < 0))
            next = &rows->refs[rows->at].learner;
    }
    if (next != NULL)
        *out = *next;
    return next != NULL;
}

/* Rows of a learner lie anywhere: what is wanted soon is fetched now. */
static void look_ahead(const reading *r, size_t at)
{
    enum { AHEAD = 8, LINE = 64 };
    const kind_rows *rows = &r->kinds[SG_KIND_ENROLLMENT];
    if (at + AHEAD < rows->n) {
        const char *row = r->packed.text + rows->refs[at + AHEAD].place;
        __builtin_prefetch(row);
        __builtin_prefetch(row + LINE);
    }
}

static sg_status read_enrollments(reading *r, sg_stored_learner *out, sg_err *err)
{
    kind_rows *rows = &r->kinds[SG_KIND_ENROLLMENT];
    size_t n = count_of(rows, &out->pseudonym);
    if (!sg_grow(&r->rows, &r->row_capacity, n, sizeof *r->rows))
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        const row_ref *ref = &rows->refs[rows->at + i];
        look_ahead(r, rows->at + i);
        sg_unpack_enrollment(r->packed.text + ref->place, &r->lexicon, &r->rows[i]);
        r->rows[i].order = ref->key;
    }
    rows->at += n;
    out->enrollments = r->rows;
    out->n_enrollments = n;
    return SG_OK;
}

static sg_status read_events(reading *r, sg_kind kind, const sg_pseudonym *learner, sg_err *err)
{
    kind_rows *rows = &r->kinds[kind];
    size_t size = sg_event_size(kind);
    rows->n_own = count_of(rows, learner);
    if (!sg_grow(&rows->own, &rows->own_capacity, rows->n_own * size, 1))
        return sg_no_memory(err);
    for (size_t i = 0; i < rows->n_own; i++) {
        const row_ref *ref = &rows->refs[rows->at + i];
        memcpy(rows->own + i * size, rows->events + ref->place * size, size);
        sg_event_set_order(kind, rows->own + i * size, ref->key);
    }
    sg_event_sort(kind, rows->own, rows->n_own);
    rows->at += rows->n_own;
    return SG_OK;
}

/* malloc'd, and so aligned for any of them */
#define OWN(type, kind) ((const type *)(const void *)r->kinds[kind].own)

static sg_status read_learner(reading *r, sg_stored_learner *out, sg_err *err)
{
    sg_status status = read_enrollments(r, out, err);
    for (sg_kind kind = SG_FIRST_EVENT_KIND; kind <= SG_KIND_OUTCOME && status == SG_OK; kind++)
        status = read_events(r, kind, &out->pseudonym, err);
    out->gains = OWN(sg_stored_gain, SG_KIND_GAIN);
    out->n_gains = r->kinds[SG_KIND_GAIN].n_own;
    out->tests = OWN(sg_stored_test, SG_KIND_TEST);
    out->n_tests = r->kinds[SG_KIND_TEST].n_own;
    out->services = OWN(sg_stored_service, SG_KIND_SERVICE);
    out->n_services = r->kinds[SG_KIND_SERVICE].n_own;
    out->outcomes = OWN(sg_stored_outcome, SG_KIND_OUTCOME);
    out->n_outcomes = r->kinds[SG_KIND_OUTCOME].n_own;
    return status;
}

/* ---- passes ---- */

static sg_status count_passes(sg_store *store, int *out, sg_err *err)
{
    int64_t rows = 0;
    sg_status status = SG_OK;
    for (sg_kind kind = 0; kind <= SG_KIND_OUTCOME && status == SG_OK; kind++) {
        SG_QUERY query = sg_kind_query(store, kind, SG_ROWS_LAST);
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
    if (r->arena == NULL)
        return sg_no_memory(err);
    sg_status status = sg_colleges_load(&r->colleges, store, r->arena, err);
    return status == SG_OK ? sg_reach_load(&r->reach, store, err) : status;
}

static void close_reading(reading *r)
{
    sg_reach_release(&r->reach);
    sg_arena_free(r->arena);
    sg_lexicon_release(&r->lexicon);
    sg_str_release(&r->packed);
    for (size_t kind = 0; kind < N_LEARNER_KINDS; kind++) {
        free(r->kinds[kind].refs);
        free(r->kinds[kind].events);
        free(r->kinds[kind].own);
    }
    free(r->rows);
}

/* The pseudonyms are shared out by their first byte. */
static sg_status read_pass(reading *r, int pass, int passes,
                           sg_status (*each)(void *context, const sg_stored_learner *learner, sg_err *err),
                           void *context, sg_err *err)
{
    r->first_byte = BYTES * pass / passes;
    r->last_byte = BYTES * (pass + 1) / passes - 1;
    sg_status status = pack_pass(r, err);
    sg_stored_learner learner = {0};
    while (status == SG_OK && find_next(r, &learner.pseudonym)) {
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
