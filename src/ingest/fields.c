/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fields.h"

#include <stdlib.h>
#include <string.h>

void sg_fields_reset(sg_fields *fields)
{
    sg_str_reset(&fields->bytes);
    fields->n = 0;
}

void sg_fields_release(sg_fields *fields)
{
    sg_str_release(&fields->bytes);
    free(fields->spans);
    free(fields->pieces);
}

bool sg_fields_failed(const sg_fields *fields)
{
    return fields->no_memory || fields->too_long || fields->many;
}

static bool has_room(sg_fields *fields, size_t length)
{
    fields->too_long = fields->too_long || (int64_t)length > fields->limits.field_bytes;
    fields->many = fields->many || (int64_t)fields->n >= fields->limits.columns;
    if (sg_fields_failed(fields))
        return false;
    if (fields->n == fields->spans_capacity)
        fields->no_memory = !sg_grow(&fields->spans, &fields->spans_capacity, fields->n + 1,
                                     sizeof *fields->spans);
    bool limited = (int64_t)fields->spans_capacity > fields->limits.columns;
    fields->room = limited ? (size_t)fields->limits.columns : fields->spans_capacity;
    return !fields->no_memory;
}

bool sg_fields_add(sg_fields *fields, const char *text, size_t length)
{
    if (!has_room(fields, length))
        return false;
    fields->spans[fields->n++] = (sg_span){fields->bytes.length, length};
    sg_str_add_n(&fields->bytes, text, length + 1);
    fields->no_memory = fields->bytes.failed;
    return !fields->no_memory;
}

/* Offsets become addresses only now: the bytes moved while they grew. */
const sg_piece *sg_fields_place(sg_fields *fields)
{
    if (fields->n > fields->pieces_capacity &&
        !sg_grow(&fields->pieces, &fields->pieces_capacity, fields->n, sizeof *fields->pieces))
        return NULL;
    for (size_t i = 0; i < fields->n; i++)
        fields->pieces[i] = (sg_piece){fields->bytes.text + fields->spans[i].offset, fields->spans[i].length};
    return fields->pieces;
}

/* ---- the split of a line, in place in a copy of it ---- */

static inline bool keep_span(sg_fields *fields, size_t offset, size_t length)
{
    bool simple = fields->n < fields->room && (int64_t)length <= fields->limits.field_bytes;
    if (!simple && !has_room(fields, length))
        return false;
    fields->bytes.text[offset + length] = '\0'; /* over the delimiter, the line's end, a blank or a quote */
    fields->spans[fields->n++] = (sg_span){offset, length};
    return true;
}

/* A field from its first character that is no blank, without quotes (else *odd): *end is behind it. quote: the line's first, or its end. */
static bool split_unquoted(sg_fields *fields, char *field, char *line_end, const char *quote, char **end,
                           bool *odd)
{
    *end = memchr(field, fields->delimiter, (size_t)(line_end - field));
    if (*end == NULL)
        *end = line_end;
    *odd = *end > quote && memchr(field, '"', (size_t)(*end - field)) != NULL;
    if (*odd)
        return false;
    char *last = *end;
    while (last > field && last[-1] == ' ')
        last--;
    return keep_span(fields, (size_t)(field - fields->bytes.text), (size_t)(last - field));
}

/* A field from behind its quote, doubled quotes made single in place. *odd: it goes on in the next line, or its quotes are not what they
 * should be, which is libcsv's to say. */
static bool split_quoted(sg_fields *fields, char *field, char *line_end, char **end, bool *odd)
{
    char *from = field, *to = field;
    for (;;) {
        char *quote = memchr(from, '"', (size_t)(line_end - from));
        *odd = quote == NULL;
        if (*odd)
            return false;
        if (to != from)
            memmove(to, from, (size_t)(quote - from));
        to += quote - from;
        from = quote + 1;
        if (from == line_end || *from != '"')
            break;
        *to++ = '"';
        from++;
    }
    while (from < line_end && *from == ' ')
        from++;
    *odd = from < line_end && *from != fields->delimiter;
    *end = from;
    return !*odd && keep_span(fields, (size_t)(field - fields->bytes.text), (size_t)(to - field));
}

bool sg_fields_split(sg_fields *fields, const char *line, size_t length, bool *odd)
{
    sg_str_reset(&fields->bytes);
    sg_str_add_n(&fields->bytes, line, length);
    sg_str_add_char(&fields->bytes, '\0');
    fields->no_memory = fields->bytes.failed;
    if (fields->no_memory)
        return false;
    char *field = fields->bytes.text, *line_end = field + length, *end = NULL;
    const char *quote = memchr(field, '"', length);
    if (quote == NULL)
        quote = line_end;
    for (;; field = end + 1) {
        while (field < line_end && *field == ' ')
            field++;
        bool quoted = field < line_end && *field == '"';
        if (quoted ? !split_quoted(fields, field + 1, line_end, &end, odd)
                   : !split_unquoted(fields, field, line_end, quote, &end, odd))
            return false;
        if (end == line_end)
            return true;
    }
}
