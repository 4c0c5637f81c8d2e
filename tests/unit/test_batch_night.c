/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The night: the inbox, what is missing, the draft, and which draft is the latest. */
#include "support/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "skillgain/batch.h"
#include "skillgain/report.h"
#include "support/made_exports.h"
#include "support/office.h"
#include "support/tmpdir.h"

static const sg_draft_options whole = {
    .pages = SG_REPORT_ALL, .formats = SG_FORMAT_ALL, .as_of = SG_DAY_NONE, .jobs = 1};

static sg_night_report night(sg_office *o, bool dry_run, sg_status want)
{
    sg_night_report report;
    sg_err err = {0};

    sg_assert_status(sg_batch_run(o->w, &whole, dry_run, o->arena, &report, &err), want, &err);
    assert_int_equal(report.reported, want == SG_OK && !dry_run);
    return report;
}

static sg_output_report report(sg_office *o, sg_draft_options options)
{
    sg_output_report out = {0};
    sg_err err = {0};

    sg_assert_ok(sg_batch_report(o->w, &options, o->arena, &out, &err), &err);
    return out;
}

/* What `latest` points to, "" where there is none. */
static const char *latest(sg_office *o)
{
    char *target = sg_arena_alloc(o->arena, 1, SG_NAME_MAX);
    ssize_t length = readlink(sg_workspace_latest(o->w), target, SG_NAME_MAX - 1);

    return length < 0 ? "" : target;
}

static void expect_good_sums(const char *folder)
{
    sg_err err = {0};

    sg_assert_ok(sg_report_check_sums(folder, &err), &err);
}

/* ---- a whole night ---- */

static void a_night_takes_the_inbox_in_and_writes_the_latest_draft(void **state)
{
    sg_office *o = *state;
    sg_night_report first;
    sg_run_record run;
    const char *name;
    bool found = false;
    sg_err err = {0};

    sg_made_inbox(o->folder, 60);
    first = night(o, false, SG_OK);
    assert_int_equal(first.n_files, 2);
    assert_string_equal(first.files[0].batch.file_name, "enrollment.csv");
    assert_string_equal(first.files[1].batch.file_name, "gain.csv");
    assert_int_equal(first.n_missing, 0);
    assert_false(first.draft.unchanged);
    assert_string_equal(first.draft.banner, "");
    name = sg_path_base(first.draft.folder);
    assert_string_equal(latest(o), name);
    expect_good_sums(first.draft.folder);
    sg_assert_ok(sg_store_last_run(sg_workspace_store(o->w), &run, &found, &err), &err);
    assert_true(found);
    assert_string_equal(run.draft, name);
    assert_false(sg_tmpdir_exists(o->folder, "output/drafts/.partial"));
}

/* The as-of date and the beginning of the digest that run.json tells. */
static void a_draft_is_named_after_its_day_and_its_input(void **state)
{
    sg_office *o = *state;
    sg_run_record run;
    const char *name;
    bool found;
    sg_err err = {0};

    sg_made_inbox(o->folder, 60);
    name = sg_path_base(night(o, false, SG_OK).draft.folder);
    sg_assert_ok(sg_store_last_run(sg_workspace_store(o->w), &run, &found, &err), &err);
    assert_string_equal(name, sg_arena_printf(o->arena, "2023-07-31-%.8s", run.input_sha256));
    assert_int_equal(strlen(run.input_sha256), SG_SHA256_TEXT - 1);
}

static void a_night_without_news_leaves_the_draft_as_it_is(void **state)
{
    sg_office *o = *state;
    sg_night_report first, second;

    sg_made_inbox(o->folder, 60);
    first = night(o, false, SG_OK);
    second = night(o, false, SG_OK);
    assert_int_equal(second.n_files, 0);
    assert_true(second.draft.unchanged);
    assert_string_equal(second.draft.folder, first.draft.folder);
    /* the same exports delivered anew are no news either */
    sg_made_inbox(o->folder, 60);
    second = night(o, false, SG_OK);
    assert_true(second.files[0].known && second.files[1].known);
    assert_true(second.draft.unchanged);
    assert_string_equal(second.draft.folder, first.draft.folder);
}

