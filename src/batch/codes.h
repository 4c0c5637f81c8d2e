/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to batch: what `check` says of codes that nothing stands for: which are known, and which are unknown as far as that may be told.
 */
#ifndef SG_BATCH_CODES_H
#define SG_BATCH_CODES_H

#include "workspace.h"

typedef struct sg_unknown_list sg_unknown_list;

/* "known: F, M", or with "and N more" behind the first ones; "" where the field has no list. In the arena. */
const char *sg_known_codes(sg_arena *arena, const sg_crosswalk *crosswalk, sg_kind kind, int field);

/* Counts one: learner NULL, whose it is can't be told. *list NULL at first. */
sg_status sg_unknown_add(sg_unknown_list **list, int field, const char *text, size_t length,
                         const sg_pseudonym *learner, sg_err *err) SG_MUST_CHECK;
/* Those that may be told. is_of_learners: rows of the kind have one. Frees the list. */
void sg_unknown_tell(sg_unknown_list *list, bool is_of_learners, sg_unknown_code out[SG_UNKNOWN_CODES],
                     size_t *out_n);

#endif
