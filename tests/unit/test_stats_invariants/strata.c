/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of tables in strata beyond their estimates: of limits, standard errors, tests and standardised rates. */
#include <math.h>
#include <string.h>

#include "drawn.h"
#include "support/assert.h"

enum { MOST_STRATA = 6 };
static const double CONF = 0.9;

typedef struct {
    sg_stratum strata[2 * MOST_STRATA];
    size_t n;
} layers;

/* 0 to 20 learners in an arm: one-armed and empty strata are among them. */
static layers draw_layers(dice *d)
{
    layers l = {.n = 1 + throw(d, MOST_STRATA)};

    for (size_t i = 0; i < l.n; i++) {
        sg_counts arms[2];
        for (size_t k = 0; k < 2; k++) {
            const unsigned n = throw(d, 8) == 0 ? 0 : throw(d, 21);
            arms[k] = (sg_counts){.x = throw(d, n + 1), .n = n};
        }
        l.strata[i] = (sg_stratum){arms[0], arms[1]};
    }
    return l;
}

static void for_layers(uint64_t seed, void (*check)(dice *d, const layers *l))
{
    dice d = {seed};

    for (int i = 0; i < N_CASES; i++) {
        const layers l = draw_layers(&d);
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

/* ---- arms ---- */

static void assert_mirrored(const sg_figure *f, const sg_figure *g)
{
    assert_int_equal(f->status, g->status);
    assert_alike(g->estimate, -f->estimate, 1e-12, 1e-10);
    assert_alike(g->std_error, f->std_error, 1e-12, 1e-8);
    assert_alike(g->low, -f->high, 1e-10, 1e-8);
    assert_alike(g->high, -f->low, 1e-10, 1e-8);
    assert_alike(g->p_value, f->p_value, 1e-10, 1e-8);
}

static void check_tests_swapped(const layers *l, const layers *other)
{
    const sg_cmh cmh = sg_cmh_test(l->strata, l->n), cmh2 = sg_cmh_test(other->strata, l->n);
    const sg_breslow_day bd = sg_breslow_day_test(l->strata, l->n),
                         bd2 = sg_breslow_day_test(other->strata, l->n);
    const sg_rd_homogeneity q = sg_rd_homogeneity_test(l->strata, l->n),
                            q2 = sg_rd_homogeneity_test(other->strata, l->n);
    sg_cmh_exact exact, exact2;
    sg_err err = {0};

    sg_assert_ok(sg_cmh_exact_test(l->strata, l->n, &exact, &err), &err);
    sg_assert_ok(sg_cmh_exact_test(other->strata, l->n, &exact2, &err), &err);
    assert_int_equal(exact.status, exact2.status);
    assert_alike(exact2.p, exact.p, 1e-13, 1e-10);
    assert_int_equal(cmh.status, cmh2.status);
    assert_alike(cmh2.x2, cmh.x2, 1e-10, 1e-9);
    assert_int_equal(bd.status, bd2.status);
    assert_alike(bd2.x2_tarone, bd.x2_tarone, 1e-7, 1e-7);
    assert_int_equal(q.status, q2.status);
    assert_alike(q2.q, q.q, 1e-10, 1e-9);
    assert_alike(q2.pooled, -q.pooled, 1e-12, 1e-10);
}

static void check_swapped(dice *d, const layers *l)
{
    layers other = *l;
    double comparison[MOST_STRATA];

    (void)d;
    for (size_t i = 0; i < l->n; i++) {
        other.strata[i] = (sg_stratum){l->strata[i].comparison, l->strata[i].iet};
        comparison[i] = (double)l->strata[i].comparison.n;
    }
    const sg_figure rd = sg_mh_risk_difference(l->strata, l->n, CONF),
                    rd2 = sg_mh_risk_difference(other.strata, l->n, CONF);
    const sg_standardised s = sg_standardise(l->strata, l->n, SG_STANDARD_TOTAL, NULL, CONF),
                          s2 = sg_standardise(other.strata, l->n, SG_STANDARD_TOTAL, NULL, CONF);
    /* those in IET are the others then */
    const sg_standardised given = sg_standardise(l->strata, l->n, SG_STANDARD_GIVEN, comparison, CONF),
                          iet2 = sg_standardise(other.strata, l->n, SG_STANDARD_IET, NULL, CONF);

    assert_mirrored(&rd, &rd2);
    assert_mirrored(&s.difference, &s2.difference);
    assert_int_equal(given.status == SG_EST_OK, iet2.status == SG_EST_OK);
    if (given.status == SG_EST_OK)
        assert_mirrored(&given.difference, &iet2.difference);
    check_tests_swapped(l, &other);
}

void swapping_the_arms_mirrors_stratified_limits(void **state)
{
    (void)state;
    for_layers(21, check_swapped);
}

/* ---- copies ---- */

static void check_copied(dice *d, const layers *l)
{
    layers often = *l;
    sg_scored levels[MOST_STRATA], many[MOST_STRATA];
    const double times = COPIES, root = sqrt(times);

    (void)d;
    for (size_t i = 0; i < l->n; i++) {
        sg_counts *arms[] = {&often.strata[i].iet, &often.strata[i].comparison};
        for (size_t k = 0; k < 2; k++)
            *arms[k] = (sg_counts){COPIES * arms[k]->x, COPIES * arms[k]->n};
        levels[i] = (sg_scored){(double)i, l->strata[i].iet};
        many[i] = (sg_scored){(double)i, often.strata[i].iet};
    }
    const sg_standardised s = sg_standardise(l->strata, l->n, SG_STANDARD_IET, NULL, CONF),
                          s2 = sg_standardise(often.strata, l->n, SG_STANDARD_IET, NULL, CONF);
    const sg_trend t = sg_trend_of(levels, l->n, CONF), t2 = sg_trend_of(many, l->n, CONF);
    const sg_rd_homogeneity q = sg_rd_homogeneity_test(l->strata, l->n),
                            q2 = sg_rd_homogeneity_test(often.strata, l->n);
    const sg_breslow_day bd = sg_breslow_day_test(l->strata, l->n),
                         bd2 = sg_breslow_day_test(often.strata, l->n);

    assert_int_equal(s.status, s2.status);
    if (s.status == SG_EST_OK) {
        assert_alike(s2.difference.estimate, s.difference.estimate, 1e-13, 1e-11);
        assert_alike(root * s2.difference.std_error, s.difference.std_error, 1e-12, 1e-9);
    }
    assert_int_equal(t.status, t2.status);
    assert_alike(t2.slope.estimate, t.slope.estimate, 1e-13, 1e-10);
    assert_alike(root * t2.slope.std_error, t.slope.std_error, 1e-12, 1e-9);
    assert_alike(t2.x2, times * t.x2, 1e-9, 1e-9);
    assert_alike(q2.q, times * q.q, 1e-9, 1e-9);
    assert_alike(q2.pooled, q.pooled, 1e-13, 1e-11);
    assert_alike(bd2.x2, times * bd.x2, 1e-6, 1e-7);
}

void copies_leave_standardised_rates_and_trends(void **state)
{
    (void)state;
    for_layers(22, check_copied);
}

/* ---- strata without a counterpart ---- */

static void assert_same_figure(const sg_figure *f, const sg_figure *g)
{
    const double a[] = {f->estimate, f->std_error, f->low, f->high, f->statistic, f->p_value};
    const double b[] = {g->estimate, g->std_error, g->low, g->high, g->statistic, g->p_value};

    assert_int_equal(f->status, g->status);
    assert_string_equal(f->note, g->note);
    for (size_t i = 0; i < sizeof a / sizeof *a; i++)
        assert_alike(b[i], a[i], 0.0, 0.0);
}

static void check_lonely(dice *d, const layers *l)
{
    layers more = {.n = 2 * l->n};
    sg_figure (*const methods[])(const sg_stratum *strata, size_t n,
                                 double conf) = {sg_mh_risk_difference, sg_mh_odds_ratio, sg_mh_risk_ratio};
    sg_cmh_exact exact, exact2;
    sg_err err = {0};

    for (size_t i = 0; i < l->n; i++) {
        const sg_counts alone = {throw(d, 4), 3 + throw(d, 9)}, none = {0, 0};
        more.strata[2 * i] = throw(d, 2) == 0 ? (sg_stratum){alone, none} : (sg_stratum){none, alone};
        more.strata[2 * i + 1] = l->strata[i];
    }
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        const sg_figure f = methods[i](l->strata, l->n, CONF), g = methods[i](more.strata, more.n, CONF);
        assert_same_figure(&f, &g);
    }
    const sg_standardised s = sg_standardise(l->strata, l->n, SG_STANDARD_TOTAL, NULL, CONF),
                          s2 = sg_standardise(more.strata, more.n, SG_STANDARD_TOTAL, NULL, CONF);
    const sg_cmh cmh = sg_cmh_test(l->strata, l->n), cmh2 = sg_cmh_test(more.strata, more.n);
    const sg_breslow_day bd = sg_breslow_day_test(l->strata, l->n),
                         bd2 = sg_breslow_day_test(more.strata, more.n);
    const sg_rd_homogeneity q = sg_rd_homogeneity_test(l->strata, l->n),
                            q2 = sg_rd_homogeneity_test(more.strata, more.n);
    sg_assert_ok(sg_cmh_exact_test(l->strata, l->n, &exact, &err), &err);
    sg_assert_ok(sg_cmh_exact_test(more.strata, more.n, &exact2, &err), &err);
    assert_same_figure(&s.difference, &s2.difference);
    assert_alike(cmh2.x2, cmh.x2, 0.0, 0.0);
    assert_alike(exact2.p, exact.p, 0.0, 0.0);
    assert_alike(bd2.x2_tarone, bd.x2_tarone, 0.0, 0.0);
    assert_int_equal(bd2.strata, bd.strata);
    assert_alike(q2.q, q.q, 0.0, 0.0);
    assert_alike(q2.df, q.df, 0.0, 0.0);
}

void a_stratum_with_one_arm_changes_not_a_bit(void **state)
{
    (void)state;
    for_layers(23, check_lonely);
}

/* ---- one stratum ---- */

static void check_crude(dice *d, const layers *l)
{
    const sg_stratum *one = &l->strata[0];
    const sg_figure odds = sg_or_log(one->iet, one->comparison, CONF),
                    mh_odds = sg_mh_odds_ratio(one, 1, CONF);
    const sg_figure ratio = sg_rr_log(one->iet, one->comparison, CONF),
                    mh_ratio = sg_mh_risk_ratio(one, 1, CONF);

    (void)d;
    if (odds.status != SG_EST_OK || strcmp(odds.note, "") != 0)
        return; /* a cell is 0: the crude ratios have 0.5 added */
    sg_assert_close(mh_odds.estimate, odds.estimate, 0.0, 1e-12);
    sg_assert_close(mh_odds.std_error, odds.std_error, 0.0, 1e-11);
    sg_assert_close(mh_odds.low, odds.low, 0.0, 1e-11);
    sg_assert_close(mh_ratio.estimate, ratio.estimate, 0.0, 1e-12);
    sg_assert_close(mh_ratio.std_error, ratio.std_error, 0.0, 1e-11);
    sg_assert_close(mh_ratio.high, ratio.high, 0.0, 1e-11);
}

void one_stratum_is_the_crude_ratio(void **state)
{
    (void)state;
    for_layers(24, check_crude);
}
