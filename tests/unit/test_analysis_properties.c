/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for the results of any cohort, on seeded random ones. */
#include "support/assert.h"

#include <math.h>
#include <string.h>

#include "skillgain/analysis.h"
#include "support/made_cohort.h"

enum { ROUNDS = 30, ARMS = 3 };

/* splitmix64 (Steele, Lea, Flood 2014) */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static unsigned below(uint64_t *seed, unsigned n)
{
    return (unsigned)(next_random(seed) % n);
}

static sg_made_row random_row(uint64_t *seed, unsigned n_hues)
{
    const sg_made_row row = {.state = below(seed, 4) ? SG_COHORT_IN : SG_COHORT_LEFT_EARLY,
                             .arm = (sg_arm)below(seed, 3),
                             .gained = below(seed, 4),
                             .hue = (uint8_t)below(seed, n_hues),
                             .coast = (uint8_t)below(seed, SG_N_COASTS)};

    return row;
}

/* Sizes from a few to some hundreds, so that empty, small and large groups occur. */
static sg_made *make_random(uint64_t seed)
{
    sg_made *made = sg_made_new();
    unsigned n = 1 + below(&seed, 1U << (2 + below(&seed, 8))), n_hues = 1 + below(&seed, SG_N_HUES);

    for (int year = 2022; year <= 2023; year++)
        for (unsigned i = 0; i < n; i++)
            sg_made_add_two(made, 1, year, (int)below(&seed, 2), random_row(&seed, n_hues),
                            random_row(&seed, n_hues));
    return made;
}

static sg_results *analyse(const sg_made *made, const char *college)
{
    const sg_analysis_options options = {.college = college, .banner = "", .jobs = 2};
    sg_results *results = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_analysis_run(&made->cohort, &made->config, &options, &results, &err), &err);
    return results;
}

/* ---- swapping the arms ---- */

static void swap_arms(sg_made *made)
{
    for (int design = 0; design < SG_MADE_DESIGNS; design++)
        for (size_t i = 0; i < made->cohort.n; i++) {
            uint8_t *arm = &made->cohort.designs[design].arm[i];

            if (*arm != SG_ARM_NEITHER)
                *arm = *arm == SG_ARM_IS_IET ? SG_ARM_IS_COMPARISON : SG_ARM_IS_IET;
        }
}

static void expect_same(double got, double want, const char *what, const char *id)
{
    if (isnan(want) ? !isnan(got) : !sg_is_close(got, want, 1e-12, 1e-9))
        fail_msg("%s of %s is %.17g, not %.17g", what, id, got, want);
}

static void expect_mirrored(const sg_estimate *e, const sg_estimate *mirror)
{
    assert_int_equal(e->status, mirror->status);
    assert_int_equal(e->n_iet, mirror->n_comparison);
    assert_int_equal(e->x_comparison, mirror->x_iet);
    expect_same(mirror->estimate, -e->estimate, "estimate", e->id);
    expect_same(mirror->ci_low, -e->ci_high, "ci_low", e->id);
    expect_same(mirror->ci_high, -e->ci_low, "ci_high", e->id);
    expect_same(mirror->p_value, e->p_value, "p_value", e->id);
    expect_same(mirror->p_adjusted, e->p_adjusted, "p_adjusted", e->id);
}

static void swapping_the_arms_mirrors_differences_and_differences_of_gaps(void **state)
{
    size_t n = 0;

    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        sg_made *made = make_random(round);
        sg_results *results = analyse(made, NULL), *swapped;

        swap_arms(made);
        swapped = analyse(made, NULL);
        for (size_t i = 0; i < results->n_estimates; i++) {
            const sg_estimate *e = &results->estimates[i], *mirror;

            if (strcmp(e->estimand, "risk_difference") != 0 && strcmp(e->estimand, "gap_closure") != 0)
                continue;
            if (strchr(e->variant, ',') != NULL)
                continue; /* other definitions go by grades, which were not swapped */
            mirror = sg_results_estimate(swapped, e->id);
            assert_non_null(mirror);
            expect_mirrored(e, mirror);
            n += e->status != SG_ESTIMATE_NOT_ESTIMABLE;
        }
        sg_results_free(swapped);
        sg_results_free(results);
        sg_made_free(made);
    }
    assert_true(n > 1000);
}

/* ---- cells ---- */

static bool same_place(const sg_cell *a, const sg_cell *b)
{
    return a->program_year == b->program_year && !strcmp(a->variant, b->variant);
}

/* Everyone's cell of the same year, design, outcome, arm and measure. */
static int64_t total_of(const sg_results *results, const sg_cell *cell)
{
    sg_cell key = *cell;
    const sg_cell *total;

    key.dimension = "all";
    key.level = "all";
    total = sg_results_cell(results, &key);
    assert_non_null(total);
    return total->count;
}

/* The cells of an outcome stand by dimension and level, with the same arms and measures in each. */
static void levels_of_each_dimension_add_up_to_everyone(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        sg_made *made = make_random(round);
        sg_results *results = analyse(made, NULL);

        for (size_t i = 0; i < results->n_cells; i++) {
            const sg_cell *first = &results->cells[i];
            int64_t sum = 0;

            if (strcmp(first->level, "unknown") != 0)
                continue;
            for (size_t j = 0; j < results->n_cells; j++) {
                const sg_cell *cell = &results->cells[j];

                if (same_place(cell, first) && cell->arm == first->arm && cell->measure == first->measure &&
                    !strcmp(cell->dimension, first->dimension) && !strcmp(cell->outcome, first->outcome))
                    sum += cell->count;
            }
            assert_int_equal(sum, total_of(results, first));
        }
        sg_results_free(results);
        sg_made_free(made);
    }
}

