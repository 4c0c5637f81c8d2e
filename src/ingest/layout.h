/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Layout: which crosswalk a file is read by, and which of its columns each field comes from.
 */
#ifndef SG_INGEST_LAYOUT_H
#define SG_INGEST_LAYOUT_H

#include "skillgain/ingest.h"

#include "code_table.h"
#include "header.h"

/* The first bytes of a file. */
typedef struct {
    const char *bytes;
    size_t n;
    bool at_end; /* there are no more */
} sg_head;

typedef struct sg_layout {
    const sg_crosswalk *crosswalk; /* of a record: as it is for it */
    const sg_header *header;
    int field_column[SG_MAX_FIELDS];    /* by field; -1: a constant, or not in this file */
    sg_code_table codes[SG_MAX_FIELDS]; /* by field */
    /* by field: rows and places are told apart by its texts, which may not look alike; others may say what they like */
    bool is_identifier[SG_MAX_FIELDS];
    int *custom_column; /* by the crosswalk's custom dimensions; -1: not in this file */
    sg_code_table *custom_codes;
    int race_column; /* of a list of races; -1: there is none */
    sg_code_table race_codes;
    int cutoff_column; /* -1: the cut-off comes from elsewhere */
    /* the records whose day the file has a column for; 0: a line is a row */
    const struct sg_layout *records;
    size_t n_records;
    uint64_t
        own; /* of a record: bits of the required fields that it maps itself; where one is missing there is no row */
} sg_layout;

/*
 * Chooses by a file's first bytes. *out in the arena. *out_more: too few bytes to
 * tell; call again with more, the same choice will come whatever the sizes of the pieces were. A crosswalk
 * fits if the file has every column that the kind requires (of several records a line: the day of one, and every column that those whose
 * day it has require); the one with most of its columns there is
 * taken, of equals the one that lacks fewest, and before it one that fits too and names it in `also`; else SG_REFUSED.
 */
sg_status sg_layout_choose(const sg_ingest_options *options, const sg_head *head, sg_arena *arena,
                           sg_refusal *refusal, sg_layout **out, bool *out_more, sg_err *err) SG_MUST_CHECK;

/* Binds the crosswalk's columns to those of the header; a column read and found twice is SG_REFUSED. */
sg_status sg_layout_bind(const sg_crosswalk *crosswalk, const sg_header *header, sg_arena *arena,
                         sg_refusal *refusal, sg_layout **out, sg_err *err) SG_MUST_CHECK;

#endif
