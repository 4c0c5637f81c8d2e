/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules across rows and files, over what is stored: its current rows, whichever batch brought them. Nothing of what is found is
 * stored, so that it is always of the rows as they are, and of a past night as they were.
 */
#include "across.h"

enum { ROWS_A_PART = 3000000 }; /* 88 bytes each: 264 MB */

static sg_across_options options_of(const sg_workspace *w, size_t most_rows, size_t most_listed)
{
    const sg_config *config = w->config;
    sg_across_options o = {.exit_gap_days = config->cohort.exit_gap_days,
                           .gain_grace_days = config->cohort.gain_grace_days,
                           .participant_hours = config->cohort.participant_hours,
                           .rules = config->rules,
                           .instruments = &config->instruments,
                           .most_rows = most_rows,
                           .most_listed = most_listed};

    return o;
}

sg_status sg_batch_across_files(const sg_workspace *workspace, sg_across **out, sg_err *err)
{
    const sg_across_options o = options_of(workspace, 0, 0);

    return sg_across_new(&o, out, err);
}

/* ---- what is stored ---- */

typedef struct {
    sg_across *across;
    const sg_batch *batches; /* by id */
    size_t n_batches;
    size_t *file_of;         /* by place in batches */
    size_t last, last_known; /* places of those asked for last: rows of one come together */
} gathering;

/* last: where it was found last, and now is. */
static bool find_place(const gathering *g, int64_t batch, size_t *last)
{
    size_t low = 0, high = g->n_batches;

    if (*last < g->n_batches && g->batches[*last].id == batch)
        return true;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (g->batches[middle].id < batch)
            low = middle + 1;
        else
            high = middle;
    }
    *last = low;
    return low < g->n_batches && g->batches[low].id == batch;
}

static sg_status take_row(void *context, const sg_record *row, int64_t batch, int64_t known_by, sg_err *err)
{
    gathering *g = context;

    if (!find_place(g, batch, &g->last) || !find_place(g, known_by, &g->last_known))
        return sg_fail(err, SG_FAILED, "the store changed while it was read: try again");
    return sg_across_add(g->across, g->file_of[g->last], g->file_of[g->last_known], row, err);
}

/* Files of the audit are the batches, in order. */
static sg_status begin_batches(gathering *g, sg_arena *arena, sg_err *err)
{
    sg_status status = SG_OK;

    g->file_of = sg_arena_alloc(arena, g->n_batches + 1, sizeof *g->file_of);
    if (!g->file_of)
        return sg_no_memory(err);
    for (size_t i = 0; status == SG_OK && i < g->n_batches; i++) {
        const sg_batch *batch = &g->batches[i];
        bool in_use = batch->state == SG_BATCH_APPLIED;

        status = sg_across_begin_file(g->across, in_use ? batch->kind : SG_KIND_CONTEXT, &g->file_of[i], err);
        if (status == SG_OK)
            sg_across_end_file(g->across, g->file_of[i], batch->cutoff, batch->has_hours);
    }
    return status;
}

static sg_status read_kinds(sg_store *store, gathering *g, sg_err *err)
{
    bool more = true;
    sg_status status = SG_OK;

    while (status == SG_OK && more) {
        for (int kind = 0; status == SG_OK && kind < SG_N_KINDS; kind++)
            if (kind != SG_KIND_CONTEXT)
                status = sg_store_records(store, (sg_kind)kind, take_row, g, err);
        if (status == SG_OK)
            status = sg_across_examine(g->across, &more, err);
    }
    return status;
}

sg_status sg_batch_across_stored(const sg_workspace *workspace, size_t most_listed, sg_arena *arena,
                                 sg_across **out, const sg_batch **out_files, size_t *out_n, sg_err *err)
{
    SG_CLEANUP(sg_across_cleanup) sg_across *across = NULL;
    const sg_across_options o = options_of(workspace, ROWS_A_PART, most_listed);
    gathering g = {.last = SIZE_MAX, .last_known = SIZE_MAX};
    sg_batch *batches = NULL;
    sg_store *store;
    sg_status status = sg_workspace_need_store(workspace, &store, err);

    if (status == SG_OK)
        status = sg_across_new(&o, &across, err);
    if (status == SG_OK)
        status = sg_store_batches(store, arena, &batches, &g.n_batches, err);
    if (status != SG_OK)
        return status;
    g.across = across;
    g.batches = batches;
    status = begin_batches(&g, arena, err);
    if (status == SG_OK)
        status = read_kinds(store, &g, err);
    if (status != SG_OK)
        return status;
    *out = across;
    *out_files = batches;
    *out_n = g.n_batches;
    across = NULL;
    return SG_OK;
}

/* ---- for a draft ---- */

sg_status sg_across_add_facts(const sg_workspace *w, sg_arena *arena, sg_facts *facts, sg_err *err)
{
    SG_CLEANUP(sg_across_cleanup) sg_across *across = NULL;
    const sg_batch *files;
    sg_across_count *counts;
    sg_finding_facts *all;
    size_t n;
    sg_status status = sg_batch_across_stored(w, 1, arena, &across, &files, &n, err);

    if (status == SG_OK)
        status = sg_across_counts(across, arena, &counts, &n, err);
    if (status != SG_OK)
        return status;
    all = sg_arena_alloc(arena, facts->n_findings + n, sizeof *all);
    if (!all)
        return sg_no_memory(err);
    for (size_t i = 0; i < facts->n_findings; i++)
        all[i] = facts->findings[i];
    for (size_t i = 0; i < n; i++) {
        const char *files_of = sg_arena_printf(arena, "all %s files", sg_kind_text(counts[i].kind));

        if (!files_of)
            return sg_no_memory(err);
        all[facts->n_findings++] = (sg_finding_facts){
            .rule = counts[i].rule, .file_name = files_of, .n = counts[i].n, .detail = ""};
    }
    facts->findings = all;
    return SG_OK;
}
