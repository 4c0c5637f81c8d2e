/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading: an export from its first byte to its cut-off, fed in pieces of any size; the same bytes give the
 * same rows, findings and counts. Where the bytes come from is ingest.c's matter.
 */
#ifndef SG_INGEST_READING_H
#define SG_INGEST_READING_H

#include "skillgain/ingest.h"

typedef struct sg_reading sg_reading;

/* name: of the file, without its folder, for messages and for a cut-off in the name. options, sink and
 * batch (which is overwritten) are the caller's and outlive the reading. */
sg_status sg_reading_new(const char *name, const sg_ingest_options *options, const sg_sink *sink,
                         sg_batch *batch, sg_reading **out, sg_err *err) SG_MUST_CHECK;
void sg_reading_free(sg_reading *reading);
SG_DEFINE_CLEANUP(sg_reading, sg_reading, sg_reading_free)

/* Before the first byte, where the length of the file is known: what will be needed can be got at once. */
void sg_reading_expect(sg_reading *reading, int64_t bytes);
/* Rows that were read so far, whatever becomes of them. */
int64_t sg_reading_rows(const sg_reading *reading);
/* The one that was chosen; NULL: the header has not come yet, or fits none. */
const sg_crosswalk *sg_reading_crosswalk(const sg_reading *reading);

/* After a status other than SG_OK neither may be called again. */
sg_status sg_reading_feed(sg_reading *reading, const void *bytes, size_t n, sg_err *err) SG_MUST_CHECK;
sg_status sg_reading_end(sg_reading *reading, sg_err *err) SG_MUST_CHECK;
/* In place of more bytes, where they can't be had: SG_REFUSED by this rule of the file. */
sg_status sg_reading_refuse(sg_reading *reading, const char *rule, const char *why,
                            sg_err *err) SG_MUST_CHECK;

#endif
