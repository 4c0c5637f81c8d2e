/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of amounts and of times. */
#include "support/assert.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tables.h"

enum { MOST_VALUES = 12 };

typedef struct {
    double y1[MOST_VALUES], y0[MOST_VALUES];
    size_t n1, n0;
} amounts;

/* Few different values, so that ties abound; or many, so that there are hardly any. */
static amounts draw_amounts(source *s)
{
    const int64_t most = draw_to(s, 1) == 0 ? 6 : 100000;
    amounts a = {.n1 = 2 + (size_t)draw_to(s, MOST_VALUES - 2),
                 .n0 = 2 + (size_t)draw_to(s, MOST_VALUES - 2)};

    for (size_t i = 0; i < a.n1; i++)
        a.y1[i] = (double)draw_to(s, most);
    for (size_t i = 0; i < a.n0; i++)
        a.y0[i] = (double)draw_to(s, most);
    return a;
}

static void for_amounts(uint64_t seed, int n, void (*check)(const amounts *a))
{
    source s = {.at = seed};

    for (int i = 0; i < n; i++) {
        const amounts a = draw_amounts(&s);
        check(&a);
    }
}

static sg_sample first_of(const amounts *a)
{
    return (sg_sample){.values = a->y1, .n = a->n1};
}

static sg_sample second_of(const amounts *a)
{
    return (sg_sample){.values = a->y0, .n = a->n0};
}

static int compare_numbers(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return *a < *b ? -1 : *a > *b;
}

/* ---- swapped arms ---- */

static void check_swapped(const amounts *a)
{
    const sg_welch w = sg_welch_test(first_of(a), second_of(a), 0.9),
                   w2 = sg_welch_test(second_of(a), first_of(a), 0.9);
    const sg_hedges h = sg_hedges_g(first_of(a), second_of(a), 0.9),
                    h2 = sg_hedges_g(second_of(a), first_of(a), 0.9);
    sg_figure b, b2;
    sg_hodges_lehmann l, l2;
    sg_err err = {0};

    assert_int_equal(w.difference.status, w2.difference.status);
    if (w.difference.status == SG_EST_OK) {
        check_mirrored(&w.difference, &w2.difference, 1e-8);
        check_mirrored(&h.g, &h2.g, 1e-10);
    }
    sg_assert_ok(sg_brunner_munzel(first_of(a), second_of(a), 0.9, &b, &err), &err);
    sg_assert_ok(sg_brunner_munzel(second_of(a), first_of(a), 0.9, &b2, &err), &err);
    sg_assert_close(b.estimate, 1.0 - b2.estimate, 1e-14, 0.0);
    assert_true(isnan(b.low) == isnan(b2.high));
    if (!isnan(b.low))
        sg_assert_close(b.low, 1.0 - b2.high, 1e-12, 1e-12);
    sg_assert_ok(sg_hodges_lehmann_shift(first_of(a), second_of(a), 0.9, &l, &err), &err);
    sg_assert_ok(sg_hodges_lehmann_shift(second_of(a), first_of(a), 0.9, &l2, &err), &err);
    check_mirrored(&l.shift, &l2.shift, 0.0);
}

void swapping_the_arms_turns_amounts_round(void **state)
{
    (void)state;
    for_amounts(201, N_TABLES, check_swapped);
}

/* ---- by counting ---- */

static void check_ranks(const amounts *a)
{
    double differences[MOST_VALUES * MOST_VALUES], u = 0.0;
    const size_t n = a->n1 * a->n0;
    sg_mann_whitney m;
    sg_figure b;
    sg_hodges_lehmann l;
    sg_err err = {0};

    for (size_t i = 0; i < n; i++) {
        differences[i] = a->y1[i / a->n0] - a->y0[i % a->n0];
        u += differences[i] > 0.0 ? 1.0 : differences[i] < 0.0 ? 0.0 : 0.5;
    }
    qsort(differences, n, sizeof *differences, compare_numbers);
    sg_assert_ok(sg_mann_whitney_test(first_of(a), second_of(a), &m, &err), &err);
    sg_assert_ok(sg_brunner_munzel(first_of(a), second_of(a), 0.95, &b, &err), &err);
    sg_assert_ok(sg_hodges_lehmann_shift(first_of(a), second_of(a), 0.95, &l, &err), &err);
    sg_assert_close(m.u, u, 0.0, 0.0);
    sg_assert_close(m.superiority, b.estimate, 1e-14, 0.0);
    sg_assert_close(l.shift.estimate, (differences[(n - 1) / 2] + differences[n / 2]) / 2.0, 0.0, 0.0);
    sg_assert_close(l.shift.low, differences[(size_t)l.k - 1], 0.0, 0.0);
    sg_assert_close(l.shift.high, differences[n - (size_t)l.k], 0.0, 0.0);
}

