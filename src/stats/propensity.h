/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SKILLGAIN_SRC_STATS_PROPENSITY_H
#define SKILLGAIN_SRC_STATS_PROPENSITY_H

#include "fit.h"
#include "skillgain/stats/propensity.h"

/* The logit of the arm: no column of the arm in it. whole: NULL, or that of a sample which differs in counts alone. */
sg_status sg_fit_score(const sg_adjusted *whole, const sg_observations *sample, const sg_model *model,
                       sg_arena *arena, sg_adjusted *out, sg_err *err) SG_MUST_CHECK;

/* "ATE", "ATT", "ATO". */
sg_status sg_estimand_read(const char *name, sg_estimand *out, sg_err *err) SG_MUST_CHECK;

#endif
