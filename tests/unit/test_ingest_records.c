/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines with several records: which of them are there, what they are counted as, which line and column a finding names. Each count is
 * worked out by hand.
 */
#include "test_ingest_support.h"

#include "support/tmpdir.h"

typedef struct {
    sg_crosswalks *crosswalks;
    kept k;
    sg_batch batch;
    sg_err err;
} reading_of;

/* A gain by test, a diploma where the credential is one, a milestone: days as YYYYMMDD. */
#define WIDE                                                                                                 \
    "name: own\nkind: gain\ndates: [\"%Y%m%d\"]\ncolumns: {learner_id: ID, college: C}\nrecords:\n"          \
    "- {gain_date: Test, gain_type: {value: efl_test}, subject: S, level_to: To}\n"                          \
    "- {gain_date: Credential Day, gain_type: {column: Credential, codes: {\"1\": diploma, \"4\": \"\"}}}\n" \
    "- {gain_date: Mile, gain_type: {value: milestone}}\n"
#define HEADER "ID,C,Test,S,To,Credential Day,Credential,Mile\n"

static void load(void **state, const char *yaml, reading_of *out)
{
    char *path = sg_tmpdir_path(*state, "own.yaml");
    *out = (reading_of){0};
    sg_tmpdir_write_text(*state, "own.yaml", yaml);
    sg_assert_ok(sg_crosswalks_load_file(path, &out->crosswalks, &out->err), &out->err);
    free(path);
}

static sg_status read_by(void **state, const char *yaml, const char *text, reading_of *out)
{
    load(state, yaml, out);
    return read_text(text, &out->crosswalks->all[0], &out->k, &out->batch, &out->err);
}

static void done(reading_of *r)
{
    kept_release(&r->k);
    sg_crosswalks_free(r->crosswalks);
}

static void assert_gain(const reading_of *r, size_t i, int64_t line, sg_gain_type type, sg_day day)
{
    assert_true(i < r->k.n_rows);
    assert_int_equal(r->k.rows[i].line, line);
    assert_int_equal(r->k.rows[i].number[SG_GAIN_FIELD_GAIN_TYPE], type);
    assert_int_equal(r->k.rows[i].number[SG_GAIN_FIELD_GAIN_DATE], day);
}

static void a_line_has_a_row_for_each_record_whose_day_is_there(void **state)
{
    reading_of r;
    sg_assert_ok(read_by(state, WIDE,
                         HEADER "1,a,20240901,math,ABE3,20240902,1,20240903\n" /* three */
                                "2,a,,math,ABE3,,1,\n"                         /* none */
                                "3,a,19000101,,,20240902,4,NULL\n" /* none: missing, no diploma, missing */
                                "4,a,,,,20240902,,20240903\n"      /* one */
                                "\n"
                                "5,b,20240904,reading,,,,\n", /* one */
                         &r),
                 &r.err);
    assert_int_equal(r.k.n_rows, 5);
    assert_gain(&r, 0, 2, SG_GAIN_EFL_TEST, day_of(2024, 9, 1));
    assert_string_equal(r.k.rows[0].text[SG_GAIN_FIELD_SUBJECT], "math");
    assert_gain(&r, 1, 2, SG_GAIN_DIPLOMA, day_of(2024, 9, 2));
    assert_null(r.k.rows[1].text[SG_GAIN_FIELD_SUBJECT]);
    assert_gain(&r, 2, 2, SG_GAIN_MILESTONE, day_of(2024, 9, 3));
    assert_gain(&r, 3, 5, SG_GAIN_MILESTONE, day_of(2024, 9, 3));
    assert_gain(&r, 4, 7, SG_GAIN_EFL_TEST, day_of(2024, 9, 4));
    assert_string_equal(r.k.rows[4].text[SG_GAIN_FIELD_COLLEGE], "b");
    assert_memory_equal(&r.k.rows[0].learner, &r.k.rows[2].learner, sizeof r.k.rows[0].learner);
    assert_int_equal(r.batch.counts.read, 8); /* 3 + 1 + 1 + 1 + the blank line + 1 */
    assert_int_equal(r.batch.counts.stored, 5);
    assert_int_equal(r.batch.counts.dropped, 3);
    assert_conserved(&r.batch);
    done(&r);
}

static void each_record_is_refused_repeated_or_replaced_by_itself(void **state)
{
    reading_of r;
    sg_assert_ok(read_by(state, WIDE,
                         HEADER
                         "1,a,20240901,math,ABE3,20240931,1,20240903\n" /* its second has no such day */
                         ",a,20240901,,,,,20240903\n"                   /* both are nobody's */
                         "1,a,20240901,math,ABE4,,,20240903\n"          /* replaces, repeats */
                         "6,a,20240901,,,20240902,7,\n"                 /* a credential that no code names */
                         "6,a,20240901\n"                               /* too few fields: one row */
                         "ID,C,Test,S,To,Credential Day,Credential,Mile\n"
                         "Total,,,,,,,\n",
                         &r),
                 &r.err);
    assert_int_equal(r.batch.counts.read, 3 + 2 + 2 + 2 + 1 + 1 + 1);
    assert_int_equal(r.batch.counts.quarantined, 1 + 2 + 1 + 1);
    assert_int_equal(r.batch.counts.replaced, 1);
    assert_int_equal(r.batch.counts.repeated, 1);
    assert_int_equal(r.batch.counts.dropped, 2);
    assert_int_equal(r.batch.counts.stored, 3);
    assert_conserved(&r.batch);
    assert_int_equal(r.k.n_refused, 5);
    assert_string_equal(r.k.findings[0].rule, "R202");
    assert_string_equal(r.k.findings[0].column, "Credential Day");
    assert_int_equal(r.k.findings[0].line, 2);
    done(&r);
}

