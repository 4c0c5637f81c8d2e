/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Further dimensions of a row, as ingest hands them on: "name=value&name=value", percent-encoded.
 */
#ifndef SG_COHORT_CUSTOM_H
#define SG_COHORT_CUSTOM_H

#include "skillgain/base.h"

/* Decodes the pair at *cursor into name and value (replaced) and moves on; false at the end. A cursor of NULL is at the end.
 * Where memory ran out, the texts have failed. */
bool sg_custom_next(const char **cursor, sg_str *name, sg_str *value);

/* Decodes the value of a name into *value; false: the row has none. True, too, where memory ran out: ask both texts. */
bool sg_custom_find(const char *custom, const char *wanted, sg_str *name, sg_str *value);

#endif
