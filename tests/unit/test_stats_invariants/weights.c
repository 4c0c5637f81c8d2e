/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What saturated models, weights and pairs must give. */
#include <math.h>
#include <string.h>

#include "drawn.h"
#include "support/assert.h"

static const sg_aipw_options OPTIONS = {0.01, 0.99, SG_SEPARATED_FIRTH};

/* ---- saturated models ---- */

/* A pattern for each level and arm, with 1 to 12 learners. */
typedef struct {
    sg_observations sample;
    sg_variable level;
    uint32_t levels[2 * N_LEVELS];
    uint8_t arm[2 * N_LEVELS];
    double count[2 * N_LEVELS], success[2 * N_LEVELS];
    sg_stratum strata[N_LEVELS];
    bool has_edge; /* a cell of none or all */
} cells;

static void draw_cells(dice *d, cells *out)
{
    static const char *const NAMES[N_LEVELS] = {"a", "b", "c"};

    *out = (cells){
        .level = {.name = "level", .levels = out->levels, .level_names = NAMES, .n_levels = N_LEVELS}};
    for (size_t i = 0; i < 2 * (size_t)N_LEVELS; i++) {
        const unsigned n = 1 + throw(d, 12),
                       x = n > 1 && throw(d, 8) > 0 ? 1 + throw(d, n - 1) : throw(d, n + 1);
        const sg_counts counts = {.x = x, .n = n};

        out->levels[i] = (uint32_t)(i / 2);
        out->arm[i] = i % 2 == 0 ? 1 : 0;
        out->count[i] = n;
        out->success[i] = x;
        out->has_edge = out->has_edge || x == 0 || x == n;
        if (i % 2 == 0)
            out->strata[i / 2].iet = counts;
        else
            out->strata[i / 2].comparison = counts;
    }
    out->sample = (sg_observations){.n_rows = 2 * (size_t)N_LEVELS,
                                    .variables = &out->level,
                                    .n_variables = 1,
                                    .arm = out->arm,
                                    .count = out->count,
                                    .success = out->success};
}

/* Columns: intercept, arm, levels b and c, both times the arm. */
static void check_rates(const cells *c, const sg_logit_result *r)
{
    for (size_t i = 0; i < c->sample.n_rows; i++) {
        const size_t l = c->levels[i];
        double eta = r->coefficients[0].model.estimate;

        if (c->arm[i] == 1)
            eta += r->coefficients[1].model.estimate;
        if (l > 0)
            eta += r->coefficients[1 + l].model.estimate;
        if (l > 0 && c->arm[i] == 1)
            eta += r->coefficients[3 + l].model.estimate;
        sg_assert_close(1.0 / (1.0 + exp(-eta)), c->success[i] / c->count[i], 1e-8, 1e-8);
    }
}

static void check_saturated(const cells *c, sg_arena *arena)
{
    static const struct {
        sg_target target;
        sg_standard standard;
    } both[] = {{SG_TARGET_ALL, SG_STANDARD_TOTAL}, {SG_TARGET_IET, SG_STANDARD_IET}};
    const sg_model saturated = {.arm = true, .by_arm = 1};
    sg_logit_result logit;
    sg_gcomp_result r;
    sg_err err = {0};

    sg_assert_ok(sg_logit(&c->sample, &saturated, 0.95, arena, &logit, &err), &err);
    if (c->has_edge) { /* no logit reaches 0 or 1 */
        assert_int_equal(logit.status, SG_EST_NOT_ESTIMABLE);
        assert_true(strcmp(logit.note, "the outcomes are separated") == 0 ||
                    strstr(logit.note, "with the outcome"));
        return;
    }
    assert_int_equal(logit.status, SG_EST_OK);
    check_rates(c, &logit);
    for (size_t i = 0; i < 2; i++) {
        const sg_standardised s = sg_standardise(c->strata, N_LEVELS, both[i].standard, NULL, 0.95);
        sg_assert_ok(sg_gcomp(&c->sample, &saturated, both[i].target, 0.95, arena, &r, &err), &err);
        assert_int_equal(r.status, SG_EST_OK);
        sg_assert_close(r.r1, s.iet.estimate, 1e-8, 1e-8);
        sg_assert_close(r.r0, s.comparison.estimate, 1e-8, 1e-8);
        sg_assert_close(r.difference.estimate, s.difference.estimate, 1e-8, 1e-8);
        sg_assert_close(r.delta, s.difference.std_error, 1e-8, 1e-7);
    }
}

