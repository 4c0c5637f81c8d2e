/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "likeness.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHAPE_BITS = 12,
    FIRST_SLOTS = 1024,
    LONGEST_NUMBER = 18, /* digits of an int64_t */
    MOST_ALIKE = 64      /* of one skeleton that are held against each other */
};

/* ---- skeletons ---- */

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
        bool dash = (unsigned char)at[0] == 0xe2 &&
                    ((unsigned char)at[1] == 0x80 || (unsigned char)at[1] == 0x88);
        if (dash || !is_kept(*at)) {
            *shape = *shape * 31 + (unsigned)(out->length - start) + 1;
            at += dash ? 2 : 0;
        } else if (out->length > start || plain_of(*at) != '0') {
            sg_str_add_char(out, plain_of(*at)); /* leading zeros are left out */
        }
    }
}

/* The same of an id without letters beyond ASCII, as almost all are; false: it has some, or is long. */
static bool add_ascii(const char *id, sg_str *out, unsigned *shape)
{
    enum { LONG = 64 };
    char bare[LONG];
    size_t n = 0;
    for (const char *at = id; *at != '\0'; at++) {
        char c = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
        if ((unsigned char)c >= 0x80 || n == LONG) {
            *shape = 0;
            return false;
        }
        if (!is_kept(c))
            *shape = *shape * 31 + (unsigned)n + 1;
        else if (n > 0 || plain_of(c) != '0')
            bare[n++] = plain_of(c);
    }
    sg_str_add_n(out, bare, n);
    return true;
}

bool sg_identifier_skeleton(const char *id, sg_str *out, unsigned *out_shape)
{
    sg_str bare = {0};
    *out_shape = 0;
    if (add_ascii(id, out, out_shape))
        return !out->failed;
    sg_status status = sg_utf8_bare(&bare, id, strlen(id), NULL);
    if (status == SG_OK)
        add_bare(sg_str_text(&bare), out, out_shape);
    sg_str_release(&bare);
    return status == SG_OK && !out->failed;
}

/* ---- rows ---- */

static const uint64_t shape_mask = (UINT64_C(1) << SHAPE_BITS) - 1;

void sg_likeness_init(sg_likeness *likeness, const sg_key *key)
{
    sg_hash_key_make(key, "skillgain likeness", "", 0, &likeness->key);
}

