/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reference values that are known to be off by more than their own tolerance, each kind with the equation that the right
 * value solves. */
#ifndef SKILLGAIN_SRC_BATCH_VERIFY_CORRECTION_H
#define SKILLGAIN_SRC_BATCH_VERIFY_CORRECTION_H

#include "skillgain/stats/adapter.h"

/*
 * 1.7b: R's fisher.test seeks an odds ratio, or its inverse where it is above 1, to 1.2e-4 (the default of uniroot): of a large one that leaves
 * three digits. True where `got` solves its equation to 1e-10, summed anew from binomial coefficients, `want` does not, and the two
 * are within what that search leaves open.
 */
bool sg_verify_is_corrected(const char *method, const char *key, const sg_stats_params *params, double got,
                            double want);

#endif
