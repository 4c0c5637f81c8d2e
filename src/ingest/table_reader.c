/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_reader.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "fields.h"
#include "record_text.h"
#include "rule_id.h"

enum {
    PARSER_OPTIONS = CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL,
    PARSER_BLOCK = 4096 /* libcsv's own 128 bytes make a long field slow */
};

struct sg_table_reader {
    struct csv_parser parser;
    sg_input_limits limits;
    char delimiter;
    sg_raw_record_fn on_record;
    sg_line_fn on_line; /* NULL: nobody asks */
    bool parses_all;
    void *context;
    sg_refusal *refusal;

    int64_t line;  /* being read */
    bool after_cr; /* the line has ended with CR; an LF would still belong to it */

    /* the record under way */
    int64_t first_line;
    int64_t n_bytes;
    bool has_text;       /* more than blanks */
    bool broken;         /* its quotes: the rest of the line is skipped */
    bool formula;        /* by ="..." */
    bool complete;       /* libcsv has reported its end */
    bool is_text;        /* as sg_raw_record has it */
    size_t n_delimiters; /* of the line being read */
    int n_whole_lines;   /* its lines that have as many delimiters as a whole row */

    sg_str begun; /* a line that begins a record and is not here whole */
    sg_record_text text;
    sg_fields fields;
    size_t n_columns; /* of the first record with text, the header; 0: not read yet */
};

static bool has_text(const sg_piece *field)
{
    size_t length = 0;
    (void)sg_text_trim(field->text, field->length, &length);
    return length > 0;
}

const sg_piece *sg_record_first_text(const sg_raw_record *record)
{
    for (size_t i = 0; i < record->n_fields; i++)
        if (has_text(&record->fields[i]))
            return &record->fields[i];
    return NULL;
}

/* ---- libcsv ---- */

static int is_blank(unsigned char c)
{
    return c == ' '; /* a tab may be the delimiter; elsewhere fields are trimmed later */
}

static bool start_parser(sg_table_reader *reader)
{
    if (csv_init(&reader->parser, PARSER_OPTIONS) != 0)
        return false;
    csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
    csv_set_space_func(&reader->parser, is_blank);
    csv_set_blk_size(&reader->parser, PARSER_BLOCK);
    return true;
}

static bool restart_parser(sg_table_reader *reader)
{
    csv_free(&reader->parser);
    return start_parser(reader);
}

static void keep_field(void *text, size_t length, void *data)
{
    sg_table_reader *reader = data;
    (void)sg_fields_add(&reader->fields, text, length); /* what it met is asked for after the piece */
}

static void end_row(int terminator, void *data)
{
    sg_table_reader *reader = data;
    (void)terminator;
    reader->complete = true;
}

/* ---- records ---- */

static void reset_record(sg_table_reader *reader)
{
    reader->first_line = reader->line;
    reader->n_bytes = 0;
    reader->has_text = reader->broken = reader->formula = reader->complete = reader->is_text = false;
    reader->n_delimiters = 0;
    reader->n_whole_lines = 0;
    sg_fields_reset(&reader->fields);
    sg_record_text_reset(&reader->text);
}

/*
 * A quote that was opened by mistake runs to the next quote, and the rows between vanish into one field.
 * Then at least two of the record's lines have as many delimiters as a whole row; honest text with line
 * breaks hardly ever does.
 */
static bool has_swallowed(const sg_table_reader *reader)
{
    return reader->n_columns > 1 && reader->n_whole_lines > 1;
}

static sg_status report_record(sg_table_reader *reader, sg_record_shape shape, sg_err *err)
{
    sg_raw_record record = {
        .shape = shape, .line = reader->first_line, .n_lines = reader->line - reader->first_line + 1};
    if (reader->text.text.failed)
        return sg_no_memory(err);
    record.text = sg_record_text_get(&reader->text, &record.text_length);
    if (shape == SG_RECORD_FIELDS) {
        record.fields = sg_fields_place(&reader->fields);
        record.n_fields = reader->fields.n;
        record.bytes = reader->fields.bytes.text;
        record.n_bytes = reader->fields.bytes.length;
        if (record.fields == NULL && record.n_fields > 0)
            return sg_no_memory(err);
        record.is_text = reader->is_text;
        if (reader->n_columns == 0 && sg_record_first_text(&record) != NULL)
            reader->n_columns = reader->fields.n;
    }
    return reader->on_record(reader->context, &record, err);
}

