/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values: the text of one cell, trimmed, through the crosswalk's codes, and the texts and dates that stand
 * for nothing.
 */
#ifndef SG_INGEST_VALUE_H
#define SG_INGEST_VALUE_H

#include "row.h"

/* The text of a source (column -1: its constant) in the row, NULL where missing. *out_code: the one of the table, which may be NULL,
 * that it came through; NULL: none. */
const char *sg_value_text(sg_row *row, int column, const sg_column_source *source, const sg_code_table *codes,
                          const sg_code_entry **out_code);

typedef enum { SG_VALUE_TAKEN, SG_VALUE_MISSING, SG_VALUE_BAD } sg_value_state;

/* A date in one of the forms of its column, else of the crosswalk; 1900-01-01, 1753-01-01 and 9999-12-31 are missing. */
sg_value_state sg_value_date(const sg_crosswalk *crosswalk, const sg_column_source *source, const char *text,
                             sg_day *out);

/* A list of races in one column: each code marks its race. */
void sg_row_take_races(sg_row *row);

#endif