void ranks_and_shifts_agree_with_counting_pairs(void **state)
{
    (void)state;
    for_amounts(202, N_TABLES, check_ranks);
}

/* Every choice of the IET learners among n1 + n0 places, as bits. */
static double count_exact(size_t n1, size_t n, size_t u)
{
    double low = 0.0, high = 0.0, total = 0.0;

    for (unsigned set = 0; set < 1U << n; set++) {
        size_t chosen = 0, below = 0, sum = 0;
        for (size_t i = 0; i < n; i++) {
            if ((set >> i & 1U) != 0) {
                chosen++;
                sum += below;
            } else {
                below++;
            }
        }
        if (chosen != n1)
            continue;
        total += 1.0;
        low += sum <= u ? 1.0 : 0.0;
        high += sum >= u ? 1.0 : 0.0;
    }
    return fmin(1.0, 2.0 * fmin(low, high) / total);
}

void the_exact_rank_test_agrees_with_every_order(void **state)
{
    source s = {.at = 203};

    (void)state;
    for (int i = 0; i < 60; i++) {
        const amounts a = draw_amounts(&s);
        const size_t n1 = 1 + a.n1 % 5, n0 = 1 + a.n0 % 5;
        sg_test test;
        sg_err err = {0};
        sg_assert_ok(sg_mann_whitney_exact((sg_sample){a.y1, n1}, (sg_sample){a.y0, n0}, &test, &err), &err);
        if (test.status == SG_EST_OK)
            sg_assert_close(test.p_value, count_exact(n1, n1 + n0, (size_t)test.statistic), 0.0, 1e-14);
        else
            assert_string_equal(test.note, "ties");
    }
}

/* ---- times ---- */

/* The amounts as times from 1 on, all ending in an event, and the first arm's as IET. */
static size_t make_spells(const amounts *a, sg_spell *spells, bool *iet)
{
    for (size_t i = 0; i < a->n1 + a->n0; i++) {
        iet[i] = i < a->n1;
        spells[i] = (sg_spell){.stop = 1.0 + (i < a->n1 ? a->y1[i] : a->y0[i - a->n1]), .event = true};
    }
    return a->n1 + a->n0;
}

static void check_uncensored(const amounts *a)
{
    sg_spell spells[2 * MOST_VALUES];
    bool iet[2 * MOST_VALUES];
    double times[2 * MOST_VALUES], shares[2][1], tau = 4.0, area = 0.0, beyond = 0.0;
    int causes[2 * MOST_VALUES];
    const size_t n = make_spells(a, spells, iet);
    sg_curve curve = {0};
    sg_err err = {0};

    for (size_t i = 0; i < n; i++) {
        times[i] = spells[i].stop;
        causes[i] = i % 2 == 0 ? 1 : 2;
        area += fmin(times[i], tau);
        beyond += times[i] > tau ? 1.0 : 0.0;
    }
    sg_assert_ok(sg_kaplan_meier(spells, n, 0.95, &curve, &err), &err);
    double *const out[2] = {shares[0], shares[1]};
    sg_assert_ok(sg_cumulative_incidence(times, causes, n, &tau, 1, out, &err), &err);
    const sg_curve_point at = sg_curve_at(&curve, tau);
    sg_assert_close(at.survival, beyond / (double)n, 1e-12, 0.0);
    sg_assert_close(shares[0][0] + shares[1][0], 1.0 - at.survival, 1e-12, 0.0);
    sg_assert_close(sg_curve_restricted_mean(&curve, tau).estimate, area / (double)n, 1e-12, 1e-12);
    if (at.survival > 0.0 && at.survival < 1.0) {
        assert_true(0.0 <= at.low && at.low < at.survival && at.survival < at.high && at.high <= 1.0);
        sg_assert_close(at.std_error, sqrt(at.survival * (1.0 - at.survival) / (double)n), 1e-12, 1e-10);
    }
    sg_curve_release(&curve);
}

void without_censoring_a_curve_is_the_plain_share(void **state)
{
    (void)state;
    for_amounts(204, N_TABLES, check_uncensored);
}

static sg_log_rank rank_spells(const sg_spell *spells, const bool *iet, const size_t *strata, size_t n,
                               size_t n_strata)
{
    sg_log_rank t;
    sg_err err = {0};

    sg_assert_ok(sg_log_rank_test(spells, iet, strata, n, n_strata, &t, &err), &err);
    return t;
}

