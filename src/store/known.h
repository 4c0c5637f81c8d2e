/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the current rows of a kind as an import needs them, a few bytes each: found by their key, or by the text that
 * delivered them.
 */
#ifndef SG_STORE_KNOWN_H
#define SG_STORE_KNOWN_H

#include "store/kind.h"

typedef struct {
    uint64_t raw, key, digest;
    int64_t id;
    uint32_t scope, batch, verdict;
    uint32_t seen; /* the last partial delivery that repeated it, 0: none */
    sg_day day, end;
    bool has_hours;
    bool arrived; /* in the file under way, changed or not */
    bool spared;  /* a refused row of the file may be it */
} sg_known;

typedef struct {
    sg_known *all; /* by id */
    size_t n;
    uint32_t *by_key,
        *by_raw; /* hash tables of places in all, from 1; above the bits of places, the highest of the value */
    uint32_t places;
    size_t n_slots; /* of each, a power of two */
} sg_known_rows;

/* The current rows of the kind, as they were committed; of many rows each of `jobs` threads loads some. Zero-initialise. */
sg_status sg_known_load(sg_known_rows *rows, sg_store *store, sg_kind kind, int jobs,
                        sg_err *err) SG_MUST_CHECK;
void sg_known_release(sg_known_rows *rows);

sg_known *sg_known_by_key(const sg_known_rows *rows, uint64_t key); /* NULL: none */

/* Where a file that is delivered again goes on, most likely: its rows come in the order in which they came first, but for those that
 * changed since. Zero-initialise. */
typedef struct {
    size_t next, aside; /* places in all */
} sg_known_cursor;

/* The cursor saves most looks into the table. */
sg_known *sg_known_by_raw(const sg_known_rows *rows, sg_known_cursor *cursor, uint64_t raw);

#endif
