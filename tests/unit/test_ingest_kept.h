/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For the tests of ingest: a sink that keeps everything it is handed.
 */
#ifndef SG_TEST_INGEST_KEPT_H
#define SG_TEST_INGEST_KEPT_H

#include <stdlib.h>
#include <string.h>

#include "skillgain/ingest.h"

#include "support/assert.h"

typedef struct {
    int64_t line;
    uint64_t raw;
    uint32_t verdict;
    sg_pseudonym learner;
    unsigned char key[SG_RECORD_KEY_BYTES];
    int64_t number[SG_MAX_FIELDS];
    const char *text[SG_MAX_FIELDS];
    const char *custom;
} kept_row;

typedef struct {
    const char *rule, *field;
    const char *column;
    int64_t line;
    const char *detail; /* NULL: none */
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
    uint32_t n_verdicts;
    sg_row_finding last_finding;       /* the last one of the last verdict */
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

static inline sg_status keep_row(void *context, const sg_record *record, int64_t replaces, sg_err *err)
{
    kept *k = context;
    (void)replaces;
    if (!sg_grow(&k->rows, &k->rows_capacity, k->n_rows + 1, sizeof *k->rows))
        return sg_no_memory(err);
    kept_row *row = &k->rows[k->n_rows++];
    *row = (kept_row){.line = record->line,
                      .raw = record->raw,
                      .verdict = record->verdict,
                      .learner = record->learner,
                      .custom = keep_text(k, record->custom)};
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
                                                  keep_text(k, finding->column), finding->line,
                                                  keep_text(k, finding->detail)};
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

/* They come in the order of their numbers. */
static inline sg_status keep_verdict(void *context, uint32_t number, const sg_row_finding *findings, size_t n,
                                     sg_err *err)
{
    kept *k = context;
    (void)err;
    assert_int_equal(number, ++k->n_verdicts);
    assert_true(n > 0);
    k->last_finding = findings[n - 1];
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
                     .verdict = keep_verdict,
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

#endif
