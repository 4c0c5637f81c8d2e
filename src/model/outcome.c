/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/outcome.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *id, *label;
    sg_kind kind;
} outcomes[SG_N_OUTCOMES] = {
#define OUTCOME_ROW(name, id, kind, label) [SG_OUTCOME_##name] = {id, label, SG_KIND_##kind},
    SG_SHARE_OUTCOME_LIST(OUTCOME_ROW) SG_OTHER_OUTCOME_LIST(OUTCOME_ROW)
#undef OUTCOME_ROW
};

static_assert(SG_N_SHARE_OUTCOMES - 1 + SG_OUTCOME_KNOWN_SHIFT < 32, "a unit's outcomes have 32 bits");

const char *sg_outcome_text(sg_outcome outcome)
{
    return outcomes[outcome].id;
}

const char *sg_outcome_label(sg_outcome outcome)
{
    return outcomes[outcome].label;
}

sg_kind sg_outcome_kind(sg_outcome outcome)
{
    return outcomes[outcome].kind;
}

bool sg_outcome_find(const char *id, sg_outcome *out)
{
    for (size_t i = 0; i < SG_N_OUTCOMES; i++)
        if (strcmp(outcomes[i].id, id) == 0) {
            *out = (sg_outcome)i;
            return true;
        }
    return false;
}

bool sg_outcome_is_known(sg_outcome_bits bits, sg_outcome outcome)
{
    if (outcome == SG_OUTCOME_GAIN_GIVEN_TESTED)
        return sg_outcome_is_yes(bits, SG_OUTCOME_TESTED);
    return outcome < SG_OUTCOME_TESTED || (bits & SG_OUTCOME_KNOWN_BIT(outcome)) != 0;
}

bool sg_outcome_is_yes(sg_outcome_bits bits, sg_outcome outcome)
{
    return sg_outcome_is_known(bits, outcome) && (bits & SG_OUTCOME_BIT(outcome)) != 0;
}

sg_outcome sg_outcome_of_gain(sg_gain_type type)
{
    return (sg_outcome)((int)SG_OUTCOME_EFL_TEST + (int)type - (int)SG_GAIN_EFL_TEST);
}
