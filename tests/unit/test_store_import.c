/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test_store_checks.h"

#define CURRENT "SELECT count(*) FROM enrollment WHERE " IS_CURRENT

static const fact ten[] = {{1, 1, "A", 2024, 10, 0}, {1, 2, "A", 2024, 20, 0}, {2, 3, "A", 2024, 30, 0},
                           {3, 4, "A", 2024, 40, 0}, {4, 5, "A", 2024, 50, 0}, {5, 6, "B", 2024, 10, 0},
                           {6, 7, "B", 2024, 20, 0}, {7, 8, "B", 2024, 30, 0}, {8, 9, "B", 2024, 40, 0},
                           {9, 10, "B", 2024, 50, 0}};

static void a_first_delivery_adds_every_row_and_withdraws_none(void **state)
{
    sg_store *store = open_store(*state);
    sg_batch b = deliver(store, FULL(20000, BOTH, ten));
    assert_counts(&b, 10, 0, 0, 0);
    assert_int_equal(b.id, 1);
    assert_int_equal(b.state, SG_BATCH_APPLIED);
    assert_int_equal(ask(store, CURRENT), 10);
    assert_int_equal(ask(store, "SELECT count(DISTINCT learner) FROM enrollment"), 9);
    assert_sound(store);
    sg_store_close(store);
}

static void the_same_delivery_again_changes_nothing(void **state)
{
    sg_store *store = open_store(*state);
    char before[SG_SHA256_TEXT], after[SG_SHA256_TEXT];
    deliver(store, FULL(20000, BOTH, ten));
    digest_of(store, before);
    sg_batch b = deliver(store, FULL(20000, BOTH, ten));
    digest_of(store, after);
    assert_counts(&b, 0, 0, 10, 0);
    assert_string_equal(before, after);
    assert_int_equal(b.id, 2);
    assert_int_equal(ask(store, "SELECT count(*) FROM enrollment"), 10);
    assert_sound(store);
    sg_store_close(store);
}

static void a_changed_row_ends_its_version_and_begins_another(void **state)
{
    static const fact one[] = {{1, 2, "A", 2024, 21, 0}};
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, ten));
    sg_batch b = deliver(store, DELTA(20001, one));
    assert_counts(&b, 0, 1, 0, 0);
    assert_int_equal(ask(store, CURRENT), 10);
    assert_int_equal(
        ask(store,
            "SELECT contact_hours FROM enrollment AS e JOIN row_end AS x ON x.kind = 0 AND x.row = e.id "
            "WHERE e.batch = 1 AND x.batch = 2"),
        20);
    assert_int_equal(ask(store, "SELECT contact_hours FROM enrollment WHERE batch = 2 AND " IS_CURRENT), 21);
    assert_sound(store);
    sg_store_close(store);
}

static void a_blank_that_was_filled_is_a_change_and_so_is_one_that_was_emptied(void **state)
{
    static const fact filled[] = {{1, 1, "A", 2024, 10, 0}}, blank[] = {{1, 1, "A", 0, 10, 0}};
    sg_store *store = open_store(*state);
    deliver(store, DELTA(20000, blank));
    sg_batch b = deliver(store, DELTA(20001, filled));
    assert_counts(&b, 0, 1, 0, 0);
    b = deliver(store, DELTA(20002, blank));
    assert_counts(&b, 0, 1, 0, 0);
    assert_int_equal(ask(store, "SELECT count(*) FROM enrollment WHERE program_year IS NULL"), 2);
    assert_sound(store);
    sg_store_close(store);
}

static void a_later_row_of_the_same_key_replaces_the_earlier_of_its_file(void **state)
{
    static const fact twice[] = {{1, 1, "A", 2024, 10, 0}, {2, 2, "A", 2024, 5, 0}, {1, 1, "B", 2023, 99, 0}};
    sg_store *store = open_store(*state);
    sg_import *import;
    sg_batch batch;
    char held[SG_ERR_MESSAGE];
    sg_err err = {0};
    /* one row more is said to be stored than differ in their keys: nothing may get lost unnoticed */
    sg_assert_status(weigh_delivery(store, DELTA(20000, twice), &import, &batch, held, &err), SG_FAILED,
                     &err);
    sg_assert_contains(err.message, "3 rows");
    batch.counts.stored = 2;
    batch.counts.replaced = 1;
    sg_assert_ok(sg_import_weigh(import, &batch, held, &err), &err);
    sg_assert_ok(sg_import_apply(import, &batch, 1, &err), &err);
    sg_import_end(import);
    assert_counts(&batch, 2, 0, 0, 0);
    assert_int_equal(ask(store, "SELECT contact_hours FROM enrollment WHERE program_year = 2023"), 99);
    assert_int_equal(ask(store, CURRENT), 2);
    assert_sound(store);
    sg_store_close(store);
}

