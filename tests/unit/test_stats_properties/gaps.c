/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Properties of gaps and of families of p-values. */
#include <math.h>
#include <string.h>

#include "support/assert.h"
#include "tables.h"

enum { N_FAMILIES = 2000, LARGEST_FAMILY = 20 };

/* ---- gaps ---- */

static void check_gap_identity(const table *t)
{
    const sg_counts everyone = {t->iet.x + t->comparison.x, t->iet.n + t->comparison.n};
    const sg_figure overall = sg_gap_overall(t->iet, everyone, t->conf),
                    rest = sg_gap(t->iet, t->comparison, t->conf);
    const double share = 1.0 - (double)t->iet.n / (double)everyone.n;

    assert_int_equal(overall.status, SG_EST_OK);
    sg_assert_close(overall.estimate, rate_of(t->iet) - rate_of(everyone), 1e-14, 0.0);
    sg_assert_close(overall.estimate, share * rest.estimate, 1e-14, 0.0);
    sg_assert_close(overall.low, share * rest.low, 1e-14, 0.0);
    sg_assert_close(overall.high, share * rest.high, 1e-14, 0.0);
    assert_true(overall.low <= overall.estimate && overall.estimate <= overall.high);
}

void a_gap_to_everyone_is_a_share_of_the_gap_to_the_rest(void **state)
{
    (void)state;
    for_tables(17, N_TABLES, 60000, check_gap_identity);
}

static void check_gap_number(const table *t)
{
    const double number = rate_of(t->comparison);
    const sg_figure gap = sg_gap_number(t->iet, number, t->conf), rate = sg_rate_wilson(t->iet, t->conf);

    sg_assert_close(gap.high - gap.low, rate.high - rate.low, 1e-14, 0.0);
    sg_assert_close(gap.estimate + number, rate.estimate, 1e-14, 0.0);
    assert_true(gap.low <= gap.estimate && gap.estimate <= gap.high);
    /* a number is surer than a rate of the same size */
    assert_true(gap.high - gap.low <=
                sg_gap(t->iet, t->comparison, t->conf).high - sg_gap(t->iet, t->comparison, t->conf).low);
}

void a_gap_to_a_number_is_as_wide_as_the_rate(void **state)
{
    (void)state;
    for_tables(18, N_TABLES, 60000, check_gap_number);
}

static void check_closure(const table *t, const table *u)
{
    const sg_gap_change c = sg_gap_closure(t->iet, u->iet, t->comparison, u->comparison, t->conf);
    const sg_gap_change arms = sg_gap_closure(t->comparison, u->comparison, t->iet, u->iet, t->conf);
    const sg_gap_change levels = sg_gap_closure(u->iet, t->iet, u->comparison, t->comparison, t->conf);

    check_mirrored(&c.closure, &arms.closure, 1e-14);
    check_mirrored(&c.closure, &levels.closure, 1e-14);
    assert_true(-2.0 <= c.closure.low && c.closure.low <= c.closure.estimate &&
                c.closure.estimate <= c.closure.high && c.closure.high <= 2.0);
    sg_assert_close(c.closure.estimate, c.gap_iet - c.gap_comparison, 1e-14, 0.0);
    /* the other way to write it: how much more the level differs between the arms than its reference does */
    sg_assert_close(c.closure.estimate,
                    sg_rd_newcombe(t->iet, t->comparison, 0.95).estimate -
                        sg_rd_newcombe(u->iet, u->comparison, 0.95).estimate,
                    1e-14, 0.0);
    if (strcmp(c.closure.note, "no variation") != 0)
        sg_assert_close(c.closure.p_value, arms.closure.p_value, 1e-15, 1e-9);
    if (c.relative_is_told)
        assert_true(c.gap_comparison < 0.0);
}

void a_difference_of_gaps_turns_round_with_arms_and_with_levels(void **state)
{
    source s = {.at = 19};

    (void)state;
    for (int i = 0; i < N_TABLES; i++) {
        const table t = draw_table(&s, 60000), u = draw_table(&s, 60000);
        check_closure(&t, &u);
    }
}

/* ---- families ---- */

static size_t draw_family(source *s, double *p)
{
    const size_t n = (size_t)draw_to(s, LARGEST_FAMILY);

    for (size_t i = 0; i < n; i++) {
        const double u = (double)draw_to(s, 1000) / 1000.0; /* coarse: with ties */
        p[i] = draw_to(s, 9) == 0 ? nan("") : u * u * u;
    }
    return n;
}

static void check_family(const double *p, size_t n)
{
    double holm[LARGEST_FAMILY], bh[LARGEST_FAMILY], bonferroni[LARGEST_FAMILY];

    sg_assert_ok(sg_adjust_holm(p, n, holm, NULL), NULL);
    sg_assert_ok(sg_adjust_bh(p, n, bh, NULL), NULL);
    sg_assert_ok(sg_adjust_bonferroni(p, n, bonferroni, NULL), NULL);
    for (size_t i = 0; i < n; i++) {
        if (isnan(p[i])) {
            assert_true(isnan(holm[i]) && isnan(bh[i]) && isnan(bonferroni[i]));
            continue;
        }
        assert_true(p[i] <= bh[i] * (1.0 + 1e-15) && bh[i] <= holm[i] * (1.0 + 1e-15));
        assert_true(holm[i] <= bonferroni[i] && bonferroni[i] <= 1.0);
        for (size_t k = 0; k < n; k++) {
            if (p[i] <= p[k]) /* false for the missing */
                assert_true(holm[i] <= holm[k] && bh[i] <= bh[k]);
        }
    }
}

void corrected_p_values_keep_their_order_and_bh_is_below_holm(void **state)
{
    source s = {.at = 20};
    double p[LARGEST_FAMILY];

    (void)state;
    for (int i = 0; i < N_FAMILIES; i++)
        check_family(p, draw_family(&s, p));
}

void the_order_of_a_family_changes_nothing(void **state)
{
    source s = {.at = 21};
    double p[LARGEST_FAMILY], reversed[LARGEST_FAMILY];

    (void)state;
    for (int i = 0; i < N_FAMILIES; i++) {
        const size_t n = draw_family(&s, p);
        for (size_t k = 0; k < n; k++)
            reversed[k] = p[n - 1 - k];
        sg_assert_ok(sg_adjust_bh(p, n, p, NULL), NULL);
        sg_assert_ok(sg_adjust_bh(reversed, n, reversed, NULL), NULL);
        for (size_t k = 0; k < n; k++)
            assert_true(isnan(p[k]) ? isnan(reversed[n - 1 - k])
                                    : sg_is_close(p[k], reversed[n - 1 - k], 0.0, 0.0));
    }
}
