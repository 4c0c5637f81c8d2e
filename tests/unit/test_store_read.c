/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test_store_checks.h"

/* What was read, flat: a line a learner, then its rows. */
typedef struct {
    sg_str text;
    sg_pseudonym last;
    bool any;
    size_t n;
} listing;

static sg_status list(void *context, const sg_stored_learner *l, sg_err *err)
{
    listing *out = context;
    (void)err;
    if (out->any)
        assert_true(memcmp(&out->last, &l->pseudonym, sizeof l->pseudonym) < 0);
    assert_true(l->n_enrollments + l->n_gains > 0);
    out->last = l->pseudonym;
    out->any = true;
    out->n++;
    sg_str_printf(&out->text, "learner %d\n", l->pseudonym.bytes[1]);
    for (size_t i = 0; i < l->n_enrollments; i++) {
        const sg_stored_enrollment *e = &l->enrollments[i];
        sg_str_printf(&out->text, "  e %lld college %d hours %lld up to %d%s%s%s\n",
                      (long long)e->number[SG_ENROLLMENT_START_DATE], e->college,
                      (long long)e->number[SG_ENROLLMENT_CONTACT_HOURS], e->cutoff,
                      e->export_has_hours ? "" : " hourless",
                      e->iet_program_id != NULL ? e->iet_program_id : "", e->custom != NULL ? e->custom : "");
    }
    for (size_t i = 0; i < l->n_gains; i++)
        sg_str_printf(&out->text, "  g %d type %d up to %d\n", l->gains[i].date, (int)l->gains[i].type,
                      l->gains[i].cutoff);
    return SG_OK;
}

static void assert_listed(sg_store *store, const char *expected)
{
    listing out = {0};
    sg_err err = {0};
    sg_assert_ok(sg_store_read(store, list, &out, &err), &err);
    assert_string_equal(sg_str_text(&out.text), expected);
    sg_str_release(&out.text);
}

static void learners_come_by_pseudonym_and_their_rows_by_day_college_and_key(void **state)
{
    /* the first bytes of the pseudonyms are 151, 46, 197, 92 of learners 1 to 4 */
    static const fact enrollments[] = {{1, 1, "B", 2024, 1, 100}, {1, 2, "A", 2024, 2, 100},
                                       {1, 3, "A", 2024, 3, 90},  {1, 4, "A", 2024, 4, 100},
                                       {2, 5, "C", 2024, 5, 100}, {4, 6, "B", 2024, 6, 100}};
    static const fact gains[] = {{3, 1, NULL, 0, 1, 300}, {1, 2, "Z", 0, 1, 200}, {1, 3, NULL, 0, 1, 100}};
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, enrollments));
    deliver(
        store,
        &(delivery){
            .kind = SG_KIND_GAIN, .delivery = SG_DELIVERY_DELTA, .cutoff = 20003, .facts = gains, .n = 3});
    /* keys of rows 2 and 4 begin with 134 and 12 */
    assert_listed(store,
                  "learner 2\n  e 100 college 2 hours 5 up to 20000\n"
                  "learner 4\n  e 100 college 1 hours 6 up to 20000\n"
                  "learner 1\n  e 90 college 0 hours 3 up to 20000\n  e 100 college 0 hours 4 up to 20000\n"
                  "  e 100 college 0 hours 2 up to 20000\n  e 100 college 1 hours 1 up to 20000\n"
                  "  g 100 type 1 up to 20003\n  g 200 type 1 up to 20003\n"
                  "learner 3\n  g 300 type 1 up to 20003\n");
    sg_store_close(store);
}

static void an_empty_store_has_no_learners(void **state)
{
    sg_store *store = open_store(*state);
    assert_listed(store, "");
    sg_store_close(store);
}

static void a_row_is_known_up_to_the_delivery_that_last_spoke_of_it(void **state)
{
    static const fact both[] = {{1, 1, "A", 2024, 7, 100}, {2, 2, "B", 2024, 8, 100}},
                      changed[] = {{2, 2, "B", 2024, 9, 100}};
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, both));
    deliver(store, &(delivery){.scope = BOTH, .cutoff = 20005, .no_hours = true, .facts = both, .n = 1});
    deliver(store, DELTA(20003, changed));
    assert_listed(store, "learner 2\n  e 100 college 1 hours 9 up to 20003\n"
                         "learner 1\n  e 100 college 0 hours 7 up to 20005 hourless\n");
    deliver(store, DELTA(20009, changed)); /* unchanged, but known for longer */
    assert_listed(store, "learner 2\n  e 100 college 1 hours 9 up to 20009\n"
                         "learner 1\n  e 100 college 0 hours 7 up to 20005 hourless\n");
    sg_store_close(store);
}

