/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of tables in strata and of trends. */
#include "support/assert.h"

#include <math.h>
#include <string.h>

#include "tables.h"

enum { MOST_STRATA = 8 };

typedef struct {
    sg_stratum strata[2 * MOST_STRATA];
    size_t n;
} layers;

static layers draw_layers(source *s)
{
    layers l = {.n = 1 + (size_t)draw_to(s, MOST_STRATA - 1)};

    for (size_t i = 0; i < l.n; i++) {
        const table t = draw_table(s, 60);
        l.strata[i] = (sg_stratum){t.iet, t.comparison};
    }
    return l;
}

static void for_layers(uint64_t seed, int n, void (*check)(const layers *l))
{
    source s = {.at = seed};

    for (int i = 0; i < n; i++) {
        const layers l = draw_layers(&s);
        check(&l);
    }
}

static void assert_same(const sg_figure *f, const sg_figure *g)
{
    assert_int_equal(f->status, g->status);
    if (f->status != SG_EST_OK)
        return;
    sg_assert_close(g->estimate, f->estimate, 1e-12, 1e-11);
    if (isnan(f->std_error))
        assert_true(isnan(g->std_error) || g->std_error < 1e-6);
    else
        sg_assert_close(g->std_error, f->std_error, 1e-9, 1e-9);
}

/* ---- arms ---- */

static void check_swapped(const layers *l)
{
    layers other = *l;

    for (size_t i = 0; i < l->n; i++)
        other.strata[i] = (sg_stratum){l->strata[i].comparison, l->strata[i].iet};
    const sg_figure rd = sg_mh_risk_difference(l->strata, l->n, 0.95),
                    rd2 = sg_mh_risk_difference(other.strata, l->n, 0.95);
    const sg_figure odds = sg_mh_odds_ratio(l->strata, l->n, 0.95),
                    odds2 = sg_mh_odds_ratio(other.strata, l->n, 0.95);
    const sg_figure rr = sg_mh_risk_ratio(l->strata, l->n, 0.95),
                    rr2 = sg_mh_risk_ratio(other.strata, l->n, 0.95);
    const sg_cmh cmh = sg_cmh_test(l->strata, l->n), cmh2 = sg_cmh_test(other.strata, l->n);

    assert_int_equal(rd.status, SG_EST_OK);
    sg_assert_close(rd.estimate, -rd2.estimate, 1e-13, 1e-12);
    assert_int_equal(odds.status, odds2.status);
    assert_int_equal(rr.status, rr2.status);
    if (odds.status == SG_EST_OK) {
        sg_assert_close(odds.low, 1.0 / odds2.high, 0.0, 1e-11);
        sg_assert_close(odds.estimate, 1.0 / odds2.estimate, 0.0, 1e-12);
    }
    if (rr.status == SG_EST_OK) {
        sg_assert_close(rr.low, 1.0 / rr2.high, 0.0, 1e-11);
        sg_assert_close(rr.estimate, 1.0 / rr2.estimate, 0.0, 1e-12);
    }
    sg_assert_close(cmh.excess, -cmh2.excess, 1e-10, 1e-11);
    sg_assert_close(cmh.variance, cmh2.variance, 1e-12, 1e-12);
}

void swapping_the_arms_turns_stratified_estimates_round(void **state)
{
    (void)state;
    for_layers(101, N_TABLES, check_swapped);
}

/* ---- rows ---- */

static void check_repeated(const layers *l)
{
    enum { TIMES = 4 };
    layers often = *l;

    for (size_t i = 0; i < l->n; i++) {
        sg_counts *arms[] = {&often.strata[i].iet, &often.strata[i].comparison};
        for (size_t k = 0; k < 2; k++)
            *arms[k] = (sg_counts){TIMES * arms[k]->x, TIMES * arms[k]->n};
    }
    sg_figure (*const methods[])(const sg_stratum *strata, size_t n,
                                 double conf) = {sg_mh_risk_difference, sg_mh_odds_ratio, sg_mh_risk_ratio};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        const sg_figure once = methods[i](l->strata, l->n, 0.95);
        sg_figure four = methods[i](often.strata, l->n, 0.95);
        four.std_error *= 2.0;
        assert_same(&once, &four);
    }
}

void repeating_every_row_leaves_stratified_estimates(void **state)
{
    (void)state;
    for_layers(102, N_TABLES, check_repeated);
}

