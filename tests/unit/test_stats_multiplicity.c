/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <math.h>

#include "base/mem_hook.h"
#include "skillgain/stats.h"

typedef sg_status adjustment(const double *p, size_t n, double *out, sg_err *err);

static adjustment *const ADJUSTMENTS[] = {sg_adjust_holm, sg_adjust_bh, sg_adjust_bonferroni};

static size_t count_up_to(const double *p, size_t n, double alpha)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += p[i] <= alpha ? 1 : 0;
    return count;
}

/* Benjamini, Hochberg 1995, section 4.1: fifteen p-values, of which their procedure rejects four and
 * Bonferroni's three. */
static void the_example_of_benjamini_and_hochberg_is_reproduced(void **state)
{
    static const double p[15] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    double out[15];

    (void)state;
    sg_assert_ok(sg_adjust_bh(p, 15, out, NULL), NULL);
    assert_int_equal(count_up_to(out, 15, 0.05), 4);
    sg_assert_close(out[3], 0.0095 * 15.0 / 4.0, 1e-15, 0.0);
    sg_assert_close(out[5], 0.0298 * 15.0 / 7.0, 1e-15, 0.0); /* the next one is lower */
    sg_assert_ok(sg_adjust_bonferroni(p, 15, out, NULL), NULL);
    assert_int_equal(count_up_to(out, 15, 0.05), 3);
    sg_assert_ok(sg_adjust_holm(p, 15, out, NULL), NULL);
    assert_int_equal(count_up_to(out, 15, 0.05), 3);
    sg_assert_close(out[2], 0.0019 * 13.0, 1e-15, 0.0);
    sg_assert_close(out[14], 1.0, 0.0, 0.0);
}

static void what_is_missing_stays_missing_and_is_not_counted(void **state)
{
    double p[] = {0.04, nan(""), 0.01, nan("")};

    (void)state;
    sg_assert_ok(sg_adjust_holm(p, 4, p, NULL), NULL);
    sg_assert_close(p[0], 0.04, 1e-15, 0.0);
    sg_assert_close(p[2], 0.02, 1e-15, 0.0);
    assert_true(isnan(p[1]) && isnan(p[3]));
}

static void families_of_none_and_of_missing_ones_are_fine(void **state)
{
    double missing[] = {nan(""), nan("")};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        sg_assert_ok(ADJUSTMENTS[i](NULL, 0, NULL, NULL), NULL);
        sg_assert_ok(ADJUSTMENTS[i](missing, 2, missing, NULL), NULL);
        assert_true(isnan(missing[0]) && isnan(missing[1]));
    }
}

static void a_single_p_is_left_as_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        double p = 0.03;
        sg_assert_ok(ADJUSTMENTS[i](&p, 1, &p, NULL), NULL);
        assert_true(p == 0.03);
    }
}

static void what_is_no_p_fails_and_changes_nothing(void **state)
{
    const double cases[] = {-0.001, 1.001, HUGE_VAL, -HUGE_VAL};

    (void)state;
    for (size_t k = 0; k < 4; k++) {
        for (size_t i = 0; i < 3; i++) {
            double p[] = {0.01, cases[k]}, out[] = {7.0, 7.0};
            sg_err err = {0};
            sg_assert_status(ADJUSTMENTS[i](p, 2, out, &err), SG_FAILED, &err);
            sg_assert_contains(err.message, "p-value 2 of 2");
            assert_true(out[0] == 7.0 && out[1] == 7.0);
        }
    }
}

static void out_of_memory_is_told(void **state)
{
    double p[] = {0.01, 0.02};

    (void)state;
    sg_mem_fail_at(1);
    sg_assert_status(sg_adjust_holm(p, 2, p, NULL), SG_NO_MEMORY, NULL);
    sg_mem_fail_at(0);
    assert_true(p[0] == 0.01 && p[1] == 0.02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_benjamini_and_hochberg_is_reproduced),
        cmocka_unit_test(what_is_missing_stays_missing_and_is_not_counted),
        cmocka_unit_test(families_of_none_and_of_missing_ones_are_fine),
        cmocka_unit_test(a_single_p_is_left_as_it_is),
        cmocka_unit_test(what_is_no_p_fails_and_changes_nothing),
        cmocka_unit_test(out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
