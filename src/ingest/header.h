/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Header: the first record of a file under one assumption about its encoding and delimiter, names folded
 * for comparison.
 */
#ifndef SG_INGEST_HEADER_H
#define SG_INGEST_HEADER_H

#include "decode.h"
#include "refusal.h"

typedef enum {
    SG_HEADER_READ,
    SG_HEADER_OPEN,     /* not seen whole yet */
    SG_HEADER_BAD_TEXT, /* no text in this encoding */
    SG_HEADER_BROKEN,   /* its quotes */
    SG_HEADER_REFUSED   /* beyond a limit, or a quote open to the end: `refusal` and `why` say more */
} sg_header_state;

typedef struct {
    sg_decoding decoding;
    size_t mark; /* length of the byte-order mark */
    char delimiter;
    sg_header_state state;
    int64_t line;       /* on which it begins */
    const char **names; /* folded */
    size_t n;
    sg_refusal refusal;
    sg_err why;
} sg_header;

/* Reads the header from a file's first bytes (all of them: at_end) by decoding, mark and delimiter of
 * *header. Names are in the arena. A header that can't be read is a state, not a failure. */
sg_status sg_header_read(sg_header *header, const void *bytes, size_t n, bool at_end,
                         const sg_input_limits *limits, sg_arena *arena, sg_err *err) SG_MUST_CHECK;

/* The first column of this name, or -1, and how many there are. Compared folded; where no column has the name so, without the number of
 * a PIRL element before it and "(WIOA)" behind it, in both. False: out of memory. */
bool sg_header_find(const sg_header *header, const char *name, int *out_column, size_t *out_n) SG_MUST_CHECK;
/* The same of a source: the first of its names that the header has counts. */
bool sg_header_find_source(const sg_header *header, const sg_column_source *source, int *out_column,
                           size_t *out_n) SG_MUST_CHECK;

#endif
