/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"
#include "support/tmpdir.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem_hook.h"
#include "skillgain/base/file.h"
#include "skillgain/base/text.h"

static int stop_failing(void **state)
{
    sg_mem_fail_at(0);
    return sg_tmpdir_teardown(state);
}

static unsigned mode_of(const char *path)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    return about.st_mode & 07777;
}

static void folders_are_made_with_their_parents_and_modes(void **state)
{
    char *deep = sg_tmpdir_path(*state, "a//b/c/"), *parent = sg_tmpdir_path(*state, "a/b"),
         *file = sg_tmpdir_path(*state, "f/x");
    sg_err err = {0};
    mode_t before = umask(077);
    sg_assert_ok(sg_folder_make(deep, 0755, &err), &err);
    (void)umask(before);
    assert_int_equal(mode_of(deep), 0755);
    assert_int_equal(mode_of(parent), 0755);
    assert_int_equal(chmod(deep, 0700), 0);
    sg_assert_ok(sg_folder_make(deep, 0755, &err), &err);
    assert_int_equal(mode_of(deep), 0700); /* what was there keeps its mode */
    sg_tmpdir_write_text(*state, "f", "");
    sg_assert_status(sg_folder_make(file, 0700, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "/f'");
    sg_assert_status(sg_folder_make("", 0700, &err), SG_FAILED, &err);
    free(deep);
    free(parent);
    free(file);
}

static void a_folder_that_is_a_link_to_one_counts_as_made(void **state)
{
    char *link = sg_tmpdir_path(*state, "link"), *inside = sg_tmpdir_path(*state, "link/new");
    sg_err err = {0};
    assert_int_equal(symlink(*state, link), 0);
    sg_assert_ok(sg_folder_make(inside, 0700, &err), &err);
    assert_true(sg_tmpdir_exists(*state, "new"));
    free(link);
    free(inside);
}

static void names_are_listed_sorted_by_bytes_without_the_hidden(void **state)
{
    static const char *const want[] = {"B.csv", "a.csv", "a10.csv", "a2.csv", "\xc3\xa9.csv"};
    sg_arena *arena = sg_arena_new();
    char **names = NULL;
    size_t n = 99;
    sg_err err = {0};
    sg_assert_ok(sg_folder_list(arena, *state, &names, &n, &err), &err);
    assert_int_equal(n, 0);
    for (size_t i = 5; i > 0; i--)
        sg_tmpdir_write_text(*state, want[(i * 3) % 5], "");
    sg_tmpdir_write_text(*state, ".hidden", "");
    sg_assert_ok(sg_folder_list(arena, *state, &names, &n, &err), &err);
    assert_int_equal(n, 5);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(names[i], want[i]);
    char *absent = sg_tmpdir_path(*state, "absent");
    sg_assert_status(sg_folder_list(arena, absent, &names, &n, &err), SG_FAILED, &err);
    free(absent);
    sg_arena_free(arena);
}

static void listing_survives_a_failure_of_every_allocation(void **state)
{
    sg_arena *arena = sg_arena_new();
    char **names = NULL;
    size_t n = 99;
    sg_err err = {0};
    for (char name[] = "a"; name[0] <= 'z'; name[0]++)
        sg_tmpdir_write_text(*state, name, "");
    long nth = 1;
    for (; nth < 1000; nth++) {
        sg_mem_fail_at(nth);
        sg_status status = sg_folder_list(arena, *state, &names, &n, &err);
        sg_mem_fail_at(0);
        if (status == SG_OK)
            break;
        sg_assert_status(status, SG_NO_MEMORY, &err);
        assert_int_equal(n, 99);
    }
    assert_true(nth > 26); /* at least one a name */
    assert_int_equal(n, 26);
    sg_arena_free(arena);
}

static void a_folder_is_removed_with_all_in_it_but_not_what_its_links_lead_to(void **state)
{
    char *folder = sg_tmpdir_path(*state, "d"), *link = sg_tmpdir_path(*state, "d/link"),
         *keep = sg_tmpdir_path(*state, "keep");
    sg_err err = {0};
    sg_tmpdir_write_text(*state, "d/e/f/g", "x");
    sg_tmpdir_write_text(*state, "d/.hidden", "x");
    sg_tmpdir_write_text(*state, "keep/file", "x");
    assert_int_equal(symlink(keep, link), 0);
    sg_assert_ok(sg_folder_remove(folder, &err), &err);
    assert_false(sg_tmpdir_exists(*state, "d"));
    assert_true(sg_tmpdir_exists(*state, "keep/file"));
    sg_assert_ok(sg_folder_remove(folder, &err), &err); /* absent */
    assert_int_equal(symlink(keep, folder), 0);
    sg_assert_ok(sg_folder_remove(folder, &err), &err); /* the link alone */
    assert_true(sg_tmpdir_exists(*state, "keep/file"));
    free(folder);
    free(link);
    free(keep);
}

static void a_folder_of_many_files_is_removed(void **state)
{
    char *folder = sg_tmpdir_path(*state, "d");
    sg_err err = {0};
    for (int i = 0; i < 600; i++) {
        sg_str name = {0};
        sg_str_printf(&name, "d/a-name-long-enough-to-fill-several-buffers-of-the-listing-%d", i);
        sg_tmpdir_write_text(*state, sg_str_text(&name), "");
        sg_str_release(&name);
    }
    sg_assert_ok(sg_folder_remove(folder, &err), &err);
    assert_false(sg_tmpdir_exists(*state, "d"));
    free(folder);
}

static void a_folder_nested_without_end_is_an_error(void **state)
{
    sg_str path = {0};
    sg_err err = {0};
    sg_str_add(&path, *state);
    for (int i = 0; i < 40; i++)
        sg_str_add(&path, "/d");
    char *top = sg_tmpdir_path(*state, "d");
    sg_assert_ok(sg_folder_make(sg_str_text(&path), 0700, &err), &err);
    sg_assert_status(sg_folder_remove(top, &err), SG_FAILED, &err);
    sg_str_release(&path);
    free(top);
}

static void a_rename_moves_across_folders_and_tells_both_names(void **state)
{
    char *from = sg_tmpdir_path(*state, "a/x"), *to = sg_tmpdir_path(*state, "b/y"),
         *folder = sg_tmpdir_path(*state, "b");
    sg_err err = {0};
    sg_tmpdir_write_text(*state, "a/x", "x");
    sg_assert_status(sg_path_rename(from, to, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, from);
    sg_assert_contains(err.message, to);
    sg_assert_ok(sg_folder_make(folder, 0700, &err), &err);
    sg_assert_ok(sg_path_rename(from, to, &err), &err);
    assert_true(sg_tmpdir_exists(*state, "b/y"));
    assert_false(sg_tmpdir_exists(*state, "a/x"));
    sg_assert_ok(sg_folder_sync(folder, &err), &err);
    sg_assert_status(sg_folder_sync(to, &err), SG_FAILED, &err);
    free(from);
    free(to);
    free(folder);
}

static void assert_leads_to(const char *link, const char *want)
{
    char target[64] = "";
    ssize_t n = readlink(link, target, sizeof target - 1);
    assert_int_equal(n, strlen(want));
    assert_memory_equal(target, want, strlen(want));
}

static void a_link_is_made_and_replaced(void **state)
{
    char *link = sg_tmpdir_path(*state, "latest"), *leftover = sg_tmpdir_path(*state, ".latest.tmp");
    sg_err err = {0};
    sg_assert_ok(sg_link_replace(link, "one", &err), &err);
    assert_leads_to(link, "one");
    assert_int_equal(symlink("killed", leftover), 0);
    sg_assert_ok(sg_link_replace(link, "two", &err), &err);
    assert_leads_to(link, "two");
    assert_false(sg_tmpdir_exists(*state, ".latest.tmp"));
    assert_int_equal(unlink(link), 0);
    assert_int_equal(mkdir(link, 0700), 0);
    sg_assert_status(sg_link_replace(link, "three", &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "folder stands in its place");
    assert_false(sg_tmpdir_exists(*state, ".latest.tmp"));
    free(link);
    free(leftover);
}

static void the_lock_is_exclusive_private_and_released(void **state)
{
    char *path = sg_tmpdir_path(*state, "lock");
    int fd = -1, second = -1;
    sg_err err = {0};
    mode_t before = umask(0);
    sg_assert_ok(sg_lock_take(path, &fd, &err), &err);
    (void)umask(before);
    assert_true(fd >= 0);
    assert_int_equal(mode_of(path), 0600);
    sg_assert_status(sg_lock_take(path, &second, &err), SG_BUSY, &err);
    assert_int_equal(second, -1);
    sg_assert_contains(err.message, "another run holds the workspace");
    sg_lock_release(fd);
    sg_assert_ok(sg_lock_take(path, &second, &err), &err);
    sg_lock_release(second);
    sg_lock_release(-1);
    free(path);
}

/* A process that takes the lock, says so by a byte, and waits to be killed. */
static pid_t start_holder(const char *path)
{
    int said[2];
    assert_int_equal(pipe(said), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int fd = -1;
        char answer = sg_lock_take(path, &fd, NULL) == SG_OK ? 'y' : 'n';
        if (write(said[1], &answer, 1) != 1)
            _exit(1);
        for (;;)
            (void)pause();
    }
    char answer = '?';
    assert_int_equal(read(said[0], &answer, 1), 1);
    assert_int_equal(answer, 'y');
    assert_int_equal(close(said[0]) + close(said[1]), 0);
    return child;
}

static void a_process_that_was_killed_holds_no_lock(void **state)
{
    char *path = sg_tmpdir_path(*state, "lock");
    int fd = -1, status = 0;
    sg_err err = {0};
    pid_t child = start_holder(path);
    sg_assert_status(sg_lock_take(path, &fd, &err), SG_BUSY, &err);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    sg_assert_ok(sg_lock_take(path, &fd, &err), &err);
    sg_lock_release(fd);
    free(path);
}

static void a_lock_that_is_no_file_of_its_own_is_refused(void **state)
{
    char *link = sg_tmpdir_path(*state, "link"), *pipe_path = sg_tmpdir_path(*state, "pipe");
    int fd = -1;
    sg_err err = {0};
    assert_int_equal(symlink("victim", link), 0);
    sg_assert_status(sg_lock_take(link, &fd, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "symbolic link");
    assert_false(sg_tmpdir_exists(*state, "victim"));
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
    sg_assert_status(sg_lock_take(pipe_path, &fd, &err), SG_FAILED, &err);
    sg_assert_status(sg_lock_take(*state, &fd, &err), SG_FAILED, &err);
    assert_int_equal(fd, -1);
    free(link);
    free(pipe_path);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(folders_are_made_with_their_parents_and_modes),
        WITH_FOLDER(a_folder_that_is_a_link_to_one_counts_as_made),
        WITH_FOLDER(names_are_listed_sorted_by_bytes_without_the_hidden),
        cmocka_unit_test_setup_teardown(listing_survives_a_failure_of_every_allocation, sg_tmpdir_setup,
                                        stop_failing),
        WITH_FOLDER(a_folder_is_removed_with_all_in_it_but_not_what_its_links_lead_to),
        WITH_FOLDER(a_folder_of_many_files_is_removed),
        WITH_FOLDER(a_folder_nested_without_end_is_an_error),
        WITH_FOLDER(a_rename_moves_across_folders_and_tells_both_names),
        WITH_FOLDER(a_link_is_made_and_replaced),
        WITH_FOLDER(the_lock_is_exclusive_private_and_released),
        WITH_FOLDER(a_process_that_was_killed_holds_no_lock),
        WITH_FOLDER(a_lock_that_is_no_file_of_its_own_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
