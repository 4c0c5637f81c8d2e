/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <string.h>

#include "cli/args.h"

enum { MAX_ARGS = 16 };

/* What a command's options end up in. */
typedef struct {
    bool quick;
    const char *output;
    int64_t jobs;
    sg_day day;
    int year;
    unsigned pages;
    char *operands[MAX_ARGS];
    size_t n_operands;
} parsed;

static const char *const pages[] = {"outcomes", "equity", "brief", NULL};

static sg_status parse(const char *const *words, parsed *out, sg_err *err)
{
    const sg_arg global[] = {{"--quick", "-q", SG_ARG_FLAG, NULL, "", &out->quick, NULL},
                             {"--jobs", NULL, SG_ARG_COUNT, "N", "", &out->jobs, NULL},
                             {NULL, NULL, SG_ARG_FLAG, NULL, NULL, NULL, NULL}};
    const sg_arg own[] = {{"--output", "-o", SG_ARG_TEXT, "DIR", "", &out->output, NULL},
                          {"--as-of", NULL, SG_ARG_DATE, "DATE", "", &out->day, NULL},
                          {"--year", NULL, SG_ARG_YEAR, "Y", "", &out->year, NULL},
                          {"--only", NULL, SG_ARG_WORDS, "LIST", "", &out->pages, pages},
                          {NULL, NULL, SG_ARG_FLAG, NULL, NULL, NULL, NULL}};
    const sg_arg *const tables[] = {global, own};
    static char copies[MAX_ARGS][64];
    char *argv[MAX_ARGS];
    int argc = 0;

    *out = (parsed){.jobs = 7, .day = SG_DAY_NONE, .year = -1};
    for (; words[argc]; argc++) {
        size_t length = strlen(words[argc]) + 1;

        assert_true(argc < MAX_ARGS && length <= sizeof copies[argc]);
        memcpy(copies[argc], words[argc], length);
        argv[argc] = copies[argc];
    }
    return sg_args_parse(argc, argv, 1, tables, 2, out->operands, &out->n_operands, err);
}

#define WORDS(...)                                                                                           \
    (const char *const[])                                                                                    \
    {                                                                                                        \
        "skillgain", __VA_ARGS__, NULL                                                                       \
    }

static void parse_well(const char *const *words, parsed *out)
{
    sg_err err = {0};

    sg_assert_ok(parse(words, out, &err), &err);
}

static void every_type_of_option_is_set(void **state)
{
    parsed p;
    sg_day day;

    (void)state;
    assert_true(sg_day_from_civil(2024, 2, 29, &day));
    parse_well(WORDS("--quick", "--jobs", "3", "--output", "a b", "--as-of", "2024-02-29", "--year", "2023",
                     "--only", "equity,outcomes"),
               &p);
    assert_true(p.quick);
    assert_int_equal(p.jobs, 3);
    assert_string_equal(p.output, "a b");
    assert_int_equal(p.day, day);
    assert_int_equal(p.year, 2023);
    assert_int_equal(p.pages, 3);
    assert_int_equal(p.n_operands, 0);
}

static void a_value_may_follow_an_equals_sign(void **state)
{
    parsed p;

    (void)state;
    parse_well(WORDS("--jobs=12", "--output=x=y", "--only=brief", "--year=all"), &p);
    assert_int_equal(p.jobs, 12);
    assert_string_equal(p.output, "x=y");
    assert_int_equal(p.pages, 4);
    assert_int_equal(p.year, 0);
    parse_well(WORDS("--output="), &p);
    assert_string_equal(p.output, "");
}

static void short_names_are_the_same_options(void **state)
{
    parsed p;

    (void)state;
    parse_well(WORDS("-q", "-o", "dir"), &p);
    assert_true(p.quick);
    assert_string_equal(p.output, "dir");
}

static void what_is_not_given_stays_as_it_was(void **state)
{
    parsed p;

    (void)state;
    parse_well(WORDS("file"), &p);
    assert_false(p.quick);
    assert_int_equal(p.jobs, 7);
    assert_int_equal(p.day, SG_DAY_NONE);
    assert_int_equal(p.year, -1);
    assert_null(p.output);
}

