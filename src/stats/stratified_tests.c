/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "hypergeometric.h"
#include "numeric.h"
#include "skillgain/base/mem.h"
#include "stratified.h"

/* ---- 2.4 ---- */

sg_cmh sg_cmh_test(const sg_stratum *strata, size_t n)
{
    const char *obstacle = sg_obstacle_strata(strata, n);
    const double blank = nan("");
    sg_cmh test = {blank, blank, blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, obstacle};
    sg_sum excess = {0}, variance = {0};
    sg_table t = {0};

    if (obstacle != NULL)
        return test;
    for (size_t i = 0; i < n; i++) {
        if (!sg_table_of(&strata[i], &t))
            continue;
        sg_sum_add(&excess, t.x1 - t.n1 * t.m / t.n);
        sg_sum_add(&variance, t.n1 * t.n0 * t.m * (t.n - t.m) / (t.n * t.n * (t.n - 1.0)));
    }
    test.excess = sg_sum_value(&excess);
    test.variance = sg_sum_value(&variance);
    test.note = "no stratum varies";
    if (!(test.variance > 0.0))
        return test;
    const double distance = fabs(test.excess), corrected = distance - fmin(0.5, distance);
    test.x2 = distance * distance / test.variance;
    test.p = sg_chi_square_p(test.x2, 1.0);
    test.x2_corrected = corrected * corrected / test.variance;
    test.p_corrected = sg_chi_square_p(test.x2_corrected, 1.0);
    test.status = SG_EST_OK;
    test.note = "";
    return test;
}

/* ---- 2.4b ---- */

/* The distribution of a sum, from `low` upward. */
typedef struct {
    double *p, *spare;
    int64_t n, low;
} sum_distribution;

static bool find_range(const sg_stratum *strata, size_t n, int64_t most, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        const sg_hypergeometric h = sg_hypergeometric_of(strata[i].iet, strata[i].comparison);
        *out += h.high - h.low;
        if (*out > most)
            return false;
    }
    return true;
}

static void convolve(sum_distribution *d, const sg_hypergeometric *h, const double *one)
{
    const int64_t n = h->high - h->low + 1;

    for (int64_t k = 0; k < d->n + n - 1; k++) {
        sg_sum sum = {0};
        for (int64_t i = k >= n ? k - n + 1 : 0; i <= k && i < d->n; i++)
            sg_sum_add(&sum, d->p[i] * one[k - i]);
        d->spare[k] = sg_sum_value(&sum);
    }
    double *swap = d->p;
    d->p = d->spare;
    d->spare = swap;
    d->n += n - 1;
    d->low += h->low;
}

static double sum_not_likelier(const sum_distribution *d, int64_t seen)
{
    static const double EQUAL_WITHIN = 1e-7;
    const double limit = d->p[seen - d->low] * (1.0 + EQUAL_WITHIN);
    sg_sum sum = {0};

    for (int64_t i = 0; i < d->n; i++) {
        if (d->p[i] <= limit)
            sg_sum_add(&sum, d->p[i]);
    }
    return fmin(1.0, sg_sum_value(&sum));
}

static void run_exact(const sg_stratum *strata, size_t n, sum_distribution *d, double *one, sg_cmh_exact *out)
{
    int64_t seen = 0;

    d->p[0] = 1.0;
    d->n = 1;
    for (size_t i = 0; i < n; i++) {
        if (strata[i].iet.n == 0 || strata[i].comparison.n == 0)
            continue;
        const sg_hypergeometric h = sg_hypergeometric_of(strata[i].iet, strata[i].comparison);
        sg_hypergeometric_fill(&h, 1.0, one);
        convolve(d, &h, one);
        seen += strata[i].iet.x;
    }
    *out = (sg_cmh_exact){
        .sum = (double)seen, .p = sum_not_likelier(d, seen), .status = SG_EST_OK, .note = ""};
}

sg_status sg_cmh_exact_test(const sg_stratum *strata, size_t n, sg_cmh_exact *out, sg_err *err)
{
    enum { MOST = 100000 };
    const char *obstacle = sg_obstacle_strata(strata, n);
    int64_t range = 0;
    double *lists = NULL;
    size_t capacity = 0;

    if (obstacle == NULL && !find_range(strata, n, MOST, &range))
        obstacle = "too many learners for the exact test";
    *out = (sg_cmh_exact){nan(""), nan(""), SG_EST_NOT_ESTIMABLE, obstacle};
    if (obstacle != NULL)
        return SG_OK;
    const size_t size = (size_t)range + 1;
    if (!sg_grow(&lists, &capacity, 3 * size, sizeof *lists))
        return sg_no_memory(err);
    sum_distribution d = {.p = lists, .spare = lists + size};
    run_exact(strata, n, &d, lists + 2 * size, out);
    free(lists);
    return SG_OK;
}

/* ---- 2.5 ---- */

