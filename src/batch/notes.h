/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notes: what is odd about a delivery as a whole is told as soon as it is taken in; rows can be looked up later.
 */
#ifndef SG_BATCH_NOTES_H
#define SG_BATCH_NOTES_H

#include "skillgain/batch.h"
#include "skillgain/store.h"

/* Puts the warnings of out->batch that are about no line into `notes`, in the arena. Where they can't be had there are none: the file is
 * in the store already, and they stay in its findings. */
void sg_notes_collect(sg_store *store, sg_arena *arena, sg_file_report *out);

#endif
