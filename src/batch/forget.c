/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "skillgain/store/kept.h"

#include "ids.h"

static sg_status forget_id(sg_workspace *w, const char *const *colleges, size_t n_colleges, const char *id,
                           size_t length, sg_forget_report *out, sg_err *err)
{
    sg_id_pseudonyms all = {0};
    int64_t rows = 0;
    sg_status status = sg_id_add(w, colleges, n_colleges, id, length, &all, err);

    if (status == SG_OK)
        status = sg_store_forget(w->store, all.list, all.n, &rows, err);
    if (all.list)
        memset(all.list, 0, all.n * sizeof *all.list);
    free(all.list);
    out->asked += status == SG_OK;
    out->known += rows > 0;
    out->rows += rows;
    return status;
}

static sg_status count_archive(const sg_workspace *w, sg_arena *arena, sg_forget_report *out, sg_err *err)
{
    char **names = NULL;
    size_t n = 0;
    sg_status status = SG_OK;

    if (sg_path_is_folder(w->archive))
        status = sg_folder_list(arena, w->archive, &names, &n, err);
    out->archived = (int64_t)n;
    return status;
}

sg_status sg_batch_forget(sg_workspace *workspace, const char *ids, sg_forget_report *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const char *const *colleges = NULL;
    size_t n_colleges = 0;
    sg_store *store = NULL;
    int64_t kept = 0;
    sg_status status = arena ? sg_workspace_need_store(workspace, &store, err) : sg_no_memory(err);

    *out = (sg_forget_report){0};
    if (status == SG_OK)
        status = sg_store_colleges(store, arena, &colleges, &n_colleges, err);
    if (status == SG_OK)
        status = sg_store_count_kept(store, 0, &kept, err);
    for (const char *line = ids; *line && status == SG_OK;) {
        size_t length = strcspn(line, "\r\n");

        if (length)
            status = forget_id(workspace, colleges, n_colleges, line, length, out, err);
        line += length + strspn(line + length, "\r\n");
    }
    out->kept = out->asked > 0 ? kept : 0;
    return status == SG_OK ? count_archive(workspace, arena, out, err) : status;
}