static sg_status refuse_limit(sg_table_reader *reader, sg_err *err)
{
    const sg_input_limits *limits = &reader->limits;
    if (reader->fields.no_memory)
        return sg_no_memory(err);
    if (reader->fields.many)
        return sg_refuse(
            reader->refusal, SG_RULE_LIMIT, reader->first_line, err,
            "a row has more than the %lld columns that 'limits.columns' allows: look for a damaged line",
            (long long)limits->columns);
    return sg_refuse(reader->refusal, SG_RULE_LIMIT, reader->first_line, err,
                     "a field is longer than the %lld bytes that 'limits.field' allows: look for a quote "
                     "that is not closed",
                     (long long)limits->field_bytes);
}

static sg_status refuse_long_record(sg_table_reader *reader, sg_err *err)
{
    if (reader->first_line < reader->line)
        return sg_refuse(reader->refusal, SG_RULE_OPEN_QUOTE, reader->first_line, err,
                         "a quote opens here and is not closed within the %lld bytes that 'limits.record' "
                         "allows: close it, or "
                         "double the quotes within the field",
                         (long long)reader->limits.record_bytes);
    return sg_refuse(reader->refusal, SG_RULE_LIMIT, reader->first_line, err,
                     "the record is longer than the %lld bytes that 'limits.record' allows: look for missing "
                     "line ends or a "
                     "quote that is not closed",
                     (long long)reader->limits.record_bytes);
}

/* For has_swallowed: of every line, because whether a record will go on is not known before its line ends. */
static void count_delimiters(sg_table_reader *reader, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        reader->n_delimiters += text[i] == reader->delimiter;
}

static bool is_all_blank(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) /* almost always told by the first */
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' && text[i] != '\n')
            return false;
    return true;
}

static sg_status parse_piece(sg_table_reader *reader, const char *text, size_t length, sg_err *err)
{
    size_t parsed = csv_parse(&reader->parser, text, length, keep_field, end_row, reader);
    if (sg_fields_failed(&reader->fields))
        return refuse_limit(reader, err);
    if (parsed == length)
        return SG_OK;
    if (csv_error(&reader->parser) != CSV_EPARSE)
        return sg_no_memory(err);
    reader->broken = true;
    reader->formula = reader->parser.entry_pos == 1 && reader->parser.entry_buf[0] == '=';
    return restart_parser(reader) ? SG_OK : sg_no_memory(err);
}

/* A piece of one line, its end included where it has come. What is within the limit is parsed also where the piece goes beyond it:
 * quotes that are broken before are broken, however large the pieces are. */
static sg_status feed_piece(sg_table_reader *reader, const char *text, size_t length, sg_err *err)
{
    sg_record_text_add(&reader->text, text, length);
    if (reader->broken)
        return SG_OK;
    int64_t room = reader->limits.record_bytes - reader->n_bytes;
    size_t within = (int64_t)length > room ? (size_t)room : length;
    reader->n_bytes += (int64_t)within;
    reader->has_text = reader->has_text || !is_all_blank(text, within);
    count_delimiters(reader, text, within);
    sg_status status = parse_piece(reader, text, within, err);
    return status == SG_OK && within < length && !reader->broken ? refuse_long_record(reader, err) : status;
}

static sg_status end_record(sg_table_reader *reader, sg_err *err)
{
    sg_record_shape shape = SG_RECORD_BLANK;
    if (reader->broken)
        shape = reader->formula ? SG_RECORD_FORMULA : SG_RECORD_BROKEN;
    else if (reader->complete)
        shape = has_swallowed(reader) ? SG_RECORD_SWALLOWED : SG_RECORD_FIELDS;
    return report_record(reader, shape, err);
}

/* After each line: the record is done, or a quoted field goes on in the next line. */
static sg_status end_line(sg_table_reader *reader, sg_err *err)
{
    sg_status status = SG_OK;
    bool goes_on = !reader->broken && !reader->complete && reader->has_text;
    if (reader->n_columns > 1 && reader->n_delimiters + 1 >= reader->n_columns)
        reader->n_whole_lines++;
    if (!goes_on)
        status = end_record(reader, err);
    reader->after_cr = false;
    reader->line++;
    reader->n_delimiters = 0;
    if (!goes_on)
        reset_record(reader);
    return status;
}

/* ---- lines ---- */

/* Text that is cut into lines; lf is the next LF, or end, and looked for once: a file with CR alone has
 * none. */
typedef struct {
    const char *at, *end, *lf;
} cursor;

