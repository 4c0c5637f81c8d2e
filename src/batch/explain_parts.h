/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to explain: what is told of a learner beside the cohort.
 */
#ifndef SKILLGAIN_SRC_BATCH_EXPLAIN_PARTS_H
#define SKILLGAIN_SRC_BATCH_EXPLAIN_PARTS_H

#include "skillgain/batch/explain.h"

/* In which cells of the NRS tables each learner is counted. */
sg_status sg_explain_tables(const sg_explanation *found, const sg_yearly_rules *rules, sg_told_learner *told,
                            sg_arena *arena, sg_err *err) SG_MUST_CHECK;

/* What the rules across rows say of each learner's rows; of the rows as they are now, whatever the as-of date. */
sg_status sg_explain_findings(const sg_workspace *workspace, const sg_explanation *found,
                              sg_told_learner *told, sg_arena *arena, sg_err *err) SG_MUST_CHECK;

#endif
