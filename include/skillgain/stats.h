/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stats: counts, values and p-values in, estimates out. Arithmetic alone: it knows no learner, no file, no clock and
 * no chance that it is not given a seed for, and may be called from any number of threads once sg_stats_init has run.
 */
#ifndef SKILLGAIN_STATS_H
#define SKILLGAIN_STATS_H

#include "skillgain/stats/adapter.h"
#include "skillgain/stats/amounts.h"
#include "skillgain/stats/balance.h"
#include "skillgain/stats/design.h"
#include "skillgain/stats/diagnostics.h"
#include "skillgain/stats/disproportion.h"
#include "skillgain/stats/equity.h"
#include "skillgain/stats/figure.h"
#include "skillgain/stats/gcomp.h"
#include "skillgain/stats/jackknife.h"
#include "skillgain/stats/linear.h"
#include "skillgain/stats/logit.h"
#include "skillgain/stats/matching.h"
#include "skillgain/stats/model.h"
#include "skillgain/stats/model_bootstrap.h"
#include "skillgain/stats/multiplicity.h"
#include "skillgain/stats/observations.h"
#include "skillgain/stats/propensity.h"
#include "skillgain/stats/proportion.h"
#include "skillgain/stats/resampling.h"
#include "skillgain/stats/sensitivity.h"
#include "skillgain/stats/shrinkage.h"
#include "skillgain/stats/stratified.h"
#include "skillgain/stats/survival.h"
#include "skillgain/stats/trend.h"
#include "skillgain/stats/two_by_two.h"

/* Once, before the first thread that computes: a failure inside GSL becomes a NaN, which every function here
 * checks for, where GSL by itself would end the program. */
void sg_stats_init(void);

#endif
