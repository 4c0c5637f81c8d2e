/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statuses and errors. Every function that can fail returns an sg_status; what went wrong, where, and what
 * to do about it is put into the caller's sg_err, once, where it is known. A bad row of an export is not an
 * error: it is a finding (model/record.h).
 */
#ifndef SKILLGAIN_BASE_ERR_H
#define SKILLGAIN_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

/* name, exit code, what it means to the person who runs the program */
#define SG_STATUS_LIST(X)                                                                                    \
    X(OK, 0, "done")                                                                                         \
    X(FAILED, 1, "failed (input or output, database)")                                                       \
    X(NO_MEMORY, 1, "out of memory")                                                                         \
    X(USAGE, 2, "usage or configuration")                                                                    \
    X(REFUSED, 3, "a file was refused whole")                                                                \
    X(HELD, 4, "a file is held, or an expected export is missing or stale")                                  \
    X(DISCLOSURE, 5, "the disclosure rules refuse")                                                          \
    X(BUSY, 75, "another run holds the workspace")

typedef enum {
#define SG_STATUS_ENUM(name, exit_code, text) SG_##name,
    SG_STATUS_LIST(SG_STATUS_ENUM)
#undef SG_STATUS_ENUM
        SG_N_STATUS
} sg_status;

#define SG_MUST_CHECK __attribute__((warn_unused_result))
#define SG_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

enum { SG_ERR_MESSAGE = 512 };

typedef struct {
    sg_status code;
    char message[SG_ERR_MESSAGE]; /* lower case, no full stop; never a learner's value */
} sg_err;

/* Sets *err (which may be NULL) and returns code, so that a failure is one line: return sg_fail(...). */
sg_status sg_fail(sg_err *err, sg_status code, const char *format, ...) SG_PRINTF(3, 4);

/* Puts "format...: " before the message that is in *err already (which may be NULL); returns code. */
sg_status sg_wrap(sg_err *err, sg_status code, const char *format, ...) SG_PRINTF(3, 4);

/* Out of memory, worded alike everywhere. */
sg_status sg_no_memory(sg_err *err);

int sg_status_exit_code(sg_status status);
const char *sg_status_text(sg_status status);

/* Of two statuses of one run the one whose exit code is told: 2, 75, 1, 3, 5, 4, 0 in this order. */
sg_status sg_status_worse(sg_status a, sg_status b);

#endif
