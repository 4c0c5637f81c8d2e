/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Firth's fit on samples that are too small for their columns: there always is one, and it is a maximum by a likelihood that this test works out
 * by itself, learner by learner. */
#include "unit/test_stats_models/made.h"

#include <math.h>
#include <string.h>

#include "support/assert.h"

enum { COLUMNS = 10, N_SAMPLES = 150 };

static const sg_model MODEL = {.arm = true, .cluster_effects = true};

/* Intercept, arm, levels b and c, the number, colleges but the first. */
static void fill_row(const made *m, size_t i, double *x)
{
    memset(x, 0, COLUMNS * sizeof *x);
    x[0] = 1.0;
    x[1] = m->arm[i];
    if (m->level[i] > 0)
        x[1 + m->level[i]] = 1.0;
    x[4] = m->number[i];
    if (m->college[i] > 0)
        x[4 + m->college[i]] = 1.0;
}

/* ln det by elimination; the matrix is used up. */
static double log_determinant(double a[COLUMNS][COLUMNS])
{
    double sum = 0.0;

    for (size_t k = 0; k < COLUMNS; k++) {
        sum += log(a[k][k]);
        for (size_t i = k + 1; i < COLUMNS; i++)
            for (size_t j = COLUMNS; j-- > k;)
                a[i][j] -= a[i][k] / a[k][k] * a[k][j];
    }
    return sum;
}

static double penalised_likelihood(const made *m, size_t n, const double *beta)
{
    double information[COLUMNS][COLUMNS] = {{0}}, x[COLUMNS], sum = 0.0;

    for (size_t i = 0; i < n; i++) {
        double eta = 0.0, rate;

        fill_row(m, i, x);
        for (size_t j = 0; j < COLUMNS; j++)
            eta += beta[j] * x[j];
        rate = 1.0 / (1.0 + exp(-eta));
        sum += m->success[i] > 0.0 ? log(rate) : log1p(-rate);
        for (size_t j = 0; j < COLUMNS; j++)
            for (size_t k = 0; k < COLUMNS; k++)
                information[j][k] += rate * (1.0 - rate) * x[j] * x[k];
    }
    return sum + 0.5 * log_determinant(information);
}

/* No small move of any coefficient gains anything. */
static void check_maximum(const made *m, size_t n, const sg_firth_result *r)
{
    const double move = 1e-3;
    double beta[COLUMNS];

    for (size_t j = 0; j < COLUMNS; j++)
        beta[j] = r->coefficients[j].estimate;
    const double here = penalised_likelihood(m, n, beta);
    sg_assert_close(r->penalised_log_likelihood, here, 1e-8, 1e-9);
    for (size_t j = 0; j < COLUMNS; j++) {
        const double at = beta[j];
        beta[j] = at + move;
        const double above = penalised_likelihood(m, n, beta);
        beta[j] = at - move;
        const double below = penalised_likelihood(m, n, beta);
        beta[j] = at;
        assert_true(above < here + 1e-10 && below < here + 1e-10);
        sg_assert_close((above - below) / (2.0 * move), 0.0, 1e-4, 0.0);
    }
}

void firth_has_a_maximum_whatever_is_separated(void **unused)
{
    static made m;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    size_t checked = 0, separated = 0;
    sg_err err = {0};

    (void)unused;
    assert_non_null(arena);
    for (unsigned seed = 1; seed <= N_SAMPLES; seed++) {
        const size_t n = 16 + seed % 60;
        sg_separation found;
        sg_firth_result r;

        make_data(&m, seed, n);
        for (size_t i = 0; i < n && seed % 3 == 0; i++)
            m.success[i] = m.college[i] < 3 ? 1.0 : m.success[i];
        sg_assert_ok(sg_check_separation(&m.sample, &MODEL, &found, &err), &err);
        sg_assert_ok(sg_firth(&m.sample, &MODEL, 0.95, arena, &r, &err), &err);
        if (r.status != SG_EST_OK)
            assert_string_not_equal(r.note, "the fit did not converge");
        if (r.status == SG_EST_OK && r.fit.n_left_out == 0 && r.n_coefficients == COLUMNS) {
            check_maximum(&m, n, &r);
            checked++;
            separated += found.separated ? 1 : 0;
        }
        sg_arena_reset(arena);
    }
    assert_true(checked > N_SAMPLES / 2 && separated > N_SAMPLES / 4);
}
