/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For the tests that read the exports that go wrong (tests/corpus): the table of what is expected of them, and their bytes.
 */
#ifndef SG_TEST_CORPUS_TABLE_H
#define SG_TEST_CORPUS_TABLE_H

#include "test_ingest_support.h"

#include "ingest/passage.h"
#include "ingest/table_reader.h"

enum { CORPUS_COLUMNS = 13, CORPUS_COUNTS = 6, CORPUS_MANY = 100 };

typedef struct {
    const char *file, *class_name, *contents;
    bool refused;
    int64_t counts[CORPUS_COUNTS]; /* read, stored, repeated, replaced, refused, dropped */
    const char *findings, *message, *reason;
} corpus_case;

typedef struct {
    sg_arena *arena;
    sg_crosswalks *crosswalks;
    corpus_case *cases;
    size_t n, capacity;
    bool header_seen;
} corpus;

static inline sg_status corpus_keep(void *context, const sg_raw_record *record, sg_err *err)
{
    corpus *c = context;
    const char *texts[CORPUS_COLUMNS];
    (void)err;
    assert_int_equal(record->shape, SG_RECORD_FIELDS);
    assert_int_equal(record->n_fields, CORPUS_COLUMNS);
    if (!c->header_seen) {
        c->header_seen = true;
        return SG_OK;
    }
    for (size_t i = 0; i < CORPUS_COLUMNS; i++)
        texts[i] = sg_arena_strdup(c->arena, record->fields[i].text);
    assert_true(sg_grow(&c->cases, &c->capacity, c->n + 1, sizeof *c->cases));
    corpus_case *one = &c->cases[c->n++];
    *one = (corpus_case){.file = texts[0],
                         .class_name = texts[1],
                         .contents = texts[2],
                         .refused = strcmp(texts[3], "refused") == 0,
                         .findings = texts[10],
                         .message = texts[11],
                         .reason = texts[12]};
    for (size_t i = 0; i < CORPUS_COUNTS; i++)
        assert_true(sg_parse_int(texts[4 + i], strlen(texts[4 + i]), 0, 1000000, &one->counts[i]));
    return SG_OK;
}

static inline int corpus_setup(void **state)
{
    static const sg_input_limits limits = {65536, 1048576, 100};
    corpus *c = calloc(1, sizeof *c);
    sg_table_reader *reader = NULL;
    sg_refusal refusal = {0};
    sg_err err = {0};
    char *text = NULL;
    size_t length = 0;
    assert_non_null(c);
    c->arena = sg_arena_new();
    sg_assert_ok(sg_crosswalks_load("tests/corpus/crosswalks", &c->crosswalks, &err), &err);
    sg_assert_ok(sg_file_read(c->arena, "tests/corpus/expected.csv", 1 << 20, &text, &length, &err), &err);
    sg_assert_ok(sg_table_reader_new(',', &limits, corpus_keep, c, &refusal, &reader, &err), &err);
    sg_assert_ok(sg_table_reader_feed(reader, text, length, &err), &err);
    sg_assert_ok(sg_table_reader_end(reader, &err), &err);
    sg_table_reader_free(reader);
    assert_true(c->n >= 300);
    *state = c;
    return 0;
}

static inline int corpus_teardown(void **state)
{
    corpus *c = *state;
    sg_crosswalks_free(c->crosswalks);
    sg_arena_free(c->arena);
    free(c->cases);
    free(c);
    return 0;
}

/* The bytes of the case's file, in the arena. */
static inline char *corpus_bytes(const corpus_case *one, sg_arena *arena, size_t *out_n)
{
    char *bytes = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_file_read(arena, sg_path_join(arena, "tests/corpus/exports", one->file), 1 << 20, &bytes,
                              out_n, &err),
                 &err);
    return bytes;
}

/* The bytes of a file, and how they come: `piece` at a time behind the first `first` (0: all at once). */
typedef struct {
    const char *bytes;
    size_t n, first, piece;
} corpus_pieces;

static inline sg_status corpus_feed(const sg_crosswalks *crosswalks, const char *name,
                                    const corpus_pieces *pieces, const sg_sink *sink, sg_batch *batch,
                                    sg_err *err)
{
    SG_CLEANUP(sg_reading_cleanup) sg_reading *reading = NULL;
    SG_CLEANUP(sg_passage_cleanup) sg_passage *passage = NULL;
    sg_ingest_options options = options_with(crosswalks);
    *err = (sg_err){0};
    sg_assert_ok(sg_reading_new(name, &options, sink, batch, &reading, err), err);
    sg_status status = sg_passage_new(reading, batch, &passage, err);
    for (size_t at = 0; at < pieces->n && status == SG_OK;) {
        size_t want = at < pieces->first ? pieces->first : pieces->piece, left = pieces->n - at;
        size_t length = want == 0 || left < want ? left : want;
        /* a copy of its own, so that a read behind the piece is seen by a sanitizer */
        char *copy = malloc(length);
        assert_non_null(copy);
        memcpy(copy, pieces->bytes + at, length);
        status = sg_passage_feed(passage, copy, length, err);
        free(copy);
        at += length;
    }
    return status == SG_OK ? sg_passage_end(passage, err) : status;
}

static inline void corpus_check_counts(const corpus_case *one, const sg_batch_counts *counts)
{
    const int64_t found[CORPUS_COUNTS] = {counts->read,     counts->stored,      counts->repeated,
                                          counts->replaced, counts->quarantined, counts->dropped};
    static const char *const names[CORPUS_COUNTS] = {"read",     "stored",  "repeated",
                                                     "replaced", "refused", "dropped"};
    for (size_t i = 0; i < CORPUS_COUNTS; i++)
        if (found[i] != one->counts[i])
            fail_msg("%s: %lld %s, expected %lld", one->file, (long long)found[i], names[i],
                     (long long)one->counts[i]);
}

/* How many findings from this one on are of its rule. */
static inline size_t corpus_run_length(const kept *k, size_t first)
{
    size_t n = 1;
    while (first + n < k->n_findings && strcmp(k->findings[first + n].rule, k->findings[first].rule) == 0)
        n++;
    return n;
}

/* Findings as the table writes them, rule:line:column; "R401*1000": a hundred and more of a rule one after another. */
static inline void corpus_write_findings(sg_str *out, const kept *k)
{
    for (size_t i = 0, n; i < k->n_findings; i += n) {
        const kept_finding *finding = &k->findings[i];
        n = corpus_run_length(k, i);
        sg_str_printf(out, "%s%s", i > 0 ? "; " : "", finding->rule);
        if (n >= CORPUS_MANY) {
            sg_str_printf(out, "*%zu", n);
            continue;
        }
        sg_str_printf(out, ":%lld:%s", (long long)finding->line, finding->column);
        n = 1;
    }
}

#endif
