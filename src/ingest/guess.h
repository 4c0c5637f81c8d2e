/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Guess: what the parts of guessing a crosswalk share. First the columns are looked at (guess_table.c, guess_column.c), then put to fields
 * by name and value (guess_match.c), then written with what their values say (guess_dates.c, guess_codes.c, guess_write.c).
 */
#ifndef SG_INGEST_GUESS_H
#define SG_INGEST_GUESS_H

#include "skillgain/ingest.h"

#include "layout.h"

enum {
    SG_GUESS_BYTES = 8 * 1024 * 1024, /* of a file, unpacked, that are looked at */
    SG_GUESS_ROWS = 20000,
    SG_GUESS_CODES = 30, /* different values: a column with more is none of codes */
    SG_GUESS_FORMS = 20  /* of dates; more than there are */
};

/* A form of dates, and its place among the forms with month and day the other way round; -1: there is none. */
typedef struct {
    const char *form;
    int turned;
} sg_guess_form;
extern const sg_guess_form sg_guess_forms[]; /* ended by a NULL form */

typedef struct {
    const char *text;
    int64_t n; /* rows */
} sg_guess_value;

/* A column, as its first rows show it. */
typedef struct {
    const char *header; /* in one line, without what YAML can't have; "" where it has none */
    const char *name;   /* folded for synonyms, the PIRL number and "(wioa)" taken off */
    int number;         /* of PIRL; 0: none */
    const char *never;  /* what it holds that is never taken in; NULL: nothing of the kind */
    int64_t n_filled;   /* values that are not missing */
    int64_t n_number, n_large /* above 500 */, n_whole, n_clock, n_month, n_quarter, n_year, n_private;
    int64_t n_date; /* in any form, the next two too */
    int64_t n_serial, n_short_year;
    int64_t n_form[SG_GUESS_FORMS];
    sg_guess_value values[SG_GUESS_CODES]; /* sorted by text */
    size_t n_values;
    bool many; /* different values; `values` has only some of them */
} sg_guess_column;

typedef struct {
    sg_guess_column *columns;
    size_t n;
    int64_t header_line, n_rows;
    bool whole;   /* these are all rows */
    bool windows; /* Windows-1252, which the reader takes only where it is declared */
} sg_guess_table;

/* guess.c: sg_ingest_guess of the first bytes of a file. */
sg_status sg_guess_from_head(const char *file_name, const sg_ingest_options *options, const sg_head *head,
                             sg_arena *arena, sg_guess *out, sg_err *err) SG_MUST_CHECK;

/* guess_table.c: decodes the first bytes of a file, finds delimiter and header, and looks at every row. */
sg_status sg_guess_table_read(const sg_head *head, const sg_input_limits *limits, sg_arena *arena,
                              sg_refusal *refusal, sg_guess_table *out, sg_err *err) SG_MUST_CHECK;

/* guess_column.c. False: out of memory. */
bool sg_guess_column_name(sg_guess_column *column, const char *text, size_t length,
                          sg_arena *arena) SG_MUST_CHECK;
bool sg_guess_column_look(sg_guess_column *column, const char *text, size_t length,
                          sg_arena *arena) SG_MUST_CHECK;
bool sg_guess_is_printable(const char *text);      /* of UTF-8: nothing that YAML or a comment can't have */
void sg_guess_column_end(sg_guess_column *column); /* after the last value */
int sg_guess_digits(const char *text, size_t n);   /* the number of so many digits, four at most */
/* "2024", "2024-25", "PY 2024-2025": its first year; 0: none. *spans: it names both years. */
int sg_guess_year(const char *text, bool *spans);

typedef enum { SG_GUESS_OWN, SG_GUESS_PIRL, SG_GUESS_CALLED, SG_GUESS_CONTAINS } sg_guess_how;

/* A field's column. */
typedef struct {
    int column; /* -1: none */
    int strength;
    sg_guess_how how;
    const char *word; /* the synonym */
} sg_guess_match;

typedef struct {
    sg_kind kind;
    int score;
    size_t n_taken, n_lacking; /* fields with a column; required ones without */
    sg_guess_match fields[SG_MAX_FIELDS];
    int *field_of; /* by column; SG_NO_FIELD: none */
    int *lost;     /* by column: the field that another column was taken for; SG_NO_FIELD: none */
} sg_guess_plan;

