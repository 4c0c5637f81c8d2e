/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/ingest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "passage.h"
#include "reading.h"

enum { CHUNK = 256 * 1024 };

typedef struct {
    const char *path;
    int fd;
    struct stat before; /* of a file: it must not change while it is read */
    bool is_file;
} source_file;

static void close_source(source_file *source)
{
    if (source->is_file && source->fd >= 0)
        (void)close(source->fd); /* only read from */
}

static sg_status check_source(source_file *source, sg_err *err)
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

static sg_status open_source(const char *path, source_file *out, sg_err *err)
{
    *out = (source_file){.path = path, .fd = STDIN_FILENO};
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

static sg_status read_chunk(const source_file *source, char *chunk, size_t *out_n, sg_err *err)
{
    ssize_t n;
    do
        n = read(source->fd, chunk, CHUNK);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return sg_fail(err, SG_FAILED, "cannot read '%s' to its end: %s", source->path, strerror(errno));
    *out_n = (size_t)n;
    return SG_OK;
}

/* An export that is still being written is a torn one. */
static sg_status check_unchanged(const source_file *source, sg_err *err)
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

/* A gzip file is as far as its own bytes are. */
static void show_progress(const source_file *source, const sg_reading *reading, int64_t done)
{
    const sg_progress_facts facts = {.subject = source->is_file ? sg_path_base(source->path)
                                                                : "standard input",
                                     .rows = sg_reading_rows(reading),
                                     .bytes = done,
                                     .total = source->is_file ? (int64_t)source->before.st_size : 0};
    sg_progress(&facts);
}

static sg_status read_source(const source_file *source, const sg_reading *reading, sg_passage *passage,
                             sg_err *err)
{
    char *chunk SG_AUTO_FREE = malloc(CHUNK);
    size_t n = 0;
    if (chunk == NULL)
        return sg_no_memory(err);
    for (int64_t done = 0;; done += (int64_t)n) {
        show_progress(source, reading, done);
        sg_status status = read_chunk(source, chunk, &n, err);
        if (status != SG_OK || n == 0)
            return status;
        status = sg_passage_feed(passage, chunk, n, err);
        if (status != SG_OK)
            return status;
    }
}

static sg_status ingest(const source_file *source, sg_reading *reading, sg_batch *out, sg_err *err)
{
    SG_CLEANUP(sg_passage_cleanup) sg_passage *passage = NULL;
    sg_status status = sg_passage_new(reading, out, &passage, err);
    if (status == SG_OK)
        status = read_source(source, reading, passage, err);
    sg_progress_end();
    if (status == SG_OK)
        status = check_unchanged(source, err);
    return status == SG_OK ? sg_passage_end(passage, err) : status;
}

sg_status sg_ingest_file(const char *path, const sg_ingest_options *options, const sg_sink *sink,
                         sg_batch *out, sg_err *err)
{
    SG_CLEANUP(sg_reading_cleanup) sg_reading *reading = NULL;
    bool is_stream = strcmp(path, "-") == 0;
    source_file source;
    sg_status status = sg_reading_new(is_stream ? "standard input" : sg_path_base(path), options, sink, out,
                                      &reading, err);
    if (status != SG_OK)
        return status;
    status = open_source(path, &source, err);
    if (status == SG_OK && source.is_file)
        sg_reading_expect(reading, source.before.st_size);
    if (status == SG_OK)
        status = ingest(&source, reading, out, err);
    close_source(&source);
    return status;
}

/* ---- the header alone ---- */

/* In small pieces, so that few rows are read for nothing. */
static sg_status pass_head(const sg_reading *reading, sg_passage *passage, const char *bytes, size_t n,
                           sg_err *err)
{
    enum { PIECE = 4096 };
    sg_status status = SG_OK;
    for (size_t at = 0; at < n && status == SG_OK && sg_reading_crosswalk(reading) == NULL; at += PIECE)
        status = sg_passage_feed(passage, bytes + at, n - at < PIECE ? n - at : PIECE, err);
    return status;
}

static sg_status read_head(const source_file *source, sg_reading *reading, sg_batch *batch, sg_err *err)
{
    SG_CLEANUP(sg_passage_cleanup) sg_passage *passage = NULL;
    char *chunk SG_AUTO_FREE = malloc(CHUNK);
    size_t n = 1;
    sg_status status = chunk != NULL ? sg_passage_new(reading, batch, &passage, err) : sg_no_memory(err);
    while (status == SG_OK && n > 0 && sg_reading_crosswalk(reading) == NULL) {
        status = read_chunk(source, chunk, &n, err);
        if (status == SG_OK)
            status = n > 0 ? pass_head(reading, passage, chunk, n, err) : sg_passage_end(passage, err);
    }
    return status;
}

sg_status sg_ingest_choose(const char *path, const sg_ingest_options *options, const sg_crosswalk **out,
                           sg_err *err)
{
    SG_CLEANUP(sg_reading_cleanup) sg_reading *reading = NULL;
    static const sg_sink nobody = {0};
    sg_batch batch;
    source_file source;
    sg_err why = {0};
    sg_ingest_options alone = *options;
    alone.jobs = 1;
    *out = NULL;
    sg_status status = sg_reading_new(sg_path_base(path), &alone, &nobody, &batch, &reading, err);
    if (status == SG_OK)
        status = open_source(path, &source, err);
    if (status != SG_OK)
        return status;
    status = read_head(&source, reading, &batch, &why);
    close_source(&source);
    if (status != SG_OK && status != SG_REFUSED)
        return sg_fail(err, status, "%s", why.message);
    *out = sg_reading_crosswalk(reading);
    return SG_OK;
}
