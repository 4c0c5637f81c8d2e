/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What cmocka's own assertions lack: doubles with tolerances, statuses with their message. Includes cmocka and what it
 * needs before it, so that a test includes this alone.
 */
#ifndef SG_TEST_SUPPORT_ASSERT_H
#define SG_TEST_SUPPORT_ASSERT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "skillgain/base/err.h"

/*
 * |got - want| <= abs_tol or <= rel_tol * |want|. A NaN is close to nothing, not even to a NaN; an infinity only to
 * itself. Prints both with 17 digits.
 */
#define sg_assert_close(got, want, abs_tol, rel_tol)                                                         \
    sg_assert_close_at((got), (want), (abs_tol), (rel_tol), #got, __FILE__, __LINE__)

/* The status is SG_OK; else the message of err (which may be NULL) is printed. */
#define sg_assert_ok(status, err) sg_assert_status_at((status), SG_OK, (err), #status, __FILE__, __LINE__)

/* The status is `want`, and not SG_OK by mistake; the message is printed where it is another. */
#define sg_assert_status(status, want, err)                                                                  \
    sg_assert_status_at((status), (want), (err), #status, __FILE__, __LINE__)

/* The text has `part` in it somewhere. */
#define sg_assert_contains(text, part) sg_assert_contains_at((text), (part), #text, __FILE__, __LINE__)

bool sg_is_close(double got, double want, double abs_tol, double rel_tol); /* the rule of sg_assert_close */

void sg_assert_close_at(double got, double want, double abs_tol, double rel_tol, const char *what,
                        const char *file, int line);
void sg_assert_status_at(sg_status got, sg_status want, const sg_err *err, const char *what, const char *file,
                         int line);
void sg_assert_contains_at(const char *text, const char *part, const char *what, const char *file, int line);

#endif
