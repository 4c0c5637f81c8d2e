/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a statistic gives back. Arm 1 is IET, arm 0 the comparison; differences are 1 minus 0, ratios 1 over
 * 0; all p-values are two-sided where nothing else is said.
 *
 * For every function of stats that takes counts or a confidence level:
 *   an empty arm (n = 0), a count below 0 or above its n, a level of confidence outside (0, 1): not
 * estimable, and the note says which of them; n = 1 is a sample like any other. A figure that the method does
 * not have, or that cannot be computed, is NaN, which means blank; a figure that is OK has an estimate.
 * Infinities occur only where a function says so. Notes are static, "" where there is nothing to say, never
 * NULL. Whether a sample is small is not judged here.
 */
#ifndef SKILLGAIN_STATS_FIGURE_H
#define SKILLGAIN_STATS_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skillgain/base/err.h"

/* As in the column status of results.csv; the others of that column are judged by analysis and disclosure. */
typedef enum { SG_EST_OK, SG_EST_NOT_ESTIMABLE } sg_estimate_status;

/* x of n with the outcome: participant-years of one arm, level or reference. */
typedef struct {
    int64_t x, n;
} sg_counts;

typedef struct {
    double estimate, std_error, low, high;
    double statistic, df, p_value;
    sg_estimate_status status;
    const char *note;
} sg_figure;

/* An estimate with another standard error: limits estimate -+ t s.e. and the p of estimate / s.e. by Student's t with df degrees of freedom
 * (infinite: the normal distribution). Where the s.e. is not above 0, the estimate alone, and the note says so; where the estimate is not
 * finite, not estimable. */
sg_figure sg_figure_t(double estimate, double std_error, double df, double conf);

/* A test alone, with the name of its method as results.csv has it. */
typedef struct {
    double p_value, statistic, df;
    const char *method;
    sg_estimate_status status;
    const char *note;
} sg_test;

#endif
