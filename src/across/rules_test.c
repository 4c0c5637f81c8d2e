/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests against enrollments, each other and the table of instruments, and the gains that are claimed by them (34 CFR 462.40 to 462.43).
 */
#include "learner.h"

static bool may_be_same(uint32_t a, uint32_t b)
{
    return a == 0 || b == 0 || a == b;
}

/* ---- tests ---- */

static void place_test(const sg_learner_rows *l, const sg_fact *test, sg_across_sink *sink)
{
    bool here = test->college == 0;
    if (!sg_is_covered(l, test))
        return;
    if (l->n_of[SG_KIND_ENROLLMENT] == 0) {
        sg_find(sink, SG_ACROSS_TEST_ALONE, test, SG_TEST_LEARNER_ID);
        return;
    }
    for (size_t i = 0; i < l->n_of[SG_KIND_ENROLLMENT]; i++)
        here = here || l->of[SG_KIND_ENROLLMENT][i]->college == test->college;
    if (!here)
        sg_find(sink, SG_ACROSS_TEST_OTHER_COLLEGE, test, SG_TEST_COLLEGE);
    if (l->n_spells > 0 && sg_days_to_spell(l, test->day) > sg_gap_behind(l, test->day))
        sg_find(sink, SG_ACROSS_TEST_FAR, test, SG_TEST_TEST_DATE);
}

static bool of_one_series(const sg_fact *a, const sg_fact *b)
{
    return a->as.test.instrument == b->as.test.instrument && a->as.test.subject == b->as.test.subject;
}

/* With the test before it in the same instrument and subject. */
static void judge_series(const sg_learner_rows *l, size_t at, sg_across_sink *sink)
{
    const sg_fact *const *tests = l->of[SG_KIND_TEST];
    size_t before = at;
    while (before > 0 && !of_one_series(tests[before - 1], tests[at]))
        before--;
    if (before == 0)
        return;
    before--;
    if (tests[before]->day == tests[at]->day)
        sg_find(sink, SG_ACROSS_TEST_SAME_DAY, tests[at], SG_TEST_TEST_DATE);
    else if (tests[before]->as.test.form != 0 && tests[before]->as.test.form == tests[at]->as.test.form &&
             sg_same_scale(tests[before]->level, tests[at]->level) && tests[before]->level < tests[at]->level)
        sg_find(sink, SG_ACROSS_TEST_SAME_FORM, tests[at], SG_TEST_FORM);
}

/* Against the table of instruments. */
static void judge_score(const sg_fact *test, sg_across_sink *sink)
{
    if (test->score_status == SG_SCORE_OFF_SCALE)
        sg_find(sink, SG_ACROSS_TEST_OFF_SCALE, test, SG_TEST_SCALE_SCORE);
    if (test->score_status == SG_SCORE_OUT_OF_DATE)
        sg_find(sink, SG_ACROSS_TEST_NOT_APPROVED, test, SG_TEST_TEST_DATE);
    if (test->top != 0 && test->level != 0 && (test->level < test->as.test.bottom || test->level > test->top))
        sg_find(sink, SG_ACROSS_TEST_LEVEL_DIFFERS, test, SG_TEST_LEVEL);
}

/* ---- the pre-test of an enrollment ---- */

static bool tests_are_delivered(const sg_learner_rows *l, uint16_t college, sg_day day)
{
    sg_span span = sg_backdrop_span(&l->scene->backdrop, college, SG_KIND_TEST);
    return span.first != SG_DAY_NONE && day >= span.first && day <= span.last;
}

static void judge_pre_test(const sg_learner_rows *l, const sg_fact *enrollment, sg_across_sink *sink)
{
    bool found = false, equal = false;
    sg_day day = enrollment->as.enrollment.test_day;
    if (day == SG_DAY_NONE || sg_is_late(l, enrollment) || !tests_are_delivered(l, enrollment->college, day))
        return;
    for (size_t i = 0; i < l->n_of[SG_KIND_TEST]; i++) {
        const sg_fact *test = l->of[SG_KIND_TEST][i];
        if (test->day != day || !may_be_same(test->as.test.instrument, enrollment->as.enrollment.instrument))
            continue;
        found = true;
        equal = equal || test->as.test.score == enrollment->as.enrollment.score ||
                test->as.test.score == INT32_MIN;
    }
    if (!found)
        sg_find(sink, SG_ACROSS_PRE_TEST_MISSING, enrollment, SG_ENROLLMENT_PRE_TEST_DATE);
    else if (!equal && enrollment->as.enrollment.score != INT32_MIN)
        sg_find(sink, SG_ACROSS_PRE_SCORE_DIFFERS, enrollment, SG_ENROLLMENT_PRE_TEST_SCORE);
}

