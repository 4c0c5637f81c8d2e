/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "refusal.h"

#include <stdarg.h>
#include <stdio.h>

sg_status sg_refuse(sg_refusal *refusal, const char *rule, int64_t line, sg_err *err, const char *format, ...)
{
    char message[SG_ERR_MESSAGE];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args); /* a longer one is cut */
    va_end(args);
    *refusal = (sg_refusal){.rule = rule, .line = line};
    if (line == 0)
        return sg_fail(err, SG_REFUSED, "%s", message);
    return sg_fail(err, SG_REFUSED, "line %lld: %s", (long long)line, message);
}
