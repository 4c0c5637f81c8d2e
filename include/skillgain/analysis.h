/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * analysis: cohort columns to results: cells counted once, rates, IET differences, gaps and their difference, p-values corrected
 * by family. It draws no pictures and hides nothing; what may be shown is decided by disclosure.
 */
#ifndef SKILLGAIN_ANALYSIS_H
#define SKILLGAIN_ANALYSIS_H

#include "skillgain/cohort.h"
#include "skillgain/config.h"
#include "skillgain/model.h"

typedef struct {
    int program_year;    /* 0: every closed one */
    const char *college; /* NULL: the state */
    const char *banner;  /* "" */
    int jobs;            /* threads, 1 or more; the same bytes for any */
} sg_analysis_options;

/* Digest of the plan (what will be compared, for whom, by which method): cohort, analysis and disclosure keys and rule versions, made before any outcome is looked at. */
sg_status sg_plan_digest(const sg_config *config, char out[SG_SHA256_TEXT], sg_err *err) SG_MUST_CHECK;

/* Results of every closed program year (open ones: flow only) in both designs. facts.deliveries, findings and input_sha256 are the caller's to fill. */
sg_status sg_analysis_run(const sg_cohort *cohort, const sg_config *config,
                          const sg_analysis_options *options, sg_results **out, sg_err *err) SG_MUST_CHECK;

#endif
