/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/cohort/amount.h"

static unsigned amounts_of(sg_outcome outcome)
{
    if (outcome == SG_OUTCOME_TIME_TO_CREDENTIAL)
        return 1U << SG_AMOUNT_CREDENTIAL_DAYS;
    return outcome == SG_OUTCOME_EARNINGS_Q2 ? 1U << SG_AMOUNT_EARNINGS_Q2 : 0;
}

unsigned sg_amounts_wanted(const sg_config *config)
{
    unsigned wanted = 0;
    sg_outcome outcome;
    for (size_t i = 0; i < config->analysis.n_outcomes; i++)
        if (sg_outcome_find(config->analysis.outcomes[i], &outcome))
            wanted |= amounts_of(outcome);
    return wanted;
}

size_t sg_amounts_from(const sg_amounts *amounts, size_t unit)
{
    size_t low = 0, high = amounts->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (amounts->items[middle].unit < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
