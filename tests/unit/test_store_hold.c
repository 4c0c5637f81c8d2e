/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a delivery withdraws, what of it is spared, and why one is held. */
#include "test_store_checks.h"

#define CURRENT "SELECT count(*) FROM enrollment WHERE " IS_CURRENT

static const fact ten[] = {{1, 1, "A", 2024, 10, 0}, {1, 2, "A", 2024, 20, 0}, {2, 3, "A", 2024, 30, 0},
                           {3, 4, "A", 2024, 40, 0}, {4, 5, "A", 2024, 50, 0}, {5, 6, "B", 2024, 10, 0},
                           {6, 7, "B", 2024, 20, 0}, {7, 8, "B", 2024, 30, 0}, {8, 9, "B", 2024, 40, 0},
                           {9, 10, "B", 2024, 50, 0}};

/* ---- holding ---- */

static void weigh(sg_store *store, const delivery *d, char held[SG_ERR_MESSAGE])
{
    sg_import *import;
    sg_batch batch;
    sg_err err = {0};
    sg_assert_ok(weigh_delivery(store, d, &import, &batch, held, &err), &err);
    sg_import_end(import);
}

static void a_full_delivery_is_held_above_a_fifth_of_a_scope_withdrawn(void **state)
{
    char held[SG_ERR_MESSAGE];
    sg_store *store = open_store(*state);
    weigh(store, FULL(20000, BOTH, ten), held);
    assert_string_equal(held, "");
    deliver(store, FULL(20000, BOTH, ten));
    weigh(store, &(delivery){.scope = BOTH, .cutoff = 20001, .facts = ten, .n = 4}, held);
    assert_string_equal(held, ""); /* one of five is a fifth */
    weigh(store, &(delivery){.scope = BOTH, .cutoff = 20001, .facts = ten, .n = 3}, held);
    sg_assert_contains(held, "withdraws 2 of the 5 enrollment rows of college 'A' in program year 2024");
    weigh(store, &(delivery){.delivery = SG_DELIVERY_DELTA, .cutoff = 20001, .facts = ten, .n = 1}, held);
    assert_string_equal(held, "");
    assert_int_equal(ask(store, CURRENT), 10);
    sg_store_close(store);
}

static void a_part_that_is_emptied_holds_a_delivery_of_a_wider_scope(void **state)
{
    fact many[41];
    char held[SG_ERR_MESSAGE];
    sg_store *store = open_store(*state);
    for (int i = 0; i < 40; i++)
        many[i] = (fact){i, i, "A", 2024, 1, 0};
    many[40] = (fact){40, 40, "tiny", 2024, 1, 0};
    deliver(store, FULL(20000, SG_SCOPE_PROGRAM_YEAR, many));
    weigh(store, &(delivery){.scope = SG_SCOPE_PROGRAM_YEAR, .cutoff = 20001, .facts = many, .n = 40}, held);
    sg_assert_contains(held, "withdraws all 1 enrollment rows of college 'tiny' in program year 2024");
    weigh(store, &(delivery){.scope = 0, .cutoff = 20001, .facts = many + 1, .n = 40}, held);
    assert_string_equal(held, "");
    weigh(store, &(delivery){.scope = 0, .cutoff = 20001, .facts = many, .n = 30}, held);
    sg_assert_contains(held, "withdraws 11 of the 41 enrollment rows of the store");
    assert_null(
        strstr(held, "other scope")); /* of the store the tiny college is a part: it is not counted twice */
    sg_store_close(store);
}

static void scopes_that_lose_too_much_are_counted_once_each(void **state)
{
    static const fact many[] = {{1, 1, "A", 2023, 1, 0}, {2, 2, "A", 2023, 1, 0}, {3, 3, "A", 2024, 1, 0},
                                {4, 4, "B", 2024, 1, 0}, {5, 5, "B", 2024, 1, 0}, {6, 6, "C", 2025, 1, 0}};
    static const fact less[] = {{1, 1, "A", 2023, 1, 0}, {4, 4, "B", 2024, 1, 0}, {6, 6, "C", 2025, 1, 0}};
    char held[SG_ERR_MESSAGE];
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, many));
    /* by year: half of 2023 is lost, and two of three of 2024, of which college A's part is all */
    weigh(store, FULL(20001, SG_SCOPE_PROGRAM_YEAR, less), held);
    sg_assert_contains(
        held, "withdraws 2 of the 3 enrollment rows of program year 2024, and as much of 1 other scope ");
    weigh(store, FULL(20001, 0, less), held);
    sg_assert_contains(held, "withdraws 3 of the 6 enrollment rows of the store (");
    sg_store_close(store);
}

