/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "guess.h"
#include "rule_id.h"
#include "table_reader.h"

static const char delimiters[] = {',', '\t', ';', '|'};

typedef struct {
    sg_guess_table *table;
    sg_arena *arena;
    bool full; /* enough rows were seen */
} table_reading;

/* ---- encoding ---- */

/* The last line of a part may be cut within a character. */
static size_t whole_lines(const char *text, size_t length, bool whole)
{
    while (!whole && length > 0 && text[length - 1] != '\n')
        length--;
    return length;
}

/* Without a mark: are more lines not UTF-8 than have other than ASCII in UTF-8? Then it is what Windows wrote before. */
static bool is_windows(const char *text, size_t length)
{
    int64_t wrong = 0, right = 0;
    const char *end = text + length;
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t n = (size_t)((stop != NULL ? stop : end) - text);
        bool plain = true;
        for (size_t i = 0; i < n && plain; i++)
            plain = (unsigned char)text[i] < 0x80;
        if (!plain && sg_utf8_valid(text, n, NULL))
            right++;
        else if (!plain)
            wrong++;
        text += n + 1;
    }
    return wrong > right;
}

/* ---- header ---- */

/* The delimiter by which the header has most columns. What refuses it by each of them refuses the file. */
static sg_status find_header(sg_header *best, const sg_head *head, const sg_input_limits *limits,
                             sg_arena *arena, sg_err *err)
{
    sg_header first = *best;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        sg_header header = first;
        header.delimiter = delimiters[i];
        sg_status status = sg_header_read(&header, head->bytes, head->n, head->at_end, limits, arena, err);
        if (status != SG_OK)
            return status;
        if (i == 0 ||
            (header.state == SG_HEADER_READ && (best->state != SG_HEADER_READ || header.n > best->n)))
            *best = header;
    }
    return SG_OK;
}

static sg_status check_header(const sg_header *header, sg_refusal *refusal, sg_err *err)
{
    if (header->state == SG_HEADER_READ)
        return SG_OK;
    if (header->state == SG_HEADER_REFUSED) {
        *refusal = header->refusal;
        return sg_fail(err, SG_REFUSED, "%s", header->why.message);
    }
    if (header->state == SG_HEADER_OPEN)
        return sg_refuse(refusal, SG_RULE_NO_CROSSWALK, 0, err,
                         "there is no header within the first %zu bytes: take out the blank lines at the top",
                         (size_t)SG_GUESS_BYTES);
    return sg_refuse(refusal, SG_RULE_NO_CROSSWALK, header->line, err,
                     "the first line is no header: its quotes are broken, or it is no text; the columns' "
                     "names belong on top");
}

/* ---- rows ---- */

static bool take_header(table_reading *reading, const sg_raw_record *record)
{
    sg_guess_table *table = reading->table;
    table->columns = sg_arena_alloc(reading->arena, record->n_fields, sizeof *table->columns);
    if (table->columns == NULL)
        return false;
    table->n = record->n_fields;
    table->header_line = record->line;
    for (size_t i = 0; i < table->n; i++)
        if (!sg_guess_column_name(&table->columns[i], record->fields[i].text, record->fields[i].length,
                                  reading->arena))
            return false;
    return true;
}

/* The header once more, as where exports were put together. */
static bool is_header_again(const sg_guess_table *table, const sg_raw_record *record)
{
    size_t n = record->n_fields < table->n ? record->n_fields : table->n, same = 0;
    for (size_t i = 0; i < n; i++) {
        const char *header = table->columns[i].header;
        same += *header != '\0' && sg_text_equal_ascii(record->fields[i].text, header);
    }
    return same > 1 && same * 2 > table->n;
}

static sg_status take_record(void *context, const sg_raw_record *record, sg_err *err)
{
    table_reading *reading = context;
    sg_guess_table *table = reading->table;
    if (record->shape != SG_RECORD_FIELDS || sg_record_first_text(record) == NULL)
        return SG_OK;
    if (table->columns == NULL)
        return take_header(reading, record) ? SG_OK : sg_no_memory(err);
    if (is_header_again(table, record))
        return SG_OK;
    reading->full = table->n_rows == SG_GUESS_ROWS;
    if (reading->full)
        return SG_FAILED;
    table->n_rows++;
    for (size_t i = 0; i < table->n && i < record->n_fields; i++)
        if (!sg_guess_column_look(&table->columns[i], record->fields[i].text, record->fields[i].length,
                                  reading->arena))
            return sg_no_memory(err);
    return SG_OK;
}

static sg_status read_rows(table_reading *reading, const sg_header *header, const char *text, size_t length,
                           const sg_input_limits *limits, sg_refusal *refusal, sg_err *err)
{
    SG_CLEANUP(sg_table_reader_cleanup) sg_table_reader *reader = NULL;
    sg_status status = sg_table_reader_new(header->delimiter, limits, take_record, reading, refusal, &reader,
                                           err);
    if (status == SG_OK)
        status = sg_table_reader_feed(reader, text, length, err);
    if (status == SG_OK && reading->table->whole)
        status = sg_table_reader_end(reader, err);
    if (reading->full) {
        reading->table->whole = false;
        status = SG_OK;
    }
    for (size_t i = 0; i < reading->table->n && status == SG_OK; i++)
        sg_guess_column_end(&reading->table->columns[i]);
    return status;
}

sg_status sg_guess_table_read(const sg_head *head, const sg_input_limits *limits, sg_arena *arena,
                              sg_refusal *refusal, sg_guess_table *out, sg_err *err)
{
    SG_CLEANUP(sg_decoder_cleanup) sg_decoder *decoder = NULL;
    sg_header header = {.decoding = SG_DECODE_UTF8};
    const char *text = NULL;
    size_t length = 0;
    *out = (sg_guess_table){.whole = head->at_end};
    (void)sg_decoding_choose(SG_ENCODING_AUTO, head->bytes, head->n, &header.decoding, &header.mark);
    out->windows = header.decoding == SG_DECODE_UTF8 && header.mark == 0 &&
                   is_windows(head->bytes, whole_lines(head->bytes, head->n, head->at_end));
    if (out->windows)
        header.decoding = SG_DECODE_WINDOWS_1252;
    sg_status status = find_header(&header, head, limits, arena, err);
    if (status == SG_OK)
        status = check_header(&header, refusal, err);
    if (status == SG_OK)
        status = sg_decoder_new(header.decoding, &decoder, err);
    if (status == SG_OK)
        status = sg_decoder_feed(decoder, head->bytes + header.mark, head->n - header.mark, &text, &length,
                                 err);
    table_reading reading = {.table = out, .arena = arena};
    return status == SG_OK ? read_rows(&reading, &header, text, length, limits, refusal, err) : status;
}
