/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the cohort knows of IET programs, for the results.
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_IET_FACTS_H
#define SKILLGAIN_SRC_ANALYSIS_IET_FACTS_H

#include "skillgain/analysis.h"

/* Copies what is of the options' college and program year into the results' arena. */
sg_status sg_iet_facts_copy(const sg_cohort *cohort, const sg_analysis_options *options, sg_results *results,
                            sg_err *err) SG_MUST_CHECK;

#endif
