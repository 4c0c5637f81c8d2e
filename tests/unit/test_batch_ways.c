/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file read by two crosswalks: a batch each, known, held and taken back by itself; in the archive once both are in. */
#include "support/assert.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "skillgain/batch.h"
#include "support/made_exports.h"
#include "support/tmpdir.h"

typedef struct {
    char *folder;
    sg_workspace *w;
    sg_arena *arena;
    char *path; /* of the file in the inbox */
} office;

static const sg_import_options nightly = {.cutoff = SG_DAY_NONE};

static const char *const enrollments = "name: wide\nkind: enrollment\nalso: [wide-gain]\n"
                                       "columns: {learner_id: Who, college: Where}\n"
                                       "records:\n- {start_date: From}\n";
static const char *const gains = "name: wide-gain\nkind: gain\n"
                                 "columns: {learner_id: Who, college: Where}\n"
                                 "records:\n"
                                 "- {gain_date: Tested, gain_type: {value: efl_test}}\n"
                                 "- {gain_date: Mile, gain_type: {value: milestone}}\n";
static const char *const wide = "Who,Where,From,Tested,Mile\n"
                                "A,A1,2022-09-01,2022-12-01,2022-12-02\n"
                                "B,A1,2022-09-02,,\n"
                                "C,A1,,2022-12-03,\n"
                                "D,A1,2022-09-03,,2022-12-03\n";

static int setup(void **state)
{
    office *o = calloc(1, sizeof *o);
    sg_err err = {0};

    assert_non_null(o);
    o->folder = sg_tmpdir_make();
    o->arena = sg_arena_new();
    sg_assert_ok(sg_workspace_create(o->folder, &err), &err);
    sg_made_settings(o->folder, "");
    sg_tmpdir_write_text(o->folder, "crosswalks/wide.yaml", enrollments);
    sg_tmpdir_write_text(o->folder, "crosswalks/wide-gain.yaml", gains);
    sg_assert_ok(sg_workspace_open(o->folder, SG_STORE_WRITE, &o->w, &err), &err);
    o->path = sg_path_join(o->arena, o->folder, "inbox/wide.csv");
    *state = o;
    return 0;
}

static int teardown(void **state)
{
    office *o = *state;

    sg_workspace_close(o->w);
    sg_arena_free(o->arena);
    sg_tmpdir_remove(o->folder);
    free(o);
    return 0;
}

static const sg_file_report *import_by(office *o, const sg_import_options *options, char *path,
                                       sg_status want)
{
    sg_file_report *report = NULL;
    sg_err err = {0};

    sg_assert_status(sg_batch_import(o->w, options, &path, 1, o->arena, &report, &err), want, &err);
    assert_non_null(report);
    return report;
}

static const sg_file_report *deliver(office *o, const char *text, sg_status want)
{
    sg_tmpdir_write_text(o->folder, "inbox/wide.csv", text);
    return import_by(o, &nightly, o->path, want);
}

static bool is_there(office *o, const char *name)
{
    return sg_path_exists(sg_path_join(o->arena, o->folder, name));
}

static void a_file_is_read_by_each_and_archived_once(void **state)
{
    office *o = *state;
    const sg_file_report *report = deliver(o, wide, SG_OK), *also = report->also;

    assert_non_null(also);
    assert_null(also->also);
    assert_int_equal(report->batch.id, 1);
    assert_int_equal(report->batch.kind, SG_KIND_ENROLLMENT);
    assert_int_equal(report->batch.counts.added, 3);
    assert_int_equal(report->batch.counts.dropped, 1);
    assert_int_equal(also->batch.id, 2);
    assert_int_equal(also->batch.kind, SG_KIND_GAIN);
    assert_int_equal(also->batch.counts.read, 5);
    assert_int_equal(also->batch.counts.added, 4);
    assert_string_equal(also->batch.crosswalk, "wide-gain");
    assert_string_equal(report->batch.sha256, also->batch.sha256);
    assert_true(is_there(o, "archive/000001-wide.csv"));
    assert_false(is_there(o, "archive/000002-wide.csv"));
    assert_false(is_there(o, "inbox/wide.csv"));
    report = deliver(o, wide, SG_OK);
    assert_true(report->known && report->also->known);
    assert_int_equal(report->batch.id, 1);
    assert_int_equal(report->also->batch.id, 2);
    assert_false(is_there(o, "inbox/wide.csv"));
}

