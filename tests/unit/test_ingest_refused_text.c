/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The texts of refused rows: which the sink is handed, as what, and that nobody else's is among them.
 */
#include "test_ingest_support.h"

static sg_status take_text(void *context, int64_t line, const char *text, size_t length, sg_err *err)
{
    sg_str *out = context;
    (void)err;
    sg_str_printf(out, "%lld[", (long long)line);
    sg_str_add_n(out, text, length);
    sg_str_add_char(out, ']');
    return SG_OK;
}

static sg_crosswalk gains;

static void assert_texts_of(const void *bytes, size_t n, int jobs, const sg_sink *also, const char *expected)
{
    sg_crosswalks all = {.all = &gains, .n = 1};
    sg_ingest_options options = options_with(&all);
    sg_str out = {0};
    sg_batch batch;
    sg_err err = {0};
    options.jobs = jobs;
    for (size_t piece = 0; piece < n; piece = piece * 3 + 1) {
        sg_sink sink = *also;
        sink.context = &out;
        sink.kept = take_text;
        sg_str_reset(&out);
        sg_assert_ok(read_pieces("test.csv", bytes, n, piece, &options, &sink, &batch, &err), &err);
        assert_string_equal(sg_str_text(&out), expected);
    }
    sg_str_release(&out);
}

static const sg_sink nobody_else = {0};

#define HEADER "learner_id,gain_date,gain_type,college,subject\n"
#define GOOD "L1,2025-01-02,efl_test,01,Reading\n"

#define ASSERT_TEXTS(text, expected) assert_texts_of(text, sizeof(text) - 1, 1, &nobody_else, expected)

static void only_refused_rows_are_handed_over_each_as_it_stood(void **state)
{
    (void)state;
    ASSERT_TEXTS(HEADER GOOD, "");
    ASSERT_TEXTS(HEADER GOOD "L2,never,efl_test,01,\"Read\"\"ing\"\nL3,2025-01-03,efl_test,01,Math\n",
                 "3[L2,never,efl_test,01,\"Read\"\"ing\"]");
    ASSERT_TEXTS(HEADER GOOD "L2,2025-01-02,efl_test,01,\"Rea\r\nding\",more\r\n" GOOD,
                 "3[L2,2025-01-02,efl_test,01,\"Rea\r\nding\",more]");
    ASSERT_TEXTS(HEADER GOOD "L2,2025-01-02,ef\xfe_test,01,x\n", "3[L2,2025-01-02,ef\xfe_test,01,x]");
    ASSERT_TEXTS(HEADER GOOD "L2,\n\n" HEADER "Total,1\nL3", "3[L2,]7[L3]");
}

static void of_broken_quotes_each_line_is_a_row(void **state)
{
    (void)state;
    ASSERT_TEXTS(HEADER GOOD "L2,2025-01-02,\"ef\"l_test,01,x\n" GOOD, "3[L2,2025-01-02,\"ef\"l_test,01,x]");
    ASSERT_TEXTS(
        HEADER GOOD "L2,2025-01-02,efl_test,01,\"x\n"
                    "L3,2025-01-02,efl_test,01,y\r\n"
                    "L4,2025-01-02,efl_test,01,z\"\n" GOOD,
        "3[L2,2025-01-02,efl_test,01,\"x]4[L3,2025-01-02,efl_test,01,y]5[L4,2025-01-02,efl_test,01,z\"]");
}

static void with_any_number_of_threads(void **state)
{
    static const char text[] = HEADER GOOD "L2,never,efl_test,01,x\nL3\n";
    (void)state;
    assert_texts_of(text, sizeof text - 1, 4, &nobody_else, "3[L2,never,efl_test,01,x]4[L3]");
}

static bool is_unwanted(void *context, const sg_pseudonym *learner)
{
    sg_pseudonym forgotten;
    (void)context;
    sg_pseudonym_make(&test_key, "", "L2", 2, &forgotten);
    return memcmp(&forgotten, learner, sizeof forgotten) == 0;
}

static void of_a_learner_who_was_forgotten_only_what_does_not_tell(void **state)
{
    static const char text[] = HEADER GOOD "L2,never,efl_test,01,x\nL4,never,efl_test,01,x\nL2\n";
    static const sg_sink with_forgotten = {.unwanted = is_unwanted};
    (void)state;
    assert_texts_of(text, sizeof text - 1, 1, &with_forgotten, "4[L4,never,efl_test,01,x]5[L2]");
}

static void a_line_of_another_encoding_is_decoded(void **state)
{
    static const char text[] = HEADER GOOD "L2,never,efl_test,01,Caf\xe9 \x81\n";
    (void)state;
    gains.encoding = SG_ENCODING_WINDOWS_1252;
    assert_texts_of(text, sizeof text - 1, 1, &nobody_else, "3[L2,never,efl_test,01,Caf\xc3\xa9 \xff]");
    gains.encoding = SG_ENCODING_AUTO;
}

static int set_up(void **state)
{
    (void)state;
    plain_crosswalk(SG_KIND_GAIN, &gains);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_refused_rows_are_handed_over_each_as_it_stood),
        cmocka_unit_test(of_broken_quotes_each_line_is_a_row),
        cmocka_unit_test(with_any_number_of_threads),
        cmocka_unit_test(of_a_learner_who_was_forgotten_only_what_does_not_tell),
        cmocka_unit_test(a_line_of_another_encoding_is_decoded),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
