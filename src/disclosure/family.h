/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Families of p-values in an edition. A p-value corrected for a family tells of every member of it: were the hidden members in
 * it as they are, a shown correction could be taken apart and give them away. Left out, they would make what is shown look clearer than it is. So
 * they are in it with a p-value of 1: no correction is smaller than that of the whole family, and it tells of them only that they are there.
 */
#ifndef SKILLGAIN_SRC_DISCLOSURE_FAMILY_H
#define SKILLGAIN_SRC_DISCLOSURE_FAMILY_H

#include "skillgain/model.h"

/* Gives every shown estimate the p_adjusted of its family: estimates of one dimension, outcome, estimand, subset and
 * reference by Benjamini-Hochberg; those of everyone, over the outcomes, by Holm (statistics.md section 9). */
sg_status sg_families_adjust(sg_results *results, sg_err *err) SG_MUST_CHECK;

#endif
