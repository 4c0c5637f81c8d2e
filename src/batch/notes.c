/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notes.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    sg_arena *arena;
    sg_file_note *list;
    size_t n, capacity;
} notes;

static sg_status add_note(void *context, const sg_stored_finding *finding, sg_err *err)
{
    notes *all = context;
    const sg_rule *rule = sg_rule_find(finding->rule);

    if (finding->line != 0 || !rule || rule->severity != SG_SEVERITY_WARNING)
        return SG_OK;
    if (!sg_grow(&all->list, &all->capacity, all->n + 1, sizeof *all->list))
        return sg_no_memory(err);
    const sg_file_note note = {rule, sg_arena_strdup(all->arena, finding->field),
                               sg_arena_strdup(all->arena, finding->detail ? finding->detail : "")};
    all->list[all->n++] = note;
    return note.field && note.detail ? SG_OK : sg_no_memory(err);
}

void sg_notes_collect(sg_store *store, sg_arena *arena, sg_file_report *out)
{
    notes all = {.arena = arena};
    sg_status status = sg_store_findings(store, out->batch.id, false, add_note, &all, NULL);
    sg_file_note *kept = sg_arena_alloc(arena, all.n + 1, sizeof *kept);

    if (status == SG_OK && kept && all.list) {
        memcpy(kept, all.list, all.n * sizeof *kept);
        out->notes = kept;
        out->n_notes = all.n;
    }
    free(all.list);
}
