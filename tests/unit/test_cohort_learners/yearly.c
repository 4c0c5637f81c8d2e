/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules that change with a program year, made up for 2024: 20 hours, 60 days, types 3 to 5 open to all, exit reason 05 takes out. What is of
 * 2023 stays as it is.
 */
#include "learner.h"

#define REASON(number) (1U << ((number) + 1))

static const sg_yearly_line lines[] = {
    {SG_YEARLY_PARTICIPANT_HOURS, 0, 2023, 12, "made up", "D"},
    {SG_YEARLY_PARTICIPANT_HOURS, 2024, 0, 20, "made up", "D"},
    {SG_YEARLY_EXIT_GAP_DAYS, 0, 2023, 90, "made up", "D"},
    {SG_YEARLY_EXIT_GAP_DAYS, 2024, 0, 60, "made up", "D"},
    {SG_YEARLY_IET_ONLY_TYPES, 0, 2023, 1U << SG_GAIN_MILESTONE, "made up", "D"},
    {SG_YEARLY_EXCLUDED, 0, 0, REASON(1), "made up", "D"},
    {SG_YEARLY_EXCLUDED, 2024, 0, REASON(5), "made up", "D"},
};
static const sg_yearly_rules rules = {lines, sizeof lines / sizeof lines[0]};

/* the 12th hour is on 12 September, the 20th on the 20th; the landmark 30 days on */
#define FALL_2023 "2023-09-01..2023-12-29 120"
#define FALL_2024 "2024-09-01..2024-12-29 120"

static learner_case cases[] = {
    {.name = "15 hours make a participant in the year before the change",
     .rules = &rules,
     .rows = {"2023-09-01..2023-09-15 15"},
     .years = {"2023: left_before_landmark comparison none; in comparison none -"}},
    {.name = "15 hours make none from the year of the change on",
     .rules = &rules,
     .rows = {"2024-09-01..2024-09-15 15"}},
    {.name = "who begins before the change needs the hours of then, also beyond 30 June",
     .rules = &rules,
     .rows = {"2024-06-21..2024-07-05 15"},
     .years = {"2024: left_before_landmark comparison none; in comparison none -"}},
    {.name = "hours that an export has not are as many as make a participant",
     .rules = &rules,
     .rows = {"2024-09-01..2024-12-29 - export_has_hours=no"},
     .years = {"2024: in comparison none -; in comparison none -"}},

    /* 10 October to 20 December: 71 days; the landmark is 12 October, in 2024 the 20th */
    {.name = "a gap of 71 days joins in the year before the change",
     .rules = &rules,
     .rows = {"2023-09-01..2023-10-10 40", "2023-12-20..2024-01-31 43"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "a gap of 71 days splits from the year of the change on",
     .rules = &rules,
     .rows = {"2024-09-01..2024-10-10 40", "2024-12-20..2025-01-31 43"},
     .years = {"2024: left_before_landmark comparison none; in comparison none -"}},
    /* 30 June to 9 September: 71 days */
    {.name = "a gap is of the year of the last day of service before it",
     .rules = &rules,
     .rows = {"2024-05-01..2024-06-30 61", "2024-09-09..2024-11-30 83"},
     .years = {"2023: in comparison none -; in comparison none -",
               "2024: other_year comparison none; in comparison none -"}},

    {.name = "a milestone is not open to others in the year before the change",
     .rules = &rules,
     .rows = {FALL_2023},
     .gains = {"2023-11-03 milestone"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "a milestone is open to all from the year of the change on",
     .rules = &rules,
     .rows = {FALL_2024},
     .gains = {"2024-11-03 milestone"},
     .years = {"2024: in comparison none other; in comparison none other"}},
    /* 1 May to 28 August 2024: 120 days; landmark 11 June */
    {.name = "within one period the day of the gain decides",
     .rules = &rules,
     .rows = {"2024-05-01..2024-08-28 120"},
     .gains = {"2024-06-20 milestone", "2024-07-05 milestone"},
     .years = {"2023: in comparison none other; in comparison none -",
               "2024: other_year comparison none; in comparison none other"}},

    {.name = "exit reason 05 takes nothing out in the year before the change",
     .rules = &rules,
     .rows = {FALL_2023 " exit_reason=05"},
     .years = {"2023: in comparison none -; in comparison none -"}},
    {.name = "exit reason 05 takes out from the year of the change on",
     .rules = &rules,
     .rows = {FALL_2024 " exit_reason=05"},
     .years = {"2024: exit_reason comparison none; exit_reason comparison none"}},
    {.name = "exit reason 01 takes out in both",
     .rules = &rules,
     .rows = {FALL_2023 " exit_reason=01"},
     .years = {"2023: exit_reason comparison none; exit_reason comparison none"}},

    {.name = "without a change the rules shipped count as 12 hours and 90 days",
     .rules = &sg_yearly_shipped,
     .rows = {"2024-09-01..2024-10-10 40", "2024-12-20..2025-01-31 43"},
     .gains = {"2024-11-03 milestone"},
     .years = {"2024: in comparison none -; in comparison none -"}},
};

const learner_table learners_yearly = LEARNER_TABLE(cases);
