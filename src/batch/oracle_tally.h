/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows counted: by level the successes and the learners of each arm. A column "Freq" says how many learners a row stands for.
 */
#ifndef SKILLGAIN_SRC_BATCH_ORACLE_TALLY_H
#define SKILLGAIN_SRC_BATCH_ORACLE_TALLY_H

#include "oracle.h"

typedef struct {
    double *x[2], *n[2],
        *missing; /* by level; [1]: the IET arm. missing: learners without an outcome, of both arms */
} sg_oracle_tally;

/* Which columns, or what is written for them (sg_oracle_evaluate). */
typedef struct {
    const char *treatment; /* NULL: everyone is in arm 0 */
    const char *outcome;
    const char *size; /* how many a row counts; NULL: itself, and the outcome is 0 or 1 */
} sg_oracle_columns;

/* The levels of a column; NULL: everyone is of one. */
sg_status sg_oracle_levels(sg_frame *rows, const char *group, sg_frame_levels *out,
                           sg_err *err) SG_MUST_CHECK;

sg_status sg_oracle_take_tally(sg_frame *rows, const sg_frame_levels *levels,
                               const sg_oracle_columns *columns, sg_oracle_tally *out,
                               sg_err *err) SG_MUST_CHECK;

/* The rows in which a column has the value. */
sg_status sg_oracle_select(sg_frame *rows, const char *column, double value, sg_frame *out,
                           sg_err *err) SG_MUST_CHECK;

/* Where an entry leaves a column unsaid it is that of the project's own exports. */
const char *sg_oracle_or(const char *text, const char *usual);

#endif