/* As a run that was killed between the two leaves it; and then as an undo does. */
static void what_is_in_by_one_is_still_read_by_the_other(void **state)
{
    office *o = *state;
    sg_import_options only_gains = {.cutoff = SG_DAY_NONE, .kind = "gain"};
    const sg_file_report *report;
    sg_batch undone;
    sg_err err = {0};

    sg_tmpdir_write_text(o->folder, "wide.csv", wide);
    report = import_by(o, &only_gains, sg_path_join(o->arena, o->folder, "wide.csv"), SG_OK);
    assert_null(report->also);
    assert_int_equal(report->batch.kind, SG_KIND_GAIN);
    report = deliver(o, wide, SG_OK);
    assert_false(report->known);
    assert_int_equal(report->batch.id, 2);
    assert_true(report->also->known);
    assert_int_equal(report->also->batch.id, 1);
    sg_assert_ok(sg_batch_undo(o->w, 2, o->arena, &undone, &err), &err);
    report = deliver(o, wide, SG_OK);
    assert_false(report->known);
    assert_int_equal(report->batch.id, 3);
    assert_int_equal(report->batch.counts.added, 3);
    assert_true(report->also->known);
}

/* Two of five gains have no such day. */
static void one_of_them_is_held_and_accepted_by_itself(void **state)
{
    static const char *const bad = "Who,Where,From,Tested,Mile\n"
                                   "A,A1,2022-09-01,2022-12-01,2022-12-32\n"
                                   "C,A1,,2022-12-03,\n"
                                   "D,A1,2022-09-03,2022-13-01,2022-12-03\n";
    office *o = *state;
    const sg_file_report *report = deliver(o, bad, SG_HELD);
    sg_file_report accepted;
    sg_err err = {0};

    assert_int_equal(report->status, SG_OK);
    assert_int_equal(report->also->status, SG_HELD);
    assert_int_equal(report->also->batch.counts.quarantined, 2);
    assert_true(is_there(o, "inbox/wide.csv"));
    report = import_by(o, &nightly, o->path, SG_HELD); /* the next night */
    assert_true(report->known && report->also->known);
    assert_int_equal(report->also->batch.id, 2);
    sg_assert_ok(sg_batch_accept(o->w, 2, NULL, o->arena, &accepted, &err), &err);
    assert_int_equal(accepted.batch.kind, SG_KIND_GAIN);
    assert_int_equal(accepted.batch.counts.added, 3);
    assert_true(is_there(o, "archive/000003-wide.csv"));
    assert_false(is_there(o, "inbox/wide.csv"));
}

/* Both held: the first that is accepted leaves the file where the second is accepted from. */
static void the_file_stays_until_both_are_accepted(void **state)
{
    static const char *const bad = "Who,Where,From,Tested,Mile\n"
                                   "A,A1,2022-09-31,2022-12-01,2022-12-32\n"
                                   "D,A1,2022-09-03,,2022-12-03\n";
    office *o = *state;
    const sg_file_report *report = deliver(o, bad, SG_HELD);
    sg_file_report accepted;
    sg_err err = {0};

    assert_int_equal(report->status, SG_HELD);
    assert_int_equal(report->also->status, SG_HELD);
    sg_assert_ok(sg_batch_accept(o->w, 1, NULL, o->arena, &accepted, &err), &err);
    assert_true(is_there(o, "inbox/wide.csv"));
    sg_assert_ok(sg_batch_accept(o->w, 2, NULL, o->arena, &accepted, &err), &err);
    assert_false(is_there(o, "inbox/wide.csv"));
}

