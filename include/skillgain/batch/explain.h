/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * batch, explain: where learners are counted, asked for by the ids that exports have for them. Ids become pseudonyms and are gone; what
 * is told names learners by their line in the list.
 */
#ifndef SKILLGAIN_BATCH_EXPLAIN_H
#define SKILLGAIN_BATCH_EXPLAIN_H

#include "skillgain/batch.h"
#include "skillgain/cohort/explain.h"

typedef enum {
    SG_ID_EXPLAINED, /* the store has one learner or more by this id: where ids are a college's own, several may share it */
    SG_ID_ABSENT,     /* it has none */
    SG_ID_FORGOTTEN,  /* it has none, for the learner was forgotten */
    SG_ID_REPEATED,   /* it stands on an earlier line */
    SG_ID_IMPOSSIBLE, /* no export could have it */
    SG_N_ID_FATES
} sg_id_fate;

/* What a rule across rows and files says of a row. */
typedef struct {
    const sg_rule *rule;
    size_t row;        /* place among the learner's rows */
    const char *field; /* canonical */
} sg_explained_finding;

/* A cell of an NRS table that counts the learner. A table's cell is the sum of those of all learners, but for medians. Texts are static. */
typedef struct {
    int program_year;
    const char *table, *title; /* "4A" */
    const char *heading, *row; /* heading NULL: the row stands under none */
    char column;
    const char *label; /* of the column */
    sg_nrs_form form;  /* of SG_NRS_DOLLARS, a median, the value is 0: no learner's earnings are told */
    int64_t value;     /* 10^-9 hours of SG_NRS_HOURS */
} sg_explained_cell;

typedef struct {
    const sg_explained_learner *counted;
    const sg_explained_cell *cells; /* by program year, table, row, column */
    size_t n_cells;
    const sg_explained_finding
        *findings; /* of the rows as they are now, whatever the as-of date; by kind, batch, line, rule */
    size_t n_findings;
} sg_told_learner;

typedef struct {
    int64_t line; /* of the list, from 1 */
    sg_id_fate fate;
    int64_t first_line;                     /* of SG_ID_REPEATED: the earlier one */
    const sg_told_learner *const *learners; /* of SG_ID_EXPLAINED */
    size_t n;
} sg_explained_id;

typedef struct {
    const sg_explained_id *ids; /* one a line that is not blank */
    size_t n;
    sg_day as_of;
    sg_design headline;
    /* Of a refused row it is not kept whose it is, and a held delivery has no rows in the store: who is absent may be in them. Has the
     * store batches of that sort: in use, with refused rows; waiting for a person. */
    bool has_refused, has_held;
} sg_id_explanations;

/* ids: one a line; only read. as_of: as sg_cohort_build has it. *out in the arena. Fails where no line has an id (SG_USAGE), nothing was
 * ever imported, or a required kind was never delivered. Nothing is written. */
sg_status sg_batch_explain(const sg_workspace *workspace, const char *ids, sg_day as_of, sg_arena *arena,
                           sg_id_explanations *out, sg_err *err) SG_MUST_CHECK;

#endif