static void withdrawn_rows_and_their_colleges_are_not_read(void **state)
{
    static const fact before[] = {{1, 1, "A", 2024, 7, 100}, {2, 2, "B", 2024, 8, 100}},
                      after[] = {{2, 2, "B", 2024, 8, 100}};
    const char *const *codes = NULL;
    size_t n = 0;
    sg_err err = {0};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, 0, before));
    deliver(store, FULL(20001, 0, after));
    assert_listed(store, "learner 2\n  e 100 college 0 hours 8 up to 20001\n");
    sg_assert_ok(sg_store_colleges(store, arena, &codes, &n, &err), &err);
    assert_int_equal(n, 1);
    assert_string_equal(codes[0], "B");
    sg_store_close(store);
}

static void colleges_are_those_of_current_enrollments_by_bytes(void **state)
{
    static const fact rows[] = {{1, 1, "b", 2024, 7, 100},
                                {2, 2, "\xc3\x89", 2024, 8, 100},
                                {3, 3, "B", 2024, 8, 100},
                                {4, 4, "10", 2024, 8, 100},
                                {5, 5, "2", 2024, 8, 100}};
    static const fact gains[] = {{1, 1, "only gains", 0, 1, 100}};
    static const char *const want[] = {"10", "2", "B", "b", "\xc3\x89"};
    const char *const *codes = NULL;
    size_t n = 0;
    sg_err err = {0};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, 0, rows));
    deliver(store, &(delivery){.kind = SG_KIND_GAIN, .cutoff = 20003, .facts = gains, .n = 1});
    sg_assert_ok(sg_store_colleges(store, arena, &codes, &n, &err), &err);
    assert_int_equal(n, 5);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(codes[i], want[i]);
    sg_store_close(store);
}

/* ---- every field ---- */

static void fill(sg_record *r, sg_kind kind, char texts[SG_MAX_FIELDS][32])
{
    const sg_kind_fields *table = sg_kind_table(kind);
    fact f = {1, 1, "A", 2024, 1, 0};
    *r = record_of(kind, &f);
    for (size_t i = 0; i < table->n; i++) {
        (void)snprintf(texts[i], 32, "text %zu", i);
        if (table->fields[i].type == SG_TYPE_TEXT)
            r->text[i] = texts[i];
        else if (table->fields[i].type == SG_TYPE_CODE)
            r->number[i] = (int64_t)(i % table->fields[i].codes->n); /* 0 is the unknown one */
        else
            r->number[i] = (int64_t)i * 1000000007 - 5;
    }
    r->custom = "housing=own";
}

static sg_status check_every_field(void *context, const sg_stored_learner *l, sg_err *err)
{
    const sg_kind_fields *table = sg_kind_table(SG_KIND_ENROLLMENT);
    const sg_record *r = context;
    (void)err;
    assert_int_equal(l->n_enrollments, 1);
    for (size_t i = 0; i < table->n; i++) {
        bool has_number = table->fields[i].type != SG_TYPE_TEXT &&
                          (table->fields[i].flags & SG_FIELD_UNSTORED) == 0;
        assert_int_equal(l->enrollments[0].number[i], has_number ? r->number[i] : SG_BLANK);
    }
    assert_string_equal(l->enrollments[0].iet_program_id, r->text[SG_ENROLLMENT_IET_PROGRAM_ID]);
    assert_string_equal(l->enrollments[0].custom, "housing=own");
    assert_memory_equal(&l->pseudonym, &r->learner, sizeof r->learner);
    return SG_OK;
}

static void import_one(sg_store *store, sg_record *r, sg_batch *out)
{
    sg_import *import = NULL;
    sg_err err = {0};
    *out = batch_of(&(delivery){.kind = r->kind, .delivery = SG_DELIVERY_DELTA, .cutoff = 20000, .n = 1});
    sg_assert_ok(sg_import_begin(store, &import, &err), &err);
    sg_sink sink = sg_import_sink(import);
    sg_str room = {0};
    sg_assert_ok(sg_record_pack(r, &room, &err), &err);
    sg_assert_ok(sink.row(sink.context, r, -1, &err), &err);
    sg_str_release(&room);
    sg_assert_ok(sg_import_apply(import, out, 1, &err), &err);
    sg_import_end(import);
}

static void every_stored_field_comes_back_and_counts_as_content(void **state)
{
    char texts[SG_MAX_FIELDS][32];
    sg_record r;
    sg_batch b;
    sg_err err = {0};
    sg_store *store = open_store(*state);
    fill(&r, SG_KIND_ENROLLMENT, texts);
    import_one(store, &r, &b);
    sg_assert_ok(sg_store_read(store, check_every_field, &r, &err), &err);
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        const sg_kind_fields *table = sg_kind_table((sg_kind)kind);
        fill(&r, (sg_kind)kind, texts);
        import_one(store, &r, &b);
        for (size_t i = 0; i < table->n; i++) {
            bool stored = (table->fields[i].flags & SG_FIELD_UNSTORED) == 0;
            if (table->fields[i].type == SG_TYPE_TEXT)
                r.text[i] = "another";
            else
                r.number[i]++;
            import_one(store, &r, &b);
            assert_int_equal(b.counts.changed, stored ? 1 : 0);
            assert_int_equal(b.counts.unchanged, stored ? 0 : 1);
        }
        r.custom = "housing=rented";
        import_one(store, &r, &b);
        assert_int_equal(b.counts.changed, 1);
        r.custom = NULL;
        import_one(store, &r, &b);
        assert_int_equal(b.counts.changed, 1);
    }
    sg_store_close(store);
}

