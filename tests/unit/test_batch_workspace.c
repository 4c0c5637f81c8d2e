/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workspace: made once, opened by one writer at a time, with its own key. */
#include "support/assert.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skillgain/batch.h"
#include "skillgain/report.h"
#include "support/tmpdir.h"

static unsigned mode_of(const char *folder, const char *name)
{
    char *path = sg_tmpdir_path(folder, name);
    struct stat s;

    assert_int_equal(lstat(path, &s), 0);
    free(path);
    return s.st_mode & 07777;
}

static void expect_same_file(const char *folder, const char *name, const char *want)
{
    char *got = sg_tmpdir_read(folder, name, NULL);

    assert_string_equal(got, want);
    free(got);
}

static void a_new_workspace_has_its_settings_folders_and_key(void **state)
{
    static const char *const folders[] = {".", "inbox", "crosswalks", "output"};
    char *folder = sg_tmpdir_path(*state, "deep/new");
    sg_config *config = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_workspace_create(folder, &err), &err);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        assert_int_equal(mode_of(folder, folders[i]), 0700);
    assert_int_equal(mode_of(folder, "key"), 0600);
    assert_int_equal(mode_of(folder, "skillgain.yaml"), 0600);
    sg_assert_ok(sg_config_load(folder, &config, &err), &err);
    sg_config_free(config);
    free(folder);
}

static void a_second_creation_is_refused_and_changes_nothing(void **state)
{
    sg_err err = {0};
    char *key;

    sg_assert_ok(sg_workspace_create(*state, &err), &err);
    key = sg_tmpdir_read(*state, "key", NULL);
    sg_tmpdir_write_text(*state, "skillgain.yaml", "agency: {name: Ours}\n");
    sg_assert_status(sg_workspace_create(*state, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "is a workspace already");
    sg_assert_contains(err.message, *state);
    expect_same_file(*state, "key", key);
    expect_same_file(*state, "skillgain.yaml", "agency: {name: Ours}\n");
    free(key);
}

/* Its store may still be somewhere: without the key its learners would be lost. */
static void a_key_without_settings_is_kept(void **state)
{
    sg_err err = {0};
    char *path = sg_tmpdir_path(*state, "skillgain.yaml"), *key;

    sg_assert_ok(sg_workspace_create(*state, &err), &err);
    key = sg_tmpdir_read(*state, "key", NULL);
    assert_int_equal(unlink(path), 0);
    sg_assert_ok(sg_workspace_create(*state, &err), &err);
    expect_same_file(*state, "key", key);
    assert_true(sg_tmpdir_exists(*state, "skillgain.yaml"));
    free(key);
    free(path);
}

static void two_new_workspaces_have_different_keys(void **state)
{
    char *first = sg_tmpdir_path(*state, "first"), *second = sg_tmpdir_path(*state, "second"), *key, *other;
    sg_err err = {0};

    sg_assert_ok(sg_workspace_create(first, &err), &err);
    sg_assert_ok(sg_workspace_create(second, &err), &err);
    key = sg_tmpdir_read(first, "key", NULL);
    other = sg_tmpdir_read(second, "key", NULL);
    assert_string_not_equal(key, other);
    free(key);
    free(other);
    free(first);
    free(second);
}

static void a_second_writer_is_told_to_wait_and_a_reader_is_not(void **state)
{
    sg_workspace *first = NULL, *second = NULL, *reader = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_workspace_create(*state, &err), &err);
    sg_assert_ok(sg_workspace_open(*state, SG_STORE_WRITE, &first, &err), &err);
    sg_assert_status(sg_workspace_open(*state, SG_STORE_WRITE, &second, &err), SG_BUSY, &err);
    assert_null(second);
    sg_assert_ok(sg_workspace_open(*state, SG_STORE_READ, &reader, &err), &err);
    assert_non_null(sg_workspace_store(reader));
    sg_workspace_close(reader);
    sg_workspace_close(first);
    sg_assert_ok(sg_workspace_open(*state, SG_STORE_WRITE, &second, &err), &err);
    sg_workspace_close(second);
}

static void reading_before_the_first_import_makes_nothing(void **state)
{
    sg_draft_options options = {
        .pages = SG_REPORT_ALL, .formats = SG_FORMAT_ALL, .as_of = SG_DAY_NONE, .jobs = 1};
    sg_workspace *w = NULL;
    sg_arena *arena = sg_arena_new();
    sg_output_report draft;
    sg_edition_report edition;
    sg_err err = {0};

    sg_assert_ok(sg_workspace_create(*state, &err), &err);
    sg_assert_ok(sg_workspace_open(*state, SG_STORE_READ, &w, &err), &err);
    assert_null(sg_workspace_store(w));
    sg_assert_status(sg_batch_report(w, &options, arena, &draft, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "nothing was imported yet");
    sg_assert_contains(err.message, "inbox");
    sg_assert_status(sg_batch_release(w, false, arena, &edition, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "nothing was imported yet");
    sg_workspace_close(w);
    assert_false(sg_tmpdir_exists(*state, "skillgain.db"));
    assert_false(sg_tmpdir_exists(*state, "output/drafts"));
    sg_arena_free(arena);
}

static void another_key_does_not_open_the_store(void **state)
{
    char *other = sg_tmpdir_path(*state, "other"), *path = sg_tmpdir_path(*state, "key"), *key;
    sg_workspace *w = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_workspace_create(*state, &err), &err);
    sg_assert_ok(sg_workspace_open(*state, SG_STORE_WRITE, &w, &err), &err);
    sg_workspace_close(w);
    w = NULL;
    sg_assert_ok(sg_workspace_create(other, &err), &err);
    key = sg_tmpdir_read(other, "key", NULL);
    sg_tmpdir_write_text(*state, "key", key);
    assert_int_equal(chmod(path, 0600), 0);
    for (int mode = SG_STORE_READ; mode <= SG_STORE_WRITE; mode++) {
        sg_assert_status(sg_workspace_open(*state, (sg_store_mode)mode, &w, &err), SG_USAGE, &err);
        sg_assert_contains(err.message, "key");
        assert_null(w);
    }
    /* what could not be opened holds no lock */
    sg_assert_status(sg_workspace_open(*state, SG_STORE_WRITE, &w, &err), SG_USAGE, &err);
    free(key);
    free(path);
    free(other);
}

static void a_folder_that_is_no_workspace_is_refused(void **state)
{
    sg_workspace *w = NULL;
    sg_err err = {0};

    sg_assert_status(sg_workspace_open(*state, SG_STORE_WRITE, &w, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, *state);
    sg_assert_contains(err.message, "init");
    assert_false(sg_tmpdir_exists(*state, "skillgain.db"));
    assert_false(sg_tmpdir_exists(*state, ".lock"));
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_new_workspace_has_its_settings_folders_and_key),
        IN_FOLDER(a_second_creation_is_refused_and_changes_nothing),
        IN_FOLDER(a_key_without_settings_is_kept),
        IN_FOLDER(two_new_workspaces_have_different_keys),
        IN_FOLDER(a_second_writer_is_told_to_wait_and_a_reader_is_not),
        IN_FOLDER(reading_before_the_first_import_makes_nothing),
        IN_FOLDER(another_key_does_not_open_the_store),
        IN_FOLDER(a_folder_that_is_no_workspace_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
