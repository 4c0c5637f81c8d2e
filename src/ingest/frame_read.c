/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/ingest/frame.h"

#include <string.h>

#include "table_reader.h"

static const sg_input_limits LIMITS = {.field_bytes = 65536, .record_bytes = 1048576, .columns = 2000};

typedef struct {
    sg_arena *arena;
    const char **names, **cells; /* by row */
    size_t n_columns, n_cells, capacity;
    int64_t *lines; /* by row */
    size_t n_rows, lines_capacity;
} reading;

static sg_status check_names(const reading *r, sg_err *err)
{
    for (size_t i = 0; i < r->n_columns; i++) {
        if (*r->names[i] == '\0')
            return sg_fail(err, SG_REFUSED, "line 1: column %zu has no name", i + 1);
        for (size_t k = 0; k < i; k++) {
            if (strcmp(r->names[i], r->names[k]) == 0)
                return sg_fail(err, SG_REFUSED, "line 1: two columns are called '%s'", r->names[i]);
        }
    }
    return SG_OK;
}

static sg_status keep_fields(reading *r, const sg_raw_record *record, const char **out, sg_err *err)
{
    for (size_t i = 0; i < record->n_fields; i++) {
        const sg_piece *field = &record->fields[i];
        if (!sg_utf8_valid(field->text, field->length, NULL))
            return sg_fail(err, SG_REFUSED, "line %lld: bytes that are no UTF-8; save the file as UTF-8",
                           (long long)record->line);
        out[i] = sg_arena_strndup(r->arena, field->text, field->length);
        if (out[i] == NULL)
            return sg_no_memory(err);
    }
    return SG_OK;
}

static sg_status take_names(reading *r, const sg_raw_record *record, sg_err *err)
{
    r->n_columns = record->n_fields;
    r->names = sg_arena_alloc(r->arena, r->n_columns, sizeof *r->names);
    if (r->names == NULL)
        return sg_no_memory(err);
    const sg_status status = keep_fields(r, record, r->names, err);
    return status == SG_OK ? check_names(r, err) : status;
}

static sg_status take_record(void *context, const sg_raw_record *record, sg_err *err)
{
    reading *r = context;

    if (record->shape == SG_RECORD_BLANK)
        return SG_OK;
    if (record->shape != SG_RECORD_FIELDS)
        return sg_fail(err, SG_REFUSED, "line %lld: broken quotes", (long long)record->line);
    if (r->names == NULL)
        return take_names(r, record, err);
    if (record->n_fields != r->n_columns)
        return sg_fail(err, SG_REFUSED, "line %lld: %zu fields, where the first line has %zu names",
                       (long long)record->line, record->n_fields, r->n_columns);
    if (!sg_grow(&r->cells, &r->capacity, r->n_cells + r->n_columns, sizeof *r->cells) ||
        !sg_grow(&r->lines, &r->lines_capacity, r->n_rows + 1, sizeof *r->lines))
        return sg_no_memory(err);
    r->lines[r->n_rows++] = record->line;
    const sg_status status = keep_fields(r, record, r->cells + r->n_cells, err);
    r->n_cells += status == SG_OK ? r->n_columns : 0;
    return status;
}

/* How many bytes of a byte-order mark the text begins with. */
static size_t count_mark(const char *text, size_t length)
{
    static const char MARK[] = "\xEF\xBB\xBF";
    const size_t n = sizeof MARK - 1;

    return length >= n && memcmp(text, MARK, n) == 0 ? n : 0;
}

static sg_status read_records(const char *text, size_t length, reading *r, sg_err *err)
{
    SG_CLEANUP(sg_table_reader_cleanup) sg_table_reader *reader = NULL;
    sg_refusal refusal = {0};
    const size_t mark = count_mark(text, length);
    sg_status status = sg_table_reader_new(',', &LIMITS, take_record, r, &refusal, &reader, err);

    if (status == SG_OK)
        status = sg_table_reader_feed(reader, text + mark, length - mark, err);
    if (status == SG_OK)
        status = sg_table_reader_end(reader, err);
    if (status == SG_OK && r->names == NULL)
        status = sg_fail(err, SG_REFUSED, "no line of names");
    return status;
}

static sg_status put_columns(const reading *r, sg_frame *out, sg_err *err)
{
    for (size_t i = 0; i < r->n_columns; i++) {
        const char **texts = sg_arena_alloc(r->arena, out->n_rows + 1, sizeof *texts);
        if (texts == NULL)
            return sg_no_memory(err);
        for (size_t row = 0; row < out->n_rows; row++)
            texts[row] = r->cells[row * r->n_columns + i];
        const sg_status status = sg_frame_put_texts(out, r->names[i], texts, err);
        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}

static sg_status put_lines(const reading *r, sg_frame *out, sg_err *err)
{
    int64_t *lines = sg_arena_alloc(r->arena, r->n_rows + 1, sizeof *lines);

    if (lines == NULL)
        return sg_no_memory(err);
    for (size_t row = 0; row < r->n_rows; row++)
        lines[row] = r->lines[row];
    out->lines = lines;
    return SG_OK;
}

sg_status sg_frame_read(sg_arena *arena, const char *text, size_t length, sg_frame *out, sg_err *err)
{
    reading r = {.arena = arena};
    sg_status status = read_records(text, length, &r, err);

    if (status == SG_OK) {
        *out = (sg_frame){.arena = arena, .n_rows = r.n_rows};
        status = put_columns(&r, out, err);
    }
    if (status == SG_OK)
        status = put_lines(&r, out, err);
    sg_free_pointer(&r.cells);
    sg_free_pointer(&r.lines);
    return status;
}