void a_saturated_model_is_standardisation(void **state)
{
    dice d = {11};
    sg_arena *arena = sg_arena_new();
    size_t inner = 0;

    (void)state;
    assert_non_null(arena);
    for (int i = 0; i < N_CASES; i++) {
        cells c;

        draw_cells(&d, &c);
        c.sample.variables = &c.level;
        inner += c.has_edge ? 0 : 1;
        check_saturated(&c, arena);
        sg_arena_reset(arena);
    }
    sg_arena_free(arena);
    assert_true(inner > N_CASES / 10);
}

/* ---- overlap weights ---- */

static void assert_balanced(const drawn *m, const sg_propensity_result *score, const double *column)
{
    double sum[2] = {0.0, 0.0}, weight[2] = {0.0, 0.0};

    for (size_t i = 0; i < m->sample.n_rows; i++) {
        if (isnan(m->success[i]))
            continue; /* is in no model */
        const double w = sg_propensity_weight(SG_ESTIMAND_ATO, score->scores[i], m->arm[i]);
        weight[m->arm[i]] += w;
        sum[m->arm[i]] += w * column[i];
    }
    sg_assert_close(sum[1] / weight[1], sum[0] / weight[0], 1e-8, 1e-8);
}

static void check_balanced(dice *d, const drawn *m, sg_arena *arena)
{
    const size_t n = m->sample.n_rows;
    double column[MOST_ROWS];
    sg_propensity_result score;
    sg_err err = {0};

    (void)d;
    sg_assert_ok(sg_propensity(&m->sample, &m->model, 0.95, arena, &score, &err), &err);
    if (score.status != SG_EST_OK || score.fit.kind == SG_FIT_FIRTH)
        return; /* a penalised score balances nothing exactly */
    assert_balanced(m, &score, m->number);
    for (uint32_t l = 0; l < N_LEVELS; l++) {
        for (size_t i = 0; i < n; i++)
            column[i] = m->level[i] == l ? 1.0 : 0.0;
        assert_balanced(m, &score, column);
    }
    for (uint32_t g = 0; g < N_COLLEGES && m->model.cluster_effects && score.fit.kind == SG_FIT_LOGIT; g++) {
        for (size_t i = 0; i < n; i++)
            column[i] = m->college[i] == g ? 1.0 : 0.0;
        assert_balanced(m, &score, column);
    }
}

void overlap_weights_balance_every_column(void **state)
{
    (void)state;
    for_drawn(12, N_CASES, check_balanced);
}

/* ---- averages over those in IET, and over those who are not ---- */