/* guess_match.c: the kind that the columns fit best, and which is which. */
sg_status sg_guess_plan_make(const sg_guess_table *table, const sg_synonyms *synonyms, const char *file_name,
                             sg_arena *arena, sg_guess_plan *out, sg_err *err) SG_MUST_CHECK;
/* Writes out what words within names are short for ("gender cd"); false: out of memory. */
bool sg_guess_write_out(sg_guess_table *table, const sg_synonyms *synonyms, sg_arena *arena) SG_MUST_CHECK;
/* Marks the columns that are never taken in. */
void sg_guess_mark_never(sg_guess_table *table, const sg_synonyms *synonyms);

/* guess_codes.c: our code for a value of a column, "unknown" where it says that nothing is known, NULL where none is known. */
const char *sg_guess_code(const sg_synonyms *synonyms, const sg_field *field, const sg_guess_column *column,
                          const char *value);
bool sg_guess_has_codes(const sg_field *field); /* a field of codes, or a text whose usual words are known */
/* Rows whose value of the column has a code. */
int64_t sg_guess_coded(const sg_synonyms *synonyms, const sg_field *field, const sg_guess_column *column);
/* The same of columns that name several races in one value; '\0': this is none. */
char sg_guess_race_separator(const sg_synonyms *synonyms, const sg_guess_column *column, int64_t *out_coded);

/* guess_dates.c: in which forms a column is to be read. */
typedef struct {
    const char *forms[SG_GUESS_FORMS];
    size_t n;
    int64_t n_read; /* values that they read */
    const char *
        turned; /* the form with month and day the other way round, which reads as many; NULL: the order is proven */
    const char *proof; /* the header of the column that proves the order for this one; NULL: none had to */
} sg_guess_dates;
void sg_guess_dates_of(const sg_guess_table *table, const sg_guess_column *column, sg_guess_dates *out);
bool sg_guess_dates_equal(const sg_guess_dates *a, const sg_guess_dates *b);

/* guess_write.c: the crosswalk's text, and in *out what is to be told. */
typedef struct {
    const sg_guess_table *table;
    const sg_guess_plan *plan;
    const sg_synonyms *synonyms;
    const char *file_name;
    sg_arena *arena;
    sg_str text;
    const char **warnings;
    size_t n_warnings;
    bool no_memory;
    sg_guess_dates dates; /* of the whole crosswalk */
} sg_guess_writing;
enum { SG_GUESS_WARNINGS = 128 };
void sg_guess_write(sg_guess_writing *writing, const char *name);

/* guess_frame.c: what stands above and below the columns. */
void sg_guess_write_head(sg_guess_writing *writing, const char *name);
void sg_guess_write_rest(sg_guess_writing *writing);
/* guess_warn.c: what a person must look at, field by field. */
void sg_guess_warn_fields(sg_guess_writing *writing);
void sg_guess_warn(sg_guess_writing *writing, const char *format, ...) SG_PRINTF(2, 3);

void sg_guess_quote(sg_str *out, const char *text);                /* as YAML's double-quoted text */
void sg_guess_add_forms(sg_str *out, const sg_guess_dates *dates); /* as YAML's list */
const char *sg_guess_unit(const sg_guess_column *column);          /* "minutes", "h:mm", or NULL: hours */

/* guess_write_codes.c: "codes:" and the like below a field, the years of a program year, the races of a list. */
void sg_guess_write_codes(sg_guess_writing *writing, const sg_field *field, const sg_guess_column *column);
void sg_guess_write_years(sg_guess_writing *writing, const sg_guess_column *column);
void sg_guess_write_race_list(sg_guess_writing *writing, const sg_guess_column *column, char separator);
/* Rows whose value the crosswalk that is written will know: of our own codes alone where the column has hardly any others. */
int64_t sg_guess_known(const sg_guess_writing *writing, const sg_field *field, const sg_guess_column *column);
/* Does the column need a list of codes, or has it our own? */
bool sg_guess_needs_codes(const sg_guess_writing *writing, const sg_field *field,
                          const sg_guess_column *column);
bool sg_guess_needs_years(const sg_guess_column *column);

#endif
