/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/base/day.h"

#include <stdio.h>
#include <time.h>

enum {
    FIRST_YEAR = 1800,
    LAST_YEAR = 2999,
    LAST_WRITABLE_YEAR = 9999,
    DAYS_PER_ERA = 146097, /* 400 years, after which the Gregorian calendar repeats itself */
    DAYS_TO_1970 = 719468, /* from 0000-03-01 */
    PROGRAM_YEAR_MONTH = 7
};

static bool is_leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

/*
 * Years are counted from 1 March, so that a leap day ends its year: within a year, month m (March = 0) then starts
 * (153 m + 2) / 5 days after 1 March. Eras of 400 years keep all quotients positive. After E. G. Richards, "Calendars",
 * in: Explanatory Supplement to the Astronomical Almanac, 3rd ed. 2013, section 15.11.
 */
static int64_t count_days(int64_t year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           DAYS_TO_1970;
}

bool sg_day_from_civil(int year, int month, int day, sg_day *out)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12)
        return false;
    if (day < 1 || day > days_in_month(year, month))
        return false;
    *out = (sg_day)count_days(year, month, day);
    return true;
}

void sg_day_to_civil(sg_day day, int *year, int *month, int *day_of_month)
{
    int64_t days = (int64_t)day + DAYS_TO_1970;
    int64_t era = (days >= 0 ? days : days - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int64_t day_of_era = days - era * DAYS_PER_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (DAYS_PER_ERA - 1)) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    *day_of_month = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    *month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2 ? 1 : 0));
}

const char *sg_day_format(sg_day day, char buffer[SG_DAY_TEXT])
{
    int year = 0, month = 0, day_of_month = 0;
    sg_day_to_civil(day, &year, &month, &day_of_month);
    buffer[0] = '\0';
    if (day == SG_DAY_NONE || year < 0 || year > LAST_WRITABLE_YEAR)
        return buffer;
    char text[48];
    int length = snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day_of_month);
    for (int i = 0; i <= length && i < SG_DAY_TEXT; i++)
        buffer[i] = text[i];
    return buffer;
}

/* A text that is read from left to right. */
typedef struct {
    const char *at;
    const char *end;
} cursor;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Between `least` and `most` digits, as many as there are. */
static bool read_digits(cursor *text, int least, int most, int *out)
{
    int value = 0, n = 0;
    while (n < most && text->at < text->end && is_digit(*text->at)) {
        value = value * 10 + (*text->at - '0');
        text->at++;
        n++;
    }
    *out = value;
    return n >= least;
}

/* The pattern's end, and any character but a digit or another field, keeps two fields apart. */
static bool is_separator(char c)
{
    return c != '%' && !is_digit(c);
}

/* The year, month and day read so far; 0: not yet. */
typedef struct {
    int year, month, day;
} date_parts;

/* The field whose letter is at pattern[1]; `before` is the pattern's character before it. */
static bool read_field(cursor *text, const char *pattern, char before, date_parts *parts)
{
    if (pattern[1] == 'Y')
        return parts->year == 0 && read_digits(text, 4, 4, &parts->year);
    int *part = pattern[1] == 'm' ? &parts->month : &parts->day;
    if ((pattern[1] != 'm' && pattern[1] != 'd') || *part != 0)
        return false;
    int least = is_separator(before) && is_separator(pattern[2]) ? 1 : 2;
    return read_digits(text, least, 2, part);
}

bool sg_day_parse(const char *text, size_t length, const char *pattern, sg_day *out)
{
    cursor at = {text, text + length};
    date_parts parts = {0, 0, 0};
    char before = '\0';
    while (*pattern != '\0') {
        if (*pattern == '%') {
            if (!read_field(&at, pattern, before, &parts))
                return false;
            before = '%';
            pattern += 2;
        } else {
            if (at.at == at.end || *at.at != *pattern)
                return false;
            before = *pattern;
            at.at++;
            pattern++;
        }
    }
    return at.at == at.end && sg_day_from_civil(parts.year, parts.month, parts.day, out);
}

sg_day sg_month_after(sg_day day, int n)
{
    int year, month, day_of_month;
    sg_day out = SG_DAY_NONE;
    sg_day_to_civil(day, &year, &month, &day_of_month);
    int months = month - 1 + n;
    return sg_day_from_civil(year + months / 12, months % 12 + 1, 1, &out) ? out : SG_DAY_NONE;
}

sg_day sg_quarter_after(sg_day day, int n)
{
    int year, month, day_of_month;
    sg_day_to_civil(day, &year, &month, &day_of_month);
    return sg_month_after(day, 3 * n - (month - 1) % 3);
}

int sg_program_year(sg_day day)
{
    int year = 0, month = 0, day_of_month = 0;
    sg_day_to_civil(day, &year, &month, &day_of_month);
    return month >= PROGRAM_YEAR_MONTH ? year : year - 1;
}

/* The day before which a program year has not begun, also for years that no date is read from; else no date. */
static sg_day first_of_program_year(int64_t year, int offset)
{
    if (year < 0 || year > LAST_WRITABLE_YEAR)
        return SG_DAY_NONE;
    return (sg_day)(count_days(year, PROGRAM_YEAR_MONTH, 1) + offset);
}

sg_day sg_program_year_first(int year)
{
    return first_of_program_year(year, 0);
}

sg_day sg_program_year_last(int year)
{
    return first_of_program_year((int64_t)year + 1, -1);
}

int sg_age_on(sg_day birth, sg_day day)
{
    if (birth == SG_DAY_NONE || day == SG_DAY_NONE)
        return -1;
    int birth_year = 0, birth_month = 0, birth_day = 0, year = 0, month = 0, day_of_month = 0;
    sg_day_to_civil(birth, &birth_year, &birth_month, &birth_day);
    sg_day_to_civil(day, &year, &month, &day_of_month);
    bool had_birthday = month > birth_month || (month == birth_month && day_of_month >= birth_day);
    return year - birth_year - (had_birthday ? 0 : 1);
}

sg_day sg_day_today(void)
{
    time_t now = time(NULL);
    struct tm local;
    sg_day today = SG_DAY_NONE;
    if (now == (time_t)-1 || localtime_r(&now, &local) == NULL)
        return SG_DAY_NONE;
    return sg_day_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday, &today) ? today
                                                                                            : SG_DAY_NONE;
}
