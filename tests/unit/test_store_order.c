/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deliveries count in order of cut-off. Each case is held against a model that knows nothing of the store: it applies the
 * deliveries one by one in that order to an array.
 */
#include "test_store_checks.h"

#include "support/dice.h"

enum { KEYS = 24, DELIVERIES = 7, CASES = 60 };

/* ---- by hand ---- */

static int64_t hours_of(sg_store *store, int row)
{
    char sql[160];
    (void)snprintf(sql, sizeof sql,
                   "SELECT contact_hours FROM enrollment WHERE " IS_CURRENT
                   " AND (record_key >> 8 & 255) = %u",
                   (unsigned)row);
    return ask(store, sql);
}

static const fact old_one[] = {{1, 1, "A", 2024, 10, 0}}, new_one[] = {{1, 1, "A", 2024, 20, 0}},
                  moved_one[] = {{1, 1, "B", 2024, 30, 0}}, other_of_b[] = {{2, 2, "B", 2024, 5, 0}},
                  other_of_a[] = {{3, 3, "A", 2024, 5, 0}};

static void a_row_of_a_later_cutoff_is_not_replaced_by_one_that_comes_late(void **state)
{
    sg_store *store = open_store(*state);
    deliver(store, DELTA(20010, new_one));
    sg_batch b = deliver(store, DELTA(20005, old_one));
    assert_counts(&b, 0, 0, 1, 0);
    assert_int_equal(hours_of(store, 1), 20);
    b = deliver(store, FULL(20005, BOTH, old_one));
    assert_counts(&b, 0, 0, 1, 0);
    assert_int_equal(hours_of(store, 1), 20);
    sg_store_close(store);
}

static void of_equal_cutoffs_the_later_import_counts(void **state)
{
    sg_store *store = open_store(*state);
    deliver(store, DELTA(20010, new_one));
    sg_batch b = deliver(store, DELTA(20010, old_one));
    assert_counts(&b, 0, 1, 0, 0);
    assert_int_equal(hours_of(store, 1), 10);
    sg_store_close(store);
}

static void a_row_that_was_repeated_unchanged_is_as_new_as_its_repetition(void **state)
{
    sg_store *store = open_store(*state);
    deliver(store, DELTA(20001, old_one));
    deliver(store, DELTA(20010, old_one));
    sg_batch b = deliver(store, DELTA(20005, new_one));
    assert_counts(&b, 0, 0, 1, 0);
    assert_int_equal(hours_of(store, 1), 10);
    b = deliver(store, FULL(20006, BOTH, other_of_a));
    assert_counts(&b, 1, 0, 0, 0); /* nor is it withdrawn */
    sg_store_close(store);
}

static void a_row_that_comes_late_stays_out_of_a_scope_since_delivered_in_full(void **state)
{
    sg_store *store = open_store(*state);
    deliver(store, FULL(20010, BOTH, other_of_a));
    sg_batch b = deliver(store, DELTA(20005, old_one));
    assert_counts(&b, 0, 0, 1, 0);
    assert_int_equal(hours_of(store, 1), SG_BLANK);
    b = deliver(store, DELTA(20005, other_of_b)); /* of another scope */
    assert_counts(&b, 1, 0, 0, 0);
    sg_store_close(store);
}

static void a_delivery_of_everything_speaks_of_scopes_that_it_does_not_name(void **state)
{
    sg_store *store = open_store(*state);
    deliver(store, FULL(20010, 0, other_of_a));
    sg_batch b = deliver(store, FULL(20005, BOTH, other_of_b));
    assert_counts(&b, 0, 0, 1, 0);
    sg_store_close(store);
}

static void a_row_moved_late_into_a_scope_since_delivered_without_it_ends(void **state)
{
    sg_store *store = open_store(*state);
    deliver(store, DELTA(20001, old_one));
    deliver(store, FULL(20010, BOTH, other_of_b));
    sg_batch b = deliver(store, DELTA(20005, moved_one));
    assert_counts(&b, 0, 0, 1, 1);
    assert_int_equal(hours_of(store, 1), SG_BLANK);
    assert_int_equal(ask(store, "SELECT count(*) FROM enrollment WHERE " IS_CURRENT), 1);
    sg_store_close(store);
}

/* ---- against the model ---- */

typedef struct {
    delivery delivery;
    fact facts[KEYS];
} made;

