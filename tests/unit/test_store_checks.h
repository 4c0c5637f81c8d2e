/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What must hold of a store after every import, asked of its tables.
 */
#ifndef SG_TEST_STORE_CHECKS_H
#define SG_TEST_STORE_CHECKS_H

#include "test_store_fixture.h"

#define IS_CURRENT "id NOT IN (SELECT row FROM row_end WHERE kind = 0)"
#define IS_CURRENT_GAIN "id NOT IN (SELECT row FROM row_end WHERE kind = 1)"

/* What is kept in sum is what the rows say: of each batch in use its rows, of the newest one the current rows and their fields.
 * Learners that were forgotten take the second with them. */
static inline void assert_counted(sg_store *store)
{
    static const char differing[] =
        "WITH newest AS (SELECT max(id) AS id FROM batch WHERE kind = 'enrollment' AND state = 'applied'), "
        "said AS (SELECT field, sum(n) AS n FROM profile, newest WHERE batch = newest.id AND part = 2 GROUP "
        "BY field), "
        "so AS (SELECT -1 AS field, count(*) AS n FROM enrollment WHERE " IS_CURRENT
        " UNION ALL SELECT 1, count(college) FROM enrollment WHERE " IS_CURRENT
        " UNION ALL SELECT 13, count(contact_hours) FROM enrollment WHERE " IS_CURRENT
        " UNION ALL SELECT 15, count(program_year) FROM enrollment WHERE " IS_CURRENT ") "
        "SELECT count(*) FROM so LEFT JOIN said USING (field) "
        "WHERE ifnull(said.n, 0) <> so.n AND EXISTS (SELECT 1 FROM said)";
    assert_int_equal(ask(store, differing), 0);
    assert_int_equal(
        ask(store,
            "SELECT count(*) FROM batch AS b LEFT JOIN profile AS p ON p.batch = b.id AND p.part = 1 "
            "AND p.field = -1 WHERE ifnull(p.n, 0) <> CASE state WHEN 'applied' THEN n_stored ELSE 0 END"),
        0);
    assert_int_equal(ask(store, "SELECT count(*) FROM batch AS b WHERE state = 'applied' AND n_stored <> "
                                "(SELECT sum(n) FROM profile_scope WHERE batch = b.id)"),
                     0);
}

/* What must hold after every import: only rows end, once, after they began, and a key has one current row at most. */
static inline void assert_sound(sg_store *store)
{
    assert_int_equal(ask(store, "SELECT count(*) FROM row_end AS x LEFT JOIN enrollment AS e ON e.id = x.row "
                                "WHERE x.kind = 0 AND (e.id IS NULL OR e.batch >= x.batch)"),
                     0);
    assert_int_equal(ask(store,
                         "SELECT count(*) FROM (SELECT learner, record_key FROM enrollment WHERE " IS_CURRENT
                         " GROUP BY 1, 2 HAVING count(*) > 1)"),
                     0);
    assert_int_equal(ask(store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_int_equal(ask(store,
                         "SELECT count(*) FROM enrollment WHERE scope NOT IN (SELECT id FROM scope) OR "
                         "batch NOT IN (SELECT id FROM batch) OR college NOT IN (SELECT id FROM college)"),
                     0);
    assert_counted(store);
}

static inline void digest_of(sg_store *store, char out[SG_SHA256_TEXT])
{
    sg_err err = {0};
    sg_assert_ok(sg_store_digest(store, out, &err), &err);
}

static inline void assert_same_content(sg_store *a, sg_store *b)
{
    char left[SG_SHA256_TEXT], right[SG_SHA256_TEXT];
    digest_of(a, left);
    digest_of(b, right);
    assert_string_equal(left, right);
}

static inline void assert_counts(const sg_batch *b, int64_t added, int64_t changed, int64_t unchanged,
                                 int64_t withdrawn)
{
    assert_int_equal(b->counts.added, added);
    assert_int_equal(b->counts.changed, changed);
    assert_int_equal(b->counts.unchanged, unchanged);
    assert_int_equal(b->counts.withdrawn, withdrawn);
    assert_int_equal(b->counts.stored, added + changed + unchanged);
}

#endif
