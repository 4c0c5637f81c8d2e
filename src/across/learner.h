/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to across: one learner's rows in order, the participations that they make, and the rules that look at them.
 */
#ifndef SG_ACROSS_LEARNER_H
#define SG_ACROSS_LEARNER_H

#include "backdrop.h"
#include "found.h"
#include "skillgain/across.h"

typedef struct {
    sg_day cutoff;
    bool has_hours;
    sg_kind kind;
} sg_across_file;

/* What all learners share. */
typedef struct {
    sg_across_options options;
    sg_backdrop backdrop;
    sg_across_file *files;
    size_t n_files, file_capacity;
    sg_day horizon; /* the latest cut-off of the enrollments: open rows end on it */
} sg_scene;

/* A period of participation, by the rules that reports count by (design.md section 6, Counting 1 and 2). */
typedef struct {
    const sg_fact *const *rows; /* those that count, by start */
    size_t n_rows;
    sg_day first, last, served; /* served: with the planned service that keeps it open */
    bool opens_types;           /* gains of types 3 to 5 are open to it */
} sg_spell;

typedef struct {
    const sg_fact *fact;
    uint64_t key;
} sg_keyed_fact;

typedef struct {
    sg_scene *scene;
    sg_keyed_fact *keyed;
    size_t n_keyed, keyed_capacity;
    const sg_fact **all; /* by kind, day, key */
    size_t n_all, all_capacity;
    const sg_fact *const *of[SG_N_KINDS];
    size_t n_of[SG_N_KINDS];
    const sg_fact **counted; /* the enrollments with hours, up to the horizon */
    size_t n_counted, counted_capacity;
    sg_spell *spells;
    size_t n_spells, spell_capacity;
} sg_learner_rows;

typedef struct {
    sg_found_list *findings;
    const sg_fact *facts; /* all that are looked at together */
    sg_status status;     /* of the first note that failed */
} sg_across_sink;

/* The days that a participation outlasts without service behind a day, by the rules of that day's program year. */
int sg_gap_behind(const sg_learner_rows *learner, sg_day day);

/* Puts learner->keyed (n_keyed of them) in order, each key once, and finds the participations. */
sg_status sg_learner_settle(sg_learner_rows *learner, sg_err *err) SG_MUST_CHECK;
void sg_learner_release(sg_learner_rows *learner);

/* The last day of an enrollment, the horizon where it is open. */
sg_day sg_last_day(const sg_learner_rows *learner, const sg_fact *enrollment);
/* Whether the two days and those between meet the enrollment's. */
bool sg_meets(const sg_learner_rows *learner, const sg_fact *enrollment, sg_day first, sg_day last);
/* The participation that has the day; NULL: none. */
const sg_spell *sg_spell_on(const sg_learner_rows *learner, sg_day day);
/* Days from the day to the nearest participation; 0: within one; INT64_MAX: there is none. */
int64_t sg_days_to_spell(const sg_learner_rows *learner, sg_day day);
/* Whether the row's time is one for which its college's enrollments were delivered, so that a missing one says something. */
bool sg_is_covered(const sg_learner_rows *learner, const sg_fact *fact);
/* Dated after the cut-off of the enrollments: rules on dates tell of it. */
bool sg_is_late(const sg_learner_rows *learner, const sg_fact *fact);
/* Both levels are of one scale and have an order. */
bool sg_same_scale(unsigned a, unsigned b);
/* The row shows IET or workplace literacy, by flag or component. */
bool sg_is_iet(const sg_fact *enrollment);

void sg_find(sg_across_sink *sink, sg_across_rule rule, const sg_fact *fact, int field);

void sg_across_gains(const sg_learner_rows *learner, sg_across_sink *sink);       /* rules_gain.c */
void sg_across_scores(const sg_learner_rows *learner, sg_across_sink *sink);      /* rules_test.c */
void sg_across_enrollments(const sg_learner_rows *learner, sg_across_sink *sink); /* rules_enrollment.c */
void sg_across_hours(const sg_learner_rows *learner, sg_across_sink *sink);       /* rules_hours.c */
void sg_across_programs(const sg_learner_rows *learner, sg_across_sink *sink);    /* rules_program.c */
void sg_across_outcomes(const sg_learner_rows *learner, sg_across_sink *sink);    /* rules_outcome.c */

#endif
