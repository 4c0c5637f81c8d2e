/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Layouts: titles, rows and columns of the NRS tables, how shares are made and rounded, and from which program year to which each
 * of it stands: data, so that a new year of the forms is a line here and nothing else.
 */
#ifndef SG_NRS_LAYOUT_H
#define SG_NRS_LAYOUT_H

#include "skillgain/cohort/federal.h"
#include "skillgain/model.h"

enum { NRS_MAX_ROWS = 40, NRS_LETTERS = 26 };

/* Program years from first to last; 0: no bound. */
typedef struct {
    short first, last;
} nrs_years;

typedef struct {
    char letter;
    sg_nrs_form form;
    const char *label;
    const char *over, *under, *less; /* of a share: the letters `over`, by `under` without `less` */
    nrs_years years;
} nrs_column;

typedef enum {
    NRS_HEADING,
    NRS_ITEM,     /* is counted in the subtotal of its group and in the total */
    NRS_SUBTOTAL, /* of a group */
    NRS_TOTAL,
    NRS_SUBSET, /* part of an item; not in the total */
    NRS_MEDIAN, /* an item whose C and F are medians in dollars */
    NRS_ABSENT, /* nothing that exports have: blank */
    /* not printed: who has no row or column, by a letter for each reason, for the notes and the tie-outs */
    NRS_BESIDE,
    NRS_BESIDE_SUBSET
} nrs_role;

typedef struct {
    nrs_role role;
    uint8_t key;   /* by which it is found: a level, a band, an indicator; among rows of its role */
    uint8_t group; /* 0: none */
    const char *label;
    unsigned needs; /* SG_GIVEN_...: blank where one of them was not delivered */
    nrs_years years;
} nrs_row;

/* A note of each program year of a table, or one that stands where a letter of the row beside is above 0. */
typedef struct {
    const char *key;
    char letter; /* 0: always */
    nrs_years years;
} nrs_remark;

typedef struct {
    const char *title, *row_heading;
    const nrs_column *columns;
    size_t n_columns;
    const nrs_row *rows;
    size_t n_rows;
    const nrs_remark *remarks;
    size_t n_remarks;
    unsigned needs; /* of every row */
} nrs_layout;

extern const nrs_layout nrs_layouts[SG_N_NRS_TABLES];

/* The keys of rows that are not codes of model. */
enum { NRS_ABE = 1, NRS_ASE, NRS_ELA, NRS_IELCE };
enum {
    NRS_MSG_EFL = 1,
    NRS_MSG_DIPLOMA,
    NRS_MSG_TRANSCRIPT,
    NRS_MSG_MILESTONE,
    NRS_MSG_SKILLS,
    NRS_MSG_ANY,
    NRS_EXIT_Q2,
    NRS_EXIT_Q4,
    NRS_EXIT_EARNINGS,
    NRS_EXIT_DIPLOMA,
    NRS_EXIT_DIPLOMA_POSTSECONDARY,
    NRS_EXIT_DIPLOMA_EMPLOYED,
    NRS_EXIT_CREDENTIAL
};
/* Table 6: employment by the levels of its dimension, from 1; 0 is unknown */
enum {
    NRS_NO_DIPLOMA = 20,
    NRS_DIPLOMA,
    NRS_EQUIVALENT,
    NRS_SOME_POSTSECONDARY,
    NRS_DEGREE,
    NRS_EDUCATION_UNKNOWN,
    NRS_IN_WORKPLACE,
    NRS_IN_CORRECTIONS
};

bool nrs_in_years(nrs_years years, int program_year);

/* The row of a role and key in a program year, -1: there is none. */
int nrs_row_of(sg_nrs_id id, nrs_role role, int key, int program_year);

#endif
