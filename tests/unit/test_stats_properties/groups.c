/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of indices, of sensitivity and design, of shrunken rates and of resampling. */
#include "support/assert.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_randist.h>

#include "stats/multinomial.h"
#include "tables.h"

enum { N_GROUPS = 7, N_VALUES = 199 };

/* ---- indices ---- */

static void check_needs(const table *t)
{
    const sg_counts everyone = {t->iet.x + t->comparison.x, t->iet.n + t->comparison.n};
    const double needed = sg_needed_moving(t->iet, everyone);
    const double n = (double)t->iet.n, all = (double)everyone.n;
    const sg_point_gap gap = sg_percentage_point_gap(t->iet, rate_of(t->comparison), &sg_rule_package);

    /* enough, and one fewer is not */
    assert_true(((double)t->iet.x + needed) / n >= ((double)everyone.x + needed) / all - 1e-12);
    if (needed > 0.0)
        assert_true(((double)t->iet.x + needed - 1.0) / n < ((double)everyone.x + needed - 1.0) / all);
    assert_int_equal(gap.status, SG_EST_OK);
    assert_true(gap.margin >= 0.03);
    assert_true(!gap.is_flagged || gap.gap < 0.0);
    assert_true(gap.needed_not_flagged <= gap.needed_parity);
    if (everyone.x > 0) {
        const sg_proportionality p = sg_proportionality_index(t->iet, everyone, 0.8);
        sg_assert_close(p.index, rate_of(t->iet) / rate_of(everyone), 1e-14, 1e-12);
        sg_assert_close(p.needed_parity, needed, 0.0, 0.0);
    }
}

void what_is_needed_is_enough_and_no_more(void **state)
{
    (void)state;
    for_tables(301, N_TABLES, 3000, check_needs);
}

/* ---- sensitivity ---- */

static void check_sensitivity(const table *t)
{
    const double rr = 0.05 + 4.0 * rate_of(t->iet), low = rr * 0.8, high = rr * 1.3;
    const sg_e_value e = sg_e_value_of(SG_MEASURE_RISK_RATIO, false, rr, low, high, 1.0);
    const sg_e_value turned = sg_e_value_of(SG_MEASURE_RISK_RATIO, false, 1.0 / rr, 1.0 / high, 1.0 / low,
                                            1.0);
    const int64_t pairs = t->comparison.n, treated = t->comparison.x;
    const double gamma = sg_rosenbaum_gamma(pairs, treated, 0.05);

    assert_true(e.of_estimate >= e.of_limit && e.of_limit >= 1.0);
    sg_assert_close(turned.of_estimate, e.of_estimate, 0.0, 1e-10);
    sg_assert_close(turned.of_limit, e.of_limit, 0.0, 1e-10);
    assert_true(sg_rosenbaum_p(pairs, treated, 1.5) >= sg_rosenbaum_p(pairs, treated, 1.0));
    if (!isnan(gamma))
        sg_assert_close(sg_rosenbaum_p(pairs, treated, gamma), 0.05, 1e-8, 0.0);
}

void sensitivity_knows_no_direction(void **state)
{
    (void)state;
    for_tables(302, N_TABLES, 400, check_sensitivity);
}

static void check_missing(const table *t)
{
    const sg_incomplete iet = {t->iet, 5}, comparison = {t->comparison, 9};
    const sg_missing_bounds b = sg_bounds_of_missing(iet, comparison, 0.95);

    assert_true(b.worst <= b.best);
    assert_true(b.worst <= b.complete + 1e-12 && b.complete <= b.best + 1e-12);
    if (!isnan(b.tip))
        assert_true(b.complete < 0.0 ? b.tip_limit >= 0.0 : b.tip_limit <= 0.0);
}

void missing_outcomes_are_bounded(void **state)
{
    (void)state;
    for_tables(303, N_SLOW, 300, check_missing);
}

/* ---- shrunken rates ---- */

static size_t draw_groups(source *s, sg_counts *out)
{
    for (size_t i = 0; i < N_GROUPS; i++)
        out[i] = draw_table(s, 200).iet;
    return N_GROUPS;
}

