/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cohort: stored rows to columns in memory: periods of participation, the 12th-hour day, participant-years, IET grade and arm,
 * time zero, outcomes, levels, by the rules of design.md section 6 (Counting). A row of the cohort is a participant-year.
 */
#ifndef SKILLGAIN_COHORT_H
#define SKILLGAIN_COHORT_H

#include "skillgain/base.h"
#include "skillgain/cohort/amount.h"
#include "skillgain/cohort/federal.h"
#include "skillgain/config.h"
#include "skillgain/model.h"

/* The store by name only: what is above cohort (batch apart) never sees it. */
typedef struct sg_store sg_store;

/* How time zero and the arms are set (design.md section 3.2). The term design is there where the configuration has terms. */
typedef enum { SG_DESIGN_LANDMARK, SG_DESIGN_NAIVE, SG_DESIGN_TERM, SG_N_DESIGNS } sg_design;
const char *sg_design_text(sg_design design); /* "landmark", "naive", "term": the variant */

typedef enum { SG_ARM_NEITHER, SG_ARM_IS_IET, SG_ARM_IS_COMPARISON } sg_arm;
typedef enum {
    SG_GRADE_NONE,
    SG_GRADE_CLAIMED,
    SG_GRADE_SUPPORTED,
    SG_GRADE_CONFIRMED,
    SG_GRADE_UNKNOWN,
    SG_N_GRADES
} sg_iet_grade;
const char *sg_iet_grade_text(sg_iet_grade grade);

/* Why a participant-year is not in a design's comparison; the first that applies in this order. */
#define SG_COHORT_STATE_LIST(X)                                                                              \
    X(IN, "in", "in the comparison's population")                                                            \
    X(OPEN_YEAR, "open_year", "program year still open")                                                     \
    X(EXIT_REASON, "exit_reason", "left for a reason that the federal rules take out (exit reason 01-04)")   \
    X(OTHER_YEAR, "other_year", "landmark day falls in another program year")                                \
    X(IET_BEFORE, "iet_before_term", "was in IET before the term")                                           \
    X(LEFT_ENTRY, "left_before_follow_up", "left before the term's days of entry were over")                 \
    X(GAINED_ENTRY, "gain_before_follow_up", "had a gain before the term's days of entry were over")         \
    X(NO_OFFER, "no_iet_offered", "no IET at the college in the term")                                       \
    X(LEFT_EARLY, "left_before_landmark", "left before the landmark day")                                    \
    X(GAINED_EARLY, "gain_before_landmark", "had a gain by the landmark day")                                \
    X(INCOMPLETE, "window_incomplete", "follow-up not complete by the as-of date or the college's last day")

typedef enum {
#define SG_COHORT_STATE_ENUM(name, id, text) SG_COHORT_##name,
    SG_COHORT_STATE_LIST(SG_COHORT_STATE_ENUM)
#undef SG_COHORT_STATE_ENUM
        SG_N_COHORT_STATES
} sg_cohort_state;
const char *sg_cohort_state_id(sg_cohort_state state);   /* "left_before_landmark" */
const char *sg_cohort_state_text(sg_cohort_state state); /* in words */

/* Whether there was an IET program that a unit could have entered (access): not known, none, or one within reach. */
typedef enum { SG_REACH_UNKNOWN, SG_REACH_NONE, SG_REACH_WITHIN, SG_N_REACH_STATES } sg_reach_state;
enum { SG_REACH_SHIFT = 28, SG_REACH_MASK = 3 }; /* its place in a unit's outcome bits */

/* A counted gain of the common types; of any other type. Both bits have their place in a unit's outcome bits, too. */
enum { SG_GAINED_COMMON = 1, SG_GAINED_OTHER = 2 };
enum { SG_GAINED_SHIFT = 26, SG_GAINED_MASK = 3 };
unsigned sg_gained_of(sg_outcome_bits bits); /* SG_GAINED_...: in the design's window */

/* One design: a byte a unit in each column. A unit is a participant-year; in the term design a participant's PoP at the start of a
 * term of the program year, so that a learner may be there once a term. Units are by program year, then by pseudonym. */
