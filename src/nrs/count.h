/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counting: each fact adds to cells, and what it added is remembered until it was held against the tie-outs; so a tie-out that doesn't
 * hold names those who break it.
 */
#ifndef SG_NRS_COUNT_H
#define SG_NRS_COUNT_H

#include "layout.h"
#include "skillgain/nrs.h"

enum { NRS_MAX_TIES = 40, NRS_MAX_ADDED = 512 };

typedef struct {
    int64_t of[SG_N_NRS_TABLES][NRS_MAX_ROWS][NRS_LETTERS];
} nrs_cells;

/* Amounts of which the median is asked for, 10^-6 dollars. */
typedef struct {
    int64_t *items;
    size_t n, capacity;
} nrs_amounts;

/* A tie-out in a program year. */
typedef struct {
    int64_t n_breaking;
    sg_pseudonym named[SG_NRS_MOST_NAMED]; /* each learner once */
    size_t n_named;
} nrs_breaking;

typedef struct {
    int program_year;
    nrs_cells cells;
    nrs_amounts earnings[SG_N_NRS_TABLES][2]; /* of first PoPs, of all */
    nrs_breaking breaking[NRS_MAX_TIES];
} nrs_year;

/* What one fact added, and where. */
typedef struct {
    nrs_cells cells;
    uint64_t rows[SG_N_NRS_TABLES]; /* bits: rows touched */
    struct {
        uint8_t table, row, letter;
    } added[NRS_MAX_ADDED];
    size_t n_added;
} nrs_increments;

struct sg_nrs_counter {
    int program_year; /* 0: every one */
    const sg_yearly_rules *rules;
    unsigned given;   /* SG_GIVEN_... of any fact */
    nrs_year **years; /* ascending */
    size_t n_years, years_capacity;
    nrs_year *year; /* that the fact at hand adds to */
    nrs_increments fact;
};

/* The facts that follow are of this year; *out_wanted false: nobody asked for it. */
sg_status nrs_begin(sg_nrs_counter *counter, int program_year, bool *out_wanted, sg_err *err) SG_MUST_CHECK;

/* Adds to a cell, and where the row is an item to those of its subtotal and total. A row of -1 is none, an amount of 0 nothing. */
void nrs_add(sg_nrs_counter *counter, sg_nrs_id id, int row, char letter, int64_t amount);

/* The fact at hand is whole: holds its increments against the tie-outs and forgets them. */
void nrs_end(sg_nrs_counter *counter, const sg_pseudonym *pseudonym);

sg_status nrs_add_pop_year(void *context, const sg_pop_year *fact, sg_err *err) SG_MUST_CHECK;
sg_status nrs_add_pop_exit(void *context, const sg_pop_exit *fact, sg_err *err) SG_MUST_CHECK;

#endif
