/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of every model on every sample, also where it has no answer. */
#include <math.h>
#include <string.h>

#include "answers.h"
#include "support/assert.h"

/* ---- an answer by itself ---- */

/* All that the models are documented to say instead of an answer. */
static bool is_a_reason(const char *note)
{
    static const char *const REASONS[] = {
        "no learners",
        "no IET learners",
        "no comparison learners",
        "none with the outcome",
        "all with the outcome",
        "no comparison learner with the outcome",
        "all comparison learners with the outcome",
        "no IET learner with the outcome",
        "all IET learners with the outcome",
        "the outcomes are separated",
        "columns that all but determine each other",
        "the covariates, or the clusters, tell the arm of every learner",
        "determined by earlier columns",
        "no more learners than columns",
        "the fit did not converge",
    };

    for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++) {
        if (strcmp(note, REASONS[i]) == 0)
            return true;
    }
    return false;
}

static void check_limits(const answer *a)
{
    if (isnan(a->low) != isnan(a->high) && strcmp(a->note, "no limit was found") != 0)
        fail_msg("%s: one limit, '%s'", a->name, a->note);
    if (isinf(a->low) || isinf(a->high) || a->low > a->estimate || a->high < a->estimate)
        fail_msg("%s: %g from %g to %g, '%s'", a->name, a->estimate, a->low, a->high, a->note);
}

static void check_answer(const answer *a, const double known[2])
{
    if (a->status != SG_EST_OK) {
        if (!is_a_reason(a->note))
            fail_msg("%s: '%s'", a->name, a->note);
        assert_true(isnan(a->estimate));
        return;
    }
    assert_true(known[0] > 0.0 && known[1] > 0.0);
    assert_true(isfinite(a->estimate));
    assert_true(a->by_learners > 0.0 || isnan(a->by_learners) || a->may_be_sure);
    assert_true(!isinf(a->by_learners) && !isinf(a->by_clusters));
    check_limits(a);
    sg_assert_close(a->learners, known[0] + known[1], 0.0, 0.0);
}

static void check_sane(dice *d, const drawn *m, sg_arena *arena)
{
    answer answers[N_ANSWERS];
    double known[2] = {0.0, 0.0};

    (void)d;
    for (size_t i = 0; i < m->sample.n_rows; i++)
        known[m->arm[i]] += isnan(m->success[i]) ? 0.0 : 1.0;
    ask(&m->sample, &m->model, arena, answers);
    for (size_t i = 0; i < N_ANSWERS; i++)
        check_answer(&answers[i], known);
}

void every_model_answers_or_says_why(void **state)
{
    (void)state;
    for_drawn(1, N_MODELS, check_sane);
}

/* ---- answers side by side ---- */

/* Where nothing varies rounding decides whether an error is 0, which is none, or all but 0. */
static void assert_same_error(double got, double want)
{
    if (isnan(want) || want < 1e-8)
        assert_true(isnan(got) || got < 1e-7);
    else
        sg_assert_close(got, want, 1e-8, 1e-6);
}

/* b is a, its standard errors by learners times `scale`. */
static void check_same(const answer *a, const answer *b, double scale)
{
    const double near = 1e-9, part = 1e-7;

    if (a->status != b->status || (a->status != SG_EST_OK && scale >= 1.0 && strcmp(a->note, b->note) != 0))
        fail_msg("%s: '%s', then '%s'", a->name, a->note, b->note);
    if (a->status != SG_EST_OK)
        return;
    sg_assert_close(b->estimate, a->estimate, near, part);
    assert_same_error(b->by_learners, scale * a->by_learners);
    assert_same_error(b->by_clusters, a->by_clusters);
}

