/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handover.h"

#include <stdlib.h>
#include <string.h>

enum {
    ITEMS = 2048,
    CHUNKS = 8,
    AHEAD = 8,
    LARGE_CHUNK = 1 << 20 /* bytes of text after which a chunk is full too */
};

/* Where a field's text lies in its chunk. */
typedef struct {
    uint32_t offset, length;
} span;

typedef struct {
    bool is_known;
    int64_t line;
    sg_known_row known;
    sg_raw_record record; /* without its fields, which are n_fields spans from first_span on */
    sg_pseudonym learner; /* of the record, where it says that there is one */
    size_t first_span;
} item;

typedef struct {
    item items[ITEMS];
    size_t n;
    char *bytes;
    size_t n_bytes, bytes_capacity;
    span *spans;
    size_t n_spans, spans_capacity;
} chunk;

/* The chunks stand between what the one thread writes and what the other reads for every row, which would slow each other down on the
 * same line of the processor's cache. */
struct sg_handover {
    const sg_sink *sink;
    bool knows_lines;
    sg_hash_key key_of_lines;
    bool header_seen;
    int learner_column; /* where pseudonyms are made ahead, which takes a fifth of the other thread's time; else -1 */
    const sg_key *key;
    uint64_t raw; /* of the line raw_line, the last one looked at */
    int64_t raw_line;
    int64_t n_rows;

    sg_ring *ring; /* of the chunks; NULL: on the same thread */
    chunk chunks[CHUNKS];
    sg_intake *intake;
    sg_piece *pieces; /* of the other thread: the fields of the record that is taken */
    size_t pieces_capacity;
};

/* ---- the other thread ---- */

static sg_status take_record(sg_handover *handover, const chunk *full, const item *it, sg_err *err)
{
    sg_raw_record record = it->record;
    if (!sg_grow(&handover->pieces, &handover->pieces_capacity, record.n_fields + 1,
                 sizeof *handover->pieces))
        return sg_no_memory(err);
    const span *spans = full->spans + it->first_span;
    for (size_t i = 0; i < record.n_fields; i++)
        handover->pieces[i] = (sg_piece){full->bytes + spans[i].offset, spans[i].length};
    record.fields = handover->pieces;
    record.learner = record.learner != NULL ? &it->learner : NULL;
    return sg_intake_take(handover->intake, &record, err);
}

static sg_status take_chunk(void *context, size_t place, bool failed, sg_err *err)
{
    sg_handover *handover = context;
    chunk *full = &handover->chunks[place];
    sg_status status = SG_OK;
    for (size_t i = 0; i < full->n && status == SG_OK && !failed; i++) {
        const item *it = &full->items[i];
        if (i + AHEAD < full->n && full->items[i + AHEAD].is_known)
            sg_intake_prepare_known(handover->intake, &full->items[i + AHEAD].known);
        status = it->is_known ? sg_intake_take_known(handover->intake, &it->known, it->line, err)
                              : take_record(handover, full, it, err);
    }
    full->n = full->n_bytes = full->n_spans = 0;
    return status;
}

/* ---- the table reader's ---- */

static sg_status next_item(sg_handover *handover, item **out, chunk **out_chunk, sg_err *err)
{
    chunk *filling = &handover->chunks[sg_ring_place(handover->ring)];
    if (filling->n == ITEMS || filling->n_bytes > LARGE_CHUNK) {
        sg_status status = sg_ring_hand_over(handover->ring, err);
        if (status != SG_OK)
            return status;
        filling = &handover->chunks[sg_ring_place(handover->ring)];
    }
    *out = &filling->items[filling->n++];
    *out_chunk = filling;
    return SG_OK;
}

static void make_learner(const sg_handover *handover, item *it)
{
    size_t column = (size_t)handover->learner_column;
    if (handover->learner_column < 0 || column >= it->record.n_fields)
        return;
    const sg_piece *id = &it->record.fields[column];
    sg_pseudonym_make(handover->key, "", id->text, id->length, &it->learner);
    it->record.learner = &it->learner;
}

