/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decoding: what a file's first bytes say it is, and its bytes as UTF-8. What can't be decoded becomes the
 * byte 0xFF, which is never valid UTF-8, so that the row it stands in is refused and not the file.
 */
#ifndef SG_INGEST_DECODE_H
#define SG_INGEST_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "skillgain/base.h"
#include "skillgain/config.h"

typedef enum {
    SG_DECODE_UTF8,
    SG_DECODE_UTF16_LE,
    SG_DECODE_UTF16_BE,
    SG_DECODE_WINDOWS_1252,
    SG_N_DECODINGS
} sg_decoding;

enum { SG_TELLING_BYTES = 64 }; /* so many first bytes are enough for the two functions below */

/* "a zip archive or an .xlsx workbook" and the like where the bytes begin something that is no text; else
 * NULL. */
const char *sg_foreign_format(const void *bytes, size_t n);

/* How to decode a file that begins like this where its crosswalk declares `declared`, and the length of its
 * byte-order mark. False: the first bytes contradict the declaration, by their mark or because UTF-16 has others. */
bool sg_decoding_choose(sg_encoding declared, const void *bytes, size_t n, sg_decoding *out,
                        size_t *out_mark);

typedef struct sg_decoder sg_decoder;

sg_status sg_decoder_new(sg_decoding decoding, sg_decoder **out, sg_err *err) SG_MUST_CHECK;
void sg_decoder_free(sg_decoder *decoder);
SG_DEFINE_CLEANUP(sg_decoder, sg_decoder, sg_decoder_free)

/* The next bytes, without mark; *out_text is valid until the next call or while `bytes` is. */
sg_status sg_decoder_feed(sg_decoder *decoder, const void *bytes, size_t n, const char **out_text,
                          size_t *out_length, sg_err *err) SG_MUST_CHECK;
bool sg_decoder_is_whole(const sg_decoder *decoder); /* no half character waits for its rest */

#endif
