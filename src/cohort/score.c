/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "score.h"

#include <stdlib.h>

void sg_test_scales_release(sg_test_scales *scales)
{
    free(scales->of_test);
    *scales = (sg_test_scales){0};
}

static size_t scale_of(const sg_instruments *instruments, const sg_stored_test *test)
{
    sg_score_status status =
        sg_score_level_of(instruments, test->instrument, test->subject, test->score, test->date).status;
    bool is_on_scale = status == SG_SCORE_KNOWN || status == SG_SCORE_OUT_OF_DATE;
    return is_on_scale ? sg_test_scale(instruments, test->instrument, test->subject) : instruments->n;
}

sg_status sg_test_scales_find(sg_test_scales *scales, const sg_instruments *instruments,
                              const sg_stored_learner *learner, sg_err *err)
{
    if (!sg_grow(&scales->of_test, &scales->capacity, learner->n_tests, sizeof *scales->of_test))
        return sg_no_memory(err);
    for (size_t i = 0; i < learner->n_tests; i++)
        scales->of_test[i] = scale_of(instruments, &learner->tests[i]);
    return SG_OK;
}

static bool counts(const sg_participant_year *year, const sg_stored_test *test)
{
    return test->date <= test->cutoff && test->date <= year->as_of && test->date >= year->pop->first &&
           test->date <= year->pop->last;
}

typedef struct {
    sg_day day; /* SG_DAY_NONE: there is none */
    int64_t score;
} scored;

static void take(scored *best, const sg_stored_test *test, bool is_better_day)
{
    if (best->day == SG_DAY_NONE || is_better_day || (test->date == best->day && test->score > best->score))
        *best = (scored){test->date, test->score};
}

int64_t sg_score_gain(const sg_test_scales *scales, const sg_participant_year *year, size_t scale,
                      sg_day from, sg_day to)
{
    scored pre = {.day = SG_DAY_NONE}, post = {.day = SG_DAY_NONE};
    for (size_t i = 0; i < year->learner->n_tests; i++) {
        const sg_stored_test *test = &year->learner->tests[i];
        if (scales->of_test[i] != scale || !counts(year, test))
            continue;
        take(&pre, test, test->date < pre.day);
        if (test->date >= from && test->date <= to)
            take(&post, test, test->date > post.day);
    }
    return post.day == SG_DAY_NONE || post.day <= pre.day ? SG_BLANK : post.score - pre.score;
}