void a_shrunken_rate_lies_between_its_own_and_all(void **state)
{
    source s = {.at = 304};

    (void)state;
    for (int i = 0; i < N_SLOW; i++) {
        sg_counts groups[N_GROUPS];
        sg_shrunk_rate rates[N_GROUPS];
        sg_shrunk_logit logits[N_GROUPS];
        const size_t n = draw_groups(&s, groups);
        const sg_beta_binomial fit = sg_fit_beta_binomial(groups, n, 0.95, rates);
        const sg_logit_shrinkage normal = sg_shrink_logits(groups, n, logits);
        for (size_t k = 0; k < n && fit.status == SG_EST_OK; k++) {
            const double own = rate_of(groups[k]);
            assert_true(rates[k].rate >= fmin(own, fit.mu) - 1e-12 &&
                        rates[k].rate <= fmax(own, fit.mu) + 1e-12);
            assert_true(isinf(fit.precision) ||
                        (rates[k].low <= rates[k].rate && rates[k].rate <= rates[k].high));
        }
        for (size_t k = 0; k < n && normal.status == SG_EST_OK; k++)
            assert_true(logits[k].shrunk >= fmin(logits[k].y, normal.mu) - 1e-9 &&
                        logits[k].shrunk <= fmax(logits[k].y, normal.mu) + 1e-9);
    }
}

/* At the top of the likelihood no neighbour is higher. */
void the_beta_binomial_fit_is_a_top(void **state)
{
    source s = {.at = 305};

    (void)state;
    for (int i = 0; i < 200; i++) {
        sg_counts groups[N_GROUPS];
        sg_shrunk_rate rates[N_GROUPS];
        const size_t n = draw_groups(&s, groups);
        const sg_beta_binomial fit = sg_fit_beta_binomial(groups, n, 0.95, rates);
        if (fit.status != SG_EST_OK || isinf(fit.precision))
            continue;
        for (int k = 0; k < 4; k++) {
            const double a = fit.alpha * (k == 0 ? 1.01 : k == 1 ? 0.99 : 1.0);
            const double b = fit.beta * (k == 2 ? 1.01 : k == 3 ? 0.99 : 1.0);
            double height = 0.0;
            for (size_t g = 0; g < n; g++) {
                const double x = (double)groups[g].x, size = (double)groups[g].n;
                height += lgamma(x + a) + lgamma(size - x + b) - lgamma(size + a + b) - lgamma(a) -
                          lgamma(b) + lgamma(a + b);
            }
            assert_true(height <= fit.log_likelihood + 1e-9);
        }
    }
}

void funnel_limits_hold_the_common_rate(void **state)
{
    source s = {.at = 306};

    (void)state;
    for (int i = 0; i < N_SLOW; i++) {
        sg_counts groups[N_GROUPS];
        sg_funnel_group limits[N_GROUPS];
        sg_funnel funnel;
        sg_err err = {0};
        const size_t n = draw_groups(&s, groups);
        sg_assert_ok(sg_funnel_of(groups, n, limits, &funnel, &err), &err);
        for (size_t k = 0; k < n && funnel.status == SG_EST_OK; k++) {
            assert_true(0.0 <= limits[k].low998 && limits[k].low998 <= limits[k].low95);
            assert_true(limits[k].low95 <= limits[k].high95 && limits[k].high95 <= limits[k].high998);
            assert_true(limits[k].high998 <= 1.0);
        }
    }
}

