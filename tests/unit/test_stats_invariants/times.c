/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of times, censored or not, and of amounts in another order. */
#include <math.h>
#include <string.h>

#include "drawn.h"
#include "support/assert.h"

enum { MOST_SPELLS = 24 };
static const double CONF = 0.9;

typedef struct {
    sg_spell spells[COPIES * MOST_SPELLS];
    bool iet[COPIES * MOST_SPELLS];
    size_t strata[COPIES * MOST_SPELLS];
    size_t n;
} lives;

/* Whole days, so that ties abound; half of them censored, or none. */
static lives draw_lives(dice *d)
{
    const bool censors = throw(d, 2) == 0;
    lives l = {.n = 2 + throw(d, MOST_SPELLS - 1)};

    for (size_t i = 0; i < l.n; i++) {
        l.spells[i] = (sg_spell){.stop = 1 + throw(d, 12), .event = !censors || throw(d, 2) == 0};
        l.iet[i] = i == 0 || (i > 1 && throw(d, 2) == 0); /* one of each arm at least */
        l.strata[i] = throw(d, 3);
    }
    return l;
}

static void for_lives(uint64_t seed, void (*check)(dice *d, const lives *l))
{
    dice d = {seed};

    for (int i = 0; i < N_CASES; i++) {
        const lives l = draw_lives(&d);
        check(&d, &l);
    }
}

static void assert_alike(double got, double want, double near, double part)
{
    if (isnan(want))
        assert_true(isnan(got));
    else
        sg_assert_close(got, want, near, part);
}

static void curve_of(const lives *l, int arm, sg_curve *out)
{
    sg_spell spells[COPIES * MOST_SPELLS];
    size_t n = 0;
    sg_err err = {0};

    for (size_t i = 0; i < l->n; i++) {
        if (arm < 0 || l->iet[i] == (arm == 1))
            spells[n++] = l->spells[i];
    }
    *out = (sg_curve){0};
    sg_assert_ok(sg_kaplan_meier(spells, n, CONF, out, &err), &err);
}

/* ---- arms ---- */

static void check_means(dice *d, const lives *l)
{
    sg_curve curves[2];
    const double tau = 1.0 + throw(d, 12);

    curve_of(l, 0, &curves[0]);
    curve_of(l, 1, &curves[1]);
    const sg_restricted_means a = sg_compare_restricted_means(&curves[1], &curves[0], tau),
                              b = sg_compare_restricted_means(&curves[0], &curves[1], tau);
    assert_int_equal(a.difference.status, SG_EST_OK);
    assert_int_equal(b.difference.status, SG_EST_OK);
    sg_assert_close(b.difference.estimate, -a.difference.estimate, 1e-12, 0.0);
    assert_alike(b.difference.std_error, a.difference.std_error, 1e-12, 1e-12);
    assert_alike(b.difference.low, -a.difference.high, 1e-11, 1e-11);
    assert_alike(b.difference.high, -a.difference.low, 1e-11, 1e-11);
    assert_alike(b.difference.p_value, a.difference.p_value, 1e-12, 1e-9);
    sg_assert_close(a.ratio * b.ratio, 1.0, 0.0, 1e-12);
    sg_curve_release(&curves[0]);
    sg_curve_release(&curves[1]);
}

void swapping_the_arms_mirrors_restricted_means(void **state)
{
    (void)state;
    for_lives(31, check_means);
}

/* ---- copies ---- */

static void check_copied(dice *d, const lives *l)
{
    lives often = {.n = COPIES * l->n};
    sg_curve once, many;
    const double tau = 1.0 + throw(d, 12), root = sqrt(COPIES);

    for (size_t i = 0; i < often.n; i++) {
        often.spells[i] = l->spells[i / COPIES];
        often.iet[i] = l->iet[i / COPIES];
    }
    curve_of(l, -1, &once);
    curve_of(&often, -1, &many);
    assert_int_equal(many.n_points, once.n_points);
    for (size_t i = 0; i < once.n_points; i++) {
        sg_assert_close(many.points[i].survival, once.points[i].survival, 1e-13, 0.0);
        assert_alike(root * many.points[i].std_error, once.points[i].std_error, 1e-13, 1e-10);
    }
    const sg_figure mean = sg_curve_restricted_mean(&once, tau), mean2 = sg_curve_restricted_mean(&many, tau);
    const sg_figure median = sg_curve_median(&once), median2 = sg_curve_median(&many);
    sg_assert_close(mean2.estimate, mean.estimate, 1e-12, 0.0);
    assert_alike(root * mean2.std_error, mean.std_error, 1e-12, 1e-10);
    assert_alike(median2.estimate, median.estimate, 0.0, 0.0);
    sg_curve_release(&once);
    sg_curve_release(&many);
}

void copies_leave_curves_and_halve_their_variance(void **state)
{
    (void)state;
    for_lives(32, check_copied);
}

/* ---- order ---- */

static sg_log_rank rank_of(const lives *l, bool in_strata)
{
    sg_log_rank t;
    sg_err err = {0};

    sg_assert_ok(sg_log_rank_test(l->spells, l->iet, in_strata ? l->strata : NULL, l->n, 4, &t, &err), &err);
    return t;
}

