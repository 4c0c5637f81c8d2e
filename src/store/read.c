/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "store/cursor.h"

/* An enrollment and what it is sorted by beyond its own fields. */
typedef struct {
    sg_stored_enrollment row;
    unsigned char key[SG_PSEUDONYM_BYTES];
} keyed_row;

/* The rows of one learner, and the two cursors that they come from. */
typedef struct {
    sg_arena *arena; /* the colleges */
    sg_arena *texts; /* of the learner */
    sg_colleges colleges;
    sg_reach reach;
    sg_cursor enrollments, gains;
    keyed_row *rows;
    size_t n_rows, row_capacity;
    sg_stored_enrollment *sorted;
    size_t sorted_capacity;
    sg_stored_gain *events;
    size_t n_events, event_capacity;
} reading;

static int compare_rows(const void *a, const void *b)
{
    const keyed_row *left = a, *right = b;
    int64_t left_start = left->row.number[SG_ENROLLMENT_START_DATE],
            right_start = right->row.number[SG_ENROLLMENT_START_DATE];
    if (left_start != right_start)
        return left_start < right_start ? -1 : 1;
    if (left->row.college != right->row.college)
        return left->row.college < right->row.college ? -1 : 1;
    return memcmp(left->key, right->key, sizeof left->key);
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

static bool copy_text(sg_arena *arena, const char *text, const char **out)
{
    *out = text != NULL ? sg_arena_strdup(arena, text) : NULL;
    return text == NULL || *out != NULL;
}

static sg_status take_enrollment(reading *r, sg_err *err)
{
    const sg_cursor *from = &r->enrollments;
    if (!sg_grow(&r->rows, &r->row_capacity, r->n_rows + 1, sizeof *r->rows))
        return sg_no_memory(err);
    keyed_row *to = &r->rows[r->n_rows++];
    memcpy(to->key, from->row.key, sizeof to->key);
    memcpy(to->row.number, from->row.number, sizeof to->row.number);
    to->row.college = from->college != NULL ? from->college->index : -1;
    to->row.cutoff = from->known.cutoff;
    to->row.export_has_hours = from->known.has_hours;
    bool copied = copy_text(r->texts, from->row.text[SG_ENROLLMENT_IET_PROGRAM_ID],
                            &to->row.iet_program_id) &&
                  copy_text(r->texts, from->row.custom, &to->row.custom);
    return copied ? SG_OK : sg_no_memory(err);
}

static sg_status take_gain(reading *r, sg_err *err)
{
    const sg_cursor *from = &r->gains;
    if (!sg_grow(&r->events, &r->event_capacity, r->n_events + 1, sizeof *r->events))
        return sg_no_memory(err);
    r->events[r->n_events++] = (sg_stored_gain){
        .date = (sg_day)from->row.number[SG_GAIN_FIELD_GAIN_DATE],
        .type = (sg_gain_type)from->row.number[SG_GAIN_FIELD_GAIN_TYPE],
        .cutoff = from->known.cutoff};
    return SG_OK;
}

/* The rows of this learner from one cursor, which is left at the first row of the next. */
static sg_status take_rows(reading *r, sg_cursor *cursor, const sg_pseudonym *learner,
                           sg_status (*take)(reading *r, sg_err *err), sg_err *err)
{
    sg_status status = SG_OK;
    while (status == SG_OK && cursor->at_row && memcmp(&cursor->row.learner, learner, sizeof *learner) == 0) {
        status = take(r, err);
        if (status == SG_OK)
            status = sg_cursor_next(cursor, err);
    }
    return status;
}

static sg_status sort_rows(reading *r, sg_err *err)
{
    if (!sg_grow(&r->sorted, &r->sorted_capacity, r->n_rows, sizeof *r->sorted))
        return sg_no_memory(err);
    if (r->n_rows > 1)
        qsort(r->rows, r->n_rows, sizeof *r->rows, compare_rows);
    for (size_t i = 0; i < r->n_rows; i++)
        r->sorted[i] = r->rows[i].row;
    if (r->n_events > 1)
        qsort(r->events, r->n_events, sizeof *r->events, compare_gains);
    return SG_OK;
}

/* Whose turn it is: the lower pseudonym of the two cursors. */
static sg_pseudonym next_learner(const reading *r)
{
    const sg_cursor *e = &r->enrollments, *g = &r->gains;
    if (!g->at_row || (e->at_row && memcmp(&e->row.learner, &g->row.learner, sizeof e->row.learner) <= 0))
        return e->row.learner;
    return g->row.learner;
}

static sg_status read_learner(reading *r, sg_stored_learner *out, sg_err *err)
{
    out->pseudonym = next_learner(r);
    r->n_rows = r->n_events = 0;
    sg_arena_reset(r->texts);
    sg_status status = take_rows(r, &r->enrollments, &out->pseudonym, take_enrollment, err);
    if (status == SG_OK)
        status = take_rows(r, &r->gains, &out->pseudonym, take_gain, err);
    if (status == SG_OK)
        status = sort_rows(r, err);
    out->enrollments = r->sorted;
    out->n_enrollments = r->n_rows;
    out->gains = r->events;
    out->n_gains = r->n_events;
    return status;
}

static sg_status open_reading(reading *r, sg_store *store, sg_err *err)
{
    r->arena = sg_arena_new();
    r->texts = sg_arena_new();
    if (r->arena == NULL || r->texts == NULL)
        return sg_no_memory(err);
    sg_status status = sg_colleges_load(&r->colleges, store, r->arena, err);
    if (status == SG_OK)
        status = sg_reach_load(&r->reach, store, err);
    if (status == SG_OK)
        status = sg_cursor_next(&r->enrollments, err);
    return status == SG_OK ? sg_cursor_next(&r->gains, err) : status;
}

static void close_reading(reading *r)
{
    sg_cursor_close(&r->enrollments);
    sg_cursor_close(&r->gains);
    sg_reach_release(&r->reach);
    sg_arena_free(r->arena);
    sg_arena_free(r->texts);
    free(r->rows);
    free(r->sorted);
    free(r->events);
}

sg_status sg_store_read(sg_store *store,
                        sg_status (*each)(void *context, const sg_stored_learner *learner, sg_err *err),
                        void *context, sg_err *err)
{
    SG_CLEANUP(close_reading) reading r = {0};
    sg_stored_learner learner;
    bool begun = false;
    sg_cursor_open(&r.enrollments, store, SG_KIND_ENROLLMENT, &r.colleges, &r.reach);
    sg_cursor_open(&r.gains, store, SG_KIND_GAIN, &r.colleges, &r.reach);
    sg_status status = sg_snapshot_begin(store, &begun, err);
    if (status == SG_OK)
        status = open_reading(&r, store, err);
    while (status == SG_OK && (r.enrollments.at_row || r.gains.at_row)) {
        status = read_learner(&r, &learner, err);
        if (status == SG_OK)
            status = each(context, &learner, err);
    }
    sg_snapshot_end(store, begun);
    return status;
}
