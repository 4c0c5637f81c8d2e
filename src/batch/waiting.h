/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to batch: what figures are made from while a delivery waits. What waits itself is public (sg_batch_waiting).
 */
#ifndef SG_BATCH_WAITING_H
#define SG_BATCH_WAITING_H

#include "workspace.h"

/* "enrollment up to batch 1 ('enrollment.csv', complete up to 2025-01-15), gain up to batch 2 (...)"; "" where nothing is in use, and
 * *out_enough: the two kinds that a draft needs are. In the arena. */
sg_status sg_in_use_text(sg_workspace *w, sg_arena *arena, const char **out, bool *out_enough,
                         sg_err *err) SG_MUST_CHECK;

#endif
