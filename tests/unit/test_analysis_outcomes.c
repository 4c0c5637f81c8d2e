/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run tells beyond the two kinds of gain: outcomes that not everyone has, reach, days to the first gain. */
#include "support/assert.h"

#include <math.h>
#include <string.h>

#include "skillgain/analysis.h"
#include "support/made_cohort.h"

static sg_results *analyse(sg_made *made)
{
    const sg_analysis_options options = {.banner = "", .jobs = 1};
    sg_results *results = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_analysis_run(&made->cohort, &made->config, &options, &results, &err), &err);
    return results;
}

static int64_t count_in(const sg_results *results, sg_arm_subset arm, const char *outcome, sg_measure measure)
{
    const sg_cell key = {2023, results->facts.college, "landmark", outcome, "all", "all", arm, measure, 0};
    const sg_cell *cell = sg_results_cell(results, &key);

    assert_non_null(cell);
    return cell->count;
}

/* NULL: there is none. */
static const sg_estimate *find(const sg_results *results, const char *variant, const char *outcome,
                               const char *subset, const char *estimand)
{
    for (size_t i = 0; i < results->n_estimates; i++) {
        const sg_estimate *e = &results->estimates[i];

        if (!strcmp(e->variant, variant) && !strcmp(e->outcome, outcome) && !strcmp(e->subset, subset) &&
            !strcmp(e->estimand, estimand) && !strcmp(e->dimension, "all"))
            return e;
    }
    return NULL;
}

/* 6 units of each arm; credential: of IET 4 known, 3 yes; of the comparison 5 known, 1 yes. Reach: 2 unknown, 4 within; 3 none, 3 within. */
static sg_made *make_units(void)
{
    const sg_outcome_bits known = SG_OUTCOME_KNOWN_BIT(SG_OUTCOME_CREDENTIAL),
                          yes = known | SG_OUTCOME_BIT(SG_OUTCOME_CREDENTIAL);
    const sg_outcome_bits bits[] = {yes, yes, yes, known, 0, 0, yes, known, known, known, known, 0};
    const unsigned reach[] = {0, 0, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2};
    /* IET gains on days 10, 20, 20; the comparison on day 30 */
    const uint16_t days[] = {10, 20, 20, 0, 0, 0, 30, 0, 0, 0, 0, 0};
    static const char *const outcomes[] = {"credential", "time_to_gain"};
    sg_made *made = sg_made_new();

    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        sg_made_add(made, 1, 2023, 0,
                    (sg_made_row){.arm = i < 6 ? SG_ARM_IS_IET : SG_ARM_IS_COMPARISON,
                                  .gained = days[i] > 0 ? SG_GAINED_COMMON : 0});
    for (int design = 0; design < SG_MADE_DESIGNS; design++)
        for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
            made->cohort.designs[design].outcomes[i] |= bits[i] | (sg_outcome_bits)reach[i] << SG_REACH_SHIFT;
            made->cohort.designs[design].gain_days[i] = (int16_t)days[i];
        }
    made->config.analysis.outcomes = outcomes;
    made->config.analysis.n_outcomes = 2;
    made->cohort.outcomes_up_to = made->cohort.as_of;
    made->cohort.seen.programs = 1;
    return made;
}

static void an_outcome_that_is_not_known_of_all_has_its_own_size(void **state)
{
    sg_made *made = make_units();
    sg_results *results = analyse(made);

    (void)state;
    assert_int_equal(count_in(results, SG_ARM_IET, "credential", SG_MEASURE_N), 4);
    assert_int_equal(count_in(results, SG_ARM_IET, "credential", SG_MEASURE_X), 3);
    assert_int_equal(count_in(results, SG_ARM_COMPARISON, "credential", SG_MEASURE_N), 5);
    assert_int_equal(count_in(results, SG_ARM_COMPARISON, "credential", SG_MEASURE_X), 1);
    assert_int_equal(count_in(results, SG_ARM_ALL, "credential", SG_MEASURE_N), 9);
    assert_int_equal(count_in(results, SG_ARM_ALL, "", SG_MEASURE_N), 12);
    sg_assert_close(find(results, "landmark", "credential", "iet", "rate")->estimate, 0.75, 1e-12, 0);
    sg_assert_close(find(results, "landmark", "credential", "all", "risk_difference")->estimate, 0.55, 1e-12,
                    0);
    sg_results_free(results);
    sg_made_free(made);
}

