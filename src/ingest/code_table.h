/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Code table: the codes of one column, an export's or our own, found by their text in one step, with what each stands for.
 */
#ifndef SG_INGEST_CODE_TABLE_H
#define SG_INGEST_CODE_TABLE_H

#include "skillgain/config.h"

/* Empty, NULL, N/A, NA, Unknown or -, in any case (design.md section 6, Rows). */
bool sg_is_missing(const char *text);

typedef struct {
    const char *from, *to;
    bool missing;  /* `to` stands for no value */
    int64_t value; /* of `to` in the field's code list; SG_CODE_UNKNOWN: none, or the field has no list */
    uint64_t word; /* the bytes of `from`, where there are at most seven, and a mark; else 0 */
} sg_code_entry;

typedef struct {
    const sg_code_entry *entries;
    size_t n;
    const uint16_t *slots; /* places in entries, from 1 */
    size_t n_slots;        /* a power of two; 0: there are no codes */
} sg_code_table;

/* The crosswalk's codes of the source; where it has none, those of the field's own list, if it has one (field NULL: no list). In the
 * arena. False: out of memory. */
bool sg_code_table_build(sg_code_table *table, const sg_column_source *source, const sg_field *field,
                         sg_arena *arena) SG_MUST_CHECK;

const sg_code_entry *sg_code_table_find(const sg_code_table *table,
                                        const char *text); /* NULL: no such code */

#endif
