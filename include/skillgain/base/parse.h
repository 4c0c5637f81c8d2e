/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers from text: the whole field or nothing, a stated range, no locale, no exponent, no sign but '-'.
 */
#ifndef SKILLGAIN_BASE_PARSE_H
#define SKILLGAIN_BASE_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A whole number in [low, high]. */
bool sg_parse_int(const char *text, size_t length, int64_t low, int64_t high, int64_t *out);

/* A plain decimal ("12", "12.5", "-0.25", ".5" not, "1e3" not, "1,5" not) in units of 10^-decimals. Further digits are rounded
 * half away from zero. False where the form is wrong or the value does not fit. */
bool sg_parse_decimal(const char *text, size_t length, int decimals, int64_t *out);

/* A plain decimal as double (configuration only). */
bool sg_parse_double(const char *text, size_t length, double *out);

/* A plain decimal with or without an exponent ("1.5e-07", "2E+3"), as JSON and prepared tables have numbers; no export may. False also
 * where it is beyond a double. */
bool sg_parse_scientific(const char *text, size_t length, double *out);
/* Has the text the letters of such a number, and is it too large for a double ("1e400")? */
bool sg_parse_is_beyond(const char *text);

/* "36h", "90d", "15m", "30s" in seconds. */
bool sg_parse_duration(const char *text, int64_t *out_seconds);

/* "64KiB", "1MiB", "1GiB", "2000" in bytes. */
bool sg_parse_size(const char *text, int64_t *out_bytes);

#endif