static void reach_is_a_rate_of_those_of_whom_it_is_known(void **state)
{
    sg_made *made = make_units();
    sg_results *results = analyse(made);
    const sg_estimate *iet = find(results, "landmark", "iet_within_reach", "all", "rate"),
                      *within = find(results, "landmark", "within_reach", "all", "rate");

    (void)state;
    assert_int_equal(iet->x_level, 4);
    assert_int_equal(iet->n_level, 7);
    assert_int_equal(within->x_level, 7);
    assert_int_equal(within->n_level, 10);
    sg_results_free(results);
    made->cohort.seen.programs = 0;
    results = analyse(made);
    assert_null(find(results, "landmark", "within_reach", "all", "rate"));
    sg_results_free(results);
    sg_made_free(made);
}

/*
 * Means up to day 180: IET (10 + 20 + 20 + 3 * 180) / 6 = 590/6, the comparison (30 + 5 * 180) / 6 = 155; the curve of IET falls to 1/2
 * on day 20. Log-rank: on day 10, of 12 at risk 6 in IET: expected 1/2, variance 1/4; on day 20, 2 of 11, 5 in IET: 10/11, 2 * 5/11 *
 * 6/11 * 9/10 = 54/121; on day 30, of 9, 3 in IET: 1/3, 2/9. Observed 3.
 */
static void days_to_the_first_gain_are_worked_out_where_units_are_followed(void **state)
{
    const double expected = 0.5 + 10.0 / 11 + 1.0 / 3, variance = 0.25 + 54.0 / 121 + 2.0 / 9;
    sg_made *made = make_units();
    sg_results *results = analyse(made);
    const sg_estimate *means = find(results, "landmark", "time_to_gain", "all", "rmst_difference"),
                      *test = find(results, "landmark", "time_to_gain", "all", "hazard_equality");

    (void)state;
    sg_assert_close(means->estimate, 590.0 / 6 - 155, 1e-9, 0);
    assert_int_equal(means->n_iet, 6);
    assert_int_equal(means->n_comparison, 6);
    sg_assert_close(test->statistic, (3 - expected) * (3 - expected) / variance, 1e-9, 0);
    assert_int_equal(find(results, "landmark", "time_to_gain", "comparison", "median")->status,
                     SG_ESTIMATE_NOT_ESTIMABLE);
    assert_null(find(results, "naive", "time_to_gain", "all", "rmst_difference"));
    sg_results_free(results);
    sg_made_free(made);
}

/*
 * Known of units 0 to 3 of IET, with days 10, 20, 20 and none, and of 6 to 10 of the comparison, 6 on day 90. Means up to day 180: IET (10 + 20 + 20 +
 * 180) / 4 = 57.5, the comparison (90 + 4 * 180) / 5 = 162. Medians: 20; none. Log-rank: day 10, of 9 at risk 4 in IET: expected 4/9, variance
 * 4/9 * 5/9 = 20/81; day 20, 2 of 8, 3 in IET: 6/8, 2 * 3/8 * 5/8 * 6/7 = 45/112; day 90, of 6, 1 in IET: 1/6, 5/36. Observed 3.
 */
static void days_to_a_credential_are_of_those_of_whom_it_is_known(void **state)
{
    static const sg_amount days[] = {{10, 0, 0}, {20, 1, 0}, {20, 2, 0}, {90, 6, 0}};
    static const char *const outcomes[] = {"time_to_credential"};
    const double expected = 4.0 / 9 + 6.0 / 8 + 1.0 / 6, variance = 20.0 / 81 + 45.0 / 112 + 5.0 / 36;
    sg_made *made = make_units();
    sg_results *results;
    const sg_estimate *means, *test;

    (void)state;
    made->config.analysis.outcomes = outcomes;
    made->config.analysis.n_outcomes = 1;
    made->cohort.designs[SG_DESIGN_LANDMARK].amounts[SG_AMOUNT_CREDENTIAL_DAYS] = (sg_amounts){
        days, sizeof days / sizeof *days};
    results = analyse(made);
    means = find(results, "landmark", "time_to_credential", "all", "rmst_difference");
    test = find(results, "landmark", "time_to_credential", "all", "hazard_equality");
    sg_assert_close(means->estimate, 57.5 - 162, 1e-9, 0);
    assert_int_equal(means->n_iet, 4);
    assert_int_equal(means->n_comparison, 5);
    sg_assert_close(test->statistic, (3 - expected) * (3 - expected) / variance, 1e-9, 0);
    sg_assert_close(find(results, "landmark", "time_to_credential", "iet", "median")->estimate, 20, 1e-9, 0);
    assert_int_equal(find(results, "landmark", "time_to_credential", "comparison", "median")->status,
                     SG_ESTIMATE_NOT_ESTIMABLE);
    assert_null(find(results, "naive", "time_to_credential", "all", "rmst_difference"));
    assert_null(find(results, "landmark", "time_to_gain", "all", "rmst_difference"));
    sg_results_free(results);
    made->cohort.outcomes_up_to = SG_DAY_NONE;
    results = analyse(made);
    assert_null(find(results, "landmark", "time_to_credential", "all", "rmst_difference"));
    sg_results_free(results);
    sg_made_free(made);
}

