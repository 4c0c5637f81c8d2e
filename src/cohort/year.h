/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Participant-years: the unit of the comparison, as each design sees it: in or why not, IET grade and arm, gains in the window,
 * time zero (Counting 4 to 8).
 */
#ifndef SG_COHORT_YEAR_H
#define SG_COHORT_YEAR_H

#include "pop.h"
#include "register.h"
#include "skillgain/cohort.h"

/* What else there is in the store. */
typedef struct {
    const sg_register *programs; /* NULL: none */
    const bool *has_services;    /* by college: services of it were delivered; NULL: of none */
    sg_day outcomes_up_to;       /* the cut-off of the outcome export; SG_DAY_NONE: none */
    sg_day tests_up_to;          /* of the test export */
} sg_cohort_sources;

typedef struct {
    const sg_config *config;
    sg_day as_of;
    const sg_cohort_sources *sources;
    const sg_stored_learner *learner;
    const sg_pop *pop; /* with a participant day */
    int program_year;
} sg_participant_year;

typedef struct {
    sg_cohort_state state;
    sg_iet_grade grade;
    sg_arm arm;
    unsigned gained; /* SG_GAINED_... in the design's window, from its first day to its last */
    sg_day window_first, window_last;
    sg_day scope_first, scope_last; /* in which IET is looked for */
    sg_day grade_first;             /* the grade is of the rows from here to scope_last */
    sg_day time_zero;
    sg_day known_by; /* the state holds if the college delivered up to this day; SG_DAY_NONE: in any case */
} sg_year_view;

/* In landmark or naive. */
sg_year_view sg_year_seen_by(sg_design design, const sg_participant_year *year);

/* What a design of its own asks: SG_COHORT_OPEN_YEAR, SG_COHORT_EXIT_REASON or SG_COHORT_IN; the gains (SG_GAINED_...) that count for
 * the PoP from a day to a day; whether the PoP was cut by its delivery on its last day, not ended: an
 * enrollment without an end that goes up to where it is known, or whose last service lies no more than the exit gap before. */
sg_cohort_state sg_year_state(const sg_participant_year *year);
unsigned sg_year_gained(const sg_participant_year *year, sg_day from, sg_day to);
bool sg_pop_is_cut(const sg_pop *pop, const sg_config *config, sg_day as_of);

/* The first day on which the exit is known: the exit gap is over, and no service planned behind it. Is it, by the as-of date? Of a PoP that
 * was cut it is not. */
sg_day sg_pop_exit_known_on(const sg_pop *pop, const sg_config *config);
bool sg_pop_has_ended(const sg_pop *pop, const sg_config *config, sg_day as_of);
/* Does an enrollment that ends on the PoP's last day, as delivered, have an exit reason that takes the PoP out: of everything in the
 * program year of the exit, or of what is told after exit alone? SG_YEARLY_EXCLUDED, SG_YEARLY_EXCLUDED_AFTER_EXIT. */
typedef enum { SG_EXCLUDES_NOTHING, SG_EXCLUDES_AFTER_EXIT, SG_EXCLUDES_ALL } sg_exclusion;
sg_exclusion sg_pop_exclusion(const sg_pop *pop, const sg_config *config);
/* The exit reason of the first enrollment that ends on the PoP's last day and has one (sg_codes_exit_reason); 0: none has. */
int64_t sg_pop_exit_reason(const sg_pop *pop);

typedef enum { SG_GAIN_COUNTS, SG_GAIN_AFTER_CUTOFF, SG_GAIN_OUTSIDE_POP, SG_GAIN_NOT_OPEN } sg_gain_verdict;

/* A subject is free text: mathematics is what speaks of it, in letters of any size. NULL is not. */
bool sg_subject_is_mathematics(const char *subject);

/* Is it dated by its delivery's cut-off and the as-of date? What is behind is not counted. */
bool sg_gain_is_known(const sg_stored_gain *gain, sg_day as_of);

/* Does the gain count for this PoP, whatever the window? */
sg_gain_verdict sg_gain_judge(const sg_stored_gain *gain, const sg_pop *pop, sg_day as_of,
                              const sg_config *config);
/* And for any of the PoPs? *out_pop (may be NULL): the first that it counts for, else n. Else the reason that comes nearest to counting. */
sg_gain_verdict sg_gain_judge_all(const sg_stored_gain *gain, const sg_pop *pops, size_t n, sg_day as_of,
                                  const sg_config *config, size_t *out_pop);

#endif
