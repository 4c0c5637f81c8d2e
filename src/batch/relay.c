/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "relay.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 2048, CHUNKS = 4 };

_Static_assert(offsetof(sg_record, number) < 128, "what stands before the fields of a record is short");
typedef struct {
    _Alignas(sg_record) unsigned char bytes[offsetof(sg_record, number)];
} packed_head;

/* A record in as few bytes as it has values. */
typedef struct {
    packed_head head;
    const char *custom;
    uint8_t n_numbers, n_texts;
    const int64_t *numbers;
    const char *const *texts;
    const uint8_t *fields; /* of the numbers, then of the texts */
} packed_row;

typedef enum { ITEM_ROW, ITEM_SAME, ITEM_FINDING, ITEM_REFUSED, ITEM_ABSENT } item_type;

typedef struct {
    item_type type;
    int64_t replaces;
    union {
        const packed_row *row;
        sg_known_row same;
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

struct sg_relay {
    sg_sink inner;
    sg_record record; /* of the thread; without fields between two rows */
    chunk chunks[CHUNKS];
    size_t filling; /* the chunk that the caller fills: always free */
    pthread_t thread;
    bool started;

    pthread_mutex_t mutex;
    pthread_cond_t changed;
    size_t first, n_full; /* of the full chunks, in a ring */
    bool closed;          /* no more will come */
    sg_status status;     /* of the inner sink */
    sg_err err;
};

/* ---- the thread ---- */

/* Into a record that has no fields. */
static void unpack(const packed_row *packed, sg_record *out)
{
    memcpy(out, &packed->head, offsetof(sg_record, number));
    out->custom = packed->custom;
    for (size_t i = 0; i < packed->n_numbers; i++)
        out->number[packed->fields[i]] = packed->numbers[i];
    for (size_t i = 0; i < packed->n_texts; i++)
        out->text[packed->fields[packed->n_numbers + i]] = packed->texts[i];
}

static void clear(const packed_row *packed, sg_record *record)
{
    for (size_t i = 0; i < packed->n_numbers; i++)
        record->number[packed->fields[i]] = SG_BLANK;
    for (size_t i = 0; i < packed->n_texts; i++)
        record->text[packed->fields[packed->n_numbers + i]] = NULL;
}

static sg_status hand_row(sg_relay *relay, const item *it, sg_err *err)
{
    unpack(it->of.row, &relay->record);
    sg_status status = relay->inner.row(relay->inner.context, &relay->record, it->replaces, err);
    clear(it->of.row, &relay->record);
    return status;
}

static sg_status hand_on(sg_relay *relay, const item *it, sg_err *err)
{
    const sg_sink *inner = &relay->inner;
    switch (it->type) {
    case ITEM_ROW: return hand_row(relay, it, err);
    case ITEM_SAME: return inner->same(inner->context, &it->of.same, it->replaces, err);
    case ITEM_FINDING: return inner->finding(inner->context, &it->of.finding, err);
    case ITEM_REFUSED: return inner->refused(inner->context, &it->of.refused, err);
    case ITEM_ABSENT: break;
    }
    return inner->absent(inner->context, it->of.absent.field, it->of.absent.column, err);
}

/* The next full chunk; NULL: there will be none. */
static chunk *wait_for_full(sg_relay *relay)
{
    chunk *full = NULL;
    (void)pthread_mutex_lock(&relay->mutex); /* an error here is a mistake of programmers, and so below */
    while (relay->n_full == 0 && !relay->closed)
        (void)pthread_cond_wait(&relay->changed, &relay->mutex);
    if (relay->n_full > 0)
        full = &relay->chunks[relay->first];
    (void)pthread_mutex_unlock(&relay->mutex);
    return full;
}

static void give_back(sg_relay *relay, chunk *done, sg_status status, const sg_err *err)
{
    done->n = 0;
    sg_arena_reset(done->arena);
    (void)pthread_mutex_lock(&relay->mutex);
    relay->first = (relay->first + 1) % CHUNKS;
    relay->n_full--;
    if (relay->status == SG_OK && status != SG_OK) {
        relay->status = status;
        relay->err = *err;
    }
    (void)pthread_cond_broadcast(&relay->changed);
    (void)pthread_mutex_unlock(&relay->mutex);
}

static void *work(void *context)
{
    sg_relay *relay = context;
    sg_status status = SG_OK;
    sg_err err = {0};
    for (chunk *full = wait_for_full(relay); full != NULL; full = wait_for_full(relay)) {
        for (size_t i = 0; i < full->n && status == SG_OK; i++)
            status = hand_on(relay, &full->items[i], &err);
        give_back(relay, full, status, &err);
    }
    return NULL;
}

/* ---- the caller ---- */

/* Hands the filled chunk over and waits for a free one. */
static sg_status pass_on(sg_relay *relay, sg_err *err)
{
    (void)pthread_mutex_lock(&relay->mutex);
    relay->n_full++;
    relay->filling = (relay->filling + 1) % CHUNKS;
    (void)pthread_cond_broadcast(&relay->changed);
    while (relay->n_full == CHUNKS)
        (void)pthread_cond_wait(&relay->changed, &relay->mutex);
    sg_status status = relay->status;
    (void)pthread_mutex_unlock(&relay->mutex);
    return status == SG_OK ? SG_OK : sg_fail(err, status, "%s", relay->err.message);
}

static sg_status next_item(sg_relay *relay, item_type type, item **out, sg_err *err)
{
    chunk *filling = &relay->chunks[relay->filling];
    if (filling->n == ITEMS) {
        sg_status status = pass_on(relay, err);
        if (status != SG_OK)
            return status;
        filling = &relay->chunks[relay->filling];
    }
    *out = &filling->items[filling->n++];
    (*out)->type = type;
    return SG_OK;
}

static const packed_row *pack(sg_arena *arena, const sg_record *row)
{
    const sg_kind_fields *table = sg_kind_table(row->kind);
    uint8_t numbered[SG_MAX_FIELDS], worded[SG_MAX_FIELDS];
    size_t n_numbers = 0, n_texts = 0;
    for (size_t i = 0; i < table->n; i++) {
        if (row->number[i] != SG_BLANK)
            numbered[n_numbers++] = (uint8_t)i;
        if (row->text[i] != NULL)
            worded[n_texts++] = (uint8_t)i;
    }
    packed_row *packed = sg_arena_alloc(arena, 1, sizeof *packed);
    int64_t *numbers = sg_arena_alloc(arena, n_numbers + 1, sizeof *numbers);
    const char **texts = sg_arena_alloc(arena, n_texts + 1, sizeof *texts);
    uint8_t *fields = sg_arena_alloc(arena, n_numbers + n_texts + 1, 1);
    bool copied = packed != NULL && numbers != NULL && texts != NULL && fields != NULL;
    for (size_t i = 0; i < n_numbers && copied; i++) {
        fields[i] = numbered[i];
        numbers[i] = row->number[numbered[i]];
    }
    for (size_t i = 0; i < n_texts && copied; i++) {
        fields[n_numbers + i] = worded[i];
        texts[i] = sg_arena_strdup(arena, row->text[worded[i]]);
        copied = texts[i] != NULL;
    }
    if (!copied)
        return NULL;
    *packed = (packed_row){.n_numbers = (uint8_t)n_numbers,
                           .n_texts = (uint8_t)n_texts,
                           .numbers = numbers,
                           .texts = texts,
                           .fields = fields};
    memcpy(&packed->head, row, sizeof packed->head);
    packed->custom = row->custom != NULL ? sg_arena_strdup(arena, row->custom) : NULL;
    return row->custom == NULL || packed->custom != NULL ? packed : NULL;
}

static sg_status take_begin(void *context, const sg_batch *batch, sg_err *err)
{
    sg_relay *relay = context;
    sg_status status = relay->inner.begin != NULL ? relay->inner.begin(relay->inner.context, batch, err)
                                                  : SG_OK;
    if (status == SG_OK && pthread_create(&relay->thread, NULL, work, relay) != 0)
        status = sg_fail(err, SG_FAILED, "the system gives no thread: try again with --jobs 1");
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
    it->of.row = pack(relay->chunks[relay->filling].arena, row);
    if (it->of.row != NULL)
        return SG_OK;
    relay->chunks[relay->filling].n--;
    return sg_no_memory(err);
}

static bool find_known(void *context, uint64_t raw, sg_known_row *out)
{
    const sg_relay *relay = context;
    return relay->inner.known(relay->inner.context, raw, out);
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

static bool is_unwanted(void *context, const sg_pseudonym *learner)
{
    const sg_relay *relay = context;
    return relay->inner.unwanted(relay->inner.context, learner);
}

/* Its texts are those of rules, fields and the crosswalk, which stay. A file that is refused before it began has no thread. */
static sg_status take_finding(void *context, const sg_finding *finding, sg_err *err)
{
    sg_relay *relay = context;
    item *it;
    if (!relay->started)
        return relay->inner.finding(relay->inner.context, finding, err);
    sg_status status = next_item(relay, ITEM_FINDING, &it, err);
    if (status == SG_OK)
        it->of.finding = *finding;
    return status;
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
                     .same = inner->same != NULL ? take_same : NULL,
                     .unwanted = inner->unwanted != NULL ? is_unwanted : NULL,
                     .finding = inner->finding != NULL ? take_finding : NULL,
                     .refused = inner->refused != NULL ? take_refused : NULL,
                     .absent = inner->absent != NULL ? take_absent : NULL};
}

static void join(sg_relay *relay)
{
    if (!relay->started)
        return;
    (void)pthread_mutex_lock(&relay->mutex);
    relay->n_full += relay->chunks[relay->filling].n > 0;
    relay->closed = true;
    (void)pthread_cond_broadcast(&relay->changed);
    (void)pthread_mutex_unlock(&relay->mutex);
    (void)pthread_join(relay->thread, NULL);
    relay->started = false;
}

sg_status sg_relay_finish(sg_relay *relay, sg_err *err)
{
    join(relay);
    return relay->status == SG_OK ? SG_OK : sg_fail(err, relay->status, "%s", relay->err.message);
}

sg_status sg_relay_new(const sg_sink *inner, sg_relay **out, sg_err *err)
{
    SG_CLEANUP(sg_relay_cleanup) sg_relay *relay = calloc(1, sizeof *relay);
    if (relay == NULL)
        return sg_no_memory(err);
    relay->inner = *inner;
    for (size_t i = 0; i < SG_MAX_FIELDS; i++)
        relay->record.number[i] = SG_BLANK;
    (void)pthread_mutex_init(&relay->mutex, NULL); /* with the default attributes neither can fail here */
    (void)pthread_cond_init(&relay->changed, NULL);
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
    join(relay); /* a failure was told by whoever finished it */
    for (size_t i = 0; i < CHUNKS; i++)
        sg_arena_free(relay->chunks[i].arena);
    (void)pthread_mutex_destroy(&relay->mutex);
    (void)pthread_cond_destroy(&relay->changed);
    free(relay);
}
