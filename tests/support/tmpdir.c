/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/tmpdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/assert.h"

static _Noreturn void fail_at_path(const char *doing, const char *path)
{
    fail_msg("cannot %s '%s': %s", doing, path, strerror(errno));
    abort(); /* not reached: fail_msg jumps back to cmocka, which no compiler can know */
}

char *sg_tmpdir_path(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    assert_non_null(path);
    int length = snprintf(path, size, "%s/%s", folder, name);
    assert_true(length >= 0 && (size_t)length < size);
    return path;
}

char *sg_tmpdir_make(void)
{
    const char *root = getenv("TMPDIR");
    char *folder = sg_tmpdir_path(root != NULL && root[0] == '/' ? root : "/tmp", "skillgain-test-XXXXXX");
    if (mkdtemp(folder) == NULL)
        fail_at_path("make", folder);
    return folder;
}

/* Descends by descriptors, so that a link put in the way leads nowhere. A folder that a test made unreadable is opened again
 * after its mode was mended. */
static void remove_inside(int parent, const char *name)
{
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && fchmodat(parent, name, 0700, 0) == 0)
        fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        fail_at_path("open", name);
    if (fchmod(fd, 0700) != 0)
        fail_at_path("make writable", name);
    DIR *listing = fdopendir(fd);
    if (listing == NULL)
        fail_at_path("list", name);
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove_inside(fd, entry->d_name);
    }
    (void)closedir(listing); /* read only: nothing can be lost */
    if (unlinkat(parent, name, AT_REMOVEDIR) != 0)
        fail_at_path("remove", name);
}

void sg_tmpdir_remove(char *folder)
{
    if (folder == NULL)
        return;
    remove_inside(AT_FDCWD, folder);
    free(folder);
}

static void make_folders(char *path, size_t from)
{
    for (char *slash = strchr(path + from, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            fail_at_path("make", path);
        *slash = '/';
    }
}

void sg_tmpdir_write(const char *folder, const char *name, const void *data, size_t length)
{
    char *path = sg_tmpdir_path(folder, name);
    make_folders(path, strlen(folder) + 1);
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        fail_at_path("write", path);
    bool written = fwrite(data, 1, length, file) == length;
    if (fclose(file) != 0 || !written)
        fail_at_path("write", path);
    free(path);
}

void sg_tmpdir_write_text(const char *folder, const char *name, const char *text)
{
    sg_tmpdir_write(folder, name, text, strlen(text));
}

char *sg_tmpdir_read(const char *folder, const char *name, size_t *out_length)
{
    char *path = sg_tmpdir_path(folder, name);
    struct stat about;
    FILE *file = fopen(path, "rb");
    if (file == NULL || fstat(fileno(file), &about) != 0)
        fail_at_path("open", path);
    char *text = calloc((size_t)about.st_size + 1, 1);
    assert_non_null(text);
    if (fread(text, 1, (size_t)about.st_size, file) != (size_t)about.st_size)
        fail_at_path("read", path);
    (void)fclose(file); /* read only: nothing can be lost */
    free(path);
    if (out_length != NULL)
        *out_length = (size_t)about.st_size;
    return text;
}

bool sg_tmpdir_exists(const char *folder, const char *name)
{
    char *path = sg_tmpdir_path(folder, name);
    struct stat about;
    bool exists = lstat(path, &about) == 0;
    free(path);
    return exists;
}

int sg_tmpdir_setup(void **state)
{
    *state = sg_tmpdir_make();
    return 0;
}

int sg_tmpdir_teardown(void **state)
{
    sg_tmpdir_remove(*state);
    *state = NULL;
    return 0;
}
