/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/ingest.h"

#include <stdlib.h>
#include <string.h>

#include "passage.h"
#include "reading.h"
#include "source.h"

/* A gzip file is as far as its own bytes are. */
static void show_progress(const sg_source *source, const sg_reading *reading, int64_t done)
{
    const sg_progress_facts facts = {.subject = source->is_file ? sg_path_base(source->path)
                                                                : "standard input",
                                     .rows = sg_reading_rows(reading),
                                     .bytes = done,
                                     .total = source->is_file ? (int64_t)source->before.st_size : 0};
    sg_progress(&facts);
}

static sg_status read_source(const sg_source *source, const sg_reading *reading, sg_passage *passage,
                             sg_err *err)
{
    char *chunk SG_AUTO_FREE = malloc(SG_SOURCE_CHUNK);
    size_t n = 0;
    if (chunk == NULL)
        return sg_no_memory(err);
    for (int64_t done = 0;; done += (int64_t)n) {
        show_progress(source, reading, done);
        sg_status status = sg_source_read(source, chunk, &n, err);
        if (status != SG_OK || n == 0)
            return status;
        status = sg_passage_feed(passage, chunk, n, err);
        if (status != SG_OK)
            return status;
    }
}

static sg_status ingest(const sg_source *source, sg_reading *reading, sg_batch *out, sg_err *err)
{
    SG_CLEANUP(sg_passage_cleanup) sg_passage *passage = NULL;
    sg_status status = sg_passage_new(reading, out, &passage, err);
    if (status == SG_OK)
        status = read_source(source, reading, passage, err);
    sg_progress_end();
    if (status == SG_OK)
        status = sg_source_check_unchanged(source, err);
    return status == SG_OK ? sg_passage_end(passage, err) : status;
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
static sg_status pass_head(const sg_reading *reading, sg_passage *passage, const char *bytes, size_t n,
                           sg_err *err)
{
    enum { PIECE = 4096 };
    sg_status status = SG_OK;
    for (size_t at = 0; at < n && status == SG_OK && sg_reading_crosswalk(reading) == NULL; at += PIECE)
        status = sg_passage_feed(passage, bytes + at, n - at < PIECE ? n - at : PIECE, err);
    return status;
}

static sg_status read_head(const sg_source *source, sg_reading *reading, sg_batch *batch, sg_err *err)
{
    SG_CLEANUP(sg_passage_cleanup) sg_passage *passage = NULL;
    char *chunk SG_AUTO_FREE = malloc(SG_SOURCE_CHUNK);
    size_t n = 1;
    sg_status status = chunk != NULL ? sg_passage_new(reading, batch, &passage, err) : sg_no_memory(err);
    while (status == SG_OK && n > 0 && sg_reading_crosswalk(reading) == NULL) {
        status = sg_source_read(source, chunk, &n, err);
        if (status == SG_OK)
            status = n > 0 ? pass_head(reading, passage, chunk, n, err) : sg_passage_end(passage, err);
    }
    return status;
}

sg_status sg_ingest_choose(const char *path, const sg_ingest_options *options, const sg_crosswalk **out,
                           sg_day *out_cutoff, sg_err *err)
{
    SG_CLEANUP(sg_reading_cleanup) sg_reading *reading = NULL;
    static const sg_sink nobody = {0};
    sg_batch batch;
    sg_source source;
    sg_err why = {0};
    sg_ingest_options alone = *options;
    alone.jobs = 1;
    *out = NULL;
    *out_cutoff = SG_DAY_NONE;
    sg_status status = sg_reading_new(sg_path_base(path), &alone, &nobody, &batch, &reading, err);
    if (status == SG_OK)
        status = sg_source_open(path, &source, err);
    if (status != SG_OK)
        return status;
    status = read_head(&source, reading, &batch, &why);
    sg_source_close(&source);
    if (status != SG_OK && status != SG_REFUSED)
        return sg_fail(err, status, "%s", why.message);
    *out = sg_reading_crosswalk(reading);
    *out_cutoff = batch.cutoff;
    return SG_OK;
}
