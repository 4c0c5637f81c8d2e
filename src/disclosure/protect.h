/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which lines of a one-way table are hidden: the primary rules P1 and P2 (disclosure.md section 2) by whole lines, then as many
 * further lines as keep every hidden count uncertain by the policy's interval for a reader who subtracts the published lines
 * from the published totals.
 */
#ifndef SKILLGAIN_SRC_DISCLOSURE_PROTECT_H
#define SKILLGAIN_SRC_DISCLOSURE_PROTECT_H

#include "line.h"

/* True where the line may not be shown: an arm with 1..T-1 participant-years, or with fewer than c on a side of the outcome. */
bool sg_line_is_small(const sg_line *line, const sg_disclosure_policy *policy);

/* What the hidden lines add up to, arm by arm and side by side, is what a reader can work out. True where each is wide enough
 * (or wholly 0) to leave every hidden count in doubt. */
bool sg_rest_is_wide(const sg_line *rest, const sg_disclosure_policy *policy);

/* Sets hidden for each of the n lines. */
void sg_protect_lines(sg_line *lines, size_t n, const sg_disclosure_policy *policy);

#endif
