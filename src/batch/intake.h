/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to batch: what taking a file in and only checking it have in common.
 */
#ifndef SG_BATCH_INTAKE_H
#define SG_BATCH_INTAKE_H

#include "skillgain/ingest.h"

#include "workspace.h"

/* Names are compared and stored without their folder; a longer one is cut, and the content's digest tells files apart. */
void sg_set_file_name(sg_batch *batch, const char *path);

sg_ingest_options sg_intake_options(const sg_workspace *w, const sg_import_options *options,
                                    const sg_crosswalks *crosswalks);

/* Another reason behind one that may be there. */
void sg_hold_also(char reason[SG_ERR_MESSAGE], const char *other);

/* The share of refused rows above which a file waits for a person; a reason that was there stays behind this one. */
bool sg_too_many_refused(const sg_config *config, sg_batch *batch, char reason[SG_ERR_MESSAGE]);

#endif
