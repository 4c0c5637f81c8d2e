/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rank statistic of Mann and Whitney, and its deviation with ties, for sorted samples. */
#ifndef SKILLGAIN_SRC_STATS_RANKS_H
#define SKILLGAIN_SRC_STATS_RANKS_H

#include "sample.h"

double sg_u_statistic(const sg_sorted_pair *y);
double sg_u_deviation(const sg_sorted_pair *y); /* 0: all values are equal */

#endif
