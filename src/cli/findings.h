/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Findings on their way to the reader: as text, CSV or JSON.
 */
#ifndef SKILLGAIN_SRC_CLI_FINDINGS_H
#define SKILLGAIN_SRC_CLI_FINDINGS_H

#include "command.h"

/* One finding of a file; texts are borrowed. */
typedef struct {
    int64_t batch; /* 0: not imported */
    const char *file_name;
    int64_t line;
    const char *rule, *field, *column, *detail; /* detail NULL: none */
} sg_listed_finding;

void sg_findings_csv_header(sg_str *out);
void sg_findings_csv_row(sg_str *out, const sg_listed_finding *finding);
void sg_findings_text_row(sg_str *out, const sg_listed_finding *finding);

#endif