/* Copies the record with the text of its fields, which lies in one piece. */
static bool put_record(chunk *filling, const sg_raw_record *record, item *out)
{
    out->is_known = false;
    out->record = *record;
    out->first_span = filling->n_spans;
    if (record->n_fields == 0)
        return true;
    if (!sg_grow(&filling->bytes, &filling->bytes_capacity, filling->n_bytes + record->n_bytes, 1) ||
        !sg_grow(&filling->spans, &filling->spans_capacity, filling->n_spans + record->n_fields,
                 sizeof *filling->spans))
        return false;
    memcpy(filling->bytes + filling->n_bytes, record->bytes, record->n_bytes);
    span *spans = filling->spans + filling->n_spans;
    for (size_t i = 0; i < record->n_fields; i++)
        spans[i] = (span){(uint32_t)(filling->n_bytes + (size_t)(record->fields[i].text - record->bytes)),
                          (uint32_t)record->fields[i].length};
    filling->n_bytes += record->n_bytes;
    filling->n_spans += record->n_fields;
    return true;
}

sg_status sg_handover_take(void *context, const sg_raw_record *given, sg_err *err)
{
    sg_handover *handover = context;
    sg_raw_record record = *given;
    item *it = NULL;
    chunk *filling = NULL;
    if (!handover->header_seen && sg_record_first_text(given) != NULL) {
        handover->header_seen = true;
        return SG_OK;
    }
    handover->n_rows++;
    if (record.line == handover->raw_line && record.n_lines == 1)
        record.raw = handover->raw;
    if (handover->ring == NULL)
        return sg_intake_take(handover->intake, &record, err);
    sg_status status = next_item(handover, &it, &filling, err);
    if (status == SG_OK && !put_record(filling, &record, it)) {
        filling->n--;
        return sg_no_memory(err);
    }
    if (status == SG_OK)
        make_learner(handover, it);
    return status;
}

sg_status sg_handover_take_line(void *context, const char *text, size_t length, int64_t line, bool *out_taken,
                                sg_err *err)
{
    sg_handover *handover = context;
    const sg_sink *sink = handover->sink;
    sg_known_row known;
    item *it = NULL;
    chunk *filling = NULL;
    *out_taken = false;
    if (!handover->knows_lines || !handover->header_seen)
        return SG_OK;
    handover->raw = sg_hash64(&handover->key_of_lines, text, length);
    handover->raw_line = line;
    if (handover->raw == 0 || sink->known == NULL || !sink->known(sink->context, handover->raw, &known))
        return SG_OK;
    *out_taken = true;
    handover->n_rows++;
    if (handover->ring == NULL)
        return sg_intake_take_known(handover->intake, &known, line, err);
    sg_status status = next_item(handover, &it, &filling, err);
    if (status != SG_OK)
        return status;
    it->is_known = true;
    it->line = line;
    it->known = known;
    return SG_OK;
}

int64_t sg_handover_rows(const sg_handover *handover)
{
    return handover->n_rows;
}

sg_status sg_handover_finish(sg_handover *handover, sg_err *err)
{
    if (handover->ring == NULL)
        return SG_OK;
    return sg_ring_finish(handover->ring, handover->chunks[sg_ring_place(handover->ring)].n > 0, err);
}

/* Where every row's learner stands in one field that says all. */
static int learner_column(const sg_layout *layout)
{
    const sg_crosswalk *crosswalk = layout->crosswalk;
    int field = sg_kind_table(crosswalk->kind)->learner;
    return field < 0 || crosswalk->learners_by_college || layout->n_records > 0 ? -1
                                                                                : layout->field_column[field];
}

sg_status sg_handover_new(sg_intake *intake, const sg_hash_key *key_of_lines, bool threaded,
                          sg_handover **out, sg_err *err)
{
    sg_handover *handover = calloc(1, sizeof *handover);
    sg_status status = SG_OK;
    if (handover == NULL)
        return sg_no_memory(err);
    handover->intake = intake;
    handover->sink = intake->sink;
    handover->knows_lines = key_of_lines != NULL;
    if (key_of_lines != NULL)
        handover->key_of_lines = *key_of_lines;
    handover->key = intake->row.key;
    handover->learner_column = threaded ? learner_column(intake->row.layout) : -1;
    if (threaded)
        status = sg_ring_new(CHUNKS, take_chunk, handover, &handover->ring, err);
    if (status == SG_OK && threaded)
        status = sg_ring_start(handover->ring, err);
    *out = handover; /* the caller frees it also after a failure */
    return status;
}

void sg_handover_free(sg_handover *handover)
{
    if (handover == NULL)
        return;
    sg_ring_free(handover->ring);
    for (size_t i = 0; i < CHUNKS; i++) {
        free(handover->chunks[i].bytes);
        free(handover->chunks[i].spans);
    }
    free(handover->pieces);
    free(handover);
}