void groups_without_an_answer_say_so(void **state)
{
    static const sg_counts none[5] = {{0, 3}, {0, 4}, {0, 5}, {0, 6}, {0, 0}};
    sg_shrunk_rate rates[5];
    sg_shrunk_logit logits[5];
    sg_funnel_group limits[5];
    sg_funnel funnel;
    sg_intraclass icc;
    static const double values[] = {1.0, 0.0};
    static const size_t clusters[] = {0, 0};
    sg_err err = {0};

    (void)state;
    assert_string_equal(sg_fit_beta_binomial(none, 5, 0.95, rates).note, "fewer than five groups");
    sg_assert_close(rates[0].high, sg_rate_wilson(none[0], 0.95).high, 0.0, 0.0);
    assert_true(isnan(rates[4].rate));
    assert_string_equal(sg_shrink_logits(none, 1, logits).note, "fewer than two groups");
    sg_assert_ok(sg_funnel_of(none, 5, limits, &funnel, &err), &err);
    assert_string_equal(funnel.note, "nobody has the outcome");
    assert_true(isnan(limits[0].high95));
    sg_assert_ok(sg_intraclass_correlation(values, clusters, 2, 1, &icc, &err), &err);
    assert_string_equal(icc.note, "fewer than two clusters");
    assert_int_equal(sg_detectable_difference(0.0, 10, 10, 0.05, 0.8).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_correct_for_clusters(0.2, 10, 10, 20.0, 0.1).corrected.status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_percentage_point_gap(none[4], 0.5, &sg_rule_package).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_percentage_point_gap(none[0], nan(""), &sg_rule_package).status,
                     SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_eighty_percent_index(none[0], 0.0, 0.8).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_proportionality_index(none[0], none[0], 0.8).status, SG_EST_NOT_ESTIMABLE);
    assert_true(isnan(sg_needed_moving(none[0], none[0])));
}

/* ---- resampling ---- */

void replicates_depend_on_seed_and_id_alone(void **state)
{
    static const sg_stratum clusters[4] = {
        {{3, 9}, {5, 20}}, {{7, 12}, {4, 9}}, {{1, 4}, {8, 30}}, {{6, 9}, {2, 14}}};
    const sg_stream stream = {1, "msg"}, other_id = {1, "gain"}, other_seed = {2, "msg"};
    double first[N_VALUES], again[N_VALUES], fewer[N_VALUES];
    sg_bootstrap a, b;
    sg_err err = {0};

    (void)state;
    sg_assert_ok(sg_bootstrap_clusters(clusters, 4, &stream, 0.95, first, N_VALUES, &a, &err), &err);
    sg_assert_ok(sg_bootstrap_clusters(clusters, 4, &stream, 0.95, again, N_VALUES, &b, &err), &err);
    assert_memory_equal(first, again, sizeof first);
    sg_assert_ok(sg_bootstrap_clusters(clusters, 4, &stream, 0.95, fewer, 20, &b, &err), &err);
    assert_memory_equal(first, fewer, 20 * sizeof *first);
    assert_true(a.low <= a.estimate && a.estimate <= a.high);
    assert_int_not_equal(sg_stream_seed(&stream, 0), sg_stream_seed(&other_id, 0));
    assert_int_not_equal(sg_stream_seed(&stream, 0), sg_stream_seed(&other_seed, 0));
    assert_int_not_equal(sg_stream_seed(&stream, 0), sg_stream_seed(&stream, 1));
}

void resampled_cells_keep_their_sum_and_their_law(void **state)
{
    enum { N = 7, DRAWS = 20000, SHOWN = 4 };
    static const double counts[N] = {120.0, 0.0, 30.0, 4.0, 1.0, 9.0, 3000.0}, total = 3164.0;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const sg_stream stream = {7, "cells"};
    double sum[N] = {0.0}, squares[N] = {0.0}, product = 0.0, drawn[N], times[SHOWN] = {0.0};
    sg_cells cells;
    sg_err err = {0};

    (void)state;
    sg_assert_ok(sg_cells_prepare(counts, N, arena, &cells, &err), &err);
    for (uint64_t r = 0; r < DRAWS; r++) {
        double all = 0.0;
        sg_assert_ok(sg_cells_draw(&cells, &stream, r, drawn, &err), &err);
        for (size_t i = 0; i < N; i++) {
            all += drawn[i];
            sum[i] += drawn[i] / DRAWS;
            squares[i] += (drawn[i] - counts[i]) * (drawn[i] - counts[i]) / DRAWS;
        }
        sg_assert_close(all, total, 0.0, 0.0);
        product += (drawn[0] - counts[0]) * (drawn[6] - counts[6]) / DRAWS;
        for (size_t k = 0; k < SHOWN; k++)
            times[k] += fabs(drawn[3] - (double)k) <= 0.0 ? 1.0 : 0.0;
    }
    /* five standard errors of means, variances, a covariance, and the binomial shares of one cell; the cell without rows has none */
    for (size_t i = 0; i < N; i++) {
        const double variance = counts[i] * (1.0 - counts[i] / total);
        sg_assert_close(sum[i], counts[i], 5.0 * sqrt(variance / DRAWS), 0.0);
        sg_assert_close(squares[i], variance, 5.0 * sqrt((2.0 * variance + 1.0) * variance / DRAWS), 0.0);
    }
    sg_assert_close(product, -counts[0] * counts[6] / total, 5.0 * sqrt(2.0 * 120.0 * 156.0 / DRAWS), 0.0);
    for (unsigned k = 0; k < SHOWN; k++) {
        const double share = gsl_ran_binomial_pdf(k, counts[3] / total, (unsigned)total);
        sg_assert_close(times[k] / DRAWS, share, 5.0 * sqrt(share / DRAWS), 0.0);
    }
    sg_cells_release(&cells);
}

