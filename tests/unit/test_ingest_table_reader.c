/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ingest/table_reader.h"
#include "support/assert.h"

static const sg_input_limits wide = {.field_bytes = 65536, .record_bytes = 1048576, .columns = 2000};

/* Records written down as "line:field|field;" with B, X, F and S for blank, broken, formula and swallowed. */
static sg_status write_record(void *context, const sg_raw_record *record, sg_err *err)
{
    static const char *const marks[] = {"", "B", "X", "F", "S"};
    sg_str *out = context;
    (void)err;
    sg_str_printf(out, "%lld", (long long)record->line);
    if (record->n_lines > 1)
        sg_str_printf(out, "+%lld", (long long)record->n_lines - 1);
    sg_str_printf(out, ":%s", marks[record->shape]);
    for (size_t i = 0; i < record->n_fields; i++) {
        assert_int_equal(record->fields[i].text[record->fields[i].length], '\0');
        sg_str_add(out, i > 0 ? "|" : "");
        sg_str_add_n(out, record->fields[i].text, record->fields[i].length);
    }
    sg_str_add_char(out, ';');
    return SG_OK;
}

static sg_status read_all(const char *text, size_t length, size_t piece, char delimiter,
                          const sg_input_limits *limits, sg_str *out, sg_refusal *refusal, sg_err *err)
{
    SG_CLEANUP(sg_table_reader_cleanup) sg_table_reader *reader = NULL;
    sg_str_reset(out);
    sg_status status = sg_table_reader_new(delimiter, limits, write_record, out, refusal, &reader, err);
    for (size_t at = 0; at < length && status == SG_OK; at += piece)
        status = sg_table_reader_feed(reader, text + at, length - at < piece ? length - at : piece, err);
    return status == SG_OK ? sg_table_reader_end(reader, err) : status;
}

typedef struct {
    const char *text;
    const char *records;
    char delimiter;
} reading_case;

static const reading_case cases[] = {
    {"a,b\n1,2\n", "1:a|b;2:1|2;", ','},
    {"a,b\n1,2", "1:a|b;2:1|2;", ','},
    {"a,b\r\n1,2\r\n", "1:a|b;2:1|2;", ','},
    {"a,b\r1,2\r", "1:a|b;2:1|2;", ','},
    {"a,b\r1,2", "1:a|b;2:1|2;", ','},
    {"a,b\n\n  \n1,2\n\n", "1:a|b;2:B;3:B;4:1|2;5:B;", ','},
    {"a,b\r\n\r\n1,2\r\n", "1:a|b;2:B;3:1|2;", ','},
    {"a,b\r\r1,2\r", "1:a|b;2:B;3:1|2;", ','},
    {"a,b\n  ", "1:a|b;2:B;", ','},
    {"a,b\n,\n", "1:a|b;2:|;", ','},
    {"a\tb\tc\n1\t\t3\n\t\t\n", "1:a|b|c;2:1||3;3:||;", '\t'},
    {"a;b\n1,5;2\n", "1:a|b;2:1,5|2;", ';'},
    {" a , b \n 1 , \"2\" \n", "1:a|b;2:1|2;", ','},
    {"a,b\n\"x, y\",\"he said \"\"no\"\"\"\n", "1:a|b;2:x, y|he said \"no\";", ','},
    /* a quoted field over lines: the next record's line is an editor's */
    {"a,b\n1,\"two\nlines\"\n3,4\n", "1:a|b;2+1:1|two\nlines;4:3|4;", ','},
    {"a,b\r\n1,\"two\r\n\r\nlines\"\r\n3,4\r\n", "1:a|b;2+2:1|two\r\n\r\nlines;5:3|4;", ','},
    {"a,b\r1,\"two\rlines\"\r3,4\r", "1:a|b;2+1:1|two\rlines;4:3|4;", ','},
    /* broken quotes: the line is told, the next one is read */
    {"a,b\n1,2\"3\n4,5\n", "1:a|b;2:X;3:4|5;", ','},
    {"a,b\n\"1\"x,2\n4,5\n", "1:a|b;2:X;3:4|5;", ','},
    {"a,b\n=\"01\",2\n3,=\"04\"\n5,x=\"6\"\n", "1:a|b;2:F;3:F;4:X;", ','},
    {"a,b\n\"=\"\"01\"\"\",2\n", "1:a|b;2:=\"01\"|2;", ','},
    {"a,b\n\"1\"x,2\r\n4,5\r\n", "1:a|b;2:X;3:4|5;", ','},
    {"a,b\n\"1\"x,2", "1:a|b;2:X;", ','},
    {"a,b\n1,2\"3,\"open\n4,5\n", "1:a|b;2:X;3:4|5;", ','},
    /* a quote that opens by mistake runs to the next one: nothing between them is trusted */
    {"a,b\n1,\"2\n3,4\n5,\"x\"\n7,8\n", "1:a|b;2+2:X;5:7|8;", ','},
    {"a,b,c\n1,\"2,x\n3,4,y\n5,6\",z\n7,8,9\n", "1:a|b|c;2+2:S;5:7|8|9;", ','},
    {"a,b,c\n1,\"2,x\n5,6\",z\n7,8,9\n", "1:a|b|c;2+1:S;4:7|8|9;", ','},
    {"a,b,c\n1,2,\"a text, with\na comma\"\n", "1:a|b|c;2+1:1|2|a text, with\na comma;", ','},
};

