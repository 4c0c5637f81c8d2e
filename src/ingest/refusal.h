/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Refusal: why a whole file can't be trusted. The message goes into the sg_err; what else a finding needs
 * is kept here, for the one place that tells the sink.
 */
#ifndef SG_INGEST_REFUSAL_H
#define SG_INGEST_REFUSAL_H

#include <stdint.h>

#include "skillgain/base.h"

typedef struct {
    const char *rule; /* NULL: the file was not refused */
    int64_t line;     /* 0: the file as a whole */
} sg_refusal;

/* Notes rule and line, sets err to "line N: ..." and returns SG_REFUSED. */
sg_status sg_refuse(sg_refusal *refusal, const char *rule, int64_t line, sg_err *err, const char *format, ...)
    SG_PRINTF(5, 6);

#endif
