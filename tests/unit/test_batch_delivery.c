/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One night's delivery after another's: no row of the night before is lost to a slip, no column goes unnoticed. */
#include "support/assert.h"

#include <stdlib.h>
#include <string.h>

#include "skillgain/batch.h"
#include "support/tmpdir.h"

enum { ROWS = 60, WIDTH = 64 };

typedef struct {
    char *folder;
    sg_workspace *w;
    sg_arena *arena;
    int n_delivered;
} office;

static int setup(void **state)
{
    office *o = calloc(1, sizeof *o);
    sg_err err = {0};

    assert_non_null(o);
    o->folder = sg_tmpdir_make();
    o->arena = sg_arena_new();
    sg_assert_ok(sg_workspace_create(o->folder, &err), &err);
    sg_assert_ok(sg_workspace_open(o->folder, SG_STORE_WRITE, &o->w, &err), &err);
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

static const char plain_header[] = "learner_id,college,start_date,end_date,contact_hours,iet,entering_level";

/* A full delivery of two colleges, with one line in the place of that of learner 7 (NULL: as it should be; "": left out). */
static const char *export_with(office *o, const char *header, const char *line)
{
    sg_str text = {0};
    const char *out;

    sg_str_printf(&text, "%s\n", header);
    for (int i = 0; i < ROWS; i++)
        if (i != 7 || !line)
            sg_str_printf(&text, "L%02d,%s,2024-09-02,2024-12-13,%d,no,ABE2\n", i, i < 30 ? "A1" : "B1",
                          40 + i);
        else if (*line)
            sg_str_printf(&text, "%s\n", line);
    out = sg_arena_strdup(o->arena, sg_str_text(&text));
    sg_str_release(&text);
    assert_non_null(out);
    return out;
}

static const sg_file_report *take(office *o, const char *text, sg_status want)
{
    sg_import_options options = {.cutoff = SG_DAY_NONE};
    const char *name = sg_arena_printf(o->arena, "night-%d.csv", ++o->n_delivered);
    char *path = sg_path_join(o->arena, o->folder, name);
    sg_file_report *report = NULL;
    sg_err err = {0};

    sg_tmpdir_write_text(o->folder, name, text);
    sg_assert_status(sg_batch_import(o->w, &options, &path, 1, o->arena, &report, &err), want, &err);
    return report;
}

static sg_status add_hours(void *context, const sg_stored_learner *learner, sg_err *err)
{
    int64_t *hours = context;

    (void)err;
    for (size_t i = 0; i < learner->n_enrollments; i++)
        *hours += learner->enrollments[i].number[SG_ENROLLMENT_CONTACT_HOURS] / INT64_C(1000000000);
    return SG_OK;
}

/* Of all current rows. */
static int64_t sum_hours(office *o)
{
    int64_t hours = 0;
    sg_err err = {0};

    sg_assert_ok(sg_store_read(sg_workspace_store(o->w), add_hours, &hours, &err), &err);
    return hours;
}

/* ---- refused rows ---- */

static void a_row_that_can_not_be_read_tonight_is_kept_as_it_was_last_night(void **state)
{
    static const struct {
        const char *line;
        int64_t withdrawn, spared, refused;
    } nights[] = {
        {"L07,A1,2024-09-02,2024-12-13,6O,no,ABE2", 0, 1, 1}, /* the letter O */
        {"L07,A1,2024-09-31,2024-12-13,47,no,ABE2", 0, 1, 1}, /* which row of the learner? there is one */
        {"L07,A1,2024-09-02,2024-12-13,47,no", 0, 1, 1},      /* ragged: anybody's */
        {",A1,2024-09-02,2024-12-13,47,no,ABE2", 0, 1, 1},    /* no id */
        {"L08,A1,2024-09-03,2024-12-13,4x,no,ABE2", 1, 0,
         1}, /* another learner's new row: this one is gone */
        {"", 1, 0, 0},
    };
    office *o = *state;
    int64_t hours;

    (void)take(o, export_with(o, plain_header, NULL), SG_OK);
    hours = sum_hours(o);
    for (size_t i = 0; i < sizeof nights / sizeof *nights; i++) {
        const sg_file_report *report = take(o, export_with(o, plain_header, nights[i].line), SG_OK);
        const sg_batch_counts *counts = &report->batch.counts;

        print_message("%s\n", nights[i].line);
        assert_int_equal(counts->quarantined, nights[i].refused);
        assert_int_equal(counts->withdrawn, nights[i].withdrawn);
        assert_int_equal(counts->spared, nights[i].spared);
        assert_int_equal(sum_hours(o), hours - 47 * nights[i].withdrawn);
        (void)take(
            o,
            export_with(o, plain_header,
                        sg_arena_printf(o->arena, "L07,A1,2024-09-02,2024-12-13,47,no,ABE%zu", i % 6 + 1)),
            SG_OK);
        assert_int_equal(sum_hours(o), hours);
    }
}

static void a_missing_id_keeps_every_absent_row_of_the_night(void **state)
{
    office *o = *state;
    const char *text;
    const sg_file_report *report;

    (void)take(o, export_with(o, plain_header, NULL), SG_OK);
    /* learner 59, the last line, is absent too */
    text = export_with(o, plain_header, ",A1,2024-09-02,2024-12-13,47,no,ABE2");
    report = take(o, sg_arena_printf(o->arena, "%.*s", (int)(strstr(text, "L59,") - text), text), SG_OK);
    assert_int_equal(report->batch.counts.withdrawn, 0);
    assert_int_equal(report->batch.counts.spared, 2);
}

static void every_reason_to_hold_is_told_to_who_must_accept(void **state)
{
    office *o = *state;
    sg_str text = {0};
    const sg_file_report *held;

    (void)take(o, export_with(o, plain_header, NULL), SG_OK);
    sg_str_printf(&text, "%s\n", plain_header);
    for (int i = 0; i < 20; i++)
        sg_str_printf(&text, "L%02d,A1,2024-09-02,2024-12-13,%s,no,ABE2\n", i, i < 3 ? "x" : "40");
    held = take(o, sg_str_text(&text), SG_HELD);
    sg_assert_contains(held->message, "3 of 20 rows were refused");
    sg_assert_contains(held->message, "; the full delivery withdraws 10 of the 30 enrollment rows");
    sg_str_release(&text);
}

/* ---- columns ---- */

static void a_column_that_is_renamed_holds_the_delivery(void **state)
{
    static const struct {
        const char *from, *to, *reason;
    } cases[] = {
        {"contact_hours", "Hours", " had: contact_hours (column 'contact_hours')"},
        {"iet,", "IETX,", " had: iet (column 'iet')"},
        {"end_date", "last_day", " had: end_date (column 'end_date')"},
    };
    office *o = *state;
    sg_file_report accepted;
    int64_t hours;
    sg_err err = {0};

    (void)take(o, export_with(o, plain_header, NULL), SG_OK);
    hours = sum_hours(o);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *at = strstr(plain_header, cases[i].from);
        const char *header = sg_arena_printf(o->arena, "%.*s%s%s", (int)(at - plain_header), plain_header,
                                             cases[i].to, at + strlen(cases[i].from));
        const sg_file_report *held = take(o, export_with(o, header, NULL), SG_HELD);

        sg_assert_contains(held->message, cases[i].reason);
        assert_int_equal(sum_hours(o), hours);
        if (i == 1) {
            sg_assert_ok(sg_batch_accept(o->w, held->batch.id, held->path, o->arena, &accepted, &err), &err);
            assert_int_equal(accepted.batch.counts.changed, ROWS);
            (void)take(o, export_with(o, plain_header, NULL), SG_OK); /* it is back */
        }
    }
}