static void a_file_without_the_others_columns_is_read_once(void **state)
{
    office *o = *state;
    const sg_file_report *report = deliver(o, "Who,Where,From\nA,A1,2022-09-01\n", SG_OK);

    assert_null(report->also);
    assert_int_equal(report->batch.kind, SG_KIND_ENROLLMENT);
    assert_true(is_there(o, "archive/000001-wide.csv"));
}

/* The columns are there, and no gain yet. */
static void what_the_other_refuses_keeps_the_file_in_the_inbox(void **state)
{
    office *o = *state;
    const sg_file_report *report = deliver(o, "Who,Where,From,Tested\nA,A1,2022-09-01,\n", SG_REFUSED);

    assert_int_equal(report->status, SG_OK);
    assert_int_equal(report->also->status, SG_REFUSED);
    assert_int_equal(report->also->batch.kind, SG_KIND_GAIN);
    report = import_by(o, &nightly, o->path, SG_REFUSED);
    assert_true(report->known && report->also->known); /* recorded once */
    assert_true(is_there(o, "inbox/wide.csv"));
}

static void the_ways_of_a_file_are_told_and_checked(void **state)
{
    office *o = *state;
    sg_import_options ways[SG_N_KINDS], named = {.cutoff = SG_DAY_NONE, .kind = "enrollment"};
    size_t n;

    sg_tmpdir_write_text(o->folder, "inbox/wide.csv", wide);
    sg_batch_ways(o->w, &nightly, o->path, ways, &n);
    assert_int_equal(n, 2);
    assert_string_equal(ways[0].only->name, "wide");
    assert_string_equal(ways[1].only->name, "wide-gain");
    sg_batch_ways(o->w, &named, o->path, ways, &n);
    assert_int_equal(n, 1);
    assert_null(ways[0].only);
    sg_batch_ways(o->w, &nightly, sg_path_join(o->arena, o->folder, "absent.csv"), ways, &n);
    assert_int_equal(n, 1);
    sg_batch_ways(o->w, &nightly, "-", ways, &n);
    assert_int_equal(n, 1);
}

/* It is there once: nothing of it is stored. */
static void standard_input_is_not_read_by_half(void **state)
{
    office *o = *state;
    sg_import_options only_gains = {.cutoff = SG_DAY_NONE, .kind = "gain"};
    const sg_file_report *report;
    int terminal = dup(STDIN_FILENO), file;

    sg_tmpdir_write_text(o->folder, "wide.csv", wide);
    file = open(sg_path_join(o->arena, o->folder, "wide.csv"), O_RDONLY);
    assert_true(file >= 0 && dup2(file, STDIN_FILENO) == STDIN_FILENO);
    report = import_by(o, &nightly, sg_arena_strdup(o->arena, "-"), SG_USAGE);
    sg_assert_contains(report->message, "'wide-gain' too, and standard input can be read once");
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    report = import_by(o, &only_gains, sg_arena_strdup(o->arena, "-"), SG_OK);
    assert_int_equal(report->batch.counts.added, 4);
    (void)close(file);
    if (terminal >= 0) {
        (void)dup2(terminal, STDIN_FILENO);
        (void)close(terminal);
    }
}

int main(void)
{
#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        IN_OFFICE(a_file_is_read_by_each_and_archived_once),
        IN_OFFICE(what_is_in_by_one_is_still_read_by_the_other),
        IN_OFFICE(one_of_them_is_held_and_accepted_by_itself),
        IN_OFFICE(the_file_stays_until_both_are_accepted),
        IN_OFFICE(a_file_without_the_others_columns_is_read_once),
        IN_OFFICE(what_the_other_refuses_keeps_the_file_in_the_inbox),
        IN_OFFICE(the_ways_of_a_file_are_told_and_checked),
        IN_OFFICE(standard_input_is_not_read_by_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
