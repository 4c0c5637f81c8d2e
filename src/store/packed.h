/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: an enrollment in as few bytes as it has values, while the rows of many learners wait for their order.
 */
#ifndef SG_STORE_PACKED_H
#define SG_STORE_PACKED_H

#include "skillgain/store.h"

/* Appended; failure is the text's. */
void sg_pack_enrollment(sg_str *out, const sg_stored_enrollment *row);
/* `order` is not packed. Texts are copied into the arena. False: out of memory. */
bool sg_unpack_enrollment(const char *packed, sg_arena *arena, sg_stored_enrollment *out) SG_MUST_CHECK;

#endif
