/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A made-up state for the report tests: two program years, two dimensions, learners spread over sex, race and arm, and results
 * of the form that analysis gives. The intervals are only there to be printed.
 */
#ifndef SG_TEST_REPORT_FIXTURE_H
#define SG_TEST_REPORT_FIXTURE_H

#include "skillgain/disclosure.h"
#include "skillgain/report.h"

typedef struct {
    const char *name;
    int64_t n_iet, n_other; /* about: of the last year */
    double rate_iet, rate_other;
    double coverage;
    bool one_armed;                        /* no comparison learners at all */
    bool no_year;                          /* nothing is closed yet */
    bool no_pair;                          /* closed years, none of them with both groups */
    bool no_status;                        /* and no record says who is in IET */
    bool no_races;                         /* nobody's race is known */
    bool no_hours, no_register;            /* an export without hours; no register of programs */
    int more_years;                        /* closed program years before the usual two */
    int troubled;                          /* so many held and refused deliveries, and a banner */
    bool clean;                            /* no deliveries, findings, gaps or notes at all */
    bool no_other_gains;                   /* like-for-like gains only */
    bool hidden_headline, absent_headline; /* the difference of everyone */
    bool programs;                         /* facts of IET programs */
    bool amounts;                          /* estimates of times and amounts */
    bool no_completion;                    /* and of these none of completed programs */
    bool unsettled;                        /* the arm of each day points the other way */
    int federal;                           /* 0: no federal tables; n: with n - 1 broken tie-outs */
    const char *variant;                   /* NULL: landmark */
    const char *reference_level;           /* of sex, against which the others are held; NULL: all others */
    const char *agency;                    /* NULL: the usual one */
    const char *level_label;               /* of the group "nonbinary"; NULL: the usual one */
} sg_fixture;

extern const sg_fixture sg_fixture_usual;

/* The caller frees it. Fails the test where anything goes wrong. */
sg_results *sg_fixture_results(const sg_fixture *fixture);
sg_publication *sg_fixture_draft(const sg_fixture *fixture);
sg_publication *sg_fixture_edition(const sg_fixture *fixture); /* audited */

#endif
