/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the findings of a file while it is read. They wait in memory, bounded, because they are kept also where
 * everything else of the file is rolled back.
 */
#ifndef SG_STORE_FINDING_H
#define SG_STORE_FINDING_H

#include "store/connection.h"

enum { SG_KEPT_FINDINGS = 1000 }; /* of a rule in a batch; beyond it they are counted only */

typedef struct {
    const sg_rule *rule;
    int64_t n;
} sg_rule_tally;

typedef struct {
    const sg_rule *rule;
    int64_t line;
    const char *field, *column, *detail; /* in the arena, each text once */
} sg_kept_finding;

typedef struct {
    sg_arena *arena;
    sg_rule_tally *tallies; /* in the order in which rules first spoke */
    size_t n_tallies, tally_capacity;
    sg_kept_finding *kept;
    size_t n_kept, kept_capacity;
    const char **texts;
    size_t n_texts, text_capacity;
} sg_findings;

sg_status sg_findings_init(sg_findings *findings, sg_err *err) SG_MUST_CHECK;
void sg_findings_release(sg_findings *findings);
sg_status sg_findings_add(sg_findings *findings, const sg_finding *finding, sg_err *err) SG_MUST_CHECK;
sg_status sg_findings_enter(const sg_findings *findings, sg_store *store, int64_t batch,
                            sg_err *err) SG_MUST_CHECK;

#endif
