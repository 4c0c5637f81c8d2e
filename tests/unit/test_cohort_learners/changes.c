/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of arm within follow-up: into IET, out of what can be known, from adult education to training. */
#include "learner.h"
#include "skillgain/config.h"

/* see pops.c: 12th hour 12 September, landmark 12 October 2023, which is time zero. Days from it: 13 October is 1, 1 November 20; 180 days on is
 * 9 April 2024 (19 + 30 + 31 + 31 + 29 + 31 = 171 to 31 March) */
#define DAYS "2023-09-01..2023-12-29 120"
#define LONG "2023-09-01..2024-05-31 274"
#define AE " component=adult_education"
#define WP " component=workforce_preparation"
#define WT " component=workforce_training"
#define IT " component=integrated"

static learner_case cases[] = {
    {.name = "who starts IET within follow-up changes on that day",
     .rows = {DAYS, "2023-11-01..2023-12-20 50 iet=yes"},
     .changes = {"iet 20"}},
    {.name = "the day after time zero is the first that can be a change",
     .rows = {DAYS, "2023-10-13..2023-12-20 69 iet=yes"},
     .changes = {"iet 1"}},
    {.name = "who is in IET on time zero is of that arm, and changes nothing",
     .rows = {DAYS, "2023-10-12..2023-12-20 70 iet=yes"},
     .changes = {"-"}},
    {.name = "the first of two IET rows is the change",
     .rows = {LONG, "2024-01-02..2024-03-20 40 iet=yes", "2024-02-02..2024-03-20 40 iet=yes"},
     .changes = {"iet 82"}},
    {.name = "IET on the last day of follow-up is a change",
     .rows = {LONG, "2024-04-09..2024-05-20 40 iet=yes"},
     .changes = {"iet 180"}},
    {.name = "IET behind it is none", .rows = {LONG, "2024-04-10..2024-05-20 40 iet=yes"}, .changes = {"-"}},
    {.name = "IET in another PoP is none",
     .rows = {"2023-09-01..2023-11-01 62", "2024-02-02..2024-05-20 40 iet=yes"},
     .changes = {"-"}},

    {.name = "a blank flag leaves it open from that day on",
     .rows = {DAYS, "2023-11-01..2023-12-20 50 iet="},
     .changes = {"neither 20"}},
    {.name = "IET behind a blank is not looked at",
     .rows = {DAYS, "2023-11-01..2023-12-20 50 iet=", "2023-11-11..2023-12-20 40 iet=yes"},
     .changes = {"neither 20"}},
    {.name = "a claim and a blank on one day are a claim",
     .rows = {DAYS, "2023-11-01..2023-12-20 50 iet=", "2023-11-01..2023-12-19 40 iet=yes"},
     .changes = {"iet 20"}},
    {.name = "a grade that is in neither arm leaves it open",
     .rows = {DAYS, "2023-11-01..2023-12-20 50 iet=yes"},
     .arms = SG_GRADE_BIT_SUPPORTED | SG_GRADE_BIT_CONFIRMED,
     .changes = {"neither 20"}},
    {.name = "components that come to overlap are IET from the day of the last of them",
     .rows = {DAYS AE, "2023-10-20..2023-12-20 30" WP, "2023-11-01..2023-12-20 30" WT},
     .changes = {"iet 20"}},

    {.name = "adult education, then training",
     .rows = {"2023-09-01..2023-10-31 61" AE, "2023-11-01..2023-12-20 50" WT},
     .changes = {"sequential 20"}},
    {.name = "training on the last day of adult education is beside it",
     .rows = {"2023-09-01..2023-10-31 61" AE, "2023-10-31..2023-12-20 51" WT},
     .changes = {"-"}},
    {.name = "training that began beside adult education stays so, one that comes later is behind it",
     .rows = {"2023-09-01..2023-10-31 61" AE, "2023-10-31..2023-12-20 51" WT, "2023-11-10..2023-12-20 41" WT},
     .changes = {"sequential 29"}},
    {.name = "all adult education must be over",
     .rows = {"2023-09-01..2023-10-31 61" AE, "2023-10-20..2023-12-20 50" AE, "2023-11-01..2023-12-20 50" WT},
     .changes = {"-"}},
    {.name = "adult education that comes back behind the start of training takes nothing away",
     .rows = {"2023-09-01..2023-10-31 61" AE, "2023-11-01..2023-12-20 50" WT, "2023-11-15..2023-12-20 36" AE},
     .changes = {"sequential 20"}},
    {.name = "training without adult education is none",
     .rows = {DAYS, "2023-11-01..2023-12-20 50" WT},
     .changes = {"-"}},
    {.name = "preparation behind adult education is none",
     .rows = {"2023-09-01..2023-10-31 61" AE, "2023-11-01..2023-12-20 50" WP},
     .changes = {"-"}},
    {.name = "training before adult education is none",
     .rows = {"2023-09-01..2023-10-31 61" WT, "2023-11-01..2023-12-20 50" AE},
     .changes = {"-"}},
    {.name = "training that began by time zero counts from there",
     .rows = {"2023-09-01..2023-09-20 20" AE, "2023-09-25..2023-12-20 50" WT},
     .changes = {"sequential 0"}},
    {.name = "training first, IET later: both are changes",
     .rows = {"2023-09-01..2023-10-31 61" AE, "2023-11-01..2023-12-20 50" WT,
              "2023-11-21..2023-12-20 30 iet=yes"},
     .changes = {"iet 40, sequential 20"}},
    {.name = "training that is IET is no training behind adult education",
     .rows = {"2023-09-01..2023-10-31 61" AE, "2023-11-01..2023-12-20 50 iet=yes" WT},
     .changes = {"iet 20"}},
    {.name = "training behind the start of IET is part of it",
     .rows = {"2023-09-01..2023-10-31 61" AE, "2023-11-01..2023-12-20 50 iet=yes" IT,
              "2024-01-05..2024-02-20 50" WT},
     .changes = {"iet 20"}},

    {.name = "who is not in the comparison has none",
     .rows = {DAYS, "2023-11-01..2023-12-20 50 iet=yes"},
     .gains = {"2023-09-20 efl_test"},
     .changes = {"-"}},
    /* days of entry end on 23 October */
    {.name = "in the term design they are counted from the end of the days of entry",
     .rows = {DAYS, "2023-11-01..2023-12-20 50 iet=yes"},
     .terms = {"2023-10-02"},
     .others = {"2023-07-03..2025-06-30 1 iet=yes"},
     .changes = {"iet 9"}},
};

const learner_table learners_changes = LEARNER_TABLE(cases);
