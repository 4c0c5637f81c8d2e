/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 7.3 Nearest-neighbour matching on the logit of the propensity score, without replacement: of learners, each a row. */
#ifndef SKILLGAIN_STATS_MATCHING_H
#define SKILLGAIN_STATS_MATCHING_H

#include "skillgain/base/mem.h"
#include "skillgain/stats/figure.h"

/* n learners in their canonical order. */
typedef struct {
    size_t n;
    const double *logit;   /* ln(e/(1-e)), finite */
    const uint8_t *arm;    /* 1 IET, 0 comparison */
    const double *outcome; /* 0 or 1 */
    const uint32_t *exact; /* both of a pair have the same; NULL: no such rule */
    double caliper;        /* the greatest distance, itself allowed; infinite: none */
    size_t ratio;          /* controls for each treated, at most */
} sg_match_task;

/* The treated in order of their score from the highest, ties by row; each takes the unused control that is nearest, ties
 * by row. All get their first before any gets a second, and none an r-th without an (r-1)-th.
 * control: ratio of them for each row, SIZE_MAX where there is none. weight: of each row for balance.h: 1 of a
 * matched treated, 1/k for each of its k controls, else 0. difference: mean of D = y - mean of the matched controls' y, s.e.
 * sd(D)/sqrt(pairs) and the normal distribution. Pairs of one control alone: with01 only the control has the outcome,
 * with10 only the treated; McNemar's (a-b)^2/(a+b) and the exact binomial p (1 with no discordant pair). Not
 * estimable: a score that is not finite, no pair. The least of n1 log n, ratio 1. */
typedef struct {
    sg_estimate_status status;
    const char *note;
    const size_t *control;
    const double *weight;
    size_t treated, matched, controls; /* treated: all there are */
    sg_figure difference;
    double with10, with01, mcnemar_x2, mcnemar_p, mcnemar_exact_p; /* NaN where ratio is above 1 */
} sg_match_result;
sg_status sg_match(const sg_match_task *task, double conf, sg_arena *arena, sg_match_result *out,
                   sg_err *err) SG_MUST_CHECK;

#endif
