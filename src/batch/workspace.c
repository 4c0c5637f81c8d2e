/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workspace.h"

#include <stdlib.h>
#include <string.h>

#include "skillgain/store/kept.h"

static sg_status make_folders(sg_arena *arena, const char *folder, sg_err *err)
{
    static const char *const names[] = {"inbox", "crosswalks", "output"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = sg_path_join(arena, folder, names[i]);
        sg_status status = path ? sg_folder_make(path, 0700, err) : sg_no_memory(err);

        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}

sg_status sg_workspace_create(const char *folder, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const char *file = arena ? sg_path_join(arena, folder, "skillgain.yaml") : NULL;
    const char *key = arena ? sg_path_join(arena, folder, "key") : NULL;
    const char *text = sg_config_template();
    sg_status status;

    if (!file || !key)
        return sg_no_memory(err);
    if (sg_path_exists(file))
        return sg_fail(err, SG_USAGE, "'%s' is a workspace already; nothing was changed", folder);
    status = sg_folder_make(folder, 0700, err);
    if (status == SG_OK)
        status = make_folders(arena, folder, err);
    /* An older key is the only way to an older store's learners: it is never replaced. */
    if (status == SG_OK && !sg_path_exists(key))
        status = sg_key_create(key, err);
    if (status == SG_OK)
        status = sg_file_write(file, text, strlen(text), 0600, err);
    return status;
}

static sg_status set_paths(sg_workspace *w, sg_err *err)
{
    w->drafts = sg_path_join(w->arena, w->config->output, "drafts");
    w->editions = sg_path_join(w->arena, w->config->output, "editions");
    w->archive = sg_path_join(w->arena, w->config->folder, "archive");
    return w->drafts && w->editions && w->archive ? SG_OK : sg_no_memory(err);
}

static sg_status read_files(sg_workspace *w, const char *folder, sg_err *err)
{
    sg_status status = sg_config_load(folder, &w->config, err);

    if (status == SG_OK)
        status = set_paths(w, err);
    if (status == SG_OK)
        status = sg_crosswalks_load(w->config->crosswalks, &w->crosswalks, err);
    if (status == SG_OK)
        status = sg_key_read(w->config->key, &w->key, err);
    return status;
}

static sg_status open_store(sg_workspace *w, sg_store_mode mode, sg_err *err)
{
    const char *lock = sg_path_join(w->arena, w->config->folder, ".lock");
    sg_status status;

    if (!lock)
        return sg_no_memory(err);
    if (mode == SG_STORE_READ && !sg_path_exists(w->config->store))
        return SG_OK;
    if (mode == SG_STORE_WRITE) {
        status = sg_lock_take(lock, &w->lock, err);
        if (status != SG_OK)
            return status;
    }
    status = sg_store_open(w->config->store, mode, &w->store, err);
    if (status == SG_OK)
        status = sg_store_check_key(w->store, &w->key, err);
    /* what an earlier configuration asked for goes as soon as this one does not */
    if (status == SG_OK && mode == SG_STORE_WRITE && !w->config->quality.keep_rows)
        status = sg_store_drop_kept(w->store, err);
    return status;
}

sg_status sg_workspace_open(const char *folder, sg_store_mode mode, sg_workspace **out, sg_err *err)
{
    SG_CLEANUP(sg_workspace_cleanup) sg_workspace *w = calloc(1, sizeof *w);
    sg_status status;

    if (!w)
        return sg_no_memory(err);
    w->lock = -1;
    w->arena = sg_arena_new();
    if (!w->arena)
        return sg_no_memory(err);
    status = read_files(w, folder, err);
    if (status == SG_OK)
        status = open_store(w, mode, err);
    if (status != SG_OK)
        return status;
    *out = w;
    w = NULL;
    return SG_OK;
}

void sg_workspace_close(sg_workspace *workspace)
{
    if (!workspace)
        return;
    sg_store_close(workspace->store);
    sg_lock_release(workspace->lock);
    sg_crosswalks_free(workspace->crosswalks);
    sg_config_free(workspace->config);
    sg_arena_free(workspace->arena);
    memset(&workspace->key, 0, sizeof workspace->key);
    free(workspace);
}

const sg_config *sg_workspace_config(const sg_workspace *workspace)
{
    return workspace->config;
}

sg_store *sg_workspace_store(const sg_workspace *workspace)
{
    return workspace->store;
}

const char *sg_workspace_latest(const sg_workspace *workspace)
{
    return sg_path_join(workspace->arena, workspace->drafts, "latest");
}

sg_status sg_workspace_need_store(const sg_workspace *workspace, sg_store **out, sg_err *err)
{
    *out = workspace->store;
    if (!workspace->store)
        return sg_fail(err, SG_USAGE,
                       "nothing was imported yet; put exports into '%s' and run 'skillgain run'",
                       workspace->config->inbox);
    return SG_OK;
}

sg_status sg_staging_make(const char *path, unsigned mode, sg_err *err)
{
    sg_status status = sg_folder_remove(path, err);

    return status == SG_OK ? sg_folder_make(path, mode, err) : status;
}
