/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "draft.h"
#include "waiting.h"

/* ---- what is expected ---- */

static const char *span_text(int64_t seconds, char buffer[32])
{
    if (seconds % 86400 == 0)
        (void)snprintf(buffer, 32, "%lld days", (long long)(seconds / 86400));
    else
        (void)snprintf(buffer, 32, "%lld hours", (long long)(seconds / 3600));
    return buffer;
}

/* A delivery that is held did come; that it waits is told by itself. */
static bool came_and_waits(const sg_waiting *waiting, size_t n, sg_kind kind, int64_t now, int64_t expected)
{
    for (size_t i = 0; i < n; i++)
        if (waiting[i].batch.state == SG_BATCH_HELD && waiting[i].batch.kind == kind &&
            now / 86400 - waiting[i].batch.imported_on <= (expected + 86399) / 86400)
            return true;
    return false;
}

/* The sentence names what the workspace expects, never how late it is: a draft's bytes must not follow the clock. */
static sg_status check_kind(sg_workspace *w, sg_kind kind, int64_t now, sg_arena *arena, const char **out,
                            sg_err *err)
{
    int64_t expected = w->config->expect_seconds[kind];
    int64_t seen = 0;
    char span[32];
    sg_status status = w->store ? sg_store_last_seen(w->store, kind, &seen, err) : SG_OK;

    *out = NULL;
    if (status != SG_OK || expected == 0 || (seen && now - seen <= expected))
        return status;
    if (!seen)
        *out = sg_arena_printf(arena, "no %s export was ever taken in; put one into the inbox",
                               sg_kind_text(kind));
    else
        *out = sg_arena_printf(
            arena, "no %s export came in the last %s (key 'expect'); see why its delivery stopped",
            sg_kind_text(kind), span_text(expected, span));
    return *out ? SG_OK : sg_no_memory(err);
}

sg_status sg_batch_missing(sg_workspace *workspace, int64_t unix_seconds, sg_arena *arena, const char ***out,
                           size_t *out_n, sg_err *err)
{
    const char **missing = sg_arena_alloc(arena, SG_N_KINDS, sizeof *missing);
    size_t n = 0, n_waiting = 0;
    sg_waiting *waiting = NULL;
    sg_status status = sg_batch_waiting(workspace, arena, &waiting, &n_waiting, err);

    if (!missing)
        return sg_no_memory(err);
    for (int kind = 0; status == SG_OK && kind < SG_N_KINDS; kind++) {
        if (came_and_waits(waiting, n_waiting, (sg_kind)kind, unix_seconds,
                           workspace->config->expect_seconds[kind]))
            continue;
        status = check_kind(workspace, (sg_kind)kind, unix_seconds, arena, &missing[n], err);
        n += status == SG_OK && missing[n] != NULL;
    }
    if (status != SG_OK)
        return status;
    *out = missing;
    *out_n = n;
    return SG_OK;
}

/* ---- the inbox ---- */

static sg_status list_inbox(const sg_workspace *w, sg_arena *arena, char ***out, size_t *out_n, sg_err *err)
{
    char **names;
    size_t n, kept = 0;
    sg_status status = sg_folder_list(arena, w->config->inbox, &names, &n, err);

    if (status != SG_OK)
        return sg_wrap(err, status, "while listing the inbox");
    for (size_t i = 0; i < n; i++) {
        char *path = sg_path_join(arena, w->config->inbox, names[i]);

        if (!path)
            return sg_no_memory(err);
        if (!sg_path_is_folder(path))
            names[kept++] = path;
    }
    *out = names;
    *out_n = kept;
    return SG_OK;
}

static sg_status ignore_finding(void *context, const sg_finding *finding, sg_err *err)
{
    (void)context;
    (void)finding;
    (void)err;
    return SG_OK;
}

/* What an import of the file would come to, without writing anything. */
static void try_way(sg_workspace *w, const sg_import_options *options, const char *path, sg_arena *arena,
                    sg_file_report *out)
{
    const sg_kind kind = options->only ? options->only->kind : SG_N_KINDS;
    char sha256[SG_SHA256_TEXT];
    sg_check_report checked;
    sg_batch before = {0};
    sg_err why = {0};
    int64_t bytes;

    memset(out, 0, sizeof *out);
    out->path = path;
    out->status = sg_sha256_of_file(path, sha256, &bytes, &why);
    if (out->status == SG_OK && w->store)
        out->status = sg_store_find_batch(w->store, sha256, kind, &before, &out->known, &why);
    if (out->status == SG_OK && out->known && before.state == SG_BATCH_APPLIED) {
        out->batch = before;
    } else if (out->status == SG_OK) {
        out->known = false;
        out->status = sg_batch_check(w, options, path, ignore_finding, NULL, &checked, &why);
        out->batch = checked.batch;
        if (out->status == SG_OK && checked.held[0])
            out->status = sg_fail(&why, SG_HELD, "%s", checked.held);
    }
    out->message = out->status == SG_OK ? "" : sg_arena_strdup(arena, why.message);
    if (!out->message)
        out->message = "out of memory";
}

