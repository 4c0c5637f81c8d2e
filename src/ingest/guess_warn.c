/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "guess.h"

void sg_guess_warn(sg_guess_writing *writing, const char *format, ...)
{
    char text[SG_ERR_MESSAGE];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0 || writing->n_warnings == SG_GUESS_WARNINGS)
        return;
    const char *copy = sg_arena_strdup(writing->arena, text);
    writing->no_memory = writing->no_memory || copy == NULL;
    writing->warnings[writing->n_warnings++] = copy;
}

static const sg_guess_column *column_of(const sg_guess_writing *writing, int field)
{
    int column = field >= 0 ? writing->plan->fields[field].column : -1;
    return column >= 0 ? &writing->table->columns[column] : NULL;
}

static void warn_lacking(sg_guess_writing *writing, const sg_field *field)
{
    sg_guess_warn(writing,
                  "no column looks like '%s', without which no %s can be counted: every command stops at "
                  "the crosswalk until the header's name%s stands behind it",
                  field->name, sg_kind_text(writing->plan->kind),
                  field->type == SG_TYPE_TEXT ? ", or {value: ...} where it is the same in all rows," : "");
}

static void warn_dates(sg_guess_writing *writing, const sg_field *field, const sg_guess_column *column)
{
    sg_guess_dates dates;
    sg_guess_dates_of(writing->table, column, &dates);
    if (column->n_short_year > 0)
        sg_guess_warn(writing,
                      "'%s' has years of two digits in %lld of %lld values, which can't be read: have the "
                      "export write all four",
                      column->header, (long long)column->n_short_year, (long long)column->n_filled);
    else if (dates.n_read * 2 < column->n_filled)
        sg_guess_warn(
            writing,
            "'%s' is called like '%s', but only %lld of %lld values are dates that can be read: see "
            "whether it is the right column",
            column->header, field->name, (long long)dates.n_read, (long long)column->n_filled);
    if (dates.turned != NULL && field->type == SG_TYPE_DATE)
        sg_guess_warn(
            writing,
            "'%s': no value shows whether months or days come first; '%s' is taken, write '%s' into "
            "'dates' where it is the other way round",
            column->header, dates.forms[0], dates.turned);
}

static void warn_hours(sg_guess_writing *writing, const sg_guess_column *column)
{
    if (sg_guess_unit(column) != NULL && strcmp(sg_guess_unit(column), "minutes") == 0 &&
        strstr(column->name, "min") == NULL)
        sg_guess_warn(writing,
                      "'%s' has numbers too large for hours and is read as minutes: see whether it is",
                      column->header);
    if ((column->n_number + column->n_clock) * 2 < column->n_filled)
        sg_guess_warn(writing, "'%s' is called like hours, but most of its values are no numbers",
                      column->header);
}

static bool has_value(const sg_guess_column *column, const char *value)
{
    for (size_t i = 0; i < column->n_values; i++)
        if (strcmp(column->values[i].text, value) == 0)
            return true;
    return false;
}

/* Numbers that stand for more than yes and no are PIRL's only if the column is. */
static bool has_numbers_for_codes(const sg_guess_column *column)
{
    int64_t n = 0;
    for (size_t i = 0; i < column->n_values; i++) {
        const char *text = column->values[i].text;
        bool number = *text != '\0' && text[strspn(text, "0123456789")] == '\0';
        n += number && strcmp(text, "9") != 0 ? column->values[i].n : 0;
    }
    return n * 2 > column->n_filled;
}

static void warn_numbers(sg_guess_writing *writing, const sg_field *field, const sg_guess_column *column)
{
    bool flags = field->codes == &sg_codes_yes_no || field->codes == &sg_codes_iet;
    bool ours = field->codes == &sg_codes_exit_reason; /* PIRL's numbers themselves */
    if (field->codes == &sg_codes_yes_no && has_value(column, "2") && strcmp(field->name, "migrant") != 0)
        sg_guess_warn(writing, "'%s' is read as 1 yes, 2 no, 0 unknown: see whether this is what it means",
                      column->header);
    else if (!flags && !ours && column->number == 0 && has_numbers_for_codes(column))
        sg_guess_warn(writing,
                      "the numbers of '%s' are read as PIRL has them: see whether they mean the same here",
                      column->header);
}

