/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cutoff.h"
#include "guess.h"

/* ---- above the columns ---- */

static void write_title(sg_guess_writing *writing)
{
    const sg_guess_table *table = writing->table;
    sg_str *out = &writing->text;
    const char *name = writing->file_name;
    sg_str_add(out, "# A first crosswalk for ");
    if (sg_utf8_valid(name, strlen(name), NULL) && sg_guess_is_printable(name))
        sg_guess_quote(out, name);
    else
        sg_str_add(out, "an export");
    sg_str_add(out, ", guessed by 'skillgain init --from' from its header and its ");
    sg_str_add(out, table->whole ? "" : "first ");
    sg_str_add_count(out, table->n_rows);
    sg_str_add(out, table->n_rows == 1 ? " row.\n" : " rows.\n");
    sg_str_add(out, "# Behind each guess stands its reason. Correct what is wrong, put in what is marked "
                    "???, and see with "
                    "'skillgain check' what\n# the import makes of it.\n");
}

static void write_kind(sg_guess_writing *writing, const char *name)
{
    const sg_guess_plan *plan = writing->plan;
    sg_str *out = &writing->text;
    sg_str_printf(out, "name: %s\nkind: %s   # %zu of %zu columns are known as its fields, ", name,
                  sg_kind_text(plan->kind), plan->n_taken, writing->table->n);
    if (plan->n_lacking == 0)
        sg_str_add(out, "all that it needs among them\n");
    else
        sg_str_printf(out, "%zu that it needs not found\n", plan->n_lacking);
}

/* The day in the file's name, in whichever form. */
static const char *find_cutoff_form(const char *file_name)
{
    static const char *const forms[] = {"%Y%m%d", "%Y-%m-%d", "%Y_%m_%d", "%m-%d-%Y", "%m%d%Y"};
    enum { EARLIEST = 2000, LATEST = 2098 };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        sg_day day = SG_DAY_NONE;
        int year = 0, month = 0, day_of_month = 0;
        if (!sg_cutoff_from_name(file_name, forms[i], &day))
            continue;
        sg_day_to_civil(day, &year, &month, &day_of_month);
        if (year >= EARLIEST && year <= LATEST)
            return forms[i];
    }
    return NULL;
}

static void write_delivery(sg_guess_writing *writing)
{
    const sg_kind_fields *fields = sg_kind_table(writing->plan->kind);
    const char *form = find_cutoff_form(writing->file_name);
    sg_str *out = &writing->text;
    sg_str_add(out, "delivery: full   # a guess: what a later export leaves out was withdrawn; delta where "
                    "it brings only "
                    "what is new\n");
    if (form != NULL)
        sg_str_printf(out, "cutoff: {filename: \"%s\"}   # the name of the file has such a date\n", form);
    else
        sg_str_add(
            out,
            "cutoff: last_date   # a guess: complete up to its latest day; better {filename: \"%Y%m%d\"}, "
            "{column: ...} or import --cutoff\n");
    if (fields->learner != SG_NO_FIELD)
        sg_str_add(
            out,
            "learner_scope: state   # a guess: an id is one person everywhere; college where each has ids of "
            "its own\n");
    if (writing->plan->kind == SG_KIND_GAIN)
        sg_str_add(out, "gains: all   # a guess: every gain of a learner is there; latest where only the "
                        "newest is kept\n");
    if (writing->table->windows)
        sg_str_add(out, "encoding: windows-1252   # lines that are no UTF-8\n");
}

/* The forms of the first column of dates with a value; columns that differ say so themselves. */
static void write_dates(sg_guess_writing *writing)
{
    const sg_kind_fields *fields = sg_kind_table(writing->plan->kind);
    for (size_t i = 0; i < fields->n && writing->dates.n == 0; i++) {
        int column = writing->plan->fields[i].column;
        if (column < 0 || (fields->fields[i].type != SG_TYPE_DATE && fields->fields[i].type != SG_TYPE_BIRTH))
            continue;
        sg_guess_dates_of(writing->table, &writing->table->columns[column], &writing->dates);
        if (writing->dates.n == 0)
            continue;
        sg_str_add(&writing->text, "dates: ");
        sg_guess_add_forms(&writing->text, &writing->dates);
        sg_str_printf(&writing->text, "   # those of '%s'", fields->fields[i].name);
        if (writing->dates.turned != NULL)
            sg_str_printf(&writing->text, "; as many values are of the form \"%s\": see which it is",
                          writing->dates.turned);
        sg_str_add_char(&writing->text, '\n');
    }
}

