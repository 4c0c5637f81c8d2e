/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Intake: what becomes of each record of a file: dropped, refused, a repeat, or a row for the sink; counted
 * so that read = stored + repeated + replaced + quarantined + dropped at every moment. A line with several records is as many rows as it
 * has, and one that is dropped where it has none.
 */
#ifndef SG_INGEST_INTAKE_H
#define SG_INGEST_INTAKE_H

#include "entry.h"
#include "likeness.h"
#include "row.h"
#include "verdict.h"

typedef struct {
    const sg_sink *sink;
    sg_batch *batch;
    sg_row row; /* its layout, table, today, key and arena are set */
    sg_entries entries;
    sg_likeness likeness;
    sg_verdicts verdicts;
    sg_day cutoff;  /* the latest of the cut-off column; SG_DAY_NONE: none yet */
    bool any_hours; /* an accepted row has more than 0 contact hours */
    sg_refusal *refusal;
} sg_intake;

/* Every record behind the header. */
sg_status sg_intake_take(sg_intake *intake, const sg_raw_record *record, sg_err *err) SG_MUST_CHECK;
/* A line whose row the store has already. Some rows before it is taken, what it will be looked for in is brought near. */
void sg_intake_prepare_known(const sg_intake *intake, const sg_known_row *known);
sg_status sg_intake_take_known(sg_intake *intake, const sg_known_row *known, int64_t line,
                               sg_err *err) SG_MUST_CHECK;

/* Tells the sink, and counts. field and column may be "". */
sg_status sg_intake_find(sg_intake *intake, const char *rule, int64_t line, const char *field,
                         const char *column, sg_err *err) SG_MUST_CHECK;

/* The same of a warning or notice whose text leaves something open. */
sg_status sg_intake_find_more(sg_intake *intake, const char *rule, int64_t line, const char *detail,
                              sg_err *err) SG_MUST_CHECK;

/* Once the cut-off is known: a notice for each accepted row dated between it and the day of import. guessed: from the rows'
 * dates, which is worth a warning where it leaves many of them behind it. */
sg_status sg_intake_find_late(sg_intake *intake, sg_day cutoff, bool guessed, sg_err *err) SG_MUST_CHECK;

/* A warning where the latest day of the file lies more than so many days before its cut-off. */
sg_status sg_intake_find_stale(sg_intake *intake, int days, sg_err *err) SG_MUST_CHECK;

/* Once all rows are in: a warning for each learner whose id looks like that of an earlier one. */
sg_status sg_intake_find_alike(sg_intake *intake, sg_err *err) SG_MUST_CHECK;

/* A warning where the file has hours and no row has any. */
sg_status sg_intake_find_no_hours(sg_intake *intake, sg_err *err) SG_MUST_CHECK;

#endif