/* n times the average over all is n1 times that over IET plus n0 times that over the others, who are IET when the arms are swapped. */
static void check_parts(dice *d, const drawn *m, sg_arena *arena)
{
    drawn other;
    double n[2] = {0.0, 0.0};
    sg_gcomp_result all, iet, rest;
    sg_aipw_result a, b;
    sg_err err = {0};

    (void)d;
    for (size_t i = 0; i < m->sample.n_rows; i++) {
        take_row(&other, i, m, i);
        other.arm[i] = m->arm[i] == 1 ? 0 : 1;
        n[m->arm[i]] += isnan(m->success[i]) ? 0.0 : 1.0;
    }
    take_rows(&other, m->sample.n_rows);
    sg_assert_ok(sg_gcomp(&m->sample, &m->model, SG_TARGET_ALL, 0.95, arena, &all, &err), &err);
    sg_assert_ok(sg_gcomp(&m->sample, &m->model, SG_TARGET_IET, 0.95, arena, &iet, &err), &err);
    sg_assert_ok(sg_gcomp(&other.sample, &m->model, SG_TARGET_IET, 0.95, arena, &rest, &err), &err);
    if (all.status == SG_EST_OK)
        sg_assert_close(n[1] * iet.difference.estimate - n[0] * rest.difference.estimate,
                        (n[0] + n[1]) * all.difference.estimate, 1e-7, 1e-7);
    sg_assert_ok(sg_aipw(&m->sample, &m->model, &OPTIONS, 0.95, arena, &a, &err), &err);
    sg_assert_ok(sg_aipw(&other.sample, &m->model, &OPTIONS, 0.95, arena, &b, &err), &err);
    if (a.status == SG_EST_OK)
        sg_assert_close(n[1] * a.att.estimate - n[0] * b.att.estimate, (n[0] + n[1]) * a.ate.estimate, 1e-7,
                        1e-7);
}

void those_in_iet_and_those_not_make_up_all(void **state)
{
    (void)state;
    for_drawn(13, N_MODELS, check_parts);
}

/* ---- pairs ---- */

static void match_in_order(const drawn *m, const double *logit, const size_t *order, size_t n,
                           sg_arena *arena, sg_match_result *out)
{
    double *l = sg_arena_alloc(arena, n + 1, sizeof *l), *y = sg_arena_alloc(arena, n + 1, sizeof *y);
    uint8_t *arm = sg_arena_alloc(arena, n + 1, sizeof *arm);
    uint32_t *exact = sg_arena_alloc(arena, n + 1, sizeof *exact);
    sg_err err = {0};

    assert_true(l && y && arm && exact);
    for (size_t i = 0; i < n; i++) {
        l[i] = logit[order[i]];
        y[i] = m->success[order[i]];
        arm[i] = m->arm[order[i]];
        exact[i] = m->level[order[i]];
    }
    const sg_match_task task = {
        .n = n, .logit = l, .arm = arm, .outcome = y, .exact = exact, .caliper = 0.8, .ratio = 2};
    sg_assert_ok(sg_match(&task, 0.95, arena, out, &err), &err);
}

/* No two scores, nor two distances between them, are the same: which row is first decides nothing. In turn, and with learners of one arm
 * whom no exact rule lets anybody have. */
void matching_knows_no_order_of_learners(void **state)
{
    dice d = {14};
    sg_arena *arena = sg_arena_new();

    (void)state;
    assert_non_null(arena);
    for (int c = 0; c < N_CASES; c++) {
        enum { LONELY = 4 };
        drawn m;
        double logit[MOST_ROWS];
        size_t order[MOST_ROWS];
        sg_match_result a, b;

        draw_good_sample(&d, &m);
        const size_t n = m.sample.n_rows;
        for (size_t i = 0; i < n + LONELY; i++) {
            order[i] = i;
            logit[i] = (double) throw(&d, 1U << 30) / (1 << 28);
        }
        match_in_order(&m, logit, order, n, arena, &a);
        for (size_t i = n; i < n + LONELY; i++) {
            take_row(&m, i, &m, 0);
            m.level[i] = N_LEVELS;
            m.arm[i] = m.arm[n];
        }
        shuffle(&d, order, n + LONELY);
        match_in_order(&m, logit, order, n + LONELY, arena, &b);
        assert_int_equal(a.status, b.status);
        assert_int_equal(a.matched, b.matched);
        assert_int_equal(a.treated + (m.arm[n] == 1 ? LONELY : 0), b.treated);
        if (a.status == SG_EST_OK) {
            sg_assert_close(b.difference.estimate, a.difference.estimate, 1e-14, 0.0);
            if (!isnan(a.difference.std_error))
                sg_assert_close(b.difference.std_error, a.difference.std_error, 1e-13, 0.0);
        }
        sg_arena_reset(arena);
    }
    sg_arena_free(arena);
}
