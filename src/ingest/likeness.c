/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "likeness.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHAPE_BITS = 12,
    LONGEST_NUMBER = 18, /* digits of an int64_t */
    MOST_ALIKE = 64      /* of one skeleton that are held against each other */
};

/* ---- skeletons ---- */

/* Greek and Cyrillic small letters that look like Latin ones, in UTF-8; by what they look like. */
static const struct {
    const char *letter;
    char like;
} foreign[] = {{"\xce\xb1", 'a'}, {"\xce\xb5", 'e'}, {"\xce\xb9", '1'}, {"\xce\xba", 'k'}, {"\xce\xbd", 'v'},
               {"\xce\xbf", '0'}, {"\xcf\x81", 'p'}, {"\xcf\x84", 't'}, {"\xcf\x85", 'u'}, {"\xcf\x87", 'x'},
               {"\xd0\xb0", 'a'}, {"\xd0\xb2", 'b'}, {"\xd0\xb5", 'e'}, {"\xd0\xba", 'k'}, {"\xd0\xbc", 'm'},
               {"\xd0\xbd", 'h'}, {"\xd0\xbe", '0'}, {"\xd1\x80", 'p'}, {"\xd1\x81", 'c'}, {"\xd1\x82", 't'},
               {"\xd1\x83", 'y'}, {"\xd1\x85", 'x'}, {"\xd1\x96", '1'}, {"\xd1\x98", 'j'}};

static char like_of(const char *letter)
{
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        if (memcmp(foreign[i].letter, letter, 2) == 0)
            return foreign[i].like;
    return '\0';
}

static char plain_of(char c)
{
    if (c == 'o')
        return '0';
    if (c == 'i' || c == 'l')
        return '1';
    return c;
}

