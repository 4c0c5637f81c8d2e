/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For the tests of ingest: a sink that keeps everything, a plain crosswalk (headers are the field names),
 * and a text fed in pieces of any size.
 */
#ifndef SG_TEST_INGEST_SUPPORT_H
#define SG_TEST_INGEST_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/ingest.h"

#include "ingest/reading.h"
#include "support/assert.h"

typedef struct {
    int64_t line;
    sg_pseudonym learner;
    unsigned char key[SG_PSEUDONYM_BYTES];
    int64_t number[SG_MAX_FIELDS];
    const char *text[SG_MAX_FIELDS];
    const char *custom;
} kept_row;

typedef struct {
    const char *rule, *field;
    const char *column;
    int64_t line;
} kept_finding;

/* All that a sink was handed. */
typedef struct {
    sg_arena *arena;
    int n_begun;
    sg_batch begun;
    kept_row *rows;
    size_t n_rows, rows_capacity;
    kept_finding *findings;
    size_t n_findings, findings_capacity;
    sg_refused_row *refused;
    size_t n_refused, refused_capacity;
    const char *absent[SG_MAX_FIELDS]; /* by field */
} kept;

static inline char *keep_text(kept *k, const char *text)
{
    char *copy = text != NULL ? sg_arena_strdup(k->arena, text) : NULL;
    assert_true(text == NULL || copy != NULL);
    return copy;
}

static inline sg_status keep_begin(void *context, const sg_batch *batch, sg_err *err)
{
    kept *k = context;
    (void)err;
    assert_int_equal(k->n_rows, 0);
    k->n_begun++;
    k->begun = *batch;
    return SG_OK;
}

static inline sg_status keep_row(void *context, const sg_record *record, sg_err *err)
{
    kept *k = context;
    if (!sg_grow(&k->rows, &k->rows_capacity, k->n_rows + 1, sizeof *k->rows))
        return sg_no_memory(err);
    kept_row *row = &k->rows[k->n_rows++];
    *row = (kept_row){
        .line = record->line, .learner = record->learner, .custom = keep_text(k, record->custom)};
    memcpy(row->key, record->key, sizeof row->key);
    memcpy(row->number, record->number, sizeof row->number);
    for (size_t i = 0; i < SG_MAX_FIELDS; i++)
        row->text[i] = keep_text(k, record->text[i]);
    return SG_OK;
}

static inline sg_status keep_finding(void *context, const sg_finding *finding, sg_err *err)
{
    kept *k = context;
    size_t n = 0;
    const sg_rule *rules = sg_rules(&n);
    assert_true(finding->rule >= rules && finding->rule < rules + n);
    if (!sg_grow(&k->findings, &k->findings_capacity, k->n_findings + 1, sizeof *k->findings))
        return sg_no_memory(err);
    k->findings[k->n_findings++] = (kept_finding){finding->rule->id, keep_text(k, finding->field),
                                                  keep_text(k, finding->column), finding->line};
    return SG_OK;
}

static inline sg_status keep_refused(void *context, const sg_refused_row *row, sg_err *err)
{
    kept *k = context;
    if (!sg_grow(&k->refused, &k->refused_capacity, k->n_refused + 1, sizeof *k->refused))
        return sg_no_memory(err);
    k->refused[k->n_refused++] = *row;
    return SG_OK;
}

static inline sg_status keep_absent(void *context, int field, const char *column, sg_err *err)
{
    kept *k = context;
    (void)err;
    assert_int_equal(k->n_begun, 1);
    assert_null(k->absent[field]);
    k->absent[field] = keep_text(k, column);
    return SG_OK;
}

static inline sg_sink keeping_sink(kept *k)
{
    *k = (kept){.arena = sg_arena_new()};
    assert_non_null(k->arena);
    return (sg_sink){.context = k,
                     .begin = keep_begin,
                     .row = keep_row,
                     .finding = keep_finding,
                     .refused = keep_refused,
                     .absent = keep_absent};
}

static inline void kept_release(kept *k)
{
    sg_arena_free(k->arena);
    free(k->rows);
    free(k->findings);
    free(k->refused);
    *k = (kept){0};
}

static inline size_t count_rule(const kept *k, const char *rule)
{
    size_t n = 0;
    for (size_t i = 0; i < k->n_findings; i++)
        n += strcmp(k->findings[i].rule, rule) == 0;
    return n;
}

/* Those of rows, not of the file as a whole. */
static inline size_t count_row_findings(const kept *k)
{
    size_t n = 0;
    for (size_t i = 0; i < k->n_findings; i++)
        n += k->findings[i].line > 0;
    return n;
}

/* Is there a finding of this rule at this line? field NULL: whatever it is. */
static inline bool has_finding(const kept *k, const char *rule, int64_t line, const char *field)
{
    for (size_t i = 0; i < k->n_findings; i++)
        if (strcmp(k->findings[i].rule, rule) == 0 && k->findings[i].line == line &&
            (field == NULL || strcmp(k->findings[i].field, field) == 0))
            return true;
    return false;
}

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