/* The x1 at which the stratum's odds ratio is `odds`: the root of a quadratic between the ends of what x1 can be. */
static double expected_at(const sg_table *t, double odds)
{
    const double a = odds - 1.0, b = -(odds * (t->n1 + t->m) + t->n0 - t->m), c = odds * t->n1 * t->m;

    if (fabs(a) < 1e-12)
        return t->n1 * t->m / t->n;
    return (-b - sqrt(b * b - 4.0 * a * c)) / (2.0 * a);
}

typedef struct {
    sg_sum x2, off, variance;
    size_t strata, low;
} homogeneity_sums;

static void add_stratum(homogeneity_sums *sums, const sg_table *t, double odds)
{
    const double e = expected_at(t, odds);
    const double cells[4] = {e, t->n1 - e, t->m - e, t->n0 - t->m + e};
    const double variance = 1.0 / (1.0 / cells[0] + 1.0 / cells[1] + 1.0 / cells[2] + 1.0 / cells[3]);
    bool is_low = false;

    for (size_t i = 0; i < 4; i++)
        is_low = is_low || cells[i] < 5.0;
    sg_sum_add(&sums->x2, (t->x1 - e) * (t->x1 - e) / variance);
    sg_sum_add(&sums->off, t->x1 - e);
    sg_sum_add(&sums->variance, variance);
    sums->strata++;
    sums->low += is_low ? 1 : 0;
}

sg_breslow_day sg_breslow_day_test(const sg_stratum *strata, size_t n)
{
    const double blank = nan("");
    const sg_figure odds = sg_mh_odds_ratio(strata, n, 0.95);
    sg_breslow_day test = {blank, blank, blank, blank, blank, 0, SG_EST_NOT_ESTIMABLE, odds.note};
    homogeneity_sums sums = {.strata = 0};
    sg_table t = {0};

    if (odds.status != SG_EST_OK)
        return test;
    for (size_t i = 0; i < n; i++) {
        if (sg_table_of(&strata[i], &t) && t.m > 0.0 && t.n - t.m > 0.0)
            add_stratum(&sums, &t, odds.estimate);
    }
    const double off = sg_sum_value(&sums.off);
    test.strata = sums.strata;
    test.df = (double)sums.strata - 1.0;
    test.x2 = sg_sum_value(&sums.x2);
    test.x2_tarone = test.x2 - off * off / sg_sum_value(&sums.variance);
    test.note = "one stratum";
    if (!(test.df > 0.0))
        return test;
    test.p = sg_chi_square_p(test.x2, test.df);
    test.p_tarone = sg_chi_square_p(fmax(0.0, test.x2_tarone), test.df);
    test.status = SG_EST_OK;
    test.note = 5 * sums.low > sums.strata ? "low expected counts" : "";
    return test;
}

/* ---- 2.6 ---- */

/* 1 over the variance of the stratum's difference; 0 where that is 0. */
static double difference_weight(const sg_table *t, double *out_difference)
{
    const double p1 = t->x1 / t->n1, p0 = t->x0 / t->n0;
    const double variance = p1 * (1.0 - p1) / t->n1 + p0 * (1.0 - p0) / t->n0;

    *out_difference = p1 - p0;
    return variance > 0.0 ? 1.0 / variance : 0.0;
}

static bool has_low_count(const sg_table *t)
{
    return t->x1 < 5.0 || t->n1 - t->x1 < 5.0 || t->x0 < 5.0 || t->n0 - t->x0 < 5.0;
}

sg_rd_homogeneity sg_rd_homogeneity_test(const sg_stratum *strata, size_t n)
{
    const char *obstacle = sg_obstacle_strata(strata, n);
    const double blank = nan("");
    sg_rd_homogeneity test = {blank, blank, blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, obstacle};
    sg_sum weights = {0}, weighted = {0}, q = {0};
    double d = 0.0, df = -1.0, low = 0.0;
    sg_table t = {0};

    if (obstacle != NULL)
        return test;
    for (size_t i = 0; i < n; i++) {
        const double weight = sg_table_of(&strata[i], &t) ? difference_weight(&t, &d) : 0.0;
        sg_sum_add(&weights, weight);
        sg_sum_add(&weighted, weight * d);
        df += weight > 0.0 ? 1.0 : 0.0;
        low += weight > 0.0 && has_low_count(&t) ? 1.0 : 0.0;
    }
    test.note = "no stratum varies";
    if (df < 0.0)
        return test;
    test.df = df;
    test.pooled = sg_sum_value(&weighted) / sg_sum_value(&weights);
    test.pooled_error = 1.0 / sqrt(sg_sum_value(&weights));
    for (size_t i = 0; i < n; i++) {
        const double weight = sg_table_of(&strata[i], &t) ? difference_weight(&t, &d) : 0.0;
        sg_sum_add(&q, weight * (d - test.pooled) * (d - test.pooled));
    }
    test.q = sg_sum_value(&q);
    test.i2 = test.q > df ? (test.q - df) / test.q : 0.0;
    test.note = "one stratum";
    if (!(df > 0.0))
        return test;
    test.p = sg_chi_square_p(test.q, df);
    test.status = SG_EST_OK;
    test.note = 5.0 * low > df + 1.0 ? "low counts: it then finds differences where there are none" : "";
    return test;
}
