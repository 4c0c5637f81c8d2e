/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Passage: the bytes of a file as delivered, on their way into a reading. A gzip file is told by its first two bytes, whatever it is
 * called, and read as what is in it; the batch is known by what was delivered.
 */
#ifndef SG_INGEST_PASSAGE_H
#define SG_INGEST_PASSAGE_H

#include "reading.h"

typedef struct sg_passage sg_passage;

/* Reading and batch (the reading's own) are the caller's and outlive the passage. */
sg_status sg_passage_new(sg_reading *reading, sg_batch *batch, sg_passage **out, sg_err *err) SG_MUST_CHECK;
void sg_passage_free(sg_passage *passage);
SG_DEFINE_CLEANUP(sg_passage, sg_passage, sg_passage_free)

/* In pieces of any size; after a status other than SG_OK neither may be called again. */
sg_status sg_passage_feed(sg_passage *passage, const void *bytes, size_t n, sg_err *err) SG_MUST_CHECK;
sg_status sg_passage_end(sg_passage *passage, sg_err *err) SG_MUST_CHECK;

#endif