/* ---- digest ---- */

static void the_digest_is_of_content_alone(void **state)
{
    static const fact rows[] = {{1, 1, "A", 2024, 1, 0}, {2, 2, "B", 2023, 2, 0}, {3, 3, "C", 0, 3, 0}};
    static const fact reversed[] = {{3, 3, "C", 0, 3, 0}, {2, 2, "B", 2023, 2, 0}, {1, 1, "A", 2024, 1, 0}};
    static const fact noise[] = {{9, 9, "Z", 2030, 9, 0}}, other[] = {{1, 1, "A", 2024, 2, 0}};
    char before[SG_SHA256_TEXT], after[SG_SHA256_TEXT];
    sg_store *a = open_store_at(*state, "a.db", SG_STORE_WRITE),
             *b = open_store_at(*state, "b.db", SG_STORE_WRITE);
    deliver(a, FULL(20000, 0, rows));
    /* other ids everywhere, another number of batches, a withdrawn row */
    deliver(b, FULL(19990, 0, noise));
    deliver(b, DELTA(19991, reversed));
    deliver(b, FULL(20000, 0, reversed));
    assert_same_content(a, b);
    digest_of(a, before);
    deliver(a, FULL(20001, 0, rows));
    digest_of(a, after);
    assert_string_not_equal(before, after); /* a later cut-off is news */
    deliver(b, FULL(20001, 0, rows));
    assert_same_content(a, b);
    deliver(b, DELTA(20001, other));
    digest_of(b, before);
    assert_string_not_equal(before, after);
    sg_store_close(a);
    sg_store_close(b);
}

static sg_status stop(void *context, const sg_stored_learner *l, sg_err *err)
{
    (void)context;
    (void)l;
    return sg_fail(err, SG_HELD, "enough");
}

static void a_callback_may_end_the_reading_and_the_store_goes_on(void **state)
{
    static const fact rows[] = {{1, 1, "A", 2024, 1, 0}, {2, 2, "B", 2023, 2, 0}};
    sg_store *store = open_store(*state);
    sg_err err = {0};
    deliver(store, FULL(20000, 0, rows));
    sg_assert_status(sg_store_read(store, stop, NULL, &err), SG_HELD, &err);
    assert_string_equal(err.message, "enough");
    sg_batch b = deliver(store, FULL(20001, 0, rows));
    assert_counts(&b, 0, 0, 2, 0);
    sg_store_close(store);
}

static void a_reader_sees_one_state_while_an_import_goes_on(void **state)
{
    static const fact rows[] = {{1, 1, "A", 2024, 1, 100}}, more[] = {{2, 2, "B", 2023, 2, 100}};
    sg_store *store = reopen_store(*state);
    deliver(store, FULL(20000, BOTH, rows));
    sg_store *reader = open_store_at(*state, "s.db", SG_STORE_READ);
    sg_import *import;
    sg_batch batch;
    char held[SG_ERR_MESSAGE];
    sg_err err = {0};
    sg_assert_ok(weigh_delivery(store, DELTA(20001, more), &import, &batch, held, &err), &err);
    sg_store *during = open_store_at(*state, "s.db", SG_STORE_READ);
    assert_listed(during, "learner 1\n  e 100 college 0 hours 1 up to 20000\n");
    sg_assert_ok(sg_import_apply(import, &batch, 1, &err), &err);
    sg_import_end(import);
    assert_listed(reader, "learner 1\n  e 100 college 0 hours 1 up to 20000\n");
    assert_listed(during, "learner 1\n  e 100 college 0 hours 1 up to 20000\n");
    assert_listed(store, "learner 2\n  e 100 college 1 hours 2 up to 20001\nlearner 1\n  e 100 college 0 "
                         "hours 1 up to 20000\n");
    sg_store_close(reader);
    sg_store_close(during);
    sg_store_close(store);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(learners_come_by_pseudonym_and_their_rows_by_day_college_and_key),
        IN_FOLDER(an_empty_store_has_no_learners),
        IN_FOLDER(a_row_is_known_up_to_the_delivery_that_last_spoke_of_it),
        IN_FOLDER(withdrawn_rows_and_their_colleges_are_not_read),
        IN_FOLDER(colleges_are_those_of_current_enrollments_by_bytes),
        IN_FOLDER(every_stored_field_comes_back_and_counts_as_content),
        IN_FOLDER(the_digest_is_of_content_alone),
        IN_FOLDER(a_callback_may_end_the_reading_and_the_store_goes_on),
        IN_FOLDER(a_reader_sees_one_state_while_an_import_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
