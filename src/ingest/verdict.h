/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Verdicts: the lists of findings that the rows of a file have, each list once. There are few of them, so that a store can keep the
 * number with a row, and tell the findings again when the same text comes again.
 */
#ifndef SG_INGEST_VERDICT_H
#define SG_INGEST_VERDICT_H

#include "row.h"

enum { SG_MOST_VERDICTS = 4096 };

typedef struct {
    const sg_row_finding *findings;
    size_t n;
} sg_verdict;

typedef struct {
    sg_arena *arena; /* NULL: there is none yet */
    sg_verdict *all; /* by number, from 1 on */
    size_t n, capacity;
    uint16_t slots[2 * SG_MOST_VERDICTS]; /* by what is in them; numbers, 0: free */
} sg_verdicts;

/* Zero-initialise. Rules and columns outlive it. */
void sg_verdicts_release(sg_verdicts *verdicts);

/* The number of the list; *out_new: it was not there before. 0: there are too many already. */
sg_status sg_verdicts_number(sg_verdicts *verdicts, const sg_row_finding *findings, size_t n, uint32_t *out,
                             bool *out_new, sg_err *err) SG_MUST_CHECK;

#endif
