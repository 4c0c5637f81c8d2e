/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Outcomes of a unit (model/outcome.h) in a window of days, and when they are not known yet:
 *
 * - gains: those that count for the PoP (Counting 5) and are dated in the window.
 * - tested: a test in the window, within the PoP, after an earlier one of the same instrument and subject, or a counted gain by test, which
 *   nobody has without one. Known once the test export is complete to the window's end or the PoP's. gain_given_tested exists for those.
 * - credential, postsecondary_entry: a row of the outcome export dated in the window, from the PoP's first day on, also after exit; diploma: such a row, too, beside the
 *   gain. Known once the outcome export is complete to the window's end, by the as-of date.
 *   The credential's day is that of the row; of a quarter, its end.
 * - employed_q2, employed_q4: after_exit.h says when they are known. They exist for an exit that is known, and not for one by a reason
 *   that takes it out (sg_pop_exclusion).
 * - earnings_q2: of such exits those whose earnings are known and above 0. Not those of whom nothing is told: earnings are of who earned.
 */
#ifndef SG_COHORT_OUTCOME_H
#define SG_COHORT_OUTCOME_H

#include "year.h"

typedef struct {
    sg_outcome_bits bits;
    /* from the day before the window to the first like-for-like gain, and to the first credential where it is known; 0: none */
    uint16_t gain_days, credential_days;
    int64_t
        earnings; /* 10^-6 dollars in the second quarter after exit, above 0; SG_BLANK: not known, or none */
} sg_unit_outcomes;

/* Does a test (its place among the learner's) count as tested again for the PoP, whatever the window? */
typedef enum { SG_TEST_COUNTS, SG_TEST_AFTER_CUTOFF, SG_TEST_OUTSIDE_POP, SG_TEST_IS_FIRST } sg_test_verdict;
sg_test_verdict sg_test_judge(const sg_stored_learner *learner, size_t at, const sg_pop *pop, sg_day as_of);

sg_unit_outcomes sg_outcomes_in(const sg_participant_year *year, sg_day from, sg_day to);

#endif
