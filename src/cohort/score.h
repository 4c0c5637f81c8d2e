/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Score gains: how many points a learner gained on the scale of a test, that is of one subject of one instrument (model/instrument.h), by the
 * test export. Scores of different scales are never set against each other.
 *
 * - A test counts that is dated by its delivery's cut-off and the as-of date, on a day of the PoP, and whose score lies on the scale. Of an instrument or
 *   subject that the table doesn't know there is no scale: rules R626 to R628 list such tests.
 * - The pre-test is the first test of the scale in the PoP (34 CFR 462.41(c): at intake, or as soon as practicable), before time zero or after it: a
 *   score of an earlier PoP does not tell where this one began.
 * - The post-test is the last one of the scale in the window, on a later day than the pre-test. The gain is post minus pre, which may be negative.
 * - Of several on one day the highest score is taken, for pre-test and post-test alike.
 */
#ifndef SG_COHORT_SCORE_H
#define SG_COHORT_SCORE_H

#include "year.h"

/* The scale of each test of the learner at hand, the table's n: it has none. Zero-initialise. */
typedef struct {
    size_t *of_test;
    size_t capacity;
} sg_test_scales;

void sg_test_scales_release(sg_test_scales *scales);
sg_status sg_test_scales_find(sg_test_scales *scales, const sg_instruments *instruments,
                              const sg_stored_learner *learner, sg_err *err) SG_MUST_CHECK;

/* The points (10^-6) gained on a scale in the window, of the learner whose scales were found; SG_BLANK: there is no such pair of tests. */
int64_t sg_score_gain(const sg_test_scales *scales, const sg_participant_year *year, size_t scale,
                      sg_day from, sg_day to);

#endif
