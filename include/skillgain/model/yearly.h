/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Yearly rules: what federal rules set at a value that may be another one in another program year, as a table: a change is a line with its
 * first year, its source and how sure it is. Program years are named by their first calendar year.
 */
#ifndef SKILLGAIN_MODEL_YEARLY_H
#define SKILLGAIN_MODEL_YEARLY_H

#include <stdbool.h>
#include <stddef.h>

#include "skillgain/base/day.h"
#include "skillgain/base/text.h"

/* name, id, what its value is, the day that tells which year's value holds and what the rule says */
#define SG_YEARLY_LIST(X)                                                                                    \
    X(PARTICIPANT_HOURS, "participant_hours", HOURS,                                                         \
      "contact hours that make a participant; by the first day of the period of participation")              \
    X(EXIT_GAP_DAYS, "exit_gap_days", DAYS,                                                                  \
      "days without service that a period of participation outlasts; by the last day of service before "     \
      "them")                                                                                                \
    X(IET_ONLY_TYPES, "iet_only_types", GAIN_TYPES,                                                          \
      "gain types open to IET and workplace literacy only; by the day of the gain")                          \
    X(EXCLUDED, "excluded", EXIT_REASONS,                                                                    \
      "exit reasons that take a period out of every indicator; by its last day")                             \
    X(EXCLUDED_AFTER_EXIT, "excluded_after_exit", EXIT_REASONS,                                              \
      "exit reasons that take a period out of the indicators after exit alone; by its last day")             \
    X(CREDENTIAL_WINDOW, "credential_window", WINDOW,                                                        \
      "how long after exit a credential or a diploma counts in the federal tables; by the last day")         \
    X(LEVEL_TYPES, "level_types", GAIN_TYPES, "gain types that the federal tables count as a level gain")    \
    X(TABLE_TYPES, "table_types", GAIN_TYPES, "gain types that the federal tables count at all")             \
    X(TRUNCATED, "truncated_tables", TABLES,                                                                 \
      "federal tables whose shares end at their last decimal; those of the others are rounded")

typedef enum {
#define SG_YEARLY_ENUM(name, id, form, text) SG_YEARLY_##name,
    SG_YEARLY_LIST(SG_YEARLY_ENUM)
#undef SG_YEARLY_ENUM
        SG_N_YEARLY
} sg_yearly_rule;

/* The value of SG_YEARLY_CREDENTIAL_WINDOW: to the end of the fourth calendar quarter after that of the exit, or to the day a year after it. */
enum { SG_WINDOW_FOUR_QUARTERS = 1, SG_WINDOW_ONE_YEAR };

typedef struct {
    sg_yearly_rule rule;
    int first, last; /* program years; 0: no bound */
    /* a number; of a set bits: 1 << sg_gain_type, 1 << place in sg_codes_exit_reason, 1 << sg_nrs_id */
    unsigned value;
    const char *source;
    const char *sure; /* V (read at the source), V- (second-hand), K (recalled), D (concluded here) */
} sg_yearly_line;

/* Of a rule whose value is a number one line alone is of a year; a set is all that its lines of the year have. */
typedef struct {
    const sg_yearly_line *lines;
    size_t n;
} sg_yearly_rules;

extern const sg_yearly_rules sg_yearly_shipped;

const char *sg_yearly_id(sg_yearly_rule rule);   /* "exit_gap_days" */
const char *sg_yearly_text(sg_yearly_rule rule); /* in words */

bool sg_yearly_holds(const sg_yearly_line *line, int program_year);

/* The value in a program year, 0: no line is of it. rules NULL: those shipped. */
unsigned sg_yearly_value(const sg_yearly_rules *rules, sg_yearly_rule rule, int program_year);

/* Of the program year of a day. Which year that is, is only asked where a line has a bound: counting asks for every gain and PoP. */
unsigned sg_yearly_value_on(const sg_yearly_rules *rules, sg_yearly_rule rule, sg_day day);

/* The same, but for one that a workspace has set for every year: own, above 0, stands in its place. */
int sg_yearly_number(const sg_yearly_rules *rules, int own, sg_yearly_rule rule, int program_year);

/* The value as reports have it, appended: "12 hours", "01, 02, 03, 04". */
void sg_yearly_print(sg_yearly_rule rule, unsigned value, sg_str *out);

#endif