/* ---- their texts ---- */

static sg_status write_text(void *context, const sg_raw_record *record, sg_err *err)
{
    sg_str *out = context;
    (void)err;
    assert_non_null(record->text);
    sg_str_printf(out, "%lld[", (long long)record->line);
    sg_str_add_n(out, record->text, record->text_length);
    sg_str_add_char(out, ']');
    return SG_OK;
}

static void read_texts(const char *text, size_t piece, const sg_input_limits *limits, sg_str *out)
{
    SG_CLEANUP(sg_table_reader_cleanup) sg_table_reader *reader = NULL;
    sg_refusal refusal = {0};
    size_t length = strlen(text);
    sg_err err = {0};
    sg_str_reset(out);
    sg_assert_ok(sg_table_reader_new(',', limits, write_text, out, &refusal, &reader, &err), &err);
    sg_table_reader_keep_text(reader);
    for (size_t at = 0; at < length; at += piece)
        sg_assert_ok(sg_table_reader_feed(reader, text + at, length - at < piece ? length - at : piece, &err),
                     &err);
    sg_assert_ok(sg_table_reader_end(reader, &err), &err);
}

static void records_come_with_their_text_where_it_is_asked_for(void **state)
{
    static const struct {
        const char *text, *texts;
    } texts[] = {
        {"a,b\n1,2\n", "1[a,b]2[1,2]"},
        {"a,b\r\n 1 ,\"2\"\r\n\r\n3,4", "1[a,b]2[ 1 ,\"2\"]3[]4[3,4]"},
        {"a,b\r1,2\r", "1[a,b]2[1,2]"},
        {"a,b\n1,\"two\r\n\r\nlines\"\r\n3,4\n", "1[a,b]2[1,\"two\r\n\r\nlines\"]5[3,4]"},
        {"a,b\n1,\"he said \"\"no\"\"\"\n", "1[a,b]2[1,\"he said \"\"no\"\"\"]"},
        {"a,b\n1,2\"3, and so on\n4,5\n", "1[a,b]2[1,2\"3, and so on]3[4,5]"},
        {"a,b\n1,\"2\n3,4\n5,\"x\"\n7,8\n", "1[a,b]2[1,\"2\n3,4\n5,\"x\"]5[7,8]"},
        {"a,b,c\n1,\"2,x\n5,6\",z\n7,8,9\n", "1[a,b,c]2[1,\"2,x\n5,6\",z]4[7,8,9]"},
        {"a,b\n1,\"2\"\n\"\n\"", "1[a,b]2[1,\"2\"]3[\"\n\"]"},
    };
    static const sg_input_limits narrow = {.field_bytes = 20, .record_bytes = 20, .columns = 5};
    sg_str out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (size_t piece = 1; piece <= strlen(texts[i].text); piece++) {
            read_texts(texts[i].text, piece, &wide, &out);
            assert_string_equal(sg_str_text(&out), texts[i].texts);
        }
    }
    for (size_t piece = 1; piece < 60; piece += 7) {
        read_texts("a,b\n1,2\"3, and so on, and on and on and on\n4,5\n", piece, &narrow, &out);
        assert_string_equal(sg_str_text(&out), "1[a,b]2[1,2\"3, and so on, an]3[4,5]");
    }
    sg_str_release(&out);
}

