/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hypergeometric.h"

#include <math.h>

#include "numeric.h"

/* Tables whose probabilities are equal in theory differ by rounding: those within this of the one seen count
 * as equal. */
static const double EQUAL_WITHIN = 1e-7;

sg_hypergeometric sg_hypergeometric_of(sg_counts iet, sg_counts comparison)
{
    const int64_t successes = iet.x + comparison.x;

    return (sg_hypergeometric){.n1 = (double)iet.n,
                               .n0 = (double)comparison.n,
                               .successes = (double)successes,
                               .low = successes > comparison.n ? successes - comparison.n : 0,
                               .high = successes < iet.n ? successes : iet.n};
}

/* P(k+1)/P(k): falls as k grows. */
static double step_ratio(const sg_hypergeometric *h, double psi, int64_t k)
{
    const double at = (double)k;

    return psi * ((h->n1 - at) * (h->successes - at)) / ((at + 1.0) * (h->n0 - h->successes + at + 1.0));
}

static int64_t find_mode(const sg_hypergeometric *h, double psi)
{
    int64_t low = h->low, high = h->high;

    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (step_ratio(h, psi, middle) > 1.0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

typedef struct {
    int64_t x;
    double weight_at; /* of x, the mode having 1 */
    sg_sum total, up_to, from, as_extreme, excess;
} walk;

static void add_table(walk *w, int64_t k, double weight)
{
    sg_sum_add(&w->total, weight);
    if (k <= w->x)
        sg_sum_add(&w->up_to, weight);
    if (k >= w->x)
        sg_sum_add(&w->from, weight);
    if (weight <= w->weight_at * (1.0 + EQUAL_WITHIN))
        sg_sum_add(&w->as_extreme, weight);
    sg_sum_add(&w->excess, weight * (double)(k - w->x));
}

/* The same steps in the same order as the sums take them, so that x is as likely as itself to the last
 * bit. */
static double find_weight(const sg_hypergeometric *h, double psi, int64_t mode, int64_t x)
{
    double weight = 1.0;

    for (int64_t k = mode; k < x; k++)
        weight *= step_ratio(h, psi, k);
    for (int64_t k = mode; k > x; k--)
        weight /= step_ratio(h, psi, k - 1);
    return weight;
}

static void walk_support(const sg_hypergeometric *h, double psi, int64_t mode, walk *w)
{
    double weight = 1.0;

    add_table(w, mode, weight);
    for (int64_t k = mode; k < h->high && weight > 0.0; k++) {
        weight *= step_ratio(h, psi, k);
        add_table(w, k + 1, weight);
    }
    weight = 1.0;
    for (int64_t k = mode; k > h->low && weight > 0.0; k--) {
        weight /= step_ratio(h, psi, k - 1);
        add_table(w, k - 1, weight);
    }
}

sg_hypergeometric_sums sg_hypergeometric_at(const sg_hypergeometric *h, double psi, int64_t x)
{
    const int64_t mode = find_mode(h, psi);
    walk w = {.x = x, .weight_at = find_weight(h, psi, mode, x)};

    walk_support(h, psi, mode, &w);
    const double total = sg_sum_value(&w.total);
    return (sg_hypergeometric_sums){.at = w.weight_at / total,
                                    .up_to = fmin(1.0, sg_sum_value(&w.up_to) / total),
                                    .from = fmin(1.0, sg_sum_value(&w.from) / total),
                                    .as_extreme = fmin(1.0, sg_sum_value(&w.as_extreme) / total),
                                    .excess = sg_sum_value(&w.excess) / total};
}

void sg_hypergeometric_fill(const sg_hypergeometric *h, double psi, double *out)
{
    const int64_t mode = find_mode(h, psi);
    sg_sum total = {0};

    out[mode - h->low] = 1.0;
    for (int64_t k = mode; k < h->high; k++)
        out[k + 1 - h->low] = out[k - h->low] * step_ratio(h, psi, k);
    for (int64_t k = mode; k > h->low; k--)
        out[k - 1 - h->low] = out[k - h->low] / step_ratio(h, psi, k - 1);
    for (int64_t k = 0; k <= h->high - h->low; k++)
        sg_sum_add(&total, out[k]);
    for (int64_t k = 0; k <= h->high - h->low; k++)
        out[k] /= sg_sum_value(&total);
}
