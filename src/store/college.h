/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: colleges by id, while rows are read.
 */
#ifndef SG_STORE_COLLEGE_H
#define SG_STORE_COLLEGE_H

#include "store/connection.h"

typedef struct {
    const char *code; /* NULL: no college has this id */
    int index;        /* among those of sg_store_colleges; -1: no current enrollment is in it */
} sg_college;

typedef struct {
    sg_college *list; /* by id, in the arena */
    size_t n;
    const char **in_use; /* codes of those with current enrollments, sorted */
    size_t n_in_use;
    bool *used; /* by id: has current enrollments */
} sg_colleges;

sg_status sg_colleges_load(sg_colleges *colleges, sg_store *store, sg_arena *arena,
                           sg_err *err) SG_MUST_CHECK;

/* NULL: none has this id. */
const sg_college *sg_college_of(const sg_colleges *colleges, int64_t id);

#endif
