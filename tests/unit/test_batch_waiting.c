/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deliveries that wait for a person: what is said of them, and the ways out. */
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

static void remove_file(const sg_office *o, const char *name)
{
    char *path = sg_tmpdir_path(o->folder, name);

    assert_int_equal(remove(path), 0);
    free(path);
}

/* It would be strange if taking a held file away made the night good. */
static void a_held_file_that_left_the_inbox_still_waits(void **state)
{
    sg_office *o = *state;
    sg_night_report later;
    const char *before;

    sg_made_inbox(o->folder, 60);
    (void)night(o, false, SG_OK);
    before = latest(o);
    sg_made_gains(o->folder, "inbox/gain.csv", 30);
    (void)night(o, false, SG_HELD);
    remove_file(o, "inbox/gain.csv");
    later = night(o, false, SG_HELD);
    assert_string_equal(latest(o), before);
    assert_int_equal(later.n_missing, 0);
    assert_int_equal(later.n_waiting, 1);
    assert_int_equal(night(o, true, SG_HELD).n_waiting, 1);
    assert_string_equal(report(o, whole).banner,
                        sg_arena_printf(o->arena, "%s; %s", later.waiting[0].what, later.waiting[0].way));
    sg_made_gains(o->folder, "inbox/gain.csv", 57);
    assert_int_equal(night(o, true, SG_OK).n_waiting, 0);
    later = night(o, false, SG_OK);
    assert_int_equal(later.n_waiting, 0);
}

