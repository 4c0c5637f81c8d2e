/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Table reader: UTF-8 text in any pieces to records of fields, each with the line on which it begins. The
 * only place that knows libcsv. It knows nothing of headers, crosswalks or values.
 *
 * A line ends with LF, CRLF or CR, as an editor counts; a quoted field may span lines. Where the quotes of
 * a record are broken, each of its lines is reported as broken and reading goes on with the line behind it:
 * nothing that may have stood within the quotes is taken for a row. A quote that stays open to the end, or
 * for longer than a record may be, refuses the file.
 */
#ifndef SG_INGEST_TABLE_READER_H
#define SG_INGEST_TABLE_READER_H

#include "skillgain/base.h"
#include "skillgain/config.h"

#include "refusal.h"

typedef struct {
    const char *text; /* with a NUL behind it; may contain NULs and bytes that are no UTF-8 */
    size_t length;
} sg_piece;

typedef enum {
    SG_RECORD_FIELDS,
    SG_RECORD_BLANK,    /* an empty line, or one of blanks */
    SG_RECORD_BROKEN,   /* quotes broken: fields unknown */
    SG_RECORD_FORMULA,  /* the same, by a field that a spreadsheet wrote as ="..." */
    SG_RECORD_SWALLOWED /* a quoted field that contains what look like whole rows: fields not to be trusted */
} sg_record_shape;

typedef struct {
    sg_record_shape shape;
    int64_t line;           /* on which it begins, from 1 */
    int64_t n_lines;        /* that it takes */
    const sg_piece *fields; /* SG_RECORD_FIELDS only; valid until the callback returns */
    size_t n_fields;
    const char *bytes; /* in which all of their texts lie, each with its NUL; valid as they are */
    size_t n_bytes;
    bool is_text; /* known to be valid UTF-8 without NULs; false: not looked at */
    uint64_t raw; /* the digest of its line, by which the store will know it; 0: there is none */
    const sg_pseudonym
        *learner; /* of the text of the learner's field as it stands, made ahead; NULL: it was not */
    const char *
        text; /* all of it as it came, quotes and line breaks too, without the line end behind it; valid until
                       * the callback returns; NULL: not asked for (sg_table_reader_keep_text) */
    size_t text_length;
} sg_raw_record;

/* The first field that has more than blanks; NULL: none has, or the record has no fields to look at. */
const sg_piece *sg_record_first_text(const sg_raw_record *record);

/* A status other than SG_OK ends the reading. */
typedef sg_status (*sg_raw_record_fn)(void *context, const sg_raw_record *record, sg_err *err);

typedef struct sg_table_reader sg_table_reader;

/* The refusal is the caller's and outlives the reader. */
sg_status sg_table_reader_new(char delimiter, const sg_input_limits *limits, sg_raw_record_fn on_record,
                              void *context, sg_refusal *refusal, sg_table_reader **out,
                              sg_err *err) SG_MUST_CHECK;
void sg_table_reader_free(sg_table_reader *reader);
SG_DEFINE_CLEANUP(sg_table_reader, sg_table_reader, sg_table_reader_free)

sg_status sg_table_reader_feed(sg_table_reader *reader, const char *text, size_t length,
                               sg_err *err) SG_MUST_CHECK;
sg_status sg_table_reader_end(sg_table_reader *reader,
                              sg_err *err) SG_MUST_CHECK; /* once, after the last piece */

/* Asks first, with the reader's context, of each line that may be a whole record, without its end: *out_taken, and the line is passed
 * over. A line that goes on in the next one is asked of too. */
typedef sg_status (*sg_line_fn)(void *context, const char *text, size_t length, int64_t line, bool *out_taken,
                                sg_err *err);
void sg_table_reader_ask(sg_table_reader *reader, sg_line_fn on_line);

/* Records come with their text. For those whose quotes are broken it ends where a record's limit is reached. */
void sg_table_reader_keep_text(sg_table_reader *reader);

/* Gives lines without quotes to libcsv too, which else are split without it: for tests, to which both ways must be one. */
void sg_table_reader_parse_all(sg_table_reader *reader);

/* Is a record under way (fed, and not reported yet)? */
bool sg_table_reader_is_open(const sg_table_reader *reader);

#endif
