/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has no answer says why; what has a lesser one says which. */
#include "support/assert.h"

#include <math.h>

#include "skillgain/base/mem.h"
#include "unit/test_stats_models/made.h"

static const char *note_of(const sg_observations *sample)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_gcomp_result gcomp;
    sg_weighting_result weighting;
    sg_aipw_result aipw;
    sg_err err = {0};

    assert_non_null(arena);
    sg_assert_ok(sg_gcomp(sample, &WITH_ARM, SG_TARGET_IET, 0.95, arena, &gcomp, &err), &err);
    sg_assert_ok(sg_weighting(sample, &SCORE, SG_ESTIMAND_ATT, 0.95, arena, &weighting, &err), &err);
    sg_assert_ok(sg_aipw(sample, &SCORE, &USUAL, 0.95, arena, &aipw, &err), &err);
    assert_int_equal(gcomp.status == SG_EST_OK, isfinite(gcomp.difference.estimate));
    assert_int_equal(weighting.status == SG_EST_OK, isfinite(weighting.difference.estimate));
    assert_int_equal(aipw.status == SG_EST_OK, isfinite(aipw.ate.estimate));
    return gcomp.note;
}

void what_cannot_be_answered_says_why(void **unused)
{
    static made m;

    (void)unused;
    make_data(&m, 9, 100);
    m.sample.n_rows = 0;
    assert_string_equal(note_of(&m.sample), "no learners");
    m.sample.n_rows = 100;
    m.number[3] = nan("");
    assert_string_equal(note_of(&m.sample), "a covariate is missing");
    m.number[3] = HUGE_VAL;
    assert_string_equal(note_of(&m.sample), "a covariate is infinite");
    m.number[3] = 1.0;
    m.level[3] = 3;
    assert_string_equal(note_of(&m.sample), "a covariate has a level that is not in its list");
    m.level[3] = 0;
    m.success[3] = 2.0;
    assert_string_equal(note_of(&m.sample), "a count of outcomes is below 0 or above its learners");
    m.success[3] = nan(""); /* unknown: left out */
    assert_string_equal(note_of(&m.sample), "");
    for (size_t i = 0; i < 100; i++)
        m.success[i] = 0.0;
    assert_string_equal(note_of(&m.sample), "none with the outcome");
    make_data(&m, 9, 100);
    for (size_t i = 0; i < 100; i++)
        m.arm[i] = 1;
    assert_string_equal(note_of(&m.sample), "no comparison learners");
}

/* A covariate that is constant, one that another determines, one pattern, one college. */
void columns_without_news_are_left_out(void **unused)
{
    static made m;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_logit_result r;
    sg_err err = {0};

    (void)unused;
    assert_non_null(arena);
    make_data(&m, 10, 100);
    for (size_t i = 0; i < 100; i++) {
        m.college[i] = 0;
        m.level[i] = m.level[i] == 2 ? 1 : m.level[i];
        m.number[i] = 0.1 + 3.0 * m.level[i];
    }
    sg_assert_ok(sg_logit(&m.sample, &WITH_ARM, 0.95, arena, &r, &err), &err);
    assert_int_equal(r.status, SG_EST_OK);
    assert_int_equal(r.fit.n_left_out, 1);
    assert_string_equal(r.fit.left_out[0], "number");
    assert_int_equal(r.coefficients[r.n_coefficients - 1].model.status, SG_EST_NOT_ESTIMABLE);
    assert_int_equal(r.coefficients[1].cr1.status, SG_EST_NOT_ESTIMABLE);
    for (size_t i = 0; i < 100; i++) {
        m.level[i] = 0;
        m.number[i] = 0.1;
    }
    sg_assert_ok(sg_logit(&m.sample, &WITH_ARM, 0.95, arena, &r, &err), &err);
    assert_int_equal(r.status, SG_EST_OK);
    assert_int_equal(r.fit.columns, 2);
}

void separated_outcomes_are_told_and_fitted_by_firth(void **unused)
{
    static made m;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_logit_result logit;
    sg_gcomp_result gcomp;
    sg_separation found;
    double separated = 0.0;
    sg_err err = {0};

    (void)unused;
    assert_non_null(arena);
    make_data(&m, 11, 120);
    for (size_t i = 0; i < 120; i++) {
        if (m.level[i] != 2)
            continue;
        m.success[i] = 1.0;
        separated += 1.0;
    }
    sg_assert_ok(sg_check_separation(&m.sample, &WITH_ARM, &found, &err), &err);
    assert_true(found.separated && !found.unsettled);
    sg_assert_close(found.learners, separated, 0.0, 0.0);
    sg_assert_ok(sg_logit(&m.sample, &WITH_ARM, 0.95, arena, &logit, &err), &err);
    assert_string_equal(logit.note, "the outcomes are separated");
    sg_assert_ok(sg_gcomp(&m.sample, &WITH_ARM, SG_TARGET_ALL, 0.95, arena, &gcomp, &err), &err);
    assert_int_equal(gcomp.status, SG_EST_OK);
    assert_int_equal(gcomp.fit.kind, SG_FIT_FIRTH);
    sg_assert_close(gcomp.fit.separated, separated, 0.0, 0.0);
    assert_true(gcomp.r1 > 0.0 && gcomp.r1 < 1.0 && gcomp.difference.std_error > 0.0);
}

void missing_numbers_become_the_median_and_a_flag(void **unused)
{
    static made m;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_observations complete;
    double missing[2];
    sg_err err = {0};

    (void)unused;
    assert_non_null(arena);
    make_data(&m, 12, 100);
    for (size_t i = 0; i < 100; i++)
        m.number[i] = i < 20 ? nan("") : (double)i; /* 20 to 99: their median is 59.5 */
    sg_assert_ok(sg_observations_complete(&m.sample, 0.4, arena, &complete, missing, &err), &err);
    sg_assert_close(missing[1], 0.2, 1e-15, 0.0);
    assert_int_equal(complete.n_variables, 3);
    assert_string_equal(complete.variables[2].name, "number missing");
    sg_assert_close(complete.variables[1].numbers[0], 59.5, 0.0, 0.0);
    sg_assert_close(complete.variables[2].numbers[0], 1.0, 0.0, 0.0);
    assert_string_equal(note_of(&complete), "");
    sg_assert_ok(sg_observations_complete(&m.sample, 0.1, arena, &complete, missing, &err), &err);
    assert_int_equal(complete.n_variables, 1);
}
