/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/words.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

void sg_words_release(sg_words *words)
{
    sg_arena_free(words->arena);
    free(words->all);
    free(words->slots);
    *words = (sg_words){0};
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
static size_t find_slot(const sg_words *words, const char *text)
{
    size_t at = hash_of(text) & (words->n_slots - 1);
    while (words->slots[at] != 0 && strcmp(words->all[words->slots[at]], text) != 0)
        at = (at + 1) & (words->n_slots - 1);
    return at;
}

/* At most half of the slots are taken. */
static bool make_slots(sg_words *words)
{
    if (words->n * 2 < words->n_slots)
        return true;
    size_t n_slots = words->n_slots > 0 ? words->n_slots * 2 : FIRST_SLOTS;
    uint32_t *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return false;
    free(words->slots);
    words->slots = slots;
    words->n_slots = n_slots;
    for (size_t i = 1; i < words->n; i++)
        slots[find_slot(words, words->all[i])] = (uint32_t)i;
    return true;
}

static bool make_room(sg_words *words)
{
    if (words->arena == NULL && (words->arena = sg_arena_new()) == NULL)
        return false;
    if (words->n == 0)
        words->n = 1;
    return words->n < UINT32_MAX && sg_grow(&words->all, &words->capacity, words->n + 1, sizeof *words->all) &&
           make_slots(words);
}

sg_status sg_words_add(sg_words *words, const char *text, uint32_t *out, sg_err *err)
{
    *out = 0;
    if (text == NULL)
        return SG_OK;
    if (!make_room(words))
        return sg_no_memory(err);
    size_t at = find_slot(words, text);
    if (words->slots[at] == 0) {
        const char *kept = sg_arena_strdup(words->arena, text);
        if (kept == NULL)
            return sg_no_memory(err);
        words->slots[at] = (uint32_t)words->n;
        words->all[words->n++] = kept;
    }
    *out = words->slots[at];
    return SG_OK;
}

const char *sg_words_text(const sg_words *words, uint32_t number)
{
    return number < words->n ? words->all[number] : NULL;
}
