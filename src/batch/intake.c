/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "skillgain/store/kept.h"

#include "held.h"
#include "intake.h"
#include "notes.h"
#include "relay.h"
#include "workspace.h"

void sg_set_file_name(sg_batch *batch, const char *path)
{
    const char *name = sg_path_base(path);
    size_t length = strnlen(name, sizeof batch->file_name - 1);

    memcpy(batch->file_name, name, length);
    batch->file_name[length] = '\0';
}

sg_ingest_options sg_intake_options(const sg_workspace *w, const sg_import_options *options,
                                    const sg_crosswalks *crosswalks)
{
    sg_ingest_options o = {.crosswalks = crosswalks,
                           .kind = options->kind,
                           .key = &w->key,
                           .limits = w->config->limits,
                           .jobs = options->jobs,
                           .today = sg_day_today(),
                           .cutoff = options->cutoff,
                           .stale_days = w->config->quality.stale_days};

    if (crosswalks->n == 1 && !o.kind)
        o.kind = sg_kind_text(crosswalks->all[0].kind);
    return o;
}

/* ---- one file ---- */

typedef struct {
    sg_workspace *w;
    const sg_crosswalks *crosswalks;
    const sg_import_options *options;
    const sg_batch *accepted; /* held, and a person has looked at it: it is not held again; NULL: any other */
    sg_arena *arena;
} intake;

/* Refused rows of a file that was held before they were to be kept. */
static sg_status keeps_more(const intake *in, const sg_import *import, const sg_batch *before, bool *out,
                            sg_err *err)
{
    int64_t n = 0;
    sg_status status = SG_OK;

    if (sg_import_rows_kept(import) > 0)
        status = sg_store_count_kept(in->w->store, before->id, &n, err);
    *out = before->state == SG_BATCH_HELD && sg_import_rows_kept(import) > 0 && n == 0;
    return status;
}

static sg_status set_aside(const intake *in, sg_import *import, const sg_batch *before, bool known_before,
                           sg_batch_state state, const char *reason, sg_file_report *out, sg_err *err)
{
    sg_batch *batch = &out->batch;
    bool more = false;
    sg_status status = keeps_more(in, import, before, &more, err);

    (void)snprintf(batch->reason, sizeof batch->reason, "%s", reason);
    batch->state = state;
    out->message = sg_arena_strdup(in->arena, reason);
    out->status = state == SG_BATCH_HELD ? SG_HELD : SG_REFUSED;
    if (!out->message)
        return sg_no_memory(err);
    if (status != SG_OK)
        return status;
    /* the same file, with the same outcome, every night: told every night, recorded once */
    if (known_before && !more && before->state == state && !strcmp(before->reason, batch->reason)) {
        batch->id = before->id;
        out->known = true;
        return SG_OK;
    }
    if (state == SG_BATCH_HELD)
        out->rows_kept = sg_import_rows_kept(import);
    return sg_import_set_aside(import, batch, err);
}

static void show_storing(const sg_file_report *file)
{
    const sg_progress_facts facts = {.subject = strcmp(file->path, "-") != 0 ? sg_path_base(file->path)
                                                                             : "standard input",
                                     .step = "storing them",
                                     .rows = file->batch.counts.read};

    sg_progress(&facts);
}

/* Why it would be held now; where nothing would any more, why it was. */
static void note_acceptance(const sg_batch *accepted, const char *held, sg_batch *batch)
{
    batch->accepted = accepted->id;
    (void)snprintf(batch->reason, sizeof batch->reason, "%s", *held ? held : accepted->reason);
}

static sg_status settle(const intake *in, sg_import *import, const sg_batch *before, bool known_before,
                        sg_file_report *out, sg_err *err)
{
    char held[SG_ERR_MESSAGE] = "";
    sg_status status = sg_import_weigh(import, &out->batch, held, err);

    if (status == SG_OK)
        status = sg_judge_delivery(in->w->config, import, &out->batch, in->arena, held, err);
    if (status != SG_OK)
        return status;
    (void)sg_too_many_refused(in->w->config, &out->batch, held);
    if (!in->accepted && held[0])
        return set_aside(in, import, before, known_before, SG_BATCH_HELD, held, out, err);
    if (in->accepted)
        note_acceptance(in->accepted, held, &out->batch);
    out->batch.state = SG_BATCH_APPLIED;
    status = sg_import_apply(import, &out->batch, (int64_t)time(NULL), err);
    if (status == SG_OK)
        out->rows_kept = sg_import_rows_kept(import);
    if (status == SG_OK && out->batch.delivery == SG_DELIVERY_FULL)
        out->kept_outside = sg_import_kept_outside(import);
    if (status == SG_OK)
        sg_notes_collect(in->w->store, in->arena, out);
    return status;
}

