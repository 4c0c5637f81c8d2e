/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries: the rows of a file that were accepted so far, a few bytes each: which row repeats or replaces which, and whose days lie
 * where. Rows that the store knows by their text, almost all of a night, have the store's own numbers (sg_known_row.ref) and need no
 * key here.
 */
#ifndef SG_INGEST_ENTRY_H
#define SG_INGEST_ENTRY_H

#include "skillgain/base.h"

typedef struct {
    uint32_t line; /* 0: replaced since */
    sg_day day;    /* the row's first */
    sg_day end;    /* its last, SG_DAY_NONE: open or of a gain */
} sg_entry;

/* Which row it is, and with which values. */
typedef struct {
    uint64_t key, digest;
    int64_t
        known; /* the store's number of the row of this key, -1: it has none, or none has come in this file */
    uint64_t known_digest; /* of the values that the store has */
} sg_entry_name;

typedef struct {
    uint64_t key, digest;
    uint32_t number;
} sg_keyed_entry;

typedef struct {
    sg_entry *all; /* in the order of the file: an entry's place is the number of its row (sg_sink.row) */
    size_t n, capacity;
    sg_keyed_entry *keyed; /* the last row of each key of which one was read */
    size_t n_keyed, keyed_capacity;
    uint32_t *slots; /* hash table of places in keyed, from 1; its size is a power of two */
    size_t n_slots;
    uint32_t *known; /* by the store's number: the number of the row that came by its text, from 1; 0: none */
    size_t n_known, known_capacity;
    size_t expected;
} sg_entries;

typedef enum { SG_ENTRY_NEW, SG_ENTRY_REPEATED, SG_ENTRY_REPLACES } sg_entry_outcome;

/* Zero-initialise. */
void sg_entries_release(sg_entries *entries);
/* Makes room for about so many, where it is known that many will come. Without the memory it does nothing. */
void sg_entries_expect(sg_entries *entries, size_t n);
/* The key will be looked for soon: its place is fetched meanwhile. */
void sg_entries_prepare(const sg_entries *entries, uint64_t key);
/* Enters an accepted row, unless it repeats one. is_known: it came by a text that the store knows, and so its values are the store's.
 * *out_old: of SG_ENTRY_REPLACES, the number of the one replaced, else -1. */
sg_status sg_entries_add(sg_entries *entries, const sg_entry *entry, const sg_entry_name *name, bool is_known,
                         sg_entry_outcome *out, int64_t *out_old, sg_err *err) SG_MUST_CHECK;

#endif
