/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of every model and every weighting, on data made up from a fixed seed. */
#include "support/assert.h"

#include <math.h>

#include "skillgain/base/mem.h"
#include "unit/test_stats_models/made.h"

/* Everything that is compared between two samples. */
typedef struct {
    sg_gcomp_result gcomp;
    sg_weighting_result ate, att, ato;
    sg_aipw_result aipw;
    sg_linear_result linear;
} results;

static results run_all(const sg_observations *sample, sg_arena *arena)
{
    results r;
    sg_err err = {0};

    sg_assert_ok(sg_gcomp(sample, &WITH_ARM, SG_TARGET_ALL, 0.95, arena, &r.gcomp, &err), &err);
    sg_assert_ok(sg_weighting(sample, &SCORE, SG_ESTIMAND_ATE, 0.95, arena, &r.ate, &err), &err);
    sg_assert_ok(sg_weighting(sample, &SCORE, SG_ESTIMAND_ATT, 0.95, arena, &r.att, &err), &err);
    sg_assert_ok(sg_weighting(sample, &SCORE, SG_ESTIMAND_ATO, 0.95, arena, &r.ato, &err), &err);
    sg_assert_ok(sg_aipw(sample, &SCORE, &USUAL, 0.95, arena, &r.aipw, &err), &err);
    sg_assert_ok(sg_linear(sample, &WITH_ARM, 0.95, arena, &r.linear, &err), &err);
    assert_int_equal(r.gcomp.status, SG_EST_OK);
    assert_int_equal(r.ate.status, SG_EST_OK);
    assert_int_equal(r.aipw.status, SG_EST_OK);
    assert_int_equal(r.linear.status, SG_EST_OK);
    return r;
}

/* sign: of b's differences against a's; scale: of its standard errors that know no clusters. */
static void check_alike(const results *a, const results *b, double sign, double scale)
{
    const double within = 1e-9, part = 1e-7;

    sg_assert_close(b->gcomp.difference.estimate, sign * a->gcomp.difference.estimate, within, part);
    sg_assert_close(b->gcomp.influence, scale * a->gcomp.influence, within, part);
    sg_assert_close(b->gcomp.influence_clustered, a->gcomp.influence_clustered, within, part);
    sg_assert_close(b->gcomp.delta_cr1, a->gcomp.delta_cr1, within, part);
    sg_assert_close(b->ate.difference.estimate, sign * a->ate.difference.estimate, within, part);
    sg_assert_close(b->ate.m_estimation, scale * a->ate.m_estimation, within, part);
    sg_assert_close(b->ate.clustered, a->ate.clustered, within, part);
    sg_assert_close(b->ato.difference.estimate, sign * a->ato.difference.estimate, within, part);
    sg_assert_close(b->ato.m_estimation, scale * a->ato.m_estimation, within, part);
    sg_assert_close(b->aipw.ate.estimate, sign * a->aipw.ate.estimate, within, part);
    sg_assert_close(b->aipw.ate_se_plain, scale * a->aipw.ate_se_plain, within, part);
    sg_assert_close(b->aipw.ate_se_clustered, a->aipw.ate_se_clustered, within, part);
    sg_assert_close(b->linear.coefficients[1].classical.estimate,
                    sign * a->linear.coefficients[1].classical.estimate, within, part);
    sg_assert_close(b->linear.coefficients[1].cr3, a->linear.coefficients[1].cr3, within, part);
    sg_assert_close(b->linear.coefficients[1].cr2.std_error, a->linear.coefficients[1].cr2.std_error, within,
                    part);
    sg_assert_close(b->linear.coefficients[1].cr2.df, a->linear.coefficients[1].cr2.df, 1e-6, 1e-6);
    if (sign > 0.0)
        sg_assert_close(b->att.difference.estimate, a->att.difference.estimate, within, part);
}

/* ---- samples that mean the same ---- */

typedef void check(const made *m, sg_arena *arena);

static void for_samples(unsigned first_seed, check *checked)
{
    static made m;

    for (unsigned i = 0; i < N_CASES; i++) {
        SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
        assert_non_null(arena);
        make_data(&m, first_seed + i, 80 + i % 100);
        checked(&m, arena);
    }
}

