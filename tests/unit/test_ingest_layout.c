/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test_ingest_support.h"

enum { MAX_CROSSWALKS = 4 };

typedef struct {
    sg_crosswalk all[MAX_CROSSWALKS];
    sg_crosswalks set;
    sg_ingest_options options;
    kept k;
    sg_batch batch;
    sg_err err;
} trial;

/* Plain crosswalks of enrollment and of gain; more may be added. */
static void setup_trial(trial *t)
{
    memset(t, 0, sizeof *t);
    plain_crosswalk(SG_KIND_ENROLLMENT, &t->all[0]);
    plain_crosswalk(SG_KIND_GAIN, &t->all[1]);
    t->set = (sg_crosswalks){.all = t->all, .n = 2};
    t->options = options_with(&t->set);
}

static sg_status run_named(trial *t, const char *name, const void *bytes, size_t n)
{
    sg_sink sink = keeping_sink(&t->k);
    t->err = (sg_err){0};
    return read_pieces(name, bytes, n, 0, &t->options, &sink, &t->batch, &t->err);
}

static void expect_rows(trial *t, const void *bytes, size_t n, size_t n_rows)
{
    sg_assert_ok(run_named(t, "test.csv", bytes, n), &t->err);
    assert_int_equal(t->k.n_rows, n_rows);
    kept_release(&t->k);
}

static void expect_refusal(trial *t, const void *bytes, size_t n, const char *rule, const char *part)
{
    sg_assert_status(run_named(t, "test.csv", bytes, n), SG_REFUSED, &t->err);
    sg_assert_contains(t->err.message, "'test.csv': ");
    sg_assert_contains(t->err.message, part);
    assert_true(t->k.n_findings > 0);
    assert_string_equal(t->k.findings[t->k.n_findings - 1].rule,
                        rule); /* after those of the rows read until then */
    kept_release(&t->k);
}

#define ROWS(t, text, n_rows) expect_rows((t), (text), sizeof(text) - 1, (n_rows))
#define REFUSED(t, text, rule, part) expect_refusal((t), (text), sizeof(text) - 1, (rule), (part))

static void the_header_chooses_crosswalk_and_delimiter(void **state)
{
    trial t;
    (void)state;
    setup_trial(&t);
    ROWS(&t, "learner_id,college,start_date\n1,01,2024-09-01\n", 1);
    assert_int_equal(t.batch.kind, SG_KIND_ENROLLMENT);
    ROWS(&t, "learner_id\tgain_type\tgain_date\n1\tdiploma\t2024-09-01\n", 1);
    assert_int_equal(t.batch.kind, SG_KIND_GAIN);
    assert_string_equal(t.batch.crosswalk, "plain-gain");
    ROWS(&t, "Learner_ID; Gain_Type ;GAIN_DATE;note\n1;diploma;2024-09-01;a, b\n", 1);
    ROWS(&t, "learner_id|gain_type|gain_date\n1|diploma|2024-09-01\n", 1);
    ROWS(&t, "\"learner_id\",\"gain_type\",\"gain_date\"\n\"1\",\"diploma\",\"2024-09-01\"\n", 1);
    t.all[1].delimiter = ';';
    REFUSED(&t, "learner_id|gain_type|gain_date\n1|diploma|2024-09-01\n", "R005",
            "no crosswalk fits the header");
}

static void the_scope_names_only_columns_that_the_file_has(void **state)
{
    trial t;
    (void)state;
    setup_trial(&t);
    ROWS(&t, "learner_id,college,start_date,program_year\n1,01,2024-09-01,2024\n", 1);
    assert_int_equal(t.batch.scope, SG_SCOPE_PROGRAM_YEAR | SG_SCOPE_COLLEGE);
    ROWS(&t, "learner_id,college,start_date\n1,01,2024-09-01\n", 1);
    assert_int_equal(t.batch.scope, SG_SCOPE_COLLEGE);
    ROWS(&t, "learner_id,gain_date,gain_type\n1,2024-09-01,diploma\n", 1);
    assert_int_equal(t.batch.scope, 0);
}

