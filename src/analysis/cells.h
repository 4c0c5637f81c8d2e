/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts to registry cells: each published count once.
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_CELLS_H
#define SKILLGAIN_SRC_ANALYSIS_CELLS_H

#include "count.h"

/* Sets results->cells from the closed years' counts, in the order that sg_results.cells is documented to have. */
sg_status sg_cells_make(const sg_cohort *cohort, const sg_outcome_list *outcomes, const sg_year_count *counts,
                        size_t n, sg_results *results, sg_err *err) SG_MUST_CHECK;

#endif
