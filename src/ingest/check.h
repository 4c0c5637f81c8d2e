/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checks: the fields of a row against each other, by kind. Every rule runs on every row, so that whoever mends the export sees all at
 * once.
 */
#ifndef SG_INGEST_CHECK_H
#define SG_INGEST_CHECK_H

#include "row.h"
#include "rule_id.h"

static inline int64_t sg_row_number(const sg_row *row, int field)
{
    return row->record.number[field];
}

static inline bool sg_row_has(const sg_row *row, int a, int b)
{
    return row->record.number[a] != SG_BLANK && row->record.number[b] != SG_BLANK;
}

static inline bool sg_row_is(const sg_row *row, int field, int64_t value)
{
    return row->record.number[field] == value;
}

/* The first day, where it is in the future. */
void sg_check_today(sg_row *row, int field);

void sg_check_enrollment_fields(sg_row *row); /* check_enrollment.c */
void sg_check_gain_fields(sg_row *row);       /* check_gain.c, and the next */
void sg_check_test(sg_row *row);
void sg_check_service(sg_row *row); /* check_other.c, and the next */
void sg_check_outcome(sg_row *row);
void sg_check_program(sg_row *row);
void sg_check_context(sg_row *row);

/* Whether a score, in 10^-6 points, is beyond the instrument's scale; false of one that is not known. */
bool sg_is_beyond_scale(const char *instrument, int64_t score);

#endif
