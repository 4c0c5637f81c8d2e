/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A unit's rows and what is told of its outcomes: test_cohort_outcomes.c says how they are written. */
#ifndef SG_TEST_COHORT_OUTCOMES_CASES_H
#define SG_TEST_COHORT_OUTCOMES_CASES_H

#include <stdbool.h>
#include <stddef.h>

enum { MAX_ROWS = 5 };

typedef struct {
    const char *name; /* a sentence */
    const char *gains[MAX_ROWS], *tests[MAX_ROWS], *outcomes[MAX_ROWS];
    const char *up_to;    /* the cut-off of the outcome export; NULL: none was delivered */
    const char *tests_to; /* that of the test export; NULL: 2025-06-30 */
    const char *from;     /* the window's first day; NULL: as above */
    const char *exit, *exit_reason, *planned, *as_of;
    bool closed_to_iet_types;
    const char *told;
} outcome_case;

typedef struct {
    outcome_case *cases;
    size_t n;
} outcome_table;

extern const outcome_table sg_outcomes_of_exports; /* of the days of the window */
extern const outcome_table sg_outcomes_after_exit;

#define DAY(day) day ".." day
#define NO_EVENT "no:credential no:postsecondary_entry"

#endif
