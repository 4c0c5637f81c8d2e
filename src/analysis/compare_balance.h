/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How alike the arms are in the covariates of a prepared table. */
#ifndef SKILLGAIN_SRC_ANALYSIS_COMPARE_BALANCE_H
#define SKILLGAIN_SRC_ANALYSIS_COMPARE_BALANCE_H

#include "comparison.h"

/* Rows of learners or patterns with the weights of an estimate, whose name is the variant; weights NULL: as they came. by_treated: over the
 * s.d. of the IET learners, else over the pooled one. */
typedef struct {
    const sg_observations *rows;
    const double *weights;
    const char *variant;
    bool by_treated;
} sg_compare_weighed;

/* Nothing where balance is not asked for. */
sg_status sg_compare_add_balance(sg_comparison *c, const sg_compare_weighed *weighed) SG_MUST_CHECK;

#endif
