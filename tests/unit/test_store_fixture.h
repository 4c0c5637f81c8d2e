/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tests of store share: made-up records and whole deliveries of them.
 */
#ifndef SG_TEST_STORE_FIXTURE_H
#define SG_TEST_STORE_FIXTURE_H

#include "support/assert.h"
#include "support/tmpdir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/store.h"
#include "store/connection.h"

/* A row of an export: learner and row are numbers that stand for the pseudonym and the key. */
typedef struct {
    int learner, row;
    const char *college;
    int program_year; /* 0: blank */
    int hours;
    sg_day day; /* start_date or gain_date; 0: 2024-09-01 */
} fact;

typedef struct {
    sg_kind kind;
    sg_delivery delivery;
    unsigned scope;
    sg_day cutoff;
    bool no_hours;
    uint64_t fields;
    const fact *facts;
    size_t n;
    const sg_refused_row *refused;
    size_t n_refused;
} delivery;

enum { DAY = 19967, BOTH = SG_SCOPE_PROGRAM_YEAR | SG_SCOPE_COLLEGE };

static inline sg_record record_of(sg_kind kind, const fact *f)
{
    sg_record r = {.kind = kind, .line = f->row + 2};
    static sg_str room; /* kept, so that only the store allocates where allocations are made to fail */
    sg_err err = {0};
    bool is_gain = kind == SG_KIND_GAIN;
    for (size_t i = 0; i < SG_MAX_FIELDS; i++)
        r.number[i] = SG_BLANK;
    /* scattered, so that the order of pseudonyms is not the one of learners */
    r.learner.bytes[0] = (unsigned char)(f->learner * 151);
    r.learner.bytes[1] = (unsigned char)f->learner;
    r.learner.bytes[2] = (unsigned char)(f->learner >> 8);
    r.key[0] = (unsigned char)(f->row * 67);
    r.key[1] = (unsigned char)f->row;
    r.key[2] = (unsigned char)(f->row >> 8);
    r.key[3] = r.learner.bytes[1];
    r.text[is_gain ? (int)SG_GAIN_FIELD_COLLEGE : (int)SG_ENROLLMENT_COLLEGE] = f->college;
    if (f->program_year != 0)
        r.number[is_gain ? (int)SG_GAIN_FIELD_PROGRAM_YEAR : (int)SG_ENROLLMENT_PROGRAM_YEAR] =
            f->program_year;
    if (is_gain) {
        r.number[SG_GAIN_FIELD_GAIN_DATE] = f->day != 0 ? f->day : DAY;
        r.number[SG_GAIN_FIELD_GAIN_TYPE] = SG_GAIN_EFL_TEST;
        r.number[SG_GAIN_FIELD_POST_SCORE] = f->hours;
    } else {
        r.number[SG_ENROLLMENT_START_DATE] = f->day != 0 ? f->day : DAY;
        r.number[SG_ENROLLMENT_CONTACT_HOURS] = f->hours;
    }
    sg_assert_ok(sg_record_pack(&r, &room, &err), &err);
    return r;
}

/* The row of the fact, refused. */
static inline sg_refused_row refused_of(sg_kind kind, const fact *f, bool key_known)
{
    sg_record r = record_of(kind, f);
    sg_refused_row out = {.kind = kind, .learner_known = true, .key_known = key_known, .learner = r.learner};
    if (key_known)
        memcpy(out.key, r.key, sizeof out.key);
    return out;
}

static inline sg_batch batch_of(const delivery *d)
{
    sg_batch b = {.kind = d->kind,
                  .file_name = "made-up.csv",
                  .sha256 = "0123",
                  .bytes = 77,
                  .crosswalk = "canonical",
                  .crosswalk_sha256 = "4567",
                  .rule_set = 1,
                  .delivery = d->delivery,
                  .scope = d->scope,
                  .has_hours = d->kind == SG_KIND_ENROLLMENT && !d->no_hours,
                  .fields = d->fields,
                  .cutoff = d->cutoff,
                  .imported_on = d->cutoff + 1};
    b.counts.stored = (int64_t)d->n;
    b.counts.quarantined = (int64_t)d->n_refused;
    b.counts.read = b.counts.stored + b.counts.quarantined;
    return b;
}

