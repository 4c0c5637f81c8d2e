/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to batch: a held batch that a person accepts is what was held, no more and no less.
 */
#ifndef SG_BATCH_HELD_H
#define SG_BATCH_HELD_H

#include "workspace.h"

/* SG_USAGE: it is not held, or not any more. */
sg_status sg_held_find(sg_store *store, int64_t id, sg_batch *out, sg_err *err) SG_MUST_CHECK;
/* The one crosswalk that read it, of the workspace's. SG_USAGE: it is gone, or changed. */
sg_status sg_held_crosswalk(const sg_workspace *w, const sg_batch *held, sg_crosswalks *out,
                            sg_err *err) SG_MUST_CHECK;
/* SG_USAGE: the file is another one. */
sg_status sg_held_check_content(const char *path, const sg_batch *held, sg_err *err) SG_MUST_CHECK;

#endif