void sg_guess_write_head(sg_guess_writing *writing, const char *name)
{
    write_title(writing);
    write_kind(writing, name);
    write_delivery(writing);
    write_dates(writing);
}

/* ---- below them ---- */

/* Numbers of a college, all that are there: a name made of the header. */
static bool make_name(sg_str *out, const sg_guess_column *column)
{
    enum { LONGEST = 64 };
    for (const char *at = column->name; *at != '\0'; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9');
        if (!plain && *at != ' ')
            return false;
        sg_str_add_n(out, plain ? at : "_", 1);
    }
    return out->length > 0 && out->length <= LONGEST && strcmp(sg_str_text(out), "all") != 0 &&
           sg_dimension_find(sg_str_text(out)) == NULL &&
           sg_field_find(SG_KIND_CONTEXT, sg_str_text(out)) == SG_NO_FIELD;
}

static bool is_number(const sg_guess_writing *writing, size_t i)
{
    const sg_guess_column *column = &writing->table->columns[i];
    return writing->plan->kind == SG_KIND_CONTEXT && writing->plan->field_of[i] == SG_NO_FIELD &&
           column->never == NULL && column->n_number > 0 && column->n_number * 2 > column->n_filled;
}

static bool is_named_before(const sg_guess_writing *writing, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(writing->table->columns[i].name, writing->table->columns[j].name) == 0)
            return true;
    return false;
}

static void write_numbers(sg_guess_writing *writing)
{
    size_t n = 0;
    for (size_t i = 0; i < writing->table->n && n < 64; i++) {
        sg_str name = {0};
        if (is_number(writing, i) && !is_named_before(writing, i) &&
            make_name(&name, &writing->table->columns[i])) {
            sg_str_add(&writing->text, n++ == 0 ? "numbers:\n" : "");
            sg_str_printf(&writing->text, "  %s: ", sg_str_text(&name));
            sg_guess_quote(&writing->text, writing->table->columns[i].header);
            sg_str_add(&writing->text, "   # its values are numbers\n");
        }
        writing->no_memory = writing->no_memory || name.failed;
        sg_str_release(&name);
    }
}

static void write_left_out(sg_guess_writing *writing, size_t i)
{
    const sg_guess_column *column = &writing->table->columns[i];
    const sg_kind_fields *fields = sg_kind_table(writing->plan->kind);
    int lost = writing->plan->lost[i];
    sg_str *out = &writing->text;
    sg_str_add(out, "#   ");
    if (*column->header != '\0')
        sg_guess_quote(out, column->header);
    else
        sg_str_printf(out, "column %zu, which has no name", i + 1);
    if (column->never != NULL)
        sg_str_printf(out, ": never taken in (%s)", column->never);
    else if (lost != SG_NO_FIELD && writing->plan->fields[lost].column >= 0) {
        sg_str_printf(out, ": it may be %s too, for which ", fields->fields[lost].name);
        sg_guess_quote(out, writing->table->columns[writing->plan->fields[lost].column].header);
        sg_str_add(out, " is surer");
    } else if (column->n_filled == 0)
        sg_str_add(out, ": empty");
    else if (writing->plan->kind == SG_KIND_ENROLLMENT && !column->many && column->n_values > 1)
        sg_str_printf(out, ": nothing of ours; %zu different values, so that 'dimensions' could group by it",
                      column->n_values);
    else
        sg_str_add(out, ": nothing of ours");
    sg_str_add_char(out, '\n');
}

void sg_guess_write_rest(sg_guess_writing *writing)
{
    bool any = false;
    write_numbers(writing);
    for (size_t i = 0; i < writing->table->n; i++) {
        if (writing->plan->field_of[i] != SG_NO_FIELD || is_number(writing, i))
            continue;
        if (!any)
            sg_str_add(&writing->text, "# Not taken in, and so not stored:\n");
        any = true;
        write_left_out(writing, i);
    }
}
