/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "skillgain/model/record.h"

#include "support/assert.h"

/* Numbers of all lengths and both signs, texts with nothing in them, and fields without a value. */
static void fill(sg_record *record, sg_kind kind)
{
    static const int64_t numbers[] = {0,          1, -1, 63, -64, 64, 20000, -20001, INT64_MAX, INT64_MIN + 1,
                                      68200000000};
    const sg_kind_fields *table = sg_kind_table(kind);
    sg_record_clear(record, kind);
    for (size_t i = 0; i < table->n; i++)
        if (i % 5 == 4 || (table->fields[i].flags & SG_FIELD_UNSTORED) != 0)
            continue;
        else if (table->fields[i].type == SG_TYPE_TEXT)
            record->text[i] = i % 2 == 0 ? "" : "text \xc3\x89";
        else
            record->number[i] = numbers[i % (sizeof numbers / sizeof numbers[0])];
    record->custom = "housing=own";
}

static void assert_same_fields(const sg_record *a, const sg_record *b)
{
    for (size_t i = 0; i < sg_kind_table(a->kind)->n; i++) {
        assert_true(a->number[i] == b->number[i]);
        assert_true(sg_text_equal(a->text[i], b->text[i]));
    }
    assert_true(sg_text_equal(a->custom, b->custom));
}

static void what_is_packed_comes_back(void **state)
{
    (void)state;
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        sg_record given, back;
        sg_str bytes = {0};
        sg_err err = {0};
        fill(&given, (sg_kind)kind);
        sg_assert_ok(sg_record_pack(&given, &bytes, &err), &err);
        sg_record_clear(&back, (sg_kind)kind);
        assert_true(sg_record_unpack(given.packed, given.n_packed, &back));
        assert_same_fields(&given, &back);
        sg_str_release(&bytes);
    }
}

static void fields_with_a_column_come_first_and_those_never_stored_not_at_all(void **state)
{
    sg_record given, back;
    sg_str bytes = {0};
    sg_err err = {0};
    (void)state;
    sg_record_clear(&given, SG_KIND_ENROLLMENT);
    sg_record_clear(&back, SG_KIND_ENROLLMENT);
    given.number[SG_ENROLLMENT_CONTACT_HOURS] = 7;
    given.text[SG_ENROLLMENT_COLLEGE] = "01";
    given.text[SG_ENROLLMENT_LEARNER_ID] = "never stored";
    given.number[SG_ENROLLMENT_AGE] = 30;
    sg_assert_ok(sg_record_pack(&given, &bytes, &err), &err);
    assert_int_equal(given.n_column_bytes, 2 + 1 + 3);
    assert_int_equal(given.n_packed, given.n_column_bytes + 2);
    assert_true(sg_record_unpack(given.packed, given.n_column_bytes, &back));
    assert_int_equal(back.number[SG_ENROLLMENT_CONTACT_HOURS], 7);
    assert_string_equal(back.text[SG_ENROLLMENT_COLLEGE], "01");
    assert_true(back.number[SG_ENROLLMENT_AGE] == SG_BLANK);
    assert_true(sg_record_unpack(given.packed + given.n_column_bytes, 2, &back));
    assert_int_equal(back.number[SG_ENROLLMENT_AGE], 30);
    assert_null(back.text[SG_ENROLLMENT_LEARNER_ID]);
    sg_str_release(&bytes);
}

/* Of the same values: it hangs on nothing else, and on all of them. */
static void the_digest_is_of_what_is_stored(void **state)
{
    sg_record one, other;
    sg_str bytes = {0};
    sg_err err = {0};
    (void)state;
    fill(&one, SG_KIND_ENROLLMENT);
    sg_assert_ok(sg_record_pack(&one, &bytes, &err), &err);
    other = one;
    other.line = 7;
    other.raw = other.verdict = 3;
    other.text[SG_ENROLLMENT_LEARNER_ID] = "never stored";
    sg_assert_ok(sg_record_pack(&other, &bytes, &err), &err);
    assert_true(one.digest == other.digest);
    for (int change = 0; change < 5; change++) {
        other = one;
        switch (change) {
        case 0: other.number[SG_ENROLLMENT_START_DATE] = SG_BLANK; break;
        case 1: other.number[SG_ENROLLMENT_AGE]++; break;
        case 2: other.custom = "housing=rent"; break;
        case 3: other.learner.bytes[0]++; break;
        default: other.key[0]++;
        }
        sg_assert_ok(sg_record_pack(&other, &bytes, &err), &err);
        assert_true(one.digest != other.digest);
    }
    sg_str_release(&bytes);
}

/* Cut anywhere, it is the row's first fields or no row's; a block of its own size shows a byte read behind it. */
static void bytes_that_are_cut_or_foreign_are_no_row(void **state)
{
    static const unsigned char foreign[][4] = {
        {100, 2}, {0x80 + 63, 'a', 0}, {1, 0x80}, {0x80, 'a', 'b', 'c'}};
    sg_record given, back;
    sg_str bytes = {0};
    sg_err err = {0};
    size_t n_whole = 0;
    (void)state;
    fill(&given, SG_KIND_GAIN);
    sg_assert_ok(sg_record_pack(&given, &bytes, &err), &err);
    for (size_t n = 0; n <= given.n_packed; n++) {
        unsigned char *part = malloc(n > 0 ? n : 1);
        assert_non_null(part);
        memcpy(part, given.packed, n);
        sg_record_clear(&back, SG_KIND_GAIN);
        n_whole += sg_record_unpack(part, n, &back);
        free(part);
    }
    assert_true(n_whole > 1 && n_whole < given.n_packed);
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        sg_record_clear(&back, SG_KIND_GAIN);
        assert_false(sg_record_unpack(foreign[i], i == 2 ? 2 : 4, &back));
    }
    sg_str_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_comes_back),
        cmocka_unit_test(fields_with_a_column_come_first_and_those_never_stored_not_at_all),
        cmocka_unit_test(the_digest_is_of_what_is_stored),
        cmocka_unit_test(bytes_that_are_cut_or_foreign_are_no_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