static void warn_codes(sg_guess_writing *writing, const sg_field *field, const sg_guess_column *column,
                       int64_t *out_few)
{
    enum { ONE_OF = 100 }; /* fewer rows are told of together: 'check' lists them */
    int64_t coded = 0;
    if (column->many) {
        sg_guess_warn(writing,
                      "'%s' is called like '%s' and has more than %d different values: see whether it is the "
                      "right column, and write its codes",
                      column->header, field->name, (int)SG_GUESS_CODES);
        return;
    }
    if (field->codes != &sg_codes_race || sg_guess_race_separator(writing->synonyms, column, &coded) == '\0')
        coded = sg_guess_known(writing, field, column);
    int64_t unknown = column->n_filled - coded;
    if (unknown * ONE_OF < column->n_filled)
        *out_few += unknown;
    else if (unknown > 0)
        sg_guess_warn(writing, "'%s': the codes of %lld of %lld rows are not known; %s", column->header,
                      (long long)unknown, (long long)column->n_filled,
                      (field->flags & SG_FIELD_STRICT) != 0
                          ? "these rows would be refused until 'codes' has them"
                          : "they would count as unknown until 'codes' has them");
    warn_numbers(writing, field, column);
}

static void warn_years(sg_guess_writing *writing, const sg_guess_column *column)
{
    bool spans = false;
    if (!sg_guess_needs_years(column) || column->n_values == 0)
        return;
    (void)sg_guess_year(column->values[0].text, &spans);
    if (!spans && strncmp(column->name, "py", 2) != 0)
        sg_guess_warn(writing,
                      "'%s': a year is taken for the one in which it ends, so that 2025 is PY 2024-25: see "
                      "whether it is",
                      column->header);
}

static void warn_field(sg_guess_writing *writing, const sg_field *field, const sg_guess_match *match,
                       int64_t *out_few)
{
    const sg_guess_column *column = &writing->table->columns[match->column];
    if (column->n_filled == 0)
        return;
    switch (field->type) {
    case SG_TYPE_DATE:
    case SG_TYPE_BIRTH: warn_dates(writing, field, column); break;
    case SG_TYPE_HOURS: warn_hours(writing, column); break;
    case SG_TYPE_CODE: warn_codes(writing, field, column, out_few); break;
    case SG_TYPE_WHOLE:
        if (field->name[0] == 'p')
            warn_years(writing, column);
        break;
    case SG_TYPE_ID:
    case SG_TYPE_TEXT:
    case SG_TYPE_NUMBER:
    case SG_TYPE_MONTH:
    case SG_TYPE_QUARTER: break;
    }
}

/* The reader refuses a file in which it can't tell two columns apart. */
static void warn_twice(sg_guess_writing *writing, int field)
{
    const sg_guess_column *column = column_of(writing, field);
    size_t n = 0;
    for (size_t i = 0; column != NULL && i < writing->table->n; i++)
        n += sg_text_equal_ascii(column->header, writing->table->columns[i].header);
    if (n > 1)
        sg_guess_warn(writing,
                      "'%s' stands %zu times in the header: the import refuses it; rename all but one",
                      column->header, n);
}

/* Without one of two fields the import takes no row, or the program has nothing to say. */
static void warn_neither(sg_guess_writing *writing, int one, int other, const char *why)
{
    const sg_field *fields = sg_kind_table(writing->plan->kind)->fields;
    if (writing->plan->fields[one].column < 0 && writing->plan->fields[other].column < 0)
        sg_guess_warn(writing, "no column looks like '%s' or '%s': %s", fields[one].name, fields[other].name,
                      why);
}

static void warn_of_kind(sg_guess_writing *writing)
{
    if (writing->plan->kind == SG_KIND_ENROLLMENT) {
        warn_neither(writing, SG_ENROLLMENT_IET, SG_ENROLLMENT_COMPONENT,
                     "without one of them nobody is known to be in IET");
        if (writing->plan->fields[SG_ENROLLMENT_CONTACT_HOURS].column < 0)
            sg_guess_warn(writing,
                          "no column looks like 'contact_hours': without them nobody is known to have "
                          "reached 12 of them");
    }
    if (writing->plan->kind == SG_KIND_SERVICE)
        warn_neither(writing, SG_SERVICE_SERVICE_DATE, SG_SERVICE_MONTH, "each row needs one of them");
    if (writing->plan->kind == SG_KIND_OUTCOME)
        warn_neither(writing, SG_OUTCOME_FIELD_OUTCOME_DATE, SG_OUTCOME_FIELD_QUARTER,
                     "each row needs one of them");
}

void sg_guess_warn_fields(sg_guess_writing *writing)
{
    const sg_kind_fields *fields = sg_kind_table(writing->plan->kind);
    int64_t few = 0; /* values whose code is not known, of columns where such are rare */
    for (size_t i = 0; i < fields->n; i++) {
        const sg_guess_match *match = &writing->plan->fields[i];
        if (match->column < 0) {
            if ((fields->fields[i].flags & SG_FIELD_REQUIRED) != 0)
                warn_lacking(writing, &fields->fields[i]);
            continue;
        }
        warn_field(writing, &fields->fields[i], match, &few);
        warn_twice(writing, (int)i);
    }
    if (few > 0)
        sg_guess_warn(
            writing,
            "%lld values are no codes of columns that else have known ones: 'skillgain check' lists "
            "their lines",
            (long long)few);
    warn_of_kind(writing);
}
