/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_io.h"

enum { CREATE_ATTEMPTS = 16 };

char *sg_path_join(sg_arena *arena, const char *folder, const char *name)
{
    size_t length = strlen(folder);
    if (name[0] == '/' || length == 0)
        return sg_arena_strdup(arena, name);
    return sg_arena_printf(arena, "%s%s%s", folder, folder[length - 1] == '/' ? "" : "/", name);
}

const char *sg_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

bool sg_path_exists(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

bool sg_path_is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

sg_status sg_file_read(sg_arena *arena, const char *path, size_t limit, char **out_text, size_t *out_length,
                       sg_err *err)
{
    int fd SG_CLEANUP(sg_io_close) = -1;
    struct stat about;
    sg_status status = sg_io_open(path, 0, &fd, &about, err);
    if (status != SG_OK)
        return status;
    if (about.st_size < 0 || (uintmax_t)about.st_size > limit)
        return sg_fail(err, SG_FAILED, "cannot read '%s': it has more than the %zu bytes that are allowed",
                       path, limit);
    size_t length = (size_t)about.st_size;
    char *text = length < SIZE_MAX ? sg_arena_alloc(arena, length + 1, 1) : NULL;
    if (text == NULL)
        return sg_no_memory(err);
    /* One byte more is asked for: what grows or shrinks while it is read would be taken in half. */
    ssize_t n = sg_io_read(fd, text, length + 1);
    if (n < 0)
        return sg_io_fail(err, "read", path, errno);
    if ((size_t)n != length)
        return sg_fail(err, SG_FAILED, "cannot read '%s': it changed while it was read; run again", path);
    *out_text = text;
    *out_length = length;
    return SG_OK;
}

/* A file to be written: its folder, its name there, and the hidden name it bears until it is whole. */
typedef struct {
    int folder;
    const char *name;
    sg_str temporary;
    int lock; /* held on the temporary from its creation until it is renamed or removed */
} place;

static void leave_place(place *p)
{
    sg_str_release(&p->temporary);
    sg_io_close(&p->lock);
    sg_io_close(&p->folder);
}

static sg_status find_place(place *p, const char *path, sg_err *err)
{
    sg_str folder = {0};
    sg_io_folder_of(&folder, path);
    p->name = sg_path_base(path);
    sg_str_printf(&p->temporary, ".%s.tmp", p->name);
    sg_status status = SG_OK;
    if (folder.failed || p->temporary.failed)
        status = sg_no_memory(err);
    else if (p->name[0] == '\0')
        status = sg_fail(err, SG_FAILED, "cannot write '%s': it names a folder; give the path of a file",
                         path);
    else
        p->folder = open(folder.text, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (status == SG_OK && p->folder < 0)
        status = sg_io_fail(err, "open the folder", folder.text, errno);
    sg_str_release(&folder);
    return status;
}

/* Is what the name stands for (still) the open file? */
static bool is_same_file(int folder, const char *name, int fd)
{
    struct stat named, opened;
    if (fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) != 0 || fstat(fd, &opened) != 0)
        return false;
    return named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
}

/* Removes what a killed process left under the temporary's name. One that is being written is locked: false, EWOULDBLOCK. */
static bool remove_leftover(const place *p)
{
    struct stat about;
    const char *name = p->temporary.text;
    if (fstatat(p->folder, name, &about, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT;
    if (!S_ISREG(about.st_mode))
        return unlinkat(p->folder, name, 0) == 0;
    int fd SG_CLEANUP(sg_io_close) = openat(p->folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        return false;
    return !is_same_file(p->folder, name, fd) || unlinkat(p->folder, name, 0) == 0;
}

/* Locks the temporary just made. Between creation and lock another process may have taken it for a leftover, and removed
 * it. */
static bool claim_temporary(const place *p, int fd)
{
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        bool is_ours = is_same_file(p->folder, p->temporary.text, fd);
        errno = EWOULDBLOCK;
        return is_ours;
    }
    int error = errno;
    if (error != EWOULDBLOCK) /* no locks here: nobody else can be at it, and nothing may be left */
        (void)unlinkat(p->folder, p->temporary.text, 0);
    errno = error;
    return false;
}

static int create_temporary(const place *p)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    for (int i = 0; i < CREATE_ATTEMPTS; i++) {
        int fd = openat(p->folder, p->temporary.text, flags, 0600);
        if (fd < 0 && (errno != EEXIST || !remove_leftover(p)))
            return -1;
        if (fd < 0)
            continue;
        if (claim_temporary(p, fd))
            return fd;
        int error = errno;
        sg_io_close(&fd);
        errno = error;
        if (error != EWOULDBLOCK)
            return -1;
    }
    errno = EWOULDBLOCK;
    return -1;
}

static bool write_all(int fd, const void *data, size_t length)
{
    const char *at = data;
    while (length > 0) {
        ssize_t n = write(fd, at, length);
        if (n < 0 && errno != EINTR)
            return false;
        if (n == 0) {
            errno = EIO; /* nothing written and nothing said about it would be tried for ever */
            return false;
        }
        at += n > 0 ? n : 0;
        length -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* Writes, flushes and closes; a signal during close leaves the file closed and, after the flush, whole. */
static bool fill_file(int fd, const void *data, size_t length, unsigned mode)
{
    bool filled = fchmod(fd, (mode_t)mode) == 0 && write_all(fd, data, length) && sg_io_sync(fd);
    int error = errno;
    if (close(fd) != 0 && errno != EINTR && filled)
        return false;
    errno = error;
    return filled;
}

/* Gives the file its name. A link, unlike a rename, does not replace what bears it. */
static bool name_file(const place *p, bool replace)
{
    const char *temporary = p->temporary.text;
    if (replace)
        return renameat(p->folder, temporary, p->folder, p->name) == 0;
    return linkat(p->folder, temporary, p->folder, p->name, 0) == 0 && unlinkat(p->folder, temporary, 0) == 0;
}

static bool write_place(place *p, const void *data, size_t length, unsigned mode, bool replace)
{
    int fd = create_temporary(p);
    if (fd < 0)
        return false;
    p->lock = fcntl(fd, F_DUPFD_CLOEXEC, 0); /* shares the lock, which so outlives the checked close */
    bool duplicated = p->lock >= 0;
    int error = errno;
    bool filled = fill_file(fd, data, length, mode);
    if (!duplicated)
        errno = error;
    if (duplicated && filled && name_file(p, replace))
        return sg_io_sync(p->folder);
    error = errno;
    (void)unlinkat(p->folder, p->temporary.text, 0); /* what failed before is what is told */
    errno = error;
    return false;
}

static sg_status write_file(const char *path, const void *data, size_t length, unsigned mode, bool replace,
                            sg_err *err)
{
    place p SG_CLEANUP(leave_place) = {.folder = -1, .lock = -1};
    sg_status status = find_place(&p, path, err);
    if (status != SG_OK)
        return status;
    if (write_place(&p, data, length, mode, replace))
        return SG_OK;
    if (errno == EWOULDBLOCK)
        return sg_fail(err, SG_BUSY, "cannot write '%s': another process is writing it; try again", path);
    return sg_io_fail(err, "write", path, errno);
}

sg_status sg_file_write(const char *path, const void *data, size_t length, unsigned mode, sg_err *err)
{
    return write_file(path, data, length, mode, true, err);
}

sg_status sg_io_write_new(const char *path, const void *data, size_t length, unsigned mode, sg_err *err)
{
    return write_file(path, data, length, mode, false, err);
}

/* The look beforehand is for the message; the writing itself replaces nothing. */
sg_status sg_file_write_new(const char *path, const void *data, size_t length, unsigned mode, sg_err *err)
{
    if (sg_path_exists(path))
        return sg_fail(err, SG_USAGE, "'%s' is there already, and is not replaced: name a new file", path);
    return sg_io_write_new(path, data, length, mode, err);
}

static sg_status sync_folder_of(const char *path, sg_err *err)
{
    sg_str folder = {0};
    sg_io_folder_of(&folder, path);
    sg_status status = folder.failed ? sg_no_memory(err) : sg_folder_sync(folder.text, err);
    sg_str_release(&folder);
    return status;
}

sg_status sg_path_rename(const char *from, const char *to, sg_err *err)
{
    if (rename(from, to) != 0) {
        int error = errno;
        sg_status status = sg_io_fail(err, "rename to", to, error);
        return sg_wrap(err, status, "'%s'", from);
    }
    sg_status status = sync_folder_of(to, err);
    /* The old name is gone for good only when its folder is flushed too. */
    return status == SG_OK ? sync_folder_of(from, err) : status;
}

sg_status sg_link_replace(const char *link, const char *target, sg_err *err)
{
    place p SG_CLEANUP(leave_place) = {.folder = -1, .lock = -1};
    sg_status status = find_place(&p, link, err);
    if (status != SG_OK)
        return status;
    const char *temporary = p.temporary.text;
    bool made = symlinkat(target, p.folder, temporary) == 0;
    if (!made && errno == EEXIST)
        made = remove_leftover(&p) && symlinkat(target, p.folder, temporary) == 0;
    if (made && renameat(p.folder, temporary, p.folder, p.name) == 0 && sg_io_sync(p.folder))
        return SG_OK;
    int error = errno;
    if (made)
        (void)unlinkat(p.folder, temporary, 0); /* what failed before is what is told */
    return sg_io_fail(err, "make the link", link, error);
}