static void check_patterns(const made *m, sg_arena *arena)
{
    sg_observations patterns;
    sg_err err = {0};

    sg_assert_ok(sg_observations_aggregate(&m->sample, arena, &patterns, &err), &err);
    assert_true(patterns.n_rows < m->sample.n_rows);
    const results a = run_all(&m->sample, arena), b = run_all(&patterns, arena);
    check_alike(&a, &b, 1.0, 1.0);
    sg_assert_close(b.gcomp.fit.learners, (double)m->sample.n_rows, 0.0, 0.0);
}

static void patterns_give_what_learners_give(void **unused)
{
    (void)unused;
    for_samples(1, check_patterns);
}

/* Learners backwards make the same patterns, in the same order, to the bit. */
static void check_backwards(const made *m, sg_arena *arena)
{
    static made back;
    const size_t n = m->sample.n_rows;
    sg_observations a, b;
    sg_err err = {0};

    for (size_t i = 0; i < n; i++)
        take_row(&back, i, m, n - 1 - i);
    connect(&back, n);
    sg_assert_ok(sg_observations_aggregate(&m->sample, arena, &a, &err), &err);
    sg_assert_ok(sg_observations_aggregate(&back.sample, arena, &b, &err), &err);
    assert_int_equal(a.n_rows, b.n_rows);
    for (size_t i = 0; i < a.n_rows; i++) {
        sg_assert_close(a.count[i], b.count[i], 0.0, 0.0);
        sg_assert_close(a.success[i], b.success[i], 0.0, 0.0);
        assert_int_equal(a.arm[i], b.arm[i]);
        assert_int_equal(a.variables[0].levels[i], b.variables[0].levels[i]);
    }
    const results r = run_all(&m->sample, arena), s = run_all(&back.sample, arena);
    check_alike(&r, &s, 1.0, 1.0);
}

static void the_order_of_learners_makes_no_difference(void **unused)
{
    (void)unused;
    for_samples(1001, check_backwards);
}

static void check_doubled(const made *m, sg_arena *arena)
{
    static made twice;
    const size_t n = m->sample.n_rows;

    for (size_t i = 0; i < 2 * n; i++)
        take_row(&twice, i, m, i / 2);
    connect(&twice, 2 * n);
    const results a = run_all(&m->sample, arena), b = run_all(&twice.sample, arena);
    sg_assert_close(b.gcomp.difference.estimate, a.gcomp.difference.estimate, 1e-9, 1e-7);
    sg_assert_close(b.gcomp.delta, a.gcomp.delta / sqrt(2.0), 1e-9, 1e-7);
    sg_assert_close(b.gcomp.influence, a.gcomp.influence / sqrt(2.0), 1e-9, 1e-7);
    sg_assert_close(b.ate.m_estimation, a.ate.m_estimation / sqrt(2.0), 1e-9, 1e-7);
    if (!(a.aipw.fit1.separated + a.aipw.fit0.separated > 0.0)) /* Firth's penalty weighs less on more */
        sg_assert_close(b.aipw.ate_se_plain, a.aipw.ate_se_plain / sqrt(2.0), 1e-9, 1e-7);
    sg_assert_close(b.gcomp.influence_clustered, a.gcomp.influence_clustered, 1e-9, 1e-7);
}

static void every_learner_twice_halves_the_variance(void **unused)
{
    (void)unused;
    for_samples(2001, check_doubled);
}

static void check_swapped(const made *m, sg_arena *arena)
{
    static made other;
    const size_t n = m->sample.n_rows;

    for (size_t i = 0; i < n; i++) {
        take_row(&other, i, m, i);
        other.arm[i] = m->arm[i] == 1 ? 0 : 1;
    }
    connect(&other, n);
    const results a = run_all(&m->sample, arena), b = run_all(&other.sample, arena);
    check_alike(&a, &b, -1.0, 1.0);
    sg_assert_close(b.gcomp.ratio.estimate, 1.0 / a.gcomp.ratio.estimate, 1e-9, 1e-7);
    sg_assert_close(b.gcomp.difference.low, -a.gcomp.difference.high, 1e-9, 1e-7);
}

static void swapping_the_arms_turns_the_differences_round(void **unused)
{
    (void)unused;
    for_samples(3001, check_swapped);
}

/* ---- what a saturated model and overlap weights must give ---- */

