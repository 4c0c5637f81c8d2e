/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a report tells of the run apart from its numbers: settings, years, sample flow, and what could not be done.
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_FACTS_H
#define SKILLGAIN_SRC_ANALYSIS_FACTS_H

#include "count.h"

/* Before the cells and estimates: college, settings, headline. */
sg_status sg_facts_settings(const sg_cohort *cohort, const sg_config *config,
                            const sg_analysis_options *options, sg_results *results,
                            sg_err *err) SG_MUST_CHECK;
/* From the estimates, by id: whether they settle the headline. */
sg_status sg_facts_settle(sg_results *results, sg_err *err) SG_MUST_CHECK;
/* From the counts: years, headline year, flow; then what could not be done, and notes. */
sg_status sg_facts_counts(const sg_cohort *cohort, const sg_config *config, const sg_year_count *counts,
                          size_t n, sg_results *results, sg_err *err) SG_MUST_CHECK;

/* The yearly rules in force in a program year of the run, and the hours and days of the headline's, which sentences name. After the years. */
sg_status sg_rule_facts_make(const sg_config *config, sg_results *results, sg_err *err) SG_MUST_CHECK;

#endif
