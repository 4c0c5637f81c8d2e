/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kept rows: what of an import's refused rows comes into the store, how much at most, and how it goes again.
 */
#include "test_store_fixture.h"

#include "base/mem_hook.h"
#include "skillgain/store/kept.h"

static const fact row_of_a[] = {{1, 1, "A", 2024, 1, 0}}, row_of_b[] = {{2, 2, "B", 2024, 1, 0}};

#define CANARY "Quorindel Zyblattor"

static void find(const sg_sink *sink, const char *rule, int64_t line)
{
    sg_finding finding = {.rule = sg_rule_find(rule), .line = line, .field = "", .column = ""};
    sg_err err = {0};
    assert_non_null(finding.rule);
    sg_assert_ok(sink->finding(sink->context, &finding, &err), &err);
}

static void keep(const sg_sink *sink, int64_t line, const char *text, size_t length)
{
    sg_err err = {0};
    char *copy = malloc(length + 1); /* gone when the sink has returned */
    assert_non_null(copy);
    memcpy(copy, text, length);
    sg_assert_ok(sink->kept(sink->context, line, copy, length, &err), &err);
    free(copy);
}

/* An import of one row and three refused ones, of which two stand on one line, before it is ended. */
static sg_import *begin_with(sg_store *store, const delivery *d, sg_batch *batch)
{
    sg_import *import = NULL;
    char held[SG_ERR_MESSAGE];
    sg_err err = {0};
    sg_assert_ok(weigh_delivery(store, d, &import, batch, held, &err), &err);
    sg_sink sink = sg_import_sink(import);
    assert_null(sink.kept);
    sg_assert_ok(sg_import_keep_rows(import, &err), &err);
    sink = sg_import_sink(import);
    assert_non_null(sink.kept);
    find(&sink, "R206", 4);
    find(&sink, "R205", 4);
    find(&sink, "R201", 4);
    find(&sink, "R201", 4);
    keep(&sink, 4, "a," CANARY "\0b", sizeof "a," CANARY "\0b" - 1);
    find(&sink, "R202", 4);
    keep(&sink, 4, "not again", 9);
    find(&sink, "R101", 9);
    keep(&sink, 9, "", 0);
    assert_int_equal(sg_import_rows_kept(import), 3);
    return import;
}

static sg_batch import_as(sg_store *store, const delivery *d, sg_batch_state as)
{
    sg_batch batch;
    sg_import *import = begin_with(store, d, &batch);
    end_as(import, &batch, as);
    return batch;
}

static sg_status list(void *context, const sg_kept_row *row, sg_err *err)
{
    (void)err;
    sg_str_printf(context, "%lld %lld %s %zu;", (long long)row->line, (long long)row->n_rows, row->rules,
                  row->length);
    assert_true((row->text == NULL) == (row->length == 0));
    assert_true(row->length == 0 || memcmp(row->text, "a," CANARY "\0b", row->length) == 0);
    return SG_OK;
}

static void assert_kept(sg_store *store, int64_t batch, const char *expected)
{
    sg_str text = {0};
    sg_err err = {0};
    sg_assert_ok(sg_store_kept_rows(store, batch, list, &text, &err), &err);
    assert_string_equal(sg_str_text(&text), expected);
    sg_str_release(&text);
}

static int64_t count_kept(sg_store *store, int64_t batch)
{
    int64_t n = -1;
    sg_err err = {0};
    sg_assert_ok(sg_store_count_kept(store, batch, &n, &err), &err);
    return n;
}

static bool holds(const char *text, size_t length)
{
    enum { LENGTH = sizeof CANARY - 1 };
    for (size_t i = 0; i + LENGTH <= length; i++)
        if (memcmp(text + i, CANARY, LENGTH) == 0)
            return true;
    return false;
}

/* Does a byte of them stand anywhere in the database or beside it? */
static bool is_canary_in(const char *folder, const char *name)
{
    char *path = sg_tmpdir_path(folder, name), *text = NULL;
    size_t length = 0;
    sg_err err = {0};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    bool found = sg_path_exists(path);
    if (found) {
        sg_assert_ok(sg_file_read(arena, path, 64 << 20, &text, &length, &err), &err);
        found = holds(text, length);
    }
    free(path);
    return found;
}

static bool is_canary_anywhere(const char *folder)
{
    return is_canary_in(folder, "s.db") || is_canary_in(folder, "s.db-wal") ||
           is_canary_in(folder, "s.db-journal");
}

