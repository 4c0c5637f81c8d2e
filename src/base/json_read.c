/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads JSON (RFC 8259) into jansson's values. Not by jansson's own reader: up to 2.14 that one drops the characters it has no
 * memory for, and then writes beyond its buffer or aborts (its issue 362), where want of memory has to be a plain failure.
 */
#include <string.h>

#include <jansson.h>
#include <utf8proc.h>

#include "skillgain/base/json.h"
#include "skillgain/base/parse.h"

enum { MAX_DEPTH = 128 }; /* of arrays and objects in each other; our own files have about five */

typedef struct {
    const char *at;
    const char *end;
    int depth;
    bool no_memory;
} reader;

static json_t *read_value(reader *r);

static char peek(const reader *r)
{
    if (r->at == r->end)
        return '\0';
    return *r->at;
}

static void skip_blanks(reader *r)
{
    while (r->at < r->end && strchr(" \t\n\r", *r->at) != NULL && *r->at != '\0')
        r->at++;
}

/* Goes past the character if it is what comes next. */
static bool take(reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static bool take_word(reader *r, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(r->end - r->at) < length || memcmp(r->at, word, length) != 0)
        return false;
    r->at += length;
    return true;
}

/* A new value, or the note that memory is wanting. */
static json_t *made(reader *r, json_t *value)
{
    r->no_memory = r->no_memory || value == NULL;
    return value;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The bytes that a number could be made of, from here. */
static size_t count_number_bytes(const reader *r)
{
    size_t n = 0;
    while (r->at + n < r->end && r->at[n] != '\0' && strchr("+-.0123456789eE", r->at[n]) != NULL)
        n++;
    return n;
}

static bool has_leading_zero(const char *number, size_t length)
{
    size_t first = number[0] == '-' ? 1 : 0;
    return length > first + 1 && number[first] == '0' && is_digit(number[first + 1]);
}

static bool is_integer(const char *number, size_t length)
{
    return memchr(number, '.', length) == NULL && memchr(number, 'e', length) == NULL &&
           memchr(number, 'E', length) == NULL;
}

static json_t *read_number(reader *r)
{
    const char *number = r->at;
    size_t length = count_number_bytes(r);
    int64_t whole = 0;
    double real = 0.0;
    if (has_leading_zero(number, length))
        return NULL;
    if (is_integer(number, length)) {
        if (!sg_parse_int(number, length, INT64_MIN, INT64_MAX, &whole))
            return NULL;
        r->at += length;
        return made(r, json_integer(whole));
    }
    if (!sg_parse_scientific(number, length, &real))
        return NULL;
    r->at += length;
    return made(r, json_real(real));
}

/* Four hexadecimal digits; -1 where they are not. */
static utf8proc_int32_t read_unit(reader *r)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    utf8proc_int32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        const char *found = r->at < r->end && *r->at != '\0' ? strchr(digits, *r->at) : NULL;
        if (found == NULL)
            return -1;
        unit = unit * 16 + (utf8proc_int32_t)((found - digits) % 16);
        r->at++;
    }
    return unit;
}

/* Behind "\u": a character, or the first half of one whose second follows as another "\u". A NUL is none. */
static bool read_code(reader *r, sg_str *out)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_int32_t code = read_unit(r);
    if (code >= 0xd800 && code <= 0xdbff) {
        utf8proc_int32_t low = take_word(r, "\\u") ? read_unit(r) : -1;
        code = low >= 0xdc00 && low <= 0xdfff ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : -1;
    }
    if (code <= 0 || (code >= 0xd800 && code <= 0xdfff))
        return false;
    utf8proc_ssize_t n = utf8proc_encode_char(code, bytes);
    sg_str_add_n(out, (const char *)bytes, (size_t)n);
    return true;
}

static bool read_escape(reader *r, sg_str *out)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (take(r, 'u'))
        return read_code(r, out);
    const char *found = r->at < r->end && *r->at != '\0' ? strchr(names, *r->at) : NULL;
    if (found == NULL)
        return false;
    sg_str_add_char(out, meanings[found - names]);
    r->at++;
    return true;
}

