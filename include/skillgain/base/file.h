/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files: whole ones read within a limit; outputs that are seen complete or not at all (temporary in the same folder,
 * flushed, closed with its result checked, renamed, folder flushed); folders; the workspace lock. Symbolic links are
 * not followed for what is written.
 */
#ifndef SKILLGAIN_BASE_FILE_H
#define SKILLGAIN_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skillgain/base/err.h"
#include "skillgain/base/mem.h"

/* an absolute name stays as it is */
char *sg_path_join(sg_arena *arena, const char *folder, const char *name);
const char *sg_path_base(const char *path); /* after the last '/' */

bool sg_path_exists(const char *path);
bool sg_path_is_folder(const char *path);

/* The whole file in the arena with a NUL behind it. More than `limit` bytes: an error that says so. */
sg_status sg_file_read(sg_arena *arena, const char *path, size_t limit, char **out_text, size_t *out_length,
                       sg_err *err) SG_MUST_CHECK;

/* Writes `length` bytes as the file `path` with these permissions, atomically. */
sg_status sg_file_write(const char *path, const void *data, size_t length, unsigned mode,
                        sg_err *err) SG_MUST_CHECK;

/* The same of a new file: where there is one of that name, or anything else, it stays as it is, and that is SG_USAGE. */
sg_status sg_file_write_new(const char *path, const void *data, size_t length, unsigned mode,
                            sg_err *err) SG_MUST_CHECK;

/* parents too; exists: fine */
sg_status sg_folder_make(const char *path, unsigned mode, sg_err *err) SG_MUST_CHECK;
sg_status sg_folder_sync(const char *path, sg_err *err) SG_MUST_CHECK;
sg_status sg_folder_remove(const char *path, sg_err *err) SG_MUST_CHECK; /* with all in it; absent: fine */

/* The names in a folder that don't begin with '.', sorted by bytes. */
sg_status sg_folder_list(sg_arena *arena, const char *path, char ***out_names, size_t *out_n,
                         sg_err *err) SG_MUST_CHECK;

/* and flushes the folder of `to` */
sg_status sg_path_rename(const char *from, const char *to, sg_err *err) SG_MUST_CHECK;
/* symbolic link, atomically */
sg_status sg_link_replace(const char *link, const char *target, sg_err *err) SG_MUST_CHECK;

/* The exclusive lock of a workspace: *out_fd is closed to release it; a dead process holds none. Taken: SG_BUSY. */
sg_status sg_lock_take(const char *path, int *out_fd, sg_err *err) SG_MUST_CHECK;
void sg_lock_release(int fd);

#endif
