/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to base: what files, folders and keys share. Failures of the system are worded here, alike everywhere.
 */
#ifndef SG_BASE_FILE_IO_H
#define SG_BASE_FILE_IO_H

#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "skillgain/base/err.h"
#include "skillgain/base/text.h"

/* "cannot <doing> '<path>': <what the system says>; <what to do>". */
sg_status sg_io_fail(sg_err *err, const char *doing, const char *path, int error);

/* Opens a regular file for reading; anything else (a folder, a pipe) is refused without waiting for it. `flags` may add
 * O_NOFOLLOW. The caller closes *out_fd. */
sg_status sg_io_open(const char *path, int flags, int *out_fd, struct stat *out_about,
                     sg_err *err) SG_MUST_CHECK;

/* Like read, but never cut short by a signal: fewer bytes than asked for only at the end. -1: errno. */
ssize_t sg_io_read(int fd, void *data, size_t length);

/* Like fsync, but done over after a signal, and no failure where the file system knows no such thing. */
bool sg_io_sync(int fd);

void sg_io_close(int *fd); /* of what was only read; for SG_CLEANUP */

/* The folder that holds `path`, appended: "." or "/" where the path names none. */
void sg_io_folder_of(sg_str *out, const char *path);

/* As sg_file_write, but a file that is there already stays as it is and is an error (EEXIST). */
sg_status sg_io_write_new(const char *path, const void *data, size_t length, unsigned mode,
                          sg_err *err) SG_MUST_CHECK;

#endif
