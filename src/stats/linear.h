/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SKILLGAIN_SRC_STATS_LINEAR_H
#define SKILLGAIN_SRC_STATS_LINEAR_H

#include "fit.h"

/* What inference on clusters needs of least squares, in the active columns alone: k by k, and a line of k, of each
 * cluster that has learners. */
typedef struct {
    const sg_design *design;
    sg_response response;
    sg_fit fit;
    size_t k, g;
    double *bread;  /* (X'WX)^-1 */
    double *gram;   /* g of them: X_g'W X_g */
    double *scores; /* g of them: X_g'W e_g */
    double residual_squares;
    const char *obstacle;
} sg_least_squares;

sg_status sg_least_squares_fit(const sg_observations *sample, const sg_model *model, sg_arena *arena,
                               sg_least_squares *out, sg_err *err) SG_MUST_CHECK;

#endif
