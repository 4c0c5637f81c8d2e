/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Times to an event: what the fixed arms (times.c) and the time-varying ones (varying.c) have in common.
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_TIMES_H
#define SKILLGAIN_SRC_ANALYSIS_TIMES_H

#include "estimates.h"

/* Is it known of the unit whether it had the event of the outcome, time_to_gain or time_to_credential? Days to it from time zero; 0:
 * there was none. */
bool sg_time_is_known(sg_outcome outcome, const sg_cohort_view *view, size_t i);
int sg_time_days(sg_outcome outcome, const sg_cohort_view *view, size_t i);

/* Is the unit one of an arm that the task compares, of whom the time is known? */
bool sg_time_is_of(const sg_estimate_task *task, sg_outcome outcome, sg_arm arm, size_t i);

/*
 * The same with arms that change (statistics.md 5.6): a unit is in the comparison arm until it starts IET, and in arm IET from there on. The test of
 * Mantel and Byar, whose estimate is the rough ratio of rates exp((O-E)/V), with `,arm:time_varying` behind the variant. n: units that were
 * in the arm for a day or more; x: events in it.
 *
 * time_to_gain: units are at risk while they participate. Were those who left at risk, too, as they are with fixed arms, the test would find a difference
 * where there is none, since IET is only entered by who is still there (tests/bench/README.md).
 * time_to_credential: to the end of follow-up, also after leaving; and of each arm the share with one by then, by the extended Kaplan-Meier curve
 * (Simon, Makuch 1984). Also against those alone who went from adult education to training, with `,comparison:sequential` behind the variant,
 * where there are any.
 */
sg_status sg_estimate_varying(const sg_estimate_task *task, sg_outcome outcome, sg_estimate_list *out,
                              sg_err *err) SG_MUST_CHECK;

#endif
