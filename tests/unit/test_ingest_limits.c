/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Limits of a file at the limit and one beyond it, by the defaults: field, record, columns, id. Those of the whole file (2 GiB, ten
 * million rows) are in tests/full.
 */
#include "test_ingest_support.h"

enum { FIELD = 65536, RECORD = 1048576, COLUMNS = 2000, ID = 64 };

static const char head[] = "learner_id,college,start_date,note";
static const char row[] = "1,01,2024-09-01,";

static void add_many(sg_str *text, size_t n, char c)
{
    for (; n > 0; n--)
        sg_str_add_char(text, c);
}

/* Reads the text, which is released; the rule that refused it, or "". */
static const char *refused_by(sg_str *text)
{
    static char rule[8];
    sg_crosswalk crosswalk;
    sg_batch batch;
    sg_err err;
    kept k;
    assert_false(text->failed);
    plain_crosswalk(SG_KIND_ENROLLMENT, &crosswalk);
    sg_status status = read_text(text->text, &crosswalk, &k, &batch, &err);
    rule[0] = '\0';
    assert_true(status == SG_OK || status == SG_REFUSED);
    if (status == SG_REFUSED)
        (void)snprintf(rule, sizeof rule, "%s", k.findings[k.n_findings - 1].rule);
    kept_release(&k);
    sg_str_release(text);
    return rule;
}

static sg_str with_field(size_t length, bool quoted)
{
    sg_str text = {0};
    sg_str_printf(&text, "%s\n%s%s", head, row, quoted ? "\"" : "");
    add_many(&text, length, 'x');
    sg_str_printf(&text, "%s\n", quoted ? "\"" : "");
    return text;
}

static void a_field_has_65536_bytes(void **state)
{
    (void)state;
    for (int quoted = 0; quoted <= 1; quoted++) {
        sg_str text = with_field(FIELD, quoted == 1);
        assert_string_equal(refused_by(&text), "");
        text = with_field(FIELD + 1, quoted == 1);
        assert_string_equal(refused_by(&text), "R010");
    }
}

/* A record of so many bytes, its line end included, of fields that are within their limit. */
static sg_str with_record(size_t length)
{
    enum { FIELDS = 64, LENGTH = 16384 };
    sg_str text = {0};
    sg_str_add(&text, "learner_id,college,start_date");
    for (int i = 0; i < FIELDS; i++)
        sg_str_printf(&text, ",x%d", i);
    sg_str_add_char(&text, '\n');
    size_t start = text.length;
    sg_str_add(&text, "1,01,2024-09-01");
    for (int i = 0; i < FIELDS; i++) {
        size_t left = length - (text.length - start) - (size_t)(FIELDS - i) - 1;
        sg_str_add_char(&text, ',');
        add_many(&text, i + 1 < FIELDS && left > LENGTH ? LENGTH - 1 : left, 'x');
    }
    sg_str_add_char(&text, '\n');
    assert_int_equal(text.length - start, length);
    return text;
}

static void a_record_has_a_mebibyte(void **state)
{
    (void)state;
    sg_str text = with_record(RECORD);
    assert_string_equal(refused_by(&text), "");
    text = with_record(RECORD + 1);
    assert_string_equal(refused_by(&text), "R010");
}

static sg_str with_columns(size_t n)
{
    sg_str text = {0};
    sg_str_add(&text, "learner_id,college,start_date");
    for (size_t i = 3; i < n; i++)
        sg_str_printf(&text, ",x%zu", i);
    sg_str_add(&text, "\n1,01,2024-09-01");
    add_many(&text, n - 3, ',');
    sg_str_add_char(&text, '\n');
    return text;
}

static void a_row_has_2000_columns(void **state)
{
    (void)state;
    sg_str text = with_columns(COLUMNS);
    assert_string_equal(refused_by(&text), "");
    text = with_columns(COLUMNS + 1);
    assert_string_equal(refused_by(&text), "R010");
}

static void an_id_has_64_bytes(void **state)
{
    (void)state;
    for (size_t length = ID; length <= ID + 1; length++) {
        sg_str text = {0};
        sg_str_printf(&text, "%s\n2,01,2024-09-01,\n", head);
        add_many(&text, length, '7');
        sg_str_add(&text, ",01,2024-09-01,\n");
        sg_crosswalk crosswalk;
        sg_batch batch;
        sg_err err;
        kept k;
        plain_crosswalk(SG_KIND_ENROLLMENT, &crosswalk);
        sg_assert_ok(read_text(text.text, &crosswalk, &k, &batch, &err), &err);
        assert_int_equal(batch.counts.stored, length == ID ? 2 : 1);
        assert_int_equal(count_rule(&k, "R209"), length == ID ? 0 : 1);
        kept_release(&k);
        sg_str_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_has_65536_bytes),
        cmocka_unit_test(a_record_has_a_mebibyte),
        cmocka_unit_test(a_row_has_2000_columns),
        cmocka_unit_test(an_id_has_64_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
