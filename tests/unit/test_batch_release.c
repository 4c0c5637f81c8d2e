/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editions: one of a year, of the newest whole draft as it was written, in the ledger before it is out. */
#include "support/assert.h"

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

/* A night with exports of n learners; the draft's folder. */
static const char *make_draft(sg_office *o, size_t n)
{
    sg_night_report night;
    sg_err err = {0};

    sg_made_inbox(o->folder, n);
    sg_assert_ok(sg_batch_run(o->w, &whole, false, o->arena, &night, &err), &err);
    return night.draft.folder;
}

static sg_edition_report release(sg_office *o)
{
    sg_edition_report edition;
    sg_err err = {0};

    sg_assert_ok(sg_batch_release(o->w, false, o->arena, &edition, &err), &err);
    return edition;
}

static void expect_refusal(sg_office *o, sg_status want, const char *part)
{
    for (int dry_run = 0; dry_run < 2; dry_run++) {
        sg_edition_report edition;
        sg_err err = {0};

        sg_assert_status(sg_batch_release(o->w, dry_run, o->arena, &edition, &err), want, &err);
        sg_assert_contains(err.message, part);
    }
}

static size_t list_editions(sg_office *o, sg_edition **out)
{
    size_t n = 0;
    sg_err err = {0};

    sg_assert_ok(sg_store_editions(sg_workspace_store(o->w), o->arena, out, &n, &err), &err);
    return n;
}

static void an_edition_is_of_the_latest_closed_year_and_in_the_ledger(void **state)
{
    sg_office *o = *state;
    const char *draft = make_draft(o, 240);
    sg_edition_report edition = release(o);
    sg_edition *ledger;
    char sha256[SG_SHA256_TEXT];
    int64_t bytes;
    sg_err err = {0};

    assert_string_equal(edition.name, "2022-1");
    assert_string_equal(sg_path_base(edition.output.folder), "2022-1");
    sg_assert_ok(sg_report_check_sums(edition.output.folder, &err), &err);
    assert_true(edition.shown > 0);
    assert_int_equal(list_editions(o, &ledger), 1);
    assert_int_equal(ledger[0].program_year, 2022);
    assert_int_equal(ledger[0].number, 1);
    assert_string_equal(ledger[0].name, "2022-1");
    assert_int_equal(ledger[0].cells_shown, edition.shown);
    assert_int_equal(ledger[0].cells_masked, edition.masked);
    sg_assert_ok(sg_sha256_of_file(sg_path_join(o->arena, draft, "results.json"), sha256, &bytes, &err),
                 &err);
    assert_string_equal(ledger[0].draft_sha256, sha256);
    sg_assert_ok(sg_sha256_of_file(sg_path_join(o->arena, edition.output.folder, "results.json"), sha256,
                                   &bytes, &err),
                 &err);
    assert_string_equal(ledger[0].results_sha256, sha256);
    assert_false(sg_tmpdir_exists(o->folder, "output/editions/.partial"));
}

static void an_edition_holds_nothing_that_is_the_drafts_alone(void **state)
{
    static const char *const absent[] = {"quality.html", "quality.md"};
    sg_office *o = *state;
    const char *folder;
    char *text;

    (void)make_draft(o, 240);
    folder = release(o).output.folder;
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        assert_false(sg_tmpdir_exists(folder, absent[i]));
    text = sg_tmpdir_read(folder, "results.json", NULL);
    assert_null(strstr(text, "enrollment.csv"));
    assert_non_null(strstr(text, "msg_common"));
    free(text);
}

static void an_edition_says_that_a_delivery_was_accepted_by_hand_but_not_what_was_found(void **state)
{
    static const char *const pages[] = {"index.html", "brief.md", "outcomes.html", "equity.html"};
    sg_office *o = *state;
    sg_night_report night;
    sg_file_report accepted = {0};
    const char *folder;
    char *text;
    sg_err err = {0};

    (void)make_draft(o, 240);
    sg_made_gains(o->folder, "inbox/gain.csv", 180);
    sg_assert_status(sg_batch_run(o->w, &whole, false, o->arena, &night, &err), SG_HELD, &err);
    sg_assert_ok(sg_batch_accept(o->w, 3, NULL, o->arena, &accepted, &err), &err);
    sg_assert_ok(sg_batch_run(o->w, &whole, false, o->arena, &night, &err), &err);
    folder = release(o).output.folder;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        text = sg_tmpdir_read(folder, pages[i], NULL);
        sg_assert_contains(text, "The gain records behind these figures come in part from a delivery");
        assert_null(strstr(text, "gain.csv"));
        free(text);
    }
    text = sg_tmpdir_read(folder, "results.json", NULL);
    sg_assert_contains(text, "\"accepted\": [");
    assert_null(strstr(text, "withdraws"));
    assert_null(strstr(text, "gain.csv"));
    free(text);
}