static void a_reason_names_a_college_only_by_what_is_surely_its_code(void **state)
{
    static const char *const odd[] = {"Jane Roe", "123456789", "x@y.z", "caf\xc3\xa9"};
    fact many[120];
    char held[SG_ERR_MESSAGE], names[70][16];
    sg_store *store = open_store(*state);
    for (size_t i = 0; i < N_OF(odd); i++) {
        const fact three[] = {
            {1, 1, odd[i], 2024, 1, 0}, {2, 2, odd[i], 2024, 1, 0}, {3, 3, odd[i], 2024, 1, 0}};
        deliver(store, FULL(20000 + (sg_day)i, BOTH, three));
        weigh(store, &(delivery){.scope = BOTH, .cutoff = 20100, .facts = three, .n = 1}, held);
        sg_assert_contains(held, "withdraws 2 of the 3 enrollment rows of one college in program year 2024");
        assert_null(strstr(held, odd[i]));
    }
    /* ids in the place of the college: short, and far too many to be colleges */
    for (int i = 0; i < 60; i++) {
        (void)snprintf(names[i], sizeof names[i], "L%03d", i);
        many[2 * i] = (fact){100 + i, 100 + 2 * i, names[i], 2024, 1, 0};
        many[2 * i + 1] = (fact){100 + i, 101 + 2 * i, names[i], 2024, 1, 0};
    }
    deliver(store, FULL(20050, BOTH, many));
    weigh(store, &(delivery){.scope = BOTH, .cutoff = 20100, .facts = many, .n = 119}, held);
    sg_assert_contains(held, "college 'L059' in program year 2024"); /* 64 are not too many */
    deliver(store, DELTA(20060, ((const fact[]){{300, 300, "L060", 2024, 1, 0}})));
    weigh(store, &(delivery){.scope = BOTH, .cutoff = 20100, .facts = many, .n = 119}, held);
    sg_assert_contains(held, "one college in program year 2024");
    assert_null(strstr(held, "L0"));
    sg_store_close(store);
}

/* ---- refused rows ---- */

static void what_a_refused_row_stands_for_is_not_withdrawn(void **state)
{
    const sg_refused_row by_key = refused_of(SG_KIND_ENROLLMENT, &ten[1], true);
    const sg_refused_row by_learner = refused_of(SG_KIND_ENROLLMENT, &ten[0], false);
    const sg_refused_row nobody = {.kind = SG_KIND_ENROLLMENT};
    const sg_refused_row stranger = refused_of(SG_KIND_ENROLLMENT, &(fact){77, 77, "A", 2024, 1, 0}, false);
    /* of ten, the rows 3 to 10 are delivered, or 4 to 10: those of learner 1, and of learner 2, are not */
    const struct {
        const sg_refused_row *refused;
        size_t first;
        int64_t withdrawn, spared;
    } cases[] = {{NULL, 2, 2, 0},        {&by_key, 2, 1, 1}, {&by_learner, 2, 0, 2},
                 {&by_learner, 3, 1, 2}, {&nobody, 3, 0, 3}, {&stranger, 3, 3, 0}};
    for (size_t i = 0; i < N_OF(cases); i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "s%zu.db", i);
        sg_store *store = open_store_at(*state, name, SG_STORE_WRITE);
        deliver(store, FULL(20000, BOTH, ten));
        sg_batch b = deliver(store, &(delivery){.scope = BOTH,
                                                .cutoff = 20001,
                                                .facts = ten + cases[i].first,
                                                .n = 10 - cases[i].first,
                                                .refused = cases[i].refused,
                                                .n_refused = cases[i].refused != NULL});
        assert_counts(&b, 0, 0, 10 - (int64_t)cases[i].first, cases[i].withdrawn);
        assert_int_equal(b.counts.spared, cases[i].spared);
        assert_int_equal(ask(store, CURRENT), 10 - cases[i].withdrawn);
        assert_int_equal(ask(store, "SELECT n_spared FROM batch WHERE id = 2"), cases[i].spared);
        assert_sound(store);
        /* delivered whole again, nothing is owed any more */
        b = deliver(store, FULL(20002, BOTH, ten));
        assert_counts(&b, cases[i].withdrawn, 0, 10 - cases[i].withdrawn, 0);
        assert_int_equal(b.counts.spared, 0);
        assert_sound(store);
        sg_store_close(store);
    }
}

