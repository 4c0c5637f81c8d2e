/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of a delivery in sum: it is what the rows say, whatever came before, and gone with the batch. */
#include "test_store_checks.h"

/* A delivery of people who differ in sex, level and college. */
typedef struct {
    int learner;
    const char *college;
    int sex, level; /* 0: an unknown code; -1: blank */
    int hours;
} person;

static const person first[] = {{1, "A", 1, 3, 10},   {2, "A", 2, 3, 20}, {3, "A", 0, -1, 30},
                               {4, "B", -1, 14, 40}, {5, "B", 1, 1, 50}, {6, "B", 2, 1, 60},
                               {7, "B", 2, 2, 70}};

typedef struct {
    sg_delivery delivery;
    sg_day cutoff;
    const person *people;
    size_t n;
    bool twice; /* the first person again at the end, with other hours: it stands for the first */
} people;

static sg_record record_of_person(const person *p, int more_hours)
{
    static sg_str room;
    const fact f = {p->learner, p->learner, p->college, 2024, p->hours + more_hours, 0};
    sg_record r = record_of(SG_KIND_ENROLLMENT, &f);
    sg_err err = {0};
    r.number[SG_ENROLLMENT_SEX] = p->sex >= 0 ? p->sex : SG_BLANK;
    r.number[SG_ENROLLMENT_ENTERING_LEVEL] = p->level >= 0 ? p->level : SG_BLANK;
    sg_assert_ok(sg_record_pack(&r, &room, &err), &err);
    return r;
}

static sg_import *weigh_people(sg_store *store, const people *d, sg_batch *out)
{
    sg_import *import = NULL;
    char held[SG_ERR_MESSAGE];
    sg_err err = {0};
    *out = batch_of(&(delivery){
        .kind = SG_KIND_ENROLLMENT, .delivery = d->delivery, .scope = BOTH, .cutoff = d->cutoff, .n = d->n});
    out->fields = UINT64_MAX >> 1;
    sg_assert_ok(sg_import_begin(store, &import, &err), &err);
    sg_sink sink = sg_import_sink(import);
    for (size_t i = 0; i < d->n; i++) {
        sg_record r = record_of_person(&d->people[i], 0);
        sg_assert_ok(sink.row(sink.context, &r, -1, &err), &err);
    }
    if (d->twice) {
        sg_record r = record_of_person(&d->people[0], 1);
        sg_assert_ok(sink.row(sink.context, &r, 0, &err), &err);
    }
    sg_assert_ok(sg_import_weigh(import, out, held, &err), &err);
    return import;
}

static sg_batch deliver_people(sg_store *store, const people *d)
{
    sg_batch batch;
    sg_err err = {0};
    sg_import *import = weigh_people(store, d, &batch);
    sg_assert_ok(sg_import_apply(import, &batch, 1, &err), &err);
    sg_import_end(import);
    assert_sound(store);
    return batch;
}

#define PEOPLE_FULL(day_, people_) (&(people){SG_DELIVERY_FULL, (day_), (people_), N_OF(people_), false})

/* Rows of part `part` of a batch by field and code. */
static int64_t counted(sg_store *store, int64_t batch, int part, int field, int code)
{
    char sql[200];
    (void)snprintf(
        sql, sizeof sql,
        "SELECT ifnull(sum(n), 0) FROM profile WHERE batch = %lld AND part = %d AND field = %d AND code = %d",
        (long long)batch, part, field, code);
    return ask(store, sql);
}

static void a_batch_is_counted_by_field_and_code(void **state)
{
    sg_store *store = open_store(*state);
    sg_batch b = deliver_people(store, PEOPLE_FULL(20000, first));
    const struct {
        int field, code;
        int64_t n;
    } cases[] = {{SG_ENROLLMENT_SEX, 1, 2},
                 {SG_ENROLLMENT_SEX, 2, 3},
                 {SG_ENROLLMENT_SEX, 0, 1}, /* unknown; the blank one is nowhere */
                 {SG_ENROLLMENT_SEX, 3, 0},
                 {SG_ENROLLMENT_ENTERING_LEVEL, 3, 2},
                 {SG_ENROLLMENT_ENTERING_LEVEL, 14, 1},
                 {SG_ENROLLMENT_CONTACT_HOURS, SG_PROFILE_GIVEN, 7},
                 {SG_ENROLLMENT_COLLEGE, SG_PROFILE_GIVEN, 7},
                 {SG_ENROLLMENT_END_DATE, SG_PROFILE_GIVEN, 0},
                 {-1, 0, 7}};
    for (size_t i = 0; i < N_OF(cases); i++)
        for (int part = 1; part <= 2; part++)
            assert_int_equal(counted(store, b.id, part, cases[i].field, cases[i].code), cases[i].n);
    sg_store_close(store);
}