static void a_full_delivery_withdraws_what_its_scopes_no_longer_contain(void **state)
{
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, ten));
    sg_batch b = deliver(
        store, &(delivery){.kind = SG_KIND_ENROLLMENT, .scope = BOTH, .cutoff = 20001, .facts = ten, .n = 4});
    assert_counts(&b, 0, 0, 4, 1); /* college B is not in it */
    assert_int_equal(ask(store, CURRENT), 9);
    assert_int_equal(ask(store, "SELECT count(*) FROM row_end WHERE kind = 0 AND batch = 2"), 1);
    b = deliver(store,
                &(delivery){.kind = SG_KIND_ENROLLMENT, .scope = 0, .cutoff = 20002, .facts = ten, .n = 4});
    assert_counts(&b, 0, 0, 4, 5); /* without scope columns it is of everything */
    b = deliver(store, FULL(20003, BOTH, ten));
    assert_counts(&b, 6, 0, 4, 0);
    assert_sound(store);
    sg_store_close(store);
}

static void scopes_follow_the_columns_of_the_crosswalk_and_blank_is_a_value(void **state)
{
    static const fact mixed[] = {{1, 1, "A", 2023, 1, 0}, {2, 2, "B", 2023, 1, 0}, {3, 3, "A", 2024, 1, 0},
                                 {4, 4, "B", 2024, 1, 0}, {5, 5, "A", 0, 1, 0},    {6, 6, "B", 0, 1, 0}};
    static const fact year[] = {{11, 11, "C", 2023, 1, 0}}, college[] = {{12, 12, "B", 2030, 1, 0}},
                      blank[] = {{13, 13, "A", 0, 1, 0}};
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, mixed));
    sg_batch b = deliver(store, FULL(20001, SG_SCOPE_PROGRAM_YEAR, year));
    assert_counts(&b, 1, 0, 0, 2); /* 1 and 2 */
    b = deliver(store, FULL(20002, SG_SCOPE_COLLEGE, college));
    assert_counts(&b, 1, 0, 0, 2); /* 4 and 6 */
    b = deliver(store, FULL(20003, BOTH, blank));
    assert_counts(&b, 1, 0, 0, 1); /* 5 */
    assert_int_equal(ask(store, CURRENT), 4);
    assert_sound(store);
    sg_store_close(store);
}

static void a_delivery_of_one_kind_leaves_the_other_alone(void **state)
{
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, 0, ten));
    sg_batch b = deliver(
        store, &(delivery){.kind = SG_KIND_GAIN, .scope = 0, .cutoff = 20001, .facts = ten, .n = 2});
    assert_counts(&b, 2, 0, 0, 0);
    assert_int_equal(ask(store, CURRENT), 10);
    assert_int_equal(ask(store, "SELECT count(*) FROM gain WHERE " IS_CURRENT_GAIN), 2);
    assert_sound(store);
    sg_store_close(store);
}

/* ---- set aside, ended ---- */

static void a_delivery_set_aside_leaves_its_record_and_none_of_its_rows(void **state)
{
    static const sg_batch_state states[] = {SG_BATCH_HELD, SG_BATCH_REFUSED};
    char before[SG_SHA256_TEXT], after[SG_SHA256_TEXT];
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, ten));
    digest_of(store, before);
    for (size_t i = 0; i < N_OF(states); i++) {
        static const fact other[] = {{77, 77, "new college", 2029, 1, 0}};
        sg_import *import;
        sg_batch batch, stored;
        char held[SG_ERR_MESSAGE];
        bool found = false;
        sg_err err = {0};
        sg_assert_ok(weigh_delivery(store, DELTA(20001, other), &import, &batch, held, &err), &err);
        batch.state = states[i];
        memcpy(batch.reason, "because", sizeof "because");
        sg_assert_ok(sg_import_set_aside(import, &batch, &err), &err);
        sg_import_end(import);
        assert_int_equal(batch.id, i + 2);
        sg_assert_ok(sg_store_get_batch(store, batch.id, &stored, &found, &err), &err);
        assert_true(found);
        assert_int_equal(stored.state, states[i]);
        assert_string_equal(stored.reason, "because");
    }
    digest_of(store, after);
    assert_string_equal(before, after);
    assert_int_equal(ask(store, "SELECT count(*) FROM college WHERE code = 'new college'"), 0);
    assert_int_equal(ask(store, "SELECT count(DISTINCT learner) FROM enrollment"), 9);
    assert_sound(store);
    sg_store_close(store);
}

