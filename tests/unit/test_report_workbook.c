/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The workbook's numbers: what pages print is read back, the full figure stands in its place only where it prints alike, and the
 * number format says which digits show. And the check that a workbook is whole.
 */
#include <math.h>
#include <string.h>

#include "report/workbook_check.h"
#include "report/workbook_number.h"
#include "support/assert.h"

#define MINUS "\xE2\x88\x92"

static void numbers_are_read_as_pages_print_them(void **state)
{
    static const struct {
        const char *text;
        double value, low, high; /* low HUGE_VAL: no interval */
        const char *format;
    } cases[] = {{"0", 0, HUGE_VAL, HUGE_VAL, "#,##0;#,##0"},
                 {"412", 412, HUGE_VAL, HUGE_VAL, "#,##0"},
                 {"1,234,567", 1234567, HUGE_VAL, HUGE_VAL, "#,##0"},
                 {"0.2792", 0.2792, HUGE_VAL, HUGE_VAL, "0.0000"},
                 {"192506.5", 192506.5, HUGE_VAL, HUGE_VAL, "0.0"},
                 {"62.4%", 0.624, HUGE_VAL, HUGE_VAL, "0.0%"},
                 {"41.9 %", 0.419, HUGE_VAL, HUGE_VAL, "0.0%"},
                 {"62% (58% to 66%)", 0.62, 0.58, 0.66, "0%"},
                 {"62.4% (58.1 to 66.5)", 0.624, 0.581, 0.665, "0.0%"},
                 {"+9.8 (" MINUS "0.5 to +21.0)", 9.8, -0.5, 21, "+0.0;\"" MINUS "\"0.0"},
                 {MINUS "12", -12, HUGE_VAL, HUGE_VAL, "+#,##0;\"" MINUS "\"#,##0"},
                 {"4,210 (3,870 to 4,520)", 4210, 3870, 4520, "#,##0"},
                 {"7 (no interval)", 7, HUGE_VAL, HUGE_VAL, "#,##0"},
                 {"1.19 (1.08 to 1.31)", 1.19, 1.08, 1.31, "0.00"},
                 {"0.0", 0, HUGE_VAL, HUGE_VAL, "0.0;0.0"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char format[SG_NUMBER_FORMAT];
        sg_printed printed;

        if (!sg_printed_read(cases[i].text, &printed))
            fail_msg("'%s' is no number", cases[i].text);
        assert_true(fabs(printed.value.value - cases[i].value) < 1e-12);
        assert_int_equal(printed.has_interval, isfinite(cases[i].low));
        if (printed.has_interval) {
            assert_true(fabs(printed.low.value - cases[i].low) < 1e-12);
            assert_true(fabs(printed.high.value - cases[i].high) < 1e-12);
        }
        assert_string_equal(sg_number_format(&printed.value, format), cases[i].format);
    }
}

static void what_is_no_number_stays_text(void **state)
{
    static const char *const texts[] = {"",
                                        "*",
                                        "not estimable",
                                        "not collected",
                                        "< 0.001",
                                        "PY 2024-25",
                                        "2026-01-15",
                                        "01-1",
                                        "12 = 12",
                                        "+",
                                        "1.",
                                        ".5",
                                        "1,2",
                                        "12,3456",
                                        "1.5,000",
                                        "62.4% (58.1%)",
                                        "5 (1 to )",
                                        "7 (no interval) x",
                                        "1e5",
                                        "0x10",
                                        "=1+1",
                                        "1234567890123456789"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sg_printed printed;

        if (sg_printed_read(texts[i], &printed))
            fail_msg("'%s' is a number", texts[i]);
    }
}

static sg_printed refined(const char *text, const sg_estimate *e)
{
    sg_printed printed;

    assert_true(sg_printed_read(text, &printed));
    sg_printed_refine(&printed, e);
    return printed;
}

static void the_full_figure_stands_in_where_it_prints_alike(void **state)
{
    static const sg_estimate
        share = {.estimate = 0.62438, .ci_low = 0.58123, .ci_high = 0.66549, .p_adjusted = 0.0123},
        years = {.estimate = 412.3, .ci_low = 400, .ci_high = 420, .p_adjusted = 0.04},
        hidden = {.estimate = HUGE_VAL, .ci_low = HUGE_VAL, .ci_high = HUGE_VAL, .p_adjusted = HUGE_VAL};
    sg_printed printed = refined("62.4% (58.1% to 66.5%)", &share);

    (void)state;
    assert_true(printed.value.value == 0.62438 && printed.low.value == 0.58123 &&
                printed.high.value == 0.66549);
    assert_true(refined("+62.4", &share).value.value == 0.62438 * 100);
    assert_true(refined("0.012", &share).value.value == 0.0123);
    /* another figure of the same row is not taken for it */
    assert_true(fabs(refined("61.4%", &share).value.value - 0.614) < 1e-12);
    assert_true(refined("412", &years).value.value == 412);
    assert_true(refined("0.0", &years).value.value == 0);
    assert_true(refined("412.3 (400.0 to 420.0)", &years).low.value == 400);
    assert_true(refined("5", &hidden).value.value == 5);
    assert_true(fabs(refined("62.4%", NULL).value.value - 0.624) < 1e-12);
}

static void what_is_no_whole_archive_is_refused(void **state)
{
    /* an archive of no part, and one that says it has one where there is none */
    static const unsigned char empty[22] = {'P', 'K', 5, 6},
                               lying[22] = {'P', 'K', 5, 6, [8] = 1, [10] = 1, [12] = 46, [16] = 200};
    sg_err err = {0};

    (void)state;
    sg_assert_status(sg_workbook_check("", 0, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "space left");
    sg_assert_status(sg_workbook_check("PK", 2, &err), SG_FAILED, &err);
    sg_assert_status(sg_workbook_check(empty, sizeof empty, &err), SG_FAILED, &err);
    sg_assert_status(sg_workbook_check(lying, sizeof lying, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "1 of 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_pages_print_them),
        cmocka_unit_test(what_is_no_number_stays_text),
        cmocka_unit_test(the_full_figure_stands_in_where_it_prints_alike),
        cmocka_unit_test(what_is_no_whole_archive_is_refused),
    };

    return cmocka_run_group_tests_name("report_workbook", tests, NULL, NULL);
}
