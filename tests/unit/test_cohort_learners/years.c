/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Participant-years and why they are in a design or not: years, landmarks, windows, exits, the as-of date. */
#include "learner.h"

#define FALL                                                                                                 \
    "2023-09-01..2023-12-29 120" /* see pops.c: 12th hour 12 September, landmark 12 October, window to 9 April */

static learner_case cases[] = {
    /* August 2021 to September 2022: 2 August to 14 September is 409 days (30 + 30 + 31 + 30 + 31 = 152 to 31 December,
     * 243 to 31 August, 14); one hour a day, 12th 13 August, landmark 12 September 2021 */
    {.name = "a PoP over two program years has two participant-years and enters the landmark once",
     .rows = {"2021-08-02..2022-09-14 409"},
     .gains = {"2022-08-01 efl_test"},
     .years = {"2021: in comparison none -; in comparison none -",
               "2022: other_year comparison none; in comparison none common"}},

    /* 1 June 2022 to 10 July 2024: 214 days of 2022, 365, 192 of 2024 = 771; 12th 12 June 2022, landmark 12 July 2022,
     * window to 8 January 2023 */
    {.name = "a PoP touching four program years has a participant-year in each",
     .rows = {"2022-06-01..2024-07-10 771"},
     .gains = {"2022-12-01 diploma", "2024-07-02 efl_credit"},
     .years = {"2021: other_year comparison none; in comparison none -",
               "2022: in comparison none common; in comparison none common",
               "2023: other_year comparison none; in comparison none -",
               "2024: other_year comparison none; in comparison none other"}},

    /* 1 June to 28 September 2024 is 30 + 31 + 31 + 28 = 120 days: 12th 12 June, landmark 12 July 2024 */
    {.name = "a landmark after 30 June puts the PoP into the new year",
     .rows = {"2024-06-01..2024-09-28 120"},
     .gains = {"2024-07-13 efl_test"},
     .years = {"2023: other_year comparison none; in comparison none -",
               "2024: in comparison none common; in comparison none common"}},
    {.name = "a gain on 30 June belongs to the old year, and is before the landmark",
     .rows = {"2024-06-01..2024-09-28 120"},
     .gains = {"2024-06-30 efl_test"},
     .years = {"2023: other_year comparison none; in comparison none common",
               "2024: gain_before_landmark comparison none; in comparison none -"}},
    {.name = "a gain on 1 July belongs to the new year, and is before the landmark",
     .rows = {"2024-06-01..2024-09-28 120"},
     .gains = {"2024-07-01 efl_test"},
     .years = {"2023: other_year comparison none; in comparison none -",
               "2024: gain_before_landmark comparison none; in comparison none common"}},
    /* 20 May to 28 September: 12 + 120 = 132 days, 12th 31 May, landmark 30 June */
    {.name = "a landmark on 30 June is of the old year",
     .rows = {"2024-05-20..2024-09-28 132"},
     .years = {"2023: in comparison none -; in comparison none -",
               "2024: other_year comparison none; in comparison none -"}},

    /* 1 February to 18 August 2024 is 29 + 31 + 30 + 31 + 30 + 31 + 18 = 200 days: 12th 12 February, landmark 13 March,
     * window to 9 September (18 + 30 + 31 + 30 + 31 + 31 = 171, and 9) */
    {.name = "follow-up runs across 30 June",
     .rows = {"2024-02-01..2024-08-18 200"},
     .gains = {"2024-07-20 efl_test"},
     .years = {"2023: in comparison none common; in comparison none -",
               "2024: other_year comparison none; in comparison none common"}},

    /* The second PoP, 1 May to 28 August 2024 (31 + 30 + 31 + 28 = 120 days, 124 after 29 December): 12th 12 May, landmark
     * 11 June 2024, of a year that the first PoP has. Its participant-year 2024 is in the naive design alone. */
    {.name = "a re-entry whose landmark falls in a year that another PoP has is never in the landmark design",
     .rows = {FALL, "2024-05-01..2024-08-28 120 iet=yes"},
     .gains = {"2024-08-01 efl_test"},
     .years = {"2023: in comparison none -; in comparison none -",
               "2024: other_year iet claimed; in iet claimed common"}},
    /* 12th hour on 12 September 2024 */
    {.name = "a re-entry in the next year is a participant-year of its own",
     .rows = {FALL, "2024-09-01..2024-12-29 120 iet=credential"},
     .gains = {"2023-12-01 efl_test", "2024-12-01 diploma"},
     .years = {"2023: in comparison none common; in comparison none common",
               "2024: in iet claimed common; in iet claimed common"}},

    /* 1 September to 12 October is 42 days */
    {.name = "who leaves on the landmark day is still participating",
     .rows = {"2023-09-01..2023-10-12 42"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "who leaves the day before the landmark is out",
     .rows = {"2023-09-01..2023-10-11 41"},
     .gains = {"2023-10-01 efl_test"},
     .years = {"2023: left_before_landmark comparison none; in comparison none common"}},
    /* 10 June to 5 July 2024 is 26 days: 12th 21 June, landmark 21 July */
    {.name = "who left before a landmark in the next year is told in the year of the 12th hour",
     .rows = {"2024-06-10..2024-07-05 26"},
     .years = {"2023: left_before_landmark comparison none; in comparison none -",
               "2024: other_year comparison none; in comparison none -"}},

    /* A window to 30 June 2025 has its landmark on 1 January (day 181 of the year is 30 June), the 12th hour on 2 December,
     * the start on 21 November: to the cut-off 10 + 31 + 181 = 222 days */
    {.name = "a window that ends on the as-of date is complete",
     .rows = {"2024-11-21.. 222"},
     .gains = {"2025-06-30 efl_test"},
     .years = {"2024: in comparison none common; in comparison none common"}},
    {.name = "a window that ends the day after the as-of date is not",
     .rows = {"2024-11-22.. 221"},
     .gains = {"2025-06-30 efl_test"},
     .years = {"2024: window_incomplete comparison none; in comparison none common"}},
    /* 1 January to 31 March 2025 is 90 days: landmark 11 February, window to 10 August */
    {.name = "an incomplete window is out for those who left, too",
     .rows = {"2025-01-01..2025-03-31 90"},
     .years = {"2024: window_incomplete comparison none; in comparison none -"}},
    {.name = "an incomplete window is out for those who gained in it, too",
     .rows = {"2025-01-01..2025-03-31 90"},
     .gains = {"2025-03-01 efl_test"},
     .years = {"2024: window_incomplete comparison none; in comparison none common"}},

    {.name = "a year is closed on its 30 June",
     .rows = {FALL},
     .as_of = "2024-06-30",
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "a year is open the day before its 30 June, also where the window is complete",
     .rows = {FALL},
     .as_of = "2024-06-29",
     .years = {"2023: open_year comparison none; open_year comparison none"}},
    {.name = "an open year outranks an exit reason",
     .rows = {FALL " exit_reason=01"},
     .as_of = "2024-06-29",
     .years = {"2023: open_year comparison none; open_year comparison none"}},

    /* As of 30 June 2024 nothing later is known: no participant-year 2024, no gain in July. 1 May to 28 August is 120 days:
     * 12th 12 May, landmark 11 June, window behind the as-of date. */
    {.name = "an earlier as-of date hides what came after it",
     .rows = {"2024-05-01..2024-08-28 120"},
     .gains = {"2024-07-10 efl_test"},
     .as_of = "2024-06-30",
     .years = {"2023: window_incomplete comparison none; in comparison none -"}},
    {.name = "an earlier as-of date hides a row that starts after it",
     .rows = {FALL, "2024-01-02..2024-02-20 50 iet=yes"},
     .as_of = "2024-01-01",
     .years = {"2023: open_year comparison none; open_year comparison none"}},
    /* 11 April to 8 August 2024 is 20 + 31 + 30 + 31 + 8 = 120 days. One hour a day makes 12 on 22 April; 120 hours pressed
     * into the 20 days to 30 April would make it on 12 April, and the PoP then would be past its landmark on 12 May. */
    {.name = "an earlier as-of date does not press the hours together",
     .rows = {"2024-04-11..2024-08-08 120"},
     .as_of = "2024-04-21"},
    {.name = "the 12th hour is the same from every later as-of date",
     .rows = {"2024-04-11..2024-08-08 120"},
     .as_of = "2024-04-22",
     .years = {"2023: open_year comparison none; open_year comparison none"}},

    {.name = "exit reason 01 takes the participant-year out",
     .rows = {FALL " exit_reason=01"},
     .gains = {"2023-11-01 efl_test"},
     .years = {"2023: exit_reason comparison none; exit_reason comparison none"}},
    {.name = "exit reason 04 takes the participant-year out",
     .rows = {FALL " exit_reason=04"},
     .years = {"2023: exit_reason comparison none; exit_reason comparison none"}},
    {.name = "exit reason 00 leaves it in",
     .rows = {FALL " exit_reason=00"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "exit reason 05 leaves it in",
     .rows = {FALL " exit_reason=05"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "exit reason 07 leaves it in",
     .rows = {FALL " exit_reason=07"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "an exit reason on a row that ends before the last day is none",
     .rows = {FALL " exit_reason=02", "2023-12-01..2023-12-30 30"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "an exit reason on any of the rows that end on the last day counts",
     .rows = {FALL " exit_reason=02", "2023-12-01..2023-12-29 29 exit_reason=00"},
     .years = {"2023: exit_reason comparison none; exit_reason comparison none"}},
    {.name = "an exit reason on an open row is no exit",
     .rows = {"2023-09-01.. 120 exit_reason=03 cutoff=2023-12-29"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "an exit reason on a row that ends after the cut-off is no exit yet",
     .rows = {"2023-09-01..2023-12-30 120 exit_reason=03 cutoff=2023-12-29"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "an exit reason takes out the year of the exit alone",
     .rows = {"2024-02-01..2024-08-18 200 exit_reason=03"},
     .years = {"2023: in comparison none -; in comparison none -",
               "2024: exit_reason comparison none; exit_reason comparison none"}},
    {.name = "the exit reason of a second PoP does not touch the first",
     .rows = {FALL, "2024-05-01..2024-06-20 51 exit_reason=01"},
     .years = {"2023: in comparison none -; in comparison none -"}},
};

const learner_table learners_years = LEARNER_TABLE(cases);
