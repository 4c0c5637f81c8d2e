/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Wide rows: an enrollment with gains in columns, one of each type. A gain stands in the first row of its program year and college
 * that has room; one that fits in none has a row without an enrollment.
 */
#include "generate_export.h"

static const struct {
    int date, subject, from, to; /* SG_NONE: no such column */
} places[SG_GAIN_TYPES] = {[SG_EFL_TEST] = {SG_W_TEST_DATE, SG_W_TEST_SUBJECT, SG_W_TEST_FROM, SG_W_TEST_TO},
                           [SG_EFL_CREDIT] = {SG_W_CREDIT_DATE, SG_NONE, SG_NONE, SG_NONE},
                           [SG_EFL_POSTSECONDARY] = {SG_W_ENTRY_DATE, SG_NONE, SG_NONE, SG_NONE},
                           [SG_HSE_SUBTEST] = {SG_W_SUBTEST_DATE, SG_W_SUBTEST_SUBJECT, SG_NONE, SG_NONE},
                           [SG_DIPLOMA] = {SG_W_DIPLOMA_DATE, SG_NONE, SG_NONE, SG_NONE},
                           [SG_SECONDARY] = {SG_W_SECONDARY_DATE, SG_NONE, SG_NONE, SG_NONE},
                           [SG_POSTSECONDARY] = {SG_W_POSTSECONDARY_DATE, SG_NONE, SG_NONE, SG_NONE},
                           [SG_MILESTONE] = {SG_W_MILESTONE_DATE, SG_NONE, SG_NONE, SG_NONE},
                           [SG_PROGRESSION] = {SG_W_PROGRESSION_DATE, SG_NONE, SG_NONE, SG_NONE}};

static void put(int *values, int column, int value)
{
    if (column != SG_NONE)
        values[column] = value;
}

static bool fits(const int *values, const sg_gain *gain)
{
    return values[SG_E_COLLEGE] == gain->college && values[SG_E_YEAR] == sg_year_of_program(gain->day) &&
           values[places[gain->type].date] == SG_NONE;
}

static void fill(sg_record *record, const sg_learner *learner, bool *told)
{
    int *values = record->values;
    for (int i = 0; i < learner->n_gains; i++) {
        const sg_gain *gain = &learner->gains[i];
        if (told[i] || !fits(values, gain))
            continue;
        told[i] = true;
        put(values, places[gain->type].date, gain->day);
        put(values, places[gain->type].subject, gain->subject);
        put(values, places[gain->type].from, gain->level_from);
        put(values, places[gain->type].to, gain->level_to);
        if (gain->type == SG_DIPLOMA)
            values[SG_W_DIPLOMA] = SG_DIPLOMA;
    }
}

void sg_export_wide(sg_export *export, const sg_learner *learner)
{
    bool told[SG_MAX_GAINS] = {false};
    sg_record record;
    for (int i = 0; i < learner->n_rows; i++) {
        sg_record_enrollment(&record, learner, &learner->rows[i]);
        fill(&record, learner, told);
        sg_export_write(export, &record, NULL);
    }
    for (int i = 0; i < learner->n_gains; i++) {
        if (told[i])
            continue;
        sg_record_person(&record, learner);
        record.values[SG_E_COLLEGE] = learner->gains[i].college;
        record.values[SG_E_YEAR] = sg_year_of_program(learner->gains[i].day);
        fill(&record, learner, told);
        sg_export_write(export, &record, NULL);
    }
}
