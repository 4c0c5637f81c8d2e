/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "guess.h"

/* ---- pieces ---- */

void sg_guess_quote(sg_str *out, const char *text)
{
    sg_str_add_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            sg_str_add_char(out, '\\');
        sg_str_add_char(out, *text);
    }
    sg_str_add_char(out, '"');
}

/* "all 200 values are ...", "190 of 200 values are ..." */
static void add_share(sg_guess_writing *writing, int64_t n, int64_t of, const char *what)
{
    sg_str *out = &writing->text;
    if (of <= 1) {
        sg_str_add(out, of == 0  ? "no value in these rows"
                        : n == 1 ? "its one value fits"
                                 : "its one value does not fit");
        return;
    }
    sg_str_add(out, n == of ? "all " : "");
    if (n < of) {
        sg_str_add_count(out, n);
        sg_str_add(out, " of ");
    }
    sg_str_add_count(out, of);
    sg_str_printf(out, " values are %s", what);
}

void sg_guess_add_forms(sg_str *out, const sg_guess_dates *dates)
{
    sg_str_add_char(out, '[');
    for (size_t i = 0; i < dates->n; i++) {
        sg_str_add(out, i > 0 ? ", " : "");
        sg_guess_quote(out, dates->forms[i]);
    }
    sg_str_add_char(out, ']');
}

/* ---- why a column is the field's ---- */

static void add_name_reason(sg_guess_writing *writing, const sg_guess_match *match)
{
    switch (match->how) {
    case SG_GUESS_OWN: sg_str_add(&writing->text, "our own name"); break;
    case SG_GUESS_PIRL: sg_str_printf(&writing->text, "element %s", match->word); break;
    case SG_GUESS_CALLED: sg_str_printf(&writing->text, "called '%s'", match->word); break;
    case SG_GUESS_CONTAINS: sg_str_printf(&writing->text, "its name has '%s' in it", match->word); break;
    }
    sg_str_add(&writing->text, "; ");
}

static void add_date_reason(sg_guess_writing *writing, const sg_guess_column *column,
                            const sg_guess_dates *dates)
{
    sg_str forms = {0};
    sg_str_add(&forms, "dates of the form ");
    for (size_t i = 0; i < dates->n; i++)
        sg_str_printf(&forms, "%s%s", i > 0 ? " or " : "", dates->forms[i]);
    add_share(writing, dates->n_read, column->n_filled,
              dates->n > 0 ? sg_str_text(&forms) : "dates of a form that can be read");
    if (dates->turned != NULL)
        sg_str_printf(&writing->text, ", and as many of the form %s", dates->turned);
    if (dates->proof != NULL) {
        sg_str_add(&writing->text, ", months and days told apart by ");
        sg_guess_quote(&writing->text, dates->proof);
    }
    writing->no_memory = writing->no_memory || forms.failed;
    sg_str_release(&forms);
}

/* "Attend Min" is minutes as "Attend Minutes" is. */
static bool is_in_minutes(const char *name)
{
    static const char *const words[] = {"min", "mins", "minute", "minutes"};
    while (*name != '\0') {
        size_t length = strcspn(name, " ");
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (strlen(words[i]) == length && strncmp(name, words[i], length) == 0)
                return true;
        name += length + strspn(name + length, " ");
    }
    return false;
}

const char *sg_guess_unit(const sg_guess_column *column)
{
    if (column->n_clock * 2 > column->n_filled)
        return "h:mm";
    if (is_in_minutes(column->name) || column->n_large * 3 > column->n_filled)
        return "minutes";
    return NULL;
}

static void add_code_reason(sg_guess_writing *writing, const sg_field *field, const sg_guess_column *column)
{
    int64_t listed = 0;
    if (column->many) {
        sg_str_printf(&writing->text, "more than %d different values", (int)SG_GUESS_CODES);
        return;
    }
    if (field->codes == &sg_codes_race && sg_guess_race_separator(writing->synonyms, column, &listed) != '\0')
        add_share(writing, listed, column->n_filled, "races, several in one");
    else
        add_share(writing, sg_guess_known(writing, field, column), column->n_filled,
                  sg_guess_needs_codes(writing, field, column) ? "known" : "our codes");
}

static void add_value_reason(sg_guess_writing *writing, const sg_field *field, const sg_guess_column *column)
{
    sg_guess_dates dates;
    switch (field->type) {
    case SG_TYPE_ID: sg_str_add(&writing->text, "kept as a keyed pseudonym only"); break;
    case SG_TYPE_TEXT:
        if (sg_guess_needs_codes(writing, field, column))
            add_code_reason(writing, field, column);
        else
            sg_str_add(&writing->text, column->n_filled > 0 ? "taken as it is" : "no value in these rows");
        break;
    case SG_TYPE_DATE:
    case SG_TYPE_BIRTH:
        sg_guess_dates_of(writing->table, column, &dates);
        add_date_reason(writing, column, &dates);
        if (field->type == SG_TYPE_BIRTH)
            sg_str_add(&writing->text, "; kept as an age only");
        break;
    case SG_TYPE_HOURS:
        if (sg_guess_unit(column) != NULL && *sg_guess_unit(column) == 'h')
            add_share(writing, column->n_clock, column->n_filled, "hours and minutes");
        else
            add_share(writing, column->n_number, column->n_filled, "numbers");
        break;
    case SG_TYPE_NUMBER: add_share(writing, column->n_number, column->n_filled, "numbers"); break;
    case SG_TYPE_WHOLE:
        add_share(writing, field->name[0] == 'p' ? column->n_year : column->n_whole, column->n_filled,
                  field->name[0] == 'p' ? "program years" : "whole numbers");
        break;
    case SG_TYPE_CODE: add_code_reason(writing, field, column); break;
    case SG_TYPE_MONTH: add_share(writing, column->n_month, column->n_filled, "months"); break;
    case SG_TYPE_QUARTER: add_share(writing, column->n_quarter, column->n_filled, "quarters"); break;
    }
}