static void an_import_that_is_ended_early_never_was_and_takes_no_id(void **state)
{
    sg_store *store = open_store(*state);
    sg_import *import;
    sg_batch batch;
    char held[SG_ERR_MESSAGE];
    sg_err err = {0};
    sg_assert_ok(weigh_delivery(store, FULL(20000, BOTH, ten), &import, &batch, held, &err), &err);
    sg_import_end(import);
    sg_import_end(NULL);
    assert_int_equal(ask(store,
                         "SELECT (SELECT count(*) FROM batch) + (SELECT count(*) FROM "
                         "college) + (SELECT count(*) FROM enrollment) + (SELECT count(*) FROM scope)"),
                     0);
    batch = deliver(store, FULL(20000, BOTH, ten));
    assert_int_equal(batch.id, 1);
    assert_int_equal(
        ask(store, "SELECT (SELECT count(*) FROM temp.arrived) + (SELECT count(*) FROM temp.reach)"), 0);
    sg_store_close(store);
}

static void one_import_at_a_time_and_never_through_a_reader(void **state)
{
    sg_store *store = open_store(*state);
    sg_import *import = NULL, *second = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_import_begin(store, &import, &err), &err);
    sg_assert_status(sg_import_begin(store, &second, &err), SG_FAILED, &err);
    sg_import_end(import);
    sg_assert_ok(sg_import_begin(store, &import, &err), &err);
    sg_import_end(import);
    sg_store *reader = open_store_at(*state, "s.db", SG_STORE_READ);
    sg_assert_status(sg_import_begin(reader, &second, &err), SG_FAILED, &err);
    sg_store_close(reader);
    sg_store_close(store);
}

static void a_delivery_without_cutoff_is_not_weighed(void **state)
{
    sg_store *store = open_store(*state);
    sg_import *import = NULL;
    sg_batch batch;
    char held[SG_ERR_MESSAGE];
    sg_err err = {0};
    sg_assert_status(weigh_delivery(store, FULL(SG_DAY_NONE, BOTH, ten), &import, &batch, held, &err),
                     SG_FAILED, &err);
    sg_assert_contains(err.message, "--cutoff");
    sg_import_end(import);
    sg_store_close(store);
}

/* ---- batches ---- */

static void an_applied_delivery_is_seen_and_one_set_aside_is_not(void **state)
{
    int64_t seconds = 7;
    sg_import *import;
    sg_batch batch;
    char held[SG_ERR_MESSAGE];
    sg_err err = {0};
    sg_store *store = open_store(*state);
    sg_assert_ok(weigh_delivery(store, FULL(20000, BOTH, ten), &import, &batch, held, &err), &err);
    batch.state = SG_BATCH_HELD;
    sg_assert_ok(sg_import_set_aside(import, &batch, &err), &err);
    sg_import_end(import);
    sg_assert_ok(sg_store_last_seen(store, SG_KIND_ENROLLMENT, &seconds, &err), &err);
    assert_int_equal(seconds, 0);
    sg_assert_ok(weigh_delivery(store, FULL(20000, BOTH, ten), &import, &batch, held, &err), &err);
    sg_assert_ok(sg_import_apply(import, &batch, 1234567, &err), &err);
    sg_import_end(import);
    sg_assert_ok(sg_store_last_seen(store, SG_KIND_ENROLLMENT, &seconds, &err), &err);
    assert_int_equal(seconds, 1234567);
    sg_assert_ok(sg_store_last_seen(store, SG_KIND_GAIN, &seconds, &err), &err);
    assert_int_equal(seconds, 0);
    sg_store_close(store);
}

static void a_refused_file_may_be_of_no_kind(void **state)
{
    sg_import *import;
    sg_batch batch = {.kind = SG_N_KINDS, .state = SG_BATCH_REFUSED, .cutoff = SG_DAY_NONE}, stored;
    bool found = false;
    sg_err err = {0};
    sg_store *store = open_store(*state);
    sg_assert_ok(sg_import_begin(store, &import, &err), &err);
    sg_assert_ok(sg_import_set_aside(import, &batch, &err), &err);
    sg_import_end(import);
    sg_assert_ok(sg_store_get_batch(store, 1, &stored, &found, &err), &err);
    assert_int_equal(stored.kind, SG_N_KINDS);
    assert_string_equal(sg_kind_text(stored.kind), "");
    assert_int_equal(ask(store, "SELECT count(*) FROM batch WHERE kind = ''"), 1);
    sg_store_close(store);
}

