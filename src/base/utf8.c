/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "skillgain/base/mem.h"
#include "skillgain/base/text.h"

/* Characters below U+0300 (the first combining mark, in UTF-8 cc 80) are their own composed form. */
static const unsigned char first_combining_lead = 0xcc;

/* Eight bytes at once: ASCII without a NUL, as almost all text is. */
static bool is_plain(const utf8proc_uint8_t *bytes)
{
    const uint64_t high = UINT64_C(0x8080808080808080), low = UINT64_C(0x0101010101010101);
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return ((word - low) & high) == 0 && (word & high) == 0;
}

bool sg_utf8_valid(const char *text, size_t length, size_t *out_bad)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    size_t at = 0;
    while (at < length) {
        utf8proc_int32_t code = 0;
        utf8proc_ssize_t n = 1;
        if (length - at >= sizeof(uint64_t) && is_plain(bytes + at)) {
            at += sizeof(uint64_t);
            continue;
        }
        if (bytes[at] >= 0x80)
            n = utf8proc_iterate(bytes + at, (utf8proc_ssize_t)(length - at), &code);
        if (n < 1 || bytes[at] == '\0')
            break;
        at += (size_t)n;
    }
    if (at < length && out_bad != NULL)
        *out_bad = at;
    return at >= length;
}

static bool is_composed(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= first_combining_lead)
            return false;
    return true;
}

sg_status sg_utf8_nfc(sg_str *out, const char *text, size_t length, sg_err *err)
{
    size_t bad = 0;
    if (!sg_utf8_valid(text, length, &bad))
        return sg_fail(err, SG_FAILED, "text is not valid utf-8 at byte %zu: convert it to utf-8", bad + 1);
    if (is_composed(text, length)) {
        sg_str_add_n(out, text, length);
        return out->failed ? sg_no_memory(err) : SG_OK;
    }
    utf8proc_uint8_t *composed SG_AUTO_FREE = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &composed,
                                      UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0) /* the text was valid and its size is bounded by memory: nothing else can fail */
        return sg_no_memory(err);
    sg_str_add_n(out, (const char *)composed, (size_t)n);
    return out->failed ? sg_no_memory(err) : SG_OK;
}

static bool is_all_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

sg_status sg_utf8_bare(sg_str *out, const char *text, size_t length, sg_err *err)
{
    utf8proc_uint8_t *bare SG_AUTO_FREE = NULL;
    if (is_all_ascii(text, length)) {
        for (size_t i = 0; i < length; i++)
            sg_str_add_char(out, (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]));
        return out->failed ? sg_no_memory(err) : SG_OK;
    }
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &bare,
                                      UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                          UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPMARK);
    if (n == UTF8PROC_ERROR_INVALIDUTF8)
        return sg_fail(err, SG_FAILED, "text is not valid utf-8: convert it to utf-8");
    if (n < 0)
        return sg_no_memory(err);
    sg_str_add_n(out, (const char *)bare, (size_t)n);
    return out->failed ? sg_no_memory(err) : SG_OK;
}
