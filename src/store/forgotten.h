/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: learners who were forgotten. Of each only a digest of the pseudonym is kept, so that later deliveries can be kept
 * from bringing them back.
 */
#ifndef SG_STORE_FORGOTTEN_H
#define SG_STORE_FORGOTTEN_H

#include "store/connection.h"

/* The digests, sorted, in a malloc'd array. */
sg_status sg_forgotten_load(sg_store *store, sg_pseudonym **out, size_t *out_n, size_t *out_capacity,
                            sg_err *err) SG_MUST_CHECK;
bool sg_forgotten_has(const sg_pseudonym *digests, size_t n, const sg_pseudonym *learner);

/* What was taken out and committed leaves no byte in free pages or the log. */
sg_status sg_store_wipe(sg_store *store, sg_err *err) SG_MUST_CHECK;

#endif