static void a_dry_run_tells_what_a_release_would_show_and_writes_nothing(void **state)
{
    sg_office *o = *state;
    sg_edition_report dry, edition;
    sg_edition *ledger;
    sg_err err = {0};

    (void)make_draft(o, 240);
    sg_assert_ok(sg_batch_release(o->w, true, o->arena, &dry, &err), &err);
    assert_false(sg_tmpdir_exists(o->folder, "output/editions"));
    assert_int_equal(list_editions(o, &ledger), 0);
    edition = release(o);
    assert_string_equal(dry.name, edition.name);
    assert_int_equal(dry.shown, edition.shown);
    assert_int_equal(dry.masked, edition.masked);
}

static void a_second_edition_of_a_year_is_refused_and_the_first_stays(void **state)
{
    sg_office *o = *state;
    const char *folder;
    char *before, *after;
    sg_edition *ledger;

    (void)make_draft(o, 240);
    folder = release(o).output.folder;
    before = sg_tmpdir_read(folder, "SHA256SUMS", NULL);
    expect_refusal(o, SG_DISCLOSURE, "program year 2022 was released as edition 2022-1");
    (void)make_draft(o, 244);
    expect_refusal(o, SG_DISCLOSURE, "program year 2022 was released as edition 2022-1");
    expect_refusal(o, SG_DISCLOSURE,
                   "where it is wrong, take it down where it was published and say so there");
    expect_refusal(o, SG_DISCLOSURE, "The next edition is of program year 2023, once that is closed");
    after = sg_tmpdir_read(folder, "SHA256SUMS", NULL);
    assert_string_equal(after, before);
    assert_int_equal(list_editions(o, &ledger), 1);
    free(before);
    free(after);
}

/* Killed after the ledger's entry and before the folder was in place: the entry is there, the folder is not. */
static void a_release_that_was_killed_is_finished_with_the_same_bytes(void **state)
{
    sg_office *o = *state;
    sg_edition_report first, second;
    char *before, *after;
    sg_edition *ledger;
    sg_err err = {0};

    (void)make_draft(o, 240);
    first = release(o);
    before = sg_tmpdir_read(first.output.folder, "SHA256SUMS", NULL);
    sg_assert_ok(sg_folder_remove(first.output.folder, &err), &err);
    second = release(o);
    assert_string_equal(second.output.folder, first.output.folder);
    after = sg_tmpdir_read(second.output.folder, "SHA256SUMS", NULL);
    assert_string_equal(after, before);
    assert_int_equal(list_editions(o, &ledger), 1);
    expect_refusal(o, SG_DISCLOSURE, "was released as edition 2022-1");
    free(before);
    free(after);
}

static void a_lost_edition_is_not_made_from_another_draft(void **state)
{
    sg_office *o = *state;
    const char *folder;
    sg_edition *ledger;
    sg_err err = {0};

    (void)make_draft(o, 240);
    folder = release(o).output.folder;
    sg_assert_ok(sg_folder_remove(folder, &err), &err);
    (void)make_draft(o, 244);
    expect_refusal(o, SG_DISCLOSURE, "edition 2022-1 is in the ledger but its folder is gone");
    assert_false(sg_path_exists(folder));
    assert_int_equal(list_editions(o, &ledger), 1);
}

/* Killed between the ledger and the rename, and another night since: the whole edition lies beside its place. */
static void a_killed_release_is_finished_from_what_lies_whole(void **state)
{
    sg_office *o = *state;
    const char *folder, *partial;
    char *before, *after;
    sg_err err = {0};

    (void)make_draft(o, 240);
    folder = release(o).output.folder;
    before = sg_tmpdir_read(folder, "SHA256SUMS", NULL);
    partial = sg_path_join(o->arena, o->folder, "output/editions/.partial");
    sg_assert_ok(sg_path_rename(folder, partial, &err), &err);
    (void)make_draft(o, 244);
    (void)release(o);
    after = sg_tmpdir_read(folder, "SHA256SUMS", NULL);
    assert_string_equal(after, before);
    assert_false(sg_path_exists(partial));
    free(before);
    free(after);
}

static void expect_not_as_written(sg_office *o)
{
    sg_edition *ledger;

    expect_refusal(o, SG_FAILED, "the newest draft is not as it was written");
    assert_int_equal(list_editions(o, &ledger), 0);
    assert_false(sg_tmpdir_exists(o->folder, "output/editions"));
}

static void a_draft_with_a_changed_byte_is_refused(void **state)
{
    static const char *const names[] = {"results.json", "results.csv", "brief.html"};
    sg_office *o = *state;
    const char *draft = make_draft(o, 240);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length;
        char *text = sg_tmpdir_read(draft, names[i], &length);

        text[length / 2] ^= 1;
        sg_tmpdir_write(draft, names[i], text, length);
        expect_not_as_written(o);
        text[length / 2] ^= 1;
        sg_tmpdir_write(draft, names[i], text, length);
        free(text);
    }
    (void)release(o);
}

static void a_draft_with_a_file_too_many_or_too_few_is_refused(void **state)
{
    sg_office *o = *state;
    const char *draft = make_draft(o, 240);

    sg_tmpdir_write_text(draft, "note.txt", "mine");
    expect_not_as_written(o);
    assert_int_equal(unlink(sg_path_join(o->arena, draft, "note.txt")), 0);
    assert_int_equal(unlink(sg_path_join(o->arena, draft, "equity.md")), 0);
    expect_not_as_written(o);
}