/* The worst status of its ways. */
static sg_status try_file(sg_workspace *w, const char *path, sg_arena *arena, sg_file_report *out)
{
    static const sg_import_options options = {.cutoff = SG_DAY_NONE};
    sg_import_options ways[SG_N_KINDS];
    size_t n;
    sg_status status;

    sg_batch_ways(w, &options, path, ways, &n);
    try_way(w, &ways[0], path, arena, out);
    status = out->status;
    for (size_t i = 1; i < n; i++) {
        sg_file_report *next = sg_arena_alloc(arena, 1, sizeof *next);

        if (!next)
            return SG_NO_MEMORY;
        try_way(w, &ways[i], path, arena, next);
        status = sg_status_worse(status, next->status);
        out->also = next;
        out = next;
    }
    return status;
}

static sg_status try_inbox(sg_workspace *w, char *const *paths, size_t n, sg_arena *arena,
                           sg_file_report **out, sg_err *err)
{
    sg_file_report *reports = sg_arena_alloc(arena, n ? n : 1, sizeof *reports);
    sg_status status = SG_OK;

    if (!reports)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        status = sg_status_worse(status, try_file(w, paths[i], arena, &reports[i]));
    }
    *out = reports;
    return status;
}

static bool brings(const sg_file_report *file, const char *missing)
{
    char subject[64];

    (void)snprintf(subject, sizeof subject, "no %s export", sg_kind_text(file->batch.kind));
    return (file->status == SG_OK || file->status == SG_HELD) && sg_text_starts(missing, subject);
}

/* In a dry run, a kind is not missing where a file of the inbox would bring it, to be held or not. */
static void drop_arriving(const sg_night_report *night, const char **missing, size_t *n)
{
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++) {
        bool arrives = false;

        for (size_t f = 0; f < night->n_files; f++)
            for (const sg_file_report *file = &night->files[f]; file; file = file->also)
                arrives = arrives || brings(file, missing[i]);
        if (!arrives)
            missing[kept++] = missing[i];
    }
    *n = kept;
}

/* ---- the night ---- */

static sg_status take_inbox(sg_workspace *w, int jobs, bool dry_run, sg_arena *arena, sg_night_report *out,
                            sg_err *err)
{
    const sg_import_options options = {.cutoff = SG_DAY_NONE, .jobs = jobs};
    char **paths = NULL;
    sg_status status = list_inbox(w, arena, &paths, &out->n_files, err);

    if (status != SG_OK || !paths)
        return status;
    status = dry_run ? try_inbox(w, paths, out->n_files, arena, &out->files, err)
                     : sg_batch_import(w, &options, paths, out->n_files, arena, &out->files, err);
    if (!out->files)
        out->n_files = 0;
    return status;
}

static const char *join_sentences(sg_arena *arena, const char *const *sentences, size_t n)
{
    const char *joined = "";

    for (size_t i = 0; joined && i < n; i++)
        joined = sg_arena_printf(arena, "%s%s%s", joined, i ? "; " : "", sentences[i]);
    return joined;
}

/* By the file that the night held; a dry run does not know what a file of its kind is going to settle. */
static bool is_told(const sg_night_report *night, const sg_batch *held, bool dry_run)
{
    for (size_t i = 0; i < night->n_files; i++)
        for (const sg_file_report *file = &night->files[i]; file; file = file->also)
            if (file->batch.id == held->id ||
                (dry_run && file->status != SG_REFUSED && file->batch.kind == held->kind))
                return true;
    return false;
}

/* A held file that was taken out of the inbox still waits, until a person accepts or drops it or a better one comes. */
static sg_status add_waiting(sg_workspace *w, bool dry_run, sg_arena *arena, sg_night_report *out,
                             sg_err *err)
{
    size_t n = 0, kept = 0;
    sg_status status = sg_batch_waiting(w, arena, &out->waiting, &n, err);

    for (size_t i = 0; status == SG_OK && i < n; i++)
        if (out->waiting[i].batch.state == SG_BATCH_HELD && !is_told(out, &out->waiting[i].batch, dry_run))
            out->waiting[kept++] = out->waiting[i];
    out->n_waiting = kept;
    return status;
}

