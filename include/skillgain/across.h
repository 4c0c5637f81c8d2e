/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * across: the rules that look at more than one row and more than one kind of export at a time, a learner at a time: a gain outside
 * every enrollment, a level gain that no test shows, hours that don't fit together, a program that the register does not know. It
 * takes accepted rows, whether of files or of the store, keeps 88 bytes of each (no text, no id), and tells what it found. Nothing is
 * refused on its word: a finding says that rows contradict each other, not which of them is wrong. No clock, no files, no store.
 *
 * A rule speaks only where what it needs was delivered: of a gain without enrollment only where that college's enrollments of that
 * time are there, up to the latest cut-off of the deliveries that tell of it; of a gain without a college up to the earliest of these. What is dated after the cut-off of the enrollments is left to the rules on dates.
 */
#ifndef SKILLGAIN_ACROSS_H
#define SKILLGAIN_ACROSS_H

#include "skillgain/base.h"
#include "skillgain/model.h"

typedef struct {
    int exit_gap_days, gain_grace_days, participant_hours; /* as in the workspace's cohort keys */
    const sg_yearly_rules *rules; /* the caller's, for as long as instruments; where a key above is 0 */
    const sg_instruments
        *instruments; /* the caller's, for as long as rows are added; NULL: scores tell nothing */
    size_t most_rows; /* kept at a time; with more, the learners are taken in parts. 0: all at once */
    size_t
        most_listed; /* findings kept of a rule and file, those of the lowest lines; 0: all. Counts are of all */
} sg_across_options;

typedef struct sg_across sg_across;

/* Caller frees; NULL is fine. */
sg_status sg_across_new(const sg_across_options *options, sg_across **out, sg_err *err) SG_MUST_CHECK;
void sg_across_free(sg_across *across);
SG_DEFINE_CLEANUP(sg_across, sg_across, sg_across_free)

/* A file whose rows follow: *out, its number, from 0 in the order in which they are begun. */
sg_status sg_across_begin_file(sg_across *across, sg_kind kind, size_t *out, sg_err *err) SG_MUST_CHECK;
/* What is known of it once it was read; before sg_across_examine. has_hours: as in sg_batch. */
void sg_across_end_file(sg_across *across, size_t file, sg_day cutoff, bool has_hours);
/* Forgets the newest file and its rows: it was refused. */
void sg_across_drop_file(sg_across *across);

/* One accepted row of a file. Of two rows of a kind with the same key the one that was added later counts. known_by: the file up to whose
 * cut-off the row's college is known, the same one or a later one that found the row unchanged; but for the file of the row, it has
 * ended. */
sg_status sg_across_add(sg_across *across, size_t file, size_t known_by, const sg_record *row,
                        sg_err *err) SG_MUST_CHECK;

/* Looks at the learners that are held. *out_more: there were too many rows at a time; every row must be added again, for the
 * next part of the learners, and examined. Rows may come in any order: what is found does not depend on it. */
sg_status sg_across_examine(sg_across *across, bool *out_more, sg_err *err) SG_MUST_CHECK;

typedef struct {
    const sg_rule *rule;
    sg_kind kind; /* of the row */
    size_t file;
    int64_t line;
    const char *field; /* canonical */
} sg_across_finding;

/* After the last examination. In order of kind, file (in the order in which they were begun), line and rule; a rule speaks of a row
 * once. */
sg_status sg_across_findings(sg_across *across,
                             sg_status (*each)(void *context, const sg_across_finding *finding, sg_err *err),
                             void *context, sg_err *err) SG_MUST_CHECK;

typedef struct {
    const sg_rule *rule;
    sg_kind kind;
    int64_t n;
} sg_across_count;
/* How often each rule spoke over all files, by rule, those that did; in the arena. */
sg_status sg_across_counts(const sg_across *across, sg_arena *arena, sg_across_count **out, size_t *out_n,
                           sg_err *err) SG_MUST_CHECK;

#endif
