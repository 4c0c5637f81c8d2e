/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test_store_checks.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem_hook.h"

enum { MANY = 400, VARIANTS = 300, MOST_ALLOCATIONS = 2000 };

static fact many[MANY];

static int make_many(void **state)
{
    static const char *const colleges[] = {"A", "B", "C"};
    for (int i = 0; i < MANY; i++)
        many[i] = (fact){i / 3, i, colleges[i % 3], 2020 + i % 5, i, 0};
    return sg_tmpdir_setup(state);
}

static int stop_failing(void **state)
{
    sg_mem_fail_at(0);
    return sg_tmpdir_teardown(state);
}

static sg_status count_learner(void *context, const sg_stored_learner *learner, sg_err *err)
{
    (void)learner;
    (void)err;
    ++*(int *)context;
    return SG_OK;
}

/* ---- full disk ---- */

static void a_full_disk_changes_nothing_and_says_what_to_do(void **state)
{
    char before[SG_SHA256_TEXT], after[SG_SHA256_TEXT], held[SG_ERR_MESSAGE];
    sg_store *store = open_store(*state);
    deliver(store, &(delivery){.cutoff = 20000, .facts = many, .n = 20});
    digest_of(store, before);
    int64_t pages = ask(store, "PRAGMA page_count"), most = 0;
    sg_err err = {0};
    sg_assert_ok(sg_store_ask(store, "PRAGMA max_page_count = 1", &most, &err),
                 &err); /* never below what is used */
    assert_int_equal(most, pages);
    sg_import *import;
    sg_batch batch;
    sg_status status = weigh_delivery(store, FULL(20001, BOTH, many), &import, &batch, held, &err);
    if (status == SG_OK)
        status = sg_import_apply(import, &batch, 1, &err);
    sg_assert_status(status, SG_FAILED, &err);
    sg_assert_contains(err.message, "the disk is full");
    sg_assert_contains(err.message, "free space");
    sg_import_end(import);
    digest_of(store, after);
    assert_string_equal(before, after);
    assert_int_equal(ask(store, "SELECT count(*) FROM batch"), 1);
    (void)ask(store, "PRAGMA max_page_count = 100000");
    batch = deliver(store, FULL(20001, BOTH, many)); /* room was made */
    assert_int_equal(batch.id, 2);
    sg_store_close(store);
}

/* ---- another writer ---- */

static void a_second_writer_is_told_to_try_again(void **state)
{
    sg_store *first = open_store(*state), *second = open_store(*state);
    sg_import *import = NULL, *other = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_import_begin(first, &import, &err), &err);
    (void)sqlite3_busy_timeout(second->db, 10);
    sg_assert_status(sg_import_begin(second, &other, &err), SG_BUSY, &err);
    sg_assert_contains(err.message, "try again");
    sg_import_end(import);
    sg_assert_ok(sg_import_begin(second, &other, &err), &err);
    sg_import_end(other);
    sg_store_close(first);
    sg_store_close(second);
}

/* ---- killed ---- */

/* In a child: imports, and is killed after this many rows, or before or after the commit. */
static void import_and_die(const char *folder, size_t at)
{
    sg_store *store = open_store(folder);
    sg_import *import = NULL;
    sg_batch batch = batch_of(FULL(20001, BOTH, many));
    sg_err err = {0};
    char held[SG_ERR_MESSAGE];
    bool fine = sg_import_begin(store, &import, &err) == SG_OK;
    sg_sink sink = sg_import_sink(import);
    for (size_t i = 0; fine && i < MANY; i++) {
        sg_record r = record_of(SG_KIND_ENROLLMENT, &many[i]);
        if (i == at)
            (void)raise(SIGKILL);
        fine = sink.row(sink.context, &r, -1, &err) == SG_OK;
    }
    fine = fine && sg_import_weigh(import, &batch, held, &err) == SG_OK;
    if (at == MANY)
        (void)raise(SIGKILL);
    fine = fine && sg_import_apply(import, &batch, 1, &err) == SG_OK;
    (void)raise(fine ? SIGKILL : SIGTERM);
}

static void a_killed_import_was_all_or_nothing(void **state)
{
    static const size_t places[] = {0, 17, MANY - 1, MANY, MANY + 1};
    char digest[SG_SHA256_TEXT], old[SG_SHA256_TEXT], new[SG_SHA256_TEXT];
    sg_store *store = open_store_at(*state, "undisturbed.db", SG_STORE_WRITE);
    digest_of(store, old);
    deliver(store, FULL(20001, BOTH, many));
    digest_of(store, new);
    sg_store_close(store);
    for (size_t i = 0; i < N_OF(places); i++) {
        int how = 0;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            import_and_die(*state, places[i]);
        assert_int_equal(waitpid(child, &how, 0), child);
        assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
        store = open_store_at(*state, "s.db", SG_STORE_READ);
        digest_of(store, digest);
        assert_string_equal(digest, places[i] > MANY ? new : old);
        sg_store_close(store);
    }
    assert_false(sg_tmpdir_exists(*state, "s.db-wal"));
}

/* ---- damage ---- */

static sg_status read_all(const char *folder, sg_store_mode mode, char digest[SG_SHA256_TEXT], sg_err *err)
{
    char *path = sg_tmpdir_path(folder, "damaged.db");
    sg_store *store = NULL;
    int n = 0;
    sg_status status = sg_store_open(path, mode, &store, err);
    if (status == SG_OK)
        status = sg_store_read(store, count_learner, &n, err);
    if (status == SG_OK)
        status = sg_store_digest(store, digest, err);
    sg_store_close(store);
    free(path);
    return status;
}