/* A line says all about its row only where it can have no other. */
static void lines_of_several_records_are_read_every_time(void **state)
{
    static const char one[] =
        "name: own\nkind: gain\ncolumns: {learner_id: ID}\nrecords:\n- {gain_date: D, gain_type: T}\n";
    static const char two[] =
        "name: own\nkind: gain\ncolumns: {learner_id: ID}\nrecords:\n"
        "- {gain_date: D, gain_type: T}\n- {gain_date: E, gain_type: {value: diploma}}\n";
    static const char text[] = "ID,D,T,E\n1,2024-09-01,milestone,\n2,,,2024-09-01\n";
    reading_of r;
    sg_assert_ok(read_by(state, one, text, &r), &r.err);
    assert_int_equal(r.k.n_rows, 1);
    assert_true(r.k.rows[0].raw != 0);
    done(&r);
    sg_assert_ok(read_by(state, two, text, &r), &r.err);
    assert_int_equal(r.k.n_rows, 2);
    assert_true(r.k.rows[0].raw == 0 && r.k.rows[1].raw == 0);
    done(&r);
}

/* The same findings are one verdict; what another day may find otherwise is read every time. */
static void what_was_found_in_a_text_is_remembered_with_it(void **state)
{
    static const char yaml[] = "name: own\nkind: gain\ncolumns: {learner_id: ID, gain_date: D, gain_type: T, "
                               "level_from: {column: L, codes: {A: ABE1}}}\n";
    static const char text[] = "ID,D,T,L\n1,2024-09-01,milestone,\n2,2024-09-01,milestone,odd\n"
                               "3,2024-09-02,milestone,other\n4,2999-09-01,milestone,\n5,x,milestone,\n";
    reading_of r;
    sg_assert_ok(read_by(state, yaml, text, &r), &r.err);
    assert_int_equal(r.k.n_rows, 4);
    for (size_t i = 0; i < 3; i++) {
        assert_true(r.k.rows[i].raw != 0);
        assert_int_equal(r.k.rows[i].verdict, i > 0);
    }
    assert_int_equal(r.k.n_verdicts, 1);
    assert_int_equal(count_rule(&r.k, "R206"), 2);
    assert_int_equal(count_rule(&r.k, "R332"), 2);
    assert_string_equal(r.k.last_finding.rule, "R332");
    assert_true(r.k.rows[3].raw == 0);
    assert_int_equal(r.k.n_refused, 1);
    done(&r);
}

static void a_record_without_the_column_of_its_day_is_told_and_passed_over(void **state)
{
    reading_of r;
    sg_assert_ok(read_by(state, WIDE, "ID,C,Test,Credential\n1,a,20240901,1\n", &r), &r.err);
    assert_int_equal(r.k.n_rows, 1);
    assert_true((r.batch.fields >> SG_GAIN_FIELD_GAIN_DATE & 1) != 0);
    assert_true((r.batch.fields >> SG_GAIN_FIELD_SUBJECT & 1) == 0);
    assert_int_equal(count_rule(&r.k, "R015"), 2); /* S and To of the first */
    assert_int_equal(count_rule(&r.k, "R018"), 2); /* the days of the others */
    assert_int_equal(r.batch.records, 1);
    assert_string_equal(r.k.absent[SG_GAIN_FIELD_SUBJECT], "S");
    assert_null(r.k.absent[SG_GAIN_FIELD_GAIN_DATE]); /* one record has it */
    assert_string_equal(r.k.findings[2].column, "Credential Day");
    assert_string_equal(r.k.findings[3].column, "Mile");
    done(&r);
}

static void a_file_that_has_the_day_of_no_record_is_refused(void **state)
{
    reading_of r;
    sg_assert_status(read_by(state, WIDE, "ID,C,S\n1,a,math\n", &r), SG_REFUSED, &r.err);
    sg_assert_contains(r.err.message, "needs the column 'Test'");
    done(&r);
    sg_assert_status(read_by(state, WIDE, "ID,C,Credential Day\n1,a,20240901\n", &r), SG_REFUSED, &r.err);
    sg_assert_contains(r.err.message, "needs the column 'Credential'");
    done(&r);
    sg_assert_status(read_by(state, WIDE, HEADER "1,a,,,,,,\n", &r), SG_REFUSED, &r.err);
    sg_assert_contains(r.err.message, "no line has the day of one of the records of crosswalk 'own'");
    done(&r);
}

/* Of several records it is not known any more which one was late. */
static void a_late_record_is_told_with_its_line(void **state)
{
    reading_of r;
    load(state, WIDE, &r);
    sg_ingest_options options = options_with(r.crosswalks);
    sg_sink sink = keeping_sink(&r.k);
    static const char text[] = HEADER "1,a,20240901,,,,,20241001\n2,a,20240801,,,,,\n";
    options.cutoff = day_of(2024, 9, 15);
    sg_assert_ok(read_pieces("x.csv", text, sizeof text - 1, 1, &options, &sink, &r.batch, &r.err), &r.err);
    const kept_finding *last = &r.k.findings[r.k.n_findings - 1];
    assert_string_equal(last->rule, "R502");
    assert_int_equal(last->line, 2);
    assert_string_equal(last->column, "");
    done(&r);
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_line_has_a_row_for_each_record_whose_day_is_there),
        IN_FOLDER(each_record_is_refused_repeated_or_replaced_by_itself),
        IN_FOLDER(lines_of_several_records_are_read_every_time),
        IN_FOLDER(what_was_found_in_a_text_is_remembered_with_it),
        IN_FOLDER(a_record_without_the_column_of_its_day_is_told_and_passed_over),
        IN_FOLDER(a_file_that_has_the_day_of_no_record_is_refused),
        IN_FOLDER(a_late_record_is_told_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
