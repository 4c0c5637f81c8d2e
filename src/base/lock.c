/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/file_io.h"
#include "skillgain/base/file.h"

sg_status sg_lock_take(const char *path, int *out_fd, sg_err *err)
{
    /* The file is never removed: its name must stay with the file that is locked. */
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
    if (fd < 0)
        return sg_io_fail(err, "open the lock", path, errno);
    struct stat about;
    int error = fstat(fd, &about) != 0 ? errno : 0;
    if (error == 0 && S_ISREG(about.st_mode)) {
        while (flock(fd, LOCK_EX | LOCK_NB) != 0 && error == 0)
            error = errno == EINTR ? 0 : errno;
        if (error == 0) {
            *out_fd = fd;
            return SG_OK;
        }
    }
    sg_io_close(&fd);
    if (error == EWOULDBLOCK)
        return sg_fail(err, SG_BUSY,
                       "another run holds the workspace (lock '%s'): try again when it has ended", path);
    if (error != 0)
        return sg_io_fail(err, "lock", path, error);
    return sg_fail(err, SG_FAILED, "cannot lock '%s': it is no regular file; move it away", path);
}

void sg_lock_release(int fd)
{
    sg_io_close(&fd); /* nothing is ever written to it */
}
