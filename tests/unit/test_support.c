/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tests' own helpers: an assertion that lets a NaN through would make every test of a statistic worthless.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/assert.h"
#include "support/tmpdir.h"

typedef struct {
    double got, want, abs_tol, rel_tol;
    bool is_close;
} case_of_close;

static void close_means_within_either_tolerance(void **state)
{
    (void)state;
    const case_of_close cases[] = {
        {1.0, 1.0, 0.0, 0.0, true},      {1.0, 1.1, 0.2, 0.0, true},        {1.0, 1.1, 0.01, 0.0, false},
        {100.0, 101.0, 0.0, 0.02, true}, {100.0, 101.0, 0.0, 0.001, false}, {-100.0, -101.0, 0.0, 0.02, true},
        {1.0, -1.0, 0.5, 0.5, false},    {0.0, 1e-12, 0.0, 1e-9, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const case_of_close *c = &cases[i];
        assert_int_equal(sg_is_close(c->got, c->want, c->abs_tol, c->rel_tol), c->is_close);
    }
}

static void nothing_is_close_to_a_nan(void **state)
{
    (void)state;
    const double nan_value = nan("");
    assert_false(sg_is_close(nan_value, 1.0, HUGE_VAL, HUGE_VAL));
    assert_false(sg_is_close(1.0, nan_value, HUGE_VAL, HUGE_VAL));
    assert_false(sg_is_close(nan_value, nan_value, HUGE_VAL, HUGE_VAL));
    assert_false(sg_is_close(1.0, 1.1, nan_value, nan_value));
}

static void an_infinity_is_close_to_itself_alone(void **state)
{
    (void)state;
    assert_true(sg_is_close(HUGE_VAL, HUGE_VAL, 0.0, 0.0));
    assert_true(sg_is_close(-HUGE_VAL, -HUGE_VAL, 0.0, 0.0));
    assert_false(sg_is_close(HUGE_VAL, -HUGE_VAL, HUGE_VAL, HUGE_VAL));
    assert_false(sg_is_close(1e308, HUGE_VAL, HUGE_VAL, HUGE_VAL));
    assert_false(sg_is_close(HUGE_VAL, 1e308, HUGE_VAL, HUGE_VAL));
}

static void a_temporary_folder_is_private_and_goes_with_all_in_it(void **state)
{
    (void)state;
    char *folder = sg_tmpdir_make();
    char *copy = sg_tmpdir_path(folder, ".");
    struct stat about;
    assert_int_equal(stat(folder, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0700);
    sg_tmpdir_write(folder, "a/b/file", "x\0y", 3);
    size_t length = 0;
    char *read_back = sg_tmpdir_read(folder, "a/b/file", &length);
    assert_int_equal(length, 3);
    assert_memory_equal(read_back, "x\0y", 4);
    char *locked = sg_tmpdir_path(folder, "a/b");
    assert_int_equal(chmod(locked, 0), 0);
    sg_tmpdir_remove(folder);
    assert_int_equal(stat(copy, &about), -1);
    assert_int_equal(errno, ENOENT);
    free(locked);
    free(read_back);
    free(copy);
}

static void a_link_is_removed_and_not_what_it_points_to(void **state)
{
    (void)state;
    char *kept = sg_tmpdir_make();
    char *folder = sg_tmpdir_make();
    char *link = sg_tmpdir_path(folder, "link");
    sg_tmpdir_write_text(kept, "file", "text");
    assert_int_equal(symlink(kept, link), 0);
    assert_true(sg_tmpdir_exists(folder, "link"));
    sg_tmpdir_remove(folder);
    assert_true(sg_tmpdir_exists(kept, "file"));
    sg_tmpdir_remove(kept);
    free(link);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(close_means_within_either_tolerance),
        cmocka_unit_test(nothing_is_close_to_a_nan),
        cmocka_unit_test(an_infinity_is_close_to_itself_alone),
        cmocka_unit_test(a_temporary_folder_is_private_and_goes_with_all_in_it),
        cmocka_unit_test(a_link_is_removed_and_not_what_it_points_to),
    };
    return cmocka_run_group_tests_name("support", tests, NULL, NULL);
}
