/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens inside the spells: gains by the planted daily rates, IET after a gain, tests with and without a gain. */
#include "generate_learner.h"

#include <math.h>
#include <stddef.h>

/* Every kind of gain has a daily rate that changes on a few days only: `from` the day it begins, `turn` the day from
 * which the second rate holds (SG_NONE: never). */
typedef struct {
    int from;
    int turn;
    double rate;
    double rate_after;
} rate_plan;

enum { COMMON, CREDIT, COLLEGE, TRAINING, N_PROCESSES };

static rate_plan plan_of(const sg_learner *learner, const sg_spell *spell, int process, int iet_start)
{
    int from = spell->first + SG_GAIN_DELAY;
    int trained = iet_start == SG_NONE ? SG_NONE : sg_later(iet_start + SG_TRAINING_DELAY, from);
    double credit = sg_colleges[learner->college].adult_high_school && spell->level <= SG_ABE6
                        ? SG_RATE_CREDIT
                        : 0;
    double workplace = spell->workplace ? SG_RATE_WORKPLACE : 0;
    switch (process) {
    case COMMON: return (rate_plan){from, iet_start, spell->rate, spell->rate_iet};
    case CREDIT: return (rate_plan){from, SG_NONE, credit, credit};
    case COLLEGE: return (rate_plan){from, iet_start, SG_RATE_COLLEGE, SG_RATE_COLLEGE_IET};
    default: return (rate_plan){from, spell->trainable ? trained : SG_NONE, workplace, SG_RATE_TRAINING};
    }
}

static double rate_on(const rate_plan *plan, int day)
{
    if (day < plan->from)
        return 0;
    return plan->turn != SG_NONE && day >= plan->turn ? plan->rate_after : plan->rate;
}

static double hazard_of(const rate_plan *plan, int from, int to)
{
    int begin = sg_later(from, plan->from);
    if (begin > to)
        return 0;
    int turn = plan->turn == SG_NONE || plan->turn > to ? to + 1 : sg_later(plan->turn, begin);
    return (turn - begin) * plan->rate + (to + 1 - turn) * plan->rate_after;
}

double sg_spell_hazard(const sg_learner *learner, const sg_spell *spell, bool common_only, int from, int to,
                       int iet_start)
{
    double sum = 0;
    for (int process = COMMON; process < (common_only ? CREDIT : N_PROCESSES); process++) {
        rate_plan plan = plan_of(learner, spell, process, iet_start);
        sum += hazard_of(&plan, from, to);
    }
    return sum;
}

/* The next gain of a process on or after a day: the first day by which its rates add up to a draw of mean 1. */
static int draw_next(const rate_plan *plan, sg_rng *rng, int from, int to)
{
    double left = sg_rng_exponential(rng);
    for (int day = sg_later(from, plan->from); day <= to; day++) {
        left -= rate_on(plan, day);
        if (left <= 0)
            return day;
    }
    return SG_NONE;
}

static bool has_diploma(const sg_learner *learner)
{
    if (learner->education != SG_NONE && learner->education > 0)
        return true;
    for (int i = 0; i < learner->n_gains; i++)
        if (learner->gains[i].type == SG_DIPLOMA)
            return true;
    return false;
}

/* Tests carry learners up the levels; near the top of the scale the high school equivalency takes over. */
static int draw_common_type(const sg_learner *learner, const sg_spell *spell, int level, sg_rng *rng)
{
    static const double diploma_share[] = {0, 0.01, 0.04, 0.10, 0.22, 0.50};
    static const double subtest_share[] = {0, 0.03, 0.08, 0.15, 0.28, 0.50};
    bool untested = spell->level >= SG_ALT_ABE;
    double u = sg_rng_unit(rng);
    if (level >= SG_ESL1 && !untested)
        return SG_EFL_TEST;
    double diploma = untested ? 0.3 : diploma_share[level];
    double subtest = untested ? 0.7 : subtest_share[level];
    if (u < diploma && !has_diploma(learner))
        return SG_DIPLOMA;
    return u < diploma + subtest ? SG_HSE_SUBTEST : SG_EFL_TEST;
}

