/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unconditional exact tests: section 1.10. */
#include <math.h>

#include <gsl/gsl_sf_gamma.h>

#include "figure.h"
#include "numeric.h"
#include "skillgain/stats/two_by_two.h"

enum {
    MOST_LEARNERS = 200,
    MOST_TABLES = (MOST_LEARNERS / 2 + 1) * (MOST_LEARNERS / 2 + 1), /* of two arms that are equally large */
    N_RATES = 2000,
    N_SECTIONS = 60 /* each leaves 0.618 of the range: 1e-3 becomes 3e-16 */
};

/* How much of an extremeness may be rounding. */
static const double TIE = 1e-12;

/* Which tables (x1, x0) are at least as extreme, and the logarithms of the binomial coefficients of both
 * arms. */
typedef struct {
    size_t n1, n0;
    double log_choose1[MOST_LEARNERS + 1], log_choose0[MOST_LEARNERS + 1];
    bool is_extreme[MOST_TABLES];
} region;

static void fill_choose(double *out, size_t n)
{
    for (size_t k = 0; k <= n; k++)
        out[k] = gsl_sf_lnchoose((unsigned)n, (unsigned)k);
}

static void prepare_region(region *r, sg_counts iet, sg_counts comparison)
{
    r->n1 = (size_t)iet.n;
    r->n0 = (size_t)comparison.n;
    fill_choose(r->log_choose1, r->n1);
    fill_choose(r->log_choose0, r->n0);
}

static void fill_binomial(double *out, const double *log_choose, size_t n, double rate)
{
    const double with = log(rate), without = log1p(-rate);

    for (size_t k = 0; k <= n; k++)
        out[k] = exp(log_choose[k] + (double)k * with + (double)(n - k) * without);
}

static double region_probability(const region *r, double rate)
{
    double p1[MOST_LEARNERS + 1], p0[MOST_LEARNERS + 1];
    sg_sum sum = {0};

    fill_binomial(p1, r->log_choose1, r->n1, rate);
    fill_binomial(p0, r->log_choose0, r->n0, rate);
    for (size_t x1 = 0; x1 <= r->n1; x1++) {
        const bool *row = r->is_extreme + x1 * (r->n0 + 1);
        double in_row = 0.0;
        for (size_t x0 = 0; x0 <= r->n0; x0++)
            in_row += row[x0] ? p0[x0] : 0.0;
        sg_sum_add(&sum, p1[x1] * in_row);
    }
    return sg_sum_value(&sum);
}

/* The greatest value between two rates that lie on either side of it. */
static double search_between(const region *r, double low, double high)
{
    const double golden = (sqrt(5.0) - 1.0) / 2.0;
    double left = high - golden * (high - low), right = low + golden * (high - low);
    double at_left = region_probability(r, left), at_right = region_probability(r, right);

    for (int i = 0; i < N_SECTIONS; i++) {
        if (at_left > at_right) {
            high = right;
            right = left;
            at_right = at_left;
            left = high - golden * (high - low);
            at_left = region_probability(r, left);
        } else {
            low = left;
            left = right;
            at_left = at_right;
            right = low + golden * (high - low);
            at_right = region_probability(r, right);
        }
    }
    return fmax(at_left, at_right);
}

static double greatest_probability(const region *r)
{
    const double step = 1.0 / (N_RATES + 1);
    double best = 0.0;
    int best_at = 1;

    for (int i = 1; i <= N_RATES; i++) {
        const double here = region_probability(r, i * step);
        if (here > best) {
            best = here;
            best_at = i;
        }
    }
    /* The ends 0 and 1 themselves have no logarithm; a probability that rises to them is found beside them.
     */
    const double low = fmax(TIE, (best_at - 1) * step), high = fmin(1.0 - TIE, (best_at + 1) * step);
    return fmin(1.0, fmax(best, search_between(r, low, high)));
}

static const char *find_obstacle(sg_counts iet, sg_counts comparison)
{
    const char *note = sg_obstacle_pair(iet, comparison, &sg_words_arms);

    if (note == NULL && (iet.n > MOST_LEARNERS || comparison.n > MOST_LEARNERS - iet.n))
        note = "more than 200 learners";
    return note;
}

/* ---- Barnard ---- */

/* The order of the operations is part of SG_TIES_AS_ROUNDED: it decides which of two equal values comes out
 * larger. */
static double pooled_z(double x1, double n1, double x0, double n0)
{
    const double p1 = x1 / n1, p0 = x0 / n0, pooled = (x1 + x0) / (n1 + n0);
    const double variance = pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n0);

    return fabs(p1 - p0) > 0.0 ? (p1 - p0) / sqrt(variance) : 0.0;
}

sg_test sg_barnard(sg_counts iet, sg_counts comparison, sg_tie_rule ties)
{
    static const char *BARNARD = "barnard";
    const char *obstacle = find_obstacle(iet, comparison);
    const double n1 = (double)iet.n, n0 = (double)comparison.n;
    region r;

    if (obstacle != NULL)
        return sg_test_refused(BARNARD, obstacle);
    prepare_region(&r, iet, comparison);
    const double seen = pooled_z((double)iet.x, n1, (double)comparison.x, n0);
    const double least = fabs(seen) * (ties == SG_TIES_COUNT ? 1.0 - TIE : 1.0);
    for (size_t i = 0; i < (r.n1 + 1) * (r.n0 + 1); i++) {
        const size_t x1 = i / (r.n0 + 1), x0 = i % (r.n0 + 1);
        r.is_extreme[i] = fabs(pooled_z((double)x1, n1, (double)x0, n0)) >= least;
    }
    return (sg_test){.p_value = greatest_probability(&r),
                     .statistic = seen,
                     .df = nan(""),
                     .method = BARNARD,
                     .status = SG_EST_OK,
                     .note = ""};
}

/* ---- Boschloo ---- */

static double one_sided_p(sg_counts iet, sg_counts comparison, bool greater)
{
    const sg_fisher_p fisher = sg_fisher(iet, comparison);

    return greater ? fisher.p_greater : fisher.p_less;
}

static double boschloo_side(region *r, sg_counts iet, sg_counts comparison, bool greater)
{
    const double most = one_sided_p(iet, comparison, greater) * (1.0 + TIE);

    for (size_t i = 0; i < (r->n1 + 1) * (r->n0 + 1); i++) {
        const sg_counts one = {.x = (int64_t)(i / (r->n0 + 1)), .n = iet.n};
        const sg_counts zero = {.x = (int64_t)(i % (r->n0 + 1)), .n = comparison.n};
        r->is_extreme[i] = one_sided_p(one, zero, greater) <= most;
    }
    return greatest_probability(r);
}

sg_test sg_boschloo(sg_counts iet, sg_counts comparison)
{
    static const char *BOSCHLOO = "boschloo";
    const char *obstacle = find_obstacle(iet, comparison);
    region r;

    if (obstacle != NULL)
        return sg_test_refused(BOSCHLOO, obstacle);
    prepare_region(&r, iet, comparison);
    const double less = boschloo_side(&r, iet, comparison, false),
                 greater = boschloo_side(&r, iet, comparison, true);
    const sg_fisher_p fisher = sg_fisher(iet, comparison);
    return (sg_test){.p_value = fmin(1.0, 2.0 * fmin(less, greater)),
                     .statistic = fmin(fisher.p_less, fisher.p_greater),
                     .df = nan(""),
                     .method = BOSCHLOO,
                     .status = SG_EST_OK,
                     .note = ""};
}
