/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files of one output: each is written and its digest remembered; SHA256SUMS ends it.
 */
#ifndef SKILLGAIN_SRC_REPORT_OUTPUT_H
#define SKILLGAIN_SRC_REPORT_OUTPUT_H

#include "skillgain/base.h"

typedef struct {
    const char *name; /* within the folder: "tables/x.csv" */
    char sha256[SG_SHA256_TEXT];
} sg_output_entry;

typedef struct {
    sg_arena *arena;
    const char *folder;
    unsigned mode; /* of files */
    sg_output_entry *entries;
    size_t n, capacity;
} sg_output;

sg_status sg_output_add(sg_output *output, const char *name, const sg_str *text, sg_err *err) SG_MUST_CHECK;
sg_status sg_output_finish(sg_output *output, sg_err *err) SG_MUST_CHECK; /* writes SHA256SUMS */
void sg_output_release(sg_output *output);

#endif
