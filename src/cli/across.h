/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the rules across rows and files found, on its way to the reader: as text, CSV or JSON.
 */
#ifndef SKILLGAIN_SRC_CLI_ACROSS_H
#define SKILLGAIN_SRC_CLI_ACROSS_H

#include "command.h"

/* By file number; texts are borrowed. */
typedef struct {
    int64_t batch; /* 0: not imported */
    const char *name;
} sg_across_file;

/* An examined one's: counted by rule with the first places of each. `json` takes an object of them where it is not NULL; else text
 * goes to *out. lack: why not all was looked at, or NULL: then nothing found is told as that. */
sg_status sg_say_across(sg_across *across, const sg_across_file *files, const char *lack, sg_str *out,
                        sg_json *json, sg_err *err) SG_MUST_CHECK;
/* Every finding, a line each, as CSV. */
sg_status sg_list_across(sg_across *across, const sg_across_file *files, sg_str *out,
                         sg_err *err) SG_MUST_CHECK;

#endif
