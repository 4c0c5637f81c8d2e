/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts of one program year and design, made in one pass over the cohort's columns.
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_COUNT_H
#define SKILLGAIN_SRC_ANALYSIS_COUNT_H

#include "skillgain/analysis.h"

/* Participant-years of one arm of a group by what they gained: index = bits SG_GAINED_COMMON, SG_GAINED_OTHER. */
typedef struct {
    int64_t gained[4];
} sg_arm_count;

typedef struct {
    sg_arm_count iet, comparison;
} sg_group_count;

typedef struct {
    int program_year;
    sg_design design;
    bool closed;
    sg_group_count total;
    sg_group_count **levels; /* [dimension][level] */
    int64_t units;
    int64_t state[SG_N_COHORT_STATES];
    int64_t grade[SG_N_GRADES]; /* of those in the population */
    int64_t in_neither;         /* in the population, in neither arm */
} sg_year_count;

/* One for each program year (ascending) and design of the cohort (in the order of sg_design) that the options ask for, in the arena. */
sg_status sg_count_years(const sg_cohort *cohort, const sg_analysis_options *options, sg_arena *arena,
                         sg_year_count **out, size_t *out_n, sg_err *err) SG_MUST_CHECK;

int64_t sg_arm_n(const sg_arm_count *arm);

/* The outcomes that are counts of gains. */
typedef enum { SG_OUTCOME_MSG_COMMON, SG_OUTCOME_MSG, SG_N_OUTCOMES } sg_outcome;
const char *sg_outcome_text(sg_outcome outcome);
int64_t sg_arm_x(const sg_arm_count *arm, sg_outcome outcome);

#endif
