/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deliveries that are not in use and wait for a person: `run`, `status`, `report` and the draft's banner all tell of them in these words.
 */
#include "waiting.h"

#include <string.h>

enum { MAX_WAITING = SG_N_KINDS + 1 }; /* the newest of each kind, and of those whose header told none */

typedef struct {
    const sg_batch *batches; /* by id */
    size_t n;
    sg_arena *arena;
} deliveries;

static const sg_batch *newest_in_use(const deliveries *d, sg_kind kind)
{
    for (size_t i = d->n; i-- > 0;)
        if (d->batches[i].state == SG_BATCH_APPLIED && d->batches[i].kind == kind)
            return &d->batches[i];
    return NULL;
}

/* A held or refused file is settled once a later one of its kind is in use; where its header told no kind, one of every kind that
 * nights need or expect. */
static bool is_settled(const sg_workspace *w, const sg_batch *batch, const bool in_use[SG_N_KINDS])
{
    bool all = true;

    if (*batch->crosswalk)
        return in_use[batch->kind];
    for (int kind = 0; kind < SG_N_KINDS; kind++)
        if (kind <= SG_KIND_GAIN || w->config->expect_seconds[kind] > 0)
            all = all && in_use[kind];
    return all;
}

static const char *name_batch(sg_arena *arena, const sg_batch *batch)
{
    char cutoff[SG_DAY_TEXT];

    return sg_arena_printf(arena, "batch %lld ('%s', complete up to %s)", (long long)batch->id,
                           batch->file_name, sg_day_format(batch->cutoff, cutoff));
}

static const char *tell_what(const deliveries *d, const sg_waiting *waiting, const sg_batch *in_use)
{
    const sg_batch *batch = &waiting->batch;
    const char *start = sg_arena_printf(d->arena, "the newest file '%s' (batch %lld) is %s and not in use",
                                        batch->file_name, (long long)batch->id,
                                        sg_batch_state_text(batch->state));
    const char *name = in_use ? name_batch(d->arena, in_use) : "";

    if (!start || !name || batch->kind == SG_N_KINDS || !*batch->crosswalk)
        return name ? start : NULL;
    if (in_use)
        return sg_arena_printf(d->arena, "%s: %s figures are made from what came up to %s", start,
                               sg_kind_text(batch->kind), name);
    return sg_arena_printf(d->arena, "%s: no %s export is in use", start, sg_kind_text(batch->kind));
}

static const char *tell_way(const deliveries *d, const sg_batch *batch)
{
    if (batch->state == SG_BATCH_REFUSED)
        return "mend the export and deliver it again";
    return sg_arena_printf(
        d->arena,
        "take it in as it is ('skillgain import --accept %lld'), drop it ('skillgain import "
        "--undo %lld') or deliver a corrected one",
        (long long)batch->id, (long long)batch->id);
}

static sg_status add_waiting(const deliveries *d, const sg_batch *batch, sg_waiting *out, sg_err *err)
{
    const sg_batch *in_use = *batch->crosswalk ? newest_in_use(d, batch->kind) : NULL;

    out->batch = *batch;
    out->has_in_use = in_use != NULL;
    out->what = tell_what(d, out, in_use);
    out->way = tell_way(d, batch);
    return out->what && out->way ? SG_OK : sg_no_memory(err);
}

sg_status sg_batch_waiting(const sg_workspace *workspace, sg_arena *arena, sg_waiting **out, size_t *out_n,
                           sg_err *err)
{
    bool in_use[SG_N_KINDS] = {false}, told[MAX_WAITING] = {false};
    sg_waiting *waiting = sg_arena_alloc(arena, MAX_WAITING, sizeof *waiting);
    deliveries d = {.arena = arena};
    sg_batch *batches = NULL;
    size_t n = 0;
    sg_status status = waiting ? SG_OK : sg_no_memory(err);

    if (status == SG_OK && workspace->store)
        status = sg_store_batches(workspace->store, arena, &batches, &d.n, err);
    d.batches = batches;
    for (size_t i = d.n; status == SG_OK && i-- > 0;) {
        const sg_batch *batch = &batches[i];
        bool *is_told = &told[*batch->crosswalk ? (size_t)batch->kind : SG_N_KINDS];

        if (batch->state == SG_BATCH_APPLIED) {
            in_use[batch->kind] = true;
        } else if (batch->state != SG_BATCH_UNDONE && !*is_told && !is_settled(workspace, batch, in_use)) {
            *is_told = true;
            status = add_waiting(&d, batch, &waiting[n++], err);
        }
    }
    if (status != SG_OK)
        return status;
    *out = waiting;
    *out_n = n;
    return SG_OK;
}

sg_status sg_in_use_text(sg_workspace *w, sg_arena *arena, const char **out, bool *out_enough, sg_err *err)
{
    deliveries d = {.arena = arena};
    sg_batch *batches = NULL;
    const char *text = "";
    sg_status status = w->store ? sg_store_batches(w->store, arena, &batches, &d.n, err) : SG_OK;

    if (status != SG_OK)
        return status;
    d.batches = batches;
    *out_enough = newest_in_use(&d, SG_KIND_ENROLLMENT) && newest_in_use(&d, SG_KIND_GAIN);
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        const sg_batch *newest = newest_in_use(&d, (sg_kind)kind);
        const char *name = newest ? name_batch(arena, newest) : "";

        if (newest && name)
            text = sg_arena_printf(arena, "%s%s%s up to %s", text, *text ? ", " : "",
                                   sg_kind_text((sg_kind)kind), name);
        if (!name || !text)
            return sg_no_memory(err);
    }
    *out = text;
    return SG_OK;
}
