/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The draft: results of the store's present content, written as a folder that appears whole.
 */
#ifndef SKILLGAIN_SRC_BATCH_DRAFT_H
#define SKILLGAIN_SRC_BATCH_DRAFT_H

#include "skillgain/report.h"

#include "workspace.h"

/* Writes a publication into `staging`, then renames that to `folder`. A folder that is there with good sums and the same
 * results is left alone (*out_unchanged); a damaged one is replaced. */
sg_status sg_output_place(const sg_publication *publication, const sg_report_options *options,
                          const char *staging, const char *folder, unsigned mode, bool *out_unchanged,
                          sg_err *err) SG_MUST_CHECK;

/* sg_batch_report with a banner of the caller's ("": none, and the draft may become `latest`). */
sg_status sg_draft_make(sg_workspace *w, const sg_draft_options *options, const char *banner, sg_arena *arena,
                        sg_output_report *out, sg_err *err) SG_MUST_CHECK;

#endif
