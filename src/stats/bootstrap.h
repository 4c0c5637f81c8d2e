/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From replicates to limits. */
#ifndef SKILLGAIN_SRC_STATS_BOOTSTRAP_H
#define SKILLGAIN_SRC_STATS_BOOTSTRAP_H

#include "skillgain/stats/resampling.h"

sg_bootstrap sg_bootstrap_refused(const char *note);

/* Everything but estimate and redrawn. jackknife: the leave-one-out estimates; NaNs among them: no BCa. */
sg_status sg_finish_bootstrap(sg_sample values, const sg_sample *jackknife, double conf, sg_bootstrap *out,
                              sg_err *err) SG_MUST_CHECK;

#endif
