/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to across: what was found, 16 bytes each, until it is told in order.
 */
#ifndef SG_ACROSS_FOUND_H
#define SG_ACROSS_FOUND_H

#include "rule_list.h"
#include "skillgain/base.h"

typedef struct {
    uint32_t file, line;
    uint32_t row;  /* tells apart rows that are looked at together: a line may have several */
    uint16_t rule; /* sg_across_rule */
    int16_t field;
} sg_found;

typedef struct {
    sg_found *all;
    size_t n, capacity;
    size_t n_settled;   /* of all, from the front: sorted, each once, counted */
    size_t most_listed; /* of a rule and file, the lowest lines; 0: all */
    int64_t counts[SG_N_ACROSS];
} sg_found_list;

void sg_found_release(sg_found_list *findings);
sg_status sg_found_note(sg_found_list *findings, const sg_found *found, sg_err *err) SG_MUST_CHECK;
/* To be called when every finding of the rows at hand was noted: a rule that spoke of a row twice did so once. */
void sg_found_settle(sg_found_list *findings);

#endif