static void check_order(dice *d, const drawn *m, sg_arena *arena)
{
    const size_t n = m->sample.n_rows;
    size_t order[MOST_DRAWN];
    answer first[N_ANSWERS], second[N_ANSWERS], third[N_ANSWERS];
    sg_observations a, b;
    drawn other;
    sg_err err = {0};

    shuffle(d, order, n);
    for (size_t i = 0; i < n; i++)
        take_row(&other, i, m, order[i]);
    take_rows(&other, n);
    sg_assert_ok(sg_observations_aggregate(&m->sample, arena, &a, &err), &err);
    sg_assert_ok(sg_observations_aggregate(&other.sample, arena, &b, &err), &err);
    assert_int_equal(a.n_rows, b.n_rows);
    if (a.n_rows > 0) {
        assert_memory_equal(a.count, b.count, a.n_rows * sizeof *a.count);
        assert_memory_equal(a.success, b.success, a.n_rows * sizeof *a.success);
        assert_memory_equal(a.arm, b.arm, a.n_rows * sizeof *a.arm);
        assert_memory_equal(a.cluster, b.cluster, a.n_rows * sizeof *a.cluster);
        assert_memory_equal(a.variables[0].levels, b.variables[0].levels, a.n_rows * sizeof(uint32_t));
        assert_memory_equal(a.variables[1].numbers, b.variables[1].numbers, a.n_rows * sizeof(double));
    }
    ask(&m->sample, &m->model, arena, first);
    ask(&other.sample, &m->model, arena, second);
    ask(&b, &m->model, arena, third);
    for (size_t i = 0; i < N_COMPARED; i++) {
        check_same(&first[i], &second[i], 1.0);
        check_same(&first[i], &third[i], 1.0);
    }
}

void the_order_of_learners_changes_no_model(void **state)
{
    (void)state;
    for_drawn(2, N_MODELS, check_order);
}

static void check_copies(dice *d, const drawn *m, sg_arena *arena)
{
    const size_t n = m->sample.n_rows;
    answer once[N_ANSWERS], often[N_ANSWERS];
    drawn copies;

    (void)d;
    for (size_t i = 0; i < COPIES * n; i++)
        take_row(&copies, i, m, i / COPIES);
    take_rows(&copies, COPIES * n);
    ask(&m->sample, &m->model, arena, once);
    ask(&copies.sample, &m->model, arena, often);
    for (size_t i = 0; i < N_COMPARED; i++) {
        if (once[i].penalised || often[i].penalised)
            continue; /* Firth's penalty weighs less on more learners */
        if (strcmp(once[i].note, "no more learners than columns") != 0)
            check_same(&once[i], &often[i], 1.0 / sqrt(COPIES));
    }
}

void copies_of_every_learner_leave_models(void **state)
{
    (void)state;
    for_drawn(3, N_MODELS, check_copies);
}

/* ---- swapped arms ---- */

static void check_turned(const answer *a, const answer *b)
{
    const double near = 1e-8, part = 1e-6;

    if (a->status != b->status)
        fail_msg("%s: '%s', then '%s'", a->name, a->note, b->note);
    if (a->status != SG_EST_OK || a->swap == OTHER_LEARNERS)
        return;
    if (a->swap == INVERTS) {
        sg_assert_close(b->estimate * a->estimate, 1.0, 0.0, part);
        if (!isnan(a->high) && !isnan(b->low))
            sg_assert_close(b->low * a->high, 1.0, 0.0, part);
    } else {
        const double sign = a->swap == TURNS ? -1.0 : 1.0;
        sg_assert_close(b->estimate, sign * a->estimate, near, part);
        if (!a->may_be_sure) /* else rounding decides whether an error is 0 */
            assert_int_equal(isnan(a->low), isnan(b->high));
        if (a->swap == TURNS && !isnan(a->low) && !isnan(b->low) && !isnan(a->high) && !isnan(b->high)) {
            sg_assert_close(b->low, -a->high, near, part);
            sg_assert_close(b->high, -a->low, near, part);
        }
    }
    assert_same_error(b->by_learners, a->by_learners);
    assert_same_error(b->by_clusters, a->by_clusters);
}