static void set_test_gain(sg_gain *gain, const sg_spell *spell, int *level, sg_rng *rng)
{
    bool other = sg_rng_chance(rng, 0.25);
    gain->subject = spell->level >= SG_ESL1 ? (other ? SG_LISTENING : SG_READING)
                                            : (other ? SG_MATH : SG_READING);
    /* Whoever is at the top of the ABE scale in reading still has a level to win in mathematics. */
    if (*level == SG_ABE6) {
        gain->subject = SG_MATH;
        gain->level_from = SG_ABE6 - 2;
        gain->level_to = SG_ABE6 - 1;
        return;
    }
    gain->level_from = *level;
    gain->level_to = *level == SG_ESL6 ? SG_ABE1 + 1 : *level + 1;
    *level = gain->level_to;
}

static sg_gain *append_gain(sg_learner *learner, int day, int type)
{
    if (learner->n_gains == SG_MAX_GAINS)
        return NULL;
    sg_gain *gain = &learner->gains[learner->n_gains++];
    *gain = (sg_gain){
        .day = day, .type = type, .subject = SG_NONE, .level_from = SG_NONE, .level_to = SG_NONE};
    gain->college = learner->college;
    return gain;
}

static void enter_after_gain(const sg_learner *learner, sg_spell *spell, int day, sg_rng *rng)
{
    bool enters = sg_rng_chance(rng, 0.12);
    int jitter = sg_rng_between(rng, 0, 10);
    int term = sg_next_term_start(day + 7);
    int open[SG_PROGRAMS];
    if (!enters || term == SG_NONE || spell->iet_start != SG_NONE || spell->workplace || learner->iet_unknown)
        return;
    if (term + jitter <= spell->end && sg_programs_open(learner->college, term + jitter, open) > 0)
        spell->iet_start = term + jitter;
}

static void draw_common_gains(sg_learner *learner, sg_spell *spell, sg_rng *rng)
{
    int level = spell->level;
    int from = spell->first;
    bool first = true;
    for (;;) {
        rate_plan plan = plan_of(learner, spell, COMMON, spell->iet_start);
        int day = draw_next(&plan, rng, from, spell->end);
        if (day == SG_NONE)
            return;
        sg_gain *gain = append_gain(learner, day, SG_EFL_TEST);
        if (gain == NULL)
            return;
        gain->type = draw_common_type(learner, spell, level, rng);
        if (gain->type == SG_EFL_TEST)
            set_test_gain(gain, spell, &level, rng);
        if (gain->type == SG_HSE_SUBTEST)
            gain->subject = SG_MATH + 2 * sg_rng_between(rng, 0, 2);
        if (first)
            enter_after_gain(learner, spell, day, rng);
        first = false;
        from = day + SG_GAIN_DELAY;
    }
}

static int draw_training_type(const sg_learner *learner, const sg_spell *spell, sg_rng *rng)
{
    static const double ways[] = {0.20, 0.22, 0.32, 0.26};
    int type = SG_SECONDARY + sg_rng_pick(rng, ways, 4);
    bool young = sg_age_at(learner->birth, spell->first) < 21;
    return type == SG_SECONDARY && !young ? SG_MILESTONE : type;
}

static void draw_other_gains(sg_learner *learner, sg_spell *spell, int process, sg_rng *rng)
{
    rate_plan plan = plan_of(learner, spell, process, spell->iet_start);
    int from = spell->first;
    for (int n = 0; n < 6; n++) {
        int day = draw_next(&plan, rng, from, spell->end);
        if (day == SG_NONE)
            return;
        int type = process == CREDIT ? SG_EFL_CREDIT : SG_EFL_POSTSECONDARY;
        if (process == TRAINING)
            type = draw_training_type(learner, spell, rng);
        append_gain(learner, day, type);
        from = day + SG_GAIN_DELAY;
    }
}