/* Of the latest gains no draft is made, and none without both of the kinds that it needs; with a banner neither. */
static sg_status look_whether_drafts_can_be(sg_workspace *w, sg_arena *arena, sg_night_report *out,
                                            sg_err *err)
{
    int64_t latest = 0;
    char file_name[SG_NAME_MAX];
    bool has_kinds = false;
    sg_status status = w->store ? sg_store_latest_gains(w->store, &latest, file_name, err) : SG_OK;

    if (status == SG_OK)
        status = sg_in_use_text(w, arena, &out->in_use, &has_kinds, err);
    out->may_report = status == SG_OK && has_kinds && latest == 0;
    return status;
}

sg_status sg_batch_run(sg_workspace *workspace, const sg_draft_options *options, bool dry_run,
                       sg_arena *arena, sg_night_report *out, sg_err *err)
{
    sg_status status, listed;

    memset(out, 0, sizeof *out);
    status = take_inbox(workspace, options->jobs, dry_run, arena, out, err);
    if (!out->files)
        return status;
    listed = sg_batch_missing(workspace, (int64_t)time(NULL), arena, &out->missing, &out->n_missing, err);
    if (listed != SG_OK)
        return listed;
    if (dry_run)
        drop_arriving(out, out->missing, &out->n_missing);
    listed = add_waiting(workspace, dry_run, arena, out, err);
    if (listed != SG_OK)
        return listed;
    if (out->n_missing || out->n_waiting)
        status = sg_status_worse(status, SG_HELD);
    if (dry_run)
        return status;
    if (status != SG_OK) {
        listed = look_whether_drafts_can_be(workspace, arena, out, err);
        return sg_status_worse(status, listed);
    }
    status = sg_draft_make(workspace, options, "", arena, &out->draft, err);
    out->reported = status == SG_OK;
    return status;
}

/* What is missing tonight says nothing of a past night. */
static sg_status report_past(sg_workspace *w, const sg_draft_options *options, sg_arena *arena,
                             sg_output_report *out, sg_err *err)
{
    sg_store *store;
    sg_batch batch;
    bool found = false;
    sg_status status = sg_workspace_need_store(w, &store, err);

    if (status == SG_OK)
        status = sg_store_get_batch(store, options->as_of_batch, &batch, &found, err);
    if (status == SG_OK && !found)
        return sg_fail(err, SG_USAGE, "there is no batch %lld; 'skillgain status' lists them",
                       (long long)options->as_of_batch);
    if (status != SG_OK)
        return status;
    sg_store_set_as_of(store, options->as_of_batch);
    status = sg_draft_make(w, options, "", arena, out, err);
    sg_store_set_as_of(store, INT64_MAX);
    return status;
}

/* Without both kinds there is nothing to make a draft of: then the held file is what stands in the way. */
static sg_status check_kinds(const sg_waiting *waiting, size_t n, sg_err *err)
{
    for (size_t i = 0; i < n; i++)
        if (waiting[i].batch.state == SG_BATCH_HELD && waiting[i].batch.kind <= SG_KIND_GAIN &&
            !waiting[i].has_in_use)
            return sg_fail(err, SG_HELD, "no draft can be made: %s; %s", waiting[i].what, waiting[i].way);
    return SG_OK;
}

static sg_status make_banner(sg_workspace *w, sg_arena *arena, const char **out, sg_err *err)
{
    const char **sentences, **missing = NULL;
    sg_waiting *waiting = NULL;
    size_t n = 0, n_waiting = 0;
    sg_status status = sg_batch_missing(w, (int64_t)time(NULL), arena, &missing, &n, err);

    if (status == SG_OK)
        status = sg_batch_waiting(w, arena, &waiting, &n_waiting, err);
    if (status == SG_OK)
        status = check_kinds(waiting, n_waiting, err);
    if (status != SG_OK)
        return status;
    sentences = sg_arena_alloc(arena, n + n_waiting + 1, sizeof *sentences);
    if (!sentences)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        sentences[i] = missing[i];
    for (size_t i = 0; i < n_waiting; i++) {
        sentences[n] = sg_arena_printf(arena, "%s; %s", waiting[i].what, waiting[i].way);
        if (!sentences[n++])
            return sg_no_memory(err);
    }
    *out = join_sentences(arena, sentences, n);
    return *out ? SG_OK : sg_no_memory(err);
}

sg_status sg_batch_report(sg_workspace *workspace, const sg_draft_options *options, sg_arena *arena,
                          sg_output_report *out, sg_err *err)
{
    const char *banner = "";
    bool has_kinds;
    sg_store *store;
    sg_status status;

    if (options->as_of_batch)
        return report_past(workspace, options, arena, out, err);
    status = sg_workspace_need_store(workspace, &store, err);
    if (status == SG_OK)
        status = make_banner(workspace, arena, &banner, err);
    if (status == SG_OK)
        status = sg_draft_make(workspace, options, banner, arena, out, err);
    if (status == SG_OK)
        status = sg_in_use_text(workspace, arena, &out->in_use, &has_kinds, err);
    return status;
}
