/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: an enrollment in as few bytes as it has values, while the rows of many learners wait for their order.
 */
#ifndef SG_STORE_PACKED_H
#define SG_STORE_PACKED_H

#include "skillgain/store/learner.h"
#include "store/lexicon.h"

/* Appended, its texts to the lexicon. Numbers, college, cut-off and hours are taken from `row`, texts too. */
sg_status sg_pack_enrollment(sg_str *out, sg_lexicon *lexicon, const sg_stored_enrollment *row,
                             sg_err *err) SG_MUST_CHECK;
/* `order` is not packed. */
void sg_unpack_enrollment(const char *packed, const sg_lexicon *lexicon, sg_stored_enrollment *out);

#endif