static void records_come_with_the_lines_an_editor_shows_in_pieces_of_any_size(void **state)
{
    sg_str out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = strlen(cases[i].text);
        for (size_t piece = 1; piece <= length; piece++) {
            sg_refusal refusal = {0};
            sg_err err = {0};
            sg_assert_ok(
                read_all(cases[i].text, length, piece, cases[i].delimiter, &wide, &out, &refusal, &err),
                &err);
            assert_string_equal(sg_str_text(&out), cases[i].records);
        }
    }
    sg_str_release(&out);
}

typedef struct {
    const char *text;
    const char *rule;
    int64_t line;
    const char *message;
} refusal_case;

static void a_quote_left_open_refuses_the_file_and_names_the_line_where_it_opens(void **state)
{
    static const refusal_case refused[] = {
        {"a,b\n1,2\n3,\"4\n5,6\n", "R009", 3, "line 3: a quote opens here"},
        {"a,b\n1,2\n3,\"4", "R009", 3, "line 3: a quote opens here"},
        {"a,b\r1,2\r3,\"4\r5,6\r", "R009", 3, "line 3: a quote opens here"},
        {"\"", "R009", 1, "line 1: a quote opens here"},
        {"a,b\n1,\"x\n\"\"\n\n", "R009", 2, "line 2: a quote opens here"},
    };
    sg_str out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        for (size_t piece = 1; piece <= strlen(refused[i].text); piece++) {
            sg_refusal refusal = {0};
            sg_err err = {0};
            sg_status status = read_all(refused[i].text, strlen(refused[i].text), piece, ',', &wide, &out,
                                        &refusal, &err);
            sg_assert_status(status, SG_REFUSED, &err);
            assert_string_equal(refusal.rule, refused[i].rule);
            assert_int_equal(refusal.line, refused[i].line);
            sg_assert_contains(err.message, refused[i].message);
        }
    sg_str_release(&out);
}

static void check_limit(const char *text, const sg_input_limits *limits, const char *rule, int64_t line)
{
    sg_str out = {0};
    for (size_t piece = 1; piece <= strlen(text); piece++) {
        sg_refusal refusal = {0};
        sg_err err = {0};
        sg_status status = read_all(text, strlen(text), piece, ',', limits, &out, &refusal, &err);
        sg_assert_status(status, rule != NULL ? SG_REFUSED : SG_OK, &err);
        if (rule != NULL) {
            assert_string_equal(refusal.rule, rule);
            assert_int_equal(refusal.line, line);
        }
    }
    sg_str_release(&out);
}

static void a_limit_holds_at_its_value_and_breaks_one_above(void **state)
{
    static const sg_input_limits field = {.field_bytes = 4, .record_bytes = 100, .columns = 10};
    static const sg_input_limits record = {.field_bytes = 50, .record_bytes = 8, .columns = 10};
    static const sg_input_limits columns = {.field_bytes = 50, .record_bytes = 100, .columns = 3};
    (void)state;
    check_limit("a,b\n1,1234\n", &field, NULL, 0);
    check_limit("a,b\n1,12345\n", &field, "R010", 2);
    check_limit("a,b\n1,\"12345\"", &field, "R010", 2);
    check_limit("a,b\n12,4567\n", &record, NULL, 0);
    check_limit("a,b\n12,45678\n", &record, "R010", 2);
    check_limit("a,b\n1,\"\n\n\n\"\n", &record, NULL, 0);
    check_limit("a,b\n1,\"\n\n\n\n\"\n", &record, "R009", 2);
    check_limit("a,b,c\n1,2,3\n", &columns, NULL, 0);
    check_limit("a,b,c\n1,2,3,4\n", &columns, "R010", 2);
}

static void nul_bytes_stay_within_their_field(void **state)
{
    sg_str out = {0};
    sg_refusal refusal = {0};
    sg_err err = {0};
    (void)state;
    sg_assert_ok(read_all("a,b\n1\0x,2\n", 10, 3, ',', &wide, &out, &refusal, &err), &err);
    assert_int_equal(out.length, strlen("1:a|b;2:1?x|2;"));
    assert_memory_equal(out.text, "1:a|b;2:1\0x|2;", out.length);
    sg_str_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_come_with_their_text_where_it_is_asked_for),
        cmocka_unit_test(records_come_with_the_lines_an_editor_shows_in_pieces_of_any_size),
        cmocka_unit_test(a_quote_left_open_refuses_the_file_and_names_the_line_where_it_opens),
        cmocka_unit_test(a_limit_holds_at_its_value_and_breaks_one_above),
        cmocka_unit_test(nul_bytes_stay_within_their_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
