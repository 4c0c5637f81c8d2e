/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields: those of one record, in one buffer, within the limits; and the split of a line that needs no parser.
 */
#ifndef SG_INGEST_FIELDS_H
#define SG_INGEST_FIELDS_H

#include "table_reader.h"

typedef struct {
    size_t offset, length;
} sg_span;

typedef struct {
    char delimiter;
    sg_input_limits limits;
    sg_str bytes; /* each field with a NUL behind it */
    sg_span *spans;
    size_t n, spans_capacity;
    size_t room; /* fields up to here need no further look at capacity and limit */
    sg_piece *pieces;
    size_t pieces_capacity;
    bool no_memory, too_long, many; /* why no more were taken */
} sg_fields;

/* Empty; what went wrong stays known. */
void sg_fields_reset(sg_fields *fields);
void sg_fields_release(sg_fields *fields);
bool sg_fields_failed(const sg_fields *fields);

/* A copy of the text, which has a NUL behind it. False: sg_fields_failed. */
bool sg_fields_add(sg_fields *fields, const char *text, size_t length);

/* What libcsv makes of a line that is a whole record: fields between delimiters without blanks at their ends, or within quotes. *odd: the
 * quotes are not what they should be, or go on in the next line, which is libcsv's to say. */
bool sg_fields_split(sg_fields *fields, const char *line, size_t length, bool *odd);

/* The fields by address, until the next change; NULL: there are none, or out of memory. */
const sg_piece *sg_fields_place(sg_fields *fields);

#endif
