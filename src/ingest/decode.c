/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *bytes;
    size_t n;
    const char *what;
} magic;

#define MAGIC(bytes, what)                                                                                   \
    {                                                                                                        \
        bytes, sizeof(bytes) - 1, what                                                                       \
    }

static const magic formats[] = {
    MAGIC("PK\x03\x04", "a zip archive or an .xlsx workbook"),
    MAGIC("PK\x05\x06", "an empty zip archive"),
    MAGIC("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an .xls workbook or another Office file"),
    MAGIC("\x1f\x8b", "a gzip archive within another"),
    MAGIC("BZh", "a bzip2 archive"),
    MAGIC("\xfd"
          "7zXZ",
          "an xz archive"),
    MAGIC("7z\xbc\xaf\x27\x1c", "a 7z archive"),
    MAGIC("\x28\xb5\x2f\xfd", "a zstd archive"),
    MAGIC("%PDF-", "a PDF document"),
    MAGIC("{\\rtf", "a rich text document"),
    MAGIC("SQLite format 3", "an SQLite database"),
    MAGIC("PAR1", "a Parquet file"),
};

static const char mark_utf8[] = "\xef\xbb\xbf";

static bool begins(const void *bytes, size_t n, const char *with, size_t length)
{
    return n >= length && memcmp(bytes, with, length) == 0;
}

/* A mark and blank lines may stand before it. */
static bool is_markup(const char *text, size_t n)
{
    const char *end = text + n;
    text += begins(text, n, mark_utf8, sizeof mark_utf8 - 1) ? sizeof mark_utf8 - 1 : 0;
    while (text < end && strchr(" \t\r\n", *text) != NULL && *text != '\0')
        text++;
    return text < end && *text == '<';
}

const char *sg_foreign_format(const void *bytes, size_t n)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (begins(bytes, n, formats[i].bytes, formats[i].n))
            return formats[i].what;
    return is_markup(bytes, n) ? "a web page or XML" : NULL;
}

bool sg_decoding_choose(sg_encoding declared, const void *bytes, size_t n, sg_decoding *out, size_t *out_mark)
{
    static const struct {
        const char *mark;
        size_t n;
        sg_decoding decoding;
        sg_encoding encoding;
    } marks[] = {{"\xef\xbb\xbf", 3, SG_DECODE_UTF8, SG_ENCODING_UTF8},
                 {"\xff\xfe", 2, SG_DECODE_UTF16_LE, SG_ENCODING_UTF16},
                 {"\xfe\xff", 2, SG_DECODE_UTF16_BE, SG_ENCODING_UTF16}};
    /* What windows writes as "Unicode" without a mark is little-endian. */
    static const sg_decoding unmarked[] = {[SG_ENCODING_AUTO] = SG_DECODE_UTF8,
                                           [SG_ENCODING_UTF8] = SG_DECODE_UTF8,
                                           [SG_ENCODING_UTF16] = SG_DECODE_UTF16_LE,
                                           [SG_ENCODING_WINDOWS_1252] = SG_DECODE_WINDOWS_1252};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!begins(bytes, n, marks[i].mark, marks[i].n))
            continue;
        *out = marks[i].decoding;
        *out_mark = marks[i].n;
        return declared == SG_ENCODING_AUTO || declared == marks[i].encoding;
    }
    *out = unmarked[declared];
    *out_mark = 0;
    /* delimiters and line ends have a NUL each in UTF-16 */
    return declared != SG_ENCODING_UTF16 ||
           memchr(bytes, '\0', n < SG_TELLING_BYTES ? n : SG_TELLING_BYTES) != NULL;
}

/* ---- conversion ---- */

struct sg_decoder {
    sg_decoding decoding;
    bool converts; /* false: UTF-8, which passes */
    iconv_t iconv;
    size_t unit;  /* bytes that are skipped where they can't be decoded */
    sg_str input; /* what is not decoded yet: at most a character between two calls */
    sg_str output;
};

sg_status sg_decoder_new(sg_decoding decoding, sg_decoder **out, sg_err *err)
{
    static const char *const names[SG_N_DECODINGS] = {[SG_DECODE_UTF16_LE] = "UTF-16LE",
                                                      [SG_DECODE_UTF16_BE] = "UTF-16BE",
                                                      [SG_DECODE_WINDOWS_1252] = "CP1252"};
    sg_decoder *decoder = calloc(1, sizeof *decoder);
    if (decoder == NULL)
        return sg_no_memory(err);
    decoder->decoding = decoding;
    decoder->unit = decoding == SG_DECODE_WINDOWS_1252 ? 1 : 2;
    if (names[decoding] != NULL)
        decoder->iconv = iconv_open("UTF-8", names[decoding]);
    /* NOLINTNEXTLINE(performance-no-int-to-ptr): POSIX says so */
    decoder->converts = names[decoding] != NULL && decoder->iconv != (iconv_t)-1;
    if (names[decoding] != NULL && !decoder->converts) {
        sg_decoder_free(decoder);
        return sg_fail(
            err, SG_FAILED,
            "this system cannot convert from %s: install its character set tables, or export as UTF-8",
            names[decoding]);
    }
    *out = decoder;
    return SG_OK;
}

void sg_decoder_free(sg_decoder *decoder)
{
    if (decoder == NULL)
        return;
    if (decoder->converts)
        (void)iconv_close(decoder->iconv); /* frees memory only */
    sg_str_release(&decoder->input);
    sg_str_release(&decoder->output);
    free(decoder);
}

bool sg_decoder_is_whole(const sg_decoder *decoder)
{
    return decoder->input.length == 0;
}

/* Decodes what it can; *in and *left say what remains: nothing, half a character, or one that can't be
 * decoded (EILSEQ). */
static int convert(sg_decoder *decoder, char **in, size_t *left)
{
    char room[4096];
    int problem;
    do {
        char *to = room;
        size_t free_bytes = sizeof room;
        problem = iconv(decoder->iconv, in, left, &to, &free_bytes) == (size_t)-1 ? errno : 0;
        sg_str_add_n(&decoder->output, room, sizeof room - free_bytes);
    } while (problem == E2BIG);
    return problem;
}

static void decode_all(sg_decoder *decoder)
{
    char *in = decoder->input.text;
    size_t left = decoder->input.length;
    while (convert(decoder, &in, &left) == EILSEQ) {
        size_t skipped = left < decoder->unit ? left : decoder->unit;
        sg_str_add_char(&decoder->output, '\xff');
        in += skipped;
        left -= skipped;
    }
    memmove(decoder->input.text, in, left);
    decoder->input.length = left;
}

sg_status sg_decoder_feed(sg_decoder *decoder, const void *bytes, size_t n, const char **out_text,
                          size_t *out_length, sg_err *err)
{
    *out_text = bytes;
    *out_length = n;
    if (decoder->decoding == SG_DECODE_UTF8)
        return SG_OK;
    sg_str_reset(&decoder->output);
    sg_str_add_n(&decoder->input, bytes, n);
    if (!decoder->input.failed && decoder->input.length > 0)
        decode_all(decoder);
    *out_text = sg_str_text(&decoder->output);
    *out_length = decoder->output.length;
    return decoder->input.failed || decoder->output.failed ? sg_no_memory(err) : SG_OK;
}
