/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Drift: what a delivery says in sum, held against the delivery before it. Rows that are each sound can be wrong together: a filter
 * in the export's query, a column that fell empty, a code list that was mapped anew. Findings of the batch, in numbers.
 */
#ifndef SG_BATCH_DRIFT_H
#define SG_BATCH_DRIFT_H

#include "skillgain/config.h"
#include "skillgain/store.h"

/* Tells the sink what has changed more than key `quality` of the configuration lets pass, and counts it as warnings of the batch. A
 * delivery of an earlier cut-off than the one before is told to be that, and held against nothing. */
sg_status sg_drift_find(const sg_config *config, const sg_comparison *comparison, sg_batch *batch,
                        const sg_sink *sink, sg_err *err) SG_MUST_CHECK;

#endif