/* Reads the file into the import, where there are processors for it on two threads, but on one where refused rows are kept. */
static sg_status read_file(const intake *in, sg_import *import, const char *path, const sg_ingest_options *o,
                           sg_batch *out, sg_err *err)
{
    SG_CLEANUP(sg_relay_cleanup) sg_relay *relay = NULL;
    sg_sink sink;
    sg_status status = SG_OK, written = SG_OK;

    sg_import_set_jobs(import, in->options->jobs);
    if (in->w->config->quality.keep_rows)
        status = sg_import_keep_rows(import, err);
    if (status != SG_OK)
        return status;
    sink = sg_import_sink(import);
    if (in->options->jobs > 1 && !sink.kept) {
        status = sg_relay_new(&sink, &relay, err);
        if (status != SG_OK)
            return status;
        sink = sg_relay_sink(relay);
    }
    status = sg_ingest_file(path, o, &sink, out, err);
    if (relay)
        written = sg_relay_finish(relay, status == SG_OK ? err : NULL);
    return status == SG_OK ? written : status;
}

/* The same bytes again are a delivery of the day that they were written there, and not of every night that they lie there. */
static sg_status note_known(const intake *in, sg_kind kind, const char *path, sg_err *err)
{
    struct stat about;
    int64_t seen = 0;
    sg_status status = sg_store_last_seen(in->w->store, kind, &seen, err);

    if (status != SG_OK || stat(path, &about) != 0 || (int64_t)about.st_mtime <= seen)
        return status;
    return sg_store_note_seen(in->w->store, kind, (int64_t)about.st_mtime, err);
}

static sg_status take_known(const intake *in, const sg_batch *before, sg_file_report *out, sg_err *err)
{
    sg_status status = note_known(in, before->kind, out->path, err);
    char name[SG_NAME_MAX];

    sg_set_file_name(&out->batch, out->path);
    memcpy(name, out->batch.file_name, sizeof name);
    out->batch = *before;
    memcpy(out->batch.file_name, name, sizeof name);
    out->known = true;
    return status;
}

/* Bytes that are in the store are taken in anew where they would mean something else: by a mended crosswalk, with another cut-off, or
 * after another delivery of the same, in whose place they come back. */
static sg_status find_same(const intake *in, const char *path, const sg_batch *before, bool *out, sg_err *err)
{
    sg_ingest_options o = sg_intake_options(in->w, in->options, in->crosswalks);
    const sg_crosswalk *today = sg_find_crosswalk(in->crosswalks, before->crosswalk);
    sg_day cutoff = in->options->cutoff;
    bool overtaken = false;
    sg_err why = {0};

    if (strcmp(path, "-") != 0 && sg_ingest_choose(path, &o, &today, &cutoff, &why) != SG_OK)
        today = NULL;
    if (today == NULL && in->crosswalks->n == 1)
        today = &in->crosswalks->all[0]; /* asked for by name, though it may not fit */
    *out = in->options->cutoff == SG_DAY_NONE || in->options->cutoff == before->cutoff;
    if (!*out || today == NULL) /* it would not be read again */
        return SG_OK;
    *out = !strcmp(today->sha256, before->crosswalk_sha256) &&
           (cutoff == SG_DAY_NONE || cutoff <= before->cutoff);
    if (!*out)
        return SG_OK;
    sg_status status = sg_store_is_overtaken(in->w->store, before->id, &overtaken, err);
    *out = !overtaken;
    return status;
}

/* Of one kind, or of one crosswalk, only what was read so before is asked for: the same bytes may have been read by another too. */
static sg_kind kind_of(const intake *in)
{
    sg_kind kind = SG_N_KINDS;

    if (in->options->kind)
        (void)sg_kind_find(in->options->kind, &kind);
    else if (in->crosswalks->n == 1)
        kind = in->crosswalks->all[0].kind;
    return kind;
}

