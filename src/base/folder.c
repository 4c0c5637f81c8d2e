/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_io.h"
#include "skillgain/base/file.h"

/* Folders below one that is removed. Each level holds a descriptor; ours are three deep. */
enum { MAX_DEPTH = 32 };

static void close_listing(DIR **listing)
{
    if (*listing != NULL)
        (void)closedir(*listing); /* only read: nothing can be lost */
}

sg_status sg_folder_sync(const char *path, sg_err *err)
{
    int fd SG_CLEANUP(sg_io_close) = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return sg_io_fail(err, "open the folder", path, errno);
    return sg_io_sync(fd) ? SG_OK : sg_io_fail(err, "flush the folder", path, errno);
}

/* The mode is set on what was made here, whatever the umask; what was there keeps its own. */
static bool set_folder_mode(const char *path, unsigned mode)
{
    int fd SG_CLEANUP(sg_io_close) = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return fd >= 0 && fchmod(fd, (mode_t)mode) == 0;
}

static sg_status make_folder(const char *path, unsigned mode, sg_err *err)
{
    /* Made as closed as it can be used, opened to others afterwards: never more open than asked for. */
    if (mkdir(path, (mode_t)(mode & 0700)) != 0) {
        int error = errno;
        if (sg_path_is_folder(path))
            return SG_OK;
        return sg_io_fail(err, "make the folder", path, error);
    }
    if (!set_folder_mode(path, mode))
        return sg_io_fail(err, "set the rights of the folder", path, errno);
    sg_str parent = {0};
    sg_io_folder_of(&parent, path);
    sg_status status = parent.failed ? sg_no_memory(err) : sg_folder_sync(parent.text, err);
    sg_str_release(&parent);
    return status;
}

sg_status sg_folder_make(const char *path, unsigned mode, sg_err *err)
{
    sg_str whole = {0};
    sg_status status = SG_OK;
    sg_str_add(&whole, path);
    while (whole.length > 1 && whole.text[whole.length - 1] == '/')
        whole.text[--whole.length] = '\0';
    if (whole.failed)
        status = sg_no_memory(err);
    else if (whole.length == 0)
        status = sg_io_fail(err, "make the folder", path, ENOENT);
    for (size_t i = 1; status == SG_OK && i < whole.length; i++) {
        if (whole.text[i] != '/' || whole.text[i - 1] == '/')
            continue;
        whole.text[i] = '\0';
        status = make_folder(whole.text, mode, err);
        whole.text[i] = '/';
    }
    if (status == SG_OK)
        status = make_folder(whole.text, mode, err);
    sg_str_release(&whole);
    return status;
}

static bool is_dot(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool remove_entry(int parent, const char *name, int depth);

static bool remove_inside(DIR *listing, int depth)
{
    errno = 0;
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (!is_dot(entry->d_name) && !remove_entry(dirfd(listing), entry->d_name, depth + 1))
            return false;
        errno = 0;
    }
    return errno == 0;
}

/* Removes a file, a link (not what it leads to) or a folder with all in it; what is gone already is fine. Goes down by
 * descriptors, so that a link put in the way meanwhile leads nowhere. */
static bool remove_entry(int parent, const char *name, int depth)
{
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return true;
    if (errno != EISDIR && errno != EPERM) /* how a folder is told: by Linux, by POSIX */
        return false;
    if (depth > MAX_DEPTH) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return false;
    DIR *listing SG_CLEANUP(close_listing) = fdopendir(fd);
    if (listing == NULL) {
        sg_io_close(&fd);
        return false;
    }
    return remove_inside(listing, depth) && unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

sg_status sg_folder_remove(const char *path, sg_err *err)
{
    return remove_entry(AT_FDCWD, path, 0) ? SG_OK : sg_io_fail(err, "remove", path, errno);
}

static int compare_names(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* The names as the system gives them, in a malloc'd array that grows; errno tells why not. */
static bool read_names(DIR *listing, sg_arena *arena, char ***names, size_t *capacity, size_t *n)
{
    errno = 0;
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (entry->d_name[0] != '.') {
            char *name = sg_arena_strdup(arena, entry->d_name);
            if (name == NULL || !sg_grow(names, capacity, *n + 1, sizeof **names)) {
                errno = ENOMEM;
                return false;
            }
            (*names)[(*n)++] = name;
        }
        errno = 0;
    }
    return errno == 0;
}

sg_status sg_folder_list(sg_arena *arena, const char *path, char ***out_names, size_t *out_n, sg_err *err)
{
    DIR *listing SG_CLEANUP(close_listing) = opendir(path);
    if (listing == NULL)
        return sg_io_fail(err, "list the folder", path, errno);
    char **names SG_AUTO_FREE = NULL;
    size_t capacity = 0, n = 0;
    if (!read_names(listing, arena, &names, &capacity, &n))
        return errno == ENOMEM ? sg_no_memory(err) : sg_io_fail(err, "list the folder", path, errno);
    char **sorted = sg_arena_alloc(arena, n, sizeof *sorted);
    if (sorted == NULL)
        return sg_no_memory(err);
    if (n > 0) {
        qsort(names, n, sizeof *names, compare_names);
        memcpy(sorted, names, n * sizeof *names);
    }
    *out_names = sorted;
    *out_n = n;
    return SG_OK;
}
