/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

enum { YOUNGEST = 16, OLDEST = 110, AGE_SLACK = 1 };

static bool have(const sg_row *row, int a, int b)
{
    return row->record.number[a] != SG_BLANK && row->record.number[b] != SG_BLANK;
}

static void check_end(sg_row *row)
{
    const int64_t *number = row->record.number;
    if (have(row, SG_ENROLLMENT_START_DATE, SG_ENROLLMENT_END_DATE) &&
        number[SG_ENROLLMENT_END_DATE] < number[SG_ENROLLMENT_START_DATE])
        sg_row_find(row, SG_RULE_END_BEFORE_START, SG_ENROLLMENT_END_DATE);
}

static void check_exit(sg_row *row)
{
    const int64_t *number = row->record.number;
    if (have(row, SG_ENROLLMENT_START_DATE, SG_ENROLLMENT_EXIT_DATE) &&
        number[SG_ENROLLMENT_EXIT_DATE] < number[SG_ENROLLMENT_START_DATE])
        sg_row_find(row, SG_RULE_EXIT_BEFORE_START, SG_ENROLLMENT_EXIT_DATE);
}

static void check_distance(sg_row *row)
{
    const int64_t *number = row->record.number;
    if (have(row, SG_ENROLLMENT_CONTACT_HOURS, SG_ENROLLMENT_DISTANCE_HOURS) &&
        number[SG_ENROLLMENT_DISTANCE_HOURS] > number[SG_ENROLLMENT_CONTACT_HOURS])
        sg_row_find(row, SG_RULE_DISTANCE_HOURS, SG_ENROLLMENT_DISTANCE_HOURS);
}

/* The age on the first day: of two sources the birth date counts, which is then forgotten. */
static void check_age(sg_row *row)
{
    int64_t *age = &row->record.number[SG_ENROLLMENT_AGE];
    sg_day start = sg_row_day(row);
    int field = SG_ENROLLMENT_AGE;
    if (row->birth != SG_DAY_NONE && start != SG_DAY_NONE) {
        int64_t by_birth = sg_age_on(row->birth, start);
        if (*age != SG_BLANK && (*age - by_birth > AGE_SLACK || by_birth - *age > AGE_SLACK))
            sg_row_find(row, SG_RULE_TWO_AGES, SG_ENROLLMENT_AGE);
        *age = by_birth;
        field = SG_ENROLLMENT_BIRTH_DATE;
    }
    if (*age != SG_BLANK && (*age < YOUNGEST || *age > OLDEST))
        sg_row_find(row, SG_RULE_AGE, field);
}

/* A row without an end goes on to the day of import at least. */
static void check_program_year(sg_row *row, int field)
{
    int64_t year = row->record.number[field];
    sg_day first = sg_row_day(row), last = first;
    void (*find)(sg_row *, const char *, int) = sg_row_find;
    if (year == SG_BLANK || first == SG_DAY_NONE)
        return;
    if (row->record.kind == SG_KIND_ENROLLMENT) {
        last = sg_row_end_day(row);
        find = last == SG_DAY_NONE ? sg_row_find_today : sg_row_find;
        last = last == SG_DAY_NONE ? row->today : last;
        last = last > first ? last : first;
    }
    if (year < sg_program_year(first) || year > sg_program_year(last))
        find(row, SG_RULE_PROGRAM_YEAR, field);
}

void sg_check_today(sg_row *row, int field)
{
    if (sg_row_day(row) > row->today)
        sg_row_find_today(row, SG_RULE_AFTER_TODAY, field);
}

static void check_college(sg_row *row, int field)
{
    if (row->layout->crosswalk->learners_by_college && row->record.text[field] == NULL &&
        (row->table->fields[field].flags & SG_FIELD_REQUIRED) == 0)
        sg_row_find(row, SG_RULE_ID_WITHOUT_COLLEGE, field);
}

static void check_enrollment(sg_row *row)
{
    check_end(row);
    check_age(row);
    check_program_year(row, SG_ENROLLMENT_PROGRAM_YEAR);
    check_exit(row);
    check_distance(row);
    sg_check_today(row, SG_ENROLLMENT_START_DATE);
    sg_check_enrollment_fields(row);
}

static void check_gain(sg_row *row)
{
    check_college(row, SG_GAIN_FIELD_COLLEGE);
    check_program_year(row, SG_GAIN_FIELD_PROGRAM_YEAR);
    sg_check_today(row, SG_GAIN_FIELD_GAIN_DATE);
    sg_check_gain_fields(row);
}

void sg_row_check(sg_row *row)
{
    static void (*const checks[SG_N_KINDS])(sg_row *) = {
        [SG_KIND_ENROLLMENT] = check_enrollment, [SG_KIND_GAIN] = check_gain,
        [SG_KIND_TEST] = sg_check_test,          [SG_KIND_SERVICE] = sg_check_service,
        [SG_KIND_OUTCOME] = sg_check_outcome,    [SG_KIND_PROGRAM] = sg_check_program,
        [SG_KIND_CONTEXT] = sg_check_context};
    checks[row->record.kind](row);
}