static void check_log_rank(const amounts *a)
{
    sg_spell spells[4 * MOST_VALUES];
    bool iet[4 * MOST_VALUES], other[4 * MOST_VALUES];
    size_t strata[4 * MOST_VALUES];
    const size_t n = make_spells(a, spells, iet);

    for (size_t i = 0; i < n; i++) {
        spells[i].event = i % 3 != 0;
        other[i] = !iet[i];
        strata[i] = 1;
    }
    const sg_log_rank t = rank_spells(spells, iet, NULL, n, 1), u = rank_spells(spells, other, NULL, n, 1);
    const sg_log_rank in_one = rank_spells(spells, iet, strata, n, 3);
    assert_int_equal(t.status, u.status);
    sg_assert_close(t.observed - t.expected, u.expected - u.observed, 1e-10, 1e-10);
    sg_assert_close(t.variance, u.variance, 1e-11, 1e-10);
    sg_assert_close(in_one.expected, t.expected, 1e-12, 1e-12);
    sg_assert_close(in_one.variance, t.variance, 1e-12, 1e-12);
    /* a learner's time in two pieces, of one arm, is the same time */
    for (size_t i = 0; i < n; i++) {
        const double cut = spells[i].stop / 2.0;
        spells[n + i] = (sg_spell){.start = cut, .stop = spells[i].stop, .event = spells[i].event};
        iet[n + i] = iet[i];
        spells[i] = (sg_spell){.stop = cut, .event = false};
    }
    const sg_log_rank pieces = rank_spells(spells, iet, NULL, 2 * n, 1);
    sg_assert_close(pieces.observed, t.observed, 0.0, 0.0);
    sg_assert_close(pieces.expected, t.expected, 1e-11, 1e-11);
    sg_assert_close(pieces.variance, t.variance, 1e-11, 1e-11);
}

void a_log_rank_test_knows_no_arm_and_no_pieces(void **state)
{
    (void)state;
    for_amounts(205, N_TABLES, check_log_rank);
}

void amounts_and_times_without_an_answer_say_so(void **state)
{
    static const double values[] = {1.0, 1.0, 1.0};
    const double bad[] = {1.0, nan(""), HUGE_VAL};
    const sg_sample same = {values, 3}, one = {values, 1}, none = {NULL, 0}, broken = {bad, 3};
    const sg_spell backward = {.start = 3.0, .stop = 2.0};
    sg_mann_whitney m;
    sg_figure f;
    sg_hodges_lehmann l;
    sg_median median;
    sg_curve curve = {0};
    sg_err err = {0};

    (void)state;
    assert_string_equal(sg_welch_test(same, same, 0.95).difference.note, "no variation in either arm");
    assert_string_equal(sg_mean_t(one, 0.95).note, "too few for an interval");
    assert_string_equal(sg_mean_t(same, 0.95).note, "no variation");
    assert_true(isnan(sg_mean_t(same, 0.95).low) && isfinite(sg_mean_t(same, 0.95).estimate));
    assert_int_equal(sg_mean_t((sg_sample){NULL, 0}, 0.95).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_mean_t(same, 1).status, SG_EST_NOT_ESTIMABLE);
    assert_string_equal(sg_welch_test(one, same, 0.95).difference.note, "fewer than two learners in an arm");
    assert_string_equal(sg_hedges_g(same, none, 0.95).g.note, "no comparison learners");
    assert_string_equal(sg_hedges_g(broken, same, 0.95).g.note, "a value that is no number");
    sg_assert_ok(sg_mann_whitney_test(same, same, &m, &err), &err);
    assert_string_equal(m.note, "all values are equal");
    sg_assert_ok(sg_brunner_munzel(none, same, 0.95, &f, &err), &err);
    assert_string_equal(f.note, "no IET learners");
    sg_assert_ok(sg_hodges_lehmann_shift(same, same, 0.95, &l, &err), &err);
    sg_assert_close(l.shift.high, 0.0, 0.0, 0.0);
    sg_assert_ok(sg_median_of(one, 0.95, &median, &err), &err);
    assert_true(isinf(median.median.low) && isinf(median.median.high));
    sg_assert_ok(sg_median_of(none, 0.95, &median, &err), &err);
    assert_int_equal(median.median.status, SG_EST_NOT_ESTIMABLE);
    sg_assert_ok(sg_kaplan_meier(&backward, 1, 0.95, &curve, &err), &err);
    assert_string_equal(curve.note, "a time that cannot be");
    assert_int_equal(sg_curve_median(&curve).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_curve_restricted_mean(&curve, 3.0).status, SG_EST_NOT_ESTIMABLE);
    sg_curve_release(&curve);
}