static const char all_three[] = "4 2 R205 R201 R202 23;9 1 R101 0;";

static void lines_come_with_the_batch_and_their_rules(void **state)
{
    sg_store *store = reopen_store(*state);
    import_as(store, DELTA(20000, row_of_a), SG_BATCH_APPLIED);
    import_as(store, DELTA(20000, row_of_b), SG_BATCH_HELD);
    import_as(store, DELTA(20000, row_of_b), SG_BATCH_REFUSED);
    assert_kept(store, 1, all_three);
    assert_kept(store, 2, all_three);
    assert_kept(store, 3, "");
    assert_int_equal(count_kept(store, 0), 4);
    assert_int_equal(count_kept(store, 2), 2);
    assert_true(is_canary_anywhere(*state));
    sg_store_close(store);
}

static void an_import_that_is_not_finished_leaves_none(void **state)
{
    sg_batch batch;
    sg_store *store = reopen_store(*state);
    sg_import_end(begin_with(store, DELTA(20000, row_of_a), &batch));
    assert_int_equal(count_kept(store, 0), 0);
    assert_false(is_canary_anywhere(*state));
    sg_store_close(store);
}

static void a_held_batch_gives_them_to_the_one_that_its_file_becomes(void **state)
{
    sg_store *store = reopen_store(*state);
    sg_err err = {0};
    import_as(store, DELTA(20000, row_of_a), SG_BATCH_HELD);
    sg_assert_ok(sg_store_execute(store, "UPDATE batch SET sha256 = 'another' WHERE id = 1", &err), &err);
    import_as(store, DELTA(20000, row_of_a), SG_BATCH_HELD);
    import_as(store, DELTA(20000, row_of_a), SG_BATCH_APPLIED);
    assert_kept(store, 1, all_three); /* of another file */
    assert_kept(store, 2, "");
    assert_kept(store, 3, all_three);
    sg_store_close(store);
}

static void an_undone_batch_takes_its_own_along(void **state)
{
    sg_batch out;
    sg_err err = {0};
    sg_store *store = reopen_store(*state);
    import_as(store, DELTA(20000, row_of_a), SG_BATCH_APPLIED);
    import_as(store, DELTA(20000, row_of_b), SG_BATCH_APPLIED);
    sg_assert_ok(sg_store_undo(store, 2, &out, &err), &err);
    assert_kept(store, 1, all_three);
    assert_kept(store, 2, "");
    sg_store_close(store);
}

static void forgetting_anybody_takes_all_without_a_trace(void **state)
{
    int64_t rows = 0;
    sg_err err = {0};
    sg_store *store = reopen_store(*state);
    sg_record stranger = record_of(SG_KIND_ENROLLMENT, &(fact){77, 1, "A", 2024, 1, 0});
    import_as(store, DELTA(20000, row_of_a), SG_BATCH_APPLIED);
    import_as(store, DELTA(20000, row_of_b), SG_BATCH_HELD);
    sg_assert_ok(sg_store_forget(store, &stranger.learner, 1, &rows, &err), &err);
    assert_int_equal(rows, 0);
    assert_int_equal(count_kept(store, 0), 0);
    assert_false(is_canary_anywhere(*state));
    sg_store_close(store);
}

static void dropping_takes_all_without_a_trace_and_nothing_else(void **state)
{
    sg_err err = {0};
    char before[SG_SHA256_TEXT], after[SG_SHA256_TEXT];
    sg_store *store = reopen_store(*state);
    import_as(store, DELTA(20000, row_of_a), SG_BATCH_APPLIED);
    import_as(store, DELTA(20000, row_of_b), SG_BATCH_HELD);
    sg_assert_ok(sg_store_digest(store, before, &err), &err);
    sg_assert_ok(sg_store_drop_kept(store, &err), &err);
    sg_assert_ok(sg_store_digest(store, after, &err), &err);
    assert_string_equal(before, after);
    assert_int_equal(count_kept(store, 0), 0);
    assert_false(is_canary_anywhere(*state));
    int64_t changes = sqlite3_total_changes64(store->db);
    sg_assert_ok(sg_store_drop_kept(store, &err), &err);
    assert_int_equal(sqlite3_total_changes64(store->db), changes);
    sg_store_close(store);
}