typedef struct {
    size_t n;
    const int16_t *program_year;
    const uint16_t *college; /* of the PoP's first row; index into colleges */
    uint8_t *state;          /* sg_cohort_state */
    uint8_t *grade;          /* sg_iet_grade in the design's scope */
    uint8_t
        *arm; /* sg_arm: from grade and cohort.iet; NEITHER for unknown and for grades not in cohort.iet */
    sg_outcome_bits
        *outcomes; /* in the design's window, with what was gained in it; and whether IET was within reach */
    /* From time zero to the first like-for-like gain; 0 or below: none, and how long it could have come, to the PoP's last day or the end of follow-up
     * (-90: 90 days). NULL in naive, which follows from no day on. */
    int16_t *gain_days;
    /* [dimension][unit] at the design's time zero (of an overlapping one its bits): of the first row of the PoP with a value. So too the
     * age: that at the PoP's first day, but where its first row has none, that at the start of the first row that has
     * one, as delivered. */
    uint8_t **levels;
    sg_amounts amounts[SG_N_AMOUNTS]; /* of the units in the comparison that have one */
} sg_cohort_view;

/*
 * A college that stopped delivering before the as-of date, where that makes participant-years SG_COHORT_INCOMPLETE. Its
 * last day is the latest cut-off among its enrollment rows of all program years. Incomplete is, unless an earlier state
 * applies: in landmark whose window ends after the last day, and who was still there on it with the landmark to come (not
 * "left"); in naive whose program year ends after it. A participant-year is of the college of its PoP's first row.
 */
typedef struct {
    uint16_t college; /* index into colleges */
    sg_day last_day;
    int64_t participant_years; /* made incomplete by it in one design or both; above 0 */
} sg_stale_college;

typedef struct {
    size_t n; /* participant-years, by program year, then pseudonym: the units of landmark and naive */
    const int16_t *program_year;
    const uint16_t *college; /* of the PoP's first row; index into colleges */
    sg_cohort_view designs[SG_N_DESIGNS];
    const char *const *
        scales; /* where score gains are asked for: "INSTRUMENT*SUBJECT" of each line of the table of instruments */
    size_t n_scales;
    size_t n_designs; /* of them there are: SG_N_DESIGNS with terms, else one less */
    const sg_dimension
        *dimensions; /* config's, in its order; custom ones with their levels sorted by bytes */
    size_t n_dimensions;
    const char *const *colleges; /* codes, sorted */
    size_t n_colleges;
    sg_day as_of;
    sg_day outcomes_up_to; /* the cut-off of the outcome export; SG_DAY_NONE: none was delivered */
    /* by college: the program year of the first completion that it tells, before which it may not have kept them; INT16_MAX: it tells none;
     * NULL: none of any does */
    const int16_t *completions_from;
    bool has_tests;            /* a test export was delivered */
    bool hours_by_services;    /* some enrollment had services, which then give its days and hours */
    bool hours_taken_as_given; /* some export had no hours: enrollment was taken as participation */
    struct {                   /* what was read and not counted: nothing is dropped in silence */
        int64_t learners, pops, pops_under_hours, pops_placed_by_tests, rows_without_hours, rows_after_cutoff,
            gains, gains_without_enrollment, gains_outside_pop, gains_after_cutoff, gains_not_open_to_learner,
            services, services_after_cutoff, services_without_enrollment, programs,
            participant_years_of_stale_colleges; /* the sum of stale's participant_years */
    } seen;
    sg_iet_facts iet; /* claimed against derived, and each program */
    size_t n_stale;
    const sg_stale_college *stale; /* by college */
    sg_arena *arena;               /* owns everything */
} sg_cohort;

/* as_of: SG_DAY_NONE takes the earliest cut-off among enrollment and gain; a later day is refused (SG_USAGE). Fails
 * (SG_FAILED, what to import) where a required kind was never delivered. */
sg_status sg_cohort_build(sg_store *store, const sg_config *config, sg_day as_of, sg_cohort **out,
                          sg_err *err) SG_MUST_CHECK;
/* The same, handing federal facts to the sink on the way; NULL: none. */
sg_status sg_cohort_build_telling(sg_store *store, const sg_config *config, sg_day as_of,
                                  const sg_federal_sink *sink, sg_cohort **out, sg_err *err) SG_MUST_CHECK;
/* The design that leads: term where there are terms, else landmark. */
sg_design sg_cohort_headline(const sg_cohort *cohort);
void sg_cohort_free(sg_cohort *cohort);
SG_DEFINE_CLEANUP(sg_cohort, sg_cohort, sg_cohort_free)

#endif
