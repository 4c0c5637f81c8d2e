/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For the tests of ingest: a plain crosswalk (headers are the field names) and a text fed in pieces of any size
 * to a sink that keeps everything.
 */
#ifndef SG_TEST_INGEST_SUPPORT_H
#define SG_TEST_INGEST_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/ingest.h"

#include "ingest/reading.h"
#include "test_ingest_kept.h"

static inline sg_day day_of(int year, int month, int day)
{
    sg_day out = 0;
    assert_true(sg_day_from_civil(year, month, day, &out));
    return out;
}

/* A crosswalk of this kind whose headers are the field names, dates ISO. */
static inline void plain_crosswalk(sg_kind kind, sg_crosswalk *out)
{
    static const char *const iso[] = {"%Y-%m-%d"};
    const sg_kind_fields *table = sg_kind_table(kind);
    memset(out, 0, sizeof *out);
    out->name = kind == SG_KIND_ENROLLMENT ? "plain-enrollment" : "plain-gain";
    out->file = "shipped/plain.yaml"; /* that a file lacks most of its columns is nothing to speak of */
    out->kind = kind;
    out->scope = SG_SCOPE_PROGRAM_YEAR | SG_SCOPE_COLLEGE;
    out->dates = iso;
    out->n_dates = 1;
    for (size_t i = 0; i < table->n; i++)
        out->fields[i].column = table->fields[i].name;
}

static const sg_key test_key = {{7, 1, 2, 3}};

/* The day of import is 15 January 2026. */
static inline sg_ingest_options options_with(const sg_crosswalks *crosswalks)
{
    return (sg_ingest_options){.crosswalks = crosswalks,
                               .key = &test_key,
                               .limits = {.field_bytes = 65536, .record_bytes = 1048576, .columns = 2000},
                               .today = day_of(2026, 1, 15),
                               .cutoff = SG_DAY_NONE};
}

/* Feeds the bytes in pieces of `piece` bytes (0: all at once). */
static inline sg_status read_pieces(const char *name, const void *bytes, size_t n, size_t piece,
                                    const sg_ingest_options *options, const sg_sink *sink, sg_batch *batch,
                                    sg_err *err)
{
    SG_CLEANUP(sg_reading_cleanup) sg_reading *reading = NULL;
    sg_status status = sg_reading_new(name, options, sink, batch, &reading, err);
    for (size_t at = 0; at < n && status == SG_OK;) {
        size_t length = piece == 0 || n - at < piece ? n - at : piece;
        /* a copy of its own, so that a read behind the piece is seen by a sanitizer */
        char *copy = malloc(length);
        assert_non_null(copy);
        memcpy(copy, (const char *)bytes + at, length);
        status = sg_reading_feed(reading, copy, length, err);
        free(copy);
        at += length;
    }
    return status == SG_OK ? sg_reading_end(reading, err) : status;
}

/* A text read by one crosswalk, whole, as 'test.csv'. */
static inline sg_status read_text(const char *text, sg_crosswalk *crosswalk, kept *k, sg_batch *batch,
                                  sg_err *err)
{
    sg_crosswalks all = {.all = crosswalk, .n = 1};
    sg_ingest_options options = options_with(&all);
    sg_sink sink = keeping_sink(k);
    *err = (sg_err){0};
    return read_pieces("test.csv", text, strlen(text), 0, &options, &sink, batch, err);
}

static inline void assert_conserved(const sg_batch *batch)
{
    const sg_batch_counts *c = &batch->counts;
    assert_int_equal(c->read, c->stored + c->repeated + c->replaced + c->quarantined + c->dropped);
    assert_int_equal(c->withdrawn + c->spared, 0); /* of these only a store knows */
}

#endif
