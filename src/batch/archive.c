/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "intake.h"

static sg_status move_to_archive(const sg_workspace *w, const char *path, const sg_batch *batch,
                                 sg_arena *arena, sg_err *err)
{
    const char *from = sg_path_join(arena, w->config->inbox, batch->file_name);
    const char *to = sg_arena_printf(arena, "%s/%06lld-%s", w->archive, (long long)batch->id,
                                     batch->file_name);
    sg_status status;

    if (!from || !to)
        return sg_no_memory(err);
    if (!w->config->archive || strcmp(from, path) != 0)
        return SG_OK;
    status = sg_folder_make(w->archive, 0700, err);
    return status == SG_OK ? sg_path_rename(path, to, err) : status;
}

/* A file in the inbox that is in the store goes to the archive, named after its batch, so that a run killed before this
 * leaves the same name as an undisturbed one. It is in the store whatever becomes of this: a failure is only told. */
void sg_archive_file(const sg_workspace *w, const char *path, const sg_batch *batch, sg_arena *arena)
{
    sg_err why = {0};

    if (move_to_archive(w, path, batch, arena, &why) != SG_OK)
        sg_log(SG_LOG_WARNING, "'%s' is in the store as batch %lld, but cannot be moved to the archive: %s",
               path, (long long)batch->id, why.message);
}