/* Whatever of the rows is new, changed, unchanged or withdrawn, and whichever of them are read for it. */
static void later_batches_are_counted_as_if_they_came_first(void **state)
{
    static const person changed[] = {{1, "A", 2, 3, 10},   {2, "A", 2, 3, 20}, {3, "A", 0, -1, 30},
                                     {4, "B", -1, 14, 40}, {5, "B", 1, 1, 50}, {6, "B", 2, 1, 60},
                                     {8, "B", 3, 2, 80}};
    static const person of_a[] = {{1, "A", 2, 3, 10}, {9, "A", 1, 12, 5}};
    static const person few[] = {{6, "B", 2, 1, 60}};
    const people later[] = {{SG_DELIVERY_FULL, 20001, changed, N_OF(changed), false},
                            {SG_DELIVERY_FULL, 20002, of_a, N_OF(of_a), true},
                            {SG_DELIVERY_DELTA, 20003, few, N_OF(few), false},
                            {SG_DELIVERY_FULL, 20003, first, N_OF(first), true},
                            {SG_DELIVERY_FULL, 19000, changed, N_OF(changed), false}}; /* too late */
    sg_store *store = open_store(*state);
    deliver_people(store, PEOPLE_FULL(20000, first));
    for (size_t i = 0; i < N_OF(later); i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "f%zu.db", i);
        sg_store *fresh = open_store_at(*state, name, SG_STORE_WRITE);
        sg_batch b = deliver_people(store, &later[i]), alone = deliver_people(fresh, &later[i]);
        for (int field = -1; field < SG_MAX_FIELDS; field++)
            for (int code = 0; code < SG_PROFILE_CODES; code++)
                assert_int_equal(counted(store, b.id, 1, field, code),
                                 counted(fresh, alone.id, 1, field, code));
        sg_store_close(fresh);
    }
    sg_store_close(store);
}

static void a_batch_taken_back_leaves_the_counts_of_before(void **state)
{
    static const char all[] =
        "SELECT count(*) * 1000000 + sum(batch * 7 + part * 5 + field * 3 + code * 2 + n) FROM profile";
    sg_store *store = open_store(*state);
    sg_batch undone;
    sg_err err = {0};
    deliver_people(store, PEOPLE_FULL(20000, first));
    int64_t before = ask(store, all), scopes = ask(store, "SELECT count(*) FROM profile_scope");
    sg_batch b = deliver_people(store, &(people){SG_DELIVERY_FULL, 20001, first, 6, true});
    assert_int_not_equal(ask(store, all), before);
    sg_assert_ok(sg_store_undo(store, b.id, &undone, &err), &err);
    assert_int_equal(ask(store, all), before);
    assert_int_equal(ask(store, "SELECT count(*) FROM profile_scope"), scopes);
    assert_counted(store);
    deliver_people(store, &(people){SG_DELIVERY_FULL, 20001, first, 6, true});
    sg_store_close(store);
}

static void after_a_learner_was_forgotten_the_rows_are_counted_anew(void **state)
{
    sg_store *store = open_store(*state);
    sg_record one = record_of_person(&first[0], 0);
    int64_t rows = 0;
    sg_err err = {0};
    deliver_people(store, PEOPLE_FULL(20000, first));
    sg_assert_ok(sg_store_forget(store, &one.learner, 1, &rows, &err), &err);
    assert_int_equal(ask(store, "SELECT count(*) FROM profile WHERE part = 2"), 0);
    sg_batch b = deliver_people(store, &(people){SG_DELIVERY_FULL, 20001, first + 1, 6, false});
    assert_int_equal(counted(store, b.id, 2, -1, 0), 6);
    assert_int_equal(counted(store, b.id, 2, SG_ENROLLMENT_SEX, 1), 1);
    sg_store_close(store);
}

