/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/field.h"

#include <assert.h>
#include <string.h>

#define FIELD_ROW(suffix, name, type, codes, flags) {name, SG_TYPE_##type, codes, flags},

static const sg_field enrollment_fields[] = {SG_ENROLLMENT_FIELDS(FIELD_ROW)};
static const sg_field gain_fields[] = {SG_GAIN_FIELDS(FIELD_ROW)};

static_assert((int)SG_N_ENROLLMENT_FIELDS <= (int)SG_MAX_FIELDS, "an enrollment fits into a record");
static_assert((int)SG_MAX_FIELDS <= 64, "the fields of a file fit into the bits of sg_batch.fields");
static_assert((int)SG_N_GAIN_FIELDS <= (int)SG_MAX_FIELDS, "a gain fits into a record");

static const sg_kind_fields kinds[SG_N_KINDS] = {
    [SG_KIND_ENROLLMENT] = {"enrollment", enrollment_fields, SG_N_ENROLLMENT_FIELDS},
    [SG_KIND_GAIN] = {"gain", gain_fields, SG_N_GAIN_FIELDS},
};

const sg_kind_fields *sg_kind_table(sg_kind kind)
{
    return &kinds[kind];
}

const char *sg_kind_text(sg_kind kind)
{
    return (unsigned)kind < SG_N_KINDS ? kinds[kind].name : "";
}

bool sg_kind_find(const char *name, sg_kind *out)
{
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        if (strcmp(kinds[kind].name, name) == 0) {
            *out = (sg_kind)kind;
            return true;
        }
    }
    return false;
}

int sg_field_find(sg_kind kind, const char *name)
{
    for (size_t i = 0; i < kinds[kind].n; i++) {
        if (strcmp(kinds[kind].fields[i].name, name) == 0)
            return (int)i;
    }
    return -1;
}
