/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to explain's text: its parts, and what they share.
 */
#ifndef SKILLGAIN_SRC_CLI_EXPLAIN_PARTS_H
#define SKILLGAIN_SRC_CLI_EXPLAIN_PARTS_H

#include "skillgain/batch/explain.h"

typedef struct {
    sg_str *out;
    const sg_config *config;
    const sg_id_explanations *all;
    bool spoken[SG_N_COUNTING]; /* rules that were named */
} sg_explain_page;

/* " [C5]", and the rule is remembered. */
void sg_explain_rule(sg_explain_page *page, sg_counting rule);
/* "2024-03-05"; of SG_DAY_NONE the other text. */
void sg_explain_day(sg_explain_page *page, sg_day day, const char *otherwise);

/* The answer: every design's view of the learner, that of the headline first. */
void sg_explain_units(sg_explain_page *page, const sg_explained_learner *learner);
/* IET and groups of those units. */
void sg_explain_evidence(sg_explain_page *page, const sg_explained_learner *learner);
/* Periods of participation, and what the store has. */
void sg_explain_pops(sg_explain_page *page, const sg_explained_learner *learner);
void sg_explain_rows(sg_explain_page *page, const sg_explained_learner *learner);

/* In which rows and columns of the NRS tables; what the rules across rows and files say of the rows. */
void sg_explain_federal(sg_explain_page *page, const sg_told_learner *told);
void sg_explain_across(sg_explain_page *page, const sg_told_learner *told);

/* Do the cells stand in the same row, in the same table? */
bool sg_explain_same_row(const sg_explained_cell *a, const sg_explained_cell *b);
bool sg_explain_same_table(const sg_explained_cell *a, const sg_explained_cell *b);

/* The rule by which a unit is in or out. */
sg_counting sg_explain_rule_of(const sg_explained_unit *unit);

/* "2023-24 landmark", "2023-24 term 2024-01-16" */
void sg_explain_unit_name(sg_explain_page *page, const sg_explained_unit *unit);

#endif
