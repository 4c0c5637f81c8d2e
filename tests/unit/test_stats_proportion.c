/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <math.h>

#include "skillgain/stats.h"

static void assert_refused(sg_figure f, const char *note)
{
    assert_int_equal(f.status, SG_EST_NOT_ESTIMABLE);
    assert_string_equal(f.note, note);
    assert_true(isnan(f.estimate) && isnan(f.low) && isnan(f.high) && isnan(f.p_value));
}

/* Newcombe 1998, Statistics in Medicine 17:857, table I: methods 3 (score) and 5 (Clopper-Pearson), to four
 * places. */
static void published_intervals_of_one_rate_are_reproduced(void **state)
{
    static const struct {
        sg_counts counts;
        double score[2], exact[2];
    } cases[] = {
        {{81, 263}, {0.2553, 0.3662}, {0.2527, 0.3676}},
        {{15, 148}, {0.0624, 0.1605}, {0.0578, 0.1617}},
        {{0, 20}, {0.0000, 0.1611}, {0.0000, 0.1684}},
        {{1, 29}, {0.0061, 0.1718}, {0.0009, 0.1776}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sg_figure score = sg_rate_wilson(cases[i].counts, 0.95);
        const sg_figure exact = sg_rate_clopper_pearson(cases[i].counts, 0.95);
        sg_assert_close(score.low, cases[i].score[0], 5e-5, 0.0);
        sg_assert_close(score.high, cases[i].score[1], 5e-5, 0.0);
        sg_assert_close(exact.low, cases[i].exact[0], 5e-5, 0.0);
        sg_assert_close(exact.high, cases[i].exact[1], 5e-5, 0.0);
    }
}

static void nobody_and_everybody_are_said_and_touch_the_edge(void **state)
{
    (void)state;
    const sg_figure none = sg_rate_wilson((sg_counts){0, 7}, 0.95),
                    all = sg_rate_wilson((sg_counts){7, 7}, 0.95);
    assert_string_equal(none.note, "none");
    assert_string_equal(all.note, "all");
    assert_true(none.low == 0.0 && none.high < 1.0 && all.low > 0.0 && all.high == 1.0);
    assert_string_equal(sg_rate_wilson((sg_counts){1, 7}, 0.95).note, "");
    assert_string_equal(sg_rate_clopper_pearson((sg_counts){0, 7}, 0.95).note, "none");
}

static void one_learner_is_a_sample(void **state)
{
    (void)state;
    const sg_figure one = sg_rate_wilson((sg_counts){1, 1}, 0.95),
                    exact = sg_rate_clopper_pearson((sg_counts){1, 1}, 0.95);
    assert_int_equal(one.status, SG_EST_OK);
    sg_assert_close(one.low, 1.0 / (1.0 + 1.959963984540054 * 1.959963984540054), 1e-12, 0.0);
    sg_assert_close(exact.low, 0.025, 1e-12, 0.0); /* the rate with which one of one has probability 0.025 */
}

static void without_learners_nothing_is_estimated(void **state)
{
    (void)state;
    assert_refused(sg_rate_wilson((sg_counts){0, 0}, 0.95), "no learners");
    assert_refused(sg_rate_clopper_pearson((sg_counts){0, 0}, 0.95), "no learners");
    assert_refused(sg_rate_wilson_clustered((sg_counts){0, 0}, 2.0, 0.95), "no learners");
}

static void impossible_counts_are_refused(void **state)
{
    static const sg_counts cases[] = {{5, 4}, {-1, 4}, {-2, -1}, {0, -1}, {1, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(sg_rate_wilson(cases[i], 0.95), "counts that cannot be");
        assert_refused(sg_rate_clopper_pearson(cases[i], 0.95), "counts that cannot be");
    }
}

static void a_level_of_confidence_outside_0_to_1_is_refused(void **state)
{
    const double cases[] = {0.0, 1.0, -0.95, 95.0, nan(""), HUGE_VAL};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(sg_rate_wilson((sg_counts){1, 4}, cases[i]), "a level of confidence outside 0 to 1");
        assert_refused(sg_rate_clopper_pearson((sg_counts){1, 4}, cases[i]),
                       "a level of confidence outside 0 to 1");
    }
}

static void a_design_effect_of_2_halves_the_sample(void **state)
{
    (void)state;
    const sg_figure half = sg_rate_wilson((sg_counts){10, 25}, 0.9);
    const sg_figure clustered = sg_rate_wilson_clustered((sg_counts){20, 50}, 2.0, 0.9);
    sg_assert_close(clustered.estimate, half.estimate, 1e-15, 0.0);
    sg_assert_close(clustered.low, half.low, 1e-15, 0.0);
    sg_assert_close(clustered.high, half.high, 1e-15, 0.0);
}

static void a_design_effect_below_1_is_1_and_none_is_refused(void **state)
{
    (void)state;
    const sg_counts counts = {20, 50};
    const sg_figure plain = sg_rate_wilson(counts, 0.95), below = sg_rate_wilson_clustered(counts, 0.3, 0.95);
    assert_true(below.low == plain.low && below.high == plain.high);
    assert_refused(sg_rate_wilson_clustered(counts, nan(""), 0.95), "no design effect");
    assert_refused(sg_rate_wilson_clustered(counts, HUGE_VAL, 0.95), "no design effect");
}

/* The tail of a binomial beyond a limit, summed anew. */
static double tail_from(int64_t x, int64_t n, double rate)
{
    double sum = 0.0;

    for (int64_t k = x; k <= n; k++)
        sum += exp(lgamma((double)n + 1.0) - lgamma((double)k + 1.0) - lgamma((double)(n - k) + 1.0) +
                   (double)k * log(rate) + (double)(n - k) * log1p(-rate));
    return sum;
}

/* At these GSL's own inverse of the beta distribution gives nothing. */
static void clopper_pearson_holds_where_the_library_fails(void **state)
{
    static const sg_counts cases[] = {{5000, 10000},  {4999, 10000}, {5000, 9999},
                                      {30000, 60000}, {1, 60000},    {59999, 60000}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int64_t x = cases[i].x, n = cases[i].n;
        const sg_figure f = sg_rate_clopper_pearson(cases[i], 0.95);
        assert_int_equal(f.status, SG_EST_OK);
        sg_assert_close(tail_from(x, n, f.low), 0.025, 1e-9, 0.0);
        sg_assert_close(1.0 - tail_from(x + 1, n, f.high), 0.025, 1e-9, 0.0);
    }
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
        cmocka_unit_test(published_intervals_of_one_rate_are_reproduced),
        cmocka_unit_test(nobody_and_everybody_are_said_and_touch_the_edge),
        cmocka_unit_test(one_learner_is_a_sample),
        cmocka_unit_test(without_learners_nothing_is_estimated),
        cmocka_unit_test(impossible_counts_are_refused),
        cmocka_unit_test(a_level_of_confidence_outside_0_to_1_is_refused),
        cmocka_unit_test(a_design_effect_of_2_halves_the_sample),
        cmocka_unit_test(a_design_effect_below_1_is_1_and_none_is_refused),
        cmocka_unit_test(clopper_pearson_holds_where_the_library_fails),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
