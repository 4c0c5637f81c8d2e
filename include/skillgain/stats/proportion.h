/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One proportion, x of n, with its interval. The note is "none" for x = 0 and "all" for x = n. */
#ifndef SKILLGAIN_STATS_PROPORTION_H
#define SKILLGAIN_STATS_PROPORTION_H

#include "skillgain/stats/figure.h"

/* estimate p = x/n; limits c -+ h with z2 = z*z, c = (p + z2/2n)/(1 + z2/n), h = z sqrt(p(1-p)/n +
 * z2/4n^2)/(1 + z2/n); exactly 0 below for x = 0 and exactly 1 above for x = n. Wilson 1927; Newcombe 1998,
 * Stat Med 17:857. */
sg_figure sg_rate_wilson(sg_counts counts, double conf);

/* The same on n/deff and x/deff: for learners clustered in colleges. A design effect below 1 is taken as 1;
 * one that is not a finite number is not estimable. */
sg_figure sg_rate_wilson_clustered(sg_counts counts, double design_effect, double conf);

/* estimate p = x/n; limits the a/2 and 1-a/2 quantiles of Beta(x, n-x+1) and Beta(x+1, n-x); 0 below for x =
 * 0, 1 above for x = n. Clopper, Pearson 1934, Biometrika 26:404. */
sg_figure sg_rate_clopper_pearson(sg_counts counts, double conf);

#endif
