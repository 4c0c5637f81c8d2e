/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table reader: lines split without libcsv must come out as libcsv makes them, whatever the size of the pieces; each line of the
 * file belongs to one record, in order.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/table_reader.h"

typedef struct {
    sg_sha256 *digest;
    int64_t next_line;
} reading;

static sg_status take_record(void *context, const sg_raw_record *record, sg_err *err)
{
    reading *r = context;
    (void)err;
    if (record->line != r->next_line || record->n_lines < 1)
        __builtin_trap();
    r->next_line = record->line + record->n_lines;
    sg_sha256_add_int(r->digest, record->shape);
    sg_sha256_add_int(r->digest, record->line);
    for (size_t i = 0; i < record->n_fields; i++) {
        if (record->fields[i].text[record->fields[i].length] != '\0')
            __builtin_trap();
        if (record->is_text && !sg_utf8_valid(record->fields[i].text, record->fields[i].length, NULL))
            __builtin_trap();
        sg_sha256_add_int(r->digest, (int64_t)record->fields[i].length);
        sg_sha256_add(r->digest, record->fields[i].text, record->fields[i].length);
    }
    return SG_OK;
}

static void read_all(const uint8_t *data, size_t size, char delimiter, size_t piece, bool parse_all,
                     char out[SG_SHA256_TEXT])
{
    static const sg_input_limits limits = {.field_bytes = 64, .record_bytes = 256, .columns = 16};
    SG_CLEANUP(sg_table_reader_cleanup) sg_table_reader *reader = NULL;
    reading r = {.digest = sg_sha256_new(), .next_line = 1};
    sg_refusal refusal = {0};
    if (r.digest == NULL ||
        sg_table_reader_new(delimiter, &limits, take_record, &r, &refusal, &reader, NULL) != SG_OK)
        abort();
    if (parse_all)
        sg_table_reader_parse_all(reader);
    sg_status status = SG_OK;
    for (size_t at = 0; at < size && status == SG_OK; at += piece)
        status = sg_table_reader_feed(reader, (const char *)data + at, size - at < piece ? size - at : piece,
                                      NULL);
    if (status == SG_OK)
        status = sg_table_reader_end(reader, NULL);
    sg_sha256_add_int(r.digest, status);
    sg_sha256_add_field(r.digest, refusal.rule != NULL ? refusal.rule : "");
    sg_sha256_add_int(r.digest, refusal.line);
    sg_sha256_text(r.digest, out);
    sg_sha256_free(r.digest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {',', '\t', ';', '|'};
    char whole[SG_SHA256_TEXT], other[SG_SHA256_TEXT];
    if (size < 2)
        return 0;
    char delimiter = delimiters[data[0] % sizeof delimiters];
    size_t piece = (size_t)data[1] + 1;
    read_all(data + 2, size - 2, delimiter, size, false, whole);
    read_all(data + 2, size - 2, delimiter, piece, false, other);
    if (strcmp(whole, other) != 0)
        __builtin_trap();
    read_all(data + 2, size - 2, delimiter, piece, true, other);
    if (strcmp(whole, other) != 0)
        __builtin_trap();
    return 0;
}