/* Claims that must not count: a type 3-5 gain of somebody never in IET, a gain found after the last day. */
static void draw_idle_claims(sg_learner *learner, const sg_spell *spell, sg_rng *rng)
{
    bool false_claim = sg_rng_chance(rng, 0.004);
    bool late_claim = sg_rng_chance(rng, 0.005);
    int claim_day = sg_rng_between(rng, spell->first, spell->end);
    int late_day = spell->last + sg_rng_between(rng, 1, 30);
    if (false_claim && spell->iet_start == SG_NONE && !spell->workplace && !learner->iet_unknown)
        append_gain(learner, claim_day, SG_MILESTONE);
    sg_gain *late = late_claim && late_day < sg_cutoff() ? append_gain(learner, late_day, SG_HSE_SUBTEST)
                                                         : NULL;
    if (late != NULL)
        late->subject = SG_SCIENCE;
}

/* The January testing day is the last delivered one, so that the gain export reaches the cut-off. Only spells of the
 * open year can have it. */
static void add_testing_day(sg_learner *learner, const sg_spell *spell, int n_before, sg_rng *rng)
{
    bool tested = sg_rng_chance(rng, 0.3);
    if (!tested || spell->end < sg_cutoff() || spell->first < sg_day_of(2025, 8, 1) ||
        spell->level >= SG_ALT_ABE)
        return;
    if (learner->n_gains > n_before || spell->first + SG_GAIN_DELAY > sg_cutoff())
        return;
    sg_gain *gain = append_gain(learner, sg_cutoff(), SG_EFL_TEST);
    int level = spell->level;
    if (gain != NULL)
        set_test_gain(gain, spell, &level, rng);
}

static int draw_form(int instrument, sg_rng *rng)
{
    return 2 * instrument + sg_rng_between(rng, 0, 1);
}

static void append_test(sg_learner *learner, const sg_spell *spell, int day, int level, int subject,
                        int score, sg_rng *rng)
{
    int form = draw_form(spell->instrument, rng);
    if (learner->n_tests == SG_MAX_TESTS)
        return;
    sg_test *test = &learner->tests[learner->n_tests++];
    *test = (sg_test){.day = day,
                      .instrument = spell->instrument,
                      .form = form,
                      .level = level,
                      .subject = subject,
                      .score = score,
                      .college = learner->college};
}

static int draw_score(const sg_spell *spell, int level, sg_rng *rng)
{
    int low;
    int high;
    bool crossed = (spell->level >= SG_ESL1) != (level >= SG_ESL1);
    sg_score_range(spell->instrument, crossed ? SG_ESL6 : level, &low, &high);
    return sg_rng_between(rng, low, high);
}

static void draw_tests(sg_learner *learner, const sg_spell *spell, int first_gain, sg_rng *rng)
{
    if (spell->instrument == SG_NONE)
        return;
    bool gained = false;
    append_test(learner, spell, spell->pretest_day, spell->level, SG_READING, spell->pretest_score, rng);
    for (int i = first_gain; i < learner->n_gains; i++) {
        const sg_gain *gain = &learner->gains[i];
        if (gain->type != SG_EFL_TEST)
            continue;
        append_test(learner, spell, gain->day, gain->level_to, gain->subject,
                    draw_score(spell, gain->level_to, rng), rng);
        gained = true;
    }
    bool tested = sg_rng_chance(rng, 0.5);
    if (tested && !gained && spell->end - spell->first > 60) {
        int day = sg_rng_between(rng, spell->first + SG_GAIN_DELAY, spell->end);
        append_test(learner, spell, day, spell->level, SG_READING, draw_score(spell, spell->level, rng), rng);
    }
}

void sg_history_draw(sg_learner *learner, sg_rng *rng)
{
    for (int i = 0; i < learner->n_spells; i++) {
        sg_spell *spell = &learner->spells[i];
        int first_gain = learner->n_gains;
        draw_common_gains(learner, spell, rng);
        for (int process = CREDIT; process < N_PROCESSES; process++)
            draw_other_gains(learner, spell, process, rng);
        add_testing_day(learner, spell, first_gain, rng);
        draw_tests(learner, spell, first_gain, rng);
        draw_idle_claims(learner, spell, rng);
    }
}
