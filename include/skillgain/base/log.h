/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Log and progress: messages to standard error, as text or JSON lines; a progress line only on a terminal. Control
 * characters of what is logged are escaped, so that data can't forge a line. Never a learner's value.
 */
#ifndef SKILLGAIN_BASE_LOG_H
#define SKILLGAIN_BASE_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "skillgain/base/err.h"

typedef enum { SG_LOG_ERROR, SG_LOG_WARNING, SG_LOG_INFO, SG_LOG_DEBUG } sg_log_level;
typedef enum { SG_LOG_TEXT, SG_LOG_JSON } sg_log_format;

/* Once, by cli, before any thread. */
void sg_log_setup(sg_log_level level, sg_log_format format, bool progress);
void sg_log(sg_log_level level, const char *format, ...) SG_PRINTF(2, 3);

/* How far a file has come. */
typedef struct {
    const char *subject;  /* the file's name */
    const char *step;     /* what is done with its rows now that all are read; NULL: it is being read */
    int64_t rows;         /* so far */
    int64_t bytes, total; /* read, and to be read; total 0: unknown */
} sg_progress_facts;

/* A line that is overwritten, at most five times a second: "gain.csv: 12,345 rows, 61.2 MB/s, 45 %, 3 s left". Rate and time are
 * those since the first call after sg_progress_end; what is not known yet is left out. No-op where progress is off. */
void sg_progress(const sg_progress_facts *facts);
void sg_progress_end(void); /* erases the line */

#endif