/* The number of the earlier fact whose row this one is again; -1: none. */
static inline int64_t replaced_by(const delivery *d, size_t at)
{
    for (size_t i = at; i-- > 0;)
        if (d->facts[i].learner == d->facts[at].learner && d->facts[i].row == d->facts[at].row)
            return (int64_t)i;
    return -1;
}

/* Hands the facts to the sink of a new import and weighs them. */
static inline sg_status weigh_delivery(sg_store *store, const delivery *d, sg_import **out, sg_batch *batch,
                                       char held[SG_ERR_MESSAGE], sg_err *err)
{
    sg_status status = sg_import_begin(store, out, err);
    assert_int_equal(status, SG_OK);
    sg_sink sink = sg_import_sink(*out);
    *batch = batch_of(d);
    for (size_t i = 0; status == SG_OK && i < d->n; i++) {
        sg_record r = record_of(d->kind, &d->facts[i]);
        status = sink.row(sink.context, &r, replaced_by(d, i), err);
    }
    for (size_t i = 0; status == SG_OK && i < d->n_refused; i++)
        status = sink.refused(sink.context, &d->refused[i], err);
    return status == SG_OK ? sg_import_weigh(*out, batch, held, err) : status;
}

/* The delivery, applied whatever the weighing says. */
static inline sg_batch deliver(sg_store *store, const delivery *d)
{
    sg_import *import = NULL;
    sg_batch batch;
    char held[SG_ERR_MESSAGE];
    sg_err err = {0};
    sg_assert_ok(weigh_delivery(store, d, &import, &batch, held, &err), &err);
    sg_assert_ok(sg_import_apply(import, &batch, 1, &err), &err);
    sg_import_end(import);
    return batch;
}

static inline sg_store *open_store_at(const char *folder, const char *name, sg_store_mode mode)
{
    char *path = sg_tmpdir_path(folder, name);
    sg_store *store = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_store_open(path, mode, &store, &err), &err);
    free(path);
    return store;
}

static inline sg_store *open_store(const char *folder)
{
    return open_store_at(folder, "s.db", SG_STORE_WRITE);
}

/* One that is not new any more: it has its log beside it. */
static inline sg_store *reopen_store(const char *folder)
{
    sg_store_close(open_store(folder));
    return open_store(folder);
}

static inline int64_t ask(sg_store *store, const char *sql)
{
    int64_t value = 0;
    sg_err err = {0};
    sg_assert_ok(sg_store_ask(store, sql, &value, &err), &err);
    return value;
}

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))
#define FULL(day_, scope_, facts_)                                                                           \
    (&(delivery){.kind = SG_KIND_ENROLLMENT,                                                                 \
                 .delivery = SG_DELIVERY_FULL,                                                               \
                 .scope = (scope_),                                                                          \
                 .cutoff = (day_),                                                                           \
                 .facts = (facts_),                                                                          \
                 .n = N_OF(facts_)})
#define DELTA(day_, facts_)                                                                                  \
    (&(delivery){.kind = SG_KIND_ENROLLMENT,                                                                 \
                 .delivery = SG_DELIVERY_DELTA,                                                              \
                 .cutoff = (day_),                                                                           \
                 .facts = (facts_),                                                                          \
                 .n = N_OF(facts_)})

/* Ends an import whose batch comes into use, or into the store without its rows. */
static inline void end_as(sg_import *import, sg_batch *batch, sg_batch_state as)
{
    sg_err err = {0};
    batch->state = as;
    sg_assert_ok(as == SG_BATCH_APPLIED ? sg_import_apply(import, batch, 1, &err)
                                        : sg_import_set_aside(import, batch, &err),
                 &err);
    sg_import_end(import);
}

#endif
