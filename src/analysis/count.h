/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts of one program year and design, made in one pass over the cohort's columns.
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_COUNT_H
#define SKILLGAIN_SRC_ANALYSIS_COUNT_H

#include "skillgain/analysis.h"

/* The yes/no outcomes that are counted, in the order of sg_outcome: msg_common and msg, and of those configured the ones that the deliveries
 * can tell of. */
typedef struct {
    sg_outcome all[SG_N_SHARE_OUTCOMES];
    size_t n;
} sg_outcome_list;
/* Is it in analysis.outcomes? */
bool sg_outcome_is_asked(const sg_config *config, sg_outcome outcome);
/* Was the kind of export delivered that the outcome needs? */
bool sg_outcome_is_told(const sg_cohort *cohort, sg_outcome outcome);
void sg_outcomes_choose(const sg_cohort *cohort, const sg_config *config, sg_outcome_list *out);

/* Units of one arm of a group by what they gained: index = bits SG_GAINED_COMMON, SG_GAINED_OTHER; and of the outcomes behind these two,
 * those whose answer is known, and those of them with a yes; and by whether an IET program was within reach. */
typedef struct {
    int64_t gained[4];
    int64_t known[SG_N_SHARE_OUTCOMES], yes[SG_N_SHARE_OUTCOMES];
    int64_t reach[SG_N_REACH_STATES];
} sg_arm_count;

typedef struct {
    sg_arm_count iet, comparison;
} sg_group_count;

typedef struct {
    int program_year;
    sg_design design;
    bool closed;
    /* the units of the year in the design's columns, and of them those of a college; -1: of all */
    size_t first_unit, n_units;
    int college;
    sg_group_count total;
    sg_group_count **levels; /* [dimension][level] */
    int64_t units;
    int64_t state[SG_N_COHORT_STATES];
    int64_t grade[SG_N_GRADES];              /* of those in the population */
    int64_t gained_by_grade[SG_N_GRADES][4]; /* and what they gained, as in sg_arm_count */
    int64_t in_neither;                      /* in the population, in neither arm */
} sg_year_count;

/* One for each program year (ascending) and design of the cohort (in the order of sg_design) that the options ask for, in the arena. */
sg_status sg_count_years(const sg_cohort *cohort, const sg_outcome_list *outcomes,
                         const sg_analysis_options *options, sg_arena *arena, sg_year_count **out,
                         size_t *out_n, sg_err *err) SG_MUST_CHECK;

int64_t sg_arm_n(const sg_arm_count *arm);                         /* all units */
int64_t sg_arm_known(const sg_arm_count *arm, sg_outcome outcome); /* those that the outcome is known of */
int64_t sg_arm_x(const sg_arm_count *arm, sg_outcome outcome);

#endif