static void a_batch_is_read_back_as_it_was_entered(void **state)
{
    sg_store *store = open_store(*state);
    sg_import *import;
    sg_batch batch, stored, *all = NULL;
    char held[SG_ERR_MESSAGE];
    size_t n = 0;
    bool found = true;
    sg_err err = {0};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_assert_ok(weigh_delivery(store, FULL(20000, SG_SCOPE_COLLEGE, ten), &import, &batch, held, &err),
                 &err);
    batch.learners_by_college = true;
    batch.latest_gains = true;
    batch.counts = (sg_batch_counts){.read = 31,
                                     .stored = 10,
                                     .repeated = 3,
                                     .replaced = 4,
                                     .quarantined = 5,
                                     .dropped = 9,
                                     .warnings = 7,
                                     .added = 10};
    memcpy(batch.sha256, "abc", sizeof "abc");
    sg_assert_ok(sg_import_apply(import, &batch, 1, &err), &err);
    sg_import_end(import);
    sg_assert_ok(sg_store_find_batch(store, "abc", SG_N_KINDS, &stored, &found, &err), &err);
    assert_true(found);
    assert_string_equal(stored.file_name, batch.file_name);
    assert_string_equal(stored.sha256, "abc");
    assert_string_equal(stored.crosswalk, "canonical");
    assert_string_equal(stored.crosswalk_sha256, "4567");
    assert_string_equal(stored.reason, "");
    assert_int_equal(stored.id, 1);
    assert_int_equal(stored.kind, SG_KIND_ENROLLMENT);
    assert_int_equal(stored.state, SG_BATCH_APPLIED);
    assert_int_equal(stored.bytes, 77);
    assert_int_equal(stored.rule_set, 1);
    assert_int_equal(stored.delivery, SG_DELIVERY_FULL);
    assert_int_equal(stored.scope, SG_SCOPE_COLLEGE);
    assert_true(stored.learners_by_college && stored.latest_gains && stored.has_hours);
    assert_int_equal(stored.cutoff, 20000);
    assert_int_equal(stored.imported_on, 20001);
    assert_memory_equal(&stored.counts, &batch.counts, sizeof batch.counts);
    sg_assert_ok(sg_store_find_batch(store, "abc", SG_KIND_ENROLLMENT, &stored, &found, &err), &err);
    assert_true(found);
    sg_assert_ok(sg_store_find_batch(store, "abc", SG_KIND_GAIN, &stored, &found, &err), &err);
    assert_false(found);
    sg_assert_ok(sg_store_find_batch(store, "never", SG_N_KINDS, &stored, &found, &err), &err);
    assert_false(found);
    sg_assert_ok(sg_store_get_batch(store, 99, &stored, &found, &err), &err);
    assert_false(found);
    deliver(store, DELTA(20002, ten));
    sg_assert_ok(sg_store_batches(store, arena, &all, &n, &err), &err);
    assert_int_equal(n, 2);
    assert_int_equal(all[1].id, 2);
    assert_int_equal(all[1].delivery, SG_DELIVERY_DELTA);
    sg_store_close(store);
}

static void the_cutoff_of_a_kind_is_the_latest_one_in_use(void **state)
{
    sg_store *store = open_store(*state);
    sg_day day = 1;
    sg_err err = {0};
    sg_assert_ok(sg_store_cutoff(store, SG_KIND_ENROLLMENT, &day, &err), &err);
    assert_int_equal(day, SG_DAY_NONE);
    deliver(store, FULL(20010, BOTH, ten));
    deliver(store, FULL(20005, BOTH, ten));
    sg_assert_ok(sg_store_cutoff(store, SG_KIND_ENROLLMENT, &day, &err), &err);
    assert_int_equal(day, 20010);
    sg_assert_ok(sg_store_cutoff(store, SG_KIND_GAIN, &day, &err), &err);
    assert_int_equal(day, SG_DAY_NONE);
    sg_store_close(store);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_first_delivery_adds_every_row_and_withdraws_none),
        IN_FOLDER(the_same_delivery_again_changes_nothing),
        IN_FOLDER(a_changed_row_ends_its_version_and_begins_another),
        IN_FOLDER(a_blank_that_was_filled_is_a_change_and_so_is_one_that_was_emptied),
        IN_FOLDER(a_later_row_of_the_same_key_replaces_the_earlier_of_its_file),
        IN_FOLDER(a_full_delivery_withdraws_what_its_scopes_no_longer_contain),
        IN_FOLDER(scopes_follow_the_columns_of_the_crosswalk_and_blank_is_a_value),
        IN_FOLDER(a_delivery_of_one_kind_leaves_the_other_alone),
        IN_FOLDER(an_applied_delivery_is_seen_and_one_set_aside_is_not),
        IN_FOLDER(a_refused_file_may_be_of_no_kind),
        IN_FOLDER(a_delivery_set_aside_leaves_its_record_and_none_of_its_rows),
        IN_FOLDER(an_import_that_is_ended_early_never_was_and_takes_no_id),
        IN_FOLDER(one_import_at_a_time_and_never_through_a_reader),
        IN_FOLDER(a_delivery_without_cutoff_is_not_weighed),
        IN_FOLDER(a_batch_is_read_back_as_it_was_entered),
        IN_FOLDER(the_cutoff_of_a_kind_is_the_latest_one_in_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
