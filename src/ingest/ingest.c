/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/ingest.h"

#include <stdlib.h>
#include <string.h>

#include "inflate.h"
#include "reading.h"
#include "source.h"

/* What the source's bytes go through on their way: gzip files are inflated, and told apart by their first bytes. */
typedef struct {
    sg_reading *reading;
    sg_inflater *inflater; /* NULL: the bytes are taken as they are */
    sg_sha256 *digest;     /* of a gzip file, as delivered */
    int64_t bytes;
} passage;

static void close_passage(passage *through)
{
    sg_inflater_free(through->inflater);
    sg_sha256_free(through->digest);
}

static sg_status feed_reading(void *context, const void *bytes, size_t n, sg_err *err)
{
    return sg_reading_feed(context, bytes, n, err);
}

static sg_status pass_bytes(passage *through, const char *bytes, size_t n, sg_err *err)
{
    sg_status status = SG_OK;
    if (through->bytes == 0 && sg_is_gzip(bytes, n)) {
        status = sg_inflater_new(&through->inflater, err);
        through->digest = sg_sha256_new();
        if (status == SG_OK && through->digest == NULL)
            status = sg_no_memory(err);
    }
    through->bytes += (int64_t)n;
    if (status != SG_OK)
        return status;
    if (through->inflater == NULL)
        return sg_reading_feed(through->reading, bytes, n, err);
    sg_sha256_add(through->digest, bytes, n);
    return sg_inflater_feed(through->inflater, bytes, n, feed_reading, through->reading, err);
}

/* A gzip file is as far as its own bytes are. */
static void show_progress(const sg_source *source, const passage *through)
{
    const sg_progress_facts facts = {.subject = source->is_file ? sg_path_base(source->path)
                                                                : "standard input",
                                     .rows = sg_reading_rows(through->reading),
                                     .bytes = through->bytes,
                                     .total = source->is_file ? (int64_t)source->before.st_size : 0};
    sg_progress(&facts);
}

static sg_status read_source(const sg_source *source, passage *through, sg_err *err)
{
    char *chunk SG_AUTO_FREE = malloc(SG_SOURCE_CHUNK);
    size_t n = 0;
    if (chunk == NULL)
        return sg_no_memory(err);
    for (;;) {
        show_progress(source, through);
        sg_status status = sg_source_read(source, chunk, &n, err);
        if (status != SG_OK || n == 0)
            return status;
        status = pass_bytes(through, chunk, n, err);
        if (status != SG_OK)
            return status;
    }
}

static sg_status ingest(const sg_source *source, sg_reading *reading, sg_batch *out, sg_err *err)
{
    SG_CLEANUP(close_passage) passage through = {.reading = reading};
    sg_status status = read_source(source, &through, err);
    sg_progress_end();
    if (status == SG_OK)
        status = sg_source_check_unchanged(source, err);
    if (status == SG_OK && through.inflater != NULL && !sg_inflater_is_whole(through.inflater))
        status = sg_fail(err, SG_REFUSED,
                         "the gzip file ends before its data do: it was cut off; deliver it again");
    if (status == SG_OK)
        status = sg_reading_end(reading, err);
    if (through.inflater != NULL) { /* the batch is known by what was delivered */
        sg_sha256_text(through.digest, out->sha256);
        out->bytes = through.bytes;
    }
    return status;
}

sg_status sg_ingest_file(const char *path, const sg_ingest_options *options, const sg_sink *sink,
                         sg_batch *out, sg_err *err)
{
    SG_CLEANUP(sg_reading_cleanup) sg_reading *reading = NULL;
    bool is_stream = strcmp(path, "-") == 0;
    sg_source source;
    sg_status status = sg_reading_new(is_stream ? "standard input" : sg_path_base(path), options, sink, out,
                                      &reading, err);
    if (status != SG_OK)
        return status;
    status = sg_source_open(path, &source, err);
    if (status == SG_OK && source.is_file)
        sg_reading_expect(reading, source.before.st_size);
    if (status == SG_OK)
        status = ingest(&source, reading, out, err);
    sg_source_close(&source);
    return status;
}

/* ---- the header alone ---- */

/* In small pieces, so that few rows are read for nothing. */
static sg_status pass_head(passage *through, const char *bytes, size_t n, sg_err *err)
{
    enum { PIECE = 4096 };
    sg_status status = SG_OK;
    for (size_t at = 0; at < n && status == SG_OK && sg_reading_crosswalk(through->reading) == NULL;
         at += PIECE)
        status = pass_bytes(through, bytes + at, n - at < PIECE ? n - at : PIECE, err);
    return status;
}

static sg_status read_head(const sg_source *source, sg_reading *reading, sg_err *err)
{
    SG_CLEANUP(close_passage) passage through = {.reading = reading};
    char *chunk SG_AUTO_FREE = malloc(SG_SOURCE_CHUNK);
    size_t n = 1;
    sg_status status = SG_OK;
    if (chunk == NULL)
        return sg_no_memory(err);
    while (status == SG_OK && n > 0 && sg_reading_crosswalk(reading) == NULL) {
        status = sg_source_read(source, chunk, &n, err);
        if (status == SG_OK)
            status = n > 0 ? pass_head(&through, chunk, n, err) : sg_reading_end(reading, err);
    }
    return status;
}

sg_status sg_ingest_choose(const char *path, const sg_ingest_options *options, const sg_crosswalk **out,
                           sg_err *err)
{
    SG_CLEANUP(sg_reading_cleanup) sg_reading *reading = NULL;
    static const sg_sink nobody = {0};
    sg_batch batch;
    sg_source source;
    sg_err why = {0};
    sg_ingest_options alone = *options;
    alone.jobs = 1;
    *out = NULL;
    sg_status status = sg_reading_new(sg_path_base(path), &alone, &nobody, &batch, &reading, err);
    if (status == SG_OK)
        status = sg_source_open(path, &source, err);
    if (status != SG_OK)
        return status;
    status = read_head(&source, reading, &why);
    sg_source_close(&source);
    if (status != SG_OK && status != SG_REFUSED)
        return sg_fail(err, status, "%s", why.message);
    *out = sg_reading_crosswalk(reading);
    return SG_OK;
}