/* A key stays in its scope; six scopes, two of them blank in the year. */
static fact fact_of(int key, int hours)
{
    static const char *const colleges[] = {"A", "B"};
    static const int years[] = {0, 2023, 2024};
    return (fact){key / 2, key, colleges[key % 2], years[key / 2 % 3], hours, 0};
}

static void make_delivery(dice *d, sg_day cutoff, made *out)
{
    size_t n = 0;
    unsigned density = 2 + throw(d, 9);
    for (int key = 0; key < KEYS; key++) {
        if (throw(d, 10) < density)
            out->facts[n++] = fact_of(key, 1 + (int) throw(d, 3));
    }
    out->delivery = (delivery){.kind = SG_KIND_ENROLLMENT,
                               .delivery = throw(d, 3) == 0 ? SG_DELIVERY_DELTA : SG_DELIVERY_FULL,
                               .scope = throw(d, 4),
                               .cutoff = cutoff,
                               .n = n};
}

static bool speaks_of(const made *m, const fact *f)
{
    for (size_t i = 0; i < m->delivery.n; i++) {
        bool year = (m->delivery.scope & SG_SCOPE_PROGRAM_YEAR) == 0 ||
                    m->facts[i].program_year == f->program_year;
        bool college = (m->delivery.scope & SG_SCOPE_COLLEGE) == 0 ||
                       strcmp(m->facts[i].college, f->college) == 0;
        if (year && college)
            return true;
    }
    return false;
}

static void model_apply(int hours[KEYS], const made *m)
{
    for (int key = 0; key < KEYS; key++) {
        fact f = fact_of(key, 0);
        if (m->delivery.delivery == SG_DELIVERY_FULL && speaks_of(m, &f))
            hours[key] = 0;
    }
    for (size_t i = 0; i < m->delivery.n; i++)
        hours[m->facts[i].row] = m->facts[i].hours;
}

static void deliver_in_order(const char *folder, const char *name, made *all, const int order[DELIVERIES],
                             const int expected[KEYS], char digest[SG_SHA256_TEXT])
{
    sg_store *store = open_store_at(folder, name, SG_STORE_WRITE);
    sg_err err = {0};
    /* nothing here outlives the test: hundreds of flushes would only take time */
    sg_assert_ok(sg_store_execute(store, "PRAGMA synchronous = OFF", &err), &err);
    for (int i = 0; i < DELIVERIES; i++) {
        made *m = &all[order[i]];
        m->delivery.facts = m->facts;
        deliver(store, &m->delivery);
    }
    for (int key = 0; key < KEYS; key++) {
        int64_t hours = hours_of(store, key);
        assert_int_equal(hours == SG_BLANK ? 0 : hours, expected[key]);
    }
    digest_of(store, digest);
    sg_store_close(store);
}

static void whatever_the_order_of_arrival_the_order_of_cutoffs_counts(void **state)
{
    dice d = {.state = 20240701};
    for (int c = 0; c < CASES; c++) {
        made all[DELIVERIES];
        int in_order[DELIVERIES], shuffled[DELIVERIES], expected[KEYS] = {0};
        char name[32], left[SG_SHA256_TEXT], right[SG_SHA256_TEXT];
        for (int i = 0; i < DELIVERIES; i++) {
            make_delivery(&d, 20000 + i, &all[i]);
            model_apply(expected, &all[i]);
            in_order[i] = shuffled[i] = i;
        }
        for (int i = DELIVERIES - 1; i > 0; i--) {
            int j = (int) throw(&d, (unsigned)i + 1), kept = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = kept;
        }
        (void)snprintf(name, sizeof name, "%d-a.db", c);
        deliver_in_order(*state, name, all, in_order, expected, left);
        (void)snprintf(name, sizeof name, "%d-b.db", c);
        deliver_in_order(*state, name, all, shuffled, expected, right);
        assert_string_equal(left, right);
    }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_row_of_a_later_cutoff_is_not_replaced_by_one_that_comes_late),
        IN_FOLDER(of_equal_cutoffs_the_later_import_counts),
        IN_FOLDER(a_row_that_was_repeated_unchanged_is_as_new_as_its_repetition),
        IN_FOLDER(a_row_that_comes_late_stays_out_of_a_scope_since_delivered_in_full),
        IN_FOLDER(a_delivery_of_everything_speaks_of_scopes_that_it_does_not_name),
        IN_FOLDER(a_row_moved_late_into_a_scope_since_delivered_without_it_ends),
        IN_FOLDER(whatever_the_order_of_arrival_the_order_of_cutoffs_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
