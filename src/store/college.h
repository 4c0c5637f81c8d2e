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

/* A crosswalk that takes a learner's id or name for the college must not bring it into logs: where a store has very many colleges they
 * may be something else, and what is not surely a college's code is not quoted. */
sg_status sg_colleges_may_be_named(sg_store *store, bool *out, sg_err *err) SG_MUST_CHECK;
bool sg_college_may_be_named(const char *code, bool colleges_may);

#endif