static void hours_that_are_blank_throughout_hold_the_delivery(void **state)
{
    office *o = *state;
    sg_str text = {0};
    const sg_file_report *held;

    (void)take(o, export_with(o, plain_header, NULL), SG_OK);
    sg_str_printf(&text, "%s\n", plain_header);
    for (int i = 0; i < ROWS; i++)
        sg_str_printf(&text, "L%02d,A1,2024-09-02,2024-12-13,,no,ABE2\n", i);
    held = take(o, sg_str_text(&text), SG_HELD);
    sg_assert_contains(held->message, "the file lacks fields that batch");
    sg_str_release(&text);
}

static sg_status note_rule(void *context, const sg_finding *finding, sg_err *err)
{
    sg_str *found = context;

    (void)err;
    sg_str_printf(found, "%s/%s/%s ", finding->rule->id, finding->field, finding->column);
    return SG_OK;
}

static void a_check_tells_the_columns_that_are_not_there(void **state)
{
    office *o = *state;
    sg_import_options options = {.cutoff = SG_DAY_NONE};
    sg_str found = {0};
    sg_check_report report;
    sg_err err = {0};

    sg_tmpdir_write_text(o->folder, "some.csv",
                         export_with(o, "learner_id,college,start_date,x,contact_hours,y,z", NULL));
    sg_assert_ok(sg_batch_check(o->w, &options, sg_path_join(o->arena, o->folder, "some.csv"), note_rule,
                                &found, &report, &err),
                 &err);
    assert_string_equal(sg_str_text(&found),
                        "R016/end_date/end_date R016/iet/iet R016/entering_level/entering_level ");
    sg_str_release(&found);
}

/* ---- scopes ---- */

static void a_college_that_is_no_longer_delivered_is_kept_and_counted(void **state)
{
    office *o = *state;
    const char *text = export_with(o, plain_header, NULL);
    const sg_file_report *report = take(o, text, SG_OK);

    assert_int_equal(report->kept_outside, 0);
    report = take(o, sg_arena_printf(o->arena, "%.*s", (int)(strstr(text, "L30,") - text), text), SG_OK);
    assert_int_equal(report->batch.counts.withdrawn, 0);
    assert_int_equal(report->kept_outside, 30);
}

#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_OFFICE(a_row_that_can_not_be_read_tonight_is_kept_as_it_was_last_night),
        IN_OFFICE(a_missing_id_keeps_every_absent_row_of_the_night),
        IN_OFFICE(every_reason_to_hold_is_told_to_who_must_accept),
        IN_OFFICE(a_column_that_is_renamed_holds_the_delivery),
        IN_OFFICE(hours_that_are_blank_throughout_hold_the_delivery),
        IN_OFFICE(a_check_tells_the_columns_that_are_not_there),
        IN_OFFICE(a_college_that_is_no_longer_delivered_is_kept_and_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
