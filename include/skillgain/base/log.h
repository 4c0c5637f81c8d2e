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

/* A line that is overwritten: "label 12,345 of 50,000"; total 0: unknown. No-op where progress is off. */
void sg_progress(const char *label, int64_t done, int64_t total);
void sg_progress_end(void);

#endif
