/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Coverage: which fields a file has columns for, and which columns of its crosswalk it lacks: a column that was renamed at the
 * source changes every figure and no row.
 */
#ifndef SG_INGEST_COVERAGE_H
#define SG_INGEST_COVERAGE_H

#include "intake.h"

/* Has the file a column for the field, or the crosswalk a constant? */
bool sg_covers(const sg_layout *layout, int field);

/* As sg_batch.fields. */
uint64_t sg_coverage_fields(const sg_layout *layout);

/* sg_batch.records */
uint64_t sg_coverage_records(const sg_layout *layout);

/* Tells the sink what the file lacks, and finds it. Of a shipped crosswalk, which names all that an export may have, only
 * what decides the counts is a finding. */
sg_status sg_coverage_tell(sg_intake *intake, sg_err *err) SG_MUST_CHECK;

#endif
