/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Columns: the units of one or more designs put in one after another, taken out as the columns of a cohort, by program year.
 */
#ifndef SG_COHORT_COLUMN_H
#define SG_COHORT_COLUMN_H

#include "level.h"
#include "skillgain/cohort.h"

enum { SG_MOST_DESIGNS_A_UNIT = 2 };

typedef struct {
    int16_t program_year;
    uint16_t college;
    uint8_t term;                            /* its place in the configuration; of the term design */
    sg_day known_by[SG_MOST_DESIGNS_A_UNIT]; /* as sg_year_view's, by design from the first on */
} sg_row_head;

typedef struct {
    sg_amount *items; /* `unit` counts them as they were put in */
    size_t n, capacity;
} sg_amount_list;

/* Zero-initialise, then set the designs that have these units, one behind the other, and n_dimensions. */
typedef struct {
    sg_design first_design;
    size_t n_designs, n_dimensions;
    size_t n; /* units */
    sg_row_head *heads;
    uint8_t *cells; /* by unit and design: state, grade, arm, outcomes, days to a gain, levels */
    size_t heads_capacity, cells_capacity;
    sg_amount_list amounts[SG_MOST_DESIGNS_A_UNIT][SG_N_AMOUNTS];
} sg_columns;

enum {
    SG_CELL_STATE,
    SG_CELL_GRADE,
    SG_CELL_ARM,
    SG_CELL_OUTCOMES,
    SG_CELL_GAIN_DAYS = SG_CELL_OUTCOMES + sizeof(sg_outcome_bits),
    SG_CELL_LEVELS = SG_CELL_GAIN_DAYS + sizeof(int16_t)
};

void sg_columns_release(sg_columns *columns);

/* Room for one more unit, which is counted by raising n. */
sg_status sg_columns_reserve(sg_columns *columns, sg_err *err) SG_MUST_CHECK;

/* The cells of unit `at` (below n, or n itself once reserved) in a design. */
uint8_t *sg_columns_cells(const sg_columns *columns, size_t at, sg_design design);

/* An amount of unit n, which is reserved, in a design. */
sg_status sg_columns_amount(sg_columns *columns, sg_design design, sg_amount_kind kind, uint32_t scale,
                            double value, sg_err *err) SG_MUST_CHECK;

/* Fills the designs of the cohort from its arena: by program year, else in the order put in. */
sg_status sg_columns_finish(const sg_columns *columns, const sg_levels *levels, sg_cohort *cohort,
                            sg_err *err) SG_MUST_CHECK;

#endif
