/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"
#include "support/tmpdir.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_io.h"
#include "base/mem_hook.h"
#include "skillgain/base/file.h"

enum { BIG = 100000 };

static void assert_text(const char *folder, const char *name, const char *want)
{
    char *text = sg_tmpdir_read(folder, name, NULL);
    assert_string_equal(text, want);
    free(text);
}

static unsigned mode_of(const char *folder, const char *name)
{
    struct stat about;
    char *path = sg_tmpdir_path(folder, name);
    assert_int_equal(lstat(path, &about), 0);
    free(path);
    return about.st_mode & 07777;
}

static sg_status write_text(const char *folder, const char *name, const char *text, sg_err *err)
{
    char *path = sg_tmpdir_path(folder, name);
    sg_status status = sg_file_write(path, text, strlen(text), 0644, err);
    free(path);
    return status;
}

static void make_link(const char *target, const char *folder, const char *name)
{
    char *path = sg_tmpdir_path(folder, name);
    assert_int_equal(symlink(target, path), 0);
    free(path);
}

static void make_pipe(const char *folder, const char *name)
{
    char *path = sg_tmpdir_path(folder, name);
    assert_int_equal(mkfifo(path, 0600), 0);
    free(path);
}

static void paths_are_joined_and_taken_apart(void **state)
{
    (void)state;
    sg_arena *arena = sg_arena_new();
    assert_string_equal(sg_path_join(arena, "a/b", "c"), "a/b/c");
    assert_string_equal(sg_path_join(arena, "a/", "c"), "a/c");
    assert_string_equal(sg_path_join(arena, "/", "c"), "/c");
    assert_string_equal(sg_path_join(arena, "a", "/c/d"), "/c/d");
    assert_string_equal(sg_path_join(arena, "", "c"), "c");
    assert_string_equal(sg_path_base("/a/b.csv"), "b.csv");
    assert_string_equal(sg_path_base("b.csv"), "b.csv");
    assert_string_equal(sg_path_base("a/"), "");
    sg_arena_free(arena);
}

static void what_exists_is_told_from_what_is_a_folder(void **state)
{
    char *file = sg_tmpdir_path(*state, "file"), *link = sg_tmpdir_path(*state, "link");
    sg_tmpdir_write_text(*state, "file", "");
    make_link("nowhere", *state, "link");
    assert_true(sg_path_exists(file));
    assert_true(sg_path_exists(link));
    assert_true(sg_path_is_folder(*state));
    assert_false(sg_path_is_folder(file));
    assert_false(sg_path_is_folder(link));
    free(file);
    free(link);
}

