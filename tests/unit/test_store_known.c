/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the store knows of a kind's rows is the same however many threads load it. The rows are made up, by the database itself.
 */
#include "test_store_fixture.h"

#include "store/known.h"

/* A thread loads 65536 ids or more, and four of them load most: so many ids, of which few have a row, are parted among four. */
enum { PART = 65536, IDS = 4 * PART + 4321, QUARTER = IDS / 4 };

static void run_sql(sg_store *store, const char *sql)
{
    sg_err err = {0};
    sg_assert_ok(sg_store_execute(store, sql, &err), &err);
}

/* Five batches, the third of the latest cut-off. They are of another kind than the rows, which have blanks, days of 0, and gaps in their
 * ids; batches 2 to 4 repeated some. */
static void make_rows(sg_store *store)
{
    static const fact gains[] = {{1, 1, "A", 2024, 10, 0}};
    static const sg_day cutoffs[] = {20001, 20003, 20009, 20005, 20010};
    char sql[1000];
    for (size_t i = 0; i < N_OF(cutoffs); i++) {
        sg_batch b = deliver(store, &(delivery){.kind = SG_KIND_GAIN,
                                                .delivery = SG_DELIVERY_DELTA,
                                                .cutoff = cutoffs[i],
                                                .facts = gains,
                                                .n = 1});
        assert_int_equal(b.id, i + 1);
    }
    run_sql(store, "PRAGMA synchronous = OFF");
    (void)snprintf(
        sql, sizeof sql,
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %d) "
        "INSERT INTO enrollment SELECT n, CASE n %% 5 WHEN 0 THEN NULL ELSE n * 8796093022237 END, "
        "CASE n %% 11 WHEN 0 THEN n %% 3 + 1 END, n * -17592186044423, n * 13, n %% 5 + 1, n %% 7 + "
        "1, n + 1, x'00', 1, n %% 4000 - 9, CASE n %% 3 WHEN 0 THEN NULL ELSE n %% 900 END, "
        "CASE n %% 4 WHEN 0 THEN NULL WHEN 1 THEN 0 ELSE n END, 2024, x'' FROM c WHERE n %% 8 = 0 OR n %% %d "
        "< 3",
        (int)IDS, (int)QUARTER);
    run_sql(store, sql);
    run_sql(store, "INSERT INTO row_seen SELECT 0, e.id, b.id FROM enrollment AS e, batch AS b "
                   "WHERE b.id BETWEEN 2 AND 4 AND (e.id + b.id) % 40 < 3");
}

/* Some rows have ended, and some more. */
static void end_rows(sg_store *store, const char *more)
{
    char sql[300];
    (void)snprintf(sql, sizeof sql,
                   "DELETE FROM row_end; "
                   "INSERT INTO row_end SELECT 0, id, 5 FROM enrollment WHERE id %% 64 = 8 OR %s",
                   more);
    run_sql(store, sql);
}

static bool are_equal(const sg_known *a, const sg_known *b)
{
    return a->id == b->id && a->raw == b->raw && a->key == b->key && a->digest == b->digest &&
           a->scope == b->scope && a->batch == b->batch && a->verdict == b->verdict && a->seen == b->seen &&
           a->day == b->day && a->end == b->end && a->has_hours == b->has_hours && !b->arrived && !b->spared;
}

static uint64_t key_of(int64_t id)
{
    return (uint64_t)(id * INT64_C(-17592186044423));
}

/* What one thread loads, held against sums that the database makes. */
static void expect_sums(sg_store *store, const sg_known_rows *rows)
{
#define CURRENT " FROM enrollment AS e WHERE id NOT IN (SELECT row FROM row_end WHERE kind = 0)"
    int64_t seen = 0, days = 0, ends = 0, hours = 0, verdicts = 0;
    for (size_t i = 0; i < rows->n; i++) {
        seen += rows->all[i].seen * rows->all[i].id;
        days += rows->all[i].day;
        ends += rows->all[i].end == SG_DAY_NONE ? 10000 : rows->all[i].end;
        hours += rows->all[i].has_hours;
        verdicts += rows->all[i].verdict;
    }
    assert_int_equal(rows->n, ask(store, "SELECT count(*)" CURRENT));
    assert_int_equal(days * 3 + ends * 5 + hours * 7 + verdicts,
                     ask(store, "SELECT sum(start_date) * 3 + sum(ifnull(end_date, 10000)) * 5 + "
                                "sum(ifnull(contact_hours, 0) > 0) * 7 + sum(ifnull(verdict, 0))" CURRENT));
    /* by cut-off 3 is the last of them, then 4 */
    assert_int_equal(seen,
                     ask(store, "SELECT sum(e.id * CASE WHEN (e.id + 3) % 40 < 3 THEN 3 WHEN (e.id + 4) % 40 "
                                "< 3 THEN 4 WHEN (e.id + 2) % 40 < 3 THEN 2 ELSE 0 END)" CURRENT));
}

