/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text: a string builder whose failure is sticky (append often, ask once), comparisons without a locale,
 * UTF-8 checks, trimming and normalisation, decimal figures rounded half away from zero.
 */
#ifndef SKILLGAIN_BASE_TEXT_H
#define SKILLGAIN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skillgain/base/err.h"

/* Zero-initialise (sg_str s = {0}); text is NUL-terminated, "" or NULL while empty. */
typedef struct {
    char *text;
    size_t length;
    size_t capacity;
    bool failed;
} sg_str;

void sg_str_release(sg_str *s);
void sg_str_reset(sg_str *s);
void sg_str_add(sg_str *s, const char *text);
void sg_str_add_n(sg_str *s, const char *text, size_t length);
void sg_str_add_char(sg_str *s, char c);
void sg_str_printf(sg_str *s, const char *format, ...) SG_PRINTF(2, 3);
const char *sg_str_text(const sg_str *s); /* never NULL */

bool sg_text_equal(const char *a, const char *b);       /* NULL equals NULL */
bool sg_text_equal_ascii(const char *a, const char *b); /* ASCII case ignored */
bool sg_text_starts(const char *text, const char *prefix);

/* The text without white space (ASCII, NBSP, BOM) at either end: *out_length bytes from the returned place. */
const char *sg_text_trim(const char *text, size_t length, size_t *out_length);

/* ASCII lower case, runs of white space (also line breaks) made one blank, trimmed: how headers are compared. */
void sg_text_fold(sg_str *out, const char *text, size_t length);

/* Well-formed UTF-8 without NUL? *out_bad (may be NULL): offset of the first bad byte. */
bool sg_utf8_valid(const char *text, size_t length, size_t *out_bad);

/* Unicode NFC of UTF-8 text into *out (appended). */
sg_status sg_utf8_nfc(sg_str *out, const char *text, size_t length, sg_err *err) SG_MUST_CHECK;

/* The text without what only dresses it: case, width and other forms of compatibility, accents, invisible characters (NFKC, case
 * folded, marks stripped). Appended. */
sg_status sg_utf8_bare(sg_str *out, const char *text, size_t length, sg_err *err) SG_MUST_CHECK;

/* A figure with `digits` decimals, rounded half away from zero on its shortest exact decimal form (17 digits), "-0"
 * never shown; no locale. Not finite: "". */
void sg_str_add_fixed(sg_str *s, double value, int digits);

/* 17 significant digits, shortest that reads back the same; not finite: "". */
void sg_str_add_exact(sg_str *s, double value);

/* A field of CSV: in quotes where it needs them; what a spreadsheet would take for a formula begins with an apostrophe. */
void sg_str_add_csv(sg_str *s, const char *text);

/* An integer with thin groups of thousands: 12345 -> "12,345". */
void sg_str_add_count(sg_str *s, int64_t value);

#endif
