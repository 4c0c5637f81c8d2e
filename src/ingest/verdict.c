/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict.h"

#include <stdlib.h>
#include <string.h>

enum { N_SLOTS = 2 * SG_MOST_VERDICTS };

void sg_verdicts_release(sg_verdicts *verdicts)
{
    sg_arena_free(verdicts->arena);
    free(verdicts->all);
    *verdicts = (sg_verdicts){0};
}

/* FNV-1a (Fowler, Noll and Vo 1991), of the rules and fields. Columns follow from fields, but for those of none. */
static size_t slot_of(const sg_row_finding *findings, size_t n)
{
    uint32_t hash = UINT32_C(2166136261);
    for (size_t i = 0; i < n; i++) {
        for (const char *c = findings[i].rule; *c != '\0'; c++)
            hash = (hash ^ (unsigned char)*c) * UINT32_C(16777619);
        hash = (hash ^ (uint32_t)findings[i].field) * UINT32_C(16777619);
    }
    return hash % N_SLOTS;
}

static bool are_equal(const sg_verdict *verdict, const sg_row_finding *findings, size_t n)
{
    bool equal = verdict->n == n;
    for (size_t i = 0; i < n && equal; i++)
        equal = verdict->findings[i].field == findings[i].field &&
                strcmp(verdict->findings[i].rule, findings[i].rule) == 0 &&
                strcmp(verdict->findings[i].column, findings[i].column) == 0;
    return equal;
}

static sg_status add(sg_verdicts *verdicts, const sg_row_finding *findings, size_t n, sg_err *err)
{
    if (verdicts->arena == NULL)
        verdicts->arena = sg_arena_new();
    sg_row_finding *copy = sg_arena_alloc(verdicts->arena, n, sizeof *copy);
    if (copy == NULL || !sg_grow(&verdicts->all, &verdicts->capacity, verdicts->n + 1, sizeof *verdicts->all))
        return sg_no_memory(err);
    memcpy(copy, findings, n * sizeof *copy);
    verdicts->all[verdicts->n++] = (sg_verdict){copy, n};
    return SG_OK;
}

sg_status sg_verdicts_number(sg_verdicts *verdicts, const sg_row_finding *findings, size_t n, uint32_t *out,
                             bool *out_new, sg_err *err)
{
    size_t slot = slot_of(findings, n);
    *out_new = false;
    for (; verdicts->slots[slot] != 0; slot = (slot + 1) % N_SLOTS) {
        *out = verdicts->slots[slot];
        if (are_equal(&verdicts->all[*out - 1], findings, n))
            return SG_OK;
    }
    *out = 0;
    if (verdicts->n == SG_MOST_VERDICTS)
        return SG_OK;
    sg_status status = add(verdicts, findings, n, err);
    if (status != SG_OK)
        return status;
    *out = (uint32_t)verdicts->n;
    *out_new = true;
    verdicts->slots[slot] = (uint16_t)verdicts->n;
    return SG_OK;
}