static void damage(unsigned char *bytes, size_t *length, int variant)
{
    uint64_t at = (uint64_t)(variant + 1) * UINT64_C(0x9e3779b97f4a7c15);
    size_t place = (size_t)(at >> 20) % *length;
    if (variant % 4 == 0)
        *length = place; /* cut */
    else if (variant % 4 == 1)
        memset(bytes + place / 4096 * 4096, 0, 4096);
    else
        bytes[place] ^= (unsigned char)(1u << (at & 7));
}

/* What is read of a damaged database is what was in it, or a refusal that says what to do. */
static void no_damage_goes_into_a_report(void **state)
{
    char good[SG_SHA256_TEXT], digest[SG_SHA256_TEXT];
    size_t length = 0;
    int refused = 0;
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, many));
    digest_of(store, good);
    sg_store_close(store);
    char *bytes = sg_tmpdir_read(*state, "s.db", &length);
    for (int variant = 0; variant < VARIANTS; variant++) {
        unsigned char *copy = malloc(length + 4096);
        size_t n = length;
        sg_err err = {0};
        assert_non_null(copy);
        memcpy(copy, bytes, length);
        damage(copy, &n, variant);
        sg_tmpdir_write(*state, "damaged.db", copy, n);
        free(copy);
        sg_status status = read_all(*state, SG_STORE_READ, digest, &err);
        if (status == SG_OK) {
            assert_string_equal(digest, good);
            continue;
        }
        refused++;
        assert_true(status == SG_FAILED || status == SG_USAGE);
        assert_non_null(strchr(err.message, ':'));
    }
    assert_true(refused > VARIANTS / 2);
    free(bytes);
}

static void a_damaged_database_says_to_restore_the_backup(void **state)
{
    size_t length = 0;
    char digest[SG_SHA256_TEXT];
    sg_err err = {0};
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, many));
    sg_store_close(store);
    char *bytes = sg_tmpdir_read(*state, "s.db", &length);
    assert_true(length > 16384);
    memset(bytes + 8192, 0x5a, length - 8192);
    sg_tmpdir_write(*state, "damaged.db", bytes, length);
    sg_assert_status(read_all(*state, SG_STORE_WRITE, digest, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "damaged.db");
    sg_assert_contains(err.message, "restore the newest backup");
    free(bytes);
}

static void a_row_altered_behind_its_digest_is_not_read(void **state)
{
    int n = 0;
    sg_err err = {0};
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, many));
    sg_assert_ok(
        sg_store_execute(store, "UPDATE enrollment SET contact_hours = 7 WHERE contact_hours = 8", &err),
        &err);
    sg_assert_status(sg_store_read(store, count_learner, &n, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "does not fit its digest");
    sg_store_close(store);
}

/* ---- memory ---- */

static sg_status whole_night(const char *folder, const char *name, sg_err *err)
{
    char *path = sg_tmpdir_path(folder, name);
    sg_store *store = NULL;
    sg_import *import = NULL;
    sg_batch batch = batch_of(&(delivery){.cutoff = 20000, .n = 6});
    char held[SG_ERR_MESSAGE], digest[SG_SHA256_TEXT];
    int n = 0;
    sg_status status = sg_store_open(path, SG_STORE_WRITE, &store, err);
    if (status == SG_OK)
        status = sg_import_begin(store, &import, err);
    for (size_t i = 0; status == SG_OK && i < 6; i++) {
        sg_record r = record_of(SG_KIND_ENROLLMENT, &many[i]);
        sg_finding f = {.rule = sg_rules(NULL), .line = (int64_t)i, .field = "age", .column = "Age"};
        sg_sink sink = sg_import_sink(import);
        status = sink.row(sink.context, &r, -1, err);
        if (status == SG_OK)
            status = sink.finding(sink.context, &f, err);
    }
    if (status == SG_OK)
        status = sg_import_weigh(import, &batch, held, err);
    if (status == SG_OK)
        status = sg_import_apply(import, &batch, 1, err);
    sg_import_end(import);
    if (status == SG_OK)
        status = sg_store_read(store, count_learner, &n, err);
    if (status == SG_OK)
        status = sg_store_digest(store, digest, err);
    sg_store_close(store);
    free(path);
    return status;
}

static void every_allocation_may_fail_and_the_next_run_makes_it_good(void **state)
{
    sg_err err = {0};
    sg_status status = SG_NO_MEMORY;
    long nth = 1;
    (void)record_of(SG_KIND_ENROLLMENT, &many[0]);
    for (; status != SG_OK && nth < MOST_ALLOCATIONS; nth++) {
        sg_mem_fail_at(nth);
        status = whole_night(*state, "s.db", &err);
        sg_mem_fail_at(0);
        if (status != SG_OK)
            sg_assert_status(status, SG_NO_MEMORY, &err);
    }
    assert_true(nth > 10 && nth < MOST_ALLOCATIONS);
    sg_store *store = open_store(*state);
    assert_int_equal(ask(store, "SELECT count(*) FROM enrollment WHERE " IS_CURRENT), 6);
    sg_store_close(store);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_many, stop_failing)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_full_disk_changes_nothing_and_says_what_to_do),
        IN_FOLDER(a_second_writer_is_told_to_try_again),
        IN_FOLDER(a_killed_import_was_all_or_nothing),
        IN_FOLDER(no_damage_goes_into_a_report),
        IN_FOLDER(a_damaged_database_says_to_restore_the_backup),
        IN_FOLDER(a_row_altered_behind_its_digest_is_not_read),
        IN_FOLDER(every_allocation_may_fail_and_the_next_run_makes_it_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
