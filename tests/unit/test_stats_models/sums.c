/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is computed for many rows at once is what it is row by row. */
#include "support/assert.h"

#include <math.h>

#include "skillgain/base/mem.h"
#include "stats/fit.h"
#include "unit/test_stats_models/made.h"

static const sg_model WHOLE = {.arm = true, .by_arm = 1, .cluster_effects = true};

/* The design of the patterns, and of the learners in their own order. */
static sg_design build(const made *m, bool patterns, sg_arena *arena)
{
    sg_observations *sample = sg_arena_alloc(arena, 1, sizeof *sample);
    const char *obstacle = NULL;
    sg_design design;
    sg_err err = {0};

    assert_non_null(sample);
    *sample = m->sample;
    if (patterns)
        sg_assert_ok(sg_observations_aggregate(&m->sample, arena, sample, &err), &err);
    sg_assert_ok(sg_design_build(sample, &WHOLE, true, arena, &design, &obstacle, &err), &err);
    assert_null(obstacle);
    return design;
}

static double *make_numbers(size_t n, sg_arena *arena)
{
    double *numbers = sg_arena_alloc(arena, n, sizeof *numbers);

    assert_non_null(numbers);
    for (size_t i = 0; i < n; i++)
        numbers[i] = draw() - 0.5;
    return numbers;
}

/* x'A x of the row's entries, in the order in which they stand. */
static double square_of(sg_entries x, const double *matrix, size_t p)
{
    double sum = 0.0;

    for (size_t i = 0; i < x.n; i++) {
        for (size_t j = 0; j < x.n; j++)
            sum += x.value[i] * x.value[j] * matrix[x.index[i] * p + x.index[j]];
    }
    return sum;
}

static void check_sums(const sg_design *design, sg_arena *arena)
{
    const size_t n = design->n_rows, p = design->n_columns;
    const double *beta = make_numbers(p, arena), *single = make_numbers(n, arena);
    const double *square = make_numbers(n, arena);
    double *out = make_numbers(n, arena), *sum = make_numbers(p, arena), *matrix = make_numbers(p * p, arena);
    double *plain_sum = sg_arena_alloc(arena, p, sizeof *plain_sum);
    double *plain = sg_arena_alloc(arena, p * p, sizeof *plain);

    assert_non_null(plain_sum);
    assert_non_null(plain);
    sg_design_multiply(design, beta, out);
    sg_design_gather(design, single, square, sum, matrix);
    for (size_t i = 0; i < n; i++) {
        const sg_entries x = sg_design_entries(design, i, design->arm[i]);
        assert_true(sg_design_entries(design, i, 1).n > sg_design_entries(design, i, 0).n);
        sg_assert_close(out[i], sg_entries_dot(x, beta), 1e-12, 0.0);
        sg_entries_add(x, single[i], plain_sum);
        sg_entries_outer(x, square[i], plain, p);
    }
    sg_symmetrise(plain, p);
    for (size_t j = 0; j < p; j++)
        sg_assert_close(sum[j], plain_sum[j], 1e-12, 0.0);
    for (size_t j = 0; j < p * p; j++)
        sg_assert_close(matrix[j], plain[j], 1e-12, 0.0);
    sg_design_quadratic(design, plain, out);
    for (size_t i = 0; i < n; i++)
        sg_assert_close(out[i], square_of(sg_design_entries(design, i, design->arm[i]), plain, p), 1e-9,
                        1e-12);
}

void sums_over_rows_are_those_row_by_row(void **unused)
{
    static made m;

    (void)unused;
    for (unsigned i = 0; i < N_CASES; i++) {
        SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
        make_data(&m, 5001 + i, 80 + i);
        const sg_design patterns = build(&m, true, arena), learners = build(&m, false, arena);
        size_t shared = 0;
        for (size_t row = 1; row < patterns.n_rows; row++)
            shared += patterns.shared[row] > 1 ? 1 : 0;
        assert_true(shared > patterns.n_rows / 2); /* else sorting would be for nothing */
        check_sums(&patterns, arena);
        check_sums(&learners, arena);
    }
}

/* From the fit to all learners, to those that are left when some are gone. */
void a_fit_from_near_is_the_fit(void **unused)
{
    static made m;

    (void)unused;
    for (unsigned i = 0; i < N_CASES; i++) {
        SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
        sg_fit whole, plain, near;
        sg_response response;
        sg_err err = {0};
        make_data(&m, 6001 + i, 300);
        const sg_design design = build(&m, false, arena);
        sg_assert_ok(sg_response_make(&design, SG_OUTCOME, arena, &response, &err), &err);
        sg_assert_ok(sg_fit_logit(&design, response, arena, &whole, &err), &err);
        double *count = make_numbers(design.n_rows, arena), *success = make_numbers(design.n_rows, arena);
        for (size_t row = 0; row < design.n_rows; row++) {
            count[row] = draw() < 0.2 ? 0.0 : 1.0;
            success[row] = count[row] * response.success[row];
        }
        response = (sg_response){count, success};
        sg_assert_ok(sg_fit_logit(&design, response, arena, &plain, &err), &err);
        const bool has_maximum = !sg_fit_is_suspect(&plain, &design, response); /* else they stop somewhere */
        for (unsigned exact = 0; exact < 2; exact++) {
            const double gain = exact ? 1e-13 : 1e-7, close = exact ? 1e-9 : 1e-5;
            sg_assert_ok(sg_fit_logit_near(&design, response, &whole, gain, true, arena, &near, &err), &err);
            assert_int_equal(near.converged, plain.converged);
            for (size_t j = 0; has_maximum && j < design.n_columns; j++)
                sg_assert_close(near.beta[j], plain.beta[j], close, close);
            for (size_t row = 0; has_maximum && row < design.n_rows; row++)
                sg_assert_close(near.mu[row], plain.mu[row], close, 0.0);
        }
    }
}

/* A number that is the same for all sends the search for patterns to the hash. */
void patterns_are_the_same_by_place_and_by_hash(void **unused)
{
    static made m;
    static const double same[MOST] = {0.0};

    (void)unused;
    for (unsigned i = 0; i < N_CASES; i++) {
        SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
        sg_observations by_place, by_hash;
        sg_err err = {0};
        make_data(&m, 7001 + i, 20 + i);
        for (size_t row = 0; row < 20 + i; row += 7)
            m.success[row] = nan("");
        m.variables[1].numbers = same;
        sg_assert_ok(sg_observations_aggregate(&m.sample, arena, &by_hash, &err), &err);
        m.sample.n_variables = 1;
        sg_assert_ok(sg_observations_aggregate(&m.sample, arena, &by_place, &err), &err);
        assert_int_equal(by_place.n_rows, by_hash.n_rows);
        for (size_t row = 0; row < by_place.n_rows; row++) {
            assert_int_equal(by_place.arm[row], by_hash.arm[row]);
            assert_int_equal(by_place.cluster[row], by_hash.cluster[row]);
            assert_int_equal(by_place.variables[0].levels[row], by_hash.variables[0].levels[row]);
            sg_assert_close(by_place.count[row], by_hash.count[row], 0.0, 0.0);
            sg_assert_close(by_place.success[row], by_hash.success[row], 0.0, 0.0);
        }
    }
}
