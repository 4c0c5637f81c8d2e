/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <time.h>

#include "command.h"

static bool as_json;

static const sg_arg options[] = {
    {"--json", NULL, SG_ARG_FLAG, NULL, "as JSON", &as_json, NULL},
    SG_NO_MORE_OPTIONS,
};

typedef struct {
    sg_batch *batches;
    size_t n_batches;
    sg_edition *editions;
    size_t n_editions;
    sg_run_record run;
    bool has_run;
    const char **missing;
    size_t n_missing;
    sg_waiting *waiting;
    size_t n_waiting;
} state;

static sg_status read_state(const sg_cli *cli, sg_workspace *w, state *s, sg_err *err)
{
    sg_store *store = sg_workspace_store(w);
    sg_status status = sg_batch_missing(w, (int64_t)time(NULL), cli->arena, &s->missing, &s->n_missing, err);

    if (status == SG_OK)
        status = sg_batch_waiting(w, cli->arena, &s->waiting, &s->n_waiting, err);
    if (status == SG_OK && store)
        status = sg_store_batches(store, cli->arena, &s->batches, &s->n_batches, err);
    if (status == SG_OK && store)
        status = sg_store_editions(store, cli->arena, &s->editions, &s->n_editions, err);
    if (status == SG_OK && store)
        status = sg_store_last_run(store, &s->run, &s->has_run, err);
    return status;
}

static const char *time_text(int64_t unix_seconds, char buffer[32])
{
    time_t seconds = (time_t)unix_seconds;
    struct tm parts;

    if (!gmtime_r(&seconds, &parts) || !strftime(buffer, 32, "%Y-%m-%d %H:%M:%S UTC", &parts))
        memcpy(buffer, "", 1);
    return buffer;
}

/* A file may make a batch of each of several kinds; one whose header told no kind (it has no crosswalk) is all of it. */
static bool is_same_content(const sg_batch *batch, const sg_batch *later)
{
    return !strcmp(batch->sha256, later->sha256) && (!*batch->crosswalk || batch->kind == later->kind);
}

/* The batch that took a held or refused file's content in later; 0: none. */
static int64_t taken_in_by(const state *s, size_t i)
{
    for (size_t later = i + 1; later < s->n_batches; later++)
        if (s->batches[later].state == SG_BATCH_APPLIED &&
            is_same_content(&s->batches[i], &s->batches[later]))
            return s->batches[later].id;
    return 0;
}

static void say_batch(sg_str *out, const state *s, size_t i)
{
    const sg_batch *batch = &s->batches[i];
    int64_t settled = batch->state == SG_BATCH_APPLIED ? 0 : taken_in_by(s, i);
    char cutoff[SG_DAY_TEXT];

    sg_str_printf(out, "  %4lld %-8s %-10s %s: ", (long long)batch->id, sg_batch_state_text(batch->state),
                  sg_kind_text(batch->kind), batch->file_name);
    sg_say_counts(out, &batch->counts);
    if (batch->state == SG_BATCH_HELD && !settled)
        sg_str_add(out, ", none of them in use");
    if (batch->cutoff != SG_DAY_NONE)
        sg_str_printf(out, ", complete up to %s", sg_day_format(batch->cutoff, cutoff));
    if (batch->accepted)
        sg_str_printf(out, "\n       held as batch %lld, and accepted by hand all the same:",
                      (long long)batch->accepted);
    if (batch->reason[0])
        sg_str_printf(out, "\n       %s", batch->reason);
    if (settled)
        sg_str_printf(out, "\n       taken in since as batch %lld", (long long)settled);
    sg_str_add_char(out, '\n');
}

static void say_state(sg_str *out, const state *s)
{
    char when[32];

    if (s->has_run)
        sg_str_printf(out, "last good run: %s, draft %s\n", time_text(s->run.unix_seconds, when),
                      s->run.draft);
    else
        sg_str_add(out, "last good run: none yet\n");
    for (size_t i = 0; i < s->n_missing; i++)
        sg_str_printf(out, "MISSING: %s\n", s->missing[i]);
    for (size_t i = 0; i < s->n_waiting; i++)
        sg_str_printf(out, "%s: %s\n  %s\n", s->waiting[i].batch.state == SG_BATCH_HELD ? "HELD" : "REFUSED",
                      s->waiting[i].what, s->waiting[i].way);
    sg_str_printf(out, "batches: %zu\n", s->n_batches);
    for (size_t i = 0; i < s->n_batches; i++)
        say_batch(out, s, i);
    sg_str_printf(out, "editions: %zu\n", s->n_editions);
    for (size_t i = 0; i < s->n_editions; i++)
        sg_str_printf(out, "  %s of program year %d: %lld counts shown, %lld hidden\n", s->editions[i].name,
                      s->editions[i].program_year, (long long)s->editions[i].cells_shown,
                      (long long)s->editions[i].cells_masked);
}