/* Few rows are all drawn one by one, with the law of drawing from a list. */
void a_handful_of_rows_is_drawn_one_by_one(void **state)
{
    static const double counts[3] = {1.0, 0.0, 2.0}, broken[2] = {1.5, 2.0}, none[2] = {0.0, 0.0};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const sg_stream stream = {1, "few"};
    double times[4] = {0.0}, drawn[3];
    sg_cells cells;
    sg_err err = {0};

    (void)state;
    sg_assert_ok(sg_cells_prepare(counts, 3, arena, &cells, &err), &err);
    for (uint64_t r = 0; r < 5000; r++) {
        sg_assert_ok(sg_cells_draw(&cells, &stream, r, drawn, &err), &err);
        sg_assert_close(drawn[0] + drawn[2], 3.0, 0.0, 0.0);
        times[(size_t)drawn[0]] += 1.0 / 5000.0;
    }
    for (unsigned k = 0; k < 4; k++)
        sg_assert_close(times[k], gsl_ran_binomial_pdf(k, 1.0 / 3.0, 3), 0.03, 0.0);
    sg_cells_release(&cells);
    assert_int_equal(sg_cells_prepare(broken, 2, arena, &cells, &err), SG_FAILED);
    assert_int_equal(sg_cells_prepare(none, 2, arena, &cells, &err), SG_FAILED);
    sg_cells_release(&cells);
}

/* Shuffling tends to the exact test. */
void a_permutation_test_tends_to_the_exact_one(void **state)
{
    static const double y[12] = {1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0};
    static const bool iet[12] = {true,  true,  true,  true, false, false,
                                 false, false, false, true, true,  false};
    static const size_t strata[12] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1};
    static double values[9999];
    const sg_labelled learners = {y, iet, strata, 12, 2};
    const sg_stream stream = {3, "permute"};
    sg_permutation p;
    sg_err err = {0};

    (void)state;
    sg_assert_ok(sg_permutation_test(&learners, &stream, values, 9999, &p, &err), &err);
    assert_int_equal(p.status, SG_EST_OK);
    /* labels of 3 of 4 and 1 of 4 with the outcome among 8, and 1 of 2 and 0 of 2 among 4: by counting, the share of |T| at least as large */
    double as_large = 0.0, all = 0.0;
    for (unsigned a = 0; a < 256; a++) {
        for (unsigned b = 0; b < 16; b++) {
            sg_stratum two[2] = {{{0}, {0}}, {{0}, {0}}};
            for (unsigned i = 0; i < 12; i++) {
                const bool in = i < 8 ? (a >> i & 1U) != 0 : (b >> (i - 8) & 1U) != 0;
                sg_counts *arm = in ? &two[strata[i]].iet : &two[strata[i]].comparison;
                arm->n++;
                arm->x += y[i] > 0.0 ? 1 : 0;
            }
            if (two[0].iet.n != 4 || two[1].iet.n != 2)
                continue;
            all += 1.0;
            as_large += fabs(sg_mh_risk_difference(two, 2, 0.95).estimate) >= fabs(p.statistic) - 1e-12 ? 1.0
                                                                                                        : 0.0;
        }
    }
    sg_assert_close(p.p, as_large / all, 5.0 * p.error, 0.0);
}