void sg_likeness_release(sg_likeness *likeness)
{
    free(likeness->plain);
    free(likeness->odd);
    sg_str_release(&likeness->room);
    likeness->plain = NULL;
    likeness->odd = NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The form of an id of ASCII characters with digits among them, not too many to be a number; none: the form stays empty. */
static void note_form(const char *id, char form[SG_LIKE_FORM])
{
    size_t n = 0, n_digits = 0;
    for (; id[n] != '\0' && (unsigned char)id[n] < 0x80 && n < SG_LIKE_FORM - 1; n++) {
        form[n] = (char)(is_digit(id[n]) ? '0' : id[n]);
        n_digits += is_digit(id[n]);
    }
    bool fits = id[n] == '\0' && n_digits > 0 && n_digits <= LONGEST_NUMBER;
    form[fits ? n : 0] = '\0';
}

/* The number of an id of the form. */
static bool is_plain(const char *form, const char *id, uint64_t *out)
{
    uint64_t number = 0;
    size_t i = 0;
    for (; form[i] != '\0' && form[i] == (is_digit(id[i]) ? '0' : id[i]); i++)
        if (form[i] == '0')
            number = number * 10 + (uint64_t)(id[i] - '0');
    *out = number;
    return i > 0 && form[i] == '\0' && id[i] == '\0';
}

/* The id again. */
static void write_plain(const char *form, uint64_t number, char out[SG_LIKE_FORM])
{
    size_t n = strlen(form);
    memcpy(out, form, n + 1);
    for (; n > 0; n--)
        if (form[n - 1] == '0') {
            out[n - 1] = (char)('0' + number % 10);
            number /= 10;
        }
}

static bool digest_skeleton(sg_likeness *likeness, const char *scope, const char *id, uint64_t *out)
{
    unsigned shape = 0;
    sg_str_reset(&likeness->room);
    sg_str_add(&likeness->room, scope);
    sg_str_add_n(&likeness->room, "", 1);
    if (!sg_identifier_skeleton(id, &likeness->room, &shape))
        return false;
    uint64_t digest = sg_hash64(&likeness->key, likeness->room.text, likeness->room.length);
    *out = (digest & ~shape_mask) | (shape != 0 ? 1 + shape % shape_mask : 0);
    return true;
}

static sg_status add_plain(sg_likeness *likeness, uint64_t number, uint32_t line, sg_err *err)
{
    if (!sg_grow(&likeness->plain, &likeness->plain_capacity, likeness->n_plain + 1, sizeof *likeness->plain))
        return sg_no_memory(err);
    likeness->plain[likeness->n_plain++] = (sg_like_plain){number, line};
    return SG_OK;
}

static sg_status add_odd(sg_likeness *likeness, const sg_like_row *row, sg_err *err)
{
    if (!sg_grow(&likeness->odd, &likeness->odd_capacity, likeness->n_odd + 1, sizeof *likeness->odd))
        return sg_no_memory(err);
    likeness->odd[likeness->n_odd++] = *row;
    return SG_OK;
}

sg_status sg_likeness_add(sg_likeness *likeness, const char *scope, const char *id,
                          const sg_pseudonym *learner, int64_t line, sg_err *err)
{
    sg_like_row row = {.line = (uint32_t)line};
    uint64_t who, number;
    bool first = likeness->n_plain + likeness->n_odd == 0;
    memcpy(&who, learner->bytes, sizeof who);
    if (!first && who == likeness->last)
        return SG_OK;
    if (first && *scope == '\0')
        note_form(id, likeness->form);
    likeness->last = who;
    if (*scope == '\0' && is_plain(likeness->form, id, &number))
        return add_plain(likeness, number, row.line, err);
    row.learner = (uint32_t)who | 1;
    if (!digest_skeleton(likeness, scope, id, &row.skeleton))
        return sg_no_memory(err);
    return add_odd(likeness, &row, err);
}

/* ---- pairs ---- */

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
    uint64_t shape = a->skeleton & shape_mask, other = b->skeleton & shape_mask;
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

/* Which skeletons the odd ids have: a table by their digests, of which at least half is free; 0: free. */
static uint64_t *list_skeletons(const sg_likeness *likeness, size_t *out_mask)
{
    size_t n = FIRST_SLOTS;
    while (n < likeness->n_odd * 2)
        n *= 2;
    uint64_t *groups = sg_large_calloc(n, sizeof *groups);
    *out_mask = n - 1;
    for (size_t i = 0; groups != NULL && i < likeness->n_odd; i++) {
        uint64_t group = group_of(&likeness->odd[i]) + 1;
        size_t slot = (size_t)group & *out_mask;
        while (groups[slot] != 0 && groups[slot] != group)
            slot = (slot + 1) & *out_mask;
        groups[slot] = group;
    }
    return groups;
}

/* Adds those of the plain ids that have the skeleton of an odd one. */
static sg_status add_like_odd(sg_likeness *likeness, sg_err *err)
{
    const uint64_t mix = UINT64_C(0x9e3779b97f4a7c15);
    size_t mask = 0;
    uint64_t *groups SG_AUTO_FREE = list_skeletons(likeness, &mask);
    sg_status status = groups != NULL ? SG_OK : sg_no_memory(err);
    for (size_t i = 0; i < likeness->n_plain && status == SG_OK; i++) {
        char id[SG_LIKE_FORM];
        const sg_like_plain *plain = &likeness->plain[i];
        sg_like_row row = {.line = plain->line, .learner = (uint32_t)(plain->number * mix >> 32) & ~1U};
        write_plain(likeness->form, plain->number, id);
        if (!digest_skeleton(likeness, "", id, &row.skeleton))
            return sg_no_memory(err);
        uint64_t group = group_of(&row) + 1;
        size_t slot = (size_t)group & mask;
        while (groups[slot] != 0 && groups[slot] != group)
            slot = (slot + 1) & mask;
        status = groups[slot] != 0 ? add_odd(likeness, &row, err) : SG_OK;
    }
    return status;
}

sg_status sg_likeness_pairs(sg_likeness *likeness, sg_like_pair **out, size_t *out_n, sg_err *err)
{
    size_t capacity = 0, group = 0;
    *out = NULL;
    *out_n = 0;
    sg_status status = likeness->n_odd > 0 ? add_like_odd(likeness, err) : SG_OK;
    if (status != SG_OK || likeness->n_odd == 0)
        return status;
    const sg_like_row *rows = likeness->odd;
    qsort(likeness->odd, likeness->n_odd, sizeof *rows, compare_rows);
    for (size_t i = 1; i < likeness->n_odd; i++) {
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
