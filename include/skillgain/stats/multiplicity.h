/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 9: p-values of one family, corrected for their number. A missing p (NaN) stays missing and is not
 * counted. */
#ifndef SKILLGAIN_STATS_MULTIPLICITY_H
#define SKILLGAIN_STATS_MULTIPLICITY_H

#include "skillgain/stats/figure.h"

/*
 * With m p-values present and p_(i) the i-th smallest: Holm p_(i) (m-i+1), its running maximum;
 * Benjamini-Hochberg p_(i) m/i, its running minimum from the top; Bonferroni p m; each at most 1. n values,
 * out in the order of p (out may be p itself); n = 0 does nothing. SG_FAILED: a p outside [0, 1].
 * SG_NO_MEMORY. Holm 1979, Scand J Stat 6:65; Benjamini, Hochberg 1995, JRSS B 57:289.
 */
sg_status sg_adjust_holm(const double *p, size_t n, double *out, sg_err *err) SG_MUST_CHECK;
sg_status sg_adjust_bh(const double *p, size_t n, double *out, sg_err *err) SG_MUST_CHECK;
sg_status sg_adjust_bonferroni(const double *p, size_t n, double *out, sg_err *err) SG_MUST_CHECK;

#endif
