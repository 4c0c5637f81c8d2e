/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The 12th-hour day, seen by the landmark that follows it: a gain on the landmark is early, a day later it counts. */
#include "learner.h"

static learner_case cases[] = {
    /* 1 January to 30 March 2024 is 31 + 29 + 30 = 90 days; 0.4 a day makes 12 at the end of day 30, 30 January; landmark
     * 29 February */
    {.name = "36 hours over 90 days are exactly 12 on the 30th day",
     .rows = {"2024-01-01..2024-03-30 36"},
     .gains = {"2024-03-01 efl_test"},
     .years = {"2023: in comparison none common; in comparison none common"}},
    {.name = "36 hours over 90 days: the landmark is not a day earlier",
     .rows = {"2024-01-01..2024-03-30 36"},
     .gains = {"2024-02-29 efl_test"},
     .years = {"2023: gain_before_landmark comparison none; in comparison none common"}},
    {.name = "11.999 hours make no participant", .rows = {"2024-01-01..2024-03-30 11.999"}},
    {.name = "11.999999999 hours make no participant", .rows = {"2024-01-01..2024-03-30 11.999999999"}},
    /* the day is the last, and the landmark is after it */
    {.name = "12.000 hours in all make a participant on the last day",
     .rows = {"2023-09-01..2023-12-29 12.000"},
     .years = {"2023: left_before_landmark comparison none; in comparison none -"}},
    {.name = "a day of 12 hours is a PoP",
     .rows = {"2023-11-01..2023-11-01 12"},
     .years = {"2023: left_before_landmark comparison none; in comparison none -"}},

    /* 4.001 + 3.999 + 4 = 12 once the longest, 13 days, is complete: 13 January, landmark 12 February. What follows gives a
     * thousandth a day (14 January to 30 June: 18 + 29 + 31 + 30 + 31 + 30 = 169), so a sum that fell short by any rounding
     * would be a day late, and the gain on 13 February early. */
    {.name = "thousandths of hours over 7, 11 and 13 days add up exactly",
     .rows = {"2024-01-01..2024-01-07 4.001", "2024-01-01..2024-01-11 3.999", "2024-01-01..2024-01-13 4",
              "2024-01-14..2024-06-30 0.169"},
     .gains = {"2024-02-13 efl_test"},
     .years = {"2023: in comparison none common; in comparison none common"}},
    {.name = "a thousandth short of it is reached a day later",
     .rows = {"2024-01-01..2024-01-07 4.001", "2024-01-01..2024-01-11 3.999", "2024-01-01..2024-01-13 3.999",
              "2024-01-14..2024-06-30 0.169"},
     .gains = {"2024-02-13 efl_test"},
     .years = {"2023: gain_before_landmark comparison none; in comparison none common"}},
    /* 10/30 + 20/30 of an hour a day are 12 at the end of 12 January; landmark 11 February. 31 January to 30 June: 1 + 29 +
     * 31 + 30 + 31 + 30 = 152 days */
    {.name = "a third and two thirds of an hour a day are one",
     .rows = {"2024-01-01..2024-01-30 10", "2024-01-01..2024-01-30 20", "2024-01-31..2024-06-30 152"},
     .gains = {"2024-02-12 efl_test"},
     .years = {"2023: in comparison none common; in comparison none common"}},
    /* 1/7 + 1/11 of an hour a day: 18/77 a day; 12 hours need 924/18 = 51.3 days: both rows are complete (7 + 11 days) long
     * before with 2 hours. Then 10 over 20 days from 19 January: half an hour a day, the tenth on 7 February. Landmark:
     * 22 in February (29 days), 8 in March: 8 March. */
    {.name = "partial and complete rows add up",
     .rows = {"2024-01-01..2024-01-07 1", "2024-01-01..2024-01-11 1", "2024-01-19..2024-02-07 10",
              "2024-02-08..2024-06-30 1"},
     .gains = {"2024-03-09 efl_test"},
     .years = {"2023: in comparison none common; in comparison none common"}},

    /* 21 June to 29 August 2023 is 10 + 31 + 29 = 70 days; the twelfth is 2 July, so the participant-year is 2023; landmark
     * 1 August. The gain in June is of the PoP and before the landmark, but not of the program year. */
    {.name = "hours run across 30 June, and the year of the 12th hour is the first",
     .rows = {"2023-06-21..2023-08-29 70"},
     .gains = {"2023-06-25 efl_test"},
     .years = {"2023: gain_before_landmark comparison none; in comparison none -"}},
    /* 19 June to 30 June is twelve days: 30 June */
    {.name = "the 12th hour on 30 June is of the old year",
     .rows = {"2023-06-19..2023-08-29 72"},
     .years = {"2022: other_year comparison none; in comparison none -",
               "2023: in comparison none -; in comparison none -"}},
    {.name = "the 12th hour on 1 July is of the new year",
     .rows = {"2023-06-20..2023-08-29 71"},
     .years = {"2023: in comparison none -; in comparison none -"}},

    /* Delivered up to 29 December with 120 hours: one a day over the 120 days up to it. The gain in January is after the
     * last known day. */
    {.name = "a later end is cut to the cut-off, and the hours lie before it",
     .rows = {"2023-09-01..2024-12-31 120 cutoff=2023-12-29"},
     .gains = {"2023-10-12 efl_test", "2024-01-10 efl_test"},
     .years = {"2023: gain_before_landmark comparison none; in comparison none common"}},
    {.name = "hours before the cut-off are not thinned by days behind it",
     .rows = {"2023-09-01..2024-12-31 120 cutoff=2023-12-29"},
     .gains = {"2023-10-13 efl_test"},
     .years = {"2023: in comparison none common; in comparison none common"}},
    {.name = "an open row ends at its cut-off",
     .rows = {"2023-09-01.. 120 cutoff=2023-12-29"},
     .gains = {"2023-10-13 efl_test", "2023-12-30 diploma"},
     .years = {"2023: in comparison none common; in comparison none common"}},
    {.name = "a row that starts after its cut-off is not counted",
     .rows = {"2024-01-10..2024-03-09 60 cutoff=2024-01-09"}},
    {.name = "a row that starts on its cut-off is counted",
     .rows = {"2024-01-10..2024-03-09 60 cutoff=2024-01-10"},
     .years = {"2023: left_before_landmark comparison none; in comparison none -"}},

    /* 12 hours on 1 September: landmark 1 October, end of the window 29 March 2024 (30 + 30 + 31 + 31 + 29 = 151, and 29) */
    {.name = "without hours in the export the first day makes the participant",
     .rows = {"2023-09-01..2023-12-29 - export_has_hours=no"},
     .gains = {"2023-10-01 efl_test"},
     .years = {"2023: gain_before_landmark comparison none; in comparison none common"}},
    {.name = "without hours in the export the landmark is 30 days after the first day",
     .rows = {"2023-09-01..2023-12-29 - export_has_hours=no"},
     .gains = {"2023-10-02 efl_test"},
     .years = {"2023: in comparison none common; in comparison none common"}},
    /* 5 hours of the first row by the end of 5 September, then 12 at once on 6 September: landmark 6 October */
    {.name = "a row without hours from an export without hours adds to rows with hours",
     .rows = {"2023-09-01..2023-12-29 120", "2023-09-06..2023-12-29 - export_has_hours=no"},
     .gains = {"2023-10-07 efl_test"},
     .years = {"2023: in comparison none common; in comparison none common"}},
};

const learner_table learners_hours = LEARNER_TABLE(cases);