/* Each by its key and by its text, and none that has ended. */
static void expect_found(const sg_known_rows *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        sg_known *row = &rows->all[i];
        sg_known_cursor far = {.next = rows->n, .aside = rows->n};
        n += sg_known_by_key(rows, row->key) == row &&
             (row->raw == 0 || sg_known_by_raw(rows, &far, row->raw) == row);
    }
    assert_int_equal(n, rows->n);
    assert_null(sg_known_by_key(rows, key_of(8)));
    assert_null(sg_known_by_key(rows, 1));
}

static void expect_same_by_any_jobs(sg_store *store)
{
    static const int jobs[] = {2, 3, 4, 64};
    sg_known_rows one = {0};
    sg_err err = {0};
    sg_assert_ok(sg_known_load(&one, store, SG_KIND_ENROLLMENT, 1, &err), &err);
    expect_sums(store, &one);
    for (size_t j = 0; j < N_OF(jobs); j++) {
        sg_known_rows many = {0};
        size_t n = 0;
        sg_assert_ok(sg_known_load(&many, store, SG_KIND_ENROLLMENT, jobs[j], &err), &err);
        assert_int_equal(many.n, one.n);
        while (n < one.n && are_equal(&one.all[n], &many.all[n]))
            n++;
        assert_int_equal(n, one.n);
        expect_found(&many);
        sg_known_release(&many);
    }
    sg_known_release(&one);
}

/* ---- the tests share one database, for its rows take time ---- */

typedef struct {
    char *folder;
    sg_store *store;
} shared;

static int setup(void **state)
{
    static shared s;
    s.folder = sg_tmpdir_make();
    s.store = open_store(s.folder);
    make_rows(s.store);
    *state = &s;
    return 0;
}

static int teardown(void **state)
{
    shared *s = *state;
    sg_store_close(s->store);
    sg_tmpdir_remove(s->folder);
    return 0;
}

/* On both sides of where a part ends and the next begins, rows have ended. The import has the database to itself for writing. */
static void a_new_database_is_read_by_any_number_of_threads(void **state)
{
    shared *s = *state;
    sg_import *import = NULL;
    char more[100];
    sg_err err = {0};
    assert_true(s->store->is_new);
    (void)snprintf(more, sizeof more, "id %% %d < 2", (int)QUARTER);
    end_rows(s->store, more);
    sg_assert_ok(sg_import_begin(s->store, &import, &err), &err);
    expect_same_by_any_jobs(s->store);
    sg_import_end(import);
}

/* A whole part has ended. */
static void a_database_that_is_not_new_is_too(void **state)
{
    shared *s = *state;
    sg_import *import = NULL;
    char more[100];
    sg_err err = {0};
    (void)snprintf(more, sizeof more, "id BETWEEN %d AND %d", (int)QUARTER, 2 * QUARTER + 1);
    end_rows(s->store, more);
    sg_store_close(s->store);
    s->store = open_store(s->folder);
    assert_false(s->store->is_new);
    sg_assert_ok(sg_import_begin(s->store, &import, &err), &err);
    expect_same_by_any_jobs(s->store);
    sg_import_end(import);
}

/* The first part has the store's own connection; those beside it find no database. */
static void a_part_that_cannot_be_loaded_is_told(void **state)
{
    shared *s = *state;
    char *path = sg_tmpdir_path(s->folder, "s.db"), *away = sg_tmpdir_path(s->folder, "away.db");
    sg_known_rows rows = {0};
    sg_err err = {0};
    assert_int_equal(rename(path, away), 0);
    sg_assert_status(sg_known_load(&rows, s->store, SG_KIND_ENROLLMENT, 4, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "s.db");
    sg_known_release(&rows);
    assert_int_equal(rename(away, path), 0);
    sg_assert_ok(sg_known_load(&rows, s->store, SG_KIND_ENROLLMENT, 4, &err), &err);
    sg_known_release(&rows);
    free(path);
    free(away);
}

static void few_rows_of_high_ids_are_loaded_too(void **state)
{
    shared *s = *state;
    sg_known_rows rows = {0};
    sg_err err = {0};
    end_rows(s->store, "0");
    run_sql(s->store, "DELETE FROM enrollment WHERE id NOT IN (1, 66617, 199849, 266464, 266465)");
    sg_assert_ok(sg_known_load(&rows, s->store, SG_KIND_ENROLLMENT, 4, &err), &err);
    assert_int_equal(rows.n, 5);
    expect_sums(s->store, &rows);
    expect_found(&rows);
    sg_known_release(&rows);
    run_sql(s->store, "DELETE FROM enrollment");
    sg_assert_ok(sg_known_load(&rows, s->store, SG_KIND_ENROLLMENT, 4, &err), &err);
    assert_int_equal(rows.n, 0);
    assert_null(sg_known_by_key(&rows, 1));
    sg_known_release(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_database_is_read_by_any_number_of_threads),
        cmocka_unit_test(a_database_that_is_not_new_is_too),
        cmocka_unit_test(a_part_that_cannot_be_loaded_is_told),
        cmocka_unit_test(few_rows_of_high_ids_are_loaded_too),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