static void a_file_is_read_whole_within_its_limit(void **state)
{
    sg_arena *arena = sg_arena_new();
    char *path = sg_tmpdir_path(*state, "f"), *text = NULL;
    size_t length = 0;
    sg_err err = {0};
    sg_tmpdir_write(*state, "f", "ab\0cd", 5);
    sg_assert_ok(sg_file_read(arena, path, 5, &text, &length, &err), &err);
    assert_int_equal(length, 5);
    assert_memory_equal(text, "ab\0cd", 6);
    text = NULL;
    sg_assert_status(sg_file_read(arena, path, 4, &text, &length, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "4 bytes");
    sg_assert_contains(err.message, path);
    assert_null(text);
    sg_tmpdir_write_text(*state, "f", "");
    sg_assert_ok(sg_file_read(arena, path, 0, &text, &length, &err), &err);
    assert_string_equal(text, "");
    sg_mem_fail_at(1);
    sg_assert_status(sg_file_read(arena, path, 5, &text, &length, &err), SG_NO_MEMORY, &err);
    sg_mem_fail_at(0);
    free(path);
    sg_arena_free(arena);
}

static void what_is_no_file_is_not_read(void **state)
{
    sg_arena *arena = sg_arena_new();
    char *pipe = sg_tmpdir_path(*state, "pipe"), *absent = sg_tmpdir_path(*state, "absent"), *text = NULL;
    size_t length = 0;
    sg_err err = {0};
    make_pipe(*state, "pipe");
    sg_assert_status(sg_file_read(arena, pipe, 9, &text, &length, &err), SG_FAILED, &err);
    sg_assert_status(sg_file_read(arena, *state, 9, &text, &length, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "folder");
    sg_assert_status(sg_file_read(arena, absent, 9, &text, &length, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "no such file or directory; check the path");
    free(pipe);
    free(absent);
    sg_arena_free(arena);
}

static void a_written_file_has_its_bytes_and_mode_whatever_the_umask(void **state)
{
    char *path = sg_tmpdir_path(*state, "f");
    sg_err err = {0};
    mode_t before = umask(077);
    sg_assert_ok(sg_file_write(path, "a\0b", 3, 0644, &err), &err);
    assert_int_equal(mode_of(*state, "f"), 0644);
    (void)umask(0);
    sg_assert_ok(sg_file_write(path, NULL, 0, 0600, &err), &err);
    (void)umask(before);
    assert_int_equal(mode_of(*state, "f"), 0600);
    assert_text(*state, "f", "");
    sg_assert_ok(sg_file_write(path, "new", 3, 0600, &err), &err);
    assert_text(*state, "f", "new");
    assert_false(sg_tmpdir_exists(*state, ".f.tmp"));
    free(path);
}

static void links_in_the_place_of_an_output_are_replaced_not_followed(void **state)
{
    char *victim = sg_tmpdir_path(*state, "victim"), *hard = sg_tmpdir_path(*state, "hard");
    sg_err err = {0};
    sg_tmpdir_write_text(*state, "victim", "victim");
    make_link("victim", *state, "soft");
    make_link("victim", *state, ".plain.tmp");
    make_link("created", *state, "dangling");
    make_pipe(*state, "pipe");
    assert_int_equal(link(victim, hard), 0);
    static const char *const names[] = {"soft", "plain", "dangling", "pipe", "hard"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        sg_assert_ok(write_text(*state, names[i], "output", &err), &err);
        assert_text(*state, names[i], "output");
        assert_int_equal(mode_of(*state, names[i]), 0644);
    }
    assert_text(*state, "victim", "victim");
    assert_false(sg_tmpdir_exists(*state, "created"));
    assert_false(sg_tmpdir_exists(*state, ".plain.tmp"));
    free(victim);
    free(hard);
}

static void a_folder_in_the_place_of_an_output_is_an_error(void **state)
{
    sg_err err = {0};
    char *folder = sg_tmpdir_path(*state, "f"), *slash = sg_tmpdir_path(*state, "f/");
    sg_assert_ok(sg_folder_make(folder, 0700, &err), &err);
    sg_assert_status(write_text(*state, "f", "x", &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "a folder stands in its place");
    assert_false(sg_tmpdir_exists(*state, ".f.tmp"));
    sg_assert_status(sg_file_write(slash, "x", 1, 0600, &err), SG_FAILED, &err);
    sg_assert_status(write_text(*state, "absent/f", "x", &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "check the path");
    free(folder);
    free(slash);
}

/* With a limit on file sizes the first write is cut short and the second fails: as on a full disk. */
static void a_write_that_fails_leaves_the_old_file_and_nothing_else(void **state)
{
    char *path = sg_tmpdir_path(*state, "f"), *big = calloc(BIG, 1);
    struct rlimit before, small;
    sg_err err = {0};
    assert_non_null(big);
    sg_assert_ok(write_text(*state, "f", "old", &err), &err);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){.rlim_cur = BIG / 2, .rlim_max = before.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    sg_status status = sg_file_write(path, big, BIG, 0644, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, handler);
    sg_assert_status(status, SG_FAILED, &err);
    sg_assert_contains(err.message, path);
    sg_assert_contains(err.message, "file too large; raise the limit");
    assert_text(*state, "f", "old");
    assert_false(sg_tmpdir_exists(*state, ".f.tmp"));
    free(path);
    free(big);
}

static void a_failure_names_path_cause_and_what_to_do(void **state)
{
    (void)state;
    static const struct {
        int error;
        const char *want;
    } cases[] = {
        {ENOSPC, "cannot write 'o/x': no space left on device; free some space on its disk, then run again"},
        {EROFS, "cannot write 'o/x': read-only file system; its file system is read-only: mount it writable "
                "or choose another "
                "place"},
        {EACCES,
         "cannot write 'o/x': permission denied; give this user the right to it or choose another place"},
        {EBADF, "cannot write 'o/x': bad file descriptor"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_err err = {0};
        assert_int_equal(sg_io_fail(&err, "write", "o/x", cases[i].error), SG_FAILED);
        assert_string_equal(err.message, cases[i].want);
    }
}

static void a_folder_without_the_right_to_write_is_an_error(void **state)
{
    sg_err err = {0};
    if (geteuid() == 0)
        skip(); /* root may write everywhere */
    assert_int_equal(chmod(*state, 0500), 0);
    sg_assert_status(write_text(*state, "f", "x", &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "permission denied; give this user the right");
    assert_int_equal(chmod(*state, 0700), 0);
    assert_false(sg_tmpdir_exists(*state, "f"));
}

static void what_a_killed_writer_left_is_cleared_away(void **state)
{
    sg_err err = {0};
    sg_tmpdir_write_text(*state, ".f.tmp", "half");
    sg_assert_ok(write_text(*state, "f", "whole", &err), &err);
    assert_text(*state, "f", "whole");
    assert_false(sg_tmpdir_exists(*state, ".f.tmp"));
}

static void what_another_writes_at_the_moment_is_left_alone(void **state)
{
    sg_err err = {0};
    char *path = sg_tmpdir_path(*state, ".f.tmp");
    sg_tmpdir_write_text(*state, ".f.tmp", "half");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(flock(fd, LOCK_EX), 0); /* of another open of the file: as another process */
    sg_assert_status(write_text(*state, "f", "mine", &err), SG_BUSY, &err);
    assert_text(*state, ".f.tmp", "half");
    assert_false(sg_tmpdir_exists(*state, "f"));
    assert_int_equal(close(fd), 0);
    sg_assert_ok(write_text(*state, "f", "mine", &err), &err);
    free(path);
}

static void a_new_file_replaces_nothing(void **state)
{
    sg_err err = {0};
    char *path = sg_tmpdir_path(*state, "f");
    sg_assert_ok(sg_io_write_new(path, "first", 5, 0600, &err), &err);
    sg_assert_status(sg_io_write_new(path, "second", 6, 0600, &err), SG_FAILED, &err);
    sg_assert_status(sg_file_write_new(path, "third", 5, 0600, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "name a new file");
    assert_text(*state, "f", "first");
    assert_false(sg_tmpdir_exists(*state, ".f.tmp"));
    free(path);
}

static void writing_without_memory_leaves_nothing(void **state)
{
    sg_err err = {0};
    for (long nth = 1; nth <= 2; nth++) {
        sg_mem_fail_at(nth);
        sg_assert_status(write_text(*state, "f", "x", &err), SG_NO_MEMORY, &err);
    }
    sg_mem_fail_at(0);
    assert_false(sg_tmpdir_exists(*state, "f"));
    assert_false(sg_tmpdir_exists(*state, ".f.tmp"));
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_are_joined_and_taken_apart),
        WITH_FOLDER(what_exists_is_told_from_what_is_a_folder),
        WITH_FOLDER(a_file_is_read_whole_within_its_limit),
        WITH_FOLDER(what_is_no_file_is_not_read),
        WITH_FOLDER(a_written_file_has_its_bytes_and_mode_whatever_the_umask),
        WITH_FOLDER(links_in_the_place_of_an_output_are_replaced_not_followed),
        WITH_FOLDER(a_folder_in_the_place_of_an_output_is_an_error),
        WITH_FOLDER(a_write_that_fails_leaves_the_old_file_and_nothing_else),
        cmocka_unit_test(a_failure_names_path_cause_and_what_to_do),
        WITH_FOLDER(a_folder_without_the_right_to_write_is_an_error),
        WITH_FOLDER(what_a_killed_writer_left_is_cleared_away),
        WITH_FOLDER(what_another_writes_at_the_moment_is_left_alone),
        WITH_FOLDER(a_new_file_replaces_nothing),
        WITH_FOLDER(writing_without_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