static void the_last_of_two_is_taken(void **state)
{
    parsed p;

    (void)state;
    parse_well(WORDS("--jobs", "2", "--jobs=5", "--only", "brief", "--only", "equity"), &p);
    assert_int_equal(p.jobs, 5);
    assert_int_equal(p.pages, 2);
}

static void operands_stand_anywhere_and_keep_their_order(void **state)
{
    static const char *const want[] = {"run", "b.csv", "-", "--jobs", "a.csv", "-q"};
    parsed p;

    (void)state;
    parse_well(WORDS("run", "--jobs", "2", "b.csv", "-", "--", "--jobs", "a.csv", "-q"), &p);
    assert_int_equal(p.n_operands, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(p.operands[i], want[i]);
    assert_int_equal(p.jobs, 2);
    assert_false(p.quick);
}

static void a_wrong_argument_is_refused_with_its_name_and_what_is_wanted(void **state)
{
    static const struct {
        const char *word, *value, *part;
    } cases[] = {
        {"--fast", NULL, "unknown option '--fast'"},
        {"--fast=3", NULL, "unknown option '--fast'"},
        {"-x", NULL, "unknown option '-x'"},
        {"-qo", NULL, "unknown option '-qo'"},
        {"--outpu", "dir", "unknown option '--outpu'"},
        {"--outputs", "dir", "unknown option '--outputs'"},
        {"--quick=yes", NULL, "'--quick' takes no value"},
        {"--jobs", NULL, "'--jobs' wants a value: --jobs N"},
        {"-o", NULL, "'--output' wants a value: --output DIR"},
        {"--jobs", "0", "'--jobs' wants a whole number, 1 or more"},
        {"--jobs", "-1", "1 or more"},
        {"--jobs", "2.5", "1 or more"},
        {"--jobs", "3x", "1 or more"},
        {"--jobs", "", "1 or more"},
        {"--jobs", "2147483648", "1 or more"},
        {"--as-of", "2023-02-29", "'--as-of' wants a date as YYYY-MM-DD"},
        {"--as-of", "30.06.2024", "YYYY-MM-DD"},
        {"--as-of", "2024-06-30 ", "YYYY-MM-DD"},
        {"--year", "24", "'--year' wants a program year"},
        {"--year", "2024-25", "program year"},
        {"--year", "ALL", "program year"},
        {"--only", "outcomes,memo", "'--only' knows no 'memo'"},
        {"--only", "outcome", "knows no 'outcome'"},
        {"--only", "brief,,equity", "knows no ''"},
        {"--only", "brief,", "knows no ''"},
        {"--only", ",", "knows no ''"},
        {"--only", "", "'--only' wants a list"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const words[] = {"skillgain", cases[i].word, cases[i].value, NULL};
        sg_err err = {0};
        parsed p;

        if (parse(words, &p, &err) != SG_USAGE)
            fail_msg("%s %s is not refused", cases[i].word, cases[i].value ? cases[i].value : "");
        sg_assert_contains(err.message, cases[i].part);
    }
}

static void help_has_a_line_for_each_option_in_the_order_of_the_table(void **state)
{
    static const sg_arg table[] = {{"--quick", "-q", SG_ARG_FLAG, NULL, "say less", NULL, NULL},
                                   {"--as-of", NULL, SG_ARG_DATE, "DATE", "up to this day", NULL, NULL},
                                   {NULL, NULL, SG_ARG_FLAG, NULL, NULL, NULL, NULL}};
    sg_str text = {0};

    (void)state;
    sg_args_help(&text, table);
    assert_string_equal(sg_str_text(&text), "  -q, --quick              say less\n"
                                            "  --as-of DATE             up to this day\n");
    sg_str_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_of_option_is_set),
        cmocka_unit_test(a_value_may_follow_an_equals_sign),
        cmocka_unit_test(short_names_are_the_same_options),
        cmocka_unit_test(what_is_not_given_stays_as_it_was),
        cmocka_unit_test(the_last_of_two_is_taken),
        cmocka_unit_test(operands_stand_anywhere_and_keep_their_order),
        cmocka_unit_test(a_wrong_argument_is_refused_with_its_name_and_what_is_wanted),
        cmocka_unit_test(help_has_a_line_for_each_option_in_the_order_of_the_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
