/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

enum { DAY_HOURS = 24, MONTH_HOURS = 744, QUARTER_MONTHS = 3 };
static const int64_t hour = 1000000000;

/* Whether the day lies in the month or quarter that begins on `first`. */
static bool is_within(int64_t day, int64_t first, int months)
{
    int year = 0, month = 0, day_of_month = 0;
    sg_day next = SG_DAY_NONE;
    sg_day_to_civil((sg_day)first, &year, &month, &day_of_month);
    month += months;
    year += month > 12;
    month -= month > 12 ? 12 : 0;
    return sg_day_from_civil(year, month, 1, &next) && day >= first && day < next;
}

void sg_check_service(sg_row *row)
{
    int64_t day = sg_row_number(row, SG_SERVICE_SERVICE_DATE), month = sg_row_number(row, SG_SERVICE_MONTH),
            hours = sg_row_number(row, SG_SERVICE_HOURS);
    sg_check_today(row, SG_SERVICE_SERVICE_DATE);
    if (day == SG_BLANK && month == SG_BLANK)
        sg_row_find(row, SG_RULE_SERVICE_WITHOUT_DAY, SG_SERVICE_SERVICE_DATE);
    if (day != SG_BLANK && month != SG_BLANK && !is_within(day, month, 1))
        sg_row_find(row, SG_RULE_SERVICE_MONTH, SG_SERVICE_MONTH);
    if (day != SG_BLANK && hours != SG_BLANK && hours > DAY_HOURS * hour)
        sg_row_find(row, SG_RULE_SERVICE_DAY_HOURS, SG_SERVICE_HOURS);
    if (day == SG_BLANK && hours != SG_BLANK && hours > MONTH_HOURS * hour)
        sg_row_find(row, SG_RULE_SERVICE_MONTH_HOURS, SG_SERVICE_HOURS);
}

static void check_earnings(sg_row *row)
{
    int64_t *value = &row->record.number[SG_OUTCOME_FIELD_VALUE];
    if (!sg_row_is(row, SG_OUTCOME_FIELD_OUTCOME, SG_OUTCOME_CODE_EARNINGS_Q2))
        return;
    if (*value == INT64_C(999999990000)) { /* 999999.99 */
        sg_row_find(row, SG_RULE_NOT_YET, SG_OUTCOME_FIELD_VALUE);
        *value = SG_BLANK;
    } else if (*value == SG_BLANK) {
        sg_row_find(row, SG_RULE_NO_EARNINGS, SG_OUTCOME_FIELD_VALUE);
    } else if (*value < 0) {
        sg_row_find(row, SG_RULE_NEGATIVE_EARNINGS, SG_OUTCOME_FIELD_VALUE);
    }
}

void sg_check_outcome(sg_row *row)
{
    int64_t day = sg_row_number(row, SG_OUTCOME_FIELD_OUTCOME_DATE),
            quarter = sg_row_number(row, SG_OUTCOME_FIELD_QUARTER);
    sg_check_today(row, SG_OUTCOME_FIELD_OUTCOME_DATE);
    check_earnings(row);
    if (sg_row_is(row, SG_OUTCOME_FIELD_OUTCOME, SG_OUTCOME_CODE_CREDENTIAL) &&
        row->record.text[SG_OUTCOME_FIELD_CREDENTIAL_TYPE] == NULL)
        sg_row_find(row, SG_RULE_CREDENTIAL_TYPE, SG_OUTCOME_FIELD_CREDENTIAL_TYPE);
    if (day == SG_BLANK && quarter == SG_BLANK)
        sg_row_find(row, SG_RULE_OUTCOME_WITHOUT_DAY, SG_OUTCOME_FIELD_OUTCOME_DATE);
    if (day != SG_BLANK && quarter != SG_BLANK && !is_within(day, quarter, QUARTER_MONTHS))
        sg_row_find(row, SG_RULE_OUTCOME_QUARTER, SG_OUTCOME_FIELD_QUARTER);
}

void sg_check_program(sg_row *row)
{
    bool attested = true;
    if (sg_row_has(row, SG_PROGRAM_START_DATE, SG_PROGRAM_END_DATE) &&
        sg_row_number(row, SG_PROGRAM_END_DATE) < sg_row_number(row, SG_PROGRAM_START_DATE))
        sg_row_find(row, SG_RULE_PROGRAM_DATES, SG_PROGRAM_END_DATE);
    if (sg_row_has(row, SG_PROGRAM_APPROVED_FROM, SG_PROGRAM_APPROVED_TO) &&
        sg_row_number(row, SG_PROGRAM_APPROVED_TO) < sg_row_number(row, SG_PROGRAM_APPROVED_FROM))
        sg_row_find(row, SG_RULE_APPROVAL_DATES, SG_PROGRAM_APPROVED_TO);
    if (sg_row_is(row, SG_PROGRAM_APPROVED_FROM, SG_BLANK))
        sg_row_find(row, SG_RULE_NO_APPROVAL, SG_PROGRAM_APPROVED_FROM);
    for (int field = SG_PROGRAM_INTENSITY; field <= SG_PROGRAM_CONTENT_STANDARDS; field++)
        attested = attested && !sg_row_is(row, field, SG_BLANK);
    if (!attested)
        sg_row_find(row, SG_RULE_ATTESTATION, SG_PROGRAM_INTENSITY);
    if (!sg_row_is(row, SG_PROGRAM_SEATS, SG_BLANK) && sg_row_number(row, SG_PROGRAM_SEATS) <= 0)
        sg_row_find(row, SG_RULE_SEATS, SG_PROGRAM_SEATS);
}

void sg_check_context(sg_row *row)
{
    enum { FIRST_YEAR = 2000, LAST_YEAR = 2099 };
    int64_t year = sg_row_number(row, SG_CONTEXT_PROGRAM_YEAR);
    if (year != SG_BLANK && (year < FIRST_YEAR || year > LAST_YEAR))
        sg_row_find(row, SG_RULE_CONTEXT_YEAR, SG_CONTEXT_PROGRAM_YEAR);
}