/*
 * Medians of 6 and 3; of 6 the limits are the least and the greatest (P(Bin(6, 1/2) <= 0) = 1/64 is below 2.5 %, <= 1: 7/64 is not), of 3
 * there are none. The shift: of the 18 differences the 9th is 1000, the 10th 1500; s^2 = 18/12 * 10 = 15, 9 - 1.96 s = 1.41: the first and the
 * last, -3500 and 5500. It is not the difference of the medians, 1500.
 */
static void earnings_have_a_median_in_each_arm_and_a_shift_between_them(void **state)
{
    static const sg_amount earned[] = {{1000, 0, 0}, {6000, 1, 0},  {2000, 2, 0},  {5000, 3, 0},
                                       {3000, 4, 0}, {4000, 5, 0},  {500, 6, 0},   {2000, 7, 0},
                                       {4500, 8, 0}, {99999, 9, 0}, {99999, 10, 0}};
    static const char *const outcomes[] = {"earnings_q2"};
    sg_made *made = make_units();
    sg_cohort_view *view = &made->cohort.designs[SG_DESIGN_LANDMARK];
    sg_results *results;
    const sg_estimate *iet, *other, *shift;

    (void)state;
    made->config.analysis.outcomes = outcomes;
    made->config.analysis.n_outcomes = 1;
    view->amounts[SG_AMOUNT_EARNINGS_Q2] = (sg_amounts){earned, sizeof earned / sizeof *earned};
    view->state[9] = SG_COHORT_INCOMPLETE;
    view->arm[10] = SG_ARM_NEITHER;
    results = analyse(made);
    iet = find(results, "landmark", "earnings_q2", "iet", "median");
    other = find(results, "landmark", "earnings_q2", "comparison", "median");
    shift = find(results, "landmark", "earnings_q2", "all", "shift");
    sg_assert_close(iet->estimate, 3500, 1e-9, 0);
    sg_assert_close(iet->ci_low, 1000, 1e-9, 0);
    sg_assert_close(iet->ci_high, 6000, 1e-9, 0);
    assert_string_equal(iet->method, "order_statistic");
    assert_int_equal(iet->n_iet, 6);
    assert_int_equal(iet->n_comparison, SG_COUNT_NONE);
    assert_int_equal(iet->status, SG_ESTIMATE_SMALL_SAMPLE);
    sg_assert_close(other->estimate, 2000, 1e-9, 0);
    assert_true(isnan(other->ci_low) && isnan(other->ci_high));
    assert_int_equal(other->n_comparison, 3);
    sg_assert_close(shift->estimate, 1250, 1e-9, 0);
    sg_assert_close(shift->ci_low, -3500, 1e-9, 0);
    sg_assert_close(shift->ci_high, 5500, 1e-9, 0);
    assert_string_equal(shift->method, "hodges_lehmann");
    assert_int_equal(find(results, "naive", "earnings_q2", "iet", "median")->status,
                     SG_ESTIMATE_NOT_ESTIMABLE);
    sg_results_free(results);
    sg_made_free(made);
}

/*
 * On scale 1 IET gained 1, 2, 3, 4, 5 (mean 3, s^2 = 2.5; R: t.test(1:5)$conf.int is 1.036757 to 4.963243), the comparison 2, 4, 9 (mean 5, s^2 =
 * 13): s.e. sqrt(2.5/5 + 13/3) = 2.198484, df = (2.5/5 + 13/3)^2 / ((2.5/5)^2/4 + (13/3)^2/2) = 2.471712. On scale 0 nobody has a pair, on scale 2 one of
 * the comparison.
 */
