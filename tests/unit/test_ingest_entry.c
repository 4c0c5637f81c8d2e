/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which row of a file repeats or replaces which, held against a model that knows nothing of slots and numbers of the store: of each
 * key, the row that came last.
 */
#include "support/assert.h"
#include "support/dice.h"

#include <stdlib.h>

#include "ingest/entry.h"

enum { MANY_KEYS = 6000, LINES = 7, VALUES = 3 };

/* A made-up file and the store that it meets: of the keys, all but one in three are in the store, with their first values. */
typedef struct {
    sg_entries entries;
    unsigned n_keys;
    int64_t n; /* rows entered */
    struct {
        int64_t number; /* of the row that came last; -1: none */
        unsigned value;
    } last[MANY_KEYS];
} model;

static void begin(model *m, unsigned n_keys)
{
    m->entries = (sg_entries){0};
    m->n_keys = n_keys;
    m->n = 0;
    for (unsigned key = 0; key < n_keys; key++)
        m->last[key].number = -1;
}

/* Keys are as digests are; every fourth shares its slot of the first table with the next three. */
static uint64_t key_of(unsigned key)
{
    return (UINT64_C(0x9e3779b97f4a7c15) * (key / 4 + 1) & ~UINT64_C(0xff00000000000)) | (uint64_t)(key % 4)
                                                                                             << 44;
}

static uint64_t digest_of(unsigned key, unsigned value)
{
    return key * UINT64_C(100) + value;
}

static bool is_in_store(unsigned key)
{
    return key % 3 != 0;
}

/* As the intake asks: a row that was read is looked for in the store only where lines came that the store knows. */
static sg_entry_name name_of(const model *m, unsigned key, unsigned value, bool is_known)
{
    sg_entry_name name = {.key = key_of(key), .digest = digest_of(key, value), .known = -1};
    if (is_known || (m->entries.n_known > 0 && is_in_store(key))) {
        name.known = m->n_keys - key;
        name.known_digest = digest_of(key, 0);
    }
    return name;
}

static void take(model *m, unsigned key, unsigned value, bool is_known)
{
    sg_entry entry = {.line = (uint32_t)m->n + 2, .day = (sg_day)key, .end = (sg_day)value};
    sg_entry_name name = name_of(m, key, value, is_known);
    sg_entry_outcome outcome = SG_ENTRY_NEW, expected = SG_ENTRY_NEW;
    int64_t old = 0;
    sg_err err = {0};
    if (m->last[key].number >= 0)
        expected = m->last[key].value == value ? SG_ENTRY_REPEATED : SG_ENTRY_REPLACES;
    sg_entries_prepare(&m->entries, name.key);
    sg_assert_ok(sg_entries_add(&m->entries, &entry, &name, is_known, &outcome, &old, &err), &err);
    assert_int_equal(outcome, expected);
    assert_int_equal(old, expected == SG_ENTRY_REPLACES ? m->last[key].number : -1);
    if (outcome == SG_ENTRY_REPEATED)
        return;
    m->last[key].number = m->n++;
    m->last[key].value = value;
    assert_int_equal(m->entries.n, m->n);
    assert_memory_equal(&m->entries.all[m->n - 1], &entry, sizeof entry);
}

/* A line of the file: the store's own text of a row, or another one of any values. known_share: of ten. */
static void take_any(model *m, dice *d, unsigned known_share)
{
    unsigned key = throw(d, m->n_keys);
    if (is_in_store(key) && throw(d, 10) < known_share)
        take(m, key, 0, true);
    else
        take(m, key, throw(d, VALUES), false);
}

static void short_files_of_few_keys_are_as_the_model_has_them(void **state)
{
    static model m;
    dice d = {.state = 20250301};
    (void)state;
    for (int c = 0; c < 4000; c++) {
        begin(&m, 1 + throw(&d, 6));
        unsigned n = 1 + throw(&d, 24), known_share = throw(&d, 11);
        for (unsigned i = 0; i < n; i++)
            take_any(&m, &d, known_share);
        sg_entries_release(&m.entries);
    }
}

static void long_files_are_too_whatever_was_expected(void **state)
{
    static const size_t expected[] = {0, 10, 3000, 50000};
    static model m;
    dice d = {.state = 20250302};
    (void)state;
    for (size_t e = 0; e < sizeof expected / sizeof expected[0]; e++)
        for (unsigned known_share = 0; known_share <= 10; known_share += 5) {
            begin(&m, MANY_KEYS);
            if (expected[e] > 0)
                sg_entries_expect(&m.entries, expected[e]);
            for (int i = 0; i < 20000; i++)
                take_any(&m, &d, known_share);
            sg_entries_release(&m.entries);
        }
}

/* K: the store's own text. S: another text of the same values. C, D: changed. */
static void the_lines_of_one_key_in_every_order(void **state)
{
    static const char letters[] = "KCSD";
    static model m;
    (void)state;
    for (unsigned file = 0; file < 1U << (2 * LINES); file++) {
        begin(&m, 2);
        for (unsigned i = 0, rest = file; i < LINES; i++, rest >>= 2) {
            char line = letters[rest & 3];
            take(&m, 1, line == 'C' ? 1 : line == 'D' ? 2 : 0, line == 'K');
        }
        sg_entries_release(&m.entries);
    }
}

static void lines_that_the_store_knows_need_no_table_of_keys(void **state)
{
    static model m;
    (void)state;
    begin(&m, MANY_KEYS);
    sg_entries_expect(&m.entries, 100000);
    for (unsigned key = 0; key < MANY_KEYS; key++)
        if (is_in_store(key))
            take(&m, key, 0, true);
    assert_int_equal(m.entries.n_slots, 0);
    take(&m, 1, 1, false); /* one of them, changed */
    take(&m, 0, 1, false); /* a new one */
    assert_int_equal(m.entries.n_keyed, 2);
    assert_in_range(m.entries.n_slots, 1, 1024);
    take(&m, 1, 0, true);
    take(&m, 2, 0, true);
    sg_entries_release(&m.entries);
}

static void a_first_file_has_room_for_all_its_keys_at_once(void **state)
{
    static model m;
    (void)state;
    begin(&m, MANY_KEYS);
    sg_entries_expect(&m.entries, MANY_KEYS);
    take(&m, 0, 0, false);
    const uint32_t *slots = m.entries.slots;
    for (unsigned key = 1; key < MANY_KEYS; key++)
        take(&m, key, 0, false);
    assert_ptr_equal(m.entries.slots, slots);
    sg_entries_release(&m.entries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lines_of_one_key_in_every_order),
        cmocka_unit_test(short_files_of_few_keys_are_as_the_model_has_them),
        cmocka_unit_test(long_files_are_too_whatever_was_expected),
        cmocka_unit_test(lines_that_the_store_knows_need_no_table_of_keys),
        cmocka_unit_test(a_first_file_has_room_for_all_its_keys_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
