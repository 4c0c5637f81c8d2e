/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv-spectrum (tests/spectrum): each file read by the table reader, whole and in pieces, is what its JSON says.
 */
#include <string.h>

#include <jansson.h>

#include "skillgain/base.h"

#include "ingest/table_reader.h"
#include "support/assert.h"

enum { MOST_COLUMNS = 8 };

static const char *const equal_files[] = {
    "comma_in_quotes",     "empty",  "empty_crlf",  "escaped_quotes", "json", "newlines", "newlines_crlf",
    "quotes_and_newlines", "simple", "simple_crlf", "utf8",
};

/* The rows so far, as the JSON has them: an object a row, by the names of the first record. */
typedef struct {
    char *names[MOST_COLUMNS];
    size_t n_names;
    json_t *rows;
    int n_odd; /* records that are no rows of fields */
} table;

static sg_status keep_record(void *context, const sg_raw_record *record, sg_err *err)
{
    table *t = context;
    (void)err;
    if (record->shape != SG_RECORD_FIELDS) {
        t->n_odd++;
        return SG_OK;
    }
    if (t->n_names == 0) {
        assert_true(record->n_fields <= MOST_COLUMNS);
        for (; t->n_names < record->n_fields; t->n_names++)
            t->names[t->n_names] = strdup(record->fields[t->n_names].text);
        return SG_OK;
    }
    assert_int_equal(record->n_fields, t->n_names);
    json_t *row = json_object();
    for (size_t i = 0; i < t->n_names; i++)
        assert_int_equal(json_object_set_new(row, t->names[i],
                                             json_stringn(record->fields[i].text, record->fields[i].length)),
                         0);
    assert_int_equal(json_array_append_new(t->rows, row), 0);
    return SG_OK;
}

static void release_table(table *t)
{
    for (size_t i = 0; i < t->n_names; i++)
        free(t->names[i]);
    json_decref(t->rows);
}

static table read_table(const char *text, size_t length, size_t piece)
{
    static const sg_input_limits limits = {65536, 1048576, 2000};
    SG_CLEANUP(sg_table_reader_cleanup) sg_table_reader *reader = NULL;
    table t = {.rows = json_array()};
    sg_refusal refusal = {0};
    sg_err err = {0};
    assert_non_null(t.rows);
    sg_assert_ok(sg_table_reader_new(',', &limits, keep_record, &t, &refusal, &reader, &err), &err);
    for (size_t at = 0; at < length; at += piece)
        sg_assert_ok(sg_table_reader_feed(reader, text + at, length - at < piece ? length - at : piece, &err),
                     &err);
    sg_assert_ok(sg_table_reader_end(reader, &err), &err);
    return t;
}

static char *read_file(sg_arena *arena, const char *name, const char *ending, size_t *out_length)
{
    sg_err err = {0};
    char *text = NULL;
    sg_assert_ok(sg_file_read(arena, sg_arena_printf(arena, "tests/spectrum/%s.%s", name, ending), 1 << 20,
                              &text, out_length, &err),
                 &err);
    return text;
}

static void eleven_files_are_equal_to_their_json(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof equal_files / sizeof equal_files[0]; i++) {
        SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
        size_t n_csv = 0, n_json = 0;
        char *csv = read_file(arena, equal_files[i], "csv", &n_csv),
             *json = read_file(arena, equal_files[i], "json", &n_json);
        json_t *expected = json_loadb(json, n_json, 0, NULL);
        assert_true(json_array_size(expected) > 0);
        for (size_t piece = 1; piece <= n_csv; piece++) {
            table t = read_table(csv, n_csv, piece);
            assert_int_equal(t.n_odd, 0);
            if (!json_equal(t.rows, expected))
                fail_msg("%s, in pieces of %zu bytes: %s", equal_files[i], piece, json_dumps(t.rows, 0));
            release_table(&t);
        }
        json_decref(expected);
    }
}

static void the_twelfth_is_refused_by_its_line(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    size_t n = 0;
    char *csv = read_file(arena, "location_coordinates", "csv", &n);
    (void)state;
    for (size_t piece = 1; piece <= n; piece++) {
        table t = read_table(csv, n, piece);
        assert_int_equal(t.n_names, 4);
        assert_int_equal(t.n_odd, 1);
        assert_int_equal(json_array_size(t.rows), 0);
        release_table(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eleven_files_are_equal_to_their_json),
        cmocka_unit_test(the_twelfth_is_refused_by_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