static void a_header_that_fits_nothing_names_the_nearest_crosswalks(void **state)
{
    trial t;
    (void)state;
    setup_trial(&t);
    REFUSED(&t, "learner_id,gain_date,kind\n1,2024-09-01,diploma\n", "R005",
            "(nearest: 'plain-gain' lacks 'gain_type'; 'plain-enrollment' lacks 'college', 'start_date')");
    t.options.kind = "gain";
    REFUSED(&t, "learner_id,gain_date,kind\n1,2024-09-01,diploma\n", "R006",
            "line 1: crosswalk 'plain-gain' needs the column 'gain_type', not in the header");
    REFUSED(&t, "\n\nlearner_id,kind\n1,diploma\n", "R006",
            "line 3: crosswalk 'plain-gain' needs the columns 'gain_date', 'gain_type'");
    t.options.kind = "register";
    sg_assert_status(run_named(&t, "test.csv", "a\n", 2), SG_USAGE, &t.err);
    sg_assert_contains(t.err.message, "'register' is no kind of export");
    kept_release(&t.k);
}

static void of_crosswalks_that_fit_the_one_with_most_of_its_columns_is_taken(void **state)
{
    trial t;
    (void)state;
    setup_trial(&t);
    /* a second one for gains, which knows fewer columns */
    plain_crosswalk(SG_KIND_GAIN, &t.all[2]);
    t.all[2].name = "short-gain";
    t.all[2].fields[SG_GAIN_FIELD_SUBJECT].column = NULL;
    t.set.n = 3;
    ROWS(&t, "learner_id,gain_type,gain_date,subject\n1,diploma,2024-09-01,math\n", 1);
    assert_string_equal(t.batch.crosswalk, "plain-gain");
    /* as many columns of either: short-gain lacks fewer */
    ROWS(&t, "learner_id,gain_type,gain_date,college\n1,diploma,2024-09-01,01\n", 1);
    assert_string_equal(t.batch.crosswalk, "short-gain");
    t.all[2] = t.all[1];
    t.all[2].name = "twin-gain";
    REFUSED(&t, "learner_id,gain_type,gain_date\n1,diploma,2024-09-01\n", "R007",
            "'plain-gain' (gain), 'twin-gain' (gain)");
}

static void a_column_read_must_stand_once_in_the_header(void **state)
{
    trial t;
    (void)state;
    setup_trial(&t);
    REFUSED(&t, "learner_id,gain_type,gain_date,Subject,subject\n1,diploma,2024-09-01,a,b\n", "R008",
            "column 'subject' stands 2 times");
    ROWS(&t, "learner_id,gain_type,gain_date,note,note\n1,diploma,2024-09-01,a,b\n", 1);
}