static void score_gains_are_told_by_scale_as_means_of_points(void **state)
{
    static const sg_amount points[] = {{1, 0, 1}, {2, 1, 1}, {3, 2, 1}, {4, 3, 1}, {5, 4, 1},
                                       {2, 6, 1}, {4, 7, 1}, {7, 7, 2}, {9, 8, 1}};
    static const char *const outcomes[] = {"score_gain"}, *const scales[] = {"A*reading", "B/C*math",
                                                                             "D*reading"};
    sg_made *made = make_units();
    sg_results *results;
    const sg_estimate *iet, *between, *lone;

    (void)state;
    made->config.analysis.outcomes = outcomes;
    made->config.analysis.n_outcomes = 1;
    made->cohort.has_tests = true;
    made->cohort.scales = scales;
    made->cohort.n_scales = 3;
    made->cohort.designs[SG_DESIGN_LANDMARK].amounts[SG_AMOUNT_SCORE_GAIN] = (sg_amounts){
        points, sizeof points / sizeof *points};
    results = analyse(made);
    iet = sg_results_estimate(results,
                              "2023/score_gain/instrument=B%2FC*subject=math/iet/mean/welch/landmark");
    between = sg_results_estimate(
        results, "2023/score_gain/instrument=B%2FC*subject=math/all/mean_difference/welch/landmark");
    lone = sg_results_estimate(results,
                               "2023/score_gain/instrument=D*subject=reading/comparison/mean/welch/landmark");
    assert_non_null(iet);
    assert_non_null(between);
    assert_non_null(lone);
    sg_assert_close(iet->estimate, 3, 1e-12, 0);
    sg_assert_close(iet->ci_low, 1.036757, 1e-6, 0);
    sg_assert_close(iet->ci_high, 4.963243, 1e-6, 0);
    assert_int_equal(iet->n_iet, 5);
    assert_string_equal(iet->dimension, "instrument*subject");
    assert_string_equal(iet->note, "points of the test's scale, no rate");
    sg_assert_close(between->estimate, -2, 1e-12, 0);
    sg_assert_close(between->std_error, 2.198484, 1e-6, 0);
    sg_assert_close(between->df, 2.471712, 1e-5, 0);
    assert_int_equal(between->n_comparison, 3);
    sg_assert_close(lone->estimate, 7, 0, 0);
    assert_true(isnan(lone->ci_low));
    assert_int_equal(lone->n_comparison, 1);
    for (size_t i = 0; i < results->n_estimates; i++) {
        assert_string_not_equal(results->estimates[i].level, "A*reading");
        if (!strcmp(results->estimates[i].outcome, "score_gain"))
            assert_int_equal(results->estimates[i].judgement, SG_JUDGED_NONE);
    }
    sg_results_free(results);
    sg_made_free(made);
}

/* IET 10, 20, 60: mean 30, median 20; of the comparison 7 and 8 alone have hours. Nothing sets the arms against each other. */
static void dose_is_described_in_each_arm(void **state)
{
    static const sg_amount hours[] = {{10, 0, 0}, {20, 1, 0}, {60, 2, 0}, {7, 7, 0}, {8, 8, 0}};
    static const char *const outcomes[] = {"contact_hours", "weeks_attended"};
    sg_made *made = make_units();
    sg_results *results;

    (void)state;
    made->config.analysis.outcomes = outcomes;
    made->config.analysis.n_outcomes = 2;
    made->cohort.designs[SG_DESIGN_LANDMARK].amounts[SG_AMOUNT_HOURS] = (sg_amounts){
        hours, sizeof hours / sizeof *hours};
    results = analyse(made);
    sg_assert_close(find(results, "landmark", "contact_hours", "iet", "mean")->estimate, 30, 1e-12, 0);
    sg_assert_close(find(results, "landmark", "contact_hours", "iet", "median")->estimate, 20, 1e-12, 0);
    sg_assert_close(find(results, "landmark", "contact_hours", "comparison", "mean")->estimate, 7.5, 1e-12,
                    0);
    assert_int_equal(find(results, "landmark", "contact_hours", "comparison", "median")->n_comparison, 2);
    assert_int_equal(find(results, "landmark", "weeks_attended", "iet", "mean")->status,
                     SG_ESTIMATE_NOT_ESTIMABLE);
    for (size_t i = 0; i < results->n_estimates; i++)
        assert_false(!strcmp(results->estimates[i].outcome, "contact_hours") &&
                     !strcmp(results->estimates[i].subset, "all"));
    sg_results_free(results);
    sg_made_free(made);
}

