/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gains.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where all gains are kept, one learner in fifty at the very least has a second one in a program year (types 1a and 4 or 5, two
 * subjects, two terms). Of so many that none has is then by chance once in 3,000 times: 0.98^400 = 0.0003; with one in twenty,
 * 0.95^400 = 10^-9. */
enum { ENOUGH = 400, FIRST_SLOTS = 1024 };

void sg_gain_years_release(sg_gain_years *years)
{
    free(years->slots);
    *years = (sg_gain_years){0};
}

/* Pseudonyms are keyed digests: their bits are as good as any hash. Of 64 two meet by chance among a million once in 37 million. */
static uint64_t key_of(const sg_pseudonym *learner, sg_day day)
{
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t key;

    memcpy(&key, learner->bytes, sizeof key);
    key += odd * (uint64_t)sg_program_year(day);
    return key != 0 ? key : 1;
}

static sg_gain_year *find_slot(const sg_gain_years *years, uint64_t key)
{
    size_t mask = years->n_slots - 1, slot = (size_t)(key ^ key >> 32) & mask;

    while (years->slots[slot].learner != 0 && years->slots[slot].learner != key)
        slot = (slot + 1) & mask;
    return &years->slots[slot];
}

/* At least a quarter of the slots stays free. */
static bool make_room(sg_gain_years *years)
{
    sg_gain_years larger = *years;

    if (years->n_slots > 0 && (size_t)years->n * 4 < years->n_slots * 3)
        return true;
    larger.n_slots = years->n_slots > 0 ? years->n_slots * 2 : FIRST_SLOTS;
    larger.slots = calloc(larger.n_slots, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < years->n_slots; i++)
        if (years->slots[i].learner != 0)
            *find_slot(&larger, years->slots[i].learner) = years->slots[i];
    free(years->slots);
    *years = larger;
    return true;
}

sg_status sg_gain_years_add(sg_gain_years *years, const sg_pseudonym *learner, sg_day day, sg_err *err)
{
    uint64_t key = key_of(learner, day);
    sg_gain_year *slot;

    if (!make_room(years))
        return sg_no_memory(err);
    slot = find_slot(years, key);
    if (slot->learner == 0) {
        *slot = (sg_gain_year){.learner = key, .day = day};
        years->n++;
        return SG_OK;
    }
    years->n_again++;
    years->n_several += slot->day != day && !slot->several;
    slot->several = slot->several || slot->day != day;
    return SG_OK;
}

void sg_gains_judge(const sg_gain_years *years, const sg_batch *batch, char detail[SG_GAINS_DETAIL],
                    sg_finding *out)
{
    *out = (sg_finding){.field = "", .column = "", .detail = detail};
    if (!batch->gains_said && years->n >= ENOUGH && years->n_again == 0) {
        out->rule = sg_rule_find("R731");
        (void)snprintf(detail, SG_GAINS_DETAIL, "%lld learners and program years, one gain each",
                       (long long)years->n);
    } else if (batch->latest_gains && years->n_several > 0) {
        out->rule = sg_rule_find("R732");
        (void)snprintf(detail, SG_GAINS_DETAIL, "%lld of %lld learners and program years",
                       (long long)years->n_several, (long long)years->n);
    }
}

const char *sg_gains_hold(const sg_finding *finding)
{
    return finding->rule && finding->rule->effect == SG_EFFECT_HOLD_FILE
               ? "no learner has a second gain in a program year (rule R731): say in the crosswalk which "
                 "gains the "
                 "export keeps, 'gains: latest' or 'gains: all', and run again, or accept the batch"
               : "";
}