static void check_lonely(const layers *l)
{
    layers more = *l;
    const sg_strata_counts use = sg_strata_use(l->strata, l->n);

    /* in the other order, and a stratum of one arm behind each */
    for (size_t i = 0; i < l->n; i++) {
        more.strata[2 * i] = l->strata[l->n - 1 - i];
        more.strata[2 * i + 1] = (sg_stratum){.iet = {3, 7}};
    }
    more.n = 2 * l->n;
    const sg_strata_counts used = sg_strata_use(more.strata, more.n);
    assert_int_equal(used.used, use.used);
    assert_int_equal(used.dropped, l->n);
    assert_int_equal(used.alone, 7 * (int64_t)l->n);
    const sg_figure rd = sg_mh_risk_difference(l->strata, l->n, 0.95),
                    rd2 = sg_mh_risk_difference(more.strata, more.n, 0.95);
    const sg_figure odds = sg_mh_odds_ratio(l->strata, l->n, 0.95),
                    odds2 = sg_mh_odds_ratio(more.strata, more.n, 0.95);
    const sg_standardised s = sg_standardise(l->strata, l->n, SG_STANDARD_IET, NULL, 0.95),
                          s2 = sg_standardise(more.strata, more.n, SG_STANDARD_IET, NULL, 0.95);
    const sg_breslow_day bd = sg_breslow_day_test(l->strata, l->n),
                         bd2 = sg_breslow_day_test(more.strata, more.n);
    assert_same(&rd, &rd2);
    assert_same(&odds, &odds2);
    assert_same(&s.difference, &s2.difference);
    assert_int_equal(bd.status, bd2.status);
    if (bd.status == SG_EST_OK)
        sg_assert_close(bd2.x2_tarone, bd.x2_tarone, 1e-8, 1e-8);
}

void the_order_of_strata_and_those_with_one_arm_change_nothing(void **state)
{
    (void)state;
    for_layers(103, N_TABLES, check_lonely);
}

/* ---- one stratum ---- */

static void check_one(const table *t)
{
    const sg_stratum one = {t->iet, t->comparison};
    const sg_figure rd = sg_mh_risk_difference(&one, 1, t->conf);
    const sg_chi_square chi = sg_chi_square_2x2(t->iet, t->comparison);
    const sg_cmh cmh = sg_cmh_test(&one, 1);
    const sg_standardised s = sg_standardise(&one, 1, SG_STANDARD_TOTAL, NULL, t->conf);
    const sg_figure newcombe = sg_rd_newcombe(t->iet, t->comparison, t->conf);
    const sg_scored levels[2] = {{0.0, t->comparison}, {1.0, t->iet}};
    const sg_trend trend = sg_trend_of(levels, 2, t->conf);

    sg_assert_close(rd.estimate, rate_of(t->iet) - rate_of(t->comparison), 1e-13, 1e-12);
    assert_int_equal(cmh.status, chi.status);
    assert_int_equal(trend.status, chi.status);
    sg_assert_close(s.difference.low, newcombe.low, 1e-12, 1e-11);
    sg_assert_close(s.difference.high, newcombe.high, 1e-12, 1e-11);
    if (chi.status != SG_EST_OK)
        return;
    sg_assert_close(cmh.x2, chi.x2_n1, 1e-11, 1e-10);
    sg_assert_close(trend.x2, chi.x2, 1e-11, 1e-10);
    sg_assert_close(trend.x2_departure, 0.0, 1e-8, 0.0);
    sg_assert_close(trend.slope.estimate, newcombe.estimate, 1e-13, 1e-11);
}

void one_stratum_and_two_levels_are_the_plain_table(void **state)
{
    (void)state;
    for_tables(104, N_TABLES, 5000, check_one);
}

static void check_exact(const table *t)
{
    const sg_stratum one = {t->iet, t->comparison};
    const sg_fisher_p fisher = sg_fisher(t->iet, t->comparison);
    sg_cmh_exact exact;
    sg_err err = {0};

    sg_assert_ok(sg_cmh_exact_test(&one, 1, &exact, &err), &err);
    sg_assert_close(exact.p, fisher.p_two_sided, 1e-13, 1e-9);
}

void the_exact_test_of_one_stratum_is_fishers(void **state)
{
    (void)state;
    for_tables(105, N_SLOW, 300, check_exact);
    for_small_tables(check_exact);
}

