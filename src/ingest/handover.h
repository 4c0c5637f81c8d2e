/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Handover: the records of a file on their way from the table reader to the intake, on another thread or on the same one. A line whose
 * text the store knows goes over as the row that it is, without being split.
 */
#ifndef SG_INGEST_HANDOVER_H
#define SG_INGEST_HANDOVER_H

#include "intake.h"

typedef struct sg_handover sg_handover;

/* The intake is the caller's, and on another thread (threaded) its own until sg_handover_finish. key_of_lines: of all that decides,
 * beside its own text, what becomes of a line; NULL: a line does not say all about its row. */
sg_status sg_handover_new(sg_intake *intake, const sg_hash_key *key_of_lines, bool threaded,
                          sg_handover **out, sg_err *err) SG_MUST_CHECK;
void sg_handover_free(sg_handover *handover); /* finishes first */

/* The callbacks of the table reader; context: the sg_handover. The first record with text is the header, which the layout knows
 * already. */
sg_status sg_handover_take(void *context, const sg_raw_record *record, sg_err *err);
sg_status sg_handover_take_line(void *context, const char *text, size_t length, int64_t line, bool *out_taken,
                                sg_err *err);

/* Rows so far, on their way or taken: for whoever feeds the reader and wants to tell how far it is. */
int64_t sg_handover_rows(const sg_handover *handover);

/* Waits until all records were taken; the intake's first failure. */
sg_status sg_handover_finish(sg_handover *handover, sg_err *err) SG_MUST_CHECK;

#endif
