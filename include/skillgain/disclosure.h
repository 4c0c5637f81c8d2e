/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disclosure: results to a publication, the only thing that report writers accept. A draft shows every count and is marked
 * restricted; an edition is masked (cells and the estimates made from them), audited, and holds no facts that only drafts may.
 */
#ifndef SKILLGAIN_DISCLOSURE_H
#define SKILLGAIN_DISCLOSURE_H

#include "skillgain/base.h"
#include "skillgain/model.h"

typedef struct sg_publication sg_publication;
typedef enum { SG_PUBLICATION_DRAFT, SG_PUBLICATION_EDITION } sg_publication_kind;

/* Its NRS tables are the results' own, which outlive it. */
sg_status sg_publication_draft(const sg_results *results, sg_publication **out, sg_err *err) SG_MUST_CHECK;

/* The edition of one closed program year: totals by arm, and one-way tables by arm of the headline outcome and design. A level's line is shown whole or hidden
 * whole; lines are hidden until no hidden count can be told from the published ones to within the policy's interval, or all
 * of the dimension is hidden. Every result that uses a hidden cell is suppressed. */
sg_status sg_publication_edition(const sg_results *results, const sg_disclosure_policy *policy,
                                 int program_year, const char *name, sg_publication **out,
                                 sg_err *err) SG_MUST_CHECK;

/* Reads only what the publication would show, and proves, or refutes (SG_DISCLOSURE, with the table's name and no count), that
 * no hidden cell is given away. Drafts are not audited. */
sg_status sg_publication_audit(const sg_publication *publication, sg_err *err) SG_MUST_CHECK;

void sg_publication_free(sg_publication *publication);
SG_DEFINE_CLEANUP(sg_publication, sg_publication, sg_publication_free)

sg_publication_kind sg_publication_type(const sg_publication *publication);
const char *sg_publication_name(const sg_publication *publication); /* edition "2024-1"; "" for a draft */
const char *sg_publication_mark(
    const sg_publication *publication); /* what every page says of who may see it */
/* The masked results: counts SG_COUNT_MASKED, estimates SG_ESTIMATE_SUPPRESSED with blank figures. */
const sg_results *sg_publication_results(const sg_publication *publication);
const sg_disclosure_policy *sg_publication_policy(const sg_publication *publication); /* NULL for a draft */
/* Share of text for the notes: how many cells are shown and hidden. */
void sg_publication_counts(const sg_publication *publication, int64_t *out_shown, int64_t *out_masked);

#endif