static void a_changed_export_makes_another_draft_and_keeps_the_old_one(void **state)
{
    sg_office *o = *state;
    sg_night_report first, second;

    sg_made_inbox(o->folder, 60);
    first = night(o, false, SG_OK);
    sg_made_inbox(o->folder, 62);
    second = night(o, false, SG_OK);
    assert_string_not_equal(second.draft.folder, first.draft.folder);
    assert_string_equal(latest(o), sg_path_base(second.draft.folder));
    expect_good_sums(first.draft.folder);
}

static void a_damaged_draft_is_written_anew(void **state)
{
    sg_office *o = *state;
    sg_night_report first, second;
    char *sums, *mended;

    sg_made_inbox(o->folder, 60);
    first = night(o, false, SG_OK);
    sums = sg_tmpdir_read(first.draft.folder, "SHA256SUMS", NULL);
    sg_tmpdir_write_text(first.draft.folder, "brief.md", "gone");
    second = night(o, false, SG_OK);
    assert_false(second.draft.unchanged);
    assert_string_equal(second.draft.folder, first.draft.folder);
    expect_good_sums(second.draft.folder);
    mended = sg_tmpdir_read(second.draft.folder, "SHA256SUMS", NULL);
    assert_string_equal(mended, sums);
    free(mended);
    free(sums);
}

static void what_a_killed_run_left_is_cleared_away(void **state)
{
    sg_office *o = *state;

    sg_tmpdir_write_text(o->folder, "output/drafts/.partial/brief.md", "half a");
    sg_made_inbox(o->folder, 60);
    expect_good_sums(night(o, false, SG_OK).draft.folder);
    assert_false(sg_tmpdir_exists(o->folder, "output/drafts/.partial"));
}

static void a_dry_run_tells_and_writes_nothing(void **state)
{
    sg_office *o = *state;
    sg_night_report dry;
    sg_batch *batches;
    size_t n;
    sg_err err = {0};

    sg_made_inbox(o->folder, 60);
    dry = night(o, true, SG_OK);
    assert_int_equal(dry.n_files, 2);
    assert_int_equal(dry.files[0].batch.counts.read, 63);
    /* both arrive: nothing is missing */
    assert_int_equal(dry.n_missing, 0);
    sg_assert_ok(sg_store_batches(sg_workspace_store(o->w), o->arena, &batches, &n, &err), &err);
    assert_int_equal(n, 0);
    assert_true(sg_tmpdir_exists(o->folder, "inbox/enrollment.csv"));
    assert_false(sg_tmpdir_exists(o->folder, "output/drafts"));
    assert_false(sg_tmpdir_exists(o->folder, "archive"));
}

/* ---- a night with trouble ---- */

static void a_night_with_a_refused_or_held_file_writes_no_draft(void **state)
{
    static const struct {
        size_t n_bad;
        sg_status want;
    } cases[] = {{0, SG_REFUSED}, {9, SG_HELD}};
    sg_office *o = *state;
    const char *before;

    sg_made_inbox(o->folder, 60);
    (void)night(o, false, SG_OK);
    before = latest(o);
    for (size_t i = 0; i < 2; i++) {
        sg_night_report bad;

        if (cases[i].n_bad)
            sg_made_enrollments(o->folder, "inbox/enrollment.csv", 60, cases[i].n_bad);
        else
            sg_tmpdir_write_text(o->folder, "inbox/enrollment.csv", "who,when\n");
        sg_made_gains(o->folder, "inbox/gain.csv", 57 - i);
        bad = night(o, false, cases[i].want);
        assert_int_equal(bad.files[0].status, cases[i].want);
        /* the rest is taken in all the same */
        assert_int_equal(bad.files[1].status, SG_OK);
        assert_false(bad.files[1].known);
        assert_string_equal(latest(o), before);
    }
}

