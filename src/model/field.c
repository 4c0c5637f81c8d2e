/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/field.h"

#include <assert.h>
#include <string.h>

#define FIELD_ROW(suffix, name, type, codes, flags) {name, SG_TYPE_##type, codes, flags},

static const sg_field enrollment_fields[] = {SG_ENROLLMENT_FIELDS(FIELD_ROW)};
static const sg_field gain_fields[] = {SG_GAIN_FIELDS(FIELD_ROW)};
static const sg_field test_fields[] = {SG_TEST_FIELDS(FIELD_ROW)};
static const sg_field service_fields[] = {SG_SERVICE_FIELDS(FIELD_ROW)};
static const sg_field outcome_fields[] = {SG_OUTCOME_FIELDS(FIELD_ROW)};
static const sg_field program_fields[] = {SG_PROGRAM_FIELDS(FIELD_ROW)};
static const sg_field context_fields[] = {SG_CONTEXT_FIELDS(FIELD_ROW)};

static_assert((int)SG_MAX_FIELDS <= 64, "the fields of a file fit into the bits of sg_batch.fields");
static_assert((int)SG_N_ENROLLMENT_FIELDS <= (int)SG_MAX_FIELDS,
              "a row of kind enrollment fits into a record");
static_assert((int)SG_N_GAIN_FIELDS <= (int)SG_MAX_FIELDS, "a row of kind gain fits into a record");
static_assert((int)SG_N_TEST_FIELDS <= (int)SG_MAX_FIELDS, "a row of kind test fits into a record");
static_assert((int)SG_N_SERVICE_FIELDS <= (int)SG_MAX_FIELDS, "a row of kind service fits into a record");
static_assert((int)SG_N_OUTCOME_FIELDS <= (int)SG_MAX_FIELDS, "a row of kind outcome fits into a record");
static_assert((int)SG_N_PROGRAM_FIELDS <= (int)SG_MAX_FIELDS, "a row of kind program fits into a record");
static_assert((int)SG_N_CONTEXT_FIELDS <= (int)SG_MAX_FIELDS, "a row of kind context fits into a record");

#define BIT(field) ((int)(field) >= 0 ? UINT64_C(1) << ((unsigned)(field) % SG_MAX_FIELDS) : 0)
#define KIND_ROW(KIND, name, learner, day, day_instead, end_day, college, program_year, hours)               \
    [SG_KIND_##                                                                                              \
        KIND] = {#name,                                                                                      \
                 name##_fields,                                                                              \
                 SG_N_##KIND##_FIELDS,                                                                       \
                 learner,                                                                                    \
                 day,                                                                                        \
                 day_instead,                                                                                \
                 end_day,                                                                                    \
                 college,                                                                                    \
                 program_year,                                                                               \
                 hours,                                                                                      \
                 BIT(day) | BIT(day_instead) | BIT(end_day) | BIT(college) | BIT(program_year) | BIT(hours)}

/* learner, day, day_instead, end_day, college, program_year, hours */
static const sg_kind_fields kinds[SG_N_KINDS] = {
    KIND_ROW(ENROLLMENT, enrollment, SG_ENROLLMENT_LEARNER_ID, SG_ENROLLMENT_START_DATE, SG_NO_FIELD,
             SG_ENROLLMENT_END_DATE, SG_ENROLLMENT_COLLEGE, SG_ENROLLMENT_PROGRAM_YEAR,
             SG_ENROLLMENT_CONTACT_HOURS),
    KIND_ROW(GAIN, gain, SG_GAIN_FIELD_LEARNER_ID, SG_GAIN_FIELD_GAIN_DATE, SG_NO_FIELD, SG_NO_FIELD,
             SG_GAIN_FIELD_COLLEGE, SG_GAIN_FIELD_PROGRAM_YEAR, SG_NO_FIELD),
    KIND_ROW(TEST, test, SG_TEST_LEARNER_ID, SG_TEST_TEST_DATE, SG_NO_FIELD, SG_NO_FIELD, SG_TEST_COLLEGE,
             SG_NO_FIELD, SG_NO_FIELD),
    KIND_ROW(SERVICE, service, SG_SERVICE_LEARNER_ID, SG_SERVICE_SERVICE_DATE, SG_SERVICE_MONTH, SG_NO_FIELD,
             SG_SERVICE_COLLEGE, SG_NO_FIELD, SG_NO_FIELD),
    KIND_ROW(OUTCOME, outcome, SG_OUTCOME_FIELD_LEARNER_ID, SG_OUTCOME_FIELD_OUTCOME_DATE,
             SG_OUTCOME_FIELD_QUARTER, SG_NO_FIELD, SG_OUTCOME_FIELD_COLLEGE, SG_NO_FIELD, SG_NO_FIELD),
    KIND_ROW(PROGRAM, program, SG_NO_FIELD, SG_PROGRAM_START_DATE, SG_PROGRAM_APPROVED_FROM,
             SG_PROGRAM_END_DATE, SG_PROGRAM_COLLEGE, SG_NO_FIELD, SG_NO_FIELD),
    KIND_ROW(CONTEXT, context, SG_NO_FIELD, SG_NO_FIELD, SG_NO_FIELD, SG_NO_FIELD, SG_CONTEXT_COLLEGE,
             SG_CONTEXT_PROGRAM_YEAR, SG_NO_FIELD),
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
    return SG_NO_FIELD;
}
