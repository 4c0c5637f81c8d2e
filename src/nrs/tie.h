/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tie-outs: what must hold between the tables of a program year. Each holds for every single fact too, since the cells are sums of what
 * facts added.
 */
#ifndef SG_NRS_TIE_H
#define SG_NRS_TIE_H

#include "count.h"

/* The tie-outs in order. */
size_t nrs_n_ties(void);

/* Does the tie-out hold in these cells? rows: which of each table's rows to look at, NULL: all. */
bool nrs_tie_holds(size_t tie, const nrs_cells *cells, const uint64_t *rows);

/* id, text, is_at_most, and both sides in these cells: over everyone. */
void nrs_tie_tell(size_t tie, const nrs_cells *cells, sg_nrs_tie_out *out);

#endif