static void a_file_that_is_no_table_is_refused_in_plain_words(void **state)
{
    trial t;
    (void)state;
    setup_trial(&t);
    REFUSED(&t, "", "R001", "the file is empty");
    REFUSED(&t, "\n \r\n\n", "R001", "nothing but blank lines");
    REFUSED(&t, "learner_id,gain_type,gain_date\n", "R002", "line 1: the file has a header and no rows");
    REFUSED(&t, "learner_id,gain_type,gain_date\n\n,,\nTotal,0,\n", "R002",
            "the file has a header and no rows");
    REFUSED(&t, "PK\x03\x04 a workbook", "R003", "a zip archive or an .xlsx workbook");
    REFUSED(&t, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a workbook", "R003", "an .xls workbook");
    REFUSED(&t, "\x1f\x8b\x08 packed", "R003", "a gzip archive");
    REFUSED(&t, "<html><table>", "R003", "a web page or XML");
    REFUSED(&t, "learner_id,\"gain_type,gain_date\n1,diploma,2024-09-01\n", "R009",
            "line 1: a quote opens here");
    REFUSED(&t, "learner_id,gain \"type\",gain_date\n1,diploma,2024-09-01\n", "R011",
            "the quotes of the header");
}

/* "learner_id,gain_type,gain_date\n<id>,diploma,2024-09-01\n" in UTF-16. */
static size_t write_utf16(char *out, bool big_endian, bool mark, unsigned short id)
{
    static const char text[] = "learner_id,gain_type,gain_date\n?,diploma,2024-09-01\n";
    size_t n = 0;
    for (size_t i = 0; i < sizeof text; i++) {
        unsigned code = i == 0 ? 0xfeff : (unsigned char)text[i - 1];
        code = code == '?' ? id : code;
        if (i == 0 && !mark)
            continue;
        out[n++] = (char)(unsigned char)(big_endian ? code >> 8 : code & 0xff);
        out[n++] = (char)(unsigned char)(big_endian ? code & 0xff : code >> 8);
    }
    return n;
}

static void assert_learner(const trial *t, const char *id)
{
    sg_pseudonym expected;
    sg_pseudonym_make(&test_key, "", id, strlen(id), &expected);
    assert_int_equal(t->k.n_rows, 1);
    assert_memory_equal(&t->k.rows[0].learner, &expected, sizeof expected);
}

static void encodings_are_told_by_their_mark_or_declared(void **state)
{
    char bytes[256];
    trial t;
    (void)state;
    setup_trial(&t);
    for (int big_endian = 0; big_endian < 2; big_endian++) {
        size_t n = write_utf16(bytes, big_endian, true, 0xe9);
        sg_assert_ok(run_named(&t, "test.csv", bytes, n), &t.err);
        assert_learner(&t, "\xc3\xa9");
        kept_release(&t.k);
        expect_refusal(&t, bytes, n - 1, "R004", "the file ends within a character");
    }
    size_t n = write_utf16(bytes, false, false, 0xe9);
    expect_refusal(&t, bytes, n, "R004", "the header is not valid UTF-8");
    t.all[1].encoding = SG_ENCODING_UTF16;
    t.options.kind = "gain";
    sg_assert_ok(run_named(&t, "test.csv", bytes, n), &t.err);
    assert_learner(&t, "\xc3\xa9");
    kept_release(&t.k);
    /* half a surrogate pair: the row, not the file */
    n = write_utf16(bytes, false, false, 0xd800);
    expect_refusal(&t, bytes, n, "R012", "not one of 1 rows could be accepted");
}

static void a_byte_order_mark_is_no_part_of_the_header(void **state)
{
    trial t;
    (void)state;
    setup_trial(&t);
    ROWS(&t, "\xef\xbb\xbflearner_id,gain_type,gain_date\n1,diploma,2024-09-01\n", 1);
    ROWS(&t, "\xef\xbb\xbf\"learner_id\",gain_type,gain_date\n1,diploma,2024-09-01\n", 1);
    t.all[0].encoding = t.all[1].encoding = SG_ENCODING_WINDOWS_1252;
    REFUSED(&t, "\xef\xbb\xbflearner_id,gain_type,gain_date\n1,diploma,2024-09-01\n", "R004",
            "first bytes contradict");
}

static void windows_1252_is_read_where_it_is_declared(void **state)
{
    static const char file[] = "learner_id,gain_type,gain_date\n\xe9,diploma,2024-09-01\n";
    static const char header[] = "learner_id,gain_type,gain_date,\xe9t\xe9\n1,diploma,2024-09-01,\n";
    trial t;
    (void)state;
    setup_trial(&t);
    REFUSED(&t, file, "R012", "not one of 1 rows could be accepted");
    REFUSED(&t, header, "R004",
            "line 1: the header is not valid UTF-8: export as UTF-8, or set encoding: windows-1252");
    t.all[1].encoding = SG_ENCODING_WINDOWS_1252;
    sg_assert_ok(run_named(&t, "test.csv", file, sizeof file - 1), &t.err);
    assert_learner(&t, "\xc3\xa9");
    kept_release(&t.k);
    ROWS(&t, header, 1);
}

static void rows_with_bytes_that_are_no_text_are_refused_alone(void **state)
{
    static const char file[] =
        "learner_id,gain_type,gain_date,note\n1,diploma,2024-09-01,ok\n2,diploma,2024-09-01,\xe9\n"
        "3,diploma,2024-09-01,\0\n4,diploma,2024-09-01,\xed\xa0\x80\n";
    trial t;
    (void)state;
    setup_trial(&t);
    sg_assert_ok(run_named(&t, "test.csv", file, sizeof file - 1), &t.err);
    assert_int_equal(t.k.n_rows, 1);
    assert_int_equal(t.batch.counts.quarantined, 3);
    for (int64_t line = 3; line <= 5; line++)
        assert_true(has_finding(&t.k, "R104", line, ""));
    assert_conserved(&t.batch);
    kept_release(&t.k);
}

/* ---- the cut-off ---- */

static const char four_days[] =
    "learner_id,gain_type,gain_date\n1,diploma,2024-09-01\n2,diploma,2024-09-01\n"
    "3,diploma,2024-09-01\n4,diploma,2025-09-02\n5,diploma,2025-09-02\n6,diploma,2026-01-16\n";

static void the_cutoff_is_the_latest_day_with_three_rows(void **state)
{
    trial t;
    (void)state;
    setup_trial(&t);
    sg_assert_ok(run_named(&t, "test.csv", four_days, sizeof four_days - 1), &t.err);
    assert_int_equal(t.batch.cutoff, day_of(2024, 9, 1));
    assert_int_equal(t.k.n_rows, 6); /* stored, though three of them are not counted */
    assert_true(has_finding(&t.k, "R502", 5, "gain_date"));
    assert_true(has_finding(&t.k, "R502", 6, "gain_date"));
    assert_int_equal(count_rule(&t.k, "R502"), 2);
    assert_true(has_finding(&t.k, "R501", 7, "gain_date"));
    assert_int_equal(count_rule(&t.k, "R013"), 0);
    kept_release(&t.k);
    ROWS(&t,
         "learner_id,gain_type,gain_date\n1,diploma,2024-09-01\n2,diploma,2024-09-03\n3,diploma,2026-01-16\n",
         3);
    assert_int_equal(t.batch.cutoff, day_of(2024, 9, 3));
    REFUSED(&t, "learner_id,gain_type,gain_date\n", "R002", "no rows");
}

static void starts_and_ends_count_for_the_cutoff_a_row_once_a_day(void **state)
{
    trial t;
    (void)state;
    setup_trial(&t);
    ROWS(
        &t,
        "learner_id,college,start_date,end_date\n"
        "1,01,2024-09-01,2024-10-01\n2,01,2024-09-01,2024-10-01\n3,01,2024-10-01,2024-10-05\n" /* 3 on 1 October */
        "4,01,2024-11-01,2024-11-01\n5,01,2024-11-01,2024-11-01\n" /* two, not four */
        "6,01,2024-12-01,2024-12-05\n6,01,2024-12-01,2024-12-06\n6,01,2024-12-01,2024-12-07\n", /* 1, replaced twice */
        8);
    assert_int_equal(t.batch.cutoff, day_of(2024, 10, 1));
}

static void a_thin_file_says_so_and_one_of_the_future_is_refused(void **state)
{
    static const char future[] = "learner_id,gain_type,gain_date\n1,diploma,2026-01-16\n";
    trial t;
    (void)state;
    setup_trial(&t);
    sg_assert_ok(run_named(&t, "test.csv", four_days, 32 + 20), &t.err);
    assert_true(has_finding(&t.k, "R013", 0, ""));
    kept_release(&t.k);
    sg_assert_status(run_named(&t, "test.csv", future, sizeof future - 1), SG_REFUSED, &t.err);
    assert_true(has_finding(&t.k, "R012", 0, ""));
    sg_assert_contains(t.err.message, "no row has a day up to the day of import");
    kept_release(&t.k);
}

static void the_callers_cutoff_goes_before_any_rule(void **state)
{
    trial t;
    (void)state;
    setup_trial(&t);
    t.options.cutoff = day_of(2026, 1, 15);
    sg_assert_ok(run_named(&t, "test.csv", four_days, sizeof four_days - 1), &t.err);
    assert_int_equal(t.batch.cutoff, day_of(2026, 1, 15));
    assert_int_equal(count_rule(&t.k, "R502"), 0);
    kept_release(&t.k);
    t.options.cutoff = day_of(2026, 1, 16);
    sg_assert_status(run_named(&t, "test.csv", four_days, sizeof four_days - 1), SG_USAGE, &t.err);
    sg_assert_contains(t.err.message, "the cut-off is after the day of import");
    kept_release(&t.k);
}

static void a_file_name_or_a_column_may_carry_the_cutoff(void **state)
{
    static const char column[] =
        "learner_id,gain_type,gain_date,as_of\n1,diploma,2024-09-01,2024-09-30\n"
        "2,diploma,2024-09-01,2024-10-31\n3,diploma,2024-09-01,2027-01-01\n"
        "4,diploma,2024-09-01,soon\n5,diploma,2024-13-01,2025-12-31\n6,diploma,2024-09-01,\n";
    trial t;
    (void)state;
    setup_trial(&t);
    t.all[1].cutoff = SG_CUTOFF_FILENAME;
    t.all[1].cutoff_text = "%Y%m%d";
    sg_assert_ok(run_named(&t, "gain_9_20251130_v2.csv", four_days, sizeof four_days - 1), &t.err);
    assert_int_equal(t.batch.cutoff, day_of(2025, 11, 30));
    kept_release(&t.k);
    REFUSED(&t, four_days, "R012", "the file's name has no date of the form '%Y%m%d'");
    sg_assert_status(run_named(&t, "gain_20260116.csv", four_days, sizeof four_days - 1), SG_REFUSED, &t.err);
    sg_assert_contains(t.err.message, "after the day of import");
    assert_int_equal(t.k.n_begun, 0);
    kept_release(&t.k);
    t.all[1].cutoff = SG_CUTOFF_COLUMN;
    t.all[1].cutoff_text = "as_of";
    sg_assert_ok(run_named(&t, "test.csv", column, sizeof column - 1), &t.err);
    assert_int_equal(t.batch.cutoff, day_of(2024, 10, 31)); /* not that of a refused row */
    assert_int_equal(count_rule(&t.k, "R503"), 2);
    assert_true(has_finding(&t.k, "R503", 4, ""));
    assert_true(has_finding(&t.k, "R503", 5, ""));
    kept_release(&t.k);
    t.options.kind = "gain";
    REFUSED(&t, four_days, "R006", "needs the column 'as_of'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_chooses_crosswalk_and_delimiter),
        cmocka_unit_test(the_scope_names_only_columns_that_the_file_has),
        cmocka_unit_test(a_header_that_fits_nothing_names_the_nearest_crosswalks),
        cmocka_unit_test(of_crosswalks_that_fit_the_one_with_most_of_its_columns_is_taken),
        cmocka_unit_test(a_column_read_must_stand_once_in_the_header),
        cmocka_unit_test(a_file_that_is_no_table_is_refused_in_plain_words),
        cmocka_unit_test(encodings_are_told_by_their_mark_or_declared),
        cmocka_unit_test(a_byte_order_mark_is_no_part_of_the_header),
        cmocka_unit_test(windows_1252_is_read_where_it_is_declared),
        cmocka_unit_test(rows_with_bytes_that_are_no_text_are_refused_alone),
        cmocka_unit_test(the_cutoff_is_the_latest_day_with_three_rows),
        cmocka_unit_test(starts_and_ends_count_for_the_cutoff_a_row_once_a_day),
        cmocka_unit_test(a_thin_file_says_so_and_one_of_the_future_is_refused),
        cmocka_unit_test(the_callers_cutoff_goes_before_any_rule),
        cmocka_unit_test(a_file_name_or_a_column_may_carry_the_cutoff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
