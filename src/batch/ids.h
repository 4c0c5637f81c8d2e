/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learners by the ids that exports have for them: all pseudonyms that imports may have made of an id.
 */
#ifndef SKILLGAIN_SRC_BATCH_IDS_H
#define SKILLGAIN_SRC_BATCH_IDS_H

#include "workspace.h"

/* Zero-initialise; free the list. */
typedef struct {
    sg_pseudonym *list;
    size_t n, capacity;
} sg_id_pseudonyms;

/* Adds those of an id: state-wide, and in every college, where ids may be the college's own. SG_USAGE: no export could have such an id. */
sg_status sg_id_add(const sg_workspace *w, const char *const *colleges, size_t n_colleges, const char *id,
                    size_t length, sg_id_pseudonyms *all, sg_err *err) SG_MUST_CHECK;

#endif
