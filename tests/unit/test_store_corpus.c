/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conservation: each export that goes wrong (tests/corpus), imported into a database of its own. Rows read are rows stored, repeated,
 * replaced, refused or dropped, by the table, by the batch as the database keeps it, and by the rows that are there.
 */
#include "test_corpus_table.h"
#include "test_store_fixture.h"

static const char sums[] =
    "SELECT n_read - n_stored - n_repeated - n_replaced - n_quarantined - n_dropped FROM batch";

/* Refused and held files are recorded and none of their rows is stored. */
static void import_case(const corpus *c, const corpus_case *one, sg_store *store, bool *out_held)
{
    SG_CLEANUP(sg_import_cleanup) sg_import *import = NULL;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_batch batch;
    corpus_pieces all = {0};
    char held[SG_ERR_MESSAGE] = "";
    sg_err err = {0};
    sg_assert_ok(sg_import_begin(store, &import, &err), &err);
    sg_sink sink = sg_import_sink(import);
    all.bytes = corpus_bytes(one, arena, &all.n);
    sg_status status = corpus_feed(c->crosswalks, one->file, &all, &sink, &batch, &err);
    sg_assert_status(status, one->refused ? SG_REFUSED : SG_OK, &err);
    if (status == SG_OK)
        sg_assert_ok(sg_import_weigh(import, &batch, held, &err), &err);
    *out_held = held[0] != '\0';
    batch.state = one->refused ? SG_BATCH_REFUSED : *out_held ? SG_BATCH_HELD : SG_BATCH_APPLIED;
    if (batch.state == SG_BATCH_APPLIED)
        sg_assert_ok(sg_import_apply(import, &batch, 1, &err), &err);
    else
        sg_assert_ok(sg_import_set_aside(import, &batch, &err), &err);
}

static int64_t count_rows(sg_store *store)
{
    int64_t n = 0;
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        char sql[64];
        (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", sg_kind_text((sg_kind)kind));
        n += ask(store, sql);
    }
    return n - ask(store, "SELECT count(*) FROM row_end");
}

static void check_store(const corpus_case *one, sg_store *store, bool held)
{
    static const char *const columns[CORPUS_COUNTS] = {"n_read",     "n_stored",      "n_repeated",
                                                       "n_replaced", "n_quarantined", "n_dropped"};
    int64_t wanted = one->refused || held ? 0 : one->counts[1], rows = count_rows(store);
    assert_int_equal(ask(store, "SELECT count(*) FROM batch"), 1);
    assert_int_equal(ask(store, sums), 0);
    for (size_t i = 0; i < CORPUS_COUNTS; i++) {
        char sql[64];
        (void)snprintf(sql, sizeof sql, "SELECT %s FROM batch", columns[i]);
        if (ask(store, sql) != one->counts[i])
            fail_msg("%s: batch.%s is %lld, expected %lld", one->file, columns[i], (long long)ask(store, sql),
                     (long long)one->counts[i]);
    }
    if (rows != wanted)
        fail_msg("%s: %lld rows in use, expected %lld", one->file, (long long)rows, (long long)wanted);
}

static void what_is_read_is_accounted_for_in_the_database(void **state)
{
    const corpus *c = *state;
    char *folder = sg_tmpdir_make();
    for (size_t i = 0; i < c->n; i++) {
        const corpus_case *one = &c->cases[i];
        char name[32];
        bool held = false;
        print_message("%s\n", one->file);
        (void)snprintf(name, sizeof name, "%zu.db", i);
        sg_store *store = open_store_at(folder, name, SG_STORE_WRITE);
        import_case(c, one, store, &held);
        check_store(one, store, held);
        sg_store_close(store);
    }
    sg_tmpdir_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_read_is_accounted_for_in_the_database)};
    return cmocka_run_group_tests(tests, corpus_setup, corpus_teardown);
}
