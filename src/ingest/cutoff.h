/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cut-off: the day up to which a delivery is complete, by the crosswalk's rule.
 */
#ifndef SG_INGEST_CUTOFF_H
#define SG_INGEST_CUTOFF_H

#include "entry.h"

/* The latest day, not after today, with at least 3 rows that begin or end on it (a row counts once), so
 * that a typo can't move it; *out_thin: no day has as many, the latest day with any is taken. SG_DAY_NONE:
 * no row has such a day. */
sg_status sg_cutoff_last_date(const sg_entries *entries, sg_day today, sg_day *out, bool *out_thin,
                              sg_err *err) SG_MUST_CHECK;

/* The first date of this form anywhere in a file name; false: none. */
bool sg_cutoff_from_name(const char *name, const char *pattern, sg_day *out);

#endif
