/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tricky learners, each worked out by hand: rows and gains in, participant-years in both designs out. The tables are in
 * test_cohort_learners/, a file a rule.
 */
#include "support/assert.h"
#include "test_cohort_learners/learner.h"

static const learner_table *const tables[] = {
    &learners_pops,   &learners_hours,     &learners_years,    &learners_iet,   &learners_gains,
    &learners_levels, &learners_services,  &learners_register, &learners_terms, &learners_offers,
    &learners_yearly, &learners_placement, &learners_changes};

int main(void)
{
    static struct CMUnitTest tests[512]; /* those left empty are passed over */
    size_t n = 0;
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++)
        for (size_t i = 0; i < tables[t]->n && n < sizeof tests / sizeof tests[0]; i++)
            tests[n++] = (struct CMUnitTest){tables[t]->cases[i].name, test_learner, NULL, NULL,
                                             &tables[t]->cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
