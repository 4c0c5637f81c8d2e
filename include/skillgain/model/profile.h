/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Profile: what the rows of a delivery look like in sum: how often each field has a value, and of coded fields which. Aggregates
 * only, so that two deliveries can be held against each other without their rows.
 */
#ifndef SKILLGAIN_MODEL_PROFILE_H
#define SKILLGAIN_MODEL_PROFILE_H

#include "skillgain/model/record.h"

/* A code by its value in its list (0: one that is not known); of a field without a list, that it has a value. */
enum { SG_PROFILE_CODES = 16, SG_PROFILE_GIVEN = 1 };

typedef struct {
    int64_t rows;
    int64_t n[SG_MAX_FIELDS]
             [SG_PROFILE_CODES]; /* rows by field and code; blanks are what is left of `rows` */
} sg_profile;

/* Where a value of the field (SG_BLANK, or any number) is counted: -1 nowhere. Some cycles, for it is done for each field of each
 * row. */
static inline int sg_profile_code(const sg_field *field, int64_t number)
{
    if (number == SG_BLANK)
        return -1;
    if (field->codes == NULL)
        return SG_PROFILE_GIVEN;
    return number >= 0 && number < SG_PROFILE_CODES ? (int)number : SG_CODE_UNKNOWN;
}

/* Counts the row and its values `times` (-1: takes them out again). */
void sg_profile_count(sg_profile *profile, const sg_record *row, int64_t times);
/* profile += times * other */
void sg_profile_add(sg_profile *profile, const sg_profile *other, int64_t times);

/* Rows in which the field has a value. */
int64_t sg_profile_given(const sg_profile *profile, int field);

#endif