/* Of six learners in each arm, those of the second college have no say: two are at it, an IET learner who completed and another one who didn't. */
static void who_completed_is_a_share_of_those_whose_colleges_tell(void **state)
{
    static const sg_amount completed[] = {{1, 1, 0}, {1, 2, 0}, {1, 5, 0}, {1, 9, 0}};
    static const char *const outcomes[] = {"completed"};
    static const int16_t from[] = {2023, 2024}; /* the units are of 2023 */
    sg_made *made = make_units();
    const sg_estimate *iet, *comparison;
    sg_results *results;

    (void)state;
    made->config.analysis.outcomes = outcomes;
    made->config.analysis.n_outcomes = 1;
    made->cohort.completions_from = from;
    made->college[5] = made->college[11] = 1;
    made->cohort.designs[SG_DESIGN_LANDMARK].amounts[SG_AMOUNT_COMPLETED] = (sg_amounts){completed, 4};
    results = analyse(made);
    iet = find(results, "landmark", "completed", "iet", "rate");
    comparison = find(results, "landmark", "completed", "comparison", "rate");
    assert_string_equal(iet->id, "2023/completed/all/iet/rate/wilson/landmark");
    sg_assert_close(iet->estimate, 0.4, 1e-12, 0);
    assert_int_equal(iet->x_iet, 2);
    assert_int_equal(iet->n_iet, 5);
    sg_assert_close(comparison->estimate, 0.2, 1e-12, 0);
    assert_int_equal(comparison->x_comparison, 1);
    assert_int_equal(comparison->n_comparison, 5);
    for (size_t i = 0; i < results->n_estimates; i++)
        assert_false(!strcmp(results->estimates[i].outcome, "completed") &&
                     (!strcmp(results->estimates[i].subset, "all") || results->estimates[i].judgement));
    sg_results_free(results);
    sg_made_free(made);
}

static void a_completion_that_no_export_tells_of_is_a_gap_and_no_figure(void **state)
{
    static const char *const outcomes[] = {"completed"};
    sg_made *made = make_units();
    sg_results *results;
    bool told = false;

    (void)state;
    made->config.analysis.outcomes = outcomes;
    made->config.analysis.n_outcomes = 1;
    results = analyse(made);
    assert_null(find(results, "landmark", "completed", "iet", "rate"));
    for (size_t i = 0; i < results->facts.n_gaps; i++)
        told = told || strstr(results->facts.gaps[i], "no enrollment tells when its program was completed");
    assert_true(told);
    sg_results_free(results);
    sg_made_free(made);
}

static void earnings_that_no_export_tells_of_are_a_gap_and_no_figure(void **state)
{
    static const char *const outcomes[] = {"earnings_q2"};
    sg_made *made = make_units();
    sg_results *results;
    bool told = false;

    (void)state;
    made->config.analysis.outcomes = outcomes;
    made->config.analysis.n_outcomes = 1;
    made->cohort.outcomes_up_to = SG_DAY_NONE;
    results = analyse(made);
    assert_null(find(results, "landmark", "earnings_q2", "iet", "median"));
    for (size_t i = 0; i < results->facts.n_gaps; i++)
        told = told || strstr(results->facts.gaps[i], "The outcome earnings_q2 was not computed") != NULL;
    assert_true(told);
    sg_results_free(results);
    sg_made_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_outcome_that_is_not_known_of_all_has_its_own_size),
        cmocka_unit_test(reach_is_a_rate_of_those_of_whom_it_is_known),
        cmocka_unit_test(days_to_the_first_gain_are_worked_out_where_units_are_followed),
        cmocka_unit_test(days_to_a_credential_are_of_those_of_whom_it_is_known),
        cmocka_unit_test(earnings_have_a_median_in_each_arm_and_a_shift_between_them),
        cmocka_unit_test(score_gains_are_told_by_scale_as_means_of_points),
        cmocka_unit_test(dose_is_described_in_each_arm),
        cmocka_unit_test(who_completed_is_a_share_of_those_whose_colleges_tell),
        cmocka_unit_test(a_completion_that_no_export_tells_of_is_a_gap_and_no_figure),
        cmocka_unit_test(earnings_that_no_export_tells_of_are_a_gap_and_no_figure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