static sg_json *batch_json(const state *s, size_t i)
{
    const sg_batch *batch = &s->batches[i];
    int64_t settled = batch->state == SG_BATCH_APPLIED ? 0 : taken_in_by(s, i);
    sg_json *object = sg_json_object();
    char cutoff[SG_DAY_TEXT];

    sg_json_set_int(object, "batch", batch->id);
    sg_json_set_text(object, "state", sg_batch_state_text(batch->state));
    sg_json_set_text(object, "kind", sg_kind_text(batch->kind));
    sg_json_set_text(object, "file", batch->file_name);
    sg_json_set_text(object, "sha256", batch->sha256);
    sg_json_set_text(object, "cutoff", sg_day_format(batch->cutoff, cutoff));
    sg_json_set_int(object, "rows", batch->counts.read);
    sg_json_set_int(object, "stored", batch->counts.stored);
    sg_json_set_int(object, "refused", batch->counts.quarantined);
    sg_json_set_int(object, "repeated", batch->counts.repeated);
    sg_json_set_int(object, "replaced", batch->counts.replaced);
    sg_json_set_int(object, "dropped", batch->counts.dropped);
    sg_json_set_text(object, "reason", batch->reason);
    if (batch->accepted)
        sg_json_set_int(object, "accepted_from", batch->accepted);
    if (settled)
        sg_json_set_int(object, "taken_in_as", settled);
    return object;
}

static sg_json *waiting_json(const sg_waiting *waiting)
{
    sg_json *object = sg_json_object();

    sg_json_set_int(object, "batch", waiting->batch.id);
    sg_json_set_text(object, "state", sg_batch_state_text(waiting->batch.state));
    sg_json_set_text(object, "what", waiting->what);
    sg_json_set_text(object, "way", waiting->way);
    return object;
}

static sg_status say_json(sg_str *out, const state *s, sg_err *err)
{
    sg_json *root = sg_json_object(), *batches = sg_json_array(), *editions = sg_json_array(),
            *missing = sg_json_array(), *waiting = sg_json_array();
    char when[32];
    sg_status status;

    for (size_t i = 0; i < s->n_batches; i++)
        sg_json_append(batches, batch_json(s, i));
    for (size_t i = 0; i < s->n_editions; i++)
        sg_json_append_text(editions, s->editions[i].name);
    for (size_t i = 0; i < s->n_missing; i++)
        sg_json_append_text(missing, s->missing[i]);
    for (size_t i = 0; i < s->n_waiting; i++)
        sg_json_append(waiting, waiting_json(&s->waiting[i]));
    sg_json_set_text(root, "last_good_run", s->has_run ? time_text(s->run.unix_seconds, when) : NULL);
    sg_json_set_text(root, "draft", s->has_run ? s->run.draft : NULL);
    sg_json_set(root, "missing", missing);
    sg_json_set(root, "waiting", waiting);
    sg_json_set(root, "batches", batches);
    sg_json_set(root, "editions", editions);
    status = sg_json_write(root, out, err);
    sg_json_free(root);
    return status;
}

static sg_status run(const sg_cli *cli, sg_err *err)
{
    SG_CLEANUP(sg_workspace_cleanup) sg_workspace *w = NULL;
    state s = {0};
    sg_str text = {0};
    sg_status status = sg_workspace_open(cli->folder, SG_STORE_READ, &w, err);

    if (status == SG_OK)
        status = read_state(cli, w, &s, err);
    if (status != SG_OK)
        return status;
    if (as_json)
        status = say_json(&text, &s, err);
    else
        say_state(&text, &s);
    if (status == SG_OK)
        status = sg_out(&text, err);
    sg_str_release(&text);
    return status;
}

const sg_command sg_command_status = {
    .name = "status",
    .summary = "batches, rows, quarantine, last good run, editions",
    .example = "skillgain status --json",
    .options = options,
    .run = run,
};
