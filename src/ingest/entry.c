/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entry.h"

#include <stdlib.h>

enum {
    FIRST_SLOTS = 1024,
    PLACE_BITS = 26 /* of a slot: a place in all, from 1; the bits above are the highest of the key */
};
static const uint32_t places = (UINT32_C(1) << PLACE_BITS) - 1;

static uint32_t tag_of(uint64_t key)
{
    return (uint32_t)(key >> 32) & ~places;
}

/* Keys are keyed digests: their own bits are as good as any hash, and nobody can choose them to collide. An entry lies far from its
 * slot in memory, and is looked at only where the tag is the key's. */
static size_t find_slot(const sg_entries *entries, uint64_t key)
{
    size_t mask = entries->n_slots - 1, slot = (size_t)key & mask;
    for (uint32_t at; (at = entries->slots[slot]) != 0; slot = (slot + 1) & mask)
        if ((at & ~places) == tag_of(key) && entries->all[(at & places) - 1].key == key)
            break;
    return slot;
}

/* At least a third of the slots stays free. Replaced entries are left out: their key's slot names the one
 * that counts. */
static bool make_slots(sg_entries *entries)
{
    if (entries->slots != NULL && (entries->n + 1) * 3 <= entries->n_slots * 2)
        return true;
    size_t n_slots = entries->slots != NULL ? entries->n_slots * 2 : FIRST_SLOTS;
    uint32_t *slots = sg_large_calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return false;
    free(entries->slots);
    entries->slots = slots;
    entries->n_slots = n_slots;
    for (size_t i = 0; i < entries->n; i++)
        if (entries->all[i].line != 0)
            slots[find_slot(entries, entries->all[i].key)] = tag_of(entries->all[i].key) | (uint32_t)(i + 1);
    return true;
}

void sg_entries_expect(sg_entries *entries, size_t n)
{
    size_t n_slots = FIRST_SLOTS;
    n += n / 8; /* the estimate may be short; what is not used is never touched */
    while (n_slots * 2 < n * 3)
        n_slots *= 2;
    if (entries->slots != NULL)
        return;
    entries->slots = sg_large_calloc(n_slots, sizeof *entries->slots);
    entries->n_slots = entries->slots != NULL ? n_slots : 0;
    entries->all = sg_large_calloc(n, sizeof *entries->all);
    entries->capacity = entries->all != NULL ? n : 0;
}

void sg_entries_prepare(const sg_entries *entries, uint64_t key)
{
    if (entries->n_slots > 0)
        __builtin_prefetch(&entries->slots[(size_t)key & (entries->n_slots - 1)]);
}

void sg_entries_release(sg_entries *entries)
{
    free(entries->all);
    free(entries->slots);
    *entries = (sg_entries){0};
}

sg_status sg_entries_add(sg_entries *entries, const sg_entry *entry, sg_entry_outcome *out, int64_t *out_old,
                         sg_err *err)
{
    if (entries->n == places || !make_slots(entries) ||
        !sg_grow(&entries->all, &entries->capacity, entries->n + 1, sizeof *entries->all))
        return sg_no_memory(err);
    size_t slot = find_slot(entries, entry->key);
    *out = SG_ENTRY_NEW;
    *out_old = -1;
    if (entries->slots[slot] != 0) {
        size_t place = (entries->slots[slot] & places) - 1;
        *out = entries->all[place].digest == entry->digest ? SG_ENTRY_REPEATED : SG_ENTRY_REPLACES;
        if (*out == SG_ENTRY_REPEATED)
            return SG_OK;
        *out_old = (int64_t)place;
    }
    entries->all[entries->n++] = *entry;
    entries->slots[slot] = tag_of(entry->key) | (uint32_t)entries->n;
    return SG_OK;
}