/* Standard input is there once. */
static sg_status check_stream(const intake *in, const char *name, sg_err *err)
{
    const sg_crosswalk *crosswalk = sg_find_crosswalk(in->crosswalks, name);

    if (in->options->kind || in->crosswalks->n == 1 || crosswalk == NULL || crosswalk->n_also == 0)
        return SG_OK;
    return sg_fail(
        err, SG_USAGE,
        "crosswalk '%s' has the export read by '%s' too, and standard input can be read once: give it as "
        "a file, or name one kind with --kind",
        name, crosswalk->also[0]);
}

static sg_status take_new(const intake *in, const sg_batch *before, bool known_before, sg_file_report *out,
                          sg_err *err)
{
    SG_CLEANUP(sg_import_cleanup) sg_import *import = NULL;
    sg_ingest_options o = sg_intake_options(in->w, in->options, in->crosswalks);
    sg_batch same;
    bool is_known = false;
    sg_err why = {0};
    sg_status status = sg_import_begin(in->w->store, &import, err);

    if (status != SG_OK)
        return status;
    status = read_file(in, import, out->path, &o, &out->batch, &why);
    /* a file that is refused was not read to its end */
    if (status == SG_REFUSED && strcmp(out->path, "-") != 0 &&
        sg_sha256_of_file(out->path, out->batch.sha256, &out->batch.bytes, err) != SG_OK)
        return SG_FAILED;
    out->batch.imported_on = o.today;
    sg_set_file_name(&out->batch, out->path);
    if (status == SG_OK && !strcmp(out->path, "-"))
        status = check_stream(in, out->batch.crosswalk, &why);
    if (status == SG_OK && !strcmp(out->path, "-"))
        status = sg_store_find_batch(in->w->store, out->batch.sha256, kind_of(in), &same, &is_known, &why);
    if (status == SG_OK && is_known && same.state == SG_BATCH_APPLIED)
        status = find_same(in, out->path, &same, &is_known, &why);
    if (status == SG_OK && is_known && same.state == SG_BATCH_APPLIED) {
        sg_import_end(import);
        import = NULL;
        return take_known(in, &same, out, err);
    }
    if (status == SG_OK) {
        show_storing(out);
        status = settle(in, import, before, known_before, out, err);
        sg_progress_end();
        return status;
    }
    if (status == SG_REFUSED)
        return set_aside(in, import, before, known_before, SG_BATCH_REFUSED, why.message, out, err);
    return sg_fail(err, status, "%s", why.message);
}

/* The newest batch of this content. A large file is not read twice where its size is new. */
static sg_status find_before(const intake *in, const char *path, char sha256[SG_SHA256_TEXT], sg_batch *out,
                             bool *found, sg_err *err)
{
    struct stat about;
    bool knows = true;
    int64_t bytes;
    sg_status status = SG_OK;

    *found = false;
    if (!strcmp(path, "-"))
        return SG_OK; /* known only when it was read */
    if (in->options->kind && kind_of(in) == SG_N_KINDS)
        return SG_OK; /* no kind: refused by whoever reads the header */
    if (stat(path, &about) == 0)
        status = sg_store_knows_size(in->w->store, (int64_t)about.st_size, &knows, err);
    if (status != SG_OK || !knows)
        return status;
    status = sg_sha256_of_file(path, sha256, &bytes, err);
    return status == SG_OK ? sg_store_find_batch(in->w->store, sha256, kind_of(in), out, found, err) : status;
}

static sg_status take_file(const intake *in, const char *path, sg_file_report *out, sg_err *err)
{
    sg_batch before = {0};
    bool found = false, same = false;
    sg_status status;

    memset(out, 0, sizeof *out);
    out->path = path;
    out->message = "";
    out->batch.kind = SG_N_KINDS;
    out->batch.cutoff = SG_DAY_NONE;
    status = find_before(in, path, out->batch.sha256, &before, &found, err);
    if (status != SG_OK)
        return status;
    if (found && before.state == SG_BATCH_APPLIED && in->options->cutoff != SG_DAY_NONE &&
        in->options->cutoff < before.cutoff)
        return sg_fail(err, SG_USAGE,
                       "batch %lld has this file with a later cut-off, which an earlier one cannot replace",
                       (long long)before.id);
    if (found && before.state == SG_BATCH_APPLIED)
        status = find_same(in, path, &before, &same, err);
    if (status != SG_OK)
        return status;
    if (same)
        return take_known(in, &before, out, err);
    return take_new(in, &before, found, out, err);
}

