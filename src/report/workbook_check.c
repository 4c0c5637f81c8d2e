/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook_check.h"

/* zlib takes what it reads as const */
#define ZLIB_CONST

#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

/* A zip archive's directory at its end: a record for each part, each with the place of the part (APPNOTE 4.3). */
enum {
    LOCAL_SIGNATURE = 0x04034b50,
    ENTRY_SIGNATURE = 0x02014b50,
    END_SIGNATURE = 0x06054b50,
    LOCAL_BYTES = 30,
    ENTRY_BYTES = 46,
    END_BYTES = 22,
    DEFLATED = 8
};

typedef struct {
    const unsigned char *bytes;
    size_t length;
} archive;

typedef struct {
    const unsigned char *name; /* not ended by a NUL */
    size_t name_length;
    const unsigned char *packed;
    size_t n_packed, n_plain;
    size_t next; /* the record behind this one */
} record;

static size_t number_at(const archive *a, size_t at, size_t n_bytes)
{
    size_t value = 0;

    for (size_t i = n_bytes; i-- > 0;)
        value = value << 8 | a->bytes[at + i];
    return value;
}

static bool holds(const archive *a, size_t at, size_t n)
{
    return at <= a->length && n <= a->length - at;
}

static bool is_record(const archive *a, size_t at, size_t signature, size_t n)
{
    return holds(a, at, n) && number_at(a, at, 4) == signature;
}

/* The record at `at` and what it tells of; false: none, or one that points outside. */
static bool read_part(const archive *a, size_t at, record *out)
{
    size_t place, skipped;

    if (!is_record(a, at, ENTRY_SIGNATURE, ENTRY_BYTES))
        return false;
    out->name = a->bytes + at + ENTRY_BYTES;
    out->name_length = number_at(a, at + 28, 2);
    out->n_packed = number_at(a, at + 20, 4);
    out->n_plain = number_at(a, at + 24, 4);
    out->next = at + ENTRY_BYTES + out->name_length + number_at(a, at + 30, 2) + number_at(a, at + 32, 2);
    place = number_at(a, at + 42, 4);
    if (number_at(a, at + 10, 2) != DEFLATED || out->n_plain > INT_MAX || !holds(a, out->next, 0) ||
        !is_record(a, place, LOCAL_SIGNATURE, LOCAL_BYTES))
        return false;
    skipped = LOCAL_BYTES + number_at(a, place + 26, 2) + number_at(a, place + 28, 2);
    if (!holds(a, place, skipped) || !holds(a, place + skipped, out->n_packed))
        return false;
    out->packed = a->bytes + place + skipped;
    return true;
}

/* As many bytes as the archive says, and no more. */
static bool unpack(const record *p, unsigned char *plain)
{
    enum { RAW_WINDOW = -15 };
    z_stream stream = {.next_in = p->packed,
                       .avail_in = (uInt)p->n_packed,
                       .next_out = plain,
                       .avail_out = (uInt)p->n_plain};
    bool whole;

    if (inflateInit2(&stream, RAW_WINDOW) != Z_OK)
        return false;
    whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.total_out == p->n_plain;
    (void)inflateEnd(&stream);
    return whole;
}

static sg_status take_part(const record *p, sg_part_taker take, void *taker, sg_err *err)
{
    SG_AUTO_FREE unsigned char *plain = malloc(p->n_plain + 1);
    const sg_workbook_part given = {(const char *)p->name, p->name_length, (const char *)plain, p->n_plain};

    if (!plain)
        return sg_no_memory(err);
    if (!unpack(p, plain))
        return sg_fail(err, SG_FAILED,
                       "the workbook's part '%.*s' is damaged; is there space left on the disk?",
                       (int)p->name_length, (const char *)p->name);
    return take(taker, &given, err);
}

sg_status sg_workbook_unpack(const void *bytes, size_t length, sg_part_taker take, void *taker, sg_err *err)
{
    const archive a = {bytes, length};
    const size_t end = length >= END_BYTES ? length - END_BYTES : 0;
    size_t n_parts = 0, at = 0;
    sg_status status = SG_OK;

    if (is_record(&a, end, END_SIGNATURE, END_BYTES)) {
        n_parts = number_at(&a, end + 10, 2);
        at = number_at(&a, end + 16, 4);
    }
    if (!n_parts)
        return sg_fail(err, SG_FAILED, "the workbook is cut off; is there space left on the disk?");
    for (size_t i = 0; status == SG_OK && i < n_parts; i++) {
        record p;

        if (!read_part(&a, at, &p))
            return sg_fail(err, SG_FAILED, "the workbook's list of parts is damaged at %zu of %zu", i + 1,
                           n_parts);
        status = take_part(&p, take, taker, err);
        at = p.next;
    }
    return status;
}

static sg_status check_part(void *taker, const sg_workbook_part *part, sg_err *err)
{
    xmlDoc *doc = xmlReadMemory(part->text, (int)part->length, NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);

    (void)taker;
    if (!doc)
        return sg_fail(err, SG_FAILED,
                       "the workbook's part '%.*s' is cut off; is there space left on the disk?",
                       (int)part->name_length, part->name);
    xmlFreeDoc(doc);
    return SG_OK;
}

sg_status sg_workbook_check(const void *bytes, size_t length, sg_err *err)
{
    return sg_workbook_unpack(bytes, length, check_part, NULL, err);
}
