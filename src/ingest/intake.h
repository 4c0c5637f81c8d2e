/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Intake: what becomes of each record of a file: dropped, refused, a repeat, or a row for the sink; counted
 * so that read = stored + repeated + replaced + quarantined + dropped at every moment.
 */
#ifndef SG_INGEST_INTAKE_H
#define SG_INGEST_INTAKE_H

#include "entry.h"
#include "row.h"

typedef struct {
    const sg_sink *sink;
    sg_batch *batch;
    sg_row row; /* its layout, table, today, key and arena are set */
    bool header_seen;
    sg_entries entries;
    sg_day cutoff;  /* the latest of the cut-off column; SG_DAY_NONE: none yet */
    bool any_hours; /* an accepted row has more than 0 contact hours */
    sg_refusal *refusal;
    bool knows_lines;         /* a line says all about its row */
    sg_hash_key key_of_lines; /* of all that decides how a line is read */
    uint64_t raw;             /* of the line raw_line, the last one looked at */
    int64_t raw_line;
} sg_intake;

/* The table reader's first look at a line that begins a record, without its end: taken where the store has its row already, so that
 * the same text need not be read again. */
sg_status sg_intake_take_line(void *context, const char *text, size_t length, int64_t line, bool *out_taken,
                              sg_err *err);

/* The callback of the table reader; context: the sg_intake. */
sg_status sg_intake_take(void *context, const sg_raw_record *record, sg_err *err);

/* Tells the sink, and counts. field and column may be "". */
sg_status sg_intake_find(sg_intake *intake, const char *rule, int64_t line, const char *field,
                         const char *column, sg_err *err) SG_MUST_CHECK;

/* Once the cut-off is known: a notice for each accepted row dated between it and the day of import. guessed: from the rows'
 * dates, which is worth a warning where it leaves many of them behind it. */
sg_status sg_intake_find_late(sg_intake *intake, sg_day cutoff, bool guessed, sg_err *err) SG_MUST_CHECK;

/* A warning where the file has hours and no row has any. */
sg_status sg_intake_find_no_hours(sg_intake *intake, sg_err *err) SG_MUST_CHECK;

#endif
