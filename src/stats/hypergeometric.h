/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fisher's noncentral hypergeometric distribution: of x1 given n1, n0, X and an odds ratio psi; psi = 1 is
 * the hypergeometric. Sums run outward from the mode by the ratio of neighbours, P(k+1)/P(k) = psi
 * (n1-k)(X-k) / ((k+1)(n0-X+k+1)), so that no factorial is needed.
 */
#ifndef SKILLGAIN_SRC_STATS_HYPERGEOMETRIC_H
#define SKILLGAIN_SRC_STATS_HYPERGEOMETRIC_H

#include "skillgain/stats/figure.h"

typedef struct {
    double n1, n0, successes;
    int64_t low, high; /* the support */
} sg_hypergeometric;

/* Seen from x, each a share of 1. */
typedef struct {
    double at, up_to, from; /* P(x), P(k <= x), P(k >= x) */
    double as_extreme;      /* of all k with P(k) <= P(x)(1 + 1e-7) */
    double excess;          /* mean - x */
} sg_hypergeometric_sums;

sg_hypergeometric sg_hypergeometric_of(sg_counts iet, sg_counts comparison);
/* P(k) for k = low to high, into out[k - low]. */
void sg_hypergeometric_fill(const sg_hypergeometric *h, double psi, double *out);
sg_hypergeometric_sums sg_hypergeometric_at(const sg_hypergeometric *h, double psi, int64_t x);

#endif
