/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entry.h"

#include <stdlib.h>

enum {
    FIRST_SLOTS = 1024,
    PLACE_BITS = 26 /* of a slot: a place in keyed, from 1; the bits above are the highest of the key */
};
static const uint32_t places = (UINT32_C(1) << PLACE_BITS) - 1;
static const size_t no_slot = SIZE_MAX;

static uint32_t tag_of(uint64_t key)
{
    return (uint32_t)(key >> 32) & ~places;
}

/* Keys are keyed digests: their own bits are as good as any hash, and nobody can choose them to collide. An entry lies far from its
 * slot in memory, and is looked at only where the tag is the key's. */
static size_t find_slot(const sg_entries *entries, uint64_t key)
{
    if (entries->n_slots == 0)
        return no_slot;
    size_t mask = entries->n_slots - 1, slot = (size_t)key & mask;
    for (uint32_t at; (at = entries->slots[slot]) != 0; slot = (slot + 1) & mask)
        if ((at & ~places) == tag_of(key) && entries->keyed[(at & places) - 1].key == key)
            break;
    return slot;
}

/* The first slots are as many as will be needed, where none of the rows before the first that was read was known. */
static size_t first_slots(const sg_entries *entries)
{
    size_t n_slots = FIRST_SLOTS;
    while (entries->n_known == 0 && n_slots * 2 < entries->expected * 3)
        n_slots *= 2;
    return n_slots;
}

/* At least a third of the slots stays free. */
static bool make_slots(sg_entries *entries)
{
    if (entries->slots != NULL && (entries->n_keyed + 1) * 3 <= entries->n_slots * 2)
        return true;
    size_t n_slots = entries->slots != NULL ? entries->n_slots * 2 : first_slots(entries);
    uint32_t *slots = sg_large_calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return false;
    free(entries->slots);
    entries->slots = slots;
    entries->n_slots = n_slots;
    for (size_t i = 0; i < entries->n_keyed; i++)
        slots[find_slot(entries, entries->keyed[i].key)] = tag_of(entries->keyed[i].key) | (uint32_t)(i + 1);
    return true;
}

void sg_entries_expect(sg_entries *entries, size_t n)
{
    n += n / 8; /* the estimate may be short; what is not used is never touched */
    entries->expected = n;
    entries->all = sg_large_calloc(n, sizeof *entries->all);
    entries->capacity = entries->all != NULL ? n : 0;
    entries->keyed = sg_large_calloc(n, sizeof *entries->keyed);
    entries->keyed_capacity = entries->keyed != NULL ? n : 0;
}

void sg_entries_prepare(const sg_entries *entries, uint64_t key)
{
    if (entries->n_slots > 0)
        __builtin_prefetch(&entries->slots[(size_t)key & (entries->n_slots - 1)]);
}

void sg_entries_release(sg_entries *entries)
{
    free(entries->all);
    free(entries->keyed);
    free(entries->slots);
    free(entries->known);
    *entries = (sg_entries){0};
}

/* The row of this name that came last, its digest in *out_digest; -1: none. */
static int64_t find_number(const sg_entries *entries, const sg_entry_name *name, size_t slot,
                           uint64_t *out_digest)
{
    if (slot != no_slot && entries->slots[slot] != 0) {
        const sg_keyed_entry *last = &entries->keyed[(entries->slots[slot] & places) - 1];
        *out_digest = last->digest;
        return last->number;
    }
    if (name->known < 0 || (size_t)name->known >= entries->n_known)
        return -1;
    *out_digest = name->known_digest;
    return (int64_t)entries->known[name->known] - 1;
}

static bool note_known(sg_entries *entries, int64_t known, size_t number)
{
    size_t n = (size_t)known + 1;
    if (!sg_grow(&entries->known, &entries->known_capacity, n, sizeof *entries->known))
        return false;
    entries->n_known = n > entries->n_known ? n : entries->n_known;
    entries->known[known] = (uint32_t)number + 1;
    return true;
}

static bool note_keyed(sg_entries *entries, size_t slot, const sg_entry_name *name, size_t number)
{
    if (entries->slots[slot] == 0) {
        if (!sg_grow(&entries->keyed, &entries->keyed_capacity, entries->n_keyed + 1, sizeof *entries->keyed))
            return false;
        entries->slots[slot] = tag_of(name->key) | (uint32_t)++entries->n_keyed;
    }
    entries->keyed[(entries->slots[slot] & places) - 1] = (sg_keyed_entry){
        .key = name->key, .digest = name->digest, .number = (uint32_t)number};
    return true;
}

sg_status sg_entries_add(sg_entries *entries, const sg_entry *entry, const sg_entry_name *name, bool is_known,
                         sg_entry_outcome *out, int64_t *out_old, sg_err *err)
{
    uint64_t digest = 0;
    *out = SG_ENTRY_NEW;
    /* a row that is known needs a slot only where one of its key was read, which has it then */
    if (entries->n == places || (!is_known && !make_slots(entries)) ||
        !sg_grow(&entries->all, &entries->capacity, entries->n + 1, sizeof *entries->all))
        return sg_no_memory(err);
    size_t slot = find_slot(entries, name->key);
    *out_old = find_number(entries, name, slot, &digest);
    if (*out_old >= 0 && digest == name->digest) {
        *out = SG_ENTRY_REPEATED;
        *out_old = -1;
        return SG_OK;
    }
    *out = *out_old >= 0 ? SG_ENTRY_REPLACES : SG_ENTRY_NEW;
    bool noted = is_known && *out == SG_ENTRY_NEW ? note_known(entries, name->known, entries->n)
                                                  : note_keyed(entries, slot, name, entries->n);
    if (!noted)
        return sg_no_memory(err);
    entries->all[entries->n++] = *entry;
    return SG_OK;
}
