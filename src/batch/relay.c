/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "relay.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 2048, CHUNKS = 16 };

_Static_assert(offsetof(sg_record, number) < 128, "what stands before the fields of a record is short");

/* A record in as few bytes as it has values. */
typedef struct {
    _Alignas(sg_record) unsigned char head[offsetof(sg_record, number)];
    size_t n, n_column_bytes;
    unsigned char bytes[]; /* as sg_record_pack has them */
} packed_row;

typedef enum { ITEM_ROW, ITEM_SAME, ITEM_VERDICT, ITEM_FINDING, ITEM_REFUSED, ITEM_ABSENT } item_type;

typedef struct {
    item_type type;
    int64_t replaces;
    union {
        const packed_row *row;
        sg_known_row same;
        struct {
            uint32_t number;
            const sg_row_finding *findings; /* in the chunk's arena */
            size_t n;
        } verdict;
        sg_finding finding;
        sg_refused_row refused;
        struct {
            int field;
            const char *column;
        } absent;
    } of;
} item;

typedef struct {
    item items[ITEMS];
    size_t n;
    sg_arena *arena;
} chunk;

/* The chunks stand between what both threads read and what one of them writes for every row, which would slow each other down on the
 * same line of the processor's cache. */
struct sg_relay {
    sg_sink inner;
    chunk chunks[CHUNKS];
    sg_record record; /* of the thread */
    sg_ring *ring;    /* of the chunks; it has a thread from the inner sink's begin on */
    bool started;
};

/* ---- the thread ---- */

static sg_status hand_row(sg_relay *relay, const item *it, sg_err *err)
{
    const packed_row *packed = it->of.row;
    sg_record *row = &relay->record;
    sg_kind kind;
    memcpy(&kind, packed->head + offsetof(sg_record, kind), sizeof kind);
    sg_record_clear(row, kind);
    memcpy(row, packed->head, sizeof packed->head);
    row->packed = packed->bytes;
    row->n_packed = packed->n;
    row->n_column_bytes = packed->n_column_bytes;
    if (!sg_record_unpack(row->packed, row->n_packed, row))
        return sg_fail(err, SG_FAILED, "a row was damaged in memory: try again");
    return relay->inner.row(relay->inner.context, row, it->replaces, err);
}

static sg_status hand_on(sg_relay *relay, const item *it, sg_err *err)
{
    const sg_sink *inner = &relay->inner;
    switch (it->type) {
    case ITEM_ROW: return hand_row(relay, it, err);
    case ITEM_SAME: return inner->same(inner->context, &it->of.same, it->replaces, err);
    case ITEM_VERDICT:
        return inner->verdict(inner->context, it->of.verdict.number, it->of.verdict.findings,
                              it->of.verdict.n, err);
    case ITEM_FINDING: return inner->finding(inner->context, &it->of.finding, err);
    case ITEM_REFUSED: return inner->refused(inner->context, &it->of.refused, err);
    case ITEM_ABSENT: break;
    }
    return inner->absent(inner->context, it->of.absent.field, it->of.absent.column, err);
}

static sg_status take_chunk(void *context, size_t place, bool failed, sg_err *err)
{
    sg_relay *relay = context;
    chunk *full = &relay->chunks[place];
    sg_status status = SG_OK;
    for (size_t i = 0; i < full->n && status == SG_OK && !failed; i++)
        status = hand_on(relay, &full->items[i], err);
    full->n = 0;
    sg_arena_reset(full->arena);
    return status;
}

/* ---- the caller ---- */

static sg_status next_item(sg_relay *relay, item_type type, item **out, sg_err *err)
{
    chunk *filling = &relay->chunks[sg_ring_place(relay->ring)];
    if (filling->n == ITEMS) {
        sg_status status = sg_ring_hand_over(relay->ring, err);
        if (status != SG_OK)
            return status;
        filling = &relay->chunks[sg_ring_place(relay->ring)];
    }
    *out = &filling->items[filling->n++];
    (*out)->type = type;
    return SG_OK;
}

static const packed_row *copy_row(sg_arena *arena, const sg_record *row)
{
    packed_row *packed = sg_arena_alloc(arena, 1, sizeof *packed + row->n_packed);
    if (packed == NULL)
        return NULL;
    memcpy(packed->head, row, sizeof packed->head);
    packed->n = row->n_packed;
    packed->n_column_bytes = row->n_column_bytes;
    memcpy(packed->bytes, row->packed, row->n_packed);
    return packed;
}

static sg_status take_begin(void *context, const sg_batch *batch, sg_err *err)
{
    sg_relay *relay = context;
    sg_status status = relay->inner.begin != NULL ? relay->inner.begin(relay->inner.context, batch, err)
                                                  : SG_OK;
    if (status == SG_OK)
        status = sg_ring_start(relay->ring, err);
    relay->started = status == SG_OK;
    return status;
}

static sg_status take_row(void *context, const sg_record *row, int64_t replaces, sg_err *err)
{
    sg_relay *relay = context;
    item *it;
    sg_status status = next_item(relay, ITEM_ROW, &it, err);
    if (status != SG_OK)
        return status;
    it->replaces = replaces;
    chunk *filling = &relay->chunks[sg_ring_place(relay->ring)];
    it->of.row = copy_row(filling->arena, row);
    if (it->of.row != NULL)
        return SG_OK;
    filling->n--;
    return sg_no_memory(err);
}

