/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reference values do not reach: parameters that are wrong, values that are blank, memory that is
 * short. */
#include "support/assert.h"

#include <math.h>
#include <string.h>

#include "base/mem_hook.h"
#include "skillgain/stats.h"

#define NUMBERS(label, ...)                                                                                  \
    {                                                                                                        \
        .name = (label), .numbers = (const double[]){__VA_ARGS__},                                           \
        .n = sizeof((const double[]){__VA_ARGS__}) / sizeof(double)                                          \
    }
#define TEXTS(label, ...)                                                                                    \
    {                                                                                                        \
        .name = (label), .texts = (const char *const[]){__VA_ARGS__},                                        \
        .n = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)                                     \
    }

static sg_status run(const char *method, const sg_stats_param *items, size_t n, sg_stats_values *out,
                     sg_err *err)
{
    const sg_stats_adapter *adapter = sg_stats_adapter_find(method);
    const sg_stats_params params = {.items = items, .n = n};

    assert_non_null(adapter);
    return adapter->run(&params, out, err);
}

static void assert_fails(const char *method, const sg_stats_param *items, size_t n, const char *message)
{
    sg_stats_values out = {0};
    sg_err err = {0};

    sg_assert_status(run(method, items, n, &out, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, message);
    sg_stats_values_release(&out);
}

static void a_method_nobody_claims_has_no_adapter(void **state)
{
    (void)state;
    assert_null(sg_stats_adapter_find("2.10 Mantel-Haenszel odds ratio"));
    assert_null(sg_stats_adapter_find("1.2"));
    assert_null(sg_stats_adapter_find(""));
}

static void parameters_that_are_missing_or_wrong_are_named(void **state)
{
    static const char *const NEWCOMBE = "1.2 Newcombe hybrid score interval, RD";
    const sg_stats_param no_n0[] = {NUMBERS("x1", 1), NUMBERS("n1", 2), NUMBERS("x0", 1)};
    const sg_stats_param text[] = {NUMBERS("x1", 1), TEXTS("n1", "2"), NUMBERS("x0", 1), NUMBERS("n0", 3)};
    const sg_stats_param half[] = {NUMBERS("x1", 0.5), NUMBERS("n1", 2), NUMBERS("x0", 1), NUMBERS("n0", 3)};
    const sg_stats_param list[] = {NUMBERS("x1", 1, 2), NUMBERS("n1", 2), NUMBERS("x0", 1), NUMBERS("n0", 3)};
    const sg_stats_param conf[] = {NUMBERS("x1", 1), NUMBERS("n1", 2), NUMBERS("x0", 1), NUMBERS("n0", 3),
                                   TEXTS("conf", "high")};
    const sg_stats_param huge[] = {NUMBERS("x1", 1), NUMBERS("n1", 1e300), NUMBERS("x0", 1),
                                   NUMBERS("n0", 3)};

    (void)state;
    assert_fails(NEWCOMBE, NULL, 0, "'x1'");
    assert_fails(NEWCOMBE, no_n0, 3, "'n0' is missing");
    assert_fails(NEWCOMBE, text, 4, "'n1' is missing or not a number");
    assert_fails(NEWCOMBE, half, 4, "'x1', value 1: not a count");
    assert_fails(NEWCOMBE, list, 4, "'x1' has 2 values");
    assert_fails(NEWCOMBE, conf, 5, "'conf' is not one number");
    assert_fails(NEWCOMBE, huge, 4, "'n1', value 1: not a count");
}

static void a_reference_that_is_no_group_is_named(void **state)
{
    const sg_stats_param items[] = {TEXTS("groups", "a", "b"), NUMBERS("success", 1, 2), NUMBERS("n", 5, 5),
                                    TEXTS("reference", "c")};

    (void)state;
    assert_fails("8.4 gap with Newcombe interval", items, 4, "no group is called 'c'");
}

static void a_table_must_have_whole_rows(void **state)
{
    sg_stats_param table = NUMBERS("table_by_row", 1, 2, 3, 4, 5);

    (void)state;
    assert_fails("1.8 Pearson chi-square r x c", &table, 1, "not a table");
    table.n_rows = 2;
    assert_fails("1.8 Pearson chi-square r x c", &table, 1, "not a table");
}

static void what_cannot_be_estimated_is_blank_and_says_so(void **state)
{
    const sg_stats_param items[] = {NUMBERS("x1", 0), NUMBERS("n1", 0), NUMBERS("x0", 1), NUMBERS("n0", 3)};
    sg_stats_values out = {0};
    sg_err err = {0};

    (void)state;
    sg_assert_ok(run("1.2 Newcombe hybrid score interval, RD", items, 4, &out, &err), &err);
    const sg_stats_value *rd = sg_stats_values_find(&out, "rd");
    assert_non_null(rd);
    assert_int_equal(rd->n, 1);
    assert_int_equal(rd->items[0].status, SG_EST_NOT_ESTIMABLE);
    assert_true(isnan(rd->items[0].number) && rd->items[0].text == NULL);
    assert_null(sg_stats_values_find(&out, "no such value"));
    sg_stats_values_release(&out);
    assert_true(out.items == NULL && out.n == 0);
    sg_stats_values_release(NULL);
}

static void a_level_is_no_reference_of_its_own(void **state)
{
    const sg_stats_param items[] = {TEXTS("groups", "a", "b"), NUMBERS("success", 1, 2), NUMBERS("n", 5, 5),
                                    TEXTS("reference", "b")};
    sg_stats_values out = {0};
    sg_err err = {0};

    (void)state;
    sg_assert_ok(run("8.4 gap with Newcombe interval", items, 4, &out, &err), &err);
    assert_true(sg_stats_values_find(&out, "gap")->items[1].number == 0.0);
    assert_int_equal(sg_stats_values_find(&out, "lower")->items[1].status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_stats_values_find(&out, "lower")->items[0].status, SG_EST_OK);
    sg_stats_values_release(&out);
}

/* Each allocation in turn fails, until none is left to fail: always told, nothing lost. */
static void assert_survives_short_memory(const char *method, const sg_stats_param *items, size_t n)
{
    sg_status status = SG_NO_MEMORY;
    long nth = 0;

    while (status == SG_NO_MEMORY) {
        sg_stats_values out = {0};
        sg_mem_fail_at(++nth);
        status = run(method, items, n, &out, NULL);
        sg_mem_fail_at(0);
        sg_stats_values_release(&out);
    }
    sg_assert_ok(status, NULL);
    assert_true(nth > 1);
}

static void out_of_memory_is_told_at_every_step(void **state)
{
    const sg_stats_param family[] = {NUMBERS("p", 0.01, 0.04)};
    const sg_stats_param arms[] = {NUMBERS("x1", 1), NUMBERS("n1", 4), NUMBERS("x0", 1), NUMBERS("n0", 3)};
    const sg_stats_param groups[] = {TEXTS("groups", "a"), NUMBERS("x1", 1), NUMBERS("n1", 4),
                                     NUMBERS("x0", 1), NUMBERS("n0", 3)};
    const sg_stats_param levels[] = {TEXTS("groups", "a", "b"), NUMBERS("success", 1, 2), NUMBERS("n", 5, 5),
                                     TEXTS("reference", "overall")};
    sg_stats_param table = NUMBERS("table_by_row", 1, 2, 3, 4);

    (void)state;
    table.n_rows = 2;
    assert_survives_short_memory("9 Holm and Benjamini-Hochberg", family, 1);
    assert_survives_short_memory("1.8 Pearson chi-square 2x2", arms, 4);
    assert_survives_short_memory("1.9 IET effect inside each group", groups, 5);
    assert_survives_short_memory("8.4 gap with Newcombe interval", levels, 4);
    assert_survives_short_memory("1.8 Pearson chi-square r x c", &table, 1);
}

static int start(void **state)
{
    (void)state;
    sg_stats_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_method_nobody_claims_has_no_adapter),
        cmocka_unit_test(parameters_that_are_missing_or_wrong_are_named),
        cmocka_unit_test(a_reference_that_is_no_group_is_named),
        cmocka_unit_test(a_table_must_have_whole_rows),
        cmocka_unit_test(what_cannot_be_estimated_is_blank_and_says_so),
        cmocka_unit_test(a_level_is_no_reference_of_its_own),
        cmocka_unit_test(out_of_memory_is_told_at_every_step),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