static void check_saturated(const made *m, sg_arena *arena)
{
    const sg_model saturated = {.arm = true, .by_arm = 1};
    sg_observations sample = m->sample;
    double x[2][3] = {{0.0}}, n[2][3] = {{0.0}}, standard[2] = {0.0};
    sg_gcomp_result r;
    sg_err err = {0};

    sample.n_variables = 1;
    for (size_t i = 0; i < sample.n_rows; i++) {
        x[m->arm[i]][m->level[i]] += m->success[i];
        n[m->arm[i]][m->level[i]] += 1.0;
    }
    for (size_t arm = 0; arm < 2; arm++) {
        for (size_t level = 0; level < 3; level++) {
            if (!(x[arm][level] > 0.0 && x[arm][level] < n[arm][level]))
                return; /* a cell of none or all: no logit reaches it */
            standard[arm] += (n[0][level] + n[1][level]) / (double)sample.n_rows * x[arm][level] /
                             n[arm][level];
        }
    }
    sg_assert_ok(sg_gcomp(&sample, &saturated, SG_TARGET_ALL, 0.95, arena, &r, &err), &err);
    assert_int_equal(r.status, SG_EST_OK);
    sg_assert_close(r.r1, standard[1], 1e-10, 1e-9);
    sg_assert_close(r.r0, standard[0], 1e-10, 1e-9);
}

static void a_saturated_model_gives_the_rates_of_its_cells(void **unused)
{
    (void)unused;
    for_samples(4001, check_saturated);
}

static void check_overlap(const made *m, sg_arena *arena)
{
    const size_t n = m->sample.n_rows;
    double flags[3][MOST], weight[MOST];
    sg_propensity_result score;
    sg_err err = {0};

    sg_assert_ok(sg_propensity(&m->sample, &SCORE, 0.95, arena, &score, &err), &err);
    for (size_t i = 0; i < n; i++) {
        weight[i] = sg_propensity_weight(SG_ESTIMAND_ATO, score.scores[i], m->arm[i]);
        flags[0][i] = m->level[i] == 1 ? 1.0 : 0.0;
        flags[1][i] = m->level[i] == 2 ? 1.0 : 0.0;
        flags[2][i] = m->number[i];
    }
    for (size_t k = 0; k < 3; k++) {
        const sg_balance_data data = {.n = n, .values = flags[k], .arm = m->arm, .weight = weight};
        sg_balance b;
        sg_assert_ok(sg_balance_of(&data, &b, &err), &err);
        sg_assert_close(b.mean1, b.mean0, 1e-8, 0.0);
    }
}

static void overlap_weights_balance_what_the_score_knows(void **unused)
{
    (void)unused;
    for_samples(5001, check_overlap);
}

/* ---- matching against the plain search ---- */

static size_t find_plainly(const sg_match_task *task, const bool *used, size_t row)
{
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < task->n; i++) {
        const double distance = fabs(task->logit[i] - task->logit[row]);
        if (task->arm[i] == 1 || used[i] || task->exact[i] != task->exact[row] || distance > task->caliper)
            continue;
        if (best == SIZE_MAX || distance < fabs(task->logit[best] - task->logit[row]))
            best = i;
    }
    return best;
}