/* All ways to place the successes of two strata, by counting. */
static void check_two_small(const table *t)
{
    const sg_stratum two[2] = {{t->iet, t->comparison}, {t->comparison, t->iet}};
    double p[16] = {0.0}, sum = 0.0;
    sg_cmh_exact exact;
    sg_err err = {0};

    sg_assert_ok(sg_cmh_exact_test(two, 2, &exact, &err), &err);
    for (int64_t a = 0; a <= two[0].iet.n; a++) {
        for (int64_t b = 0; b <= two[1].iet.n; b++) {
            double chance = 1.0;
            const int64_t drawn[2] = {a, b};
            for (size_t k = 0; k < 2; k++) {
                const double n1 = (double)two[k].iet.n, n0 = (double)two[k].comparison.n;
                const double m = (double)(two[k].iet.x + two[k].comparison.x), x = (double)drawn[k];
                chance *= m - x < 0.0 || m - x > n0
                              ? 0.0
                              : exp(lgamma(n1 + 1) - lgamma(x + 1) - lgamma(n1 - x + 1) + lgamma(n0 + 1) -
                                    lgamma(m - x + 1) - lgamma(n0 - m + x + 1) - lgamma(n1 + n0 + 1) +
                                    lgamma(m + 1) + lgamma(n1 + n0 - m + 1));
            }
            p[a + b] += chance;
        }
    }
    for (size_t i = 0; i < 16; i++)
        sum += p[i] <= p[(size_t)exact.sum] * (1.0 + 1e-7) ? p[i] : 0.0;
    sg_assert_close(exact.p, sum, 1e-12, 1e-9);
}

void the_exact_test_of_two_strata_agrees_with_counting(void **state)
{
    (void)state;
    for_small_tables(check_two_small);
}

/* ---- trends ---- */

static void check_trend(const layers *l)
{
    sg_scored levels[MOST_STRATA], shifted[MOST_STRATA];
    size_t strata[MOST_STRATA] = {0};
    sg_trend_stratified inside;
    sg_err err = {0};

    for (size_t i = 0; i < l->n; i++) {
        levels[i] = (sg_scored){(double)i, l->strata[i].iet};
        shifted[l->n - 1 - i] = (sg_scored){2020.0 + 3.0 * (double)i, l->strata[i].iet};
    }
    const sg_trend t = sg_trend_of(levels, l->n, 0.9), u = sg_trend_of(shifted, l->n, 0.9);
    sg_assert_ok(sg_trend_in_strata(shifted, strata, l->n, 1, &inside, &err), &err);
    assert_int_equal(t.status, u.status);
    if (t.status != SG_EST_OK)
        return;
    /* scores on another scale, and the levels in another order */
    sg_assert_close(u.slope.statistic, t.slope.statistic, 1e-8, 1e-8);
    sg_assert_close(3.0 * u.slope.estimate, t.slope.estimate, 1e-10, 1e-8);
    sg_assert_close(inside.x2, t.x2_mantel, 1e-8, 1e-8);
    assert_true(t.x2_departure > -1e-8);
}

void a_trend_knows_no_scale_and_no_order(void **state)
{
    (void)state;
    for_layers(106, N_TABLES, check_trend);
}

/* ---- what is known ---- */

/* Admissions at Berkeley in 1973 by department (UCBAdmissions of R): men and women admitted, of those who applied. */
void the_departments_turn_the_crude_odds_round(void **state)
{
    static const sg_stratum departments[] = {
        {{512, 825}, {89, 108}},  {{353, 560}, {17, 25}}, {{120, 325}, {202, 593}},
        {{138, 417}, {131, 375}}, {{53, 191}, {94, 393}}, {{22, 373}, {24, 341}},
    };
    sg_stratum all = {{0}, {0}};

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        all.iet.x += departments[i].iet.x;
        all.iet.n += departments[i].iet.n;
        all.comparison.x += departments[i].comparison.x;
        all.comparison.n += departments[i].comparison.n;
    }
    assert_true(sg_mh_odds_ratio(&all, 1, 0.95).low > 1.0);
    assert_true(sg_mh_odds_ratio(departments, 6, 0.95).estimate < 1.0);
}

void strata_without_an_answer_say_so(void **state)
{
    static const sg_stratum lonely = {.iet = {3, 7}}, impossible = {{4, 3}, {1, 2}}, all = {{3, 3}, {2, 2}};
    static const double none[] = {0.0};

    (void)state;
    assert_string_equal(sg_mh_risk_difference(&lonely, 1, 0.95).note, "no stratum has both arms");
    assert_string_equal(sg_mh_odds_ratio(NULL, 0, 0.95).note, "no stratum has both arms");
    assert_string_equal(sg_mh_risk_ratio(&impossible, 1, 0.95).note, "counts that cannot be");
    assert_string_equal(sg_mh_risk_difference(&all, 1, 0.95).note, "no variation");
    assert_true(isnan(sg_mh_risk_difference(&all, 1, 0.95).std_error));
    assert_int_equal(sg_mh_odds_ratio(&all, 1, 0.95).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_cmh_test(&all, 1).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_breslow_day_test(&all, 1).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_rd_homogeneity_test(&all, 1).status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(sg_standardise(&all, 1, SG_STANDARD_GIVEN, none, 0.95).status, SG_EST_NOT_ESTIMABLE);
    assert_string_equal(sg_mh_risk_difference(&all, 1, 1.5).note, "a level of confidence outside 0 to 1");
}
