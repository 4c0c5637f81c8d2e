/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every statistic begins and ends with: why it cannot be computed, and a figure with nothing in it. */
#ifndef SKILLGAIN_SRC_STATS_FIGURE_H
#define SKILLGAIN_SRC_STATS_FIGURE_H

#include "skillgain/stats/figure.h"

/* How a pair of samples is called when one is empty. */
typedef struct {
    const char *first_empty, *second_empty;
} sg_pair_words;
extern const sg_pair_words sg_words_arms;

/* The note that says why nothing can be estimated, or NULL. */
const char *sg_obstacle_one(sg_counts counts, const char *empty);
const char *sg_obstacle_pair(sg_counts first, sg_counts second, const sg_pair_words *words);
const char *sg_obstacle_conf(double conf);

sg_figure sg_figure_blank(void); /* all NaN, OK, no note */
sg_figure sg_figure_refused(const char *note);
sg_test sg_test_refused(const char *method, const char *note);

/* The figure, refused when its estimate or a limit is NaN, which no method here leaves blank: a computation
 * that failed. */
sg_figure sg_figure_checked(sg_figure figure);

/* Newcombe's difference of two independent rates, for arms as for a level and its reference (both may not be
 * empty). */
sg_figure sg_newcombe(sg_counts first, sg_counts second, double conf, const sg_pair_words *words);

/* A rate and its Wilson limits; counts and z must be good. */
typedef struct {
    double p, low, high;
} sg_limits;
sg_limits sg_wilson_limits(double p, double n, double z);
sg_limits sg_wilson_of(sg_counts counts, double z);

#endif
