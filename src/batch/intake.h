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

/* Of one crosswalk alone the kind is known, whatever becomes of the file. */
sg_ingest_options sg_intake_options(const sg_workspace *w, const sg_import_options *options,
                                    const sg_crosswalks *crosswalks);

/* A file in the inbox that is settled goes to the archive, if one is kept, named after its batch. A failure is only logged. */
void sg_archive_file(const sg_workspace *w, const char *path, const sg_batch *batch, sg_arena *arena);

/* A list of this one alone; and one of a list by its name, NULL: there is none. */
sg_crosswalks sg_only(sg_crosswalk *crosswalk);
sg_crosswalk *sg_find_crosswalk(const sg_crosswalks *crosswalks, const char *name);
/* Another reason behind one that may be there. */
void sg_hold_also(char reason[SG_ERR_MESSAGE], const char *other);

/* The share of refused rows above which a file waits for a person; a reason that was there stays behind this one. */
bool sg_too_many_refused(const sg_config *config, sg_batch *batch, char reason[SG_ERR_MESSAGE]);

/* What a weighed import looks like beside the delivery before it, and which gains it keeps: findings, which a held file keeps too, and
 * reasons to hold it behind those that are there. */
sg_status sg_judge_delivery(const sg_config *config, sg_import *import, sg_batch *batch, sg_arena *arena,
                            char held[SG_ERR_MESSAGE], sg_err *err) SG_MUST_CHECK;

#endif