static void a_refused_row_spares_within_the_deliverys_scopes_and_kind_and_a_partial_one_nothing(void **state)
{
    static const fact across[] = {{1, 1, "A", 2024, 1, 0}, {1, 2, "B", 2024, 1, 0}, {2, 3, "A", 2024, 1, 0}};
    const sg_refused_row one = refused_of(SG_KIND_ENROLLMENT, &across[0], false);
    const sg_refused_row gain = refused_of(SG_KIND_GAIN, &across[0], false);
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, across));
    deliver(store,
            &(delivery){.kind = SG_KIND_GAIN, .scope = BOTH, .cutoff = 20000, .facts = across, .n = 3});
    sg_batch b = deliver(
        store,
        &(delivery){
            .scope = BOTH, .cutoff = 20001, .facts = across + 2, .n = 1, .refused = &one, .n_refused = 1});
    assert_int_equal(b.counts.spared, 1); /* college B was not delivered: its row was never absent */
    b = deliver(store, &(delivery){.kind = SG_KIND_GAIN,
                                   .scope = BOTH,
                                   .cutoff = 20001,
                                   .facts = across + 1,
                                   .n = 2,
                                   .refused = &gain,
                                   .n_refused = 1});
    assert_counts(&b, 0, 0, 2, 0);
    assert_int_equal(b.counts.spared, 1);
    b = deliver(store, &(delivery){.delivery = SG_DELIVERY_DELTA,
                                   .cutoff = 20002,
                                   .facts = across + 2,
                                   .n = 1,
                                   .refused = &one,
                                   .n_refused = 1});
    assert_int_equal(b.counts.spared, 0);
    assert_sound(store);
    sg_store_close(store);
}

static void what_is_spared_does_not_hold_a_delivery(void **state)
{
    const sg_refused_row nobody = {.kind = SG_KIND_ENROLLMENT};
    char held[SG_ERR_MESSAGE];
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, ten));
    delivery half = {.scope = BOTH, .cutoff = 20001, .facts = ten + 3, .n = 7, .refused = &nobody};
    weigh(store, &half, held);
    sg_assert_contains(held, "withdraws 3 of the 5");
    half.n_refused = 1;
    weigh(store, &half, held);
    assert_string_equal(held, "");
    sg_store_close(store);
}

/* ---- fields ---- */

#define BIT(field) (UINT64_C(1) << (field))

static void a_delivery_that_lacks_a_field_the_one_before_had_is_held(void **state)
{
    const uint64_t most = BIT(SG_ENROLLMENT_COLLEGE) | BIT(SG_ENROLLMENT_CONTACT_HOURS) |
                          BIT(SG_ENROLLMENT_IET);
    delivery d = {.scope = BOTH, .cutoff = 20000, .facts = ten, .n = 10, .fields = most};
    char held[SG_ERR_MESSAGE];
    sg_import *import;
    sg_batch batch, stored;
    bool found = false;
    sg_err err = {0};
    sg_store *store = open_store(*state);
    weigh(store, &d, held);
    assert_string_equal(held, ""); /* the first one */
    deliver(store, &d);
    sg_assert_ok(sg_store_get_batch(store, 1, &stored, &found, &err), &err);
    assert_true(stored.fields == most);
    d.cutoff++;
    d.fields = most | BIT(SG_ENROLLMENT_SEX);
    weigh(store, &d, held);
    assert_string_equal(held, ""); /* one more */
    d.fields = BIT(SG_ENROLLMENT_COLLEGE);
    weigh(store, &d, held);
    sg_assert_contains(held,
                       "lacks fields that batch 1 had: iet (not in the crosswalk), contact_hours (not in");
    sg_assert_ok(sg_import_begin(store, &import, &err), &err);
    sg_sink sink = sg_import_sink(import);
    sg_assert_ok(sink.absent(sink.context, SG_ENROLLMENT_IET, "IET status", &err), &err);
    batch = batch_of(&d);
    batch.counts.stored = 0;
    sg_assert_ok(sg_import_weigh(import, &batch, held, &err), &err);
    sg_assert_contains(held, "iet (column 'IET status'), contact_hours (not in the crosswalk);");
    sg_import_end(import);
    deliver(store, &d); /* accepted: from now on it is the measure */
    d.cutoff++;
    weigh(store, &d, held);
    assert_string_equal(held, "");
    d.kind = SG_KIND_GAIN;
    d.fields = 1;
    weigh(store, &d, held);
    assert_string_equal(held, "");
    sg_store_close(store);
}

