/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "header.h"

#include <string.h>

#include "table_reader.h"

typedef struct {
    sg_header *header;
    sg_arena *arena;
    bool done; /* the first record that is no blank line has come */
    sg_status status;
} header_reading;

static bool fold_name(header_reading *reading, const sg_piece *field, const char **out)
{
    sg_str folded = {0};
    sg_text_fold(&folded, field->text, field->length);
    *out = folded.failed ? NULL : sg_arena_strdup(reading->arena, sg_str_text(&folded));
    sg_str_release(&folded);
    return *out != NULL;
}

static sg_status keep_names(header_reading *reading, const sg_raw_record *record, sg_err *err)
{
    sg_header *header = reading->header;
    header->names = sg_arena_alloc(reading->arena, record->n_fields, sizeof *header->names);
    if (header->names == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < record->n_fields; i++) {
        if (!sg_utf8_valid(record->fields[i].text, record->fields[i].length, NULL)) {
            header->state = SG_HEADER_BAD_TEXT;
            return SG_OK;
        }
        if (!fold_name(reading, &record->fields[i], &header->names[i]))
            return sg_no_memory(err);
    }
    header->n = record->n_fields;
    header->state = SG_HEADER_READ;
    return SG_OK;
}

/* Always a status that ends the reading, but for blank lines: the rows are not wanted yet. */
static sg_status take_header(void *context, const sg_raw_record *record, sg_err *err)
{
    header_reading *reading = context;
    bool is_blank = record->shape == SG_RECORD_FIELDS && sg_record_first_text(record) == NULL;
    if (is_blank || record->shape == SG_RECORD_BLANK)
        return SG_OK;
    reading->done = true;
    reading->header->line = record->line;
    reading->header->state = SG_HEADER_BROKEN;
    if (record->shape == SG_RECORD_FIELDS)
        reading->status = keep_names(reading, record, err);
    return SG_FAILED;
}

static sg_status read_text(header_reading *reading, const char *text, size_t length, bool at_end,
                           const sg_input_limits *limits, sg_err *err)
{
    SG_CLEANUP(sg_table_reader_cleanup) sg_table_reader *reader = NULL;
    sg_header *header = reading->header;
    sg_status status = sg_table_reader_new(header->delimiter, limits, take_header, reading, &header->refusal,
                                           &reader, err);
    if (status != SG_OK)
        return status;
    status = sg_table_reader_feed(reader, text, length, &header->why);
    if (status == SG_OK && at_end)
        status = sg_table_reader_end(reader, &header->why);
    if (reading->done)
        return reading->status;
    if (status == SG_REFUSED)
        header->state = SG_HEADER_REFUSED;
    return status == SG_REFUSED || status == SG_OK ? SG_OK : sg_no_memory(err);
}

sg_status sg_header_read(sg_header *header, const void *bytes, size_t n, bool at_end,
                         const sg_input_limits *limits, sg_arena *arena, sg_err *err)
{
    SG_CLEANUP(sg_decoder_cleanup) sg_decoder *decoder = NULL;
    header_reading reading = {.header = header, .arena = arena};
    const char *text = NULL;
    size_t length = 0;
    header->state = SG_HEADER_OPEN;
    sg_status status = sg_decoder_new(header->decoding, &decoder, err);
    if (status == SG_OK)
        status = sg_decoder_feed(decoder, (const char *)bytes + header->mark, n - header->mark, &text,
                                 &length, err);
    if (status != SG_OK)
        return status;
    return read_text(&reading, text, length, at_end, limits, err);
}

/* "100 - unique individual identifier (wioa)" of a folded name: "unique individual identifier". A name that is nothing but a number
 * stays. */
static const char *strip_name(const char *folded, size_t *out_length)
{
    static const char suffix[] = "(wioa)";
    const char *at = folded;
    if (sg_text_starts(at, "pirl"))
        at += strspn(at + 4, " -.:_#") + 4;
    size_t digits = strspn(at, "0123456789");
    if (digits >= 3 && digits <= 4)
        at += digits + strspn(at + digits, " -.:_)");
    if (*at == '\0' || digits < 3 || digits > 4)
        at = folded;
    size_t length = strlen(at);
    if (length > sizeof suffix - 1 && strcmp(at + length - (sizeof suffix - 1), suffix) == 0)
        length -= sizeof suffix - 1;
    while (length > 0 && at[length - 1] == ' ')
        length--;
    *out_length = length;
    return at;
}

static bool is_same_stripped(const char *a, const char *b)
{
    size_t n_a = 0, n_b = 0;
    const char *left = strip_name(a, &n_a), *right = strip_name(b, &n_b);
    return n_a == n_b && n_a > 0 && memcmp(left, right, n_a) == 0;
}

static void find_folded(const sg_header *header, const char *folded, bool stripped, int *out_column,
                        size_t *out_n)
{
    for (size_t i = header->n; i-- > 0;)
        if (stripped ? is_same_stripped(header->names[i], folded) : strcmp(header->names[i], folded) == 0) {
            *out_column = (int)i;
            ++*out_n;
        }
}

bool sg_header_find(const sg_header *header, const char *name, int *out_column, size_t *out_n)
{
    sg_str folded = {0};
    *out_column = -1;
    *out_n = 0;
    sg_text_fold(&folded, name, strlen(name));
    bool ok = !folded.failed;
    for (int stripped = 0; ok && stripped <= 1 && *out_n == 0; stripped++)
        find_folded(header, sg_str_text(&folded), stripped == 1, out_column, out_n);
    sg_str_release(&folded);
    return ok;
}

bool sg_header_find_source(const sg_header *header, const sg_column_source *source, int *out_column,
                           size_t *out_n)
{
    bool ok = sg_header_find(header, source->column, out_column, out_n);
    for (size_t i = 0; i < source->n_others && ok && *out_n == 0; i++)
        ok = sg_header_find(header, source->others[i], out_column, out_n);
    return ok;
}