/* The place behind the next line end, or the end of the text where there is none. */
static const char *find_line_end(cursor *text, bool *found)
{
    if (text->lf == NULL || text->lf < text->at) {
        const char *next = memchr(text->at, '\n', (size_t)(text->end - text->at));
        text->lf = next != NULL ? next : text->end;
    }
    const char *cr = memchr(text->at, '\r', (size_t)(text->lf - text->at));
    const char *stop = cr != NULL ? cr : text->lf;
    *found = stop < text->end;
    return *found ? stop + 1 : text->end;
}

/* The line before has ended with a CR: alone, or the first half of a CRLF? */
static sg_status settle_cr(sg_table_reader *reader, cursor *text, sg_err *err)
{
    sg_status status = SG_OK;
    if (*text->at == '\n')
        status = feed_piece(reader, text->at++, 1, err);
    return status == SG_OK ? end_line(reader, err) : status;
}

/* ---- plain lines: a whole record whose quotes, if it has any, are in order ---- */

/* Behind the line end that stands before `next`: the LF of a CRLF belongs to it. NULL: more must come to tell. */
static const char *behind_line_end(const char *next, const char *end)
{
    if (next[-1] != '\r')
        return next;
    if (next == end)
        return NULL;
    return *next == '\n' ? next + 1 : next;
}

/* *taken false: the line is libcsv's. */
static sg_status take_plain_line(sg_table_reader *reader, const char *line, size_t length, bool *taken,
                                 sg_err *err)
{
    bool odd = false;
    bool split = sg_fields_split(&reader->fields, line, length, &odd);
    *taken = !odd;
    reader->is_text = split && sg_utf8_valid(line, length, NULL);
    sg_status status = SG_OK;
    if (split)
        sg_record_text_add(&reader->text, line, length);
    if (split)
        status = report_record(reader, SG_RECORD_FIELDS, err);
    else if (!odd)
        status = refuse_limit(reader, err);
    reader->line += *taken;
    reset_record(reader);
    return status;
}

/* A line that begins a record and is here to its end may be known to whoever listens, or be plain. *out_next NULL: neither. */
static sg_status take_whole_line(sg_table_reader *reader, const cursor *text, const char *next,
                                 const char **out_next, sg_err *err)
{
    const char *behind = behind_line_end(next, text->end);
    size_t length = (size_t)(next - 1 - text->at);
    bool taken = false;
    sg_status status = SG_OK;
    *out_next = NULL;
    if (behind == NULL || (int64_t)(behind - text->at) > reader->limits.record_bytes ||
        is_all_blank(text->at, length))
        return SG_OK;
    if (reader->on_line != NULL)
        status = reader->on_line(reader->context, text->at, length, reader->line, &taken, err);
    if (taken) {
        reader->line++;
        reader->first_line = reader->line;
    } else if (status == SG_OK && !reader->parses_all) {
        status = take_plain_line(reader, text->at, length, &taken, err);
    }
    *out_next = taken ? behind : NULL;
    return status;
}

static sg_status feed_line(sg_table_reader *reader, cursor *text, sg_err *err)
{
    bool found = false;
    const char *next = find_line_end(text, &found);
    const char *behind = NULL;
    if (found && reader->n_bytes == 0 && !reader->broken) {
        sg_status taken = take_whole_line(reader, text, next, &behind, err);
        if (behind != NULL)
            text->at = behind;
        if (behind != NULL || taken != SG_OK)
            return taken;
    }
    sg_status status = feed_piece(reader, text->at, (size_t)(next - text->at), err);
    text->at = next;
    if (status != SG_OK || !found)
        return status;
    reader->after_cr = next[-1] == '\r';
    return reader->after_cr ? SG_OK : end_line(reader, err);
}

static sg_status feed_lines(sg_table_reader *reader, const char *text, size_t length, sg_err *err)
{
    cursor rest = {.at = text, .end = text + length};
    sg_status status = SG_OK;
    while (status == SG_OK && rest.at < rest.end)
        status = reader->after_cr ? settle_cr(reader, &rest, err) : feed_line(reader, &rest, err);
    return status;
}

/* The length of what ends with a line's end for sure: a CR at the very end may be half of one. */
static size_t whole_lines(const char *text, size_t length)
{
    if (length > 0 && text[length - 1] == '\r')
        length--;
    while (length > 0 && text[length - 1] != '\n' && text[length - 1] != '\r')
        length--;
    return length;
}