static void check_swapped(dice *d, const drawn *m, sg_arena *arena)
{
    const size_t n = m->sample.n_rows;
    answer a[N_ANSWERS], b[N_ANSWERS];
    drawn other;

    (void)d;
    for (size_t i = 0; i < n; i++) {
        take_row(&other, i, m, i);
        other.arm[i] = m->arm[i] == 1 ? 0 : 1;
    }
    take_rows(&other, n);
    ask(&m->sample, &m->model, arena, a);
    ask(&other.sample, &m->model, arena, b);
    for (size_t i = 0; i < N_COMPARED; i++)
        check_turned(&a[i], &b[i]);
}

void swapping_the_arms_turns_models_round(void **state)
{
    (void)state;
    for_drawn(4, N_MODELS, check_swapped);
}

/* ---- Firth's fit ---- */

static void check_firth(dice *d, const drawn *m, sg_arena *arena)
{
    const size_t n = m->sample.n_rows;
    double known[2] = {0.0, 0.0};
    size_t order[MOST_DRAWN];
    drawn swapped, turned;

    shuffle(d, order, n);
    for (size_t i = 0; i < n; i++) {
        known[m->arm[i]] += isnan(m->success[i]) ? 0.0 : 1.0;
        take_row(&swapped, i, m, i);
        swapped.arm[i] = m->arm[i] == 1 ? 0 : 1;
        take_row(&turned, i, m, order[i]);
    }
    take_rows(&swapped, n);
    take_rows(&turned, n);
    const answer a = ask_firth(&m->sample, &m->model, arena),
                 b = ask_firth(&swapped.sample, &m->model, arena),
                 c = ask_firth(&turned.sample, &m->model, arena);
    check_answer(&a, known);
    assert_int_equal(b.status, a.status);
    if (a.status == SG_EST_OK) {
        sg_assert_close(b.estimate, -a.estimate, 1e-8, 1e-6);
        assert_same_error(b.by_learners, a.by_learners);
    }
    check_same(&a, &c, 1.0);
}

void firths_fit_knows_no_arm_and_no_order(void **state)
{
    (void)state;
    for_drawn(6, N_REFITS, check_firth);
}

/* ---- a college with one arm ---- */

static void check_lonely(dice *d, const drawn *m, sg_arena *arena)
{
    enum { LONELY = 5 };
    const sg_model model = {.arm = true, .cluster_effects = true};
    const size_t n = m->sample.n_rows;
    answer without[N_ANSWERS], with[N_ANSWERS];
    sg_observations two_armed, kept;
    sg_cluster_counts counts, more;
    drawn other = *m;
    sg_err err = {0};

    for (size_t i = 0; i < LONELY; i++) {
        take_row(&other, n + i, &(drawn){.arm = {1}, .success = {throw(d, 2)}, .number = {2.0}}, 0);
        other.college[n + i] = N_COLLEGES;
    }
    take_rows(&other, n + LONELY);
    sg_assert_ok(sg_clusters_count(&m->sample, &counts, &err), &err);
    sg_assert_ok(sg_clusters_count(&other.sample, &more, &err), &err);
    assert_int_equal(more.two_armed, counts.two_armed);
    assert_int_equal(more.clusters, counts.clusters + 1);
    sg_assert_close(more.learners_one_armed, counts.learners_one_armed + LONELY, 0.0, 0.0);
    sg_assert_ok(sg_observations_two_armed(&m->sample, arena, &two_armed, &err), &err);
    sg_assert_ok(sg_observations_two_armed(&other.sample, arena, &kept, &err), &err);
    assert_int_equal(kept.n_rows, two_armed.n_rows);
    ask(&two_armed, &model, arena, without);
    ask(&kept, &model, arena, with);
    for (size_t i = 0; i < N_ANSWERS; i++) {
        assert_int_equal(with[i].status, without[i].status);
        if (with[i].status == SG_EST_OK)
            sg_assert_close(with[i].estimate, without[i].estimate, 0.0, 0.0);
    }
}

void a_college_with_one_arm_changes_no_model_with_effects_of_colleges(void **state)
{
    (void)state;
    for_drawn(5, N_REFITS, check_lonely);
}