/* ---- what a delivery is held against ---- */

static void compare(sg_store *store, const people *d, sg_comparison *out, sg_arena *arena)
{
    sg_batch batch;
    sg_err err = {0};
    sg_import *import = weigh_people(store, d, &batch);
    sg_assert_ok(sg_import_compare(import, &batch, arena, out, &err), &err);
    sg_import_end(import);
}

static void a_delivery_is_held_against_the_latest_of_its_sort_with_a_scope_in_common(void **state)
{
    static const person of_a[] = {{1, "A", 2, 3, 10}, {9, "A", 1, 12, 5}}, of_c[] = {{20, "C", 3, 1, 1}};
    sg_comparison *c = calloc(1, sizeof *c);
    sg_arena *arena = sg_arena_new();
    sg_store *store = open_store(*state);
    assert_true(c != NULL && arena != NULL);
    compare(store, PEOPLE_FULL(20000, first), c, arena);
    assert_int_equal(c->before.id, 0);
    deliver_people(store, PEOPLE_FULL(20000, first));                                    /* 1 */
    deliver_people(store, &(people){SG_DELIVERY_DELTA, 20005, of_a, N_OF(of_a), false}); /* 2 */
    deliver_people(store, PEOPLE_FULL(20001, of_c));                                     /* 3 */
    deliver_people(store, PEOPLE_FULL(20007, of_a));                                     /* 4 */
    deliver_people(store, PEOPLE_FULL(20006, of_a));                                     /* 5 */
    const struct {
        people d;
        int64_t before, rows;
    } cases[] = {{{SG_DELIVERY_FULL, 20008, of_a, N_OF(of_a), false}, 4, 2},
                 {{SG_DELIVERY_FULL, 20008, first, N_OF(first), false}, 4, 2},
                 {{SG_DELIVERY_FULL, 20008, first + 3, 4, false}, 1, 7}, /* of college B alone */
                 {{SG_DELIVERY_FULL, 20008, of_c, N_OF(of_c), false}, 3, 1},
                 {{SG_DELIVERY_DELTA, 20008, of_a, N_OF(of_a), false}, 2, 2},
                 {{SG_DELIVERY_DELTA, 20008, of_c, N_OF(of_c), false}, 0, 0}};
    for (size_t i = 0; i < N_OF(cases); i++) {
        compare(store, &cases[i].d, c, arena);
        assert_int_equal(c->before.id, cases[i].before);
        assert_int_equal(c->then.rows, cases[i].rows);
        assert_int_equal(c->now.rows, (int64_t)cases[i].d.n);
    }
    assert_true(c->known[SG_ENROLLMENT_SEX][3] && !c->known[SG_ENROLLMENT_ENTERING_LEVEL][9]);
    compare(store, PEOPLE_FULL(20008, first), c, arena);
    assert_int_equal(c->n_colleges, 2);
    assert_string_equal(c->colleges[1].code, "B");
    assert_int_equal(c->colleges[0].now, 3);
    assert_int_equal(c->colleges[0].then, 2);
    assert_int_equal(c->colleges[1].now, 4);
    assert_int_equal(c->colleges[1].then, 0);
    sg_store_close(store);
    sg_arena_free(arena);
    free(c);
}

static void every_code_has_its_place(void **state)
{
    (void)state;
    for (int kind = 0; kind < SG_N_KINDS; kind++)
        for (size_t i = 0; i < sg_kind_table((sg_kind)kind)->n; i++) {
            const sg_code_list *codes = sg_kind_table((sg_kind)kind)->fields[i].codes;
            assert_true(codes == NULL || codes->n < SG_PROFILE_CODES);
        }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_batch_is_counted_by_field_and_code),
        IN_FOLDER(later_batches_are_counted_as_if_they_came_first),
        IN_FOLDER(a_batch_taken_back_leaves_the_counts_of_before),
        IN_FOLDER(after_a_learner_was_forgotten_the_rows_are_counted_anew),
        IN_FOLDER(a_delivery_is_held_against_the_latest_of_its_sort_with_a_scope_in_common),
        cmocka_unit_test(every_code_has_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
