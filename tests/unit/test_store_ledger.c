/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test_store_fixture.h"

static void the_last_sight_of_a_kind_is_remembered_for_each(void **state)
{
    int64_t seconds = -1;
    sg_err err = {0};
    sg_store *store = open_store(*state);
    sg_assert_ok(sg_store_last_seen(store, SG_KIND_GAIN, &seconds, &err), &err);
    assert_int_equal(seconds, 0);
    sg_assert_ok(sg_store_note_seen(store, SG_KIND_GAIN, 100, &err), &err);
    sg_assert_ok(sg_store_note_seen(store, SG_KIND_ENROLLMENT, 50, &err), &err);
    sg_assert_ok(sg_store_note_seen(store, SG_KIND_GAIN, 200, &err), &err);
    sg_assert_ok(sg_store_last_seen(store, SG_KIND_GAIN, &seconds, &err), &err);
    assert_int_equal(seconds, 200);
    sg_assert_ok(sg_store_last_seen(store, SG_KIND_ENROLLMENT, &seconds, &err), &err);
    assert_int_equal(seconds, 50);
    sg_store_close(store);
}

static void the_last_run_is_the_one_entered_last(void **state)
{
    sg_run_record run = {.draft = "2025-07-01-3f9c", .input_sha256 = "aa", .unix_seconds = 900}, last = {0};
    bool found = true;
    sg_err err = {0};
    sg_store *store = open_store(*state);
    sg_assert_ok(sg_store_last_run(store, &last, &found, &err), &err);
    assert_false(found);
    sg_assert_ok(sg_store_add_run(store, &run, &err), &err);
    run = (sg_run_record){
        .draft = "2025-07-02-4d12", .input_sha256 = "bb", .unix_seconds = 800}; /* a clock set back */
    sg_assert_ok(sg_store_add_run(store, &run, &err), &err);
    sg_store_close(store);
    store = open_store_at(*state, "s.db", SG_STORE_READ);
    sg_assert_ok(sg_store_last_run(store, &last, &found, &err), &err);
    assert_true(found);
    assert_string_equal(last.draft, run.draft);
    assert_string_equal(last.input_sha256, "bb");
    assert_int_equal(last.unix_seconds, 800);
    sg_store_close(store);
}

static const sg_ledger_cell cells[] = {{"2024@/x", 31}, {"2024@/y", SG_COUNT_MASKED}, {"2024@/z", 0}};

static void an_edition_is_entered_with_its_cells_or_not_at_all(void **state)
{
    sg_edition first = {.program_year = 2024,
                        .number = 1,
                        .name = "2024-1",
                        .draft_sha256 = "aa",
                        .results_sha256 = "bb",
                        .cells_shown = 2,
                        .cells_masked = 1};
    sg_edition second = {.program_year = 2023, .number = 2, .name = "2023-2"};
    sg_ledger_cell twice[] = {cells[0], cells[1], cells[0]};
    sg_edition *list = NULL;
    size_t n = 9;
    sg_err err = {0};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_store *store = open_store(*state);
    sg_assert_ok(sg_store_editions(store, arena, &list, &n, &err), &err);
    assert_int_equal(n, 0);
    sg_assert_ok(sg_store_add_edition(store, &first, cells, N_OF(cells), &err), &err);
    sg_assert_status(sg_store_add_edition(store, &first, cells, N_OF(cells), &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "'2024-1'");
    sg_assert_status(sg_store_add_edition(store, &second, twice, N_OF(twice), &err), SG_FAILED, &err);
    sg_assert_ok(sg_store_editions(store, arena, &list, &n, &err), &err);
    assert_int_equal(n, 1);
    sg_assert_ok(sg_store_add_edition(store, &second, NULL, 0, &err), &err);
    sg_assert_ok(sg_store_editions(store, arena, &list, &n, &err), &err);
    assert_int_equal(n, 2);
    assert_string_equal(list[0].name, "2023-2");
    assert_int_equal(list[1].program_year, 2024);
    assert_int_equal(list[1].number, 1);
    assert_string_equal(list[1].draft_sha256, "aa");
    assert_string_equal(list[1].results_sha256, "bb");
    assert_int_equal(list[1].cells_shown, 2);
    assert_int_equal(list[1].cells_masked, 1);
    assert_int_equal(ask(store, "SELECT count(*) FROM ledger_cell"), 3);
    assert_int_equal(ask(store, "SELECT count FROM ledger_cell WHERE cell = '2024@/x'"), 31);
    assert_int_equal(ask(store, "SELECT count(*) FROM ledger_cell WHERE count IS NULL AND cell = '2024@/y'"),
                     1);
    sg_store_close(store);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(the_last_sight_of_a_kind_is_remembered_for_each),
        IN_FOLDER(the_last_run_is_the_one_entered_last),
        IN_FOLDER(an_edition_is_entered_with_its_cells_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