static bool find_known(void *context, uint64_t raw, sg_known_row *out)
{
    const sg_relay *relay = context;
    return relay->inner.known(relay->inner.context, raw, out);
}

static bool find_known_key(void *context, const unsigned char key[SG_RECORD_KEY_BYTES], sg_known_row *out)
{
    const sg_relay *relay = context;
    return relay->inner.known_by_key(relay->inner.context, key, out);
}

static sg_status take_same(void *context, const sg_known_row *row, int64_t replaces, sg_err *err)
{
    item *it;
    sg_status status = next_item(context, ITEM_SAME, &it, err);
    if (status != SG_OK)
        return status;
    it->replaces = replaces;
    it->of.same = *row;
    return SG_OK;
}

static sg_status take_verdict(void *context, uint32_t number, const sg_row_finding *findings, size_t n,
                              sg_err *err)
{
    sg_relay *relay = context;
    item *it;
    sg_status status = next_item(relay, ITEM_VERDICT, &it, err);
    if (status != SG_OK)
        return status;
    chunk *filling = &relay->chunks[sg_ring_place(relay->ring)];
    sg_row_finding *copy = sg_arena_alloc(filling->arena, n, sizeof *copy);
    if (copy == NULL) {
        filling->n--;
        return sg_no_memory(err);
    }
    memcpy(copy, findings, n * sizeof *copy);
    it->of.verdict.number = number;
    it->of.verdict.findings = copy;
    it->of.verdict.n = n;
    return SG_OK;
}

static bool is_unwanted(void *context, const sg_pseudonym *learner)
{
    const sg_relay *relay = context;
    return relay->inner.unwanted(relay->inner.context, learner);
}

/* Its texts are those of rules, fields and the crosswalk, which stay, but for the detail. A file that is refused before it began has no
 * thread. */
static sg_status take_finding(void *context, const sg_finding *finding, sg_err *err)
{
    sg_relay *relay = context;
    item *it;
    if (!relay->started)
        return relay->inner.finding(relay->inner.context, finding, err);
    sg_status status = next_item(relay, ITEM_FINDING, &it, err);
    if (status != SG_OK)
        return status;
    it->of.finding = *finding;
    if (finding->detail == NULL)
        return SG_OK;
    chunk *filling = &relay->chunks[sg_ring_place(relay->ring)];
    it->of.finding.detail = sg_arena_strdup(filling->arena, finding->detail);
    if (it->of.finding.detail != NULL)
        return SG_OK;
    filling->n--;
    return sg_no_memory(err);
}

static sg_status take_refused(void *context, const sg_refused_row *row, sg_err *err)
{
    item *it;
    sg_status status = next_item(context, ITEM_REFUSED, &it, err);
    if (status == SG_OK)
        it->of.refused = *row;
    return status;
}

static sg_status take_absent(void *context, int field, const char *column, sg_err *err)
{
    item *it;
    sg_status status = next_item(context, ITEM_ABSENT, &it, err);
    if (status != SG_OK)
        return status;
    it->of.absent.field = field;
    it->of.absent.column = column;
    return SG_OK;
}

sg_sink sg_relay_sink(sg_relay *relay)
{
    const sg_sink *inner = &relay->inner;
    return (sg_sink){.context = relay,
                     .begin = take_begin,
                     .row = inner->row != NULL ? take_row : NULL,
                     .known = inner->known != NULL ? find_known : NULL,
                     .known_by_key = inner->known_by_key != NULL ? find_known_key : NULL,
                     .same = inner->same != NULL ? take_same : NULL,
                     .verdict = inner->verdict != NULL ? take_verdict : NULL,
                     .unwanted = inner->unwanted != NULL ? is_unwanted : NULL,
                     .finding = inner->finding != NULL ? take_finding : NULL,
                     .refused = inner->refused != NULL ? take_refused : NULL,
                     .absent = inner->absent != NULL ? take_absent : NULL};
}

sg_status sg_relay_finish(sg_relay *relay, sg_err *err)
{
    bool filled = relay->chunks[sg_ring_place(relay->ring)].n > 0;
    return sg_ring_finish(relay->ring, filled, err);
}

sg_status sg_relay_new(const sg_sink *inner, sg_relay **out, sg_err *err)
{
    SG_CLEANUP(sg_relay_cleanup) sg_relay *relay = calloc(1, sizeof *relay);
    if (relay == NULL)
        return sg_no_memory(err);
    relay->inner = *inner;
    sg_status status = sg_ring_new(CHUNKS, take_chunk, relay, &relay->ring, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < CHUNKS; i++) {
        relay->chunks[i].arena = sg_arena_new();
        if (relay->chunks[i].arena == NULL)
            return sg_no_memory(err);
    }
    *out = relay;
    relay = NULL;
    return SG_OK;
}

void sg_relay_free(sg_relay *relay)
{
    if (relay == NULL)
        return;
    sg_ring_free(relay->ring);
    for (size_t i = 0; i < CHUNKS; i++)
        sg_arena_free(relay->chunks[i].arena);
    free(relay);
}
