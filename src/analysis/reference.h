/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * References: what a level of a dimension is held against (statistics.md section 8).
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_REFERENCE_H
#define SKILLGAIN_SRC_ANALYSIS_REFERENCE_H

#include "skillgain/model.h"
#include "skillgain/stats.h"

typedef enum {
    SG_REFERENCE_ALL_OTHERS, /* everyone else of the subset, unknown included */
    SG_REFERENCE_OVERALL,    /* the whole subset, the level itself included */
    SG_REFERENCE_LEVEL,      /* one level: named, or the one with the highest rate or the most people */
    SG_REFERENCE_NUMBER
} sg_reference_type;

typedef struct {
    sg_reference_type type;
    const char *name; /* as configured: the `reference` of results.csv */
    size_t level;     /* SG_REFERENCE_LEVEL */
    bool from_data;   /* the level was chosen by the data */
    double number;
} sg_reference;

/* groups: of the dimension's levels, 0 = unknown. highest: the highest rate among known levels with 30 or more, largest: the most
 * people among the known; the first in byte order on ties; where there is none, or a named level is not one of the dimension's,
 * SG_USAGE for the name and all_others for the rest. */
sg_status sg_reference_choose(const sg_dimension *dimension, const char *name, const sg_counts *groups,
                              sg_reference *out, sg_err *err) SG_MUST_CHECK;

#endif
