/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the likelihood has a maximum the logit is at it; where it has none it says so. */
#include "unit/test_stats_models/made.h"

#include <math.h>

#include "support/assert.h"

enum { MOST_ROWS = 12 };

/* Rows by hand: an arm, two numbers, learners and how many of them have the outcome. */
typedef struct {
    double arm, a, b, success, count, weight;
} by_hand;

typedef struct {
    double a[MOST_ROWS], b[MOST_ROWS], count[MOST_ROWS], success[MOST_ROWS], weight[MOST_ROWS];
    uint8_t arm[MOST_ROWS];
    sg_variable variables[2];
    sg_observations sample;
} few_rows;

static void lay_out(const by_hand *rows, size_t n, size_t n_variables, few_rows *to)
{
    for (size_t i = 0; i < n; i++) {
        to->arm[i] = rows[i].arm > 0.0 ? 1 : 0;
        to->a[i] = rows[i].a;
        to->b[i] = rows[i].b;
        to->count[i] = rows[i].count;
        to->success[i] = rows[i].success;
        to->weight[i] = rows[i].weight;
    }
    to->variables[0] = (sg_variable){.name = "a", .numbers = to->a};
    to->variables[1] = (sg_variable){.name = "b", .numbers = to->b};
    to->sample = (sg_observations){.n_rows = n,
                                   .variables = to->variables,
                                   .n_variables = n_variables,
                                   .arm = to->arm,
                                   .count = to->count,
                                   .success = to->success,
                                   .weight = to->weight};
}

static sg_logit_result fit(const sg_observations *sample, sg_arena *arena)
{
    sg_logit_result r;
    sg_err err = {0};

    assert_non_null(arena);
    sg_assert_ok(sg_logit(sample, &WITH_ARM, 0.95, arena, &r, &err), &err);
    return r;
}

static sg_separation look(const sg_observations *sample)
{
    sg_separation found;
    sg_err err = {0};

    sg_assert_ok(sg_check_separation(sample, &WITH_ARM, &found, &err), &err);
    return found;
}

/* Of b0 + b1 arm + b2 a + b3 b the rows with both outcomes ask that it be 0: b0 = 2 b2 - b3, b1 = -7 b2 - b3. The others then ask for
 * b3 >= 4 b2, b2 >= b3 and 2 b2 + b3 >= 0, which only 0 meets. */
void a_row_of_thousands_is_not_taken_for_separation(void **unused)
{
    static const by_hand ROWS[] = {{1, 5, 2, 2, 4, 1},
                                   {1, -3, 4, 4, 4, 1},
                                   {0, -4, 3, 0, 21537, 1},
                                   {0, -2, 1, 1, 2, 1},
                                   {0, -4, 0, 0, 5, 1}};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    static few_rows few;

    (void)unused;
    lay_out(ROWS, 5, 2, &few);
    const sg_separation found = look(&few.sample);
    assert_false(found.separated || found.unsettled);
    const sg_logit_result r = fit(&few.sample, arena);
    assert_int_equal(r.status, SG_EST_OK);
    assert_true(r.fit.max_score < 1e-6);
}

/* Rows of one arm are one row: the rates of the arms are the fit. From the rows apart Newton's first steps go far astray. */
void a_fit_finds_back_from_where_its_steps_go_astray(void **unused)
{
    static const by_hand ROWS[] = {
        {1, 0, 0, 1174, 23487, 1},  {1, 0, 0, 64999, 64999, 1}, {1, 0, 0, 27218, 27218, 1},
        {1, 0, 0, 92892, 92892, 1}, {1, 0, 0, 0, 40, 1},        {0, 0, 0, 2807, 56145, 1},
        {0, 0, 0, 2719, 54373, 1},  {0, 0, 0, 1160, 23196, 1},  {0, 0, 0, 0, 46474, 1}};
    const double with1 = 1174 + 64999 + 27218 + 92892, n1 = with1 - 1174 + 23487 + 40;
    const double with0 = 2807 + 2719 + 1160, n0 = 56145 + 54373 + 23196 + 46474;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    static few_rows few;

    (void)unused;
    lay_out(ROWS, 9, 0, &few);
    const sg_logit_result r = fit(&few.sample, arena);
    assert_int_equal(r.status, SG_EST_OK);
    sg_assert_close(r.coefficients[0].model.estimate, log(with0 / (n0 - with0)), 1e-9, 1e-9);
    sg_assert_close(r.coefficients[1].model.estimate, log(with1 / (n1 - with1)) - log(with0 / (n0 - with0)),
                    1e-9, 1e-9);
}

/* No learner of the arm has the outcome, which the likelihood hardly feels. */
void a_small_weight_does_not_hide_separation(void **unused)
{
    static const by_hand ROWS[] = {{1, 1, 0, 0, 2, 4e-5},
                                   {0, 0, 0, 0, 5, 0.014},
                                   {0, -1, 0, 3386, 58997, 9.5e5},
                                   {1, 1, 0, 0, 2, 1.2e-5}};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    static few_rows few;

    (void)unused;
    lay_out(ROWS, 4, 1, &few);
    const sg_logit_result r = fit(&few.sample, arena);
    assert_int_equal(r.status, SG_EST_NOT_ESTIMABLE);
    assert_string_equal(r.note, "the outcomes are separated");
}
