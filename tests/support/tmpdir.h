/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A private temporary folder for a test, and small files in it. For fixtures: whatever goes wrong here fails the
 * test. Uses libc alone, so that it can serve the tests of base too.
 */
#ifndef SG_TEST_SUPPORT_TMPDIR_H
#define SG_TEST_SUPPORT_TMPDIR_H

#include <stdbool.h>
#include <stddef.h>

/* A new folder of mode 0700 under TMPDIR (else /tmp). The caller gives the path to sg_tmpdir_remove, which frees it. */
char *sg_tmpdir_make(void);
void sg_tmpdir_remove(
    char *folder); /* with all in it, links not followed, modes no hindrance; NULL is fine */

/* folder/name; malloc'd, freed by the caller. */
char *sg_tmpdir_path(const char *folder, const char *name);

/* Writes folder/name, replacing it; length bytes, or a whole text. Folders in name are made. */
void sg_tmpdir_write(const char *folder, const char *name, const void *data, size_t length);
void sg_tmpdir_write_text(const char *folder, const char *name, const char *text);

/* The whole of folder/name with a NUL behind it, malloc'd, freed by the caller. out_length may be NULL. */
char *sg_tmpdir_read(const char *folder, const char *name, size_t *out_length);
bool sg_tmpdir_exists(const char *folder, const char *name); /* also a dangling link */

/* As setup and teardown of a cmocka test or group: *state is the folder. */
int sg_tmpdir_setup(void **state);
int sg_tmpdir_teardown(void **state);

#endif
