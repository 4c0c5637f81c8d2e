/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "placement.h"

typedef struct {
    const sg_pop *pop;
    sg_day until;
} test_scope;

static bool is_in_scope(const test_scope *scope, const sg_stored_test *test)
{
    const sg_pop *pop = scope->pop;
    if (test->date > scope->until || test->date > test->cutoff || test->date > pop->as_of)
        return false;
    return test->date >= pop->first ||
           (int64_t)pop->first - test->date <= sg_exit_gap(pop->config, test->date);
}

/* The days of approval are asked for before the level that was delivered: rule R627 says that what is not approved places nobody. */
static uint8_t level_of(const test_scope *scope, const sg_stored_test *test)
{
    sg_score_level found = sg_score_level_of(&scope->pop->config->instruments, test->instrument,
                                             test->subject, test->score, test->date);
    if (found.status == SG_SCORE_OUT_OF_DATE)
        return 0;
    if (test->level > 0)
        return test->level;
    return found.status == SG_SCORE_KNOWN && found.lowest == found.highest ? found.lowest : 0;
}

static bool is_same_subject(const sg_stored_test *a, const sg_stored_test *b)
{
    return sg_instrument_same_name(a->subject != NULL ? a->subject : "",
                                   b->subject != NULL ? b->subject : "");
}

/* Is there a test of the subject with a level on an earlier day? Tests come by date. */
static bool has_earlier(const test_scope *scope, size_t at)
{
    const sg_stored_test *tests = scope->pop->learner->tests;
    for (size_t i = 0; i < at; i++)
        if (tests[i].date < tests[at].date && is_in_scope(scope, &tests[i]) &&
            is_same_subject(&tests[i], &tests[at]) && level_of(scope, &tests[i]) > 0)
            return true;
    return false;
}

static int rank_of(uint8_t level)
{
    if (level >= SG_LEVEL_ESL1 && level <= SG_LEVEL_ESL6)
        return level - SG_LEVEL_ESL1;
    return level <= SG_LEVEL_ABE6 ? level + SG_LEVEL_ESL6 - SG_LEVEL_ESL1 : level;
}

uint8_t sg_pop_placement(const sg_pop *pop, sg_day day, sg_day *out_day)
{
    const test_scope scope = {pop, day};
    uint8_t lowest = 0;
    sg_day decisive = SG_DAY_NONE;
    for (size_t i = 0; pop->learner != NULL && i < pop->learner->n_tests; i++) {
        const sg_stored_test *test = &pop->learner->tests[i];
        uint8_t level = is_in_scope(&scope, test) ? level_of(&scope, test) : 0;
        if (level == 0 || (lowest != 0 && rank_of(level) >= rank_of(lowest)) || has_earlier(&scope, i))
            continue;
        lowest = level;
        decisive = test->date;
    }
    if (out_day != NULL)
        *out_day = decisive;
    return lowest;
}
