/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the ids of colleges and scopes while a file is read; those not known yet are entered.
 */
#ifndef SG_STORE_PLACE_H
#define SG_STORE_PLACE_H

#include "store/connection.h"

typedef struct {
    sg_kind kind;
    int64_t program_year; /* SG_SCOPE_BLANK: none */
    const char *college;  /* "" : none; no college has so short a code */
    int64_t college_id;   /* SG_BLANK: none */
    int64_t scope_id;
} sg_place;

/* Sorted; bounded, for a file may name as many colleges as it has rows: those beyond are asked of the database each time. */
typedef struct {
    sg_arena *arena;
    sg_place *list;
    size_t n, capacity;
    size_t last; /* found: most rows are where the one before was, or nearly */
} sg_places;

sg_status sg_places_init(sg_places *places, sg_err *err) SG_MUST_CHECK;
void sg_places_release(sg_places *places);
sg_status sg_places_find(sg_places *places, sg_store *store, const sg_record *row, sg_place *out,
                         sg_err *err) SG_MUST_CHECK;

#endif
