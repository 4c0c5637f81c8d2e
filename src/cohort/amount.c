/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/cohort/amount.h"

unsigned sg_amounts_wanted(const sg_config *config)
{
    static const unsigned of_outcome[SG_N_OUTCOMES] = {
        [SG_OUTCOME_TIME_TO_GAIN] = 1U << SG_AMOUNT_CHANGE,
        [SG_OUTCOME_TIME_TO_CREDENTIAL] = 1U << SG_AMOUNT_CREDENTIAL_DAYS | 1U << SG_AMOUNT_CHANGE,
        [SG_OUTCOME_EARNINGS_Q2] = 1U << SG_AMOUNT_EARNINGS_Q2,
        [SG_OUTCOME_SCORE_GAIN] = 1U << SG_AMOUNT_SCORE_GAIN,
        [SG_OUTCOME_CONTACT_HOURS] = 1U << SG_AMOUNT_HOURS,
        [SG_OUTCOME_WEEKS_ATTENDED] = 1U << SG_AMOUNT_WEEKS,
        [SG_OUTCOME_COMPLETED] = 1U << SG_AMOUNT_COMPLETED};
    unsigned wanted = 0;
    sg_outcome outcome;
    for (size_t i = 0; i < config->analysis.n_outcomes; i++)
        if (sg_outcome_find(config->analysis.outcomes[i], &outcome))
            wanted |= of_outcome[outcome];
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