/* Its file must not be held again by the next night. */
static void a_held_file_that_is_dropped_waits_no_longer(void **state)
{
    sg_office *o = *state;
    sg_batch dropped, other;
    sg_err err = {0};

    sg_made_inbox(o->folder, 60);
    (void)night(o, false, SG_OK);
    sg_made_gains(o->folder, "inbox/gain.csv", 30);
    (void)night(o, false, SG_HELD);
    sg_assert_ok(sg_batch_undo(o->w, 3, o->arena, &dropped, &err), &err);
    assert_int_equal(dropped.state, SG_BATCH_UNDONE);
    assert_false(sg_tmpdir_exists(o->folder, "inbox/gain.csv"));
    assert_true(sg_tmpdir_exists(o->folder, "archive/000003-gain.csv"));
    (void)night(o, false, SG_OK);
    assert_string_equal(report(o, whole).banner, "");
    sg_assert_status(sg_batch_undo(o->w, 3, o->arena, &other, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "batch 3 is neither in use nor held");
}

static bool draft_says(const sg_output_report *draft, const char *page, const char *text)
{
    char *all = sg_tmpdir_read(draft->folder, page, NULL);
    bool says = strstr(all, text) != NULL;

    free(all);
    return says;
}

/* Until what it spoke of is delivered anew. */
static void what_was_accepted_by_hand_is_told_by_every_page_that_needs_it(void **state)
{
    static const char *const pages[] = {"index.html", "quality.html", "brief.html", "results.json"};
    sg_office *o = *state;
    sg_file_report accepted = {0};
    sg_output_report draft;
    sg_batch undone;
    sg_err err = {0};

    sg_made_inbox(o->folder, 60);
    (void)night(o, false, SG_OK);
    sg_made_gains(o->folder, "inbox/gain.csv", 30);
    (void)night(o, false, SG_HELD);
    sg_assert_status(sg_batch_accept(o->w, 3, NULL, o->arena, &accepted, &err), SG_OK, &err);
    assert_int_equal(accepted.batch.accepted, 3);
    draft = night(o, false, SG_OK).draft;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        assert_true(draft_says(&draft, pages[i], "gain rows of the store (more than 20 % is held)"));
    assert_true(draft_says(&draft, "index.html",
                           "gain.csv (batch 4, gain) was held as batch 3 and accepted by hand on 20"));
    assert_true(draft_says(&draft, "index.html", "Use with care"));
    sg_assert_ok(sg_batch_undo(o->w, 4, o->arena, &undone, &err), &err);
    assert_false(draft_says(&(sg_output_report){.folder = report(o, whole).folder}, "index.html", "by hand"));
    sg_made_gains(o->folder, "inbox/gain.csv", 30);
    sg_assert_status(sg_batch_accept(o->w, 3, NULL, o->arena, &accepted, &err), SG_OK, &err);
    sg_made_gains(o->folder, "inbox/gain.csv", 31);
    draft = night(o, false, SG_OK).draft;
    assert_false(draft_says(&draft, "index.html", "by hand"));
    assert_true(draft_says(&draft, "index.html", "Safe to use"));
}

/* Not `put one into the inbox`, where it lies; and not `run` from `report` and `report` from `run`. */
static void the_first_delivery_that_is_held_is_not_missing(void **state)
{
    sg_office *o = *state;
    sg_night_report bad;
    sg_output_report out = {0};
    sg_err err = {0};

    sg_made_enrollments(o->folder, "inbox/enrollment.csv", 60, 9);
    sg_made_gains(o->folder, "inbox/gain.csv", 60);
    bad = night(o, true, SG_HELD);
    assert_int_equal(bad.n_missing, 0);
    bad = night(o, false, SG_HELD);
    assert_int_equal(bad.n_missing, 0);
    assert_false(bad.may_report);
    sg_assert_status(sg_batch_report(o->w, &whole, o->arena, &out, &err), SG_HELD, &err);
    sg_assert_contains(err.message,
                       "no draft can be made: the newest file 'enrollment.csv' (batch 1) is held and "
                       "not in use: no enrollment export is in use; take it in as it is");
    sg_assert_contains(err.message, "or deliver a corrected one");
}

static void a_forced_report_carries_a_banner_and_is_not_the_latest(void **state)
{
    sg_office *o = *state;
    sg_output_report forced;
    const char *before;

    sg_made_inbox(o->folder, 60);
    (void)night(o, false, SG_OK);
    before = latest(o);
    sg_made_gains(o->folder, "inbox/gain.csv", 30);
    (void)night(o, false, SG_HELD);
    forced = report(o, whole);
    sg_assert_contains(forced.banner,
                       "the newest file 'gain.csv' (batch 3) is held and not in use: gain figures "
                       "are made from what came up to batch 2 ('gain.csv', complete up to ");
    sg_assert_contains(forced.banner, "'skillgain import --accept 3'");
    sg_assert_contains(forced.banner, "'skillgain import --undo 3'");
    sg_assert_contains(forced.in_use, "enrollment up to batch 1 ('enrollment.csv', complete up to ");
    sg_assert_contains(forced.in_use, ", gain up to batch 2 ('gain.csv', complete up to ");
    assert_string_not_equal(sg_path_base(forced.folder), before);
    assert_string_equal(latest(o), before);
    expect_good_sums(forced.folder);
}

/* By name, the gain export comes after the refused one. */
static void a_refused_file_is_told_of_although_a_later_one_of_another_kind_was_taken_in(void **state)
{
    sg_office *o = *state;

    sg_made_inbox(o->folder, 60);
    (void)night(o, false, SG_OK);
    sg_tmpdir_write_text(o->folder, "inbox/enrollment.csv", "who,when\n");
    sg_made_gains(o->folder, "inbox/gain.csv", 57);
    (void)night(o, false, SG_REFUSED);
    sg_assert_contains(
        report(o, whole).banner,
        "the newest file 'enrollment.csv' (batch 3) is refused and not in use; mend the export");
    sg_made_enrollments(o->folder, "inbox/enrollment.csv", 60, 9);
    sg_made_gains(o->folder, "inbox/gain.csv", 56);
    (void)night(o, false, SG_HELD);
    sg_assert_contains(report(o, whole).banner, "the newest file 'enrollment.csv' (batch 5) is held");
    /* a whole night settles both */
    sg_made_inbox(o->folder, 61);
    (void)night(o, false, SG_OK);
    assert_string_equal(report(o, whole).banner, "");
}

int main(void)
{
#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, sg_office_setup, sg_office_teardown)
    const struct CMUnitTest tests[] = {
        IN_OFFICE(a_held_file_that_left_the_inbox_still_waits),
        IN_OFFICE(a_held_file_that_is_dropped_waits_no_longer),
        IN_OFFICE(what_was_accepted_by_hand_is_told_by_every_page_that_needs_it),
        IN_OFFICE(the_first_delivery_that_is_held_is_not_missing),
        IN_OFFICE(a_forced_report_carries_a_banner_and_is_not_the_latest),
        IN_OFFICE(a_refused_file_is_told_of_although_a_later_one_of_another_kind_was_taken_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
