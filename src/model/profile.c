/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/profile.h"

void sg_profile_count(sg_profile *profile, const sg_record *row, int64_t times)
{
    const sg_kind_fields *table = sg_kind_table(row->kind);
    profile->rows += times;
    for (size_t field = 0; field < table->n; field++) {
        int code = row->text[field] != NULL ? SG_PROFILE_GIVEN
                                            : sg_profile_code(&table->fields[field], row->number[field]);
        if (code >= 0)
            profile->n[field][code] += times;
    }
}

void sg_profile_add(sg_profile *profile, const sg_profile *other, int64_t times)
{
    profile->rows += times * other->rows;
    for (size_t field = 0; field < SG_MAX_FIELDS; field++)
        for (size_t code = 0; code < SG_PROFILE_CODES; code++)
            profile->n[field][code] += times * other->n[field][code];
}

int64_t sg_profile_given(const sg_profile *profile, int field)
{
    int64_t n = 0;
    for (size_t code = 0; code < SG_PROFILE_CODES; code++)
        n += profile->n[field][code];
    return n;
}