/* A file's own trouble is its report's; the next file is taken in all the same. */
static sg_status report_file(const intake *in, const char *path, sg_file_report *out)
{
    sg_err why = {0};
    sg_status status = take_file(in, path, out, &why);

    if (status != SG_OK) {
        out->status = status;
        out->message = sg_arena_strdup(in->arena, why.message);
        if (!out->message)
            out->message = "out of memory";
    }
    return out->status;
}

/* The file read in each of its ways; what is in by all of them goes to the archive. */
static sg_status report_ways(const intake *in, const char *path, sg_file_report *out)
{
    sg_import_options ways[SG_N_KINDS];
    sg_file_report *last = out;
    size_t n;
    sg_status status = SG_OK;

    sg_batch_ways(in->w, in->options, path, ways, &n);
    for (size_t i = 0; i < n; i++) {
        intake one = *in;
        sg_crosswalks only = {0};
        sg_file_report *next = i ? sg_arena_alloc(in->arena, 1, sizeof *next) : out;

        one.options = &ways[i];
        if (ways[i].only) {
            only = sg_only(ways[i].only);
            one.crosswalks = &only;
        }
        if (!next) {
            last->status = SG_NO_MEMORY;
            last->message = "out of memory";
            return SG_NO_MEMORY;
        }
        status = sg_status_worse(status, report_file(&one, path, next));
        if (i)
            last->also = next;
        last = next;
    }
    if (status == SG_OK)
        sg_archive_file(in->w, path, &out->batch, in->arena);
    return status;
}

static sg_status prepare(intake *in, sg_crosswalks **own, sg_err *err)
{
    sg_store *store;
    sg_status status = sg_workspace_need_store(in->w, &store, err);

    if (status == SG_OK && in->options->crosswalk)
        status = sg_crosswalks_load_file(in->options->crosswalk, own, err);
    in->crosswalks = *own ? *own : in->w->crosswalks;
    return status;
}

sg_status sg_batch_import(sg_workspace *workspace, const sg_import_options *options, char *const *paths,
                          size_t n_paths, sg_arena *arena, sg_file_report **out, sg_err *err)
{
    SG_CLEANUP(sg_crosswalks_cleanup) sg_crosswalks *own = NULL;
    intake in = {.w = workspace, .options = options, .arena = arena};
    sg_file_report *reports = sg_arena_alloc(arena, n_paths ? n_paths : 1, sizeof *reports);
    sg_status status;

    if (!reports)
        return sg_no_memory(err);
    status = prepare(&in, &own, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < n_paths; i++)
        status = sg_status_worse(status, report_ways(&in, paths[i], &reports[i]));
    *out = reports;
    return status;
}

/* Whether the file is in use in every way in which nights read it. */
static bool is_all_in(const intake *in, const char *path, const char *sha256)
{
    static const sg_import_options nightly = {.cutoff = SG_DAY_NONE};
    sg_import_options ways[SG_N_KINDS];
    size_t n;
    bool all = true;

    sg_batch_ways(in->w, &nightly, path, ways, &n);
    for (size_t i = 0; n > 1 && i < n && all; i++) {
        sg_batch batch;
        sg_err why = {0};
        bool found = false;

        all = sg_store_find_batch(in->w->store, sha256, ways[i].only->kind, &batch, &found, &why) == SG_OK &&
              found && batch.state == SG_BATCH_APPLIED;
    }
    return all;
}

sg_status sg_batch_accept(sg_workspace *workspace, int64_t batch, const char *path, sg_arena *arena,
                          sg_file_report *out, sg_err *err)
{
    sg_import_options options = {.cutoff = SG_DAY_NONE, .jobs = 1};
    intake in = {.w = workspace, .options = &options, .arena = arena};
    sg_crosswalks crosswalk = {0};
    sg_batch held;
    sg_store *store;
    sg_status status = sg_workspace_need_store(workspace, &store, err);

    if (status == SG_OK)
        status = sg_held_find(store, batch, &held, err);
    if (status == SG_OK)
        status = sg_held_crosswalk(workspace, &held, &crosswalk, err);
    if (status != SG_OK)
        return status;
    if (!path)
        path = sg_path_join(arena, workspace->config->inbox, held.file_name);
    if (!path)
        return sg_no_memory(err);
    status = sg_held_check_content(path, &held, err);
    if (status != SG_OK)
        return status;
    options.cutoff = held.cutoff;
    in.accepted = &held;
    in.crosswalks = &crosswalk;
    status = report_file(&in, path, out);
    if (status == SG_OK && is_all_in(&in, path, held.sha256))
        sg_archive_file(workspace, path, &out->batch, arena);
    return status;
}
