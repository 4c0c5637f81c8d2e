/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code_table.h"

#include <string.h>

bool sg_is_missing(const char *text)
{
    static const char *const words[] = {"null", "n/a", "na", "unknown", "-"};
    char first = (char)(*text | 0x20);
    if (*text == '\0')
        return true;
    if ((first != 'n' && first != 'u' && first != '-') || (text[1] == '\0' && *text != '-'))
        return false; /* almost every value, and the flags Y and N */
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (sg_text_equal_ascii(text, words[i]))
            return true;
    return false;
}

/* The text as one number, if it is as short as almost every code; else 0. */
static uint64_t word_of(const char *text)
{
    uint64_t word = 0;
    for (size_t i = 0; i < sizeof word - 1; i++) {
        if (text[i] == '\0')
            return word | UINT64_C(1) << 63;
        word |= (uint64_t)(unsigned char)text[i] << (8 * i);
    }
    return text[sizeof word - 1] == '\0' ? word | UINT64_C(1) << 63 : 0;
}

/* FNV-1a (Fowler, Noll and Vo, 1991), of a short text by its word at once: the codes are the crosswalk's. */
static size_t hash_text(const char *text, uint64_t word)
{
    const uint64_t prime = UINT64_C(1099511628211);
    uint64_t hash = UINT64_C(14695981039346656037) ^ word;
    for (; word == 0 && *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * prime;
    hash *= prime;
    return (size_t)(hash ^ hash >> 29 ^ hash >> 47);
}

static bool is_entry(const sg_code_entry *entry, const char *text, uint64_t word)
{
    return word != 0 ? entry->word == word : entry->word == 0 && strcmp(entry->from, text) == 0;
}

static size_t find_slot(const sg_code_entry *entries, const uint16_t *slots, size_t n_slots, const char *text)
{
    uint64_t word = word_of(text);
    size_t slot = hash_text(text, word) & (n_slots - 1);
    while (slots[slot] != 0 && !is_entry(&entries[slots[slot] - 1], text, word))
        slot = (slot + 1) & (n_slots - 1);
    return slot;
}

static size_t fill(sg_code_entry *entries, const sg_column_source *source, const sg_code_list *list)
{
    size_t n = source->n_codes > 0 ? source->n_codes : list != NULL ? list->n : 0;
    for (size_t i = 0; i < n && entries != NULL; i++) {
        const char *from = source->n_codes > 0 ? source->codes[i].from : list->codes[i].code;
        const char *to = source->n_codes > 0 ? source->codes[i].to : from;
        entries[i] = (sg_code_entry){.from = from,
                                     .to = to,
                                     .missing = sg_is_missing(to),
                                     .value = list != NULL ? sg_code_find(list, to) : SG_CODE_UNKNOWN,
                                     .word = word_of(from)};
    }
    return n;
}

bool sg_code_table_build(sg_code_table *table, const sg_column_source *source, const sg_field *field,
                         sg_arena *arena)
{
    const sg_code_list *list = field != NULL && field->type == SG_TYPE_CODE ? field->codes : NULL;
    size_t n = fill(NULL, source, list), n_slots = 4;
    *table = (sg_code_table){0};
    if (n == 0)
        return true;
    if (n > UINT16_MAX)
        return false; /* a crosswalk file is not as large */
    while (n_slots < 2 * n)
        n_slots *= 2;
    sg_code_entry *entries = sg_arena_alloc(arena, n, sizeof *entries);
    uint16_t *slots = sg_arena_alloc(arena, n_slots, sizeof *slots);
    if (entries == NULL || slots == NULL)
        return false;
    (void)fill(entries, source, list);
    for (size_t i = 0; i < n; i++)
        slots[find_slot(entries, slots, n_slots, entries[i].from)] = (uint16_t)(i + 1);
    *table = (sg_code_table){entries, n, slots, n_slots};
    return true;
}

const sg_code_entry *sg_code_table_find(const sg_code_table *table, const char *text)
{
    if (table->n_slots == 0)
        return NULL;
    uint16_t place = table->slots[find_slot(table->entries, table->slots, table->n_slots, text)];
    return place != 0 ? &table->entries[place - 1] : NULL;
}
