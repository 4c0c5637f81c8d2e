/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <math.h>
#include <string.h>

/* Written so that a NaN anywhere makes it false; equality is for infinities, whose difference is a NaN. */
bool sg_is_close(double got, double want, double abs_tol, double rel_tol)
{
    if (isinf(got) || isinf(want))
        return isinf(got) && isinf(want) && signbit(got) == signbit(want);
    double distance = fabs(got - want);
    return distance <= abs_tol || distance <= rel_tol * fabs(want);
}

void sg_assert_close_at(double got, double want, double abs_tol, double rel_tol, const char *what,
                        const char *file, int line)
{
    if (sg_is_close(got, want, abs_tol, rel_tol))
        return;
    print_error("%s is %.17g, not %.17g (off by %.3g; allowed %.3g or %.3g of it)\n", what, got, want,
                got - want, abs_tol, rel_tol);
    _fail(file, line);
}

void sg_assert_status_at(sg_status got, sg_status want, const sg_err *err, const char *what, const char *file,
                         int line)
{
    if (got == want)
        return;
    const char *message = err != NULL && got != SG_OK ? err->message : "no message";
    print_error("%s gave status %d, not %d: %s\n", what, (int)got, (int)want, message);
    _fail(file, line);
}

void sg_assert_contains_at(const char *text, const char *part, const char *what, const char *file, int line)
{
    if (text != NULL && strstr(text, part) != NULL)
        return;
    print_error("%s has no '%s' in it: '%s'\n", what, part, text != NULL ? text : "(null)");
    _fail(file, line);
}