static void check_order(dice *d, const lives *l)
{
    size_t order[MOST_SPELLS];
    lives other = {.n = l->n};
    sg_curve a, b;

    shuffle(d, order, l->n);
    for (size_t i = 0; i < l->n; i++) {
        other.spells[i] = l->spells[order[i]];
        other.iet[i] = l->iet[order[i]];
        other.strata[i] = l->strata[order[i]];
    }
    curve_of(l, 1, &a);
    curve_of(&other, 1, &b);
    assert_int_equal(a.n_points, b.n_points);
    if (a.n_points > 0)
        assert_memory_equal(a.points, b.points, a.n_points * sizeof *a.points);
    sg_curve_release(&a);
    sg_curve_release(&b);
    for (int in_strata = 0; in_strata < 2; in_strata++) {
        const sg_log_rank t = rank_of(l, in_strata), u = rank_of(&other, in_strata);
        assert_int_equal(t.status, u.status);
        sg_assert_close(u.observed, t.observed, 0.0, 0.0);
        sg_assert_close(u.expected, t.expected, 0.0, 0.0);
        sg_assert_close(u.variance, t.variance, 0.0, 0.0);
    }
}

void the_order_of_spells_changes_not_a_bit(void **state)
{
    (void)state;
    for_lives(33, check_order);
}

/* ---- strata ---- */

static void check_lonely(dice *d, const lives *l)
{
    enum { LONELY = 5 };
    lives more = *l;
    const bool arm = throw(d, 2) == 0;

    for (size_t i = 0; i < LONELY; i++) {
        more.spells[l->n + i] = (sg_spell){.stop = 1 + throw(d, 12), .event = true};
        more.iet[l->n + i] = arm;
        more.strata[l->n + i] = 3;
    }
    more.n = l->n + LONELY;
    const sg_log_rank t = rank_of(l, true), u = rank_of(&more, true);
    assert_int_equal(t.status, u.status);
    sg_assert_close(u.observed - u.expected, t.observed - t.expected, 1e-12, 0.0);
    sg_assert_close(u.variance, t.variance, 1e-13, 0.0);
    assert_alike(u.x2, t.x2, 1e-10, 1e-10);
}

void spells_of_one_arm_are_no_stratum(void **state)
{
    (void)state;
    for_lives(34, check_lonely);
}

/* ---- one cause ---- */

static void check_cause(dice *d, const lives *l)
{
    double times[MOST_SPELLS], at[13], first[13], second[13];
    int causes[MOST_SPELLS];
    sg_curve curve;
    sg_err err = {0};

    (void)d;
    for (size_t i = 0; i < l->n; i++) {
        times[i] = l->spells[i].stop;
        causes[i] = l->spells[i].event ? 1 : 0;
    }
    for (size_t i = 0; i < 13; i++)
        at[i] = (double)i + 0.5;
    double *const out[2] = {first, second};
    sg_assert_ok(sg_cumulative_incidence(times, causes, l->n, at, 13, out, &err), &err);
    curve_of(l, -1, &curve);
    for (size_t i = 0; i < 13; i++) {
        sg_assert_close(first[i], 1.0 - sg_curve_at(&curve, at[i]).survival, 1e-12, 0.0);
        sg_assert_close(second[i], 0.0, 0.0, 0.0);
    }
    sg_curve_release(&curve);
}

void cumulative_incidence_of_one_cause_is_the_curves_rest(void **state)
{
    (void)state;
    for_lives(35, check_cause);
}

/* ---- amounts ---- */

static void check_amounts(dice *d, const lives *l)
{
    double y[2][MOST_SPELLS], z[2][MOST_SPELLS];
    size_t n[2] = {0, 0}, order[MOST_SPELLS];
    sg_mann_whitney a, b;
    sg_figure f, g;
    sg_hodges_lehmann h, k;
    sg_err err = {0};

    for (size_t i = 0; i < l->n; i++)
        y[l->iet[i]][n[l->iet[i]]++] = l->spells[i].stop;
    for (size_t arm = 0; arm < 2; arm++) {
        shuffle(d, order, n[arm]);
        for (size_t i = 0; i < n[arm]; i++)
            z[arm][i] = y[arm][order[i]];
    }
    const sg_sample y1 = {y[1], n[1]}, y0 = {y[0], n[0]}, z1 = {z[1], n[1]}, z0 = {z[0], n[0]};
    const sg_welch w = sg_welch_test(y1, y0, CONF), v = sg_welch_test(z1, z0, CONF);
    assert_int_equal(w.difference.status, v.difference.status);
    assert_alike(v.difference.estimate, w.difference.estimate, 1e-13, 0.0);
    assert_alike(v.difference.std_error, w.difference.std_error, 1e-13, 1e-12);
    sg_assert_ok(sg_mann_whitney_test(y1, y0, &a, &err), &err);
    sg_assert_ok(sg_mann_whitney_test(z1, z0, &b, &err), &err);
    assert_alike(b.z, a.z, 1e-13, 0.0);
    sg_assert_ok(sg_brunner_munzel(y1, y0, CONF, &f, &err), &err);
    sg_assert_ok(sg_brunner_munzel(z1, z0, CONF, &g, &err), &err);
    assert_alike(g.estimate, f.estimate, 1e-14, 0.0);
    assert_alike(g.std_error, f.std_error, 1e-13, 1e-12);
    sg_assert_ok(sg_hodges_lehmann_shift(y1, y0, CONF, &h, &err), &err);
    sg_assert_ok(sg_hodges_lehmann_shift(z1, z0, CONF, &k, &err), &err);
    assert_alike(k.shift.estimate, h.shift.estimate, 0.0, 0.0);
    assert_alike(k.shift.low, h.shift.low, 0.0, 0.0);
}

void the_order_of_amounts_changes_nothing(void **state)
{
    (void)state;
    for_lives(36, check_amounts);
}
