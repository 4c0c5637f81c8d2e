/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void sg_source_close(sg_source *source)
{
    if (source->is_file && source->fd >= 0)
        (void)close(source->fd); /* only read from */
}

static sg_status check_source(sg_source *source, sg_err *err)
{
    if (fstat(source->fd, &source->before) != 0)
        return sg_fail(err, SG_FAILED, "cannot read '%s': %s", source->path, strerror(errno));
    if (S_ISDIR(source->before.st_mode))
        return sg_fail(err, SG_FAILED, "cannot read '%s': it is a folder; name a file in it", source->path);
    if (!S_ISREG(source->before.st_mode))
        return sg_fail(err, SG_FAILED, "cannot read '%s': it is no regular file; give a pipe as '-'",
                       source->path);
    return SG_OK;
}

sg_status sg_source_open(const char *path, sg_source *out, sg_err *err)
{
    *out = (sg_source){.path = path, .fd = STDIN_FILENO};
    if (strcmp(path, "-") == 0)
        return SG_OK;
    out->is_file = true;
    out->fd = open(path,
                   O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); /* a pipe by this name must not hang us */
    if (out->fd < 0)
        return sg_fail(err, SG_FAILED, "cannot read '%s': %s; check its name and its permissions", path,
                       strerror(errno));
    return check_source(out, err);
}

sg_status sg_source_read(const sg_source *source, char *chunk, size_t *out_n, sg_err *err)
{
    ssize_t n;
    do
        n = read(source->fd, chunk, SG_SOURCE_CHUNK);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return sg_fail(err, SG_FAILED, "cannot read '%s' to its end: %s", source->path, strerror(errno));
    *out_n = (size_t)n;
    return SG_OK;
}

sg_status sg_source_check_unchanged(const sg_source *source, sg_err *err)
{
    struct stat now;
    if (!source->is_file)
        return SG_OK;
    if (fstat(source->fd, &now) != 0)
        return sg_fail(err, SG_FAILED, "cannot read '%s': %s", source->path, strerror(errno));
    if (now.st_size == source->before.st_size && now.st_mtim.tv_sec == source->before.st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == source->before.st_mtim.tv_nsec)
        return SG_OK;
    return sg_fail(err, SG_FAILED, "'%s' changed while it was read: run again when it is written whole",
                   source->path);
}
