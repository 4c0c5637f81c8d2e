/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "held.h"

#include <string.h>

#include "intake.h"

/* The batch, if it waits for a person: a held one whose content was taken in since waits no longer. */
sg_status sg_held_find(sg_store *store, int64_t id, sg_batch *out, sg_err *err)
{
    sg_batch newest;
    bool found = false;
    sg_status status = sg_store_get_batch(store, id, out, &found, err);

    if (status != SG_OK)
        return status;
    if (!found || out->state != SG_BATCH_HELD)
        return sg_fail(err, SG_USAGE, "batch %lld is not held; 'skillgain status' lists those that are",
                       (long long)id);
    status = sg_store_find_batch(store, out->sha256, out->kind, &newest, &found, err);
    if (status == SG_OK && found && newest.state == SG_BATCH_APPLIED)
        return sg_fail(err, SG_USAGE, "batch %lld is held no longer: its file was taken in as batch %lld",
                       (long long)id, (long long)newest.id);
    return status;
}

/* A held file is taken in as it was read when it was held: by the same crosswalk, up to the same day. */
sg_status sg_held_crosswalk(const sg_workspace *w, const sg_batch *held, sg_crosswalks *out, sg_err *err)
{
    for (size_t i = 0; i < w->crosswalks->n; i++) {
        sg_crosswalk *crosswalk = &w->crosswalks->all[i];

        if (!strcmp(crosswalk->name, held->crosswalk) && !strcmp(crosswalk->sha256, held->crosswalk_sha256)) {
            *out = sg_only(crosswalk);
            return SG_OK;
        }
    }
    return sg_fail(err, SG_USAGE,
                   "batch %lld was read by crosswalk '%s', which is not among those of '%s' or has changed "
                   "since; put it there as it was, or import the file anew",
                   (long long)held->id, held->crosswalk, w->config->crosswalks);
}

sg_status sg_held_check_content(const char *path, const sg_batch *held, sg_err *err)
{
    char sha256[SG_SHA256_TEXT];
    int64_t bytes;
    sg_status status = sg_sha256_of_file(path, sha256, &bytes, err);

    if (status != SG_OK)
        return sg_wrap(
            err, status,
            "batch %lld was held from '%s'; put that file back into the inbox, or name it after the batch",
            (long long)held->id, held->file_name);
    if (strcmp(sha256, held->sha256) != 0)
        return sg_fail(
            err, SG_USAGE,
            "'%s' is not the file that batch %lld held: its content differs; import it as a new one", path,
            (long long)held->id);
    return SG_OK;
}

/* Of another kind, the same file may wait still. */
static sg_status is_waited_for(sg_workspace *w, const sg_batch *held, sg_arena *arena, bool *out, sg_err *err)
{
    sg_waiting *waiting;
    size_t n;
    sg_status status = sg_batch_waiting(w, arena, &waiting, &n, err);

    *out = false;
    for (size_t i = 0; status == SG_OK && i < n; i++)
        *out = *out || !strcmp(waiting[i].batch.sha256, held->sha256);
    return status;
}

/* The file of a dropped batch must not be held again by the next night. */
static sg_status drop_held(sg_workspace *w, int64_t id, sg_batch *out, sg_arena *arena, sg_err *err)
{
    sg_batch held;
    const char *path;
    bool waits = false;
    sg_err why = {0}; /* once it is dropped, what fails is only told */
    sg_status status = sg_held_find(w->store, id, &held, err);

    if (status == SG_OK)
        status = sg_store_undo(w->store, id, out, err);
    if (status != SG_OK)
        return status;
    path = sg_path_join(arena, w->config->inbox, held.file_name);
    if (!path)
        return sg_no_memory(err);
    if (!sg_path_exists(path) || sg_held_check_content(path, &held, NULL) != SG_OK)
        return SG_OK;
    if (is_waited_for(w, &held, arena, &waits, &why) != SG_OK)
        sg_log(SG_LOG_WARNING, "batch %lld is dropped, but '%s' stays in the inbox: %s", (long long)id, path,
               why.message);
    else if (!waits)
        sg_archive_file(w, path, out, arena);
    return SG_OK;
}

sg_status sg_batch_undo(sg_workspace *workspace, int64_t batch, sg_arena *arena, sg_batch *out, sg_err *err)
{
    bool found = false;
    sg_store *store;
    sg_status status = sg_workspace_need_store(workspace, &store, err);

    if (status == SG_OK)
        status = sg_store_get_batch(store, batch, out, &found, err);
    if (status != SG_OK)
        return status;
    if (found && out->state == SG_BATCH_HELD)
        return drop_held(workspace, batch, out, arena, err);
    return sg_store_undo(store, batch, out, err);
}