/* From a quote to the next that is not escaped; the text between is appended. */
static bool read_text(reader *r, sg_str *out)
{
    if (!take(r, '"'))
        return false;
    while (!take(r, '"')) {
        if (r->at == r->end || (unsigned char)*r->at < 0x20)
            return false;
        if (take(r, '\\')) {
            if (!read_escape(r, out))
                return false;
        } else {
            sg_str_add_char(out, *r->at);
            r->at++;
        }
    }
    r->no_memory = r->no_memory || out->failed;
    return !out->failed;
}

static json_t *read_text_value(reader *r)
{
    sg_str text = {0};
    json_t *value = NULL;
    if (read_text(r, &text))
        value = made(r, json_stringn(sg_str_text(&text), text.length));
    sg_str_release(&text);
    return value;
}

/* One "key": value. A key that is there already would hide what stands under it. */
static bool read_member(reader *r, json_t *object)
{
    sg_str key = {0};
    bool added = false;
    if (read_text(r, &key) && json_object_get(object, sg_str_text(&key)) == NULL) {
        skip_blanks(r);
        json_t *value = take(r, ':') ? read_value(r) : NULL;
        added = value != NULL && json_object_set_new(object, sg_str_text(&key), value) == 0;
        r->no_memory = r->no_memory || (value != NULL && !added);
    }
    sg_str_release(&key);
    return added;
}

static bool read_element(reader *r, json_t *array)
{
    json_t *value = read_value(r);
    bool added = value != NULL && json_array_append_new(array, value) == 0;
    r->no_memory = r->no_memory || (value != NULL && !added);
    return added;
}

/* Behind the opening bracket: members or elements with commas between them, and the closing one. */
static json_t *read_container(reader *r, json_t *container, bool (*read_part)(reader *, json_t *), char close)
{
    if (container == NULL || r->depth >= MAX_DEPTH) {
        json_decref(container);
        return NULL;
    }
    r->depth++;
    skip_blanks(r);
    bool good = true;
    if (!take(r, close)) {
        do {
            skip_blanks(r);
            good = read_part(r, container);
            if (good) /* else the place stays where it went wrong */
                skip_blanks(r);
        } while (good && take(r, ','));
        good = good && take(r, close);
    }
    r->depth--;
    if (good)
        return container;
    json_decref(container);
    return NULL;
}

static json_t *read_value(reader *r)
{
    skip_blanks(r);
    if (take(r, '{'))
        return read_container(r, made(r, json_object()), read_member, '}');
    if (take(r, '['))
        return read_container(r, made(r, json_array()), read_element, ']');
    if (peek(r) == '"')
        return read_text_value(r);
    if (peek(r) == '-' || is_digit(peek(r)))
        return read_number(r);
    if (take_word(r, "true"))
        return json_true();
    if (take_word(r, "false"))
        return json_false();
    return take_word(r, "null") ? json_null() : NULL;
}

/* Where reading stopped, as people count. What stands there is not told: it may be anything. */
static sg_status fail_at(const char *text, const char *at, sg_err *err)
{
    int line = 1, column = 1;
    for (const char *c = text; c < at; c++) {
        column = *c == '\n' ? 1 : column + 1;
        line += *c == '\n' ? 1 : 0;
    }
    return sg_fail(err, SG_FAILED, "this is no valid json at line %d, column %d: restore or remake the file",
                   line, column);
}

sg_status sg_json_read(const char *text, size_t length, sg_json **out, sg_err *err)
{
    reader r = {.at = text, .end = text + length};
    size_t bad = 0;
    if (!sg_utf8_valid(text, length, &bad))
        return fail_at(text, text + bad, err);
    skip_blanks(&r);
    json_t *value = peek(&r) == '{' || peek(&r) == '[' ? read_value(&r) : NULL;
    if (value != NULL)
        skip_blanks(&r);
    if (value != NULL && r.at == r.end) {
        *out = value;
        return SG_OK;
    }
    json_decref(value);
    return r.no_memory ? sg_no_memory(err) : fail_at(text, r.at, err);
}
