/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: batches as rows of the database.
 */
#ifndef SG_STORE_BATCH_H
#define SG_STORE_BATCH_H

#include "store/connection.h"

/* Enters the batch, whose state and counts are set; gives its id. */
sg_status sg_store_enter_batch(sg_store *store, const sg_batch *batch, int64_t *out_id,
                               sg_err *err) SG_MUST_CHECK;

const char *sg_store_delivery_text(sg_delivery delivery); /* as the database has it */

#endif