static void a_night_that_lacks_an_expected_export_writes_no_draft(void **state)
{
    sg_office *o = *state;
    sg_night_report bad;

    sg_made_enrollments(o->folder, "inbox/enrollment.csv", 60, 0);
    bad = night(o, true, SG_HELD);
    assert_int_equal(bad.n_missing, 1);
    bad = night(o, false, SG_HELD);
    assert_int_equal(bad.n_missing, 1);
    sg_assert_contains(bad.missing[0], "no gain export was ever taken in");
    assert_int_equal(bad.files[0].status, SG_OK);
    assert_string_equal(latest(o), "");
    sg_made_gains(o->folder, "inbox/gain.csv", 60);
    (void)night(o, false, SG_OK);
}

/* ---- what is missing ---- */

static size_t missing_at(sg_office *o, int64_t now, const char ***out)
{
    size_t n = 99;
    sg_err err = {0};

    sg_assert_ok(sg_batch_missing(o->w, now, o->arena, out, &n, &err), &err);
    return n;
}

static void an_export_is_missing_only_after_its_time(void **state)
{
    const int64_t seen = 1000000, hours36 = INT64_C(36) * 3600, days3 = INT64_C(3) * 86400;
    sg_office *o = *state;
    const char **missing;
    sg_err err = {0};

    sg_office_set_more(o, "expect: {enrollment: 36h, gain: 3d}\n");
    assert_int_equal(missing_at(o, seen, &missing), 2);
    sg_assert_contains(missing[0], "no enrollment export was ever taken in");
    sg_assert_contains(missing[1], "no gain export was ever taken in");
    sg_assert_ok(sg_store_note_seen(sg_workspace_store(o->w), SG_KIND_ENROLLMENT, seen, &err), &err);
    sg_assert_ok(sg_store_note_seen(sg_workspace_store(o->w), SG_KIND_GAIN, seen, &err), &err);
    assert_int_equal(missing_at(o, seen, &missing), 0);
    assert_int_equal(missing_at(o, seen + hours36, &missing), 0);
    assert_int_equal(missing_at(o, seen + hours36 + 1, &missing), 1);
    sg_assert_contains(missing[0], "no enrollment export came in the last 36 hours");
    assert_int_equal(missing_at(o, seen + days3, &missing), 1);
    assert_int_equal(missing_at(o, seen + days3 + 1, &missing), 2);
    sg_assert_contains(missing[1], "no gain export came in the last 3 days");
    sg_assert_ok(sg_store_note_seen(sg_workspace_store(o->w), SG_KIND_ENROLLMENT, seen + days3, &err), &err);
    assert_int_equal(missing_at(o, seen + days3 + hours36, &missing), 1);
}

static void an_export_that_is_not_expected_is_never_missing(void **state)
{
    sg_office *o = *state;
    const char **missing;

    sg_office_set_more(o, "expect: {enrollment: 36h}\n");
    assert_int_equal(missing_at(o, 1, &missing), 1);
    sg_assert_contains(missing[0], "enrollment");
    sg_office_set_more(o, "expect: {}\n");
    assert_int_equal(missing_at(o, INT64_C(1) << 40, &missing), 0);
}

static void known_bytes_count_as_delivered(void **state)
{
    sg_office *o = *state;
    int64_t seen = 0;
    sg_err err = {0};

    sg_made_inbox(o->folder, 60);
    (void)night(o, false, SG_OK);
    sg_assert_ok(sg_store_note_seen(sg_workspace_store(o->w), SG_KIND_GAIN, 1000, &err), &err);
    sg_made_gains(o->folder, "inbox/gain.csv", 60);
    (void)night(o, false, SG_OK);
    sg_assert_ok(sg_store_last_seen(sg_workspace_store(o->w), SG_KIND_GAIN, &seen, &err), &err);
    assert_true(seen > 1000);
}

/* ---- reports asked for ---- */