/* ---- a field ---- */

/* What stands below the field's own line; false: the column alone says all. */
static bool is_long(const sg_guess_writing *writing, const sg_field *field, const sg_guess_column *column)
{
    sg_guess_dates dates;
    switch (field->type) {
    case SG_TYPE_DATE:
    case SG_TYPE_BIRTH:
        sg_guess_dates_of(writing->table, column, &dates);
        return dates.n > 0 && !sg_guess_dates_equal(&dates, &writing->dates);
    case SG_TYPE_HOURS: return sg_guess_unit(column) != NULL;
    case SG_TYPE_WHOLE: return field->name[0] == 'p' && sg_guess_needs_years(column);
    case SG_TYPE_TEXT:
    case SG_TYPE_CODE: return sg_guess_has_codes(field) && sg_guess_needs_codes(writing, field, column);
    case SG_TYPE_ID:
    case SG_TYPE_NUMBER:
    case SG_TYPE_MONTH:
    case SG_TYPE_QUARTER: break;
    }
    return false;
}

static void write_below(sg_guess_writing *writing, const sg_field *field, const sg_guess_column *column)
{
    sg_guess_dates dates;
    switch (field->type) {
    case SG_TYPE_DATE:
    case SG_TYPE_BIRTH:
        sg_guess_dates_of(writing->table, column, &dates);
        sg_str_add(&writing->text, "    dates: ");
        sg_guess_add_forms(&writing->text, &dates);
        sg_str_add_char(&writing->text, '\n');
        break;
    case SG_TYPE_HOURS: sg_str_printf(&writing->text, "    unit: \"%s\"\n", sg_guess_unit(column)); break;
    case SG_TYPE_WHOLE: sg_guess_write_years(writing, column); break;
    case SG_TYPE_TEXT:
    case SG_TYPE_CODE: sg_guess_write_codes(writing, field, column); break;
    case SG_TYPE_ID:
    case SG_TYPE_NUMBER:
    case SG_TYPE_MONTH:
    case SG_TYPE_QUARTER: break;
    }
}

static void write_field(sg_guess_writing *writing, const sg_field *field, const sg_guess_match *match)
{
    const sg_guess_column *column = &writing->table->columns[match->column];
    sg_str *out = &writing->text;
    int64_t n = 0;
    char separator = '\0';
    if (field->type == SG_TYPE_CODE && field->codes == &sg_codes_race)
        separator = sg_guess_race_separator(writing->synonyms, column, &n);
    bool below = separator != '\0' || is_long(writing, field, column);
    sg_str_printf(out, "  %s:", field->name);
    if (!below) {
        sg_str_add_char(out, ' ');
        sg_guess_quote(out, column->header);
    }
    sg_str_add(out, "   # ");
    add_name_reason(writing, match);
    add_value_reason(writing, field, column);
    sg_str_add_char(out, '\n');
    if (!below)
        return;
    sg_str_add(out, separator != '\0' ? "    list: " : "    column: ");
    sg_guess_quote(out, column->header);
    sg_str_add_char(out, '\n');
    if (separator != '\0')
        sg_guess_write_race_list(writing, column, separator);
    else
        write_below(writing, field, column);
}

static void write_lacking(sg_guess_writing *writing, const sg_field *field)
{
    sg_str_printf(&writing->text,
                  "  # %s: ???   # required: no column looks like it; put the header's name here%s\n",
                  field->name,
                  field->type == SG_TYPE_TEXT ? ", or {value: \"01\"} where it is the same in all rows" : "");
}

static void write_fields(sg_guess_writing *writing)
{
    const sg_kind_fields *fields = sg_kind_table(writing->plan->kind);
    sg_str_add(&writing->text, "columns:\n");
    for (size_t i = 0; i < fields->n; i++) {
        if (writing->plan->fields[i].column >= 0)
            write_field(writing, &fields->fields[i], &writing->plan->fields[i]);
        else if ((fields->fields[i].flags & SG_FIELD_REQUIRED) != 0)
            write_lacking(writing, &fields->fields[i]);
    }
}

void sg_guess_write(sg_guess_writing *writing, const char *name)
{
    sg_guess_write_head(writing, name);
    write_fields(writing);
    sg_guess_write_rest(writing);
    sg_guess_warn_fields(writing);
    writing->no_memory = writing->no_memory || writing->text.failed;
}