static void a_batch_has_so_many_lines_at_most(void **state)
{
    sg_batch batch;
    sg_err err = {0};
    sg_store *store = reopen_store(*state);
    sg_import *import = begin_with(store, DELTA(20000, row_of_a), &batch);
    sg_sink sink = sg_import_sink(import);
    for (int line = 10; line < SG_MOST_KEPT_LINES + 100; line++)
        keep(&sink, line, "x", 1);
    assert_int_equal(sg_import_rows_kept(import), SG_MOST_KEPT_LINES + 1); /* two stand on line 4 */
    sg_assert_ok(sg_import_apply(import, &batch, 1, &err), &err);
    sg_import_end(import);
    assert_int_equal(count_kept(store, 1), SG_MOST_KEPT_LINES);
    assert_int_equal(ask(store, "SELECT max(line) FROM kept_row"), SG_MOST_KEPT_LINES + 7);
    sg_store_close(store);
}

static void a_batch_has_so_many_bytes_at_most(void **state)
{
    enum { LARGE = 1 << 20, FIRST = 23 /* of the rows that every such import has */ };
    sg_batch batch;
    sg_err err = {0};
    sg_store *store = reopen_store(*state);
    sg_import *import = begin_with(store, DELTA(20000, row_of_a), &batch);
    sg_sink sink = sg_import_sink(import);
    char *large = calloc(1, LARGE);
    assert_non_null(large);
    for (int line = 100; line < 150; line++)
        keep(&sink, line, large, LARGE);
    keep(&sink, 200, large, LARGE - FIRST + 1); /* a byte too many */
    keep(&sink, 201, large, LARGE - FIRST);
    keep(&sink, 202, large, 1);
    free(large);
    sg_assert_ok(sg_import_apply(import, &batch, 1, &err), &err);
    sg_import_end(import);
    assert_int_equal(ask(store, "SELECT sum(length(text)) FROM kept_row"), SG_MOST_KEPT_BYTES);
    assert_int_equal(ask(store, "SELECT max(line) FROM kept_row"), 201);
    sg_store_close(store);
}

static sg_status try_to_keep(sg_store *store, sg_err *err)
{
    SG_CLEANUP(sg_import_cleanup) sg_import *import = NULL;
    sg_batch batch = batch_of(&(delivery){.cutoff = 20000});
    sg_finding finding = {.rule = sg_rule_find("R201"), .line = 4, .field = "", .column = ""};
    sg_sink sink;
    sg_status status = sg_import_begin(store, &import, err);
    if (status == SG_OK)
        status = sg_import_keep_rows(import, err);
    if (status != SG_OK)
        return status;
    sink = sg_import_sink(import);
    status = sink.finding(sink.context, &finding, err);
    if (status == SG_OK)
        status = sink.kept(sink.context, 4, CANARY, sizeof CANARY - 1, err);
    batch.state = SG_BATCH_HELD;
    return status == SG_OK ? sg_import_set_aside(import, &batch, err) : status;
}

static void without_memory_none_is_kept_and_the_next_import_makes_it_good(void **state)
{
    enum { MOST = 200 };
    sg_err err = {0};
    sg_status status = SG_NO_MEMORY;
    sg_store *store = reopen_store(*state);
    long nth = 1;
    for (; status != SG_OK && nth < MOST; nth++) {
        assert_int_equal(count_kept(store, 0), 0);
        sg_mem_fail_at(nth);
        status = try_to_keep(store, &err);
        sg_mem_fail_at(0);
        if (status != SG_OK)
            sg_assert_status(status, SG_NO_MEMORY, &err);
    }
    assert_true(nth > 5 && nth < MOST);
    assert_int_equal(count_kept(store, 0), 1);
    sg_store_close(store);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(lines_come_with_the_batch_and_their_rules),
        IN_FOLDER(an_import_that_is_not_finished_leaves_none),
        IN_FOLDER(a_held_batch_gives_them_to_the_one_that_its_file_becomes),
        IN_FOLDER(an_undone_batch_takes_its_own_along),
        IN_FOLDER(forgetting_anybody_takes_all_without_a_trace),
        IN_FOLDER(dropping_takes_all_without_a_trace_and_nothing_else),
        IN_FOLDER(a_batch_has_so_many_lines_at_most),
        IN_FOLDER(a_batch_has_so_many_bytes_at_most),
        IN_FOLDER(without_memory_none_is_kept_and_the_next_import_makes_it_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
