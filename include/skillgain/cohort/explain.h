/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain: where single learners are counted, and why or why not, as plain facts: what the store has of them, their periods of
 * participation, and each design's view of them as it is in the cohort. They name no id and no pseudonym.
 */
#ifndef SKILLGAIN_COHORT_EXPLAIN_H
#define SKILLGAIN_COHORT_EXPLAIN_H

#include "skillgain/cohort.h"

/* The rules of counting (design.md section 6, Counting 1 to 10, and those beside them): name, id, text, source. */
#define SG_COUNTING_LIST(X)                                                                                  \
    X(ROWS, "C1",                                                                                            \
      "an enrollment counts for its days up to the cut-off and the as-of date if it has hours; where an "    \
      "export has none at all, enrollment is participation",                                                 \
      "34 CFR 463.150(a)")                                                                                   \
    X(POP, "C2",                                                                                             \
      "a period of participation ends where the exit gap passes without a service and none is planned",      \
      "34 CFR 463.150(c); joint performance guidance 2024, attachments V and VI")                            \
    X(HOURS, "C3",                                                                                           \
      "a participant is who reaches the contact hours within one period; hours of an enrollment are spread " \
      "evenly over its days",                                                                                \
      "34 CFR 463.150(a)")                                                                                   \
    X(YEAR, "C4",                                                                                            \
      "a participant counts in each program year from that of the 12th-hour day to that of the last day, "   \
      "by the earliest period of a year, once the year is closed",                                           \
      "joint performance guidance 2024, attachment V")                                                       \
    X(GAIN, "C5",                                                                                            \
      "a gain counts within a period of participation; types 3 to 5 for IET and workplace literacy only",    \
      "34 CFR 463.155; joint performance guidance 2024")                                                     \
    X(EXIT, "C6", "exit reasons 01 to 04 take the program year of the exit out",                             \
      "joint performance guidance 2024, attachment II")                                                      \
    X(ARM, "C7",                                                                                             \
      "arm iet by overlapping components or a flag, comparison where every flag says no; else in neither",   \
      "34 CFR 463.35 to 463.38")                                                                             \
    X(LANDMARK, "C8", "landmark: followed from a fixed number of days after the 12th-hour day",              \
      "design of this program")                                                                              \
    X(LEVEL, "C9", "a group is the first value of the period's enrollments that start by time zero",         \
      "design of this program")                                                                              \
    X(CELL, "C10", "a table counts who is in, by arm", "design of this program")                             \
    X(TERM, "C11", "term: followed from the end of a term's days of entry, if IET was to be had and is new", \
      "design of this program; Danaei et al. 2013 on sequential trials")                                     \
    X(SERVICE, "C12", "days of service, where there are any, give an enrollment's days and hours",           \
      "34 CFR 463.150(a)")                                                                                   \
    X(OUTCOME, "C13",                                                                                        \
      "tests count behind an earlier one of their kind; quarters of employment behind a known exit, but "    \
      "for exit reasons 01 to 04 and 07",                                                                    \
      "34 CFR 463.155; joint performance guidance 2024, attachment II")                                      \
    X(REACH, "C14",                                                                                          \
      "IET is within reach where the register has a program of the college that is approved, running, and "  \
      "open to the level and language",                                                                      \
      "34 CFR 463.35 to 463.38")                                                                             \
    X(PLACEMENT, "C15",                                                                                      \
      "an entering level that no enrollment gives is by tests, the lowest area: federal tables; groups by "  \
      "cohort.placement_by_tests",                                                                           \
      "34 CFR 462.42")

typedef enum {
#define SG_COUNTING_ENUM(name, id, text, source) SG_COUNTING_##name,
    SG_COUNTING_LIST(SG_COUNTING_ENUM)
#undef SG_COUNTING_ENUM
        SG_N_COUNTING
} sg_counting;

typedef struct {
    const char *id, *text, *source;
} sg_counting_rule;
const sg_counting_rule *sg_counting_rule_of(sg_counting rule);

/* What became of a row. */
#define SG_FATE_LIST(X)                                                                                      \
    X(COUNTS, "counts", ROWS, "counts")                                                                      \
    X(AS_GIVEN, "counts_without_hours", ROWS,                                                                \
      "counts: its export has no hours, enrollment is participation")                                        \
    X(NO_HOURS, "no_hours", ROWS, "does not count: it has no hours")                                         \
    X(AFTER_CUTOFF, "after_cutoff", ROWS, "does not count: it is dated after the cut-off or the as-of date") \
    X(BY_SERVICES, "by_services", SERVICE, "counts by the days and hours of its services")                   \
    X(NEVER_CAME, "never_came", SERVICE,                                                                     \
      "does not count: neither hours nor services, at a college that delivers services")                     \
    X(SERVICE_COUNTS, "service_counts", SERVICE, "counts")                                                   \
    X(NO_ENROLLMENT, "no_enrollment", SERVICE, "does not count: it belongs to no enrollment")                \
    X(GAIN_COUNTS, "gain_counts", GAIN, "counts")                                                            \
    X(GAIN_UNDER_HOURS, "gain_under_hours", HOURS,                                                           \
      "does not count: its period never reaches the hours of a participant")                                 \
    X(GAIN_ALONE, "gain_without_enrollment", GAIN, "does not count: there is no enrollment")                 \
    X(GAIN_OUTSIDE, "gain_outside", GAIN, "does not count: outside every period of participation")           \
    X(GAIN_NOT_OPEN, "gain_not_open", GAIN,                                                                  \
      "does not count: types 3 to 5 are open to IET and workplace literacy only")                            \
    X(TEST_COUNTS, "test_counts", OUTCOME, "counts as tested again")                                         \
    X(TEST_FIRST, "test_first", OUTCOME, "the first of its instrument and subject")                          \
    X(TEST_OUTSIDE, "test_outside", OUTCOME, "does not count: outside every period of participation")        \
    X(KNOWN, "known", OUTCOME, "is known")