/* Feeds the line that was begun by earlier pieces, as far as this one has it; *used: of the text. */
static sg_status feed_begun(sg_table_reader *reader, const char *text, size_t length, size_t *used,
                            sg_err *err)
{
    size_t before = reader->begun.length;
    cursor rest = {.at = text, .end = text + length};
    bool found = false;
    const char *next = find_line_end(&rest, &found);
    sg_str_add_n(&reader->begun, text, (size_t)(next - text));
    *used = (size_t)(next - text);
    if (reader->begun.failed)
        return sg_no_memory(err);
    size_t whole = whole_lines(reader->begun.text, reader->begun.length);
    if (whole <= before && (int64_t)reader->begun.length <= reader->limits.record_bytes)
        return SG_OK; /* goes on in the next piece */
    sg_status status = feed_lines(reader, reader->begun.text, reader->begun.length, err);
    sg_str_reset(&reader->begun);
    return status;
}

/* Pieces end anywhere; a line that begins a record waits until it is here whole, so that the size of the pieces changes nothing. */
sg_status sg_table_reader_feed(sg_table_reader *reader, const char *text, size_t length, sg_err *err)
{
    size_t used = 0;
    sg_status status = SG_OK;
    while (status == SG_OK && reader->begun.length > 0 && length > 0) {
        status = feed_begun(reader, text, length, &used, err);
        text += used;
        length -= used;
    }
    if (status != SG_OK || length == 0)
        return status;
    size_t whole = whole_lines(text, length);
    status = feed_lines(reader, text, whole, err);
    if (status != SG_OK || whole == length)
        return status;
    if (reader->n_bytes > 0 || reader->after_cr) /* within a record */
        return feed_lines(reader, text + whole, length - whole, err);
    sg_str_add_n(&reader->begun, text + whole, length - whole);
    return reader->begun.failed ? sg_no_memory(err) : SG_OK;
}

static sg_status finish_last_line(sg_table_reader *reader, sg_err *err)
{
    if (reader->broken || !reader->has_text || reader->complete)
        return end_line(reader, err);
    if (csv_fini(&reader->parser, keep_field, end_row, reader) != 0)
        return sg_refuse(reader->refusal, SG_RULE_OPEN_QUOTE, reader->first_line, err,
                         "a quote opens here and is not closed by the end of the file: close it, or double "
                         "the quotes within "
                         "the field");
    if (sg_fields_failed(&reader->fields))
        return refuse_limit(reader, err);
    return end_line(reader, err);
}

sg_status sg_table_reader_end(sg_table_reader *reader, sg_err *err)
{
    if (reader->begun.length > 0) {
        sg_status status = feed_lines(reader, reader->begun.text, reader->begun.length, err);
        sg_str_reset(&reader->begun);
        if (status != SG_OK)
            return status;
    }
    if (reader->after_cr) {
        sg_status status = end_line(reader, err);
        if (status != SG_OK)
            return status;
    }
    if (!sg_table_reader_is_open(reader))
        return SG_OK;
    return finish_last_line(reader, err);
}

void sg_table_reader_ask(sg_table_reader *reader, sg_line_fn on_line)
{
    reader->on_line = on_line;
}

void sg_table_reader_keep_text(sg_table_reader *reader)
{
    reader->text.wanted = true;
}

void sg_table_reader_parse_all(sg_table_reader *reader)
{
    reader->parses_all = true;
}

bool sg_table_reader_is_open(const sg_table_reader *reader)
{
    return reader->n_bytes > 0 || reader->begun.length > 0;
}

sg_status sg_table_reader_new(char delimiter, const sg_input_limits *limits, sg_raw_record_fn on_record,
                              void *context, sg_refusal *refusal, sg_table_reader **out, sg_err *err)
{
    assert(delimiter != '\0' && on_record != NULL);
    sg_table_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return sg_no_memory(err);
    reader->delimiter = delimiter;
    reader->limits = *limits;
    reader->fields = (sg_fields){.delimiter = delimiter, .limits = *limits};
    reader->text.most = (size_t)limits->record_bytes;
    reader->on_record = on_record;
    reader->context = context;
    reader->refusal = refusal;
    reader->line = 1;
    reset_record(reader);
    if (!start_parser(reader)) {
        free(reader);
        return sg_no_memory(err);
    }
    *out = reader;
    return SG_OK;
}

void sg_table_reader_free(sg_table_reader *reader)
{
    if (reader == NULL)
        return;
    csv_free(&reader->parser);
    sg_str_release(&reader->begun);
    sg_record_text_release(&reader->text);
    sg_fields_release(&reader->fields);
    free(reader);
}
