/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backdrop.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 256 };

void sg_coverage_clear(sg_coverage *coverage)
{
    for (size_t kind = 0; kind < SG_N_KINDS; kind++)
        coverage->kinds[kind] = (sg_span){SG_DAY_NONE, SG_DAY_NONE};
    coverage->complete = SG_DAY_NONE;
    coverage->newest = 0;
}

sg_status sg_backdrop_init(sg_backdrop *backdrop, sg_err *err)
{
    *backdrop = (sg_backdrop){.arena = sg_arena_new(), .slots = calloc(FIRST_SLOTS, sizeof *backdrop->slots)};
    backdrop->n_slots = FIRST_SLOTS;
    if (backdrop->arena == NULL || backdrop->slots == NULL ||
        !sg_grow(&backdrop->codes, &backdrop->code_capacity, 1, sizeof *backdrop->codes) ||
        !sg_grow(&backdrop->coverage, &backdrop->coverage_capacity, 1, sizeof *backdrop->coverage))
        return sg_no_memory(err);
    sg_coverage_clear(&backdrop->coverage[0]);
    backdrop->codes[0] = "";
    backdrop->n = 1;
    return SG_OK;
}

void sg_backdrop_release(sg_backdrop *backdrop)
{
    sg_arena_free(backdrop->arena);
    free(backdrop->codes);
    free(backdrop->coverage);
    free(backdrop->slots);
    free(backdrop->programs);
    *backdrop = (sg_backdrop){0};
}

static size_t find_slot(const sg_backdrop *backdrop, const char *code)
{
    static const sg_hash_key plain = {"skillgain place"};
    size_t mask = backdrop->n_slots - 1, slot = (size_t)sg_hash64(&plain, code, strlen(code)) & mask;
    while (backdrop->slots[slot] != 0 && strcmp(backdrop->codes[backdrop->slots[slot]], code) != 0)
        slot = (slot + 1) & mask;
    return slot;
}

static bool make_slots(sg_backdrop *backdrop)
{
    if (backdrop->n * 3 <= backdrop->n_slots * 2)
        return true;
    uint32_t *slots = calloc(backdrop->n_slots * 2, sizeof *slots);
    if (slots == NULL)
        return false;
    free(backdrop->slots);
    backdrop->slots = slots;
    backdrop->n_slots *= 2;
    for (size_t i = 1; i < backdrop->n; i++)
        backdrop->slots[find_slot(backdrop, backdrop->codes[i])] = (uint32_t)i;
    return true;
}

sg_status sg_backdrop_college(sg_backdrop *backdrop, const char *code, uint16_t *out, sg_err *err)
{
    *out = 0;
    if (code == NULL)
        return SG_OK;
    size_t slot = find_slot(backdrop, code);
    if (backdrop->slots[slot] == 0 && backdrop->n <= UINT16_MAX) {
        size_t at = backdrop->n;
        if (!make_slots(backdrop) ||
            !sg_grow(&backdrop->codes, &backdrop->code_capacity, at + 1, sizeof *backdrop->codes) ||
            !sg_grow(&backdrop->coverage, &backdrop->coverage_capacity, at + 1, sizeof *backdrop->coverage))
            return sg_no_memory(err);
        backdrop->codes[at] = sg_arena_strdup(backdrop->arena, code);
        if (backdrop->codes[at] == NULL)
            return sg_no_memory(err);
        sg_coverage_clear(&backdrop->coverage[at]);
        slot = find_slot(backdrop, code);
        backdrop->slots[slot] = (uint32_t)at;
        backdrop->n++;
    }
    *out = (uint16_t)backdrop->slots[slot];
    return SG_OK;
}

static void widen(sg_span *span, sg_day day)
{
    span->first = span->first == SG_DAY_NONE || day < span->first ? day : span->first;
    span->last = day > span->last ? day : span->last;
}

void sg_backdrop_cover(sg_backdrop *backdrop, uint16_t college, sg_kind kind, sg_day day)
{
    if (day == SG_DAY_NONE)
        return;
    widen(&backdrop->coverage[0].kinds[kind], day);
    if (college != 0)
        widen(&backdrop->coverage[college].kinds[kind], day);
}

sg_span sg_backdrop_span(const sg_backdrop *backdrop, uint16_t college, sg_kind kind)
{
    return backdrop->coverage[college].kinds[kind];
}

/* ---- the register ---- */

sg_status sg_backdrop_add_program(sg_backdrop *backdrop, const sg_program *program, sg_err *err)
{
    if (!sg_grow(&backdrop->programs, &backdrop->program_capacity, backdrop->n_programs + 1,
                 sizeof *backdrop->programs))
        return sg_no_memory(err);
    backdrop->programs[backdrop->n_programs++] = *program;
    backdrop->sorted = false;
    return SG_OK;
}

static int compare_programs(const void *a, const void *b)
{
    const sg_program *left = a, *right = b;
    return (left->program > right->program) - (left->program < right->program);
}

const sg_program *sg_backdrop_programs(sg_backdrop *backdrop, uint32_t program, size_t *out_n)
{
    size_t low = 0, high = backdrop->n_programs;
    if (!backdrop->sorted && backdrop->n_programs > 1)
        qsort(backdrop->programs, backdrop->n_programs, sizeof *backdrop->programs, compare_programs);
    backdrop->sorted = true;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (backdrop->programs[middle].program < program)
            low = middle + 1;
        else
            high = middle;
    }
    for (*out_n = 0;
         low + *out_n < backdrop->n_programs && backdrop->programs[low + *out_n].program == program;)
        ++*out_n;
    return backdrop->programs != NULL ? backdrop->programs + low : NULL;
}
