/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem_hook.h"
#include "skillgain/base/mem.h"

static int stop_failing(void **state)
{
    (void)state;
    sg_mem_fail_at(0);
    return 0;
}

static void objects_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    sg_arena *arena = sg_arena_new();
    unsigned char *objects[300];
    assert_non_null(arena);
    for (size_t i = 0; i < 300; i++) {
        size_t size = i * 7 % 501;
        objects[i] = sg_arena_alloc(arena, size, 1);
        assert_non_null(objects[i]);
        assert_int_equal((uintptr_t)objects[i] % alignof(max_align_t), 0);
        for (size_t b = 0; b < size; b++)
            assert_int_equal(objects[i][b], 0);
        memset(objects[i], (int)(i % 255) + 1, size);
    }
    for (size_t i = 0; i < 300; i++)
        for (size_t b = 0; b < i * 7 % 501; b++)
            assert_int_equal(objects[i][b], i % 255 + 1);
    sg_arena_free(arena);
}

static void memory_used_again_after_a_reset_is_zeroed_again(void **state)
{
    (void)state;
    sg_arena *arena = sg_arena_new();
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 200000; size = size * 3 + 1) {
            unsigned char *object = sg_arena_alloc(arena, size, 1);
            assert_non_null(object);
            for (size_t b = 0; b < size; b++)
                assert_int_equal(object[b], 0);
            memset(object, 0xff, size);
        }
        sg_arena_reset(arena);
    }
    sg_arena_free(arena);
}

static void sizes_that_overflow_are_refused(void **state)
{
    (void)state;
    sg_arena *arena = sg_arena_new();
    assert_null(sg_arena_alloc(arena, SIZE_MAX, 2));
    assert_null(sg_arena_alloc(arena, SIZE_MAX, 1));
    assert_null(sg_arena_alloc(arena, 2, SIZE_MAX / 2));
    assert_null(sg_arena_alloc(arena, SIZE_MAX / 16 + 1, 16));
    assert_null(sg_arena_strndup(arena, "x", SIZE_MAX));
    assert_non_null(sg_arena_alloc(arena, 0, 8));
    assert_null(sg_arena_alloc(NULL, 1, 1));
    sg_arena_free(arena);
}

static void copies_of_text_are_their_own(void **state)
{
    (void)state;
    sg_arena *arena = sg_arena_new();
    char text[] = "college";
    char *copy = sg_arena_strdup(arena, text), *part = sg_arena_strndup(arena, text, 3);
    text[0] = 'k';
    assert_string_equal(copy, "college");
    assert_string_equal(part, "col");
    assert_null(sg_arena_strdup(arena, NULL));
    assert_string_equal(sg_arena_printf(arena, "%s-%05d", "a", 42), "a-00042");
    char *wide = sg_arena_printf(arena, "%5000d", 7);
    assert_int_equal(strlen(wide), 5000);
    assert_int_equal(wide[4999], '7');
    sg_arena_free(arena);
}

static void a_growing_array_keeps_what_it_has_and_zeroes_what_is_new(void **state)
{
    (void)state;
    int *data = NULL;
    size_t capacity = 0;
    for (size_t n = 0; n < 1000; n++) {
        assert_true(sg_grow(&data, &capacity, n + 1, sizeof *data));
        assert_true(capacity > n);
        assert_int_equal(data[n], 0);
        data[n] = (int)n + 1;
    }
    for (size_t n = 0; n < 1000; n++)
        assert_int_equal(data[n], n + 1);
    free(data);
}

static void growth_that_overflows_or_fails_leaves_the_array_alone(void **state)
{
    (void)state;
    long *data = NULL;
    size_t capacity = 0;
    assert_true(sg_grow(&data, &capacity, 4, sizeof *data));
    data[3] = 77;
    long *const was = data;
    const size_t had = capacity;
    assert_false(sg_grow(&data, &capacity, SIZE_MAX, sizeof *data));
    assert_false(sg_grow(&data, &capacity, SIZE_MAX / sizeof *data + 1, sizeof *data));
    sg_mem_fail_at(1);
    assert_false(sg_grow(&data, &capacity, had + 1, sizeof *data));
    assert_ptr_equal(data, was);
    assert_int_equal(capacity, had);
    assert_int_equal(data[3], 77);
    free(data);
}

static void the_hook_fails_the_nth_allocation_once(void **state)
{
    (void)state;
    sg_arena *arena = sg_arena_new();
    assert_non_null(arena);
    sg_mem_fail_at(3);
    assert_non_null(sg_arena_alloc(arena, 1, 8));
    assert_non_null(sg_arena_alloc(arena, 1, 8));
    assert_null(sg_arena_alloc(arena, 1, 8));
    assert_non_null(sg_arena_alloc(arena, 1, 8));
    sg_mem_fail_at(1);
    assert_null(sg_arena_new());
    sg_arena_free(arena);
}

static void the_hook_below_zero_fails_for_good(void **state)
{
    (void)state;
    sg_arena *arena = sg_arena_new();
    sg_mem_fail_at(-2);
    assert_non_null(sg_arena_alloc(arena, 1, 8));
    for (int i = 0; i < 5; i++)
        assert_null(sg_arena_alloc(arena, 1, 8));
    sg_mem_fail_at(0);
    assert_non_null(sg_arena_alloc(arena, 1, 8));
    sg_arena_free(arena);
}

static void cleanup_frees_at_the_end_of_the_block(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) { /* the leak check of the sanitizer is the judge */
        sg_arena *arena SG_CLEANUP(sg_arena_cleanup) = sg_arena_new();
        char *text SG_AUTO_FREE = malloc(10);
        assert_non_null(arena);
        assert_non_null(text);
    }
    sg_arena_free(NULL);
    sg_arena_reset(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_are_zeroed_aligned_and_apart),
        cmocka_unit_test(memory_used_again_after_a_reset_is_zeroed_again),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(copies_of_text_are_their_own),
        cmocka_unit_test(a_growing_array_keeps_what_it_has_and_zeroes_what_is_new),
        cmocka_unit_test_teardown(growth_that_overflows_or_fails_leaves_the_array_alone, stop_failing),
        cmocka_unit_test_teardown(the_hook_fails_the_nth_allocation_once, stop_failing),
        cmocka_unit_test_teardown(the_hook_below_zero_fails_for_good, stop_failing),
        cmocka_unit_test(cleanup_frees_at_the_end_of_the_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
