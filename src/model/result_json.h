/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The members of results.json, named once for writing and for reading.
 */
#ifndef SKILLGAIN_SRC_MODEL_RESULT_JSON_H
#define SKILLGAIN_SRC_MODEL_RESULT_JSON_H

#include <stddef.h>

#include "skillgain/model/result.h"

typedef struct {
    const char *name;
    size_t offset;
} sg_member;

typedef struct {
    const sg_member *members;
    size_t n;
} sg_members;

extern const sg_members sg_estimate_texts, sg_estimate_reals, sg_estimate_counts, sg_fact_texts, sg_fact_ints,
    sg_batch_count_members;

#endif
