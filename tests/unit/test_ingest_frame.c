/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prepared tables read into frames, and what frames do. The learners in them are made up. */
#include "support/assert.h"

#include <math.h>
#include <string.h>

#include "skillgain/ingest/frame.h"

typedef struct {
    sg_arena *arena;
    sg_frame frame;
} fixture;

static int set_up(void **state)
{
    static fixture f;

    f = (fixture){.arena = sg_arena_new()};
    *state = &f;
    return f.arena == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;

    sg_arena_free(f->arena);
    return 0;
}

static sg_status read_text(fixture *f, const char *text, sg_err *err)
{
    return sg_frame_read(f->arena, text, strlen(text), &f->frame, err);
}

static const sg_frame_column *column_of(const fixture *f, const char *name)
{
    const sg_frame_column *column = sg_frame_find(&f->frame, name);

    assert_non_null(column);
    return column;
}

static void columns_are_numbers_where_every_text_is_one(void **state)
{
    fixture *f = *state;
    sg_err err = {0};

    sg_assert_ok(
        read_text(f, "\xEF\xBB\xBFiet,level, hours \n1,ABE 2,12.5\n\n0,\"ABE, 10\",\n,ABE 2,-3\n", &err),
        &err);
    assert_int_equal(f->frame.n_rows, 3);
    assert_int_equal(f->frame.n_columns, 3);
    const sg_frame_column *hours = column_of(f, "hours");
    assert_non_null(hours->numbers);
    sg_assert_close(hours->numbers[0], 12.5, 0.0, 0.0);
    assert_true(isnan(hours->numbers[1]));
    assert_string_equal(hours->texts[1], "");
    assert_null(column_of(f, "level")->numbers);
    assert_string_equal(column_of(f, "level")->texts[1], "ABE, 10");
    assert_true(isnan(column_of(f, "iet")->numbers[2]));
    assert_null(sg_frame_find(&f->frame, "hour"));
}

static void a_file_without_rows_has_columns_of_numbers(void **state)
{
    fixture *f = *state;
    sg_err err = {0};

    sg_assert_ok(read_text(f, "a,b\n", &err), &err);
    assert_int_equal(f->frame.n_rows, 0);
    assert_non_null(column_of(f, "b")->numbers);
}

static void a_broken_file_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "no line of names"},
        {"\n \n", "no line of names"},
        {"a,b,a\n", "line 1: two columns are called 'a'"},
        {"a,,c\n", "line 1: column 2 has no name"},
        {"a,b\n1,2\n1,2,3\n", "line 3: 3 fields, where the first line has 2 names"},
        {"a,b\n1\n", "line 2: 1 fields, where the first line has 2 names"},
        {"a,b\n1,2\"3\n", "line 2: broken quotes"},
        {"a,b\n1,\xFF\n", "line 2: bytes that are no UTF-8; save the file as UTF-8"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sg_err err = {0};
        assert_int_equal(read_text(*state, cases[i].text, &err), SG_REFUSED);
        assert_string_equal(err.message, cases[i].message);
    }
}

static void levels_are_in_byte_order_and_a_missing_one_comes_first(void **state)
{
    fixture *f = *state;
    sg_err err = {0};
    sg_frame_levels levels = {0};

    sg_assert_ok(read_text(f, "g,x\nb,1\nB,2\n,3\na,4\nb,5\n", &err), &err);
    sg_assert_ok(sg_frame_find_levels(&f->frame, column_of(f, "g"), &levels, &err), &err);
    static const char *const names[] = {"", "B", "a", "b"};
    static const size_t of_row[] = {3, 1, 0, 2, 3};
    assert_int_equal(levels.n, 4);
    for (size_t i = 0; i < levels.n; i++)
        assert_string_equal(levels.names[i], names[i]);
    assert_memory_equal(levels.of_row, of_row, sizeof of_row);
}

static void rows_that_are_kept_keep_their_order_and_kind(void **state)
{
    static const bool keep[] = {true, false, true};
    fixture *f = *state;
    sg_err err = {0};
    sg_frame kept = {0};

    sg_assert_ok(read_text(f, "g,x\na,1\nb,2\n7,3\n", &err), &err);
    sg_assert_ok(sg_frame_select(&f->frame, keep, &kept, &err), &err);
    assert_int_equal(kept.n_rows, 2);
    assert_string_equal(sg_frame_find(&kept, "g")->texts[1], "7");
    assert_null(sg_frame_find(&kept, "g")->numbers);
    sg_assert_close(sg_frame_find(&kept, "x")->numbers[1], 3.0, 0.0, 0.0);
    assert_int_equal(f->frame.n_rows, 3);
}

static void a_column_that_is_put_has_texts_and_numbers(void **state)
{
    static const double numbers[] = {1.0, 0.1, 0.0};
    fixture *f = *state;
    sg_err err = {0};

    sg_assert_ok(read_text(f, "g,x\na,1\nb,2\n7,3\n", &err), &err);
    sg_assert_ok(sg_frame_put_numbers(&f->frame, "w", numbers, &err), &err);
    assert_int_equal(f->frame.n_columns, 3);
    assert_string_equal(column_of(f, "w")->texts[1], "0.1");
    sg_assert_ok(sg_frame_put_numbers(&f->frame, "g", numbers, &err), &err);
    assert_int_equal(f->frame.n_columns, 3);
    assert_non_null(column_of(f, "g")->numbers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(columns_are_numbers_where_every_text_is_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_without_rows_has_columns_of_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_broken_file_is_refused_with_its_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(levels_are_in_byte_order_and_a_missing_one_comes_first, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(rows_that_are_kept_keep_their_order_and_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_column_that_is_put_has_texts_and_numbers, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