/* A level at entry below that of the score is that of another area: the lowest places the learner. */
static void judge_pre_score(const sg_learner_rows *l, const sg_fact *enrollment, sg_across_sink *sink)
{
    if (sg_is_late(l, enrollment))
        return;
    if (enrollment->score_status == SG_SCORE_OFF_SCALE)
        sg_find(sink, SG_ACROSS_PRE_TEST_OFF_SCALE, enrollment, SG_ENROLLMENT_PRE_TEST_SCORE);
    if (enrollment->score_status == SG_SCORE_OUT_OF_DATE)
        sg_find(sink, SG_ACROSS_PRE_TEST_NOT_APPROVED, enrollment, SG_ENROLLMENT_PRE_TEST_DATE);
    if (sg_same_scale(enrollment->level, enrollment->top) && enrollment->level > enrollment->top)
        sg_find(sink, SG_ACROSS_ENTRY_ABOVE_SCORE, enrollment, SG_ENROLLMENT_ENTERING_LEVEL);
}

/* ---- gains by test ---- */

/* What the tests up to a gain's day say of it. */
typedef struct {
    bool any, unsure; /* a test of its subject; one of them without a level */
    bool rise, claimed, reversed;
} evidence;

static bool may_show(const sg_fact *gain, const sg_fact *test)
{
    return test->day <= gain->day && may_be_same(test->as.test.subject, gain->as.gain.subject) &&
           may_be_same(test->as.test.instrument, gain->as.gain.instrument);
}

static void weigh_pair(const sg_fact *gain, unsigned before, unsigned after, evidence *e)
{
    unsigned from = gain->level, to = gain->as.gain.level_to;
    if (!sg_same_scale(before, after)) {
        /* from one scale into the other, which a rule on single gains is about */
        bool exact = before != 0 && after != 0 && before == from && after == to;
        e->rise = e->rise || exact;
        e->claimed = e->claimed || exact;
        return;
    }
    e->rise = e->rise || after > before;
    e->claimed = e->claimed || (after > before && may_be_same(before, from) && may_be_same(after, to));
    e->reversed = e->reversed || (after < before && from == after && to == before);
}

/* The placement of an enrollment is the result of its pre-test, which need not be among the tests. */
static void weigh_placements(const sg_learner_rows *l, const sg_fact *gain, const sg_fact *test, evidence *e)
{
    for (size_t i = 0; i < l->n_of[SG_KIND_ENROLLMENT]; i++) {
        const sg_fact *row = l->of[SG_KIND_ENROLLMENT][i];
        if (row->as.enrollment.test_day != SG_DAY_NONE && row->as.enrollment.test_day < test->day &&
            may_be_same(row->as.enrollment.instrument, test->as.test.instrument))
            weigh_pair(gain, row->level, test->level, e);
    }
}

static evidence weigh_tests(const sg_learner_rows *l, const sg_fact *gain)
{
    const sg_fact *const *tests = l->of[SG_KIND_TEST];
    evidence e = {false};
    for (size_t b = 0; b < l->n_of[SG_KIND_TEST]; b++) {
        if (!may_show(gain, tests[b]))
            continue;
        e.any = true;
        e.unsure = e.unsure || tests[b]->level == 0;
        weigh_placements(l, gain, tests[b], &e);
        for (size_t a = 0; a < b; a++)
            if (may_show(gain, tests[a]) && of_one_series(tests[a], tests[b]) &&
                tests[a]->day < tests[b]->day)
                weigh_pair(gain, tests[a]->level, tests[b]->level, &e);
    }
    return e;
}

static void judge_gain(const sg_learner_rows *l, const sg_fact *gain, sg_across_sink *sink)
{
    evidence e;
    if (gain->as.gain.type != SG_GAIN_EFL_TEST || sg_is_late(l, gain) ||
        !tests_are_delivered(l, gain->college, gain->day))
        return;
    e = weigh_tests(l, gain);
    if (!e.any)
        sg_find(sink, SG_ACROSS_GAIN_WITHOUT_TEST, gain, SG_GAIN_FIELD_GAIN_TYPE);
    else if (!e.rise && e.reversed)
        sg_find(sink, SG_ACROSS_GAIN_REVERSED, gain, SG_GAIN_FIELD_GAIN_DATE);
    else if (!e.rise && !e.unsure)
        sg_find(sink, SG_ACROSS_GAIN_NOT_SHOWN, gain, SG_GAIN_FIELD_LEVEL_TO);
    else if (e.rise && !e.claimed && !e.unsure)
        sg_find(sink, SG_ACROSS_GAIN_OTHER_LEVELS, gain, SG_GAIN_FIELD_LEVEL_TO);
}

void sg_across_scores(const sg_learner_rows *learner, sg_across_sink *sink)
{
    for (size_t i = 0; i < learner->n_of[SG_KIND_TEST]; i++) {
        if (sg_is_late(learner, learner->of[SG_KIND_TEST][i]))
            continue;
        place_test(learner, learner->of[SG_KIND_TEST][i], sink);
        judge_series(learner, i, sink);
        judge_score(learner->of[SG_KIND_TEST][i], sink);
    }
    for (size_t i = 0; i < learner->n_of[SG_KIND_ENROLLMENT]; i++) {
        judge_pre_test(learner, learner->of[SG_KIND_ENROLLMENT][i], sink);
        judge_pre_score(learner, learner->of[SG_KIND_ENROLLMENT][i], sink);
    }
    for (size_t i = 0; i < learner->n_of[SG_KIND_GAIN]; i++)
        judge_gain(learner, learner->of[SG_KIND_GAIN][i], sink);
}
