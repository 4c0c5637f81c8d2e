/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For the tests of ingest that read one text by a plain crosswalk, which they may alter first.
 */
#ifndef SG_TEST_INGEST_TRIAL_H
#define SG_TEST_INGEST_TRIAL_H

#include "test_ingest_support.h"

typedef struct {
    kept k;
    sg_batch batch;
    sg_err err;
    sg_crosswalk crosswalk;
} trial;

static inline trial start_trial(sg_kind kind)
{
    trial t = {0};
    plain_crosswalk(kind, &t.crosswalk);
    return t;
}

static inline void run_trial(trial *t, const char *text)
{
    sg_assert_ok(read_text(text, &t->crosswalk, &t->k, &t->batch, &t->err), &t->err);
    assert_conserved(&t->batch);
    assert_int_equal(t->k.n_begun, 1);
}

#endif
