/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/yearly.h"

#include "skillgain/model/codes.h"
#include "skillgain/model/nrs.h"

/* ---- the table ---- */

#define TYPE(name) (1U << SG_GAIN_##name)
#define TABLE(name) (1U << SG_NRS_##name)
#define REASON(number) (1U << ((number) + 1)) /* "00" is the first code */

enum {
    LEVEL_TYPES_1C = TYPE(EFL_TEST) | TYPE(EFL_CREDIT) | TYPE(EFL_POSTSECONDARY),
    TRAINING_TYPES = TYPE(TRANSCRIPT_SECONDARY) | TYPE(TRANSCRIPT_POSTSECONDARY) | TYPE(MILESTONE) |
                     TYPE(SKILLS_PROGRESSION)
};

#define GUIDANCE "joint performance guidance of ED and DOL, June 2024"

static const sg_yearly_line shipped[] = {
    {SG_YEARLY_PARTICIPANT_HOURS, 0, 0, 12, "34 CFR 463.150(a); " GUIDANCE, "V"},
    {SG_YEARLY_EXIT_GAP_DAYS, 0, 0, 90, "34 CFR 463.150(c); " GUIDANCE ", attachments V and VI", "V"},
    {SG_YEARLY_IET_ONLY_TYPES, 0, 0, TRAINING_TYPES,
     GUIDANCE "; the collection of 2024 did not open types 3 to 5 to others", "V"},
    {SG_YEARLY_EXCLUDED, 0, 0, REASON(1) | REASON(2) | REASON(3) | REASON(4), GUIDANCE ", attachment II A",
     "V"},
    {SG_YEARLY_EXCLUDED_AFTER_EXIT, 0, 0, REASON(7), GUIDANCE ", attachment II C", "V"},
    {SG_YEARLY_CREDENTIAL_WINDOW, 0, 0, SG_WINDOW_FOUR_QUARTERS,
     GUIDANCE ": within one year after exit, with a follow-up of four quarters; which of the two is meant is "
              "not settled",
     "K"},
    {SG_YEARLY_LEVEL_TYPES, 0, 0, LEVEL_TYPES_1C, "34 CFR 463.155; " GUIDANCE, "V"},
    {SG_YEARLY_LEVEL_TYPES, 2023, 0, TYPE(EFL_HSE_SUBTEST),
     GUIDANCE "; type 1d is in the published tables from that year on", "V"},
    {SG_YEARLY_TABLE_TYPES, 0, 0, LEVEL_TYPES_1C | TYPE(DIPLOMA), "34 CFR 463.155; " GUIDANCE, "V"},
    {SG_YEARLY_TABLE_TYPES, 2020, 0, TRAINING_TYPES,
     "columns G and N of Table 4: optional in that year, required from the next on", "V"},
    {SG_YEARLY_TABLE_TYPES, 2023, 0, TYPE(EFL_HSE_SUBTEST),
     GUIDANCE "; type 1d is in the published tables from that year on", "V"},
    {SG_YEARLY_TRUNCATED, 0, 0, TABLE(4) | TABLE(4A) | TABLE(5A),
     "published tables with their shares computed again: New Jersey 2021 to 2023, Delaware 2020", "V"},
    {SG_YEARLY_TRUNCATED, 0, 0, TABLE(4B) | TABLE(4C) | TABLE(5),
     "taken to be printed as Tables 4 and 5A are", "D"},
};

const sg_yearly_rules sg_yearly_shipped = {shipped, sizeof shipped / sizeof shipped[0]};

/* ---- rules and their values ---- */

typedef enum { IN_HOURS, IN_DAYS, IN_GAIN_TYPES, IN_EXIT_REASONS, IN_WINDOW, IN_TABLES } value_form;

static const struct {
    const char *id, *text;
    value_form form;
} rules_of[SG_N_YEARLY] = {
#define YEARLY_ROW(name, id, form, text) {id, text, IN_##form},
    SG_YEARLY_LIST(YEARLY_ROW)
#undef YEARLY_ROW
};

const char *sg_yearly_id(sg_yearly_rule rule)
{
    return rules_of[rule].id;
}

const char *sg_yearly_text(sg_yearly_rule rule)
{
    return rules_of[rule].text;
}

bool sg_yearly_holds(const sg_yearly_line *line, int program_year)
{
    return program_year >= line->first && (line->last == 0 || program_year <= line->last);
}

unsigned sg_yearly_value(const sg_yearly_rules *rules, sg_yearly_rule rule, int program_year)
{
    unsigned value = 0;
    if (rules == NULL)
        rules = &sg_yearly_shipped;
    for (size_t i = 0; i < rules->n; i++)
        if (rules->lines[i].rule == rule && sg_yearly_holds(&rules->lines[i], program_year))
            value |= rules->lines[i].value; /* a number has one line */
    return value;
}

unsigned sg_yearly_value_on(const sg_yearly_rules *rules, sg_yearly_rule rule, sg_day day)
{
    unsigned value = 0;
    if (rules == NULL)
        rules = &sg_yearly_shipped;
    for (size_t i = 0; i < rules->n; i++) {
        const sg_yearly_line *line = &rules->lines[i];
        if (line->rule != rule)
            continue;
        if (line->first != 0 || line->last != 0)
            return sg_yearly_value(rules, rule, sg_program_year(day));
        value |= line->value;
    }
    return value;
}

int sg_yearly_number(const sg_yearly_rules *rules, int own, sg_yearly_rule rule, int program_year)
{
    return own > 0 ? own : (int)sg_yearly_value(rules, rule, program_year);
}

static const char *member_text(value_form form, int member)
{
    if (form == IN_TABLES)
        return member < SG_N_NRS_TABLES ? sg_nrs_number((sg_nrs_id)member) : "";
    return sg_code_text(form == IN_GAIN_TYPES ? &sg_codes_gain_type : &sg_codes_exit_reason, member);
}

static void print_set(value_form form, unsigned set, sg_str *out)
{
    enum { BITS = 32 };
    const char *between = "";
    for (int member = 0; member < BITS; member++)
        if ((set >> member & 1U) != 0) {
            sg_str_printf(out, "%s%s", between, member_text(form, member));
            between = ", ";
        }
}

void sg_yearly_print(sg_yearly_rule rule, unsigned value, sg_str *out)
{
    value_form form = rules_of[rule].form;
    switch (form) {
    case IN_HOURS: sg_str_printf(out, "%u hours", value); return;
    case IN_DAYS: sg_str_printf(out, "%u days", value); return;
    case IN_WINDOW: sg_str_add(out, value == SG_WINDOW_ONE_YEAR ? "one year" : "four quarters"); return;
    case IN_GAIN_TYPES:
    case IN_EXIT_REASONS:
    case IN_TABLES: print_set(form, value, out);
    }
}