/* `latest` never points to a forced draft by itself: here somebody has made it. */
static void a_forced_draft_is_not_released(void **state)
{
    sg_office *o = *state;
    sg_night_report night;
    sg_output_report forced = {0};
    sg_edition *ledger;
    sg_err err = {0};

    (void)make_draft(o, 240);
    sg_made_gains(o->folder, "inbox/gain.csv", 30);
    sg_assert_status(sg_batch_run(o->w, &whole, false, o->arena, &night, &err), SG_HELD, &err);
    sg_assert_ok(sg_batch_report(o->w, &whole, o->arena, &forced, &err), &err);
    sg_assert_ok(sg_link_replace(sg_workspace_latest(o->w), sg_path_base(forced.folder), &err), &err);
    expect_refusal(o, SG_USAGE,
                   "the newest draft was forced; release one of a whole night. It says: the newest file "
                   "'gain.csv' (batch 3) is held");
    assert_int_equal(list_editions(o, &ledger), 0);
}

/* The sample's made-up agency is one; what init wrote is none. */
static void an_edition_of_no_agency_is_refused_with_the_keys_to_set(void **state)
{
    static const struct {
        const char *agency, *says;
    } cases[] = {
        {"agency: {}\n", "an edition names its agency and an address for questions: set 'agency.name' and "
                         "'agency.contact' in skillgain.yaml"},
        {"agency: {contact: a@example.org}\n", "set 'agency.name' in skillgain.yaml, make a draft"},
        {"agency: {name: North State}\n",
         "an edition names an address for questions: set 'agency.contact' in skillgain.yaml"},
    };
    sg_office *o = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sg_edition *ledger;
        char *settings = sg_tmpdir_read(o->folder, "skillgain.yaml", NULL), *own;
        sg_err err = {0};

        own = strstr(settings, "agency:");
        assert_non_null(own);
        sg_tmpdir_write_text(o->folder, "skillgain.yaml",
                             sg_arena_printf(o->arena, "%.*s%s%s", (int)(own - settings), settings,
                                             cases[i].agency, strchr(own, '\n') + 1));
        free(settings);
        sg_workspace_close(o->w);
        o->w = NULL;
        sg_assert_ok(sg_workspace_open(o->folder, SG_STORE_WRITE, &o->w, &err), &err);
        (void)make_draft(o, 240);
        expect_refusal(o, SG_USAGE, cases[i].says);
        assert_int_equal(list_editions(o, &ledger), 0);
    }
}

static void without_a_draft_there_is_nothing_to_release(void **state)
{
    sg_office *o = *state;

    expect_refusal(o, SG_USAGE, "there is no draft to release; run 'skillgain run' first");
}

/* Complete up to 31 May 2023: program year 2022 is open. */
static void an_open_year_is_not_released(void **state)
{
    sg_office *o = *state;
    sg_import_options options = {.cutoff = SG_DAY_NONE};
    char *paths[2];
    sg_file_report *files = NULL;
    sg_output_report draft = {0};
    sg_err err = {0};

    assert_true(sg_day_from_civil(2023, 5, 31, &options.cutoff));
    sg_made_enrollments(o->folder, "enrollment.csv", 240, 0);
    sg_made_gains(o->folder, "gain.csv", 240);
    paths[0] = sg_path_join(o->arena, o->folder, "enrollment.csv");
    paths[1] = sg_path_join(o->arena, o->folder, "gain.csv");
    sg_assert_ok(sg_batch_import(o->w, &options, paths, 2, o->arena, &files, &err), &err);
    sg_assert_ok(sg_batch_report(o->w, &whole, o->arena, &draft, &err), &err);
    expect_refusal(o, SG_USAGE, "no program year is closed yet");
}

int main(void)
{
#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, sg_office_setup, sg_office_teardown)
    const struct CMUnitTest tests[] = {
        IN_OFFICE(an_edition_is_of_the_latest_closed_year_and_in_the_ledger),
        IN_OFFICE(an_edition_holds_nothing_that_is_the_drafts_alone),
        IN_OFFICE(an_edition_says_that_a_delivery_was_accepted_by_hand_but_not_what_was_found),
        IN_OFFICE(a_dry_run_tells_what_a_release_would_show_and_writes_nothing),
        IN_OFFICE(a_second_edition_of_a_year_is_refused_and_the_first_stays),
        IN_OFFICE(a_release_that_was_killed_is_finished_with_the_same_bytes),
        IN_OFFICE(a_lost_edition_is_not_made_from_another_draft),
        IN_OFFICE(a_killed_release_is_finished_from_what_lies_whole),
        IN_OFFICE(a_draft_with_a_changed_byte_is_refused),
        IN_OFFICE(a_draft_with_a_file_too_many_or_too_few_is_refused),
        IN_OFFICE(a_forced_draft_is_not_released),
        IN_OFFICE(an_edition_of_no_agency_is_refused_with_the_keys_to_set),
        IN_OFFICE(without_a_draft_there_is_nothing_to_release),
        IN_OFFICE(an_open_year_is_not_released),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
