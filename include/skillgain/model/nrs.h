/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * NRS: the statistical tables of the National Reporting System (OMB 1830-0027) as plain tables, and the tie-outs that hold
 * between them. Shares are kept as their two counts, so that what is printed is exact whatever the rounding.
 */
#ifndef SKILLGAIN_MODEL_NRS_H
#define SKILLGAIN_MODEL_NRS_H

#include "skillgain/base/day.h"
#include "skillgain/base/digest.h"
#include "skillgain/base/text.h"

/* In the order in which they are written. */
typedef enum {
    SG_NRS_1,
    SG_NRS_2,
    SG_NRS_2A,
    SG_NRS_3,
    SG_NRS_4,
    SG_NRS_4A,
    SG_NRS_4B,
    SG_NRS_4C,
    SG_NRS_5,
    SG_NRS_5A,
    SG_NRS_6,
    SG_NRS_9,
    SG_NRS_10,
    SG_NRS_11,
    SG_N_NRS_TABLES
} sg_nrs_id;

/* As the form has it: "4A". */
const char *sg_nrs_number(sg_nrs_id id);

/* How the last decimal of a share comes about; hours and dollars are always rounded. */
typedef enum { SG_NRS_ROUND, SG_NRS_TRUNCATE } sg_nrs_rounding;

typedef enum {
    SG_NRS_BLANK,
    SG_NRS_COUNT,  /* value */
    SG_NRS_HOURS,  /* value, 10^-9 hours */
    SG_NRS_SHARE,  /* value / of; blank where `of` is 0 */
    SG_NRS_DOLLARS /* value / of, 10^-6 dollars: a median between two amounts is half of their sum */
} sg_nrs_form;

typedef struct {
    sg_nrs_form form;
    int64_t value, of;
} sg_nrs_cell;

typedef struct {
    char letter; /* as on the federal form: 'B' */
    const char *label;
} sg_nrs_column;

typedef struct {
    const char *label;
    sg_nrs_cell *cells; /* one a column; NULL: a heading */
} sg_nrs_row;

/* A sentence beside a table: a key of reports/text/nrs.txt without its page, and the count in it. */
typedef struct {
    const char *key;
    int64_t n;
} sg_nrs_note;

typedef struct {
    sg_nrs_id id;
    const char *number, *title; /* "4A" */
    const char *row_heading;    /* what the rows are: the form's column A */
    int program_year;
    const sg_nrs_column *columns;
    size_t n_columns;
    const sg_nrs_row *rows;
    size_t n_rows;
    int decimals; /* of shares */
    sg_nrs_rounding rounding;
    const sg_nrs_note *notes;
    size_t n_notes;
} sg_nrs_table;

enum { SG_NRS_MOST_NAMED = 20 };

/* Two sums that must be equal, or of which the left must not be above the right, in each row or cell that they speak of. */
typedef struct {
    const char *id, *text; /* "4-row": "Table 4, each row: B = C + E + F + G + H + I" */
    int program_year;
    bool is_at_most;     /* else equal */
    int64_t left, right; /* over everyone */
    bool holds;
    int64_t n_breaking; /* periods of participation that break it, each by itself */
    const sg_pseudonym *named;
    size_t n_named; /* their learners, SG_NRS_MOST_NAMED at most */
} sg_nrs_tie_out;

/* The federal rate of a year: Table 4, J and O of the grand total. */
typedef struct {
    int program_year;
    bool is_closed;
    int64_t participants, excluded, gained, pops, pops_excluded, pops_gained;
} sg_nrs_rate;

typedef struct {
    const sg_nrs_table *tables; /* by year, then id */
    size_t n_tables;
    const sg_nrs_tie_out *tie_outs; /* by year */
    size_t n_tie_outs;
    const sg_nrs_rate *rates; /* by year */
    size_t n_rates;
} sg_nrs;

/* The cell as the table prints it, appended; nothing for a blank. */
void sg_nrs_print(const sg_nrs_table *table, const sg_nrs_cell *cell, sg_str *out);

/* value / of with so many decimals (0 to 9), appended; `of` above 0, value not below. Exact. */
void sg_nrs_print_share(int64_t value, int64_t of, int decimals, sg_nrs_rounding rounding, sg_str *out);

/* Tie-outs that don't hold. */
size_t sg_nrs_broken(const sg_nrs *nrs);

#endif