typedef enum {
#define SG_FATE_ENUM(name, id, rule, text) SG_FATE_##name,
    SG_FATE_LIST(SG_FATE_ENUM)
#undef SG_FATE_ENUM
        SG_N_FATES
} sg_fate;
const char *sg_fate_id(sg_fate fate);
const char *sg_fate_text(sg_fate fate);
sg_counting sg_fate_rule(sg_fate fate);

typedef struct {
    sg_kind kind;
    sg_day first, last;  /* of a day the same; last SG_DAY_NONE: an enrollment without an end */
    const char *college; /* its code; NULL: the row has none */
    const char *text;    /* what else it says that counting looks at */
    sg_fate fate;
    size_t pop;    /* the period that it counts for, from 1; 0: none */
    int64_t batch; /* that brought it, and the line of its file; 0: not known */
    int64_t line;
} sg_explained_row;

/* A period of participation. */
typedef struct {
    sg_day first, last;
    sg_day participant_day; /* SG_DAY_NONE: the hours are never reached; a reportable individual only */
    int64_t hours;          /* of its rows, 10^-9 hours; those of days behind the as-of date too */
    bool hours_as_given;
    sg_day exit_known_on;            /* the first day on which the exit is known */
    bool has_ended;                  /* ... and that is by the as-of date */
    const char *exit_reason;         /* NULL: none */
    bool opens_iet_types;            /* gains of types 3 to 5 are open to it */
    sg_day bridged_from, bridged_to; /* the widest gap that only a planned service joins; SG_DAY_NONE: none */
} sg_explained_pop;

/* What the register says of a program; in the order in which it comes nearer to a yes. */
typedef enum {
    SG_REGISTERED_NOWHERE,      /* there is no register */
    SG_REGISTERED_NO_PROGRAM,   /* the enrollment names no program */
    SG_REGISTERED_UNKNOWN,      /* the register does not have it at this college */
    SG_REGISTERED_NOT_APPROVED, /* on the day on which the enrollment starts */
    SG_REGISTERED_NOT_RUNNING,  /* on any of its days */
    SG_REGISTERED
} sg_registered;

/* What a grade rests on, of the rows in scope. */
enum { SG_IET_COMPONENTS = 3 }; /* adult education, workforce preparation, workforce training */
typedef struct {
    sg_iet_grade grade;
    bool claims, denies, is_silent;                           /* a row says yes or credential; no; nothing */
    sg_day first[SG_IET_COMPONENTS], last[SG_IET_COMPONENTS]; /* SG_DAY_NONE: no row of it */
    sg_day overlap;           /* the first day on which all three run within one program; SG_DAY_NONE: none */
    const char *program;      /* that one; NULL: the rows name none */
    sg_registered registered; /* where they overlap: does the register have it? */
} sg_iet_evidence;

/* ---- designs ---- */

typedef struct {
    sg_design design;
    int program_year;
    sg_day term; /* its first day; SG_DAY_NONE in the other designs */
    size_t pop;  /* from 1 */
    const char *college;
    sg_cohort_state state;
    bool college_stopped; /* incomplete because the college's deliveries end on college_last_day */
    sg_day college_last_day;
    sg_iet_grade grade;
    sg_arm arm;
    sg_iet_evidence evidence; /* of the rows from evidence_first to evidence_last */
    sg_day evidence_first, evidence_last;
    sg_day time_zero, window_first, window_last;
    const char *outcomes;              /* ids of those that are a yes in the window, with commas; "": none */
    int gain_days;                     /* from time zero to the first like-for-like gain; 0: none */
    int credential_days;               /* and to the first credential, where it is known */
    sg_day changed[SG_N_CHANGED_ARMS]; /* its first day in another arm within follow-up; SG_DAY_NONE: none */
    sg_reach_state reach;
    const char *levels;                 /* dimension=level of each configured dimension, with commas */
    const char *entering_level;         /* NULL: it is no configured dimension */
    sg_day entering_row, entering_test; /* the day of the enrollment, of the test, that it is from; or none */
} sg_explained_unit;

typedef struct {
    size_t wanted;          /* place in the list of those asked for */
    sg_explained_row *rows; /* enrollments, services, gains, tests, outcomes */
    size_t n_rows;
    const sg_explained_pop *pops;   /* by time */
    const sg_explained_unit *units; /* participant-years in landmark and naive, then those of terms */
    const sg_pop_year *years; /* federal facts, in the order in which they are told; their pseudonyms are 0 */
    const sg_pop_exit *exits;
    size_t n_pops, n_units, n_years, n_exits;
} sg_explained_learner;

typedef struct {
    sg_day as_of;
    sg_design headline;
    const sg_explained_learner *learners; /* those that the store has, in order of `wanted` */
    size_t n;
    unsigned given; /* SG_GIVEN_... of anybody's federal facts */
} sg_explanation;

/* Explains the learners with these pseudonyms, each given once. as_of and failures as of sg_cohort_build, which it does beside. All in the
 * arena. Nothing is written. */
sg_status sg_cohort_explain(sg_store *store, const sg_config *config, sg_day as_of,
                            const sg_pseudonym *wanted, size_t n, sg_arena *arena, sg_explanation *out,
                            sg_err *err) SG_MUST_CHECK;

#endif
