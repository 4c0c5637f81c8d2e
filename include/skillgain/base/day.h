/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days: dates as days since 1970-01-01 in the proleptic Gregorian calendar. No clock, no time zone: the only
 * "today" is sg_day_today (local date), asked by batch alone.
 */
#ifndef SKILLGAIN_BASE_DAY_H
#define SKILLGAIN_BASE_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t sg_day;

#define SG_DAY_NONE INT32_MIN /* no date */
enum { SG_DAY_TEXT = 11 };    /* "2024-07-01" and its NUL */

/* false: not on the calendar, or year outside 1800-2999 */
bool sg_day_from_civil(int year, int month, int day, sg_day *out);
void sg_day_to_civil(sg_day day, int *year, int *month, int *day_of_month);

/* ISO text; SG_DAY_NONE gives "". */
const char *sg_day_format(sg_day day, char buffer[SG_DAY_TEXT]);

/* The whole of text (length bytes) by a pattern of %Y (four digits), %m, %d (one or two digits, but exactly two where no
 * separator follows or precedes: %Y%m%d), and literal characters. A two-digit year never fits. */
bool sg_day_parse(const char *text, size_t length, const char *pattern, sg_day *out);

/* The first day of the calendar month, of the calendar quarter, so many (0 or more) after the one in which the day lies; SG_DAY_NONE: behind
 * the calendar. */
sg_day sg_month_after(sg_day day, int n);
sg_day sg_quarter_after(sg_day day, int n);

int sg_program_year(sg_day day);        /* 1 July to 30 June, named by its first year */
sg_day sg_program_year_first(int year); /* 1 July */
sg_day sg_program_year_last(int year);  /* 30 June of the next year */

/* Whole years from birth to day; 29 February comes of age on 1 March in common years (design.md 6, counting 9). */
int sg_age_on(sg_day birth, sg_day day);

sg_day sg_day_today(void);

#endif
