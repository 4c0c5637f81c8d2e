/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/lexicon.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

void sg_lexicon_release(sg_lexicon *lexicon)
{
    sg_arena_free(lexicon->arena);
    free(lexicon->all);
    free(lexicon->slots);
    *lexicon = (sg_lexicon){0};
}

/* FNV-1a, 64 bits: it only spreads the texts, nothing rests on it. */
static size_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return (size_t)(hash ^ hash >> 32);
}

/* The slot of a text, or the free one where it would be. */
static size_t find_slot(const sg_lexicon *lexicon, const char *text)
{
    size_t at = hash_of(text) & (lexicon->n_slots - 1);
    while (lexicon->slots[at] != 0 && strcmp(lexicon->all[lexicon->slots[at]], text) != 0)
        at = (at + 1) & (lexicon->n_slots - 1);
    return at;
}

/* At most half of the slots are taken. */
static bool make_slots(sg_lexicon *lexicon)
{
    if (lexicon->n * 2 < lexicon->n_slots)
        return true;
    size_t n_slots = lexicon->n_slots > 0 ? lexicon->n_slots * 2 : FIRST_SLOTS;
    uint32_t *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return false;
    free(lexicon->slots);
    lexicon->slots = slots;
    lexicon->n_slots = n_slots;
    for (size_t i = 1; i < lexicon->n; i++)
        slots[find_slot(lexicon, lexicon->all[i])] = (uint32_t)i;
    return true;
}

static bool make_room(sg_lexicon *lexicon)
{
    if (lexicon->arena == NULL && (lexicon->arena = sg_arena_new()) == NULL)
        return false;
    if (lexicon->n == 0)
        lexicon->n = 1;
    return lexicon->n < UINT32_MAX &&
           sg_grow(&lexicon->all, &lexicon->capacity, lexicon->n + 1, sizeof *lexicon->all) &&
           make_slots(lexicon);
}

sg_status sg_lexicon_add(sg_lexicon *lexicon, const char *text, uint32_t *out, sg_err *err)
{
    *out = 0;
    if (text == NULL)
        return SG_OK;
    if (!make_room(lexicon))
        return sg_no_memory(err);
    size_t at = find_slot(lexicon, text);
    if (lexicon->slots[at] == 0) {
        const char *kept = sg_arena_strdup(lexicon->arena, text);
        if (kept == NULL)
            return sg_no_memory(err);
        lexicon->slots[at] = (uint32_t)lexicon->n;
        lexicon->all[lexicon->n++] = kept;
    }
    *out = lexicon->slots[at];
    return SG_OK;
}

const char *sg_lexicon_text(const sg_lexicon *lexicon, uint32_t number)
{
    return number < lexicon->n ? lexicon->all[number] : NULL;
}
