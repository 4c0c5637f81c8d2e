/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods of participation: what joins, what splits, which rows are of one at all. */
#include "learner.h"

/*
 * The fall row used all over: 1 September to 29 December 2023 is 30 + 31 + 30 + 29 = 120 days, 120 hours are one a day. The
 * 12th-hour day is 12 September, the landmark 30 days on is 12 October, the window ends 180 days on: 19 + 30 + 31 + 31 + 29 +
 * 31 = 171 days to 31 March, so 9 April 2024.
 *
 * Whether a second row is of the same PoP shows in the naive design: its IET flag and the gain on it count there or don't.
 */
#define FALL "2023-09-01..2023-12-29 120"
/* 30 + 31 + 30 + 31 + 1 = 123 days; 12th-hour day, landmark and window as of the fall row */
#define TO_NEW_YEAR "2023-09-01..2024-01-01 123"

static learner_case cases[] = {
    {.name = "a term without IET and without a gain is in both designs",
     .rows = {FALL},
     .years = {"2023: in comparison none -; in comparison none -"}},

    /* 1 January + 90 days: 30 to 31 January, 29 in February, 31 in March make 90 on 31 March. The gain on 1 May is in the
     * PoP, but behind the window that ends on 9 April. */
    {.name = "a gap of 90 days joins",
     .rows = {TO_NEW_YEAR, "2024-03-31..2024-06-08 70 iet=yes"},
     .gains = {"2024-05-01 efl_test"},
     .years = {"2023: in comparison none -; in iet claimed common"}},
    {.name = "a gap of 91 days splits, and the second PoP has no participant-year in the same program year",
     .rows = {TO_NEW_YEAR, "2024-04-01..2024-06-08 69 iet=yes"},
     .gains = {"2024-05-01 efl_test"},
     .years = {"2023: in comparison none -; in comparison none -"}},

    /* 15 February to 10 May is 14 + 31 + 30 + 10 = 85 days. The gain on 10 March, on no row's day, is within the PoP and
     * the window. */
    {.name = "a planned service bridges a gap beyond 90 days",
     .rows = {TO_NEW_YEAR " planned_service_date=2024-02-15", "2024-05-10..2024-06-08 30 iet=yes"},
     .gains = {"2024-03-10 efl_test"},
     .years = {"2023: in comparison none common; in iet claimed common"}},
    {.name = "a planned service of an earlier row bridges, too",
     .rows = {"2023-09-01..2023-10-15 45 planned_service_date=2024-02-15", "2023-10-16..2024-01-01 78",
              "2024-05-10..2024-06-08 30 iet=yes"},
     .gains = {"2024-03-10 efl_test"},
     .years = {"2023: in comparison none common; in iet claimed common"}},
    /* 15 February + 90 days: 14 + 31 + 30 = 75 to 30 April, so 15 May joins and 16 May splits */
    {.name = "90 days after a planned service join",
     .rows = {TO_NEW_YEAR " planned_service_date=2024-02-15", "2024-05-15..2024-06-08 25 iet=yes"},
     .years = {"2023: in comparison none -; in iet claimed -"}},
    {.name = "91 days after a planned service split",
     .rows = {TO_NEW_YEAR " planned_service_date=2024-02-15", "2024-05-16..2024-06-08 24 iet=yes"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "a planned service before the last day changes nothing",
     .rows = {TO_NEW_YEAR " planned_service_date=2023-12-01", "2024-04-01..2024-06-08 69 iet=yes"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    /* the PoP ends on 29 December whatever was planned */
    {.name = "a planned service is no day on which a gain counts",
     .rows = {FALL " planned_service_date=2024-02-15"},
     .gains = {"2024-01-10 efl_test"},
     .years = {"2023: in comparison none -; in comparison none -"}},

    /* Latest end so far 15 March; + 90 days: 16 + 30 + 31 = 77 to 31 May, so 13 June joins though the row before it ended on
     * 10 October. 2 hours a day on the long row: 197 days (30+31+30+31+31+29+15), so day 6 = 6 September, landmark 6 October. */
    {.name = "the gap is from the latest end so far, not from the row before",
     .rows = {"2023-09-01..2024-03-15 394", "2023-10-01..2023-10-10 10", "2024-06-13..2024-06-20 8 iet=yes"},
     .years = {"2023: in comparison none -; in iet claimed -"}},
    {.name = "one day more after the latest end so far splits",
     .rows = {"2023-09-01..2024-03-15 394", "2023-10-01..2023-10-10 10", "2024-06-14..2024-06-20 7 iet=yes"},
     .years = {"2023: in comparison none -; in comparison none -"}},

    {.name = "a PoP ends with the latest end, not with the last row",
     .rows = {FALL, "2023-10-01..2023-10-10 10"},
     .gains = {"2023-12-29 efl_test"},
     .years = {"2023: in comparison none common; in comparison none common"}},

    /* joined, the second row would be within 90 days of the row without hours */
    {.name = "a row of zero hours bridges no gap",
     .rows = {TO_NEW_YEAR, "2024-01-02..2024-03-01 0", "2024-04-01..2024-06-08 69 iet=yes"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "a row of blank hours bridges no gap",
     .rows = {TO_NEW_YEAR, "2024-01-02..2024-03-01 -", "2024-04-01..2024-06-08 69 iet=yes"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "the planned service of a row without hours bridges no gap",
     .rows = {TO_NEW_YEAR, "2023-12-01..2023-12-20 0 planned_service_date=2024-03-01",
              "2024-04-01..2024-06-08 69 iet=yes"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "the IET flag of a row without hours is none",
     .rows = {FALL, "2023-09-05..2023-12-20 - iet=yes"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "the blank flag of a row without hours leaves the grade alone",
     .rows = {FALL, "2023-09-05..2023-12-20 0 iet="},
     .years = {"2023: in comparison none -; in comparison none -"}},

    /* 6 + 6 hours, 91 days apart, are never 12: 30 September + 90 = 31 + 30 + 29 = 29 December, so 30 December splits */
    {.name = "hours do not carry over from one PoP to the next",
     .rows = {"2023-09-01..2023-09-30 6", "2023-12-30..2024-02-28 6"}},
    {.name = "hours carry over within a PoP",
     .rows = {"2023-09-01..2023-09-30 6", "2023-12-29..2024-02-28 6"},
     /* the twelfth hour is the last: 28 February */
     .years = {"2023: left_before_landmark comparison none; in comparison none -"}},

    /* The first PoP has 11 hours; the second, 16 January to 14 May, is 16 + 29 + 31 + 30 + 14 = 120 days: 12th-hour day
     * 27 January, landmark 26 February. 30 September + 90 = 29 December. */
    {.name = "a PoP under 12 hours leaves the program year to the next",
     .rows = {"2023-09-01..2023-09-30 11", "2024-01-16..2024-05-14 120 iet=yes"},
     .gains = {"2024-04-01 efl_test"},
     .years = {"2023: in iet claimed common; in iet claimed common"}},

    /* Entry 2 October 2022, exit 10 February 2023: 30 + 30 + 31 + 31 + 10 = 132 days; 12th-hour day 13 October, landmark
     * 12 November, window to 11 May 2023 (18 + 31 + 31 + 28 + 31 + 30 = 169, and 11). Re-entry 11 June is 121 days later. */
    {.name = "of two PoPs in a year the first counts, with its two gain types, and the gain of the second "
             "does not",
     .rows = {"2022-10-02..2023-02-10 132 workplace_literacy=yes", "2023-06-11..2023-06-30 20 iet=yes"},
     .gains = {"2022-12-15 efl_test", "2023-01-20 milestone", "2023-06-20 diploma"},
     .years = {"2022: in comparison none both; in comparison none both"}},
    {.name = "a gain of the second PoP of a year alone counts nowhere",
     .rows = {"2022-10-02..2023-02-10 132", "2023-06-11..2023-06-30 20 iet=yes"},
     .gains = {"2023-06-20 diploma"},
     .years = {"2022: in comparison none -; in comparison none -"}},

    {.name = "a PoP runs across colleges",
     .rows = {FALL " college_index=2", "2024-01-10..2024-03-09 60 college_index=0 iet=yes"},
     .gains = {"2024-02-01 efl_test"},
     .years = {"2023: in comparison none common; in iet claimed common"}},
};

const learner_table learners_pops = LEARNER_TABLE(cases);
