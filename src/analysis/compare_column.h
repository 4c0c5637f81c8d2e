/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of a prepared table: what a missing value looks like, numbers in any usual form, yes and no, conditions. */
#ifndef SKILLGAIN_SRC_ANALYSIS_COMPARE_COLUMN_H
#define SKILLGAIN_SRC_ANALYSIS_COMPARE_COLUMN_H

#include "skillgain/model/frame.h"

/* The column with "" for each missing value (NA, NaN, NULL, N/A, "."), numbers also with exponents; an infinite number, or one too large, among numbers is
 * SG_USAGE, with its row. */
sg_status sg_compare_column(const sg_frame *frame, const char *name, sg_frame_column *out,
                            sg_err *err) SG_MUST_CHECK;

/* By row 1, 0 or NaN (missing): of a column with 0 and 1, yes and no, true and false, y and n or iet and comparison; or of a condition
 * on a column. *out_is_yes_no: false where the column is none of these but all numbers, which *out then holds; asked with NULL, that is
 * SG_USAGE. `what` names it in messages: "arm". */
sg_status sg_compare_yes_no(const sg_frame *frame, const char *text, const char *what, double **out,
                            bool *out_is_yes_no, sg_err *err) SG_MUST_CHECK;

#endif