static void check_matching(const made *m, sg_arena *arena)
{
    const size_t n = m->sample.n_rows, ratio = 2;
    double logit[MOST];
    bool used[MOST] = {false};
    size_t got[MOST], order[MOST], n_treated = 0;
    sg_match_result r;
    sg_err err = {0};

    for (size_t i = 0; i < n; i++)
        logit[i] = floor(draw() * 40.0) / 8.0 - 2.0; /* eighths: ties are exact */
    const sg_match_task task = {.n = n,
                                .logit = logit,
                                .arm = m->arm,
                                .outcome = m->success,
                                .exact = m->level,
                                .caliper = 0.5,
                                .ratio = ratio};
    sg_assert_ok(sg_match(&task, 0.95, arena, &r, &err), &err);
    for (size_t i = 0; i < n; i++) { /* treated from the highest, by insertion */
        size_t at = n_treated;
        if (m->arm[i] == 0)
            continue;
        for (; at > 0 && logit[order[at - 1]] < logit[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
        n_treated++;
    }
    for (size_t round = 0; round < ratio; round++) {
        for (size_t t = 0; t < n_treated; t++) {
            const size_t row = order[t];
            const size_t want = round > 0 && got[row] == SIZE_MAX ? SIZE_MAX : find_plainly(&task, used, row);
            got[row] = want;
            if (want != SIZE_MAX)
                used[want] = true;
            assert_int_equal(r.control[row * ratio + round], want);
        }
    }
}

static void matching_finds_what_the_plain_search_finds(void **unused)
{
    (void)unused;
    for_samples(6001, check_matching);
}

/* ---- the jackknife and the wild bootstrap ---- */

static void the_jackknife_of_coefficients_is_that_of_refits(void **unused)
{
    static made m, rest;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_logit_result whole, part;
    sg_figure figures[5];
    double squares = 0.0;
    sg_err err = {0};

    (void)unused;
    assert_non_null(arena);
    make_data(&m, 77, MOST);
    sg_assert_ok(sg_logit(&m.sample, &WITH_ARM, 0.95, arena, &whole, &err), &err);
    assert_int_equal(whole.n_coefficients, 5);
    sg_assert_ok(sg_logit_jackknife(&m.sample, &WITH_ARM, &(sg_jackknife_plan){0.95, 1}, 5, figures, &err),
                 &err);
    for (uint32_t g = 0; g < N_COLLEGES; g++) {
        size_t n = 0;
        for (size_t i = 0; i < MOST; i++) {
            if (m.college[i] != g)
                take_row(&rest, n++, &m, i);
        }
        connect(&rest, n);
        sg_assert_ok(sg_logit(&rest.sample, &WITH_ARM, 0.95, arena, &part, &err), &err);
        const double distance = part.coefficients[1].model.estimate - whole.coefficients[1].model.estimate;
        squares += distance * distance;
    }
    sg_assert_close(figures[1].std_error, sqrt(squares * (N_COLLEGES - 1.0) / N_COLLEGES), 1e-9, 1e-8);
    sg_assert_close(figures[1].df, N_COLLEGES - 1.0, 0.0, 0.0);
}

static void a_wild_bootstrap_counts_the_data_themselves(void **unused)
{
    static made m;
    sg_wild_result r, few;
    sg_err err = {0};

    (void)unused;
    for (unsigned seed = 0; seed < 50; seed++) {
        make_data(&m, 300 + seed, 150);
        sg_assert_ok(sg_wild_cluster(&m.sample, &WITH_ARM, 1, 0, 1, &r, &err), &err);
        assert_int_equal(r.status, SG_EST_OK);
        sg_assert_close(r.draws, 64.0, 0.0, 0.0);
        assert_true(r.count >= 2.0 && r.p >= r.smallest_p && r.p <= 1.0);
    }
    sg_assert_ok(sg_wild_cluster(&m.sample, &WITH_ARM, 99, 0, 1, &few, &err), &err);
    assert_int_equal(few.status, SG_EST_NOT_ESTIMABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_give_what_learners_give),
        cmocka_unit_test(the_order_of_learners_makes_no_difference),
        cmocka_unit_test(every_learner_twice_halves_the_variance),
        cmocka_unit_test(swapping_the_arms_turns_the_differences_round),
        cmocka_unit_test(a_saturated_model_gives_the_rates_of_its_cells),
        cmocka_unit_test(overlap_weights_balance_what_the_score_knows),
        cmocka_unit_test(matching_finds_what_the_plain_search_finds),
        cmocka_unit_test(the_jackknife_of_coefficients_is_that_of_refits),
        cmocka_unit_test(a_wild_bootstrap_counts_the_data_themselves),
        cmocka_unit_test(what_cannot_be_answered_says_why),
        cmocka_unit_test(columns_without_news_are_left_out),
        cmocka_unit_test(separated_outcomes_are_told_and_fitted_by_firth),
        cmocka_unit_test(firth_has_a_maximum_whatever_is_separated),
        cmocka_unit_test(a_row_of_thousands_is_not_taken_for_separation),
        cmocka_unit_test(a_fit_finds_back_from_where_its_steps_go_astray),
        cmocka_unit_test(a_small_weight_does_not_hide_separation),
        cmocka_unit_test(models_of_learners_drawn_anew_spread_as_their_errors_say),
        cmocka_unit_test(a_model_bootstrap_says_why_there_is_none),
        cmocka_unit_test(a_redraw_without_an_arm_has_no_coefficient),
        cmocka_unit_test(sums_over_rows_are_those_row_by_row),
        cmocka_unit_test(a_fit_from_near_is_the_fit),
        cmocka_unit_test(patterns_are_the_same_by_place_and_by_hash),
        cmocka_unit_test(missing_numbers_become_the_median_and_a_flag),
    };
    sg_stats_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
