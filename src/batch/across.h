/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules across rows and files, for a draft.
 */
#ifndef SKILLGAIN_SRC_BATCH_ACROSS_H
#define SKILLGAIN_SRC_BATCH_ACROSS_H

#include "workspace.h"

/* Adds to the facts' findings how often each rule speaks of what is stored, by rule. */
sg_status sg_across_add_facts(const sg_workspace *w, sg_arena *arena, sg_facts *facts,
                              sg_err *err) SG_MUST_CHECK;

#endif
