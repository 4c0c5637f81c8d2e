/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "check.h"

enum { DAY_HOURS = 24, MANY_HOURS = 12, LONG_SPAN = 731, OLD_TEST = 365, FOSTER_AGE = 24 };
static const int64_t hour = 1000000000;

/* The days of the row, both ends included; 0 of a row without an end: what is found must not depend on the day of import. */
static int64_t count_days(const sg_row *row)
{
    sg_day first = sg_row_day(row), last = sg_row_end_day(row);
    return first == SG_DAY_NONE || last == SG_DAY_NONE || last < first ? 0 : (int64_t)last - first + 1;
}

static void check_hours(sg_row *row)
{
    int64_t hours = sg_row_number(row, SG_ENROLLMENT_CONTACT_HOURS), days = count_days(row);
    if (hours == SG_BLANK || days == 0)
        return;
    if (hours > days * DAY_HOURS * hour)
        sg_row_find(row, SG_RULE_IMPOSSIBLE_HOURS, SG_ENROLLMENT_CONTACT_HOURS);
    else if (hours > days * MANY_HOURS * hour)
        sg_row_find(row, SG_RULE_MANY_HOURS, SG_ENROLLMENT_CONTACT_HOURS);
}

static void check_pre_test(sg_row *row)
{
    int64_t test = sg_row_number(row, SG_ENROLLMENT_PRE_TEST_DATE);
    sg_day first = sg_row_day(row), last = sg_row_end_day(row);
    if (sg_is_beyond_scale(row->record.text[SG_ENROLLMENT_INSTRUMENT],
                           sg_row_number(row, SG_ENROLLMENT_PRE_TEST_SCORE)))
        sg_row_find(row, SG_RULE_PRE_TEST_SCALE, SG_ENROLLMENT_PRE_TEST_SCORE);
    if (test == SG_BLANK)
        return;
    if (last != SG_DAY_NONE && test > last)
        sg_row_find(row, SG_RULE_PRE_TEST_LATE, SG_ENROLLMENT_PRE_TEST_DATE);
    if (first != SG_DAY_NONE && first - test > OLD_TEST)
        sg_row_find(row, SG_RULE_PRE_TEST_OLD, SG_ENROLLMENT_PRE_TEST_DATE);
}

static void check_exit_reason(sg_row *row)
{
    enum { NONE = 1, FOSTER_CARE = 6, INELIGIBLE = 7 }; /* places of 00, 05 and 06 */
    int64_t reason = sg_row_number(row, SG_ENROLLMENT_EXIT_REASON);
    if (reason == FOSTER_CARE || reason == INELIGIBLE)
        sg_row_find(row, SG_RULE_FOREIGN_REASON, SG_ENROLLMENT_EXIT_REASON);
    if (reason > NONE && sg_row_end_day(row) == SG_DAY_NONE &&
        sg_row_is(row, SG_ENROLLMENT_EXIT_DATE, SG_BLANK))
        sg_row_find(row, SG_RULE_REASON_WITHOUT_END, SG_ENROLLMENT_EXIT_REASON);
}

/* One race in a column of its own, and another one marked, or the same one denied. */
static void check_races(sg_row *row)
{
    static const int flags[] = {[SG_RACE_AMERICAN_INDIAN] = SG_ENROLLMENT_RACE_AMERICAN_INDIAN,
                                [SG_RACE_ASIAN] = SG_ENROLLMENT_RACE_ASIAN,
                                [SG_RACE_BLACK] = SG_ENROLLMENT_RACE_BLACK,
                                [SG_RACE_PACIFIC_ISLANDER] = SG_ENROLLMENT_RACE_PACIFIC_ISLANDER,
                                [SG_RACE_WHITE] = SG_ENROLLMENT_RACE_WHITE};
    int64_t race = sg_row_number(row, SG_ENROLLMENT_RACE);
    bool disagrees = false;
    if (race == SG_RACE_HISPANIC && sg_row_is(row, SG_ENROLLMENT_HISPANIC, SG_NO))
        sg_row_find(row, SG_RULE_RACE_HISPANIC, SG_ENROLLMENT_HISPANIC);
    if (race < SG_RACE_AMERICAN_INDIAN || race > SG_RACE_WHITE)
        return;
    for (int other = SG_RACE_AMERICAN_INDIAN; other <= SG_RACE_WHITE; other++)
        disagrees = disagrees || sg_row_is(row, flags[other], other == race ? SG_NO : SG_YES);
    if (disagrees)
        sg_row_find(row, SG_RULE_RACES, SG_ENROLLMENT_RACE);
}

