/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file_io.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const struct {
    int error;
    const char *what_to_do;
} advice[] = {
    {ENOSPC, "free some space on its disk, then run again"},
    {EDQUOT, "its disk quota is used up: free some space, then run again"},
    {EFBIG, "raise the limit on the size of files (ulimit -f)"},
    {EROFS, "its file system is read-only: mount it writable or choose another place"},
    {EACCES, "give this user the right to it or choose another place"},
    {EPERM, "give this user the right to it or choose another place"},
    {ENOENT, "check the path"},
    {ENOTDIR, "check the path: a part of it is no folder"},
    {EISDIR, "a folder stands in its place: move it away"},
    {EEXIST, "move away what stands in its place"},
    {ENOTEMPTY, "a folder that is not empty stands in its place: move it away"},
    {ELOOP, "it is a symbolic link, which is not followed here: put the thing itself in its place"},
    {ENAMETOOLONG, "choose a shorter path"},
    {EMFILE, "raise the limit on open files (ulimit -n)"},
    {ENFILE, "close other programs: the system has no open files left"},
    {EXDEV, "both must be on one file system"},
    {EIO, "the disk may be failing: see the log of the system"},
};

static const char *advice_on(int error)
{
    for (size_t i = 0; i < sizeof advice / sizeof advice[0]; i++)
        if (advice[i].error == error)
            return advice[i].what_to_do;
    return NULL;
}

sg_status sg_io_fail(sg_err *err, const char *doing, const char *path, int error)
{
    const char *said = strerror(error);
    const char *what_to_do = advice_on(error);
    /* Messages are in lower case; so is the first word of what the system says. */
    char first = said[0];
    if (first >= 'A' && first <= 'Z')
        first = (char)(first - 'A' + 'a');
    const char *rest = first != '\0' ? said + 1 : "";
    return sg_fail(err, SG_FAILED, "cannot %s '%s': %c%s%s%s", doing, path, first, rest,
                   what_to_do != NULL ? "; " : "", what_to_do != NULL ? what_to_do : "");
}

sg_status sg_io_open(const char *path, int flags, int *out_fd, struct stat *out_about, sg_err *err)
{
    /* Non-blocking: a pipe without a writer would hold the program for ever. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags);
    if (fd < 0)
        return sg_io_fail(err, "open", path, errno);
    int error = fstat(fd, out_about) == 0 ? 0 : errno;
    if (error == 0 && S_ISREG(out_about->st_mode)) {
        *out_fd = fd;
        return SG_OK;
    }
    (void)close(fd); /* nothing was written */
    if (error != 0)
        return sg_io_fail(err, "look at", path, error);
    return sg_fail(err, SG_FAILED, "cannot read '%s': it is %s; give the path of a file", path,
                   S_ISDIR(out_about->st_mode) ? "a folder" : "no regular file");
}

ssize_t sg_io_read(int fd, void *data, size_t length)
{
    size_t done = 0;
    while (done < length) {
        ssize_t n = read(fd, (char *)data + done, length - done);
        if (n < 0 && errno != EINTR)
            return -1;
        if (n == 0)
            break;
        done += n > 0 ? (size_t)n : 0;
    }
    return (ssize_t)done;
}

bool sg_io_sync(int fd)
{
    while (fsync(fd) != 0) {
        if (errno == EINVAL || errno == ENOTSUP)
            return true;
        if (errno != EINTR)
            return false;
    }
    return true;
}

void sg_io_close(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd); /* only read: nothing can be lost */
}

void sg_io_folder_of(sg_str *out, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        sg_str_add(out, ".");
    else
        sg_str_add_n(out, path, slash > path ? (size_t)(slash - path) : 1);
}