static bool is_kept(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* The bare text is small letters without marks; dashes beyond ASCII are three bytes that begin with e2 80 or e2 88. */
static void add_bare(const char *bare, sg_str *out, unsigned *shape)
{
    size_t start = out->length;
    for (const char *at = bare; *at != '\0'; at++) {
        char like = '\0';
        if ((unsigned char)*at >= 0xce)
            like = like_of(at);
        bool dash = (unsigned char)at[0] == 0xe2 &&
                    ((unsigned char)at[1] == 0x80 || (unsigned char)at[1] == 0x88);
        if (like != '\0') {
            sg_str_add_char(out, like);
            at++;
        } else if (dash || !is_kept(*at)) {
            *shape = *shape * 31 + (unsigned)(out->length - start) + 1;
            at += dash ? 2 : 0;
        } else if (out->length > start || plain_of(*at) != '0') {
            sg_str_add_char(out, plain_of(*at)); /* leading zeros are left out */
        }
    }
}

bool sg_identifier_skeleton(const char *id, sg_str *out, unsigned *out_shape)
{
    sg_str bare = {0};
    sg_status status = sg_utf8_bare(&bare, id, strlen(id), NULL);
    *out_shape = 0;
    if (status == SG_OK)
        add_bare(sg_str_text(&bare), out, out_shape);
    sg_str_release(&bare);
    return status == SG_OK && !out->failed;
}

/* ---- rows ---- */

void sg_likeness_init(sg_likeness *likeness, const sg_key *key)
{
    sg_hash_key_make(key, "skillgain likeness", "", 0, &likeness->key);
}

void sg_likeness_release(sg_likeness *likeness)
{
    free(likeness->rows);
    sg_str_release(&likeness->room);
    sg_str_release(&likeness->digits);
    likeness->rows = NULL;
}

/* The number of an id of digits only, of this length. */
static bool is_plain(const char *id, size_t length, uint64_t *out)
{
    uint64_t number = 0;
    size_t i = 0;
    for (; id[i] >= '0' && id[i] <= '9' && i < length; i++)
        number = number * 10 + (uint64_t)(id[i] - '0');
    *out = number;
    return i == length && id[i] == '\0';
}

static bool digest_skeleton(sg_likeness *likeness, const char *scope, const char *id, uint64_t *out)
{
    const uint64_t low = (UINT64_C(1) << SHAPE_BITS) - 1;
    unsigned shape = 0;
    sg_str_reset(&likeness->room);
    sg_str_add(&likeness->room, scope);
    sg_str_add_n(&likeness->room, "", 1);
    if (!sg_identifier_skeleton(id, &likeness->room, &shape))
        return false;
    uint64_t digest = sg_hash64(&likeness->key, likeness->room.text, likeness->room.length);
    *out = (digest & ~low) | (shape != 0 ? 1 + shape % low : 0);
    return true;
}

static void note_first(sg_likeness *likeness, const char *scope, const char *id)
{
    size_t length = strlen(id);
    uint64_t number;
    if (*scope == '\0' && length <= LONGEST_NUMBER && is_plain(id, length, &number))
        likeness->plain_length = length;
}

sg_status sg_likeness_add(sg_likeness *likeness, const char *scope, const char *id,
                          const sg_pseudonym *learner, int64_t line, sg_err *err)
{
    sg_like_row row = {.line = (uint32_t)line};
    uint64_t who;
    memcpy(&who, learner->bytes, sizeof who);
    if (likeness->n > 0 && who == likeness->last)
        return SG_OK;
    if (likeness->n == 0)
        note_first(likeness, scope, id);
    if (!sg_grow(&likeness->rows, &likeness->capacity, likeness->n + 1, sizeof *likeness->rows))
        return sg_no_memory(err);
    likeness->last = who;
    if (likeness->plain_length == 0 || !is_plain(id, likeness->plain_length, &row.skeleton)) {
        likeness->odd = true;
        row.learner = (uint32_t)who | 1;
        if (!digest_skeleton(likeness, scope, id, &row.skeleton))
            return sg_no_memory(err);
    }
    likeness->rows[likeness->n++] = row;
    return SG_OK;
}

/* ---- pairs ---- */

/* What was put off for plain ids. */
static bool digest_plain(sg_likeness *likeness, sg_like_row *row)
{
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t number = row->skeleton;
    sg_str_reset(&likeness->digits);
    sg_str_printf(&likeness->digits, "%llu", (unsigned long long)number);
    row->learner = (uint32_t)(number * odd >> 32) & ~UINT32_C(1);
    return !likeness->digits.failed &&
           digest_skeleton(likeness, "", sg_str_text(&likeness->digits), &row->skeleton);
}

static uint64_t group_of(const sg_like_row *row)
{
    return row->skeleton >> SHAPE_BITS;
}

static int compare_rows(const void *a, const void *b)
{
    const sg_like_row *left = a, *right = b;
    if (group_of(left) != group_of(right))
        return group_of(left) < group_of(right) ? -1 : 1;
    return (left->line > right->line) - (left->line < right->line);
}

static int compare_pairs(const void *a, const void *b)
{
    const sg_like_pair *left = a, *right = b;
    return (left->line > right->line) - (left->line < right->line);
}

/* Ids that both have blanks or hyphens, and in other places, are two ways of writing other ids: 1-23 and 12-3. */
static bool may_be_one(const sg_like_row *a, const sg_like_row *b)
{
    const uint64_t low = (UINT64_C(1) << SHAPE_BITS) - 1;
    uint64_t shape = a->skeleton & low, other = b->skeleton & low;
    return shape == other || shape == 0 || other == 0;
}

/* The first row of another learner whom the row's looks like; NULL: none, or the learner was seen before. */
static const sg_like_row *find_like(const sg_like_row *group, size_t at)
{
    const sg_like_row *found = NULL;
    for (size_t i = at > MOST_ALIKE ? at - MOST_ALIKE : 0; i < at; i++) {
        if (group[i].learner == group[at].learner)
            return NULL;
        if (found == NULL && may_be_one(&group[i], &group[at]))
            found = &group[i];
    }
    return found;
}

sg_status sg_likeness_pairs(sg_likeness *likeness, sg_like_pair **out, size_t *out_n, sg_err *err)
{
    sg_like_row *rows = likeness->rows;
    size_t capacity = 0, group = 0;
    *out = NULL;
    *out_n = 0;
    if (!likeness->odd)
        return SG_OK;
    for (size_t i = 0; i < likeness->n; i++)
        if ((rows[i].learner & 1) == 0 && !digest_plain(likeness, &rows[i]))
            return sg_no_memory(err);
    qsort(rows, likeness->n, sizeof *rows, compare_rows);
    for (size_t i = 1; i < likeness->n; i++) {
        group = group_of(&rows[i]) == group_of(&rows[group]) ? group : i;
        const sg_like_row *like = i > group ? find_like(rows + group, i - group) : NULL;
        if (like == NULL)
            continue;
        if (!sg_grow(out, &capacity, *out_n + 1, sizeof **out))
            return sg_no_memory(err);
        (*out)[(*out_n)++] = (sg_like_pair){like->line, rows[i].line};
    }
    if (*out_n > 1)
        qsort(*out, *out_n, sizeof **out, compare_pairs);
    return SG_OK;
}