static void a_college_is_measured_by_its_own_deliveries(void **state)
{
    static const fact a[] = {{1, 1, "A", 2024, 1, 0}}, b[] = {{2, 2, "B", 2024, 1, 0}},
                      c[] = {{3, 3, "C", 2025, 1, 0}};
    delivery of_a = {.scope = BOTH, .cutoff = 20000, .facts = a, .n = 1, .fields = 7};
    delivery of_b = {.scope = BOTH, .cutoff = 20000, .facts = b, .n = 1, .fields = 3};
    delivery of_c = {.scope = BOTH, .cutoff = 20000, .facts = c, .n = 1, .fields = 1};
    delivery of_all = {.scope = 0, .cutoff = 20001, .facts = a, .n = 1, .fields = 3};
    char held[SG_ERR_MESSAGE];
    sg_store *store = open_store(*state);
    deliver(store, &of_a);
    deliver(store, &of_b);
    weigh(store, &of_b, held);
    assert_string_equal(held, "");
    weigh(store, &of_a, held);
    assert_string_equal(held, "");
    of_a.fields = 3;
    weigh(store, &of_a, held);
    sg_assert_contains(held, "batch 1 had");
    weigh(store, &of_c, held); /* where a college has none, by the newest */
    sg_assert_contains(held, "batch 2 had");
    weigh(store, &of_all, held); /* of every college: the newest there is */
    assert_null(strstr(held, "fields"));
    sg_store_close(store);
}

static void every_reason_to_hold_is_told(void **state)
{
    static const fact none[] = {{1, 1, "A", 2024, 0, 0}};
    delivery d = {.scope = BOTH, .cutoff = 20000, .facts = ten, .n = 10, .fields = UINT64_C(0xffffffffff)};
    char held[SG_ERR_MESSAGE];
    sg_store *store = open_store(*state);
    deliver(store, &d);
    weigh(store, &(delivery){.scope = 0, .cutoff = 20001, .facts = none, .n = 1, .fields = 1}, held);
    sg_assert_contains(held, "withdraws 9 of the 10 enrollment rows of the store (more than 20 % is held); ");
    sg_assert_contains(held, " and 36 more; ");
    sg_assert_contains(held, "deliver anew"); /* the end of it: nothing was cut */
    sg_store_close(store);
}

/* The rows that it leaves outside its scopes. */
static int64_t deliver_and_count_outside(sg_store *store, const delivery *d)
{
    SG_CLEANUP(sg_import_cleanup) sg_import *import = NULL;
    char held[SG_ERR_MESSAGE];
    sg_batch batch;
    sg_err err = {0};
    sg_assert_ok(weigh_delivery(store, d, &import, &batch, held, &err), &err);
    sg_assert_ok(sg_import_apply(import, &batch, 1, &err), &err);
    return sg_import_kept_outside(import);
}

static void a_full_delivery_tells_what_it_leaves_outside_its_scopes(void **state)
{
    static const fact moved[] = {{5, 6, "A", 2024, 10, 0}};
    sg_store *store = open_store(*state);
    assert_int_equal(deliver_and_count_outside(store, FULL(20000, BOTH, ten)), 0);
    assert_int_equal(
        deliver_and_count_outside(store, &(delivery){.scope = BOTH, .cutoff = 20001, .facts = ten, .n = 5}),
        5); /* college B */
    assert_int_equal(
        deliver_and_count_outside(
            store, &(delivery){.scope = SG_SCOPE_PROGRAM_YEAR, .cutoff = 20002, .facts = ten, .n = 10}),
        0);
    /* rows of another kind are none of its */
    assert_int_equal(
        deliver_and_count_outside(
            store, &(delivery){.kind = SG_KIND_GAIN, .scope = BOTH, .cutoff = 20002, .facts = ten, .n = 1}),
        0);
    /* a row that moves into its scopes is outside no more */
    assert_int_equal(deliver_and_count_outside(store, FULL(20003, BOTH, moved)), 4);
    sg_store_close(store);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_full_delivery_is_held_above_a_fifth_of_a_scope_withdrawn),
        IN_FOLDER(a_part_that_is_emptied_holds_a_delivery_of_a_wider_scope),
        IN_FOLDER(scopes_that_lose_too_much_are_counted_once_each),
        IN_FOLDER(a_reason_names_a_college_only_by_what_is_surely_its_code),
        IN_FOLDER(what_a_refused_row_stands_for_is_not_withdrawn),
        IN_FOLDER(a_refused_row_spares_within_the_deliverys_scopes_and_kind_and_a_partial_one_nothing),
        IN_FOLDER(what_is_spared_does_not_hold_a_delivery),
        IN_FOLDER(a_delivery_that_lacks_a_field_the_one_before_had_is_held),
        IN_FOLDER(a_college_is_measured_by_its_own_deliveries),
        IN_FOLDER(every_reason_to_hold_is_told),
        IN_FOLDER(a_full_delivery_tells_what_it_leaves_outside_its_scopes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