/* Two flags, or a flag and a status, that don't go together. */
static void check_flags(sg_row *row)
{
    enum { EMPLOYED = 1, EMPLOYED_NOTICE = 2 };
    int64_t status = sg_row_number(row, SG_ENROLLMENT_EMPLOYMENT_STATUS),
            level = sg_row_number(row, SG_ENROLLMENT_ENTERING_LEVEL);
    bool employed = status == EMPLOYED || status == EMPLOYED_NOTICE;
    if (sg_row_is(row, SG_ENROLLMENT_FOSTER_YOUTH, SG_YES) &&
        sg_row_number(row, SG_ENROLLMENT_AGE) > FOSTER_AGE)
        sg_row_find(row, SG_RULE_FOSTER_AGE, SG_ENROLLMENT_FOSTER_YOUTH);
    if (employed && sg_row_is(row, SG_ENROLLMENT_LONG_TERM_UNEMPLOYED, SG_YES))
        sg_row_find(row, SG_RULE_EMPLOYED_UNEMPLOYED, SG_ENROLLMENT_LONG_TERM_UNEMPLOYED);
    if (status == EMPLOYED && sg_row_is(row, SG_ENROLLMENT_DISPLACED_HOMEMAKER, SG_YES))
        sg_row_find(row, SG_RULE_HOMEMAKER, SG_ENROLLMENT_DISPLACED_HOMEMAKER);
    if (sg_row_is(row, SG_ENROLLMENT_EXHAUSTING_TANF, SG_YES) &&
        sg_row_is(row, SG_ENROLLMENT_PUBLIC_ASSISTANCE, SG_NO))
        sg_row_find(row, SG_RULE_TANF, SG_ENROLLMENT_EXHAUSTING_TANF);
    if (sg_row_is(row, SG_ENROLLMENT_IELCE, SG_YES) && level >= SG_LEVEL_ABE1 && level <= SG_LEVEL_ABE6)
        sg_row_find(row, SG_RULE_IELCE_ABE, SG_ENROLLMENT_IELCE);
    if (sg_row_is(row, SG_ENROLLMENT_ENGLISH_LEARNER, SG_NO) && level >= SG_LEVEL_ESL1 &&
        level <= SG_LEVEL_ESL6)
        sg_row_find(row, SG_RULE_ESL_NOT_LEARNER, SG_ENROLLMENT_ENGLISH_LEARNER);
    if (status > EMPLOYED_NOTICE &&
        sg_row_number(row, SG_ENROLLMENT_WAGE_AT_ENTRY) > 0) /* SG_BLANK is below 0 */
        sg_row_find(row, SG_RULE_WAGE, SG_ENROLLMENT_WAGE_AT_ENTRY);
}

static void check_iet(sg_row *row)
{
    int64_t iet = sg_row_number(row, SG_ENROLLMENT_IET);
    bool has_id = row->record.text[SG_ENROLLMENT_IET_PROGRAM_ID] != NULL;
    if ((iet == SG_IET_YES || iet == SG_IET_CREDENTIAL) && !has_id)
        sg_row_find(row, SG_RULE_IET_WITHOUT_ID, SG_ENROLLMENT_IET_PROGRAM_ID);
    if (iet == SG_IET_NO && has_id)
        sg_row_find(row, SG_RULE_ID_WITHOUT_IET, SG_ENROLLMENT_IET_PROGRAM_ID);
    if (iet == SG_IET_NO && sg_row_is(row, SG_ENROLLMENT_COMPONENT, SG_COMPONENT_INTEGRATED))
        sg_row_find(row, SG_RULE_INTEGRATED_WITHOUT_IET, SG_ENROLLMENT_COMPONENT);
}

static void check_span(sg_row *row)
{
    int64_t planned = sg_row_number(row, SG_ENROLLMENT_PLANNED_SERVICE_DATE);
    sg_day last = sg_row_end_day(row);
    if (planned != SG_BLANK && last != SG_DAY_NONE && planned <= last)
        sg_row_find(row, SG_RULE_PLANNED, SG_ENROLLMENT_PLANNED_SERVICE_DATE);
    if (count_days(row) > LONG_SPAN)
        sg_row_find(row, SG_RULE_LONG_SPAN, SG_ENROLLMENT_END_DATE);
}

/* Completed within the row's days, or at the latest on the exit date, where that is the later one. */
static void check_completion(sg_row *row)
{
    int64_t completed = sg_row_number(row, SG_ENROLLMENT_COMPLETION_DATE),
            exit = sg_row_number(row, SG_ENROLLMENT_EXIT_DATE);
    sg_day first = sg_row_day(row), end = sg_row_end_day(row);
    int64_t last = end == SG_DAY_NONE ? SG_BLANK : end;
    if (exit != SG_BLANK && (last == SG_BLANK || exit > last))
        last = exit;
    if (completed == SG_BLANK)
        return;
    if (first != SG_DAY_NONE && completed < first)
        sg_row_find(row, SG_RULE_COMPLETED_EARLY, SG_ENROLLMENT_COMPLETION_DATE);
    if (last != SG_BLANK && completed > last)
        sg_row_find(row, SG_RULE_COMPLETED_LATE, SG_ENROLLMENT_COMPLETION_DATE);
}

/* "#" is a digit: SOC 2018, O*NET-SOC with and without its marks, CIP 2020. */
static bool has_form(const char *text, const char *form)
{
    for (; *text != '\0' && *form != '\0'; text++, form++)
        if (*form == '#' ? *text < '0' || *text > '9' : *text != *form)
            return false;
    return *text == '\0' && *form == '\0';
}

static void check_occupation(sg_row *row)
{
    static const char *const forms[] = {"##-####", "##-####.##", "########", "##.####"};
    const char *text = row->record.text[SG_ENROLLMENT_OCCUPATION];
    if (text == NULL || text[strspn(text, "0123456789.-/,")] != '\0') /* a name, or the office's own code */
        return;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (has_form(text, forms[i]))
            return;
    sg_row_find(row, SG_RULE_OCCUPATION, SG_ENROLLMENT_OCCUPATION);
}

void sg_check_enrollment_fields(sg_row *row)
{
    check_hours(row);
    check_pre_test(row);
    check_exit_reason(row);
    check_races(row);
    check_flags(row);
    check_iet(row);
    check_span(row);
    check_completion(row);
    check_occupation(row);
}