static void a_forced_report_tells_of_a_missing_export(void **state)
{
    sg_office *o = *state;
    sg_output_report forced;

    sg_office_set_more(o, "expect: {gain: 36h}\n");
    sg_made_inbox(o->folder, 60);
    (void)night(o, false, SG_OK);
    sg_assert_ok(sg_store_note_seen(sg_workspace_store(o->w), SG_KIND_GAIN, 1000, NULL), NULL);
    forced = report(o, whole);
    sg_assert_contains(forced.banner, "no gain export came in the last 36 hours");
}

static void only_a_whole_report_becomes_the_latest(void **state)
{
    sg_office *o = *state;
    const char *before;
    sg_draft_options part[6] = {whole, whole, whole, whole, whole, whole};

    sg_made_inbox(o->folder, 60);
    (void)night(o, false, SG_OK);
    before = latest(o);
    part[0].college = "A1";
    part[1].program_year = 2022;
    part[2].pages = SG_REPORT_BRIEF;
    part[3].formats = SG_FORMAT_CSV | SG_FORMAT_JSON;
    assert_true(sg_day_from_civil(2023, 7, 15, &part[4].as_of));
    part[5].output = sg_path_join(o->arena, o->folder, "aside");
    for (size_t i = 0; i < 6; i++) {
        sg_output_report out = report(o, part[i]);

        assert_string_equal(out.banner, "");
        assert_string_equal(latest(o), before);
        if (i < 5)
            assert_string_not_equal(sg_path_base(out.folder), before);
        expect_good_sums(out.folder);
    }
    assert_true(report(o, whole).unchanged);
}

static void a_report_goes_into_a_new_or_empty_folder_alone(void **state)
{
    sg_office *o = *state;
    sg_draft_options options = whole;
    sg_output_report out;
    sg_err err = {0};

    sg_made_inbox(o->folder, 60);
    (void)night(o, false, SG_OK);
    sg_tmpdir_write_text(o->folder, "full/note.txt", "ours");
    sg_tmpdir_write_text(o->folder, "file", "ours");
    options.output = sg_path_join(o->arena, o->folder, "full");
    sg_assert_status(sg_batch_report(o->w, &options, o->arena, &out, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "is not empty");
    assert_true(sg_tmpdir_exists(o->folder, "full/note.txt"));
    options.output = sg_path_join(o->arena, o->folder, "file");
    sg_assert_status(sg_batch_report(o->w, &options, o->arena, &out, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "is not a folder");
    options.output = sg_path_join(o->arena, o->folder, "empty");
    sg_assert_ok(sg_folder_make(options.output, 0700, &err), &err);
    expect_good_sums(report(o, options).folder);
    assert_false(sg_tmpdir_exists(o->folder, "empty.partial"));
}

int main(void)
{
#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, sg_office_setup, sg_office_teardown)
    const struct CMUnitTest tests[] = {
        IN_OFFICE(a_night_takes_the_inbox_in_and_writes_the_latest_draft),
        IN_OFFICE(a_draft_is_named_after_its_day_and_its_input),
        IN_OFFICE(a_night_without_news_leaves_the_draft_as_it_is),
        IN_OFFICE(a_changed_export_makes_another_draft_and_keeps_the_old_one),
        IN_OFFICE(a_damaged_draft_is_written_anew),
        IN_OFFICE(what_a_killed_run_left_is_cleared_away),
        IN_OFFICE(a_dry_run_tells_and_writes_nothing),
        IN_OFFICE(a_night_with_a_refused_or_held_file_writes_no_draft),
        IN_OFFICE(a_night_that_lacks_an_expected_export_writes_no_draft),
        IN_OFFICE(an_export_is_missing_only_after_its_time),
        IN_OFFICE(an_export_that_is_not_expected_is_never_missing),
        IN_OFFICE(known_bytes_count_as_delivered),
        IN_OFFICE(a_forced_report_tells_of_a_missing_export),
        IN_OFFICE(only_a_whole_report_becomes_the_latest),
        IN_OFFICE(a_report_goes_into_a_new_or_empty_folder_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
