/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fit: how well a crosswalk and a header go together, and in words why none does.
 */
#ifndef SG_INGEST_FIT_H
#define SG_INGEST_FIT_H

#include "header.h"

typedef struct {
    const sg_crosswalk *crosswalk;
    const sg_header *header; /* the best of those tried; NULL: none could be tried */
    bool contradicts;        /* the file's byte-order mark contradicts the crosswalk's encoding */
    size_t n_present;        /* columns that the crosswalk names and the header has */
    size_t n_absent;
    size_t
        n_needed; /* of the absent ones: those of required fields and of the cut-off; one where no day of a record is there */
} sg_fit;

/* Measures the crosswalk against a header that was read. False: out of memory. */
bool sg_fit_measure(const sg_crosswalk *crosswalk, const sg_header *header, sg_fit *out) SG_MUST_CHECK;

bool sg_fit_is_usable(const sg_fit *fit); /* a header was read, and nothing needed is absent */

/* Brings those to the front that can't be used and yet know more columns of the file than `best` does; how many they are (then `best` is
 * where it was no more). */
size_t sg_fit_nearer(sg_fit *fits, size_t n, const sg_fit *best);

/* The one to take among equals comes first: < 0 if a is better, 0 if nothing tells them apart but their
 * names. */
int sg_fit_compare(const sg_fit *a, const sg_fit *b);

/* Why none of the fits (n > 0) can be used, or which are tied: always SG_REFUSED, or SG_NO_MEMORY. Fits are
 * reordered. */
sg_status sg_fit_explain(sg_fit *fits, size_t n, sg_refusal *refusal, sg_err *err) SG_MUST_CHECK;
sg_status sg_fit_tie(const sg_fit *fits, size_t n, const sg_fit *best, sg_refusal *refusal,
                     sg_err *err) SG_MUST_CHECK;

#endif