static int64_t count_of(const sg_results *results, const sg_cell *like, const char *outcome,
                        sg_measure measure)
{
    sg_cell key = *like;
    const sg_cell *cell;

    key.outcome = outcome;
    key.measure = measure;
    cell = sg_results_cell(results, &key);
    assert_non_null(cell);
    return cell->count;
}

static void the_four_parts_of_msg_add_up_to_every_group(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        sg_made *made = make_random(round);
        sg_results *results = analyse(made, round % 2 ? "A1" : NULL);

        for (size_t i = 0; i < results->n_cells; i++) {
            const sg_cell *cell = &results->cells[i];
            int64_t common, both, other, none;

            if (cell->measure != SG_MEASURE_N)
                continue;
            common = count_of(results, cell, "msg", SG_MEASURE_COMMON_ONLY);
            both = count_of(results, cell, "msg", SG_MEASURE_BOTH);
            other = count_of(results, cell, "msg", SG_MEASURE_OTHER_ONLY);
            none = count_of(results, cell, "msg", SG_MEASURE_NO_GAIN);
            assert_int_equal(cell->count, common + both + other + none);
            assert_int_equal(count_of(results, cell, "msg_common", SG_MEASURE_X), common + both);
            assert_int_equal(count_of(results, cell, "msg", SG_MEASURE_X), common + both + other);
        }
        sg_results_free(results);
        sg_made_free(made);
    }
}

static void all_is_iet_and_comparison_in_every_measure(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        sg_made *made = make_random(round);
        sg_results *results = analyse(made, NULL);

        for (size_t i = 0; i < results->n_cells; i++) {
            sg_cell key = results->cells[i];
            int64_t sum = 0;

            if (key.arm != SG_ARM_ALL)
                continue;
            for (int arm = SG_ARM_IET; arm < ARMS; arm++) {
                const sg_cell *part;

                key.arm = (sg_arm_subset)arm;
                part = sg_results_cell(results, &key);
                assert_non_null(part);
                sum += part->count;
            }
            assert_int_equal(results->cells[i].count, sum);
        }
        sg_results_free(results);
        sg_made_free(made);
    }
}

static void the_colleges_add_up_to_the_state(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        sg_made *made = make_random(round);
        sg_results *all = analyse(made, NULL), *first = analyse(made, "A1"), *second = analyse(made, "B 2");

        assert_int_equal(all->n_cells, first->n_cells);
        assert_int_equal(all->n_cells, second->n_cells);
        for (size_t i = 0; i < all->n_cells; i++)
            assert_int_equal(all->cells[i].count, first->cells[i].count + second->cells[i].count);
        sg_results_free(all);
        sg_results_free(first);
        sg_results_free(second);
        sg_made_free(made);
    }
}

/* ---- estimates ---- */

static void expect_sound(const sg_estimate *e)
{
    const double figures[] = {e->estimate,  e->std_error, e->ci_low,  e->ci_high,
                              e->statistic, e->df,        e->p_value, e->p_adjusted};
    bool ratio = !strcmp(e->estimand, "risk_ratio") || !strcmp(e->estimand, "odds_ratio");

    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (isinf(figures[i]) || (e->status == SG_ESTIMATE_NOT_ESTIMABLE && !isnan(figures[i])))
            fail_msg("figure %zu of %s is %g", i, e->id, figures[i]);
    if (e->status == SG_ESTIMATE_NOT_ESTIMABLE)
        assert_true(*e->note != '\0');
    if (e->status == SG_ESTIMATE_NOT_ESTIMABLE || !strcmp(e->estimand, "independence"))
        return;
    if (!(e->ci_low <= e->estimate && e->estimate <= e->ci_high))
        fail_msg("%s is %g, outside %g to %g", e->id, e->estimate, e->ci_low, e->ci_high);
    if (!ratio && strcmp(e->estimand, "gap_closure") != 0 && (e->ci_low < -1 || e->ci_high > 1))
        fail_msg("%s has limits %g to %g", e->id, e->ci_low, e->ci_high);
}

static void every_estimate_is_finite_and_inside_its_limits_or_says_why_not(void **state)
{
    static const char *const references[] = {"all_others", "overall", "highest", "largest", "0.3", "cyan"};

    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        sg_made *made = make_random(round);
        sg_results *results;

        sg_made_refer(made, "hue", references[round % 6]);
        results = analyse(made, NULL);
        for (size_t i = 0; i < results->n_estimates; i++)
            expect_sound(&results->estimates[i]);
        sg_results_free(results);
        sg_made_free(made);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swapping_the_arms_mirrors_differences_and_differences_of_gaps),
        cmocka_unit_test(levels_of_each_dimension_add_up_to_everyone),
        cmocka_unit_test(the_four_parts_of_msg_add_up_to_every_group),
        cmocka_unit_test(all_is_iet_and_comparison_in_every_measure),
        cmocka_unit_test(the_colleges_add_up_to_the_state),
        cmocka_unit_test(every_estimate_is_finite_and_inside_its_limits_or_says_why_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
